"""Ink that is no text: emblems and other solid black, and boxes to tick."""

from __future__ import annotations

import cv2
import numpy as np

from pipeline.image import Gray
from pipeline.ink import A, Flags, H, Ink, W, X, Y

_SOLID = 1.15  # x-heights; no stroke of type is as thick, not even an urgency mark's
_SIDE = 0.85  # of a box's side that is inked
_HOLLOW = 0.4  # of a box's place that its sides enclose; the อ of geometric type is as square, but of thicker strokes


def blots(ink: Ink, size: float) -> Flags:
    """Which pieces are no text. `size`: the height of the page's usual type, in pixels."""
    return emblems(ink, size) | tick_boxes(ink, size)


def emblems(ink: Ink, size: float) -> Flags:
    """Pieces of solid black, and what stands among them: the crumbs of an emblem would join the lines beside it."""
    none = np.zeros(len(ink.stats), dtype=bool)
    inked = (np.ascontiguousarray(ink.labels[::3, ::3]) > 0).astype(np.uint8)
    thick = max(3, int(_SOLID * size / 3))
    solid = cv2.morphologyEx(inked, cv2.MORPH_OPEN, np.ones((thick, thick), np.uint8))
    if not cv2.countNonZero(solid):
        return none
    near = 2 * thick + 1
    whole = cv2.morphologyEx(
        cv2.copyMakeBorder(solid, near, near, near, near, cv2.BORDER_CONSTANT),
        cv2.MORPH_CLOSE,
        np.ones((near, near), np.uint8),
    )[near:-near, near:-near]
    sums = cv2.integral(whole)
    x0, y0 = ink.stats[:, X] // 3, ink.stats[:, Y] // 3
    x1 = np.minimum(x0 + ink.stats[:, W] // 3 + 1, whole.shape[1])
    y1 = np.minimum(y0 + ink.stats[:, H] // 3 + 1, whole.shape[0])
    covered = sums[y1, x1] - sums[y0, x1] - sums[y1, x0] + sums[y0, x0]
    among = covered > 0.5 * (x1 - x0) * (y1 - y0)
    none[np.unique(ink.labels[::3, ::3][solid > 0])] = True
    none |= among
    none[0] = False
    return none


def tick_boxes(ink: Ink, size: float) -> Flags:
    """Empty squares whose four sides are inked: boxes to tick (ช่องสำหรับทำเครื่องหมาย)."""
    stats = ink.stats
    wide, high = stats[:, W], stats[:, H]
    may_be = (
        (high > 0.45 * size) & (high < 2.2 * size) & (wide > 0.8 * high) & (wide < 1.25 * high) & (high > 9)
    )
    may_be &= (stats[:, A] < 0.62 * wide * high) & (stats[:, A] > 0.08 * wide * high)
    boxes = np.zeros(len(stats), dtype=bool)
    for i in np.flatnonzero(may_be):
        x, y, w, h = (int(n) for n in stats[i, :4])
        mine = ink.labels[y : y + h, x : x + w] == i
        edge = max(2, round(0.16 * h))
        sides = (
            mine[:edge].any(axis=0),
            mine[-edge:].any(axis=0),
            mine[:, :edge].any(axis=1),
            mine[:, -edge:].any(axis=1),
        )
        straight = max(mine[:edge].mean(axis=1).max(), mine[-edge:].mean(axis=1).max())
        upright = max(mine[:, :edge].mean(axis=0).max(), mine[:, -edge:].mean(axis=0).max())
        square = all(side.mean() > _SIDE for side in sides) and straight > 0.75 and upright > 0.75
        boxes[i] = square and _enclosed(mine.astype(np.uint8)) > _HOLLOW
    return boxes


def _enclosed(piece: Gray) -> float:
    """The part of a piece's place from which no way leads out; small gaps in its outline are closed."""
    high = piece.shape[0]
    gap = max(3, round(0.1 * high) | 1)
    room = cv2.copyMakeBorder(piece, gap, gap, gap, gap, cv2.BORDER_CONSTANT)
    paper = 1 - cv2.morphologyEx(room, cv2.MORPH_CLOSE, np.ones((gap, gap), np.uint8))
    cv2.floodFill(paper, None, (0, 0), 0)
    share: float = paper.mean() * paper.size / piece.size
    return share
