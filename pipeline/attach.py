"""Which line a mark belongs to: pieces of ink that seed no line join the one they stand over, in or under.

Thai type is set so tightly that marks of two lines meet, and sometimes touch.
"""

from __future__ import annotations

import numpy as np

from pipeline.bands import Band
from pipeline.ink import A, Flags, Floats, H, Ink, Ints, W, X, Y

_STACKED = 0.35  # x-heights between a tone mark and what it stands over, at most
_SPECK = 0.24  # x-heights; the smallest mark, ไม้เอก, is a little higher


def attach(ink: Ink, free: Flags, bands: list[Band], usual: float) -> None:
    """Give every free piece of ink to the line it belongs to; lines grow by it, so go on while they do.

    `usual`: the height of the page's usual type, in pixels.
    """
    for _ in range(6):
        if not bands or not attach_once(ink, free, bands, usual):
            return


def attach_once(ink: Ink, free: Flags, bands: list[Band], usual: float) -> bool:
    """One round of attaching; True when any piece found its line."""
    ids = np.flatnonzero(free)
    pieces = ink.stats[ids].astype(np.float64)
    best = np.full((3, len(ids)), np.inf)  # distance to the line overlapped, the line under, the line over
    owner = np.full((3, len(ids)), -1)
    for number, band in enumerate(bands):
        for place, distance in enumerate(_distances(pieces, band, usual)):
            better = distance < best[place]
            best[place, better], owner[place, better] = distance[better], number
    choice = np.where(best[0] < np.inf, 0, np.where(best[1] <= best[2], 1, 2))
    for i in np.flatnonzero((choice > 0) & (best[1] < np.inf) & (best[2] < np.inf)):
        size = bands[owner[1, i]].x_height
        choice[i] = 1 if _hangs_over(ink, free, int(ids[i]), size, (best[1, i], best[2, i])) else 2
    to = np.where(best.min(axis=0) < np.inf, owner[choice, np.arange(len(ids))], -1)
    for number, band in enumerate(bands):
        mine = ids[to == number]
        if len(mine):
            band.ids += mine.tolist()
            free[mine] = False
            letters = ids[(to == number) & (choice == 0)]
            band.x0 = min(band.x0, *ink.stats[letters, X], band.x0)
            band.x1 = max(band.x1, *(ink.stats[letters, X] + ink.stats[letters, W]), band.x1)
    return bool((to >= 0).any())


def _distances(pieces: Floats, band: Band, usual: float) -> tuple[Floats, Floats, Floats]:
    """How far pieces of ink stand from a band as letters of it, as marks over it, as marks under it; inf: not so."""
    # what is as high as a mark over large type or pen may well be a letter of the small row above
    highest = 1.05 if band.x_height <= 1.25 * usual else 0.7
    x, y, w, h = pieces[:, X], pieces[:, Y], pieces[:, W], pieces[:, H]
    size = band.x_height
    base = band.baseline(x + w / 2)
    top = base - size
    overlap = np.minimum(y + h, base) - np.maximum(y, top)
    possible = (x + w > band.x0 - 1.8 * size) & (x < band.x1 + 2.2 * size) & (h < 3.3 * size) & (w < 9 * size)
    over = overlap > 0.35 * np.minimum(h, size)
    above = (top - (y + h)) / size
    below = (y - base) / size
    nothing = np.full(len(pieces), np.inf)
    return (
        np.where(possible & over, -overlap, nothing),
        np.where(
            possible & ~over & (y + h <= top + 0.35 * size) & (above < 1.1) & (h < highest * size),
            above,
            nothing,
        ),
        np.where(
            possible & ~over & (y + h > top + 0.35 * size) & (below < 0.68) & (h < 0.8 * size), below, nothing
        ),
    )


def _hangs_over(ink: Ink, free: Flags, piece: int, size: float, offsets: tuple[float, float]) -> bool:
    """A mark between two lines stands over the lower one, not under the upper one.

    Type is set so tightly that a high tone mark comes as near to the line above as that line's own lower
    vowels. So look at the whole stack, from the letter above down to the letter below: the lines part at the
    widest gap of it. `offsets`: x-heights from the mark down to the lower line's letters, and up to the upper
    line's feet; marks right over a letter, and vowels right under one, stand at the same height everywhere.
    """
    to_lower, to_upper = offsets
    if to_lower < 0.32 and to_upper > 0.2:
        return True
    up = max(_gaps(ink, free, piece, size, -1))
    down = max(_gaps(ink, free, piece, size, 1))
    wide, high = int(ink.stats[piece, W]), int(ink.stats[piece, H])
    a_bar = wide < 0.2 * size and high > 1.7 * wide  # ไม้เอก: no vowel under letters is as thin
    if a_bar and down < _STACKED * size:
        return True
    doubt = 0.67 if to_upper < 0.1 and not a_bar else 1.5
    return down <= doubt * up


def _gaps(ink: Ink, free: Flags, piece: int, size: float, way: int) -> list[int]:
    """The gaps met from a mark upwards (way -1) or downwards (1), through other marks, to a line's own letter."""
    reach = int(1.2 * size)
    gaps: list[int] = []
    for _ in range(4):
        x, y, w, h = (int(n) for n in ink.stats[piece, :4])
        left, right = max(0, x - int(0.1 * size)), x + w + int(0.1 * size)
        rows = (
            ink.labels[max(0, y - reach) : y, left:right][::-1]
            if way < 0
            else ink.labels[y + h : y + h + reach, left:right]
        )
        met = np.flatnonzero(rows.any(axis=1))
        if len(met) == 0:
            return [*gaps, reach]
        gaps.append(int(met[0]))
        row = rows[met[0]]
        piece = int(row[row > 0][0])
        if not free[piece]:
            return gaps
    return gaps


def part_touching_lines(ink: Ink, bands: list[Band]) -> bool:
    """Cut pieces of ink in which marks of two lines have run together; True when there were any.

    Such a piece begins at the feet of one line, where its lower vowels hang, and ends at the heads of the next.
    """
    extra: list[tuple[int, ...]] = []
    rows = sorted(bands, key=lambda b: float(np.median(b.base_at_ends())))
    count = len(ink.stats)
    for upper in rows:
        for lower in rows:
            size = upper.x_height
            x0, x1 = max(upper.x0, lower.x0), min(upper.x1, lower.x1)
            pitch = float(lower.baseline((x0 + x1) / 2) - upper.baseline((x0 + x1) / 2)) / size
            if x1 - x0 < 2 * size or not 1.3 < pitch < 3.0:
                continue
            x = ink.stats[:count, X] + ink.stats[:count, W] / 2
            feet, heads = upper.baseline(x), lower.baseline(x) - size
            top, bottom = ink.stats[:count, Y], ink.stats[:count, Y] + ink.stats[:count, H]
            joined = (x > x0) & (x < x1) & (top < feet + 0.12 * size) & (bottom > heads - 0.15 * size)
            joined &= (ink.stats[:count, W] < 6 * size) & (ink.stats[:count, H] < 4.5 * size)
            for i in np.flatnonzero(joined):
                extra += _cut_piece(
                    ink,
                    int(i),
                    (float(feet[i] + 0.3 * size), float(heads[i] - 0.2 * size)),
                    count + len(extra),
                )
    if extra:
        ink.stats = np.vstack([ink.stats, np.array(extra, dtype=np.int32)])
    return bool(extra)


def _cut_piece(ink: Ink, piece: int, window: tuple[float, float], label: int) -> list[tuple[int, ...]]:
    """Cut one piece across at its thinnest row inside a window; its lower part gets a label of its own."""
    x, y, w, h = (int(n) for n in ink.stats[piece, :4])
    view = ink.labels[y : y + h, x : x + w]
    mine = view == piece
    low, high = int(window[0] - y), int(window[1] - y)
    if not 1 <= low < high <= h - 1:
        return []
    widths = mine[low:high].sum(axis=1)
    middle = np.abs(np.arange(len(widths)) - len(widths) / 2)
    row = low + int(np.lexsort((middle, widths))[0])
    view[row:][mine[row:]] = label
    for target, part in ((piece, mine[:row]), (label, mine[row:])):
        if not part.any():
            return []
        ys, xs = np.nonzero(part)
        offset = 0 if target == piece else row
        fact = (
            x + int(xs.min()),
            y + offset + int(ys.min()),
            int(np.ptp(xs)) + 1,
            int(np.ptp(ys)) + 1,
            int(part.sum()),
        )
        if target == piece:
            ink.stats[piece] = fact
    return [fact]


def is_speckled(stats: Ints, size: float) -> bool:
    """Specks are as common as letters: a fax, or a copy of a copy."""
    tall = stats[1:, H] > 0.6 * size
    specks = specks_of(stats, size)[1:] & (stats[1:, A] > 2)
    return int(specks.sum()) > 0.35 * int(tall.sum()) + 20


def specks_of(stats: Ints, size: float) -> Flags:
    """Pieces that are smaller than any mark."""
    return np.asarray((stats[:, H] < _SPECK * size) & (stats[:, W] < _SPECK * size) & (stats[:, A] > 0))


def add_dots(stats: Ints, specks: Flags, band: Band) -> None:
    """On a speckled page, take only what can be a full stop, a comma or a colon's dot: right beside a letter, low."""
    letters = np.array(sorted(set(band.ids)))
    size = band.x_height
    ends = np.sort(stats[letters, X] + stats[letters, W])
    small = np.flatnonzero(specks & (stats[:, X] > band.x0) & (stats[:, X] < band.x1 + 0.4 * size))
    for i in small:
        y, x = stats[i, Y] + stats[i, H] / 2, int(stats[i, X])
        base = float(band.baseline(float(x)))
        before = ends[np.searchsorted(ends, x + 2) - 1] if ends[0] <= x + 2 else -(10**6)
        if base - 0.3 * size < y < base + 0.2 * size and x - before < 0.4 * size:
            band.ids.append(int(i))
