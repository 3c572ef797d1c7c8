"""Counting periods as the Civil and Commercial Code does (193/3, 193/5, 193/8)."""

from __future__ import annotations

import calendar
from datetime import date, timedelta

from parsers.calendar import add_working_days, next_working_day

UNITS = {
    "วันทำการ": "working day",
    "วันทำงาน": "working day",
    "วันราชการ": "working day",
    "วัน": "day",
    "สัปดาห์": "week",
    "อาทิตย์": "week",
    "เดือน": "month",
    "ปี": "year",
    "ชั่วโมง": "hour",
}
"""Units of a period, the longer names first."""

_LONGEST = 4000  # of any unit; more is no deadline but a misreading


def last_day(start: date, count: int, unit: str) -> date | None:
    """The last day of a period that runs from `start`; None for hours, which no day can hold.

    The first day does not count. Months and years run by the calendar. A last day on which offices are
    closed moves to the next working day.

    >>> last_day(date(2022, 10, 5), 7, "วัน")
    datetime.date(2022, 10, 12)
    """
    kind = UNITS[unit]
    if kind == "hour" or not 0 < count <= _LONGEST:
        return None
    try:
        if kind == "working day":
            return add_working_days(start, count)
        if kind in ("month", "year"):
            return next_working_day(_months_on(start, count * (12 if kind == "year" else 1)))
        return next_working_day(start + timedelta(days=count * (7 if kind == "week" else 1)))
    except (OverflowError, ValueError):
        return None


def _months_on(start: date, months: int) -> date:
    """The day before the day that answers to the first one counted; a month too short ends the period."""
    first = start + timedelta(days=1)
    month = first.month - 1 + months
    year, month = first.year + month // 12, month % 12 + 1
    days = calendar.monthrange(year, month)[1]
    if first.day > days:
        return date(year, month, days)
    return date(year, month, first.day) - timedelta(days=1)


def end_of_month(year: int, month: int) -> date | None:
    """The last day of a month; None past the calendar's end."""
    return date(year, month, calendar.monthrange(year, month)[1]) if year <= date.max.year else None
