"""Where a question's letters are looked for: in which stretches of the register, and under which filters."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from sqlalchemy import ColumnElement, Select, desc, exists, func, literal, select, text, true, union_all
from sqlalchemy.orm import Session

from parsers.segment import words
from pipeline.store import matching
from pipeline.store.asking import asked, shown
from pipeline.store.base import is_sqlite
from pipeline.store.index import URGENT
from pipeline.store.matching import Phrase, Wanted, Where
from pipeline.store.models import LetterRow
from pipeline.store.query import Query
from pipeline.store.records import RowFilter
from pipeline.store.stretches import Stretch, growing

_SHORT = 2  # of the stretches from the newest letter back, those that hold few letters
_FEW = 20_000  # letters that a filter may pick out before the words are looked at
_NEWEST_FIRST = text("search_vectors.letter_id + 0 DESC")
_SELECTIVE = ("date_from", "date_to", "received_from", "received_to", "due_from", "due_to", "agency")


class Looking:
    """One question on its way through the search, within one transaction."""

    def __init__(self, session: Session, question: Query) -> None:
        self._session, self._question = session, question
        self._sqlite = is_sqlite(session)
        wanted = asked(session, question.filters)
        self._filters: list[tuple[Phrase, ...]] = wanted.wanted
        self._conditions = shown(session, wanted)
        if question.filters.urgency and not self._sqlite:  # rare enough to be looked for among the words
            self._filters.append((Phrase((URGENT + question.filters.urgency,)),))
        self._pieces = [piece for piece in question.pieces if words(piece.text)]
        self._words: list[tuple[Phrase, ...]] = [(Phrase(words(piece.text)),) for piece in self._pieces]
        self._only = self._narrowed(question.filters)
        self._newest_id = matching.by_words(session)

    def _narrowed(self, filters: RowFilter) -> Stretch | None:
        """The letters that the filters allow, where these are few and an index knows them."""
        asked_of = _SELECTIVE if self._sqlite else _SELECTIVE[:-1]  # a sender's letters are everywhere
        if not any(getattr(filters, name) is not None for name in asked_of) or not self._conditions:
            return None
        allowed = select(LetterRow.id).where(*self._conditions).limit(_FEW + 1).subquery()
        query = select(func.count(), func.min(allowed.c.id), func.max(allowed.c.id))
        count, first, last = self._session.execute(query.select_from(allowed)).one()
        return Stretch(first or 0, last or 0) if count <= _FEW else None

    @property
    def nothing(self) -> bool:
        """Whether no letter has what the filters ask for."""
        return self._only is not None and self._only.last == 0

    def _few(self, wanted: Wanted, most: int) -> list[tuple[int, int]] | None:
        """All letters that answer, with the tier of each, in order; None: they are more than `most`, or may be."""
        if self._sqlite:
            return None
        query = matching.few(self._session, wanted, self._only or Stretch(None, None), self._newest_id, most)
        if query is None:
            return None
        found = [(tier, each) for each, tier in self._session.execute(self._allowed(query))]
        return found if len(found) <= most else None

    def _ids(self, wanted: Wanted, where: Where, count: int, last: int | None = None) -> list[int]:
        """The newest so many letters in which all that is wanted stands; up to `last`, where that is given."""
        return [each for _, each in self._in_tiers(wanted, ((where, last),), count)]

    def _in_tiers(
        self, wanted: Wanted, tiers: Sequence[tuple[Where, int | None]], count: int
    ) -> list[tuple[int, int]]:
        """The same for several places where words may stand, the first first: the tier's place, and the letter."""
        queries = [
            matching.ids(self._session, wanted, where, stretch).add_columns(literal(tier).label("tier"))
            for tier, (where, last) in enumerate(tiers)
            for stretch in self._stretches(last)
        ]
        return [(tier, each) for each, tier in self._newest_of(queries, count)]

    def _newest_of(self, queries: Sequence[Select[Any]], count: int) -> list[Any]:
        """So many rows of some questions for ids, those of the first question first, the newest of each first.

        PostgreSQL is asked the first ones at once, which are short and often enough, and then all others at once.
        """
        found: list[Any] = []
        for some in (
            (queries[:_SHORT], queries[_SHORT:]) if not self._sqlite else ([each] for each in queries)
        ):
            if some and len(found) < count:
                left = count - len(found)
                parts = [self._newest_first(query, left) for query in some]
                every = union_all(*(select(*part.subquery().c) for part in parts)).limit(left)
                found += self._session.execute(every if len(parts) > 1 else parts[0])
        return found

    def _newest_first(self, query: Select[Any], count: int) -> Select[Any]:
        """The newest so many. PostgreSQL has them in no index's order, as the words come first; filters on columns
        are asked of one after the other, until there are enough."""
        if self._sqlite:
            return self._allowed(query).order_by(desc(query.selected_columns[0])).limit(count)
        query = query.order_by(_NEWEST_FIRST)
        if not self._conditions:
            return query.limit(count)
        inner = query.subquery("search_vectors")
        return select(*inner.c).where(self._is_one(inner.c.letter_id)).limit(count)

    def _count_of(self, queries: Sequence[Select[Any]], most: int) -> int:
        """How many rows such questions have together, counted up to `most`."""
        if not queries:
            return 0
        some = union_all(*queries).limit(most).subquery()
        return self._session.scalar(select(func.count()).select_from(some)) or 0

    def _stretches(self, last: int | None = None) -> Iterator[Stretch]:
        """Where to look, one after the other: SQLite's index gives the newest first by itself."""
        only = self._only or Stretch(None, None)
        ends = [each for each in (only.last, last) if each is not None]
        if self._sqlite:
            yield Stretch(only.first, min(ends, default=None))
            return
        newest = min(*ends, self._newest_id) if ends else self._newest_id
        if newest >= (only.first or 0):
            yield from growing(only.first or 0, newest)

    def _allowed(self, query: Select[Any]) -> Select[Any]:
        """With the filters on columns; never as the outer loop, for they may hold for most letters."""
        key = query.selected_columns[0]
        if not self._conditions:
            return query
        if not self._sqlite:
            return query.where(self._is_one(key))
        if self._only is not None:
            allowed = select(LetterRow.id).where(*self._conditions)
            return query.where((key + 0).in_(allowed))
        return query.where(exists().where(LetterRow.id == key, *self._conditions))

    def _is_one(self, key: ColumnElement[Any]) -> ColumnElement[bool]:
        """The filters on columns, asked of each letter by itself, whatever comes of it."""
        one = select(true()).where(LetterRow.id == key, *self._conditions)
        return one.correlate_except(LetterRow).scalar_subquery().is_not(None)
