"""DATE: days, receipts and deadlines that cannot all be true, or that press."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator

from parsers.calendar import working_days_between
from parsers.dates import find_dates
from pipeline.rules.registry import ARITHMETIC, HOUSE_RULE, Evidence, House, could_clear, rule
from pipeline.say import Words, count_en, day_en, day_th, say_weekday
from schemas.finding import Severity
from schemas.letter import Letter
from schemas.reading import Reading

DateReading = Reading[dt.date]
_TOLD = re.compile(r"(?<!เท่า)(?<!ดัง)นั้น")  # "ตามที่ ... ภายในวันที่ ... นั้น" tells of what was asked before
_TOLD_WITHIN = 160  # characters after the deadline's words


@rule("DATE-01", Severity.ERROR, basis=ARITHMETIC, title_th="วันในสัปดาห์ตรงกับวันที่")
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


@rule("DATE-02", Severity.ERROR, basis=ARITHMETIC, title_th="ไม่ได้รับก่อนวันที่ลงในหนังสือ")
def written_before_received(letter: Letter, house: House) -> Iterator[Evidence]:
    """A letter is not received before the day it is dated."""
    for place, receipt in enumerate(letter.receipts):
        if letter.date and receipt.date and _later(letter.date, receipt.date):
            message = _pair("ตรารับลงวันที่ {b} ก่อนวันที่ของหนังสือ {a}", letter.date, receipt.date)
            message_en = _pair_en(
                "Stamped as received on {b}, before the letter's date {a}.", letter.date, receipt.date
            )
            doubtful = could_clear(_after, letter.date, receipt.date)
            yield Evidence(Words(message, message_en), ("date", f"receipts.{place}.date"), doubtful=doubtful)


def _after(a: dt.date, b: dt.date) -> bool:
    return a > b


def _later(a: DateReading, b: DateReading) -> bool:
    return a.value is not None and b.value is not None and a.value > b.value


def _pair(text: str, a: DateReading, b: DateReading) -> str:
    return text.format(a=day_th(a.value) if a.value else "", b=day_th(b.value) if b.value else "")


def _pair_en(text: str, a: DateReading, b: DateReading) -> str:
    return text.format(a=day_en(a.value) if a.value else "", b=day_en(b.value) if b.value else "")


@rule("DATE-03", Severity.WARNING, basis=ARITHMETIC, title_th="กำหนดไม่อยู่ก่อนวันที่ของหนังสือ")
def deadline_after_date(letter: Letter, house: House) -> Iterator[Evidence]:
    """A deadline does not lie before the letter's own date.

    Letters that chase an overdue answer tell of an earlier deadline ("... ภายในวันที่ X นั้น"): those are
    left alone.
    """
    for place in _before_the_letter(letter):
        written, due = letter.date, letter.deadlines[place].date
        if written is None or _tells_of_the_past(letter, place):
            continue
        message = _pair("กำหนด {b} อยู่ก่อนวันที่ของหนังสือ {a}", written, due)
        message_en = _pair_en("The deadline {b} lies before the letter's date {a}.", written, due)
        doubtful = could_clear(_after, written, due)
        yield Evidence(Words(message, message_en), (f"deadlines.{place}.date", "date"), doubtful=doubtful)


def _before_the_letter(letter: Letter) -> list[int]:
    """Places of the deadlines that lie before the letter's date."""
    written = letter.date
    if written is None:
        return []
    return [place for place, deadline in enumerate(letter.deadlines) if _later(written, deadline.date)]


def _tells_of_the_past(letter: Letter, place: int) -> bool:
    phrase = letter.deadlines[place].phrase
    body = letter.body.raw if letter.body else ""
    _, found, rest = body.partition(phrase.raw)
    return bool(found and _TOLD.search(rest[:_TOLD_WITHIN]))


@rule("DATE-04", Severity.WARNING, basis=ARITHMETIC, title_th="ได้รับก่อนพ้นกำหนด")
def received_in_time(letter: Letter, house: House) -> Iterator[Evidence]:
    """The letter is received before its deadline has passed.

    The last receipt counts: it is the office that must act. A deadline before the letter's date is DATE-03's.
    """
    last = _last_receipt(letter)
    if last is None:
        return
    place, received = last
    for number, deadline in enumerate(letter.deadlines):
        if number in _before_the_letter(letter) or not _later(received, deadline.date):
            continue
        message = _pair("ได้รับวันที่ {a} หลังกำหนด {b}", received, deadline.date)
        message_en = _pair_en("Received on {a}, after the deadline {b}.", received, deadline.date)
        doubtful = could_clear(_after, received, deadline.date)
        fields = (f"receipts.{place}.date", f"deadlines.{number}.date")
        yield Evidence(Words(message, message_en), fields, doubtful=doubtful)


def _last_receipt(letter: Letter) -> tuple[int, DateReading] | None:
    """The receipt with the latest date that can be true: not before the letter's own."""
    written = letter.date.value if letter.date else None
    known = [
        (receipt.date.value, place, receipt.date)
        for place, receipt in enumerate(letter.receipts)
        if receipt.date and receipt.date.value and (written is None or receipt.date.value >= written)
    ]
    return max(known, key=lambda item: item[:2])[1:] if known else None


@rule("DATE-05", Severity.WARNING, basis=HOUSE_RULE, title_th="เหลือเวลาพอก่อนถึงกำหนด")
def enough_notice(letter: Letter, house: House) -> Iterator[Evidence]:
    """Enough working days are left between receipt and deadline.

    How many are enough is a house value: `notice_days` in the settings. The last receipt counts.
    """
    last = _last_receipt(letter)
    if last is None or last[1].value is None:
        return
    place, received = last[0], last[1].value
    for number, deadline in enumerate(letter.deadlines):
        due = deadline.date.value
        if due is None or due < received:
            continue
        left = working_days_between(received, due)
        if left < house.settings.notice_days:
            message = Words(
                f"ได้รับวันที่ {day_th(received)} เหลือเวลา {left} วันทำการก่อนกำหนด {day_th(due)}",
                f"Received on {day_en(received)}; {_left(left)} until {day_en(due)}.",
            )
            yield Evidence(message, (f"deadlines.{number}.date", f"receipts.{place}.date"))


def _left(days: int) -> str:
    """How many working days are left, as a clause."""
    return f"{count_en(days, 'working day')} {'is' if days == 1 else 'are'} left"


@rule("DATE-06", Severity.NOTE, basis=ARITHMETIC, title_th="กำหนดยังไม่ถึง")
def deadline_ahead(letter: Letter, house: House) -> Iterator[Evidence]:
    """The deadline is still ahead on the day of judging."""
    behind = _before_the_letter(letter)
    for place, deadline in enumerate(letter.deadlines):
        due = deadline.date.value
        if due is None or due > house.today or place in behind:
            continue
        days = (house.today - due).days
        message = (
            Words(
                f"เลยกำหนด {day_th(due)} มาแล้ว {days} วัน",
                f"The deadline {day_en(due)} passed {count_en(days, 'day')} ago.",
            )
            if days
            else Words(f"ครบกำหนดวันนี้ {day_th(due)}", f"The deadline is today, {day_en(due)}.")
        )
        yield Evidence(message, (f"deadlines.{place}.date",))


@rule("DATE-07", Severity.WARNING, basis=ARITHMETIC, title_th="วันที่ไม่อยู่ในอนาคต")
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


@rule("DATE-08", Severity.NOTE, basis=HOUSE_RULE, title_th="นับกำหนดเป็นวันที่ได้")
def deadline_can_be_counted(letter: Letter, house: House) -> Iterator[Evidence]:
    """A deadline that is counted can be counted: its first day is known.

    "Within 7 days of receipt" needs a receipt date; without one a person must say from which day to count.
    """
    for place, deadline in enumerate(letter.deadlines):
        if deadline.date.value is None and deadline.kind.value == "counted":
            words = deadline.phrase.value or deadline.phrase.raw
            message = Words(
                f"กำหนด “{words}” ยังนับไม่ได้ เพราะไม่ทราบวันเริ่มนับ",
                f"The deadline “{words}” cannot be counted: its first day is not known.",
            )
            yield Evidence(message, (f"deadlines.{place}.phrase",))
