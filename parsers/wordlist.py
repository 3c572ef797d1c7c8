"""Thai text cut into words by PyThaiNLP's dictionary and its way of cutting (`newmm`, maximal matching).

Only how the words are kept is ours: PyThaiNLP's own tree of them takes 85 MB, this takes what the words take.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache, lru_cache
from itertools import groupby

from pythainlp.tokenize.newmm import segment
from pythainlp.util import Trie

from parsers.vocabulary import dictionary, is_word, starts, vocabulary


class WordList(Trie):  # type: ignore[misc, unused-ignore]  # PyThaiNLP carries no types in some versions
    """The dictionary that can be asked which of its words a text goes on with, and a few words beside it."""

    def __init__(self, own: frozenset[str] = frozenset()) -> None:
        super().__init__([])
        self._known = vocabulary()
        self._lengths = starts()
        self._own = frozenset(word for word in own if not is_word(word))
        self._own_lengths = {
            start: tuple(sorted({len(word) for word in group}))
            for start, group in groupby(sorted(self._own), key=lambda word: word[:2])
        }
        self._size = sum(1 for _ in dictionary()) + len(self._own)

    def prefixes(self, text: str, start: int = 0) -> list[str]:
        """The words that the text goes on with at a place, shortest first."""
        known, last = self._known, len(text) - start
        found = []
        for length in (1, 2, 3, *self._lengths.get(text[start : start + 4], ())):
            word = known.get(text[start : start + length]) if length <= last else None
            if word is not None and word.listed:
                found.append(text[start : start + length])
        for length in self._own_lengths.get(text[start : start + 2], ()):
            piece = text[start : start + length]
            if length <= last and piece in self._own:
                found.append(piece)
                found.sort(key=len)
        return found

    def words(self) -> Iterator[str]:
        """All of them."""
        yield from dictionary()
        yield from self._own

    def __contains__(self, word: object) -> bool:
        return word in self._own or (isinstance(word, str) and is_word(word))

    def __len__(self) -> int:
        return self._size


@cache
def word_list() -> WordList:
    """The dictionary for cutting text."""
    return WordList()


def cut_words(text: str) -> list[str]:
    """A text cut into words, spaces left out.

    >>> cut_words("ขอเชิญประชุม")
    ['ขอ', 'เชิญ', 'ประชุม']
    """
    return list(_cut(text))


@lru_cache(maxsize=4096)  # a value's words are asked for by more than one check
def _cut(text: str) -> tuple[str, ...]:
    return tuple(word for word in segment(text, word_list()) if not word.isspace())
