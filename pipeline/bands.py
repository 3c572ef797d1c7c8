"""Bands: the letters of one size that stand in one line, and the line's baseline."""

from __future__ import annotations

from dataclasses import dataclass, field

import cv2
import numpy as np
from numpy.typing import NDArray

from pipeline.ink import A, Flags, Floats, H, Ints, W, X, Y, usable

_MARKS_STAND = 0.8  # x-heights over the letters: the feet of the highest marks
_STEEPEST = 0.14  # slope of a stamp's lines: 8 degrees
TOO_MANY = 600  # bands on one sheet: no page of text has them, noise has thousands


@dataclass
class Band:
    """The letters of one line and its baseline, y = polynomial of x."""

    ids: list[int]
    x0: int
    x1: int
    x_height: float
    base: NDArray[np.float64]
    crossed: list[tuple[int, int]] = field(default_factory=list)  # columns where larger ink runs through it

    def baseline(self, x: Floats | Ints | float) -> Floats:
        """The page y of the baseline at x; level beyond the band's ends."""
        return np.asarray(np.polyval(self.base, np.clip(x, self.x0, self.x1)))

    def base_at(self, x: float) -> float:
        """The same at one x alone, which bands ask each other thousands of times a page."""
        x = min(max(x, self.x0), self.x1)
        y = 0.0
        for factor in self.base.tolist():
            y = y * x + factor
        return float(y)

    def base_at_ends(self) -> tuple[float, float]:
        """Baseline at the left and at the right end."""
        return self.base_at(self.x0), self.base_at(self.x1)


def seed(stats: Ints, free: Flags, size: float) -> list[Band]:
    """Bands of letters of one size: their lower bodies smeared along the line until they touch."""
    h, w, a = stats[:, H], stats[:, W], stats[:, A]
    core = (
        free
        & (h >= 0.72 * size)
        & (h <= 1.3 * size)
        & (w >= 0.15 * size)
        & (w < 7 * size)
        & (a > 0.12 * size**2)
    )
    ids = np.flatnonzero(core)
    if len(ids) == 0:
        return []
    bottom = stats[:, Y] + h
    reach = int(bottom[ids].max() + size), int((stats[ids, X] + w[ids]).max() + size)
    canvas = np.zeros(
        (reach[0] // 2 + 2, reach[1] // 2 + 2), np.uint8
    )  # half size is enough, and four times as fast
    half = 0.24 * size
    middle = bottom - 0.5 * np.minimum(h, size)
    for i in ids:
        y0, y1 = int((middle[i] - half) / 2), int((middle[i] + half) / 2) + 1
        canvas[max(0, y0) : y1, stats[i, X] // 2 : (stats[i, X] + w[i]) // 2 + 1] = 1
    canvas = cv2.morphologyEx(canvas, cv2.MORPH_CLOSE, np.ones((1, max(3, int(1.3 * size)) | 1), np.uint8))
    _, groups = cv2.connectedComponents(canvas, connectivity=8)
    rows = np.clip((middle[ids] / 2).astype(int), 0, canvas.shape[0] - 1)
    columns = ((stats[ids, X] + w[ids] / 2) / 2).astype(int)
    of = groups[rows, columns]
    bands = [make_band(stats, ids[of == group].tolist(), size) for group in np.unique(of[of > 0])]
    return _fold_marks(join_segments(bands), stats)


def make_band(stats: Ints, ids: list[int], size: float) -> Band:
    """A band of these pieces, its baseline laid through their feet."""
    xs = stats[ids, X] + stats[ids, W] / 2
    ys = (stats[ids, Y] + stats[ids, H]).astype(np.float64)
    x0, x1 = int(stats[ids, X].min()), int((stats[ids, X] + stats[ids, W]).max())
    return Band(ids, x0, x1, size, _fit_base(xs, ys, size))


def _fit_base(xs: Floats, ys: Floats, size: float) -> Floats:
    """A baseline through the letters' feet: flat for few, sloped for some, bent for many; feet below it left out."""
    middle = float(np.median(ys))
    if len(xs) < 6 or np.ptp(xs) < 8 * size:
        return _short_base(xs, ys, size)
    degree = 2 if len(xs) >= 20 and np.ptp(xs) > 40 * size else 1
    keep = np.ones(len(xs), dtype=bool)
    base = np.array([middle])
    for _ in range(3):
        base = np.polyfit(xs[keep], ys[keep], degree)
        off = np.abs(ys - np.polyval(base, xs))
        keep = off <= max(0.12 * size, float(np.median(off)) * 2)
        if int(keep.sum()) < 6:
            return np.array([middle])
    bend = np.abs(np.polyval(base, xs) - middle).max()
    return base if bend < 2.5 * size else np.array([middle])


def _short_base(xs: Floats, ys: Floats, size: float) -> Floats:
    """A baseline through few letters: flat, unless nearly all stand on one clear slope, as in a stamp set aslant."""
    middle = float(np.median(ys))
    if len(xs) < 4 or np.ptp(xs) < 2.5 * size:
        return np.array([middle])
    one, other = np.triu_indices(len(xs), 1)
    apart = np.abs(xs[one] - xs[other]) > 0.8 * size
    slope = float(np.median((ys[other] - ys[one])[apart] / (xs[other] - xs[one])[apart]))
    start = float(np.median(ys - slope * xs))
    off = np.abs(ys - slope * xs - start)
    clear = float(np.median(off)) < 0.05 * size and float((off < 0.12 * size).mean()) >= 0.75
    if clear and abs(slope) < _STEEPEST and abs(slope) * np.ptp(xs) > 0.15 * size:
        return np.array([slope, start])
    return np.array([middle])


def _fold_marks(bands: list[Band], stats: Ints) -> list[Band]:
    """A row of high marks is no line: fold it into the line under it."""
    kept: list[Band] = []
    for band in sorted(bands, key=lambda b: b.x0 - b.x1):
        size, bottom = band.x_height, float(np.median(stats[band.ids, Y] + stats[band.ids, H]))
        if float(np.median(stats[band.ids, H])) > 0.92 * size and len(band.ids) > 1:
            kept.append(band)
            continue
        host = None
        for line in kept:
            if not (line.x0 - size <= band.x0 and band.x1 <= line.x1 + size):
                continue
            top = line.base_at((band.x0 + band.x1) / 2) - size
            few = len(band.ids) <= max(3, 0.4 * len(line.ids))
            highest = (
                1.35 if len(band.ids) <= 3 else _MARKS_STAND
            )  # what stands higher is a row of small type
            if (
                few
                and top - highest * size <= bottom <= top + 0.35 * size
                and band.x1 - band.x0 < 0.6 * (line.x1 - line.x0)
            ):
                host = line
                break
        if host is None:
            kept.append(band)
        else:
            host.ids += band.ids
    return kept


def join_segments(bands: list[Band], widest: float = 4.2) -> list[Band]:
    """Join pieces of one line that only a wide space, of so many x-heights at most, keeps apart."""
    bands = sorted(bands, key=lambda b: b.x0)
    if len(bands) > TOO_MANY:
        return bands
    joined: list[Band] = []
    for band in bands:
        start = band.base_at_ends()[0]
        for left in reversed(joined):
            size = max(left.x_height, band.x_height)
            gap = band.x0 - left.x1
            if not (-0.5 * size < gap < widest * size and 0.75 < left.x_height / band.x_height < 1.33):
                continue
            if abs(left.base_at_ends()[1] - start) < 0.3 * size:
                left.ids += band.ids
                left.x1 = max(left.x1, band.x1)
                break
        else:
            joined.append(band)
    return joined


def is_text_of_its_own(band: Band, lines: list[Band], stats: Ints) -> bool:
    """Big or small letters left over: text, when several stand in a row away from the lines already found."""
    if len(band.ids) < 2 or band.x1 - band.x0 < 1.2 * band.x_height:
        return False
    middle = band.base_at((band.x0 + band.x1) / 2) - band.x_height / 2
    for line in lines:
        if min(band.x1, line.x1) - max(band.x0, line.x0) < 0.5 * (band.x1 - band.x0):
            continue
        base = line.base_at((band.x0 + band.x1) / 2)
        if band.x_height > 0.85 * line.x_height and middle + band.x_height / 2 < base - 1.1 * line.x_height:
            continue  # as large, and wholly above its letters: a row of its own, as pen in stamps is
        if base - 2.2 * line.x_height < middle < base + 0.8 * line.x_height:
            return False
    return True


def by_size(stats: Ints, band: Band) -> list[Band]:
    """Part a line where small type meets large writing: the printed label of a stamp and the pen in its blank.

    In one strip the label would shrink until nobody can read it.
    """
    ids = np.array(sorted(set(band.ids), key=lambda i: int(stats[i, X])))
    tall = ids[stats[ids, H] > 0.45 * band.x_height]
    if len(tall) < 4:
        return [band]
    ends = np.maximum.accumulate(stats[tall, X] + stats[tall, W])
    best = (1.0, 0)
    for k in np.flatnonzero(stats[tall[1:], X] - ends[:-1] > 1.2 * band.x_height) + 1:
        if 2 <= k <= len(tall) - 2:  # high percentiles: ๐ and ง are low letters in any type
            left, right = (float(np.percentile(stats[part, H], 75)) for part in (tall[:k], tall[k:]))
            best = max(best, (max(left / right, right / left), int(k)))
    if best[0] < 1.5:
        return [band]
    cut_at = (int(ends[best[1] - 1]) + int(stats[tall[best[1]], X])) / 2
    sides = ids[stats[ids, X] < cut_at], ids[stats[ids, X] >= cut_at]
    return [
        make_band(
            stats, side.tolist(), float(np.median(stats[side, H][stats[side, H] > 0.45 * band.x_height]))
        )
        for side in sides
    ]


def label_height(stats: Ints, usual: float, least: float = 0.0) -> float:
    """The x-height of a stamp's small labels when there are some beside larger type and pen; else the usual one.

    `least`: pixels; lower pieces are marks and dots, and labels stand well above them.
    """
    free = usable(stats, usual)
    for part in (0.72, 0.6, 0.5, 0.42):
        size = part * usual
        if size < 1.4 * least:
            break
        bands = [band for band in seed(stats, free, size) if len(band.ids) >= 3]
        if sum(not are_marks(stats, band.ids, size) for band in bands) >= 1:
            heights = stats[[i for band in bands for i in band.ids], H]
            return float(np.median(heights))
    return usual


def are_marks(stats: Ints, ids: list[int], size: float) -> bool:
    """Small pieces that stand right over larger letters are their marks, not a line."""
    large = np.flatnonzero(  # letters, not the frame round about
        (stats[:, H] > 1.5 * size) & (stats[:, H] < 6 * size) & (stats[:, W] < 6 * size)
    )
    over = 0
    for i in ids:
        x, y, w, h = (int(n) for n in stats[i, :4])
        gap = stats[large, Y] - (y + h)
        across = (stats[large, X] < x + w) & (stats[large, X] + stats[large, W] > x)
        inside = (stats[large, Y] < y + h) & (stats[large, Y] + stats[large, H] > y)
        over += bool((across & (inside | ((gap >= 0) & (gap < 0.8 * size)))).any())
    return over >= 0.5 * len(ids)
