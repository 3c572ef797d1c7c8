"""A sheet to draw on: text set in points from the top left, each line noted with its box."""

from __future__ import annotations

import datetime as dt
import random
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Literal, NamedTuple

from fpdf.drawing import PaintedPath

from samples.content import Look
from samples.fonts import SCALE, Extent, find_font, measure
from samples.sheet import Sheet
from samples.thai import chunks
from schemas.ink import Box, union

WIDTH, HEIGHT = 595.28, 841.89  # A4 in points
LEFT, RIGHT, BOTTOM = 85.0, 538.0, 785.0  # margins: 3 cm left, 2 cm right and below
FIXED_DATE = dt.datetime(2024, 1, 2, 3, 4, 5, tzinfo=dt.UTC)  # so that files are the same on every run
InkKind = Literal["print", "stamp", "pen"]
Rgb = tuple[int, int, int]
BLACK: Rgb = (20, 20, 22)
RED: Rgb = (205, 25, 35)


class Style(NamedTuple):
    """How a run of text is set; `size` is nominal (as if in TH Sarabun)."""

    size: float = 16.0
    bold: bool = False
    colour: Rgb = BLACK
    face: str | None = None  # the document's own when None


PLAIN = Style()


@dataclass(frozen=True)
class Drawn:
    """A line as drawn: its text, its ink's box, and what it was drawn with."""

    text: str
    box: Box
    ink: InkKind = "print"


@dataclass
class Paper:
    """The pages of one document. On paper, pen and stamps go to a layer of their own (`ink`)."""

    look: Look
    rng: random.Random
    electronic: bool = False  # born digital: no pen, and stamps are typed on by software
    y: float = 0.0
    lines: list[list[Drawn]] = field(default_factory=list)
    print: Sheet = field(init=False)
    ink: Sheet = field(init=False)

    def __post_init__(self) -> None:
        self.print = _blank()
        self.ink = self.print if self.electronic else _blank()

    def add_page(self) -> None:
        """Start a new sheet on both layers."""
        for layer in {id(self.print): self.print, id(self.ink): self.ink}.values():
            layer.add_page()
        self.lines.append([])

    def turn_to(self, page: int) -> None:
        """Go on drawing on an earlier page (from 1)."""
        self.print.page = self.ink.page = page

    @property
    def page(self) -> int:
        """The current page, from 1."""
        return self.print.page

    # --- text -------------------------------------------------------------------------------------

    def font_name(self, style: Style) -> str:
        """The font file's stem for a style."""
        face = style.face or self.look.face
        return f"{face}-Bold" if style.bold else face

    def points(self, style: Style) -> float:
        """The real point size of a nominal one."""
        return style.size * SCALE[style.face or self.look.face]

    def width(self, text: str, style: Style) -> float:
        """How wide a text is."""
        return measure(self.font_name(style), text).advance * self.points(style)

    def box(self, x: float, y: float, text: str, style: Style) -> Box:
        """The box of a text's ink when it starts at x on the baseline y."""
        extent: Extent = measure(self.font_name(style), text)
        size = self.points(style)
        return Box(x, y - extent.above * size, x + extent.advance * size, y + extent.below * size)

    def put(self, x: float, y: float, text: str, style: Style, layer: Sheet | None = None) -> Box:
        """Draw a text at a baseline; the caller notes the line."""
        pdf, size, name = layer or self.print, self.points(style), self.font_name(style)
        if name.lower() not in pdf.fonts:
            pdf.add_font(name, "", find_font(name))
        pdf.set_font(name, size=size)
        pdf.set_text_color(*style.colour)
        pdf.shaped(x, y, text)
        return self.box(x, y, text, style)

    def note(self, text: str, boxes: Sequence[Box], ink: InkKind = "print", page: int | None = None) -> None:
        """Remember a drawn line."""
        whole = union(boxes)
        if whole is not None:
            self.lines[(page or self.page) - 1].append(Drawn(text, Box(*(round(v, 2) for v in whole)), ink))

    def line(self, x: float, text: str, style: Style = PLAIN, y: float | None = None) -> None:
        """One line from x, at `y` or at the current height."""
        self.note(text, [self.put(x, self.y if y is None else y, text, style)])

    def centred(self, middle: float, text: str, style: Style = PLAIN, y: float | None = None) -> None:
        """One line around a middle."""
        self.line(middle - self.width(text, style) / 2, text, style, y)

    # --- paragraphs -------------------------------------------------------------------------------

    def wrap(self, text: str, style: Style, first: float, rest: float) -> list[str]:
        """Break a text into lines no wider than `first`, then `rest`."""
        lines, current, room = [], "", first
        for chunk in chunks(text):
            if current and self.width((current + chunk).rstrip(), style) > room:
                lines.append(current.rstrip())
                current, room = "", rest
            current += chunk
        return [*lines, current.rstrip()] if current.strip() else lines

    def justified(self, x: float, text: str, room: float, style: Style) -> None:
        """One full line, stretched to `room` as the look says."""
        missing = room - self.width(text, style)
        parts = [c for c in chunks(text) if c]
        if self.look.setting == "spaces":
            parts = [f"{word} " for word in text.split(" ")]
            parts[-1] = parts[-1].rstrip()
        gap, boxes = missing / max(1, len(parts) - 1), []
        widest = {"ragged": 0.0, "words": 2.6, "spaces": 26.0}[self.look.setting]
        if not 0 < gap < widest:
            return self.line(x, text, style)
        for part in parts:
            boxes.append(self.put(x, self.y, part, style))
            x += self.width(part, style) + gap
        self.note(text, boxes)

    # --- shapes -----------------------------------------------------------------------------------

    def stroke(self, points: Sequence[tuple[float, float]], width: float, colour: Rgb, ink: bool) -> None:
        """A smooth round stroke through points, in print or on the ink layer."""
        layer = self.ink if ink else self.print
        path = PaintedPath()
        path.style.stroke_color = "#{:02x}{:02x}{:02x}".format(*colour)
        path.style.stroke_width = width
        path.style.stroke_cap_style = path.style.stroke_join_style = "round"
        path.style.fill_color = None
        path.style.auto_close = False
        path.move_to(*points[0])
        for point in points[1:]:
            path.line_to(*point)
        with layer.drawing_context() as drawing:
            drawing.add_item(path)

    def rule(self, x0: float, y0: float, x1: float, y1: float, width: float = 0.6) -> None:
        """A thin printed line."""
        self.print.set_draw_color(*BLACK)
        self.print.set_line_width(width)
        self.print.line(x0, y0, x1, y1)

    def dots(self, x0: float, x1: float, y: float, colour: Rgb = BLACK, layer: Sheet | None = None) -> None:
        """A dotted leader."""
        pdf = layer or self.print
        pdf.set_draw_color(*colour)
        pdf.set_line_width(0.55)
        pdf.set_dash_pattern(dash=0.6, gap=2.0)
        pdf.line(x0, y, x1, y)
        pdf.set_dash_pattern()


def _blank() -> Sheet:
    pdf = Sheet(unit="pt", format="A4")
    pdf.set_creation_date(FIXED_DATE)
    pdf.set_producer("Saraban samples")
    pdf.set_auto_page_break(False)
    pdf.set_margin(0)
    pdf.set_text_shaping(True)
    return pdf
