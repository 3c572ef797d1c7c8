"""The register in pages: each a short walk along one index, however long the register is."""

from __future__ import annotations

import base64
import datetime as dt
import json
import re
from collections.abc import Callable, Sequence
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, exists, func, or_, select, tuple_
from sqlalchemy.orm import Session

from parsers.segment import words
from pipeline.errors import BadInputError
from pipeline.store import matching
from pipeline.store.base import Connected, is_sqlite
from pipeline.store.index import FROM, TO
from pipeline.store.matching import Phrase
from pipeline.store.models import DocumentRow, LetterRow, ReceiptRow
from pipeline.store.records import IN_REGISTER, RegisterRow, RowFilter, RowPage, Sort
from pipeline.store.register import row_of, rows_of

MOST = 500
"""Rows of one page."""
_COUNTED = 2000  # rows are counted so far
_SHORT = 20_000  # letters of a range that may be sorted
_FEW = 3000  # letters found by words that may be named one by one
_COLUMNS = {
    "received": LetterRow.received_at,
    "date": LetterRow.letter_date,
    "due": LetterRow.due,
    "number": LetterRow.number_text,
    "agency": LetterRow.agency,
}
_CODE = re.compile("[ก-ฮ]{2,5}")


class Asked(NamedTuple):
    """A filter as conditions on columns, and words to look for in the search."""

    conditions: list[ColumnElement[bool]]
    wanted: list[tuple[Phrase, ...]]


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
    equal = [column == value for column, value in _equal(filters) if value is not None]
    ranges = _ranges(filters)
    if is_sqlite(session) and sender + equal:  # it keeps no figures: by few days first, then by the sender
        if _is_short(session, ranges):
            sender, equal = [_hidden(each) for each in sender], [_hidden(each) for each in equal]
        elif sender:
            equal = [_hidden(each) for each in equal]
    conditions = [*sender, *equal, *ranges, *(made for made in _yes_or_no(filters) if made is not None)]
    return Asked(conditions, [each for each in wanted if each[0].words])


def _of_sender(session: Session, name: str) -> list[ColumnElement[bool]]:
    """The letters of a sender given by the code of its letters or by its whole name; none: it is a part of a name."""
    ways = [LetterRow.agency == name, *([LetterRow.code == name] if _CODE.fullmatch(name) else [])]
    known = [way for way in ways if session.scalar(select(exists().where(way)))]
    return [or_(*known)] if known else []


def _numbers_of(session: Session, name: str | None, sort: Sort) -> list[ColumnElement[bool]]:
    """Sorted by number, the letters of one code stand together: the walk need not pass all that come before."""
    if name is None or not sort.endswith("number") or not _CODE.fullmatch(name):
        return []
    if session.scalar(select(exists().where(LetterRow.agency == name))):
        return []  # a sender whose whole name looks like a code may have any number
    if not session.scalar(select(exists().where(LetterRow.code == name))):
        return []
    return [
        LetterRow.number_text >= f"{name} ",
        LetterRow.number_text < f"{name}!",
    ]  # ! comes after the space


def _marked(mark: str, name: str) -> tuple[Phrase, ...]:
    return (Phrase(tuple(mark + word for word in words(name))),)


def _equal(filters: RowFilter) -> Sequence[tuple[Any, object]]:
    return (
        (LetterRow.kind, filters.kind),
        (LetterRow.urgency, filters.urgency),
        (LetterRow.needs_person, filters.needs_person),
    )


def _ranges(filters: RowFilter) -> list[ColumnElement[bool]]:
    found: list[ColumnElement[bool]] = []
    for column, first, last in (
        (LetterRow.letter_date, filters.date_from, filters.date_to),
        (LetterRow.due, filters.due_from, filters.due_to),
    ):
        found += [column >= first] if first is not None else []
        found += [column <= last] if last is not None else []
    if filters.received_from is not None:
        found.append(LetterRow.received_at >= _midnight(filters.received_from))
    if filters.received_to is not None:
        found.append(LetterRow.received_at < _midnight(filters.received_to + dt.timedelta(days=1)))
    return found


def _midnight(day: dt.date) -> dt.datetime:
    """The moment at which a day begins where this computer stands."""
    return dt.datetime(day.year, day.month, day.day).astimezone()


def _yes_or_no(filters: RowFilter) -> list[ColumnElement[bool] | None]:
    return [
        _is(filters.has_error, LetterRow.errors > 0),
        _is(filters.has_warning, LetterRow.warnings > 0),
        _is(filters.has_deadline, LetterRow.deadlines.any()),
        _is(filters.open_deadline, LetterRow.due.is_not(None)),
        _is(filters.has_receipt, LetterRow.receipts.any(ReceiptRow.id > 0)),
        _is(filters.confirmed, LetterRow.confirmed_at.is_not(None)),
        None if filters.state is None else LetterRow.document.has(DocumentRow.state == filters.state),
    ]


def _is(wanted: bool | None, condition: ColumnElement[bool]) -> ColumnElement[bool] | None:
    if wanted is None:
        return None
    return condition if wanted else ~condition


class Cursor(NamedTuple):
    """Where a page ended: its last sort value (None: among the empty ones), id and hash."""

    value: str | None
    id: int
    sha256: str = ""

    def token(self) -> str:
        """The cursor as one word for an address."""
        return base64.urlsafe_b64encode(json.dumps(self).encode()).decode().rstrip("=")


def read_cursor(token: str) -> Cursor:
    """The cursor back; BadInputError when it is none of ours."""
    try:
        data = json.loads(base64.urlsafe_b64decode(token + "=" * (-len(token) % 4)))
        cursor = Cursor(*data)
        if isinstance(cursor.id, int) and isinstance(cursor.sha256, str):
            return cursor
    except (ValueError, TypeError):
        pass
    raise _bad_cursor()


def _bad_cursor() -> BadInputError:
    return BadInputError(
        "cursor.invalid",
        "ไม่รู้จักหน้าถัดไปที่ขอ ให้เริ่มใหม่จากหน้าแรก",
        "This is no page of a list: begin with the first.",
    )


class ListPart(Connected):
    """The register in pages."""

    def page(
        self,
        filters: RowFilter | None = None,
        sort: Sort = "-received",
        *,
        limit: int = 50,
        after: str | None = None,
    ) -> RowPage:
        """One page of the register, the next one beginning `after` the cursor that the last one gave."""
        filters = filters or RowFilter()
        limit = max(1, min(limit, MOST))
        cursor = None if after is None else read_cursor(after)
        with self._reading() as session:
            conditions = self._conditions(session, asked(session, filters))
            if not _is_short(session, _ranges(filters)):
                conditions += _numbers_of(session, filters.agency, sort)
            total = self._total(session, conditions, filters)
            if not is_sqlite(session):
                conditions = self._apart(session, conditions, _ranges(filters), few=total <= _COUNTED)
            elif total > _COUNTED:
                # Many answer: walking the list in its order meets a page of them soon, sorting them all does not.
                conditions = self._hidden(session, conditions, _ranges(filters))
            found = _Walk(session, conditions, sort, cursor, _bare(filters)).stops(limit + 1)
            shown = found[:limit]
            rows = rows_of(session, [stop.id for stop in shown if stop.id])
            return RowPage(
                rows=tuple(rows[stop.id] if stop.id else _bare_row(session, stop) for stop in shown),
                next=_cursor_after(shown[-1], sort).token() if len(found) > limit else None,
                total=min(total, _COUNTED),
                exact=total <= _COUNTED,
            )

    def _conditions(self, session: Session, wanted: Asked) -> list[ColumnElement[bool]]:
        if not wanted.wanted:
            return wanted.conditions
        found = matching.ids(session, wanted.wanted, "head")
        few = session.scalars(found.limit(_FEW + 1)).all()
        if len(few) <= _FEW:
            return [*map(_hidden_from(session), wanted.conditions), LetterRow.id.in_(few)]
        return [*wanted.conditions, (LetterRow.id + 0).in_(found)]  # + 0: walk the list's own index

    def _hidden(
        self, session: Session, conditions: list[ColumnElement[bool]], ranges: list[ColumnElement[bool]]
    ) -> list[ColumnElement[bool]]:
        """The conditions without their indexes; a range that picks out few letters keeps its own."""
        said = {str(each) for each in ranges} if _is_short(session, ranges) else set()
        return [each if str(each) in said else _hidden(each) for each in conditions]

    def _apart(
        self,
        session: Session,
        conditions: list[ColumnElement[bool]],
        ranges: list[ColumnElement[bool]],
        *,
        few: bool,
    ) -> list[ColumnElement[bool]]:
        """The conditions, those that pick out few letters asked first.

        PostgreSQL thinks that letters of any days are spread evenly, and would walk the list to where they stand.
        """
        if not conditions or not (few or _is_short(session, ranges)):
            return conditions
        picked = select(LetterRow.id).where(*(conditions if few else ranges)).cte("picked")
        told = LetterRow.id.in_(select(picked.prefix_with("MATERIALIZED").c.id))
        return [told] if few else [*conditions, told]

    def _total(self, session: Session, conditions: list[ColumnElement[bool]], filters: RowFilter) -> int:
        counted = select(LetterRow.id).where(*conditions)
        since = filters.date_from is not None or filters.received_from is not None
        if since and filters.date_to is filters.received_to is filters.due_to is None:
            counted = counted.order_by(
                LetterRow.received_at.desc()
            )  # the old end of an index holds none of them
        limited = counted.limit(_COUNTED + 1).subquery()
        total = session.scalar(select(func.count()).select_from(limited)) or 0
        bare = _bare(filters)
        if bare is not None:
            total += session.scalar(select(func.count()).select_from(DocumentRow).where(*bare)) or 0
        return total


def _hidden_from(session: Session) -> Callable[[ColumnElement[bool]], ColumnElement[bool]]:
    """How a condition is written that is to be looked at last."""
    return _hidden if is_sqlite(session) else lambda condition: condition


def _is_short(session: Session, ranges: list[ColumnElement[bool]]) -> bool:
    """Whether ranges of days pick out so few letters that these may be sorted."""
    few = select(LetterRow.id).where(*ranges).limit(_SHORT + 1).subquery()
    return bool(ranges) and (session.scalar(select(func.count()).select_from(few)) or 0) <= _SHORT


def _hidden(condition: ColumnElement[bool]) -> ColumnElement[bool]:
    """The same condition, for which SQLite's planner takes no index."""
    return func.iif(condition, 1, 0) == 1


def _bare(filters: RowFilter) -> list[ColumnElement[bool]] | None:
    """Which documents without letters answer a filter: None where it asks for what only letters have."""
    known = filters.model_dump(
        exclude={"needs_person", "received_from", "received_to", "state", "confirmed"}, exclude_none=True
    )
    if known or filters.needs_person is False or filters.confirmed:
        return None
    conditions: list[ColumnElement[bool]] = [
        DocumentRow.letterless.is_(True),
        DocumentRow.state.in_([filters.state] if filters.state else IN_REGISTER),
    ]
    if filters.received_from is not None:
        conditions.append(DocumentRow.received_at >= _midnight(filters.received_from))
    if filters.received_to is not None:
        conditions.append(DocumentRow.received_at < _midnight(filters.received_to + dt.timedelta(days=1)))
    return conditions


class _Stop(NamedTuple):
    """One place of the list: a letter's id with the value it is sorted by, or (id 0) a document without any."""

    value: Any
    id: int
    sha256: str


class _Walk(NamedTuple):
    """One walk along the register: letters that have the value it is sorted by, then those that do not."""

    session: Session
    conditions: list[ColumnElement[bool]]
    sort: Sort
    after: Cursor | None
    bare: list[ColumnElement[bool]] | None

    def stops(self, count: int) -> list[_Stop]:
        """The next so many."""
        column = _COLUMNS[self.sort.lstrip("-")]
        if self.sort.endswith("received"):
            return sorted([*self._letters(column, count), *self._letterless(count)], reverse=self._down)[
                :count
            ]
        found: list[_Stop] = []
        if self.after is None or self.after.value is not None:
            found = self._letters(column, count)
        if len(found) < count and (self.after is None or self.after.sha256 == ""):
            found += self._empty(column, count - len(found))
        if len(found) < count:
            found += self._letterless(count - len(found))
        return found

    @property
    def _down(self) -> bool:
        return self.sort.startswith("-")

    def _letters(self, column: Any, count: int) -> list[_Stop]:
        query = select(column, LetterRow.id).where(*self.conditions, column.is_not(None))
        if self.after is not None and self.after.value is not None:
            place = tuple_(column, LetterRow.id)
            end = tuple_(_bound(column, self.after.value), self.after.id)
            query = query.where(place < end if self._down else place > end)
        order = (column.desc(), LetterRow.id.desc()) if self._down else (column, LetterRow.id)
        found = self.session.execute(query.order_by(*order).limit(count))
        return [_Stop(value, id_, "") for value, id_ in found]

    def _empty(self, column: Any, count: int) -> list[_Stop]:
        query = select(LetterRow.id).where(*self.conditions, column.is_(None))
        if self.after is not None and self.after.value is None:
            query = query.where(LetterRow.id < self.after.id if self._down else LetterRow.id > self.after.id)
        query = query.order_by(LetterRow.id.desc() if self._down else LetterRow.id)
        return [_Stop(None, id_, "") for id_ in self.session.scalars(query.limit(count))]

    def _letterless(self, count: int) -> list[_Stop]:
        if self.bare is None:
            return []
        query = select(DocumentRow.received_at, DocumentRow.sha256).where(*self.bare)
        place = tuple_(DocumentRow.received_at, DocumentRow.sha256)
        end = self._letterless_end()
        if end is not None:
            query = query.where(place < end if self._down else place > end)
        columns = (DocumentRow.received_at, DocumentRow.sha256)
        order = [column.desc() for column in columns] if self._down else columns
        found = self.session.execute(query.order_by(*order).limit(count))
        return [_Stop(moment, 0, sha256) for moment, sha256 in found]

    def _letterless_end(self) -> Any:
        """Where documents without letters go on; None: from the first."""
        if self.after is not None and self.sort.endswith("received"):
            moment = _bound(LetterRow.received_at, self.after.value)
            return tuple_(
                moment, self.after.sha256 or "g"
            )  # of one moment, letters stand above: g > any hash
        last = self.session.get(DocumentRow, self.after.sha256) if self.after and self.after.sha256 else None
        return None if last is None else tuple_(last.received_at, last.sha256)


def _bare_row(session: Session, stop: _Stop) -> RegisterRow:
    return row_of(session.get_one(DocumentRow, stop.sha256), None)


def _bound(column: Any, value: str | None) -> Any:
    try:
        if column is LetterRow.received_at:
            return dt.datetime.fromisoformat(value or "")
        if column in (LetterRow.letter_date, LetterRow.due):
            return dt.date.fromisoformat(value or "")
    except ValueError:
        raise _bad_cursor() from None
    return value


def _cursor_after(stop: _Stop, sort: Sort) -> Cursor:
    if stop.id == 0 and not sort.endswith("received"):
        return Cursor(None, 0, stop.sha256)
    text = stop.value.isoformat() if isinstance(stop.value, dt.date) else stop.value
    return Cursor(text, stop.id, stop.sha256)
