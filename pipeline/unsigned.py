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
from pipeline.ink import binarise
from pipeline.lines import Strip, find_strips

_UP, _DOWN, _BESIDE = 4.0, 3.0, 8.0  # x-heights round about a line: as far as its signature is looked at
_TALL = 1.9  # x-heights; letters are hardly higher
_THICKER = 1.6  # times the breadth of print's strokes, from which pen is told by its breadth
_CORE = 0.75  # of the pen's own breadth: thinner strokes than that are print
_PALER = 32  # grey levels from which pen is told from print by its grey
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


def without_strokes(page: Gray, strips: Sequence[Strip]) -> list[Strip]:
    """The strips of a page's black layer, those that pen crosses found anew without it where it is told from print."""
    kept = list(strips)
    for strip in strips:
        if not strip.crossed or not any(one is strip for one in kept):
            continue  # a strip of its row was crossed, too
        row = [one for one in kept if _level_with(one, strip)]
        found = _surroundings(page, strip, row)
        pen = None if found is None else _by_grey(found)
        if found is not None and pen is None:
            pen = _by_breadth(found, strip.x_height)
        if found is None or pen is None or not pen.any():
            continue
        anew = [one for one in _anew(found, pen) if _level_with(one, strip)]
        if anew:
            kept = [one for one in kept if not any(one is old for old in row)] + anew
    return kept


def _level_with(one: Strip, other: Strip) -> bool:
    """Whether two strips are parts of one row of one size of type."""
    apart = abs(sum(one.base) - sum(other.base)) / 2
    return apart < 0.6 * other.x_height and 0.7 < one.x_height / other.x_height < 1.4


def _surroundings(page: Gray, strip: Strip, row: Sequence[Strip]) -> _Found | None:
    size, (x0, y0, x1, y1) = strip.x_height, strip.box
    x0, x1 = min(one.box[0] for one in row), max(one.box[2] for one in row)
    left, top = max(0, int(x0 - _BESIDE * size)), max(0, int(y0 - _UP * size))
    gray = page[top : int(y1 + _DOWN * size), left : int(x1 + _BESIDE * size)]
    mask = binarise(gray)
    upper, lower = min(strip.base) - size - top, max(strip.base) - top
    count, labels, stats, _ = cv2.connectedComponentsWithStats(mask, connectivity=8)
    x, y, w, h = (stats[:, column] for column in range(4))
    large = (h > _TALL * size) & (y < lower - 0.2 * size) & (y + h > upper)
    large &= (x < x1 - left) & (x + w > x0 - left)
    large[0] = False
    if count < 2 or not large.any():
        return None
    crossing = large.astype(np.uint8)[labels]
    free = crossing.copy()
    free[max(0, int(upper - 0.6 * size)) : int(lower + 0.4 * size)] = 0
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
