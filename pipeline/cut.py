"""The lines of a page's two ink layers, black print and coloured ink, each cut out as a strip."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np

from pipeline import image, lines
from pipeline.image import Gray, Sheet
from pipeline.ink import Ink as InkPieces
from pipeline.ink import x_height
from pipeline.lines import Strip
from pipeline.tint import inked_places
from pipeline.unsigned import without_strokes
from schemas.ink import Ink, Reader

_GOOD_X_HEIGHT = (24.0, 44.0)  # pixels; outside it marks run together, or time is wasted
_LARGE = 1.4  # times the x-height of the body: type of a mark
_LABELS = 0.4  # times the x-height of the body: a stamp's labels are not smaller


@dataclass(frozen=True)
class Found:
    """A strip and the ink layer it was cut from."""

    strip: Strip
    ink: Ink
    reader: Reader = "print"
    doubtful: bool = False  # two looks at pen ink disagreed
    mark: bool = False  # large red type that was taken out of the coloured ink


def find(sheet: Sheet, ink: InkPieces | None = None) -> list[Found]:
    """All strips of both ink layers, in reading order. `ink`: the pieces of the black layer where they are known."""
    pieces = ink or InkPieces.of(sheet.black)
    body = x_height(pieces.stats)
    marks = large_red_marks(sheet, body)
    rest = without(sheet, marks).colour
    large = pieces.stats  # as they are before lines take parts of them
    black = {id(s): s for s in without_strokes(sheet.black, lines.strips_of(pieces), large, body)}
    colour = {id(s): s for s in (*marks, *([] if rest is None else stamped(rest, body)))}
    red = {id(mark) for mark in marks}
    ordered = lines.in_reading_order([*black.values(), *colour.values()])
    return [
        Found(strip, "colour" if id(strip) in colour else "black", mark=id(strip) in red) for strip in ordered
    ]


def stamped(layer: Gray, body: float | None) -> list[Strip]:
    """The lines of coloured ink, stamp by stamp: each has type, pen and skew of its own.

    `body`: x-height of the page's print, in pixels.
    """
    least = _LABELS * (body or 0.0)
    return [
        strip.moved(x0, y0)
        for x0, y0, x1, y1 in inked_places(layer)
        for strip in lines.find_strips(np.ascontiguousarray(layer[y0:y1, x0:x1]), True, least)
    ]


def large_red_marks(sheet: Sheet, body: float | None) -> list[Strip]:
    """Lines of large red type, such as ด่วนที่สุด, on a page with other coloured ink: they stand over stamps and pen.

    `body`: x-height of the page's print, in pixels. Red stamps are left with the pen that fills their blanks.
    """
    if not sheet.hues or body is None:
        return []
    return [s for s in lines.find_strips(sheet.hues[0]) if s.x_height > _LARGE * body]


def without(sheet: Sheet, marks: Sequence[Strip]) -> Sheet:
    """The sheet whose coloured ink is without red marks; where other ink crosses them, that stays."""
    if not marks or sheet.colour is None:
        return sheet
    colour = sheet.colour.copy()
    for mark in marks:
        x0, y0, x1, y1 = mark.box
        place = slice(max(0, y0 - 2), y1 + 2), slice(max(0, x0 - 2), x1 + 2)
        colour[place] = sheet.hues[1][place]
    return replace(sheet, colour=colour)


def well_sized(sheet: Sheet) -> tuple[Sheet, InkPieces]:
    """Type of a size at which marks stand apart, and its pieces: small print is enlarged, large print made smaller."""
    ink = InkPieces.of(sheet.black)
    height = x_height(ink.stats[1:])
    low, high = _GOOD_X_HEIGHT
    if height is None or low <= height <= high:
        return sheet, ink
    limit = 5000 / max(sheet.black.shape)
    factor = min(2.5, limit, 28 / height) if height < low else max(0.3, 36 / height)
    del ink  # four times as large as a layer
    # under the same name, so that the old one is let go before more is made
    sheet = image.resize(sheet, factor)
    return sheet, InkPieces.of(sheet.black)
