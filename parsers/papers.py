"""Papers that are no letters: what minutes, certificates, forms and articles of the press are, and what they tell."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Sequence

from parsers.dates import find_dates, find_times
from parsers.kinds import Form, Heading
from parsers.numbering import is_page_number
from parsers.passages import join_rows
from parsers.rows import Ink, Row, reading
from parsers.signers import has_title
from parsers.text import to_arabic
from schemas.letter import Meeting, Subkind
from schemas.reading import Reading

_FORM_TITLE = re.compile(
    r"^\W{0,3}(?:แบบ(?!แผน|อย่าง)(?:ฟอร์ม|ตอบรับ|สำรวจ|เสนอ|รายงาน|ประเมิน|คำขอ|ใบ|แจ้ง|ยืนยัน|ขอ|สรุป|บันทึก|ลงทะเบียน|ส่ง|กรอก|คัดเลือก|แสดง|สมัคร|[\s.]|$)|"
    r"ใบ(?:สมัคร|ตอบรับ|แจ้ง|เสนอ|ลงทะเบียน|ส่งผลงาน|ยืนยัน|ขอ|เบิก|ลา|รับรอง)|คำขอ|คำร้อง)"
)
_BLANK = re.compile(r"[.…_]{6,}|(?:\.\s){5,}|[☐☑□✓✔√]|\(\s{1,4}\)|\[\s{0,3}[xX/✓]?\s{0,3}\]")
_PRESS = re.compile(
    r"กล่าวว่า|กล่าวเพิ่มเติม|เปิดเผยว่า|ผู้สื่อข่าว|กล่าวบน|ระบุว่า|คว้ารางวัล|แถลงว่า|ให้สัมภาษณ์|เผยว่า|กล่าวถึง|กล่าวแสดง|ผู้จัดระบุ|เปิดเผยถึง|กล่าวตอน|ภาพข่าว|ข่าวจาก|มอบรางวัล|(?:เข้า|พิธี)รับ(?:มอบ)?(?:โล่|รางวัล|ถ้วย)|พิธีมอบ"
)
_HOUR_ALONE = re.compile(
    r"(?:วัน(?:ที่)?|เผยแพร่|โพสต์)?\s*(?:เวลา)?\s*[0-9๐-๙]{1,2}[:.][0-9๐-๙]{2}(?:[:.][0-9๐-๙]{2})?\s*(?:น\.?)?"
)
_THAI, _LATIN = re.compile(r"[\u0e01-\u0e2e]"), re.compile(r"[A-Za-z]")
_NOTE = re.compile(r"^\W{0,3}บันทึก(?!ข้อความ|การประชุม)(?:\s|$|ช่วยจำ|ความเห็น|ตกลง|การ)")
_ROUND = re.compile(
    r"คร[\u0e31-\u0e4e]{0,3}งท[\u0e34-\u0e4e]{0,2}\s*(?P<number>[0-9๐-๙]{1,3}(?:\s?/\s?(?:[0-9๐-๙]{4}|[0-9๐-๙]{2}))?)"
)
_PLACE = re.compile(
    r"^\W{0,3}ณ\s+(?P<place>\S.{3,120}?)\s*$|\sณ\s+(?P<inline>(?:ห้อง|หอ|อาคาร|ศาลา|โรง|สำนัก|ที่ว่า).{3,100}?)\s*$"
)
_WHEN = re.compile(r"^\W{0,3}(?:เมื่อ|วัน(?!ที่ระลึก))")
_OPENED = re.compile(r"เริ่ม(?:การ)?ประชุม(?:เมื่อ)?\s*(?:เวลา)?")
_CLOSED = re.compile(r"(?:เลิก|ปิด)(?:การ)?ประชุม(?:เมื่อ)?\s*(?:เวลา)?")
_PRESENT = re.compile(r"^\W{0,3}(?:ราย(?:ชื่อ|นาม))?ผู้(?:มา|เข้า|ร่วม)(?:ร่วม)?ประชุม")
_END_OF_LIST = re.compile(r"^\W{0,3}(?:ผู้(?:ไม่มา|ไม่เข้า|เข้าร่วม|ลาประชุม|ติดราชการ)|เริ่ม(?:การ)?ประชุม|ระเบียบวาระ)")
_PERSON = re.compile(r"^\W{0,3}(?:[0-9๐-๙]{1,3}\s?[.)]?\s*)?(?P<name>\S+\s+\S+)")
_CERTIFIES = re.compile(
    r"(?:ขอรับรองว่า|เพื่อ(?:แสดง|รับรอง)ว่า|รับรองว่า|ให้ไว้(?:เพื่อแสดงว่า|แก่)|มอบ(?:ใบ\S{4,14}|เกียรติบัตร|โล่\S{0,14})?(?:ฉบับนี้)?(?:ไว้)?(?:เพื่อแสดงว่า|ให้แก่|ให้ไว้แก่|แก่))\s*"
)
_ENDS_NAME = re.compile(
    r"\s(?:เป็น|ได้|มี|ซึ่ง|ตำแหน่ง|ปัจจุบัน|เลข|อายุ|เกิด|ถือ|สังกัด|บัตร|จบ|สำเร็จ|ผ่าน|เข้า|ดำรง|ปฏิบัติ|รหัส|นักเรียน)|(?<=[\u0e01-\u0e4e])(?:เป็น(?:ผู้|นัก|ครู|ข้า|พนัก|ลูกจ้าง)|ได้(?:ผ่าน|เข้า|รับ|ปฏิบัติ))|[,(]"
)
_SUBKINDS: dict[Form, Subkind] = {
    "order": "order",
    "rule": "regulation",
    "announcement": "announcement",
    "certificate": "certificate",
    "minutes": "minutes",
}
_WORDS: tuple[tuple[str, Subkind], ...] = (
    ("ข้อบังคับ", "rule"),
    ("ข้อบัญญัติ", "rule"),
    ("เทศบัญญัติ", "rule"),
    ("แถลงการณ์", "statement"),
    ("ข่าว", "news"),
)


def subkind_of(heading: Heading) -> Reading[Subkind] | None:
    """What a printed heading is within its kind; None for memos, which have no finer kind."""
    subkind: Subkind | None = _SUBKINDS.get(heading.form)
    text = heading.ink.text.lstrip(" .-–*'\"“”|")
    for word, finer in _WORDS:
        if text.startswith(word):
            subkind = finer
    return None if subkind is None else reading(subkind, [heading.ink], trust=heading.trust)


def paper_kind(rows: Sequence[Row]) -> Reading[Subkind] | None:
    """What a paper without a letter's head is: a form, a note, an article; None where nothing says so."""
    top = [row for row in rows[:8] if not is_page_number(row)]
    titled = next((row for row in top if _FORM_TITLE.match(row.text) and len(row.text) < 120), None)
    blanks = sum(1 for row in rows[:80] if _BLANK.search(row.text))
    if titled is not None:
        return reading("form", [titled.ink()], trust=0.95 if blanks else 0.9)
    noted = next((row for row in top[:3] if _NOTE.match(row.text) and len(row.text) < 60), None)
    if noted is not None:
        return reading("note", [noted.ink()], trust=0.8)
    if blanks >= 4:
        first = next(row for row in rows if _BLANK.search(row.text))
        return reading("form", [first.ink()], trust=0.7)
    dateline = next((row for row in rows[1:6] if _is_dateline(row)), None)
    if dateline is not None:
        return reading("press", [dateline.ink()], trust=0.85)
    said = [row for row in rows[:200] if _PRESS.search(row.text)]
    quotes = sum(row.text.count("“") + row.text.count('"') // 2 for row in rows[:200])
    if len(said) >= 2 or (said and quotes):
        return reading("press", [said[0].ink()], trust=0.85 if len(said) + quotes > 2 else 0.75)
    return None


def _is_dateline(row: Row) -> bool:
    """Whether a row is the day and hour at which an article appeared, and nothing else."""
    if not 12 <= len(row.text) <= 60:
        return False
    day = next(iter(find_dates(row.text)), None)
    rest = row.text[: day.start] + row.text[day.end :] if day is not None else ""
    return day is not None and _HOUR_ALONE.fullmatch(rest.strip(" |-–,·")) is not None


def is_foreign(rows: Sequence[Row]) -> bool:
    """Whether a paper is written in Latin letters all but wholly."""
    text = " ".join(row.text for row in rows[:120])
    thai, latin = len(_THAI.findall(text)), len(_LATIN.findall(text))
    return latin > 60 and latin > 6 * thai


def title_of_paper(rows: Sequence[Row]) -> Reading[str] | None:
    """The heading of a paper that has no subject: its first rows, as long as they stand like a heading."""
    found: list[Row] = []
    for row in rows[:8]:
        if (
            is_page_number(row)
            or row.line.ink == "colour"
            or len(re.findall(r"[\u0e01-\u0e2eA-Za-z]", row.text)) < 4
        ):
            continue
        if len(row.text) > 140 or (found and (not _goes_on(row, found[-1]) or _PLACE.match(row.text))):
            break
        if found and _WHEN.match(row.text):
            break
        found.append(row)
        if len(found) == 3:
            break
    text = " ".join(row.text.strip() for row in found)
    return reading(text, [row.ink() for row in found], trust=0.9) if text else None


def _goes_on(row: Row, above: Row) -> bool:
    if row.place is None or above.place is None or row.centre is None or above.centre is None:
        return False
    step = row.place.y0 - above.place.y0
    near = 0 < step < 2.0 * max(above.place.height, 12.0) and row.page == above.page
    return near and abs(row.centre - above.centre) < 0.05 and (row.left or 0.0) > 0.15


def read_meeting(rows: Sequence[Row]) -> Meeting:
    """What minutes tell of their meeting; a part without ink stays None."""
    head = rows[:16]
    return Meeting(
        number=_round(head),
        date=_first_date(head),
        place=_place(head),
        opened=_clock(rows, _OPENED),
        closed=_clock(rows, _CLOSED),
        present=_present(rows),
    )


def certified(text_rows: Sequence[Row]) -> Reading[str] | None:
    """Whom or what a certificate is about: the words behind ขอรับรองว่า, up to what is certified of them."""
    passage = join_rows(text_rows)
    found = _CERTIFIES.search(passage.text)
    if found is None:
        return None
    rest = passage.text[found.end() : found.end() + 120]
    end = _ENDS_NAME.search(rest, 3)
    name = rest[: end.start()] if end is not None else rest[:60]
    name = name.strip(" .,")
    if len(name) < 3:
        return None
    inks = passage.span(found.end(), found.end() + len(name))
    return reading(name, inks, trust=0.95 if has_title(name) and end is not None else 0.75)


def _round(rows: Sequence[Row]) -> Reading[str] | None:
    for row in rows:
        found = _ROUND.search(row.text)
        if found is not None:
            value = re.sub(r"\s", "", to_arabic(found["number"]))
            return reading(value, [row.ink(*found.span("number"))], strict=True)
    return None


def _first_date(rows: Sequence[Row]) -> Reading[dt.date] | None:
    for row in rows:
        if len(row.text) > 160:
            break
        found = next(iter(find_dates(row.text)), None)
        if found is not None:
            trust = 0.9 if found.inferred else 1.0
            if found.weekday is not None and found.value is not None:
                trust = 1.02 if found.value.weekday() == found.weekday else 0.6
            return reading(found.value, [row.ink(found.start, found.end)], strict=True, trust=trust)
    return None


def _place(rows: Sequence[Row]) -> Reading[str] | None:
    for row in rows:
        found = _PLACE.search(row.text)
        if found is None or "ณ วันที่" in row.text:
            continue
        group = "place" if found["place"] is not None else "inline"
        return reading(found[group].strip(), [row.ink(*found.span(group))], trust=0.95)
    return None


def _clock(rows: Sequence[Row], words: re.Pattern[str]) -> Reading[dt.time] | None:
    for row in rows:
        said = words.search(row.text)
        if said is None or said.start() > 12:
            continue
        rest: Ink = row.ink(said.end())
        time = next(iter(find_times(rest.text)), None) or next(iter(find_times("เวลา " + rest.text)), None)
        value = time.value if time is not None else None
        return reading(
            value, [rest if rest.text.strip() else row.ink()], strict=True, trust=1.0 if value else 0.5
        )
    return None


def _present(rows: Sequence[Row]) -> tuple[Reading[str], ...]:
    start = next((at for at, row in enumerate(rows) if _PRESENT.match(row.text) and len(row.text) < 60), None)
    if start is None:
        return ()
    names: list[Reading[str]] = []
    for row in rows[start + 1 : start + 80]:
        if _END_OF_LIST.match(row.text):
            break
        found = _PERSON.match(row.text)
        if found is not None and has_title(found["name"]):
            names.append(reading(found["name"], [row.ink(*found.span("name"))], trust=0.95))
    return tuple(names)
