"""Where a question's letters are looked for: in which stretches of the register, and under which filters."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cached_property
from typing import Any

from sqlalchemy import Select, desc, exists, func, select
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

_FEW = 20_000  # letters that a filter may pick out before the words are looked at
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
        matching.by_words(session)

    def _narrowed(self, filters: RowFilter) -> Stretch | None:
        """The letters that the filters allow, where these are few and an index knows them."""
        asked_of = _SELECTIVE if self._sqlite else _SELECTIVE[:-1]  # a sender's letters are everywhere
        if not any(getattr(filters, name) is not None for name in asked_of) or not self._conditions:
            return None
        allowed = select(LetterRow.id).where(*self._conditions).limit(_FEW + 1).subquery()
        query = select(func.count(), func.min(allowed.c.id), func.max(allowed.c.id))
        count, first, last = self._session.execute(query.select_from(allowed)).one()
        return Stretch(first or 0, last or 0) if count <= _FEW else None

    def _ids(self, wanted: Wanted, where: Where, count: int, last: int | None = None) -> list[int]:
        """The newest so many letters in which all that is wanted stands; up to `last`, where that is given."""
        found: list[int] = []
        for stretch in self._stretches(last):
            query = self._allowed(matching.ids(self._session, wanted, where, stretch))
            key = query.selected_columns[0]
            found += self._session.scalars(query.order_by(desc(key)).limit(count - len(found)))
            if len(found) >= count:
                break
        return found

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

    @cached_property
    def _newest_id(self) -> int:
        return self._session.scalar(select(func.max(LetterRow.id))) or 0

    def _allowed(self, query: Select[Any]) -> Select[Any]:
        """With the filters on columns; never as the outer loop, for they may hold for most letters."""
        if not self._sqlite:  # the words first, by their own index, whatever comes after
            matched = query.cte("matched").prefix_with("MATERIALIZED").c[0]
            query = select(matched)
            if self._conditions:
                query = query.where(exists().where(LetterRow.id == matched, *self._conditions))
            return query
        key = query.selected_columns[0]
        if self._only is not None:
            allowed = select(LetterRow.id).where(*self._conditions)
            return query.where((key + 0).in_(allowed))
        if self._conditions:
            return query.where(exists().where(LetterRow.id == key, *self._conditions))
        return query
