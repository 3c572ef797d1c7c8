"""The register as a Parquet file: typed columns for analysts' tools."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING

import pyarrow as pa
import pyarrow.parquet as pq

from pipeline.export.files import whole

if TYPE_CHECKING:
    from pipeline.store.records import RegisterRow

_TEXT, _NUMBER = pa.string(), pa.int64()
SCHEMA = pa.schema(
    [
        ("id", _NUMBER),
        ("sha256", _TEXT),
        ("file", _TEXT),
        ("letter", _NUMBER),
        ("page", _NUMBER),
        ("kind", _TEXT),
        ("number", _TEXT),
        ("code", _TEXT),
        ("date", pa.date32()),
        ("agency", _TEXT),
        ("subject", _TEXT),
        ("addressee", _TEXT),
        ("signatory", _TEXT),
        ("position", _TEXT),
        ("urgency", _TEXT),
        ("receipt_agency", _TEXT),
        ("receipt_number", _TEXT),
        ("receipt_date", pa.date32()),
        ("receipt_time", pa.time64("us")),
        ("deadline", pa.date32()),
        ("score", pa.float64()),
        ("doubtful", pa.list_(_TEXT)),
        ("state", _TEXT),
        ("needs_person", pa.bool_()),
        ("errors", _NUMBER),
        ("warnings", _NUMBER),
        ("notes", _NUMBER),
        ("faults", _NUMBER),
        ("copies", _NUMBER),
        ("version", _NUMBER),
        ("confirmed", pa.bool_()),
        ("received_at", pa.timestamp("us", tz="UTC")),
    ]
)
"""The columns of a register row, in its order; a test holds them to the record."""


def register_table(rows: Iterable[RegisterRow]) -> pa.Table:
    """The register in memory, typed."""
    kept = [row.model_dump(include=set(SCHEMA.names)) for row in rows]
    return pa.Table.from_pylist([{**row, "doubtful": list(row["doubtful"])} for row in kept], schema=SCHEMA)


def save_parquet(rows: Iterable[RegisterRow], file: Path) -> int:
    """Write the file whole or not at all; return how many rows it has."""
    table = register_table(rows)
    with whole(file) as half:
        pq.write_table(table, half, compression="zstd")
    return int(table.num_rows)
