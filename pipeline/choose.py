"""Choosing rows of the register: by date, deadline and what was found."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from pipeline.store.records import RegisterRow

_ISO = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})")
_BUDDHIST = 2400  # years from here on are Buddhist-era years


class Choice(NamedTuple):
    """Which letters are wanted; None leaves a question out."""

    since: dt.date | None = None  # the letter's date, both ends included
    until: dt.date | None = None
    due: dt.date | None = None  # a deadline from today to this day
    overdue: bool = False  # a deadline before today
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
    if _ISO.fullmatch(text):
        return parse_iso(text)
    try:
        if text.isdecimal():
            return today + dt.timedelta(days=int(text))
    except (ValueError, OverflowError):
        return None
    from parsers.dates import parse_thai_date  # reads its tables: not at the start of every command

    return parse_thai_date(text)


def parse_iso(text: str) -> dt.date | None:
    """A day written year-month-day, of either era; None when it is none.

    >>> parse_iso("2566-06-02")
    datetime.date(2023, 6, 2)
    """
    iso = _ISO.fullmatch(text)
    if iso is None:
        return None
    year, month, day = (int(part) for part in iso.groups())
    try:
        return dt.date(year - 543 if year >= _BUDDHIST else year, month, day)
    except ValueError:
        return None


def choose(rows: Iterable[RegisterRow], choice: Choice, today: dt.date) -> list[RegisterRow]:
    """The rows that are wanted, in their order; where it was asked for deadlines, by deadline."""
    chosen = [row for row in rows if _is_wanted(row, choice, today)]
    if choice.due is not None or choice.overdue:
        chosen.sort(key=lambda row: row.deadline or dt.date.max)
    return chosen


def by_date(rows: Iterable[RegisterRow]) -> list[RegisterRow]:
    """The newest letters last; a letter without a date stands by the day it came."""
    return sorted(rows, key=lambda row: (row.date or row.received_at.astimezone().date(), row.received_at))


def _is_due(deadline: dt.date | None, choice: Choice, today: dt.date) -> bool:
    """Whether a deadline answers what was asked; asked for both, those due and those overdue do."""
    if choice.due is None and not choice.overdue:
        return True
    if deadline is None:
        return False
    return (choice.overdue and deadline < today) or (
        choice.due is not None and today <= deadline <= choice.due
    )


def _is_wanted(row: RegisterRow, choice: Choice, today: dt.date) -> bool:
    if choice.since is not None and (row.date is None or row.date < choice.since):
        return False
    if choice.until is not None and (row.date is None or row.date > choice.until):
        return False
    if not _is_due(row.deadline, choice, today):
        return False
    if choice.needs_person and not row.needs_person:
        return False
    return not (choice.error and row.errors == 0)
