"""The register as people list it: one row a letter, with its receipt, deadline and findings beside it."""

from __future__ import annotations

import datetime as dt
from collections import Counter, defaultdict
from collections.abc import Sequence
from typing import Any, NamedTuple

from sqlalchemy import func, or_, select
from sqlalchemy.orm import Session, selectinload

from pipeline.store.matching import one_of
from pipeline.store.models import DeadlineRow, DocumentRow, FindingRow, LetterRow, ReceiptRow, SightingRow
from pipeline.store.records import IN_REGISTER, RegisterRow

_NO_RECEIPT = ReceiptRow(position=0, agency=None, number=None, date=None, time=None)


def register_rows(session: Session, needs_person: bool | None, limit: int | None) -> list[RegisterRow]:
    """Rows in the order of arrival; `limit` gives the newest so many."""
    query = (
        select(DocumentRow, LetterRow)
        .outerjoin(LetterRow, LetterRow.sha256 == DocumentRow.sha256)
        .where(DocumentRow.state.in_(IN_REGISTER))
        .options(
            selectinload(DocumentRow.findings),
            selectinload(DocumentRow.sightings),
            selectinload(LetterRow.receipts),
            selectinload(LetterRow.deadlines),
        )
        .order_by(DocumentRow.received_at.desc(), DocumentRow.sha256.desc(), LetterRow.position.desc())
    )
    if needs_person is True:
        query = query.where(
            or_(LetterRow.needs_person, LetterRow.id.is_(None), DocumentRow.state == "needs_person")
        )
    elif needs_person is False:
        query = query.where(LetterRow.needs_person.is_(False), DocumentRow.state == "kept")
    if limit is not None:
        query = query.limit(limit)
    found = session.execute(query).all()
    return [row_of(document, letter) for document, letter in reversed(found)]


class _Parts(NamedTuple):
    """What stands beside a letter: anything with the columns' names will do."""

    receipts: Sequence[Any]
    deadlines: Sequence[Any]
    findings: Sequence[Any]
    sightings: int


def row_of(document: DocumentRow, letter: LetterRow | None) -> RegisterRow:
    """One row of the register; without a letter, that of a document in which none was found."""
    parts = _Parts(
        letter.receipts if letter else (),
        letter.deadlines if letter else (),
        document.findings,
        len(document.sightings),
    )
    return _register_row(document, letter, parts)


def rows_of(session: Session, ids: Sequence[int]) -> dict[int, RegisterRow]:
    """The register rows of several letters; columns only, which is several times as quick as whole objects."""
    asked = list(ids)
    seen = select(func.count()).where(SightingRow.sha256 == LetterRow.sha256).scalar_subquery()
    letters = session.execute(
        select(*LetterRow.__table__.columns, DocumentRow.name, DocumentRow.state, seen.label("sightings"))
        .join(DocumentRow, DocumentRow.sha256 == LetterRow.sha256)
        .where(one_of(session, LetterRow.id, asked))
    ).all()
    # The state is looked at here: asked of SQLite, it would walk all documents in it rather than these letters.
    letters = [letter for letter in letters if letter.state in IN_REGISTER]
    hashes = list({letter.sha256 for letter in letters})
    receipts = _beside(session, ReceiptRow, ReceiptRow.letter_id, asked)
    deadlines = _beside(session, DeadlineRow, DeadlineRow.letter_id, asked)
    findings = _beside(session, FindingRow, FindingRow.sha256, hashes)
    return {
        letter.id: _register_row(
            letter,
            letter,
            _Parts(receipts[letter.id], deadlines[letter.id], findings[letter.sha256], letter.sightings),
        )
        for letter in letters
    }


def _beside(session: Session, table: Any, key: Any, wanted: Sequence[object]) -> dict[Any, list[Any]]:
    """The rows of a table by what they belong to."""
    found: dict[Any, list[Any]] = defaultdict(list)
    if wanted:
        for row in session.execute(select(*table.__table__.columns).where(one_of(session, key, wanted))):
            found[getattr(row, key.key)].append(row)
    return found


def _register_row(document: Any, letter: Any, parts: _Parts) -> RegisterRow:
    found = [
        finding for finding in parts.findings if letter is None or finding.letter in (None, letter.position)
    ]
    weights = Counter(finding.severity for finding in found)
    letter = letter or LetterRow(doubtful=[], needs_person=True, version=1)
    receipt = max(parts.receipts, key=_moment, default=_NO_RECEIPT)
    days = [deadline.date for deadline in parts.deadlines if deadline.date is not None]
    return RegisterRow(
        id=letter.id,
        sha256=document.sha256,
        file=document.name or "",
        letter=letter.position,
        page=letter.page,
        kind=letter.kind,
        number=letter.number_text,
        code=letter.code,
        date=letter.letter_date,
        agency=letter.agency,
        subject=letter.subject,
        addressee=letter.addressee,
        signatory=letter.signatory,
        position=letter.signatory_position,
        urgency=letter.urgency,
        receipt_agency=receipt.agency,
        receipt_number=receipt.number,
        receipt_date=receipt.date,
        receipt_time=receipt.time,
        deadline=min(days, default=None),
        score=letter.score,
        doubtful=tuple(letter.doubtful),
        state=document.state,
        needs_person=letter.needs_person,
        errors=weights["error"],
        warnings=weights["warning"],
        notes=weights["note"],
        faults=sum(finding.fault == "document" and finding.severity != "note" for finding in found),
        copies=max(0, parts.sightings - 1),
        received_at=document.received_at,
        version=letter.version,
        confirmed=letter.confirmed_at is not None,
    )


def _moment(receipt: Any) -> tuple[dt.date, dt.time, int]:
    """The last office that stamped is the one that has the letter now."""
    return (receipt.date or dt.date.min, receipt.time or dt.time.min, receipt.position)
