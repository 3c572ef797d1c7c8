"""RCPT: receipt stamps (ตรารับ)."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator
from typing import Any

from pipeline.paths import labels
from pipeline.rules.registry import HOUSE_RULE, Evidence, House, could_clear, rule, unsure
from pipeline.say import Words, day_en, day_th, say_weekday
from schemas.finding import Severity
from schemas.letter import Letter
from schemas.reading import Reading

_LABEL = re.compile(r"(?:เลข(?:ที่)?รับ(?:ที่)?|รับที่|เลขที่|วันที่|เวลา)?[\s.:…_-]*(?:น\.?)?")
_ALWAYS = ("number", "date")
_ENOUGH = 2  # a stamp shows at least so much, or we have read hardly anything of it
_OFTEN = ("agency", "time")  # offices leave the time blank as a habit


@rule(
    "RCPT-01",
    Severity.WARNING,
    basis="ตรารับหนังสือ แบบที่ 12",
    title_th="ตรารับกรอกครบ",
    examples=(
        {"receipts": [{"agency": "อำเภอเมือง", "number": "7508", "date": "2023-06-08", "time": "10:30"}]},
        {"receipts": [{"agency": "อำเภอเมือง", "date": "2023-06-08", "time": "10:30"}]},
    ),
)
def stamp_is_filled_in(letter: Letter, house: House) -> Iterator[Evidence]:
    """A receipt stamp shows number, date, time and office.

    A blank time or office is only a note. Pen in a stamp is easily overlooked, so in a stamp with an unsure
    value, or with hardly any value at all, a blank is taken for our fault, and is only a note too.
    """
    for place, receipt in enumerate(letter.receipts):
        inks = {name: getattr(receipt, name) for name in (*_ALWAYS, *_OFTEN)}
        blank = [name for name, ink in inks.items() if _is_blank(ink)]
        if not blank:
            continue
        seen = [name for name in inks if name not in blank]
        faint = len(seen) < _ENOUGH or any(unsure(inks[name], house.settings.sure) for name in seen)
        paths = [f"receipts.{place}.{name}" for name in blank]
        message = Words(f"ตรารับไม่มี {labels(paths, 'th')}", f"The receipt stamp lacks: {labels(paths, 'en')}.")
        yield Evidence(
            message,
            tuple(
                f"receipts.{place}.{name}" for name in (*blank, *seen) if inks[name] is None or name in seen
            ),
            severity=Severity.NOTE if faint or not set(blank) & set(_ALWAYS) else None,
            doubtful=faint,
        )


def _is_blank(ink: Reading[Any] | None) -> bool:
    """Whether nothing was filled in: no ink at all, or the stamp's own label and nothing behind it."""
    return ink is None or (ink.value is None and _LABEL.fullmatch(ink.raw) is not None)


_OFFICE = "อำเภอเมืองลำปาง"


@rule(
    "RCPT-02",
    Severity.WARNING,
    basis=HOUSE_RULE,
    title_th="เลขรับของหน่วยงานเดียวกันเรียงตามวันที่",
    examples=(
        {
            "receipts": [
                {"agency": _OFFICE, "number": "120", "date": "2023-06-05"},
                {"agency": _OFFICE, "number": "131", "date": "2023-06-07"},
            ]
        },
        {
            "receipts": [
                {"agency": _OFFICE, "number": "120", "date": "2023-06-07"},
                {"agency": _OFFICE, "number": "131", "date": "2023-06-05"},
            ]
        },
    ),
)
def receipts_rise(letter: Letter, house: House) -> Iterator[Evidence]:
    """Stamps of one office bear numbers that rise with their dates.

    Only within a year: the numbers begin again each January. The order of different offices is not known.
    """
    known = [
        (receipt.agency.value, receipt.date, receipt.number, place)
        for place, receipt in enumerate(letter.receipts)
        if receipt.agency and receipt.agency.value and receipt.date and receipt.number
    ]
    for at, (office, day, number, place) in enumerate(known):
        for other_office, other_day, other_number, other in known[at + 1 :]:
            if office != other_office or not _crossed(
                day.value, number.value, other_day.value, other_number.value
            ):
                continue
            message = Words(
                f"ตรารับของ “{office}” เลข {number.value} กับ {other_number.value} ไม่เรียงตามวันที่",
                f"The stamps of “{office}” with {number.value} and {other_number.value} are not in order of days.",
            )
            yield Evidence(
                message,
                tuple(f"receipts.{at}.{name}" for at in (place, other) for name in ("number", "date")),
                doubtful=could_clear(_crossed, day, number, other_day, other_number),
            )


def _crossed(
    day: dt.date | None, number: str | None, other_day: dt.date | None, other_number: str | None
) -> bool:
    """Whether the later of two days has the lower number."""
    if day is None or other_day is None or day.year != other_day.year or day == other_day:
        return False
    if not number or not other_number or not (number.isdecimal() and other_number.isdecimal()):
        return False
    return (day < other_day) != (int(number) < int(other_number))


@rule(
    "RCPT-03",
    Severity.NOTE,
    basis=HOUSE_RULE,
    title_th="รับหนังสือในวันทำการ",
    examples=({"receipts": [{"date": "2023-06-08"}]}, {"receipts": [{"date": "2023-06-04"}]}),
)
def received_on_a_working_day(letter: Letter, house: House) -> Iterator[Evidence]:
    """A letter is stamped on a working day.

    Some offices do work at weekends: only a note.
    """
    for place, receipt in enumerate(letter.receipts):
        day = receipt.date.value if receipt.date else None
        if day is not None and not house.days.is_open(day):
            message = Words(
                f"ตรารับลงวันที่ {day_th(day)} ซึ่งเป็นวัน{say_weekday(day.weekday(), 'th')} ไม่ใช่วันทำการ",
                f"Stamped on {day_en(day)}, a {say_weekday(day.weekday(), 'en')} and no working day.",
            )
            yield Evidence(message, (f"receipts.{place}.date",))
