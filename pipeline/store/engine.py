"""The database connection: SQLite set up to lose nothing and to forget what must be forgotten."""

from __future__ import annotations

import json
import math
import sqlite3
import time
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Dialect, Engine, create_engine, event, inspect, make_url, text
from sqlalchemy.exc import ArgumentError, DatabaseError, DisconnectionError, NoSuchModuleError
from sqlalchemy.exc import TimeoutError as PoolTimeoutError
from sqlalchemy.pool import ConnectionPoolEntry

from pipeline.errors import SettingsError, ToolError

NEWEST = "0010"
"""The newest of the migrations; a test holds it to them."""

ONE_WRITER = 0x5A4A
"""The lock under which PostgreSQL writes one at a time, as SQLite does; any number that stays the same."""
_MIGRATIONS = Path(__file__).parent / "migrations"
_PRAGMAS = (
    "journal_mode=WAL",
    "synchronous=FULL",  # a committed letter survives a power cut
    "foreign_keys=ON",
    "secure_delete=ON",  # what is erased is overwritten: a protected file's name must not stay on the disk
)
_READ_AHEAD = (
    "SELECT set_config(name, '200', false) FROM pg_settings "
    "WHERE name = 'effective_io_concurrency' AND setting::integer BETWEEN 1 AND 199"
)
_BUSY_S = 60
_AGAIN_S = 0.02  # seconds after which a refused statement is tried again
_FRESH_S = 1.0  # so long after its last use a connection is taken to be alive still


def make_engine(url: str) -> Engine:
    """An engine for a SQLAlchemy URL; for SQLite every transaction is a real one, tables included."""
    try:
        parsed = make_url(url)
        if parsed.get_backend_name() != "sqlite":
            engine = create_engine(parsed, json_serializer=_json)
            event.listen(engine, "connect", _read_ahead)
            event.listen(engine, "checkout", partial(_ask_whether_alive, engine.dialect))
            event.listen(engine, "checkin", _note_use)
            return engine
        engine = create_engine(parsed, connect_args={"timeout": _BUSY_S}, json_serializer=_json)
    except (ArgumentError, NoSuchModuleError, ModuleNotFoundError) as error:
        raise SettingsError(f"The database URL cannot be used: {error}") from error
    event.listen(engine, "connect", _set_up_sqlite)
    event.listen(engine, "begin", _begin_sqlite)
    return engine


_json = partial(json.dumps, ensure_ascii=False)  # Thai as it is: half the size, and readable in the table


def _read_ahead(connection: Any, _record: object) -> None:
    """Have PostgreSQL ask the disk for many of a search's pages at once, where its system can (else it has 0)."""
    connection.execute(_READ_AHEAD)
    connection.commit()


def _set_up_sqlite(connection: Any, _record: object) -> None:
    connection.isolation_level = None  # the driver would begin late and leave CREATE TABLE outside
    cursor = connection.cursor()
    for pragma in _PRAGMAS:
        _execute_patiently(cursor, f"PRAGMA {pragma}")
    cursor.close()


def _execute_patiently(cursor: Any, statement: str) -> None:
    """SQLite does not wait by itself where a new database's way of writing is set while another makes its tables."""
    end = time.monotonic() + _BUSY_S
    while True:
        try:
            cursor.execute(statement)
            return
        except sqlite3.OperationalError as error:
            if "locked" not in str(error) or time.monotonic() > end:
                raise
            time.sleep(_AGAIN_S)


def _begin_sqlite(connection: Connection) -> None:
    """Take the write lock at once: a reader that turns writer half-way would be refused without waiting."""
    reads = connection.get_execution_options().get("reads_only", False)
    connection.exec_driver_sql("BEGIN" if reads else "BEGIN IMMEDIATE")


def _note_use(_connection: object, record: ConnectionPoolEntry) -> None:
    record.info["used"] = time.monotonic()


def _ask_whether_alive(
    dialect: Dialect, connection: Any, record: ConnectionPoolEntry, _proxy: object
) -> None:
    """The server may have been started anew since a connection was last used; then another one is made."""
    if time.monotonic() - record.info.get("used", math.inf) < _FRESH_S:  # a new one was never used
        return
    try:
        dialect.do_ping(connection)
    except dialect.loaded_dbapi.Error as error:
        raise DisconnectionError from error


def upgrade(engine: Engine) -> bool:
    """Bring the tables to the newest version; whether there was anything to do."""
    if engine.url.get_backend_name() == "sqlite" and engine.url.database not in (None, "", ":memory:"):
        _make_folder(Path(str(engine.url.database)).parent)
    with said_plainly():
        if _revision(engine) == NEWEST:
            return False
        _migrate(engine)
        return True


def _make_folder(folder: Path) -> None:
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    except OSError as error:
        why = error.strerror or str(error)
        raise SettingsError(
            f"The folder {folder} for the register cannot be made: {why}. "
            "Let this user write there, or set SARABAN_HOME to another folder.",
            f"สร้างโฟลเดอร์ {folder} สำหรับทะเบียนไม่ได้ ({why}) ให้สิทธิ์เขียนแก่ผู้ใช้นี้ หรือตั้ง SARABAN_HOME เป็นที่อื่น",
        ) from error


def _revision(engine: Engine) -> str | None:
    """The version of the tables that are there; asked without Alembic, which takes its time to start."""
    with engine.connect().execution_options(reads_only=True) as connection:
        if not inspect(connection).has_table("alembic_version"):
            return None
        return connection.execute(text("SELECT version_num FROM alembic_version")).scalar()


def _migrate(engine: Engine) -> None:
    from alembic import command
    from alembic.config import Config
    from alembic.util import CommandError

    config = Config()
    config.set_main_option("script_location", str(_MIGRATIONS).replace("%", "%%"))
    try:
        with engine.begin() as connection:
            if engine.url.get_backend_name() != "sqlite":  # SQLite lets one writer in by itself
                connection.execute(text("SELECT pg_advisory_xact_lock(:key)"), {"key": ONE_WRITER})
            config.attributes["connection"] = connection
            command.upgrade(config, "head")
    except CommandError as error:
        raise ToolError(
            f"The register was written by another version of Saraban ({error}). Update Saraban."
        ) from error


def forget_erased(engine: Engine) -> None:
    """Empty SQLite's write-ahead log, where erased rows could still be read."""
    if engine.url.get_backend_name() != "sqlite":
        return
    with said_plainly():
        connection = engine.raw_connection()
        try:
            connection.cursor().execute("PRAGMA wal_checkpoint(TRUNCATE)")
        finally:
            connection.close()


@contextmanager
def said_plainly() -> Iterator[None]:
    """Turn the database's troubles into ToolError, without the values that a statement carried."""
    try:
        yield
    except DatabaseError as error:
        raise ToolError(f"The register's database failed: {_reason(error)}. Run: saraban doctor") from error
    except PoolTimeoutError as error:
        raise ToolError("The register's database is too busy: no connection came free in time.") from error
    except OSError as error:
        raise ToolError(f"The register's folder cannot be used: {error.strerror or error}.") from error


def _reason(error: DatabaseError) -> str:
    """What the database says, without PostgreSQL's details: they quote the row."""
    primary = getattr(getattr(error.orig, "diag", None), "message_primary", None)
    return str(primary or error.orig)
