"""What the columns of a table hold, told by the words in its header."""

from __future__ import annotations

import re
from collections.abc import Sequence

from parsers.data import read_table
from parsers.text import normalise

_ROLES = tuple((row["role"], re.compile(row["pattern"], re.IGNORECASE)) for row in read_table("headers"))
_JOINTS = re.compile(r"[\s().:*]")
_LONGEST = 60  # characters: a longer cell is no column's name
_FIGURES = re.compile(r"[0-9๐-๙]{2}")


def roles_of(text: str) -> frozenset[str]:
    """The roles that a column with this heading may play; empty when the text is no heading.

    >>> sorted(roles_of("สัดส่วนคะแนน"))
    ['weight']
    """
    bare = _JOINTS.sub("", normalise(text))
    if (
        not bare
        or len(bare) > _LONGEST
        or (_FIGURES.search(bare) and "%" not in bare and "คะแนน" not in bare)
    ):
        return frozenset()
    return frozenset(role for role, pattern in _ROLES if pattern.fullmatch(bare))


def is_header(cells: Sequence[str]) -> bool:
    """Whether a row's cells are the names of columns: at least two of them, and more than half."""
    filled = [cell for cell in cells if cell.strip()]
    known = sum(bool(roles_of(cell)) for cell in filled)
    return known >= 2 and 2 * known > len(filled)


def column_with(header: Sequence[str], *roles: str) -> int | None:
    """The first column that plays one of the roles, the first-named role first; None without one."""
    for role in roles:
        for at, text in enumerate(header):
            if role in roles_of(text):
                return at
    return None
