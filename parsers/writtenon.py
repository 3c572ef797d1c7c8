"""The day a letter was written (วัน เดือน ปี), from where its kind prints it; never from a stamp."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Sequence
from typing import NamedTuple

from parsers.dates import FoundDate, find_dates
from parsers.daylines import asks_day, closing_date, is_broken_date, is_date_row, is_month_and_year
from parsers.kinds import Heading, is_given_sound
from parsers.numbering import number_ink
from parsers.rows import Ink, Row, reading, same_height
from parsers.zones import Zones
from schemas.letter import Kind
from schemas.reading import Reading

_LABEL = re.compile(r"^[^\u0e01-\u0e5b0-9]{0,3}ว[ัี]?น\s?ที[\u0e48-\u0e4b]?[\s.:…]*")
_FULL_MONTH = re.compile(r"[\u0e01-\u0e4e]{5,}|[A-Za-z]{4,}")
_DAY = re.compile(r"^[^\u0e01-\u0e5b]{0,2}[0-9๐-๙oO]{1,2}[^\u0e01-\u0e5b]{0,2}$")
_WHOLE_DAY = re.compile(r"\s?[0-9๐-๙]{2}\s")  # to which no digit before it can belong
_ISSUED = frozenset({"order", "rule", "announcement", "certificate", "minutes"})
_LIKE_A_STAMP = 0.6
_DIGIT = re.compile(r"[0-9๐-๙]")


class Written(NamedTuple):
    """The date's readings, and the day itself when it was understood."""

    date: Reading[dt.date] | None = None
    weekday: Reading[int] | None = None

    @property
    def day(self) -> dt.date | None:
        """The day, when understood."""
        return self.date.value if self.date is not None else None


def find_written(zones: Zones, heading: Heading | None, kind: Kind) -> Written:
    """The letter's own date."""
    if zones.given is not None:
        rows = [r for r in (*zones.body[-3:], *zones.tail[:4]) if same_height(r, zones.given.row)]
        behind = sorted(
            (r for r in rows if _is_behind(r, zones.given.row)), key=lambda r: r.place.x0 if r.place else 0
        )
        inks = [ink for ink in (zones.given, *(row.ink() for row in behind)) if ink.text.strip()]
        trust = 1.0 if is_given_sound(zones.given.row) else 0.85
        return _from_inks(inks, trust=trust) if inks else Written()
    news = heading is not None and heading.ink.text.lstrip(" .").startswith("ข่าว")  # dated at its foot
    if heading is not None and heading.form in _ISSUED and not news:
        return Written()
    if kind == "memo":
        labelled = _labelled(_below_number(zones.head))
        if labelled.date is not None:
            return labelled
    found = _alone(_below_number(zones.head) if kind == "memo" else zones.head)
    if found.date is None and (news or kind == "stamped"):
        rows = _without_sentences([*zones.body, *zones.tail])[::-1]
        found = _alone(rows)
        sealed = next((ink for row in rows if (ink := closing_date(row)) is not None), None)
        if (found.date is None or found.date.value is None) and sealed is not None:
            found = _from_inks([sealed], trust=0.9)
    return found if found.date is not None else _labelled(zones.head, 0.7)


def _below_number(head: Sequence[Row]) -> Sequence[Row]:
    """A memo's rows from the height of its number on, where its date stands; what is higher is a stamp's."""
    number = next((row for row in head if number_ink(row) is not None and (row.left or 0.0) < 0.35), None)
    if number is None or number.place is None:
        return head
    top = number.place.y0 - number.place.height
    return [row for row in head if row.place is None or row.page != number.page or row.place.y1 > top]


def _without_sentences(body: Sequence[Row]) -> list[Row]:
    """A letter's rows without those that go on with a sentence: ภายในวัน at the end of a row, its day on the next."""
    return [
        row
        for above, row in zip((None, *body), body, strict=False)
        if above is None or not (asks_day(above) or _ends_paragraph(above, row))
    ]


def _ends_paragraph(above: Row, row: Row) -> bool:
    """Whether a row at the left margin goes on with a full row above it."""
    if above.right is None or row.left is None or above.page != row.page:
        return False
    return above.right > 0.8 and row.left < 0.25


def _alone(rows: Sequence[Row]) -> Written:
    """A row that is a date and nothing else; a month and year without the day are seen, not understood."""
    best: Row | None = None
    for row in rows:
        if is_date_row(row) and (best is None or _looks_own(row) > _looks_own(best)):
            best = row
    if best is not None and _looks_own(best) > _LIKE_A_STAMP:
        return _from_inks([best.ink()], trust=_looks_own(best))
    for at, row in enumerate(rows):
        if is_month_and_year(row.text) or is_broken_date(row.text):
            day = next((r for r in rows[max(0, at - 3) : at + 4] if _is_day_beside(r, row)), None)
            return _from_inks([day.ink(), row.ink()] if day is not None else [row.ink()])
    return _from_inks([best.ink()], trust=_looks_own(best)) if best is not None else Written()


def _looks_own(row: Row) -> float:
    """How much a date row looks like the letter's own: a full month name in black, not a rubber date."""
    own = 1.0 if _FULL_MONTH.search(row.text) else 0.6
    return own * (0.8 if row.line.ink == "colour" else 1.0)


def _labelled(rows: Sequence[Row], trust: float = 1.0) -> Written:
    for row in rows:
        found = _LABEL.match(row.text)
        if found is None or len(row.text) > 70:
            continue
        if trust < 1 and (row.line.ink == "colour" or (row.left is not None and row.left > 0.62)):
            continue  # where no label belongs, this is more likely a stamp's
        ink = row.ink(found.end())
        if not ink.text.strip():  # its value stands apart
            ink = next((each.ink() for each in rows if _is_next_to(each, row)), ink)
        if _DIGIT.search(ink.text) or is_month_and_year(ink.text):
            return _from_inks([ink], trust=trust)
    return Written()


def _from_inks(inks: Sequence[Ink], trust: float = 1.0) -> Written:
    """Read one date from ink that holds one; digits left over before it mean that the day was misread."""
    text = " ".join(ink.text for ink in inks)
    dates = find_dates(text)
    if not dates:
        return Written(date=reading(None, list(inks), strict=True, trust=0.5))
    first = dates[0]
    if first.value is None or _DIGIT.search(text[: first.start]):
        others = [_joined(text, first), first.value]
        guesses = dict.fromkeys(day for day in others if day is not None)
        if first.value is not None and _WHOLE_DAY.match(text[first.start :]) and len(guesses) == 1:
            return Written(date=reading(first.value, list(inks), strict=True, trust=0.5))
        return Written(date=reading(None, list(inks), strict=True, trust=0.5, candidates=guesses))
    date_inks = (
        [Ink(inks[0].row, inks[0].start + first.start, inks[0].start + first.end)]
        if len(inks) == 1
        else list(inks)
    )
    if re.match(r"[0๐]", text[first.start :].lstrip()) and len(inks) == 1:
        trust *= 0.8  # no letter writes its day with a zero before it: a digit was misread
    by_pen = any(ink.row.line.ink == "colour" for ink in inks)
    trust *= (0.8 if first.inferred else 1.0) * (1.0 if len(inks) == 1 else 0.9) * (0.9 if by_pen else 1.0)
    date = reading(
        first.value, date_inks, strict=True, trust=trust, candidates=_second(date_inks, first.value)
    )
    weekday = reading(first.weekday, date_inks) if first.weekday is not None else None
    return Written(date, weekday)


def _second(inks: Sequence[Ink], first: dt.date) -> list[dt.date]:
    """The dates that a second reader has read there."""
    texts = inks[0].variants() if len(inks) == 1 else []
    days = (found.value for text in texts for found in find_dates(text)[:1])
    return [day for day in dict.fromkeys(days) if day is not None and day != first]


def _joined(text: str, first: FoundDate) -> dt.date | None:
    """The date when a blank has parted the day's two digits: `๒ ๐ กรกฎาคม`."""
    tight = re.sub(r"(?<=[0-9๐-๙])\s(?=[0-9๐-๙]\s?[\u0e01-\u0e2e])", "", text)
    dates = find_dates(tight)
    return dates[0].value if dates and tight != text else None


def _is_behind(row: Row, given: Row) -> bool:
    if row is given or row.place is None or given.place is None:
        return False
    begins_behind = row.place.x0 >= given.place.x1 - 8
    return begins_behind or (row.place.x0 > given.place.x0 + 20 and row.place.x1 > given.place.x1 + 40)


def _is_next_to(row: Row, label: Row) -> bool:
    if row is label or row.place is None or label.place is None or not same_height(row, label):
        return False
    return -5 < row.place.x0 - label.place.x1 < 60


def _is_day_beside(row: Row, month: Row) -> bool:
    if row is month or not _DAY.match(row.text) or not same_height(row, month):
        return False
    return row.place is not None and month.place is not None and 0 < month.place.x0 - row.place.x1 + 5 < 80
