"""Thai text cut into words for search: the same way for what is kept and for what is asked.

Thai is written without spaces, so words come from a dictionary (PyThaiNLP's, by its maximal matching, with
the offices' codes added). Long words are cut on into the words that they are made of, so that a part of one
is found and a cut that could fall either way falls the same on both sides.
"""

from __future__ import annotations

import re
from array import array
from bisect import bisect_left
from collections.abc import Iterator
from functools import cache, lru_cache
from typing import TYPE_CHECKING, NamedTuple

from rapidfuzz.distance import Levenshtein

from parsers.data import read_table
from parsers.text import LETTERS, MARKS, normalise, to_arabic

if TYPE_CHECKING:
    from parsers.wordlist import WordList

SEAM = "\u001f"
"""Stands between two words that are written together; taking it out gives the text back."""

_OWN = (("ministry_codes", ("code", "name_th")), ("province_codes", ("abbr_2letter", "province_th")))
"""The offices' own words: the tables and columns that they stand in."""
_THAI = f"[{LETTERS}]+"
_RUN = re.compile(rf"{_THAI}|[0-9]+|(?:(?![0-9_]|[{LETTERS}])\w)+")
_LEAST = 3  # letters of a part of a word; shorter ones are more often chance
_LONG = 8  # letters from which a word is cut on
_COMMON = 5000  # times that an everyday word stands in the Thai National Corpus
_LONGEST = 16  # letters of a damaged word that is looked for in the dictionary
_PIECES = 4  # into which a damaged word may have fallen
_ENDINGS = (1 << 22) - 1  # the last bits of a number


@cache
def _word_list() -> WordList:
    """About 62,000 words; half a second, so only when somebody searches or keeps a letter."""
    from parsers.wordlist import WordList

    own = {row[column] for table, columns in _OWN for row in read_table(table) for column in columns}
    return WordList(frozenset(word for word in own if re.fullmatch(_THAI, word)))


def words(text: str) -> tuple[str, ...]:
    """The words of a text in lower case, with Arabic digits; signs and spaces are left out.

    >>> words("ขอเชิญประชุม ที่ ลป ๐๐๑๗.๒/ว ๑๗๙๗")
    ('ขอ', 'เชิญ', 'ประชุม', 'ที่', 'ลป', '0017', '2', 'ว', '1797')
    """
    return tuple(word for run in _RUN.findall(plain(text).lower()) for word in _cut(run))


def plain(text: str) -> str:
    """The text as it is kept for search: normalised, digits Arabic."""
    return to_arabic(normalise(text))


def seamed(text: str) -> str:
    """The plain text with a seam between words that are written together."""
    text = plain(text)
    pieces: list[str] = []
    done, before = 0, -1
    for found in _RUN.finditer(text):
        pieces.append(text[done : found.start()])
        if found.start() == before:  # digits directly behind letters: ว1797
            pieces.append(SEAM)
        pieces.append(SEAM.join(_cut(found[0])))
        done = before = found.end()
    return "".join((*pieces, text[done:]))


def unseamed(text: str) -> str:
    """The plain text back."""
    return text.replace(SEAM, "")


def _cut(run: str) -> tuple[str, ...]:
    """One run of letters of one script as words."""
    if not "\u0e00" <= run[0] <= "\u0e7f":
        return (run,)
    return tuple(part for word in _segment(run) for part in _parts(word))


@lru_cache(maxsize=1 << 12)  # of a letter each run is asked for two or three times
def _segment(run: str) -> tuple[str, ...]:
    return tuple(_word_list().cut(run))


@lru_cache(maxsize=1 << 16)
def _parts(word: str) -> tuple[str, ...]:
    """A word of the dictionary as the fewest words that it is made of, each cut on; else itself."""
    known = _word_list()
    if len(word) < _LONG or word not in known:
        return (word,)
    best: list[tuple[str, ...] | None] = [()] + [None] * len(word)
    for end in range(_LEAST, len(word) + 1):
        for start in range(0, end - _LEAST + 1):
            before = best[start]
            piece = word[start:end]
            if before is None or piece == word or piece not in known:
                continue
            shortest = best[end]
            if shortest is None or len(before) + 1 < len(shortest):
                best[end] = (*before, piece)
    whole = best[-1]
    return (word,) if whole is None else tuple(part for piece in whole for part in _parts(piece))


@lru_cache(maxsize=1 << 10)
def going_on(start: str) -> tuple[tuple[str, ...], ...]:
    """The words of the dictionary that begin so, each as it is cut.

    >>> going_on("พิจาร")
    (('พิจาร',), ('พิจารณา',), ('พิจารณ์',))
    """
    known = _in_order()
    first = bisect_left(known, start)
    found = {}
    for word in known[first : bisect_left(known, start + "\uffff", first)]:
        parts = _parts(word)
        found[parts[:1] if parts[0].startswith(start) else parts] = True
    return tuple(found)


@cache
def _in_order() -> tuple[str, ...]:
    return tuple(sorted(_word_list().words()))


def lookalikes(text: str) -> tuple[str, ...]:
    """Words that damaged ones in a text may stand for: each one letter away from a word of the dictionary.

    A wrong letter makes a word fall to pieces when it is cut, so what is tried is every few pieces in a row of
    which one is no word, or very short.

    >>> "ประชุม" in lookalikes("ขอเชิญประขุม")
    True
    """
    found = dict.fromkeys(word for _, _, near in _damaged(plain(text)) for word in near)
    return tuple(part for word in found for part in _parts(word))


def repaired(text: str) -> tuple[str, ...]:
    """The plain text with one damaged word put right, in every way that the dictionary allows, the likeliest first.

    >>> "ขอเชิญประชุม" in repaired("ขอเชิญประขุม")
    True
    >>> repaired("ท้ง")[0]
    'ทั้ง'
    """
    text = plain(text)
    found = [
        (end - start <= _LEAST, not _is_common(word), text[:start] + word + text[end:])
        for start, end, near in _damaged(text, _LEAST)
        for word in near
    ]
    found.sort(key=lambda each: each[:2])  # of three letters many words are made: those come last
    return tuple(dict.fromkeys(mended for _, _, mended in found))


def _damaged(text: str, least: int = _LEAST + 1) -> Iterator[tuple[int, int, tuple[str, ...]]]:
    """Stretches of at least so many letters that look like damaged words, with the words they may stand for."""
    for run in re.finditer(_THAI, text):
        pieces = _segment(run[0])
        odd = [_is_odd(piece) for piece in pieces]
        start = run.start()
        for place, piece in enumerate(pieces):
            damaged, is_odd = "", False
            for at in range(place, min(place + _PIECES, len(pieces))):
                damaged, is_odd = damaged + pieces[at], is_odd or odd[at]
                if len(damaged) > _LONGEST:
                    break
                if is_odd and len(damaged) >= least and (at > place or not _is_word(piece)):
                    yield start, start + len(damaged), _near(damaged)
            start += len(piece)


def _is_word(piece: str) -> bool:
    return piece in _word_list()


def _is_common(word: str) -> bool:
    from parsers.vocabulary import times_met

    return times_met(word) >= _COMMON


def _is_odd(piece: str) -> bool:
    """Whether a piece looks like the remains of a word: it is no word, or a short and rare one."""
    return not _is_word(piece) or (len(piece) <= _LEAST and not _is_common(piece))


class _Shorter(NamedTuple):
    """Words with one letter left out, as numbers in rising order, and which word each of them comes from."""

    numbers: array[int]
    places: array[int]
    words: tuple[str, ...]
    met: bytes  # by the last bits of a number, whether there is one that ends so: most need not be looked for


@cache
def _shorter() -> _Shorter:
    """Two words that differ in one letter become the same when the right letter of each is left out."""
    import numpy as np  # only for damaged words: commands that do not search start without it

    known = tuple(word for word in _in_order() if _LEAST < len(word) <= _LONGEST)
    pairs = [(hash(short), place) for place, word in enumerate(known) for short in _with_less(word)]
    numbers = np.array([number for number, _ in pairs], dtype=np.int64)
    order = np.argsort(numbers)
    met = np.zeros(_ENDINGS + 1, dtype=np.uint8)
    met[numbers & _ENDINGS] = 1
    places = np.array([place for _, place in pairs], dtype=np.int32)
    return _Shorter(
        array("q", numbers[order].tobytes()), array("i", places[order].tobytes()), known, met.tobytes()
    )


def _with_less(word: str) -> tuple[str, ...]:
    return (word, *(word[:place] + word[place + 1 :] for place in range(len(word))))


@lru_cache(maxsize=1 << 14)
def _near(damaged: str) -> tuple[str, ...]:
    """The words of the dictionary, of four letters or more, that differ in one letter."""
    if _is_word(damaged):
        return ()
    known = _shorter()
    met, all_numbers = known.met, known.numbers
    places = set()
    for number in map(hash, _with_less(damaged)):
        if met[number & _ENDINGS]:
            place = bisect_left(all_numbers, number)
            while place < len(all_numbers) and all_numbers[place] == number:
                places.add(known.places[place])
                place += 1
    near = (known.words[place] for place in sorted(places))
    return tuple(word for word in near if Levenshtein.distance(word, damaged, score_cutoff=1) <= 1)


def squashed(text: str) -> str:
    """The plain text without spaces, signs and seams, in lower case: for parts of words."""
    return re.sub(f"[^\\w{MARKS}]|_", "", plain(text).lower())
