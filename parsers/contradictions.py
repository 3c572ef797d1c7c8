"""Contradictions: one fact told twice and differently in one file, kept with both places. Nobody is called wrong."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator, Sequence
from typing import TypeVar

from rapidfuzz.fuzz import ratio

from parsers.checks import codes
from parsers.dates import find_dates
from parsers.fields import bones
from parsers.numbers import find_letter_numbers
from parsers.references import same_letter
from parsers.told_twice import (
    Place,
    ToldEvent,
    ToldPhone,
    ToldTitle,
    events_of,
    phones_of,
    quotes_of,
    sums_of,
    titles_of,
)
from schemas.contest import Contradiction
from schemas.letter import Letter, LetterNumber, Reference
from schemas.reading import Reading

__all__ = ["Place", "find_contradictions"]

T = TypeVar("T")
_REACH = 14  # places of a file that may be one bundle
_LEAST = 0.6  # confidence below which a reading contradicts nothing: it may be misread
_WEEKDAYS = ("จันทร์", "อังคาร", "พุธ", "พฤหัสบดี", "ศุกร์", "เสาร์", "อาทิตย์")
_WEEKDAYS_EN = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
_SAID = {
    "event.date": ("วันจัดงานไม่ตรงกัน", "The day of one event is told differently"),
    "event.time": ("เวลาจัดงานไม่ตรงกัน", "The hours of one event are told differently"),
    "event.weekday": ("ชื่อวันไม่ตรงกับวันที่", "The weekday does not match the date"),
    "phone": ("หมายเลขโทรศัพท์ของผู้เดียวกันไม่ตรงกัน", "One telephone number is told differently"),
    "number": ("เลขที่หนังสือฉบับเดียวกันไม่ตรงกัน", "The number of one letter is told differently"),
    "letter.date": ("วันที่ของหนังสือฉบับเดียวกันไม่ตรงกัน", "The date of one letter is told differently"),
    "title": ("ชื่อเดียวกันสะกดไม่ตรงกัน", "One title is spelt in two ways"),
    "amount": ("จำนวนเงินตัวเลขไม่ตรงกับตัวอักษร", "The sum in figures is not the sum in words"),
}


def find_contradictions(places: Sequence[Place]) -> tuple[Contradiction, ...]:
    """What the letters and annexes of one file say differently, each pair of values once.

    Both values must have been read with some certainty; what may well be a misreading is left to the rules.
    """
    found: dict[tuple[str, frozenset[str]], Contradiction] = {}
    between = (*_numbers(places), *_phones(places), *_titles(places)) if len(places) > 1 else ()
    for one in (*_events(places), *between, *_sums(places)):
        key = (one.what, frozenset((one.first.value or one.first.raw, one.second.value or one.second.raw)))
        found.setdefault(key, one)
    return tuple(found.values())


def _events(places: Sequence[Place]) -> Iterator[Contradiction]:
    told = [events_of(place) for place in places]
    for events in told:
        for event in events:
            yield from _weekday(event)
    pairs = [pair for one, other in _pairs(told) for pair in _unlike(one, other)]
    pairs.sort(
        key=lambda pair: pair[0].date.value != pair[1].date.value
    )  # hours of one day are compared first
    for first, second in pairs:
        yield from _differ(first, second)


def _pairs(told: Sequence[T]) -> Iterator[tuple[T, T]]:
    """Every two places of a bundle, whose parts lie near each other however long the file is."""
    for at, one in enumerate(told):
        for other in told[at + 1 : at + _REACH]:
            yield one, other


def _unlike(one: Sequence[ToldEvent], other: Sequence[ToldEvent]) -> Iterator[tuple[ToldEvent, ToldEvent]]:
    """Pairs that seem to be one event, though no event of the other place agrees with either of them."""
    settled = {(id(a), id(b)) for a in one for b in other if a.same(b) and _moment(a) == _moment(b)}
    left = [a for a in one if not any(id(a) == pair[0] for pair in settled)]
    right = [b for b in other if not any(id(b) == pair[1] for pair in settled)]
    for a in left:
        alike = [b for b in right if a.same(b)]
        if len(alike) == 1 and sum(1 for each in left if each.same(alike[0])) == 1:
            yield a, alike[0]


def _moment(event: ToldEvent) -> tuple[object, ...]:
    return (event.date.value, event.time and event.time.value, event.until and event.until.value)


def _differ(first: ToldEvent, second: ToldEvent) -> Iterator[Contradiction]:
    where = (first.path, second.path)
    if first.date.value != second.date.value:
        yield from _contradiction("event.date", _iso(first.date), _iso(second.date), where)
    if first.time is not None and second.time is not None and _hours(first) != _hours(second):
        both_end = first.until is not None and second.until is not None
        if both_end or first.time.value != second.time.value:
            yield from _contradiction("event.time", _clock(first), _clock(second), where)


def _weekday(event: ToldEvent) -> Iterator[Contradiction]:
    day = event.date.value
    if day is None or event.weekday is None or day.weekday() == event.weekday:
        return
    named = event.phrase.model_copy(update={"value": _WEEKDAYS[event.weekday]})
    yield from _contradiction("event.weekday", named, _iso(event.date), (event.path, event.path), least=0.5)


def _hours(event: ToldEvent) -> tuple[object, object]:
    return (event.time.value if event.time else None, event.until.value if event.until else None)


def _clock(event: ToldEvent) -> Reading[str]:
    assert event.time is not None
    end = f"-{event.until.value:%H:%M}" if event.until is not None and event.until.value is not None else ""
    start = f"{event.time.value:%H:%M}" if event.time.value is not None else ""
    return _reading(event.time, start + end)


def _iso(day: Reading[dt.date]) -> Reading[str]:
    return _reading(day, day.value.isoformat() if day.value is not None else "")


def _reading(ink: Reading[dt.date] | Reading[dt.time], value: str) -> Reading[str]:
    return Reading[str](
        value=value, raw=ink.raw, page=ink.page, box=ink.box, confidence=ink.confidence, reader=ink.reader
    )


def _numbers(places: Sequence[Place]) -> Iterator[Contradiction]:
    """A letter's own number and day against what another letter of the file calls it."""
    letters = [(place.path, place.letter) for place in places if place.letter is not None]
    for at, (path, letter) in enumerate(letters):
        near = letters[max(0, at - _REACH) : at + _REACH]
        for enclosure in letter.enclosures:
            if enclosure.letter is None or enclosure.letter >= len(letters):
                continue
            yield from _named(enclosure.title, path, *letters[enclosure.letter])
        for reference in (*letter.references, *letter.citations):
            for other_path, other in near:
                if other is not letter and _means(reference, other):
                    yield from _named(reference.text, path, other_path, other)


def _named(text: Reading[str], path: str, other_path: str, other: Letter) -> Iterator[Contradiction]:

    said = text.value or text.raw
    number = next(iter(find_letter_numbers(said)), None)
    own = other.number
    if number is not None and own is not None and number.sound:
        meant = own.value or next(iter(own.candidates), None)
        likely = [*([own.value] if own.value is not None else []), *own.candidates]
        if not any(_is_same(number.value, one) or _only_code(number.value, one) for one in likely):
            first = text.model_copy(
                update={"value": number.value.text, "raw": said[number.start : number.end]}
            )
            second = Reading[str](
                value=meant.text if meant is not None else None, raw=own.raw, page=own.page, box=own.box,
                confidence=own.confidence, reader=own.reader,
            )  # fmt: skip
            yield from _contradiction("number", first, second, (path, other_path), least=0.0)
    day = next((found for found in find_dates(said) if found.value is not None), None)
    if (
        day is not None
        and day.value is not None
        and other.date is not None
        and other.date.value not in (None, day.value)
    ):
        first = text.model_copy(update={"value": day.value.isoformat(), "raw": said[day.start : day.end]})
        yield from _contradiction("letter.date", first, _iso(other.date), (path, other_path))


def _is_same(one: LetterNumber, other: LetterNumber) -> bool:
    same_running = (one.running or "").lstrip("0") == (other.running or "").lstrip("0")
    return same_running and (one.code, one.owner, one.circular) == (other.code, other.owner, other.circular)


def _only_code(one: LetterNumber, other: LetterNumber) -> bool:
    """Whether two numbers differ in the code alone, and one of the codes is nobody's: a letter was misread."""
    known = codes()
    return (
        (one.owner, one.running, one.year) == (other.owner, other.running, other.year)
        and one.code != other.code
        and not {one.code, other.code} <= known
    )


def _means(reference: Reference, other: Letter) -> bool:
    number = reference.number.value if reference.number is not None else None
    date = reference.date.value if reference.date is not None else None
    own = other.number.value if other.number is not None else None
    written = other.date.value if other.date is not None else None
    return date is not None and date == written and same_letter(number, date, own, written) >= 0.5


def _phones(places: Sequence[Place]) -> Iterator[Contradiction]:
    told = [list(phones_of(place)) for place in places]
    for one, other in _pairs(told):
        shared = {a.digits for a in one} & {b.digits for b in other}
        for a in one:
            for b in other:
                if a.digits in shared or b.digits in shared or not _same_phone(a, b):
                    continue
                yield from _contradiction("phone", a.ink, b.ink, (a.path, b.path))


def _same_phone(a: ToldPhone, b: ToldPhone) -> bool:
    """One person's number; or two that differ by a digit or two in front of the last four, where extensions differ."""
    if len(a.digits) != len(b.digits):
        return False
    unlike = [at for at, (x, y) in enumerate(zip(a.digits, b.digits, strict=True)) if x != y]
    if a.who is not None and b.who is not None and ratio(bones(a.who), bones(b.who)) >= 85:
        return bool(unlike)
    return 0 < len(unlike) <= 2 and all(1 < at < len(a.digits) - 4 for at in unlike)


def _titles(places: Sequence[Place]) -> Iterator[Contradiction]:
    """Titles in Latin letters that differ by one word's ending or spelling, never two spellings of one place."""
    for read, alike in ((titles_of, _same_title), (quotes_of, _same_quote)):
        told = [list(read(place)) for place in places]
        for one, other in _pairs(told):
            texts = {a.text.casefold() for a in one} & {b.text.casefold() for b in other}
            for a in one:
                for b in other:
                    if a.text.casefold() in texts or b.text.casefold() in texts or not alike(a, b):
                        continue
                    yield from _contradiction("title", a.ink, b.ink, (a.path, b.path), least=0.8)


def _same_title(a: ToldTitle, b: ToldTitle) -> bool:
    one, other = a.text.casefold().split(), b.text.casefold().split()
    one, other = one[one[:1] == ["the"] :], other[other[:1] == ["the"] :]
    if len(one) != len(other) or len(one) < 4:
        return False
    unlike = [(x, y) for x, y in zip(one, other, strict=True) if x != y]
    return len(unlike) == 1 and not re.search(r"\d", "".join(unlike[0])) and ratio(*unlike[0]) >= 80


def _same_quote(a: ToldTitle, b: ToldTitle) -> bool:
    if re.findall(r"\d", a.text) != re.findall(r"\d", b.text) or bones(a.text) == bones(b.text):
        return False
    return abs(len(a.text) - len(b.text)) <= 3 and ratio(bones(a.text), bones(b.text)) >= 94


def _sums(places: Sequence[Place]) -> Iterator[Contradiction]:
    for place in places:
        for figures, words in sums_of(place):
            yield from _contradiction("amount", figures, words, (place.path, place.path), least=0.8)


def _contradiction(
    what: str, first: Reading[str], second: Reading[str], where: tuple[str, str], least: float = _LEAST
) -> Iterator[Contradiction]:
    if min(first.confidence, second.confidence) < least:
        return
    thai, english = _SAID[what]
    a, b = _shown(what, first), _shown(what, second)
    yield Contradiction(
        what=what,
        first=first,
        second=second,
        where=where,
        message=f"{thai}: {_name(where[0], thai=True)} “{a}” {_name(where[1], thai=True)} “{b}”",
        message_en=f"{english}: {_name(where[0], thai=False)} “{a}”, {_name(where[1], thai=False)} “{b}”",
    )


def _shown(what: str, ink: Reading[str]) -> str:
    """A value as people are told of it: as printed, but for hours, whose ink may hold a whole cell."""
    raw = ink.raw.strip()
    return ink.value or raw if what == "event.time" or len(raw) > 80 else raw


def _name(path: str, *, thai: bool) -> str:
    kind, _, at = path.partition(".")
    place = int(at) + 1
    if thai:
        return f"หนังสือฉบับที่ {place}" if kind == "letters" else f"เอกสารแนบที่ {place}"
    return f"letter {place}" if kind == "letters" else f"annex {place}"
