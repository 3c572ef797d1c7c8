"""Bundles: which lines of a file are one letter (หนังสือ), with its later pages, forms and annexes."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import pairwise

from parsers.fields import find_label
from parsers.kinds import heading_at, is_closing
from parsers.numbering import number_ink
from parsers.parties import is_letterhead
from parsers.rows import Row, make_rows
from parsers.stamplabels import stamp_rows
from schemas.ink import Line, Page, PageNumber, Record

_REACH = 45  # rows within which a letter's head shows its number, subject and salutation
_TOP_ROWS = 16  # rows at the top of a page among which a heading may stand


class Part(Record):
    """The lines of one letter, its pages, and how surely it starts and ends there."""

    lines: tuple[Line, ...]
    pages: tuple[PageNumber, ...]
    confidence: float


def split_letters(pages: Sequence[Page]) -> list[Part]:
    """Part a file into its letters, in order; every line lands in exactly one part.

    A letter starts at its own head: its number with subject or salutation below it, or a printed heading
    such as บันทึกข้อความ. What follows a letter without a head of its own is its annex. A file without any
    letter, such as a press article or a form, is one part.
    """
    by_number = {page.number: page for page in pages}
    lines = [line for page in pages for line in page.lines]
    if not lines:
        return []
    places = {id(line): at for at, line in enumerate(lines)}
    rows = make_rows(lines, by_number)
    starts = _starts(rows)
    cuts = sorted({places[id(rows[at].line)] for at in starts if at > 0} - {0})
    edges = [0, *cuts, len(lines)]
    confidence = 1.0 if len(cuts) == 0 else 0.9
    parts = []
    for start, end in pairwise(edges):
        mine = tuple(lines[start:end])
        numbers = tuple(sorted({line.page for line in mine}))
        parts.append(Part(lines=mine, pages=numbers, confidence=confidence))
    return parts


def _starts(rows: Sequence[Row]) -> list[int]:
    """Where letters start: the row that opens the head of each but the first."""
    tops = _page_tops(rows)
    closed = False  # whether the letter before has come to its closing, signature or page end
    starts: list[int] = []
    last_head = -1
    for at, row in enumerate(rows):
        if is_closing(row):
            closed = True
        if at <= last_head or not _is_head(rows, at, tops):
            continue
        first = not starts
        opening = _opening(rows, at, tops, last_head)
        new_page = rows[opening].page != rows[max(0, last_head)].page
        if first:
            starts.append(0)
        elif closed or new_page:
            starts.append(opening)
        else:
            continue
        last_head, closed = _head_end(rows, at), False
    return starts


def _page_tops(rows: Sequence[Row]) -> Mapping[int, int]:
    """For each page, the index of its first row."""
    tops: dict[int, int] = {}
    for at, row in enumerate(rows):
        tops.setdefault(row.page, at)
    return tops


def _is_head(rows: Sequence[Row], at: int, tops: Mapping[int, int]) -> bool:
    """Whether a letter's head stands here: its number or heading, with the labels that follow one."""
    row = rows[at]
    if at - tops[row.page] < _TOP_ROWS and (row.top is None or row.top < 0.4):
        heading = heading_at(rows, at)
        if heading is not None and (
            heading.form in ("memo", "order", "announcement") or at == tops[row.page]
        ):
            return row.place is not None or heading.form == "memo" or at == tops[row.page]
    if number_ink(row) is None or (row.left is not None and row.left > 0.35):
        return False
    return _labels_below(rows, at)


def _labels_below(rows: Sequence[Row], at: int) -> bool:
    """Whether subject and salutation, or the ถึง of a stamped letter, follow a number before any closing."""
    subject = False
    for row in rows[at + 1 : at + _REACH]:
        if row.page != rows[at].page or is_closing(row):
            return False
        if row.left is not None and row.left > 0.35:
            continue
        label = find_label(row.text, frozenset({"subject", "addressee", "to"}), glued=True)
        if label is None:
            continue
        if label.field == "subject":
            subject = True
        elif subject or label.field == "to":
            return True
    return False


def _head_end(rows: Sequence[Row], at: int) -> int:
    """The row up to which a head's own labels reach, so that a memo's number is not another head."""
    for later in range(at + 1, min(len(rows), at + _REACH)):
        if rows[later].page != rows[at].page:
            return later - 1
        label = find_label(rows[later].text, frozenset({"addressee", "to"}), glued=True)
        if label is not None:
            return later
    return at


def _opening(rows: Sequence[Row], at: int, tops: Mapping[int, int], last_head: int) -> int:
    """The first row of the letter whose number stands at `at`: its page's top, or its letterhead and stamps.

    On a page with geometry a letter takes the page from its top. In a transcript, where one page may hold
    several letters, the rows above the number are its own as long as they read as letterhead or stamps.
    """
    top = tops[rows[at].page]
    if rows[at].place is not None or last_head < top:
        after_close = any(is_closing(row) for row in rows[top:at])
        if not after_close:
            return top
    stamped = stamp_rows(rows[max(last_head + 1, at - 30) : at])
    opening = at
    for above in range(at - 1, max(last_head, at - 30, top - 1), -1):
        if rows[above].order in stamped or is_letterhead(rows[above].text):
            opening = above
        elif opening - above > 5 or rows[above].text[:1] in "(（" or rows[above].text.startswith("โทร"):
            break
    return opening
