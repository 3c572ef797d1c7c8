"""Times of day: ๐๙.๓๐ น., 11:00, เวลา ๐๙๐๐ น., บ่ายสองโมง, and from one to another."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import time
from typing import NamedTuple

from parsers.numerals import COUNT, read_count
from parsers.text import LETTERS, fold, mend_zeros


class FoundTime(NamedTuple):
    """A time seen in a text, and the time it lasts until; value None when it is not a real one.

    24.00 น., the end of a day, is given as 23:59.
    """

    start: int
    end: int
    value: time | None
    until: time | None


class _Token(NamedTuple):
    """One time in folded text; `sure` when something beside the figures says that it is one."""

    start: int
    end: int
    value: time | None
    sure: bool


# น. is also the first letter of titles: น.ส., น.อ., น.สพ.
_UNIT = rf"(?: ?(?:น\.(?! ?[ก-ฮ]{{1,2}}\.)|น(?![{LETTERS}.])|นาฬิกา|hrs?\.?(?![A-Za-z])))"
_HALF = r"(?: ?(?P<half>[AaPp])\.?[Mm](?![A-Za-z])\.?)"
# The figures stand first in these, so that a search goes quickly past what is none; what is before them comes second.
_LABEL = re.compile(r"(?:เวลา|[Tt]ime) ?:?(?: ?(?:\.{2,80}|…{1,40}|_{2,80}))? ?\Z")
_CLOCK = re.compile(
    r"(?P<hour>[0-9](?<![0-9.:/].)[0-9]?)(?P<mark> ?[.:] ?)(?P<minute>[0-9]{2})(?![0-9])(?::[0-9]{2}(?![0-9]))?"
    rf"(?![.:][0-9])(?:(?P<unit>{_UNIT})|{_HALF})?"
)
_BLOCK = re.compile(
    rf"(?P<hour>[0-9](?<![0-9.:/,-].)[0-9])(?P<minute>[0-9]{{2}})(?![0-9/])(?P<unit>{_UNIT})?"
)
_HOUR = re.compile(
    rf"(?P<hour>[0-9](?<![0-9.:/,].)[0-9]?)(?:{_UNIT}(?: ?(?P<minute>[0-9]{{1,2}}) ?นาที)?|{_HALF})"
)
_SPOKEN = re.compile(
    rf"บ่าย ?(?P<afternoon>{COUNT})? ?โมง|(?P<noon>เที่ยงวัน|เที่ยงคืน)|"
    rf"(?<![0-9.])(?P<hour>{COUNT}) ?(?P<part>โมง ?(?:เช้า|เย็น)?|ทุ่ม)"
)
_FIGURE = re.compile("[0-9]")
_TO = re.compile(r" ?(?:[-–—−~]|(?:จน)?ถึง) ?(?:เวลา ?)?")


def find_times(text: str) -> list[FoundTime]:
    """All times of a text in their order; two joined by a dash or ถึง are one find."""
    folded = mend_zeros(fold(text))
    return [
        found._replace(start=start, end=end)
        for found in see_times(folded.text)
        for start, end in [folded.span(found.start, found.end)]
    ]


def see_times(text: str) -> list[FoundTime]:
    """The times of a text that is folded already."""
    tokens = _tokens(text)
    found: list[FoundTime] = []
    at = 0
    while at < len(tokens):
        one, two = tokens[at], tokens[at + 1] if at + 1 < len(tokens) else None
        joined = two is not None and _TO.fullmatch(text, one.end, two.start) is not None
        if two is not None and joined and (one.sure or two.sure):
            found.append(FoundTime(one.start, two.end, one.value, two.value))
            at += 2
            continue
        if one.sure:
            found.append(FoundTime(one.start, one.end, one.value, None))
        at += 1
    return found


def _tokens(text: str) -> list[_Token]:
    figures = _FIGURE.search(text) is not None
    spoken = "โมง" in text or "เที่ยง" in text or "ทุ่ม" in text
    every = sorted(
        (
            *((*_clocks(text), *_blocks(text), *_hours(text)) if figures else ()),
            *(_spoken(text) if spoken else ()),
        ),
        key=lambda token: (token.start, -token.end),
    )
    apart: list[_Token] = []
    for token in every:
        if not apart or token.start >= apart[-1].end:
            apart.append(token)
    return apart


def _labelled(text: str, start: int) -> bool:
    return _LABEL.search(text[max(0, start - 90) : start]) is not None


def _clocks(text: str) -> Iterator[_Token]:
    for found in _CLOCK.finditer(text):
        value = _time(int(found["hour"]), int(found["minute"]), found["half"])
        named = bool(found["unit"] or found["half"]) or _labelled(text, found.start())
        colon = found["mark"] == ":" and len(found["hour"]) == 2 and value is not None
        end = found.end()
        yield _Token(found.start(), end, value, named or colon)


def _blocks(text: str) -> Iterator[_Token]:
    """Four figures: เวลา ๐๙๐๐ น.; with น. alone only where no year stands."""
    for found in _BLOCK.finditer(text):
        value = _time(int(found["hour"]), int(found["minute"]), None)
        if value is not None and (found["unit"] or _labelled(text, found.start())):
            yield _Token(found.start(), found.end(), value, sure=True)


def _hours(text: str) -> Iterator[_Token]:
    for found in _HOUR.finditer(text):
        value = _time(int(found["hour"]), int(found["minute"] or 0), found["half"])
        if value is not None:
            yield _Token(found.start(), found.end(), value, sure=True)


def _spoken(text: str) -> Iterator[_Token]:
    for found in _SPOKEN.finditer(text):
        hour = _spoken_hour(found)
        if hour is not None:
            yield _Token(found.start(), found.end(), time(hour), sure=True)


def _spoken_hour(found: re.Match[str]) -> int | None:
    if found["noon"]:
        return 12 if found["noon"] == "เที่ยงวัน" else 0
    if found["hour"] is None:
        count = read_count(found["afternoon"]) if found["afternoon"] else 1
        return None if count is None or not 1 <= count <= 5 else 12 + count
    count, part = read_count(found["hour"]), found["part"].replace(" ", "")
    if count is None:
        return None
    if part == "โมงเย็น":
        return 12 + count if 3 <= count <= 6 else None
    if part == "ทุ่ม":
        return 18 + count if 1 <= count <= 5 else None
    return count if 6 <= count <= 11 else None  # others need more words: ๓ โมง is morning or afternoon


def _time(hour: int, minute: int, half: str | None) -> time | None:
    if half is not None:
        if not 1 <= hour <= 12:
            return None
        hour = hour % 12 + (12 if half in "Pp" else 0)
    if (hour, minute) == (24, 0):
        return time(23, 59)
    return time(hour, minute) if hour < 24 and minute < 60 else None
