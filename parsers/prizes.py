"""Prizes (รางวัล) that a contest offers: their names, how many, and what they bring."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from parsers.entries import find_entries
from parsers.numerals import COUNT, read_count
from parsers.passages import Passage
from parsers.rows import reading
from parsers.sections import Section
from parsers.text import fold
from schemas.contest import Prize
from schemas.reading import Reading

_NAME = re.compile(
    r"^(?:ประเภท)?(?P<name>(?:เงิน|โล่)?รางวัล(?!ละ)[^\n]{0,200}|[^\n]{0,60}(?:ชนะเลิศ|เหรียญ|ชมเชย|ดีเด่น|ยอดเยี่ยม)[^\n]{0,160})"
)
_MONEY = re.compile(
    r"(?:เงินรางวัล|ทุนการศึกษา|เงินสด|มูลค่า|รางวัลละ|ทุนละ)[^\n0-9]{0,24}"
    r"(?:[0-9]{1,3}(?:,[0-9]{3})+|[0-9]{3,7})(?: ?\.-| ?บาท)?|(?:[0-9]{1,3}(?:,[0-9]{3})+|[0-9]{3,7}) ?บาท"
)
_THINGS = re.compile(r"(?:พร้อม)?(?:โล่|ถ้วย|เกียรติบัตร|ใบประกาศ|ประกาศนียบัตร|เหรียญรางวัล)[^\n]{0,60}")
_IN_ALL = re.compile(rf"รวม(?:ทั้งสิ้น|ทั้งหมด|เป็น)? ?(?P<count>{COUNT}) ?รางวัล")
_EACH = re.compile(rf"(?:จำนวน ?)?(?P<count>{COUNT}) ?(?:รางวัล|ทุน|ทีม|แห่ง|หน่วยงาน)")
_LEAD = re.compile(
    r"(?:จำนวน|เงินรางวัล(?=[^\n]{0,20}[0-9])|พร้อม|มูลค่า|ได้รับ|รางวัลละ|ในแต่ละ|[:：–]|\d{1,3} ?รางวัล)"
)


def read_prizes(sections: Sequence[Section]) -> tuple[Prize, ...]:
    """The kinds of prize, in the order of the text."""
    prizes: list[Prize] = []
    for section in sections:
        if section.topic == "prizes":
            prizes.extend(_prizes(section.passage))
    return tuple(prizes)


def _prizes(passage: Passage) -> Iterator[Prize]:
    for entry in find_entries(passage.text):
        text = passage.text[entry.body : entry.end]
        named = _NAME.match(text)
        folded = fold(text)
        count = _IN_ALL.search(folded.text) or _EACH.search(folded.text)
        money = _MONEY.search(folded.text)
        if named is None or (count is None and money is None):
            continue
        cut = _LEAD.search(text, 6)
        end = cut.start() if cut else len(text)
        end = min(end, folded.span(*money.span())[0]) if money is not None else end
        name = text[:end].strip(" ,–-(:")
        if len(name) < 4:
            continue
        value = read_count(count["count"]) if count is not None else None
        counted: Reading[int] | None = None
        if count is not None:
            inks = passage.span(*(entry.body + at for at in folded.span(*count.span("count"))))
            counted = reading(value, inks, strict=True)
        yield Prize(
            name=reading(name, passage.span(entry.body, entry.body + end)),
            count=counted,
            reward=_reward(passage, entry.body, text),
        )


def _reward(passage: Passage, start: int, text: str) -> Reading[str] | None:
    folded = fold(text)
    money, things = _MONEY.search(folded.text), _THINGS.search(folded.text)
    spans = [found.span() for found in (money, things) if found is not None]
    if not spans:
        return None
    first, last = folded.span(min(a for a, _ in spans), max(b for _, b in spans))
    return reading(text[first:last].strip(), passage.span(start + first, start + last))
