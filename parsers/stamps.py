"""Receipt stamps (ตรารับ): who received the letter, under which number, when."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from typing import NamedTuple

from parsers.dates import find_dates
from parsers.fields import bones, find_label
from parsers.numbering import number_ink
from parsers.rows import Ink, Row, same_height
from schemas.ink import Box

# One alternative a part; the strong ones name a receipt, so that they make a stamp by themselves.
_LABELS = re.compile(
    r"(?<![\u0e01-\u0e5bA-Za-z])(?:"
    r"(?P<strong>เลขทะ?เบียนรับ(?:ท[ีิื่]{0,2})?|ทะเบียนรับ(?:เลข)?(?:ท[ีิื่]{0,2})?|เลข\s?ท[ีิื่]{0,2}\s?ร[ัี]?บ|เลข\s?รั?บ\s?(?:ท[ีิื่]{1,2})?"
    r"|เลข\s?รั(?=[\s.…0-9๐-๙]|$)|รั?บ\s?เลข\s?ท[ีิื่]{0,2}|รั?บ\s?ท[ีิื่]{1,2})"
    r"|(?P<weak>เลข\s?ท[ีิื่]{1,2})"
    r"|(?P<date>(?:รับ\s?)?(?:ว[ัี]?น\s?ท[ีิื่]{1,2}|ลง\s?วัน\s?ที่))"
    r"|(?P<time>เวล(?:[าๅ]|(?=[\s.…0-9๐-๙]|$))))"
    r"(?P<leader>[\s.:…_·,]*)"
)
_NUMBER_ALONE = re.compile(r"^[^\u0e01-\u0e5bA-Za-z0-9]{0,3}[0-9๐-๙]{1,6}[.\s]{0,3}$")
_NAMED_NUMBER = re.compile(r"^\s*(\S{2,14})\s*[.…:]*\s([0-9๐-๙]{1,6})[.\s]*$")
_TIME_LIKE = re.compile(r"^[^\u0e01-\u0e5b]{0,2}[0-9๐-๙]{1,2}\s?[.:]\s?[0-9๐-๙]{2}")
_AGENCY = re.compile(
    r"(?:สำ?นัก|กอง|กรม|กระทรวง|จังหวัด|ศาลา|เทศบาล|องค์การ|อบต|อบจ|มหาวิทยาลัย|วิทยาลัย|โรงเรียน|โรงพยาบาล|กลุ่ม|ฝ่าย|ศูนย์|"
    r"งาน|สถาบัน|ที่ว่าการ|อำเภอ|คณะ|สาธารณสุข|ส่วน|ธนาคาร|การ|แผนก|สพ[ปม]|สภา|ห้อง|หน่วย)"
)
_NOT_AGENCY = re.compile(r"[0-9๐-๙@:]|www|เรียน|เรื่อง|ด่วน|ลับ|ถนน|โทร|\.{3}|ที่ส่งมา")
# How far the parts of one stamp stand from its first label, in points: it is about 5 cm by 2.5 cm.
_ABOVE, _BELOW, _ASIDE, _WIDE = 62.0, 66.0, 70.0, 175.0
_MOST_ROWS = 150
_TOP = 0.55  # stamps are set in the upper part of the page


class Segment(NamedTuple):
    """One label of a stamp with what stands behind it."""

    part: str  # strong, weak, date, time
    label: Ink
    value: Ink

    @property
    def row(self) -> Row:
        """The row it stands on."""
        return self.label.row


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


def parting_places(row: Row) -> list[int]:
    """Where a stamp's label has been read into the row of another text."""
    return [found.start() for found in _LABELS.finditer(row.text) if found["strong"] and found.start() > 3]


def find_stamps(rows: Sequence[Row], *, memo: bool = False) -> tuple[list[Stamp], set[int]]:
    """The receipt stamps among a letter's first rows, and the `order` of the rows they take."""
    zone = _zone(rows)
    groups = _groups(zone, memo=memo)
    stamps: list[Stamp] = []
    taken = {segment.row.order for group in groups for segment in group}
    for group in groups:
        stamp = _stamp(group, zone, taken)
        if stamp is None:
            taken -= {segment.row.order for segment in group}
            continue
        stamps.append(stamp)
        taken |= stamp.rows
    return stamps, taken


def names_office(text: str) -> bool:
    """Whether a text starts with a word that opens the name of an office."""
    return _AGENCY.match(text.strip()) is not None


def stamp_rows(rows: Sequence[Row]) -> set[int]:
    """The `order` of those rows that hold a stamp's labels."""
    return {row.order for row in rows if _segments(row, memo=False)}


def _zone(rows: Sequence[Row]) -> list[Row]:
    """The rows where stamps may stand: the top of the first page, or all before a transcript's body."""
    if not rows:
        return []
    zone: list[Row] = []
    for row in rows:
        if row.page != rows[0].page or len(zone) == _MOST_ROWS:
            break
        if row.top is None and (len(row.text) > 160 or find_label(row.text, frozenset({"enclosures"}))):
            break
        if row.top is None or row.top < _TOP or (row.line.ink == "colour" and row.top < 0.75):
            zone.append(row)
    return zone


def _segments(row: Row, *, memo: bool) -> list[Segment]:
    if len(row.text) > 160 and row.place is None:
        return []
    found = list(_LABELS.finditer(row.text))
    segments = []
    for at, match in enumerate(found):
        part = match.lastgroup if match.lastgroup != "leader" else None
        part = part or next(name for name in ("strong", "weak", "date", "time") if match[name])
        end = found[at + 1].start() if at + 1 < len(found) else len(row.text)
        segments.append(Segment(part, row.ink(match.start(), match.end()), row.ink(match.end(), end)))
    if not segments or (number_ink(row) is not None and all(s.part != "strong" for s in segments)):
        return []
    if segments[0].label.start > 8 and all(s.part != "strong" for s in segments):
        return []  # a date or time named inside a sentence
    return [] if memo and all(s.part == "date" for s in segments) and row.line.ink == "black" else segments


def _groups(zone: Sequence[Row], *, memo: bool) -> list[list[Segment]]:
    """Labels that belong to one stamp: near each other on the page, or adjacent rows of a transcript."""
    groups: list[list[Segment]] = []
    for row in zone:
        for segment in _segments(row, memo=memo):
            home = next((g for g in reversed(groups[-6:]) if _belongs(segment, g)), None)
            if home is None:
                groups.append([segment])
            else:
                home.append(segment)
    return groups


def _belongs(segment: Segment, group: Sequence[Segment]) -> bool:
    part = "number" if segment.part in ("strong", "weak") else segment.part
    parts = {"number" if s.part in ("strong", "weak") else s.part for s in group}
    if part in parts:
        return False
    here, there = segment.label.place, group[0].label.place
    if segment.row is group[-1].row:
        return True
    if here is None or there is None:
        return segment.row.order - group[-1].row.order <= 2
    if segment.row.page != group[0].row.page:
        return False
    down = here.y0 - there.y0
    return (-_BELOW <= down <= _BELOW and abs(here.x0 - there.x0) <= _ASIDE) or (
        abs(down) < 8 and 0 < here.x0 - there.x0 < _WIDE
    )


def _stamp(group: Sequence[Segment], zone: Sequence[Row], taken: set[int]) -> Stamp | None:
    """The stamp that a group of labels makes; None when they are only words of the letter."""
    parts = {segment.part: segment for segment in group}
    number = parts.get("strong") or parts.get("weak")
    date, time = (_value(parts.get(part), zone, taken) for part in ("date", "time"))
    strong = "strong" in parts
    framed = group[0].label.place is not None
    if not strong and not (number is not None and ("date" in parts or "time" in parts)):
        stamp = _unlabelled(group, zone, taken, date, time)
        if stamp is not None or not (framed and {"date", "time"} <= parts.keys()):
            return stamp
    used = taken | {ink.row.order for ink in (date, time) if ink is not None}
    numbers, loose = _numbers(number, group, zone, used)
    used |= {ink.row.order for ink in numbers}
    date = date or _loose(group, zone, used, _is_rubber_date)
    time = time or _loose(group, zone, used, _is_time)
    agency = _agency(min(s.row.order for s in group), group, zone, used)
    stamped = framed and strong and (len(parts) > 1 or bool(agency) or time is not None)
    if not numbers and date is None and not stamped:
        return None  # an empty form
    trust = (1.0 if strong else 0.9) * (0.75 if loose else 1.0)
    label = number.label if number is not None and not numbers and framed else None
    return Stamp(agency, tuple(numbers), date, time, trust, label=label)


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
        if -8 <= gap <= 110 and row.place.width < 120 and number_ink(row) is None:
            far = gap + 6 * drop
            best = (far, row) if best is None or far < best[0] else best
    return best[1].ink() if best is not None else None


def _unlabelled(
    group: Sequence[Segment], zone: Sequence[Row], taken: set[int], date: Ink | None, time: Ink | None
) -> Stamp | None:
    """A stamp whose number's label is beyond reading: some word and digits right above the word วันที่."""
    if date is None or not find_dates(date.text):
        return None
    first = min(s.row.order for s in group)
    above = _row_at(zone, first - 1)
    found = _NAMED_NUMBER.match(above.text) if above is not None else None
    if above is None or found is None or above.order in taken or not _near(above, group):
        return None
    if number_ink(above) is not None:
        return None
    number = above.ink(*found.span(2))
    agency = _agency(above.order, group, zone, taken)
    after = _row_at(zone, max(s.row.order for s in group) + 1)
    repeated = after is not None and after.place is None and _repeats_date(after, date)
    rest = (after.ink(),) if after is not None and repeated else ()
    return Stamp(agency, (number,), date, time, 0.5, rest)


def _repeats_date(row: Row, date: Ink) -> bool:
    return bool(find_dates(row.text)) and bones(date.text) in bones(row.text)


def _loose_numbers(group: Sequence[Segment], zone: Sequence[Row], taken: set[int]) -> list[Ink]:
    """Digits alone next to a stamp's labels: a number written beside or above its line."""
    first = min(s.row.order for s in group)
    rows = [row for row in zone if first - 3 <= row.order <= first + 4]
    near = [r for r in rows if r.order not in taken and _NUMBER_ALONE.match(r.text) and _near(r, group)]
    if near and near[0].place is None:
        near = [row for row in near if row.order == first - 1]
    return [row.ink() for row in near]


def _loose(
    group: Sequence[Segment], zone: Sequence[Row], taken: set[int], wanted: Callable[[Row], bool]
) -> Ink | None:
    """A value away from its label: inside the stamp's frame, or right below it in a transcript."""
    last = max(s.row.order for s in group)
    for row in zone:
        if row.order in taken or len(row.text) > 30 or not _near(row, group) or not wanted(row):
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
    inks: list[Ink] = []
    above = [row for row in zone if row.order < first and row.order not in taken]
    for row in reversed(above[-8:]):
        if row.place is None and row.order < first - 1 - len(inks) - sum(
            1 for o in taken if row.order < o < first
        ):
            break
        if row.place is not None and not _near(row, group):
            continue
        name = row.ink().words()
        if _NOT_AGENCY.search(name.text) or number_ink(row) is not None or not 4 <= len(name.text) <= 60:
            break
        if (inks and not _AGENCY.match(name.text)) or not re.match(r"^[\u0e01-\u0e46]", name.text):
            break
        inks.insert(0, name)
        if len(inks) == 2:
            break
    return tuple(inks)


def _near(row: Row, group: Sequence[Segment]) -> bool:
    """Whether a row lies within the frame of a group's stamp; always so in a transcript."""
    if row.place is None:
        return True
    boxes: list[Box] = [s.label.place for s in group if s.label.place is not None]
    if not boxes or row.page != group[0].row.page:
        return False
    left, top = min(b.x0 for b in boxes), min(b.y0 for b in boxes)
    bottom = max(b.y1 for b in boxes)
    inside = left - 30 <= row.place.x0 and row.place.x1 <= left + _WIDE + 20
    return inside and top - _ABOVE <= row.place.y0 and row.place.y1 <= bottom + 20


def _row_at(zone: Sequence[Row], order: int) -> Row | None:
    return next((row for row in zone if row.order == order), None)


def _filled(ink: Ink | None) -> Ink | None:
    """The ink, if there is more than a dotted leader."""
    if ink is None:
        return None
    inner = ink.stripped(" \t.…_:;,·-–น")
    return ink.stripped(" \t…_:;,·-–") if inner.text else None
