"""What the rules about days share: which day lies before which, and how to say so."""

from __future__ import annotations

import datetime as dt
import re

from pipeline.say import day_en, day_th
from schemas.letter import Letter
from schemas.reading import Reading

DateReading = Reading[dt.date]
_TOLD = re.compile(r"(?<!เท่า)(?<!ดัง)นั้น")  # "ตามที่ ... ภายในวันที่ ... นั้น" tells of what was asked before
_TOLD_WITHIN = 160  # characters after the deadline's words


def is_after(a: dt.date, b: dt.date) -> bool:
    """Whether one day lies after another."""
    return a > b


def is_later(a: DateReading, b: DateReading) -> bool:
    """Whether two days are known and the first lies after the second."""
    return a.value is not None and b.value is not None and a.value > b.value


def pair_th(text: str, a: DateReading, b: DateReading) -> str:
    """A sentence about two days, in Thai."""
    return text.format(a=day_th(a.value) if a.value else "", b=day_th(b.value) if b.value else "")


def pair_en(text: str, a: DateReading, b: DateReading) -> str:
    """The same in English."""
    return text.format(a=day_en(a.value) if a.value else "", b=day_en(b.value) if b.value else "")


def before_the_letter(letter: Letter) -> list[int]:
    """Places of the deadlines that lie before the letter's date."""
    written = letter.date
    if written is None:
        return []
    return [place for place, deadline in enumerate(letter.deadlines) if is_later(written, deadline.date)]


def tells_of_the_past(letter: Letter, place: int) -> bool:
    """Whether a deadline is told of (… นั้น), not set."""
    phrase = letter.deadlines[place].phrase
    body = letter.body.raw if letter.body else ""
    _, found, rest = body.partition(phrase.raw)
    return bool(found and _TOLD.search(rest[:_TOLD_WITHIN]))


def last_receipt(letter: Letter) -> tuple[int, DateReading] | None:
    """The receipt with the latest date that can be true: not before the letter's own."""
    written = letter.date.value if letter.date else None
    known = [
        (receipt.date.value, place, receipt.date)
        for place, receipt in enumerate(letter.receipts)
        if receipt.date and receipt.date.value and (written is None or receipt.date.value >= written)
    ]
    return max(known, key=lambda item: item[:2])[1:] if known else None
