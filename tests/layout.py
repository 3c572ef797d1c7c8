"""Pages for tests, set by hand: texts at places in points, with a box for every word."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from schemas.ink import Box, Ink, Line, Page, Word, union

A4 = (595.0, 842.0)
_SIZE = 16.0  # points of type, as letters are set
_MARKS = set("ัิีึืฺุู็่้๊๋์ํ๎")


def width(text: str, size: float = _SIZE) -> float:
    """About how wide a text is in a Thai text face; marks above and below take no room."""
    return sum(0.0 if char in _MARKS else 0.26 if char in " .,/" else 0.42 for char in text) * size


def line(
    x: float,
    y: float,
    text: str,
    *,
    page: int = 1,
    size: float = _SIZE,
    confidence: float = 0.95,
    ink: Ink = "black",
) -> Line:
    """A line with its left edge at x and its top at y; two or more spaces make a gap of that many."""
    words: list[Word] = []
    at = x
    for part in text.split(" "):
        if part:
            wide = width(part, size)
            words.append(Word(text=part, box=Box(at, y, at + wide, y + size), confidence=confidence))
            at += wide
        at += 0.26 * size
    return Line(
        text=" ".join(text.split()),
        page=page,
        box=union(word.box for word in words),
        words=tuple(words),
        confidence=confidence,
        ink=ink,
    )


def page(lines: Iterable[Line], number: int = 1, *, skew: float = 0.0) -> Page:
    """An A4 page of lines, sorted as a reader gives them: top to bottom, then left to right."""
    mine = sorted(
        lines, key=lambda one: (round(one.box.y0 / 6) if one.box else 0, one.box.x0 if one.box else 0)
    )
    return Page(number=number, width=A4[0], height=A4[1], lines=tuple(mine), skew=skew)


def words_of(rows: Sequence[str], page_number: int = 1) -> Page:
    """A page of a transcript: lines without boxes."""
    lines = tuple(Line(text=row, page=page_number, confidence=0.85, reader="transcript") for row in rows)
    return Page(number=page_number, width=0, height=0, lines=lines, reader="transcript")
