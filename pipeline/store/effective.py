"""The record with people's corrections laid over it; what the machine read stays as it was below.

Paths in corrections count the places of a list as the machine read it: items that a person struck out keep
their place there, so that taking a correction back never moves another one.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

from schemas.letter import Letter
from schemas.reading import Reading

Json = dict[str, Any]


class Correction(NamedTuple):
    """One correction that counts: the person's reading (None: not on the paper) in place of what was there."""

    path: str
    reading: Json | None
    was: Json | None


class Corrected(NamedTuple):
    """A letter with its corrections, and for each list the places its items have in the machine's record."""

    letter: Letter
    places: Mapping[str, tuple[int, ...]]
    paths: tuple[str, ...]  # corrected, as they stand in `letter`


_NEEDS: Mapping[str, Mapping[str, str]] = {
    "deadlines": {"date": "", "phrase": "(เพิ่มโดยเจ้าหน้าที่)", "kind": "fixed"},
    "events": {"date": "", "phrase": "(เพิ่มโดยเจ้าหน้าที่)"},
    "references": {"text": "(เพิ่มโดยเจ้าหน้าที่)"},
    "enclosures": {"title": "(เพิ่มโดยเจ้าหน้าที่)"},
    "endorsements": {"text": "(เพิ่มโดยเจ้าหน้าที่)"},
    "criteria": {"name": "(เพิ่มโดยเจ้าหน้าที่)"},
}
"""Readings without which an item of a list is none: struck out, they take the item with them."""


def person_reading(value: Any, page: int, was: Json | None) -> Json:
    """A person's reading as JSON, with the ink that it was read from where there is any."""
    return {
        "value": value,
        "raw": was["raw"] if was else "",
        "page": was["page"] if was else page,
        "box": was["box"] if was else None,
        "confidence": 1.0,
        "reader": "person",
        "candidates": [],
    }


def apply(machine: Letter, corrections: Sequence[Correction]) -> Corrected:
    """Lay corrections over a letter, the oldest first."""
    names = [name for name, value in machine if isinstance(value, tuple) and name != "pages"]
    if not corrections:
        return Corrected(machine, {name: tuple(range(len(getattr(machine, name)))) for name in names}, ())
    data = machine.model_dump(mode="json")
    page = machine.pages[0] if machine.pages else 1
    set_paths = [_set(data, each, page) for each in corrections]
    places: dict[str, tuple[int, ...]] = {}
    for name in names:
        items: list[Any] = data[name]
        places[name] = tuple(place for place, item in enumerate(items) if not _is_gone(name, item))
        data[name] = [items[place] for place in places[name]]
    paths = (renumbered(path, places) for path in dict.fromkeys(set_paths))
    return Corrected(Letter.model_validate(data), places, tuple(path for path in paths if path is not None))


def renumbered(path: str, places: Mapping[str, Sequence[int]]) -> str | None:
    """A path in the machine's record as it stands in the corrected one; None when that item is struck out."""
    name, _, rest = path.partition(".")
    place, _, inner = rest.partition(".")
    if name not in places or not place.isdigit():
        return path
    if int(place) not in places[name]:
        return None
    return ".".join(filter(None, (name, str(list(places[name]).index(int(place))), inner)))


def original_path(path: str, machine: Letter, corrected: Corrected) -> str:
    """A path in the corrected letter as it is kept; one place past the end of a list is a new item."""
    name, _, rest = path.partition(".")
    place, _, inner = rest.partition(".")
    places = corrected.places.get(name)
    if places is None or not place.isdigit():
        return path
    known = len(getattr(corrected.letter, name))
    if int(place) < known:
        kept = places[int(place)]
    else:
        kept = max((len(getattr(machine, name)), *(each + 1 for each in places)))
    return ".".join(filter(None, (name, str(kept), inner)))


def _set(data: Json, correction: Correction, page: int) -> str:
    """Put one reading in its place; the path where it went."""
    steps = correction.path.split(".")
    if len(steps) > 1 and steps[1].isdigit():
        return _set_in_list(data, correction, steps, page)
    if len(steps) == 2:
        data[steps[0]] = data.get(steps[0]) or {}
        data[steps[0]][steps[1]] = correction.reading
    else:
        data[steps[0]] = correction.reading
    return correction.path


def _set_in_list(data: Json, correction: Correction, steps: list[str], page: int) -> str:
    name, inner = steps[0], ".".join(steps[2:])
    items: list[Any] = data[name]
    place = _anchor(items, int(steps[1]), inner, correction.was)
    while len(items) <= place:  # struck-out or lost items before it stay empty and fall out
        items.append(None)
    if not inner:  # a list of plain readings, such as สำเนาส่ง
        items[place] = correction.reading
    else:
        if items[place] is None:
            fill = _NEEDS.get(name, {})
            items[place] = {key: person_reading(value or None, page, None) for key, value in fill.items()}
        items[place][inner] = correction.reading
    return ".".join(filter(None, (name, str(place), inner)))


def _anchor(items: Sequence[Any], place: int, inner: str, was: Json | None) -> int:
    """The place of the item whose ink was corrected: after reading again it may have moved."""
    if was is None or was["box"] is None:
        return place
    order: list[int] = [place, *range(len(items))]
    for each in order:
        reading = _inner(items[each], inner) if each < len(items) else None
        if reading and reading["page"] == was["page"] and _meet(reading["box"], was["box"]):
            return each
    return place


def _inner(item: Any, inner: str) -> Any:
    if not isinstance(item, dict):
        return None
    return item.get(inner) if inner else item


def _meet(one: Sequence[float] | None, other: Sequence[float]) -> bool:
    if one is None:
        return False
    return one[0] < other[2] and other[0] < one[2] and one[1] < other[3] and other[1] < one[3]


def _is_gone(name: str, item: Any) -> bool:
    """Whether an item was struck out: itself, or a reading that it cannot be without."""
    if item is None:
        return True
    if not isinstance(item, dict) or "raw" in item:
        return False
    needs = _NEEDS.get(name)
    if needs is not None:
        return any(item.get(key) is None for key in needs)
    return all(value in (None, [], False) for value in item.values())


def reading_json(letter: Letter, path: str) -> Json | None:
    """The reading at a path as JSON; None when there is none."""
    from pipeline.paths import reading_at

    reading: Reading[Any] | None = reading_at(letter, path)
    return None if reading is None else reading.model_dump(mode="json")
