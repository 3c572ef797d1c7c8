"""The Thai word list in little memory: PyThaiNLP's own tree of the same words takes 85 MB, this takes about 10.

The words and the way of cutting are PyThaiNLP's (its `newmm`, maximal matching); only how the words are kept is ours.
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache, lru_cache
from itertools import groupby

from pythainlp.corpus import thai_words
from pythainlp.tokenize.newmm import segment
from pythainlp.util import Trie


class WordList(Trie):  # type: ignore[misc, unused-ignore]  # PyThaiNLP carries no types in some versions
    """Words that can be asked which of them a text goes on with; a set, and how long words of each start are."""

    def __init__(self, words: frozenset[str]) -> None:
        super().__init__([])
        self._words = words
        self._lengths = lengths_by_start(words)

    def prefixes(self, text: str, start: int = 0) -> list[str]:
        """The words that the text goes on with at a place, shortest first."""
        lengths = (1, 2, 3, *self._lengths.get(text[start : start + 4], ()))
        pieces = (text[start : start + length] for length in lengths if start + length <= len(text))
        return [piece for piece in pieces if piece in self._words]

    def __contains__(self, word: object) -> bool:
        return word in self._words

    def __len__(self) -> int:
        return len(self._words)


def lengths_by_start(words: Iterable[str]) -> dict[str, tuple[int, ...]]:
    """How long words of four letters and more are, by the first four: most starts have few lengths.

    >>> lengths_by_start(["ปลาย", "ปลายทาง", "ปลวก", "ปู"])
    {'ปลวก': (4,), 'ปลาย': (4, 7)}
    """
    known: dict[tuple[int, ...], tuple[int, ...]] = {}  # the same few tuples stand for many starts
    starts = groupby(sorted(word for word in words if len(word) > 3), key=lambda word: word[:4])
    found = {start: tuple(sorted({len(word) for word in group})) for start, group in starts}
    return {start: known.setdefault(lengths, lengths) for start, lengths in found.items()}


@cache
def words() -> frozenset[str]:
    """The dictionary's words."""
    return frozenset(thai_words())


@cache
def word_list() -> WordList:
    """The dictionary for cutting text."""
    return WordList(words())


def cut_words(text: str) -> list[str]:
    """A text cut into words, spaces left out.

    >>> cut_words("ขอเชิญประชุม")
    ['ขอ', 'เชิญ', 'ประชุม']
    """
    return list(_cut(text))


@lru_cache(maxsize=4096)  # a value's words are asked for by more than one check
def _cut(text: str) -> tuple[str, ...]:
    return tuple(word for word in segment(text, word_list()) if not word.isspace())
