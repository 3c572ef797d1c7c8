"""Where in a letter the words of a question stand: pieces of text to show, and the search for near words."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache
from typing import NamedTuple

from rapidfuzz.distance import Levenshtein

from parsers.segment import plain, squashed, unseamed, words
from parsers.text import MARKS
from pipeline.store.query import Piece
from pipeline.store.records import RegisterRow

_AROUND = 45  # letters shown on each side of a find
_LEAST = 4  # letters of a word that may be damaged and still be known
_PACKED = '\u001f \n.,/()-"'
_SHOWN = ("number", "subject", "agency", "addressee", "signatory", "receipt_number")


class Snippet(NamedTuple):
    """A piece of text, and which parts of it answer the question."""

    field: str
    text: str
    marks: tuple[tuple[int, int], ...]


class Kept(NamedTuple):
    """A letter's text as the search keeps it."""

    letter_id: int
    head: str
    body: str


def packed(seamed_text: str) -> str:
    """A kept text without seams, spaces and the commonest signs, in lower case; quick, for going through many."""
    for char in _PACKED:
        seamed_text = seamed_text.replace(char, "")
    return seamed_text.lower()


@lru_cache(maxsize=256)
def _needle(text: str) -> str:
    return squashed(text)


def answers_nearly(packed_text: str, pieces: Sequence[Piece]) -> bool:
    """Whether each piece stands in a text, those not in quotes with at most one wrong letter."""
    return all(
        needle in packed_text or (may_be_damaged(piece) and _near_at(packed_text, needle) is not None)
        for piece in pieces
        if (needle := _needle(piece.text))
    )


def may_be_damaged(piece: Piece) -> bool:
    """Numbers and short words are too easily another number or word."""
    return len(_needle(piece.text)) >= _LEAST and may_be_mended(piece)


def may_be_mended(piece: Piece) -> bool:
    """Whether the dictionary may tell what a piece stands for: of a word of four letters three may be left."""
    needle = _needle(piece.text)
    return not piece.exact and len(needle) >= _LEAST - 1 and not any(char.isdigit() for char in needle)


def _near_at(text: str, needle: str) -> tuple[int, int] | None:
    """Where a needle stands with one wrong letter: one of its halves is whole."""
    half = len(needle) // 2
    for part, offset in ((needle[:half], 0), (needle[half:], half)):
        at = text.find(part)
        while at >= 0:
            for shift in (0,) if offset == 0 else (0, 1, -1):
                start = at - offset + shift
                for end in (start + len(needle), start + len(needle) - 1, start + len(needle) + 1):
                    if start >= 0 and Levenshtein.distance(needle, text[start:end], score_cutoff=1) <= 1:
                        return start, end
            at = text.find(part, at + 1)
    return None


def shown(row: RegisterRow, pieces: Sequence[Piece]) -> Snippet | None:
    """The first field of a row that answers; None: the letter's text has to be looked at."""
    for field in _SHOWN:
        value = getattr(row, field)
        if value:
            text = plain(value)
            marks = tuple(_marks(text, pieces))
            if marks:
                return Snippet(field, text, marks)
    return None


def snippet(row: RegisterRow, kept: Kept | None, pieces: Sequence[Piece]) -> Snippet:
    """What to show of a letter none of whose fields answers: where its text does, else the subject."""
    if kept is not None:
        for field, seamed_text in (("head", kept.head), ("body", kept.body)):
            text = unseamed(seamed_text)
            marks = tuple(_marks(text, pieces)) or tuple(_near_marks(text, pieces))
            if marks:
                return _window(field, text, marks)
    return Snippet("subject", plain(row.subject or row.file), ())


@lru_cache(maxsize=256)
def _pattern(text: str) -> re.Pattern[str] | None:
    """The words of a question side by side; cut once for all hits."""
    parts = words(text)
    return re.compile(rf"[^\w{MARKS}]*".join(re.escape(part) for part in parts)) if parts else None


def _marks(text: str, pieces: Sequence[Piece]) -> Iterator[tuple[int, int]]:
    lowered = text.lower()
    if len(lowered) != len(text):
        lowered = text
    found: set[tuple[int, int]] = set()
    for piece in pieces:
        pattern = _pattern(piece.text)
        if pattern is not None:
            found.update(each.span() for each in pattern.finditer(lowered))
    last = 0
    for start, end in sorted(found):
        if start >= last:
            yield start, end
            last = end


def _near_marks(text: str, pieces: Sequence[Piece]) -> Iterator[tuple[int, int]]:
    """Where a damaged word stands, in the text with its spaces."""
    places = [place for place, char in enumerate(text) if char not in _PACKED]
    small = packed(text)
    if len(small) != len(places):
        return
    for piece in pieces:
        found = _near_at(small, _needle(piece.text)) if may_be_damaged(piece) else None
        if found is not None and found[1] <= len(places):
            yield places[found[0]], places[found[1] - 1] + 1


def _window(field: str, text: str, marks: Sequence[tuple[int, int]]) -> Snippet:
    """The surroundings of the first find, on one line."""
    first = marks[0]
    start, end = max(0, first[0] - _AROUND), min(len(text), first[1] + _AROUND)
    while (
        start > 0
        and text[start] in "\u0e31\u0e34\u0e35\u0e36\u0e37\u0e38\u0e39\u0e47\u0e48\u0e49\u0e4a\u0e4b\u0e4c"
    ):
        start -= 1  # never begin with a mark that has lost its consonant
    left, right = "…" if start else "", "…" if end < len(text) else ""
    inside = [(low, high) for low, high in marks if low >= start and high <= end]
    shown = text[start:end].replace("\n", " ")
    offset = len(left) - start
    return Snippet(
        field, f"{left}{shown}{right}", tuple((low + offset, high + offset) for low, high in inside)
    )
