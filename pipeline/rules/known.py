"""What the register knows of other letters, in the shape in which rules ask for it."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

from parsers.numbers import parse_letter_number
from pipeline.rules.registry import Known, Numbered
from schemas.letter import LetterNumber

if TYPE_CHECKING:
    from pipeline.store import Store

_MORE = 4  # pages that are asked for after the first
_MOST = 500  # letters of one series and year that are looked at


def numbered_in(store: Store, but: str) -> Numbered:
    """The letters of a series in the register; `but` is the hash of the document that is being judged."""
    asked: dict[tuple[str, int], list[Known]] = {}

    def numbered(number: LetterNumber, year: int) -> list[Known]:
        key = (series(number), year)
        if key not in asked:
            asked[key] = _look_up(store, but, *key)
        return asked[key]

    return numbered


def series(number: LetterNumber) -> str:
    """The part of a number that all letters of its series share.

    >>> series(parse_letter_number("ลป 0017.2/ว1797"))
    'ลป 0017.2/ว'
    """
    owner = number.owner or (str(number.year) if number.year is not None else "")
    return f"{number.code or ''} {owner}/{'ว' if number.circular else ''}".strip()


def _look_up(store: Store, but: str, beginning: str, year: int) -> list[Known]:
    from pipeline.store import RowFilter

    office = beginning.partition("/")[0]
    wanted = RowFilter(number=office, date_from=dt.date(year, 1, 1), date_to=dt.date(year, 12, 31))
    known, found = [], store.page(wanted, "number", limit=_MOST)
    rows = found.rows
    for _ in range(_MORE):  # pages may be short where such letters are rare
        if found.next is None or len(rows) >= _MOST:
            break
        found = store.page(wanted, "number", limit=_MOST, after=found.next)
        rows += found.rows
    for row in rows[:_MOST]:
        number = parse_letter_number(row.number or "")
        if number is not None and row.sha256 != but and series(number) == beginning:
            known.append(Known(number, row.date, row.subject, row.agency, row.id))
    return known
