"""Words by what scanning leaves of them: which words a misread one may be is one look into a table.

A word's skeleton has one letter for every group of look-alikes and no marks, so a word and what one misreading
makes of it have the same. Few words share a skeleton, and most pieces of a text share theirs with none.
"""

from __future__ import annotations

from array import array
from collections.abc import Callable, Iterable, Sequence
from itertools import combinations
from math import inf
from typing import Literal

from parsers.text import letter_table

# Letters and marks that scanning makes alike; each of a group is read for any other of it.
_GROUPS = (
    "ชซข",
    "ดต",
    "คดศ",
    "สล",
    "กถภ",
    "ผฝ",
    "พฟ",
    "บป",
    "ทห",
    "นม",
    "ฎฏ",
    "ไใ",
    "\u0e34\u0e35\u0e36\u0e37",
    "\u0e49\u0e4b\u0e48",
    "\u0e31\u0e49",
    "\u0e38\u0e39",
)
_ALIKE = frozenset(
    pair for group in _GROUPS for one, two in combinations(group, 2) for pair in (one + two, two + one)
)
_MARKS = frozenset("\u0e31\u0e34\u0e35\u0e36\u0e37\u0e38\u0e39\u0e47\u0e48\u0e49\u0e4a\u0e4b\u0e4c\u0e4d")
_LOST = frozenset("\u0e48\u0e49\u0e4c\u0e47\u0e38\u0e31\u0e34\u0e35\u0e37")
_BEARERS = frozenset("\u0e31\u0e34\u0e35\u0e37\u0e38\u0e39")
_AM, _AA = "\u0e33", "\u0e32"
_SARA = frozenset(("เแ", "แเ"))  # two of the one are the other: a letter that is easily halved or doubled

Misreading = Literal["swapped", "lost", "added"]


def _bones_of_letters() -> dict[int, str | None]:
    """The letter that stands for each, None for marks; groups that share a letter are one."""
    bones: dict[str, str] = {}
    for group in (*_GROUPS, _AM + _AA, "เแ"):
        known = next((bones[letter] for letter in group if letter in bones), group[0])
        bones |= dict.fromkeys(group, known)
    return {
        ord(letter): None if letter in _MARKS else bone for letter, bone in bones.items()
    } | dict.fromkeys(map(ord, _MARKS))


_bones = letter_table(_bones_of_letters())


def skeleton(text: str) -> str:
    """The text's letters without marks, each group of look-alikes as one.

    >>> skeleton("ถนน") == skeleton("กนน")
    True
    """
    return _bones(text)


def marks_before(text: str) -> list[int]:
    """For each place of a text, its end included, how many letters of its skeleton stand before it."""
    places = [0]
    for letter in text:
        places.append(places[-1] + (letter not in _MARKS))
    return places


class Skeletons:
    """Words that can be asked which of them share a skeleton, and what those cost that begin so.

    A hash table of numbers: the skeletons themselves are not kept, as they would take as much memory as the words.
    """

    def __init__(self, words: Iterable[str], cost: Callable[[str], float] = lambda _: 0.0) -> None:
        self._words = ("", *words)
        self._mask = (1 << (4 * len(self._words)).bit_length()) - 1
        # By what a skeleton hashes to, a place in `words`; for each word the next one there (0: none), and more
        # of its skeleton's hash.
        self._first = array("I", bytes(4 * (self._mask + 1)))
        self._next = array("I", bytes(4 * len(self._words)))
        self._marks = array("H", bytes(2 * len(self._words)))
        begun: dict[str, dict[int, float]] = {}
        for place in range(len(self._words) - 1, 0, -1):  # the first word is put in last, and found first
            bones = skeleton(self._words[place])
            hashed = hash(bones)
            at = hashed & self._mask
            self._marks[place] = hashed >> 32 & 0xFFFF
            self._next[place], self._first[at] = self._first[at], place
            lengths = begun.setdefault(bones[:3], {})
            lengths[len(bones)] = min(lengths.get(len(bones), inf), cost(self._words[place]))
        self._begun: dict[str, tuple[float, ...]] = {}
        for start in sorted(begun):  # what a text begins with may be a shorter word, too
            lengths = {
                at: known[at] for at in range(1, len(start)) if (known := begun.get(start[:at]))
            } | begun[start]
            self._begun[start] = tuple(lengths.get(length, inf) for length in range(max(lengths) + 1))

    def of(self, bones: str) -> Sequence[str]:
        """The words of a skeleton, in the order in which they were given."""
        hashed = hash(bones)
        place = self._first[hashed & self._mask]
        if not place:
            return ()
        found, mark = [], hashed >> 32 & 0xFFFF
        while place:
            if self._marks[place] == mark and skeleton(self._words[place]) == bones:
                found.append(self._words[place])
            place = self._next[place]
        return found

    def begun(self, bones: str) -> Sequence[float]:
        """What the cheapest word costs that a text may begin with, by the letters of its skeleton, from none on.

        `bones`: the first three letters of the text's skeleton, or its last ones.
        """
        known = self._begun.get
        return known(bones) or known(bones[:2]) or known(bones[:1]) or ()


def misreading(word: str, read: str) -> Misreading | None:
    """What one accident made the word into what was read: a letter taken for its look-alike, a mark lost or added.

    >>> misreading("ถนน", "กนน"), misreading("ส่ง", "สง"), misreading("ถนน", "กมน")
    ('swapped', 'lost', None)
    """
    if len(word) == len(read):
        return _replaced(word, read)
    if abs(len(word) - len(read)) != 1:
        return None
    longer, shorter = (word, read) if len(word) > len(read) else (read, word)
    at = next((at for at, letter in enumerate(shorter) if letter != longer[at]), len(shorter))
    if longer[at + 1 :] != shorter[at:]:
        return None
    if longer is read:
        return "added" if longer[at] in _MARKS else None
    borne = at > 0 and ("\u0e01" <= longer[at - 1] <= "\u0e2e" or longer[at - 1] in _BEARERS)
    return "lost" if borne and longer[at] in _LOST else None


def _replaced(word: str, read: str) -> Misreading | None:
    places = [at for at, letter in enumerate(word) if letter != read[at]]
    if len(places) != 1:
        return None
    at = places[0]
    pair = read[at] + word[at]
    if pair in _ALIKE:
        return "swapped"
    if pair == _AA + _AM:
        return "lost"
    return "added" if at == 0 and pair in _SARA and len(read) > 3 else None
