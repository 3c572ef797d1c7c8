"""Pen strokes taken out of the letters that they run through: a black signature over the typed name.

Pen is told from print by its grey, where the scan has kept it, else by its breadth; a pen as fine and as black as the
print is left where it is. What is read under it is never sure (`crossed.py`), but far nearer to what stands there.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import NamedTuple

import cv2
import numpy as np

from pipeline.image import Gray
from pipeline.ink import Ints, binarise
from pipeline.lines import Strip, find_strips

_OVER, _BESIDE = (
    2.5,
    12.0,
)  # x-heights over, under and beside a signature that are looked at: the name it crosses
_NEAR = 6.0  # x-heights between it and a part of that name
_TALL, _HIGHEST = 1.9, 14.0  # x-heights: letters are hardly higher, signatures are
_WIDE, _WIDEST, _FULL = 1.5, 40.0, 0.35  # x-heights; of its place that a signature's ink fills at most
_WORD, _SHORT = 3.0, 0.8  # x-heights of a row that is worth finding; scraps of it, as a part of it
_THICKER = 1.6  # times the breadth of print's strokes, from which pen is told by its breadth
_CORE = 0.75  # of the pen's own breadth: thinner strokes than that are print
_PALER = 40  # grey levels from which pen is told from print by its grey
_LONG = 1.0  # x-heights: a pen's stroke is at least as long, the filled head of a letter is not
_BRIDGE = 1.4  # times the pen's breadth: gaps in letters that are bridged
_LEAST = 40  # pixels of print and of pen to judge by
_PAPER = 255


class _Found(NamedTuple):
    """What is round about a line: its corner on the page, its ink, and the large pieces that cross the line."""

    left: int
    top: int
    gray: Gray
    mask: Gray
    crossing: Gray
    free: Gray  # of the crossing pieces: what stands over and under the line's rows


def without_strokes(page: Gray, strips: Sequence[Strip], pieces: Ints, size: float | None) -> list[Strip]:
    """The strips of a page's black layer, those that pen crosses found anew without it where it is told from print.

    `pieces`: statistics of the page's ink; `size`: the x-height of its usual type, in pixels.
    """
    kept = list(strips)
    if size is None:
        return kept
    for box in _signatures(pieces, size):
        found = _surroundings(page, box, size, kept)
        pen = None if found is None else _by_grey(found)
        if found is not None and pen is None:
            pen = _by_breadth(found, size)
        if found is not None and pen is not None and pen.any():
            for strip in _anew(found, pen):
                kept = _in_place(kept, strip)
    return kept


def _signatures(pieces: Ints, size: float) -> list[tuple[int, int, int, int]]:
    """The boxes of pieces of ink that may be a signature, with what it has grown together with."""
    x, y, w, h, area = (pieces[:, column] for column in range(5))
    large = (h > _TALL * size) & (h < _HIGHEST * size) & (w > _WIDE * size) & (w < _WIDEST * size)
    large &= area < _FULL * w * h
    large[0] = False
    return [(int(x[i]), int(y[i]), int(x[i] + w[i]), int(y[i] + h[i])) for i in np.flatnonzero(large)]


def _in_place(kept: list[Strip], strip: Strip) -> list[Strip]:
    """The strips with one that pen was taken out of, in place of what was found of its row before."""
    if not strip.crossed or strip.box[2] - strip.box[0] < _WORD * strip.x_height:
        return kept
    before = [one for one in kept if _level_with(one, strip) and _beside(one, strip) > 0]
    if any(not one.crossed and _width(one) > _SHORT * _width(strip) for one in before):
        return kept
    return [one for one in kept if not any(one is old for old in before)] + [strip]


def _width(strip: Strip) -> int:
    return strip.box[2] - strip.box[0]


def _beside(one: Strip, other: Strip) -> int:
    """How many columns two strips share."""
    return min(one.box[2], other.box[2]) - max(one.box[0], other.box[0])


def _level_with(one: Strip, other: Strip) -> bool:
    """Whether two strips stand on one row."""
    return abs(sum(one.base) - sum(other.base)) / 2 < 0.6 * max(one.x_height, other.x_height)


def _surroundings(
    page: Gray, box: tuple[int, int, int, int], size: float, strips: Sequence[Strip]
) -> _Found | None:
    """What stands round about a piece of ink; None where it is gone."""
    x0, y0, x1, y1 = box
    rows = [one.box for one in strips if one.box[1] < y1 and one.box[3] > y0]
    near = [one for one in rows if one[0] < x1 + _NEAR * size and one[2] > x0 - _NEAR * size]
    x0, x1 = min([x0, *(one[0] for one in near)]), max([x1, *(one[2] for one in near)])
    left, top = max(0, int(x0 - _BESIDE * size)), max(0, int(y0 - _OVER * size))
    gray = page[top : int(y1 + _OVER * size), left : int(x1 + _BESIDE * size)]
    mask = binarise(gray)
    count, labels, stats, _ = cv2.connectedComponentsWithStats(mask, connectivity=8)
    inside = (stats[:, 0] < box[2] - left) & (stats[:, 0] + stats[:, 2] > box[0] - left)
    inside &= (stats[:, 1] < y1 - top) & (stats[:, 1] + stats[:, 3] > y0 - top)
    large = inside & (stats[:, 3] > _TALL * size) & (stats[:, 2] > 0.5 * size)
    large[0] = False
    if count < 2 or not large.any():
        return None
    crossing = large.astype(np.uint8)[labels]
    free = crossing.copy()
    for strip in strips:  # what stands over and under the rows of type is pen alone
        upper, lower = (
            min(strip.base) - 1.6 * strip.x_height - top,
            max(strip.base) + 0.4 * strip.x_height - top,
        )
        columns = slice(max(0, strip.box[0] - left), max(0, strip.box[2] - left))
        free[max(0, int(upper)) : max(0, int(lower)), columns] = 0
    return _Found(left, top, gray, mask, crossing, free)


def _by_grey(found: _Found) -> Gray | None:
    """The pen, where it is clearly paler than the print round about: a blue one on a grey scan."""
    print_, pen = found.gray[(found.mask > found.crossing)], found.gray[found.free > 0]
    if min(len(print_), len(pen)) < _LEAST:
        return None
    black, pale = float(np.percentile(print_, 25)), float(np.percentile(pen, 25))
    if pale - black < _PALER:
        return None
    dark = (found.crossing > 0) & (found.gray < (black + pale) / 2)
    kept = cv2.dilate(dark.astype(np.uint8), np.ones((3, 3), np.uint8))
    return np.asarray(found.crossing & ~kept & 1, dtype=np.uint8)


def _by_breadth(found: _Found, size: float) -> Gray | None:
    """The pen, where it is clearly broader than the strokes of print."""
    fine, broad = _breadth(found.mask - found.crossing), _breadth(found.free)
    if fine == 0 or broad < _THICKER * fine:
        return None
    core = cv2.morphologyEx(found.crossing, cv2.MORPH_OPEN, _disc(max(1.2 * fine + 1, _CORE * broad)))
    _, labels, stats, _ = cv2.connectedComponentsWithStats(core, connectivity=8)
    long = np.maximum(stats[:, cv2.CC_STAT_WIDTH], stats[:, cv2.CC_STAT_HEIGHT]) > _LONG * size
    long[0] = False
    pen = cv2.dilate(long.astype(np.uint8)[labels], _disc(3)) & found.crossing
    rest = found.mask - pen
    for angle in (0, 75, 90, 105):  # strokes of letters run level or upright
        pen &= ~cv2.morphologyEx(rest, cv2.MORPH_CLOSE, _bar(int(_BRIDGE * broad) + 3, angle)) & 1
    return np.asarray(pen, dtype=np.uint8)


def _breadth(mask: Gray) -> float:
    """The usual breadth of strokes, in pixels; 0 where there are too few."""
    if int(cv2.countNonZero(mask)) < _LEAST:
        return 0.0
    far = cv2.distanceTransform(np.pad(mask, 1), cv2.DIST_L2, 5)
    ridge = (far >= cv2.dilate(far, np.ones((3, 3), np.uint8)) - 1e-3) & (far > 0.9)
    return float(np.percentile(2 * far[ridge] - 1, 60)) if ridge.any() else 0.0


def _anew(found: _Found, pen: Gray) -> list[Strip]:
    """The strips of a place without its pen; where it was, they are crossed."""
    gray = found.gray.copy()
    gray[(cv2.dilate(pen, np.ones((3, 3), np.uint8)) > 0) & ((found.mask & ~pen & 1) == 0)] = _PAPER
    made = []
    for strip in find_strips(gray):
        size, (x0, _, x1, _) = strip.x_height, strip.box
        rows = slice(max(0, int(min(strip.base) - 1.3 * size)), int(max(strip.base) + 0.3 * size))
        edges = np.flatnonzero(
            np.diff(np.concatenate(([0], pen[rows, x0:x1].max(axis=0, initial=0), [0])).astype(int))
        )
        runs = tuple((int(a) + x0, int(b) + x0) for a, b in edges.reshape(-1, 2))
        made.append(replace(strip, crossed=(*strip.crossed, *runs)).moved(found.left, found.top))
    return made


def _disc(breadth: float) -> Gray:
    side = max(1, round(breadth))
    return np.asarray(cv2.getStructuringElement(cv2.MORPH_ELLIPSE, (side, side)), dtype=np.uint8)


def _bar(length: int, degrees: float) -> Gray:
    """A line of so many pixels at an angle, as a structuring element."""
    side = length | 1
    middle, angle = side // 2, np.deg2rad(degrees)
    dx, dy = round(float(np.cos(angle)) * middle), round(float(np.sin(angle)) * middle)
    made = np.zeros((side, side), np.uint8)
    cv2.line(made, (middle - dx, middle - dy), (middle + dx, middle + dy), (1,), 1)
    return made
