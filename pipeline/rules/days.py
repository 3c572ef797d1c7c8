"""The days on which a house is open: the official calendar, and what its settings add."""

from __future__ import annotations

import csv
import datetime as dt
from functools import lru_cache
from pathlib import Path
from typing import NamedTuple

from parsers.calendar import holidays_of
from parsers.dates import parse_thai_date
from pipeline.choose import parse_day
from pipeline.errors import SettingsError
from pipeline.settings import Settings

_WEEK = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
_DAY = dt.timedelta(days=1)
_ENOUGH = 400  # days; nobody counts the working days of a longer time one by one


class OfficeDays(NamedTuple):
    """Which days are working days (วันทำการ) here."""

    off: frozenset[int]  # weekdays, 0 Monday
    closed: frozenset[dt.date]  # of this house alone

    @classmethod
    def of(cls, settings: Settings) -> OfficeDays:
        """The days of a house; SettingsError when its file of holidays cannot be read."""
        own = settings.holidays
        if settings.holidays_file is not None:
            own += _read(settings.holidays_file)
        return cls(frozenset(_WEEK.index(day) for day in settings.off_days), frozenset(own))

    def is_open(self, day: dt.date) -> bool:
        """Whether people work here on a day."""
        return day.weekday() not in self.off and day not in self.closed and day not in holidays_of(day.year)

    def between(self, first: dt.date, last: dt.date) -> int:
        """How many working days come after `first`, up to and including `last`; of long times about."""
        if (last - first).days > _ENOUGH:
            return (last - first).days * (7 - len(self.off)) // 7
        days = (first + _DAY * step for step in range(1, (last - first).days + 1))
        return sum(map(self.is_open, days))


@lru_cache(maxsize=8)
def _read(path: Path) -> tuple[dt.date, ...]:
    """The days of a CSV file whose first column is a date; a heading and empty lines are passed over."""
    try:
        with path.open(encoding="utf-8-sig", newline="") as file:
            cells = [row[0].strip() for row in csv.reader(file) if row and row[0].strip()]
    except (OSError, UnicodeDecodeError, csv.Error) as error:
        why = getattr(error, "strerror", None) or str(error)
        raise SettingsError(
            f"The file of holidays {path} cannot be read: {why} (holidays_file in the settings).",
            f"อ่านแฟ้มวันหยุด {path} ไม่ได้: {why} (ค่าตั้ง holidays_file)",
        ) from error
    days = [None if cell.isdecimal() else parse_day(cell, dt.date.min) for cell in cells]
    wrong = [
        cell for place, cell in enumerate(cells) if days[place] is None and (place or parse_thai_date(cell))
    ]
    if wrong:
        raise SettingsError(
            f"The file of holidays {path} has {wrong[0]!r} where a day should stand, such as 2026-12-30.",
            f"แฟ้มวันหยุด {path} มี {wrong[0]!r} ในช่องวันที่ ต้องเขียนเช่น 2569-12-30",
        )
    return tuple(day for day in days if day is not None)
