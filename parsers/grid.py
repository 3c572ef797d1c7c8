"""Grids: tables as rows of cells that still know their ink, found in text and on pages."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from parsers.numbering import is_page_number
from parsers.passages import Passage, join
from parsers.rows import Ink, Row
from parsers.tablewords import is_header
from parsers.text import normalise, squash

_WIDE = re.compile(r"\t| {3,}")
_SPANNING = 120  # characters: a longer line between two rows of a table is a paragraph


@dataclass(frozen=True, slots=True)
class GridCell:
    """One cell: its ink, empty for an empty cell."""

    inks: tuple[Ink, ...] = ()

    @property
    def passage(self) -> Passage:
        """Its text over several lines, joined; a line's end inside a cell is the column's, not the word's."""
        on_page = all(ink.row.place is not None for ink in self.inks)
        return join(self.inks, centred=on_page, paragraphs=not on_page)

    @property
    def text(self) -> str:
        """Its text."""
        return self.passage.text


@dataclass(frozen=True, slots=True)
class Grid:
    """A table: `header` is empty when no row names the columns; every row is as wide as the widest."""

    header: tuple[GridCell, ...]
    rows: tuple[tuple[GridCell, ...], ...]
    orders: frozenset[int]  # `Row.order` of all rows it was made of

    @property
    def titles(self) -> list[str]:
        """The names of the columns."""
        return [cell.text for cell in self.header]

    @property
    def width(self) -> int:
        """How many columns there are."""
        return max((len(row) for row in (*self.rows, self.header)), default=0)


def make_grid(rows: Iterable[Sequence[GridCell]], orders: Iterable[int]) -> Grid | None:
    """A grid of rows: the header told from the rest, its repeats dropped, torn rows mended."""
    every = [tuple(row) for row in rows if any(cell.inks for cell in row)]
    width = max((len(row) for row in every), default=0)
    every = [row + (GridCell(),) * (width - len(row)) for row in every]
    header: tuple[GridCell, ...] = ()
    if every and is_header([cell.text for cell in every[0]]):
        header, every = every[0], every[1:]
        name = _key(header)
        every = [row for row in every if _key(row) != name]
    body = tuple(_mended(every))
    return Grid(header, body, frozenset(orders)) if body and width > 1 else None


def _key(row: Sequence[GridCell]) -> str:
    return "|".join(squash(cell.text) for cell in row)


def _mended(rows: Iterable[tuple[GridCell, ...]]) -> Iterator[tuple[GridCell, ...]]:
    """A row with nothing but one later cell goes on with the row before it, as it does over a page's end."""
    last: tuple[GridCell, ...] | None = None
    for row in rows:
        filled = [at for at, cell in enumerate(row) if cell.inks]
        if last is not None and len(filled) == 1 and filled[0] > 0:
            at = filled[0]
            last = (*last[:at], GridCell(last[at].inks + row[at].inks), *last[at + 1 :])
            continue
        if last is not None:
            yield last
        last = row
    if last is not None:
        yield last


def text_grids(rows: Sequence[Row]) -> list[Grid]:
    """The tables of a transcript: rows whose cells are parted by tabs, or by gaps of three blanks and more."""
    grids: list[Grid] = []
    run: list[tuple[Row, tuple[GridCell, ...]]] = []
    for at, row in enumerate(rows):
        cells = _cells(row) if row.place is None else ()
        if len(cells) > 1 or (run and _spans(rows, at)):
            run.append((row, cells))
        elif not (run and is_page_number(row)):
            grids.extend(_grid_of(run))
            run = []
    grids.extend(_grid_of(run))
    return grids


def _grid_of(run: Sequence[tuple[Row, tuple[GridCell, ...]]]) -> list[Grid]:
    if not run:
        return []
    tabbed = any("\t" in row.line.text for row, _ in run)
    parted = [len(cells) for _, cells in run if len(cells) > 1]
    if len(parted) < (2 if tabbed else 3) or (not tabbed and len(set(parted)) > 1):
        return []
    grid = make_grid((cells for _, cells in run), (row.order for row, _ in run))
    return [grid] if grid is not None else []


def _spans(rows: Sequence[Row], at: int) -> bool:
    """Whether a line without cells lies between two rows of a table, as the heading of a part does."""
    row = rows[at]
    following = rows[at + 1] if at + 1 < len(rows) else None
    if row.place is not None or len(row.text) > _SPANNING or following is None or is_page_number(row):
        return False
    return following.place is None and "\t" in following.line.text


def _cells(row: Row) -> tuple[GridCell, ...]:
    """The cells of a transcript's line, each with its own words."""
    parts = _WIDE.split(row.line.text) if "\t" not in row.line.text else row.line.text.split("\t")
    cells: list[GridCell] = []
    used = 0
    for part in parts:
        words = sum(bool(normalise(word).strip()) for word in part.split())
        tokens = row.tokens[used : used + words]
        used += words
        cells.append(GridCell((row.ink(tokens[0].start, tokens[-1].end),)) if tokens else GridCell())
    return tuple(cells)
