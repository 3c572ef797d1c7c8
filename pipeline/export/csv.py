"""The register as CSV, ready for a spreadsheet."""

from __future__ import annotations

import csv
import io
import sys
from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING, TextIO

from pipeline.export.columns import COLUMNS, as_text, harmless
from pipeline.export.files import whole
from pipeline.say import Lang

if TYPE_CHECKING:
    from pipeline.store.records import RegisterRow

BOM = "\ufeff"
"""Excel takes a CSV file for UTF-8 only when it starts with this."""


def write_csv(rows: Iterable[RegisterRow], out: TextIO, headings: Lang) -> int:
    """Write the register; return how many rows it has. `out` must not translate line ends (newline="")."""
    writer = csv.writer(out)
    writer.writerow([column.heading.say(headings) for column in COLUMNS])
    cells = [[harmless(as_text(column.cell(row, headings))) for column in COLUMNS] for row in rows]
    writer.writerows(cells)
    return len(cells)


def save_csv(rows: Iterable[RegisterRow], file: Path, headings: Lang) -> int:
    """Write a file whole or not at all; `-` is standard output, without the byte-order mark."""
    if str(file) == "-":
        out = io.TextIOWrapper(sys.stdout.buffer, encoding="utf-8", newline="", write_through=True)
        try:
            return write_csv(rows, out, headings)
        finally:
            out.detach()  # or standard output would be closed with it
    with whole(file) as half, half.open("w", encoding="utf-8", newline="") as out:
        out.write(BOM)
        return write_csv(rows, out, headings)
