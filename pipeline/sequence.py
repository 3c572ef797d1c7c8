"""The order of pages: printed numbers and catchwords say which page follows which, whatever the scanner did."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from itertools import groupby
from typing import NamedTuple

from parsers.catchwords import continues, first_words, foot_catchword
from parsers.heads import find_head, find_lost_head
from parsers.pagemarks import annex_label, printed_number
from parsers.rows import Row

_REACH = 30  # pages before and behind a catchword among which its goal is looked for


class Sheet(NamedTuple):
    """What one page says of its place."""

    page: int
    number: int | None  # printed on it
    total: int | None
    headed: bool  # a letter's head stands on it
    labelled: bool  # it calls itself an annex
    catchword: str | None  # at its foot
    opens: str  # its first text


def see_sheets(rows: Sequence[Row], pages: Iterable[int]) -> dict[int, Sheet]:
    """The pages of a file by number, as their rows show them; `rows` are those of all pages in order."""
    sheets: dict[int, Sheet] = {}
    for page, group in groupby(rows, key=lambda row: row.page):
        if page not in sheets:
            sheets[page] = _sheet(page, list(group))
    for page in dict.fromkeys(pages):
        if page not in sheets:
            sheets[page] = Sheet(page, None, None, False, False, None, "")
    return sheets


def _sheet(page: int, rows: Sequence[Row]) -> Sheet:
    printed = printed_number(rows)
    headed = any(find_head(rows, at, 0, closed=True) is not None for at in range(min(len(rows), 40)))
    headed = headed or find_lost_head(rows, closed=True) is not None
    number = printed.number if printed is not None else 1 if headed else None
    total = printed.total if printed is not None else None
    labelled = annex_label(rows) is not None
    return Sheet(page, number, total, headed, labelled, foot_catchword(rows), first_words(rows))


def with_its_letter(homes: Sequence[Sequence[int]], sheets: Mapping[int, Sheet]) -> list[list[int]]:
    """The pages of each letter, with those brought home that a catchword or a number gives to another letter."""
    moved = [list(home) for home in homes]
    if len(moved) < 2:
        return moved
    for page, target in _links(sheets).items():
        source, goal = _home_of(moved, target), _home_of(moved, page)
        if source is None or goal is None or source == goal or len(moved[source]) < 2:
            continue
        moved[source].remove(target)
        moved[goal].insert(moved[goal].index(page) + 1, target)
    _give_on(moved, sheets)
    return moved


def _links(sheets: Mapping[int, Sheet]) -> dict[int, int]:
    """Which page a catchword leads to, where that is not the next one and only one page begins so."""
    links: dict[int, int] = {}
    pages = list(sheets)
    for at, page in enumerate(pages):
        word, after = sheets[page].catchword, sheets[pages[at + 1]] if at + 1 < len(pages) else None
        if word is None or (after is not None and _follows(sheets[page], after, word)):
            continue
        near = pages[max(0, at - _REACH) : at + _REACH]
        goals = [p for p in near if p != page and not sheets[p].headed and continues(word, sheets[p].opens)]
        if len(goals) == 1:
            links[page] = goals[0]
    return links


def _follows(sheet: Sheet, after: Sheet, word: str) -> bool:
    """Whether the page behind another goes on with it: by the catchword, or by both their numbers."""
    counted = sheet.number is not None and after.number == sheet.number + 1
    return continues(word, after.opens) or (counted and not after.headed)


def _give_on(moved: list[list[int]], sheets: Mapping[int, Sheet]) -> None:
    """A second page 2 that lies before the next letter's first page is that letter's, scanned in reverse."""
    for at in range(len(moved) - 1):
        home = moved[at]
        last = home[-1] if home else None
        if last is None or len(home) < 2 or not sheets[moved[at + 1][0]].headed:
            continue
        number = sheets[last].number
        others = [sheets[page].number for page in home[:-1]]
        wanted = number not in [sheets[page].number for page in moved[at + 1]]
        reverse = sheets[home[0]].number == 2 and not sheets[home[0]].headed
        if number == 2 and number in others and wanted and reverse and not sheets[last].labelled:
            home.pop()
            moved[at + 1].insert(0, last)


def _home_of(homes: Sequence[Sequence[int]], page: int) -> int | None:
    found = [at for at, home in enumerate(homes) if page in home]
    return found[0] if len(found) == 1 else None


def in_sequence(home: Sequence[int], sheets: Mapping[int, Sheet]) -> list[int]:
    """A letter's pages as they belong: by their printed numbers, where these are complete and each its own."""
    own = _own_run(home, sheets)
    numbers = [sheets[page].number for page in own]
    rest = [page for page in home if page not in own]
    if len(own) < 2 or None in numbers or len(set(numbers)) < len(numbers):
        return _by_catchword(home, sheets)
    known = [number for number in numbers if number is not None]
    if known == sorted(known) or sorted(known) != list(range(1, len(known) + 1)):
        return _by_catchword(home, sheets)
    return [*(page for _, page in sorted(zip(known, own, strict=True))), *rest]


def _by_catchword(home: Sequence[int], sheets: Mapping[int, Sheet]) -> list[int]:
    order = list(home)
    links = {page: goal for page, goal in _links({p: sheets[p] for p in home}).items() if goal in order}
    for page, goal in links.items():
        order.remove(goal)
        order.insert(order.index(page) + 1, goal)
    return order


def _own_run(home: Sequence[int], sheets: Mapping[int, Sheet]) -> list[int]:
    """The pages of the letter's own numbering: up to the first annex, or the first number that comes again."""
    own: list[int] = []
    seen: set[int] = set()
    for page in home:
        sheet = sheets[page]
        if sheet.labelled or sheet.number is None or sheet.number in seen:
            break
        seen.add(sheet.number)
        own.append(page)
    return own


def missing(home: Sequence[int], sheets: Mapping[int, Sheet]) -> tuple[int, ...]:
    """Page numbers that the printed ones leave out; empty where pages without a number may be those."""
    own = _own_run(home, sheets)
    numbers = [number for page in own if (number := sheets[page].number) is not None]
    totals = [total for page in own if (total := sheets[page].total) is not None]
    if not numbers or not any(sheets[page].headed for page in own):
        return ()
    last = max([*numbers, *totals[:1]] if len(set(totals)) <= 1 else numbers)
    gaps = [number for number in range(1, last + 1) if number not in numbers]
    unnumbered = sum(1 for page in home if sheets[page].number is None)
    return tuple(gaps) if 0 < len(gaps) <= 3 and len(gaps) > unnumbered else ()
