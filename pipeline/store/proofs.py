"""How right values were that people confirmed: how surely each was read, and whether it was so.

Kept when a letter is confirmed or, being confirmed, corrected once more. Values that a clerk types into the register
count, and the sender; others are confirmed with the letter, but hardly looked at.
"""

from __future__ import annotations

from typing import Any

from sqlalchemy import Integer, cast, delete, func, select
from sqlalchemy.orm import Session

from parsers.text import squash
from pipeline.paths import KEY, bare, reading_at, readings
from pipeline.store import keeping
from pipeline.store.base import Connected
from pipeline.store.effective import renumbered
from pipeline.store.models import LetterRow
from pipeline.store.models_people import ProofRow
from schemas.ink import Record
from schemas.result import Result

PROVED = KEY | {"agency"}
"""The fields that count."""
_NEWEST = 50_000  # values, so that what an older model read is forgotten in time
_BATCH = 200


class Tally(Record):
    """Confirmed values of one reader and one confidence."""

    reader: str
    thousandths: int  # of confidence
    count: int
    right: int


def note(session: Session, row: LetterRow, machine: Result) -> None:
    """Compare what the machine read of a confirmed letter with what people left there."""
    forget(session, row.id)
    read, found = machine.letters[row.position], keeping.corrected(session, row, machine)
    for path, ink in readings(read):
        if bare(path) not in PROVED or ink.value is None or ink.reader == "person":
            continue
        kept = renumbered(path, found.places)
        right = None if kept is None else reading_at(found.letter, kept)
        session.add(
            ProofRow(
                letter_id=row.id,
                path=path,
                reader=ink.reader,
                sureness=int(ink.confidence * 1000 + 1e-6),
                correct=right is not None and _same(ink.value, right.value),
            )
        )


def _same(read: Any, right: Any) -> bool:
    """Spaces and signs that a person typed otherwise are no misreading."""
    if isinstance(read, str) and isinstance(right, str):
        return squash(read) == squash(right)
    return bool(read == right)


def forget(session: Session, letter_id: int) -> None:
    """The letter is no longer confirmed."""
    session.execute(delete(ProofRow).where(ProofRow.letter_id == letter_id))


class ProofPart(Connected):
    """What the store knows of its own rightness."""

    def proofs(self) -> tuple[Tally, ...]:
        """The newest values that people confirmed, counted by reader and confidence."""
        newest = select(ProofRow).order_by(ProofRow.id.desc()).limit(_NEWEST).subquery()
        right = func.sum(cast(newest.c.correct, Integer))
        query = (
            select(newest.c.reader, newest.c.sureness, func.count(), right)
            .group_by(newest.c.reader, newest.c.sureness)
            .order_by(newest.c.reader, newest.c.sureness)
        )
        with self._reading() as session:
            found = session.execute(query)
            return tuple(
                Tally(reader=reader, thousandths=sureness, count=count, right=right)
                for reader, sureness, count, right in found
            )

    def prove_missing(self) -> int:
        """Compare letters that were confirmed before this was kept; how many."""
        proved = select(ProofRow.letter_id)
        query = select(LetterRow).where(LetterRow.confirmed_at.is_not(None)).order_by(LetterRow.id)
        count, last = 0, 0
        while True:
            with self._writing() as session:
                few = query.where(LetterRow.id > last, LetterRow.id.not_in(proved)).limit(_BATCH)
                rows = session.scalars(few).all()
                for row in rows:
                    last = row.id
                    machine = keeping.machine_result(row.document)
                    if machine is not None:
                        note(session, row, machine)
                count += len(rows)
            if len(rows) < _BATCH:
                return count
