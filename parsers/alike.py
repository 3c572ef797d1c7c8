"""How alike two Thai names are when one of them was read by OCR: what OCR mixes up costs less than what it does not."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import NamedTuple

from rapidfuzz.distance import Levenshtein

from parsers.text import MARKS, letter_table, squash

_bare = letter_table({at: None for at in range(0x0E30, 0x0E50) if re.match(f"[{MARKS}]", chr(at))})
"""A text without the marks above and below."""
_MARKS_WEIGH = 0.35
"""Share of the marks above and below (สระบน สระล่าง วรรณยุกต์) in a comparison: scans lose and swap them first."""

_as_twins = letter_table(dict(zip(map(ord, "ซฃฅฎฑผพถฦลตคบใโณ"), "ชขคฏทฝฟภภสดดปไไฌ", strict=True)))
"""Letters that differ by a small stroke, each pair under one of the two; only used beside the true comparison."""


def likeness(read: str, name: str) -> float:
    """0 to 1: how well `read` may stand for `name`. 1 only when they are the same but for spaces and digits.

    >>> likeness("ลำใหม่", "ลำใหม่")
    1.0
    >>> likeness("ลำไ้ม", "ลำใหม่") > likeness("ลำไ้ม", "ลำพูน")
    True
    """
    return likeness_of(shape_of(read), shape_of(name))


class Shape(NamedTuple):
    """A name as it is compared: squashed, without the marks above and below, and with letters for their twins."""

    whole: str
    letters: str
    twins: str


@lru_cache(maxsize=20_000)
def shape_of(name: str) -> Shape:
    """The shape of a name."""
    whole = squash(name)
    letters = _bare(whole)
    return Shape(whole, letters, _as_twins(letters))


def likeness_of(one: Shape, other: Shape) -> float:
    """As `likeness`, of shapes."""
    if one.whole == other.whole:
        return 1.0
    if not one.whole or not other.whole:
        return 0.0
    whole = Levenshtein.normalized_similarity(one.whole, other.whole)
    letters = Levenshtein.normalized_similarity(one.letters, other.letters)
    twins = Levenshtein.normalized_similarity(one.twins, other.twins)
    shape = (1 - _MARKS_WEIGH) * (letters + twins) / 2 + _MARKS_WEIGH * whole
    return min(0.99, max(whole, shape))
