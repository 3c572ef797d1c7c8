"""Deadlines that are counted: ภายใน ๗ วัน นับแต่วันที่ได้รับหนังสือ."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date, time
from typing import Literal, NamedTuple

from parsers.asking import asked_by
from parsers.dates import seen_dates, settle
from parsers.numerals import COUNT, read_count
from parsers.periods import UNITS, last_day
from parsers.text import LETTERS
from schemas.letter import DeadlineKind

WITHIN = "[ภกถ]าย ?[ใไ]น"
"""ภายใน, also where OCR took ภ or ใ for letters like them, or split the word."""
NO_LATER = rf"(?:{WITHIN}|ไม่เกิน|ไม่(?:ล่า)?ช้า(?:ไป)?กว่า|อย่างช้า(?:ที่สุด)?)"
"""The words before a day or a period that is itself included."""

Anchor = Literal["letter", "receipt", "event"]
"""What a counted deadline is counted from."""


class FoundDeadline(NamedTuple):
    """A deadline seen in a text; the span holds its boundary word, its date and its time.

    `value` is the last day on which the thing may be done: for ก่อนวันที่ the day before. None when the day
    is not real, or cannot be counted yet.
    """

    start: int
    end: int
    value: date | None
    time: time | None
    kind: DeadlineKind
    anchor: Anchor | None  # what a counted one is counted from; None for a fixed one, or when it is not said
    weekday: int | None  # as printed beside the date


class Days(NamedTuple):
    """The days that periods are counted from, as far as they are known: the letter's, and of its receipt."""

    written: date | None
    received: date | None


_COUNTED = re.compile(
    rf"(?P<by>{NO_LATER})(?: ?(?:{WITHIN}|ไม่เกิน|กำหนดเวลา|กำหนด|ระยะเวลา|เวลา))?"
    rf" ?(?P<count>{COUNT}) ?(?P<unit>{'|'.join(UNITS)})(?!ท[ีิ]่)"
)
_FROM = re.compile(
    r" ?(?:(?:โดย)?(?:เริ่ม)?นับ ?(?:ถัด|ตั้งแต่|แต่|จาก){0,2}|หลังจาก|ตั้งแต่|ถัดจาก|จาก|เมื่อ) ?"
    r"(?:วัน ?(?:ถัดจาก ?(?:วัน ?)?)?(?:ท[ีิ]่? ?)?)?"
)
# Some other paper than the letter at hand: หนังสือรับรอง, หนังสือแสดงเจตนา, เรื่องร้องเรียน
_OTHER_PAPER = "(?!รับรอง|ค้ำ|อนุ|แสดง|จาก|บอก|ขอ|สัญญา|ยินยอม|มอบ|ร้อง)"
_RECEIPT = re.compile(
    r"(?:(?:ท่าน|หน่วยงาน|ผู้รับ|ส่วนราชการ|จังหวัด)?(?:ได้)?รับ(?:ทราบ)?|ทราบ) ?"
    rf"(?:หนังสือ{_OTHER_PAPER}|เรื่อง{_OTHER_PAPER}|คำสั่ง|ประกาศ|แจ้ง(?!ผล))"
)
_LETTER = re.compile(rf"(?:ที่ ?)?(?:ลง|ใน|ของ|ออก|ลงใน)?หนังสือ{_OTHER_PAPER}|บัดนี้|นี้(?!ไป)|วันนี้")
_THIS = re.compile("(?:แจ้ง)?(?:คำสั่ง)?(?:ฉบับ)?(?:นี้|ดังกล่าว)?")
_EVENT = re.compile(r"[^\s,;]{0,60}")
_NO_DEADLINE = re.compile(r" ?(?:ที่ผ่านมา|ย้อนหลัง|ข้างหน้า|แรก|สุดท้าย)")
_EVERY_MONTH = re.compile(
    rf"(?:(?:{WITHIN}|ไม่เกิน|ก่อน)(?: ?วันที่)?|ทุกวันที่) ?[0-9]{{1,2}} ?"
    rf"ของ(?:(?:ทุก|แต่ละ)เดือน|เดือนถัดไป|เดือน(?![ {LETTERS}]))"
)


def counted_deadlines(text: str, days: Days) -> Iterator[FoundDeadline]:
    """Deadlines that are so many days from the letter, its receipt or an event."""
    for found in _EVERY_MONTH.finditer(text) if "ของ" in text and "เดือน" in text else ():
        if asked_by(text, found.start(), found.end()):
            yield FoundDeadline(found.start(), found.end(), None, None, "counted", "event", None)
    for found in _COUNTED.finditer(text):
        count = read_count(found["count"])
        linked = _FROM.match(text, found.end())
        if _NO_DEADLINE.match(text, found.end()) or (linked is None and not _plain(found)):
            continue
        anchor, base, end = (None, None, found.end()) if linked is None else _anchor(text, linked, days)
        if asked_by(text, found.start(), end, counted=True):
            value = last_day(base, count, found["unit"]) if base and count else None
            yield FoundDeadline(found.start(), end, value, None, "counted", anchor, None)


def _plain(found: re.Match[str]) -> bool:
    """Whether a period counted from nothing said may be a deadline: not ไม่เกิน ๓ ปี."""
    return found["by"] != "ไม่เกิน" and UNITS[found["unit"]] != "year"


def _anchor(text: str, linked: re.Match[str], days: Days) -> tuple[Anchor, date | None, int]:
    """What a period is counted from, the day when that is known, and where the words end."""
    start = linked.end()
    papers: tuple[tuple[re.Pattern[str], Anchor, date | None], ...] = (
        (_RECEIPT, "receipt", days.received),
        (_LETTER, "letter", days.written),
    )
    for pattern, anchor, base in papers:
        found = pattern.match(text, start)
        if found is not None:
            tail = _THIS.match(text, found.end())
            return anchor, base, tail.end() if tail else found.end()
    for seen in seen_dates(text[start : start + 60]):
        if seen.start == 0:
            return "event", settle(seen, days.written or days.received), start + seen.end
    event = _EVENT.match(text, start)
    return "event", None, event.end() if event else start
