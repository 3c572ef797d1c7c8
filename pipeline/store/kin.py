"""Letters that belong together: those that a letter names, and those that the same person signed."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal

from rapidfuzz.fuzz import ratio
from sqlalchemy import select
from sqlalchemy.orm import Session

from parsers.people import LINKED, Person, same_person
from pipeline.store.base import Connected, unknown
from pipeline.store.keeping import corrected, machine_result
from pipeline.store.models import LetterRow
from pipeline.store.records import IN_REGISTER, RegisterRow
from pipeline.store.register import rows_of
from schemas.ink import Record
from schemas.letter import Reference

_LIMIT = 20
_NEWEST = 2_000  # letters among which a signer is looked for: the page must not wait for a million
_FAR = 50  # per cent of likeness, letter by letter, below which two names are not compared further
Field = Literal["references", "citations"]


class ReferenceHit(Record):
    """What an earlier letter that a letter names leads to in the register."""

    index: int
    by: str  # "number+date", or "number" where the dates differ or one is not known
    rows: tuple[RegisterRow, ...]
    field: Field = "references"  # under อ้างถึง, or in the text


class KinPart(Connected):
    """The store's letters beside a letter."""

    def resolve_references(self, letter_id: int) -> tuple[ReferenceHit, ...]:
        """The letters of the register that a letter names under อ้างถึง or in its text, by number and date."""
        with self._reading() as session:
            row = session.get(LetterRow, letter_id)
            machine = None if row is None else machine_result(row.document)
            if row is None or machine is None or row.document.state not in IN_REGISTER:
                raise unknown(letter_id)
            letter = corrected(session, row, machine).letter
            hits = [
                *(
                    _resolved(session, letter_id, at, one, "references")
                    for at, one in enumerate(letter.references)
                ),
                *(
                    _resolved(session, letter_id, at, one, "citations")
                    for at, one in enumerate(letter.citations)
                ),
            ]
            return tuple(hit for hit in hits if hit is not None)

    def same_signer(self, letter_id: int, limit: int = 8) -> tuple[RegisterRow, ...]:
        """Letters of other files that the signer of a letter may have signed as well, the newest first.

        Spellings are linked by post and likeness of names; each letter keeps the name as it was read.
        """
        with self._reading() as session:
            row = session.get(LetterRow, letter_id)
            if row is None or row.document.state not in IN_REGISTER:
                raise unknown(letter_id)
            if not row.signatory:
                return ()
            me, found = Person(row.signatory, row.signatory_position), []
            linked: dict[Person, bool] = {}  # most names sign many letters
            for other, name, post in _signed(session, row.sha256):
                them = Person(name, post)
                if them not in linked:
                    linked[them] = _is_same(me, them)
                if linked[them]:
                    found.append(other)
                if len(found) == limit:
                    break
            rows = rows_of(session, found)
            return tuple(rows[each] for each in found if each in rows)


def _is_same(one: Person, other: Person) -> bool:
    near = ratio(one.name or "", other.name or "", score_cutoff=_FAR) > 0
    return near and same_person(one, other) >= LINKED


def _signed(session: Session, sha256: str) -> list[tuple[int, str, str | None]]:
    """The newest letters of other files with a signer: their place in the register, the name, the post."""
    newest = (
        select(LetterRow.id, LetterRow.signatory, LetterRow.signatory_position)
        .where(LetterRow.sha256 != sha256, LetterRow.signatory.is_not(None))
        .order_by(LetterRow.received_at.desc(), LetterRow.id.desc())
        .limit(_NEWEST)
    )
    return [(each.id, each.signatory or "", each.signatory_position) for each in session.execute(newest)]


def _resolved(
    session: Session, letter_id: int, index: int, reference: Reference, field: Field
) -> ReferenceHit | None:
    number = reference.number.value if reference.number else None
    if number is None:
        return None
    query = select(LetterRow.id).where(LetterRow.number_text == number.text, LetterRow.id != letter_id)
    day = reference.date.value if reference.date else None
    exact: Sequence[int] = session.scalars(query.where(LetterRow.letter_date == day).limit(_LIMIT)).all()
    found = exact if day is not None and exact else session.scalars(query.limit(_LIMIT)).all()
    rows = rows_of(session, found)
    by = "number+date" if day is not None and exact else "number"
    return ReferenceHit(index=index, by=by, rows=tuple(rows.values()), field=field) if rows else None
