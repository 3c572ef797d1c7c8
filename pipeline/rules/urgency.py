"""URG: letters in a hurry (ชั้นความเร็ว)."""

from __future__ import annotations

from collections.abc import Iterator

from pipeline.rules.moments import last_receipt
from pipeline.rules.registry import HOUSE_RULE, Evidence, House, rule
from pipeline.say import Words, count_en, day_en, day_th
from schemas.finding import Severity
from schemas.letter import Letter


@rule(
    "URG-01",
    Severity.WARNING,
    basis=HOUSE_RULE,
    title_th="หนังสือด่วนถึงมือทันเวลา",
    examples=(
        {"urgency": "ด่วนมาก", "date": "2023-06-01", "receipts": [{"date": "2023-06-02"}]},
        {"urgency": "ด่วนมาก", "date": "2023-06-01", "receipts": [{"date": "2023-06-09"}]},
    ),
)
def urgent_letter_is_quick(letter: Letter, house: House) -> Iterator[Evidence]:
    """An urgent letter is not long on its way.

    The regulation sets no hours or days; how many working days are too many is a house value: `urgency_days`
    in the settings. A class without a row there is not asked. The first receipt counts.
    """
    urgency, written = letter.urgency, letter.date
    if urgency is None or urgency.value is None or written is None or written.value is None:
        return
    most = {str(name): days for name, days in house.settings.urgency_days.items()}.get(urgency.value)
    received = [
        (receipt.date.value, place)
        for place, receipt in enumerate(letter.receipts)
        if receipt.date and receipt.date.value and receipt.date.value >= written.value
    ]
    if most is None or not received:
        return
    day, place = min(received)
    took = house.days.between(written.value, day)
    if took > most:
        message = Words(
            f"“{urgency.value}” ลงวันที่ {day_th(written.value)} ได้รับ {day_th(day)} ใช้เวลา {took} วันทำการ",
            f"Marked “{urgency.value}” and dated {day_en(written.value)}, it was received on {day_en(day)}: "
            f"{count_en(took, 'working day')} on its way.",
        )
        yield Evidence(message, ("urgency", "date", f"receipts.{place}.date"))


@rule(
    "URG-02",
    Severity.NOTE,
    basis=HOUSE_RULE,
    title_th="หนังสือด่วนไม่ครบกำหนดในวันที่ได้รับ",
    examples=(
        {
            "urgency": "ด่วนที่สุด",
            "receipts": [{"date": "2023-06-06"}],
            "deadlines": [{"date": "2023-06-09", "phrase": "ภายในวันที่ 9 มิถุนายน 2566", "kind": "fixed"}],
        },
        {
            "urgency": "ด่วนที่สุด",
            "receipts": [{"date": "2023-06-09"}],
            "deadlines": [{"date": "2023-06-09", "phrase": "ภายในวันที่ 9 มิถุนายน 2566", "kind": "fixed"}],
        },
    ),
)
def urgent_letter_leaves_a_day(letter: Letter, house: House) -> Iterator[Evidence]:
    """An urgent letter is not due on the very day it comes in."""
    last = last_receipt(letter)
    if letter.urgency is None or letter.urgency.value is None or last is None:
        return
    for place, deadline in enumerate(letter.deadlines):
        if deadline.date.value is not None and deadline.date.value == last[1].value:
            message = Words(
                f"“{letter.urgency.value}” ครบกำหนดวันเดียวกับที่ได้รับ {day_th(deadline.date.value)}",
                f"Marked “{letter.urgency.value}”, it is due on the day it came in, {day_en(deadline.date.value)}.",
            )
            yield Evidence(message, ("urgency", f"deadlines.{place}.date", f"receipts.{last[0]}.date"))
