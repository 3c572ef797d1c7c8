"""Timetables without columns: rows that begin with an hour, below the day that they belong to."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from parsers.dates import FoundDate, find_dates
from parsers.numbering import is_page_number
from parsers.rows import Ink, Row, reading, same_height
from parsers.times import FoundTime, find_times
from schemas.contest import ScheduleRow

_LEAD = re.compile(r"^\W{0,3}(?:เวลา\s*)?")
_DASH = re.compile(r"^[\s\-–—•*:|]+")
_FEWEST = 3  # rows with an hour that are a timetable
_MOST_ON = 3  # rows that an item may run over
_NAMES_DAY = 0.5  # share of a row's text that is a date, where the row stands for a day


class _Day(NamedTuple):
    found: FoundDate
    ink: Ink


class _Item(NamedTuple):
    row: Row
    time: FoundTime
    day: _Day | None
    what: list[Ink]


def read_clock_list(rows: Sequence[Row]) -> tuple[ScheduleRow, ...]:
    """The items of a timetable whose rows begin with their hours; empty where too few rows do."""
    items = [item for item in _items(rows) if item.what]
    return tuple(map(_told, items)) if len(items) >= _FEWEST else ()


def _items(rows: Sequence[Row]) -> Iterator[_Item]:
    day: _Day | None = None
    item: _Item | None = None
    for row in rows:
        time = _time_at_head(row)
        if time is not None:
            if item is not None:
                yield item
            item = _Item(row, time, day, [])
            _add(item, row.ink(time.end))
        elif (named := _day_of(row)) is not None:
            day = named
            if item is not None:
                yield item
            item = None
        elif item is not None and _goes_on(item, row):
            _add(item, row.ink())
        elif item is not None and not is_page_number(row):
            yield item
            item = None
    if item is not None:
        yield item


def _add(item: _Item, ink: Ink) -> None:
    lead = _DASH.match(ink.text)
    bare = Ink(ink.row, ink.start + (lead.end() if lead else 0), ink.end).stripped()
    if len(bare.text) > 1:
        item.what.append(bare)


def _time_at_head(row: Row) -> FoundTime | None:
    """The hour that a row begins with."""
    if not any(char.isdigit() for char in row.text[:14]):
        return None
    lead = _LEAD.match(row.text)
    found = find_times(row.text)
    return found[0] if lead is not None and found and found[0].start <= lead.end() else None


def _day_of(row: Row) -> _Day | None:
    dates = [one for one in find_dates(row.text) if one.value is not None and not one.inferred]
    if len(dates) != 1 or len(row.text) > 80:
        return None
    one = dates[0]
    if one.end - one.start < _NAMES_DAY * len(row.text.strip()):
        return None
    return _Day(one, row.ink(one.start, one.end))


def _goes_on(item: _Item, row: Row) -> bool:
    """Whether a row goes on with an item: beside its hour, or below its words and no further left."""
    if len(item.what) >= _MOST_ON or row.page != item.row.page:
        return False
    if row.place is None or item.row.place is None:
        return row.text.lstrip()[:1] in "-–•*" and len(row.text) < 120
    if same_height(row, item.row):
        return True
    first = item.what[0].place if item.what else None
    last = item.what[-1].row.place if item.what else None
    near = last is not None and row.place.y0 - last.y1 < 1.5 * item.row.place.height
    return (
        first is not None and near and row.place.x0 > first.x0 - 12 and row.place.x0 > item.row.place.x0 + 20
    )


def _told(item: _Item) -> ScheduleRow:
    hour = item.row.ink(item.time.start, item.time.end)
    day = item.day
    inks = [hour] if day is None else [day.ink, hour]
    told = reading(day.found.value, [day.ink], strict=True) if day is not None else None
    return ScheduleRow(
        when=reading(" ".join(ink.text for ink in inks), inks),
        first=told,
        last=told,
        start=reading(item.time.value, [hour], strict=True) if item.time.value is not None else None,
        end=reading(item.time.until, [hour], strict=True) if item.time.until is not None else None,
        what=reading(" ".join(ink.text for ink in item.what), item.what),
    )
