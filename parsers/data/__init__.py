"""Tables that the parsers are built from; their origin and licences stand in README.md beside them."""

from __future__ import annotations

import csv
from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from types import MappingProxyType

Row = Mapping[str, str]


@cache
def read_table(name: str) -> tuple[Row, ...]:
    """The rows of one table, by its file name without `.csv`; read once."""
    text = files(__name__).joinpath(f"{name}.csv").read_text(encoding="utf-8")
    return tuple(MappingProxyType(row) for row in csv.DictReader(text.splitlines()))
