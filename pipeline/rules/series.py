"""REG: a letter among the other letters of its series; asked only where there is a register."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

from pipeline.rules.registry import REGULATION, Evidence, House, Known, rule
from pipeline.say import Words, day_en, day_th
from schemas.finding import Severity
from schemas.letter import Letter, LetterNumber

_BASIS = f"{REGULATION} ข้อ 43.1.2"
_SLACK = dt.timedelta(days=14)  # numbers are drawn before letters are signed and dated
_FEWEST = 3
_NUMBER = {"number": "ลป 0017.2/ว1797", "date": "2023-06-02"}


def _running(number: LetterNumber) -> int | None:
    return int(number.running) if number.running and number.running.isdecimal() else None


def _others(letter: Letter, house: House) -> list[tuple[int, Known]]:
    """The other letters of the series with their running numbers."""
    number, written = letter.number, letter.date
    if house.numbered is None or number is None or written is None:
        return []
    if number.value is None or written.value is None or number.value.code is None:
        return []
    known = house.numbered(number.value, written.value.year)
    return [(running, each) for each in known if (running := _running(each.number)) is not None]


@rule(
    "REG-01",
    Severity.WARNING,
    basis=_BASIS,
    title_th="เลขที่หนังสือไม่ซ้ำกับเรื่องอื่น",
    examples=(
        {
            **_NUMBER,
            "register": [{"number": "ลป 0017.2/ว1798", "date": "2023-06-02", "subject": "อีกเรื่อง", "id": 3}],
        },
        {
            **_NUMBER,
            "register": [{"number": "ลป 0017.2/ว1797", "date": "2023-06-07", "subject": "อีกเรื่อง", "id": 3}],
        },
    ),
)
def number_is_its_own(letter: Letter, house: House) -> Iterator[Evidence]:
    """No other letter of the same year bears this number.

    The same letter sent again, with the same date and subject, is left alone.
    """
    mine = _running(letter.number.value) if letter.number and letter.number.value else None
    subject = "".join((letter.subject.value or "").split()) if letter.subject else ""
    for running, known in _others(letter, house):
        day = letter.date.value if letter.date else None
        resent = known.date == day or "".join((known.subject or "").split()) == subject != ""
        if running != mine or resent:
            continue
        date = (day_th(known.date), day_en(known.date)) if known.date else ("-", "-")
        message = Words(
            f"เลขที่นี้ซ้ำกับหนังสือเลข {known.id} ในทะเบียน (ลงวันที่ {date[0]})",
            f"Number {known.id} in the register, dated {date[1]}, bears the same number.",
        )
        yield Evidence(message, ("number", "date", "subject"))
        return


@rule(
    "REG-02",
    Severity.NOTE,
    basis=_BASIS,
    title_th="เลขที่หนังสือเรียงตามวันที่",
    examples=(
        {
            **_NUMBER,
            "register": [
                {"number": f"ลป 0017.2/ว{number}", "date": date}
                for number, date in ((1700, "2023-05-20"), (1750, "2023-05-30"), (1900, "2023-06-08"))
            ],
        },
        {
            "number": "ลป 0017.2/ว797",
            "date": "2023-06-02",
            "register": [
                {"number": f"ลป 0017.2/ว{number}", "date": date}
                for number, date in ((700, "2023-02-20"), (850, "2023-03-20"), (1900, "2023-06-08"))
            ],
        },
    ),
)
def number_is_in_order(letter: Letter, house: House) -> Iterator[Evidence]:
    """Running numbers rise with the dates.

    Looks at the nearest lower and the nearest higher number in the register. Two weeks are let pass, and fewer
    than three other letters say nothing. Offices keep several registers side by side: only a note.
    """
    mine = _running(letter.number.value) if letter.number and letter.number.value else None
    day = letter.date.value if letter.date else None
    others = [(running, known.date) for running, known in _others(letter, house) if known.date]
    if mine is None or day is None or len(others) < _FEWEST:
        return
    below = max((each for each in others if each[0] < mine), default=None)
    above = min((each for each in others if each[0] > mine), default=None)
    early = below is not None and day < below[1] - _SLACK
    late = above is not None and day > above[1] + _SLACK
    other = below if early else above
    if (early or late) and other is not None:
        message = Words(
            f"เลข {mine} ลงวันที่ {day_th(day)} แต่เลข {other[0]} ลงวันที่ {day_th(other[1])}",
            f"Number {mine} is dated {day_en(day)}, but number {other[0]} is dated {day_en(other[1])}.",
        )
        yield Evidence(message, ("number", "date"))
