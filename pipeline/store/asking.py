"""What a filter asks of the tables: conditions with an index of their own, others, and words to look for."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator, Sequence
from typing import Any, Literal, NamedTuple

from sqlalchemy import ColumnElement, and_, exists, func, literal_column, or_, select
from sqlalchemy.orm import Session

from parsers.segment import words
from pipeline.store.base import is_sqlite
from pipeline.store.index import FROM, TO
from pipeline.store.matching import Phrase
from pipeline.store.models import DeadlineRow, DocumentRow, LetterRow, ReceiptRow
from pipeline.store.records import IN_REGISTER, RowFilter

_SHORT = 20_000  # letters of a range that may be sorted
_CODE = re.compile("[ก-ฮ]{2,5}")
Order = Literal["received", "date", "due", "number", "agency"]


class Narrow(NamedTuple):
    """A condition whose letters an index gives."""

    condition: ColumnElement[bool]
    order: Order | None = None  # the order of the list along whose own index these letters stand together
    arrival: bool = False  # whether its index gives them in the order of arrival


class Asked(NamedTuple):
    """A filter as the tables understand it."""

    narrow: list[Narrow]
    others: list[ColumnElement[bool]]
    wanted: list[tuple[Phrase, ...]]

    @property
    def conditions(self) -> list[ColumnElement[bool]]:
        """All conditions on columns."""
        return [*(each.condition for each in self.narrow), *self.others]


def asked(session: Session, filters: RowFilter) -> Asked:
    """What a filter asks of the tables."""
    wanted: list[tuple[Phrase, ...]] = []
    sender = _of_sender(session, filters.agency) if filters.agency else []
    if filters.agency and not sender:
        wanted.append(_marked(FROM, filters.agency))
    if filters.addressee:
        wanted.append(_marked(TO, filters.addressee))
    if filters.number:
        wanted.append((Phrase(words(filters.number)),))
    narrow = [*sender, *_equal(filters), *_ranges(filters), *_marks(filters)]
    return Asked(narrow, list(_others(filters)), [each for each in wanted if each[0].words])


def _of_sender(session: Session, name: str) -> list[Narrow]:
    """The letters of a sender given by the code of its letters or by its whole name; none: it is a part of a name."""
    ways = [LetterRow.agency == name, *([LetterRow.code == name] if _CODE.fullmatch(name) else [])]
    known = [way for way in ways if session.scalar(select(exists().where(way)))]
    if len(known) == 1:
        return [Narrow(known[0], "agency" if known[0] is ways[0] else None, arrival=True)]
    return [Narrow(or_(*known))] if known else []


def numbers_of(session: Session, name: str | None) -> list[Narrow]:
    """Sorted by number, the letters of one code stand together: the walk need not pass all that come before."""
    if name is None or not _CODE.fullmatch(name):
        return []
    if session.scalar(select(exists().where(LetterRow.agency == name))):
        return []  # a sender whose whole name looks like a code may have any number
    if not session.scalar(select(exists().where(LetterRow.code == name))):
        return []
    first, end = f"{name} ", f"{name}!"  # ! comes after the space
    return [Narrow(and_(LetterRow.number_text >= first, LetterRow.number_text < end), "number")]


def _marked(mark: str, name: str) -> tuple[Phrase, ...]:
    return (Phrase(tuple(mark + word for word in words(name))),)


def _equal(filters: RowFilter) -> Iterator[Narrow]:
    """The rarest first."""
    pairs: tuple[tuple[Any, object], ...] = (
        (LetterRow.urgency, filters.urgency),
        (LetterRow.kind, filters.kind),
        (LetterRow.needs_person, filters.needs_person),
    )
    yield from (Narrow(column == value, arrival=True) for column, value in pairs if value is not None)


def _ranges(filters: RowFilter) -> Iterator[Narrow]:
    given: tuple[tuple[Order, Any, Any, Any], ...] = (
        ("date", LetterRow.letter_date, filters.date_from, filters.date_to),
        ("due", LetterRow.due, filters.due_from, filters.due_to),
    )
    for order, column, first, last in given:
        ends = [column >= first] if first is not None else []
        ends += [column <= last] if last is not None else []
        if ends:
            yield Narrow(and_(*ends), order)
    moments = [LetterRow.received_at >= midnight(filters.received_from)] if filters.received_from else []
    if filters.received_to is not None:
        moments.append(LetterRow.received_at < midnight(filters.received_to + dt.timedelta(days=1)))
    if moments:
        yield Narrow(and_(*moments), "received")


def midnight(day: dt.date) -> dt.datetime:
    """The moment at which a day begins where this computer stands."""
    return dt.datetime(day.year, day.month, day.day).astimezone()


def _marks(filters: RowFilter) -> Iterator[Narrow]:
    """What few letters have: each such question has an index of these letters alone."""
    nothing: ColumnElement[int] = literal_column(
        "0"
    )  # as the index has it, not as a value that comes with the question
    if filters.has_error:
        yield Narrow(LetterRow.errors > nothing, arrival=True)
    if filters.has_warning:
        yield Narrow(LetterRow.warnings > nothing, arrival=True)
    if filters.confirmed:
        yield Narrow(LetterRow.confirmed_at.is_not(None), arrival=True)
    if filters.open_deadline:
        yield Narrow(LetterRow.due.is_not(None), "due")


def _others(filters: RowFilter) -> Iterator[ColumnElement[bool]]:
    if filters.has_error is False:
        yield LetterRow.errors == 0
    if filters.has_warning is False:
        yield LetterRow.warnings == 0
    if filters.confirmed is False:
        yield LetterRow.confirmed_at.is_(None)
    if filters.open_deadline is False:
        yield LetterRow.due.is_(None)
    for wanted, row in ((filters.has_deadline, DeadlineRow), (filters.has_receipt, ReceiptRow)):
        # one letter's alone: PostgreSQL may gather those of all letters to answer whether there are any
        first = select(func.min(row.id)).where(row.letter_id == LetterRow.id).scalar_subquery()
        if wanted is not None:
            yield first.is_not(None) if wanted else first.is_(None)
    if filters.state in IN_REGISTER:
        state = select(DocumentRow.state).where(DocumentRow.sha256 == LetterRow.sha256).scalar_subquery()
        yield state == filters.state


def shown(session: Session, question: Asked) -> list[ColumnElement[bool]]:
    """All conditions, to be answered together. SQLite keeps no figures: by few days first, then by the sender."""
    ranges = [each.condition for each in question.narrow if each.order in ("date", "due", "received")]
    rest = [each.condition for each in question.narrow if each.order not in ("date", "due", "received")]
    if is_sqlite(session) and rest:
        keep = 0 if _is_short(session, ranges) else 1
        rest = [*rest[:keep], *map(hidden, rest[keep:])]
    return [*rest, *ranges, *question.others]


def _is_short(session: Session, ranges: Sequence[ColumnElement[bool]]) -> bool:
    """Whether ranges of days pick out so few letters that these may be sorted."""
    few = select(LetterRow.id).where(*ranges).limit(_SHORT + 1).subquery()
    return bool(ranges) and (session.scalar(select(func.count()).select_from(few)) or 0) <= _SHORT


def hidden(condition: ColumnElement[bool]) -> ColumnElement[bool]:
    """The same condition, for which SQLite's planner takes no index."""
    return func.iif(condition, 1, 0) == 1
