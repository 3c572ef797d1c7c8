"""What only looks like what was asked for: words not typed to their end, parts of words, damaged words."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cache

from sqlalchemy import Select, select
from sqlalchemy.orm import Session

from parsers.segment import going_on, repaired, squashed, words
from pipeline.store import matching
from pipeline.store.base import is_sqlite
from pipeline.store.index import gram
from pipeline.store.looking import Looking
from pipeline.store.matching import Phrase, Wanted, Where
from pipeline.store.models import LetterRow
from pipeline.store.models_people import SearchRow
from pipeline.store.query import Piece
from pipeline.store.snippets import Kept, answers_nearly, may_be_damaged, may_be_mended, packed

LOOSE = 100  # look-alikes at most
_CLOSELY = 100  # of these at a time
_CANDIDATES = 400  # letters that share parts of a word, looked at more closely
_WAYS = 100  # in which a word that was not typed to its end may go on
_SCANNED = 2000  # of the newest letters, gone through when nothing else was found


@cache
def _texts(sqlite: bool) -> Select[int, str, str]:
    query = select(SearchRow.letter_id, SearchRow.head, SearchRow.body)
    return query.where(matching.among(sqlite, SearchRow.letter_id))


def texts_of(session: Session, ids: Sequence[int]) -> Sequence[Kept]:
    """The words of some letters as they are kept for search."""
    if not ids:
        return ()
    found = session.execute(_texts(is_sqlite(session)), {"ids": matching.given(session, ids)})
    return [Kept(*row) for row in found]


def _gone_on(form: Sequence[Phrase]) -> tuple[Phrase, ...]:
    """An open phrase as phrases with every word of the dictionary that begins so, unless there are none, or many."""
    (*lead, last), is_open = form[0]
    known = going_on(last) if is_open else ()
    return tuple(Phrase((*lead, *cut)) for cut in known) if 0 < len(known) <= _WAYS else tuple(form)


class Loose(Looking):
    """A question's look-alikes."""

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
        yield from self._ids(wanted, where, LOOSE)

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
        queries = [matching.sharing(self._session, parts, gram, stretch) for stretch in self._stretches()]
        return [each for (each,) in self._newest_of(queries, _CANDIDATES)]

    def _answering(self, ids: Sequence[int]) -> Iterator[int]:
        """Those of some letters in which every piece stands, or nearly; looked at only as far as is asked for."""
        allowed = set(ids)
        if self._filters and ids:
            allowed &= set(self._session.scalars(matching.ids(self._session, self._filters, "head")))
        newest = sorted(allowed, reverse=True)
        for start in range(0, len(newest), _CLOSELY):
            texts = texts_of(self._session, newest[start : start + _CLOSELY])
            for each in sorted(texts, key=lambda row: -row.letter_id):
                if answers_nearly(packed(f"{each.head}\n{each.body}"), self._pieces):
                    yield each.letter_id

    def _newest(self) -> Iterator[int]:
        """One wrong letter anywhere, in the newest letters that the filters allow."""
        query = select(LetterRow.id).order_by(LetterRow.id.desc()).limit(_SCANNED)
        if self._conditions:
            query = query.where(*self._conditions)
        yield from self._answering(list(self._session.scalars(query)))
