"""How alike two Thai names are when one of them was read by OCR: what OCR mixes up costs less than what it does not."""

from __future__ import annotations

import re
from functools import lru_cache

from rapidfuzz.distance import Levenshtein

from parsers.text import MARKS, squash

_MARK = re.compile(f"[{MARKS}]")
_MARKS_WEIGH = 0.35
"""Share of the marks above and below (สระบน สระล่าง วรรณยุกต์) in a comparison: scans lose and swap them first."""

_TWINS = str.maketrans(
    {
        "ซ": "ช",
        "ฃ": "ข",
        "ฅ": "ค",
        "ฎ": "ฏ",
        "ฑ": "ท",
        "ผ": "ฝ",
        "พ": "ฟ",
        "ถ": "ภ",
        "ฦ": "ภ",
        "ล": "ส",
        "ต": "ด",
        "ค": "ด",
        "บ": "ป",
        "ใ": "ไ",
        "โ": "ไ",
        "ณ": "ฌ",
    }
)
"""Letters that differ by a small stroke, each pair under one of the two; only used beside the true comparison."""


def likeness(read: str, name: str) -> float:
    """0 to 1: how well `read` may stand for `name`. 1 only when they are the same but for spaces and digits.

    >>> likeness("ลำใหม่", "ลำใหม่")
    1.0
    >>> likeness("ลำไ้ม", "ลำใหม่") > likeness("ลำไ้ม", "ลำพูน")
    True
    """
    one, other = squash(read), squash(name)
    if one == other:
        return 1.0
    if not one or not other:
        return 0.0
    whole = Levenshtein.normalized_similarity(one, other)
    letters = Levenshtein.normalized_similarity(_letters(one), _letters(other))
    twins = Levenshtein.normalized_similarity(_twins(one), _twins(other))
    shape = (1 - _MARKS_WEIGH) * (letters + twins) / 2 + _MARKS_WEIGH * whole
    return min(0.99, max(whole, shape))


@lru_cache(maxsize=20_000)
def _letters(text: str) -> str:
    """A text without the marks above and below."""
    return _MARK.sub("", text)


@lru_cache(maxsize=20_000)
def _twins(text: str) -> str:
    """Its letters, those that differ by a small stroke as one."""
    return _letters(text).translate(_TWINS)
