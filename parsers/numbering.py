"""The letter's own number (ที่) on its row, and page furniture that only looks like text."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache
from typing import NamedTuple

from parsers.numbers import FoundNumber, find_letter_numbers, parse_letter_number, repairs
from parsers.officewords import OFFICE, PART_OF_OFFICE
from parsers.rows import Ink, Row, reading, same_height
from parsers.text import to_arabic
from schemas.letter import LetterNumber
from schemas.reading import Reading

# ที่ with its marks lost, doubled or swapped; a code of consonants must follow, or a plain n/year.
_LABEL = re.compile(
    r"^[^\u0e01-\u0e5bA-Za-z0-9]{0,3}ท(?:[\u0e34-\u0e37\u0e48-\u0e4c]{1,3}|(?=\s))(?:\s*[.:…]+)?\s*"
)
_CODE = re.compile(
    r"[ก-ฮ]{2,6}\s?\.?\s?(?:\(\S{1,6}\)\s?)?[0-9๐-๙oO(]|(?:[ก-ฮ]{1,4}\.\s?){2,6}(?:ว\s?)?[0-9๐-๙]"
)
_PLAIN = re.compile(r"[0-9๐-๙]{1,6}\s?/\s?(?:พ\.?ศ\.?\s?)?[0-9๐-๙]{2,4}(?!\S)")
_RUN_TOGETHER = re.compile(
    r"([0-9๐-๙]{1,4})\s?((?:25|๒๕)[0-9๐-๙]{2})"
)  # of a number and its year, the slash lost
_UNFINISHED = re.compile(r"[ก-ฮ]{2,6}\s?\.?\s?(?:[0-9๐-๙]{3,6}[0-9๐-๙.()]*\s?)?/?\s?ว?\s?[.…]*$")
_DATE_BEHIND = re.compile(r"(?<=[\s.…])ว[ัี]?น\s?ท[ีิื่]{1,2}")
# A memo whose number is still to be written: the label, leaders, and the day behind them.
_BLANK = re.compile(r"^\W{0,3}ท[ีิื]?[่้]?\s?[\s.…_-]{3,}(?P<date>ว[ัี]?น\s?ท[ีิื่]{1,2}\s)")
_OPEN = re.compile(
    r"[ก-ฮ]{2,5}\s?\.?\s?[0-9๐-๙.()\s]+/\s?ว?[\s.…]*"
)  # the running number is left for the pen
# As companies and associations number their letters: สอ.คท. ว.๒๗/๒๕๖๗.
_DOTTED = re.compile(r"(?:[ก-ฮ]{1,4}\.\s?){2,6}(?:ว\s?)?[0-9๐-๙]{1,6}\s?/\s?[0-9๐-๙]{4}")
_AGENCY_BEHIND = re.compile(rf"\s+(?:{OFFICE}|{PART_OF_OFFICE})")
_BETWEEN = re.compile(r"(?<=[0-9๐-๙.])\s+(?=[0-9๐-๙.])")
_PEN = re.compile(r"^[/ว\s.]{0,4}[0-9๐-๙][0-9๐-๙\s]{0,7}$")
_CERTIFICATE = re.compile(r"^\s*เลขที่?\s*[.…]*\s*(?=[ก-ฮ0-9๐-๙])")
_IN_HEADING = re.compile(r"ที่?\s*(?P<number>[0-9๐-๙]{1,5}\s*/\s*(?:พ\.?ศ\.?\s?)?[0-9๐-๙]{4})\s*$")
_PAGE_NUMBER = re.compile(r"^\W{0,3}[-–—]\s?(?:[0-9๐-๙]{1,3})\s?[-–—]\W{0,3}$|^[0-9๐-๙]{1,3}$")

_PAGE_NUMBER_LENGTH = 14


class NumberRow(NamedTuple):
    """A row that holds the letter's number: where, and the ink of the number without its label."""

    at: int
    ink: Ink


def number_ink(row: Row, *, certificate: bool = False) -> Ink | None:
    """The ink after the label ที่ where a letter number, whole or begun, follows; None elsewhere."""
    span = _number_span(row.text, certificate)
    return row.ink(*span) if span is not None else None


@lru_cache(maxsize=4096)  # the same rows are asked by those who part a file and those who read its letters
def _number_span(text: str, certificate: bool) -> tuple[int, int] | None:
    found = (_CERTIFICATE if certificate else _LABEL).match(text)
    if found is None:
        if text.lstrip(" .").startswith(("คำสั่ง", "ดำสั่ง")):
            heading = _IN_HEADING.search(text)
            if heading is not None:
                return heading.span("number")
        bare = parse_letter_number(text) if len(text) < 40 and "/" in text else None
        return (0, len(text)) if bare is not None and bare.code is not None else None
    rest = text[found.end() :]
    if certificate and (_PLAIN.match(rest) or _RUN_TOGETHER.fullmatch(rest.strip(" ."))):
        return found.end(), len(text)
    if found.end() == found.start() or not found[0].strip() or not rest:
        return None
    if _CODE.match(rest) or _PLAIN.match(rest) or _UNFINISHED.match(rest):
        return found.end(), len(text)
    return None


def parting_places(row: Row) -> list[int]:
    """Where a row that starts with a number goes on with another field: the date, or the agency's name."""
    span = _number_span(row.text, False) or _number_span(row.text, True)
    if span is None:
        blank = _BLANK.match(row.text)
        return [blank.start("date")] if blank is not None else []
    ink = row.ink(*span)
    places = [found.start() for found in _DATE_BEHIND.finditer(row.text, ink.start + 2)]
    for found in _AGENCY_BEHIND.finditer(ink.text):
        number = ink.text[: found.start()]
        if _is_number(number):
            places.append(ink.start + found.start())
            break
    return places


def _is_number(text: str) -> bool:
    """Whether a text is a letter's number from end to end, or one whose running number is left for the pen."""
    tight = _BETWEEN.sub("", text)
    own = _OPEN.fullmatch(text) or _PLAIN.fullmatch(text) or _DOTTED.fullmatch(text)
    if own is not None or parse_letter_number(tight) is not None:
        return True
    return any(found.start <= 2 and found.end >= len(tight) - 1 for found in find_letter_numbers(tight))


def find_number_row(rows: Sequence[Row], *, certificate: bool = False) -> NumberRow | None:
    """The first row with a letter number whose rest of the row is not running text."""
    for at, row in enumerate(rows):
        ink = number_ink(row, certificate=certificate)
        if ink is not None and (len(ink.text) < 45 or row.place is not None):
            return NumberRow(at, ink)
    return None


def read_number(found: NumberRow, rows: Sequence[Row]) -> Reading[LetterNumber]:
    """The number as a reading: sure only by the strict grammar, else with what it may stand for."""
    inks = [found.ink, *_pen_beside(found, rows)]
    text = " ".join(ink.text for ink in inks).strip()
    first = _read(text, inks)
    again = [row for row in rows[max(0, found.at - 3) : found.at + 4] if _reads_again(row, found.ink.row)]
    for row in again:
        first = _weigh_second(first, row)
    return first


def _read(text: str, inks: list[Ink]) -> Reading[LetterNumber]:
    joined = _RUN_TOGETHER.fullmatch(text.strip(" ."))
    if joined is not None:
        meant = parse_letter_number(f"{joined[1]}/{joined[2]}")
        return reading(meant, inks, strict=True, trust=0.55)
    whole = parse_letter_number(text.rstrip(" .…"))
    parted = None if whole is not None else parse_letter_number(_BETWEEN.sub("", text.rstrip(" .…")))
    if parted is not None:  # blanks among the figures
        return reading(parted, inks, strict=True, trust=0.85)
    best = next((n for n in find_letter_numbers(text) if n.start <= 2), None)
    if whole is not None and (best is None or best.sound):
        return reading(whole, inks, strict=True, candidates=[*_second(inks, whole), *_others(text, whole)])
    if best is not None and best.sound:
        return _leading(best, inks, text)
    guesses = tuple(
        dict.fromkeys([*([whole] if whole else []), *([best.value] if best else []), *repairs(text)])
    )
    if whole is not None or best is not None:
        return reading(guesses[0], inks, strict=True, trust=0.6, candidates=guesses[1:])
    if len(guesses) == 1:  # specks among the figures, and one way to read them
        return reading(guesses[0], inks, strict=True, trust=0.5)
    return reading(None, inks, strict=True, trust=0.5, candidates=guesses)


def is_page_number(row: Row) -> bool:
    """Whether the row is a page number (`- ๒ -`) at the top or bottom of its page."""
    if len(row.text) > _PAGE_NUMBER_LENGTH:
        return False
    return _PAGE_NUMBER.match(row.text) is not None and (
        (row.top is None and "-" in row.text) or (row.top is not None and (row.top < 0.15 or row.top > 0.9))
    )


def _pen_beside(found: NumberRow, rows: Sequence[Row]) -> list[Ink]:
    """Digits written by pen that came as a row of their own just right of an unfinished number."""
    row = found.ink.row
    if not _UNFINISHED.match(found.ink.text.strip()) or row.place is None:
        return []
    for other in rows[max(0, found.at - 3) : found.at + 4]:
        if other is row or not same_height(row, other) or not _PEN.match(other.text) or other.place is None:
            continue
        if -5 <= other.place.x0 - row.place.x1 <= 80:
            return [other.ink()]
    return []


def _reads_again(row: Row, number: Row) -> bool:
    """Whether a row is a second reading of the pen digits inside the number's own row."""
    if row is number or row.place is None or number.place is None or not same_height(row, number):
        return False
    inside = row.place.x1 <= number.place.x1 + 30 and number.place.x0 < row.place.x0 < number.place.x1 - 5
    return inside and _PEN.match(row.text) is not None


def _weigh_second(first: Reading[LetterNumber], row: Row) -> Reading[LetterNumber]:
    """Two readings of the same ink that differ: neither is trusted, the second becomes a candidate."""
    if first.value is None or first.value.running is None:
        return first
    digits = re.sub(r"\D", "", to_arabic(row.text))
    if digits == first.value.running:
        return first
    head, slash, tail = first.value.text.rpartition("/")
    other = parse_letter_number(head + slash + ("ว" if first.value.circular else "") + digits)
    candidates = first.candidates if other is None or not tail else (other, *first.candidates)
    return first.model_copy(update={"confidence": round(first.confidence * 0.7, 4), "candidates": candidates})


def _leading(best: FoundNumber, inks: list[Ink], text: str) -> Reading[LetterNumber]:
    """A sound number with something behind it: rubbish lowers the trust, as the number may go on there."""
    rest = text[best.end :].strip(" .…")
    trust = 1.0 if not rest else 0.85 if len(inks) == 1 and rest[0] not in "0123456789๐๑๒๓๔๕๖๗๘๙/" else 0.6
    if len(inks) == 1:
        ink = inks[0]
        shift = len(ink.text) - len(ink.text.lstrip())
        inks = [Ink(ink.row, ink.start + shift + best.start, ink.start + shift + best.end)]
    return reading(best.value, inks, strict=True, trust=trust)


def _second(inks: Sequence[Ink], whole: LetterNumber) -> list[LetterNumber]:
    """What a second reader has read there, where that is a number too."""
    texts = inks[0].variants() if len(inks) == 1 else []
    numbers = (parse_letter_number(text.strip(" .…")) for text in texts)
    return [number for number in dict.fromkeys(numbers) if number is not None and number != whole]


def _others(text: str, whole: LetterNumber) -> list[LetterNumber]:
    return [other for other in repairs(text) if other != whole][:3]
