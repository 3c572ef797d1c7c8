"""Figures about the register: letters by month, sender and kind, days to the receipt, and how sure we are."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from typing import Any

from sqlalchemy import Select, func, select
from sqlalchemy.orm import Session

from pipeline.store.base import Connected
from pipeline.store.ledger_rows import entry_of
from pipeline.store.models import DocumentRow, FindingRow, LetterRow, ReceiptRow
from pipeline.store.models_people import ChangeRow
from pipeline.store.records import Entry
from schemas.ink import Record

_TOP = 20
_SAMPLE = 20_000  # of the newest letters: enough for days and doubts


class Count(Record):
    """How many there are of something."""

    label: str
    count: int


class Statistics(Record):
    """The register in figures."""

    letters: int
    documents: int
    needs_person: int
    confirmed: int
    corrections: int
    by_month: tuple[Count, ...]  # of the letters' dates: "2023-06"
    by_agency: tuple[Count, ...]  # the most frequent
    by_kind: tuple[Count, ...]
    by_urgency: tuple[Count, ...]
    by_finding: tuple[Count, ...]  # by rule
    receipt_days: tuple[Count, ...]  # days from a letter's date to its first receipt, of the newest letters
    doubtful_fields: tuple[Count, ...]  # of the newest letters
    sampled: int  # how many letters the last two were counted on
    corrected_fields: tuple[Count, ...]


class FigurePart(Connected):
    """The store in figures."""

    def statistics(self, since: dt.date | None = None) -> Statistics:
        """Count the register, or the letters that came on a day or later."""
        where = [] if since is None else [LetterRow.received_at >= _moment(since)]
        with self._reading() as session:

            def count(*conditions: Any) -> int:
                query = select(func.count()).select_from(LetterRow).where(*where, *conditions)
                return session.scalar(query) or 0

            def by(column: Any) -> tuple[Count, ...]:
                query = select(column, func.count()).where(*where, column.is_not(None)).group_by(column)
                return _counts(session, query.order_by(func.count().desc(), column).limit(_TOP))

            newest = session.execute(
                select(LetterRow.id, LetterRow.letter_date, LetterRow.doubtful)
                .where(*where)
                .order_by(LetterRow.received_at.desc(), LetterRow.id.desc())
                .limit(_SAMPLE)
            ).all()
            doubts = Counter(path.split(".")[0] for _, _, paths in newest for path in paths)
            return Statistics(
                letters=count(),
                documents=session.scalar(_documents(where)) or 0,
                needs_person=count(LetterRow.needs_person.is_(True)),
                confirmed=count(LetterRow.confirmed_at.is_not(None)),
                corrections=session.scalar(
                    select(func.count()).select_from(ChangeRow).where(ChangeRow.action == "correct")
                )
                or 0,
                by_month=_by_month(session, where),
                by_agency=by(LetterRow.agency),
                by_kind=by(LetterRow.kind),
                by_urgency=by(LetterRow.urgency),
                by_finding=_by_finding(session, where),
                receipt_days=_receipt_days(session, where),
                doubtful_fields=_sorted(doubts),
                sampled=len(newest),
                corrected_fields=_corrected(session),
            )

    def protected(self, limit: int = 1000) -> list[Entry]:
        """Protected documents, the newest first: hash, class and moment of arrival; nothing else is known."""
        query = (
            select(DocumentRow)
            .where(DocumentRow.state == "protected")
            .order_by(DocumentRow.received_at.desc())
            .limit(limit)
        )
        with self._reading() as session:
            return [entry_of(row) for row in session.scalars(query)]


def _moment(day: dt.date) -> dt.datetime:
    return dt.datetime(day.year, day.month, day.day).astimezone()


def _documents(where: list[Any]) -> Select[Any]:
    return select(func.count(LetterRow.sha256.distinct())).where(*where)


def _counts(session: Session, query: Any) -> tuple[Count, ...]:
    return tuple(Count(label=str(label), count=count) for label, count in session.execute(query))


def _sorted(counter: Counter[str]) -> tuple[Count, ...]:
    return tuple(Count(label=label, count=count) for label, count in counter.most_common(_TOP))


def _by_month(session: Session, where: list[Any]) -> tuple[Count, ...]:
    """Counted by day in the database, where an index gives it, and by month here."""
    query = (
        select(LetterRow.letter_date, func.count())
        .where(*where, LetterRow.letter_date.is_not(None))
        .group_by(LetterRow.letter_date)
    )
    months: Counter[str] = Counter()
    for day, count in session.execute(query):
        months[f"{day:%Y-%m}"] += count
    return tuple(Count(label=label, count=count) for label, count in sorted(months.items()))


def _by_finding(session: Session, where: list[Any]) -> tuple[Count, ...]:
    query = select(FindingRow.rule, func.count()).group_by(FindingRow.rule).order_by(func.count().desc())
    if where:
        query = query.where(FindingRow.sha256.in_(select(LetterRow.sha256).where(*where)))
    return _counts(session, query.limit(_TOP))


def _receipt_days(session: Session, where: list[Any]) -> tuple[Count, ...]:
    newest = (
        select(LetterRow.id, LetterRow.letter_date)
        .where(*where, LetterRow.letter_date.is_not(None))
        .order_by(LetterRow.received_at.desc())
        .limit(_SAMPLE)
        .subquery()
    )
    query = (
        select(newest.c.letter_date, func.min(ReceiptRow.date))
        .join(ReceiptRow, ReceiptRow.letter_id == newest.c.id)
        .where(ReceiptRow.date.is_not(None))
        .group_by(newest.c.id, newest.c.letter_date)
    )
    days = Counter((received - written).days for written, received in session.execute(query))
    return tuple(Count(label=str(label), count=count) for label, count in sorted(days.items()))


def _corrected(session: Session) -> tuple[Count, ...]:
    fields: Counter[str] = Counter()
    query = select(ChangeRow.path, func.count()).where(ChangeRow.action == "correct").group_by(ChangeRow.path)
    for path, count in session.execute(query):
        fields[".".join(step for step in (path or "").split(".") if not step.isdigit())] += count
    return _sorted(fields)
