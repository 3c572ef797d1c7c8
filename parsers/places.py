"""Subdistricts, districts and provinces of Thailand, found again from names that OCR has damaged."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache, cached_property
from sys import intern
from typing import NamedTuple

from rapidfuzz import process
from rapidfuzz.distance import Levenshtein

from parsers.alike import Shape, likeness_of, shape_of
from parsers.data import each_row
from parsers.text import squash

_LEAST = 0.6
"""Likeness below which a name is no candidate."""
_FEW = 60

_PROVINCE = re.compile(r"จังหวัด\s*|จ\.\s*")
_DISTRICT = re.compile(r"อำเภอ\s*|(?<![ก-ฮ])อ\.\s*|เขต\s*")
_SUBDISTRICT = re.compile(r"ตำบล\s*|(?<![ก-ฮ])ต\.\s*|แขวง\s*")
_NAME = re.compile(r"[\u0e01-\u0e4e.\-]+")


class Place(NamedTuple):
    """A subdistrict (ตำบล, แขวง) with the district (อำเภอ, เขต) and the province (จังหวัด) it lies in."""

    geocode: str
    subdistrict: str
    district: str
    province: str
    postcodes: tuple[str, ...]


class Named(NamedTuple):
    """A name and how well the ink fits it, 0 to 1."""

    name: str
    score: float


class Names(tuple[str, ...]):
    """Names to look for, all of a kind; they are squashed once."""

    @cached_property
    def squashed(self) -> list[str]:
        """The names, squashed."""
        return [squash(name) for name in self]

    @cached_property
    def _shapes(self) -> dict[int, Shape]:
        return {}

    def shape(self, place: int) -> Shape:
        """The shape of a name, kept: the same few are near to most that is read."""
        known = self._shapes.get(place)
        if known is None:
            known = self._shapes[place] = shape_of(self[place])
        return known


class Told(NamedTuple):
    """What a text itself says of where something lies, as it was read."""

    subdistrict: str | None
    district: str | None
    province: str | None


@cache
def places() -> tuple[Place, ...]:
    """All subdistricts, in the order of their geocodes."""
    postcodes: dict[str, tuple[str, ...]] = {}
    return tuple(
        Place(
            row["geocode"],
            intern(row["subdistrict"].partition("(")[0].strip()),
            intern(row["district"]),
            intern(row["province"]),
            postcodes.setdefault(row["postcodes"], tuple(row["postcodes"].split())),
        )
        for row in each_row("places")
    )


@cache
def provinces() -> Names:
    """The 77 provinces, Bangkok included."""
    return Names(dict.fromkeys(place.province for place in places()))


@cache
def districts(province: str | None = None) -> Names:
    """The districts of a province, or of the whole country."""
    return Names(dict.fromkeys(p.district for p in places() if province in (None, p.province)))


@cache
def subdistricts(province: str | None = None, district: str | None = None) -> Names:
    """The subdistricts of a province or district, or of the whole country."""
    found = (p for p in places() if province in (None, p.province) and district in (None, p.district))
    return Names(dict.fromkeys(p.subdistrict for p in found))


def find_name(read: str, names: Names, limit: int = 5) -> tuple[Named, ...]:
    """The names that a reading may stand for, the likeliest first; never silently one."""
    shape = shape_of(read)
    good = []
    for place in _worth_a_look(shape.whole, names):
        score = round(likeness_of(shape, names.shape(place)), 3)
        if score >= _LEAST:
            good.append(Named(names[place], score))
    return tuple(sorted(good, key=lambda named: (-named.score, named.name))[:limit])


def _worth_a_look(squashed: str, names: Names) -> Iterable[int]:
    """Which names share most with a reading: a quick look at all, so that the close one is at few."""
    if len(names) <= _FEW:
        return range(len(names))
    found = process.extract(
        squashed, names.squashed, scorer=Levenshtein.normalized_similarity, limit=_FEW, score_cutoff=0.3
    )
    return [place for _, _, place in found]


def find_province(read: str) -> tuple[Named, ...]:
    """Provinces that a reading may stand for."""
    return find_name(_PROVINCE.sub("", read), provinces())


def find_subdistrict(read: str, province: str | None = None) -> tuple[Named, ...]:
    """Subdistricts that a reading may stand for, among those of the province where it is known."""
    return find_name(_SUBDISTRICT.sub("", read), subdistricts(province))


def told_place(text: str) -> Told:
    """What a text says of a place: ตำบล…, อำเภอ…, จังหวัด…, with their short forms.

    >>> told_place("อบต.ลำใหม่ อ.เมืองยะลา จ.ยะลา").district
    'เมืองยะลา'
    """
    return Told(_after(_SUBDISTRICT, text), _after(_DISTRICT, text), _after(_PROVINCE, text))


def _after(label: re.Pattern[str], text: str) -> str | None:
    found = label.search(text)
    name = _NAME.match(text, found.end()) if found else None
    return name[0].strip(".-") or None if name else None
