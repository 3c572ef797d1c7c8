"""Rows that are a date and nothing else, and rows that lack only the day (left for the pen)."""

from __future__ import annotations

import re
from functools import lru_cache

from parsers.dates import find_dates
from parsers.fields import find_label
from parsers.rows import Ink, Row

_LETTER = re.compile(r"[\u0e01-\u0e2e0-9๐-๙A-Za-z]")
_DIGIT = re.compile(r"[0-9๐-๙]")
_MISREAD_DAY = re.compile(r"^(?:[^\u0e01-\u0e2e]{1,8}|\S{1,3}[\s.]+[^\u0e01-\u0e2e]{0,6})")
_FULL_MONTH = re.compile(r"[\u0e01-\u0e4e]{5,}")
_BEFORE_DAY = re.compile(r"(?:วัน(?:ที่)?|ภายใน|ระหว่าง|ตั้งแต่|จนถึง|ถึง|ก่อน|หลัง|เมื่อ|ใน)\s?$")
_ALONE = 0.85  # share of a row's letters that its date must make up
_LONGEST = 60


def is_date_row(row: Row) -> bool:
    """Whether a row is a date from end to end."""
    return len(row.text) <= _LONGEST and _is_date(row.text)


@lru_cache(maxsize=1024)  # the same rows are asked by those who part a file and those who read its letters
def _is_date(text: str) -> bool:
    return any(share(text, found.start, found.end) >= _ALONE for found in find_dates(text))


@lru_cache(maxsize=1024)
def is_month_and_year(text: str) -> bool:
    """Whether a text is a month and a year: with a day before it, it would be a date from end to end."""
    bare = text.strip(" .…_-")
    digit = _DIGIT.search(bare)
    if not 6 <= len(bare) <= 30 or digit is None or digit.start() == 0 or find_label(bare) is not None:
        return False
    found = find_dates("1 " + bare)
    if not found or found[0].start != 0 or found[0].value is None:
        return False
    return share("1 " + bare, 0, found[0].end) > 0.9


def is_broken_date(text: str) -> bool:
    """Whether a text is a month and a year behind a day that was misread: `๑๑๗ มกราคม ๒๕๖๖`."""
    if len(text) > _LONGEST:
        return False
    rest = _MISREAD_DAY.sub("", text, count=1)
    return rest != text and is_month_and_year(rest)


def is_day_row(row: Row) -> bool:
    """A date, or one of which only the day is missing or misread."""
    return is_date_row(row) or is_month_and_year(row.text) or is_broken_date(row.text)


def asks_day(row: Row) -> bool:
    """Whether a row of running text ends where a day must follow, so that a date on the next is not the letter's."""
    return len(row.text) > 30 and _BEFORE_DAY.search(row.text) is not None


def closing_date(row: Row) -> Ink | None:
    """The ink of a full date that ends a short row at the right, whatever a seal has put before it."""
    if row.left is None or row.left < 0.4 or len(row.text) > _LONGEST:
        return None
    for found in reversed(find_dates(row.text)):
        full = _FULL_MONTH.search(row.text, found.start, found.end) is not None
        if full and not row.text[found.end :].strip(" .") and not found.inferred:
            return row.ink(found.start, found.end)
    return None


def share(text: str, start: int, end: int) -> float:
    """Which share of a text's letters and digits a span holds."""
    whole = len(_LETTER.findall(text))
    return len(_LETTER.findall(text[start:end])) / whole if whole else 0.0
