"""A contest's entry form, drawn from one description: blank, typed into, or filled in by pen; and where all stands."""

from __future__ import annotations

import random
from dataclasses import dataclass, field
from typing import Literal

from samples import emblems
from samples.content import Look
from samples.contest_marks import BoxStyle, State, mark_box, seal, signature, tick_box
from samples.paper import LEFT, RIGHT, WIDTH, Paper, Rgb, Style
from samples.pen import BLUE, Hand
from schemas.ink import Box

Ruling = Literal["dots", "lines", "table"]


@dataclass(frozen=True)
class Slot:
    """One field of the form: its key, its printed label, and how many lines of room it has."""

    key: str
    label: str
    rows: int = 1


@dataclass(frozen=True)
class Layout:
    """How a contest's form looks; another contest has another one."""

    title: str
    subtitle: str
    slots: tuple[Slot, ...]
    promise: str  # printed beside the box to tick
    terms: str
    ruling: Ruling = "dots"
    box: BoxStyle = "square"
    side: float = 11.0  # of the boxes, points
    look: Look = field(default_factory=Look)
    logo: str | None = "CC"
    kinds: tuple[str, ...] = ("องค์การบริหารส่วนจังหวัด", "เทศบาล", "องค์การบริหารส่วนตำบล")
    seal_words: str = "(ประทับตราหน่วยงาน)"
    seal_left: bool = True


@dataclass(frozen=True)
class Filling:
    """What one entrant put into the form; a value that is not there was left empty."""

    values: dict[str, str]
    kind: int | None = None  # which kind of agency is ticked
    accepted: State = "ticked"
    signed: bool = True
    sealed: bool = True
    date: tuple[str, str, str] | None = None  # day, month, year as written
    signer: str = ""
    post: str = ""
    by: Literal["type", "pen"] = "type"
    pen: int = 0
    face: str = "Laksaman"
    seal_colour: Rgb = (205, 25, 35)
    seal_size: tuple[float, float] = (36.0, 36.0)
    seal_words: tuple[str, ...] = ()


@dataclass
class Places:
    """Where things stand on the page, in points; for judging what a reader found."""

    boxes: list[tuple[Box, State]] = field(default_factory=list)
    signatures: list[Box] = field(default_factory=list)
    seals: list[Box] = field(default_factory=list)
    acceptance: Box | None = None


@dataclass
class _Desk:
    """The form in work: the sheet, what goes on it, and the places noted."""

    paper: Paper
    layout: Layout
    filling: Filling | None
    hand: Hand
    places: Places


def draw_form(layout: Layout, filling: Filling | None, seed: str) -> tuple[Paper, Places]:
    """Draw the form, blank when there is no filling; `seed` decides about the hand's chance."""
    paper = Paper(layout.look, random.Random(seed))
    paper.add_page()
    desk = _Desk(paper, layout, filling, Hand.of(filling.pen if filling else 0), Places())
    _head(desk)
    rows = {"dots": _dotted, "lines": _dotted, "table": _table}[layout.ruling]
    rows(desk)
    _kinds(desk)
    _promise(desk)
    _foot(desk)
    return paper, desk.places


def _head(desk: _Desk) -> None:
    paper, layout = desk.paper, desk.layout
    if layout.logo:
        emblems.logo(paper, layout.logo, LEFT, 36)
    paper.y = 62.0
    for text, size in ((layout.title, 20), (layout.subtitle, 16)):
        paper.centred(WIDTH / 2 + 20, text, Style(size, bold=True))
        paper.y += paper.look.leading + 4
    paper.y = max(paper.y, 96.0) + 14


def _leader(desk: _Desk, x0: float, x1: float, y: float) -> None:
    if desk.layout.ruling == "lines":
        desk.paper.rule(x0, y + 2, x1, y + 2, 0.5)
    else:
        desk.paper.dots(x0, x1, y + 2)


def _write(desk: _Desk, x: float, y: float, text: str, room: float) -> None:
    """Put a value on the page as the entrant does, smaller where it is too long."""
    filling, paper = desk.filling, desk.paper
    if filling is None or not text:
        return
    by_pen = filling.by == "pen"
    face = "Purisa" if by_pen else filling.face
    style = Style(15.0, colour=desk.hand.colour if by_pen else (20, 20, 22), face=face)
    while paper.width(text, style) > room and style.size > 8:
        style = style._replace(size=style.size - 0.5)
    shift = paper.rng.uniform(-1.2, 0.6) if by_pen else 0.0
    paper.put(x + paper.rng.uniform(2, 9), y + shift, text, style, paper.ink if by_pen else paper.print)


def _value(desk: _Desk, key: str) -> str:
    return desk.filling.values.get(key, "") if desk.filling else ""


def _dotted(desk: _Desk) -> None:
    """Label and leader, line under line; long fields run over to the next line."""
    paper = desk.paper
    step = paper.look.leading + 7
    for slot in desk.layout.slots:
        paper.line(LEFT, slot.label)
        x = LEFT + paper.width(slot.label, Style()) + 5
        parts = _halves(_value(desk, slot.key), slot.rows, paper, RIGHT - x - 14)
        for part in parts:
            _leader(desk, x, RIGHT, paper.y)
            _write(desk, x, paper.y, part, RIGHT - x - 14)
            paper.y += step
            x = LEFT


def _halves(text: str, rows: int, paper: Paper, room: float) -> list[str]:
    """A value broken over the rows there are."""
    parts = paper.wrap(text, Style(15.0), room, RIGHT - LEFT - 20) if rows > 1 else [text]
    return (parts + [""] * rows)[:rows]


def _table(desk: _Desk) -> None:
    """A ruled table: labels in the left column, room in the right one."""
    paper, split = desk.paper, LEFT + 150
    for slot in desk.layout.slots:
        height = (paper.look.leading + 6) * slot.rows
        top = paper.y - paper.look.leading * 0.85
        for x0, x1 in ((LEFT, split), (split, RIGHT)):
            paper.print.set_draw_color(30, 30, 30)
            paper.print.set_line_width(0.6)
            paper.print.rect(x0, top, x1 - x0, height)
        paper.line(LEFT + 5, slot.label)
        for row, part in enumerate(_halves(_value(desk, slot.key), slot.rows, paper, RIGHT - split - 20)):
            _write(desk, split + 4, paper.y + row * (paper.look.leading + 2), part, RIGHT - split - 14)
        paper.y += height
    paper.y += 8


def _box(desk: _Desk, x: float, state: State) -> Box:
    layout = desk.layout
    box = tick_box(desk.paper, x, desk.paper.y, layout.side, layout.box)
    if desk.filling is not None:
        mark_box(desk.paper, box, state, desk.hand)
    desk.places.boxes.append((box, state if desk.filling else "empty"))
    return box


def _kinds(desk: _Desk) -> None:
    """Which kind of agency it is: a row of boxes."""
    paper, x = desk.paper, LEFT
    if not desk.layout.kinds:
        return
    paper.line(LEFT, "ประเภทหน่วยงาน")
    paper.y += paper.look.leading + 3
    for place, words in enumerate(desk.layout.kinds):
        chosen = desk.filling is not None and desk.filling.kind == place
        box = _box(desk, x + 8, "ticked" if chosen else "empty")
        paper.line(box.x1 + 6, words)
        x = box.x1 + 6 + paper.width(words, Style()) + 10
    paper.y += paper.look.leading + 8


def _promise(desk: _Desk) -> None:
    paper, layout = desk.paper, desk.layout
    for row, text in enumerate(paper.wrap(layout.terms, Style(), RIGHT - LEFT - 30, RIGHT - LEFT)):
        paper.line(LEFT + (30 if row == 0 else 0), text)
        paper.y += paper.look.leading
    paper.y += 6
    box = _box(desk, LEFT + 24, desk.filling.accepted if desk.filling else "empty")
    desk.places.acceptance = box
    paper.line(box.x1 + 7, layout.promise)
    paper.y += paper.look.leading + 34


def _foot(desk: _Desk) -> None:
    """Signature, name, post, date; the seal's place beside them."""
    paper, layout, filling = desk.paper, desk.layout, desk.filling
    x, step = 300.0, paper.look.leading + 7
    top = paper.y
    label = paper.width("ลงชื่อ", Style())
    paper.line(x, "ลงชื่อ")
    _leader(desk, x + label + 4, x + 214, paper.y)
    if filling and filling.signed:
        desk.places.signatures.append(signature(paper, x + label + 92, paper.y, desk.hand))
    paper.y += step
    paper.line(x + 22, "(")
    _leader(desk, x + 28, x + 206, paper.y)
    paper.line(x + 208, ")")
    _write(desk, x + 34, paper.y, filling.signer if filling else "", 160)
    paper.y += step
    paper.line(x, "ตำแหน่ง")
    _leader(desk, x + paper.width("ตำแหน่ง", Style()) + 4, x + 214, paper.y)
    _write(desk, x + paper.width("ตำแหน่ง", Style()) + 6, paper.y, filling.post if filling else "", 150)
    paper.y += step
    _date(desk, x)
    centre = (LEFT + 88, top + step * 1.4) if layout.seal_left else (x - 60, top + step * 1.2)
    if layout.seal_words:
        paper.centred(centre[0], layout.seal_words, Style(14), y=top + step * 1.4)
    if filling and filling.sealed:
        middle = (centre[0] + paper.rng.uniform(-14, 14), centre[1] + paper.rng.uniform(-10, 8))
        words = filling.seal_words or ("ตรา", "หน่วยงาน")
        desk.places.seals.append(seal(paper, middle, words, filling.seal_size, filling.seal_colour))


def _date(desk: _Desk, x: float) -> None:
    paper = desk.paper
    written = desk.filling.date if desk.filling else None
    for place, (label, room) in enumerate((("วันที่", 26.0), ("เดือน", 64.0), ("พ.ศ.", 38.0))):
        paper.line(x, label)
        x += paper.width(label, Style()) + 2
        _leader(desk, x, x + room, paper.y)
        _write(desk, x - 2, paper.y, written[place] if written else "", room - 4)
        x += room + 3


SLOTS = (
    Slot("agency", "ชื่อหน่วยงาน"),
    Slot("province", "จังหวัด"),
    Slot("work", "ชื่อผลงาน", 2),
    Slot("in_use", "วันที่เริ่มใช้งานจริง"),
    Slot("contact", "ผู้ประสานงาน"),
    Slot("phone", "โทรศัพท์"),
    Slot("email", "ไปรษณีย์อิเล็กทรอนิกส์"),
)
FORM = Layout(
    "ใบส่งผลงานนวัตกรรมเข้าประกวด",
    "โครงการประกวดนวัตกรรม “ชุมชนดิจิทัลใจดี” ประจำปี 2569",
    SLOTS,
    "ยอมรับเงื่อนไขของการส่งผลงานเข้าประกวดทุกประการ",
    "ข้าพเจ้าขอรับรองว่าข้อมูลข้างต้นเป็นความจริง และผลงานที่ส่งเข้าประกวดมีการใช้งานจริง "
    "โดยได้อ่านและเข้าใจเงื่อนไขของการประกวดแล้ว",
)
"""The sample contest's own form."""

PEN_BLUE = BLUE
