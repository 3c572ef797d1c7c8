"""Full-text search: what stands in subject, parties and numbers first, then the body, the newest first.

Only where this finds little does it look further, and says so of each hit: words that go on, words that a
damaged one may stand for, parts of words in the head, and at last one wrong letter anywhere in the newest
letters. The order of each kind is that of arrival, so that a page is found without ranking all that match.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from itertools import islice

from sqlalchemy.orm import Session

from parsers.segment import words
from pipeline.store import matching
from pipeline.store.base import Connected
from pipeline.store.listing import ListPart
from pipeline.store.loose import LOOSE, Loose, texts_of
from pipeline.store.matching import Wanted, Where
from pipeline.store.places import Cursor, bad_cursor, read_cursor
from pipeline.store.query import Piece, Query, parse_query
from pipeline.store.records import RegisterRow
from pipeline.store.register import rows_of
from pipeline.store.snippets import Snippet, shown, snippet
from schemas.ink import Record

_COUNTED = 1000  # hits are counted so far
_TIERS: tuple[Where, ...] = ("head", "rest")
_ENOUGH = 20  # true hits from which nobody needs look-alikes


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
            hits = _hits(session, ids, question.pieces)
            return SearchPage(
                hits=hits,
                next=None if following is None else following.token(),
                total=min(total, search.counted),
                exact=total <= search.counted,
            )

    def _list(self, question: Query, limit: int, after: str | None) -> SearchPage:
        page = self.page(question.filters, limit=limit, after=after)
        hits = tuple(_hit(row, snippet(row, None, ()), False) for row in page.rows)
        return SearchPage(hits=hits, next=page.next, total=page.total, exact=page.exact)


def _hits(session: Session, ids: Sequence[tuple[int, bool]], pieces: Sequence[Piece]) -> tuple[Hit, ...]:
    """What to show of each letter; the long texts are fetched of those only whose fields do not answer."""
    rows = rows_of(session, [each for each, _ in ids])
    found = {each: shown(row, pieces) for each, row in rows.items()}
    kept = texts_of(session, [each for each, one in found.items() if one is None])
    texts = {each.letter_id: each for each in kept}
    return tuple(
        _hit(rows[each], found[each] or snippet(rows[each], texts.get(each), pieces), near)
        for each, near in ids
        if each in rows
    )


def _hit(row: RegisterRow, found: Snippet, near: bool) -> Hit:
    return Hit(row=row, field=found.field, snippet=found.text, marks=found.marks, near=near)


def _tier(after: Cursor) -> int:
    """In which tier the page before ended."""
    for tier in range(len(_TIERS)):
        if after.value == str(tier):
            return tier
    raise bad_cursor()


class _Search(Loose):
    """One question, a page at a time."""

    def __init__(self, session: Session, question: Query) -> None:
        super().__init__(session, question)
        self.counted = _COUNTED

    def page(self, limit: int, after: Cursor | None) -> tuple[list[tuple[int, bool]], Cursor | None, int]:
        """Ids with whether they only look alike, where to go on, and how many there are in all."""
        wanted: Wanted = [*self._filters, *self._words]
        begun = 0 if after is None else _tier(after)
        if self.nothing:
            return [], None, 0
        few = self._few(wanted, self.counted)
        if few is not None:
            return self._page_of(few, limit, after, begun)
        lasts = {begun: after.id - 1} if after is not None else {}
        tiers = [(place, where) for place, where in enumerate(_TIERS) if place >= begun]
        ids = self._in_tiers(wanted, [(where, lasts.get(place)) for place, where in tiers], limit + 1)
        found = [(each, False) for _, each in ids]
        if len(found) > limit:
            tier, last = ids[limit - 1]
            return found[:limit], Cursor(str(tiers[tier][0]), last), self._total_beyond(wanted, limit)
        return self._and_alike(found, limit, after, len(found) if after is None else self._total(wanted))

    def _page_of(
        self, few: list[tuple[int, int]], limit: int, after: Cursor | None, begun: int
    ) -> tuple[list[tuple[int, bool]], Cursor | None, int]:
        """A page of all letters that answer."""
        left = few if after is None else [one for one in few if (one[0], -one[1]) > (begun, -after.id)]
        found = [(each, False) for _, each in left[:limit]]
        if len(left) <= limit:
            return self._and_alike(found, limit, after, len(few))
        tier, last = left[limit - 1]
        return found, Cursor(str(tier), last), len(few)

    def _and_alike(
        self, found: list[tuple[int, bool]], limit: int, after: Cursor | None, total: int
    ) -> tuple[list[tuple[int, bool]], Cursor | None, int]:
        """The last page; where the whole answer is a short one, with look-alikes."""
        if after is not None or total >= min(_ENOUGH, limit):
            return found, None, total
        known = {each for each, _ in found}
        loose = [(each, True) for each in islice(self._loose(known), min(LOOSE, limit - len(found)))]
        return [*found, *loose], None, total + len(loose)

    def _total(self, wanted: Wanted) -> int:
        """How many there are, counted a little further than is told."""
        queries = [
            self._allowed(matching.ids(self._session, wanted, "any", stretch))
            for stretch in self._stretches()
        ]
        return self._count_of(queries, self.counted + 1)

    def _total_beyond(self, wanted: Wanted, limit: int) -> int:
        """How many there are when a page was not enough; counting on is left where it would take long."""
        if self._conditions:
            self.counted = limit
            return limit + 1
        return self._total(wanted)
