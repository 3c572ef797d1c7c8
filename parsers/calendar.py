"""Working days (วันทำการ) of Thai government offices."""

from __future__ import annotations

from datetime import date, timedelta
from functools import cache

import holidays

from parsers.data import read_table

_DAY = timedelta(days=1)


@cache
def holidays_of(year: int) -> frozenset[date]:
    """The days of one year, weekends aside, on which government offices are closed everywhere in Thailand.

    The `holidays` package knows the royal and Buddhist days, their substitutes and most decreed ones; our
    table takes out what is no day off for an office and adds what the package does not know.
    """
    rows = read_table("holidays_override")
    not_off = {row["key"] for row in rows if row["what"] == "name"}
    known = holidays.country_holidays("TH", years=year, categories=("public", "government"), language="th")
    closed = {day for day, names in known.items() if not set(names.split("; ")) <= not_off}
    for row in rows:
        if row["what"] == "day":
            day = date.fromisoformat(row["key"])
            if day.year == year:
                (closed.discard if row["working"] == "1" else closed.add)(day)
    return frozenset(closed)


def is_working_day(day: date) -> bool:
    """Whether government offices are open: no weekend, no official holiday."""
    return day.weekday() < 5 and day not in holidays_of(day.year)


def next_working_day(day: date) -> date:
    """The day itself, or the first working day after it (CCC 193/8)."""
    while not is_working_day(day) and day < date.max:
        day += _DAY
    return day


def add_working_days(day: date, n: int) -> date:
    """The n-th working day after a day, which itself does not count; `n` may not be negative."""
    if n < 0:
        raise ValueError(f"Working days are counted forward, got {n}.")
    while n > 0 and day < date.max:
        day += _DAY
        n -= is_working_day(day)
    return day


def working_days_between(a: date, b: date) -> int:
    """How many working days come after `a`, up to and including `b`; negative when `b` is earlier."""
    if b < a:
        return -working_days_between(b, a)
    days = (b - a).days
    weeks, rest = divmod(days, 7)
    tail = (a + timedelta(days=weeks * 7 + step) for step in range(1, rest + 1))
    weekdays = weeks * 5 + sum(day.weekday() < 5 for day in tail)
    closed = (day for year in range(a.year, b.year + 1) for day in holidays_of(year))
    return weekdays - sum(a < day <= b and day.weekday() < 5 for day in closed)
