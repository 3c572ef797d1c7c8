"""Marks that stand alone at the edge of a page: secrecy (ชั้นความลับ) and urgency (ชั้นความเร็ว)."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from rapidfuzz.distance import Levenshtein

from parsers.fields import bones
from parsers.rows import Ink, Row, make_rows, reading
from schemas.ink import Page
from schemas.letter import Secrecy, Urgency
from schemas.reading import Reading

_EDGE = 0.15  # marks stand in the top or bottom 15 % of a page
_EDGE_LINES = 6  # of a transcript's page
_RANKS: tuple[Secrecy, ...] = ("ลับ", "ลับมาก", "ลับที่สุด")
_URGENT: tuple[tuple[Urgency, str], ...] = (
    ("ด่วนที่สุด", bones("ด่วนที่สุด")),
    ("ด่วนภายใน", bones("ด่วนภายใน")),
    ("ด่วนมาก", bones("ด่วนมาก")),
    ("ด่วน", bones("ด่วน")),
)
_URGENCY_BESIDE = re.compile(r"^ด?วน(?:ทสด|มาก|ภายใน)?(?=ลบ)|(?<=[บกด])ดวน(?:ทสด|มาก|ภายใน)?$")
# Letters that a swollen or faint ด becomes; the rest of the mark must be sound then.
_LIKE_D = frozenset("ดตคศฅถภสลฉ")
_LIKE_SECRET = re.compile("[ลสศคถด]ั[บนมษป]")
_DECORATION = re.compile(r"[^\u0e01-\u0e4e]+")
_LARGE = 20.0  # points: letters are set in 16
_HEAD = 0.42  # urgency stands above the subject


def secrecy_mark(page: Page) -> Secrecy | None:
    """The highest secrecy mark that stands alone at the top or the bottom of a page; None without one.

    A missed mark is the worst error: lost vowels, letters set apart and ornaments around the word are all
    accepted. The word inside other words or sentences is not a mark.
    """
    marks = [mark for ink in _edges(page) if (mark := _secrecy(ink)) is not None]
    return max(marks, key=_RANKS.index, default=None)


def urgency_mark(rows: Sequence[Row]) -> Reading[Urgency] | None:
    """The urgency mark among a letter's first rows, standing by itself; damaged ones are never sure."""
    for row in rows:
        if row.top is not None and row.top > _HEAD:
            continue
        for ink in (row.ink(), *_leading(row)):
            found = _urgency(ink.text) or _damaged_urgency(ink)
            if found is not None:
                value, trust = found
                return reading(value, [ink], trust=trust)
    return None


def _edges(page: Page) -> Iterator[Ink]:
    """Texts that stand alone near the edges of a page: whole lines, and words far from their neighbours."""
    rows = make_rows(page.lines, {page.number: page})
    for at, row in enumerate(rows):
        if row.place is None or not row.height:
            if at < _EDGE_LINES or at >= len(rows) - _EDGE_LINES:
                yield row.ink()
        elif row.place.y0 < _EDGE * row.height or row.place.y1 > (1 - _EDGE) * row.height:
            yield row.ink()
            yield from _islands(row)


def _islands(row: Row) -> Iterator[Ink]:
    """Words of a row that wide gaps set apart."""
    start = 0
    for before, token in zip(row.tokens, row.tokens[1:], strict=False):
        if before.place is None or token.place is None:
            continue
        if token.place.x0 - before.place.x1 > 1.5 * min(before.place.height, token.place.height):
            yield row.ink(start, before.end)
            start = token.start
    if start:
        yield row.ink(start)


def _leading(row: Row) -> list[Ink]:
    """The first words of a row when a gap parts them from the rest."""
    islands = list(_islands(row))
    return islands[:1]


def _secrecy(ink: Ink) -> Secrecy | None:
    text = ink.text
    if len(text) > 60 or any(char.isdigit() for char in text):
        return None  # with digits it is a stamp's รับที่ misread
    got = _once(_URGENCY_BESIDE.sub("", bones(_DECORATION.sub("", text))))
    if got == "ลบ":
        return "ลับ"
    if _in_the_middle(ink) and _LIKE_SECRET.fullmatch(_DECORATION.sub("", text)):
        return "ลับ"  # a swollen ล or a broken บ; a mark missed is worse than a letter kept back
    if _in_the_middle(ink) and len(got) <= 5 and got.endswith("บมาก") and not got.startswith("ด"):
        return "ลับมาก"
    if got.endswith("วนทสด") and not got.startswith("ล"):
        return None  # ด่วนที่สุด whose first letter was misread: ลับ has no such middle
    if got[1:2] == "ว" and got.endswith("ทสด") and not _in_the_middle(ink):
        return None  # ด่วนที่สุด at the side, its ด and น misread: the ว is what is left of it
    if got.endswith("ทสด") and len(got) <= 6 and not got.startswith("ด"):
        return "ลับที่สุด" if got.startswith("ล") or _in_the_middle(ink) else None  # else ด่วนที่สุด
    if got == "ลบท":  # ลับที่สุด cut short, or a stamp's รับที่: the mark stands in the middle
        return "ลับที่สุด" if _in_the_middle(ink) else None
    if got.startswith("ลบ") and Levenshtein.distance(got, "ลบทสด", score_cutoff=2) <= (
        2 if got.startswith("ลบท") else 1
    ):
        return "ลับที่สุด"
    if got.startswith("ลบม") and len(got) <= 5 and _in_the_middle(ink):
        return "ลับมาก"  # cut short by a stamp over it
    if Levenshtein.distance(got, "ลบมาก", score_cutoff=1) <= 1 and got.startswith("ลบ"):
        return "ลับมาก"
    return None


def _in_the_middle(ink: Ink) -> bool:
    """Secrecy stands in the middle of the page, urgency and stamps at its sides."""
    place = ink.place
    return (
        place is not None
        and bool(ink.row.width)
        and abs((place.x0 + place.x1) / 2 / ink.row.width - 0.5) < 0.12
    )


def _once(got: str) -> str:
    """A mark that is repeated on its line, once: `ลับ ลับ`."""
    for length in range(2, len(got) // 2 + 1):
        if len(got) % length == 0 and got[:length] * (len(got) // length) == got:
            return got[:length]
    return got


def _urgency(text: str) -> tuple[Urgency, float] | None:
    if len(text) > 60:
        return None
    got = bones(_DECORATION.sub("", text))
    for mark, want in _URGENT:
        if got == want:
            return mark, 1.0
        if mark == "ด่วนภายใน" and got.startswith(want) and len(got) < len(want) + 24:
            return mark, 1.0
        if mark == "ด่วนที่สุด" and got.endswith("ทสด") and 4 <= len(got) <= 7 and not got.startswith("ลบ"):
            return mark, 1.0 if got == want else 0.85 if got.startswith("ด") else 0.6
        if len(want) >= 6 and got.startswith("ดวน") and Levenshtein.distance(got, want, score_cutoff=1) <= 1:
            return mark, 0.85
    return None


def _damaged_urgency(ink: Ink) -> tuple[Urgency, float] | None:
    """A mark with a wrong letter, believed only where marks stand: alone at the left, or large and in colour."""
    row = ink.row
    if row.place is None or row.left is None or row.top is None or row.top > 0.2:
        return None
    if row.left > 0.33 and not (row.line.ink == "colour" and row.place.height > _LARGE):
        return None
    if len(ink.text) > 16:
        return None
    got = bones(_DECORATION.sub("", ink.text))
    if got[:1] not in _LIKE_D:
        return None
    for mark, want in _URGENT:
        if mark == "ด่วนภายใน" or abs(len(got) - len(want)) > 1:
            continue
        distance = Levenshtein.distance("ด" + got[1:], want, score_cutoff=1)
        if distance == 0 or (len(want) >= 6 and got[0] == "ด" and distance <= 1):
            return mark, 0.75 if len(want) >= 6 else 0.55
    return None
