"""DATE: days, receipts and deadlines that cannot all be true, or that press."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

from parsers.dates import find_dates
from pipeline.rules.moments import (
    before_the_letter,
    is_after,
    is_later,
    last_receipt,
    pair_en,
    pair_th,
    tells_of_the_past,
)
from pipeline.rules.registry import ARITHMETIC, Evidence, House, could_clear, rule
from pipeline.say import Words, day_en, day_th, say_weekday
from schemas.finding import Severity
from schemas.letter import Letter


@rule(
    "DATE-01",
    Severity.ERROR,
    basis=ARITHMETIC,
    title_th="วันในสัปดาห์ตรงกับวันที่",
    examples=(
        {"weekday": 4},
        {"weekday": 5},
    ),
)
def weekday_matches(letter: Letter, house: House) -> Iterator[Evidence]:
    """The weekday named is the weekday of the date.

    Looks at the letter's own date and at the dates that its deadlines name. One misread digit moves a date to
    another weekday, so this also catches misreadings that look sure.
    """
    written, weekday = letter.date, letter.weekday
    if (
        written
        and weekday
        and written.value
        and weekday.value is not None
        and _differ(written.value, weekday.value)
    ):
        doubtful = could_clear(_differ, written, weekday)
        yield _wrong_weekday(written.value, weekday.value, ("date", "weekday"), doubtful)
    for place, deadline in enumerate(letter.deadlines):
        for found in find_dates(deadline.phrase.value or ""):
            named, day = found.weekday, found.value
            if named is None or day is None or found.inferred or not _differ(day, named):
                continue
            doubtful = any(not _differ(other, named) for other in deadline.date.candidates)
            fields = (f"deadlines.{place}.date", f"deadlines.{place}.phrase")
            yield _wrong_weekday(day, named, fields, doubtful)


def _differ(day: dt.date, weekday: int) -> bool:
    return day.weekday() != weekday


def _wrong_weekday(day: dt.date, weekday: int, fields: tuple[str, ...], doubtful: bool) -> Evidence:
    truth = day.weekday()
    message = Words(
        f"เขียนว่าวัน{say_weekday(weekday, 'th')} แต่ {day_th(day)} เป็นวัน{say_weekday(truth, 'th')}",
        f"It says {say_weekday(weekday, 'en')}, but {day_en(day)} is a {say_weekday(truth, 'en')}.",
    )
    return Evidence(message, fields, doubtful=doubtful)


@rule(
    "DATE-02",
    Severity.ERROR,
    basis=ARITHMETIC,
    title_th="ไม่ได้รับก่อนวันที่ลงในหนังสือ",
    examples=(
        {"receipts": [{"number": "7508", "date": "2023-06-08"}]},
        {"receipts": [{"number": "7508", "date": "2023-05-16"}]},
    ),
)
def written_before_received(letter: Letter, house: House) -> Iterator[Evidence]:
    """A letter is not received before the day it is dated."""
    for place, receipt in enumerate(letter.receipts):
        if letter.date and receipt.date and is_later(letter.date, receipt.date):
            message = pair_th("ตรารับลงวันที่ {b} ก่อนวันที่ของหนังสือ {a}", letter.date, receipt.date)
            message_en = pair_en(
                "Stamped as received on {b}, before the letter's date {a}.", letter.date, receipt.date
            )
            doubtful = could_clear(is_after, letter.date, receipt.date)
            yield Evidence(Words(message, message_en), ("date", f"receipts.{place}.date"), doubtful=doubtful)


@rule(
    "DATE-03",
    Severity.WARNING,
    basis=ARITHMETIC,
    title_th="กำหนดไม่อยู่ก่อนวันที่ของหนังสือ",
    examples=(
        {"deadlines": [{"date": "2023-08-15", "phrase": "ภายในวันที่ 15 สิงหาคม 2566", "kind": "fixed"}]},
        {"deadlines": [{"date": "2023-05-15", "phrase": "ภายในวันที่ 15 พฤษภาคม 2566", "kind": "fixed"}]},
    ),
)
def deadline_after_date(letter: Letter, house: House) -> Iterator[Evidence]:
    """A deadline does not lie before the letter's own date.

    Letters that chase an overdue answer tell of an earlier deadline ("... ภายในวันที่ X นั้น"): those are
    left alone.
    """
    for place in before_the_letter(letter):
        written, due = letter.date, letter.deadlines[place].date
        if written is None or tells_of_the_past(letter, place):
            continue
        message = pair_th("กำหนด {b} อยู่ก่อนวันที่ของหนังสือ {a}", written, due)
        message_en = pair_en("The deadline {b} lies before the letter's date {a}.", written, due)
        doubtful = could_clear(is_after, written, due)
        yield Evidence(Words(message, message_en), (f"deadlines.{place}.date", "date"), doubtful=doubtful)


@rule(
    "DATE-04",
    Severity.WARNING,
    basis=ARITHMETIC,
    title_th="ได้รับก่อนพ้นกำหนด",
    examples=(
        {
            "receipts": [{"date": "2023-06-05"}],
            "deadlines": [{"date": "2023-06-09", "phrase": "ภายในวันที่ 9 มิถุนายน 2566", "kind": "fixed"}],
        },
        {
            "receipts": [{"date": "2023-06-12"}],
            "deadlines": [{"date": "2023-06-09", "phrase": "ภายในวันที่ 9 มิถุนายน 2566", "kind": "fixed"}],
        },
    ),
)
def received_in_time(letter: Letter, house: House) -> Iterator[Evidence]:
    """The letter is received before its deadline has passed.

    The last receipt counts: it is the office that must act. A deadline before the letter's date is DATE-03's.
    """
    last = last_receipt(letter)
    if last is None:
        return
    place, received = last
    for number, deadline in enumerate(letter.deadlines):
        if number in before_the_letter(letter) or not is_later(received, deadline.date):
            continue
        message = pair_th("ได้รับวันที่ {a} หลังกำหนด {b}", received, deadline.date)
        message_en = pair_en("Received on {a}, after the deadline {b}.", received, deadline.date)
        doubtful = could_clear(is_after, received, deadline.date)
        fields = (f"receipts.{place}.date", f"deadlines.{number}.date")
        yield Evidence(Words(message, message_en), fields, doubtful=doubtful)


@rule(
    "DATE-07",
    Severity.WARNING,
    basis=ARITHMETIC,
    title_th="วันที่ไม่อยู่ในอนาคต",
    examples=(
        {"date": "2023-06-02", "today": "2023-06-10"},
        {"date": "2033-06-02", "today": "2023-06-10"},
    ),
)
def not_in_the_future(letter: Letter, house: House) -> Iterator[Evidence]:
    """Neither the letter's date nor a receipt's lies in the future.

    A letter may be dated ahead by some days; more than a week ahead it is likelier a wrong or misread year.
    """
    days = [("date", letter.date)]
    days += [(f"receipts.{place}.date", receipt.date) for place, receipt in enumerate(letter.receipts)]
    for path, ink in days:
        if ink and ink.value and ink.value > house.today + dt.timedelta(days=7):
            message = Words(
                f"วันที่ {day_th(ink.value)} ยังมาไม่ถึง", f"The date {day_en(ink.value)} lies in the future."
            )
            today = house.today
            doubtful = any(other <= today for other in ink.candidates)
            yield Evidence(message, (path,), doubtful=doubtful)
