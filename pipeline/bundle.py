"""Bundles: which lines of a file are one letter (หนังสือ), with its later pages and what is sent with it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from typing import NamedTuple

from parsers.heads import Head, find_head, find_lost_head, head_end, opening
from parsers.kinds import find_given, is_closing
from parsers.pagemarks import annex_label, is_model, printed_number
from parsers.rows import Row, Sheets, make_rows
from parsers.signers import is_signature
from pipeline.sequence import Sheet, in_sequence, missing, see_sheets, with_its_letter
from schemas.ink import Line, Page, PageNumber, Record

_UNCLOSED = 0.8  # the letter before came to no end that could be read: a page may be missing
_INSIDE = 0.88  # a letter that begins in the middle of a transcript's page
_HEADLESS = 0.6  # something ended before the first head that was found: a letter whose own head was not read
_MOVED = 0.8  # pages that do not lie as they belong


class Part(Record):
    """The lines of one letter and of what follows it, in the order in which they belong."""

    lines: tuple[Line, ...]
    pages: tuple[PageNumber, ...]
    confidence: float  # that it begins and ends there
    order: tuple[PageNumber, ...] = ()  # its pages as they belong, where they lie otherwise
    missing: tuple[int, ...] = ()  # printed page numbers that are not there


class _Start(NamedTuple):
    at: int  # the row that opens the letter
    confidence: float


def split_letters(pages: Sequence[Page], sheets: Sheets | None = None) -> list[Part]:
    """Part a file into its letters, in order; every line lands in exactly one part.

    A letter starts at its own head: its number with subject or salutation below it, a printed heading such as
    บันทึกข้อความ, subject and salutation alone, or `Dear …`. What follows a letter without a head of its own is its
    later page or its annex. Printed page numbers and catchwords bring pages back that lie out of their order.
    A file without any letter, such as a press article or a form, is one part. `sheets` keeps the rows for later.
    """
    by_number = sheets if sheets is not None else Sheets(pages)
    lines = [line for page in pages for line in page.lines]
    if not lines:
        return []
    rows = make_rows(lines, by_number)
    places = {id(line): at for at, line in enumerate(lines)}
    starts = _starts(rows)
    cuts = [(places[id(rows[one.at].line)], one.confidence) for one in starts if one.at > 0]
    edges = [0, *(place for place, _ in cuts), len(lines)]
    sure = [starts[0].confidence if starts else 1.0, *(confidence for _, confidence in cuts)]
    runs = [lines[start:end] for start, end in pairwise(edges)]
    return _parts(runs, sure, see_sheets(rows, (line.page for line in lines)))


def grouped(pages: Sequence[Page], groups: Sequence[Sequence[int]]) -> list[Part]:
    """Part a file as a person has decided: for each letter its pages in order; pages left out join the last letter."""
    by_number = {page.number: page for page in pages}
    chosen = [[number for number in group if number in by_number] for group in groups]
    named = {number for group in chosen for number in group}
    left = [page.number for page in pages if page.number not in named]
    chosen = [group for group in chosen if group] or [[]]
    chosen[-1].extend(left)
    parts = []
    for group in chosen:
        mine = list(dict.fromkeys(group))
        lines = tuple(line for number in mine for line in by_number[number].lines)
        if lines:
            order = tuple(mine) if mine != sorted(mine) else ()
            parts.append(Part(lines=lines, pages=tuple(sorted(mine)), confidence=1.0, order=order))
    return parts


def _parts(runs: Sequence[Sequence[Line]], sure: Sequence[float], sheets: Mapping[int, Sheet]) -> list[Part]:
    """Parts from runs of lines; the next letter's beginning is this one's end, so the less sure of both counts."""
    alone = len(runs) == 1
    homes = _homes(runs)
    moved = with_its_letter(homes, sheets)
    parts = []
    for at, home in enumerate(moved):
        mine = _lines_of(runs, at, homes, home)
        if not mine:
            continue
        order = in_sequence(home, sheets)
        ends = [sure[at], *([sure[at + 1]] if at + 1 < len(sure) else [])]
        confidence = 1.0 if alone else min(ends)
        if order != sorted(home) or home != homes[at]:
            confidence = min(confidence, _MOVED)
        ranks = {number: rank for rank, number in enumerate(order)}
        parts.append(
            Part(
                lines=tuple(sorted(mine, key=lambda line: ranks[line.page])),
                pages=tuple(sorted({line.page for line in mine})),
                confidence=round(confidence, 4),
                order=tuple(order) if order != sorted(home) else (),
                missing=missing(home, sheets),
            )
        )
    return parts


def _homes(runs: Sequence[Sequence[Line]]) -> list[list[int]]:
    """The pages of each run, in the file's order."""
    return [list(dict.fromkeys(line.page for line in run)) for run in runs]


def _lines_of(
    runs: Sequence[Sequence[Line]], at: int, before: Sequence[Sequence[int]], after: Sequence[int]
) -> list[Line]:
    """A run's lines, without pages that went to another letter and with those that came from one."""
    kept = set(after)
    mine = [line for line in runs[at] if line.page in kept]
    for number in kept.difference(before[at]):
        source = next((run for run, pages in zip(runs, before, strict=True) if number in pages), ())
        mine.extend(line for line in source if line.page == number)
    return mine


def _starts(rows: Sequence[Row]) -> list[_Start]:
    """Where letters start: the row that opens the head of each, and how surely one starts there."""
    tops = _page_tops(rows)
    barred = _annex_pages(rows, tops)
    found = _Found()
    for top, end in pairwise([*sorted(tops.values()), len(rows)]):
        before = found.closed
        for at in range(top, end):
            found.closed = found.closed or _ends_letter(rows[at])
            if at <= found.last_head or rows[at].page in barred:
                continue
            head = find_head(rows, at, top, closed=found.closed)
            if head is not None and found.add(rows, opening(rows, at, top, found.last_head), head, tops):
                found.last_head, found.closed = head_end(rows, at), False
        page = rows[top:end]
        if found.last_head >= top or page[0].page in barred:
            continue
        lost = find_lost_head(page, closed=before)
        ended, found.closed = found.closed, before
        if lost is not None and found.add(rows, top, lost, tops):
            found.last_head, found.closed = top, any(map(_ends_letter, page))
        else:
            found.closed = ended
    return found.starts


@dataclass
class _Found:
    """What was found of a file's letters up to a row."""

    starts: list[_Start] = field(default_factory=list)
    last_head: int = -1  # the row up to which the last head reaches
    closed: bool = False  # whether the letter before has come to its closing, signature or words of issue

    def add(self, rows: Sequence[Row], first: int, head: Head, tops: Mapping[int, int]) -> bool:
        """Take in a letter that opens at row `first`; False where it can be none: inside another."""
        new_page = rows[first].page != rows[max(0, self.last_head)].page
        sure = _confidence(rows[first], head, closed=self.closed)
        if self.starts:
            if self.closed or new_page:
                self.starts.append(_Start(first, sure))
            return self.closed or new_page
        if first > 0 and self.closed and new_page and not _later_page(rows, tops):
            self.starts += [_Start(0, _HEADLESS), _Start(first, sure)]
        else:
            self.starts.append(_Start(0, head.trust))
        return True


def _ends_letter(row: Row) -> bool:
    """Whether a letter comes to its end at a row: closing, words of issue, signature, telephone at the foot."""
    return is_closing(row) or find_given(row) is not None or is_signature(row) or _is_foot(row)


def _later_page(rows: Sequence[Row], tops: Mapping[int, int]) -> bool:
    """Whether the first page of the file says that it is a later page of something: it may lie in a wrong place."""
    end = next((top for top in sorted(tops.values()) if top > 0), len(rows))
    printed = printed_number(rows[:end])
    return printed is not None and printed.number > 1


def _confidence(row: Row, head: Head, *, closed: bool) -> float:
    inside = row.place is None and row.order > 0 and not _opens_page(row)
    return head.trust * (1.0 if closed else _UNCLOSED) * (_INSIDE if inside else 1.0)


def _opens_page(row: Row) -> bool:
    """Whether a transcript's row is the first of a page other than the file's first."""
    return row.line.page > 1


def _annex_pages(rows: Sequence[Row], tops: Mapping[int, int]) -> frozenset[int]:
    """Pages on which no letter begins, whatever stands there: models of letters."""
    edges = [*sorted(tops.values()), len(rows)]
    return frozenset(
        rows[start].page
        for start, end in pairwise(edges)
        if is_model(rows[start : min(end, start + 6)])
        or (_labelled(rows[start : min(end, start + 6)]) and is_model(rows[start + 1 : min(end, start + 6)]))
    )


def _labelled(rows: Sequence[Row]) -> bool:
    return annex_label(rows) is not None


def _is_foot(row: Row) -> bool:
    """The telephone at the foot of a letter, which sealed letters have as well."""
    at_left = row.left is None or row.left < 0.3
    return (
        at_left and len(row.text) < 80 and row.text.lstrip(" .-").startswith("โทร") and (row.top or 1.0) > 0.3
    )


def _page_tops(rows: Sequence[Row]) -> dict[int, int]:
    """For each page, the index of its first row."""
    tops: dict[int, int] = {}
    for at, row in enumerate(rows):
        tops.setdefault(row.page, at)
    return tops
