"""A letter's head of which a row is lost: no single row opens it, but several bear witness that a letter begins.

A poor copy may lose the number, the salutation or the heading, so none of them is asked for. What is counted are rows
that only letters have in these places; a page with enough of them begins a letter, though never surely.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

from parsers.daylines import is_day_row
from parsers.fields import find_label
from parsers.kinds import find_given, is_closing, orders
from parsers.numbering import number_ink
from parsers.pagemarks import label_of, printed_number
from parsers.parties import is_letterhead
from parsers.rows import Row
from parsers.signers import is_signature

_HEAD_ROWS, _HEAD_DEPTH = 18, 0.5  # where the labels of a head stand: rows of a page, share of its height
_LEFT, _RIGHT = 0.35, 0.4  # labels begin left of the one, letterheads right of the other
_HEADS, _ALL, _ALONE = 3, 5, 4  # witnesses in the head that are needed, those of all the page, or heads alone
_MINUTES = 3
_DAMAGED_NUMBER = re.compile(r"^\S{1,4}\s?[ก-ฮ]{2,4}\s?\.?\s?[0-9๐-๙]{3,5}[0-9๐-๙.()]*\s?/")
_DATED = re.compile(
    r"^\W{0,3}ท\S{0,3}\s.*ว[ัี]?น\s?ท[ีิื]?[่้]?\s+[0-9๐-๙]{1,2}\s"
)  # a memo's number and day on one row
_PLEA = re.compile(r"^\W{0,3}จึง(?:ขอ)?(?:เรียน|แจ้ง|ขอ|ส่ง|ประกาศ|ออก|เสนอ|กราบ|นำ)")
_CONTACT = re.compile(r"^\W{0,3}(?:โทร|ไปรษณีย์อิเล็ก|E-?mail)", re.IGNORECASE)
_MEETING = tuple(
    re.compile(pattern)
    for pattern in (
        r"ครั้ง\s?ที่?\s?[0-9๐-๙]{1,3}\s?/",
        r"^\W{0,3}(?:รายชื่อ)?ผู้(?:มา|เข้า(?:ร่วม)?|ไม่มา)ประชุม",
        r"^\W{0,3}เริ่ม(?:การ)?ประชุม",
        r"^\W{0,3}ระเบีย?บวาระที่?\s?[0-9๐-๙]",
        r"^\W{0,3}(?:เลิก|ปิด)(?:การ)?ประชุม",
    )
)


def is_witnessed(page: Sequence[Row], *, closed: bool) -> bool:
    """Whether a letter begins on a page whose rows these are, though the row that opens it is lost.

    A page that calls itself an annex, or bears the number of a later page, begins none. `closed`: the letter before
    has come to its end, without which an order's last page looks like an order that lost its heading.
    """
    if not page or page[0].place is None or any(label_of(row.text) is not None for row in page[:3]):
        return False
    head = [row for row in page[:_HEAD_ROWS] if row.top is None or row.top < _HEAD_DEPTH]
    heads = sum(any(map(test, head)) for test in _HEAD_TESTS)
    ends = sum(any(map(test, page)) for test in _END_TESTS) if heads == _HEADS else 0
    printed = printed_number(page)
    later = printed is not None and printed.number > 1  # a single figure may be a fax's, or an emblem's scrap
    if heads >= _ALONE or (not later and heads >= _HEADS and heads + ends >= _ALL):
        return True
    return not later and closed and (_is_order(head, page) or _is_meeting(page))


def _labelled(*fields: str) -> Callable[[Row], bool]:
    wanted = frozenset(fields)

    def test(row: Row) -> bool:
        label = find_label(row.text, wanted) if row.left is None or row.left <= _LEFT else None
        return label is not None and label.trust >= 0.8 and len(row.text) > label.end + 3

    return test


def _is_number(row: Row) -> bool:
    at_left = row.left is None or row.left <= _LEFT
    return at_left and (number_ink(row) is not None or _DAMAGED_NUMBER.match(row.text) is not None)


def _is_right_block(row: Row) -> bool:
    return (row.left or 0.0) > _RIGHT and is_letterhead(row.text)


def _is_dated(row: Row) -> bool:
    return is_day_row(row) or _DATED.match(row.text) is not None


_HEAD_TESTS: tuple[Callable[[Row], bool], ...] = (
    _is_number,
    _is_right_block,
    _is_dated,
    _labelled("subject"),
    _labelled("addressee", "to"),
    _labelled("references", "enclosures"),
    _labelled("agency"),
)
_END_TESTS: tuple[Callable[[Row], bool], ...] = (
    is_closing,
    is_signature,
    lambda row: _PLEA.match(row.text) is not None,
    lambda row: _CONTACT.match(row.text) is not None,
)


def _is_order(head: Sequence[Row], page: Sequence[Row]) -> bool:
    """Whether an order begins that lost its heading: its subject at the top, the words of issue, who signed it."""
    given = any(find_given(row) for row in page)
    return given and any(map(orders, head[:4])) and any(map(is_signature, page))


def _is_meeting(page: Sequence[Row]) -> bool:
    """Whether minutes begin that lost their heading."""
    told = [any(pattern.search(row.text) for row in page) for pattern in _MEETING]
    return told[1] and sum(told) >= _MINUTES
