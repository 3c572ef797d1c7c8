"""Receipt stamps (ตรารับ): who received the letter, under which number, when."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import NamedTuple

from parsers.dates import find_dates
from parsers.fields import bones, find_label
from parsers.numbering import number_ink
from parsers.rows import Ink, Row, same_height
from parsers.stamplabels import WIDE, Segment, slot_of, stamp_groups, stamp_zone
from parsers.stampslots import (
    PITCH,
    Frame,
    Slot,
    frame_of,
    grid_rows,
    office_ink,
    office_rows,
    opens_office,
    row_in,
)
from schemas.ink import Box, union

_NUMBER_ALONE = re.compile(r"^[^\u0e01-\u0e5bA-Za-z0-9]{0,3}[0-9๐-๙]{1,6}[.\s]{0,3}$")
_NAMED_NUMBER = re.compile(r"^\s*(\S{2,14})\s*[.…:]*\s([0-9๐-๙]{1,6})[.\s]*$")
_TIME_LIKE = re.compile(r"^[^\u0e01-\u0e5b]{0,2}[0-9๐-๙]{1,2}\s?[.:]\s?[0-9๐-๙]{2}")
_NOT_AGENCY = re.compile(r"[0-9๐-๙@:]|www|(?<!โรง)เรียน|เรื่อง|ด่วน|ลับ|ถนน|โทร|\.{3}|ที่ส่งมา")
_LAST_DIGITS = re.compile(r"(?:^|[\s.…:)])([0-9๐-๙](?:\s?[0-9๐-๙]){0,5})[.\s]{0,3}$")
_NEAR_TOP = 0.3  # share of the page in whose height a stamp without labels may stand
_NO_LABELS = 0.5  # trust in what only its place tells
_ABOVE = 62.0  # points from a stamp's first label up to its top


class Stamp(NamedTuple):
    """The ink of one receipt stamp, part by part."""

    agency: tuple[Ink, ...] = ()
    numbers: tuple[Ink, ...] = ()  # best first; several when it is not clear which is meant
    date: Ink | None = None
    time: Ink | None = None
    trust: float = 1.0
    rest: tuple[Ink, ...] = ()  # the stamp's as well, but it says nothing
    label: Ink | None = None  # of a number that is there but was not read

    @property
    def rows(self) -> set[int]:
        """The `order` of the rows it takes."""
        inks = (
            *self.agency,
            *self.numbers,
            *self.rest,
            *(ink for ink in (self.date, self.time) if ink is not None),
        )
        return {ink.row.order for ink in inks}


def find_stamps(rows: Sequence[Row], *, memo: bool = False) -> tuple[list[Stamp], set[int]]:
    """The receipt stamps among a letter's first rows, and the `order` of the rows they take."""
    zone = stamp_zone(rows)
    groups = stamp_groups(zone, memo=memo)
    stamps: list[Stamp] = []
    taken = {segment.row.order for group in groups for segment in group}
    for group in groups:
        stamp = _stamp(group, zone, taken)
        if stamp is None:
            taken -= {segment.row.order for segment in group}
            continue
        stamps.append(stamp)
        taken |= stamp.rows
    for stamp in _without_labels(zone, taken):
        stamps.append(stamp)
        taken |= stamp.rows
    return stamps, taken


def _without_labels(zone: Sequence[Row], taken: set[int]) -> Iterator[Stamp]:
    """Stamps whose labels the pen has written over: an office's name in colour, and figures on the rows below it."""
    grid = grid_rows(zone)
    for row in zone:
        if row.order in taken or row.order in grid or row.line.ink != "colour" or row.place is None:
            continue
        name = office_ink(row)
        if (row.top or 1.0) > _NEAR_TOP or not opens_office(name.text) or _NOT_AGENCY.search(name.text):
            continue
        first = (row.place.y0 + row.place.y1) / 2 + PITCH
        frame = Frame(row.page, row.place.x0 - 20, PITCH, {"number": first})
        used = taken | grid | {row.order}
        filled: dict[Slot, Ink] = {}
        for slot in ("number", "date", "time"):
            found = row_in(frame, slot, zone, used)
            if found is not None and found.line.ink == "colour":
                filled[slot] = found.ink()
                used |= {found.order}
        if len(filled) < 2:
            continue
        number = filled.get("number")
        digits = _LAST_DIGITS.search(number.text) if number is not None else None
        if number is not None and digits is not None:
            number = Ink(number.row, number.start + digits.start(1), number.start + digits.end(1))
        numbers = (number,) if number is not None else ()
        taken |= {row.order, *(ink.row.order for ink in filled.values())}
        yield Stamp((name,), numbers, filled.get("date"), filled.get("time"), _NO_LABELS)


def _stamp(group: Sequence[Segment], zone: Sequence[Row], taken: set[int]) -> Stamp | None:
    """The stamp that a group of labels makes; None when they are only words of the letter."""
    parts = {segment.part: segment for segment in group}
    number = parts.get("strong") or parts.get("weak")
    date, time = (_value(parts.get(part), zone, taken) for part in ("date", "time"))
    bare = parts.get("bare")
    date = date or (bare.value if bare is not None else None)
    strong = "strong" in parts
    frame = frame_of({slot_of(segment): segment.label for segment in group})
    if not strong and not (number is not None and ("date" in parts or "time" in parts)):
        return _unlabelled(group, zone, taken, date, time)
    used = taken | {ink.row.order for ink in (date, time) if ink is not None}
    numbers, loose = _numbers(number, group, zone, used)
    used |= {ink.row.order for ink in numbers}
    date = date or _loose(group, zone, used, _is_rubber_date)
    time = time or _loose(group, zone, used, _is_time)
    used |= {ink.row.order for ink in (date, time) if ink is not None}
    if frame is not None and date is None:
        date = _by_place(frame, "date", parts, zone, used)
        used |= {date.row.order} if date is not None else set()
    if frame is not None and time is None:
        time = _by_place(frame, "time", parts, zone, used)
    agency = _agency(min(s.row.order for s in group), group, zone, used)
    stamped = frame is not None and strong and (len(parts) > 1 or bool(agency) or time is not None)
    if not numbers and date is None and not stamped:
        return None  # an empty form
    trust = (1.0 if strong else 0.9) * (0.75 if loose else 1.0) * (0.8 if bare is not None else 1.0)
    label = number.label if number is not None and not numbers and frame is not None else None
    return Stamp(agency, tuple(numbers), date, time, trust, label=label)


def _by_place(
    frame: Frame, slot: Slot, parts: Mapping[str, Segment], zone: Sequence[Row], taken: set[int]
) -> Ink | None:
    """What stands where a stamp has its day or hour, when the label is spoilt; a blank stays blank."""
    row = row_in(frame, slot, zone, taken) if slot not in parts else None
    return row.ink() if row is not None else None


def _numbers(
    number: Segment | None, group: Sequence[Segment], zone: Sequence[Row], taken: set[int]
) -> tuple[list[Ink], bool]:
    """The ink that may be the receipt number, best first; whether it stands away from its label."""
    own = _filled(number.value) if number is not None else None
    beside = _beside(number, zone, taken) if number is not None and own is None else None
    loose = [ink for ink in _loose_numbers(group, zone, taken) if beside is None or ink.row is not beside.row]
    numbers = [ink for ink in (own, beside, *loose) if ink is not None]
    if len(numbers) > 1 and own is not None and numbers[1].row.order < own.row.order and own.place is None:
        numbers = [*numbers[1:], own]  # written above the label: what is behind it may be the date's
    return numbers, own is None


def _value(segment: Segment | None, zone: Sequence[Row], taken: set[int]) -> Ink | None:
    """What stands behind a label, on its own row or beside it."""
    if segment is None:
        return None
    return _filled(segment.value) or _beside(segment, zone, taken)


def _beside(segment: Segment, zone: Sequence[Row], taken: set[int]) -> Ink | None:
    """The nearest free row to the right of a label on its height."""
    label = segment.label.place
    if label is None:
        return None
    best: tuple[float, Row] | None = None
    for row in zone:
        if row.order in taken or row.place is None or not same_height(row, segment.row) or row is segment.row:
            continue
        gap, drop = row.place.x0 - label.x1, abs(row.place.y0 + row.place.y1 - label.y0 - label.y1) / 2
        own = number_ink(row) is not None or find_label(row.text) is not None
        if -8 <= gap <= 110 and row.place.width < 120 and not own:
            far = gap + 6 * drop
            best = (far, row) if best is None or far < best[0] else best
    return best[1].ink() if best is not None else None


def _unlabelled(
    group: Sequence[Segment], zone: Sequence[Row], taken: set[int], date: Ink | None, time: Ink | None
) -> Stamp | None:
    """A stamp whose number's label is beyond reading, known by its day and what stands around it."""
    frame = frame_of({slot_of(segment): segment.label for segment in group})
    if frame is not None:
        return _framed(group, zone, taken, frame, date, time)
    if date is None or not find_dates(date.text):
        return None
    above = _row_at(zone, min(s.row.order for s in group) - 1)
    found = _NAMED_NUMBER.match(above.text) if above is not None else None
    if above is None or found is None or above.order in taken or number_ink(above) is not None:
        return None
    number = above.ink(*found.span(2))
    agency = _agency(above.order, group, zone, taken)
    after = _row_at(zone, max(s.row.order for s in group) + 1)
    repeated = after is not None and after.place is None and _repeats_date(after, date)
    rest = (after.ink(),) if after is not None and repeated else ()
    return Stamp(agency, (number,), date, time, 0.5, rest)


def _framed(
    group: Sequence[Segment],
    zone: Sequence[Row],
    taken: set[int],
    frame: Frame,
    date: Ink | None,
    time: Ink | None,
) -> Stamp | None:
    """A stamp on a page by its rows' places: the number one row above the day, the hour one below it."""
    parts = {segment.part: segment for segment in group}
    dated = "date" in parts or "bare" in parts
    if not dated or not ({"date", "time"} <= parts.keys() or date is not None):
        return None
    used = taken | {ink.row.order for ink in (date, time) if ink is not None}
    above = row_in(frame, "number", zone, used)
    used |= {above.order} if above is not None else set()
    time = time or _by_place(frame, "time", parts, zone, used)
    agency = _agency(min(s.row.order for s in group), group, zone, used)
    witnesses = sum((above is not None, time is not None or "time" in parts, bool(agency)))
    if witnesses < (1 if {"date", "time"} <= parts.keys() else 2):
        return None
    digits = _LAST_DIGITS.search(above.text) if above is not None else None
    numbers = () if above is None else (above.ink(*digits.span(1)) if digits is not None else above.ink(),)
    return Stamp(agency, numbers, date, time, 0.6)


def _repeats_date(row: Row, date: Ink) -> bool:
    return bool(find_dates(row.text)) and bones(date.text) in bones(row.text)


def _loose_numbers(group: Sequence[Segment], zone: Sequence[Row], taken: set[int]) -> list[Ink]:
    """Digits alone next to a stamp's labels: a number written beside or above its line."""
    first = min(s.row.order for s in group)
    rows = [row for row in zone if first - 3 <= row.order <= first + 4]
    reach = _reach(group)
    near = [r for r in rows if r.order not in taken and _NUMBER_ALONE.match(r.text) and _near(r, reach)]
    if near and near[0].place is None:
        near = [row for row in near if row.order == first - 1]
    return [row.ink() for row in near]


def _loose(
    group: Sequence[Segment], zone: Sequence[Row], taken: set[int], wanted: Callable[[Row], bool]
) -> Ink | None:
    """A value away from its label: inside the stamp's frame, or right below it in a transcript."""
    last, reach = max(s.row.order for s in group), _reach(group)
    for row in zone:
        if row.order in taken or len(row.text) > 30 or not _near(row, reach) or not wanted(row):
            continue
        if row.place is not None or row.order == last + 1:
            return row.ink()
    return None


def _is_rubber_date(row: Row) -> bool:
    return row.place is not None and bool(find_dates(row.text)) and len(row.text) < 22


def _is_time(row: Row) -> bool:
    return _TIME_LIKE.match(row.text) is not None and not find_dates(row.text) and len(row.text) < 14


def _agency(first: int, group: Sequence[Segment], zone: Sequence[Row], taken: set[int]) -> tuple[Ink, ...]:
    """The rows above a stamp's labels that name the office."""
    frame = frame_of({slot_of(segment): segment.label for segment in group})
    if frame is not None:
        return tuple(office_ink(row) for row in office_rows(frame, zone, taken))
    inks: list[Ink] = []
    for row in reversed([row for row in zone if row.order < first and row.order not in taken][-8:]):
        if row.order < first - 1 - len(inks) - sum(1 for o in taken if row.order < o < first):
            break
        name = row.ink().words()
        if _NOT_AGENCY.search(name.text) or number_ink(row) is not None or not 4 <= len(name.text) <= 60:
            break
        if (inks and not opens_office(name.text)) or not re.match(r"^[\u0e01-\u0e46]", name.text):
            break
        inks.insert(0, name)
        if len(inks) == 2:
            break
    return tuple(inks)


def _reach(group: Sequence[Segment]) -> tuple[int, Box] | None:
    """The page of a group's stamp, and what lies within its frame there; None without geometry."""
    box = union([segment.label.place for segment in group])
    if box is None:
        return None
    return group[0].row.page, Box(box.x0 - 30, box.y0 - _ABOVE, box.x0 + WIDE + 20, box.y1 + 20)


def _near(row: Row, reach: tuple[int, Box] | None) -> bool:
    """Whether a row lies within the frame of a stamp; always so in a transcript."""
    if row.place is None:
        return True
    if reach is None or row.page != reach[0]:
        return False
    frame, place = reach[1], row.place
    inside = frame.x0 <= place.x0 and place.x1 <= frame.x1
    return inside and frame.y0 <= place.y0 and place.y1 <= frame.y1


def _row_at(zone: Sequence[Row], order: int) -> Row | None:
    return next((row for row in zone if row.order == order), None)


def _filled(ink: Ink | None) -> Ink | None:
    """The ink, if there is more than a dotted leader."""
    if ink is None:
        return None
    inner = ink.stripped(" \t.…_:;,·-–น")
    return ink.stripped(" \t…_:;,·-–") if inner.text else None
