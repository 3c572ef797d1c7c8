"""Events: meetings, trainings and ceremonies that a letter names with their day, told from days by which to act."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from parsers.dates import FoundDate, FoundTime, find_dates, find_ranges, find_times
from parsers.passages import Passage
from parsers.rows import reading
from schemas.letter import Deadline, Event

_BEFORE, _AFTER = 170, 70  # characters around a day in which the words that name the event may stand
_HAPPENS = re.compile(
    r"(?<!ห้อง)(?<!รายงานการ)(?<!ที่)ประชุม(?!\s?(?:ใหญ่)?ดังกล่าว)|อบรม|สัมมนา|ฝึก(?:ซ้อม|ปฏิบัติ)|พิธี|จัดงาน|ร่วมงาน|เปิดงาน|งานวัน|กิจกรรม|ชี้แจง|รับฟัง|"
    r"ปฐมนิเทศ|ปัจฉิม|นิทรรศการ|แข่งขัน|มอบ(?:โล่|รางวัล|เกียรติ|ทุน)|รับ(?:โล่|รางวัล|มอบ)|สอบ(?!ถาม|สวน|ทาน)|สัมภาษณ์|เสวนา|บรรยาย|วิพากษ์|"
    r"ตรวจ(?:เยี่ยม|ราชการ|ประเมิน|ติดตาม|รับงาน)|ลงพื้นที่|ดูงาน|นำเสนอ|แถลงข่าว|ออกหน่วย|เดินทาง|ต้อนรับ|ถวาย|วางพวง|ทำบุญ|ทดสอบ|เวที|ซ้อมแผน|ปล่อยแถว|"
    r"เทศกาล|มหกรรม|ตลาดนัด|ประชาคม|เข้าค่าย|ค่าย|บริจาคโลหิต|เยี่ยมชม|ทัศนศึกษา|ทอด(?:ผ้าป่า|กฐิน)|ขบวน|ฉีดวัคซีน|ตรวจสุขภาพ|เข้าพบ|(?<!ผู้)นัด(?!หยุด)|รังวัด|เปิดซอง|ไต่สวน|ปรึกษาหารือ|จัด(?=ขึ้น|ให้มี)|วิทยากร|[Mm]eeting|[Ww]orkshop|[Ss]eminar|[Tt]raining|[Cc]eremony"
)
_DAY_OF = re.compile(r"\s*(?:ให้)?เป็นวัน(?:เลือกตั้ง|ออกเสียง|ลงคะแนน|ลงประชามติ|นัด|สอบ|ประชุม|จัดงาน|อบรม|แข่งขัน|พิธี)")
_INSTEAD = re.compile(
    r"เปิดรับ|รับสมัคร|(?<!ใบ)(?<!ผู้)สมัคร|(?<!การ)ส่ง(?:ผลงาน|แบบ|ใบ|เอกสาร|ราย|คืน|ข้อมูล|หลักฐาน|คำ)|ยื่น|ประกาศ(?:ผล|ราย|ใช้|ณ)|ตอบรับ|แจ้ง(?:ราย|ความ|ผล|ยืนยัน)|ชำระ|โอนเงิน|มีผล|ใช้บังคับ|"
    r"ครบกำหนด|สิ้นสุด|หมดอายุ|ดำรงตำแหน่ง|เกษียณ|เกิดเมื่อ|บรรจุ|เริ่มใช้|ขยายเวลา|เลื่อน(?=เวลา|กำหนด)"
)
# What a meeting may be about as well: the words count only where neither an hour nor a place follows the day.
_MATTERS = re.compile(
    r"แต่งตั้ง|รายงานผล|จัดซื้อ|จัดจ้าง|สัญญา|งบประมาณ|ระยะเวลา(?:ดำเนิน|ปฏิบัติ)|พระราชบัญญัติ|ราชกิจจา|มติ(?:คณะ|ที่)|กฎกระทรวง"
)
_BARRED = re.compile(
    r"(?:ลง\s?(?:วันที่)?|ลว\.?|ภายใน(?:วันที่)?|(?<!ไม่)ก่อน(?:ถึง)?(?:วันที่)?|ไม่เกิน(?:วันที่)?|(?:จน)?ถึง(?:วันที่)?|(?:นับ)?ตั้งแต่(?:วันที่)?|นับ(?:แต่|จาก|ถัด\S*)(?:วันที่)?|"
    r"(?:ประกาศ|สั่ง|ให้ไว้|แถลง|ข้อมูล)\s?ณ\s?(?:วันที่)?|หลัง(?:จาก)?(?:วันที่)?|เกิด(?:วันที่)?|จากเดิม(?:วันที่)?|เดิม(?:วันที่)?|หมดเขต(?:วันที่)?|หนังสือ\S{0,30}\s(?:วันที่)?|มาตรา)\s*(?:วัน\S{0,9}ที่)?\s*$"
)
_PAST = re.compile(r"เมื่อ\s?(?:วัน\S{0,9}ที่)?\s*$")
_HAPPENED = re.compile(
    r"(?:เข้าร่วม|เป็นประธาน|จัดขึ้น|จัดกิจกรรม|มอบรางวัล|รับรางวัล|พิธี|ประกวด)[^.]{0,60}(?:เมื่อ|ใน|ระหว่าง)\s?(?:วัน\S{0,9}ที่)?\s*$"
)
_LEAD = re.compile(r"(?:ใน|ระหว่าง|ณ|จัดขึ้น|คือ)?\s?(?:ระหว่าง)?\s?(?:วันที่|วัน)?\s*$")
_TO_TIME = re.compile(r"[\s,]*(?:\([^)]{0,20}\))?\s*(?:ตั้งแต่|ณ|ใน|เริ่ม)?\s*(?:เวลา)?\s*(?:ประมาณ)?\s*")
_PLACE = re.compile(
    r"\s*(?:น\.?)?\s*(?:ณ|ที่|ผ่าน|ทาง)\s*(?:ห้อง|หอ|ศาลา|อาคาร|โรง|ลาน|สำนัก|ที่ว่า|สนาม|มหาวิทยาลัย|วัด|ระบบ|สื่อ|Zoom|โปรแกรม|ศูนย์)"
)

_SESSION = re.compile(
    r"\s*(?:ตั้งแต่)?\s*(?:เวลา)?\s*[0-9๐-๙]{1,2}[.:][0-9๐-๙]{2}\s*(?:น\.?)?\s*(?:[-–—]|ถึง)\s*[0-9๐-๙]{1,2}[.:][0-9๐-๙]{2}"
)
_OPENED = re.compile(r"เปิดรับ|รับสมัคร|ยื่น|ชำระ")


class _Day(NamedTuple):
    start: int
    end: int
    first: dt.date
    last: dt.date | None
    weekday: int | None
    inferred: bool


def read_events(
    passage: Passage, written: dt.date | None, deadlines: Sequence[Deadline] = (), *, past: bool = False
) -> tuple[Event, ...]:
    """The events of a letter's body in their order; days already known as deadlines are none.

    `past`: what has happened counts as well, as in an article of the press, whose news it is.
    """
    text = passage.text.replace("\n", " ")
    due = [deadline.phrase.value or "" for deadline in deadlines]
    times = find_times(text)
    seen: set[tuple[object, ...]] = set()
    events: list[Event] = []
    for day in _days(text, written):
        named = _names_event(text, day, written, past=past)
        if named == 0.0 or _is_due(text, day, due):
            continue
        time, end = _time_of(text, day, times)
        key = (day.first, day.last, time.value if time is not None else None)
        if key in seen:
            continue
        seen.add(key)
        events.append(_event(passage, day, time, end, named))
    return tuple(events)


def _days(text: str, written: dt.date | None) -> Iterator[_Day]:
    ranges = find_ranges(text, written)
    dates = find_dates(text, written)
    for found in ranges:
        if found.first is not None and found.last is not None:
            inside = [d for d in dates if found.start <= d.start < found.end]
            weekday = inside[0].weekday if len(inside) > 1 else None
            yield _Day(
                found.start, found.end, found.first, found.last, weekday, any(d.inferred for d in inside)
            )
    for date in dates:
        if date.value is not None and not any(r.start < date.end and date.start < r.end for r in ranges):
            yield _single(date, date.value)


def _single(date: FoundDate, value: dt.date) -> _Day:
    return _Day(date.start, date.end, value, None, date.weekday, date.inferred)


def _names_event(text: str, day: _Day, written: dt.date | None, *, past: bool) -> float:
    """How surely the words around a day speak of something that happens then; 0 where they do not."""
    before, after = text[max(0, day.start - _BEFORE) : day.start], text[day.end : day.end + _AFTER]
    if past and _HAPPENED.search(before) and not _BARRED.search(before[-45:]):
        return 0.9
    if _BARRED.search(before[-45:]):
        return 0.0
    if written is not None and not past and (day.last or day.first) < written:
        return 0.0
    if not past and _PAST.search(before[-20:]) and (written is None or day.first <= written):
        return 0.0
    placed = _PLACE.search(after) is not None or re.search(r"เวลา\s?[0-9๐-๙]", after[:14]) is not None
    happens, instead = _last(_HAPPENS, before), _last(_INSTEAD, before)
    if not placed:
        instead = max(instead, _last(_MATTERS, before))
    if happens >= 0 and happens > instead:
        return 1.0
    session = _SESSION.match(after) is not None and _last(_OPENED, before) < 0
    if session and happens >= 0:
        return 0.95
    if _DAY_OF.match(after):
        return 0.9
    ahead = _HAPPENS.search(after)
    if instead < 0 and ahead is not None and placed:
        return 0.85
    return 0.75 if instead < 0 and placed and re.search(r"(?:ใน|ขอเชิญ)\S{0,12}\s*$", before[-16:]) else 0.0


def _last(pattern: re.Pattern[str], text: str) -> int:
    return max((found.end() for found in pattern.finditer(text)), default=-1)


def _is_due(text: str, day: _Day, due: Sequence[str]) -> bool:
    """Whether a deadline's phrase is the one that holds this day."""
    words = text[day.start : day.end]
    lead = text[max(0, day.start - 60) : day.start]
    return any(
        words in phrase and phrase[: max(4, phrase.find(words))].strip() in lead + words for phrase in due
    )


def _time_of(text: str, day: _Day, times: Sequence[FoundTime]) -> tuple[FoundTime | None, int]:
    """The time of day that belongs to a day, and where both end."""
    for found in times:
        if found.start >= day.end:
            if found.value is not None and _TO_TIME.fullmatch(text, day.end, found.start):
                return found, found.end
            break
    return None, day.end


def _event(passage: Passage, day: _Day, time: FoundTime | None, end: int, named: float) -> Event:
    lead = _LEAD.search(passage.text[max(0, day.start - 24) : day.start])
    start = day.start - len(lead[0].lstrip()) if lead is not None else day.start
    trust = named * (0.9 if day.inferred else 1.0)
    if day.weekday is not None:
        trust = named * (1.02 if day.first.weekday() == day.weekday else 0.6)
    inks = passage.span(day.start, day.end)
    clock = passage.span(time.start, time.end) if time is not None else []
    until = time.until if time is not None else None
    return Event(
        date=reading(day.first, inks, strict=True, trust=trust),
        last=reading(day.last, inks, strict=True, trust=trust) if day.last is not None else None,
        time=reading(time.value, clock, strict=True, trust=named) if time is not None else None,
        until=reading(until, clock, strict=True, trust=named) if until is not None else None,
        phrase=reading(passage.text[start:end].replace("\n", " "), passage.span(start, end), trust=named),
    )
