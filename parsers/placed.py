"""Places named in a letter's fields: a name in no list, while one misreading makes it of one that is, was misread.

The lists of provinces and districts are complete: there the name meant takes its place where there is only one. Local
governments may have names that no subdistrict has, so there it is but offered. Neither is sure.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from functools import cache
from typing import NamedTuple

from rapidfuzz.distance import Levenshtein

from parsers.places import districts, provinces, subdistricts
from parsers.skeletons import Skeletons, misreading, skeleton
from schemas.ink import TYPED
from schemas.reading import Reading

_RUN = r"[\u0e01-\u0e4e]+"
_DOUBT = 0.9  # what stays of the confidence
_FEW = 3  # names offered
_SHORTEST = 3  # letters of a name that is compared; shorter ones have too many neighbours


class _Level(NamedTuple):
    """A kind of place: how it is written, its names, and whether there are no others."""

    label: re.Pattern[str]
    names: Callable[[], Iterable[str]]
    complete: bool


_LEVELS = (
    _Level(re.compile(f"จังหวัด(?P<name>{_RUN})"), provinces, True),
    _Level(re.compile(f"อำเภอ(?P<name>{_RUN})"), districts, True),
    _Level(re.compile(f"ตำบล(?P<name>{_RUN})"), subdistricts, False),
)


def weigh_places(reading: Reading[str]) -> Reading[str]:
    """A field of words weighed by the places that it names.

    >>> from schemas.reading import Reading
    >>> read = Reading[str](value="ที่ว่าการอำเภอบ้านไผ", raw="", page=1, box=None, confidence=0.97, reader="print")
    >>> weigh_places(read).value
    'ที่ว่าการอำเภอบ้านไผ่'
    """
    if not reading.value or reading.reader in TYPED:
        return reading
    for level in _LEVELS:
        found = level.label.search(reading.value)
        near = () if found is None else _near(level, found["name"])
        if found is not None and near:
            return _weighed(reading, found.span("name"), near, replaced=level.complete and len(near) == 1)
    return reading


def _weighed(
    reading: Reading[str], place: tuple[int, int], names: Iterable[str], *, replaced: bool
) -> Reading[str]:
    """The reading in doubt, with the names that may be meant among its candidates, or the only one in its value."""
    read = reading.value or ""
    others = [read[: place[0]] + name + read[place[1] :] for name in names][:_FEW]
    value, offered = (others[0], [read]) if replaced else (read, others)
    return reading.model_copy(
        update={
            "value": value,
            "confidence": round(reading.confidence * _DOUBT, 4),
            "candidates": tuple(dict.fromkeys((*offered, *reading.candidates))),
        }
    )


def _near(level: _Level, name: str) -> tuple[str, ...]:
    """The places of a level that one misreading makes into a name that is in no list; none where it begins with one.

    Where the list is complete and no such misreading is known, any one letter may be lost or wrong: พะยา is พะเยา.
    """
    known, by_skeleton = _known(level.names)
    if len(name) < _SHORTEST or any(name[:length] in known for length in range(2, len(name) + 1)):
        return ()
    near = tuple(other for other in by_skeleton.of(skeleton(name)) if misreading(other, name) is not None)
    if near or not level.complete:
        return near
    return tuple(other for other in known if Levenshtein.distance(other, name, score_cutoff=1) <= 1)


@cache
def _known(names: Callable[[], Iterable[str]]) -> tuple[frozenset[str], Skeletons]:
    listed = tuple(names())
    return frozenset(listed), Skeletons(listed)
