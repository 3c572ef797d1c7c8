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
from typing import NamedTuple

from parsers.skeletons import marks_before, misreading, skeleton
from parsers.vocabulary import skeletons, starts, vocabulary
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
    rest = _at_least(steps, misread)
    if rest[0] >= cost - _GAIN:
        return run  # nothing that can be read so is
    mended, mended_cost = _through(run, steps, _Misread.of(run, misread, cost - _GAIN, rest))
    return "".join(mended) if mended_cost < cost - _GAIN else run


def _steps(run: str) -> list[list[tuple[int, float]]]:
    """For each place of a run the words that end there: where each begins, what it costs."""
    words, lengths = vocabulary(), starts()
    found: list[list[tuple[int, float]]] = [[] for _ in range(len(run) + 1)]
    openings = _openings()
    for start in range(len(run) - 1):
        if run[start] not in openings:
            continue
        for length in (2, 3, *lengths.get(run[start : start + 4], ())):
            known = words.get(run[start : start + length])
            if known is not None and start + length <= len(run):
                found[start + length].append((start, known.cost))
    return found


def _at_least(steps: Sequence[Sequence[tuple[int, float]]], misread: float) -> list[float]:
    """What the way from each place of a run to its end costs at least, were all misread words the commonest ones."""
    least = [(length, misread + _least()[length]) for length in range(2, _LONGEST_MISREAD + 1)]
    rest = [math.inf] * (len(steps) - 1) + [0.0]
    for end in range(len(steps) - 1, 0, -1):
        here = rest[end]
        rest[end - 1] = min(rest[end - 1], here + _ONWARD)
        for start, cost in steps[end]:
            if here + cost < rest[start]:
                rest[start] = here + cost
        for length, cost in least[: max(0, end - 1)]:
            if here + cost < rest[end - length]:
                rest[end - length] = here + cost
    return rest


def _through(
    run: str, steps: Sequence[Sequence[tuple[int, float]]], misread: _Misread | None = None
) -> tuple[list[str], float]:
    """The cheapest way through a run of letters: its pieces, and its cost."""
    # For each place: the way there, the piece that ends it, its beginning.
    costs, words, firsts = [0.0], [""], [0]
    for end in range(1, len(run) + 1):
        open_piece = len(words[-1]) == 1  # words have more letters
        cost = costs[-1] + _ONWARD + (0.0 if open_piece else _UNKNOWN)
        first, word = end - 1, ""
        for start, of_word in steps[end]:
            if costs[start] + of_word < cost:
                first, cost = start, costs[start] + of_word
        if misread is not None:
            first, cost, word = misread.cheaper(end, costs, first, cost)
        costs.append(cost)
        words.append(word or run[first:end])
        firsts.append(first)
    pieces: list[str] = []
    place = len(run)
    while place:
        pieces.append(words[place])
        place = firsts[place]
    return pieces[::-1], costs[-1]


class _Misread(NamedTuple):
    """A run of letters of which one misreading may have made other words, and what a misreading costs."""

    run: str
    bones: str
    places: list[int]  # letters of the skeleton before each place
    ends: list[int]  # how far, in letters of the skeleton, words go that begin at each place
    costs: float
    most: list[float]  # for each place what the way there may cost

    @classmethod
    def of(cls, run: str, costs: float, most: float, rest: Sequence[float]) -> _Misread:
        """`most`: what the whole way may cost, `rest`: what the way from each place on costs at least."""
        bones, places, table = skeleton(run), marks_before(run), skeletons()
        ends = [first + table.reach(bones[first : first + 3]) for first in places]
        return cls(run, bones, places, ends, costs, [most - left for left in rest])

    def cheaper(self, end: int, costs: Sequence[float], first: int, cost: float) -> tuple[int, float, str]:
        """The cheapest misread word that ends at a place: its beginning, the way's cost, the word.

        Where none is cheaper than `cost`, what is given, and no word.
        """
        known, least = vocabulary(), _least()
        word, place, near = "", self.places[end], skeletons().of
        dearest = min(cost, self.most[end])  # beyond, the whole way costs too much
        for start in range(max(0, end - _LONGEST_MISREAD), end - 1):
            so_far = costs[start] + self.costs
            if place > self.ends[start] or so_far + least[end - start] >= dearest:
                continue  # not even the commonest word would make it cheaper
            for other in near(self.bones[self.places[start] : place]):
                if so_far + known[other].cost < dearest and _may_be(other, self.run[start:end]):
                    first, word, cost = start, other, so_far + known[other].cost
                    dearest = cost
        return first, cost, word


def _may_be(word: str, read: str) -> bool:
    """Whether one misreading makes a word into what was read; words of two letters only lose marks."""
    kind = misreading(word, read)
    return kind == "lost" or (kind is not None and len(read) > 2)


@cache
def _openings() -> frozenset[str]:
    """The letters that words begin with: no marks, and no vowels that stand behind."""
    return frozenset(word[0] for word in vocabulary())


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
