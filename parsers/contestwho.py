"""Who holds a contest, what it is called, who may enter, and whom to ask."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from parsers.data import read_table
from parsers.entries import Entry, find_entries
from parsers.passages import Passage, join
from parsers.rows import Row, reading
from parsers.sections import Section
from parsers.text import to_arabic
from schemas.reading import Reading

_OFFICE = (
    r"(?:สำนัก|ศูนย์|กรม(?!การ)|กระทรวง|จังหวัด|อำเภอ|เทศบาล|องค์การ|องค์กร|มหาวิทยาลัย|วิทยาลัย|โรงเรียน|โรงพยาบาล|สถาบัน|คณะ(?!กรรมการ|ทำงาน)|บริษัท|มูลนิธิ|สมาคม|"
    r"กอง(?!ทุนหมู่)|ธนาคาร|การ(?:ไฟฟ้า|ประปา|ท่า|เคหะ|กีฬา|ท่องเที่ยว|รถไฟ|ทาง)|สภา|หอการค้า|ชมรม|หอสมุด|พิพิธภัณฑ์|ห้องสมุด)"
)
_ORGANISER = (
    rf"(?P<who>{_OFFICE}[^\s()\n“”,:]{{2,90}}(?: (?:และ|{_OFFICE})[^\s()\n“”,:]{{2,90}}){{0,2}}"
    r"(?: ?\((?:องค์การมหาชน|มหาชน)\))?)"
)
_HELD = r"(?:กำหนด|ได้|จะ|มี|ร่วมกับ|ดำเนินการ)*(?:กำหนด)?จัด(?:ให้มี|ทำโครงการ|การ|โครงการ|กิจกรรม|ประกวด|แข่งขัน|งาน)?"
_ORGANISED = (
    (
        0.95,
        re.compile(
            rf"(?:หน่วยงาน(?:ที่)?รับผิดชอบ(?:โครงการ)?|หน่วยงาน(?:ผู้|ที่)จัด|ผู้จัด(?:การ)?(?:ประกวด|โครงการ|งาน)?|จัดโดย|ดำเนินการโดย|เจ้าของโครงการ)\s*[:：]?\s*{_ORGANISER}"
        ),
    ),
    (0.95, re.compile(rf"ภายใต้การดำเนิน(?:การ|งาน)ของ\s?{_ORGANISER}")),
    (0.95, re.compile(rf"(?:ด้วย|เนื่องจาก|เนื่องด้วย)\s?{_ORGANISER}[^\n]{{0,200}}?{_HELD}")),
    (0.95, re.compile(rf"^ประกาศ\s?{_ORGANISER}", re.MULTILINE)),
    (0.8, re.compile(rf"{_ORGANISER}\s?(?:\([^()]{{1,20}}\)\s?)?{_HELD}[^\n]{{0,80}}?(?:ประกวด|แข่งขัน)")),
    (0.8, re.compile(rf"{_ORGANISER}\s?(?:\([^()]{{1,20}}\)\s?)?(?:จึง)?(?:ขอเชิญ|เปิดรับ|ประกาศรับ)")),
)
# Where an office's name ends although no blank follows it.
_NAME_ENDS = re.compile(
    r"(?:ได้|จึง)?(?:กำหนด|ขอเชิญ|จะจัด|ดำเนินการ|มีความ|แจ้งว่า|ร่วมกับ|เปิดรับ|ประกาศรับ|จัดโครงการ|จัดกิจกรรม|จัดการประกวด|จัดประกวด|จัดให้|โดย(?!รวม)|ได้จัด|เรื่อง)"
)


_TAIL = re.compile(r"(?:จะ|ได้|กำหนด|มี|จึง|ขอ){1,3}$")


def read_organiser(text: Passage) -> Reading[str] | None:
    """The office that holds the contest."""
    for trust, pattern in _ORGANISED:
        found = pattern.search(text.text)
        if found is None:
            continue
        name = found["who"]
        cut = _NAME_ENDS.search(name, 6)
        end = found.start("who") + (cut.start() if cut else len(name))
        name = _TAIL.sub("", text.text[found.start("who") : end].strip())
        end = found.start("who") + len(name)
        if len(name) >= 6:
            return reading(name, text.span(found.start("who"), end), trust=trust)
    return None


CONTEST = re.compile(
    r"ประกวด(?!ราคา|แบบก่อสร้าง)|(?<!สอบ)แข่งขัน(?!ราคา|ทางการค้า|ได้|กับ|ใน(?:ตลาด|เวที))|คัดเลือก(?:ผลงาน|หน่วยงานดีเด่น|โครงการดีเด่น|นวัตกรรม)|คัดเลือก[^\s]{0,50}(?:ดีเด่น|ยอดเยี่ยม)|ชิงรางวัล|เข้ารับรางวัล"
    r"|[Aa]wards?\b|AWARDS?\b|[Cc]ontest|[Cc]ompetition|[Hh]ackathon|รางวัล[^\s]{0,40}(?:ดีเด่น|ยอดเยี่ยม|แห่งปี)|(?:เสนอชื่อ|สมัคร)[^\n]{0,30}รางวัล"
)
"""Words that speak of a contest; not of a tender (ประกวดราคา) nor of an examination (สอบแข่งขัน)."""
_TITLE = re.compile(
    r"^(?:ประกาศ[^\n]{0,80}?เรื่อง\s*)?(?:(?:รายละเอียด|หลักเกณฑ์(?:และเงื่อนไข)?|กติกา|ระเบียบ)"
    r"(?:การ(?:สมัคร|เข้าร่วม|ส่งผลงาน|เสนอชื่อ|พิจารณา|คัดเลือก|ขอ)?)?(?:เข้า)?(?:รับ)?)?"
    r"(?P<name>(?:โครงการ|กิจกรรม|การประกวด|การแข่งขัน|ประกวด|แข่งขัน|รางวัล|งาน|การคัดเลือก|การเสนอชื่อ|"
    r"The |[A-Z])[^\n]{4,150})$"
)
_SUBJECT = re.compile(r"^(?:ประกาศ[^\n]{2,80}\s)?เรื่อง\s*[:：]?\s*(?P<name>[^\n]{4,300})$")
_ASKS = re.compile(
    r"^(?:(?:(?:หลักเกณฑ์|กติกา|รายละเอียด|เงื่อนไข|แนวทาง)(?:และ(?:วิธีการ|เงื่อนไข|รายละเอียด|แนวทาง))?(?:ใน|ของ)?)?(?:ขอ|เรียน)?(?:ความอนุเคราะห์|ความร่วมมือ)?(?:ประชาสัมพันธ์|แจ้ง)?(?:และ)?(?:การ)?(?:ขอ)?(?:เรียน)?(?:เชิญ(?:ชวน)?|เปิดรับ|รับสมัคร|ประชาสัมพันธ์)?(?:ท่าน|หน่วยงาน|ผู้สนใจ|สมาชิก|องค์กรปกครองส่วนท้องถิ่น)?"
    r"(?:เข้า)?(?:ร่วม)?(?:สมัคร|ส่ง|เสนอ)?(?:ผลงาน|ชิ้นงาน|ผู้แทน|รายชื่อ)?(?:เพื่อ)?(?:เข้า)?(?:ร่วม)?(?:การ)??(?:ประกวด)??(?:ภายใต้|ใน)?)(?=โครงการ|กิจกรรม|การประกวด|การแข่งขัน|ประกวด|แข่งขัน|รางวัล|[“\"]|งาน)"
)
_PURPOSE = re.compile(r"\s(?:เพื่อ|ภายใน|ระหว่าง|โดย|จำนวน|ณ)(?=[\sก-๎])")
_SENTENCE = re.compile(
    r"ภายใต้การ|ได้กำหนด|ซึ่ง|จึง|ขอเชิญ|เป็นการ|ดังนี้|ต้อง|สามารถ|ไม่|รับผิดชอบ|ประกอบด้วย|จำนวน|ได้แก่|ร้อยละ|ครั้งที่ผ่าน|ๆ|คะแนน"
)
_YEAR = re.compile(r"(?:ประจำปี|ครั้งที่|20[0-9]{2}|25[0-9]{2})")


def read_title(rows: Sequence[Row], text: Passage) -> Reading[str] | None:
    """The contest's name: a heading that gives it, else what the subject says."""
    best: tuple[float, Reading[str]] | None = None
    for at, row in enumerate(rows):
        if not _MAY_TITLE.match(row.text):
            continue
        passage = join(one.ink() for one in rows[at : _end_of_title(rows, at)])
        for score, start, end in _titles(passage.text):
            name = passage.text[start:end].strip()
            said = text.text.count(name.strip('“”"')[:40])
            score += min(said, 4) * 0.2 + (0.5 if _YEAR.search(name) else 0.0)
            if best is None or score > best[0]:
                best = (score, reading(name, passage.span(start, end)))
    return best[1] if best is not None else _title_in_text(text)


_NAMED = re.compile(
    r"(?:การ|โครงการ|กิจกรรม)?(?:ประกวด|แข่งขัน|โครงการ)[^\n“”]{0,60}“[^\n“”]{2,80}”(?:\s?(?:ประจำปี|ครั้งที่|ปี)\s?(?:พ\.ศ\.\s?)?[0-9๐-๙]{1,4})?"
)


def _title_in_text(text: Passage) -> Reading[str] | None:
    """The contest's name as the running text quotes it."""
    found = _NAMED.search(text.text)
    return reading(found[0], text.span(*found.span()), trust=0.85) if found is not None else None


def _end_of_title(rows: Sequence[Row], at: int) -> int:
    """Where a subject or a heading ends that runs over several lines of a page."""
    end = at + 1
    if rows[at].place is None:
        return end  # a transcript gives a paragraph a line
    subject = rows[at].text.startswith("เรื่อง")
    while end < len(rows) and end < at + _TITLE_ROWS and rows[end].page == rows[at].page:
        goes_on = _GOES_ON.match(rows[end].text) or (subject and not _AFTER_SUBJECT.match(rows[end].text))
        if not goes_on:
            break
        end += 1
    return end


_TITLE_ROWS = 4
_MAY_TITLE = re.compile(
    r"^(?:ประกาศ|เรื่อง|รายละเอียด|หลักเกณฑ์|กติกา|ระเบียบ|การ|โครงการ|กิจกรรม|ประกวด|แข่งขัน|รางวัล|งาน|[A-Z])"
)
_GOES_ON = re.compile(r"^(?:ประจำปี|ครั้งที่|หัวข้อ|ภายใต้|(?:25|20|๒๕)[0-9๐-๙]{2}(?![0-9๐-๙])|[“\"(]|พ\.ศ\.)")
_AFTER_SUBJECT = re.compile(
    r"^(?:เรียน|กราบเรียน|นมัสการ|ถึง|อ้างถึง|สิ่งที่|ด้วย|เนื่อง|ตาม|เพื่อ|โดย|[0-9๐-๙]{1,2}[.)]|ข้อ|ทั้งนี้|ประกาศ|เทศบาล|องค์การ|จังหวัด|โรงเรียน|สำนัก|กรม|มหาวิทยาลัย|อาศัย)"
)


def _titles(line: str) -> Iterator[tuple[float, int, int]]:
    subject = _SUBJECT.match(line)
    if subject is not None and CONTEST.search(line):
        start = subject.start("name")
        asks = _ASKS.match(line[start:])
        start += asks.end() if asks else 0
        start -= 3 if asks and line.startswith("การ", start - 3) else 0
        cut = _PURPOSE.search(line, start + 8)
        yield 2.0, start, cut.start() if cut else len(line)
        return
    heading = _TITLE.match(line)
    if heading is not None and len(line) <= 160 and CONTEST.search(line) and not _SENTENCE.search(line):
        yield 2.6, heading.start("name"), len(line)


_GROUPS = tuple((row["value"], re.compile(row["pattern"])) for row in read_table("entrants"))
_WHO = re.compile(
    r"(?:ผู้|หน่วยงาน(?:ที่|ผู้)?|ทีม(?:ที่|ผู้)?|องค์กร(?:ที่|ผู้))(?:สมัคร|สมควร|ส่ง|เข้า|มีสิทธิ|ร่วม|ประกวด|แข่งขัน|สนใจ|เสนอ)|กลุ่มเป้าหมาย|รับสมัคร(?:เฉพาะ|จาก)|เปิดรับ(?:สมัคร)?(?:ผลงาน)?จาก"
    r"|คุณสมบัติ|เปิดโอกาสให้|เฉพาะ|ต้องเป็น|^เป็น"
)
_ONLY = re.compile(r"(?:ต้อง(?:เป็น|มี(?:สถานะ|สภาพ)?)|ได้แก่|ประกอบด้วย|คือ|เป็น(?!ผลงาน|เจ้าของ))")
_NOT = re.compile(
    r"ไม่(?:ใช่|เป็น|รับ|รวม)|ยกเว้น|มิใช่|(?:ให้)?บริการ(?:แก่)?ประชาชน|(?:เพื่อ|ต่อ|แก่|ของ|ให้)(?:ประชาชน|ภาค)"
)


def read_entrants(sections: Sequence[Section]) -> tuple[Reading[str], ...]:
    """Who may enter, by the usual names of the groups; in the words of the text where it uses none of them."""
    found: dict[str, Reading[str]] = {}
    for section in sections:
        if section.topic not in ("entrants", "works"):
            continue
        passage = section.passage
        for entry in find_entries(passage.text):
            text = passage.text[entry.body : entry.end]
            if section.topic == "works" and not tells_who(text):
                continue
            found.update({value: one for value, one in _groups(passage, entry, text) if value not in found})
    return tuple(found.values())


def tells_who(text: str) -> bool:
    """Whether a condition is about who may enter, not about the work."""
    return (
        _WHO.search(text) is not None
        and _ONLY.search(text) is not None
        and any(pattern.search(text) for _, pattern in _GROUPS)
    )


def names_a_group(text: str) -> bool:
    """Whether a few words are hardly more than the name of a group: องค์กรปกครองส่วนท้องถิ่นทุกแห่ง."""
    return len(text) < 60 and any(pattern.search(text) for _, pattern in _GROUPS)


def _groups(passage: Passage, entry: Entry, text: str) -> Iterator[tuple[str, Reading[str]]]:
    only = _ONLY.search(text)
    start = only.end() if only else 0
    taken: list[tuple[int, int]] = []
    places: list[tuple[int, int, str]] = []
    for value, pattern in _GROUPS:
        for found in pattern.finditer(text, start):
            places.append((found.start(), found.end(), value))
    for first, last, value in sorted(places, key=lambda one: (one[0], -one[1])):
        if any(first < end and last > begin for begin, end in taken) or _NOT.search(
            text[max(0, first - 14) : first + 3]
        ):
            continue
        taken.append((first, last))
        yield value, reading(value, passage.span(entry.body + first, entry.body + last))


_PHONE = re.compile(
    r"(?<![0-9A-Za-z/=_-])(?:\+?66[\s-]?|0[\s-]?)[0-9](?:[\s-]?[0-9]){6,8}(?![0-9])(?:\s?(?:ต่อ|ext\.?|Ext\.?|กด|#)\s?[0-9]{1,5}(?:\s?[-–,]\s?[0-9]{1,5})*)?"
)
_EMAIL = re.compile(r"[A-Za-z0-9._%+-]{1,64}@[A-Za-z0-9-]{1,40}(?:\.[A-Za-z0-9-]{1,30}){1,4}")
_LINK = re.compile(r"https?://[^\s<>“”\"'|ก-๎]{3,300}|(?<![@A-Za-z0-9.-])www\.[^\s<>“”\"'|ก-๎]{3,200}")
_ASK_AT = re.compile(r"สอบถาม|ติดต่อ|ผู้ประสานงาน|Contact")
_ASK_REACH = 160


def read_contacts(sections: Sequence[Section]) -> tuple[Reading[str], ...]:
    """Telephone numbers and e-mail addresses to ask at, each once, digits in Arabic and grouped as printed."""
    found: dict[str, Reading[str]] = {}
    for section in sections:
        passage = section.passage
        text = to_arabic(passage.text)
        for pattern in (_PHONE, _EMAIL):
            for one in pattern.finditer(text):
                before = text[max(0, one.start() - _ASK_REACH) : one.start()]
                if section.topic != "contact" and not _ASK_AT.search(before):
                    continue
                value = one[0].strip(" .-")
                key = re.sub(r"\D", "", value) if pattern is _PHONE else value.lower()
                found.setdefault(key, reading(value, passage.span(*one.span()), strict=True, trust=0.95))
    return tuple(found.values())


def read_links(passages: Sequence[Passage]) -> tuple[Reading[str], ...]:
    """The web addresses printed, each once."""
    found: dict[str, Reading[str]] = {}
    for passage in passages:
        for one in _LINK.finditer(passage.text):
            value = one[0].rstrip(".,;:)]}")
            found.setdefault(
                value.lower(), reading(value, passage.span(one.start(), one.start() + len(value)), trust=0.95)
            )
    return tuple(found.values())
