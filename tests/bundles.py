"""Invented bundles for tests: letters, annexes and forms put together in many shapes, each with its truth."""

from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import dataclass, field

from pipeline.understand import understand
from schemas.ink import Page
from schemas.result import Document, Result
from tests.layout import line, page, words_of

LEFT, PARA, MID, RIGHT = 85, 142, 290, 360
_PLACES = ("ลำปาง", "น่าน", "เลย", "ตรัง", "สตูล", "ชัยนาท", "ยโสธร", "นครพนม")
_CODES = {
    "ลำปาง": "ลป",
    "น่าน": "นน",
    "เลย": "ลย",
    "ตรัง": "ตง",
    "สตูล": "สต",
    "ชัยนาท": "ชน",
    "ยโสธร": "ยส",
    "นครพนม": "นพ",
}
_SENDERS = (
    ("กรมการพัฒนาชุมชน", "มท ๐๔๐๕.๒", "อธิบดีกรมการพัฒนาชุมชน"),
    ("กรมส่งเสริมการเกษตร", "กษ ๑๐๑๐.๓", "อธิบดีกรมส่งเสริมการเกษตร"),
    ("สำนักงานสถิติแห่งชาติ", "ดศ ๐๕๐๒.๑", "ผู้อำนวยการสำนักงานสถิติแห่งชาติ"),
)
_TOPICS = (
    "การจัดเก็บข้อมูลครัวเรือน",
    "การประกวดหมู่บ้านต้นแบบ",
    "โครงการตลาดสีเขียวริมน้ำ",
    "การอบรมอาสาสมัครดูแลสวน",
    "งานมหกรรมผ้าทอพื้นบ้าน",
)
_ANNEXES = (
    ("รายละเอียดโครงการ", "รายละเอียดโครงการส่งเสริมการอ่านในชุมชน"),
    ("กำหนดการ", "กำหนดการอบรมเชิงปฏิบัติการ"),
    ("แบบตอบรับ", "แบบตอบรับการเข้าร่วมกิจกรรม"),
    ("หลักเกณฑ์", "หลักเกณฑ์การคัดเลือกผลงานดีเด่น"),
    ("บัญชีรายชื่อ", "บัญชีรายชื่อหน่วยงานกลุ่มเป้าหมาย"),
    ("แบบสำรวจ", "แบบสำรวจความต้องการครุภัณฑ์"),
)
_PARAGRAPHS = (
    "ด้วยหน่วยงานได้กำหนดแนวทางการดำเนินงานประจำปีงบประมาณ เพื่อให้การปฏิบัติงานในพื้นที่เป็นไป",
    "อย่างมีประสิทธิภาพ เกิดประโยชน์แก่ประชาชนและสอดคล้องกับนโยบายของจังหวัด",
    "ทั้งนี้ ขอให้หน่วยงานในพื้นที่ประชาสัมพันธ์ให้ผู้สนใจทราบโดยทั่วกัน",
    "การดำเนินงานที่ผ่านมาได้รับความร่วมมือจากทุกภาคส่วนเป็นอย่างดี",
    "รายละเอียดปรากฏตามเอกสารที่แนบมาพร้อมนี้ และสามารถสอบถามเพิ่มเติมได้ในวันและเวลาราชการ",
)
_NAMES = ("นายกล้าหาญ ใจสู้", "นางสาวดวงใจ แสนดี", "นายวิรัช ทองแท้", "นางมะลิ หอมหวน", "นายสมบูรณ์ พูนสุข")


@dataclass
class Truth:
    """What a bundle holds: the pages of each letter, and of each annex with its letter and enclosure."""

    letters: list[tuple[int, ...]] = field(default_factory=list)
    annexes: list[tuple[tuple[int, ...], int, int | None]] = field(default_factory=list)
    absent: list[tuple[int, int]] = field(default_factory=list)  # letter, enclosure
    copies: list[tuple[int, int, int]] = field(default_factory=list)  # letter, enclosure, letter


@dataclass
class Shape:
    """How a bundle is made; every choice is one that offices make."""

    seed: int
    forwarded: bool = True
    annexes: int = 1
    missing: int = 0  # enclosures listed last that are not in the file
    long_letter: bool = False  # the last letter runs over two pages
    numbers: bool = True  # printed page numbers
    catchwords: bool = True
    letterhead: bool = True  # of the forwarded letter
    labels: bool = True  # สิ่งที่ส่งมาด้วย n at the top of annexes
    annex_pages: int = 1
    number: bool = True  # the forwarded letter has its number
    kind: str = "external"  # of the first letter: external, memo, order, announcement


def drawn_shape(seed: int, chance: random.Random) -> Shape:
    """One of many shapes, drawn at random; `seed` is that of what it says."""
    return Shape(
        seed=seed,
        forwarded=chance.random() < 0.65,
        annexes=chance.choice((0, 1, 1, 2, 3)),
        missing=chance.choice((0, 0, 1)),
        long_letter=chance.random() < 0.4,
        numbers=chance.random() < 0.6,
        catchwords=chance.random() < 0.6,
        letterhead=chance.random() < 0.8,
        labels=chance.random() < 0.5,
        annex_pages=chance.choice((1, 1, 2, 3)),
        number=chance.random() < 0.85,
        kind=chance.choice(("external", "memo")),
    )


class Maker:
    """Writes pages one after another and keeps the truth."""

    def __init__(self, shape: Shape) -> None:
        self.shape = shape
        self.rng = random.Random(shape.seed)
        self.pages: list[Page] = []
        self.truth = Truth()

    def make(self) -> tuple[list[Page], Truth]:
        """The bundle of this shape."""
        shape, rng = self.shape, self.rng
        topic = rng.choice(_TOPICS)
        names = rng.sample(_ANNEXES, min(len(_ANNEXES), shape.annexes + shape.missing))
        titles = [title for _, title in names]
        agency, code, post = rng.choice(_SENDERS)
        running, day = rng.randint(100, 9800), rng.randint(2, 27)
        number = f"{code}/ว {running}"
        number, dated = _thai(number), _thai(f"{day} มิถุนายน 2566")
        if shape.forwarded:
            self._cover(topic, f"สำเนาหนังสือ{agency} ที่ {number} ลงวันที่ {dated}")
            self.truth.copies.append((0, 0, 1))
        head = (number if shape.number else None, agency, dated, post)
        self._letter(topic, titles, head)
        holder = len(self.truth.letters) - 1
        for place in range(shape.annexes):
            self._annex(place, titles[place], holder, several=len(titles) > 1)
        self.truth.absent = [(holder, shape.annexes + at) for at in range(shape.missing)]
        return self.pages, self.truth

    def _cover(self, topic: str, copy: str) -> None:
        place = self.rng.choice(_PLACES)
        top = []
        if self.shape.kind == "memo":
            top = [
                (MID - 60, 60, "บันทึกข้อความ"),
                (LEFT, 100, f"ส่วนราชการ  สำนักงานจังหวัด{place} กลุ่มงานอำนวยการ"),
                (
                    LEFT,
                    122,
                    _thai(f"ที่ {_CODES[place]} 0017.1/{self.rng.randint(100, 999)}   วันที่ 29 มิถุนายน 2566"),
                ),
            ]
        else:
            top = [
                (LEFT, 110, _thai(f"ที่ {_CODES[place]} 0017.2/ว {self.rng.randint(100, 9800)}")),
                (RIGHT, 110, f"ศาลากลางจังหวัด{place}"),
                (RIGHT, 130, _thai(f"ถนนกลางเมือง {_CODES[place]} 52000")),
                (310, 160, _thai("29 มิถุนายน 2566")),
            ]
        body = [
            (LEFT, 190, f"เรื่อง  ขอประชาสัมพันธ์{topic}"),
            (LEFT, 212, "เรียน  นายอำเภอทุกอำเภอ"),
            *([(LEFT, 234, f"สิ่งที่ส่งมาด้วย  {copy}"), (LEFT + 300, 254, _thai("จำนวน 1 ชุด"))]),
            *((PARA if at == 0 else LEFT, 290 + 20 * at, text) for at, text in enumerate(_PARAGRAPHS[:3])),
            (PARA, 370, "จึงเรียนมาเพื่อโปรดทราบ"),
            (MID, 400, "ขอแสดงความนับถือ"),
            (MID, 470, f"({self.rng.choice(_NAMES)})"),
            (MID - 20, 490, "รองผู้ว่าราชการจังหวัด ปฏิบัติราชการแทน"),
            (MID, 510, f"ผู้ว่าราชการจังหวัด{place}"),
            (LEFT, 600, "สำนักงานจังหวัด กลุ่มงานอำนวยการ"),
            (LEFT, 620, _thai("โทร. 0 5426 5070")),
        ]
        self._put([*top, *body])
        self.truth.letters.append((len(self.pages),))

    def _letter(self, topic: str, titles: list[str], head: tuple[str | None, str, str, str]) -> None:
        number, agency, dated, post = head
        shape = self.shape
        rows: list[tuple[float, float, str]] = []
        if number is not None:
            rows.append((LEFT, 110, f"ที่ {number}"))
        if shape.letterhead:
            rows += [(RIGHT, 110, agency), (RIGHT, 130, _thai("ถนนแจ้งวัฒนะ กทม. 10210"))]
        rows += [
            (310, 160, dated),
            (LEFT, 190, f"เรื่อง  ขอความร่วมมือ{topic}"),
            (LEFT, 212, "เรียน  ผู้ว่าราชการจังหวัดทุกจังหวัด"),
        ]
        y = 234
        for at, title in enumerate(titles, start=1):
            label = "สิ่งที่ส่งมาด้วย  " if at == 1 else ""
            item = f"{at}. {title} จำนวน 1 ชุด" if len(titles) > 1 else f"{title} จำนวน 1 ชุด"
            rows.append((LEFT if at == 1 else LEFT + 96, y, label + _thai(item)))
            y += 20
        paragraphs = list(_PARAGRAPHS) * (9 if shape.long_letter else 1)
        y += 20
        first = True
        start = len(self.pages) + 1
        for at, text in enumerate(paragraphs):
            if y > 740:
                if shape.catchwords:
                    rows.append((430, 780, "/" + text[:14] + "..."))
                self._put(rows)
                rows, y = [], 90
                if shape.numbers:
                    rows.append((280, 45, _thai(f"- {len(self.pages) - start + 2} -")))
            rows.append((PARA if first or at % 5 == 0 else LEFT, y, text))
            y, first = y + 20, False
        rows += [
            (PARA, y + 10, "จึงเรียนมาเพื่อโปรดพิจารณาดำเนินการ"),
            (MID, y + 35, "ขอแสดงความนับถือ"),
            (MID, y + 95, f"({self.rng.choice(_NAMES)})"),
            (MID - 10, y + 115, post),
            (LEFT, y + 165, "สำนักส่งเสริมภูมิปัญญาท้องถิ่น"),
            (LEFT, y + 185, _thai("โทร. 0 2141 6000")),
        ]
        self._put(rows)
        self.truth.letters.append(tuple(range(start, len(self.pages) + 1)))

    def _annex(self, place: int, title: str, holder: int, *, several: bool) -> None:
        start = len(self.pages) + 1
        for sheet in range(self.shape.annex_pages):
            rows: list[tuple[float, float, str]] = []
            if sheet == 0:
                if self.shape.labels:
                    number = f" {place + 1}" if several else ""
                    rows.append((430, 40, _thai(f"สิ่งที่ส่งมาด้วย{number}")))
                rows.append((297 - 3.3 * len(title), 80, title))
            elif self.shape.numbers:
                rows.append((280, 40, _thai(f"- {sheet + 1} -")))
            for at in range(18):
                text = f"{at + 1}. {self.rng.choice(_PARAGRAPHS)[:60]}"
                rows.append((LEFT, 120 + 30 * at, _thai(text)))
            self._put(rows)
        self.truth.annexes.append((tuple(range(start, len(self.pages) + 1)), holder, place))

    def _put(self, rows: list[tuple[float, float, str]]) -> None:
        number = len(self.pages) + 1
        lines = [line(x, y, text, page=number) for x, y, text in rows]
        self.pages.append(page(lines, number))


def _thai(text: str) -> str:
    return text.translate(str.maketrans("0123456789", "๐๑๒๓๔๕๖๗๘๙"))


def reordered(pages: list[Page], order: list[int]) -> list[Page]:
    """The same pages lying in another order, numbered anew as a scanner does; `order` holds places from 0."""
    moved = []
    for number, place in enumerate(order, start=1):
        lines = tuple(one.model_copy(update={"page": number}) for one in pages[place].lines)
        moved.append(pages[place].model_copy(update={"number": number, "lines": lines}))
    return moved


def as_transcript(pages: list[Page], *, paged: bool) -> list[Page]:
    """The same text without geometry: page by page, or all on one page as other OCR often gives it."""
    if paged:
        return [words_of([one.text for one in each.lines], each.number) for each in pages]
    return [words_of([one.text for each in pages for one in each.lines])]


def read(pages: Sequence[Page]) -> Result:
    """What the whole reader makes of pages."""
    return understand(Document(file="bundle.pdf", sha256="0" * 64, pages=tuple(pages)))


def letters(result: Result) -> list[tuple[int, ...]]:
    """The pages of each letter."""
    return [letter.pages for letter in result.letters]
