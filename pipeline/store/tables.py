"""The tables as Arrow tables, for analysts: only what may be asked, nothing of protected documents."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from typing import Any, NamedTuple

import pyarrow as pa
from sqlalchemy import JSON, Boolean, Date, Float, Integer, LargeBinary, Select, Time, select
from sqlalchemy.orm import Session
from sqlalchemy.sql.elements import KeyedColumnElement

from pipeline.store import engine as db
from pipeline.store.models import (
    Base,
    DeadlineRow,
    DocumentRow,
    FindingRow,
    LetterRow,
    ReceiptRow,
    UtcDateTime,
)

_AT_ONCE = 20_000  # rows
_HIDDEN = {"record", "pages"}  # whole records are for `show --json`, not for SQL


class Table(NamedTuple):
    """One table that may be asked, and what it holds."""

    row: type[Base]
    about: str


TABLES = {
    "letters": Table(LetterRow, "one row a letter: number, date, agency, subject … and sha256 + position"),
    "receipts": Table(ReceiptRow, "receipt stamps; letter_id leads to letters.id"),
    "deadlines": Table(DeadlineRow, "days by which something must be done; letter_id leads to letters.id"),
    "findings": Table(FindingRow, "what the rules found; sha256 and letter lead to letters.sha256, position"),
    "documents": Table(DocumentRow, "one row a file: state, name, received_at; protected files are left out"),
}
"""What `saraban query` offers; the column names are those of the store."""


def arrow(url: str, name: str) -> pa.Table:
    """One of TABLES as it stands now, whole, with typed columns; KeyError for another name."""
    columns = _columns(TABLES[name].row)
    schema = pa.schema([(column.name, _type(column)) for column in columns])
    engine = db.make_engine(url)
    try:
        with db.said_plainly(), Session(engine.execution_options(reads_only=True)) as session:
            batches = [
                pa.RecordBatch.from_pylist(
                    [dict(zip(schema.names, row, strict=True)) for row in rows], schema
                )
                for rows in _rows(session, _question(name, columns))
            ]
        return pa.Table.from_batches(batches, schema)
    finally:
        engine.dispose()


def column_names(name: str) -> list[str]:
    """The columns of one of TABLES, in their order."""
    return [column.name for column in _columns(TABLES[name].row)]


def _columns(row: type[Base]) -> list[KeyedColumnElement[Any]]:
    hidden = (LargeBinary,)
    return [
        column
        for column in row.__table__.columns
        if column.name not in _HIDDEN and not isinstance(column.type, hidden)
    ]


def _question(name: str, columns: list[KeyedColumnElement[Any]]) -> Select[Any]:
    query = select(*columns)
    if name == "documents":
        query = query.where(DocumentRow.state != "protected")
    return query


def _rows(session: Session, query: Select[Any]) -> Iterator[list[tuple[Any, ...]]]:
    found = session.execute(query, execution_options={"yield_per": _AT_ONCE})
    for part in found.partitions():
        yield [tuple(_plain(value) for value in row) for row in part]


def _plain(value: Any) -> Any:
    return value.astimezone(dt.UTC) if isinstance(value, dt.datetime) else value


def _type(column: KeyedColumnElement[Any]) -> pa.DataType:
    kinds: tuple[tuple[type[Any], pa.DataType], ...] = (
        (UtcDateTime, pa.timestamp("us", tz="UTC")),
        (Boolean, pa.bool_()),
        (Integer, pa.int64()),
        (Float, pa.float64()),
        (Date, pa.date32()),
        (Time, pa.time64("us")),
        (JSON, pa.list_(pa.string())),  # the only JSON column that is not hidden is a list of paths
    )
    return next((arrow for kind, arrow in kinds if isinstance(column.type, kind)), pa.string())
