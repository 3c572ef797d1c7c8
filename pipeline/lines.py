"""Where the lines of text are: our own line finder for Thai.

Thai stacks up to four levels in one line, and its marks are small; page layout made for Latin cuts them off.
So: letters of about one x-height seed bands; every other piece of ink joins the band it belongs to; each strip
is drawn from its own ink only, levelled along its own baseline, with the same room above and below everywhere.
"""

from __future__ import annotations

from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray

from pipeline.image import Gray

Ints = NDArray[np.int32]
Floats = NDArray[np.float64]
Flags = NDArray[np.bool_]

_ABOVE, _BELOW = 1.25, 0.55  # room kept over and under the x-height band, in x-heights
X, Y, W, H, A = range(5)  # columns of OpenCV's component statistics


@dataclass(frozen=True)
class Strip:
    """One line cut out of its page: level, on white, its own ink only."""

    image: Gray
    left: int  # page pixel of the strip's left edge
    top: int  # page pixel of the strip's top edge, before levelling
    shift: NDArray[np.int16]  # per column: page pixels the ink stands lower than in the strip
    x_height: float
    box: tuple[int, int, int, int]  # of the ink on the page: x0, y0, x1, y1
    base: tuple[float, float]  # page y of the baseline at the left and at the right end

    def to_page(self, x: float, y: float) -> tuple[float, float]:
        """A point of the strip as a point of the page."""
        column = min(max(int(x), 0), len(self.shift) - 1)
        return self.left + x, self.top + y + float(self.shift[column])


@dataclass
class Band:
    """The letters of one line and its baseline, y = polynomial of x."""

    ids: list[int]
    x0: int
    x1: int
    x_height: float
    base: NDArray[np.float64]

    def baseline(self, x: Floats | Ints | float) -> Floats:
        return np.asarray(np.polyval(self.base, np.clip(x, self.x0, self.x1)))

    def base_at_ends(self) -> tuple[float, float]:
        """Baseline at the left and at the right end."""
        return float(self.baseline(self.x0)), float(self.baseline(self.x1))


def binarise(gray: Gray) -> Gray:
    """1 where there is ink; the level stands between paper and the page's own ink, near paper: thin strokes must not break."""
    blurred = cv2.GaussianBlur(gray, (0, 0), 0.8)
    dark = blurred[blurred < 150]
    ink = float(np.percentile(dark, 25)) if dark.size > 500 else 60.0
    return (blurred < min(195.0, ink + 0.68 * (255 - ink))).astype(np.uint8)


@dataclass
class Ink:
    """The connected pieces of ink of a sheet; pieces of two lines that touch are parted later."""

    gray: Gray
    labels: Ints
    stats: Ints

    @classmethod
    def of(cls, gray: Gray) -> Ink:
        """Find the pieces, ruling lines and dotted leaders taken out."""
        mask = binarise(gray)
        _drop_rules(mask)
        _, labels, stats, _ = cv2.connectedComponentsWithStats(mask, connectivity=8)
        stats = stats.astype(np.int32)
        stats[0, A] = 0  # the paper
        return cls(gray, labels, stats)


def _drop_rules(mask: Gray) -> None:
    """Take out ruling lines: long, thin, straight runs. Strokes that cross them lose almost nothing."""
    for shape in ((1, 90), (90, 1)):
        runs = cv2.morphologyEx(mask, cv2.MORPH_OPEN, np.ones(shape, np.uint8))
        thick = np.ones((9, 1) if shape[0] == 1 else (1, 9), np.uint8)
        solid = cv2.morphologyEx(runs, cv2.MORPH_OPEN, thick)
        runs[cv2.dilate(solid, np.ones((3, 3), np.uint8)) > 0] = 0
        mask[cv2.dilate(runs, np.ones((3, 3), np.uint8)) > 0] = 0


def x_height(stats: Ints) -> float | None:
    """The commonest height of letters, in pixels; None when there is too little text to tell."""
    height, width, area = stats[:, H], stats[:, W], stats[:, A]
    letters = (height >= 8) & (height <= 130) & (width >= 3) & (width <= 3 * height) & (area > 0.15 * height**2)
    if int(letters.sum()) < 2:
        return None
    # wide pieces are whole letters, thin ones are marks and strokes: weigh by width; logarithmic bins
    weights = np.minimum(width[letters], 2 * height[letters])
    bins = np.round(np.log(height[letters] / 8.0) / np.log(1.045)).astype(int)
    counts = np.convolve(np.bincount(bins, weights, minlength=70), np.ones(5), mode="same")
    return float(8.0 * 1.045 ** int(counts.argmax()))


_OTHER_SIZES = (1.4, 1.9, 2.5, 3.3, 0.72, 0.52)  # headings, urgency marks, small print; parts of the body's size


def find_bands(ink: Ink, stamps: bool = False) -> list[Band]:
    """All lines' bands, at several sizes of type, each with the ids of all its ink.

    `stamps`: the layer holds stamps and pen; their small labels set the rows, not the large writing in them.
    """
    main = x_height(ink.stats)
    if main is None:
        return []
    if stamps:
        main = _label_height(ink.stats, main)
    free = _usable(ink.stats, main)
    first = _seed(ink.stats, free, main)
    if _part_touching_lines(ink, [band for band in first if len(band.ids) >= 5]):
        free = _usable(ink.stats, main)
        first = _seed(ink.stats, free, main)
    found = [band for band in first if len(band.ids) >= 5]
    for band in found:
        free[band.ids] = False
    _attach(ink, free, found)
    found = _join_segments(found)  # low digits and dashes, which seed no band, have filled some gaps
    # short bits of the body's size compete with larger and smaller type, of which they may be the marks
    others = [band for part in _OTHER_SIZES for band in _seed(ink.stats, free, part * main)]
    others = [band for band in others if _is_text_of_its_own(band, found, ink.stats)]
    others += [band for band in first if len(band.ids) < 5]
    for band in sorted(others, key=lambda b: (-len(b.ids), -b.x_height)):
        if free[band.ids].all() and (band.x_height == main or _is_text_of_its_own(band, found, ink.stats)):
            free[band.ids] = False
            found.append(band)
            _attach_once(ink, free, [band])  # once: large type stands alone, it does not run on over the page
    _attach(ink, free, found)
    found = [part for band in found for part in _by_size(ink.stats, band)]
    if _is_speckled(ink.stats, main):
        for band in found:
            _drop_specks(ink.stats, band)
    return found


def _by_size(stats: Ints, band: Band) -> list[Band]:
    """Part a line where small type meets large writing: the printed label of a stamp and the pen in its blank.

    In one strip the label would shrink until nobody can read it.
    """
    ids = np.array(sorted(set(band.ids), key=lambda i: int(stats[i, X])))
    tall = ids[stats[ids, H] > 0.45 * band.x_height]
    if len(tall) < 4:
        return [band]
    ends = np.maximum.accumulate(stats[tall, X] + stats[tall, W])
    best = (1.0, 0)
    for k in np.flatnonzero(stats[tall[1:], X] - ends[:-1] > 0.8 * band.x_height) + 1:
        if 2 <= k <= len(tall) - 2:  # high percentiles: ๐ and ง are low letters in any type
            left, right = (float(np.percentile(stats[part, H], 75)) for part in (tall[:k], tall[k:]))
            best = max(best, (max(left / right, right / left), int(k)))
    if best[0] < 1.5:
        return [band]
    cut_at = (int(ends[best[1] - 1]) + int(stats[tall[best[1]], X])) / 2
    sides = ids[stats[ids, X] < cut_at], ids[stats[ids, X] >= cut_at]
    return [_band(stats, side.tolist(), float(np.median(stats[side, H][stats[side, H] > 0.45 * band.x_height]))) for side in sides]


_SPECK = 0.24  # x-heights; the smallest mark, ไม้เอก, is a little higher


def _is_speckled(stats: Ints, size: float) -> bool:
    """Specks are as common as letters: a fax, or a copy of a copy."""
    tall = stats[1:, H] > 0.6 * size
    specks = (stats[1:, H] < _SPECK * size) & (stats[1:, W] < _SPECK * size) & (stats[1:, A] > 2)
    return int(specks.sum()) > 0.35 * int(tall.sum()) + 20


def _drop_specks(stats: Ints, band: Band) -> None:
    """Keep only what can be a full stop, a comma or a colon's dot: right beside a letter, within the line's body."""
    ids = np.array(sorted(set(band.ids)))
    size = band.x_height
    small = (stats[ids, H] < _SPECK * size) & (stats[ids, W] < _SPECK * size)
    letters = ids[~small]
    kept = letters.tolist()
    ends = np.sort(stats[letters, X] + stats[letters, W])
    for i in ids[small]:
        y, x = stats[i, Y] + stats[i, H] / 2, int(stats[i, X])
        base = float(band.baseline(float(x)))
        before = ends[np.searchsorted(ends, x + 2) - 1] if len(ends) and ends[0] <= x + 2 else -(10**6)
        if base - 0.3 * size < y < base + 0.2 * size and x - before < 0.4 * size:
            kept.append(int(i))
    if letters.size:
        band.ids = kept
        band.x0 = int(stats[letters, X].min())
        band.x1 = int((stats[letters, X] + stats[letters, W]).max())


def _label_height(stats: Ints, usual: float) -> float:
    """The x-height of a stamp's small labels when there are some beside larger type and pen; else the usual one."""
    usable = _usable(stats, usual)
    for part in (0.72, 0.6, 0.5, 0.42):
        size = part * usual
        bands = [band for band in _seed(stats, usable, size) if len(band.ids) >= 3]
        if sum(not _are_marks(stats, band.ids, size) for band in bands) >= 1:
            heights = stats[[i for band in bands for i in band.ids], H]
            return float(np.median(heights))
    return usual


def _are_marks(stats: Ints, ids: list[int], size: float) -> bool:
    """Small pieces that stand right over larger letters are their marks, not a line."""
    large = np.flatnonzero(stats[:, H] > 1.5 * size)
    over = 0
    for i in ids:
        x, y, w, h = (int(n) for n in stats[i, :4])
        gap = stats[large, Y] - (y + h)
        across = (stats[large, X] < x + w) & (stats[large, X] + stats[large, W] > x)
        inside = (stats[large, Y] < y + h) & (stats[large, Y] + stats[large, H] > y)
        over += bool((across & (inside | ((gap >= 0) & (gap < 0.8 * size)))).any())
    return over >= 0.5 * len(ids)


def _usable(stats: Ints, size: float) -> Flags:
    """Ink that may be text: no specks, no emblems, no edges, no dotted leaders."""
    free = stats[:, A] >= max(5, int(0.012 * size * size))
    free &= (stats[:, H] < 7 * size) & (stats[:, W] < 40 * size)
    dashes = (stats[:, H] < 0.2 * size) & (stats[:, W] > 1.3 * size)  # what is left of frames and underlines
    dashes |= (stats[:, W] < 0.16 * size) & (stats[:, H] > 1.3 * size)
    dashes |= (stats[:, H] > 3.5 * size) & (stats[:, W] < 0.2 * stats[:, H])  # slanted ones are not so thin
    dashes |= (stats[:, W] > 3.5 * size) & (stats[:, H] < 0.2 * stats[:, W])
    free &= ~dashes
    return np.asarray(free & ~leader_dots(stats, size, free))


def _part_touching_lines(ink: Ink, bands: list[Band]) -> bool:
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
                extra += _cut_piece(ink, int(i), (float(feet[i] + 0.3 * size), float(heads[i] - 0.2 * size)), count + len(extra))
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
        fact = (x + int(xs.min()), y + offset + int(ys.min()), int(np.ptp(xs)) + 1, int(np.ptp(ys)) + 1, int(part.sum()))
        if target == piece:
            ink.stats[piece] = fact
    return [fact]


def leader_dots(stats: Ints, size: float, free: Flags) -> Flags:
    """Dots of dotted leaders: small pieces on one level, evenly spaced but for what is written over them."""
    leader = np.zeros(len(stats), dtype=bool)
    dots = np.flatnonzero(free & (stats[:, H] < 0.36 * size) & (stats[:, W] < 0.45 * size))
    order = dots[np.argsort(stats[dots, X], kind="stable")]
    rows: list[list[int]] = []
    for i in order:
        y = stats[i, Y] + stats[i, H] / 2
        for row in reversed(rows[-60:]):
            last = row[-1]
            if abs(y - (stats[last, Y] + stats[last, H] / 2)) < 0.16 * size and stats[i, X] - stats[last, X] < 5 * size:
                row.append(int(i))
                break
        else:
            rows.append([int(i)])
    for row in rows:
        if len(row) >= 6 and _evenly_spaced(stats[row, X], size):
            leader[row] = True
    return leader


def _evenly_spaced(xs: Ints, size: float) -> bool:
    """Most steps from dot to dot are the same short one."""
    steps = np.diff(xs)
    usual = float(np.median(steps))
    return usual < 0.8 * size and float(np.mean(np.abs(steps - usual) <= 0.3 * usual + 1)) >= 0.6


def _seed(stats: Ints, free: Flags, size: float) -> list[Band]:
    """Bands of letters of one size: their lower bodies smeared along the line until they touch."""
    h, w, a = stats[:, H], stats[:, W], stats[:, A]
    core = free & (h >= 0.72 * size) & (h <= 1.3 * size) & (w >= 0.15 * size) & (w < 7 * size) & (a > 0.12 * size**2)
    ids = np.flatnonzero(core)
    if len(ids) == 0:
        return []
    bottom = stats[:, Y] + h
    reach = int(bottom[ids].max() + size), int((stats[ids, X] + w[ids]).max() + size)
    canvas = np.zeros((reach[0] // 2 + 2, reach[1] // 2 + 2), np.uint8)  # half size is enough, and four times as fast
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
    bands = [_band(stats, ids[of == group].tolist(), size) for group in np.unique(of[of > 0])]
    return _fold_marks(_join_segments(bands), stats)


def _band(stats: Ints, ids: list[int], size: float) -> Band:
    xs = stats[ids, X] + stats[ids, W] / 2
    ys = (stats[ids, Y] + stats[ids, H]).astype(np.float64)
    x0, x1 = int(stats[ids, X].min()), int((stats[ids, X] + stats[ids, W]).max())
    return Band(ids, x0, x1, size, _fit_base(xs, ys, size))


def _fit_base(xs: Floats, ys: Floats, size: float) -> Floats:
    """A baseline through the letters' feet: flat for few, sloped for some, bent for many; feet below it left out."""
    middle = float(np.median(ys))
    if len(xs) < 6 or np.ptp(xs) < 8 * size:
        return np.array([middle])
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
            top = float(line.baseline((band.x0 + band.x1) / 2)) - size
            few = len(band.ids) <= max(3, 0.4 * len(line.ids))
            if few and top - 1.35 * size <= bottom <= top + 0.35 * size and band.x1 - band.x0 < 0.6 * (line.x1 - line.x0):
                host = line
                break
        if host is None:
            kept.append(band)
        else:
            host.ids += band.ids
    return kept


def _is_text_of_its_own(band: Band, lines: list[Band], stats: Ints) -> bool:
    """Big or small letters left over: text, when several stand in a row away from the lines already found."""
    if len(band.ids) < 2 or band.x1 - band.x0 < 1.2 * band.x_height:
        return False
    middle = float(band.baseline((band.x0 + band.x1) / 2)) - band.x_height / 2
    for line in lines:
        if min(band.x1, line.x1) - max(band.x0, line.x0) < 0.5 * (band.x1 - band.x0):
            continue
        base = float(line.baseline((band.x0 + band.x1) / 2))
        if base - 2.2 * line.x_height < middle < base + 0.8 * line.x_height:
            return False
    return True


def _join_segments(bands: list[Band]) -> list[Band]:
    """Join pieces of one line that only a wide space keeps apart."""
    bands = sorted(bands, key=lambda b: b.x0)
    joined: list[Band] = []
    for band in bands:
        for left in reversed(joined):
            size = max(left.x_height, band.x_height)
            gap = band.x0 - left.x1
            level = abs(float(left.baseline(left.x1)) - float(band.baseline(band.x0))) < 0.3 * size
            if level and -0.5 * size < gap < 4.2 * size and 0.75 < left.x_height / band.x_height < 1.33:
                left.ids += band.ids
                left.x1 = max(left.x1, band.x1)
                break
        else:
            joined.append(band)
    return joined


def _attach(ink: Ink, free: Flags, bands: list[Band]) -> None:
    """Give every free piece of ink to the line it belongs to; lines grow by it, so go on while they do."""
    for _ in range(6):
        if not bands or not _attach_once(ink, free, bands):
            return


def _attach_once(ink: Ink, free: Flags, bands: list[Band]) -> bool:
    ids = np.flatnonzero(free)
    pieces = ink.stats[ids].astype(np.float64)
    best = np.full((3, len(ids)), np.inf)  # distance to the line overlapped, the line under, the line over
    owner = np.full((3, len(ids)), -1)
    for number, band in enumerate(bands):
        for place, distance in enumerate(_distances(pieces, band)):
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


def _distances(pieces: Floats, band: Band) -> tuple[Floats, Floats, Floats]:
    """How far pieces of ink stand from a band as letters of it, as marks over it, as marks under it; inf: not so."""
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
        np.where(possible & ~over & (y + h <= top + 0.35 * size) & (above < 1.1) & (h < 1.05 * size), above, nothing),
        np.where(possible & ~over & (y + h > top + 0.35 * size) & (below < 0.68) & (h < 0.8 * size), below, nothing),
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
    doubt = 0.67 if to_upper < 0.1 else 1.5
    return down <= doubt * up


def _gaps(ink: Ink, free: Flags, piece: int, size: float, way: int) -> list[int]:
    """The gaps met from a mark upwards (way -1) or downwards (1), through other marks, to a line's own letter."""
    reach, gaps = int(1.2 * size), []
    for _ in range(4):
        x, y, w, h = (int(n) for n in ink.stats[piece, :4])
        left, right = max(0, x - int(0.1 * size)), x + w + int(0.1 * size)
        rows = ink.labels[max(0, y - reach) : y, left:right][::-1] if way < 0 else ink.labels[y + h : y + h + reach, left:right]
        met = np.flatnonzero(rows.any(axis=1))
        if len(met) == 0:
            return [*gaps, reach]
        gaps.append(int(met[0]))
        row = rows[met[0]]
        piece = int(row[row > 0][0])
        if not free[piece]:
            return gaps
    return gaps


# -- strips ------------------------------------------------------------------------------------------------


def cut(ink: Ink, band: Band) -> Strip:
    """Draw a band's own ink on white, levelled along its baseline, with even room above and below."""
    ids = np.array(sorted(set(band.ids)))
    size = band.x_height
    x0, x1 = int(ink.stats[ids, X].min()), int((ink.stats[ids, X] + ink.stats[ids, W]).max())
    y0, y1 = int(ink.stats[ids, Y].min()), int((ink.stats[ids, Y] + ink.stats[ids, H]).max())
    height, width = ink.gray.shape
    pad = max(6, int(0.5 * size))
    left, right = max(0, x0 - 2), min(width, x1 + 2)
    low, high = max(0, y0 - 2), min(height, y1 + 2)
    chosen = np.zeros(len(ink.stats), np.uint8)
    chosen[ids] = 1
    keep = cv2.dilate(chosen[ink.labels[low:high, left:right]], np.ones((5, 5), np.uint8))
    piece = np.where(keep > 0, ink.gray[low:high, left:right], np.uint8(255)).astype(np.uint8)

    columns = np.arange(left - pad, right + pad, dtype=np.float64)
    base = band.baseline(columns)
    level = float(np.median(base))
    shift = np.round(base - level).astype(np.int16)
    spread = int(np.abs(shift).max())
    top = min(low, int(level - size * (1 + _ABOVE))) - spread - 3
    bottom = max(high, int(level + size * _BELOW)) + spread + 3
    canvas = np.full((bottom - top, len(columns)), 255, np.uint8)
    canvas[low - top : high - top, pad : pad + piece.shape[1]] = piece
    image = _levelled(canvas, shift)
    image, cropped = _trim(image, level - top, size)
    ends = float(band.baseline(float(x0))), float(band.baseline(float(x1)))
    return Strip(image, left - pad, top + cropped, shift, size, (x0, y0, x1, y1), ends)


def _levelled(canvas: Gray, shift: NDArray[np.int16]) -> Gray:
    if not shift.any():
        return canvas
    rows, columns = np.indices(canvas.shape, dtype=np.float32)
    moved = cv2.remap(canvas, columns, rows + shift.astype(np.float32), cv2.INTER_NEAREST, borderValue=(255,))
    return moved.astype(np.uint8, copy=False)


def _trim(image: Gray, base: float, size: float) -> tuple[Gray, int]:
    """Leave the room that every strip has, and more only where there is ink."""
    rows = np.flatnonzero((image < 200).any(axis=1))
    first, last = (int(rows[0]), int(rows[-1])) if len(rows) else (0, image.shape[0] - 1)
    top = max(0, min(first - 5, int(base - size * (1 + _ABOVE))))
    bottom = min(image.shape[0], max(last + 6, int(base + size * _BELOW)))
    return np.ascontiguousarray(image[top:bottom]), top


def find_strips(gray: Gray, stamps: bool = False) -> list[Strip]:
    """All lines of a sheet as strips, in reading order: rows from the top, in a row from the left."""
    ink = Ink.of(gray)
    strips = [cut(ink, band) for band in find_bands(ink, stamps)]
    strips = [s for s in strips if s.box[2] - s.box[0] >= 0.6 * s.x_height]
    return in_reading_order(strips)


def in_reading_order(strips: list[Strip]) -> list[Strip]:
    """Strips on one height form a row; rows go down the page, strips in a row go right."""
    rows: list[list[Strip]] = []
    for strip in sorted(strips, key=lambda s: sum(s.base)):
        middle = sum(strip.base) / 2
        if rows:
            last = rows[-1][-1]
            if middle - sum(last.base) / 2 < 0.6 * max(last.x_height, strip.x_height):
                rows[-1].append(strip)
                continue
        rows.append([strip])
    return [strip for row in rows for strip in sorted(row, key=lambda s: s.box[0])]
