"""The words that Thai letters are made of, how often each is met, and which of them look alike.

The dictionary is PyThaiNLP's, its counts are those of the Thai National Corpus; names of places and public bodies,
which letters are full of, are from our own tables. One table holds them all, as they stay in memory for good.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cache
from importlib.resources import files
from itertools import groupby
from typing import NamedTuple

from parsers.data import read_table
from parsers.places import places
from parsers.skeletons import Skeletons
from parsers.text import coded

_PLACE, _AGENCY = 60, 400  # times that a place's name, and an agency's, count as met
_NAMES = (("departments", "name"), ("ministry_codes", "name_th"), ("agency_kinds", "kind"))
_ALL_COUNTS = 33_500_000  # words that the corpus has


class Known(NamedTuple):
    """What is known of a word; words of which the same is known share it."""

    cost: float
    """What it costs to meet it: the negative natural logarithm of its share of all words, names taken into account."""
    met: int
    """How often the corpus has it."""
    listed: bool
    """Whether the dictionary has it; else it is a name of a place or an agency."""


@cache
def vocabulary() -> Mapping[str, Known]:
    """All words, names among them, in alphabetical order."""
    counts = dict.fromkeys(_lines("words_th.txt"), 0)
    for line in _lines("tnc_freq.txt"):
        word, _, count = line.partition("\t")
        if word in counts and count:
            counts[word] = int(count)
    names: dict[str, int] = {}
    for place in places():
        names |= dict.fromkeys((place.subdistrict, place.district, place.province), _PLACE)
    for table, column in _NAMES:
        names |= dict.fromkeys((row[column] for row in read_table(table)), _AGENCY)
    same: dict[Known, Known] = {}
    found = {}
    for word in sorted({*counts, *names}):
        met = counts.get(word, 0)
        cost = math.log(_ALL_COUNTS / (max(met, names.get(word, 0)) + 0.5))
        known = Known(cost, met, word in counts)
        found[word] = same.setdefault(known, known)
    return found


def _lines(name: str) -> Iterator[str]:
    """The lines of one of PyThaiNLP's lists. Its own reader keeps them all in memory, which takes 40 MB."""
    with files("pythainlp.corpus").joinpath(name).open(encoding="utf-8-sig") as lines:
        yield from filter(None, (line.rstrip("\r\n") for line in lines))


def is_word(text: str) -> bool:
    """Whether the dictionary has a word."""
    known = vocabulary().get(text)
    return known is not None and known.listed


def times_met(word: str) -> int:
    """How often the corpus has a word; 0 for what is no word."""
    known = vocabulary().get(word)
    return 0 if known is None else known.met


def dictionary() -> Iterator[str]:
    """The words of the dictionary, in alphabetical order."""
    return (word for word, known in vocabulary().items() if known.listed)


class Third(NamedTuple):
    """What begins with three letters: the word that they are, and by the fourth how long words are that begin so."""

    word: Known | None
    lengths: Mapping[int, tuple[int, ...]]


class Second(NamedTuple):
    """What begins with two letters: the word that they are, and what begins with a third."""

    word: Known | None
    then: Mapping[int, Third]


class First(NamedTuple):
    """What begins with a letter: the word that it is, and what begins with a second."""

    word: Known | None
    then: Mapping[int, Second]


@cache
def openings() -> Sequence[First | None]:
    """What words begin with, by the codes of their first letters (see `coded`): most places of a text begin none."""
    known, table = vocabulary(), list[First | None]([None] * 256)
    lengths: dict[tuple[int, ...], tuple[int, ...]] = {}  # the same few tuples stand for many starts
    for letter, words in groupby(known, key=lambda word: word[:1]):
        seconds: dict[int, Second] = {}
        for start, longer in groupby(words, key=lambda word: word[:2]):
            thirds = {
                coded(three)[2]: Third(known.get(three), _lengths(several, lengths))
                for three, several in groupby(longer, key=lambda word: word[:3])
                if len(three) > 2
            }
            if len(start) > 1:
                seconds[coded(start)[1]] = Second(known.get(start), thirds)
        table[coded(letter)[0]] = First(known.get(letter), seconds)
    return table


def _lengths(
    words: Iterable[str], known: dict[tuple[int, ...], tuple[int, ...]]
) -> dict[int, tuple[int, ...]]:
    """How long words of four letters and more are, by the code of the fourth."""
    found: dict[int, set[int]] = {}
    for word in words:
        if len(word) > 3:
            found.setdefault(coded(word[:4])[3], set()).add(len(word))
    return {code: known.setdefault(each, each) for code, ls in found.items() for each in [tuple(sorted(ls))]}


@cache
def skeletons() -> Skeletons:
    """The vocabulary by its skeletons."""
    known = vocabulary()
    return Skeletons((word for word in known if len(word) > 1), lambda word: known[word].cost)
