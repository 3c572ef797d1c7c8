"""The labels of receipt stamps (ตรารับ), and which of them belong to one stamp."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

from parsers.fields import find_label
from parsers.numbering import number_ink
from parsers.rows import Ink, Row, same_height
from parsers.rubber import rubber_date
from parsers.stampslots import Slot, has_full_month

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
_NUMERIC_DATE = re.compile(r"(?<![0-9๐-๙])[0-9๐-๙]{1,2}\s?[/.]\s?[0-9๐-๙]{1,2}\s?[/.]\s?[0-9๐-๙]{2,4}")
# How far the parts of one stamp stand from its first label, in points: it is about 5 cm by 2.5 cm.
_BELOW, _ASIDE = 66.0, 70.0
WIDE = 175.0
_MOST_ROWS = 150
_BARE_TOP = 0.2  # without its label a date is a stamp's only near the top
_TOP = 0.55  # stamps are set in the upper part of the page


class Segment(NamedTuple):
    """One label of a stamp with what stands behind it."""

    part: str  # strong, weak, date, time; bare: a date without label
    label: Ink
    value: Ink

    @property
    def row(self) -> Row:
        """The row it stands on."""
        return self.label.row


# A stamp's row that the letter's own head was read into.
_HEAD_BEHIND = re.compile(
    r"^\W{0,3}(?:เวลา|ว[ัี]?น\s?ท[ีิื่]{1,2}|เลข\S{0,6}รับ\S{0,3})[^\u0e01-\u0e2e]{0,24}(?:น\.?\s+)?(?P<own>ส่วนราชการ\s|เรื่อง\s|เรียน\s|บันทึกข้อความ)"
)


def parting_places(row: Row) -> list[int]:
    """Where a stamp's label has been read into the row of another text, or that into a stamp's."""
    text = row.text
    places = (
        [found.start() for found in _LABELS.finditer(text) if found["strong"] and found.start() > 3]
        if "รั" in text or "รบ" in text or "รีบ" in text or "ทะเบียน" in text  # as every strong label
        else []
    )
    own = _HEAD_BEHIND.match(row.text)
    return [*places, own.start("own")] if own is not None else places


def stamp_rows(rows: Sequence[Row]) -> set[int]:
    """The `order` of those rows that hold a stamp's labels."""
    return {row.order for row in rows if _segments(row, memo=False)}


def stamp_zone(rows: Sequence[Row]) -> list[Row]:
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
    found = list(_LABELS.finditer(row.text)) if _may_label(row.text) else []
    segments = []
    for at, match in enumerate(found):
        part = match.lastgroup if match.lastgroup != "leader" else None
        part = part or next(name for name in ("strong", "weak", "date", "time") if match[name])
        end = found[at + 1].start() if at + 1 < len(found) else len(row.text)
        segments.append(Segment(part, row.ink(match.start(), match.end()), row.ink(match.end(), end)))
    if not segments and row.place is not None:
        return _bare_date(row)
    if not segments or (number_ink(row) is not None and all(s.part != "strong" for s in segments)):
        return []
    if segments[0].label.start > 8 and all(s.part != "strong" for s in segments):
        return []  # a date or time named inside a sentence
    return [] if memo and all(s.part == "date" for s in segments) and row.line.ink == "black" else segments


def _may_label(text: str) -> bool:
    """Whether a text has the letters of any label; most rows have not."""
    return (
        "วัน" in text
        or "เลข" in text
        or "รับ" in text
        or "เวล" in text
        or "รบ" in text
        or "วน" in text
        or "วีน" in text
        or "ทะเบียน" in text
    )


def _bare_date(row: Row) -> list[Segment]:
    """The day of a stamp whose label is spoilt: a short row that ends in a date as stamps print it."""
    if len(row.text) > 32 or number_ink(row) is not None or row.place is None or row.place.width > 150:
        return []
    if has_full_month(row.text) or row.top is None or row.top > _BARE_TOP:
        return []
    rubber = rubber_date(row.text, None)
    numeric = _NUMERIC_DATE.search(row.text)
    start = rubber.start if rubber is not None and (rubber.value or rubber.candidates) else None
    if start is None and numeric is not None:
        start = numeric.start()
    if start is None or start > 9:
        return []
    label = row.ink(0, start) if start else row.ink(0, len(row.text))
    return [Segment("bare", label, row.ink(start))]


def stamp_groups(zone: Sequence[Row], *, memo: bool) -> list[list[Segment]]:
    """Labels that belong to one stamp: near each other on the page, or adjacent rows of a transcript."""
    segments = [segment for row in zone for segment in _segments(row, memo=memo)]
    dated = [segment.row for segment in segments if segment.part == "date"]
    groups: list[list[Segment]] = []
    for segment in segments:
        if segment.part == "bare" and any(same_height(segment.row, row) for row in dated):
            continue  # its label stands beside it
        home = next((g for g in reversed(groups[-6:]) if _belongs(segment, g)), None)
        if home is None:
            groups.append([segment])
        else:
            home.append(segment)
    return groups


def _belongs(segment: Segment, group: Sequence[Segment]) -> bool:
    part, parts = slot_of(segment), {slot_of(s) for s in group}
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
        abs(down) < 8 and 0 < here.x0 - there.x0 < WIDE
    )


def slot_of(segment: Segment) -> Slot:
    """The row of the stamp that a label stands on."""
    if segment.part in ("strong", "weak"):
        return "number"
    return "time" if segment.part == "time" else "date"
