"""Earlier letters: those that a body names (ตามหนังสือ … ที่ … ลงวันที่ …), and whether two papers are one letter."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Sequence

from rapidfuzz.distance import Levenshtein

from parsers.dates import find_dates
from parsers.numbers import find_letter_numbers
from parsers.passages import Passage
from parsers.rows import reading
from parsers.text import squash
from schemas.letter import Letter, LetterNumber, Reference

_NAMES = re.compile(
    r"(?:ตาม|อ้างถึง|ด้วย)?\s?(?:สำเนา)?(?:หนังสือ|บันทึก(?:ข้อความ)?|คำสั่ง|ประกาศ|วิทยุ|โทรสาร)[^\n]{0,110}?$"
)
_DATED = re.compile(r"\s*(?:\([^)]{0,40}\)\s*)?(?:ลง\s?วันที่|ลว\.?|ลงวัน|เมื่อวันที่)\s*")
_NEAR = 14  # characters between a number and the words of its date
_SOUND, _DOUBTFUL = 0.97, 0.6


def find_citations(passage: Passage, written: dt.date | None) -> tuple[Reference, ...]:
    """The earlier letters that a text names with their numbers, each once."""
    text = passage.text.replace("\n", " ")
    dates = find_dates(text, written)
    seen: set[str] = set()
    found: list[Reference] = []
    for number in find_letter_numbers(text):
        before = text[max(0, number.start - 130) : number.start]
        named = _NAMES.search(before)
        date = next((d for d in dates if d.start >= number.end and _follows(text, number.end, d.start)), None)
        if named is None and date is None:
            continue
        if number.value.text in seen:
            continue
        seen.add(number.value.text)
        start = number.start - (len(before) - named.start()) if named is not None else number.start
        start += len(text[start : number.start]) - len(text[start : number.start].lstrip())
        end = date.end if date is not None else number.end
        trust = _SOUND if number.sound else _DOUBTFUL
        inks = passage.span(number.start, number.end)
        day = None
        if date is not None:
            day_inks = passage.span(date.start, date.end)
            day = reading(date.value, day_inks, strict=True, trust=0.9 if date.inferred else 1.0)
        found.append(
            Reference(
                text=reading(text[start:end].strip(), passage.span(start, end), trust=trust),
                number=reading(number.value, inks, strict=True, trust=trust),
                date=day,
            )
        )
    return tuple(found)


def _follows(text: str, end: int, start: int) -> bool:
    between = text[end:start]
    return len(between) <= _NEAR + 30 and _DATED.fullmatch(re.sub(r"วัน\S{2,9}ที่\s*$", "", between)) is not None


def same_letter(
    number: LetterNumber | None,
    date: dt.date | None,
    other: LetterNumber | None,
    other_date: dt.date | None,
    others: Sequence[LetterNumber] = (),
) -> float:
    """How likely two namings mean one letter: 0 to 1; `others` are further readings of the second number.

    Code, owner and running number decide; leading zeros and a lost ว count little, another day counts against it.
    The same number comes again every year, so without both days no pair is certain.

    >>> from parsers.numbers import parse_letter_number as number
    >>> same_letter(number("ลป 0017.2/ว1797"), None, number("ลป 0017.2/ว 1797"), None)
    0.8
    """
    if number is None or other is None:
        return 0.0
    alike = max(_alike(number, one) for one in (other, *others))
    if date is None or other_date is None:
        return round(0.8 * alike, 4)
    if date == other_date:
        return round(min(1.0, alike + 0.15) if alike >= 0.5 else alike, 4)
    return round(alike * (0.45 if date.year == other_date.year else 0.1), 4)


def _alike(one: LetterNumber, other: LetterNumber) -> float:
    """How alike two numbers are, part by part."""
    if one.running is None or other.running is None:
        return 0.0
    code = (
        1.0
        if one.code == other.code
        else 0.4
        if None in (one.code, other.code)
        else _near(one.code, other.code)
    )
    owner = 1.0 if one.owner == other.owner else _near(one.owner, other.owner)
    running = _running(one.running, other.running)
    year = 1.0 if one.year == other.year else 0.3 if None not in (one.year, other.year) else 0.9
    circular = 1.0 if one.circular == other.circular else 0.85
    return code * owner * running * year * circular


def _near(one: str | None, other: str | None) -> float:
    if one is None or other is None:
        return 0.5
    gap = Levenshtein.distance(one, other)
    return 0.6 if gap == 1 and min(len(one), len(other)) > 2 else 0.0


def _running(one: str, other: str) -> float:
    if one.lstrip("0") == other.lstrip("0"):
        return 1.0
    gap = Levenshtein.distance(one.lstrip("0"), other.lstrip("0"))
    return 0.6 if gap == 1 and min(len(one), len(other)) >= 3 else 0.0


def letter_key(letter: Letter) -> str | None:
    """The key that names one letter for good: code, owner, whether circular, running number, year, and agency.

    The agency takes part only where the number has no code. None where number or date were not understood.
    """
    number = letter.number.value if letter.number is not None else None
    date = letter.date.value if letter.date is not None else None
    if number is None or number.running is None:
        return None
    year = number.year or (date.year + 543 if date is not None else None)
    if year is None:
        return None
    agency = squash(letter.agency.value or "") if number.code is None and letter.agency is not None else ""
    if number.code is None and not agency:
        return None
    running = number.running.lstrip("0") or number.running
    parts = (
        number.code or "",
        number.owner or "",
        "ว" if number.circular else "",
        running,
        str(year),
        agency,
    )
    return "|".join(parts)
