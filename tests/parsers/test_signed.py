"""Signed or not: told only where the page was looked at as a picture, and never surely where no ink was seen."""

from __future__ import annotations

import pytest

from parsers.signed import with_signatures
from schemas.ink import Box, Mark, Page
from schemas.letter import Signatory
from schemas.reading import Reading
from tests.make_records import letter, reading

NAME = Box(300.0, 600.0, 420.0, 616.0)


def signed(*marks: Box, reader: str = "print") -> Reading[bool] | None:
    page = Page(
        number=1,
        width=595,
        height=842,
        reader=reader,  # type: ignore[arg-type]
        marks=tuple(Mark(kind="signature", page=1, box=box, confidence=0.95) for box in marks),
    )
    who = Signatory(name=reading("นายสมชาย ใจดี", box=NAME))
    found = with_signatures(letter(signatory=who), {1: page}).signatory
    assert found is not None
    return found.signed


@pytest.mark.parametrize(
    "box",
    [Box(310, 560, 400, 598), Box(280, 555, 350, 610), Box(415, 570, 470, 601)],
    ids=["over", "into", "side"],
)
def test_ink_over_the_name_is_its_signature(box: Box) -> None:
    found = signed(box)
    assert found is not None
    assert found.value is True
    assert found.box == box


@pytest.mark.parametrize("box", [Box(310, 400, 400, 440), Box(60, 560, 160, 598), Box(310, 640, 400, 680)])
def test_ink_elsewhere_is_not(box: Box) -> None:
    found = signed(box)
    assert found is not None
    assert found.value is False
    assert found.confidence < 0.9


def test_nothing_is_said_where_nobody_looked() -> None:
    assert signed(reader="text-layer") is None
    assert with_signatures(letter(signatory=None), {}).signatory is None
