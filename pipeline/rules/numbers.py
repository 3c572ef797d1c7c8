"""NUM: the letter's number against the rest of the letter."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

from pipeline.rules.registry import REGULATION, Evidence, House, could_clear, rule
from pipeline.say import Words, day_en, day_th
from schemas.finding import Severity
from schemas.letter import Letter, LetterNumber

_TURN_OF_YEAR = (12, 16)  # from here on a letter may get its number in the next year's register


@rule(
    "NUM-01",
    Severity.WARNING,
    basis=f"{REGULATION} ข้อ 43.1.2",
    title_th="ปีในเลขที่หนังสือตรงกับปีของวันที่",
)
def year_of_number(letter: Letter, house: House) -> Iterator[Evidence]:
    """The year inside the number is the year of the date.

    Numbers run by calendar year. Late December and January letters may stand in the neighbouring year's
    register. From October the next year may be a fiscal year: then it is only a note.
    """
    number, written = letter.number, letter.date
    if number is None or written is None or number.value is None or written.value is None:
        return
    if not _differ(number.value, written.value):
        return
    year, day = number.value.year or 0, written.value
    message = Words(
        f"เลขที่หนังสือเป็นของปี {year} แต่หนังสือลงวันที่ {day_th(day)}",
        f"The number belongs to the year {year - 543} ({year} BE), but the letter is dated {day_en(day)}.",
    )
    fiscal = day.month >= 10 and year == day.year + 544
    yield Evidence(
        message,
        ("number", "date"),
        severity=Severity.NOTE if fiscal else None,
        doubtful=could_clear(_differ, number, written),
    )


def _differ(number: LetterNumber, day: dt.date) -> bool:
    if number.year is None:
        return False
    ahead = number.year - (day.year + 543)
    if ahead == -1:
        return day.month != 1
    if ahead == 1:
        return (day.month, day.day) < _TURN_OF_YEAR
    return ahead != 0
