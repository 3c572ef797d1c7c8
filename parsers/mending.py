"""What Thai text most likely said, where letters that look alike, or marks that are easily lost, were misread.

The text is cut into words anew, each as it stands or with one letter or mark misread; rare words and misreadings
cost, and the cheapest way through the text wins (Viterbi's search over a noisy channel). Costs are negative natural
logarithms of shares: of words in the Thai National Corpus (PyThaiNLP's counts), of misreadings on poor scans.
"""

from __future__ import annotations

import math
import re
from functools import cache, lru_cache
from typing import NamedTuple

from parsers.skeletons import Misreading, marks_before, misreading, skeleton
from parsers.vocabulary import skeletons, vocabulary

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
_LONGEST_WORD, _LONGEST_MISREAD = 30, 20
_LONGEST = 300  # letters looked at; fields are shorter
_COMMON = 1000  # times met, from which a word is not asked what else it may be
_USUAL = 2.0  # what a letter of right text costs at most
_ALL_COUNTS = 33_500_000  # words that the corpus has
_UNKNOWN, _ONWARD = 9.0, 4.5  # for a piece that is no word: its start, each letter
_GAIN = 2.5  # by which another text must be the likelier one
_LIKELY: dict[Misreading, int] = {"swapped": 2, "lost": 1, "added": 0}  # of words met as often
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
    steps = [_Step(0.0, "", 0)] + [_Step(math.inf, "", 0)] * len(run)
    bones, places = (skeleton(run), marks_before(run)) if misread is not None else ("", [])
    for start in range(len(run)):
        so_far, piece, _ = steps[start]
        onward = so_far + _ONWARD + (0.0 if piece and piece not in costs else _UNKNOWN)
        if onward <= steps[start + 1].cost:
            steps[start + 1] = _Step(onward, run[start], start)
        reach = longest.get(run[start : start + 3], 2)
        for end in range(start + 2, min(len(run), start + min(reach, _LONGEST_WORD)) + 1):
            if so_far + least >= steps[end].cost:
                continue  # not even the commonest word would make it cheaper
            text = run[start:end]
            cost = costs.get(text)
            if cost is not None and so_far + cost < steps[end].cost:
                steps[end] = _Step(so_far + cost, text, start)
        if misread is None:
            continue
        first = places[start]
        last = first + skeletons().reach(bones[first : first + 3])
        for end in range(start + 2, min(len(run), start + _LONGEST_MISREAD) + 1):
            if places[end] > last:
                break
            if so_far + least + misread >= steps[end].cost:
                continue
            found = _misread_word(run[start:end], bones[first : places[end]])
            if found is not None and so_far + costs[found] + misread < steps[end].cost:
                steps[end] = _Step(so_far + costs[found] + misread, found, start)
    pieces: list[str] = []
    place = len(run)
    while place:
        pieces.append(steps[place].piece)
        place = steps[place].start
    return pieces[::-1], steps[-1].cost


def _misread_word(text: str, bones: str) -> str | None:
    """The commonest word that differs in one misreading; words of two letters only lose marks."""
    ways = ((misreading(word, text), word) for word in skeletons().of(bones))
    found = [(kind, word) for kind, word in ways if kind == "lost" or (kind is not None and len(text) > 2)]
    return max(found, key=lambda way: (_count(way[1]), _LIKELY[way[0]]))[1] if found else None


@cache
def _costs() -> tuple[dict[str, float], dict[str, int], float]:
    """What each word costs, how long words of each three first letters are, and what the commonest word costs."""
    costs = {word: math.log(_ALL_COUNTS / (count + 0.5)) for word, count in vocabulary().items()}
    longest: dict[str, int] = {}
    for word in costs:
        longest[word[:3]] = max(longest.get(word[:3], 0), len(word))
    return costs, longest, min(costs.values())


def _count(word: str) -> int:
    return vocabulary().get(word, 0)
