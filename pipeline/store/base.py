"""What every part of the store stands on: one engine, and one transaction a call."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from sqlalchemy import text
from sqlalchemy.exc import DatabaseError
from sqlalchemy.orm import Session

from pipeline.errors import BadInputError
from pipeline.store import engine as db

_LOCK = text(f"SELECT pg_advisory_xact_lock({db.ONE_WRITER})")


def is_sqlite(session: Session) -> bool:
    """Whether this session talks to SQLite; else it is PostgreSQL."""
    return session.get_bind().dialect.name == "sqlite"


@contextmanager
def in_one_go(session: Session) -> Iterator[None]:
    """Statements that give nothing back: PostgreSQL is sent all, then waited for. What failed is raised at the end."""
    if is_sqlite(session):
        yield
        return
    connection: Any = session.connection().connection.driver_connection
    try:
        with connection.pipeline():
            yield
    except session.get_bind().dialect.loaded_dbapi.Error as error:
        raise DatabaseError(None, None, error) from error


def unknown(what: object) -> BadInputError:
    """There is no such thing in the register, or it may not be shown."""
    return BadInputError("id.unknown", f"ไม่พบ {what} ในทะเบียน", f"There is no {what} in the register.")


class Connected:
    """Holds the engine. Safe to share between threads."""

    def __init__(self, url: str, sure: float = 0.9) -> None:
        """`sure`: values read with less confidence than this need a person."""
        self._engine = db.make_engine(url)
        self._sure = sure

    def close(self) -> None:
        """Close all connections."""
        self._engine.dispose()

    @contextmanager
    def _writing(self) -> Iterator[Session]:
        """One writer at a time, as SQLite has it: the audit log is one chain, and nobody's work is lost."""
        with db.said_plainly(), Session(self._engine) as session, session.begin():
            if not is_sqlite(session):
                with in_one_go(session):
                    session.connection().execute(_LOCK)
            yield session

    @contextmanager
    def _reading(self) -> Iterator[Session]:
        with db.said_plainly(), Session(self._engine.execution_options(reads_only=True)) as session:
            yield session
