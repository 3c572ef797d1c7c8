"""The ledger's statements: each a function on an open session, so that several share one transaction."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from pathlib import Path

from sqlalchemy import bindparam, delete, select
from sqlalchemy.orm import Session, undefer
from sqlalchemy.orm.attributes import set_committed_value

from pipeline.store.models import DocumentRow, SightingRow
from pipeline.store.records import FINAL, Entry, Place

MAX_ATTEMPTS = 6
"""Attempts to read one document before it waits for a person; three of them are one run with its retries."""

_WHOLE = (
    select(DocumentRow).options(undefer(DocumentRow.record)).where(DocumentRow.sha256 == bindparam("sha256"))
)


def now() -> dt.datetime:
    """This moment, with its zone."""
    return dt.datetime.now(dt.UTC)


def entry_of(row: DocumentRow) -> Entry:
    """A ledger row as a record."""
    return Entry.model_validate({name: getattr(row, name) for name in Entry.model_fields})


def admit(session: Session, sha256: str, *, whole: bool = False) -> DocumentRow:
    """The row of a content, made now when it is new: its received_at is this moment.

    `whole`: with its record. What has no record has no letters either, and the database is not asked for them.
    """
    asked = session.scalars(_WHOLE, {"sha256": sha256}) if whole else None
    row = session.get(DocumentRow, sha256) if asked is None else asked.one_or_none()
    if row is None:
        moment = now()
        row = DocumentRow(
            sha256=sha256,
            state="seen",
            attempts=0,
            page_count=0,
            received_at=moment,
            updated_at=moment,
            record=None,
            letters=[],
            findings=[],
            sightings=[],
        )
        session.add(row)
    elif whole and row.record is None:
        for name in ("letters", "findings"):
            set_committed_value(row, name, [])
    return row


def begin(session: Session, sha256: str, again: bool) -> DocumentRow:
    """Mark a document as being read, unless it is done or has failed too often.

    `again`: a person asked, so a failed document gets one more attempt.
    """
    row = admit(session, sha256)
    if row.state in FINAL or (row.state == "failed" and not again):
        return row
    row.updated_at = now()
    if row.state != "failed" and row.attempts >= MAX_ATTEMPTS:  # each attempt ended in a crash or a failure
        row.state = "failed"
        row.error_code = row.error_code or "reading.crashed"
        row.error = row.error or "โปรแกรมหยุดทำงานทุกครั้งที่อ่านไฟล์นี้ โปรดให้ผู้ดูแลตรวจดู"
        row.error_en = (
            row.error_en or "The program stopped each time it read this file. Let somebody look at it."
        )
        return row
    row.state, row.attempts = "reading", min(row.attempts, MAX_ATTEMPTS - 1) + 1
    return row


def fail(
    session: Session, sha256: str, trouble: tuple[str, str, str], final: bool, counts: bool
) -> DocumentRow:
    """Record that our tools failed: to be tried again, or (too often, or `final`) left to a person."""
    row = admit(session, sha256)
    if not counts:
        row.attempts = max(0, row.attempts - 1)
    row.state = "failed" if final or row.attempts >= MAX_ATTEMPTS else "seen"
    row.error_code, row.error, row.error_en = trouble
    row.updated_at = now()
    return row


def note_places(session: Session, sha256: str, places: Sequence[Place]) -> int:
    """Record under which paths a content lies; return how many of these double one that still exists."""
    known = list(session.scalars(select(SightingRow.path).where(SightingRow.sha256 == sha256)))
    known = [path for path in known if Path(path).exists()]
    duplicates = 0
    for place in places:
        if any(path != place.path for path in known):
            duplicates += 1
        known.append(place.path)
        session.merge(
            SightingRow(
                path=place.path,
                sha256=sha256,
                size=place.size,
                mtime_ns=place.mtime_ns,
                ctime_ns=place.ctime_ns,
                seen_at=now(),
            )
        )
    return duplicates


def withdraw(session: Session, sha256: str) -> None:
    """Forget a content that came only in part; one that was judged before goes back to what it was."""
    row = session.get(DocumentRow, sha256)
    if row is None:
        return
    if row.record is None:
        session.delete(row)
    else:
        row.state = "quarantined"


def erase(session: Session, row: DocumentRow) -> None:
    """Leave of a protected document only its hash, its times and its class."""
    session.execute(delete(SightingRow).where(SightingRow.sha256 == row.sha256))
    row.letters, row.findings = [], []
    row.name = row.record = row.pages = None
    row.error_code = row.error = row.error_en = None
    row.page_count, row.attempts = 0, 0
