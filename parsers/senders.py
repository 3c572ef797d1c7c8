"""The sending office beside the registry of agencies: what its name may stand for, and whether it was damaged."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache

from parsers.agencies import Agency, Candidate, is_registered, is_same_name, resolve
from parsers.places import told_place
from schemas.letter import Letter
from schemas.reading import Reading

_NEAR = 0.75
"""Score from which an agency is offered as a candidate."""
_CLOSED = frozenset({"ministry", "จังหวัด", "องค์การบริหารส่วนจังหวัด"})
"""Kinds whose names are all known: a name close to one of them that is not one of them was damaged."""
_DOUBTFUL = 0.85  # confidence of such a name


def with_sender(letter: Letter, own: Sequence[Agency] = ()) -> Letter:
    """The letter, its agency with candidates where the name is in no table as it was read.

    The value itself stays as it was read. `own` are the agencies that the office added.
    """
    agency = letter.agency
    if agency is None or agency.value is None:
        return letter
    number = letter.number.value if letter.number is not None else None
    place = letter.address.value if letter.address is not None else None
    province = told_place(place or "").province
    if is_registered(agency.value, province):
        return letter
    found = _resolved(agency.value, number.code if number is not None else None, province, tuple(own))
    if not found or found[0].score >= 1:
        return letter
    return letter.model_copy(update={"agency": _beside(agency, found)})


def _beside(agency: Reading[str], found: Sequence[Candidate]) -> Reading[str]:
    near = [one for one in found if one.score >= _NEAR]
    names = [one.agency.name for one in near if not is_same_name(one.agency.name, agency.value or "")]
    damaged = bool(near) and near[0].agency.kind in _CLOSED
    return agency.model_copy(
        update={
            "candidates": tuple(dict.fromkeys((*agency.candidates, *names))),
            "confidence": min(agency.confidence, _DOUBTFUL) if damaged else agency.confidence,
        }
    )


@lru_cache(maxsize=2048)
def _resolved(
    name: str, code: str | None, province: str | None, own: tuple[Agency, ...]
) -> tuple[Candidate, ...]:
    return resolve(name, code=code, province=province, own=own)
