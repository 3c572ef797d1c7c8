"""What a letter's text tells its addressee to know: days by which to act, and a score."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Sequence

from parsers.deadlines import FoundDeadline, find_deadlines
from parsers.passages import Passage
from parsers.rows import reading
from parsers.text import to_arabic
from schemas.letter import Deadline
from schemas.reading import Reading

_SCORE = re.compile(
    r"(?:ผล)?คะแนน\s?(?P<which>เฉล[ี่]{1,2}ย|รวม|สุทธิ|ประเมิน|ที่(?:\S{2,20}?)?ได้(?:รับ)?)?(?:\s?(?:ทั้งสิ้น|ทั้งหมด|รวม|เฉลี่ย|การประเมิน|ที่ได้รับ|ที่ได้))*"
    r"\s?(?:เท่ากับ|คือ|ได้|อยู่ที่|เป็น|ร้อยละ|จำนวน|[:=])?\s*(?:ร้อยละ\s*)?(?P<value>[0-9๐-๙]{1,4}(?:\s?\.\s?[0-9๐-๙]{1,3})?)(?![0-9๐-๙/])"
)
_GOT = re.compile(r"(?:ได้(?:รับ)?|ผ่าน|มี|ผล|ของท่าน|ของหน่วยงาน|ด้วย|เฉลี่ย)\s?(?:ผล)?$")
_CRITERION = re.compile(
    r"เต็ม|น้อยกว่า|ขั้นต่ำ|ตั้งแต่|เกณฑ์\s?$|น้ำหนัก|สัดส่วน|อย่างน้อย|ต้อง|ไม่ต่ำ|หากได้|ผู้ที่ได้|มากกว่า|เกิน|จาก"
)
_CRITERION_AFTER = re.compile(r"^\s*(?:คะแนน\s?)?(?:ขึ้นไป|เต็ม|หรือ|ถึง|[-–]\s?[0-9๐-๙]|ต่อ(?!\s?คะแนน))")


def read_deadlines(
    passages: Sequence[Passage], written: dt.date | None, received: dt.date | None
) -> tuple[Deadline, ...]:
    """Every deadline once, in the order of the text; body before annexes."""
    seen: set[tuple[object, ...]] = set()
    deadlines = []
    for passage in passages:
        for found in find_deadlines(passage.text.replace("\n", " "), written, received):
            key = (found.value, found.kind) if found.value is not None else (None, found.kind, found.anchor)
            if key not in seen:
                seen.add(key)
                deadlines.append(_deadline(found, passage))
    return tuple(deadlines)


def find_score(passage: Passage) -> Reading[float] | None:
    """The score that the addressee got; weights, full marks and thresholds of criteria are not scores."""
    text = passage.text.replace("\n", " ")
    if "คะแนน" not in text:
        return None
    best: tuple[int, re.Match[str]] | None = None
    for found in _SCORE.finditer(text):
        before, after = text[max(0, found.start() - 24) : found.start()], text[found.end() : found.end() + 14]
        if _CRITERION.search(before[-14:]) or _CRITERION_AFTER.match(after):
            continue
        rank = (
            2
            if (found["which"] or "").startswith("เฉล")
            else 1
            if found["which"] or _GOT.search(before)
            else 0
        )
        if rank and (best is None or rank > best[0]):
            best = (rank, found)
    if best is None:
        return None
    rank, found = best
    value = float(re.sub(r"\s", "", to_arabic(found["value"])))
    trust = 1.0 if rank == 2 and "." in found["value"] else 0.9
    inks = passage.span(found.start(), found.end())
    return reading(value, inks, strict=True, trust=trust)


def _deadline(found: FoundDeadline, passage: Passage) -> Deadline:
    inks = passage.span(found.start, found.end)
    phrase = passage.text[found.start : found.end].replace("\n", " ")
    trust = 1.0
    if found.weekday is not None and found.value is not None and found.kind == "fixed":
        trust = 1.02 if found.value.weekday() == found.weekday else 0.6
    if found.value is None:
        trust = 0.7
    return Deadline(
        date=reading(found.value, inks, strict=True, trust=trust),
        time=reading(found.time, inks, strict=True) if found.time is not None else None,
        phrase=reading(phrase, inks),
        kind=reading(found.kind, inks),
    )
