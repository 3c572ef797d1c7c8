"""Files as an office scans them, drawn for `benchmarks.bundles`: in other shapes than those the tests were made with.

A day's letters of several offices without relation, a letter passed on twice with "สำเนาเรียน", long letters whose
pages are numbered in one of six styles and end in one of four kinds of catchword, and annexes that are tables with
several columns, forms, timetables, maps with captions, and tables that run over pages. All is invented.
"""

from __future__ import annotations

import random
from typing import NamedTuple

from schemas.ink import Page
from tests.layout import line, page

_Rows = list[tuple[float, float, str]]
_LEFT, _PARA, _MID, _RIGHT = 85.0, 142.0, 300.0, 350.0
_OFFICES = (
    ("วิทยาลัยเทคนิคบ้านดอน", "ศธ ๐๖๓๑.๔", "ผู้อำนวยการวิทยาลัยเทคนิคบ้านดอน"),
    ("โรงพยาบาลท่าคลอง", "ปจ ๐๐๓๓.๓๐๑", "ผู้อำนวยการโรงพยาบาลท่าคลอง"),
    ("สถานีตำรวจภูธรปากน้ำใหม่", "ตช ๐๐๑๗.๓(๑๒)", "ผู้กำกับการสถานีตำรวจภูธรปากน้ำใหม่"),
    ("กรมส่งเสริมการเกษตร", "กษ ๑๐๐๓", "รองอธิบดี ปฏิบัติราชการแทน"),
    ("องค์การบริหารส่วนตำบลหนองไผ่ล้อม", "สร ๗๒๕๐๑", "นายกองค์การบริหารส่วนตำบลหนองไผ่ล้อม"),
    ("มหาวิทยาลัยราชภัฏเมืองใต้", "อว ๐๖๒๒.๐๓", "อธิการบดีมหาวิทยาลัยราชภัฏเมืองใต้"),
    ("สำนักงานประกันสังคมจังหวัดพังงา", "รง ๐๖๓๐.๒", "ประกันสังคมจังหวัดพังงา"),
    ("การไฟฟ้าส่วนภูมิภาคอำเภอบึงกว้าง", "มท ๕๓๑๑.๒๕", "ผู้จัดการการไฟฟ้าส่วนภูมิภาคอำเภอบึงกว้าง"),
)
_SUBJECTS = (
    "ขอความอนุเคราะห์สถานที่จัดอบรม",
    "การเฝ้าระวังโรคไข้หวัดใหญ่ในสถานศึกษา",
    "แจ้งดับกระแสไฟฟ้าเพื่อปรับปรุงระบบจำหน่าย",
    "ขอเชิญร่วมเป็นเกียรติในพิธีเปิดอาคาร",
    "สำรวจความต้องการเมล็ดพันธุ์ข้าว",
    "นำส่งเงินสมทบกองทุนประจำปี",
)
_TO = ("ผู้ว่าราชการจังหวัดพังงา", "นายอำเภอท่าคลอง", "หัวหน้าส่วนราชการในสังกัด", "ผู้ปกครองนักเรียนทุกท่าน")
_NAMES = ("นายพิเชษฐ์ ใจงาม", "นางสาวอรทัย พูนผล", "พันตำรวจเอก มานพ รักถิ่น", "นางจินตนา ศรีสุข", "ดร.สมพร เพียรดี")
_TEXT = (
    "โดยที่หน่วยงานมีภารกิจในการให้บริการประชาชนในพื้นที่ จึงได้จัดทำแผนการดำเนินงานไว้",
    "ในการนี้ คณะทำงานได้ประชุมหารือร่วมกันเมื่อต้นเดือน และมีความเห็นตรงกันว่าควรเร่งรัด",
    "อนึ่ง หากมีข้อสงสัยประการใด โปรดประสานกับผู้รับผิดชอบตามหมายเลขโทรศัพท์ข้างท้ายนี้",
    "สำหรับค่าใช้จ่ายให้เบิกจ่ายจากงบประมาณของต้นสังกัดตามระเบียบที่เกี่ยวข้อง",
    "ให้ถือปฏิบัติตามแนวทางที่แนบมาโดยเคร่งครัด และรายงานผลทุกวันที่ ๕ ของเดือน",
)
_NUMBERING = ("- {n} -", "{n}/{of}", "หน้า {n}", "หน้า {n} จาก {of}", "-{n}-", "")
_CATCHWORDS = ("/{words}...", "/{words}", "{words}...", "")
_FOLLOWS = ("สำเนาเรียน", "สำเนาส่ง")


class Drawn(NamedTuple):
    """A file's pages, and the pages of each of its letters."""

    pages: list[Page]
    letters: list[tuple[int, ...]]


class _Pen:
    def __init__(self, chance: random.Random) -> None:
        self.chance = chance
        self.pages: list[Page] = []
        self.letters: list[tuple[int, ...]] = []

    def put(self, rows: _Rows) -> None:
        """Set one page."""
        number = len(self.pages) + 1
        self.pages.append(page([line(x, y, _thai(text), page=number) for x, y, text in rows], number))

    def letter(self, enclosures: list[str], *, long: bool, copies: bool, forwards: str = "") -> str:
        """A letter of some office; what other letters call it."""
        chance = self.chance
        office, code, post = chance.choice(_OFFICES)
        number, dated = f"{code}/{chance.choice(('', 'ว '))}{chance.randint(3, 9999)}", _day(chance)
        y = float(chance.choice((70, 95, 120)))
        rows: _Rows = [(_LEFT, y, f"ที่ {number}"), (_RIGHT, y, office)]
        rows += [(_RIGHT, y + 20, f"อำเภอเมือง {chance.randint(10000, 96000)}"), (_MID, y + 46, dated)]
        subject = f"ขอส่งสำเนาหนังสือ{forwards}" if forwards else chance.choice(_SUBJECTS)
        rows += [(_LEFT, y + 72, f"เรื่อง  {subject}"), (_LEFT, y + 94, f"เรียน  {chance.choice(_TO)}")]
        y += 116
        for at, title in enumerate(enclosures, 1):
            item = title if len(enclosures) == 1 else f"{at}. {title}"
            x, label = (_LEFT, "สิ่งที่ส่งมาด้วย  ") if at == 1 else (_LEFT + 96, "")
            rows.append(
                (x, y, f"{label}{item}  จำนวน {chance.randint(1, 4)} {chance.choice(('ชุด', 'แผ่น', 'ฉบับ'))}")
            )
            y += 20
        first, first_page = len(self.letters), len(self.pages) + 1
        rows = self._text(
            rows, y + 18, first_page, lines=chance.randint(50, 95) if long else chance.randint(3, 12)
        )
        y = max(at for _, at, _ in rows) + 24
        rows += [
            (_PARA, y, chance.choice(("จึงเรียนมาเพื่อโปรดทราบ", "จึงเรียนมาเพื่อโปรดพิจารณา"))),
            (_MID, y + 26, "ขอแสดงความนับถือ"),
        ]
        rows += [(_MID, y + 90, f"({chance.choice(_NAMES)})"), (_MID - 10, y + 110, post)]
        rows += [(_LEFT, y + 150, "กลุ่มงานบริหารทั่วไป"), (_LEFT, y + 170, "โทร. 0 7651 2345")]
        if copies:
            rows.append((_LEFT, y + 196, f"{chance.choice(_FOLLOWS)}  {chance.choice(_TO)}"))
        self.put(rows)
        assert first == len(self.letters)
        self.letters.append(tuple(range(first_page, len(self.pages) + 1)))
        return f"{office} ที่ {number} ลงวันที่ {dated}"

    def _text(self, rows: _Rows, y: float, first_page: int, *, lines: int) -> _Rows:
        """The text, which goes on over pages; the rows of its last page, not yet set."""
        chance = self.chance
        style, catch = chance.choice(_NUMBERING), chance.choice(_CATCHWORDS)
        of = 1 + max(0, lines - 18) // 26 + 1
        for at in range(lines):
            text = chance.choice(_TEXT)
            if y > 720 and at < lines - 1:
                if catch:
                    rows.append((430, 785, catch.format(words=text[:16])))
                self.put(rows)
                number = len(self.pages) - first_page + 2
                rows = [(285, 40, style.format(n=number, of=max(of, number)))] if style else []
                y = 90.0
            rows.append((_PARA if at % 4 == 0 else _LEFT, y, text))
            y += 21
        return rows

    def annex(self, place: int, title: str) -> None:
        """A paper sent with the letter before it: one to three pages."""
        chance = self.chance
        kind = chance.choice((_table, _form, _timetable, _names, _map))
        label = chance.choice(
            ("", "", f"สิ่งที่ส่งมาด้วย {place}", f"เอกสารแนบ {place}", f"สิ่งที่ส่งมาด้วย ลำดับที่ {place}")
        )
        for sheet in range(1 if kind in (_form, _map) else chance.choice((1, 1, 2, 3))):
            rows: _Rows = []
            if sheet == 0:
                rows += [(410, 36, label)] if label else []
                rows.append((297 - 3.3 * len(title), 80, title))
            elif chance.random() < 0.5:
                rows.append((285, 40, f"- {sheet + 1} -"))
            self.put([*rows, *kind(chance)])


def _table(chance: random.Random) -> _Rows:
    rows: _Rows = [(90, 120, "ลำดับ"), (150, 120, "หน่วยงาน"), (380, 120, "จำนวน"), (460, 120, "หมายเหตุ")]
    for at in range(chance.randint(8, 22)):
        y = 150.0 + 26 * at
        rows += [
            (95, y, f"{at + 1}"),
            (150, y, chance.choice(_OFFICES)[0]),
            (385, y, f"{chance.randint(1, 99)}"),
        ]
        rows += [(460, y, "-")] if chance.random() < 0.5 else []
    return rows


def _form(chance: random.Random) -> _Rows:
    asked = ("ชื่อ-สกุล", "ตำแหน่ง", "หน่วยงาน", "เบอร์โทรศัพท์", "เรียน", "เรื่อง", "วันที่", "ขอแจ้งความประสงค์")
    rows: _Rows = [(_LEFT, 130.0 + 30 * at, f"{text} {'.' * 40}") for at, text in enumerate(asked)]
    rows.append((_LEFT, 400, "(  ) เข้าร่วม   (  ) ไม่เข้าร่วม"))
    return [
        *rows,
        (330, 520, "ลงชื่อ........................ผู้แจ้ง"),
        (335, 542, "(..............................)"),
    ]


def _timetable(chance: random.Random) -> _Rows:
    rows: _Rows = [(_LEFT, 120, f"วันที่ {_day(chance)}")]
    for at, what in enumerate(("ลงทะเบียน", "พิธีเปิด", "บรรยายพิเศษ", "พักรับประทานอาหาร", "แบ่งกลุ่มปฏิบัติ", "สรุปผล")):
        rows += [
            (_LEFT, 150.0 + 28 * at, f"{8 + at:02d}.30 - {9 + at:02d}.30 น."),
            (230, 150.0 + 28 * at, what),
        ]
    return rows


def _names(chance: random.Random) -> _Rows:
    return [
        (_LEFT, 120.0 + 26 * at, f"{at + 1}. {chance.choice(_NAMES)}") for at in range(chance.randint(6, 24))
    ]


def _map(chance: random.Random) -> _Rows:
    return [
        (120, 200, "ทางหลวงหมายเลข 4"),
        (330, 340, chance.choice(_OFFICES)[0]),
        (200, 520, "ตลาดสด"),
        (410, 600, "ไปสนามบิน"),
    ]


def scanned(chance: random.Random) -> Drawn:
    """A day's letters of several offices without relation, some with annexes."""
    pen = _Pen(chance)
    for _ in range(chance.randint(2, 5)):
        _with_annexes(pen)
    return Drawn(pen.pages, pen.letters)


def passed_on(chance: random.Random) -> Drawn:
    """A letter that is passed on once or twice: the newest lies on top, the annexes belong to the oldest."""
    pen = _Pen(chance)
    for _ in range(chance.choice((1, 1, 2))):
        below = _Pen(random.Random(chance.random()))
        copied = below.letter([], long=False, copies=False)
        pen.letter(
            [f"สำเนาหนังสือ{copied}"], long=False, copies=chance.random() < 0.5, forwards=copied.split(" ที่ ")[0]
        )
    _with_annexes(pen, least=1)
    return Drawn(pen.pages, pen.letters)


def _with_annexes(pen: _Pen, least: int = 0) -> None:
    chance = pen.chance
    titles = chance.sample(
        ("ตารางสรุปจำนวนผู้เข้าร่วม", "แบบแจ้งความประสงค์", "กำหนดการ", "รายชื่อผู้เข้าร่วม", "แผนที่สังเขป"), 3
    )
    sent = titles[: chance.choice((least, 1, 1, 2, 3))]
    pen.letter(sent, long=chance.random() < 0.35, copies=chance.random() < 0.3)
    for place, title in enumerate(sent, 1):
        pen.annex(place, title)


def _day(chance: random.Random) -> str:
    months = ("มกราคม", "กุมภาพันธ์", "พฤษภาคม", "สิงหาคม", "พฤศจิกายน")
    return f"{chance.randint(1, 28)} {chance.choice(months)} {chance.choice((2566, 2567, 2568))}"


def _thai(text: str) -> str:
    return text.translate(str.maketrans("0123456789", "๐๑๒๓๔๕๖๗๘๙"))
