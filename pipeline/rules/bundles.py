"""TWICE and PAGE: one file that says a thing twice, and files whose pages do not make a whole."""

from __future__ import annotations

import re
from collections.abc import Iterator

from pipeline.rules.registry import HOUSE_RULE, Evidence, House, file_rule, rule
from pipeline.say import Words
from schemas.finding import Severity
from schemas.letter import Letter
from schemas.result import Result


@file_rule(
    "TWICE-01",
    Severity.WARNING,
    basis=HOUSE_RULE,
    title_th="ข้อเท็จจริงเดียวกันบอกตรงกันทั้งแฟ้ม",
    examples=(
        {},
        {
            "contradictions": [
                {
                    "what": "event.date",
                    "first": "วันที่ 3 มิถุนายน 2566",
                    "second": "วันอังคารที่ 13 มิถุนายน 2566",
                    "where": ("letters.0", "annexes.0"),
                    "message": "วันของงานเดียวกันไม่ตรงกัน: 3 มิถุนายน กับ 13 มิถุนายน",
                    "message_en": "The day of one event is told differently: 3 June and 13 June.",
                }
            ]
        },
    ),
)
def told_the_same(result: Result, house: House) -> Iterator[Evidence]:
    """A fact that a file tells twice is told the same.

    Dates, times, telephone numbers, letter numbers, names and addresses on the web, in a letter and in the
    letter that it passes on, or in a letter and its enclosures. Which of the two is right, a person must say.
    """
    for each in result.contradictions:
        index = _letter(each.where[0], result)
        message = Words(each.message.rstrip(" ."), each.message_en.rstrip(" .") + ".")
        yield Evidence(message, doubtful=not house.whole, letter=index, inks=(each.first, each.second))


def _letter(where: str, result: Result) -> int | None:
    """The letter that a place belongs to: `letters.0`, or the letter of `annexes.0`."""
    found = re.match(r"(letters|annexes)\.(\d+)", where)
    if found is None:
        return None
    index: int | None = int(found[2])
    if found[1] == "annexes":
        index = result.annexes[int(found[2])].letter if int(found[2]) < len(result.annexes) else None
    return index if index is not None and index < len(result.letters) else None


@rule(
    "PAGE-01",
    Severity.WARNING,
    basis=HOUSE_RULE,
    title_th="มีหน้าครบ",
    examples=({"pages": (1, 2)}, {"pages": (1, 2), "missing_pages": (3,)}),
)
def pages_are_whole(letter: Letter, house: House) -> Iterator[Evidence]:
    """No page is missing, going by the numbers printed on the pages."""
    if letter.missing_pages:
        which = ", ".join(map(str, letter.missing_pages))
        message = Words(f"ไม่พบหน้า {which}", f"Page {which} is missing.")
        yield Evidence(message, doubtful=not house.whole)


@rule(
    "PAGE-02",
    Severity.NOTE,
    basis=HOUSE_RULE,
    title_th="หน้าเรียงตามลำดับ",
    examples=({"pages": (1, 2)}, {"pages": (1, 2, 3), "order": (1, 3, 2)}),
)
def pages_are_in_order(letter: Letter, house: House) -> Iterator[Evidence]:
    """The pages lie in the order of their printed numbers."""
    if letter.order and letter.order != letter.pages:
        which = ", ".join(map(str, letter.order))
        message = Words(f"หน้าในแฟ้มสลับกัน ลำดับที่ถูกคือ {which}", f"The pages are out of order; right is {which}.")
        yield Evidence(message)


@rule(
    "PAGE-03",
    Severity.WARNING,
    basis=HOUSE_RULE,
    title_th="แยกหนังสือในแฟ้มได้แน่ชัด",
    examples=({"split": 0.97}, {"split": 0.5}),
)
def split_is_sure(letter: Letter, house: House) -> Iterator[Evidence]:
    """It is sure where in the file this letter begins and ends."""
    if letter.split < house.settings.sure:
        message = Words(
            "ไม่แน่ใจว่าหนังสือฉบับนี้เริ่มและจบที่หน้าใด", "It is not sure on which pages this letter begins and ends."
        )
        yield Evidence(message, doubtful=True)
