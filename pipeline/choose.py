"""Choosing rows of the register: by date, deadline and what was found."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable
from typing import TYPE_CHECKING, NamedTuple

from parsers.dates import parse_thai_date

if TYPE_CHECKING:
    from pipeline.store.records import RegisterRow

_ISO = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})")
_BUDDHIST = 2400  # years from here on are Buddhist-era years


class Choice(NamedTuple):
    """Which letters are wanted; None leaves a question out."""

    since: dt.date | None = None  # the letter's date, both ends included
    until: dt.date | None = None
    due: dt.date | None = None  # a deadline on or before this day
    needs_person: bool = False
    error: bool = False


def parse_day(text: str, today: dt.date) -> dt.date | None:
    """A day as people type it: ISO, Thai, or a number of days from today; None when it is none of these.

    >>> parse_day("2566-06-02", dt.date(2023, 6, 1))
    datetime.date(2023, 6, 2)
    >>> parse_day("7", dt.date(2023, 6, 1))
    datetime.date(2023, 6, 8)
    """
    text = text.strip()
    iso = _ISO.fullmatch(text)
    try:
        if iso is not None:
            year, month, day = (int(part) for part in iso.groups())
            return dt.date(year - 543 if year >= _BUDDHIST else year, month, day)
        if text.isdecimal():
            return today + dt.timedelta(days=int(text))
    except (ValueError, OverflowError):
        return None
    return parse_thai_date(text)


def choose(rows: Iterable[RegisterRow], choice: Choice, today: dt.date) -> list[RegisterRow]:
    """The rows that are wanted, in their order; those due come by deadline, from today on."""
    chosen = [row for row in rows if _is_wanted(row, choice, today)]
    if choice.due is not None:
        chosen.sort(key=lambda row: row.deadline or dt.date.max)
    return chosen


def _is_wanted(row: RegisterRow, choice: Choice, today: dt.date) -> bool:
    if choice.since is not None and (row.date is None or row.date < choice.since):
        return False
    if choice.until is not None and (row.date is None or row.date > choice.until):
        return False
    if choice.due is not None and (row.deadline is None or not today <= row.deadline <= choice.due):
        return False
    if choice.needs_person and not row.needs_person:
        return False
    return not (choice.error and row.errors == 0)
