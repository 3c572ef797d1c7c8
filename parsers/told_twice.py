"""Facts that a bundle tells more than once: events, telephones, quoted titles, sums; each with who says it."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator
from typing import NamedTuple

from rapidfuzz.fuzz import partial_ratio

from parsers.dates import find_dates
from parsers.fields import bones
from parsers.numerals import parse_words
from parsers.rows import Row, reading
from parsers.text import to_arabic
from schemas.contest import Annex
from schemas.letter import Letter
from schemas.reading import Reading

_URL = re.compile(r"(?:https?://|www\.)[A-Za-z0-9./_\-?=&%#]{6,}")
_WORDS = re.compile(
    r"ประชุม|อบรม|สัมมนา|พิธี|ชี้แจง|รับฟัง|ปฐมนิเทศ|นิทรรศการ|แข่งขัน|มอบรางวัล|รับรางวัล|สัมภาษณ์|เสวนา|บรรยาย|นำเสนอ|แถลงข่าว|เปิดงาน|จัดงาน|ลงพื้นที่|ตรวจเยี่ยม|สอบ"
)
_DIGIT = re.compile("[0-9๐-๙]")
_PHONE = re.compile(r"(?<![0-9A-Za-z])\+?[0-9](?:[0-9]|[\s\-–.]{1,2}(?=[0-9])){7,14}[0-9](?![0-9])")
_WHO = re.compile(
    r"^[^()\n]{0,14}\(\s*(?P<who>(?:คุณ|นาย|นางสาว|นาง)?[\u0e01-\u0e4e]{2,20}(?:\s[\u0e01-\u0e4e]{2,24})?)\s*\)"
)
_WHO_BEFORE = re.compile(
    r"(?P<who>(?:คุณ|นาย|นางสาว|นาง)\s?[\u0e01-\u0e4e]{2,20}(?:\s[\u0e01-\u0e4e]{2,24})?)\W{0,6}(?:โทร\S{0,8}|มือถือ|เบอร์\S{0,8})\W{0,4}$"
)
_QUOTED = re.compile(r"[“\"‘](?P<text>[^“”\"‘’\n]{12,120})[”\"’]")
_LATIN_TITLE = re.compile(
    r"(?:[A-Z][A-Za-z0-9\-]*|of|for|and|the|&)(?:\s(?:[A-Z][A-Za-z0-9\-]*|of|for|and|the|&|[0-9]{4}))+"
)
_SUM = re.compile(
    r"(?P<figures>[0-9][0-9,]*(?:\.[0-9]{1,2})?)\s*บาท\s*\(\s*(?P<words>[\u0e01-\u0e4e ]+?)บาท(?:ถ้วน)?\s*\)"
)
_NEAR = 130  # characters around an event in which its link and its words stand
_ALIKE = 70.0


class Place(NamedTuple):
    """A letter or an annex: its path in the record, its rows, and the record itself."""

    path: str  # letters.0, annexes.1
    rows: tuple[Row, ...]
    letter: Letter | None
    annex: Annex | None


class ToldEvent(NamedTuple):
    """Something that happens on a day, as one place tells it."""

    path: str
    date: Reading[dt.date]
    time: Reading[dt.time] | None
    until: Reading[dt.time] | None
    phrase: Reading[str]
    words: frozenset[str]  # what kind of event
    context: str  # the words before it
    links: frozenset[str]
    weekday: int | None  # as printed

    def same(self, other: ToldEvent) -> bool:
        """Whether two places seem to tell of one event."""
        if self.links & other.links:
            return True
        if not self.words & other.words:
            return False
        one, two = sorted((bones(self.context), bones(other.context)), key=len)
        return len(one) >= 8 and partial_ratio(one, two) >= _ALIKE


class ToldPhone(NamedTuple):
    """A telephone number, and whose it is where a name stands beside it."""

    path: str
    digits: str
    who: str | None
    ink: Reading[str]


class ToldTitle(NamedTuple):
    """A title in quotation marks, or in Latin letters."""

    path: str
    text: str
    ink: Reading[str]


def events_of(place: Place) -> list[ToldEvent]:
    """The events that a letter's body or an annex's timetable tells."""
    if place.letter is not None:
        body = (place.letter.body.value or "").replace("\n", " ") if place.letter.body is not None else ""
        found, cursor = [], 0
        for event in place.letter.events:
            phrase = event.phrase.value or ""
            at = body.find(phrase, cursor)
            at = body.find(phrase) if at < 0 else at
            cursor = max(cursor, at + 1)
            near = body[max(0, at - _NEAR) : at + len(phrase) + _NEAR] if at >= 0 else phrase
            before = body[max(0, at - 80) : at] if at >= 0 else ""
            found.append(
                ToldEvent(
                    place.path, event.date, event.time, event.until, event.phrase,
                    _kinds(before + phrase), before, _links(near), _weekday(phrase),
                )
            )  # fmt: skip
        return found
    rows = place.annex.schedule if place.annex is not None else ()
    return [
        ToldEvent(
            place.path, row.first, row.start, row.end, row.when,
            _kinds(row.what.raw), row.what.raw, _links(f"{row.when.raw} {row.what.raw}"), _weekday(row.when.raw),
        )
        for row in rows
        if row.first is not None and row.first.value is not None
        and (row.last is None or row.last.value == row.first.value)
    ]  # fmt: skip


def _kinds(text: str) -> frozenset[str]:
    return frozenset(_WORDS.findall(text))


def _links(text: str) -> frozenset[str]:
    return frozenset(found.rstrip("./").lower() for found in _URL.findall(text))


def _weekday(phrase: str) -> int | None:
    found = next(iter(find_dates(phrase)), None)
    return found.weekday if found is not None else None


def phones_of(place: Place) -> Iterator[ToldPhone]:
    """Every telephone number of a place, with the person named beside it."""
    for row in place.rows:
        if len(row.text) > 2000:
            continue
        if len(_DIGIT.findall(row.text)) < 9:
            continue
        text = to_arabic(row.text)
        for found in _PHONE.finditer(text):
            digits = re.sub(r"\D", "", found[0])
            digits = "0" + digits[2:] if digits.startswith("66") and len(digits) > 9 else digits
            if not digits.startswith("0") or not 9 <= len(digits) <= 10 or "." in found[0][:4]:
                continue
            who = _WHO.match(text[found.end() :]) or _WHO_BEFORE.search(
                text[max(0, found.start() - 70) : found.start()]
            )
            ink = reading(digits, [row.ink(*found.span())], strict=True)
            yield ToldPhone(place.path, digits, who["who"].strip() if who is not None else None, ink)


def titles_of(place: Place) -> Iterator[ToldTitle]:
    """Titles in Latin letters, quoted or not; each spelling of a place once."""
    seen: set[str] = set()
    for row in place.rows:
        for found in _LATIN_TITLE.finditer(row.text):
            text = found[0].strip()
            if len(text.split()) >= 4 and text.casefold() not in seen:
                seen.add(text.casefold())
                yield ToldTitle(place.path, text, reading(text, [row.ink(*found.span())]))


def quotes_of(place: Place) -> Iterator[ToldTitle]:
    """Thai titles in quotation marks that a text layer gives: OCR confuses too many letters for the rest."""
    seen: set[str] = set()
    for row in place.rows:
        if row.line.reader != "text-layer":
            continue
        for found in _QUOTED.finditer(row.text):
            text = " ".join(found["text"].split())
            if re.search(r"[\u0e01-\u0e2e]", text) and text not in seen:
                seen.add(text)
                yield ToldTitle(place.path, text, reading(text, [row.ink(*found.span("text"))]))


def sums_of(place: Place) -> Iterator[tuple[Reading[str], Reading[str]]]:
    """Sums of money written in figures and in words that do not agree, as a pair of readings."""
    for row in place.rows:
        if "บาท" not in row.text:
            continue
        text = to_arabic(row.text)
        for found in _SUM.finditer(text):
            words = parse_words(found["words"])
            figures = float(found["figures"].replace(",", ""))
            if words is None or "สตางค์" in found[0] or figures == words or figures != int(figures):
                continue
            yield (
                reading(f"{int(figures):,}", [row.ink(*found.span("figures"))], strict=True),
                reading(f"{words:,}", [row.ink(*found.span("words"))]),
            )
