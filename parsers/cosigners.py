"""Several signers: names beside the first one, or below it where the kind of paper has more than one."""

from __future__ import annotations

from collections.abc import Sequence

from parsers.rows import Row, reading, same_height
from parsers.signers import has_title, name_ink, position_rows, sign_posts
from schemas.letter import Signatory
from schemas.reading import Reading

_REACH = 60
_BESIDE = 0.97
_BELOW = 0.6  # who signs below another may as well have endorsed the letter later


def find_cosigners(
    tail: Sequence[Row], first: Reading[str] | None, *, several: bool, noted: frozenset[int] = frozenset()
) -> tuple[list[Signatory], set[int]]:
    """Who signed beside the first signer, and the `order` of the rows that their names and posts take.

    `several`: papers of this kind are signed by more than one as a rule (minutes, agreements, orders of two
    offices), so that names below the first count too. `noted` are rows known to be endorsements.
    """
    if first is None:
        return [], set()
    rows = list(tail[:_REACH])
    anchor = next((row for row in rows if _is_name(row, first)), None)
    if anchor is None:
        return [], set()
    found: list[Signatory] = []
    taken: set[int] = set()
    for at, row in enumerate(rows):
        ink = name_ink(row)
        if row is anchor or ink is None or row.order in noted or not has_title(ink.text):
            continue
        beside = same_height(row, anchor)
        if not beside and not (several and row.order > anchor.order):
            continue
        posts = [each for each in position_rows(rows, at) if each.order not in noted]
        if not posts:
            continue
        trust = _BESIDE if beside else _BELOW
        found.append(sign_posts(reading(ink.text.strip(), [ink], trust=trust), posts)[0])
        taken |= {row.order, *(each.order for each in posts)}
    return found, taken


def _is_name(row: Row, first: Reading[str]) -> bool:
    ink = name_ink(row)
    return ink is not None and row.page == first.page and ink.text.strip()[:12] == (first.value or "")[:12]
