"""Charts as plain shapes: what the templates draw as SVG, without a style or a script inside."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from pipeline.say import MONTHS_EN, MONTHS_TH, Lang

_WIDE, _HIGH, _BASE = 640, 200, 172  # of a chart of columns, in its own units
_EDGE = 18  # room for the names of the first and the last column
_ROW = 46


class Bar(NamedTuple):
    """One bar: its name and how many."""

    label: str
    number: int


class Shape(NamedTuple):
    """One bar's place in the picture."""

    label: str
    number: int
    x: float
    y: float
    width: float
    height: float
    named: bool  # whether its name is written; many columns have no room for all


class Chart(NamedTuple):
    """A picture: its size and its bars. Empty where there is nothing to show."""

    width: int
    height: int
    shapes: tuple[Shape, ...]


def columns(bars: Sequence[Bar]) -> Chart:
    """Columns from left to right, for what has an order: months, days."""
    top = max((bar.number for bar in bars), default=0)
    if top == 0:
        return Chart(_WIDE, _HIGH, ())
    step = (_WIDE - 2 * _EDGE) / len(bars)
    every = max(1, -(-len(bars) // 12))
    shapes = tuple(
        Shape(
            bar.label,
            bar.number,
            round(_EDGE + place * step + step * 0.12, 1),
            round(_BASE - (_BASE - 22) * bar.number / top, 1),
            round(step * 0.76, 1),
            round((_BASE - 22) * bar.number / top, 1),
            (len(bars) - 1 - place) % every == 0,
        )
        for place, bar in enumerate(bars)
    )
    return Chart(_WIDE, _HIGH, shapes)


def rows(bars: Sequence[Bar]) -> Chart:
    """Rows from top to bottom, for what has names: senders, kinds."""
    top = max((bar.number for bar in bars), default=0)
    if top == 0:
        return Chart(_WIDE, 0, ())
    shapes = tuple(
        Shape(
            bar.label, bar.number, 0, place * _ROW + 26, round((_WIDE - 60) * bar.number / top, 1), 11, True
        )
        for place, bar in enumerate(bars)
    )
    return Chart(_WIDE, len(bars) * _ROW, shapes)


def whole_months(counted: Sequence[tuple[str, int]], last: int) -> list[tuple[str, int]]:
    """Months without letters put in, so that a gap looks like one; only the newest so many.

    >>> whole_months([("2023-11", 2), ("2024-02", 1)], 3)
    [('2023-12', 0), ('2024-01', 0), ('2024-02', 1)]
    """
    known = {_ordinal(label): count for label, count in counted if _ordinal(label)}
    if not known:
        return []
    newest = max(known)
    first = max(min(known), newest - last + 1)
    return [(f"{at // 12:04}-{at % 12 + 1:02}", known.get(at, 0)) for at in range(first, newest + 1)]


def _ordinal(label: str) -> int:
    """A month as a number that counts on over years; 0 where it is none."""
    year, _, month = label.partition("-")
    good = year.isdecimal() and month.isdecimal() and 1 <= int(month) <= 12
    return int(year) * 12 + int(month) - 1 if good else 0


def month_label(text: str, lang: Lang) -> str:
    """A month as it stands under a column.

    >>> month_label("2023-06", "th"), month_label("2023-06", "en"), month_label("?", "th")
    ('มิ.ย. 66', 'Jun 23', '?')
    """
    year, _, month = text.partition("-")
    if not _ordinal(text):
        return text
    if lang == "th":
        return f"{MONTHS_TH[int(month) - 1]} {(int(year) + 543) % 100:02}"
    return f"{MONTHS_EN[int(month) - 1]} {int(year) % 100:02}"
