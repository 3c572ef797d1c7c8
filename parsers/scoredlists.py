"""What an entrant got for each criterion, told in running text: (๑) ความสะอาด ได้ ๓๔ คะแนน จาก ๔๐ คะแนน."""

from __future__ import annotations

import re

from parsers.criteriatext import FIGURES, IS_TOTAL, MOST, FoundCriteria, number_of
from parsers.entries import PART, Entry, find_entries
from parsers.passages import Passage
from parsers.rows import reading
from schemas.contest import Criterion
from schemas.reading import Reading

_MARKS = r"\s?(?:คะแนน|แต้ม|points?|%)?"
_FULL_WORDS = r"(?:(?:จาก)?\s?(?:คะแนน)?เต็ม|จาก(?:\s?คะแนน)?|น้ำหนัก(?:คะแนน)?|ค่าน้ำหนัก)"
_GOT_WORDS = r"(?:ได้(?:รับ)?(?:\s?คะแนน)?|คะแนนที่ได้(?:รับ)?|มีคะแนน|ผลคะแนน|คะแนนประเมิน)"
# The score and the full marks of one item, in any order, told by the words before them or by a stroke.
_GOT = re.compile(rf"{_GOT_WORDS}\s?(?:คือ|เท่ากับ|ร้อยละ|จำนวน|[:=])?\s?(?P<value>{FIGURES}){_MARKS}")
_FULL = re.compile(
    rf"{_FULL_WORDS}\s?(?:คือ|เท่ากับ|ร้อยละ|[:=])?\s?(?P<value>{FIGURES}){_MARKS}"
    rf"|[(\[]\s?(?:คะแนน)?(?:เต็ม)?\s?(?P<bracketed>{FIGURES})\s?คะแนน\s?[)\]]"
)
_STROKE = re.compile(rf"(?P<got>{FIGURES})\s?/\s?(?P<full>{FIGURES})(?![0-9๐-๙/]){_MARKS}\W{{0,3}}$")
_PART_NUMBER = re.compile(rf"^\s*{PART}\s*[:.]?\s*")
_ENDS = " \t:–-(,;"
_FEWEST = 2


def scored_criteria(passage: Passage) -> FoundCriteria:
    """The criteria of a list whose items tell a score and full marks each; empty for any other text."""
    if "คะแนน" not in passage.text:
        return FoundCriteria()
    found = [one for entry in find_entries(passage.text) if (one := _of_entry(passage, entry)) is not None]
    return FoundCriteria(tuple(found)) if len(found) >= _FEWEST else FoundCriteria()


def _of_entry(passage: Passage, entry: Entry) -> Criterion | None:
    text = passage.text[entry.body : entry.end]
    spans = _spans(text)
    if spans is None:
        return None
    got, full = spans
    score, weight = (number_of(text[slice(*span)]) for span in (got, full))
    if score is None or weight is None or max(score, weight) > MOST:
        return None
    part = _PART_NUMBER.match(text)
    start = part.end() if part is not None else 0
    end = min(at for pattern in (_GOT, _FULL, _STROKE) for at in _first(pattern, text, start))
    name = text[start:end].rstrip(_ENDS)
    if len(name) < 3 or IS_TOTAL.match(name):
        return None

    def figure(value: float, span: tuple[int, int]) -> Reading[float]:
        return reading(value, passage.span(entry.body + span[0], entry.body + span[1]), strict=True)

    inks = passage.span(entry.body + start, entry.body + start + len(name))
    return Criterion(name=reading(name.strip(), inks), weight=figure(weight, full), score=figure(score, got))


def _first(pattern: re.Pattern[str], text: str, start: int) -> list[int]:
    found = pattern.search(text, start)
    return [found.start()] if found is not None else []


def _spans(text: str) -> tuple[tuple[int, int], tuple[int, int]] | None:
    """Where an item tells its score and its full marks; None where it does not tell both."""
    stroke = _STROKE.search(text)
    if stroke is not None and (number_of(stroke["got"]) or 0.0) <= (number_of(stroke["full"]) or 0.0):
        return stroke.span("got"), stroke.span("full")
    got = _GOT.search(text)
    if got is None:
        return None
    full = next(
        (one for one in _FULL.finditer(text) if one.end() <= got.start() or one.start() >= got.end()), None
    )
    if full is None:
        return None
    return got.span("value"), full.span("value" if full["value"] is not None else "bracketed")
