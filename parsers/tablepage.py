"""Where tables lie on a page: columns from gaps that many lines leave free, no ruling lines needed.

All places are of the page stood upright and level, in points.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise
from statistics import median
from typing import NamedTuple

from parsers.numbering import is_page_number
from parsers.rows import Ink, Row
from schemas.ink import Box, new, union

Gutter = tuple[float, float]
"""A strip between two columns that no cell reaches into: its left and right edge."""

_GAP = 1.15  # line heights between two cells on one height
_APART = 2.4  # line heights between two lines of one table
_NARROWEST = 4.0  # points of a gutter
_HELD = 4  # lines that may run over the columns between two rows of a table
_ALIGNED = 7.0  # points by which the edges of a column's cells differ
_SAME_PLACE = 16.0  # points by which a table's columns shift from one page to the next
# Rows of a letter's own form, which stand side by side but make no table.
_FORM = re.compile(
    r"^(?:เรื่อง|เรียน|กราบเรียน|ที่\s|อ้างถึง|สิ่งที่ส่งมาด้วย|ส่วนราชการ|บันทึกข้อความ|โทร|ขอแสดงความนับถือ|จึงเรียน|\(?ลงชื่อ|ลงนาม|\((?:นาย|นาง|ว่าที่|ดร)|เลข\s?(?:ที่)?\s?รับ|รับที่)"
)
_QUANTITY = re.compile(r"^จำนวน\s?[0-9๐-๙]")
_LEADERS = re.compile(r"^[\s.…_\-–]+$")


class Piece(NamedTuple):
    """A piece of a row between two wide gaps, and where it stands."""

    ink: Ink
    box: Box
    text: str
    middle: float  # of its height

    @classmethod
    def of(cls, ink: Ink, box: Box) -> Piece:
        """A piece of its ink and its place."""
        return new(cls, (ink, box, ink.text, (box.y0 + box.y1) / 2))


class Band(NamedTuple):
    """Pieces of text on one height, from left to right."""

    pieces: tuple[Piece, ...]
    box: Box


class Region(NamedTuple):
    """Lines that make a table: its gutters, its bands, and which of them run over the columns."""

    gutters: tuple[Gutter, ...]
    bands: tuple[Band, ...]
    spanning: frozenset[int]  # indices of bands
    height: float  # of a line


def column_of(piece: Piece, gutters: Sequence[Gutter]) -> int:
    """The column that a piece stands in."""
    centre = (piece.box.x0 + piece.box.x1) / 2
    column = 0
    for left, right in gutters:
        column += centre > (left + right) / 2
    return column


def find_regions(rows: Sequence[Row], expected: Sequence[Gutter] = ()) -> list[Region]:
    """The tables of one page; `expected` are the gutters of a table that ran to the end of the page before."""
    usable = [
        row for row in rows if row.place is not None and row.line.ink == "black" and not is_page_number(row)
    ]
    pieces = [piece for row in usable for piece in _pieces(row)]
    if not pieces:
        return []
    height = median([piece.box.y1 - piece.box.y0 for piece in pieces])
    bands = _bands(pieces, height)
    regions: list[Region] = []
    at = 0
    while at < len(bands):
        goes_on = bool(expected) and at == 0 and _fits(_gaps(bands[0]), expected)
        region, after = _grow(bands, at, height)
        if region is not None and (_is_table(region) or goes_on):
            regions.append(region)
            at = after
        else:
            at += 1
    return regions


def _pieces(row: Row) -> Iterator[Piece]:
    """A row parted at its wide gaps."""
    edge: float | None = None
    cuts = [0]
    for token in row.tokens:
        place = token.place
        if place is None:
            continue
        x0, y0, x1, y1 = place
        if edge is not None and x0 - edge > _GAP * max(y1 - y0, 8.0):
            cuts.append(token.start)
        if edge is None or x1 > edge:
            edge = x1
    if len(cuts) == 1 and row.place is not None:
        yield Piece.of(row.ink().stripped(" "), row.place)
        return
    for start, end in pairwise([*cuts, len(row.text)]):
        ink = row.ink(start, end).stripped(" ")
        place = ink.place
        if place is not None:
            yield Piece.of(ink, place)


def _bands(pieces: Sequence[Piece], height: float) -> list[Band]:
    bands: list[list[Piece]] = []
    level = 0.0
    for piece in sorted(pieces, key=lambda piece: piece.middle):
        if _LEADERS.match(piece.text):
            continue
        if bands and piece.middle - level <= 0.45 * height:
            bands[-1].append(piece)
        else:
            bands.append([piece])
            level = piece.middle
    return [_band(band) for band in bands]


def _band(pieces: Sequence[Piece]) -> Band:
    if len(pieces) == 1:
        return Band(tuple(pieces), pieces[0].box)
    ordered = tuple(sorted(pieces, key=lambda piece: piece.box.x0))
    box = union(piece.box for piece in ordered)
    assert box is not None
    return Band(ordered, box)


def _gaps(band: Band) -> list[Gutter]:
    gaps = []
    edge = band.pieces[0].box.x1
    for piece in band.pieces[1:]:
        place = piece.box
        if place.x0 - edge >= _NARROWEST:
            gaps.append((edge, place.x0))
        edge = max(edge, place.x1)
    return gaps


def _kept(gutters: Sequence[Gutter], band: Band) -> list[Gutter]:
    """What a band leaves of the gutters."""
    kept = []
    for left, right in gutters:
        for piece in band.pieces:
            place = piece.box
            if place.x1 <= left or place.x0 >= right:
                continue
            if place.x0 <= left and place.x1 >= right:
                left = right
            elif place.x1 - left < right - place.x0:
                left = place.x1
            else:
                right = place.x0
        if right - left >= _NARROWEST:
            kept.append((left, right))
    return kept


def _grow(bands: Sequence[Band], at: int, height: float) -> tuple[Region | None, int]:
    """The region that begins at a band, and the band behind it."""
    if len(bands[at].pieces) < 2 or _is_form(bands[at]):
        return None, at + 1
    gutters = _gaps(bands[at])
    members, spanning, held = [at], set[int](), list[int]()
    for one in range(at + 1, len(bands)):
        band, last = bands[one], bands[one - 1]
        if _is_form(band) or band.box.y0 - last.box.y1 > _APART * height or not gutters:
            break
        if (
            len(band.pieces) > 1
            and len(members) > 2
            and not _agrees(band, [bands[m] for m in members], gutters)
        ):
            break
        kept = _kept(gutters, band)
        if len(kept) == len(gutters) and (not held or len(band.pieces) > 1):
            spanning.update(held)
            members += [*held, one]
            gutters, held = kept, []
        elif len(band.pieces) > 1 and kept and len(members) < 3 and not held:
            members.append(one)
            gutters = kept  # the first line is often a header set in its own way
        elif len(band.pieces) == 1 and len(held) < _HELD:
            held.append(one)
        else:
            break
    if not gutters:
        return None, at + 1
    members = [*_above(bands, at, gutters, height), *members]
    members = _without_tail(bands, members, gutters, height)
    kept_bands = tuple(bands[one] for one in members)
    over = frozenset(place for place, one in enumerate(members) if one in spanning)
    return Region(tuple(gutters), kept_bands, over, height), members[-1] + 1


def _agrees(band: Band, members: Sequence[Band], gutters: Sequence[Gutter]) -> bool:
    """Whether half of a line's cells stand where those of their columns do."""
    aligned = 0
    for piece in band.pieces:
        column = column_of(piece, gutters)
        others = [p.box for b in members for p in b.pieces if column_of(p, gutters) == column]
        here = piece.box
        edges = (
            (here.x0, [o.x0 for o in others]),
            ((here.x0 + here.x1) / 2, [(o.x0 + o.x1) / 2 for o in others]),
            (here.x1, [o.x1 for o in others]),
        )
        aligned += not others or any(abs(edge - median(usual)) <= _ALIGNED * 1.5 for edge, usual in edges)
    return 2 * aligned >= len(band.pieces)


def _is_form(band: Band) -> bool:
    return any(_FORM.match(piece.text) for piece in band.pieces)


def _above(bands: Sequence[Band], at: int, gutters: Sequence[Gutter], height: float) -> list[int]:
    """Lines above the first full one that belong to it: the first lines of a cell set higher than the rest."""
    lefts = {column_of(piece, gutters): piece.box.x0 for piece in bands[at].pieces}
    above: list[int] = []
    for one in range(at - 1, max(-1, at - 4), -1):
        band = bands[one]
        piece = band.pieces[0]
        column = column_of(piece, gutters)
        near = bands[one + 1].box.y0 - band.box.y1 < 0.7 * height
        aligned = column > 0 and abs(piece.box.x0 - lefts.get(column, -99.0)) < 3.5
        if len(band.pieces) > 1 or not near or not aligned or _is_form(band):
            break
        above.insert(0, one)
    return above


def _without_tail(
    bands: Sequence[Band], members: list[int], gutters: Sequence[Gutter], height: float
) -> list[int]:
    """The region without the lines behind it that only stand where its first column does."""
    full = max(at for at, one in enumerate(members) if len(bands[one].pieces) > 1)
    end = full + 1
    lefts = [p.box.x0 for m in members[:end] for p in bands[m].pieces if column_of(p, gutters) == 0]
    edge = median(lefts) - 3 if lefts else 0.0
    for at in range(full + 1, len(members)):
        band, last = bands[members[at]], bands[members[at - 1]]
        if band.box.y0 - last.box.y1 > 0.75 * height or band.box.x0 < edge:
            break
        if not _agrees(band, [bands[one] for one in members[:at]], gutters):
            break
        end = at + 1
    return members[:end]


def _is_table(region: Region) -> bool:
    width = len(region.gutters) + 1
    columns: list[list[Piece]] = [[] for _ in range(width)]
    full = 0
    for at, band in enumerate(region.bands):
        if at in region.spanning:
            continue
        places = {column_of(piece, region.gutters) for piece in band.pieces}
        full += len(places) > 1
        for piece in band.pieces:
            columns[column_of(piece, region.gutters)].append(piece)
    if full < (2 if width > 2 else 3) or not all(columns):
        return False
    if all(_QUANTITY.match(piece.text) for piece in columns[-1]):
        return False  # enclosures with how many of each
    return all(_aligned(column) for column in columns)


def _aligned(column: Sequence[Piece]) -> bool:
    """Whether most cells of a column share their left edge, their middle or their right edge."""
    if len(column) < 3:
        return True
    boxes = [piece.box for piece in column]
    for edges in ([b.x0 for b in boxes], [(b.x0 + b.x1) / 2 for b in boxes], [b.x1 for b in boxes]):
        usual = median(edges)
        if 10 * sum(abs(edge - usual) <= _ALIGNED for edge in edges) >= 6 * len(edges):
            return True
    return False


def _fits(gaps: Sequence[Gutter], expected: Sequence[Gutter]) -> bool:
    """Whether the gaps of a line lie where the gutters of the table on the page before do."""
    return len(gaps) >= 1 and all(
        any(left - _SAME_PLACE <= (a + b) / 2 <= right + _SAME_PLACE for left, right in expected)
        for a, b in gaps
    )


def same_columns(one: Sequence[Gutter], other: Sequence[Gutter]) -> bool:
    """Whether two tables on two pages have the same columns."""
    return len(one) == len(other) and all(
        max(a[0], b[0]) <= min(a[1], b[1]) + _SAME_PLACE for a, b in zip(one, other, strict=True)
    )
