"""How a list is gone through. Where an index picks out few letters, these are sorted. Else the list is walked in
its own order until a page is full; a walk that met too few of what was asked for ends early, and says where."""

from __future__ import annotations

from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, Select, and_, case, func, or_, select, text, tuple_
from sqlalchemy.orm import Session

from pipeline.store import matching
from pipeline.store.asking import Asked, asked, hidden, numbers_of
from pipeline.store.base import is_sqlite
from pipeline.store.matching import Wanted
from pipeline.store.models import DocumentRow, LetterRow
from pipeline.store.places import Cursor, Stop, bound
from pipeline.store.records import RowFilter, Sort

FEW = 20_000  # letters that an index picked out and that may be sorted
WALKED = 20_000  # letters that one page may walk past
_TRIED = 5000  # letters looked at to count those that answer
_SET = 100_000  # letters found by words that may be kept as a set; of more, each is asked by itself
_ASKED = 1000  # letters that one page may ask so
_COLUMNS = {
    "received": LetterRow.received_at,
    "date": LetterRow.letter_date,
    "due": LetterRow.due,
    "number": LetterRow.number_text,
    "agency": LetterRow.agency,
}
_Condition = ColumnElement[bool]


class Ways(NamedTuple):
    """How the letters that answer are come by: `few` to be sorted, or (None) all, walked where `lead` holds."""

    few: Select[*tuple[Any, ...]] | None  # the value to sort by, and the id
    lead: list[_Condition]  # with the order of the list, one index gives these letters
    checked: list[_Condition]  # of each letter on the way
    budget: int  # letters that a walk may pass
    many: bool  # whether more answer than FEW

    def total(self, session: Session, most: int) -> tuple[int, bool]:
        """How many letters answer, counted up to `most`; and whether these are all, or at least so many do."""
        if self.few is not None:
            return session.scalar(select(func.count()).select_from(self.few.subquery())) or 0, True
        if self.many:
            return most, True
        if not self.checked:
            return count(session, self.lead, most), True
        if self.budget < WALKED:
            return 0, False
        answers = case((and_(*self.checked), 1)).label("answers")
        tried = select(answers).select_from(LetterRow).where(*self.lead).limit(_TRIED + 1).subquery()
        every, found = session.execute(select(func.count(), func.count(tried.c.answers))).one()
        return found, every <= _TRIED


def ways_of(session: Session, filters: RowFilter, sort: Sort) -> Ways:
    """The best way to the letters that answer a filter, found by counting what its parts pick out."""
    question = asked(session, filters)
    words = _by_words(session, question.wanted) if question.wanted else None
    _one_by_one(session)
    counts = [count(session, [each.condition], FEW + 1) for each in question.narrow]
    least = min(counts, default=FEW + 1)
    if min(least, FEW + 1 if words is None else words.number) > FEW:
        return _walked(session, question, words, filters, sort)
    rest, few = question.conditions, words.condition if words is not None else None
    if few is None or (words is not None and least < words.number):
        few = question.narrow[counts.index(least)].condition
        rest = [
            *(each for each in rest if each is not few),
            *([words.condition] if words is not None else []),
        ]
    rest = list(map(hidden, rest)) if is_sqlite(session) else rest
    value = _COLUMNS[sort.lstrip("-")].label("value")
    return Ways(select(value, LetterRow.id.label("id")).where(few, *rest).limit(FEW + 1), [], [], 0, False)


def _walked(
    session: Session, question: Asked, words: _ByWords | None, filters: RowFilter, sort: Sort
) -> Ways:
    order = sort.lstrip("-")
    along = [each for each in question.narrow if each.order == order]
    if order == "number":
        along += numbers_of(session, filters.agency)
    if order == "received":
        along += [each for each in question.narrow if each.arrival][:1]
    lead = [each.condition for each in along]
    checked = [each for each in question.conditions if not any(each is one for one in lead)]
    many = len(question.narrow) + (words is not None) == 1 and not question.others
    if words is None:
        return Ways(None, lead, checked, WALKED, many)
    return Ways(None, lead, [*checked, words.condition], _ASKED if words.slow else WALKED, many)


def count(session: Session, conditions: list[_Condition], most: int) -> int:
    """How many letters answer, counted up to `most`."""
    some = select(LetterRow.id).where(*conditions).limit(most).subquery()
    return session.scalar(select(func.count()).select_from(some)) or 0


def _one_by_one(session: Session) -> None:
    """Have PostgreSQL take one letter after the other by an index, so that a limit ends the work."""
    if not is_sqlite(session):
        session.execute(text("SET LOCAL enable_seqscan = off"))
        session.execute(text("SET LOCAL enable_bitmapscan = off"))


class _ByWords(NamedTuple):
    """What words found: how many letters, counted so far, and how a letter is asked whether it is one."""

    number: int
    condition: _Condition
    slow: bool = False  # whether each letter has to be asked by itself, which takes its time


def _by_words(session: Session, wanted: Wanted) -> _ByWords:
    """The letters whose head holds some words: named one by one, as a set, or to be asked each."""
    newest = matching.by_words(session)
    ids = matching.some_ids(session, wanted, FEW + 1, newest)
    if len(ids) <= FEW:
        return _ByWords(len(ids), matching.one_of(session, LetterRow.id, ids))
    found = matching.ids(session, wanted, "head")
    if is_sqlite(session):
        some = found.limit(_SET + 1).subquery()
        if (session.scalar(select(func.count()).select_from(some)) or 0) <= _SET:
            return _ByWords(len(ids), LetterRow.id.in_(found))
    return _ByWords(len(ids), matching.holds(session, LetterRow.id, wanted), slow=True)


class Met(NamedTuple):
    """What a walk met."""

    stops: list[Stop]
    end: Stop | None = None  # where it ended before it had enough; None: at the end of the list
    total: int | None = None  # how many letters answer, where that came out by the way


class Walk(NamedTuple):
    """One walk along the register: letters that have the value it is sorted by, then those that do not."""

    session: Session
    ways: Ways
    sort: Sort
    after: Cursor | None
    bare: list[_Condition] | None  # which documents without letters are in the list too; None: none

    def met(self, most: int) -> Met:
        """The next so many places of the list."""
        found, end, total = self._letters(most)
        if not self.sort.endswith("received"):
            more = self._letterless(most - len(found)) if end is None and len(found) < most else []
            return Met([*found, *more], end, total)
        others = self._letterless(most)
        if end is not None:  # what stands behind that place comes on the next page
            others = [
                one for one in others if (one.value > end.value if self._down else one.value <= end.value)
            ]
        return Met(sorted([*found, *others], reverse=self._down)[:most], end, total)

    @property
    def _down(self) -> bool:
        return self.sort.startswith("-")

    @property
    def _column(self) -> Any:
        return _COLUMNS[self.sort.lstrip("-")]

    def _letters(self, most: int) -> Met:
        after, arrival = self.after, self.sort.endswith("received")
        if after is not None and after.sha256 and not arrival:  # all letters came before
            return Met([])
        if self.ways.few is not None:
            return self._sorted(self.ways.few, most)
        found: list[Stop] = []
        if after is None or after.value is not None:
            beyond = [] if after is None else [self._beyond(self._column, LetterRow.id, after)]
            found, end = self._along([self._column.is_not(None), *beyond], (self._column, LetterRow.id), most)
            if end is not None:
                return Met(found, end)
        if len(found) < most and not arrival:
            beyond = [] if after is None or after.value is not None else [self._by_id(LetterRow.id, after)]
            more, end = self._along([self._column.is_(None), *beyond], (LetterRow.id,), most - len(found))
            return Met([*found, *more], end)
        return Met(found)

    def _sorted(self, few: Select[*tuple[Any, ...]], most: int) -> Met:
        """Letters that are few, in order; on the first page they are counted by the way."""
        picked, after = few.subquery().c, self.after
        query = select(picked.value, picked.id, func.count().over())
        if after is not None and after.value is None:
            query = query.where(picked.value.is_(None), self._by_id(picked.id, after))
        elif after is not None:
            query = query.where(or_(picked.value.is_(None), self._beyond(picked.value, picked.id, after)))
        order = [picked.value.is_(None), *self._ordered((picked.value, picked.id))]
        rows = self.session.execute(query.order_by(*order).limit(most)).all()
        counted = rows[0][2] if rows else 0
        return Met([Stop(row[0], row[1]) for row in rows], total=counted if after is None else None)

    def _along(
        self, where: list[_Condition], order: tuple[Any, ...], most: int
    ) -> tuple[list[Stop], Stop | None]:
        """Letters met on a walk, and where it ended by its budget."""
        columns = (self._column.label("value"), LetterRow.id.label("id"))
        way = select(*columns).where(*self.ways.lead, *where).order_by(*self._ordered(order))
        if not self.ways.checked:
            return [Stop(value, id_) for value, id_ in self.session.execute(way.limit(most))], None
        answers = case((and_(*self.ways.checked), 1), else_=0).label("answers")
        met = way.add_columns(answers).limit(self.ways.budget).subquery().c
        query = select(met.value, met.id).where(met.answers == 1).limit(most)
        found = [Stop(value, id_) for value, id_ in self.session.execute(query)]
        if len(found) == most:
            return found, None
        last = self.session.execute(way.offset(self.ways.budget - 1).limit(1)).first()
        return found, None if last is None else Stop(last.value, last.id)

    def _ordered(self, columns: tuple[Any, ...]) -> list[Any]:
        return [column.desc() if self._down else column for column in columns]

    def _beyond(self, column: Any, key: Any, after: Cursor) -> _Condition:
        place, end = tuple_(column, key), tuple_(bound(self._column, after.value), after.id)
        return place < end if self._down else place > end

    def _by_id(self, key: Any, after: Cursor) -> _Condition:
        beyond: _Condition = key < after.id if self._down else key > after.id
        return beyond

    def _letterless(self, most: int) -> list[Stop]:
        if self.bare is None:
            return []
        query = select(DocumentRow.received_at, DocumentRow.sha256).where(*self.bare)
        columns = (DocumentRow.received_at, DocumentRow.sha256)
        end = self._letterless_end()
        if end is not None:
            query = query.where(tuple_(*columns) < end if self._down else tuple_(*columns) > end)
        found = self.session.execute(query.order_by(*self._ordered(columns)).limit(most))
        return [Stop(moment, 0, sha256) for moment, sha256 in found]

    def _letterless_end(self) -> Any:
        """Where documents without letters go on; None: from the first."""
        if self.after is not None and self.sort.endswith("received"):
            moment = bound(LetterRow.received_at, self.after.value)
            return tuple_(
                moment, self.after.sha256 or "g"
            )  # of one moment, letters stand above: g > any hash
        last = self.session.get(DocumentRow, self.after.sha256) if self.after and self.after.sha256 else None
        return None if last is None else tuple_(last.received_at, last.sha256)
