"""Classes of award (ระดับรางวัล): ชนะเลิศ, ยอดเยี่ยม, ดีเด่น, ชมเชย, …"""

from __future__ import annotations

import re

from parsers.data import read_table

_RANKS = tuple((row["value"], re.compile(row["pattern"])) for row in read_table("ranks"))
RANK = "|".join(f"(?:{row['pattern']})" for row in read_table("ranks"))
"""The name of any class, as part of a larger pattern."""


def rank_of(text: str) -> str | None:
    """The class of award that a text names, by its usual name."""
    found = [(at.start(), -at.end(), value) for value, pattern in _RANKS if (at := pattern.search(text))]
    return min(found)[2] if found else None
