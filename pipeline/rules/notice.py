"""DATE: deadlines that press, and days on which nobody is there."""

from __future__ import annotations

from collections.abc import Iterator

from pipeline.rules.moments import before_the_letter, last_receipt
from pipeline.rules.registry import ARITHMETIC, HOUSE_RULE, Evidence, House, rule
from pipeline.say import Words, count_en, day_en, day_th
from schemas.finding import Severity
from schemas.letter import Letter


@rule(
    "DATE-05",
    Severity.WARNING,
    basis=HOUSE_RULE,
    title_th="เหลือเวลาพอก่อนถึงกำหนด",
    examples=(
        {
            "receipts": [{"date": "2023-06-05"}],
            "deadlines": [{"date": "2023-06-09", "phrase": "ภายในวันที่ 9 มิถุนายน 2566", "kind": "fixed"}],
        },
        {
            "receipts": [{"date": "2023-06-08"}],
            "deadlines": [{"date": "2023-06-09", "phrase": "ภายในวันที่ 9 มิถุนายน 2566", "kind": "fixed"}],
        },
    ),
)
def enough_notice(letter: Letter, house: House) -> Iterator[Evidence]:
    """Enough working days are left between receipt and deadline.

    How many are enough is a house value: `notice_days` in the settings. The last receipt counts.
    """
    last = last_receipt(letter)
    if last is None or last[1].value is None:
        return
    place, received = last[0], last[1].value
    for number, deadline in enumerate(letter.deadlines):
        due = deadline.date.value
        if due is None or due < received:
            continue
        left = house.days.between(received, due)
        if left < house.settings.notice_days:
            message = Words(
                f"ได้รับวันที่ {day_th(received)} เหลือเวลา {left} วันทำการก่อนกำหนด {day_th(due)}",
                f"Received on {day_en(received)}; {_left(left)} until {day_en(due)}.",
            )
            yield Evidence(message, (f"deadlines.{number}.date", f"receipts.{place}.date"))


def _left(days: int) -> str:
    """How many working days are left, as a clause."""
    return f"{count_en(days, 'working day')} {'is' if days == 1 else 'are'} left"


@rule(
    "DATE-06",
    Severity.NOTE,
    basis=ARITHMETIC,
    title_th="กำหนดยังไม่ถึง",
    examples=(
        {
            "deadlines": [{"date": "2023-06-16", "phrase": "ภายในวันที่ 16 มิถุนายน 2566", "kind": "fixed"}],
            "today": "2023-06-10",
        },
        {
            "deadlines": [{"date": "2023-06-09", "phrase": "ภายในวันที่ 9 มิถุนายน 2566", "kind": "fixed"}],
            "today": "2023-06-10",
        },
    ),
)
def deadline_ahead(letter: Letter, house: House) -> Iterator[Evidence]:
    """The deadline is still ahead on the day of judging."""
    behind = before_the_letter(letter)
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


@rule(
    "DATE-08",
    Severity.NOTE,
    basis=HOUSE_RULE,
    title_th="นับกำหนดเป็นวันที่ได้",
    examples=(
        {
            "receipts": [{"date": "2023-06-08"}],
            "deadlines": [{"date": "2023-06-15", "phrase": "ภายใน 7 วัน นับแต่วันที่ได้รับหนังสือ", "kind": "counted"}],
        },
        {
            "deadlines": [
                {
                    "date": {"value": None, "confidence": 0.99},
                    "phrase": "ภายใน 7 วัน นับแต่วันที่ได้รับหนังสือ",
                    "kind": "counted",
                }
            ],
        },
    ),
)
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
