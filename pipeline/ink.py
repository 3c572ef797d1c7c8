"""The connected pieces of ink of a sheet, and which of them may be text."""

from __future__ import annotations

from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray

from pipeline.image import Gray

Ints = NDArray[np.int32]
Floats = NDArray[np.float64]
Flags = NDArray[np.bool_]

X, Y, W, H, A = range(5)  # columns of OpenCV's component statistics


@dataclass
class Ink:
    """The connected pieces of ink of a sheet; pieces of two lines that touch are parted later."""

    gray: Gray
    labels: Ints
    stats: Ints

    @classmethod
    def of(cls, gray: Gray) -> Ink:
        """Find the pieces, ruling lines and dotted leaders taken out."""
        x, y, wide, high = cv2.boundingRect(cv2.threshold(gray, 200, 1, cv2.THRESH_BINARY_INV)[1])
        rows, columns = slice(max(0, y - 4), y + high + 4), slice(max(0, x - 4), x + wide + 4)
        mask = binarise(gray[rows, columns])
        drop_rules(mask)
        labels = np.zeros(gray.shape, np.int32)  # filled in place: it is four times as large as the sheet
        _, _, stats, _ = cv2.connectedComponentsWithStatsWithAlgorithm(
            mask, 8, cv2.CV_32S, cv2.CCL_BBDT, labels=labels[rows, columns]
        )
        stats = stats.astype(np.int32, copy=False)
        stats[:, (X, Y)] += (columns.start, rows.start)
        stats[0, A] = 0  # the paper
        return cls(gray, labels, stats)


def binarise(gray: Gray) -> Gray:
    """1 where there is ink. The level stands nearer to paper than to the page's ink: thin strokes must not break."""
    blurred = cv2.GaussianBlur(gray, (0, 0), 0.8)
    counts = cv2.calcHist([blurred], [0], None, [256], [0, 256]).ravel()[:150].cumsum()
    ink = float(np.searchsorted(counts, 0.25 * counts[-1])) if counts[-1] > 500 else 60.0
    level = min(195.0, ink + 0.68 * (255 - ink))
    return np.asarray(
        cv2.threshold(blurred, int(np.ceil(level)) - 1, 1, cv2.THRESH_BINARY_INV)[1], dtype=np.uint8
    )


_RUN, _RULE, _THICK = (
    26,
    90,
    9,
)  # pixels: runs that a rule is made of; the shortest rule; what is no rule any more


def drop_rules(mask: Gray) -> None:
    """Take out ruling lines and frames, skewed ones too. Strokes that cross them lose almost nothing.

    A skewed line is a stair of straight runs, so that it is long and straight as soon as it is thickened a little;
    letters have shorter runs.
    """
    for level in (True, False):
        runs = cv2.morphologyEx(mask, cv2.MORPH_OPEN, _bar(_RUN, level))
        thickened = cv2.dilate(runs, _bar(5, not level))[::2, ::2]  # half size is enough
        straight = cv2.morphologyEx(np.ascontiguousarray(thickened), cv2.MORPH_OPEN, _bar(_RULE // 2, level))
        if not cv2.countNonZero(straight):
            continue
        whole = cv2.resize(straight, mask.shape[::-1], interpolation=cv2.INTER_NEAREST)
        runs = cv2.bitwise_and(runs, cv2.dilate(whole, np.ones((3, 3), np.uint8)))
        solid = cv2.morphologyEx(runs, cv2.MORPH_OPEN, _bar(_THICK, not level))
        if cv2.countNonZero(solid):
            cv2.subtract(runs, cv2.dilate(solid, np.ones((3, 3), np.uint8)), dst=runs)
        cv2.subtract(mask, cv2.dilate(runs, np.ones((3, 3), np.uint8)), dst=mask)


def _bar(length: int, level: bool) -> Gray:
    return np.ones((1, length) if level else (length, 1), np.uint8)


def x_height(stats: Ints) -> float | None:
    """The commonest height of letters, in pixels; None when there is too little text to tell."""
    height, width, area = stats[:, H], stats[:, W], stats[:, A]
    letters = (
        (height >= 8) & (height <= 130) & (width >= 3) & (width <= 3 * height) & (area > 0.15 * height**2)
    )
    if int(letters.sum()) < 2:
        return None
    # wide pieces are whole letters, thin ones are marks and strokes: weigh by width; logarithmic bins
    weights = np.minimum(width[letters], 2 * height[letters])
    bins = np.round(np.log(height[letters] / 8.0) / np.log(1.045)).astype(int)
    counts = np.convolve(np.bincount(bins, weights, minlength=70), np.ones(5), mode="same")
    return float(8.0 * 1.045 ** int(counts.argmax()))


def usable(stats: Ints, size: float) -> Flags:
    """Ink that may be text: no specks, no emblems, no edges, no dotted leaders."""
    free = stats[:, A] >= max(5, int(0.012 * size * size))
    free &= (stats[:, H] < 7 * size) & (stats[:, W] < 40 * size)
    dashes = (stats[:, H] < 0.2 * size) & (stats[:, W] > 1.3 * size)  # what is left of frames and underlines
    dashes |= (stats[:, W] < 0.16 * size) & (stats[:, H] > 1.3 * size)
    dashes |= (stats[:, H] > 3.5 * size) & (stats[:, W] < 0.2 * stats[:, H])  # slanted ones are not so thin
    dashes |= (stats[:, W] > 3.5 * size) & (stats[:, H] < 0.2 * stats[:, W])
    free &= ~dashes
    return np.asarray(free & ~leader_dots(stats, size, free))


def leader_dots(stats: Ints, size: float, free: Flags) -> Flags:
    """Dots of dotted leaders: small pieces on one level, evenly spaced but for what is written over them."""
    leader = np.zeros(len(stats), dtype=bool)
    small = (stats[:, H] < 0.36 * size) & (stats[:, W] < 0.45 * size)
    small |= (stats[:, H] < 0.22 * size) & (stats[:, W] < 1.4 * size)  # dots that have run together, dashes
    dots = np.flatnonzero(free & small)
    order = dots[np.argsort(stats[dots, X], kind="stable")]
    rows = _level_rows(stats[order, X].tolist(), (stats[order, Y] + stats[order, H] / 2).tolist(), size)
    for places in rows:
        row = order[places]
        if len(row) >= 6 and (
            _evenly_spaced(stats[row, X], size + float(np.median(stats[row, W])))
            or _close_together(stats[row], size)
        ):
            leader[_alike(row, stats, size)] = True
    return leader


def _alike(row: NDArray[np.intp], stats: Ints, size: float) -> NDArray[np.intp]:
    """A leader's pieces without the marks of the line below on its level: higher ones, and ones far off its ends."""
    row = row[stats[row, H] <= 1.5 * np.median(stats[row, H]) + 1]
    gaps = stats[row[1:], X] - stats[row[:-1], X] - stats[row[:-1], W]
    near = np.flatnonzero(gaps <= 4 * max(float(np.median(gaps)), 0.16 * size))
    return row[near[0] : near[-1] + 2]


def _level_rows(xs: list[int], ys: list[float], size: float) -> list[list[int]]:
    """Small pieces, from the left, put together into rows that are level from each piece to the next."""
    rows: list[list[int]] = []
    near: dict[
        int, list[list[int]]
    ] = {}  # rows by the height of their pieces, in steps of what heights may differ
    step, farthest = 0.16 * size, 5 * size
    for i, (x, y) in enumerate(zip(xs, ys, strict=True)):
        level = int(y / step)
        there = (row for k in (level, level - 1, level + 1) for row in near.get(k, ())[-6:][::-1])
        row = next((r for r in there if abs(y - ys[r[-1]]) < step and x - xs[r[-1]] < farthest), None)
        if row is None:
            row = []
            rows.append(row)
        row.append(i)
        beside = near.setdefault(level, [])
        if not beside or beside[-1] is not row:
            beside.append(row)
    return rows


def _evenly_spaced(xs: Ints, widest: float) -> bool:
    """Most steps from dot to dot are the same short one."""
    steps = np.diff(xs)
    usual = float(np.median(steps))
    return usual < 0.8 * widest and float(np.mean(np.abs(steps - usual) <= 0.3 * usual + 1)) >= 0.6


def _close_together(pieces: Ints, size: float) -> bool:
    """Dots that have run together here and there: of one height, and most a hair's breadth from the next."""
    heights, gaps = pieces[:, H], pieces[1:, X] - pieces[:-1, X] - pieces[:-1, W]
    level = np.abs(heights - np.median(heights)) <= 1 + 0.04 * size
    return float(np.mean(level)) >= 0.8 and float(np.mean(gaps < 0.16 * size)) >= 0.6
