"""DATE: days on which nobody is there, and events that are over or end before they begin."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

from pipeline.rules.moments import is_after, last_receipt
from pipeline.rules.registry import ARITHMETIC, HOUSE_RULE, Evidence, House, could_clear, rule
from pipeline.say import Words, day_en, day_th, say_weekday
from schemas.finding import Severity
from schemas.letter import Letter


def _event(date: str, phrase: str, **more: str) -> dict[str, object]:
    return {"events": [{"date": date, "phrase": phrase, **more}]}


@rule(
    "DATE-09",
    Severity.NOTE,
    basis=HOUSE_RULE,
    title_th="หนังสือลงวันที่ในวันทำการ",
    examples=({"date": "2023-06-02"}, {"date": "2023-06-03"}),
)
def dated_on_a_working_day(letter: Letter, house: House) -> Iterator[Evidence]:
    """A letter is dated on a working day.

    The official calendar, and `holidays`, `holidays_file` and `off_days` of the settings. E-mail sent at a
    weekend is fine; so it is only a note.
    """
    written = letter.date
    if written is not None and written.value is not None and not house.days.is_open(written.value):
        yield Evidence(_closed("หนังสือลงวันที่", "The letter is dated", written.value), ("date",))


def _closed(thai: str, english: str, day: dt.date) -> Words:
    return Words(
        f"{thai} {day_th(day)} ซึ่งเป็นวัน{say_weekday(day.weekday(), 'th')} ไม่ใช่วันทำการ",
        f"{english} {day_en(day)}, a {say_weekday(day.weekday(), 'en')} and no working day.",
    )


@rule(
    "DATE-10",
    Severity.NOTE,
    basis=HOUSE_RULE,
    title_th="กำหนดตรงกับวันทำการ",
    examples=(
        {"deadlines": [{"date": "2023-06-16", "phrase": "ภายในวันที่ 16 มิถุนายน 2566", "kind": "fixed"}]},
        {"deadlines": [{"date": "2023-06-17", "phrase": "ภายในวันที่ 17 มิถุนายน 2566", "kind": "fixed"}]},
    ),
)
def due_on_a_working_day(letter: Letter, house: House) -> Iterator[Evidence]:
    """A deadline falls on a working day.

    A day that the letter names does not move because it is a holiday; but whoever answers should do so before.
    """
    for place, deadline in enumerate(letter.deadlines):
        due = deadline.date.value
        if due is not None and deadline.kind.value == "fixed" and not house.days.is_open(due):
            yield Evidence(_closed("กำหนด", "The deadline is", due), (f"deadlines.{place}.date",))


@rule(
    "DATE-11",
    Severity.ERROR,
    basis=ARITHMETIC,
    title_th="งานไม่จบก่อนวันเริ่ม",
    examples=(
        _event("2023-06-20", "ระหว่างวันที่ 20 - 22 มิถุนายน 2566", last="2023-06-22"),
        _event("2023-06-20", "วันที่ 20 มิถุนายน 2566 ถึงวันที่ 12 มิถุนายน 2566", last="2023-06-12"),
    ),
)
def event_ends_after_it_begins(letter: Letter, house: House) -> Iterator[Evidence]:
    """An event does not end before it begins.

    An hour that ends before it begins is a warning: it may run past midnight.
    """
    for place, event in enumerate(letter.events):
        first, last = event.date, event.last
        if last is not None and first.value and last.value and is_after(first.value, last.value):
            message = Words(
                f"เริ่ม {day_th(first.value)} แต่จบ {day_th(last.value)}",
                f"It begins on {day_en(first.value)}, but ends on {day_en(last.value)}.",
            )
            doubtful = could_clear(is_after, first, last)
            yield Evidence(message, (f"events.{place}.date", f"events.{place}.last"), doubtful=doubtful)
        start, end = event.time, event.until
        if start is None or end is None or start.value is None or end.value is None:
            continue
        if end.value < start.value and (last is None or last.value == first.value):
            message = Words(
                f"เริ่มเวลา {start.value:%H.%M} น. แต่จบเวลา {end.value:%H.%M} น.",
                f"It begins at {start.value:%H:%M}, but ends at {end.value:%H:%M}.",
            )
            fields = (f"events.{place}.time", f"events.{place}.until")
            doubtful = could_clear(lambda a, b: b < a, start, end)
            yield Evidence(message, fields, severity=Severity.WARNING, doubtful=doubtful)


@rule(
    "DATE-12",
    Severity.WARNING,
    basis=ARITHMETIC,
    title_th="ได้รับหนังสือก่อนวันงาน",
    examples=(
        {**_event("2023-06-20", "ในวันที่ 20 มิถุนายน 2566"), "receipts": [{"date": "2023-06-08"}]},
        {**_event("2023-06-20", "ในวันที่ 20 มิถุนายน 2566"), "receipts": [{"date": "2023-06-22"}]},
    ),
)
def received_before_the_event(letter: Letter, house: House) -> Iterator[Evidence]:
    """The letter is received before the event that it announces is over.

    An event before the letter's own date is told of, not announced. The last receipt counts.
    """
    received = last_receipt(letter)
    written = letter.date.value if letter.date else None
    if received is None or written is None or received[1].value is None:
        return
    for place, event in enumerate(letter.events):
        end = event.last if event.last is not None else event.date
        if event.date.value is None or end.value is None or event.date.value < written:
            continue
        if is_after(received[1].value, end.value):
            message = Words(
                f"ได้รับวันที่ {day_th(received[1].value)} หลังวันงาน {day_th(end.value)}",
                f"Received on {day_en(received[1].value)}, after the event on {day_en(end.value)}.",
            )
            doubtful = could_clear(is_after, received[1], end)
            fields = (f"receipts.{received[0]}.date", f"events.{place}.date")
            yield Evidence(message, fields, doubtful=doubtful)
