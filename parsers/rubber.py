"""Days and hours as stamps and pens leave them: dots lost, letters swapped, digits run together.

A stamp holds nothing but a short date and an hour, so more can be understood here than in running text; what
had to be mended is never trusted much, and what may be read in two ways is not read at all.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable, Sequence
from typing import NamedTuple

from parsers.dates import find_dates, find_times
from parsers.text import fold, mend_zeros

_MONTHS = ("มค", "กพ", "มีค", "เมย", "พค", "มิย", "กค", "สค", "กย", "ตค", "พย", "ธค")
# Letters that ink makes alike in the small type of stamps; every letter of a group may be read as another.
_ALIKE = ("กถภฤ", "ดตคศฅ", "พฟผฝ", "สล", "มนฆ", "ธร", "ยบ")
_MARKS = re.compile("[\u0e31\u0e34-\u0e3a\u0e47-\u0e4e]")
_DAY = re.compile(
    r"(?<![0-9\u0e01-\u0e2eA-Za-z])(?P<day>[0-9]{1,2})[ .,]{0,3}"
    r"(?P<month>[\u0e01-\u0e4e][\u0e01-\u0e4e ., ]{0,9})(?:[0-9][ .]{1,2}(?=2))?"  # a letter read as a digit
    r"(?P<year>2[45][0-9]{2}|[4-9][0-9])(?![0-9])"
)
_FIGURE = re.compile("[0-9]")
_REST = r"(?P<rest>[\u0e01-\u0e4e][\u0e01-\u0e4e. ]{1,12}[0-9]{2,4})"  # a month and a year
_TWO_DAYS = re.compile(rf"(?P<one>[0-9]{{1,2}}) +(?P<two>[0-9]{{1,2}}) *{_REST}")
_SOON = 60  # days after its date within which a letter is received as a rule
_OFFICE = range(6, 21)  # hours at which somebody may stamp a letter
_CLOCK = re.compile(
    r"(?<![0-9])(?P<hour>[0-9]{1,2})[ ]?(?P<mark>[.:,; ])[ ]?(?P<minute>[0-9]{2})(?![0-9]{2})"
)
_BLOCK = re.compile(r"(?<![0-9])0?(?P<hour>[0-9]{2})(?P<minute>[0-9]{2})(?![0-9])")
_UNIT_BLOCK = re.compile(r"(?<![0-9])(?P<hour>[0-9]{2})(?P<minute>[0-9]{2}) ?น\.?")
_STRAY = re.compile(r"^[^0-9]*[0-9]{1,2} ?[.:] ?[0-9]{2} ?[0-9][^0-9]*$")  # the unit น. as a digit
_BARRED = re.compile(r"(?<![0-9])(?P<hour>[0-9]{2})[1/](?P<minute>[0-9]{2})(?![0-9])")  # the dot as a stroke
_STROKES = re.compile(
    r"(?<![0-9])(?P<day>[0-9]{1,2})(?:/(?P<month>[0-9]{1,2})1|1(?P<second>[0-9]{1,2})/)(?P<year>[0-9]{2})(?![0-9])"
)
"""A short date one of whose slashes was read as the digit 1."""
_CUT_YEAR = re.compile(r"(?<![0-9/])(?P<day>[0-9]{1,2})/(?P<month>[0-9]{1,2})/(?P<year>[0-9])(?![0-9])")
"""A short date whose year lost one of its digits."""
_DOTTED = re.compile(
    r"(?<![0-9])(?P<one>[0-3]) ?[.,] ?(?P<two>[0-9])"
    rf"[ .]{{0,3}}{_REST}"
)
"""A day with a dot in it: a speck between two digits, or before one of them."""
_LONG_DAY = re.compile(rf"(?<![0-9])(?P<figures>[0-9]{{3}}) ?{_REST}")
"""A day with a figure too many: a stroke of a stamp beside or between its digits."""
_SPLIT = re.compile(r"(?<![0-9])0(?P<hour>0[0-9]) ?[.:]? ?(?P<minute>[0-9]{2})(?![0-9])")


_Span = tuple[int, int]  # where in the text it stands


class RubberDate(NamedTuple):
    """A stamp's day."""

    start: int
    end: int
    value: dt.date | None
    trust: float
    candidates: tuple[dt.date, ...] = ()


class Hour(NamedTuple):
    """A stamp's hour."""

    value: dt.time | None
    trust: float


def rubber_date(text: str, written: dt.date | None) -> RubberDate | None:
    """A short date whose month's dots or letters are damaged; None where nothing looks like one.

    `written` is the letter's own date: a letter is received on that day or soon after.

    >>> rubber_date("19 ถย 2567", None).value
    datetime.date(2024, 9, 19)
    """
    folded = mend_zeros(fold(text))
    if _FIGURE.search(folded.text) is None:
        return None
    for pattern, understand in _DAMAGES:
        damaged = pattern.search(folded.text)
        if damaged is not None:
            return understand(damaged, written, folded.span(*damaged.span()))
    found = _DAY.search(folded.text)
    if found is None:
        return None
    start, end = folded.span(*found.span())
    months, trust = _months(found["month"])
    days = [day for month in months if (day := _date(found["year"], month, found["day"])) is not None]
    if written is not None:
        days = [day for day in days if _soon(day, written)] or days
    soon = [day for day in days if written is None or _soon(day, written)]
    value = days[0] if len(days) == 1 and len(soon) == 1 else None
    return RubberDate(start, end, value, trust, () if value is not None else tuple(days[:4]))


def clock(text: str) -> Hour | None:
    """The hour in a stamp's ink; value None where its digits make no hour; None without digits.

    >>> clock("เวลา 10 20 น.").value, clock("1115 N").value
    (datetime.time(10, 20), datetime.time(11, 15))
    """
    folded = mend_zeros(fold(text)).text
    folded = re.sub(r"(?<![A-Za-z0-9])[OoQ](?=[ ]?[0-9])|(?<=[0-9])[OoQ](?![A-Za-z])", "0", folded)
    folded = re.sub(r"(?<![0-9])/(?=[0-9][ .:][ ]?[0-9]{2}(?![0-9]))", "1", folded)  # a slanting 1
    if not re.search(r"[0-9]", folded):
        return None
    exact = find_times(folded)
    plain, figures = _CLOCK.search(folded), re.findall(r"[0-9]+", folded)
    if plain is not None and plain["mark"] in ".:" and len(figures) == 2 and exact:
        value = _hour(plain["hour"], plain["minute"])
        return Hour(value, 1.0 if value is not None and value.hour in _OFFICE else 0.5)
    loose = _SPLIT.search(folded)
    if loose is None and (len(figures) == 2 or _STRAY.search(folded)):
        loose = plain or _UNIT_BLOCK.search(folded) or _BARRED.search(folded)
    if loose is None and len(figures) == 1:
        loose = _BARRED.search(folded) or _BLOCK.search(folded)
    value = _hour(loose["hour"], loose["minute"]) if loose is not None else None
    if value is not None and value.hour in _OFFICE and loose is not None:
        return Hour(value, 0.85 if re.search(r"[0-9] ?[.:] ?[0-9]", loose[0]) else 0.6)
    return Hour(None, 0.4)


def _of_strokes(found: re.Match[str], written: dt.date | None, span: _Span) -> RubberDate | None:
    """A day whose slash stands as a digit: believed, in doubt, where it follows soon on the letter's date."""
    day = _date(found["year"], int(found["month"] or found["second"]), found["day"])
    if day is None or written is None or not _soon(day, written):
        return None
    return RubberDate(*span, day, 0.5, (day,))


def _of_cut_year(found: re.Match[str], written: dt.date | None, span: _Span) -> RubberDate | None:
    """A day whose year lost a digit: the year that has the other one, if the day then follows on the letter's date."""
    if written is None:
        return None
    years = {f"{(written.year + 543 + later) % 100:02}" for later in (0, 1)}
    days = [_date(year, int(found["month"]), found["day"]) for year in years if found["year"] in year]
    soon = [day for day in days if day is not None and _soon(day, written)]
    return RubberDate(*span, soon[0], 0.5, (soon[0],)) if len(soon) == 1 else None


def _of_dotted(found: re.Match[str], written: dt.date | None, span: _Span) -> RubberDate:
    return _of_any((found["one"] + found["two"], found["two"]), found["rest"], written, span)


def _of_long_day(found: re.Match[str], written: dt.date | None, span: _Span) -> RubberDate:
    figures = found["figures"]
    shorter = [figures[:at] + figures[at + 1 :] for at in range(len(figures))]
    return _of_any(shorter, found["rest"], written, span)


def _of_any(texts: Sequence[str], rest: str, written: dt.date | None, span: _Span) -> RubberDate:
    """A day that may be read in several ways: the one that follows soon on the letter's date, in doubt."""
    days = _days(texts, rest, written)
    soon = [day for day in days if written is not None and _soon(day, written)]
    return RubberDate(*span, soon[0] if len(soon) == 1 else None, 0.5, days)


def _of_two(found: re.Match[str], written: dt.date | None, span: _Span) -> RubberDate:
    """A day stamped over another: which of the two numbers is meant is not for us to say."""
    days = _days((found["one"], found["two"]), found["rest"], written)
    early_last = sorted(days, key=lambda day: written is not None and day < written)
    return RubberDate(*span, None, 0.4, tuple(early_last))


def _days(texts: Sequence[str], rest: str, written: dt.date | None) -> tuple[dt.date, ...]:
    """The different days that numbers before a month and a year make."""
    dates = (one.value for text in texts for one in find_dates(f"{text} {rest}", written)[:1])
    return tuple(dict.fromkeys(day for day in dates if day is not None))


# What else than its month is damaged, and how that is understood; the first that fits speaks.
_DAMAGES: tuple[
    tuple[re.Pattern[str], Callable[[re.Match[str], dt.date | None, _Span], RubberDate | None]], ...
] = (
    (_STROKES, _of_strokes),
    (_CUT_YEAR, _of_cut_year),
    (_DOTTED, _of_dotted),
    (_LONG_DAY, _of_long_day),
    (_TWO_DAYS, _of_two),
)


def _months(text: str) -> tuple[list[int], float]:
    """The months that damaged letters may stand for, and how far to trust one that stands alone."""
    got = re.sub(r"[ .,]", "", text)
    bare = _MARKS.sub("", got)
    exact = [at for at, month in enumerate(_MONTHS, start=1) if month == got or _MARKS.sub("", month) == got]
    if exact:
        return exact, 0.8 if len(exact) == 1 else 0.6  # มค is มี.ค. as well, its mark lost
    if len(bare) > 4:
        return [], 0.0
    begun = [at for at, month in enumerate(_MONTHS, start=1) if len(got) > 1 and month.startswith(got)]
    if begun:
        return begun, 0.6
    near = [at for at, month in enumerate(_MONTHS, start=1) if _alike(_MARKS.sub("", month), bare)]
    return near, 0.6


def _alike(month: str, got: str) -> bool:
    """Whether a month's letters may have been read so: at most one of them for its look-alike."""
    if len(month) != len(got):
        return False
    wrong = [(a, b) for a, b in zip(month, got, strict=True) if a != b]
    return len(wrong) <= 1 and all(any(a in group and b in group for group in _ALIKE) for a, b in wrong)


def _soon(day: dt.date, written: dt.date) -> bool:
    return 0 <= (day - written).days <= _SOON


def _date(year: str, month: int, day: str) -> dt.date | None:
    full = int(year) if len(year) == 4 else 2500 + int(year)
    try:
        return dt.date(full - 543, month, int(day))
    except ValueError:
        return None


def _hour(hour: str, minute: str) -> dt.time | None:
    return dt.time(int(hour), int(minute)) if int(hour) < 24 and int(minute) < 60 else None
