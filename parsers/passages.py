"""Passages: text that runs over several rows, joined so that every span still leads back to its ink."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from parsers.rows import Ink, Row
from schemas.ink import new

_THAI_LETTER = re.compile(r"[\u0e01-\u0e2e\u0e30-\u0e3a\u0e40-\u0e45\u0e47-\u0e4e]")
# Words that open a new name in a list of addressees, so that a break before them stands for a space.
_NEW_NAME = re.compile(
    r"นาย(?:ก|อำเภอ)|หัวหน้า|ผู้(?:ว่า|อำนวย|บริหาร|บัญชา)|อธิบดี|อธิการ|ปลัด|เลขาธิการ|องค์กร|คณบดี|ประธาน|รอง|และ|หรือ"
)
_FULL = 0.75  # a row that ends before this share of the page's width was ended on purpose


class _Piece(NamedTuple):
    start: int
    end: int
    ink: Ink


@dataclass(frozen=True, slots=True)
class Passage:
    """Joined text and the pieces of ink it came from."""

    text: str
    pieces: tuple[_Piece, ...]

    @property
    def inks(self) -> list[Ink]:
        """All its ink."""
        return [piece.ink for piece in self.pieces]

    def span(self, start: int, end: int) -> list[Ink]:
        """The ink of a span of the joined text; never empty for a passage with ink."""
        inks = []
        first = bisect_right(self.pieces, start, key=lambda piece: piece.end)
        for piece in self.pieces[first:]:
            low, high = max(start, piece.start), min(end, piece.end)
            if low >= high:
                break
            offset = piece.ink.start - piece.start
            inks.append(Ink(piece.ink.row, low + offset, high + offset))
        return inks or self.inks[:1]


def join(inks: Iterable[Ink], *, paragraphs: bool = False, centred: bool = False) -> Passage:
    """Join ink in reading order.

    Thai has no spaces between words: a break inside Thai text joins without one, unless the row was ended on
    purpose or a new name begins. A break beside a digit, a Latin letter or punctuation becomes a space. With
    `paragraphs` a paragraph's first row starts on a new line. In `centred` text every row ends early, so that
    says nothing.
    """
    texts: list[str] = []
    pieces: list[_Piece] = []
    last: Row | None = None
    at, before = 0, ""
    for ink in inks:
        part, said = ink, ink.text
        if said[:1] == " " or said[-1:] == " ":
            part = ink.stripped(" ")
            said = part.text
        if not said:
            continue
        if last is not None:
            glue = _glue(before[-1], last, part.row, said, paragraphs=paragraphs, centred=centred)
            texts.append(glue)
            at += len(glue)
        end = at + len(said)
        pieces.append(new(_Piece, (at, end, part)))
        texts.append(said)
        last, at, before = part.row, end, said
    return Passage("".join(texts), tuple(pieces))


def join_rows(rows: Sequence[Row], *, paragraphs: bool = False, centred: bool = False) -> Passage:
    """Join whole rows."""
    return join((row.ink() for row in rows), paragraphs=paragraphs, centred=centred)


def _glue(letter: str, last: Row, row: Row, said: str, *, paragraphs: bool, centred: bool) -> str:
    """What stands between two texts: `letter` ends the row `last`, `said` is what `row` goes on with."""
    if last.line is row.line:
        return " "
    if paragraphs and _new_paragraph(last, row):
        return "\n"
    if not _THAI_LETTER.match(letter) or not _THAI_LETTER.match(said):
        return " "
    if not centred and (_NEW_NAME.match(said) or (last.right is not None and last.right < _FULL)):
        return " "
    return ""


def _new_paragraph(last: Row, row: Row) -> bool:
    """Whether a row starts a paragraph: indented, or behind a row that ended early; a transcript's always."""
    if row.place is None or last.place is None or row.left is None or last.right is None:
        return True
    return last.right < _FULL or (row.page == last.page and row.place.x0 - last.place.x0 > 18)
