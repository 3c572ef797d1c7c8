"""What Thai text most likely said, where letters that look alike, or marks that are easily lost, were misread.

The text is cut into words anew, each as it stands or with one letter or mark misread; rare words and misreadings
cost, and the cheapest way through the text wins (Viterbi's search over a noisy channel). Costs are negative natural
logarithms of shares: of words in the Thai National Corpus (PyThaiNLP's counts), of misreadings on poor scans.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterator
from functools import cache, lru_cache
from typing import NamedTuple

from parsers.data import read_table
from parsers.lookalikes import fuller, swaps, word_counts
from parsers.places import places
from parsers.wordlist import words

_THAI = re.compile(r"[\u0e01-\u0e4e]+")
# The commonest opening of a subject, its first letter misread: two letters are too few for the word lists.
_ASKS = re.compile(
    r"^[วชซฃฆ]อ(?=ข้อ|ความ|เชิญ|ส่ง|อนุ|แจ้ง|ให้|รับ|เรียน|ราย|ใช้|ทราบ|เสนอ|หารือ|เบิก|โอน|ยืม|สนับ|คืน|ขยาย|ชี้|แสดง|มอบ|นำ|จัด|แต่ง|ตัว|"
    r"หนังสือ|ยกเลิก|เปลี่ยน|ประชา|บริจาค|พระราช|อภัย|เลื่อน|ย้าย|ลา|กำลัง|ตรวจ|ขอบ|เข้า|แก้|เช่า|ซื้อ|จ้าง|ต่อ|ปรับ|รบกวน|ถอน|กู้|ทำ|เพิ่ม|ถวาย)"
)
_MARKS = frozenset("\u0e31\u0e34\u0e35\u0e36\u0e37\u0e38\u0e39\u0e47\u0e48\u0e49\u0e4a\u0e4b\u0e4c\u0e4d")
_SHORTEST_RUN, _LONGEST_RUN = (
    4,
    160,
)  # letters; shorter ones may be abbreviations, longer ones are no field's text
_LONGEST_WORD, _LONGEST_MISREAD = 30, 20
_LONGEST = 300  # letters looked at; fields are shorter
_COMMON = 1000  # times met, from which a word is not asked what else it may be
_USUAL = 2.0  # what a letter of right text costs at most
_ALL_COUNTS = 33_500_000  # words that the corpus has
_PLACE, _AGENCY = 60, 400  # times that a place's name, and an agency's, count as met
_UNKNOWN, _ONWARD = 9.0, 4.5  # for a piece that is no word: its start, each letter
_GAIN = 2.5  # by which another text must be the likelier one
_DOUBTED = 0.9  # a reading below this was read from poor ink


class _Step(NamedTuple):
    """The cheapest way to a place in the text: its cost, the piece that ends there, where that begins."""

    cost: float
    piece: str
    start: int


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
    pieces, cost = _through(run, None)
    if cost < _USUAL * len(run) and all(_count(piece) > _COMMON for piece in pieces):
        return run
    mended, mended_cost = _through(run, misread)
    return "".join(mended) if mended_cost < cost - _GAIN else run


def _through(run: str, misread: float | None) -> tuple[list[str], float]:
    """The cheapest way through a run of letters: its pieces, and its cost. `misread`: what one misreading costs."""
    costs, longest, least = _costs()
    reach = [longest.get(run[start : start + 2], 0) for start in range(len(run))]
    if misread is not None:
        reach = [max(most, _LONGEST_MISREAD) for most in reach]
    steps = [_Step(0.0, "", 0)]
    for end in range(1, len(run) + 1):
        before = steps[end - 1]
        open_piece = bool(before.piece) and before.piece not in costs
        best = _Step(before.cost + _ONWARD + (0.0 if open_piece else _UNKNOWN), run[end - 1], end - 1)
        for start in range(max(0, end - _LONGEST_WORD), end):
            if end - start > reach[start]:
                continue
            so_far = steps[start].cost
            if so_far + least >= best.cost:
                continue  # not even the commonest word would make it cheaper
            text = run[start:end]
            cost = costs.get(text)
            if cost is not None and so_far + cost < best.cost:
                best = _Step(so_far + cost, text, start)
            if misread is None or not 2 <= len(text) <= _LONGEST_MISREAD:
                continue
            found = _misread_word(text) if so_far + least + misread < best.cost else None
            if found is not None and so_far + costs[found] + misread < best.cost:
                best = _Step(so_far + costs[found] + misread, found, start)
        steps.append(best)
    pieces: list[str] = []
    place = len(run)
    while place:
        pieces.append(steps[place].piece)
        place = steps[place].start
    return pieces[::-1], steps[-1].cost


@lru_cache(maxsize=65536)
def _misread_word(text: str) -> str | None:
    """The commonest word that differs in one misreading; words of two letters only lose marks."""
    ways = fuller(text) if len(text) < 3 else (*swaps(text), *fuller(text), *_barer(text))
    return max((word for word in ways if _known(word)), key=_count, default=None)


def _barer(word: str) -> Iterator[str]:
    """The word without one of its marks, or with one of two that stand for a single letter left out."""
    for at, char in enumerate(word):
        if char in _MARKS:
            yield word[:at] + word[at + 1 :]
    if word.startswith("เ") and len(word) > 3:
        yield "แ" + word[1:]
    elif word.startswith("แ") and len(word) > 3:
        yield "เ" + word[1:]


def _known(piece: str) -> bool:
    return piece in _vocabulary()


@cache
def _costs() -> tuple[dict[str, float], dict[str, int], float]:
    """What each word costs, how long words of each two first letters are, and what the commonest word costs."""
    costs = {word: math.log(_ALL_COUNTS / (count + 0.5)) for word, count in _vocabulary().items()}
    longest: dict[str, int] = {}
    for word in costs:
        longest[word[:2]] = max(longest.get(word[:2], 0), len(word))
    return costs, longest, min(costs.values())


def _count(word: str) -> int:
    return _vocabulary().get(word, 0)


@cache
def _vocabulary() -> dict[str, int]:
    """Words of two letters and more, how often each is met."""
    counts = word_counts()
    known = {word: counts.get(word, 0) for word in words() if len(word) > 1}
    for place in places():
        for name in (place.subdistrict, place.district, place.province):
            known[name] = max(known.get(name, 0), _PLACE)
    for table, column in (("departments", "name"), ("ministry_codes", "name_th"), ("agency_kinds", "kind")):
        for row in read_table(table):
            known[row[column]] = max(known.get(row[column], 0), _AGENCY)
    return known
