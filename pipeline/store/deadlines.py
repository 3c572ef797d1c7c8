"""Deadlines (กำหนด): what is due when, and what is done."""

from __future__ import annotations

import datetime as dt

from sqlalchemy import select

from pipeline.store import log
from pipeline.store.base import Connected, unknown
from pipeline.store.ledger_rows import now
from pipeline.store.models import DeadlineRow, LetterRow
from pipeline.store.records import IN_REGISTER, RegisterRow
from pipeline.store.register import rows_of
from schemas.ink import Record


class DueRow(Record):
    """One deadline with its letter."""

    id: int  # stays the same when the letter is read again
    letter_id: int
    date: dt.date | None
    time: dt.time | None
    kind: str | None
    phrase: str
    sure: bool
    done_at: dt.datetime | None
    done_by: str | None
    row: RegisterRow


class DeadlinePart(Connected):
    """The store's deadlines."""

    def due(
        self,
        first: dt.date | None = None,
        last: dt.date | None = None,
        done: bool | None = False,
        limit: int = 1000,
    ) -> list[DueRow]:
        """Deadlines between two days, both included, in their order; `done` None gives all."""
        query = select(DeadlineRow).where(DeadlineRow.date.is_not(None))
        if first is not None:
            query = query.where(DeadlineRow.date >= first)
        if last is not None:
            query = query.where(DeadlineRow.date <= last)
        if done is not None:
            query = query.where(DeadlineRow.done_at.is_not(None) if done else DeadlineRow.done_at.is_(None))
        query = query.order_by(DeadlineRow.date, DeadlineRow.time, DeadlineRow.id).limit(limit)
        with self._reading() as session:
            found = session.scalars(query).all()
            rows = rows_of(session, list({each.letter_id for each in found}))
            return [_due(each, rows[each.letter_id]) for each in found if each.letter_id in rows]

    def finish_deadline(self, deadline_id: int, *, who: str, done: bool = True) -> DueRow:
        """Mark a deadline as done, or as not done after all."""
        with self._writing() as session:
            row = session.get(DeadlineRow, deadline_id)
            letter = None if row is None else session.get(LetterRow, row.letter_id)
            if row is None or letter is None or letter.document.state not in IN_REGISTER:
                raise unknown(deadline_id)
            row.done_by, row.done_at = (who, now()) if done else (None, None)
            letter.due = min(
                (each.date for each in letter.deadlines if each.date is not None and each.done_at is None),
                default=None,
            )
            detail = {"deadline": row.id}
            log.append(
                session, "deadline.done" if done else "deadline.open", who, f"letter {letter.id}", detail
            )
            return _due(row, rows_of(session, [letter.id])[letter.id])


def _due(deadline: DeadlineRow, row: RegisterRow) -> DueRow:
    return DueRow(
        id=deadline.id,
        letter_id=deadline.letter_id,
        date=deadline.date,
        time=deadline.time,
        kind=deadline.kind,
        phrase=deadline.phrase,
        sure=f"deadlines.{deadline.position}.date" not in row.doubtful,
        done_at=deadline.done_at,
        done_by=deadline.done_by,
        row=row,
    )
