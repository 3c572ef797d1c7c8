"""Timetables (กำหนดการ): when, and what happens, as tables and as lists."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

from parsers.clocklist import read_clock_list
from parsers.date_words import month_at, years_at
from parsers.dates import find_dates, find_ranges
from parsers.entries import find_entries
from parsers.grid import Grid, GridCell
from parsers.passages import Passage
from parsers.periods import end_of_month
from parsers.rows import Ink, reading
from parsers.sections import Section, find_sections
from parsers.tables import find_grids
from parsers.tablewords import column_with
from parsers.text import fold
from parsers.times import find_times
from schemas.contest import ScheduleRow
from schemas.ink import Line, Page
from schemas.reading import Reading

_WEEK = re.compile(
    r"สัปดาห์|เดือน(?:ที่)?\s?[0-9๐-๙]|เดือน\s?[ก-ฮ]|ไตรมาส|[Ww]eek|ปี\s?พ\.?ศ|ต้นเดือน|กลางเดือน|ปลายเดือน|วันที่\s?[0-9๐-๙]{1,2}\s*$"
)
_ORDINAL = re.compile(
    r"^\s*(?:ข้อ\s?)?[0-9๐-๙]{1,2}(?:\.[0-9๐-๙]{1,2})?\s?[.)]{1,2}\s*(?=[^\s0-9๐-๙])|^\s*[-•*]\s*"
)
_LEAD = re.compile(
    r"(?:(?:ภายใน|ระหว่าง|ตั้งแต่|ตั้งแต่บัดนี้|บัดนี้|วันนี้|เริ่ม|จน|ไม่เกิน|ประมาณ|ใน|ก่อน|ถึง|ณ)\s?)*(?:จนถึง|ถึง)?\s?(?:วัน\s?ที่|วัน)?\s?[:：]?\s*$"
)
_JOINT = re.compile(r"[\s:：–\-—=.…_]+")
_CUE = re.compile(r"กำหนด|ปฏิทิน|เวลา|วันที่|วัน|แผน|[Ss]chedule|[Tt]imeline|[Dd]ate|[Ww]eek")
_FEWEST = 2  # rows of a list that is a timetable


class _When(NamedTuple):
    first: dt.date | None
    last: dt.date | None
    start: dt.time | None
    end: dt.time | None
    dated: bool  # a date was seen, read or not
    open: bool  # only the end is told: ภายในวันที่ …
    sure: bool  # no year had to be inferred and the weekday agrees
    span: tuple[int, int]  # of all that tells when


def read_schedule(lines: Sequence[Line], pages: Mapping[int, Page] | None = None) -> tuple[ScheduleRow, ...]:
    """The rows of a timetable, with their days and hours; empty for any other text."""
    if not any(_CUE.search(line.text) for line in lines):
        return ()
    rows, grids = find_grids(lines, pages)
    return schedule_of(find_sections(rows, grids)) or read_clock_list(rows)


def schedule_of(sections: Iterable[Section]) -> tuple[ScheduleRow, ...]:
    """The rows of all timetables told in sections: tables first, else the list under a heading of its own."""
    sections = list(sections)
    tabled = [
        row
        for section in sections
        for grid in section.grids
        for row in _of_grid(grid, section.topic == "schedule")
    ]
    if tabled:
        return tuple(tabled)
    for section in sections:
        if section.topic == "schedule" and section.inks:
            rows = _of_text(section.passage)
            if len(rows) >= _FEWEST:
                return tuple(rows)
    return ()


def _of_grid(grid: Grid, about: bool) -> list[ScheduleRow]:
    places = _columns(grid, about=about)
    if places is None:
        return []
    when, time, what = places
    rows: list[ScheduleRow] = []
    above: tuple[GridCell, _When] | None = None
    for row in grid.rows:
        cell, text = row[when], row[what].passage
        told = _when(cell.text)
        if not cell.inks and above is not None:  # a day that stands for several rows
            cell, told = above
        elif cell.inks:
            above = (cell, told)
        if not cell.inks or not text.text:
            continue
        hours = _when(row[time].text) if time is not None and row[time].inks else told
        clock = row[time].inks if time is not None and row[time].inks else cell.inks
        rows.append(_row(cell.passage, cell.inks, told, _name(text), (hours, clock)))
    weeks = sum(_WEEK.search(row[when].text) is not None for row in grid.rows)
    dated = sum(row.first is not None or row.start is not None for row in rows)
    enough = dated + (weeks if grid.header or about else 0)
    return rows if rows and 2 * enough >= len(rows) else []


def _columns(grid: Grid, *, about: bool) -> tuple[int, int | None, int] | None:
    """The columns of when, of the hour where it has its own, and of what happens."""
    titles = grid.titles
    if titles:
        when, time = column_with(titles, "when"), column_with(titles, "time")
        when, time = (time, None) if when is None else (when, time if time != when else None)
        what = column_with(titles, *(("what", "item", "detail", "name") if about else ("what",)))
        if when is None or what is None or what == when:
            return None
        return when, time, what
    if grid.width < 2 or (not about and len(grid.rows) < 2):
        return None
    dated = [sum(_when(row[at].text).dated for row in grid.rows) for at in range(grid.width)]
    when = dated.index(max(dated))
    if 2 * dated[when] < len(grid.rows) or not (about or dated[when] == len(grid.rows)):
        return None
    room = [sum(len(row[at].text) for row in grid.rows) if at != when else -1 for at in range(grid.width)]
    return when, None, room.index(max(room))


def _of_text(passage: Passage) -> list[ScheduleRow]:
    rows = []
    for entry in find_entries(passage.text):
        text = passage.text[entry.body : entry.end]
        told = _when(text)
        if not told.dated:
            continue
        start, end = told.span
        before, after = _JOINT.sub(" ", text[:start]).strip(), text[end:].strip(" :–-")
        at = (0, start) if len(before) >= len(after) or len(before) > 8 else (end, len(text))
        what = passage.span(entry.body + at[0], entry.body + at[1])
        name = text[at[0] : at[1]].strip(" :–-—.…_()")
        if len(name) < 3:
            continue
        inks = passage.span(entry.body + start, entry.body + end)
        rows.append(_row(passage, inks, told, (name, what), (told, tuple(inks)), text[start:end].strip()))
    return rows


def _name(passage: Passage) -> tuple[str, list[Ink]]:
    found = _ORDINAL.match(passage.text)
    start = found.end() if found else 0
    return passage.text[start:].replace("\n", " ").strip(), passage.span(start, len(passage.text))


def _row(
    passage: Passage,
    inks: Sequence[Ink],
    told: _When,
    what: tuple[str, Sequence[Ink]],
    clock: tuple[_When, Sequence[Ink]],
    words: str | None = None,
) -> ScheduleRow:
    hours, clock_inks = clock
    trust = 1.0 if told.sure else 0.7

    def day(value: dt.date | None) -> Reading[dt.date] | None:
        return reading(value, inks, strict=True, trust=trust) if told.dated else None

    def hour(value: dt.time | None) -> Reading[dt.time] | None:
        return reading(value, clock_inks, strict=True) if value is not None else None

    return ScheduleRow(
        when=reading((words or passage.text).replace("\n", " "), inks),
        first=None if told.open else day(told.first),
        last=day(told.last),
        start=hour(hours.start),
        end=hour(hours.end),
        what=reading(what[0], what[1]),
    )


def _when(text: str) -> _When:
    """The days and hours of a text: the first period or day in it, and the first hours."""
    dates, ranges, times = find_dates(text), find_ranges(text), find_times(text)
    first = last = None
    sure, opened = True, False
    spans: list[tuple[int, int]] = []
    if ranges and (not dates or ranges[0].start <= dates[0].start):
        first, last = ranges[0].first, ranges[0].last
        spans.append((ranges[0].start, ranges[0].end))
    elif dates:
        one = dates[0]
        first = last = one.value
        sure = one.weekday is None or one.value is None or one.value.weekday() == one.weekday
        spans.append((one.start, one.end))
        opened = _OPEN_END.search(text[: one.start]) is not None
        first = None if opened else first
    elif (month := _month(text)) is not None:
        first, last, span = month
        opened = _OPEN_END.search(text[: span[0]]) is not None
        spans.append(span)
    if spans:
        lead = _LEAD.search(text[: spans[0][0]])
        if lead is not None:
            spans[0] = (lead.start(), spans[0][1])
    start = times[0].value if times else None
    end = times[0].until if times else None
    if times and (not spans or times[0].start <= spans[0][1] + 12):
        spans.append((times[0].start, times[0].end))
    inferred = any(date.inferred for date in dates[:2])
    span = (min(s for s, _ in spans), max(e for _, e in spans)) if spans else (0, 0)
    return _When(
        first, last, start, end, bool(spans and (last or dates)), opened, sure and not inferred, span
    )


def _month(text: str) -> tuple[dt.date, dt.date, tuple[int, int]] | None:
    """A whole month with its year: เดือนกันยายน ๒๕๖๗."""
    folded = fold(text)
    for found in _MONTH.finditer(folded.text):
        month = month_at(folded.text, found.end())
        year = years_at(folded.text, month.end) if month is not None else None
        last = end_of_month(year[0][0], month.number) if month and year and year[0] else None
        if last is not None and year is not None:
            return last.replace(day=1), last, folded.span(found.start(), year[1])
    return None


_MONTH = re.compile("(?:สิ้น|ต้น|กลาง|ปลาย)?เดือน ?|(?<=ภายใน)|(?<=ภายใน )|^")


_OPEN_END = re.compile(r"(?:ภายใน|ไม่เกิน|จนถึง|ถึง|ก่อน|บัดนี้|วันนี้)\s?[-–—]?\s?(?:วัน\s?ที่|วัน)?\s?$")
