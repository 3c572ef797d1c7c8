"""Draw a document: its letters one after another, each by the layout of its kind."""

from __future__ import annotations

import random
import zlib
from collections.abc import Callable
from dataclasses import dataclass

from samples import forms
from samples.content import Letter, Sample
from samples.letterhead import external, memo
from samples.paper import HEIGHT, RED, WIDTH, Drawn, Paper, Style
from samples.pen import BLUE, Hand
from samples.stamps import receipt

LAYOUTS: dict[str, Callable[[Paper, Letter, Hand], None]] = {
    "external": external,
    "memo": memo,
    "stamped": forms.stamped,
    "order": forms.order,
    "announcement": forms.announcement,
    "certificate": forms.certificate,
    "plain": forms.plain,
}


@dataclass(frozen=True)
class Drawing:
    """A drawn document: its print and its ink as PDF bytes, which pages each letter takes, and all lines."""

    print: bytes
    ink: bytes
    letter_pages: tuple[tuple[int, ...], ...]
    lines: tuple[tuple[Drawn, ...], ...]


def seed_of(sample: Sample) -> int:
    """A number that depends on the sample's name and seed only."""
    return zlib.crc32(f"{sample.name}/{sample.seed}".encode())


def draw(sample: Sample, electronic: bool = False) -> Drawing:
    """Draw all letters of a document, on paper or as a born-digital file."""
    paper = Paper(sample.look, random.Random(seed_of(sample)), electronic)
    pages = []
    for index, letter in enumerate(sample.letters):
        first = len(paper.lines) + 1
        LAYOUTS[letter.layout](paper, letter, Hand.of(sample.pen_style * 10 + index))
        last = len(paper.lines)
        _afterwards(paper, letter, (first, last), sample.pen_style * 10 + index)
        pages.append(tuple(range(first, last + 1)))
    printed = bytes(paper.print.output())
    ink = printed if electronic else bytes(paper.ink.output())
    return Drawing(printed, ink, tuple(pages), tuple(tuple(page) for page in paper.lines))


def _afterwards(paper: Paper, letter: Letter, pages: tuple[int, int], writer: int) -> None:
    """What happens to a letter once it is on paper: marks, receipt stamps, endorsements."""
    first, last = pages
    for page in range(first, last + 1):
        if letter.secrecy:
            paper.turn_to(page)
            mark = Style(32, bold=True, colour=RED)
            paper.centred(WIDTH / 2, letter.secrecy, mark, y=34)
            paper.centred(WIDTH / 2, letter.secrecy, mark, y=HEIGHT - 18)
    paper.turn_to(first)
    for number, stamp in enumerate(letter.receipts):
        receipt(paper, stamp, Hand.of(writer + 101 + 7 * number))
    paper.turn_to(last)
    for note in () if paper.electronic else letter.notes:
        style = Style(15, colour=BLUE, face="Purisa")
        with paper.ink.rotation(note.angle, *note.at):
            for row, text in enumerate(note.text.split("\n")):
                x, y = note.at[0], note.at[1] + row * 15
                paper.note(text, [paper.put(x, y, text, style, paper.ink)], "pen")
