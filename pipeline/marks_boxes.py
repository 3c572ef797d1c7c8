"""Boxes to tick on a page picture (ช่องให้ทำเครื่องหมาย): squares, rings and brackets, and what stands in them.

A box is known by its outline alone: four straight sides, a ring, or a pair of brackets with room between. Lines
that run on past the corners belong to tables and frames. What the pen did is judged apart from the outline.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import cv2
import numpy as np

from pipeline.image import Gray
from pipeline.ink import x_height
from pipeline.marks_outlines import Mask, Outline, Shape, brackets, filled, rings, squares
from pipeline.marks_state import Judged, State, judged

DPI = 150  # outlines are looked for at this resolution; what stands in them is judged at the picture's own
_SIDE = (7.2, 22.0)  # points
_PX = DPI / 72
_MARGIN = 45.0  # points at the left edge, where punch holes are
_ALL_OF_IT = 0.95  # of a pattern's ink that must be there again


@dataclass(frozen=True)
class FoundBox:
    """A box to tick: its outline, what stands in it, and how sure that is."""

    outline: Outline
    state: State
    confidence: float


def find_boxes(gray: Gray, dpi: float) -> list[FoundBox]:
    """All boxes of an upright page in reading order; outlines in pixels of `gray`, which has `dpi`."""
    factor = min(1.0, DPI / dpi)
    small = cv2.resize(gray, None, fx=factor, fy=factor, interpolation=cv2.INTER_AREA) if factor < 1 else gray
    found: list[FoundBox] = []
    small = small.astype(np.uint8, copy=False)
    for outline in candidates(small, dpi * factor):
        _add(found, judged(gray, outline.scaled(1 / factor), outline.shape), outline.shape, dpi)
    for shape, like in _patterns(found, factor):
        for outline in _like(small, like, shape):
            one = judged(gray, outline.scaled(1 / factor), shape, known=True)
            if one is not None and one.state != "filled":  # every pattern fits into a black patch
                _add(found, one, shape, dpi)
    found = [one for one in found if not _alone_and_odd(one, found, dpi)]
    return sorted(found, key=lambda one: (round(one.outline.y0 / (8 * dpi / 72)), one.outline.x0))


def _add(found: list[FoundBox], one: Judged | None, shape: Shape, dpi: float) -> None:
    """Keep a box that is large enough and was not found already."""
    if one is None:
        return
    x0, y0, x1, y1 = one.place
    outline = Outline(x0, y0, x1, y1, shape)
    # A photograph shows some table around the paper, so that rings on it are smaller in points than on paper.
    least = (0.8 if shape == "ring" else 0.94) * _SIDE[0]
    small = min(x1 - x0, y1 - y0) < least * dpi / 72
    small |= one.state == "filled" and x1 < _MARGIN * dpi / 72  # punch holes
    if not small and not any(_same(outline, other.outline) for other in found):
        found.append(FoundBox(outline, one.state, one.confidence))


def _alone_and_odd(one: FoundBox, found: Sequence[FoundBox], dpi: float) -> bool:
    """A small or round thing with ink in it, like no other box of the page: a loop of a signature, a letter."""
    if one.state == "empty" or (one.outline.shape == "square" and one.outline.side > 8.5 * dpi / 72):
        return False
    side, shape = one.outline.side, one.outline.shape
    return not any(
        other is not one and other.outline.shape == shape and abs(other.outline.side - side) < 0.15 * side
        for other in found
    )


def _patterns(found: Sequence[FoundBox], factor: float) -> list[tuple[Shape, Outline]]:
    """An empty ring or pair of brackets of the page, to find those by that strokes have grown together with."""
    shapes: tuple[Shape, ...] = ("ring", "brackets")
    made: list[tuple[Shape, Outline]] = []
    for shape in shapes:
        empty = [one for one in found if one.outline.shape == shape and one.state == "empty"]
        if empty:
            made.append((shape, empty[0].outline.scaled(factor)))
    return made


def _like(gray: Gray, pattern: Outline, shape: Shape) -> Iterator[Outline]:
    """Places where all of a pattern's ink is, whatever else is there."""
    mask = (gray < _level(gray)).astype(np.uint8)
    x0, y0, x1, y1 = (round(v) for v in (pattern.x0, pattern.y0, pattern.x1, pattern.y1))
    piece = mask[max(0, y0 - 1) : y1 + 1, max(0, x0 - 1) : x1 + 1].astype(np.float32)
    if piece.sum() < 12:
        return
    wide = cv2.dilate(mask, np.ones((3, 3), np.uint8)).astype(np.float32)
    cover = cv2.matchTemplate(wide, piece, cv2.TM_CCORR) / float(piece.sum())
    for _ in range(60):
        _, best, _, (x, y) = cv2.minMaxLoc(cover)
        if best < _ALL_OF_IT:
            return
        cover[max(0, y - 6) : y + 7, max(0, x - 6) : x + 7] = 0
        high = piece.shape[0]
        end = x + piece.shape[1]
        before = mask[y : y + high, max(0, x - round(0.7 * high)) : max(0, x - 2)]
        after = mask[y + high // 3 : y + high, end + 1 : end + max(3, round(0.25 * high))]
        if _bare(before, 0.2) and _bare(after, 0.5):  # words have letters before and behind them
            yield Outline(x + 1, y + 1, x + piece.shape[1] - 1, y + piece.shape[0] - 1, shape)


def _bare(strip: Mask, most: float) -> bool:
    """Whether few rows of a strip hold ink."""
    return bool(strip.size) and float(strip.max(axis=1).mean()) < most


def candidates(gray: Gray, dpi: float) -> list[Outline]:
    """What may be outlines, in pixels of `gray`; `judged` looks at each more closely."""
    mask = (gray < _level(gray)).astype(np.uint8)
    total = cv2.integral(mask).astype(np.int32)
    _, _, stats, _ = cv2.connectedComponentsWithStats(mask, connectivity=8)
    pieces = stats.astype(np.int32)[1:]
    px = dpi / 72
    size = x_height(pieces) or 0.0
    least = max(_SIDE[0] * px, min(1.05 * size, 9.0 * px))
    sizes = (least, _SIDE[1] * px)
    found = [*squares(mask, total, sizes, px), *filled(mask, sizes, px)]
    found += rings(mask, total, pieces, (max(least, min(1.3 * size, 9.5 * px)), sizes[1]))
    found += brackets(mask, pieces, (_SIDE[0] * px, _SIDE[1] * px))
    return found


def _level(gray: Gray) -> int:
    """The grey below which there is ink: outlines are thin and grey when they are shrunk."""
    dark = gray[::4, ::4]
    ink = dark[dark < 150]
    deep = float(np.percentile(ink, 25)) if ink.size > 60 else 60.0
    return int(min(205.0, deep + 0.7 * (255 - deep)))


def _same(one: Outline, other: Outline) -> bool:
    across = min(one.x1, other.x1) - max(one.x0, other.x0)
    down = min(one.y1, other.y1) - max(one.y0, other.y0)
    return across > 0.4 * (one.x1 - one.x0) and down > 0.4 * one.side
