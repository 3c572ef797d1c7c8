"""What Thai text most likely said, where letters that look alike, or marks that are easily lost, were misread.

The text is cut into words anew, each as it stands or with one letter or mark misread; rare words and misreadings
cost, and the cheapest way through the text wins (Viterbi's search over a noisy channel). Costs are negative natural
logarithms of shares: of words in the Thai National Corpus (PyThaiNLP's counts), of misreadings on poor scans.
"""

from __future__ import annotations

import math
import re
from collections.abc import Sequence
from functools import cache, lru_cache
from operator import add
from typing import NamedTuple

from parsers.skeletons import marks_before, misreading, skeleton
from parsers.text import coded
from parsers.vocabulary import openings, skeletons, vocabulary
from parsers.wordlist import cut_words

_THAI = re.compile(r"[\u0e01-\u0e4e]+")
# The commonest opening of a subject, its first letter misread: two letters are too few for the word lists.
_ASKS = re.compile(
    r"^[วชซฃฆ]อ(?=ข้อ|ความ|เชิญ|ส่ง|อนุ|แจ้ง|ให้|รับ|เรียน|ราย|ใช้|ทราบ|เสนอ|หารือ|เบิก|โอน|ยืม|สนับ|คืน|ขยาย|ชี้|แสดง|มอบ|นำ|จัด|แต่ง|ตัว|"
    r"หนังสือ|ยกเลิก|เปลี่ยน|ประชา|บริจาค|พระราช|อภัย|เลื่อน|ย้าย|ลา|กำลัง|ตรวจ|ขอบ|เข้า|แก้|เช่า|ซื้อ|จ้าง|ต่อ|ปรับ|รบกวน|ถอน|กู้|ทำ|เพิ่ม|ถวาย)"
)
_SHORTEST_RUN, _LONGEST_RUN = (
    4,
    160,
)  # letters; shorter ones may be abbreviations, longer ones are no field's text
_LONGEST_MISREAD = 20
_LONGEST = 300  # letters looked at; fields are shorter
_COMMON = 10.418  # a word of less cost, met more than 1000 times, is not asked what else it may be
_USUAL = 2.0  # what a letter of right text costs at most
_UNKNOWN, _ONWARD = 9.0, 4.5  # for a piece that is no word: its start, each letter
_GAIN = 2.5  # by which another text must be the likelier one
_TINY = 1e-9  # more than sums of costs differ by the order in which they are added
_DOUBTED = 0.9  # a reading below this was read from poor ink


def likeliest(text: str, confidence: float) -> str | None:
    """The text with its misread letters mended; None where none seem to be.

    >>> likeliest("ขอเชิญสงผลงานเข้าประกวดกนนปลอดภัย", 0.8)
    'ขอเชิญส่งผลงานเข้าประกวดถนนปลอดภัย'
    """
    misread = 5.5 if confidence < _DOUBTED else 8.0
    asked = _ASKS.sub("ขอ", text[:_LONGEST])
    mended = _THAI.sub(lambda run: _mended(run[0], misread), asked) + text[_LONGEST:]
    return mended if mended != text else None


@lru_cache(maxsize=2048)
def _mended(run: str, misread: float) -> str:
    if not _SHORTEST_RUN <= len(run) <= _LONGEST_RUN:
        return run
    if _is_usual(cut_words(run), len(run)):
        return run  # as it is cut, all its words are common: there is nothing to look for
    steps = _steps(run)
    pieces, cost = _through(run, steps)
    if _is_usual(pieces, len(run)):
        return run
    if misread + _rest()[len(run)] >= cost - _GAIN:
        return run  # nothing of this length is likely enough
    other = _Misread.of(run, steps, misread, cost - _GAIN)
    if other.rest[0] >= cost - _GAIN + _TINY:
        return run  # nothing that can be read so is
    mended, mended_cost = _through(run, steps, other)
    return "".join(mended) if mended_cost < cost - _GAIN else run


def _steps(run: str) -> list[Sequence[tuple[int, float]]]:
    """For each place of a run the words that begin there: where each ends, what it costs."""
    word, table, codes, last = vocabulary().get, openings(), coded(run), len(run)
    found: list[Sequence[tuple[int, float]]] = [()] * (last + 1)
    for start in range(last - 1):
        first = table[codes[start]]
        second = first.then.get(codes[start + 1]) if first is not None else None
        if second is None:
            continue
        here = [(start + 2, second.word.cost)] if second.word is not None else []
        third = second.then.get(codes[start + 2])
        if third is not None:
            if third.word is not None:
                here.append((start + 3, third.word.cost))
            for length in third.lengths.get(codes[start + 3], ()):
                end = start + length
                known = word(run[start:end])
                if known is not None and end <= last:
                    here.append((end, known.cost))
        found[start] = here
    return found


def _through(
    run: str, steps: Sequence[Sequence[tuple[int, float]]], misread: _Misread | None = None
) -> tuple[list[str], float]:
    """The cheapest way through a run of letters: its pieces, and its cost."""
    # For each place: what the way there costs, where the piece that ends there begins, and what it says if not as read.
    # Ahead of the place at hand they tell of the words alone that have begun before it.
    costs, firsts, others = [math.inf] * (len(run) + 1), [0] * (len(run) + 1), dict[int, str]()
    costs[0] = before = 0.0
    letter = False  # whether a piece of one letter ends at the place before: it may go on, and words have more letters
    for end in range(1, len(run) + 1):
        for at, of_word in steps[end - 1]:
            if before + of_word < costs[at]:
                firsts[at], costs[at] = end - 1, before + of_word
        first, cost = firsts[end], costs[end]
        onward = before + _ONWARD + (0.0 if letter else _UNKNOWN)
        if cost >= onward:
            first, cost = end - 1, onward
        if misread is not None:
            first, cost, word = misread.cheaper(end, costs, first, cost)
            if word:
                others[end] = word
        firsts[end], costs[end] = first, cost
        before, letter = cost, first == end - 1
    pieces: list[str] = []
    place = len(run)
    while place:
        pieces.append(others.get(place) or run[firsts[place] : place])
        place = firsts[place]
    return pieces[::-1], costs[-1]


class _Misread(NamedTuple):
    """A run of letters of which one misreading may have made other words, and what a misreading costs."""

    run: str
    bones: str
    places: list[int]  # letters of the skeleton before each place
    words: list[Sequence[float]]
    """What words cost that may begin at each letter of the skeleton, by the letters of their skeletons."""
    costs: float
    most: float  # what the whole way may cost
    rest: list[float]  # what the way from each place on costs at least
    onward: list[float]  # the same where a misread word begins there
    begun: list[int]  # the places gone past where one may begin without the way costing too much

    @classmethod
    def of(
        cls, run: str, steps: Sequence[Sequence[tuple[int, float]]], costs: float, most: float
    ) -> _Misread:
        """`steps`: the words as they stand, `most`: what the whole way may cost."""
        bones, places = skeleton(run), marks_before(run)
        words = [_begun(bones[first : first + 3]) for first in range(len(bones) + 1)]
        rest, onward = _at_least(steps, places, words, costs)
        return cls(run, bones, places, words, costs, most, rest, onward, [])

    def cheaper(self, end: int, costs: Sequence[float], first: int, cost: float) -> tuple[int, float, str]:
        """The cheapest misread word that ends at a place: its beginning, the way's cost, the word.

        Where none is cheaper than `cost`, what is given, and no word. To be asked for the places in their order.
        """
        if end > 1 and costs[end - 2] + self.onward[end - 2] < self.most + _TINY:
            self.begun.append(end - 2)
        if not self.begun:
            return first, cost, ""
        word, places, words, misread = "", self.places, self.words, self.costs
        here = places[end]
        dearest = min(cost, self.most - self.rest[end])  # beyond, the whole way costs too much
        for start in self.begun:
            if end - start > _LONGEST_MISREAD:
                continue
            behind = places[start]
            known, letters = words[behind], here - behind
            if letters >= len(known) or costs[start] + misread + known[letters] >= dearest:
                continue  # not even the cheapest word of that length would make it cheaper
            so_far = costs[start] + misread
            for other in skeletons().of(self.bones[behind:here]):
                whole = so_far + vocabulary()[other].cost
                if whole < dearest and _may_be(other, self.run[start:end]):
                    first, word, cost = start, other, whole
                    dearest = cost
        return first, cost, word


def _at_least(
    steps: Sequence[Sequence[tuple[int, float]]],
    places: Sequence[int],
    words: Sequence[Sequence[float]],
    misread: float,
) -> tuple[list[float], list[float]]:
    """What the way from each place of a run to its end costs at least; and what it does with a misread word there.

    A misread word costs no less than the cheapest one with so many letters in its skeleton that begins so.
    """
    size = len(places) - 1
    rest, onward = [math.inf] * size + [0.0], [math.inf] * size
    # The least of `rest` where so many letters of the skeleton lie behind.
    best = [math.inf] * places[size] + [0.0]
    done, least_onward = -1, math.inf
    for start in range(size - 1, -1, -1):
        first = places[start]
        least = rest[start + 1] + _ONWARD
        for end, cost in steps[start]:
            if rest[end] + cost < least:
                least = rest[end] + cost
        if first != done:  # a mark has the same letters behind it as the letter that bears it
            known = words[first]
            least_onward = misread + min(map(add, known, best[first : first + len(known)]), default=math.inf)
            done = first
        onward[start] = least_onward
        if least_onward < least:
            least = least_onward
        rest[start] = least
        if least < best[first]:
            best[first] = least
    return rest, onward


@lru_cache(maxsize=8192)  # few openings stand in most texts
def _begun(bones: str) -> Sequence[float]:
    """What words cost that three letters of a skeleton may begin."""
    return skeletons().begun(bones)


def _may_be(word: str, read: str) -> bool:
    """Whether one misreading makes a word into what was read; words of two letters only lose marks."""
    kind = misreading(word, read)
    return kind == "lost" or (kind is not None and len(read) > 2)


@cache
def _least() -> tuple[float, ...]:
    """What the commonest word costs of which one misreading may make so many letters, from none on."""
    words = vocabulary()
    least = [math.inf] * (max(map(len, words)) + 2)
    for word, known in words.items():
        for length in range(len(word) - 1, len(word) + 2) if len(word) > 1 else ():
            least[length] = min(least[length], known.cost)
    return tuple(least)


@cache
def _rest() -> tuple[float, ...]:
    """What the likeliest text of so many letters costs, from none on, whatever it says."""
    rest, least = [0.0], _least()
    for length in range(1, _LONGEST_RUN + 1):
        ways = [rest[length - word] + least[word] for word in range(1, min(length, len(least) - 1) + 1)]
        rest.append(min([rest[-1] + _ONWARD, *ways]))
    return tuple(rest)


def _is_usual(words: Sequence[str], letters: int) -> bool:
    """Whether all words of a run of so many letters are common, and their way costs no more than that of right text."""
    known = vocabulary()
    costs = [known[word].cost if word in known else math.inf for word in words]
    return max(costs, default=math.inf) < _COMMON and sum(costs) < _USUAL * letters
