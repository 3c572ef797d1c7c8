"""A receipt stamp's parts as readings: office, number, day and hour."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable

from parsers.dates import FoundDate, find_dates, find_times
from parsers.rows import Ink, reading
from parsers.stamps import Stamp, names_office
from parsers.text import to_arabic
from schemas.letter import Receipt
from schemas.reading import Reading

_DIGITS = re.compile(r"[0-9๐-๙](?:[\s,]?[0-9๐-๙])*(?:\s?/\s?[0-9๐-๙]{2,4})?")
_EARLY, _LATE = 60, 400  # days before and after the letter's date between which it can have been received


def read_receipt(stamp: Stamp, written: dt.date | None) -> Receipt:
    """A stamp's parts as readings; `written` helps with two-digit years."""
    agency = " ".join(ink.text.strip() for ink in stamp.agency)
    sure = all(names_office(ink.text) for ink in stamp.agency)
    return Receipt(
        agency=reading(agency, stamp.agency, trust=0.9 if sure else 0.5) if agency else None,
        number=_number(stamp),
        date=_date(stamp.date, written, stamp.trust) if stamp.date is not None else None,
        time=_time(stamp.time, stamp.trust) if stamp.time is not None else None,
    )


def in_order(receipts: Iterable[Receipt]) -> tuple[Receipt, ...]:
    """Receipts from office to office, when every day is known; else as they stand on the page."""
    found = tuple(receipts)
    days = [
        receipt.date.value for receipt in found if receipt.date is not None and receipt.date.value is not None
    ]
    if len(days) < len(found):
        return found
    return tuple(receipt for _, _, receipt in sorted(zip(days, range(len(found)), found, strict=True)))


def _number(stamp: Stamp) -> Reading[str] | None:
    if not stamp.numbers:
        return reading(None, [stamp.label], trust=0.4) if stamp.label is not None else None
    ink = stamp.numbers[0]
    value = _digits(ink.text)
    others = [d for d in map(_digits, (i.text for i in stamp.numbers[1:])) if d is not None and d != value]
    trust = stamp.trust * (0.5 if others else 1.0)
    if value is None:
        return reading(None, [ink], strict=True, trust=0.5, candidates=others)
    return reading(value, [ink], strict=True, trust=trust, candidates=others)


def _digits(text: str) -> str | None:
    """The receipt number in Arabic digits; None where anything but digits was read."""
    clean = text.strip(" .…_:;,-–")
    found = _DIGITS.fullmatch(clean)
    return re.sub(r"[\s,]", "", to_arabic(clean)) if found else None


def _date(ink: Ink, written: dt.date | None, trust: float) -> Reading[dt.date]:
    found = find_dates(ink.text, written)
    if not found:
        return reading(None, [ink], strict=True, trust=0.5)
    first = found[0]
    loose = _DIGITS.search(ink.text[: first.start]) is not None
    if loose or first.value is None or _far(first, written):
        candidates = [one.value for one in found if one.value is not None]
        return reading(None, [ink], strict=True, trust=0.4, candidates=candidates)
    part = Ink(ink.row, ink.start + first.start, ink.start + first.end)
    return reading(first.value, [part], strict=True, trust=trust * (0.95 if first.inferred else 1.0))


def _time(ink: Ink, trust: float) -> Reading[dt.time]:
    text = ink.text
    found = find_times(text)
    if not found and re.fullmatch(r"\s*[0-9๐-๙]{1,2}\s?[.:]\s?[0-9๐-๙]{2}\s*(?:น\.?)?\s*", text):
        found = find_times(f"เวลา {text.strip()} น.")
    value = found[0].value if found else None
    if value is not None and not re.search(r"[0-9๐-๙]\s?[.:]\s?[0-9๐-๙]{2}\s?[.:]\s?[0-9๐-๙]", text):
        return reading(value, [ink], strict=True, trust=trust)
    return reading(None, [ink], strict=True, trust=0.4)


def _far(found: FoundDate, written: dt.date | None) -> bool:
    """Whether a day is so far from the letter's own that one of its digits must have been misread."""
    if found.value is None or written is None:
        return False
    days = (found.value - written).days
    return days < -_EARLY or days > _LATE
