"""Letters that belong together: those that a letter names, that name it, and that the same person signed."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal

from rapidfuzz.fuzz import ratio
from sqlalchemy import and_, exists, or_, select
from sqlalchemy.orm import Session

from parsers.people import LINKED, Person, same_person
from pipeline.store.base import Connected
from pipeline.store.desk import StoredLetter
from pipeline.store.flatten import mention_rows
from pipeline.store.keeping import corrected, machine_result
from pipeline.store.models import LetterRow, MentionRow
from pipeline.store.models_people import ChangeRow
from pipeline.store.records import RegisterRow
from pipeline.store.register import rows_of
from schemas.ink import Record
from schemas.letter import Reference

_LIMIT = 20
_ASKED = 60  # namings of a number that are asked whether they mean this letter
_NEWEST = 2_000  # letters among which a signer is looked for: the page must not wait for a million
_SIGNED = 8
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


class Kin(Record):
    """The letters of the register beside a letter."""

    named: tuple[ReferenceHit, ...] = ()
    naming: tuple[Naming, ...] = ()
    signed: tuple[RegisterRow, ...] = ()


class KinPart(Connected):
    """The store's letters beside a letter."""

    def kin(self, found: StoredLetter) -> Kin:
        """The letters that a letter names under อ้างถึง or in its text, those that name it (the newest first: answers
        to it, reminders of it), and those of other files that its signer may have signed as well, the newest first.

        Spellings of a signer are linked by post and likeness of names; each letter keeps the name as it was read.
        """
        if found.row.id is None:
            return Kin()
        with self._reading() as session:
            leads = [
                (field, at, *_leads(session, found.row.id, one))
                for field in _FIELDS
                for at, one in enumerate(getattr(found.letter, field))
            ]
            naming, signed = _naming(session, found.row), _signed(session, found.row)
            rows = rows_of(session, [*(each for *_, ids in leads for each in ids), *naming, *signed])
            hits = (
                ReferenceHit(
                    index=at, by=by, rows=tuple(rows[each] for each in ids if each in rows), field=field
                )
                for field, at, by, ids in leads
            )
            return Kin(
                named=tuple(hit for hit in hits if hit.rows),
                naming=tuple(Naming(by=by, row=rows[each]) for each, by in naming.items() if each in rows),
                signed=tuple(rows[each] for each in signed if each in rows),
            )

    def mention_corrected(self) -> int:
        """Note what letters name where people corrected it, as after the change from an older version; how many."""
        paths = or_(*(ChangeRow.path.startswith(f"{field}.") for field in _FIELDS))
        with self._writing() as session:
            ids = session.scalars(select(ChangeRow.letter_id).where(paths).distinct()).all()
            for each in ids:
                row = session.get_one(LetterRow, each)
                machine = machine_result(row.document)
                if machine is None:
                    continue
                named = mention_rows(corrected(session, row, machine).letter)
                if [(one.number, one.date) for one in named] != [
                    (one.number, one.date) for one in row.mentions
                ]:
                    row.mentions = named
            return len(ids)


def _naming(session: Session, row: RegisterRow) -> dict[int, By]:
    """The newest letters whose `_leads` lead to a letter, and how."""
    if row.number is None:
        return {}
    meant = exists().where(
        LetterRow.number_text == row.number,
        LetterRow.letter_date == MentionRow.date,
        LetterRow.id.not_in((row.id, MentionRow.letter_id)),
    )
    query = (
        select(MentionRow.letter_id, MentionRow.date, meant)
        .where(MentionRow.number == row.number, MentionRow.letter_id != row.id)
        .order_by(MentionRow.letter_id.desc())
        .limit(_ASKED)
    )
    found: dict[int, By] = {}
    for letter_id, day, is_another in session.execute(query):
        if day is not None and day == row.date:
            found[letter_id] = "number+date"
        elif day is None or not is_another:  # else it means another letter of this number
            found.setdefault(letter_id, "number")
    return dict(list(found.items())[:_LIMIT])


def _signed(session: Session, row: RegisterRow) -> list[int]:
    """The newest letters of other files that a letter's signer may have signed."""
    if not row.signatory:
        return []
    columns = (LetterRow.id, LetterRow.sha256, LetterRow.received_at)
    names = (LetterRow.signatory, LetterRow.signatory_position)
    order = (LetterRow.received_at.desc(), LetterRow.id.desc())
    newest = select(*columns, *names).order_by(*order).limit(_NEWEST).subquery().c
    others = (newest.sha256 != row.sha256, newest.signatory.is_not(None))
    pairs = session.execute(select(newest.signatory, newest.signatory_position).where(*others).distinct())
    me = Person(row.signatory, row.position)
    linked = [
        and_(newest.signatory == name, newest.signatory_position.is_not_distinct_from(post))
        for name, post in pairs
        if _is_same(me, Person(name, post))
    ]
    if not linked:
        return []
    query = select(newest.id).where(*others, or_(*linked))
    return list(session.scalars(query.order_by(newest.received_at.desc(), newest.id.desc()).limit(_SIGNED)))


def _is_same(one: Person, other: Person) -> bool:
    near = ratio(one.name or "", other.name or "", score_cutoff=_FAR) > 0
    return near and same_person(one, other) >= LINKED


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
