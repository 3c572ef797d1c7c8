"""Entries: the numbered, bulleted or line-by-line items that a running text is made of."""

from __future__ import annotations

import re
from itertools import pairwise
from typing import Literal, NamedTuple

from parsers.text import to_arabic

EntryKind = Literal["part", "number", "sub", "bullet", "line"]
"""A part's heading (หมวดที่ ๑), an item (๑. ข้อ ๑), an item within an item (๑.๑, (๑)), a bullet, or a bare line."""

PART = r"(?:หมวด|ส่วน|มิติ|ด้าน|ตอน|องค์ประกอบ|ประเด็น|[Pp]art)\s?(?:ที่)?\s?[0-9๐-๙]{1,2}(?![0-9๐-๙.])"
"""The heading of a part, as part of a larger pattern."""

_MARK = re.compile(
    rf"(?:^|(?<=\s))(?:(?P<part>{PART})"
    r"|(?:ข้อ\s?)?(?P<sub>[0-9๐-๙]{1,2}(?:\.[0-9๐-๙]{1,2}){1,3}|\([0-9๐-๙]{1,2}|[0-9๐-๙]{1,2}-[0-9๐-๙]{1,2})"
    r"(?:[.)]{1,2}\s?|\s)(?![0-9๐-๙])"
    r"|(?:ข้อ\s?(?:ที่\s?)?)?(?P<number>[0-9๐-๙]{1,2})\s?[.)]{1,2}(?![0-9๐-๙])"
    r"|ข้อ\s?(?:ที่\s?)?(?P<clause>[0-9๐-๙]{1,2})(?=\s)"
    r"|(?P<bullet>[-–•●▪◦*✓✔])(?=\s?[^\s0-9๐-๙]))\s*",
    re.MULTILINE,
)


class Entry(NamedTuple):
    """One item: where its marker begins, where its own text begins and ends."""

    start: int
    body: int
    end: int
    kind: EntryKind
    number: int | None  # of an item; None for parts, sub-items, bullets and lines


def find_entries(text: str) -> list[Entry]:
    """The items of a text in order, none lying in another; every line starts one.

    An item's number must follow the number before it, or begin anew at 1 on a new line: other numbers belong
    to the text (ตาม ๓) และ …).

    >>> [(e.kind, "๑) ก ๒) ข\\nค"[e.body:e.end]) for e in find_entries("๑) ก ๒) ข\\nค")]
    [('number', 'ก'), ('number', 'ข'), ('line', 'ค')]
    """
    marks = _marks(text)
    lines = [0, *(found.end() for found in re.finditer(r"\n", text))]
    taken = {mark.start for mark in marks}
    marks += [Entry(at, at, at, "line", None) for at in lines if at not in taken]
    marks.sort()
    starts = [mark.start for mark in marks] + [len(text)]
    entries = []
    for mark, (_, end) in zip(marks, pairwise(starts), strict=True):
        stop = len(text[:end].rstrip())
        if stop > mark.body:
            entries.append(mark._replace(end=stop))
    return entries


def _marks(text: str) -> list[Entry]:
    marks: list[Entry] = []
    last = inner = 0
    for found in _MARK.finditer(text):
        fresh = found.start() == 0 or text[found.start() - 1] == "\n"
        digits = found["number"] or found["clause"]
        if digits is not None:
            number = int(to_arabic(digits))
            if number != last + 1 and not (number == 1 or (fresh and last == 0)):
                if not fresh:
                    continue
            elif number == 1 and last and not fresh:
                continue
            last = number
            marks.append(Entry(found.start(), found.end(), 0, "number", number))
        elif found["part"] is not None:
            marks.append(Entry(found.start(), found.start(), 0, "part", None))
        elif found["sub"] is not None:
            above = re.match(r"[0-9๐-๙]+", found["sub"])
            bracketed = int(to_arabic(found["sub"][1:])) if found["sub"][0] == "(" else 0
            follows = (above and int(to_arabic(above[0])) == last) or (inner and bracketed == inner + 1)
            if not fresh and not follows:
                continue  # 13.30
            inner = bracketed
            marks.append(Entry(found.start(), found.end(), 0, "sub", None))
        elif fresh:
            marks.append(Entry(found.start(), found.end(), 0, "bullet", None))
    return marks
