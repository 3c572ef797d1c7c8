"""How often words stand in letters, as PostgreSQL's own figures have it: which of them are worth looking up.

Its index of words looks at every word of a question in every letter that holds the rarest of them. So a word that
stands in most letters costs much there and narrows nothing: it is asked of the letters themselves, afterwards.
"""

from __future__ import annotations

import math
import time
from collections.abc import Iterable, Mapping
from typing import NamedTuple
from weakref import WeakKeyDictionary

from sqlalchemy import Engine, text
from sqlalchemy.orm import Session

_COMMON = 0.5  # of all letters: words that are in more are not looked up where rarer ones are
_KEPT_S = 600
_FIGURES = text(
    "SELECT CAST(CAST(most_common_elems AS text) AS text[]), most_common_elem_freqs FROM pg_stats "
    "WHERE schemaname = current_schema() AND tablename = 'search_vectors' AND attname = 'everything'"
)


class Rareness(NamedTuple):
    """The share of letters in which a word stands; of a word that is not known, no more than `rest`."""

    shares: Mapping[str, float]
    rest: float

    def share(self, word: str) -> float:
        """A share, or more than it."""
        return self.shares.get(word, self.rest)

    def rare(self, words: Iterable[str]) -> tuple[str, ...]:
        """The words worth looking up; all, where none is rare."""
        known = tuple(dict.fromkeys(words))
        return tuple(word for word in known if self.share(word) < _COMMON) or known

    def together(self, words: Iterable[str]) -> float:
        """In what share of letters some words all stand, by the two rarest: more words often come together."""
        return math.prod(sorted(map(self.share, set(words)))[:2])


def rareness(session: Session) -> Rareness:
    """The figures as they were in the last minutes. Without any, as before the first ANALYZE, no word is rare."""
    engine, now = session.get_bind().engine, time.monotonic()
    at, figures = _known.get(engine, (-math.inf, _NONE))
    if now - at > _KEPT_S:
        figures = _asked(session)
        _known[engine] = now, figures
    return figures


_NONE = Rareness({}, 1.0)
_known: WeakKeyDictionary[Engine, tuple[float, Rareness]] = WeakKeyDictionary()


def _asked(session: Session) -> Rareness:
    row = session.execute(_FIGURES).first()
    if row is None or not row[0]:
        return _NONE
    shares = dict(zip(*row, strict=False))  # behind the words' shares stand the least and the greatest
    return Rareness(shares, min(shares.values()))
