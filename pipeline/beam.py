"""From a recogniser's columns of probabilities to text: CTC decoding, with what may stand there as a guide.

A column says how likely each sign, or nothing (class 0), is at its place; signs of one class in neighbouring columns
are one sign. Graves et al. 2006 (CTC); the prefix search is that of Hannun et al. 2014, without a language model.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Columns = NDArray[np.float32]  # (columns, classes), each row sums to 1
_LEAST = 0.0015  # a class less likely than this is not looked at in its column


@dataclass(frozen=True)
class Sign:
    """One sign: its class, its columns (first, last), its confidence 0–1."""

    code: int
    first: int
    last: int
    confidence: float


@dataclass(frozen=True)
class Guess:
    """A text the columns may say, with its share of the likelihood of all texts that were looked at."""

    text: str
    share: float


@dataclass(frozen=True)
class Grammar:
    """What may stand somewhere: `begins` for beginnings of it, `whole` for all of it."""

    begins: Callable[[str], bool]
    whole: Callable[[str], bool]


def greedy(columns: Columns) -> list[Sign]:
    """The most likely class in each column, runs joined, nothing left out; the confidence is the run's highest."""
    best = columns.argmax(axis=1)
    signs: list[Sign] = []
    start = 0
    for place in range(1, len(best) + 1):
        if place == len(best) or best[place] != best[start]:
            code = int(best[start])
            if code:
                peak = float(columns[start:place, code].max())
                signs.append(Sign(code, start, place - 1, min(1.0, peak)))
            start = place
    return signs


def search(columns: Columns, alphabet: str, grammar: Grammar | None = None, width: int = 12) -> list[Guess]:
    """The likeliest texts, best first, of those that the grammar lets stand.

    `alphabet`: the signs of classes 1, 2, …; shares are relative to what was kept in the search, and sum to 1 at most.
    """
    beams: _Beams = {"": (1.0, 0.0)}  # likelihood ending in nothing, in a sign; only their proportions count
    for column in columns:
        if column[0] > 1 - _LEAST:  # nothing there: most columns
            beams = {text: (blank + sign, 0.0) for text, (blank, sign) in beams.items()}
            continue
        ranked = sorted(_next(beams, column, alphabet, grammar).items(), key=lambda item: -sum(item[1]))
        most = sum(ranked[0][1])
        beams = {text: (blank / most, sign / most) for text, (blank, sign) in ranked[:width]}
    total = sum(map(sum, beams.values()))
    guesses = [
        Guess(text, sum(ends) / total)
        for text, ends in beams.items()
        if grammar is None or grammar.whole(text)
    ]
    return sorted(guesses, key=lambda guess: -guess.share)


_Beams = dict[str, tuple[float, float]]


def _next(beams: _Beams, column: NDArray[np.float32], alphabet: str, grammar: Grammar | None) -> _Beams:
    """All texts one column further on."""
    nothing = max(1e-12, float(column[0]))
    likely = [(alphabet[code - 1], float(column[code])) for code in np.flatnonzero(column >= _LEAST) if code]
    after: _Beams = {}
    for text, (blank, sign) in beams.items():
        both = blank + sign
        last = text[-1:]
        stays, goes_on = after.get(text, (0.0, 0.0))
        stays += nothing * both
        for letter, share in likely:
            fresh = share * both
            if letter == last:  # the same sign, going on; with nothing between it stands twice
                goes_on += share * sign
                fresh = share * blank
            longer = text + letter
            if fresh > 0 and (grammar is None or grammar.begins(longer)):
                old = after.get(longer, (0.0, 0.0))
                after[longer] = old[0], old[1] + fresh
        after[text] = stays, goes_on
    return after


_TIME = re.compile(
    r"(?P<hour>[0-9๐-๙]{0,2})"
    r"(?:(?<=[0-9๐-๙])[.:](?P<minute>[0-5๐-๕]?|[0-5๐-๕][0-9๐-๙])(?P<after> ?(?:น\.?)?))?"
)
_VALUES = {sign: place % 10 for place, sign in enumerate("0123456789๐๑๒๓๔๕๖๗๘๙")}


def _digits(text: str) -> bool:
    return all(sign in _VALUES for sign in text)


def _number(text: str) -> int:
    return int("".join(str(_VALUES[sign]) for sign in text))


def _begins_day(text: str) -> bool:
    if not _digits(text) or len(text) > 2:
        return False
    return len(text) < 2 or 1 <= _number(text) <= 31


def _begins_running(text: str) -> bool:
    """A slash, ว and blanks may stand before the digits; the digits are of one kind."""
    digits = text.lstrip("/ ว.")
    head = text[: len(text) - len(digits)]
    if (
        len(head) > 4
        or head.count("ว") > 1
        or head.count("/") > 1
        or ("/" in head and "ว" in head.split("/")[0])
    ):
        return False
    return _digits(digits) and len(digits) <= 6 and _one_kind(digits)


def _one_kind(digits: str) -> bool:
    return len({sign.isascii() for sign in digits}) <= 1


def _begins_time(text: str) -> bool:
    found = _TIME.fullmatch(text)
    if found is None:
        return False
    hour, minute, after = found["hour"], found["minute"] or "", found["after"] or ""
    return (not hour or _number(hour) < 24) and (not after or len(minute) == 2)


def _is_time(text: str) -> bool:
    found = _TIME.fullmatch(text)
    return found is not None and len(found["minute"] or "") == 2


_PARTS = re.compile(r"[/.\-]")
_YEARS = re.compile(r"(?:25)?[4-9]\d")


def _begins_date(text: str) -> bool:
    """Day, month and year in figures of one kind, two like signs between them."""
    parts, signs = _PARTS.split(text), _PARTS.findall(text)
    if len(parts) > 3 or len(set(signs)) > 1 or not all(map(_digits, parts)) or not _one_kind("".join(parts)):
        return False
    if any(not part for part in parts[:-1]) or len(parts[-1]) > 4:
        return False
    return all(
        len(part) <= 2 and _number(part or "0") <= most for part, most in zip(parts, (31, 12), strict=False)
    )


def _is_date(text: str) -> bool:
    parts = _PARTS.split(text)
    if len(parts) != 3 or not all(_number(part or "0") for part in parts):
        return False
    return _is_year(parts[2])


def _begins_receipt(text: str) -> bool:
    """Digits of one kind, and perhaps a slash and the year."""
    number, slash, year = text.partition("/")
    if not _digits(number) or not _digits(year) or len(number) > 6 or not _one_kind(number + year):
        return False
    return not slash or (bool(number) and _begins_year(year))


def _begins_year(text: str) -> bool:
    """A year of the Buddhist era, whole or its last two figures, or the beginning of one."""
    figures = "".join(str(_VALUES[sign]) for sign in text)
    return re.fullmatch(r"(?:25?[4-9]?\d?|[4-9]\d?)?", figures) is not None


def _is_receipt(text: str) -> bool:
    number, slash, year = text.partition("/")
    return bool(number) and (not slash or _is_year(year))


def _is_year(text: str) -> bool:
    return bool(text) and _YEARS.fullmatch(str(_number(text))) is not None


def _some_digit(text: str) -> bool:
    return bool(text) and text[-1] in _VALUES


DIGITS = Grammar(_digits, bool)
DAY = Grammar(_begins_day, lambda text: bool(text) and _number(text) >= 1)
"""A day of a month (วันที่), 1–31."""
RUNNING = Grammar(_begins_running, _some_digit)
"""A running number (เลขทะเบียนส่ง), ว and the slash before it as well."""
DATE = Grammar(_begins_date, _is_date)
"""A day in figures (วันที่รับ) such as 12/5/67."""
RECEIPT = Grammar(_begins_receipt, _is_receipt)
"""A receipt's number (เลขทะเบียนรับ), perhaps with its year: 1234, 1234/2567."""
TIME = Grammar(_begins_time, _is_time)
"""A time of day (เวลา) such as 09.30 น."""


def by_share(guesses: Sequence[Guess], least: float = 0.01) -> tuple[Guess, ...]:
    """The guesses that are worth showing."""
    return tuple(guess for guess in guesses if guess.share >= least)
