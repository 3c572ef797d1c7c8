"""Questions in SQL to the register: DuckDB over copies of the tables, which cannot be changed through it."""

from __future__ import annotations

import csv
import json
import sys
from collections.abc import Callable
from typing import Literal, NamedTuple

import duckdb
import pyarrow as pa

from pipeline.errors import BadInputError

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


def ask(question: str, names: tuple[str, ...], load: Callable[[str], pa.Table]) -> Answer:
    """Answer one SELECT; only the tables that it names are loaded.

    `names` are the tables that may be asked, `load` gives one of them. BadInputError for anything but one
    question, and for SQL that DuckDB does not understand.
    """
    with duckdb.connect(":memory:", config=_LOCKED) as connection:
        try:
            _only_a_question(connection, question)
            wanted = connection.get_table_names(question)
            for name in sorted({table for table in wanted if table in names}):
                connection.register(name, load(name))
            found = connection.sql(question)
            if found is None:
                raise _refused()
            table = found.to_arrow_table()
        except duckdb.Error as error:
            raise _misunderstood(error, names) from error
    rows = [tuple(row.values()) for row in _unique(table).to_pylist()]
    return Answer(tuple(table.column_names), rows, table)


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
