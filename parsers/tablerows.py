"""The rows of a table on a page: where one ends and the next begins, told from numbers, gaps and neighbours."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

from parsers.dates import find_dates
from parsers.entries import PART
from parsers.grid import GridCell
from parsers.tablepage import Piece, Region, column_of
from parsers.tablewords import is_header, roles_of
from parsers.text import to_arabic

_ORDINAL = re.compile(r"^(?:ข้อ\s?(?:ที่\s?)?)?(?P<number>[0-9๐-๙]{1,3})\s?(?:[.)]{1,2}|(?=\s|$))(?![0-9๐-๙])")
_OWN_ROW = re.compile(rf"^(?:{PART}|รวม|คะแนน(?:เต็ม|รวม)|หมายเหตุ)")
_HOUR = r"[0-9๐-๙]{1,2}[.:][0-9๐-๙]{2}"
_UNIT = re.compile(
    rf"(?:เวลา\s*)?{_HOUR}(?:\s*[-–—]\s*{_HOUR})?\s*น\.?|{_HOUR}\s*[-–—]\s*{_HOUR}|"
    r"[0-9๐-๙][0-9๐-๙,]*(?:\.[0-9๐-๙]+)?\s*(?:%|คะแนน|คน|ราย|บาท|ชุด|แห่ง|ครั้ง|วัน|ชั่วโมง|ชม\.|เปอร์เซ็นต์)"
)
_FEWEST_KEYS = 3
_WIDER = 1.17  # a gap this much wider than between lines of one cell parts two rows
_MUCH_WIDER = 1.3  # the same where nearly every line has a neighbour: rows of one line each are likelier
_UNEVEN = 1.6  # the widest distance between two lines, by the narrowest
_TOP = 0.65  # line heights above a line's middle that still belong to its row


def cells_of(region: Region) -> list[tuple[GridCell, ...]]:
    """The rows of cells of a region, from the top."""
    width = len(region.gutters) + 1
    rows: list[tuple[GridCell, ...]] = []
    run: list[Piece] = []
    for at, band in enumerate(region.bands):
        if at in region.spanning:
            rows += _rows_of(run, region, width)
            rows.append((_cell(band.pieces), *(GridCell() for _ in range(width - 1))))
            run = []
        elif at == 0 and _is_whole_header(region):
            rows += _rows_of(band.pieces, region, width)
        else:
            run.extend(band.pieces)
    return rows + _rows_of(run, region, width)


def _is_whole_header(region: Region) -> bool:
    """Whether the first line names the columns by itself, and no cell of it goes on in the next line."""
    first = region.bands[0].pieces
    if not is_header([piece.text for piece in first]):
        return False
    below = region.bands[1].pieces if len(region.bands) > 1 else ()
    for piece in below if len(below) < len(first) else ():
        column = column_of(piece, region.gutters)
        above = next((one for one in first if column_of(one, region.gutters) == column), None)
        if above is not None and roles_of(above.text + piece.text):
            return False
    return True


def _rows_of(pieces: Sequence[Piece], region: Region, width: int) -> list[tuple[GridCell, ...]]:
    if not pieces:
        return []
    columns: list[list[Piece]] = [[] for _ in range(width)]
    for piece in pieces:
        columns[column_of(piece, region.gutters)].append(piece)
    for column in columns:
        column.sort(key=_middle)
    starts = _starts(columns, region.height)
    cells: list[list[list[Piece]]] = [[[] for _ in range(width)] for _ in range(len(starts) + 1)]
    for at, column in enumerate(columns):
        for piece in column:
            cells[sum(piece.middle > start for start in starts)][at].append(piece)
    return [tuple(_cell(cell) for cell in row) for row in cells if any(row)]


def _starts(columns: Sequence[Sequence[Piece]], height: float) -> list[float]:
    """Heights above which rows end and below which the next ones begin, from the top."""
    main = max(columns, key=lambda column: (len(column), sum(len(piece.text) for piece in column)))
    others = [column for column in columns if column is not main]
    beside = [piece for piece in main if _beside(piece, others, height)]
    full = [piece for piece in main if all(_beside(piece, [column], height) for column in others if column)]
    each = 10 * len(full) >= 7 * len(main)  # nearly every line has its neighbours
    usual = _leading(columns)
    firsts = _by_gaps(main, usual * (_MUCH_WIDER if each else _WIDER))
    between = _between_bands(columns, usual * _WIDER, height)
    numbered, keyed = _numbered(columns), _keyed(columns)
    if numbered is None and len(keyed) > max(len(firsts), len(between)) + 1:
        return _above(sorted([*keyed, *_own_rows(columns, keyed)], key=_middle), height)
    sums = [piece for piece in beside if piece not in full and _OWN_ROW.match(piece.text)]
    if len(columns) > 2 and len(full) > 1 and len(full) + len(sums) == len(main) and _evenly(main):
        return _above(main, height)  # every column has a cell on every line; a sum may leave some blank
    if between and not each and _centred(columns, between, height):
        return between
    if numbered is not None:
        own = [piece for piece in numbered if piece in main]
        if own or len(firsts) + 1 < len(numbered):
            return _above(sorted([*numbered, *_own_rows(columns, numbered)], key=_middle), height)
    if firsts:
        return _above([piece for _, piece in firsts], height)
    if len(full) > 1:
        return _above(sorted([*full, *sums], key=_middle), height)
    return _above(main if each else beside, height)


def _evenly(column: Sequence[Piece]) -> bool:
    """Whether the lines of a column lie about evenly: cells of several lines each would lie in groups."""
    gaps = [low.middle - high.middle for high, low in pairwise(column)]
    return bool(gaps) and max(gaps) < _UNEVEN * min(gaps)


def _centred(columns: Sequence[Sequence[Piece]], between: Sequence[float], height: float) -> bool:
    """Whether cells with fewer lines than their row's tallest stand in its middle, not at its top."""
    top = middle = 0
    for high, low in pairwise([float("-inf"), *between, float("inf")]):
        cells = [mine for column in columns if (mine := [p.middle for p in column if high < p.middle <= low])]
        if len(cells) < 2:
            continue
        tallest = max(cells, key=len)
        for cell in cells:
            if len(cell) < len(tallest):
                top += abs(cell[0] - tallest[0]) < 0.35 * height
                middle += abs(cell[0] + cell[-1] - tallest[0] - tallest[-1]) < 0.7 * height
    return middle > top


def _leading(columns: Sequence[Sequence[Piece]]) -> float:
    """The distance between two lines of one cell: the usual among the small distances of all columns."""
    gaps = sorted(low.middle - high.middle for column in columns for high, low in pairwise(column))
    return gaps[len(gaps) // 5] if gaps else 0.0


def _between_bands(columns: Sequence[Sequence[Piece]], wide: float, height: float) -> list[float]:
    """Between lines of the whole table that lie farther apart than two lines of one cell would."""
    mids = sorted(piece.middle for column in columns for piece in column)
    levels = [mids[0]]
    for mid in mids[1:]:
        if mid - levels[-1] > 0.3 * height:
            levels.append(mid)
    return [(high + low) / 2 for high, low in pairwise(levels) if low - high > wide]


def _above(pieces: Sequence[Piece], height: float) -> list[float]:
    """Just above each piece; the first row's own start parts nothing when no line stands above it."""
    return [piece.middle - _TOP * height for piece in pieces]


def _by_gaps(main: Sequence[Piece], wide: float) -> list[tuple[Piece, Piece]]:
    """The pieces on both sides of gaps that are wider than those between the lines of one cell."""
    return [(high, low) for high, low in pairwise(main) if low.middle - high.middle > wide]


def _numbered(columns: Sequence[Sequence[Piece]]) -> list[Piece] | None:
    """The pieces that number the rows, rising by one, in the first column that has them."""
    last = 0
    for column in columns[:2]:
        found: list[Piece] = []
        for piece in column:
            ordinal = _ORDINAL.match(piece.text) if not _is_dated(piece.text) else None
            number = int(to_arabic(ordinal["number"])) if ordinal is not None else None
            if number is not None and (not found or number == last + 1):
                found.append(piece)
                last = number
        if len(found) >= 2:
            return found
    return None


def _is_dated(text: str) -> bool:
    """Whether a text begins with a day, whose figure numbers no row."""
    return any(found.start == 0 for found in find_dates(text)[:1])


def _keyed(columns: Sequence[Sequence[Piece]]) -> list[Piece]:
    """The pieces of the first column that holds nothing but hours or amounts, of which a row has one each."""
    for column in columns:
        if len(column) >= _FEWEST_KEYS and all(_UNIT.fullmatch(piece.text.strip()) for piece in column):
            return list(column)
    return []


def _own_rows(columns: Sequence[Sequence[Piece]], numbered: Sequence[Piece]) -> list[Piece]:
    """Headings of parts, sums and notes between and below the numbered rows."""
    top = numbered[0].middle
    return [
        piece
        for column in columns[:2]
        for piece in column
        if piece not in numbered and _OWN_ROW.match(piece.text) and piece.middle != top
    ]


def _beside(piece: Piece, others: Sequence[Sequence[Piece]], height: float) -> bool:
    return any(abs(other.middle - piece.middle) < 0.4 * height for column in others for other in column)


def _cell(pieces: Sequence[Piece]) -> GridCell:
    return GridCell(tuple(piece.ink for piece in pieces))


def _middle(piece: Piece) -> float:
    return piece.middle
