"""Where a blank form leaves room to write: leaders of dots or lines, and empty cells of ruled tables."""

from __future__ import annotations

from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray

from pipeline.image import Gray
from pipeline.ink import A, H, Ints, W

Mask = NDArray[np.uint8]
Rect = tuple[int, int, int, int]  # x0, y0, x1, y1 in pixels


@dataclass(frozen=True)
class Ruling:
    """A blank's print in parts: everything, its leaders, its rules; and the room they leave."""

    print: Mask
    leaders: tuple[Rect, ...]  # each a row of dots or a line to write on
    cells: tuple[Rect, ...]  # insides of table cells
    furniture: Mask  # 1 on leaders and rules


def ruling_of(gray: Gray, dpi: float) -> Ruling:
    """Look at a blank page."""
    px = dpi / 72
    ink = (gray < 185).astype(np.uint8)
    rules = _rules(ink, px)
    cells = tuple(_cells(rules, px))
    dots = _dots(ink, px)
    lines = _underlines(ink, cells, rules, px)
    furniture = cv2.bitwise_or(rules, cv2.bitwise_or(dots[1], lines[1]))
    return Ruling(ink, tuple(sorted([*dots[0], *lines[0]], key=lambda r: (r[1], r[0]))), cells, furniture)


def _rules(ink: Mask, px: float) -> Mask:
    """Long straight lines, level and upright."""
    level = cv2.morphologyEx(ink, cv2.MORPH_OPEN, np.ones((1, round(24 * px)), np.uint8))
    upright = cv2.morphologyEx(ink, cv2.MORPH_OPEN, np.ones((round(13 * px), 1), np.uint8))
    return np.asarray(cv2.bitwise_or(level, upright), dtype=np.uint8)


def _cells(rules: Mask, px: float) -> list[Rect]:
    """White rectangles that rules close in on all sides."""
    closed = cv2.dilate(rules, np.ones((3, 3), np.uint8))
    _, _, stats, _ = cv2.connectedComponentsWithStats(1 - closed, connectivity=4)
    found = []
    for x, y, w, h, area in stats[1:].tolist():
        if w < 18 * px or h < 9 * px or area < 0.85 * w * h:
            continue
        if w > 0.97 * rules.shape[1] or h > 0.6 * rules.shape[0] or x == 0 or y == 0:
            continue
        found.append((x, y, x + w, y + h))
    return found


def _dots(ink: Mask, px: float) -> tuple[list[Rect], Mask]:
    """Dotted and dashed leaders: small flat pieces in a long row."""
    _, labels, stats, _ = cv2.connectedComponentsWithStats(ink, connectivity=8)
    pieces: Ints = stats.astype(np.int32)
    small = (pieces[:, H] <= 2.4 * px) & (pieces[:, W] <= 7 * px) & (pieces[:, A] >= 1)
    small[0] = False
    dots = small[labels].astype(np.uint8)
    joined = cv2.morphologyEx(dots, cv2.MORPH_CLOSE, np.ones((1, round(6.5 * px)), np.uint8))
    joined = cv2.dilate(joined, np.ones((2, 1), np.uint8))
    runs = cv2.morphologyEx(joined, cv2.MORPH_OPEN, np.ones((1, round(15 * px)), np.uint8))
    _, _, found, _ = cv2.connectedComponentsWithStats(runs, connectivity=8)
    rows: list[Rect] = []
    for x, y, w, h, _area in found[1:].tolist():
        if h > 4.5 * px:
            continue
        inside = dots[y : y + h, x : x + w]
        if cv2.connectedComponents(inside, connectivity=8)[0] - 1 >= max(4, w / (9 * px)):
            rows.append((x, y, x + w, y + h))
    mask = np.zeros_like(ink)
    for x0, y0, x1, y1 in rows:
        mask[y0:y1, x0:x1] = dots[y0:y1, x0:x1]
    return rows, mask


def _underlines(ink: Mask, cells: tuple[Rect, ...], rules: Mask, px: float) -> tuple[list[Rect], Mask]:
    """Solid lines to write on: level, thin, and no part of a table."""
    level = cv2.morphologyEx(ink, cv2.MORPH_OPEN, np.ones((1, round(20 * px)), np.uint8))
    upright = cv2.morphologyEx(rules, cv2.MORPH_OPEN, np.ones((round(13 * px), 1), np.uint8))
    _, _, found, _ = cv2.connectedComponentsWithStats(level, connectivity=8)
    rows: list[Rect] = []
    mask = np.zeros_like(ink)
    for x, y, w, h, _area in found[1:].tolist():
        around = upright[max(0, y - 3) : y + h + 3, max(0, x - 3) : x + w + 3]
        if h > 2.5 * px or around.any() or any(_edge_of(cell, (x, y, x + w, y + h), px) for cell in cells):
            continue
        rows.append((x, y, x + w, y + h))
        mask[y : y + h, x : x + w] = level[y : y + h, x : x + w]
    return rows, mask


def _edge_of(cell: Rect, line: Rect, px: float) -> bool:
    """Whether a line is the upper or lower edge of a cell."""
    across = min(cell[2], line[2]) - max(cell[0], line[0])
    return across > 0.5 * (cell[2] - cell[0]) and min(abs(cell[1] - line[3]), abs(cell[3] - line[1])) < 3 * px
