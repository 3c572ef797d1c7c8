"""Full-text search: what stands in subject, parties and numbers first, then the body, the newest first.

Only where this finds little does it look further, and says so of each hit: words that go on, words that a
damaged one may stand for, parts of words in the head, and at last one wrong letter anywhere in the newest
letters. The order of each kind is that of arrival, so that a page is found without ranking all that match.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence
from functools import cached_property
from itertools import islice
from typing import Any

from sqlalchemy import Select, desc, exists, func, select
from sqlalchemy.orm import Session

from parsers.segment import going_on, repaired, squashed, words
from pipeline.store import matching
from pipeline.store.asking import asked, shown
from pipeline.store.base import Connected, is_sqlite
from pipeline.store.index import URGENT, gram
from pipeline.store.listing import ListPart
from pipeline.store.matching import Phrase, Wanted, Where
from pipeline.store.models import LetterRow
from pipeline.store.models_people import SearchRow
from pipeline.store.places import Cursor, read_cursor
from pipeline.store.query import Piece, Query, parse_query
from pipeline.store.records import RegisterRow, RowFilter
from pipeline.store.register import rows_of
from pipeline.store.snippets import Kept, answers_nearly, may_be_damaged, may_be_mended, packed, snippet
from pipeline.store.stretches import Stretch, growing
from schemas.ink import Record

_COUNTED = 1000  # hits are counted so far
_ENOUGH = 20  # true hits from which nobody needs look-alikes
_LOOSE = 100  # look-alikes at most
_FEW = 20_000  # letters that a filter may pick out before the words are looked at
_CLOSELY = 100  # of these at a time
_CANDIDATES = 400  # letters that share parts of a word, looked at more closely
_WAYS = 100  # in which a word that was not typed to its end may go on
_SCANNED = 2000  # of the newest letters, gone through when nothing else was found
_SELECTIVE = ("date_from", "date_to", "received_from", "received_to", "due_from", "due_to", "agency")


class Hit(Record):
    """One letter that was found, and where."""

    row: RegisterRow
    field: (
        str  # subject, number, agency, addressee, signatory, receipt_number, head (another short field), body
    )
    snippet: str
    marks: tuple[tuple[int, int], ...]  # parts of the snippet that answer
    near: bool = False  # what was asked for does not stand there exactly, only something like it


class SearchPage(Record):
    """A stretch of what was found."""

    hits: tuple[Hit, ...]
    next: str | None
    total: int
    exact: bool  # False: there are more than `total`


class SearchPart(ListPart, Connected):
    """The store's search."""

    def search(
        self, query: str, *, limit: int = 50, after: str | None = None, today: dt.date | None = None
    ) -> SearchPage:
        """Letters that answer a question in the language of `query`; BadInputError for a bad filter."""
        question = parse_query(query, today or dt.date.today())
        limit = max(1, min(limit, 200))
        if not any(words(piece.text) for piece in question.pieces):
            return self._list(question, limit, after)
        with self._reading() as session:
            search = _Search(session, question)
            ids, following, total = search.page(limit, None if after is None else read_cursor(after))
            rows = rows_of(session, [each for each, _ in ids])
            kept = {each.letter_id: each for each in _texts(session, list(rows))}
            hits = tuple(
                _hit(rows[each], kept.get(each), question.pieces, near) for each, near in ids if each in rows
            )
            return SearchPage(
                hits=hits,
                next=None if following is None else following.token(),
                total=min(total, search.counted),
                exact=total <= search.counted,
            )

    def _list(self, question: Query, limit: int, after: str | None) -> SearchPage:
        page = self.page(question.filters, limit=limit, after=after)
        hits = tuple(_hit(row, None, (), False) for row in page.rows)
        return SearchPage(hits=hits, next=page.next, total=page.total, exact=page.exact)


def _texts(session: Session, ids: Sequence[int]) -> Sequence[Kept]:
    query = select(SearchRow.letter_id, SearchRow.head, SearchRow.body)
    return [Kept(*row) for row in session.execute(query.where(SearchRow.letter_id.in_(ids)))]


def _hit(row: RegisterRow, kept: Kept | None, pieces: Sequence[Piece], near: bool) -> Hit:
    found = snippet(row, kept, pieces)
    return Hit(row=row, field=found.field, snippet=found.text, marks=found.marks, near=near)


def _gone_on(form: Sequence[Phrase]) -> tuple[Phrase, ...]:
    """An open phrase as phrases with every word of the dictionary that begins so, unless there are none, or many."""
    (*lead, last), is_open = form[0]
    known = going_on(last) if is_open else ()
    return tuple(Phrase((*lead, *cut)) for cut in known) if 0 < len(known) <= _WAYS else tuple(form)


class _Search:
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
        self.counted = _COUNTED
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

    def page(self, limit: int, after: Cursor | None) -> tuple[list[tuple[int, bool]], Cursor | None, int]:
        """Ids with whether they only look alike, where to go on, and how many there are in all."""
        wanted: Wanted = [*self._filters, *self._words]
        found: list[tuple[int, bool]] = []
        tiers: tuple[Where, ...] = ("head", "rest")
        for place, where in enumerate(tiers):
            if after is not None and str(place) < (after.value or ""):
                continue
            last = after.id - 1 if after is not None and after.value == str(place) else None
            ids = self._ids(wanted, where, limit + 1 - len(found), last)
            found += ((each, False) for each in ids)
            if len(found) > limit:
                cursor = self._cursor(found[limit - 1][0], place, ids)
                return found[:limit], cursor, self._total_beyond(wanted, limit)
        total = len(found) if after is None else self._total(wanted)
        if after is None and total < min(_ENOUGH, limit):
            known = {each for each, _ in found}
            loose = [(each, True) for each in islice(self._loose(known), min(_LOOSE, limit - len(found)))]
            return [*found, *loose], None, total + len(loose)
        return found, None, total

    def _cursor(self, last: int, place: int, ids: Sequence[int]) -> Cursor:
        if last in ids:
            return Cursor(str(place), last)
        return Cursor(str(place), 2**62)  # the page ended with the last of the kind before

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

    def _counted_in(self) -> Iterator[Stretch]:
        """Where to count: in the newest letters, and only where these do not give enough, in all others at once."""
        every = list(self._stretches())
        yield from every[:2]
        if len(every) > 2:
            yield Stretch(every[-1].first, every[2].last)

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

    def _total(self, wanted: Wanted) -> int:
        """How many there are, counted a little further than is told."""
        total = 0
        for stretch in self._counted_in():
            query = self._allowed(matching.ids(self._session, wanted, "any", stretch))
            counted = query.limit(self.counted + 1 - total).subquery()
            total += self._session.scalar(select(func.count()).select_from(counted)) or 0
            if total > self.counted:
                break
        return total

    def _total_beyond(self, wanted: Wanted, limit: int) -> int:
        """How many there are when a page was not enough; counting on is left where it would take long."""
        if self._conditions:
            self.counted = limit
            return limit + 1
        return self._total(wanted)

    # Look-alikes

    def _loose(self, known: set[int]) -> Iterator[int]:
        """Letters in which something like what is wanted stands: the likeliest, and quickest found, first."""
        any_known = bool(known)
        for source in (self._parts, self._going_on, self._standing_for, self._damaged_parts):
            for each in source():
                if each not in known:
                    known.add(each)
                    yield each
        if (
            not known and not any_known
        ):  # going through the letters one by one is for when there is nothing else
            yield from self._newest()

    def _going_on(self) -> Iterator[int]:
        """Words whose end was not typed; of one or two letters there are too many to go through."""
        open_: Wanted = [
            form if piece.exact or len(form[0].words[-1]) <= 2 else (Phrase(form[0].words, open=True),)
            for piece, form in self._both()
        ]
        if open_ == self._words:
            return
        if not self._sqlite:  # which goes through all letters that hold any word that begins so
            known: Wanted = [_gone_on(form) for form in open_]
            found = list(self._run([*self._filters, *known], "any"))
            yield from found
            if found or known == open_:
                return
        yield from self._run([*self._filters, *open_], "any")

    def _both(self) -> Iterator[tuple[Piece, tuple[Phrase, ...]]]:
        yield from zip(self._pieces, self._words, strict=True)

    def _standing_for(self) -> Iterator[int]:
        """Damaged words in the letters, or in the question."""
        if not any(piece.exact for piece in self._pieces):
            each_word = [(Phrase((word,)),) for form in self._words for word in form[0].words]
            yield from self._run([*self._filters, *each_word], "near")
        mended = [
            (*form, *(Phrase(words(text)) for text in repaired(piece.text)[:20]))
            if may_be_mended(piece)
            else form
            for piece, form in self._both()
        ]
        if any(len(forms) > 1 for forms in mended):
            yield from self._run([*self._filters, *mended], "any")

    def _run(self, wanted: Wanted, where: Where) -> Iterator[int]:
        yield from self._ids(wanted, where, _LOOSE)

    def _parts(self) -> Iterator[int]:
        """Letters whose head holds the longest piece as a part of words."""
        needle = self._longest()[1]
        if len(needle) >= 3:
            yield from self._answering(self._candidates((needle,)))

    def _damaged_parts(self) -> Iterator[int]:
        """Letters whose head holds half of the longest piece, looked at more closely."""
        piece, needle = self._longest()
        halves = (needle[: len(needle) // 2], needle[len(needle) // 2 :])
        if may_be_damaged(piece) and all(len(half) >= 3 for half in halves):
            yield from self._answering(self._candidates(halves))

    def _longest(self) -> tuple[Piece, str]:
        longest = max(self._pieces, key=lambda piece: len(squashed(piece.text)))
        return longest, squashed(longest.text)

    def _candidates(self, parts: Sequence[str]) -> list[int]:
        found: list[int] = []
        for stretch in self._stretches():
            query = self._allowed(matching.sharing(self._session, parts, gram, stretch))
            order = desc(query.selected_columns[0])
            found += self._session.scalars(query.order_by(order).limit(_CANDIDATES - len(found)))
            if len(found) >= _CANDIDATES:
                break
        return found

    def _answering(self, ids: Sequence[int]) -> Iterator[int]:
        """Those of some letters in which every piece stands, or nearly; looked at only as far as is asked for."""
        allowed = set(ids)
        if self._filters and ids:
            allowed &= set(self._session.scalars(matching.ids(self._session, self._filters, "head")))
        newest = sorted(allowed, reverse=True)
        for start in range(0, len(newest), _CLOSELY):
            texts = _texts(self._session, newest[start : start + _CLOSELY])
            for each in sorted(texts, key=lambda row: -row.letter_id):
                if answers_nearly(packed(f"{each.head}\n{each.body}"), self._pieces):
                    yield each.letter_id

    def _newest(self) -> Iterator[int]:
        """One wrong letter anywhere, in the newest letters that the filters allow."""
        query = select(LetterRow.id).order_by(LetterRow.id.desc()).limit(_SCANNED)
        if self._conditions:
            query = query.where(*self._conditions)
        yield from self._answering(list(self._session.scalars(query)))
