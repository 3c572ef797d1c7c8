"""Where the lines of text are: our own line finder for Thai.

Thai stacks up to four levels in one line, and its marks are small; page layout made for Latin cuts them off.
So: letters of about one x-height seed bands; every other piece of ink joins the band it belongs to; each strip
is drawn from its own ink only, levelled along its own baseline, with the same room above and below everywhere.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

import cv2
import numpy as np
from numpy.typing import NDArray

from pipeline.attach import add_dots, attach, attach_once, is_speckled, part_touching_lines, specks_of
from pipeline.bands import (
    TOO_MANY,
    Band,
    are_marks,
    by_size,
    is_text_of_its_own,
    join_segments,
    label_height,
    seed,
)
from pipeline.blots import blots
from pipeline.crossed import join_crossed
from pipeline.image import Gray
from pipeline.ink import Flags, H, Ink, W, X, Y, usable, x_height

_ABOVE, _BELOW = 1.25, 0.55  # room kept over and under the x-height band, in x-heights
_OTHER_SIZES = (
    1.4,
    1.9,
    2.5,
    3.3,
    0.72,
    0.52,
)  # headings, urgency marks, small print; parts of the body's size
_MOST_OF_NOISE = 100  # bands
_BESIDE = 6.0  # x-heights between parts of one line
_LINE, _LABEL = (
    5,
    3,
)  # letters that make a line; a stamp's label (รับที่), which large pen beside it would take along
_SMALL, _ROW = 0.72, 6  # part of the body's size; letters, of which marks over a line are fewer in one row


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
    crossed: tuple[tuple[int, int], ...] = ()  # page columns where larger ink runs through the letters

    def to_page(self, x: float, y: float) -> tuple[float, float]:
        """A point of the strip as a point of the page."""
        column = min(max(int(x), 0), len(self.shift) - 1)
        return self.left + x, self.top + y + float(self.shift[column])

    def moved(self, across: int, down: int) -> Strip:
        """The same strip on a page that begins so many pixels further left and higher up."""
        x0, y0, x1, y1 = self.box
        return replace(
            self,
            left=self.left + across,
            top=self.top + down,
            box=(x0 + across, y0 + down, x1 + across, y1 + down),
            base=(self.base[0] + down, self.base[1] + down),
            crossed=tuple((x0 + across, x1 + across) for x0, x1 in self.crossed),
        )


def find_strips(gray: Gray, stamps: bool = False, least: float = 0.0) -> list[Strip]:
    """All lines of a sheet as strips, in reading order: rows from the top, in a row from the left."""
    return strips_of(Ink.of(gray), stamps, least)


def strips_of(ink: Ink, stamps: bool = False, least: float = 0.0) -> list[Strip]:
    """The same for a sheet whose pieces of ink are known."""
    strips = [cut(ink, band) for band in find_bands(ink, stamps, least)]
    strips = [s for s in strips if s.box[2] - s.box[0] >= 0.6 * s.x_height]
    return in_reading_order(strips)


def find_bands(ink: Ink, stamps: bool = False, least: float = 0.0) -> list[Band]:
    """All lines' bands, at several sizes of type, each with the ids of all its ink.

    `stamps`: the layer holds stamps and pen; their small labels set the rows, not the large writing in them.
    `least`: pixels; lower pieces are no letters: a stamp has more dots in its leaders than letters.
    """
    main = x_height(ink.stats[ink.stats[:, H] >= least])
    if main is None:
        return []
    if stamps:
        main = label_height(ink.stats, main, least)
    free = _text(ink, main)
    first = seed(ink.stats, free, main)
    if len(first) > TOO_MANY:  # noise: what stands in the longest rows may still be text
        found = sorted(first, key=lambda band: -len(band.ids))[:_MOST_OF_NOISE]
        return [band for band in found if len(band.ids) >= 8]
    if part_touching_lines(ink, [band for band in first if len(band.ids) >= 5]):
        free = _text(ink, main)
        first = seed(ink.stats, free, main)
    specks = specks_of(ink.stats, main) if is_speckled(ink.stats, main) else None
    if specks is not None:
        free &= ~specks
    fewest = _LABEL if stamps else _LINE
    short = [band for band in first if len(band.ids) < fewest]
    found = _usual_rows(ink, free, [band for band in first if len(band.ids) >= fewest], short, main)
    _take_other_sizes(ink, free, found, short, main, stamps)
    attach(ink, free, found, main)
    found = [part for band in found for part in by_size(ink.stats, band)]
    if specks is not None:
        for band in found:
            add_dots(ink.stats, specks, band)
    join_crossed(ink, found, main)
    return found


def _usual_rows(ink: Ink, free: Flags, long: list[Band], short: list[Band], main: float) -> list[Band]:
    """The rows of the usual size and whole rows of small type, with all that hangs on them; they are free no more."""
    found = list(long)
    for band in found:
        free[band.ids] = False
    for band in _short_rows(ink, free, found, main, [band for band in short if len(band.ids) >= 3]):
        free[band.ids] = False
        found.append(band)
    attach(ink, free, found, main)
    return join_segments(found, 2.4)  # low digits and dashes, which seed no band, have filled some gaps


def _take_other_sizes(
    ink: Ink, free: Flags, found: list[Band], short: list[Band], main: float, stamps: bool
) -> None:
    """Add the rows of larger and smaller type, and short bits of the usual size, to those that were found.

    The short bits compete with the others, of which they may be the marks.
    """
    others = [band for part in _OTHER_SIZES for band in seed(ink.stats, free, part * main)]
    others = [band for band in others if is_text_of_its_own(band, found, ink.stats)] + short
    # a stamp may have labels of two sizes; they come before the pen, which would take them along
    large = _OTHER_SIZES[0] * main + 1 if stamps else np.inf
    for band in sorted(others, key=lambda b: (b.x_height > large, -len(b.ids), -b.x_height)):
        if free[band.ids].all() and (band.x_height == main or is_text_of_its_own(band, found, ink.stats)):
            free[band.ids] = False
            found.append(band)
            # once: large type stands alone, it does not run on over the page
            attach_once(ink, free, [band], main)


def _short_rows(ink: Ink, free: Flags, found: list[Band], main: float, short: list[Band]) -> list[Band]:
    """Whole rows of small type, such as a telephone in the foot, and short rows of the usual type, as in stamps.

    The line under them would take their letters for its marks.
    """
    rows = [band for band in seed(ink.stats, free, _SMALL * main) if len(band.ids) >= _ROW]
    return [
        band
        for band in (*rows, *short)
        if not _goes_on(band, found)
        and is_text_of_its_own(band, found, ink.stats)
        and not are_marks(ink.stats, band.ids, band.x_height)
    ]


def _goes_on(band: Band, lines: list[Band]) -> bool:
    """Letters that stand in one row with a line, beside it: a part of it, which low digits keep apart."""
    size = band.x_height
    return any(
        abs(line.base_at(band.x0) - band.base_at(line.x1)) < 0.5 * size
        and max(band.x0 - line.x1, line.x0 - band.x1) < _BESIDE * size
        for line in lines
    )


def _text(ink: Ink, size: float) -> Flags:
    """The pieces that may be text."""
    return usable(ink.stats, size) & ~blots(ink, size)


def _above(strip: Strip, other: Strip) -> bool:
    """Whether the other strip stands under this one, as a second row beside large pen does, not beside it."""
    across = min(strip.box[2], other.box[2]) - max(strip.box[0], other.box[0])
    narrower = min(one.box[2] - one.box[0] for one in (strip, other))
    drop = (sum(other.base) - sum(strip.base)) / 2
    return across > 0.5 * narrower and drop > 0.6 * min(strip.x_height, other.x_height)


def in_reading_order(strips: list[Strip]) -> list[Strip]:
    """Strips on one height form a row; rows go down the page, strips in a row go right."""
    rows: list[list[Strip]] = []
    for strip in sorted(strips, key=lambda s: sum(s.base)):
        middle = sum(strip.base) / 2
        if rows:
            last = rows[-1][-1]
            near = middle - sum(last.base) / 2 < 0.6 * max(last.x_height, strip.x_height)
            if near and not any(_above(other, strip) for other in rows[-1]):
                rows[-1].append(strip)
                continue
        rows.append([strip])
    return [strip for row in rows for strip in sorted(row, key=lambda s: s.box[0])]


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
    ends = band.base_at(x0), band.base_at(x1)
    return Strip(image, left - pad, top + cropped, shift, size, (x0, y0, x1, y1), ends, tuple(band.crossed))


def _levelled(canvas: Gray, shift: NDArray[np.int16]) -> Gray:
    if not shift.any():
        return canvas
    rows, columns = np.indices(canvas.shape, dtype=np.float32)
    moved = cv2.remap(canvas, columns, rows + shift.astype(np.float32), cv2.INTER_NEAREST, borderValue=(255,))
    return np.asarray(moved, dtype=np.uint8)


def _trim(image: Gray, base: float, size: float) -> tuple[Gray, int]:
    """Leave the room that every strip has, and more only where there is ink."""
    rows = np.flatnonzero((image < 200).any(axis=1))
    first, last = (int(rows[0]), int(rows[-1])) if len(rows) else (0, image.shape[0] - 1)
    top = max(0, min(first - 5, int(base - size * (1 + _ABOVE))))
    bottom = min(image.shape[0], max(last + 6, int(base + size * _BELOW)))
    return np.ascontiguousarray(image[top:bottom]), top
