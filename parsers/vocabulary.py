"""The words that Thai letters are made of, how often each is met, and which of them look alike.

The dictionary is PyThaiNLP's, its counts are those of the Thai National Corpus; names of places and public bodies,
which letters are full of, are from our own tables.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache

from pythainlp.corpus.tnc import word_freqs

from parsers.data import read_table
from parsers.places import places
from parsers.skeletons import Skeletons
from parsers.wordlist import words

_PLACE, _AGENCY = 60, 400  # times that a place's name, and an agency's, count as met
_NAMES = (("departments", "name"), ("ministry_codes", "name_th"), ("agency_kinds", "kind"))


@cache
def word_counts() -> Mapping[str, int]:
    """How often each word of the dictionary is met in the corpus."""
    return {word: count for word, count in word_freqs() if word in words()}  # others are never asked for


@cache
def vocabulary() -> Mapping[str, int]:
    """Words of two letters and more, names among them, and how often each is met."""
    counts = word_counts()
    known = {word: counts.get(word, 0) for word in words() if len(word) > 1}
    for place in places():
        for name in (place.subdistrict, place.district, place.province):
            known[name] = max(known.get(name, 0), _PLACE)
    for table, column in _NAMES:
        for row in read_table(table):
            known[row[column]] = max(known.get(row[column], 0), _AGENCY)
    return known


@cache
def skeletons() -> Skeletons:
    """The vocabulary by its skeletons."""
    return Skeletons(sorted(vocabulary()))
