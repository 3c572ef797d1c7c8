"""The shapes of dates in a folded text: Thai, English and all in numbers."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from parsers.date_words import (
    ENGLISH_MONTH,
    GAP,
    Years,
    english_month,
    full_year,
    month_at,
    short_years,
    weekday_after,
    weekday_before,
    years_at,
)
from parsers.text import LETTERS


class Seen(NamedTuple):
    """A date as it stands in folded text, before its year is settled; day 0 is one that cannot be read."""

    start: int
    end: int
    day: int
    month: int
    years: Years | None  # what the year may mean; (): nothing possible; None: no year is written
    weekday: int | None = None
    inferred: bool = False  # the year has two digits or none


def see_dates(text: str) -> list[Seen]:
    """The dates of a folded text in their order, no ink used twice."""
    every = sorted((*_thai(text), *_english(text), *_numeric(text)), key=lambda seen: (seen.start, -seen.end))
    apart: list[Seen] = []
    for seen in every:
        if not apart or seen.start >= apart[-1].end:
            apart.append(seen)
    return apart


# A number so introduced is no day: ครั้งที่ 5 ตุลาคม 2565, ข้อ 5, 10.5
_COUNTING = re.compile(
    rf"(?:[{LETTERS}]ท[ีิ]่? ?|(?:ข้อ|มาตรา|ลำดับ|หน้า|ชั้น|ห้อง|จำนวน|หมวด|อายุ|โทร\.?|ระดับ|ตอน|เลข|บท|หมู่|วรรค|รุ่น|"
    rf"ฉบับ|ไตรมาส|รวม|ร้อยละ) ?|/ ?|[0-9][.,:]|[A-Za-z])\Z"
)
_LABEL = re.compile(rf"(?:วัน ?ท[ีิ]่?|Date|DATE){GAP}:?{GAP}\Z")
_BARE_LABEL = re.compile(rf"(?<![{LETTERS}])ท[ีิ]่? ?\Z")
_BROKEN_DAY = re.compile(r"(?<![0-9.,/-])([0-9]{1,2}) \Z")
# The figures stand first, so that a search goes quickly past what is none; what is before them comes second.
_DAY = re.compile("[0-9](?<![0-9].)[0-9]?(?![0-9])")
_TO_MONTH = re.compile(f"{GAP}(?:[/-] ?|(?:ของ ?)?เดือน ?{GAP})?")


class _Place(NamedTuple):
    """What stands left of a day: where the date begins, its weekday, whether it is called a date."""

    start: int
    weekday: int | None
    labelled: bool  # วันที่, or a weekday
    numbered: bool  # ที่ alone: a letter's number, or วันที่ that lost its first word
    line_start: bool


def _place(text: str, start: int) -> _Place | None:
    """Look left of a number; None when the number counts something else."""
    named = weekday_before(text, start)
    if named is not None:
        return _Place(named[1], named[0], labelled=True, numbered=False, line_start=False)
    before = text[max(0, start - 170) : start]
    if _LABEL.search(before):
        return _Place(start, None, labelled=True, numbered=False, line_start=False)
    if _COUNTING.search(before[-12:]):
        return None
    numbered = _BARE_LABEL.search(before[-6:]) is not None
    return _Place(start, None, False, numbered, line_start=start == 0 or text[start - 1] == "\n")


def _thai(text: str) -> Iterator[Seen]:
    for number in _DAY.finditer(text):
        gap = _TO_MONTH.match(text, number.end())
        month = month_at(text, gap.end()) if gap else None
        if month is None:
            continue
        day, place = _day_and_place(text, number)
        if place is None:
            continue
        year = years_at(text, month.end)
        if year is None and (month.vague and not place.labelled):
            continue
        if not 1 <= int(number[0]) <= 31 and not (place.labelled or place.line_start):
            continue
        years, end, short = (None, month.end, True) if year is None else year
        yield _with_weekday(text, Seen(place.start, end, day, month.number, years, place.weekday, short))


def _day_and_place(text: str, number: re.Match[str]) -> tuple[int, _Place | None]:
    """The day, joined where OCR split its digits; 0 where two readings are as likely."""
    start, day = number.start(), int(number[0])
    broken = _BROKEN_DAY.search(text[max(0, start - 4) : start])
    outer = _place(text, start - len(broken[0])) if broken else None
    if broken is None or outer is None or not (outer.labelled or outer.line_start):
        return day, _place(text, start)
    joined = int(broken[1] + number[0]) if len(broken[1]) == len(number[0]) == 1 else 0
    if outer.labelled:  # วันที่ ๒ ๕ ต.ค., but not วันที่ ๒๕ ๓ ต.ค.
        return (joined if joined <= 31 else 0), outer
    if 10 <= joined <= 31:  # a split day, or a row's number before the day
        return 0, outer
    return day, _place(text, start)


def _with_weekday(text: str, seen: Seen) -> Seen:
    after = weekday_after(text, seen.end) if seen.weekday is None else None
    return seen if after is None else seen._replace(weekday=after[0], end=after[1])


_DAY_MONTH = re.compile(
    r"(?<![0-9A-Za-z/.])(?P<day>[0-9]{1,2})(?:st|nd|rd|th)?(?: of)?[ /-]?"
    rf"(?P<month>{ENGLISH_MONTH})(?![A-Za-z])\.?",
    re.IGNORECASE,
)
_MONTH_DAY = re.compile(
    rf"(?<![A-Za-z])(?P<month>{ENGLISH_MONTH})(?![A-Za-z])\.? ?"
    r"(?P<day>[0-9]{1,2})(?:st|nd|rd|th)?(?![0-9A-Za-z]|[.:][0-9])"
    r"(?: ?[-–—] ?(?P<last>[0-9]{1,2})(?:st|nd|rd|th)?(?![0-9A-Za-z]|[.:][0-9]))?",
    re.IGNORECASE,
)


_LATIN = re.compile("[A-Za-z]{3}")


def _english(text: str) -> Iterator[Seen]:
    if _LATIN.search(text) is None:
        return
    for found in _DAY_MONTH.finditer(text):
        yield from _english_one(text, found, found.end())
    for found in _MONTH_DAY.finditer(text):
        yield from _english_one(text, found, found.end())


def _english_one(text: str, found: re.Match[str], end: int) -> Iterator[Seen]:
    year = years_at(text, end, english=True)
    if year is None and not found["month"][0].isupper():  # may 5 people come
        return
    years, end, short = (None, end, True) if year is None else year
    month = english_month(found["month"])
    named = weekday_before(text, found.start())
    weekday, start = (None, found.start()) if named is None else named
    last = found.groupdict().get("last")
    if last is None:
        yield Seen(start, end, int(found["day"]), month, years, weekday, short)
    else:  # October 5-7, 2022: two dates, the second without a month of its own
        yield Seen(start, found.end("day"), int(found["day"]), month, years, weekday, short)
        yield Seen(found.start("last"), end, int(last), month, years, None, short)


_NUMERIC = re.compile(
    r"(?P<day>[0-9](?<![0-9A-Za-z./].)[0-9]?) ?(?P<mark>[/.-]) ?(?P<month>[0-9]{1,2}) ?(?P=mark) ?"
    r"(?P<year>[0-9]{4}|[0-9]{2})(?![0-9])(?!(?P=mark)[0-9])"
)
_ISO = re.compile(
    r"(?P<year>[0-9](?<![0-9A-Za-z./-].)[0-9]{3})-(?P<month>[0-9]{2})-(?P<day>[0-9]{2})(?![0-9-])"
)


def _numeric(text: str) -> Iterator[Seen]:
    for found in _ISO.finditer(text) if "-" in text else ():
        years = full_year(int(found["year"]))
        if years and int(found["month"]) <= 12:
            yield Seen(*found.span(), int(found["day"]), int(found["month"]), years)
    for found in _NUMERIC.finditer(text):
        place = _place(text, found.start())
        if place is not None and _could_be_numeric(found, place, text[found.start() - 1 : found.start()]):
            short = len(found["year"]) == 2
            years = short_years(int(found["year"])) if short else full_year(int(found["year"]))
            seen = Seen(
                place.start, found.end(), int(found["day"]), int(found["month"]), years, place.weekday, short
            )
            yield _with_weekday(text, seen)


def _could_be_numeric(found: re.Match[str], place: _Place, before: str) -> bool:
    """Numbers with the same mark between them are a date only when they could be one."""
    day, month, mark = int(found["day"]), int(found["month"]), found["mark"]
    if place.numbered or (before == "-" and mark == "-"):
        return False
    if mark == "." and (" " in found[0] or len(found["year"]) == 2):  # a clause: 1.2.65
        return False
    if mark == "-" and len(found["year"]) == 2 and not place.labelled:
        return False
    if len(found["year"]) == 4 and not full_year(int(found["year"])):
        return False
    return (1 <= day <= 31 and 1 <= month <= 12) or (place.labelled and month <= 31)
