"""The names that people of this office confirmed: they help the next reading, and the lists to choose from."""

from __future__ import annotations

from typing import NamedTuple

from sqlalchemy import select
from sqlalchemy.orm import Session

from pipeline.store.base import Connected
from pipeline.store.models import LetterRow
from pipeline.store.models_people import NameRow

_KINDS = ("agency", "addressee", "signatory")


class KnownName(NamedTuple):
    """A name that somebody confirmed, and of agencies the code of their letters."""

    name: str
    code: str | None


def learn(session: Session, letter: LetterRow) -> None:
    """Count the names of a letter that was just confirmed."""
    for kind in _KINDS:
        name = getattr(letter, kind)
        if name is None:
            continue
        row = _row(session, kind, name)
        if row is None:
            session.add(NameRow(kind=kind, name=name, code=_code(kind, letter), count=1))
        else:
            row.count, row.code = row.count + 1, _code(kind, letter) or row.code


def forget(session: Session, letter: LetterRow) -> None:
    """Take back what `learn` counted: the letter is to be forgotten, or is no longer confirmed."""
    for kind in _KINDS:
        row = _row(session, kind, getattr(letter, kind) or "")
        if row is not None:
            row.count -= 1
            if row.count <= 0:
                session.delete(row)


def _row(session: Session, kind: str, name: str) -> NameRow | None:
    return session.scalars(select(NameRow).where(NameRow.kind == kind, NameRow.name == name)).first()


def _code(kind: str, letter: LetterRow) -> str | None:
    return letter.code if kind == "agency" else None


class NamesPart(Connected):
    """What the store knows of names."""

    def office_names(self, kind: str = "agency", limit: int = 1000) -> tuple[KnownName, ...]:
        """Names of agencies (or `addressee`, `signatory`) that people confirmed, the most frequent first."""
        query = (
            select(NameRow.name, NameRow.code)
            .where(NameRow.kind == kind)
            .order_by(NameRow.count.desc(), NameRow.name)
            .limit(limit)
        )
        with self._reading() as session:
            return tuple(KnownName(name, code) for name, code in session.execute(query))
