"""The tables that rules look things up in; their origin stands in `data/README.md`."""

from __future__ import annotations

import csv
from functools import cache
from importlib.resources import files


@cache
def column(table: str, name: str) -> tuple[str, ...]:
    """One column of a table, by the table's file name without `.csv`."""
    return tuple(row[name] for row in _rows(table))


@cache
def pairs(table: str, first: str, second: str) -> tuple[tuple[str, str], ...]:
    """Two columns of a table, row by row."""
    return tuple((row[first], row[second]) for row in _rows(table))


def _rows(table: str) -> list[dict[str, str]]:
    text = files(__package__).joinpath("data", f"{table}.csv").read_text(encoding="utf-8")
    return list(csv.DictReader(text.splitlines()))
