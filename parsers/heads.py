"""Where a letter begins: its number with subject and salutation below, a printed heading, or what stands for them."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

from parsers.daylines import is_day_row
from parsers.fields import Label, find_label
from parsers.kinds import heading_at, is_closing, is_issued
from parsers.numbering import number_ink
from parsers.pagemarks import label_of
from parsers.parties import is_letterhead
from parsers.rows import Row
from parsers.stamplabels import stamp_rows
from parsers.witnesses import is_witnessed

_REACH = 45  # rows within which a letter's head shows its number, subject and salutation
_TOP_ROWS = 16  # rows at the top of a page among which a heading may stand
_LOST = 0.8  # that a letter begins where only other rows than the one that opens it were read
_FORM = re.compile(
    r"^\W{0,3}(?:แบบ(?!แผน)|ใบสมัคร|ใบตอบรับ|ใบแจ้ง|ใบเสนอ|แบบฟอร์ม|คำขอ|คำร้อง|สัญญา|หนังสือ(?:มอบ|ยินยอม|รับรอง|ค้ำ))"
)
_DEAR = re.compile(
    r"^\W{0,2}(?:Dear\s+\S|To whom it may concern|TO WHOM IT MAY CONCERN|Excellency|Your Excellency)"
)
_YOURS = re.compile(
    r"^\W{0,3}(?:Yours\s+(?:sincerely|faithfully|truly|respectfully)|(?:Very\s+)?(?:Sincerely|Respectfully)(?:\s+yours)?|"
    r"(?:With\s+)?(?:[Bb]est|[Kk]ind|[Ww]arm)\s+[Rr]egards)",
    re.IGNORECASE,
)


class Head(NamedTuple):
    """A letter's head: how surely a letter begins here."""

    trust: float


def find_head(rows: Sequence[Row], at: int, top: int, *, closed: bool) -> Head | None:
    """Whether a letter's head stands at a row, `top` being the first row of its page.

    `closed` says whether the letter before has come to its end: only then may a head without a number count.
    """
    row = rows[at]
    if at - top < _TOP_ROWS and (row.top is None or row.top < 0.4):
        heading = heading_at(rows, at)
        # but for an emblem's scraps
        first = heading is not None and all(len(each.text.strip()) < 5 for each in rows[top:at])
        if heading is not None and (heading.form in ("memo", "order", "announcement") or first):
            if row.place is not None or heading.form == "memo" or first:
                return Head(0.97 * heading.trust)
            return None
        if (
            heading is not None
            and heading.form in ("minutes", "certificate", "rule")
            and row.place is not None
        ):
            return Head(0.95 * heading.trust) if _nothing_above(rows, top, at) else None
        if heading is not None and heading.form == "certificate" and is_issued(rows, at):
            return Head(0.85 * heading.trust) if _nothing_above(rows, top, at) else None
    if number_ink(row) is not None and (row.left is None or row.left <= 0.35):
        if _labels_below(rows, at):
            return Head(0.97)
        if _half_a_head(rows, at, top):
            return Head(0.85)
    if is_dear(row) and any(is_yours(below) for below in rows[at : at + 80]):
        return Head(0.93)
    return _unnumbered(rows, at, top, closed=closed)


def is_dear(row: Row) -> bool:
    """Whether a row is the salutation of a letter in English."""
    return len(row.text) < 90 and _DEAR.match(row.text) is not None and (row.left is None or row.left < 0.35)


def is_yours(row: Row) -> bool:
    """Whether a row is the closing of a letter in English."""
    return len(row.text) < 50 and _YOURS.match(row.text) is not None


def head_end(rows: Sequence[Row], at: int) -> int:
    """The row up to which a head's own labels reach, so that a memo's number is not another head."""
    for later in range(at + 1, min(len(rows), at + _REACH)):
        if rows[later].page != rows[at].page:
            return later - 1
        label = find_label(rows[later].text, frozenset({"addressee", "to"}), glued=True)
        if label is not None:
            return later
    return at


def opening(rows: Sequence[Row], at: int, top: int, last_head: int) -> int:
    """The first row of the letter whose head stands at `at`: its page's top, or its letterhead and stamps.

    On a page with geometry a letter takes the page from its top. In a transcript, where one page may hold
    several letters, the rows above the number are its own as long as they read as letterhead or stamps.
    """
    if rows[at].place is not None or last_head < top:
        after_close = any(is_closing(row) or is_yours(row) for row in rows[top:at])
        if not after_close:
            return top
    stamped = stamp_rows(rows[max(last_head + 1, at - 30) : at])
    first = at
    dated = _left_label(rows[at], "subject") is not None  # without its number a head begins with its date
    for above in range(at - 1, max(last_head, at - 30, top - 1), -1):
        if (
            rows[above].order in stamped
            or is_letterhead(rows[above].text)
            or (dated and is_day_row(rows[above]))
        ):
            first = above
        elif first - above > 5 or rows[above].text[:1] in "(（" or rows[above].text.startswith("โทร"):
            break
    return first


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


def _half_a_head(rows: Sequence[Row], at: int, top: int) -> bool:
    """Whether a number at the top of a page has one of its two labels below it, the other being beyond reading.

    The day, the letterhead and the closing stand for it: two of them, on a page that nothing else opens.
    """
    row = rows[at]
    if row.top is None or row.top > 0.3 or at - top > _TOP_ROWS:
        return False
    below = [each for each in rows[at + 1 : at + _REACH] if each.page == row.page]
    labels = (
        find_label(each.text, frozenset({"subject", "addressee"}), glued=True)
        for each in below[:14]
        if each.left is None or each.left <= 0.35
    )
    if not any(label is not None and label.trust >= 0.8 for label in labels):
        return False
    around = [*rows[top:at], *below[:8]]
    witnesses = (
        any(map(is_day_row, around)),
        any(is_letterhead(each.text) and (each.left or 0.0) > 0.4 for each in around),
        any(map(is_closing, below)),
    )
    return sum(witnesses) >= 2


def _unnumbered(rows: Sequence[Row], at: int, top: int, *, closed: bool) -> Head | None:
    """A head without its number: subject and salutation near a page's top, and a closing further down.

    An application form begins alike, below a title of its own; that is no letter.
    """
    row = rows[at]
    if row.top is not None and row.top > 0.45:
        return None
    if row.place is None and not (closed or at - top < _TOP_ROWS):
        return None
    label = _left_label(row, "subject")
    if label is None or label.trust < 0.8:
        return None
    above = rows[max(top, at - _TOP_ROWS) : at]
    if any(_FORM.match(each.text) or label_of(each.text) is not None for each in above):
        return None
    ahead = rows[at + 1 : at + 9]
    greeted = next((i for i, each in enumerate(ahead) if _left_label(each, "addressee") is not None), None)
    if greeted is None or any(each.page != row.page for each in ahead[: greeted + 1]):
        return None
    if not any(is_closing(each) for each in rows[at + greeted : at + 120]):
        return None
    witnesses = sum((any(map(is_day_row, above)), any(is_letterhead(each.text) for each in above)))
    if row.place is None and witnesses == 0 and at != top:
        return None
    return Head((0.75, 0.85, 0.88)[witnesses])


def find_lost_head(page: Sequence[Row], *, closed: bool) -> Head | None:
    """A head whose opening row is lost, on a page that has no other head and is no form.

    `page`: its rows. `closed`: whether the letter before has come to its end above them.
    """
    if any(_FORM.match(row.text) for row in page[:3]) or not is_witnessed(page, closed=closed):
        return None
    return Head(_LOST)


def _left_label(row: Row, field: str) -> Label | None:
    if row.left is not None and row.left > 0.35:
        return None
    return find_label(row.text, frozenset({field}))


def _nothing_above(rows: Sequence[Row], top: int, at: int) -> bool:
    """Whether a heading is the first text of its page, but for an emblem, a stamp or a page number."""
    return all(
        len(row.text) < 40 and (row.text[:1] not in "0123456789๐๑๒๓๔๕๖๗๘๙" or len(row.text) < 4)
        for row in rows[top:at]
    )
