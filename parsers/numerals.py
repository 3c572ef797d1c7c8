"""Numbers in figures and in Thai words: ๑,๒๓๔.๕๐, สิบห้า, ๗ (เจ็ด)."""

from __future__ import annotations

import re

from parsers.text import fold

_ONES = {
    "ศูนย์": 0,
    "หนึ่ง": 1,
    "เอ็ด": 1,
    "สอง": 2,
    "ยี่": 2,
    "สาม": 3,
    "สี่": 4,
    "ห้า": 5,
    "หก": 6,
    "เจ็ด": 7,
    "แปด": 8,
    "เก้า": 9,
}
_TENS = {"สิบ": 10, "ร้อย": 100, "พัน": 1_000, "หมื่น": 10_000, "แสน": 100_000}
_MILLION = "ล้าน"
_WORD = re.compile("|".join((*_ONES, *_TENS, _MILLION)))

NUMBER_WORDS = f"(?:(?:{_WORD.pattern}) ?){{1,24}}"
"""Number words in a row, as part of a larger pattern."""
COUNT = rf"(?:[0-9]{{1,4}}(?: ?\( ?(?:{NUMBER_WORDS}) ?\))?|{NUMBER_WORDS})"
"""A count as letters write it: 7, 7 (เจ็ด), เจ็ด; read with `read_count`."""

_FIGURES = re.compile(r"[0-9]{1,3}(?:,[0-9]{3})*(?:\.[0-9]+)?|[0-9]{1,15}(?:\.[0-9]+)?")
_COUNT = re.compile(r"([0-9]{1,4})? ?\(? ?([^()]*?) ?\)?")


def parse_words(text: str) -> int | None:
    """A whole number in Thai words; None when the words make none.

    >>> parse_words("หนึ่งร้อยยี่สิบเอ็ด")
    121
    """
    words = _WORD.findall(text)
    if not words or "".join(words) != re.sub(r"\s", "", text):
        return None
    total = part = 0
    digit: int | None = None
    below = 10**6  # places fall from left to right within each million
    for word in words:
        if word in _ONES:
            if digit is not None or below == 1:
                return None
            digit = _ONES[word]
        elif word == _MILLION:
            if part == 0 and digit is None:
                return None
            total, part, digit, below = (total + part + (digit or 0)) * 10**6, 0, None, 10**6
        else:
            if _TENS[word] >= below:
                return None
            part += (1 if digit is None else digit) * _TENS[word]
            below, digit = _TENS[word], None
    return total + part + (digit or 0)


def read_count(text: str) -> int | None:
    """A count in figures, in words or in both; None when there is none or the two disagree.

    >>> read_count("๑๕ (สิบห้า)")
    15
    """
    found = _COUNT.fullmatch(fold(text).text)
    if found is None:
        return None
    figures, words = found.groups()
    spoken = parse_words(words) if words else None
    if figures is None:
        return spoken
    if words and spoken != int(figures):
        return None
    return int(figures)


def parse_number(text: str) -> float | None:
    """A number in figures, with or without commas; None for anything else.

    >>> parse_number("๖๗.๙๒")
    67.92
    """
    figures = fold(text).text
    return float(figures.replace(",", "")) if _FIGURES.fullmatch(figures) else None
