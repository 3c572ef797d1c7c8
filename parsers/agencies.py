"""Who writes and who is written to: ministries, departments, provinces, districts and local government (อปท.).

A name as read is resolved to candidates with a score, never silently to one. An office adds its own agencies by
a table of the same shape (name, code, kind, province): `own_agencies`.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from functools import cache, lru_cache
from typing import NamedTuple

from rapidfuzz.distance import Levenshtein

from parsers.alike import likeness
from parsers.data import read_table
from parsers.places import Named, Names, districts, find_name, places, provinces, subdistricts, told_place
from parsers.text import normalise, squash

LOCAL_KINDS = frozenset(row["kind"] for row in read_table("agency_kinds") if row["source"] == "S32")
"""Kinds of local government."""
_LEAST = 0.62
_KNOWN_PROVINCE = 0.9  # a province read this well narrows the search to it
_BEST = 5
_OFFICE = re.compile(r"^(?:สำนักงาน|ที่ทำการ|สำนัก)\s*(?=องค์การบริหารส่วน|เทศบาล|อบ[ตจ]|เมืองพัทยา)")
_STOP = re.compile(r"\s*(?:อำเภอ|จังหวัด|ตำบล|(?<![ก-ฮ])[อจต]\.)")


class Agency(NamedTuple):
    """One agency. `code` is that of its letters where one is known; `province` of local and provincial offices."""

    name: str
    kind: str
    code: str | None = None
    district: str | None = None
    province: str | None = None


class Candidate(NamedTuple):
    """An agency that a reading may stand for, with a score from 0 to 1."""

    agency: Agency
    score: float


class Kind(NamedTuple):
    """A kind of office that carries the name of a place: how it is written, and the level of the place."""

    kind: str
    prefix: str
    level: str  # subdistrict, district, province, any of these, or one: there is only one such office


@cache
def central() -> tuple[Agency, ...]:
    """Ministries, their departments, and bodies outside the ministries."""
    ministries = (
        Agency(row["name_th"], row["kind"], row["code"])
        for row in read_table("ministry_codes")
        if row["kind"] != "former"
    )
    departments = (Agency(row["name"], "กรม", row["code"]) for row in read_table("departments"))
    return (*ministries, *departments)


_FAR = 0.4  # likeness, letter by letter, below which no other measure makes two openings alike


@cache
def _kinds() -> tuple[Kind, ...]:
    """Prefixes in full and in short, the longest first: อบต. before อ."""
    found = [
        Kind(row["kind"], prefix, row["level"])
        for row in read_table("agency_kinds")
        for prefix in (row["prefix"], row["short"])
        if prefix
    ]
    return tuple(sorted(found, key=lambda kind: -len(kind.prefix)))


def own_agencies(rows: Iterable[Mapping[str, str]]) -> tuple[Agency, ...]:
    """An office's own table: rows with name, and code, kind, district, province where they are known."""
    return tuple(
        Agency(
            normalise(row["name"]).strip(),
            row.get("kind") or "own",
            row.get("code") or None,
            row.get("district") or None,
            row.get("province") or None,
        )
        for row in rows
        if row.get("name", "").strip()
    )


def resolve(
    read: str, *, code: str | None = None, province: str | None = None, own: Sequence[Agency] = ()
) -> tuple[Candidate, ...]:
    """The agencies that a name may stand for, the likeliest first, at most five.

    `code` is the letters of the letter's number, `province` where the letter is known to come from; either
    raises those that agree with it. Nothing found is an empty tuple.
    """
    text = normalise(read).strip()
    found: dict[Agency, float] = {}
    for candidate in (*_placed(text, province), *_named(text, tuple(own))):
        score = _weighed(candidate, code, province)
        found[candidate.agency] = max(score, found.get(candidate.agency, 0.0))
    ranked = sorted(found.items(), key=lambda item: (-item[1], item[0].name, item[0].province or ""))
    return tuple(Candidate(agency, round(score, 3)) for agency, score in ranked[:_BEST] if score >= _LEAST)


def is_registered(read: str, province: str | None = None) -> bool:
    """Whether the registry has a name as it was read, so that nothing else need be looked for."""
    text = normalise(read).strip()
    if squash(_bare(text)) in _central_names():
        return True
    kind = next((kind for kind in _kinds() if (bare := _OFFICE.sub("", text)).startswith(kind.prefix)), None)
    if kind is None or kind.level == "one":
        return kind is not None
    rest = bare[len(kind.prefix) :].strip()
    told = told_place(rest)
    name = squash(_STOP.split(rest, maxsplit=1)[0].strip(" .") or rest)
    if kind.level == "province":
        return any(squash(one) == name and province in (None, one) for one in provinces())
    if told.province is not None and told.province not in provinces():
        return False
    known = told.province or province
    return any(
        (told.district is None or home[0] in (None, told.district)) and province in (None, home[1])
        for one in _written_so(kind.level, known).get(name, ())
        for home in _homes(one, kind.level, known)
    )


@cache
def _central_names() -> frozenset[str]:
    return frozenset(squash(agency.name) for agency in central())


@cache
def _written_so(level: str, province: str | None) -> Mapping[str, tuple[str, ...]]:
    """The places of a level by how their names are written but for spaces."""
    found: dict[str, tuple[str, ...]] = {}
    for name in _place_names(level, province):
        found[squash(name)] = (*found.get(squash(name), ()), name)
    return found


def by_code(code: str, own: Sequence[Agency] = ()) -> tuple[Agency, ...]:
    """The agencies whose letters carry a code: two when a province and a ministry share it."""
    offices = [
        Agency(f"จังหวัด{province}", "จังหวัด", letters, None, province)
        for province, letters in _province_codes().items()
    ]
    chief = [agency for agency in central() if agency.kind != "กรม"]
    return tuple(agency for agency in (*own, *chief, *offices) if agency.code == code)


def _weighed(candidate: Candidate, code: str | None, province: str | None) -> float:
    """A score that knows what else the letter tells. What agrees can raise a near name, never make it sure."""
    agency, score = candidate
    if score >= 1:
        return 1.0 if province in (None, agency.province) or agency.province is None else 0.9
    agrees = (code is not None and code == agency.code) or (
        province is not None and province == agency.province
    )
    return min(0.99, score + 0.1 * agrees)


def _named(text: str, own: tuple[Agency, ...]) -> Iterable[Candidate]:
    """Agencies with a name of their own, those that the office added before the others."""
    agencies, names, places_of = _by_name(own)
    scores = {named.name: named.score for named in find_name(_bare(text), names)}
    found = sorted(place for name in scores for place in places_of[name])
    return [Candidate(agencies[place], scores[agencies[place].name]) for place in found]


@lru_cache(maxsize=8)  # an office's own agencies are the same for all its letters
def _by_name(own: tuple[Agency, ...]) -> tuple[tuple[Agency, ...], Names, Mapping[str, Sequence[int]]]:
    """All agencies with a name of their own, their names, and where among them each name stands."""
    agencies = (*own, *central())
    found: dict[str, list[int]] = {}
    for place, agency in enumerate(agencies):
        found.setdefault(agency.name, []).append(place)
    return agencies, Names(found), found


def _bare(text: str) -> str:
    """A name without the place that is told behind it."""
    return _STOP.split(text, maxsplit=1)[0] if not text.startswith(("จังหวัด", "อำเภอ")) else text


def _placed(text: str, province: str | None) -> list[Candidate]:
    """Offices called by their kind and the place: องค์การบริหารส่วนตำบลลำใหม่."""
    kind, fit, rest = _kind_of(text)
    if kind is None:
        return []
    if kind.level == "one":
        return [Candidate(Agency(kind.kind, kind.kind), fit)]
    told = told_place(rest)
    name = _STOP.split(rest, maxsplit=1)[0].strip(" .") or rest
    where = told.province if kind.level != "province" else None
    known = _sure(find_name(where, provinces())) if where else province
    return [
        Candidate(agency, fit * named.score) for named, agency in _offices(kind, name, known, told.district)
    ]


def _kind_of(text: str) -> tuple[Kind | None, float, str]:
    """The kind at the head of a name, how well it was read, and what follows it."""
    text = _OFFICE.sub("", text)
    for kind in _kinds():
        if text.startswith(kind.prefix):
            return kind, 1.0, text[len(kind.prefix) :].strip()
    best: tuple[Kind | None, float, str] = (None, 0.0, "")
    for kind in _kinds():
        if len(kind.prefix) < 6:
            continue
        for length in range(len(kind.prefix) - 2, len(kind.prefix) + 3):
            if not Levenshtein.normalized_similarity(text[:length], kind.prefix, score_cutoff=_FAR):
                continue
            fit = likeness(text[:length], kind.prefix)
            if fit > max(best[1], 0.75):
                best = (kind, fit, text[length:].strip())
    return best


def _offices(
    kind: Kind, name: str, province: str | None, district: str | None
) -> Iterable[tuple[Named, Agency]]:
    """Offices of a kind whose place is like a name; one for each province that has such a place."""
    if kind.level == "province":
        for named in find_name(name, provinces()):
            code = _province_codes().get(named.name) if kind.kind == "จังหวัด" else None
            yield named, Agency(f"{kind.kind}{named.name}", kind.kind, code, None, named.name)
        return
    names = _place_names(kind.level, province)
    for named in find_name(name, names):
        for home in _homes(named.name, kind.level, province):
            near = district is None or home[0] is None or likeness(district, home[0]) > 0.8
            fit = named if near else Named(named.name, named.score * 0.9)
            yield fit, Agency(f"{kind.kind}{named.name}", kind.kind, None, home[0], home[1])


@cache
def _place_names(level: str, province: str | None) -> Names:
    """Names of the places of a level. Municipalities go by subdistricts, districts or provinces."""
    if level == "district":
        return districts(province)
    if level == "subdistrict":
        return subdistricts(province)
    more = (*districts(province), *((province,) if province else provinces()))
    return Names(dict.fromkeys((*subdistricts(province), *more)))


@cache
def _homes(name: str, level: str, province: str | None) -> tuple[tuple[str | None, str], ...]:
    """District and province of every place of a name, each pair once."""
    found: dict[tuple[str | None, str], None] = {}
    for place in places():
        if province not in (None, place.province):
            continue
        if place.subdistrict == name and level in ("subdistrict", "any"):
            found[(place.district, place.province)] = None
        elif place.district == name and level in ("district", "any"):
            found[(name, place.province)] = None
    if not found and level == "any" and name in provinces():
        found[(None, name)] = None
    return tuple(found)


@cache
def _province_codes() -> Mapping[str, str]:
    return {row["province_th"]: row["abbr_2letter"] for row in read_table("province_codes")}


def _sure(found: tuple[Named, ...]) -> str | None:
    return found[0].name if found and found[0].score >= _KNOWN_PROVINCE else None


def is_same_name(one: str, other: str) -> bool:
    """Whether two names are written alike but for spaces, digits' script and the order of marks."""
    return squash(one) == squash(other)
