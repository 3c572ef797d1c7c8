"""What a contest wants sent: documents, and the names that files must bear."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from parsers.entries import find_entries
from parsers.passages import Passage
from parsers.rows import reading
from parsers.sections import Section
from parsers.text import squash
from schemas.reading import Reading

_EXTENSION = r"(?:pdf|jpe?g|png|docx?|pptx?|xlsx?|mp4|mov|zip|rar|tiff?|ai|psd)"
_FILE = re.compile(rf"\.(?P<ext>{_EXTENSION})(?![A-Za-z0-9])", re.IGNORECASE)
_TOKEN_ENDS = re.compile(r"[\s,;:/\\|“”\"']")
_LONGEST = 150  # characters of a file's name
_MORE = re.compile(
    rf"\s?(?:หรือ|และ|/|,|or)\s?(?:นามสกุล|ไฟล์)?\s?\.(?P<ext>{_EXTENSION})(?![A-Za-z0-9])", re.IGNORECASE
)
_ASKED = re.compile(
    r"ในรูปแบบ|(?:ตั้ง|ระบุ|ใช้|กำหนด|เปลี่ยน|บันทึก|โดยมี)[^\n]{0,40}ชื่อ|ชื่อไฟล์|บันทึก(?:ไฟล์)?(?:เป็น|ใน)|[Ff]ile ?name|นามสกุล"
)
# What stands for something of the entrant's, with the sign that the rules print for it.
_PLACEHOLDERS = (
    (
        "agency",
        re.compile(
            r"\[?[<(]?(?:ชื่อ)?(?:หน่วยงาน|อปท\.?|องค์กร|สถานศึกษา|โรงเรียน|สังกัด|เทศบาล|สถาบัน)(?:ของท่าน|ผู้ส่ง|ที่ส่ง|ต้นสังกัด)?[>)]?\]?"
        ),
    ),
    ("work", re.compile(r"\[?[<(]?(?:ชื่อ)(?:ผลงาน|โครงการ|ชิ้นงาน|เรื่อง|ภาพ|นวัตกรรม)(?:ของท่าน)?[>)]?\]?")),
    ("team", re.compile(r"\[?[<(]?ชื่อทีม[>)]?\]?")),
    (
        "person",
        re.compile(r"\[?[<(]?ชื่อ(?:ผู้(?:สมัคร|ส่ง(?:ผลงาน)?|เข้าประกวด|แข่งขัน)|[-–]?(?:นาม)?สกุล|ตัว)[>)]?\]?"),
    ),
    ("province", re.compile(r"\[?[<(]?(?:ชื่อ)จังหวัด[>)]?\]?")),
)
_GLUED = re.compile(r"(?:ในรูปแบบ|เป็น|ชื่อไฟล์|ไฟล์|ว่า|คือ|ดังนี้|เช่น|รูปแบบ)(?=[\[<(]?ชื่อ|[A-Za-z])")


def read_naming(passages: Sequence[Passage]) -> tuple[Reading[str], ...]:
    """The file names asked for, what the entrant fills in written as `<agency>`: `<agency>_form1.pdf`."""
    names: dict[str, Reading[str]] = {}
    for passage in passages:
        for name, start, end in _names(passage.text):
            names.setdefault(name.lower(), reading(name, passage.span(start, end)))
    return tuple(names.values())


def _name_start(text: str, end: int) -> int:
    """Where the name of a file begins that ends before its extension: a word, or words joined by _ and -."""
    lowest = max(0, end - _LONGEST)
    start = end
    while start > lowest:
        at = start
        while at > lowest and not _TOKEN_ENDS.match(text[at - 1]):
            at -= 1
        before = text[lowest:at].rstrip(" ")
        joined = text[at:start].startswith(("_", "-", "–")) or before.endswith(("_", "-", "–", " ชื่อ"))
        if at == start or not joined or not before or before.endswith("\n"):
            return at if at < start else start
        start = lowest + len(before)
    return start


def _names(text: str) -> Iterator[tuple[str, int, int]]:
    for found in _FILE.finditer(text):
        start = _name_start(text, found.start())
        for glued in _GLUED.finditer(text, start, found.start()):
            start = glued.end()
        shape = re.sub(r"\s", "", text[start : found.start()])
        filled = False
        for sign, pattern in _PLACEHOLDERS:
            shape, count = pattern.subn(f"<{sign}>", shape)
            filled = filled or bool(count)
        asked = _ASKED.search(text[max(0, start - 90, text.rfind("\n", 0, start) + 1) : start])
        if not filled or not (asked or "_" in shape or "-" in shape) or re.search(r"[ก-๎]{30}", shape):
            continue
        yield f"{shape}.{found['ext'].lower()}", start, found.end()
        more = _MORE.match(text, found.end())
        while more is not None:
            yield f"{shape}.{more['ext'].lower()}", start, more.end()
            more = _MORE.match(text, more.end())


_DOCUMENT = (
    r"(?:ใบ(?:สมัคร|ส่งผลงาน|เสนอผลงาน|เสนอชื่อ|ข้อมูล)|แบบ(?:ฟอร์ม|เสนอ|สรุป|รายงาน|ใบสมัคร|ส่งผลงาน|ข้อเสนอ)|เอกสาร(?!ที่|ตาม|ได้|ให้|มา|ผ่าน|ไป|ทาง|ถึง)|"
    r"ไฟล์(?!ที่|ตาม|ได้|ให้)|คลิป|วีดิทัศน์|วิดีโอ|วีดีโอ|วิดิโอ|ภาพถ่าย|รูปถ่าย|สำเนา|บทคัดย่อ|รายงาน(?!ผล|ตัว)|รูปเล่ม|[Pp]ower[Pp]oint|"
    r"ภาพวาด|แฟ้มผลงาน|หนังสือ(?:รับรอง|นำส่ง|ยินยอม|ส่ง)|โปสเตอร์|[Pp]oster|บทความ|เรียงความ|ข้อเสนอโครงการ|ผลงานฉบับ|โครงร่าง)"
)
_STOP = (
    "(?:ตาม|ที่|ผ่าน|ใน|และ|หรือ|พร้อม|ได้|ภายใน|ทาง|ลง|ไป|มา|ให้|โดย|เพื่อ|เป็น|กับ|ตั้งแต่|ถึง|ไม่|แล้ว|สแกน|ส่ง|แนบ|"
    "เข้าระบบ|https?|www|[0-9๐-๙]+[).])"
)
_SENT = re.compile(rf"{_DOCUMENT}[^\s,;()“”]*(?: (?!{_STOP})[^\s,;()“”]{{2,60}}){{0,2}}")
_CUT = re.compile(
    r"(?:ผ่าน(?:ทาง)?|ไปที่|ไปยัง|มาที่|มายัง|มาทาง|ได้ที่|ทางไปรษณีย์|ด้วยตนเอง|ทางอีเมล|ตามที่|ภายในวันที่|ในรูปแบบ|ลงใน|พร้อม(?:ทั้ง|ลง|แนบ|ด้วย|ใบ|แบบ|สำเนา|เอกสาร|ไฟล์|คลิป|ภาพ|หนังสือ|รูป)|และ(?=ใบ|แบบ|สำเนา|เอกสาร|ไฟล์|คลิป|ภาพ|หนังสือ|รูป|รายงาน)|ที่ได้|ทางเว็บ|ให้ครบ|ให้ถูกต้อง|มาพร้อม|จำนวน(?=\s?[0-9๐-๙]))"
)
_SENDING = re.compile(r"กรอก(?=ใบ|แบบ)|ส่ง|อัปโหลด|อัพโหลด|แนบ|สแกน|ยื่น|เตรียม|[Uu]pload|[Ss]ubmit")
_LISTED = re.compile(r"เอกสาร|หลักฐาน|สิ่งที่ต้องส่ง|ต้องส่ง")
_STEP = re.compile(
    r"^(?:เข้า(?:สู่|ไป|เว็บ)|กด|คลิก|ตอบ|กรอก|ดาวน์โ?ห?ล|ลงทะเบียน|เลือก|สแกน|ส่ง(?!เสริม)|จัดส่ง|อัป|อัพ|หาก|กรณี|ทั้งนี้|ผู้|https?|หรือ)"
)


def read_submit(sections: Sequence[Section]) -> tuple[Reading[str], ...]:
    """The documents to send, each once: listed under a heading of their own, or named in the steps."""
    found: dict[str, Reading[str]] = {}
    for section in sections:
        if section.topic != "submit":
            continue
        passage = section.passage
        listed = section.heading is not None and _LISTED.search(section.heading.text) is not None
        for entry in find_entries(passage.text):
            text = passage.text[entry.body : entry.end]
            if (
                listed
                and entry.kind in ("number", "sub", "bullet")
                and len(text) < 200
                and not _STEP.match(text)
            ):
                found.setdefault(squash(text), reading(text, passage.span(entry.body, entry.end)))
                continue
            for start, end in _documents(text):
                name = text[start:end]
                inks = passage.span(entry.body + start, entry.body + end)
                found.setdefault(squash(name), reading(name, inks, trust=0.9))
    return tuple(found.values())


def _documents(text: str) -> Iterator[tuple[int, int]]:
    """Where documents are named after a verb of sending."""
    sending = _SENDING.search(text)
    if sending is None or _MAY.search(text):
        return
    found = _SENT.search(text, sending.start())
    while found is not None:
        cut = _CUT.search(found[0], 3)
        end = found.start() + cut.start() if cut else found.end()
        end = found.start() + len(text[found.start() : end].rstrip())
        start = found.start()
        inner = _FILE_OF.match(text, start)
        start = inner.end() if inner else start
        if end - start >= 6:
            yield start, end
        found = _SENT.search(text, max(end, start + 6))


_MAY = re.compile(r"(?:ท่าน|สามารถ)?อาจ(?:จะ)?ใช้")  # what one may use instead is not asked for
_FILE_OF = re.compile(rf"ไฟล์\s?(?={_DOCUMENT})")
