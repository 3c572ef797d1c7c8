"""The days of a contest: when entries are taken, since when a work must be in use, whose winners stay out."""

from __future__ import annotations

import datetime as dt
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from parsers.dates import find_dates, find_ranges
from parsers.deadlines import find_deadlines
from parsers.numerals import COUNT, read_count
from parsers.passages import Passage
from parsers.rows import reading
from parsers.text import fold
from parsers.times import find_times
from schemas.contest import ScheduleRow
from schemas.reading import Reading

_ENTRY = re.compile(
    r"(?:เปิด|การ)?รับ(?:สมัคร|ผลงาน|ใบสมัคร|ข้อเสนอ)|(?:จัด)?ส่ง(?:ผลงาน|ใบสมัคร|ชิ้นงาน|ภาพ|คลิป|เอกสาร|ไฟล์|แบบ|ข้อเสนอ|โครงการ|ใบ|โครงงาน|บทความ|เรียงความ|ชื่อ|เข้า)"
    r"|สมัคร(?:เข้า|ได้|ร่วม|ทาง|ผ่าน|แข่งขัน)|(?:ปิด|หมดเขต)(?:การ)?(?:รับ|ส่ง)|ร่วมส่ง|กำหนดส่ง|เสนอผลงาน(?!ต่อ|รอบ)|ยื่นใบสมัคร|[Ss]ubmi"
)
_ELSE = re.compile(
    r"ประกาศ(?:ผล|ราย)|นำเสนอ|ตัดสิน|มอบรางวัล|พิธี|อบรม|ชี้แจง|รับฟัง|ตอบรับ|ประชุม|สัมมนา|จัดงาน|จัดแสดง|แจ้งผล|จัดขึ้น|ที่ผ่านมา|รับรางวัล|เข้าค่าย|รอบ(?:สุดท้าย|ชิง)"
)
_OPENS_NOW = re.compile(r"(?:ตั้งแต่)?(?:บัดนี้|วันนี้)")
_REACH = 110


class Span(NamedTuple):
    """When entries are taken."""

    opens: Reading[dt.date] | None
    closes: Reading[dt.date] | None
    at: Reading[dt.time] | None


class _Told(NamedTuple):
    opens: Reading[dt.date] | None
    closes: Reading[dt.date]
    at: Reading[dt.time] | None


def read_span(passages: Sequence[Passage], schedule: Sequence[ScheduleRow] = ()) -> Span:
    """When entries are taken, as most of the places say that tell of it; doubtful where they differ."""
    told = [one for passage in passages for one in (*_ranges(passage), *_until(passage))]
    told += [
        _Told(row.first, row.last, row.end)
        for row in schedule
        if row.last is not None
        and row.what.value
        and _ENTRY.search(row.what.value)
        and not _ELSE.search(row.what.value)
    ]
    days = Counter(one.closes.value for one in told if one.closes.value is not None)
    if not days:
        unread = next((one.closes for one in told), None)
        return Span(next((one.opens for one in told if one.opens), None), unread, None)
    most = max(days.values())
    day = max(one for one, count in days.items() if count == most)
    mine = [one for one in told if one.closes.value == day]
    closes = max((one.closes for one in mine), key=lambda one: one.confidence)
    if len(days) > 1:
        others = tuple(one for one in days if one != day)
        closes = closes.model_copy(
            update={"confidence": round(closes.confidence * 0.7, 4), "candidates": others}
        )
    opens = [one.opens for one in mine if one.opens is not None]
    opens.sort(key=lambda one: (one.value is None, -one.confidence))
    return Span(
        opens[0] if opens else None, closes, next((one.at for one in mine if one.at is not None), None)
    )


def _ranges(passage: Passage) -> Iterator[_Told]:
    text = passage.text
    for found in find_ranges(text):
        before = _before(text, found.start)
        if not _takes_entries(before):
            continue
        opens = reading(found.first, passage.span(found.start, found.end), strict=True)
        closes = reading(found.last, passage.span(found.start, found.end), strict=True)
        yield _Told(opens, closes, _hour(passage, found.end))


def _until(passage: Passage) -> Iterator[_Told]:
    text = passage.text
    ranged = [(found.start, found.end) for found in find_ranges(text)]
    for found in find_deadlines(text):
        if found.kind != "fixed" or any(start < found.end and end > found.start for start, end in ranged):
            continue
        before = _before(text, found.end)
        if not _takes_entries(before):
            continue
        inks = passage.span(found.start, found.end)
        trust = 1.0
        if found.weekday is not None and found.value is not None and found.value.weekday() != found.weekday:
            trust = 0.6
        now = _OPENS_NOW.search(text, max(0, found.start - 12), found.end)
        opens: Reading[dt.date] | None = None
        if now is not None:
            opens = reading(None, passage.span(*now.span()), trust=0.6)
        at = reading(found.time, inks, strict=True) if found.time is not None else None
        yield _Told(opens, reading(found.value, inks, strict=True, trust=trust), at)


def _before(text: str, at: int) -> str:
    """What stands before a place in its own paragraph."""
    return text[max(0, at - _REACH, text.rfind("\n", 0, at) + 1) : at]


def _takes_entries(before: str) -> bool:
    entry = max((found.end() for found in _ENTRY.finditer(before)), default=-1)
    other = max((found.end() for found in _ELSE.finditer(before)), default=-1)
    return entry > other


def _hour(passage: Passage, end: int) -> Reading[dt.time] | None:
    for found in find_times(passage.text[end : end + 40]):
        if found.start <= 12:
            value = found.until or found.value
            return reading(value, passage.span(end + found.start, end + found.end), strict=True)
    return None


_USED = (
    r"(?:ใช้(?:งาน|จริง|ประโยชน์|มา|แล้ว)|ดำเนิน(?:การ|งาน|โครงการ|กิจกรรม)|ให้บริการ|"
    r"นำ(?:ไป|มา)ใช้|เปิด(?:ใช้|ให้บริการ)|ปฏิบัติจริง)"
)
_MONTHS = re.compile(
    rf"{_USED}[^\n0-9]{{0,60}}?(?:ไม่น้อยกว่า|อย่างน้อย|ไม่ต่ำกว่า|มากกว่า|เกินกว่า|มาแล้ว|เป็น(?:ระยะ)?เวลา|ตั้งแต่)[^\n0-9]{{0,16}}?"
    rf"(?P<count>{COUNT}) ?(?P<unit>เดือน|ปี(?!ที่|ง|ก|พ))"
)
_BEFORE = re.compile(rf"{_USED}[^\n]{{0,40}}?(?:ก่อน|ไม่เกิน|ภายใน)(?:ถึง)? ?(?:วัน ?ที่)? ?\Z")


def read_in_use_months(passages: Sequence[Passage]) -> Reading[int] | None:
    """For how many months a work must have been in use; years are turned into months."""
    for passage in passages:
        folded = fold(passage.text)
        for found in _MONTHS.finditer(folded.text):
            count = read_count(found["count"])
            if count is None or count > 240:
                continue
            months = count * (12 if found["unit"] == "ปี" else 1)
            return reading(months, passage.span(*folded.span(*found.span())), strict=True)
    return None


def read_in_use_before(passages: Sequence[Passage]) -> Reading[dt.date] | None:
    """The day before which a work must have been in use."""
    for passage in passages:
        for found in find_dates(passage.text):
            before = _before(passage.text, found.start)
            if _BEFORE.search(before) and not _ENTRY.search(before[-30:]):
                return reading(found.value, passage.span(found.start, found.end), strict=True)
    return None


_NOT_WON = re.compile(
    r"(?:ไม่(?:ใช่|เป็น|เคย|อยู่)|ต้องไม่|ห้าม(?:นำ)?|มิใช่|ยังไม่|ยกเว้น)[^\n]{0,90}?(?:รางวัล|ชนะ(?:เลิศ|การประกวด))"
    r"|เคย(?:ได้)?(?:รับ)?(?:รางวัล|ชนะ)[^\n]{0,160}?(?:ไม่มีสิทธิ|ไม่สามารถ|ไม่ให้|ห้าม)"
)
_YEAR = re.compile(
    r"(?:ปี|พ ?\. ?ศ ?\.|ค ?\. ?ศ ?\.|[Yy]ear|20) ?(?:พ ?\. ?ศ ?\. ?|ค ?\. ?ศ ?\. ?)?(?P<year>2[05][0-9]{2})"
    r"(?: ?(?P<to>[-–—]|ถึง|และ|,) ?(?:ปี ?)?(?:พ ?\. ?ศ ?\. ?)?(?P<last>2[05][0-9]{2}))?(?![0-9])"
)


def read_not_won_in(passages: Sequence[Passage]) -> tuple[Reading[int], ...]:
    """The years, of the Buddhist era, whose winning works may not enter again."""
    years: dict[int, Reading[int]] = {}
    for passage in passages:
        folded = fold(passage.text)
        for found in _NOT_WON.finditer(folded.text):
            line_end = folded.text.find("\n", found.end())
            end = min(line_end if line_end >= 0 else len(folded.text), found.end() + 160)
            for told in _YEAR.finditer(folded.text, found.start(), end):
                inks = passage.span(*folded.span(*told.span()))
                for year in _years(told):
                    years.setdefault(year, reading(year, inks, strict=True))
    return tuple(years[year] for year in sorted(years))


def _years(told: re.Match[str]) -> list[int]:
    first = _era(int(told["year"]))
    last = _era(int(told["last"])) if told["last"] else first
    if told["to"] in ("และ", ","):
        return [first, last]
    return list(range(first, last + 1)) if first <= last < first + 20 else [first, last]


def _era(year: int) -> int:
    return year if year >= 2400 else year + 543


def read_contest_year(passage: Passage) -> Reading[int] | None:
    """The year, of the Buddhist era, that a contest is of: the one named most after ประจำปี, else after ปี."""
    folded = fold(passage.text)
    for pattern in _OF_YEAR:
        found = list(pattern.finditer(folded.text))
        if found:
            years = Counter(int(one["year"]) for one in found)
            year = max(years, key=lambda year: (years[year], year))
            first = next(one for one in found if int(one["year"]) == year)
            others = tuple(one for one in years if one != year)
            inks = passage.span(*folded.span(*first.span("year")))
            return reading(year, inks, strict=True, trust=0.85 if others else 1.0, candidates=others)
    return None


_OF_YEAR = tuple(
    re.compile(rf"(?:{words}) ?(?:พ ?\. ?ศ ?\. ?)?(?P<year>25[0-9]{{2}})(?![0-9])")
    for words in ("ประจำปี(?!งบ)", "ปี(?!งบ|การ)|พ ?\\. ?ศ ?\\.", "โครงการ[^\\n0-9]{0,60}")
)
