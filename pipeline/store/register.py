"""The register as people list it: one row a letter, with its receipt, deadline and findings beside it."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Sequence
from functools import cache
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, Select, and_, case, func, literal_column, or_, select
from sqlalchemy.orm import Session, aliased, selectinload

from pipeline.store.base import is_sqlite
from pipeline.store.matching import among, given
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


class _Beside(NamedTuple):
    """What stands beside a letter."""

    receipt: Any  # anything with the columns' names will do
    deadline: dt.date | None  # the earliest
    errors: int
    warnings: int
    notes: int
    faults: int
    copies: int


def row_of(document: DocumentRow, letter: LetterRow | None) -> RegisterRow:
    """One row of the register; without a letter, that of a document in which none was found."""
    found = [
        finding
        for finding in document.findings
        if letter is None or finding.letter in (None, letter.position)
    ]
    weights = Counter(finding.severity for finding in found)
    days = [each.date for each in letter.deadlines if each.date is not None] if letter else []
    beside = _Beside(
        receipt=max(letter.receipts, key=_moment, default=_NO_RECEIPT) if letter else _NO_RECEIPT,
        deadline=min(days, default=None),
        errors=weights["error"],
        warnings=weights["warning"],
        notes=weights["note"],
        faults=sum(finding.fault == "document" and finding.severity != "note" for finding in found),
        copies=len(document.sightings) - 1,
    )
    return _register_row(document, letter or LetterRow(doubtful=[], needs_person=True, version=1), beside)


def rows_of(session: Session, ids: Sequence[int]) -> dict[int, RegisterRow]:
    """The register rows of several letters, by one question for columns only: whole objects take several times as long.

    The state is looked at here: asked of SQLite, it would walk all documents in it rather than these letters.
    """
    if not ids:
        return {}
    found = session.execute(_rows(is_sqlite(session)), {"ids": given(session, ids)})
    return {
        row.id: _register_row(
            row,
            row,
            _Beside(
                receipt=_Receipt(*row[:4]),
                deadline=row.deadline,
                errors=row.errors,
                warnings=row.warnings,
                notes=row.notes,
                faults=row.faults,
                copies=row.sightings - 1,
            ),
        )
        for row in found
        if row.state in IN_REGISTER
    }


class _Receipt(NamedTuple):
    """A receipt's columns, as they stand first in a row of `_rows`."""

    agency: str | None
    number: str | None
    date: dt.date | None
    time: dt.time | None


@cache
def _rows(sqlite: bool) -> Select[Any]:
    """The question for the letters among `ids`, put together once."""

    def findings(
        *conditions: ColumnElement[bool],
    ) -> Any:  # by the document's index, however few are of a kind
        about = or_(FindingRow.letter.is_(None), FindingRow.letter == LetterRow.position)
        counted = func.count(case((and_(about, *conditions), literal_column("1"))))
        return select(counted).where(FindingRow.sha256 == LetterRow.sha256).scalar_subquery()

    is_note = FindingRow.severity == literal_column("'note'")
    is_fault = FindingRow.fault == literal_column("'document'")
    stamped = aliased(ReceiptRow)
    last = (
        select(stamped.id)
        .where(stamped.letter_id == LetterRow.id)
        .order_by(stamped.date.desc().nulls_last(), stamped.time.desc().nulls_last(), stamped.position.desc())
        .limit(literal_column("1"))
    )
    sightings = select(func.count()).where(SightingRow.sha256 == LetterRow.sha256)
    first_day = select(func.min(DeadlineRow.date)).where(DeadlineRow.letter_id == LetterRow.id)
    return (
        select(
            *(ReceiptRow.agency.label("_agency"), ReceiptRow.number.label("_number")),
            *(ReceiptRow.date.label("_date"), ReceiptRow.time.label("_time")),
            *(column for column in LetterRow.__table__.columns),
            DocumentRow.name,
            DocumentRow.state,
            first_day.scalar_subquery().label("deadline"),
            findings(is_note).label("notes"),
            findings(is_fault, ~is_note).label("faults"),
            sightings.scalar_subquery().label("sightings"),
        )
        .join(DocumentRow, DocumentRow.sha256 == LetterRow.sha256)
        .outerjoin(ReceiptRow, ReceiptRow.id == last.scalar_subquery())
        .where(among(sqlite, LetterRow.id))
    )


def _register_row(document: Any, letter: Any, beside: _Beside) -> RegisterRow:
    receipt = beside.receipt
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
        deadline=beside.deadline,
        score=letter.score,
        doubtful=tuple(letter.doubtful),
        state=document.state,
        needs_person=letter.needs_person,
        errors=beside.errors,
        warnings=beside.warnings,
        notes=beside.notes,
        faults=beside.faults,
        copies=max(0, beside.copies),
        received_at=document.received_at,
        version=letter.version,
        confirmed=letter.confirmed_at is not None,
    )


def _moment(receipt: Any) -> tuple[dt.date, dt.time, int]:
    """The last office that stamped is the one that has the letter now."""
    return (receipt.date or dt.date.min, receipt.time or dt.time.min, receipt.position)
