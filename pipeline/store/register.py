"""The register as people list it: one row a letter, with its receipt, deadline and findings beside it."""

from __future__ import annotations

import datetime as dt
from collections import Counter

from sqlalchemy import or_, select
from sqlalchemy.orm import Session, selectinload

from pipeline.store.ledger_rows import entry_of
from pipeline.store.models import DocumentRow, LetterRow, ReceiptRow
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
    return [_row(document, letter) for document, letter in reversed(found)]


def _row(document: DocumentRow, letter: LetterRow | None) -> RegisterRow:
    found = [
        finding
        for finding in document.findings
        if letter is None or finding.letter in (None, letter.position)
    ]
    weights = Counter(finding.severity for finding in found)
    letter = letter or LetterRow(receipts=[], deadlines=[], doubtful=[], needs_person=True)
    receipt = max(letter.receipts, key=_moment, default=_NO_RECEIPT)
    days = [deadline.date for deadline in letter.deadlines if deadline.date is not None]
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
        state=entry_of(document).state,
        needs_person=letter.needs_person,
        errors=weights["error"],
        warnings=weights["warning"],
        notes=weights["note"],
        faults=sum(finding.fault == "document" and finding.severity != "note" for finding in found),
        copies=max(0, len(document.sightings) - 1),
        received_at=document.received_at,
    )


def _moment(receipt: ReceiptRow) -> tuple[dt.date, dt.time, int]:
    """The last office that stamped is the one that has the letter now."""
    return (receipt.date or dt.date.min, receipt.time or dt.time.min, receipt.position)
