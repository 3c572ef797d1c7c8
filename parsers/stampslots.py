"""Where the rows of one stamp (ตรารับ) stand: office, number, day and hour follow at an even pitch.

A label that ink or scanning has spoilt can be done without where its neighbours are there: what stands one
row below the day is the hour, what stands one row above it is the number, the office's name is above both.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping, Sequence
from functools import lru_cache
from typing import Literal, NamedTuple

from rapidfuzz.distance import Levenshtein

from parsers.contacts import has_contact
from parsers.fields import bones, find_label
from parsers.numbering import number_ink
from parsers.rows import Ink, Row
from schemas.ink import Box

Slot = Literal["number", "date", "time"]
_ORDER: tuple[Slot, ...] = ("number", "date", "time")
PITCH = 18.5  # points from row to row when the stamp itself does not show it
_LEAST, _MOST = 11.0, 32.0
_REACH = 0.62  # share of the pitch by which a row may stand off its place
_WIDE = 150.0
_FULL_MONTH = re.compile(r"คม(?![\u0e01-\u0e4e])|ยน(?![\u0e01-\u0e4e])|พันธ์|[A-Za-z]{4}")
_OFFICES = (
    *(
        "สำนักงาน",
        "ที่ทำการ",
        "ที่ว่าการ",
        "เทศบาล",
        "ศาลากลาง",
        "โรงเรียน",
        "โรงพยาบาล",
        "องค์การบริหาร",
        "มหาวิทยาลัย",
    ),
    *("วิทยาลัย", "กระทรวง", "จังหวัด", "อำเภอ", "ศูนย์", "สถานี", "สถาบัน", "สาธารณสุข", "กลุ่มงาน", "สำนักปลัด"),
)
_LONGEST_OFFICE = 3 + max(map(len, _OFFICES))
_OPENS_OFFICE = re.compile(
    r"(?:สำ?นัก|กอง|กรม|กระทรวง|จังหวัด|ศาลา|เทศบาล|องค์การ|อบต|อบจ|มหาวิทยาลัย|วิทยาลัย|โรงเรียน|โรงพยาบาล|กลุ่ม|ฝ่าย|ศูนย์|"
    r"งาน|สถาบัน|ที่ว่าการ|ที่ทำการ|อำเภอ|คณะ|สาธารณสุข|ส่วน|ธนาคาร|การ|แผนก|สพ[ปม]|สภา|ห้อง|หน่วย)"
)
_ALIGNED = 14.0  # points: a tick or a scrap of its box may have been read before a section's name
_SECTION = re.compile(r"^(?:[^\u0e01-\u0e5b]{0,3}|\S\s)(?:งาน|ฝ่าย|กลุ่ม|ส่วน|กอง|ด้าน|แผนก|หัวหน้า|ผอ\.|ปลัด|รอง)")
_NOT_OFFICE = re.compile(
    r"[0-9๐-๙@:]|www|(?<!โรง)เรียน|เรื่อง|ด่วน|ลับ(?!แล)|ถนน|โทร|\.{3}|ที่ส่งมา|วันที่|เวลา|บันทึก|ข้อความ|ส่วนราชการ"
)


class Frame(NamedTuple):
    """The column of one stamp's rows."""

    page: int
    left: float
    pitch: float
    middles: Mapping[Slot, float]  # of the rows that are known

    def middle(self, slot: Slot) -> float:
        """The height at which the middle of a row is to be expected."""
        known, at = min(
            ((known, at) for known, at in self.middles.items()),
            key=lambda pair: abs(_ORDER.index(pair[0]) - _ORDER.index(slot)),
        )
        return at + self.pitch * (_ORDER.index(slot) - _ORDER.index(known))

    @property
    def top(self) -> float:
        """The middle of its number's row."""
        return self.middle("number")


def frame_of(anchors: Mapping[Slot, Ink]) -> Frame | None:
    """The frame that known rows span; None without geometry."""
    places: dict[Slot, Box] = {
        slot: place for slot, ink in anchors.items() if (place := ink.place) is not None
    }
    if not places or len(places) < len(anchors):
        return None
    middles = {slot: (place.y0 + place.y1) / 2 for slot, place in places.items()}
    pitch = PITCH
    known = sorted(middles, key=_ORDER.index)
    if len(known) > 1:
        steps = _ORDER.index(known[-1]) - _ORDER.index(known[0])
        measured = (middles[known[-1]] - middles[known[0]]) / steps
        pitch = measured if _LEAST <= measured <= _MOST else PITCH
    page = next(iter(anchors.values())).row.page
    return Frame(page, min(place.x0 for place in places.values()), pitch, middles)


def has_full_month(text: str) -> bool:
    """Whether a month is written out, as in a letter's own date; stamps abbreviate."""
    return _FULL_MONTH.search(text) is not None


def row_in(frame: Frame, slot: Slot, zone: Sequence[Row], taken: Collection[int]) -> Row | None:
    """The free row with digits that stands where a stamp has its number, day or hour."""
    wanted = frame.middle(slot)
    best: tuple[int, float, Row] | None = None
    for row in zone:
        if row.order in taken or not _inside(row, frame) or not _may_fill(row):
            continue
        assert row.place is not None
        off = abs((row.place.y0 + row.place.y1) / 2 - wanted)
        digits = len(re.findall(r"[0-9๐-๙]", row.text))
        if off > _REACH * frame.pitch or digits < (1 if slot == "number" else 2):
            continue
        ranked = (digits, -off, row)
        best = ranked if best is None or ranked[:2] > best[:2] else best
    return best[2] if best is not None else None


def office_rows(frame: Frame, zone: Sequence[Row], taken: Collection[int]) -> list[Row]:
    """The rows above a stamp's first line that name its office, one or two of them."""
    grid, top = grid_rows(zone), frame.top
    above = [
        row for row in zone if row.order not in taken and row.order not in grid and _is_above(row, frame, top)
    ]
    above.sort(key=lambda row: -(row.place.y0 + row.place.y1) if row.place is not None else 0.0)
    named = [row for row in above if _may_name(row)][:3]
    for at, row in enumerate(named):
        if not opens_office(office_ink(row).text):
            continue
        lower = [r for r in named[:at] if _follows(row, r)]
        upper = [r for r in named[at + 1 : at + 2] if _follows(r, row) and opens_office(office_ink(r).text)]
        return [*upper, row, *lower][:2]
    return named[:1] if named and named[0].line.ink == "colour" else []


def grid_rows(zone: Sequence[Row]) -> set[int]:
    """The `order` of rows that are sections in a grid of boxes to tick: set close, one below another."""
    sections = [
        row for row in zone if row.place is not None and _SECTION.match(row.text) and len(row.text) < 30
    ]
    found: set[int] = set()
    for row in sections:
        column = [other for other in sections if _in_column(row, other)]
        if len(column) >= 3:
            found.update(other.order for other in column)
    return found


def office_ink(row: Row) -> Ink:
    """The ink of a row that may name an office, without the scraps and single figures that stand behind it."""
    ink = row.ink().words()
    figure = re.search(r"\s[0-9๐-๙]{1,2}\W*$", ink.text)
    return Ink(ink.row, ink.start, ink.start + figure.start()) if figure is not None else ink


def opens_office(text: str) -> bool:
    """Whether a text starts with a word that opens the name of an office, even a damaged one."""
    return _OPENS_OFFICE.match(text.strip()) is not None or mended_office(text) is not None


_BEGINS_WORD = re.compile("[\u0e01-\u0e2e\u0e40-\u0e44 ]")


@lru_cache(maxsize=512)
def mended_office(text: str) -> str | None:
    """The office's name with its damaged first word as it must have been; None when nothing is damaged so.

    >>> mended_office("ททำการปกครองอำเภอด่านซ้าย")
    'ที่ทำการปกครองอำเภอด่านซ้าย'
    """
    text = text.strip()
    if _OPENS_OFFICE.match(text):
        return None
    best: tuple[int, str] | None = None
    opening = bones(text[:_LONGEST_OFFICE])[:2]
    for word in _OFFICES:
        want = bones(word)
        if want[0] not in opening and want[1] not in opening:
            continue  # of the two first letters one may be misread, lost or added
        for end in range(max(3, len(word) - 3), min(len(text), len(word) + 3) + 1):
            if end < len(text) and _BEGINS_WORD.match(text, end) is None:
                continue  # the first word ends before a letter, not before its mark
            got = bones(text[:end])
            allowed = 1 if len(want) >= 5 else 0
            if abs(len(got) - len(want)) > allowed:
                continue
            distance = Levenshtein.distance(got, want, score_cutoff=allowed)
            if distance <= allowed and (best is None or distance < best[0]):
                best = (distance, word + text[end:])
    return best[1] if best is not None else None


def _inside(row: Row, frame: Frame) -> bool:
    if row.place is None or row.page != frame.page:
        return False
    return frame.left - 25 <= row.place.x0 <= frame.left + 115 and row.place.x1 <= frame.left + _WIDE


def _may_fill(row: Row) -> bool:
    own = find_label(row.text) is not None or has_contact(row.text)  # the letter's own head
    return len(row.text) <= 30 and not own and number_ink(row) is None and not has_full_month(row.text)


def _is_above(row: Row, frame: Frame, top: float) -> bool:
    """Whether a row stands above a stamp's number, whose middle is `top`."""
    if row.place is None or row.page != frame.page:
        return False
    lift = top - (row.place.y0 + row.place.y1) / 2
    inside = frame.left - 45 <= row.place.x0 and row.place.x1 <= frame.left + 195
    return inside and 0.45 * frame.pitch <= lift <= 3.2 * frame.pitch


def _may_name(row: Row) -> bool:
    name = office_ink(row).text
    thai = len(re.findall(r"[\u0e01-\u0e2e]", name))
    return (
        thai >= 4
        and len(name) <= 60
        and re.match(r"[\u0e01-\u0e46]", name) is not None
        and _NOT_OFFICE.search(name) is None
        and number_ink(row) is None
    )


def _follows(row: Row, below: Row) -> bool:
    """Whether a row stands right below another, as the second row of one name."""
    if row.place is None or below.place is None:
        return False
    if min(row.place.x1, below.place.x1) <= max(row.place.x0, below.place.x0):
        return False  # they stand beside each other
    step = below.place.y0 - row.place.y0
    return 0.5 * row.place.height <= step <= 1.6 * max(row.place.height, 9.0)


def _in_column(row: Row, other: Row) -> bool:
    if row.place is None or other.place is None:
        return False
    return abs(row.place.x0 - other.place.x0) < _ALIGNED and abs(row.place.y0 - other.place.y0) < 90
