"""One person under several spellings: linked by post and fuzzy name; what was read stays as it is."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from typing import NamedTuple

from parsers.alike import likeness
from parsers.data import read_table
from parsers.text import normalise

_NAME, _POST = 0.6, 0.4
"""How much the name and the post weigh. A post has one holder at a time, a name has many bearers."""
LINKED = 0.78
"""From here on two spellings are taken for one person, to be shown together, never to be merged."""
_SAME_PART = 0.85  # likeness from which a given name or a family name counts as the same
_DAMAGED_PART = 0.5  # likeness down to which the other half may be the same, damaged
_GENDERS = {"นาย": "m", "นาง": "f", "นางสาว": "f", "น.ส.": "f"}
_ONLY_NAME = 0.9  # without a post on one side, the names must be this alike


class Person(NamedTuple):
    """A signatory as read: the name with its title, and the post."""

    name: str | None
    post: str | None


def bare_name(name: str) -> str:
    """A name without titles and brackets.

    >>> bare_name("(ว่าที่ ร.ต. สมชาย ใจดี)")
    'สมชาย ใจดี'
    """
    return _parted(name)[1]


def _parted(name: str) -> tuple[str, str]:
    """The title next to the name, and the bare name. A civil title is the last: นายนายิกา keeps นายิกา."""
    rest, last = normalise(name).strip(" ()"), ""
    while last not in _GENDERS:
        title = next((title for title in _titles() if rest.startswith(title)), None)
        if title is None or not rest[len(title) :].strip():
            break
        rest, last = rest[len(title) :].strip(), title
    return last, " ".join(rest.split())


@cache
def _titles() -> tuple[str, ...]:
    """Titles and ranks, the longest first."""
    told = {normalise(row[form]) for row in read_table("titles") for form in ("title", "expansion")}
    told.discard("")
    return tuple(sorted(told | {"ว่าที่"}, key=lambda title: -len(title)))


def same_person(one: Person, other: Person) -> float:
    """0 to 1: how likely two signatures are of one person; 0 where neither name is known."""
    if not one.name or not other.name:
        return 0.0
    (title, first), (others, second) = _parted(one.name), _parted(other.name)
    if {_GENDERS.get(title), _GENDERS.get(others)} == {"m", "f"}:
        return 0.0
    names = likeness(first, second)
    if not one.post or not other.post:
        return names if names >= _ONLY_NAME else 0.0
    parts = [likeness(a, b) for a, b in zip(first.split(), second.split(), strict=False)]
    if parts and max(parts) >= _SAME_PART and min(parts) >= _DAMAGED_PART:  # one half was damaged
        names = max(names, (max(parts) + min(parts) + 1) / 3)
    return _NAME * names + _POST * likeness(one.post, other.post)


def link(people: Sequence[Person]) -> tuple[tuple[int, ...], ...]:
    """Groups of places in `people` that are taken for one person each, in the order of their first member.

    A spelling joins the group whose likest member it is like enough; so three damaged readings of one name find
    each other even where the two worst of them would not.
    """
    groups: list[list[int]] = []
    for place, person in enumerate(people):
        scores = [max(same_person(person, people[member]) for member in group) for group in groups]
        best = max(range(len(groups)), key=scores.__getitem__, default=None)
        if best is not None and scores[best] >= LINKED:
            groups[best].append(place)
        else:
            groups.append([place])
    return tuple(tuple(group) for group in groups)
