"""Letters as offices of many kinds write them: every fact that a careful clerk notes, in every setting."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable

import pytest

from parsers.text import squash
from pipeline.understand import understand
from schemas.letter import Letter, Reference
from schemas.reading import Reading
from schemas.result import Document
from tests.varied_letters import SETTINGS, Setting, Varied, letters

LISTS: dict[str, Callable[[Letter], list[str]]] = {
    "ref": lambda letter: [_cited(one) for one in (*letter.references, *letter.citations)],
    "enc": lambda letter: [f"{said(one.title)} | {said(one.quantity)}" for one in letter.enclosures],
    "deadline": lambda letter: [said(one.date) for one in letter.deadlines],
    "event": lambda letter: [said(one.date) for one in letter.events],
    "cosigner": lambda letter: [said(one.name) for one in letter.cosigners],
    "copy": lambda letter: [said(one) for one in letter.copies_to],
    "receipt": lambda letter: [
        f"{said(one.number)} | {said(one.date)} | {said(one.time)}" for one in letter.receipts
    ],
}
SIGNED = {"name": "name", "position": "position", "acting_for": "acting_for"}


@pytest.mark.parametrize("setting", SETTINGS)
@pytest.mark.parametrize("varied", letters(), ids=lambda one: one.name)
def test_a_letter_gives_what_a_careful_clerk_notes(varied: Varied, setting: Setting) -> None:
    result = understand(Document(file="letter.pdf", sha256="0" * 64, pages=varied.pages(setting)))
    assert len(result.letters) == 1
    (letter,) = result.letters
    wrong = [
        f"{field}: want {want!r}, got {got!r}"
        for field, want in varied.truth
        if (got := told(letter, field, want)) != want
    ]
    assert not wrong, "\n".join(wrong)


def told(letter: Letter, field: str, want: str) -> str:
    """What the letter says of a field, `want` itself where only blanks differ; of a list the item that is wanted."""
    if field in LISTS:
        found = LISTS[field](letter)
        return next((want for one in found if squash(one) == squash(want)), str(found))
    got = _value(letter, field)
    return want if field != "number" and squash(got) == squash(want) else got


def _value(letter: Letter, field: str) -> str:
    if field in SIGNED:
        return said(getattr(letter.signatory, SIGNED[field])) if letter.signatory is not None else "-"
    if field == "owner":
        return said(letter.owner_office)
    if field.startswith("meeting."):
        return said(getattr(letter.meeting, field.removeprefix("meeting."))) if letter.meeting else "-"
    if field == "number":
        return letter.number.value.text if letter.number is not None and letter.number.value else "-"
    return said(getattr(letter, field))


def said(reading: Reading | None) -> str:  # type: ignore[type-arg]
    """A value as the files write it: dates in Buddhist years, `-` where there is none."""
    value = None if reading is None else reading.value
    if isinstance(value, dt.date):
        return f"{value.year + 543}-{value:%m-%d}"
    return "-" if value is None else str(value)


def _cited(one: Reference) -> str:
    number = one.number.value.text if one.number is not None and one.number.value is not None else ""
    return f"{number} | {said(one.date)}"
