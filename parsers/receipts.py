"""A receipt stamp's parts as readings: office, number, day and hour."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable

from parsers.dates import FoundDate, find_dates
from parsers.rows import Ink, reading
from parsers.rubber import clock, rubber_date
from parsers.stamps import Stamp
from parsers.stampslots import mended_office, opens_office
from parsers.text import to_arabic
from schemas.ink import TYPED
from schemas.letter import Receipt
from schemas.reading import Reading

_DIGITS = re.compile(r"[0-9๐-๙](?:[\s,]?[0-9๐-๙])*(?:\s?/\s?[0-9๐-๙]{2,4})?")
_RUBBER = 0.9  # nothing on the page bears out the digits of a rubber stamp, and they blot
_EARLY, _LATE = 60, 400  # days before and after the letter's date between which it can have been received


def read_receipt(stamp: Stamp, written: dt.date | None) -> Receipt:
    """A stamp's parts as readings; `written` helps with two-digit years."""
    return Receipt(
        agency=_agency(stamp),
        number=_number(stamp),
        date=_date(stamp.date, written, stamp.trust) if stamp.date is not None else None,
        time=_time(stamp.time, stamp.trust) if stamp.time is not None else None,
    )


def in_order(receipts: Iterable[Receipt]) -> tuple[Receipt, ...]:
    """Receipts from office to office, by day and hour; one whose day is not known stays behind its neighbour."""
    found = tuple(receipts)
    days = [_likely_day(receipt) for receipt in found]
    known = [day for day in days if day is not None]
    if len(known) < 2:
        return found
    last = known[0]
    keys = []
    for at, (day, receipt) in enumerate(zip(days, found, strict=True)):
        last = day or last
        hour = receipt.time.value if receipt.time is not None else None
        keys.append((last, hour or dt.time.max if day is not None else dt.time.max, at))
    return tuple(found[at] for _, _, at in sorted(keys))


def _likely_day(receipt: Receipt) -> dt.date | None:
    """The day of a receipt, or the likeliest where it was not understood."""
    if receipt.date is None:
        return None
    return receipt.date.value or next(iter(receipt.date.candidates), None)


def _agency(stamp: Stamp) -> Reading[str] | None:
    """The office's name; its first word as it must have been where only one is possible."""
    if not stamp.agency:
        return None
    read = " ".join(ink.text.strip() for ink in stamp.agency)
    mended = mended_office(read)
    if mended is not None:
        return reading(mended, stamp.agency, trust=0.6)
    return reading(read, stamp.agency, trust=0.9 if opens_office(read) else 0.5)


def _number(stamp: Stamp) -> Reading[str] | None:
    if not stamp.numbers:
        return reading(None, [stamp.label], trust=0.4) if stamp.label is not None else None
    ink = stamp.numbers[0]
    value = _digits(ink.text)
    others = [d for d in map(_digits, (i.text for i in stamp.numbers[1:])) if d is not None and d != value]
    trust = stamp.trust * (0.5 if others else 1.0)
    others += [d for d in map(_digits, ink.variants()) if d is not None and d not in (value, *others)]
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
    first = found[0] if found else None
    loose = first is not None and _DIGITS.search(ink.text[: first.start]) is not None
    if first is not None and first.value is not None and not loose and not _far(first, written):
        part = Ink(ink.row, ink.start + first.start, ink.start + first.end)
        trust *= (0.95 if first.inferred else 1.0) * (1.0 if _is_typed(ink) else _RUBBER)
        return reading(first.value, [part], strict=True, trust=trust)
    seen = [one.value for one in found if one.value is not None]
    rubber = rubber_date(ink.text, written)
    if rubber is None:
        return reading(None, [ink], strict=True, trust=0.4, candidates=seen)
    candidates = list(dict.fromkeys([*rubber.candidates, *seen]))
    loose = loose and first is not None and rubber.start >= first.start
    if rubber.value is None or loose or _too_far(rubber.value, written):
        near = [rubber.value] if rubber.value is not None else []
        guesses = list(dict.fromkeys([*near, *candidates]))
        return reading(None, [ink], strict=True, trust=0.4, candidates=guesses)
    part = Ink(ink.row, ink.start + rubber.start, ink.start + rubber.end)
    return reading(rubber.value, [part], strict=True, trust=trust * rubber.trust, candidates=candidates)


def _time(ink: Ink, trust: float) -> Reading[dt.time]:
    hour = clock(ink.text)
    if hour is None or hour.value is None:
        return reading(None, [ink], strict=True, trust=0.4)
    return reading(hour.value, [ink], strict=True, trust=trust * hour.trust)


def _is_typed(ink: Ink) -> bool:
    return ink.row.line.reader in TYPED


def _far(found: FoundDate, written: dt.date | None) -> bool:
    """Whether a day is so far from the letter's own that one of its digits must have been misread."""
    return found.value is not None and _too_far(found.value, written)


def _too_far(day: dt.date, written: dt.date | None) -> bool:
    if written is None:
        return False
    days = (day - written).days
    return days < -_EARLY or days > _LATE
