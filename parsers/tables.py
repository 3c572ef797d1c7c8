"""Tables (ตาราง) with and without ruling lines, over page breaks, and in transcripts."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from itertools import groupby
from typing import NamedTuple

from parsers.grid import Grid, GridCell, make_grid, text_grids
from parsers.numbering import is_page_number
from parsers.rows import Row, make_rows, reading
from parsers.tablepage import Gutter, Region, find_regions, same_columns
from parsers.tablerows import cells_of
from schemas.contest import Cell, Table
from schemas.ink import Line, Page, union
from schemas.reading import Reading

_TURN = re.compile(r"^/.{1,60}$")  # a catchword (คำต่อ): /ในการนี้ ...
_A4 = (595.0, 842.0)


def read_tables(pages: Mapping[int, Page]) -> tuple[Table, ...]:
    """All tables of a file in order; one that runs over pages is one table, its repeated header told once."""
    lines = [line for number in sorted(pages) for line in pages[number].lines]
    return tables_of(find_grids(lines, pages)[1])


def tables_of(grids: Sequence[Grid]) -> tuple[Table, ...]:
    """The record of tables already found."""
    return tuple(_table(grid) for grid in grids)


def find_grids(
    lines: Sequence[Line], pages: Mapping[int, Page] | None = None
) -> tuple[list[Row], list[Grid]]:
    """The rows of a text, and the tables that some of them make, in order."""
    rows = make_rows(lines, pages if pages is not None else _pages_of(lines))
    grids = [*text_grids(rows), *_page_grids(rows)]
    return rows, sorted(grids, key=lambda grid: min(grid.orders))


def _pages_of(lines: Sequence[Line]) -> Mapping[int, Page]:
    """Pages as wide and high as their lines need, for lines whose pages nobody gave."""
    pages: dict[int, Page] = {}
    for number in {line.page for line in lines if line.box is not None}:
        box = union(line.box for line in lines if line.page == number)
        if box is not None:
            pages[number] = Page(number=number, width=max(_A4[0], box.x1), height=max(_A4[1], box.y1))
    return pages


class _OnPage(NamedTuple):
    """A table of one page, before it is joined to what it goes on with."""

    page: int
    gutters: Sequence[Gutter]
    cells: list[tuple[GridCell, ...]]
    orders: list[int]
    first: bool  # nothing but a page number stands above it
    last: bool  # nothing but a page number or a catchword stands below it


def _page_grids(rows: Sequence[Row]) -> list[Grid]:
    found: list[_OnPage] = []
    expected: Sequence[Gutter] = ()
    for number, group in groupby((row for row in rows if row.place is not None), key=lambda row: row.page):
        mine = list(group)
        here = [_on_page(number, region, mine) for region in find_regions(mine, expected)]
        found += here
        expected = here[-1].gutters if here and here[-1].last else ()
    grids: list[Grid] = []
    for run in _joined(found):
        grid = make_grid(
            (row for one in run for row in one.cells), (order for one in run for order in one.orders)
        )
        grids.extend([grid] if grid is not None else [])
    return grids


def _on_page(number: int, region: Region, rows: Sequence[Row]) -> _OnPage:
    orders = [piece.ink.row.order for band in region.bands for piece in band.pieces]
    mine = frozenset(orders)
    others = [
        row for row in rows if row.order not in mine and not is_page_number(row) and row.line.ink == "black"
    ]
    top, bottom = region.bands[0].box.y0, region.bands[-1].box.y1
    above = any(row.place is not None and row.place.y1 < top + 2 for row in others)
    below = any(
        row.place is not None and row.place.y0 > bottom - 2 and not _TURN.match(row.text) for row in others
    )
    return _OnPage(number, region.gutters, cells_of(region), orders, not above, not below)


def _joined(found: Sequence[_OnPage]) -> list[list[_OnPage]]:
    """Tables, each with its later pages."""
    runs: list[list[_OnPage]] = []
    for one in found:
        before = runs[-1][-1] if runs else None
        goes_on = (
            before is not None
            and before.last
            and one.first
            and one.page == before.page + 1
            and same_columns(before.gutters, one.gutters)
        )
        if goes_on:
            runs[-1].append(one)
        else:
            runs.append([one])
    return runs


def _table(grid: Grid) -> Table:
    pages = {ink.row.page for row in (grid.header, *grid.rows) for cell in row for ink in cell.inks}

    def record(row: Sequence[GridCell], default: int) -> tuple[Cell, ...]:
        page = next((cell.inks[0].row.page for cell in row if cell.inks), default)
        return tuple(_cell(cell, page) for cell in row)

    first = min(pages)
    return Table(
        pages=tuple(sorted(pages)),
        header=record(grid.header, first),
        rows=tuple(record(row, first) for row in grid.rows),
    )


def _cell(cell: GridCell, page: int) -> Cell:
    if not cell.inks:
        return Cell(text="", page=page, box=None)
    ink: Reading[str] = reading(None, cell.inks)
    return Cell(text=cell.text.replace("\n", " "), page=ink.page, box=ink.box)
