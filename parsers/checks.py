"""Cross-checks inside one letter: the same fact said twice raises confidence, a contradiction lowers it."""

from __future__ import annotations

import re
from functools import cache
from typing import TypeVar

from parsers.data import read_table
from parsers.signers import title_of
from parsers.spelling import mended, weigh_name, weigh_spelling
from schemas.letter import Letter, Receipt, Reference
from schemas.reading import Reading

T = TypeVar("T")

# A letter's number inside a reference: its letters are no words.
_NUMBER_IN_TEXT = re.compile(r"(?:ที่\s*)?[ก-ฮ]{2,5}\.?\s?[0-9๐-๙.()]+\s?/\s?ว?\.?\s?[0-9๐-๙]+")
_RAISE, _LOWER = 1.03, 0.75
_MOST_BY_READER = {"hand": 0.89, "transcript": 0.89}
_MOST = 0.995  # a cross-check never makes a reading certain


def cross_check(letter: Letter) -> Letter:
    """The letter with number, dates and receipts weighed against each other."""
    letter = _spelling(letter)
    letter = _number_code(letter)
    letter = _number_year(letter)
    letter = _weekday(letter)
    return _receipts(letter)


def weigh(reading: Reading[T], factor: float) -> Reading[T]:
    """The reading with its confidence raised or lowered; a factor above 1 never lifts it beyond its reader's best.

    Pen and other programs' transcripts stay below sure whatever agrees with them: a person looks at the ink.
    """
    best = _MOST_BY_READER.get(reading.reader, _MOST)
    limit = max(best, reading.confidence) if factor >= 1 else 1.0
    return reading.model_copy(update={"confidence": round(min(limit, reading.confidence * factor), 4)})


def _spelling(letter: Letter) -> Letter:
    """Fields of Thai words are weighed by the dictionary; names of people are not in it."""
    changed: dict[str, object] = {
        name: weigh_spelling(reading)
        for name in ("subject", "addressee", "agency", "address", "owner_office")
        if isinstance(reading := getattr(letter, name), Reading)
    }
    signatory = letter.signatory
    if signatory is not None:
        posts = {name: getattr(signatory, name) for name in ("position", "acting_for")}
        weighed = {name: weigh_spelling(post) for name, post in posts.items() if post is not None}
        if signatory.name is not None and signatory.name.value is not None:
            weighed["name"] = weigh_name(signatory.name, title_of(signatory.name.value))
        changed["signatory"] = signatory.model_copy(update=weighed)
    changed["receipts"] = tuple(
        one.model_copy(update={"agency": weigh_spelling(one.agency)}) if one.agency is not None else one
        for one in letter.receipts
    )
    changed["references"] = tuple(_reference(one) for one in letter.references)
    changed["enclosures"] = tuple(
        one.model_copy(update={"title": weigh_spelling(one.title)}) for one in letter.enclosures
    )
    return letter.model_copy(update=changed)


def _reference(reference: Reference) -> Reference:
    """An earlier letter is named surely when its words are, and the day with its number was understood."""
    text, number, date = reference.text, reference.number, reference.date
    if text.value is None:
        return reference
    words = _NUMBER_IN_TEXT.sub(" ", text.value)
    weighed = weigh_spelling(text.model_copy(update={"value": words}))
    understood = [one for one in (number, date) if one is not None and one.value is not None]
    factor = 1.0 if len(understood) == 2 else 0.85
    confidence = round(weighed.confidence * factor, 4)
    better = text if text.reader == "text-layer" else mended(text)
    return reference.model_copy(update={"text": better.model_copy(update={"confidence": confidence})})


def _number_code(letter: Letter) -> Letter:
    """A code of two letters is a ministry's or a province's; others may be new, or misread."""
    number = letter.number
    if number is None or number.value is None or number.value.code is None:
        return letter
    code, owner, running = number.value.code, number.value.owner, number.value.running
    factor = 1.0
    if code not in codes() and (len(code) == 2 or owner is not None):
        factor = 0.9 if len(code) == 2 else 0.85
    if (
        running is not None
        and len(running) > 4
        and not number.value.circular
        and number.reader != "text-layer"
    ):
        factor *= 0.85  # five figures are rare, and ว is often read as one
    return letter.model_copy(update={"number": weigh(number, factor)}) if factor < 1 else letter


@cache
def codes() -> frozenset[str]:
    """The letters that stand for provinces, ministries and other public bodies."""
    provinces = (row["abbr_2letter"] for row in read_table("province_codes"))
    return frozenset((*provinces, *(row["code"] for row in read_table("ministry_codes"))))


def _number_year(letter: Letter) -> Letter:
    """The year printed inside the number is that of the date."""
    number, date = letter.number, letter.date
    if (
        number is None
        or date is None
        or number.value is None
        or date.value is None
        or number.value.year is None
    ):
        return letter
    factor = _RAISE if number.value.year == date.value.year + 543 else _LOWER
    return letter.model_copy(update={"number": weigh(number, factor), "date": weigh(date, factor)})


def _weekday(letter: Letter) -> Letter:
    """The weekday named with the date is the date's."""
    date, weekday = letter.date, letter.weekday
    if date is None or weekday is None or date.value is None or weekday.value is None:
        return letter
    factor = _RAISE if date.value.weekday() == weekday.value else _LOWER
    return letter.model_copy(update={"date": weigh(date, factor), "weekday": weigh(weekday, factor)})


def _receipts(letter: Letter) -> Letter:
    """No letter is received before it is written: where it seems so, one of the two was misread."""
    written = letter.date
    if written is None or written.value is None or not letter.receipts:
        return letter
    receipts: list[Receipt] = []
    early = 0
    for receipt in letter.receipts:
        date = receipt.date
        if date is not None and date.value is not None:
            before = date.value < written.value
            early += before
            late = (date.value - written.value).days > 400
            date = weigh(date, _LOWER if before or late else 1.01)
        receipts.append(receipt.model_copy(update={"date": date}))
    factor = _LOWER if early == len(receipts) else 0.9 if early else 1.01
    return letter.model_copy(update={"receipts": tuple(receipts), "date": weigh(written, factor)})
