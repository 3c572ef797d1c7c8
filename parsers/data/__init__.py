"""Tables that the parsers are built from; their origin and licences stand in README.md beside them."""

from __future__ import annotations

import csv
from collections.abc import Iterator, Mapping
from functools import cache
from importlib.resources import files
from types import MappingProxyType

Row = Mapping[str, str]


@cache
def read_table(name: str) -> tuple[Row, ...]:
    """The rows of one table, by its file name without `.csv`; read once and kept."""
    return tuple(MappingProxyType(row) for row in each_row(name))


def each_row(name: str) -> Iterator[dict[str, str]]:
    """The rows of one table, one by one, for those who keep something smaller."""
    with files(__name__).joinpath(f"{name}.csv").open(encoding="utf-8") as lines:
        yield from csv.DictReader(lines)
