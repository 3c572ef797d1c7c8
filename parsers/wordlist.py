"""The Thai word list in little memory: PyThaiNLP's own tree of the same words takes 85 MB, this takes about 10.

The words and the way of cutting are PyThaiNLP's (its `newmm`, maximal matching); only how the words are kept is ours.
"""

from __future__ import annotations

from functools import cache, lru_cache
from itertools import groupby

from pythainlp.corpus import thai_words
from pythainlp.tokenize import word_tokenize
from pythainlp.util import Trie


class WordList(Trie):  # type: ignore[misc, unused-ignore]  # PyThaiNLP carries no types in some versions
    """Words that can be asked which of them a text goes on with; a set, and how long words of each start are."""

    def __init__(self, words: frozenset[str]) -> None:
        super().__init__([])
        self._words = words
        starts = groupby(sorted(word for word in words if word), key=lambda word: word[:2])
        self._longest = {start: max(map(len, group)) for start, group in starts}

    def prefixes(self, text: str, start: int = 0) -> list[str]:
        """The words that the text goes on with at a place, shortest first."""
        longest = self._longest.get(text[start : start + 2], 1)
        ends = range(start + 1, min(len(text), start + longest) + 1)
        return [text[start:end] for end in ends if text[start:end] in self._words]

    def __contains__(self, word: object) -> bool:
        return word in self._words

    def __len__(self) -> int:
        return len(self._words)


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
    return tuple(word_tokenize(text, custom_dict=word_list(), engine="newmm", keep_whitespace=False))
