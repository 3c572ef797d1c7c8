"""Where the words of a page are written into its text layer: each line once, its words side by side in their order."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import NamedTuple

from schemas.ink import Box, Line, Page

_SAME_INK = 0.5  # share of the smaller of two boxes from which they hold the same ink
_FAR = 1.2  # heights of a line: programs that copy text take a wider gap for the end of a column
_GAP = 0.25  # heights of a line, between words whose boxes leave none
_LEAST = 0.15  # of a line's height: a narrower word lies in no order with its neighbours


class Placed(NamedTuple):
    """A word, the box that it is stretched to, and whether it is the last of its line."""

    text: str
    box: Box
    last: bool


def placed(page: Page) -> Iterator[Placed]:
    """All words of a page in reading order."""
    for line in lines_once(page.lines):
        yield from _words(line, page.turned)


def lines_once(lines: Sequence[Line]) -> list[Line]:
    """The lines without scraps of pen that were read once more, as a part of the line that they belong to."""
    again = [line for line in lines if line.reader == "hand"]
    return [line for line in lines if not any(_is_scrap(line, other) for other in again)]


def _is_scrap(line: Line, again: Line) -> bool:
    if line is again or line.box is None or again.box is None or line.reader == "hand":
        return False
    one, other = line.box, again.box
    wide = min(one.x1, other.x1) - max(one.x0, other.x0)
    high = min(one.y1, other.y1) - max(one.y0, other.y0)
    smaller = min(one.width * one.height, other.width * other.height)
    return min(wide, high) > 0 and wide * high > _SAME_INK * smaller and line.confidence <= again.confidence


def _words(line: Line, turned: int) -> Iterator[Placed]:
    words = [(word.text, word.box) for word in line.words if word.box is not None and word.text.strip()]
    if not words:
        return
    boxes = [box for _, box in words]
    whole = line.box or Box(
        min(b.x0 for b in boxes), min(b.y0 for b in boxes), max(b.x1 for b in boxes), max(b.y1 for b in boxes)
    )
    high = whole.width if turned in (90, 270) else whole.height
    spans = _side_by_side([_along(box, turned) for box in boxes], high)
    if spans is None:  # their boxes lie in no order: they share the line by their lengths
        spans = _shared(_along(whole, turned), [len(text) for text, _ in words])
    for place, ((text, _), span) in enumerate(zip(words, spans, strict=True)):
        yield Placed(text, _across(span, whole, turned), place == len(words) - 1)


def _side_by_side(spans: Sequence[tuple[float, float]], high: float) -> list[tuple[float, float]] | None:
    """Spans in which none reaches into the next one, and none stands far from it; None where they have no order."""
    made = []
    for (start, end), (following, _) in pairwise([*spans, (float("inf"), 0.0)]):
        gap = following - end
        if gap < 0 or _FAR * high < gap < float("inf"):
            end = following - _GAP * high
        if end - start < _LEAST * high:
            return None
        made.append((start, end))
    return made


def _shared(whole: tuple[float, float], lengths: Sequence[int]) -> list[tuple[float, float]]:
    """A line's length shared among its words, with a letter's room between two."""
    step = (whole[1] - whole[0]) / (sum(lengths) + len(lengths) - 1)
    made, at = [], whole[0]
    for length in lengths:
        made.append((at, at + length * step))
        at += (length + 1) * step
    return made


def _along(box: Box, turned: int) -> tuple[float, float]:
    """A box as a stretch of its line, growing as the text runs."""
    return {
        0: (box.x0, box.x1),
        90: (-box.y1, -box.y0),  # it was turned clockwise to stand upright: as scanned, text runs upwards
        180: (-box.x1, -box.x0),
        270: (box.y0, box.y1),
    }[turned]


def _across(span: tuple[float, float], line: Box, turned: int) -> Box:
    """A stretch of a line as a box as high as the line, so that all its words stand on one baseline."""
    start, end = span
    return {
        0: Box(start, line.y0, end, line.y1),
        90: Box(line.x0, -end, line.x1, -start),
        180: Box(-end, line.y0, -start, line.y1),
        270: Box(line.x0, start, line.x1, end),
    }[turned]
