"""Rows: lines of ink as the field readers see them, cleaned word by word so that every span keeps its box."""

from __future__ import annotations

import datetime as dt
import math
import re
from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache
from itertools import pairwise
from typing import Any, NamedTuple, TypeVar

from parsers.text import is_odd, normalise
from schemas.ink import Box, Char, Line, Page, Word, new, union
from schemas.letter import LetterNumber
from schemas.reading import Reading

T = TypeVar("T")

# A reading made as what the fields hold is not looked at once more when it is put into one.
_KINDS: dict[type, type[Reading[Any]]] = {
    str: Reading[str],
    int: Reading[int],
    float: Reading[float],
    dt.date: Reading[dt.date],
    dt.time: Reading[dt.time],
    LetterNumber: Reading[LetterNumber],
}

_GIVEN = set(Reading.model_fields)

# A gap this wide (in line heights, and never less than in points) parts two texts on one height.
_GAP_HEIGHTS, _GAP_POINTS = 2.5, 36.0
_LETTERS = re.compile(r"[\u0e01-\u0e2eA-Za-z]")
_DIGIT = re.compile(r"\d")
# An engine is about as sure of a wrong pen digit as of a right one.
_BY_HAND = 0.88
# An urgency mark on one height with the heading or the number is a text of its own.
_URGENT_BEHIND = re.compile(
    r"รับ\S{0,4}\s?[0-9๐-๙]{1,6}(?=\s?ด่วน(?:ที่สุด|มาก)?\W{0,2}$)"
)  # behind a stamp's number
_URGENT = re.compile(r"^\W{0,3}ด่วน(?:ที่สุด|มาก)?\s+(?=บันทึกข้อ|ที่\s[ก-ฮ])")
# Printed to the right of its own value, so it is never a text of its own.
_KEEPS_LEFT = re.compile(
    r"^(?:จ[\u0e47-\u0e4e]?[ำา]?\s?น[\u0e47-\u0e4e]?ว[\u0e47-\u0e4e]?น|\d{1,3}\s|[)\].,])"
)


class Token(NamedTuple):
    """One word in a row's cleaned text, with its own ink."""

    start: int
    end: int
    raw: str
    box: Box | None
    confidence: float
    chars: tuple[Char, ...] = ()
    place: Box | None = None  # its box on the page stood upright and levelled
    others: tuple[str, ...] = ()  # what else its ink may say


class Row(NamedTuple):
    """One piece of text on one height. What is asked of it again and again is kept, not told anew each time."""

    text: str
    tokens: tuple[Token, ...]
    line: Line
    order: int
    page: int  # the number of its page
    place: Box | None = None  # its box on the page stood upright and levelled; None without geometry
    width: float = 0.0  # of the page, as it stands upright; the height as well
    height: float = 0.0
    left: float | None = None  # left edge as a share of the page's width; None without geometry
    right: float | None = None
    centre: float | None = None
    top: float | None = None  # middle of its height as a share of the page's height

    def ink(self, start: int = 0, end: int | None = None) -> Ink:
        """The ink of a span of the row's text."""
        return new(Ink, (self, start, len(self.text) if end is None else end))


class Ink(NamedTuple):
    """A span of one row."""

    row: Row
    start: int
    end: int

    @property
    def text(self) -> str:
        """The cleaned text of the span."""
        return self.row.text[self.start : self.end]

    def tokens(self) -> Sequence[Token]:
        """The words that the span touches."""
        start, end = self.start, self.end
        if start == 0 and end >= len(self.row.text):
            return self.row.tokens
        return [token for token in self.row.tokens if token.start < end and token.end > start]

    @property
    def place(self) -> Box | None:
        """Where it stands on the upright, level page."""
        if self.start == 0 and self.end >= len(self.row.text) and self.row.place is not None:
            return self.row.place
        return union([token.place for token in self.tokens()]) or self.row.place

    def words(self) -> Ink:
        """The same ink without scraps at its ends, such as stamp borders and dirt leave."""
        kept = [t for t in self.tokens() if len(_LETTERS.findall(t.raw)) > 1 or _DIGIT.search(t.raw)]
        if not kept:
            return self.stripped()
        return Ink(self.row, max(self.start, kept[0].start), min(self.end, kept[-1].end)).stripped()

    def variants(self) -> list[str]:
        """The span's text as it would be if a second reader were right about one of its words."""
        return [
            self.row.text[self.start : token.start] + other + self.row.text[token.end : self.end]
            for token in self.tokens()
            for other in token.others
            if token.start >= self.start and token.end <= self.end
        ]

    def stripped(self, junk: str = " \t.…_:;,") -> Ink:
        """The same ink without blanks and leaders at its ends."""
        text = self.text
        if text and text[0] not in junk and text[-1] not in junk:
            return self
        start = self.start + len(text) - len(text.lstrip(junk))
        return Ink(self.row, start, max(start, self.start + len(text.rstrip(junk))))


class Sheets(dict[int, Page]):
    """Pages by number that remember the rows into which their lines were cut, so that each is cut once.

    Lines are known by their identity: the lines of these very pages, which must outlive the mapping.
    """

    def __init__(self, pages: Iterable[Page]) -> None:
        super().__init__((page.number, page) for page in pages)
        self.cut: dict[int, tuple[Row, ...]] = {}


def make_rows(lines: Iterable[Line], pages: Mapping[int, Page]) -> list[Row]:
    """Lines to rows: cleaned word by word, levelled, and parted at wide gaps; blank lines are dropped."""
    kept = pages.cut if isinstance(pages, Sheets) else {}
    sheets: dict[int, _Sheet | None] = {}
    rows: list[Row] = []
    for line in lines:
        known = kept.get(id(line))
        if known is None:
            number = line.page
            if number not in sheets:
                page = pages.get(number)
                sheets[number] = _Sheet.of(page) if page is not None else None
            known = _rows_of(line, sheets[number])
        if (known and known[0].order != len(rows)) or (len(known) > 1 and known[1].order != len(rows) + 1):
            known = tuple(numbered(row, at) for at, row in enumerate(known, len(rows)))
        kept[id(line)] = known
        rows += known
    return rows


class _Sheet(NamedTuple):
    """A page as its lines are cut: its size as it stands upright, and how it is to be turned and levelled."""

    page: Page
    width: float
    height: float
    turned: bool
    halved: bool
    middle: float
    slope: float  # 0.0 on a level page

    @classmethod
    def of(cls, page: Page) -> _Sheet:
        """The sheet of a page."""
        width, height = upright_size(page)
        slope = _slope(page.skew) if page.skew else 0.0
        middle = width if page.halved else width / 2  # of the sheet
        return cls(page, width, height, page.turned != 0, page.halved, middle, slope)


def numbered(row: Row, order: int) -> Row:
    """The row at a place of the reading order."""
    return row if row.order == order else new(Row, (*row[:3], order, *row[4:]))


def _made(
    text: str, tokens: tuple[Token, ...], line: Line, place: Box | None, size: tuple[float, float]
) -> Row:
    """A row whose order is not known yet; `size` is that of its page, nothing without geometry."""
    width, height = size
    if place is None or not width:
        return Row(text, tokens, line, 0, line.page, place, width, height)
    x0, y0, x1, y1 = place
    top = (y0 + y1) / 2 / height if height else None
    return Row(
        text, tokens, line, 0, line.page, place, width, height,
        x0 / width, x1 / width, (x0 + x1) / 2 / width, top,
    )  # fmt: skip


def _rows_of(line: Line, sheet: _Sheet | None) -> tuple[Row, ...]:
    rows = []
    box = line.box
    text, tokens = _tokens(line, sheet)
    for part in _split(tokens, box, sheet):
        row = _row(text, part, line, box, sheet)
        urgent = _URGENT.match(row.text) or _URGENT_BEHIND.search(row.text)
        rows += part_row(row, [urgent.end()]) if urgent is not None else [row]
    return tuple([row for row in rows if row.text.strip()])


def part_row(row: Row, at: Sequence[int]) -> list[Row]:
    """A row parted before the given places of its text; without places, the row itself."""
    if not at:
        return [row]
    cuts = [cut for cut in sorted(set(at)) if 0 < cut < len(row.text)]
    if not cuts:
        return [row]
    parts = [_part(row, start, end) for start, end in pairwise([0, *cuts, len(row.text)])]
    return [part for part in parts if part.text]


def reading(
    value: T | None,
    inks: Sequence[Ink],
    *,
    trust: float = 1.0,
    strict: bool = False,
    candidates: Iterable[T] = (),
) -> Reading[T]:
    """A value with its ink; `trust` scales its confidence, `strict` lets the worst digits decide."""
    own = [ink.tokens() for ink in inks]
    tokens = own[0] if len(own) == 1 else [token for each in own for token in each]
    weighed, letters = 0.0, 0
    for token in tokens:
        weight = len(token.raw) or 1
        weighed += token.confidence * weight
        letters += weight
    confidence = weighed / letters if tokens else 0.0
    if strict:
        confidence = min([confidence, *(t.confidence for t in tokens if _DIGIT.search(t.raw))])
        if any(ink.row.line.reader == "hand" for ink in inks):
            confidence *= _BY_HAND
    first = inks[0].row
    made = {
        "value": value,
        "raw": " ".join([part for part in map(_raw, inks, own) if part]),
        "page": first.page,
        "box": _box(inks[0], own[0])
        if len(inks) == 1
        else union(
            [_box(ink, each) for ink, each in zip(inks, own, strict=True) if ink.row.page == first.page]
        ),
        "confidence": round(max(0.0, min(1.0, confidence * trust)), 4),
        "reader": first.line.reader,
        "candidates": tuple(candidates),
    }
    kind = _KINDS.get(type(value))
    return Reading(**made) if kind is None else kind.of_known(made, _GIVEN)


def same_height(one: Row, other: Row) -> bool:
    """Whether two rows stand beside each other on one page."""
    if one.page != other.page or one.place is None or other.place is None:
        return False
    left, top, right, bottom = one.place
    x0, y0, x1, y1 = other.place
    # the boxes of lines on a curved page overlap, too, but such lines stand below one another
    if min(right, x1) - max(left, x0) >= 0.4 * min(right - left, x1 - x0):
        return False
    return min(bottom, y1) - max(top, y0) > 0.5 * min(bottom - top, y1 - y0)


def level(box: Box, page: Page) -> Box:
    """A box of the page as scanned, on the page stood upright and turned level."""
    return _placed([box], _Sheet.of(page))[0] or box


def _placed(boxes: Sequence[Box | None], sheet: _Sheet) -> Sequence[Box | None]:
    """Where boxes of one page stand when it is stood upright and levelled.

    The right half of a sheet of two pages stands under the left one.
    """
    if sheet.turned:
        boxes = [None if box is None else _upright(box, sheet.page) for box in boxes]
    middle, slope, halved = sheet.middle, sheet.slope, sheet.halved
    if not slope and not halved:
        return boxes
    placed: list[Box | None] = []
    for box in boxes:
        if box is None:
            placed.append(None)
            continue
        x0, y0, x1, y1 = box
        fall = ((x0 + x1) / 2 - middle) * slope
        aside, down = (middle, sheet.height) if halved and x0 + x1 > 2 * middle else (0.0, 0.0)
        placed.append(new(Box, (x0 - aside, y0 - fall + down, x1 - aside, y1 - fall + down)))
    return placed


@lru_cache(maxsize=256)
def _slope(skew: float) -> float:
    return math.tan(math.radians(skew))


def _upright(box: Box, page: Page) -> Box:
    """A box of a page that was scanned lying, on the page stood upright."""
    width, height = page.width, page.height
    if page.turned == 90:
        return Box(height - box.y1, box.x0, height - box.y0, box.x1)
    if page.turned == 180:
        return Box(width - box.x1, height - box.y1, width - box.x0, height - box.y0)
    return Box(box.y0, width - box.x1, box.y1, width - box.x0)


def upright_size(page: Page) -> tuple[float, float]:
    """Width and height of the page stood upright; of one page where two stand on a sheet."""
    width, height = (page.height, page.width) if page.turned in (90, 270) else (page.width, page.height)
    return (width / 2, height) if page.halved else (width, height)


def _tokens(line: Line, sheet: _Sheet | None) -> tuple[str, list[Token]]:
    """A line's cleaned text, and its words in it."""
    words: Sequence[Word] = line.words
    if not words:
        words = [Word(text=part, confidence=line.confidence) for part in line.text.split()]
    told = [
        vars(word) for word in words
    ]  # their fields are asked for one by one, which takes longer of a record
    said: list[str] = [word["text"] for word in told]
    if is_odd(" ".join(said)):
        said = [normalise(text).strip() for text in said]
    boxes: list[Box | None] = [word["box"] for word in told]
    places = _placed(boxes, sheet) if sheet is not None else [None] * len(boxes)
    tokens, at = [], 0
    for word, clean, box, place in zip(told, said, boxes, places, strict=True):
        if not clean:
            continue
        end = at + len(clean)
        tokens.append(
            new(
                Token,
                (at, end, word["text"], box, word["confidence"], word["chars"], place, word["alternatives"]),
            )
        )
        at = end + 1
    return " ".join([clean for clean in said if clean]), tokens


def _split(tokens: list[Token], box: Box | None, sheet: _Sheet | None) -> list[list[Token]]:
    """Part the words of a line where a right-hand text begins on the height of a left-hand one."""
    if len(tokens) == 1 or sheet is None or not sheet.page.width or box is None:
        return [tokens]
    if any(token.box is None for token in tokens):
        return [tokens]
    right = math.inf
    parts: list[list[Token]] = []
    for token in tokens:
        place = token.place
        near = place is not None and place.x0 - right <= _GAP_POINTS
        right = place.x1 if place is not None else math.inf
        if parts and (near or not _parts_here(parts[-1], token, sheet.width)):
            parts[-1].append(token)
        else:
            parts.append([token])
    return parts


def _parts_here(before: list[Token], token: Token, width: float) -> bool:
    here, last = token.place, before[-1].place
    if here is None or last is None:
        return False
    gap = here.x0 - last.x1
    if gap <= _GAP_POINTS or here.x0 < 0.42 * width:
        return False
    if gap <= _GAP_HEIGHTS * min(here.height, last.height):
        return False
    said = sum(len(t.raw) for t in before)
    return said > 3 and not _KEEPS_LEFT.match(normalise(token.raw) + " ")


def _row(said: str, tokens: list[Token], line: Line, box: Box | None, sheet: _Sheet | None) -> Row:
    """A row of some words of a line, whose whole text is `said` and whose box is `box`."""
    text = said[tokens[0].start : tokens[-1].end] if tokens else ""
    if tokens and tokens[0].start:  # a right-hand part: count from its own start
        shift = tokens[0].start
        tokens = [t._replace(start=t.start - shift, end=t.end - shift) for t in tokens]
    if sheet is None or not sheet.width or not sheet.height or box is None:
        return _made(text, tuple(tokens), line, None, (0.0, 0.0))
    place = union([t.place for t in tokens]) or _placed([box], sheet)[0]
    return _made(text, tuple(tokens), line, place, (sheet.width, sheet.height))


def _part(row: Row, start: int, end: int) -> Row:
    ink = row.ink(start, end).stripped(" ")
    tokens = tuple(t._replace(start=t.start - ink.start, end=t.end - ink.start) for t in ink.tokens())
    return numbered(_made(ink.text, tokens, row.line, ink.place, (row.width, row.height)), row.order)


def _cut(token: Token, ink: Ink) -> tuple[int, int] | None:
    """The span inside the token's raw text, when cleaning did not change its length."""
    if len(token.raw) != token.end - token.start:
        return None
    return max(0, ink.start - token.start), min(len(token.raw), ink.end - token.start)


def _raw(ink: Ink, tokens: Sequence[Token]) -> str:
    """What was read as an ink, `tokens` being its words."""
    if ink.start == 0 and ink.end >= len(ink.row.text):
        return " ".join([token.raw for token in tokens])
    words = []
    for token in tokens:
        cut = _cut(token, ink)
        words.append(token.raw[slice(*cut)] if cut else token.raw)
    return " ".join(words)


def _box(ink: Ink, tokens: Sequence[Token]) -> Box | None:
    """The box around an ink, `tokens` being its words; of a word that it cuts, the box of the letters it has."""
    boxes: list[Box | None] = []
    for token in tokens:
        if token.box is not None and ink.start <= token.start and token.end <= ink.end:
            boxes.append(token.box)
            continue
        cut = _cut(token, ink)
        if cut and token.chars and len(token.chars) == len(token.raw):
            boxes.extend([char.box for char in token.chars[slice(*cut)]])
        else:
            boxes.append(token.box or ink.row.line.box)
    return union(boxes) or ink.row.line.box
