"""Questions in SQL to the register: DuckDB over copies of the tables, which cannot be changed through it."""

from __future__ import annotations

import csv
import json
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Literal, NamedTuple

import duckdb
import pyarrow as pa

from pipeline.errors import BadInputError

_BATCH = 10_000  # rows
_LOCKED: dict[str, str | bool | int | float | list[str]] = {
    "enable_external_access": "false",  # no file, no network, no extension
    "autoinstall_known_extensions": "false",
    "autoload_known_extensions": "false",
    "python_enable_replacements": "false",  # nor a variable of ours
    "memory_limit": "2GB",
    "lock_configuration": "true",
}


class Answer(NamedTuple):
    """The answer: names of its columns, and its rows."""

    columns: tuple[str, ...]
    rows: list[tuple[object, ...]]
    table: pa.Table

    def _repr_html_(self) -> str:
        """A table for notebooks."""
        from html import escape

        head = "".join(f"<th>{escape(name)}</th>" for name in self.columns)
        body = "".join(
            f"<tr>{''.join(f'<td>{escape(_said(value))}</td>' for value in row)}</tr>" for row in self.rows
        )
        return f"<table><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>"


class Bounds(NamedTuple):
    """How long a question may take once the tables are there, and how many rows its answer may have."""

    seconds: float = 60.0
    rows: int = 100_000


BOUNDS = Bounds()


def ask(
    question: str, names: tuple[str, ...], load: Callable[[str], pa.Table], bounds: Bounds = BOUNDS
) -> Answer:
    """Answer one SELECT; only the tables that it names are loaded.

    `names` are the tables that may be asked, `load` gives one of them. BadInputError for anything but one
    question, for SQL that DuckDB does not understand, and for what goes beyond the bounds.
    """
    with duckdb.connect(":memory:", config=_LOCKED) as connection:
        try:
            _only_a_question(connection, question)
            wanted = connection.get_table_names(question)
            for name in sorted({table for table in wanted if table in names}):
                connection.register(name, load(name))
            with _ended_after(connection, bounds.seconds) as late:
                try:
                    table = _answer(connection, question, bounds.rows)
                except (duckdb.InterruptException, OSError) as error:  # Arrow tells of it as an OSError
                    if late.is_set():
                        raise _too_long(bounds.seconds) from error
                    raise
        except duckdb.OutOfMemoryException as error:
            raise _too_large() from error
        except duckdb.Error as error:
            raise _misunderstood(error, names) from error
    rows = [tuple(row.values()) for row in _unique(table).to_pylist()]
    return Answer(tuple(table.column_names), rows, table)


def _answer(connection: duckdb.DuckDBPyConnection, question: str, most: int) -> pa.Table:
    """The answer, taken a batch at a time, so that one without end is not gathered."""
    found = connection.sql(question)
    if found is None:
        raise _refused()
    reader = found.to_arrow_reader(_BATCH)
    batches, rows = [], 0
    for batch in reader:
        batches.append(batch)
        rows += batch.num_rows
        if rows > most:
            raise _too_many(most)
    return pa.Table.from_batches(batches, reader.schema)


@contextmanager
def _ended_after(connection: duckdb.DuckDBPyConnection, seconds: float) -> Iterator[threading.Event]:
    """Stop what DuckDB is doing after so long; the event tells that it was stopped."""
    late = threading.Event()

    def stop() -> None:
        late.set()
        connection.interrupt()

    timer = threading.Timer(seconds, stop)
    timer.daemon = True
    timer.start()
    try:
        yield late
    finally:
        timer.cancel()
        timer.join()


def write(answer: Answer, form: Literal["table", "csv", "json"]) -> None:
    """Print an answer: a table for people, CSV with harmless cells, or one JSON object a line."""
    from pipeline.export.columns import harmless

    if form == "json":
        for row in answer.rows:
            print(json.dumps(dict(zip(answer.columns, row, strict=True)), ensure_ascii=False, default=str))
    elif form == "csv":
        out = csv.writer(sys.stdout, lineterminator="\n")
        out.writerow([harmless(name) for name in answer.columns])
        out.writerows(
            [harmless(_said(value)) if isinstance(value, str) else _said(value) for value in row]
            for row in answer.rows
        )
    else:
        _print_table(answer)


def _print_table(answer: Answer) -> None:
    from rich import box
    from rich.table import Table
    from rich.text import Text

    from pipeline.show import console

    table = Table(box=box.SIMPLE_HEAD)
    for field in answer.table.schema:
        number = pa.types.is_integer(field.type) or pa.types.is_floating(field.type)
        table.add_column(Text(field.name), justify="right" if number else "left", overflow="fold")
    for row in answer.rows:
        table.add_row(*(Text(_said(value)) for value in row))
    console().print(table)


def _said(value: object) -> str:
    return "" if value is None else str(value)


def _unique(table: pa.Table) -> pa.Table:
    """Columns under names that differ, so that none hides another when rows become dictionaries."""
    return table.rename_columns([f"{place}" for place in range(table.num_columns)])


def _only_a_question(connection: duckdb.DuckDBPyConnection, question: str) -> None:
    statements = connection.extract_statements(question)
    if len(statements) != 1 or statements[0].type != duckdb.StatementType.SELECT:
        raise _refused()


def _too_long(seconds: float) -> BadInputError:
    return BadInputError(
        "query.too_long",
        f"คำถามนี้ใช้เวลาเกิน {seconds:g} วินาที จึงหยุดไว้ ให้ถามแคบลง หรือเพิ่มค่าตั้ง query_s",
        f"The question took more than {seconds:g} seconds and was stopped. Ask for less, or raise the setting query_s.",
    )


def _too_many(rows: int) -> BadInputError:
    return BadInputError(
        "query.too_many",
        f"คำตอบมีมากกว่า {rows:,} แถว จึงไม่แสดง ให้ถามแคบลงหรือใส่ LIMIT เพิ่มค่าตั้ง query_rows หรือใช้ saraban export --parquet",
        f"The answer has more than {rows:,} rows, so none is shown. Ask for less or add a LIMIT, raise the setting "
        "query_rows, or use: saraban export --parquet",
    )


def _too_large() -> BadInputError:
    return BadInputError(
        "query.too_large",
        "คำถามนี้ต้องใช้หน่วยความจำเกิน 2 GB จึงหยุดไว้ ให้ถามแคบลง",
        "The question needs more than 2 GB of memory and was stopped. Ask for less.",
    )


def _refused() -> BadInputError:
    return BadInputError(
        "query.not_a_question",
        "ถามได้ครั้งละหนึ่งคำสั่ง SELECT เท่านั้น ทะเบียนแก้ไขผ่านทางนี้ไม่ได้",
        "One SELECT at a time: the register cannot be changed this way.",
    )


def _misunderstood(error: duckdb.Error, names: tuple[str, ...]) -> BadInputError:
    said = str(error).strip()
    return BadInputError(
        "query.misunderstood",
        f"ไม่เข้าใจคำสั่ง SQL: {said}\nตารางที่ถามได้: {', '.join(names)}",
        f"The SQL was not understood: {said}\nTables to ask: {', '.join(names)}",
    )
