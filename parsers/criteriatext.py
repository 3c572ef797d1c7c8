"""Criteria told in running text: lists with their weights, and the sum that the text states."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import takewhile
from typing import NamedTuple

from parsers.entries import Entry, find_entries
from parsers.numerals import parse_number
from parsers.passages import Passage
from parsers.rows import reading
from parsers.text import to_arabic
from schemas.contest import Criterion
from schemas.reading import Reading

FIGURES = r"[0-9๐-๙]{1,3}(?:\s?[.,]\s?[0-9๐-๙]{1,2})?"
"""A weight or a score in figures, as part of a larger pattern."""
MOST = 100.0
"""No criterion weighs more."""
_WEIGHT = re.compile(
    rf"[\s(:=–-]{{0,6}}(?:(?:คิดเป็น|จำนวน|น้ำหนัก|คะแนนเต็ม|คะแนน|สัดส่วน|weight)\s?[:=]?\s?){{0,4}}(?:ร้อยละ\s?(?P<percent>{FIGURES})"
    rf"|(?P<points>{FIGURES})\s?(?:คะแนน|%|เปอร์เซ็นต์|points?|marks?))\s?[)\]]?"
)
IS_TOTAL = re.compile(
    r"^\W{0,3}(?:(?:คะแนน)?รวม(?:ทั้งสิ้น|ทั้งหมด|คะแนน|เป็น)?|คะแนน(?:เต็ม|รวม)|(?:Grand )?[Tt]otal|ทั้งหมด)"
    r"(?:\s?(?:ทั้งสิ้น|คะแนน|คะแนนเต็ม))?\W{0,3}$"
)
"""The name of a row that sums up those above it."""
_TOTAL_TEXT = re.compile(
    rf"(?:คะแนนเต็ม|รวม(?:ทั้งสิ้น|ทั้งหมด|คะแนน)?(?:เป็น)?|คะแนนรวม|เต็ม|[Tt]otal|\((?=100|๑๐๐))\s?(?:ทั้งหมด|ทั้งสิ้น|คะแนน|คือ|เท่ากับ|:)?\s?"
    rf"(?:ร้อยละ\s?)?(?P<value>{FIGURES})\s?(?:คะแนน|%|เปอร์เซ็นต์|points?)?"
)


class FoundCriteria(NamedTuple):
    """What a text says of its criteria; `total` is the sum of weights, `got` that of scores, as it states them."""

    criteria: tuple[Criterion, ...] = ()
    total: Reading[float] | None = None
    got: Reading[float] | None = None


def number_of(figures: str) -> float | None:
    """The number that figures with a point or a decimal comma give."""
    return parse_number(to_arabic(figures).replace(" ", "").replace(",", "."))


def criteria_of_text(passage: Passage) -> FoundCriteria:
    """The criteria that a text lists, and the sum that it states."""
    text = passage.text
    entries = find_entries(text)
    items = [
        e
        for e in entries
        if e.kind in ("number", "sub", "bullet", "part") or _WEIGHT.search(text, e.body, e.end)
    ]
    criteria: list[Criterion] = []
    for entry in items:
        one = _of_entry(passage, entry)
        if one is not None:
            criteria.append(one)
    parts = _with_parts(criteria, items) if len(criteria) == len(items) else criteria
    total = stated_total(passage)
    return FoundCriteria(tuple(parts), total) if len(parts) > 1 else FoundCriteria((), total)


def _of_entry(passage: Passage, entry: Entry) -> Criterion | None:
    text = passage.text[entry.body : entry.end]
    if _NOTE.search(text[:60]):
        return None
    found = next((f for f in _WEIGHT.finditer(text) if not _TOTAL_TEXT.match(text, f.start())), None)
    name_end = found.start() if found is not None else len(text)
    name = text[:name_end].strip(" :–-(")
    if len(name) < 3 or IS_TOTAL.match(name) or re.search(r"(?:เต็ม|รวม)$", name):
        return None
    weight: Reading[float] | None = None
    if found is not None:
        group = "percent" if found["percent"] else "points"
        value = number_of(found[group])
        inks = passage.span(entry.body + found.start(group), entry.body + found.end(group))
        weight = reading(value if value is not None and value <= MOST else None, inks, strict=True)
    inks = passage.span(entry.body, entry.body + name_end)
    return Criterion(name=reading(name, inks), weight=weight)


_NOTE = re.compile(r"สงวนสิทธิ์|คณะกรรมการ|ถือเป็น(?:ที่สุด|อันสิ้นสุด)|ทั้งนี้|หมายเหตุ|ดังนี้|ดังต่อไปนี้|กรรมการจะ")


def _with_parts(criteria: Sequence[Criterion], items: Sequence[Entry]) -> list[Criterion]:
    """Criteria below the heading of their part; headings that follow each other are criteria themselves."""
    kinds = [entry.kind for entry in items]
    out: list[Criterion] = []
    part: Reading[str] | None = None
    for at, one in enumerate(criteria):
        if kinds[at] != "part":
            out.append(one.model_copy(update={"part": part}))
            continue
        below = list(takewhile(lambda later: kinds[later] != "part", range(at + 1, len(kinds))))
        alone = bool(below) and (at == 0 or kinds[at - 1] != "part")
        heads = one.weight is None or one.weight.value == sum(_weight(criteria[later]) for later in below)
        part = one.name if alone and heads else None
        if part is None:
            out.append(one)
    return out


def _weight(one: Criterion) -> float:
    return one.weight.value or 0.0 if one.weight is not None else 0.0


def stated_total(passage: Passage) -> Reading[float] | None:
    """The sum of weights that a text states itself: คะแนนเต็ม ๑๐๐ คะแนน."""
    for found in _TOTAL_TEXT.finditer(passage.text):
        value = number_of(found["value"])
        if value is not None and value >= 10:
            return reading(value, passage.span(*found.span("value")), strict=True)
    return None
