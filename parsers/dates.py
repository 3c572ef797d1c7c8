"""Dates in Thai letters: a day, a range of days, found wherever they stand in a text."""

from __future__ import annotations

import re
from datetime import date
from functools import lru_cache
from typing import NamedTuple

from parsers.date_forms import Seen, see_dates
from parsers.date_words import DASH, weekday_before
from parsers.text import fold, mend_zeros
from parsers.times import FoundTime, find_times

__all__ = [
    "FoundDate",
    "FoundRange",
    "FoundTime",
    "find_dates",
    "find_ranges",
    "find_times",
    "parse_thai_date",
]


class FoundDate(NamedTuple):
    """A date seen in a text; `value` is None when it is not a real day or its year is not known.

    The span takes in the weekday that belongs to it (วันพุธที่), not the bare label วันที่.
    """

    start: int
    end: int
    value: date | None
    weekday: int | None  # as printed: 0 Monday … 6 Sunday
    inferred: bool  # the year was written with two digits, or not at all


class FoundRange(NamedTuple):
    """A period from one day to another, both included; None for an end that is not a real day."""

    start: int
    end: int
    first: date | None
    last: date | None


_DIGIT = re.compile(r"\d")


def parse_thai_date(text: str) -> date | None:
    """The first date of a text; None when there is none, or it is not a real day.

    >>> parse_thai_date("๕ พฤศจิกายน ๒๕๖๖")
    datetime.date(2023, 11, 5)
    """
    found = find_dates(text)
    return found[0].value if found else None


def find_dates(text: str, near: date | None = None) -> list[FoundDate]:
    """All dates of a text in their order; `near` helps where a year is short or missing."""
    if _DIGIT.search(text) is None:
        return []
    folded = mend_zeros(fold(text))
    return [
        FoundDate(*folded.span(seen.start, seen.end), settle(seen, near), seen.weekday, seen.inferred)
        for seen in seen_dates(folded.text)
    ]


def find_ranges(text: str, near: date | None = None) -> list[FoundRange]:
    """All periods of a text: ๑ - ๓ ต.ค. ๖๕, ระหว่างวันที่ ๑๕ มิถุนายน ถึง ๑๕ สิงหาคม ๒๕๖๖."""
    folded = mend_zeros(fold(text))
    found: list[FoundRange] = []
    before: Seen | None = None
    for seen in seen_dates(folded.text):
        first = first_of_range(folded.text, before, seen)
        if first is not None:
            days = (settle(first, near), settle(seen, near))
            found.append(FoundRange(*folded.span(first.start, seen.end), *days))
        before = seen
    return found


_CLOCK = r"(?: ?(?:เวลา ?)?[0-9]{1,2}[.:][0-9]{2} ?(?:น\.?)?)?"
_TO = re.compile(rf"{_CLOCK}[ \n]?{DASH}[ \n]?(?:วัน ?ท[ีิ]่? ?)?")
_BARE_DAY = re.compile(rf"(?<![0-9.,/:])(?P<day>[0-9]{{1,2}})[ \n]?{DASH}[ \n]?(?:วัน ?ท[ีิ]่? ?)?\Z")
_WITH = re.compile(rf"{_CLOCK}[ \n]?(?:{DASH}|และ|หรือ|กับ|[,/&])[ \n]?(?:วัน ?ท[ีิ]่? ?)?")


def first_of_range(text: str, before: Seen | None, last: Seen) -> Seen | None:
    """The other end of the range that `last` closes, if it closes one."""
    if before is not None and _TO.fullmatch(text, before.end, last.start):
        return before
    begin = max(0, last.start - 40)
    bare = _BARE_DAY.search(text[begin : last.start])
    if bare is None or int(bare["day"]) >= last.day:
        return None
    named = weekday_before(text, begin + bare.start())
    weekday, start = (None, begin + bare.start()) if named is None else named
    return last._replace(start=start, day=int(bare["day"]), weekday=weekday)


@lru_cache(maxsize=256)  # a letter's text is asked for its dates, its ranges, its deadlines and its events
def seen_dates(text: str) -> tuple[Seen, ...]:
    """The dates of a folded text, with a year that one date of a pair leaves to the other."""
    dates = see_dates(text)
    for at in range(len(dates) - 2, -1, -1):  # ๑๕ มิถุนายน – ๑๕ สิงหาคม ๒๕๖๖
        dates[at] = _with_year_of(text, dates[at], dates[at + 1])
    for at in range(1, len(dates)):  # ๑๕ มิถุนายน ๒๕๖๖ – ๑๕ สิงหาคม
        dates[at] = _with_year_of(text, dates[at], dates[at - 1])
    return tuple(dates)


def _with_year_of(text: str, one: Seen, other: Seen) -> Seen:
    """`one` with the other's year where it has none and the two belong together; no range runs backwards."""
    left, right = (one, other) if one.start < other.start else (other, one)
    if one.years is not None or not other.years or not _WITH.fullmatch(text, left.end, right.start):
        return one
    backwards = (left.month, left.day) > (right.month, right.day)
    step = 0 if not backwards else -1 if one is left else 1
    return one._replace(years=tuple(year + step for year in other.years))


def settle(seen: Seen, near: date | None) -> date | None:
    """The day that was meant, or None when there is no such day or no way to tell the year."""
    years = seen.years
    if years is None:
        if near is None:
            return None
        days = [_day(near.year + step, seen) for step in (0, -1, 1)]
        return min((day for day in days if day), key=lambda day: abs(day - near), default=None)
    if not years:
        return None
    year = years[0] if near is None else min(years, key=lambda year: abs(year - near.year))
    if near is not None and year > near.year + 80:  # ๒๖๖๕ for ๒๕๖๕
        return None
    return _day(year, seen)


def _day(year: int, seen: Seen) -> date | None:
    try:
        return date(year, seen.month, seen.day)
    except ValueError:
        return None
