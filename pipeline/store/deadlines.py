"""Deadlines (กำหนด): what is due when, and what is done."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence
from typing import Any

from sqlalchemy import Select, and_, func, literal, or_, select, tuple_
from sqlalchemy.orm import Session

from pipeline.store import log
from pipeline.store.base import Connected, unknown
from pipeline.store.ledger_rows import now
from pipeline.store.models import DeadlineRow, LetterRow
from pipeline.store.places import Cursor, bad_cursor, read_cursor
from pipeline.store.records import IN_REGISTER, RegisterRow
from pipeline.store.register import rows_of
from schemas.ink import Record

_BATCH = 500
_FIRST = dt.time(0)  # where a deadline without a time stands in its day


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


class DuePage(Record):
    """A stretch of deadlines."""

    rows: tuple[DueRow, ...]
    next: str | None  # where the next stretch begins; None at the end


class DueDay(Record):
    """How many deadlines a day has, and the first of them."""

    date: dt.date
    count: int
    open: int  # of these, not done
    first: tuple[DueRow, ...]


class DeadlinePart(Connected):
    """The store's deadlines."""

    def due(
        self,
        first: dt.date | None = None,
        last: dt.date | None = None,
        done: bool | None = False,
        *,
        limit: int = 1000,
        after: str | None = None,
    ) -> DuePage:
        """Deadlines between two days, both included, in their order; `done` None gives all."""
        query = _between(select(DeadlineRow), first, last, done)
        time = func.coalesce(DeadlineRow.time, literal(_FIRST))
        if after is not None:
            day, hour, id_ = _place(after)
            later = and_(DeadlineRow.date == day, tuple_(time, DeadlineRow.id) > tuple_(literal(hour), id_))
            query = query.where(DeadlineRow.date >= day, or_(DeadlineRow.date > day, later))
        query = query.order_by(DeadlineRow.date, time, DeadlineRow.id).limit(limit + 1)
        with self._reading() as session:
            found = session.scalars(query).all()
            end = found[limit - 1] if len(found) > limit else None
            return DuePage(rows=_dues(session, found[:limit]), next=None if end is None else _token(end))

    def every_due(
        self, first: dt.date | None = None, last: dt.date | None = None, done: bool | None = False
    ) -> Iterator[DueRow]:
        """All deadlines between two days in their order, however many they are."""
        after: str | None = None
        while True:
            page = self.due(first, last, done, limit=_BATCH, after=after)
            yield from page.rows
            after = page.next
            if after is None:
                return

    def latest_due(self, first: dt.date, last: dt.date, limit: int) -> tuple[DueRow, ...]:
        """The last open deadlines between two days, in their order."""
        query = _between(select(DeadlineRow), first, last, done=False)
        with self._reading() as session:
            found = session.scalars(
                query.order_by(DeadlineRow.date.desc(), DeadlineRow.id.desc()).limit(limit)
            )
            return _dues(session, found.all()[::-1])

    def due_days(self, first: dt.date, last: dt.date, each: int) -> dict[dt.date, DueDay]:
        """The days between two that have deadlines: how many, and the first few, open ones before others."""
        counts = _between(
            select(DeadlineRow.date, func.count(), func.count(DeadlineRow.done_at)), first, last, None
        )
        done, time = DeadlineRow.done_at.is_not(None), func.coalesce(DeadlineRow.time, literal(_FIRST))
        place = func.row_number().over(partition_by=DeadlineRow.date, order_by=(done, time, DeadlineRow.id))
        placed = _between(
            select(DeadlineRow.id.label("id"), place.label("place")), first, last, None
        ).subquery()
        heads = select(DeadlineRow).join(placed, placed.c.id == DeadlineRow.id).where(placed.c.place <= each)
        with self._reading() as session:
            shown: dict[dt.date, list[DueRow]] = {}
            for row in _dues(
                session, session.scalars(heads.order_by(DeadlineRow.date, placed.c.place)).all()
            ):
                if row.date is not None:
                    shown.setdefault(row.date, []).append(row)
            return {
                day: DueDay(date=day, count=count, open=count - met, first=tuple(shown.get(day, ())))
                for day, count, met in session.execute(counts.group_by(DeadlineRow.date))
                if day is not None
            }

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


def _between(
    query: Select[*tuple[Any, ...]], first: dt.date | None, last: dt.date | None, done: bool | None
) -> Any:
    query = query.where(DeadlineRow.date.is_not(None))
    if first is not None:
        query = query.where(DeadlineRow.date >= first)
    if last is not None:
        query = query.where(DeadlineRow.date <= last)
    if done is not None:
        query = query.where(DeadlineRow.done_at.is_not(None) if done else DeadlineRow.done_at.is_(None))
    return query


def _token(row: DeadlineRow) -> str:
    moment = dt.datetime.combine(row.date or dt.date.min, row.time or _FIRST)
    return Cursor(moment.isoformat(), row.id).token()


def _place(token: str) -> tuple[dt.date, dt.time, int]:
    cursor = read_cursor(token)
    try:
        moment = dt.datetime.fromisoformat(cursor.value or "")
    except ValueError:
        raise bad_cursor() from None
    return moment.date(), moment.time(), cursor.id


def _dues(session: Session, found: Sequence[DeadlineRow]) -> tuple[DueRow, ...]:
    rows = rows_of(session, list({each.letter_id for each in found}))
    return tuple(_due(each, rows[each.letter_id]) for each in found if each.letter_id in rows)


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
