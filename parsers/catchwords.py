"""Catchwords (คำต่อ): the first words of the next page, printed at the foot of the page before.

They are dropped where pages are joined, and kept as a check of the pages' order.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from rapidfuzz.fuzz import ratio

from parsers.fields import bones
from parsers.numbering import is_page_number
from parsers.pagemarks import is_printed_number
from parsers.rows import Row

_DOTTED_END = re.compile(r"(?:\.\s?){2,}$|…\s?$")
_SLASH = re.compile(r"^[\s.…]{0,6}[/|]\s?(?=[\u0e01-\u0e5bA-Za-z0-9“\"(])")
_SHAPE = re.compile(r"^\s?/\s?\S.{0,60}?(?:\.{2,}|…)|^/\s?[\u0e01-\u0e5b]\S{0,30}\s?\S{0,12}$")
_LONGEST = 70
_ALIKE = 80.0  # of 100, between a catchword and what it announces
_FOOT_ROWS = 4


def is_catchword(row: Row, following: Row | None) -> bool:
    """Whether the row only announces the first words of what follows: `/ในการนี้ ...`."""
    text = row.text.strip()
    if following is None or len(text) > _LONGEST:
        return False
    slash, dotted = _SLASH.match(text) is not None, _is_dotted(text)
    if not (slash or dotted):
        return False
    new_page = row.page != following.page
    core = _core(text)
    if core and following.text.lstrip(" -").startswith(core):
        return True
    if slash and new_page and continues(core, following.text):
        return True
    return (new_page or row.place is None) and slash and _SHAPE.match(text) is not None


def foot_catchword(rows: Sequence[Row]) -> str | None:
    """The catchword at the foot of a page, without its slash and dots; None where there is none.

    `rows` are those of one page, from its top down. A row that only ends in dots counts at the right alone,
    where blanks to be filled do not stand.
    """
    for row in reversed(rows[-_FOOT_ROWS:]):
        text = row.text.strip()
        if is_page_number(row) or len(text) > _LONGEST:
            continue
        slash, dotted = _SLASH.match(text) is not None, _is_dotted(text)
        at_right = row.left is not None and row.left > 0.45 and (row.top or 0.0) > 0.6
        if (slash and (dotted or at_right or _SHAPE.match(text) is not None)) or (dotted and at_right):
            core = _core(text)
            return core if len(bones(core)) >= 3 else None
    return None


def continues(catchword: str, text: str) -> bool:
    """Whether a text starts with the words that a catchword announced, a misread letter or two allowed."""
    want = bones(catchword)
    got = bones(text)[: len(want)]
    if len(want) < 3 or not got:
        return False
    return got == want or (len(want) >= 5 and ratio(got, want) >= _ALIKE)


def first_words(rows: Sequence[Row]) -> str:
    """The first text of a page below its page number."""
    texts = (row.text for row in rows[:6] if not is_page_number(row) and not is_printed_number(row.text))
    return next((text for text in texts if len(text.strip()) > 2), "")


def _is_dotted(text: str) -> bool:
    """Whether a text without blanks at its ends runs out in dots."""
    return text.endswith((".", "…")) and _DOTTED_END.search(text) is not None


def _core(text: str) -> str:
    return _DOTTED_END.sub("", _SLASH.sub("", text)).strip(" /.…")
