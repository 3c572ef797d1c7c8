"""Letters that larger ink has grown together with: a signature over the typed name, a stamp's frame, a copier's streak.

Such a piece of ink is no letter, and with it the letters that it touches would be lost. Here the part of it that stands
in a line's own rows is cut out and given to the line, strokes and all; what is read there is never sure.
"""

from __future__ import annotations

from collections.abc import Iterator

import cv2
import numpy as np

from pipeline.bands import Band
from pipeline.blots import blots
from pipeline.ink import A, H, Ink, Ints, W, X, Y

_TALL = 1.9  # x-heights; a letter with all its marks is hardly higher
_UP, _DOWN = (
    1.3,
    0.35,
)  # rows of a line, in x-heights from its baseline: letters with one mark above, feet below
_WIDE, _HIGH, _FULL = (
    0.5,
    0.6,
    0.16,
)  # x-heights, and of their place, that letters with a stroke through them fill
_NEAR = 0.6  # x-heights from a line's letters to the next ones
_SMALLEST = 3  # letters of a line that may be joined by others
_MOST = 40  # pieces of ink; more are noise


def join_crossed(ink: Ink, bands: list[Band], usual: float) -> None:
    """Give every line the letters that have grown together with larger ink, and note at which columns.

    `usual`: the height of the page's usual type, in pixels.
    """
    left = np.ones(len(ink.stats), dtype=bool)
    left[[i for band in bands for i in band.ids]] = False
    large = np.flatnonzero(left & (ink.stats[:, A] > 0) & (ink.stats[:, H] > usual)).astype(np.int32)
    crossing = [
        _crossing(ink.stats, large, band) if len(band.ids) >= _SMALLEST else large[:0] for band in bands
    ]
    if not any(map(len, crossing)):
        return
    solid = blots(ink, usual)
    for band, pieces in zip(bands, crossing, strict=True):
        if len(pieces) <= _MOST:
            _join(ink, band, [part for i in pieces if not solid[i] for part in _parts(ink, int(i), band)])


def _crossing(stats: Ints, large: Ints, band: Band) -> Ints:
    """Which large pieces reach into a line's letters and beyond them."""
    size, (left, right) = band.x_height, band.base_at_ends()
    top, bottom = min(left, right) - 0.8 * size, max(left, right) - 0.2 * size
    one = stats[large]
    reach = _NEAR * size
    crosses = (
        (one[:, H] > _TALL * size)
        & (one[:, Y] < top)
        & (one[:, Y] + one[:, H] > min(top + 0.5 * size, bottom))
    )
    beside = (one[:, X] < band.x1 + reach) & (one[:, X] + one[:, W] > band.x0 - reach)
    return np.asarray(large[crosses & beside], dtype=np.int32)


def _parts(ink: Ink, piece: int, band: Band) -> Iterator[tuple[Ints, tuple[int, int, int, int]]]:
    """The connected parts of a piece within a line's rows that may hold letters: their pixels (y, x) and boxes."""
    x, y, w, h = (int(n) for n in ink.stats[piece, :4])
    size = band.x_height
    columns = np.arange(x, x + w)
    base = band.baseline(columns.astype(np.float64))
    y0, y1 = max(y, int(base.min() - _UP * size)), min(y + h, int(base.max() + _DOWN * size) + 1)
    if y1 <= y0:
        return
    rows = np.arange(y0, y1)[:, None]
    inside = (rows >= base - _UP * size) & (rows <= base + _DOWN * size)
    mine = ((ink.labels[y0:y1, x : x + w] == piece) & inside).astype(np.uint8)
    count, labels, stats, _ = cv2.connectedComponentsWithStats(mine, connectivity=8)
    for i in range(1, count):
        left, top, wide, high, area = (int(n) for n in stats[i])
        if wide >= _WIDE * size and high >= _HIGH * size and area >= _FULL * wide * min(high, 1.6 * size):
            ys, xs = np.nonzero(labels == i)
            yield np.stack([ys + y0, xs + x]).astype(np.int32), (left + x, top + y0, wide, high)


def _join(ink: Ink, band: Band, parts: list[tuple[Ints, tuple[int, int, int, int]]]) -> None:
    """Give parts to a line as pieces of their own, as far as they stand among or right beside its letters."""
    reach = _NEAR * band.x_height
    waiting = sorted(parts, key=lambda part: part[1][0])
    while waiting:
        places = (
            i
            for i, (_, (x, _, w, _)) in enumerate(waiting)
            if x < band.x1 + reach and x + w > band.x0 - reach
        )
        place = next(places, None)
        if place is None:
            return
        (ys, xs), (x, y, w, h) = waiting.pop(place)
        label = len(ink.stats)
        ink.labels[ys, xs] = label
        ink.stats = np.vstack([ink.stats, np.array([[x, y, w, h, len(ys)]], dtype=np.int32)])
        band.ids.append(label)
        band.crossed.append((x, x + w))
        band.x0, band.x1 = min(band.x0, x), max(band.x1, x + w)
