"""Receipt stamps (ตรารับ): printed labels in coloured ink, a number by pen, a date by rubber stamp or pen."""

from __future__ import annotations

import math
from contextlib import nullcontext
from typing import Literal, NamedTuple

from samples.content import Receipt
from samples.paper import InkKind, Paper, Rgb, Style
from samples.pen import Hand, write
from samples.thai import digits, short_date
from schemas.ink import Box

COLOURS: dict[str, Rgb] = {
    "blue": (45, 65, 175),
    "red": (200, 40, 55),
    "purple": (110, 50, 150),
    "black": (45, 45, 50),
}
SECTIONS = ("งานบริหารทั่วไป", "งานการเงิน", "งานแผนฯ", "งานช่าง", "งานการศึกษา", "งานสวัสดิการ")
WIDTH, ROW = 146.0, 18.5


def receipt(paper: Paper, stamp: Receipt, hand: Hand) -> None:
    """Put one stamp on the current page."""
    x, y = stamp.at
    turned = nullcontext() if paper.electronic else paper.ink.rotation(stamp.angle, x, y)
    first = len(paper.lines[paper.page - 1])
    with turned:
        _frame(paper, stamp, COLOURS[stamp.colour])
        for row, entry in enumerate(_entries(stamp, paper.electronic)):
            _row(paper, stamp, entry, y + 34 + row * ROW, hand)
    if not paper.electronic:
        _turn_lines(paper, first, stamp)


class Entry(NamedTuple):
    """One row of a stamp: what stands on it, and who puts it there."""

    label: str
    value: str
    by: Literal["rubber", "pen"]


def _entries(stamp: Receipt, typed: bool) -> tuple[Entry, ...]:
    """Number, date and time; in a typed stamp the month is always a word."""
    thai, day = stamp.thai_pen, stamp.date
    if stamp.date_by == "rubber" or typed:
        written = short_date(day)
    else:
        written = digits(f"{day.day}/{day.month}/{(day.year + 543) % 100}", thai)
    values = (
        digits(stamp.number, thai),
        written,
        digits(f"{stamp.time:%H.%M} น.", thai) if stamp.time else "",
    )
    kinds: tuple[Literal["rubber", "pen"], ...] = ("pen", stamp.date_by, "pen")
    return tuple(Entry(*entry) for entry in zip(stamp.labels, values, kinds, strict=True))


def _frame(paper: Paper, stamp: Receipt, colour: Rgb) -> None:
    """The border, the agency's name and, on some, boxes that route the letter to a section."""
    x, y = stamp.at
    height = 36 + ROW * 3 - 8
    layer = paper.ink
    layer.set_draw_color(*colour)
    if stamp.style != "plain":
        wide = WIDTH + (88 if stamp.style == "grid" else 0)
        layer.set_line_width(1.1)
        layer.rect(x, y, wide, height)
        layer.set_line_width(0.4)
        layer.rect(x + 2.2, y + 2.2, wide - 4.4, height - 4.4)
    style = Style(15, bold=True, colour=colour, face="Laksaman")
    while paper.width(stamp.agency, style) > WIDTH - 10:
        style = style._replace(size=style.size - 0.5)
    box = paper.put(x + WIDTH / 2 - paper.width(stamp.agency, style) / 2, y + 15, stamp.agency, style, layer)
    paper.note(stamp.agency, [box], "stamp")
    if stamp.style == "grid":
        _grid(paper, x + WIDTH, y + 3, colour)


def _grid(paper: Paper, x: float, y: float, colour: Rgb) -> None:
    style = Style(10.5, colour=colour, face="Laksaman")
    chosen = paper.rng.randrange(len(SECTIONS))
    for row, section in enumerate(SECTIONS):
        top = y + 3 + row * 12
        paper.ink.set_line_width(0.5)
        paper.ink.rect(x + 2, top, 7, 7)
        paper.note(section, [paper.put(x + 13, top + 6.5, section, style, paper.ink)], "stamp")
        if row == chosen and not paper.electronic:
            paper.stroke(
                [(x + 2, top + 3), (x + 5, top + 7), (x + 12, top - 4)], 1.1, (30, 50, 150), ink=True
            )


def _row(paper: Paper, stamp: Receipt, entry: Entry, y: float, hand: Hand) -> None:
    """A label, its dotted line, and the value on it."""
    x = stamp.at[0] + 8
    style = Style(14, colour=COLOURS[stamp.colour], face="Laksaman")
    boxes = [paper.put(x, y, entry.label, style, paper.ink)]
    start = x + paper.width(entry.label, style) + 3
    if not entry.value or not paper.electronic:
        paper.dots(start, stamp.at[0] + WIDTH - 8, y + 0.5, style.colour, paper.ink)
    if entry.value:
        written, how = _value(paper, stamp, (start, y), entry, hand)
        boxes.append(written)
        if how == "pen":
            paper.note(entry.value, [written], "pen")
    paper.note(f"{entry.label} {entry.value}".strip(), boxes, "stamp")


def _value(
    paper: Paper, stamp: Receipt, start: tuple[float, float], entry: Entry, hand: Hand
) -> tuple[Box, InkKind]:
    x, y = start
    colour = COLOURS[stamp.colour]
    if paper.electronic:  # typed on by the office's software
        return paper.put(x + 4, y, entry.value, Style(14, colour=colour, face="Laksaman"), paper.ink), "stamp"
    if entry.by == "rubber":
        ink = (55, 60, 150) if stamp.colour != "blue" else colour
        x, y = x + paper.rng.uniform(6, 16), y - paper.rng.uniform(-1, 3)
        return paper.put(x, y, entry.value, Style(15, True, ink, "Garuda"), paper.ink), "stamp"
    x, y = x + paper.rng.uniform(8, 22), y - paper.rng.uniform(0, 2.5)
    return write(paper, x, y, entry.value, hand), "pen"


def _turn_lines(paper: Paper, first: int, stamp: Receipt) -> None:
    """Turn the boxes noted since `first` as the stamp was turned: to the box around their corners."""
    page = paper.lines[paper.page - 1]
    angle = math.radians(-stamp.angle)  # fpdf2 turns anticlockwise; y runs downwards here
    (cx, cy), cos, sin = stamp.at, math.cos(angle), math.sin(angle)
    for index in range(first, len(page)):
        box = page[index].box
        corners = [(x - cx, y - cy) for x in (box.x0, box.x1) for y in (box.y0, box.y1)]
        xs = [round(cx + u * cos - v * sin, 2) for u, v in corners]
        ys = [round(cy + u * sin + v * cos, 2) for u, v in corners]
        page[index] = type(page[index])(
            page[index].text, Box(min(xs), min(ys), max(xs), max(ys)), page[index].ink
        )
