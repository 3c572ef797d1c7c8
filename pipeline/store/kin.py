"""Letters that belong together: those that a letter names, that name it, and that the same person signed."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Literal

from rapidfuzz.fuzz import ratio
from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload, undefer

from parsers.people import LINKED, Person, same_person
from pipeline.store.base import Connected, unknown
from pipeline.store.keeping import corrected, machine_result
from pipeline.store.looking import Looking
from pipeline.store.models import DocumentRow, LetterRow
from pipeline.store.models_people import ChangeRow
from pipeline.store.query import Piece, Query
from pipeline.store.records import IN_REGISTER, RegisterRow, RowFilter
from pipeline.store.register import rows_of
from schemas.ink import Record
from schemas.letter import Reference

_LIMIT = 20
_ASKED = 60  # letters in whose words a number stands, and that are asked whether they mean this letter
_NEWEST = 2_000  # letters among which a signer is looked for: the page must not wait for a million
_FAR = 50  # per cent of likeness, letter by letter, below which two names are not compared further
Field = Literal["references", "citations"]
By = Literal["number+date", "number"]
"""How a letter is known as the one that is named: `number` where the days differ or one is not known."""
_FIELDS: tuple[Field, ...] = ("references", "citations")


class ReferenceHit(Record):
    """What an earlier letter that a letter names leads to in the register."""

    index: int
    by: By
    rows: tuple[RegisterRow, ...]
    field: Field = "references"  # under อ้างถึง, or in the text


class Naming(Record):
    """A later letter that names a letter."""

    by: By
    row: RegisterRow


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
            hits = (
                _resolved(session, letter_id, at, one, field)
                for field in _FIELDS
                for at, one in enumerate(getattr(letter, field))
            )
            return tuple(hit for hit in hits if hit is not None)

    def naming(self, letter_id: int) -> tuple[Naming, ...]:
        """Letters whose `resolve_references` leads to a letter, the newest first: answers to it, reminders of it.

        Looked for among the newest letters in whose words its number stands; such as name it twice count once.
        """
        with self._reading() as session:
            row = session.get(LetterRow, letter_id)
            if row is None or row.document.state not in IN_REGISTER:
                raise unknown(letter_id)
            found: dict[int, By] = {}
            for other in _holding(session, row) if row.number_text else ():
                ways = {
                    by
                    for one in _references(session, other)
                    if one.number is not None and one.number.value is not None
                    if one.number.value.text == row.number_text
                    for by, ids in [_leads(session, other.id, one)]
                    if letter_id in ids
                }
                if ways:
                    found[other.id] = "number+date" if "number+date" in ways else "number"
                if len(found) == _LIMIT:
                    break
            rows = rows_of(session, list(found))
            return tuple(Naming(by=by, row=rows[each]) for each, by in found.items() if each in rows)

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


def _holding(session: Session, row: LetterRow) -> Iterator[LetterRow]:
    """The newest other letters in whose words a letter's number stands, with their records."""
    piece = Piece(text=row.number_text or "", exact=True)
    ids = Looking(session, Query(pieces=(piece,), filters=RowFilter())).newest(_ASKED)
    whole = joinedload(LetterRow.document).options(undefer(DocumentRow.record))
    others = select(LetterRow).where(LetterRow.id.in_(ids), LetterRow.id != row.id).options(whole)
    known = {each.id: each for each in session.scalars(others)}
    yield from (known[each] for each in ids if each in known)


def _references(session: Session, row: LetterRow) -> list[Reference]:
    """What a letter names. Most letters name few or none, and have no corrections: their record is not read whole."""
    if session.scalar(select(ChangeRow.id).where(ChangeRow.letter_id == row.id).limit(1)) is not None:
        machine = machine_result(row.document)
        letter = None if machine is None else corrected(session, row, machine).letter
        return [one for field in _FIELDS for one in getattr(letter, field, ())]
    letters = (row.document.record or {}).get("letters", [])
    data = letters[row.position] if row.position < len(letters) else {}
    return [Reference.model_validate(one) for field in _FIELDS for one in data.get(field, ())]


def _resolved(
    session: Session, letter_id: int, index: int, reference: Reference, field: Field
) -> ReferenceHit | None:
    by, found = _leads(session, letter_id, reference)
    rows = rows_of(session, found) if found else {}
    return ReferenceHit(index=index, by=by, rows=tuple(rows.values()), field=field) if rows else None


def _leads(session: Session, letter_id: int, reference: Reference) -> tuple[By, Sequence[int]]:
    """The letters that a letter may mean: those of the number and the day, else those of the number."""
    number = reference.number.value if reference.number else None
    if number is None:
        return "number", ()
    query = select(LetterRow.id).where(LetterRow.number_text == number.text, LetterRow.id != letter_id)
    day = reference.date.value if reference.date else None
    if day is not None:
        exact = session.scalars(query.where(LetterRow.letter_date == day).limit(_LIMIT)).all()
        if exact:
            return "number+date", exact
    return "number", session.scalars(query.limit(_LIMIT)).all()
