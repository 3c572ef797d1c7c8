"""Where on a page picture outlines of boxes to tick may be: squares, solid squares, rings and pairs of brackets."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

import cv2
import numpy as np
from numpy.typing import NDArray

from pipeline.ink import A, H, Ints, W, X, Y

COVER = 0.82  # part of a side that must be ink
CROWDED = 0.34  # ink round about that no form has beside a box, but QR codes and emblems do

Shape = Literal["square", "ring", "brackets"]
Mask = NDArray[np.uint8]


@dataclass(frozen=True)
class Outline:
    """A box's outline in pixels of the picture it was found in: x0, y0, x1, y1."""

    x0: float
    y0: float
    x1: float
    y1: float
    shape: Shape

    @property
    def side(self) -> float:
        """The height."""
        return self.y1 - self.y0

    def scaled(self, factor: float) -> Outline:
        """The outline in a picture `factor` times as large."""
        return Outline(self.x0 * factor, self.y0 * factor, self.x1 * factor, self.y1 * factor, self.shape)


def _sums(total: Ints, x0: Ints, y0: Ints, x1: Ints, y1: Ints) -> Ints:
    """Ink in rectangles (x1 and y1 excluded), by the integral picture."""
    high, wide = total.shape[0] - 1, total.shape[1] - 1
    x0, x1 = np.clip(x0, 0, wide), np.clip(x1, 0, wide)
    y0, y1 = np.clip(y0, 0, high), np.clip(y1, 0, high)
    return np.asarray(total[y1, x1] - total[y0, x1] - total[y1, x0] + total[y0, x0], dtype=np.int32)


# -- squares -----------------------------------------------------------------------------------------------


def squares(mask: Mask, total: Ints, sizes: tuple[float, float], px: float) -> Iterator[Outline]:
    """Outlines of four straight sides that end at the corners."""
    least, most = sizes
    upright = cv2.morphologyEx(mask, cv2.MORPH_CLOSE, np.ones((3, 1), np.uint8))
    upright = cv2.morphologyEx(upright, cv2.MORPH_OPEN, np.ones((max(5, int(0.8 * least)), 1), np.uint8))
    _, _, found, _ = cv2.connectedComponentsWithStats(upright, connectivity=8)
    sides = found.astype(np.int32)[1:]
    sides = sides[(sides[:, H] <= most * 1.15) & (sides[:, W] <= max(5, 3.4 * px))]
    x, y, height = sides[:, X], sides[:, Y], sides[:, H]
    reach = (0.7 * height).astype(np.int32)
    edge = np.full_like(x, max(2, round(2 * px)))
    slack = (0.3 * height).astype(np.int32)  # a stroke through a corner makes a side seem longer
    top = _sums(total, x, y - edge, x + reach, y + slack)
    foot = _sums(total, x, y + height - slack, x + reach, y + height + edge)
    for side in sides[(top >= 0.75 * reach) & (foot >= 0.75 * reach)]:
        outline = _square_from(mask, side, px)
        if outline is not None and not _crowded(total, outline):
            yield outline


def filled(mask: Mask, sizes: tuple[float, float], px: float) -> Iterator[Outline]:
    """Boxes so full of ink that their sides cannot be told from it: solid squares that stand alone."""
    least, most = sizes
    solid = cv2.morphologyEx(mask, cv2.MORPH_CLOSE, np.ones((3, 3), np.uint8))
    core = max(5, round(0.62 * least))
    solid = cv2.morphologyEx(solid, cv2.MORPH_OPEN, np.ones((core, core), np.uint8))
    _, _, found, _ = cv2.connectedComponentsWithStats(solid, connectivity=8)
    for piece in found.astype(np.int32)[1:]:
        x, y, w, h = (int(v) for v in piece[:4])
        if not (least * 0.8 <= h <= 1.3 * most and 0.6 <= w / h <= 1.6 and piece[A] > 0.6 * w * h):
            continue
        lines = _frame_lines(mask, (x, y, x + w, y + h), px)
        if lines is not None:
            yield Outline(*lines, "square")


def _frame_lines(
    mask: Mask, around: tuple[int, int, int, int], px: float
) -> tuple[int, int, int, int] | None:
    """The rows and columns where ink begins and ends for good around a solid piece."""
    x0, y0, x1, y1 = around
    reach = round(2.2 * px)
    part = mask[max(0, y0 - reach) : y1 + reach, max(0, x0 - reach) : x1 + reach]
    columns = np.flatnonzero(part.mean(axis=0) > 0.55)
    rows = np.flatnonzero(part.mean(axis=1) > 0.55)
    if len(columns) < 5 or len(rows) < 5:
        return None
    left, top = max(0, x0 - reach), max(0, y0 - reach)
    place = (left + int(columns[0]), top + int(rows[0]), left + int(columns[-1]) + 1, top + int(rows[-1]) + 1)
    wide, high = place[2] - place[0], place[3] - place[1]
    return place if 0.75 <= wide / high <= 1.35 else None


def _square_from(mask: Mask, side: Ints, px: float) -> Outline | None:
    """The square whose left side is this stroke; None when it has no other three."""
    x0, height = int(side[X]), int(side[H])
    ends = _ends(mask, side, px)
    if ends is None:
        return None
    y0, y1 = ends
    height = y1 - y0
    columns = mask[y0 + 1 : y1 - 1, x0 + int(0.66 * height) : x0 + int(1.45 * height)]
    if columns.shape[1] < 3 or columns.shape[0] < 5:
        return None
    cover = np.maximum(columns[:, :-1], columns[:, 1:]).mean(axis=0)  # a side may lean by a pixel
    places = np.flatnonzero(cover >= COVER) + int(0.66 * height)
    if not places.size:
        return None
    width = int(places[np.abs(places - height).argmin()]) + 1
    x1 = x0 + width
    if not (_line(mask, y0, x0, x1, px) and _line(mask, y1 - 1, x0, x1, px)):
        return None
    if _runs_on(mask, (x0, y0, x1, y1), px):
        return None
    return Outline(x0, y0, x1 + 1, y1, "square")


def _ends(mask: Mask, side: Ints, px: float) -> tuple[int, int] | None:
    """Where along a left side the top and the foot of its square run."""
    x, y, height = int(side[X]), int(side[Y]), int(side[H])
    slack, edge = max(2, int(0.32 * height)), max(2, round(2 * px))
    start = max(0, y - edge)
    rows = mask[start : y + height + edge, x + 1 : x + max(4, int(0.7 * height))]
    if rows.shape[0] < 6 or rows.shape[1] < 3:
        return None
    lines = np.flatnonzero(np.maximum(rows[:-1], rows[1:]).mean(axis=1) >= COVER) + start
    tops, feet = lines[lines < y + slack], lines[lines > y + height - slack - 2]
    if not tops.size or not feet.size or feet[-1] - tops[0] < 0.55 * height:
        return None
    return int(tops[0]), int(feet[-1]) + 2


def _line(mask: Mask, y: int, x0: int, x1: int, px: float) -> bool:
    """Whether a side runs level here, a pixel or two up or down."""
    lean = max(1, round(1.8 * px))
    rows = mask[max(0, y - lean) : y + lean + 1, x0 + 1 : x1]
    if rows.shape[0] < 2 or rows.shape[1] < 3:
        return False
    pairs = np.maximum(rows[:-1], rows[1:]).mean(axis=1)
    return bool(pairs.max() >= COVER)


def _runs_on(mask: Mask, corners: tuple[int, int, int, int], px: float) -> bool:
    """Whether sides go on past the corners, as the lines of tables and frames do."""
    x0, y0, x1, y1 = corners
    far = int(0.55 * (y1 - y0))
    near = max(2, round(1.2 * px))
    count = 0
    for y in (y0, y1 - 1):
        for a, b in ((x0 - far, x0 - near), (x1 + near, x1 + far)):
            count += _inked(mask[max(0, y - 1) : y + 2, max(0, a) : max(0, b)], 1)
    for x in (x0, x1 - 1):
        for a, b in ((y0 - far, y0 - near), (y1 + near, y1 + far)):
            count += _inked(mask[max(0, a) : max(0, b), max(0, x - 1) : x + 2], 0)
    return count >= 2


def _inked(strip: Mask, axis: int) -> bool:
    return bool(strip.size and strip.max(axis=1 - axis).mean() > 0.85)


def _crowded(total: Ints, outline: Outline) -> bool:
    """Whether there is ink all round, as in a QR code or an emblem."""
    reach = 0.8 * outline.side
    x0, y0, x1, y1 = (int(v) for v in (outline.x0, outline.y0, outline.x1, outline.y1))
    far = int(reach)
    around = (
        (x0 - far, y0 - far, x0 - 2, y1 + far),
        (x1 + 2, y0 - far, x1 + far, y1 + far),
        (x0, y0 - far, x1, y0 - 2),
        (x0, y1 + 2, x1, y1 + far),
    )
    dense = 0
    for place in around:
        numbers = [np.array([v], dtype=np.int32) for v in place]
        area = max(1, (place[2] - place[0]) * (place[3] - place[1]))
        dense += int(_sums(total, *numbers)[0]) > CROWDED * area
    return dense >= 2


# -- rings -------------------------------------------------------------------------------------------------


def rings(mask: Mask, total: Ints, pieces: Ints, sizes: tuple[float, float]) -> Iterator[Outline]:
    """Round outlines that stand alone: letters have neighbours close by."""
    least, most = sizes
    size = (pieces[:, H] >= least) & (pieces[:, W] >= least)
    size &= (pieces[:, H] <= 1.9 * most) & (pieces[:, W] <= 1.9 * most)
    size &= pieces[:, A] < 0.75 * pieces[:, W] * pieces[:, H]
    some = pieces[size]
    x, y, w, h = some[:, X], some[:, Y], some[:, W], some[:, H]
    gap = np.maximum(3, (0.3 * np.minimum(w, h)).astype(np.int32))
    low, high = y + h // 4, y + h - h // 4
    bare = np.maximum(w, h) < 1.25 * np.minimum(
        w, h
    )  # else a stroke reaches out, perhaps to the words beside it
    after = np.where(bare, gap, 1)
    alone = _sums(total, x - gap, low, x - 1, high) + _sums(total, x + w + 1, low, x + w + after + 1, high)
    for piece in some[alone <= 1]:
        ring = _ring_in(mask, piece, (least, most))
        if ring is not None:
            yield ring


def _ring_in(mask: Mask, piece: Ints, sizes: tuple[float, float]) -> Outline | None:
    """The ring in a piece of ink that a pen stroke may be part of: the circle with most of its rim inked."""
    x0, y0, w, h = (int(v) for v in piece[:4])
    ys, xs = np.nonzero(mask[y0 : y0 + h, x0 : x0 + w])
    rng = np.random.default_rng(7)  # the same page always gives the same marks
    picks = rng.integers(0, len(xs), (220, 3))
    centre_x, centre_y, radius = _circles(xs[picks].astype(np.float64), ys[picks].astype(np.float64))
    good = (radius > sizes[0] / 2) & (radius < sizes[1] / 2)
    good &= (centre_x > 0.6 * radius) & (centre_x < w - 0.6 * radius)
    good &= (centre_y > 0.6 * radius) & (centre_y < h - 0.6 * radius)
    best, chosen = 0.0, None
    angles = np.linspace(0, 2 * np.pi, 48, endpoint=False)
    padded = cv2.dilate(np.pad(mask[y0 : y0 + h, x0 : x0 + w], 4), np.ones((2, 2), np.uint8))
    for cx, cy, r in zip(centre_x[good], centre_y[good], radius[good], strict=True):
        cols = np.clip(np.round(cx + r * np.cos(angles)).astype(int) + 4, 0, w + 7)
        rows = np.clip(np.round(cy + r * np.sin(angles)).astype(int) + 4, 0, h + 7)
        cover = float(padded[rows, cols].mean())
        if cover > best:
            best, chosen = cover, (cx, cy, r)
    if chosen is None or best < 0.93:
        return None
    cx, cy, r = chosen
    if w > 2 * r * 1.75 or h > 2 * r * 1.75:
        return None
    return Outline(x0 + cx - r, y0 + cy - r, x0 + cx + r, y0 + cy + r, "ring")


def _circles(
    xs: NDArray[np.float64], ys: NDArray[np.float64]
) -> tuple[NDArray[np.float64], NDArray[np.float64], NDArray[np.float64]]:
    """Circles through triples of points; three points on a line give a radius of zero."""
    (ax, bx, cx), (ay, by, cy) = xs.T, ys.T
    d = 2 * (ax * (by - cy) + bx * (cy - ay) + cx * (ay - by))
    safe = np.where(np.abs(d) < 1e-6, 1.0, d)
    a2, b2, c2 = ax**2 + ay**2, bx**2 + by**2, cx**2 + cy**2
    ux = (a2 * (by - cy) + b2 * (cy - ay) + c2 * (ay - by)) / safe
    uy = (a2 * (cx - bx) + b2 * (ax - cx) + c2 * (bx - ax)) / safe
    radius = np.where(np.abs(d) < 1e-6, 0.0, np.hypot(ax - ux, ay - uy))
    return ux, uy, radius


# -- brackets ----------------------------------------------------------------------------------------------


def brackets(mask: Mask, pieces: Ints, sizes: tuple[float, float]) -> Iterator[Outline]:
    """( ) with nothing, or a pen's mark, between them: never with a letter or a figure in print."""
    least, most = sizes[0] * 0.9, sizes[1]
    thin = (pieces[:, H] >= least) & (pieces[:, H] <= most) & (pieces[:, W] <= 0.5 * pieces[:, H])
    thin &= pieces[:, W] >= 2
    lefts, rights = [], []
    for piece in pieces[thin]:
        bow = _bow(mask, piece)
        if bow < 0:
            lefts.append(piece)
        elif bow > 0:
            rights.append(piece)
    for left in lefts:
        for right in rights:
            inner = int(right[X] - left[X] - left[W])
            level = (
                abs(int(left[Y] - right[Y])) <= 0.16 * left[H]
                and abs(int(left[H] - right[H])) <= 0.18 * left[H]
            )
            if not (level and 0.42 * left[H] <= inner <= 2.3 * left[H]):
                continue
            if not _printed_between(pieces, left, right):
                y0, y1 = min(left[Y], right[Y]), max(left[Y] + left[H], right[Y] + right[H])
                yield Outline(int(left[X]), int(y0), int(right[X] + right[W]), int(y1), "brackets")


def _bow(mask: Mask, piece: Ints) -> int:
    """-1 for ( and 1 for ), 0 for anything else: the middle lies to one side of both ends."""
    x, y, w, h = (int(v) for v in piece[:4])
    rows = mask[y : y + h, x : x + w].astype(np.float64)
    weight = rows.sum(axis=1)
    if (weight == 0).any() or weight.max() > 0.75 * w + 3:
        return 0
    middles = (rows * np.arange(w)).sum(axis=1) / weight
    fifth = max(1, h // 6)
    top, foot = middles[:fifth].mean(), middles[-fifth:].mean()
    waist = middles[h // 2 - fifth // 2 - 1 : h // 2 + fifth // 2 + 2].mean()
    deep = max(0.9, 0.07 * h)
    straight = np.abs(np.diff(middles)).max()
    if straight > 0.22 * h:
        return 0
    if top - waist > deep and foot - waist > deep:
        return -1
    return 1 if waist - top > deep and waist - foot > deep else 0


def _printed_between(pieces: Ints, left: Ints, right: Ints) -> bool:
    """Whether print stands between two brackets: several pieces in a row, or one that sits there like a figure."""
    x0, x1 = int(left[X] + left[W]), int(right[X])
    y0, y1 = int(left[Y]), int(left[Y] + left[H])
    mid_x, mid_y = pieces[:, X] + pieces[:, W] / 2, pieces[:, Y] + pieces[:, H] / 2
    inside = (mid_x > x0) & (mid_x < x1) & (mid_y > y0 - 0.3 * (y1 - y0)) & (mid_y < y1 + 0.2 * (y1 - y0))
    inside &= (pieces[:, H] > 0.16 * left[H]) | (pieces[:, W] > 0.16 * left[H])
    found = pieces[inside]
    if len(found) == 0:
        return False
    tall = found[(found[:, H] > 0.3 * left[H])]
    if len(tall) >= 3 or any(piece[X] + piece[W] > x1 + 2 or piece[X] < x0 - 2 for piece in tall[:0]):
        return True
    return all(_like_a_figure(piece, left) for piece in tall) if len(tall) else len(found) >= 3


def _like_a_figure(piece: Ints, left: Ints) -> bool:
    """A piece as high as printed letters are, standing between the brackets' ends."""
    tops = (piece[Y] - left[Y]) / left[H]
    feet = (piece[Y] + piece[H] - left[Y]) / left[H]
    return bool(0.05 < tops < 0.5 and 0.62 < feet < 0.97 and piece[W] < 0.75 * left[H])
