"""Registers full of synthetic letters, written in bulk."""

from __future__ import annotations

import contextlib
import datetime as dt
import shutil
import sqlite3
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any

import psycopg

from benchmarks.made import Heads, Made, Maker, Template
from pipeline.store import Store
from pipeline.store.index import Texts, vectors
from tests.postgres import cluster

_BATCH = 5000
_TABLES = {
    "documents": "sha256, state, attempts, name, received_at, updated_at, page_count, letterless, record",
    "letters": "id, sha256, position, page, kind, urgency, code, number_text, letter_date, agency, subject,"
    " addressee, needs_person, doubtful, received_at, due, errors, warnings, pages, version",
    "receipts": "letter_id, position, number, date",
    "deadlines": "letter_id, position, date, kind, phrase",
    "findings": "sha256, position, letter, rule, severity, fault, message, message_en",
    "searches": "letter_id, head, body, marks, near, gist",
}
_MENTIONS = (  # every second letter names an earlier one
    "INSERT INTO mentions (letter_id, number, date) SELECT later.id, earlier.number_text, earlier.letter_date "
    "FROM letters AS later JOIN letters AS earlier ON earlier.id = later.id - 1000 WHERE later.id % 2 = 0"
)


def rows(made: Made, record_json: str, texts: Texts, moment: Any) -> dict[str, tuple[Any, ...]]:
    """One letter as rows of the tables."""
    state = "needs_person" if made.doubtful else "kept"
    doubts = '["number"]' if made.doubtful else "[]"
    found: dict[str, tuple[Any, ...]] = {
        "documents": (made.sha256, state, 1, f"{made.id}.pdf", moment, moment, 1, False, record_json),
        "letters": (
            *(made.id, made.sha256, 0, 1, made.kind, made.urgency, made.code, made.number),
            *(made.day.isoformat(), made.agency, made.subject, made.addressee, made.doubtful, doubts),
            *(moment, made.due and made.due.isoformat(), int(made.error), 0, "[1]", 1),
        ),
        "receipts": (made.id, 0, str(made.id % 9000), made.day.isoformat()),
        "searches": (made.id, *texts),
    }
    if made.due:
        found["deadlines"] = (made.id, 0, made.due.isoformat(), "fixed", "ภายในวันที่")
    if made.error:
        found["findings"] = (made.sha256, 0, 0, "DATE-01", "error", "document", "วันไม่ตรง", "wrong day")
    return found


def fill_sqlite(path: Path, maker: Maker, count: int) -> None:
    """Write the letters in bulk; the search fills itself by its triggers."""
    database = sqlite3.connect(path, isolation_level=None)
    for pragma in ("synchronous=OFF", "cache_size=-800000", "foreign_keys=OFF", "temp_store=MEMORY"):
        database.execute(f"PRAGMA {pragma}")
    for batch in _batches(maker, count, lambda at: at.strftime("%Y-%m-%d %H:%M:%S.%f")):
        database.execute("BEGIN")
        for table, values in batch.items():
            holes = ", ".join("?" * len(_TABLES[table].split(",")))
            database.executemany(f"INSERT INTO {table} ({_TABLES[table]}) VALUES ({holes})", values)
        database.execute("COMMIT")
    database.execute(_MENTIONS)
    database.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    database.close()


def fill_postgres(url: str, maker: Maker, count: int) -> None:
    """Write the letters by COPY; the search's indexes are made afterwards."""
    with psycopg.connect(url.replace("+psycopg", ""), autocommit=True) as database:
        indexes = database.execute(
            "SELECT indexname, indexdef FROM pg_indexes WHERE indexname LIKE 'ix_search_vectors_%'"
        ).fetchall()
        for name, _ in indexes:
            database.execute(f"DROP INDEX {name}")
        for batch in _batches(maker, count, lambda at: at.isoformat()):
            found = [vectors(values[0], Texts(*values[1:])) for values in batch["searches"]]
            for table, values in batch.items():
                _copy(database, table, _TABLES[table], values)
            _copy(
                database,
                "search_vectors",
                "letter_id, head, everything, near, grams",
                [tuple(each.values()) for each in found],
            )
        database.execute("SET maintenance_work_mem = '1GB'")
        for _, definition in indexes:
            database.execute(definition)
        database.execute(
            "SELECT setval(pg_get_serial_sequence('letters', 'id'), (SELECT max(id) FROM letters))"
        )
        database.execute(_MENTIONS)
        database.execute("VACUUM ANALYZE")


@contextlib.contextmanager
def filled(database: str, maker: Maker, count: int, folder: Path) -> Iterator[str]:
    """A database with so many letters, gone again afterwards; its URL."""
    with contextlib.ExitStack() as stack:
        if database == "sqlite":
            made = Path(tempfile.mkdtemp(prefix="scale", dir=folder))
            stack.callback(shutil.rmtree, made, ignore_errors=True)
            url = f"sqlite:///{made / 'register.sqlite3'}"
        else:
            settings = "-c shared_buffers=1GB -c work_mem=32MB -c max_wal_size=8GB"
            url = stack.enter_context(cluster(settings)).url()
        store = Store(url)
        store.upgrade()
        store.close()
        if database == "sqlite":
            fill_sqlite(made / "register.sqlite3", maker, count)
            print(f"  {(made / 'register.sqlite3').stat().st_size / 1e9:.1f} GB", flush=True)
        else:
            fill_postgres(url, maker, count)
        yield url


def _copy(database: Any, table: str, columns: str, values: Sequence[tuple[Any, ...]]) -> None:
    with database.cursor().copy(f"COPY {table} ({columns}) FROM STDIN") as copy:
        for row in values:
            copy.write_row(row)


def _batches(
    maker: Maker, count: int, moment: Callable[[dt.datetime], Any]
) -> Iterator[dict[str, list[tuple[Any, ...]]]]:
    template, heads = Template(maker), Heads()
    batch: dict[str, list[tuple[Any, ...]]] = {}
    began = time.perf_counter()
    for number in range(1, count + 1):
        made = maker.letter(number)
        for table, values in rows(made, template.json(made), heads.texts(made), moment(made.moment)).items():
            batch.setdefault(table, []).append(values)
        if number % _BATCH == 0 or number == count:
            yield {table: batch[table] for table in _TABLES if table in batch}
            batch = {}
        if number % 100_000 == 0:
            print(f"  {number:,} letters after {time.perf_counter() - began:.0f} s", flush=True)
