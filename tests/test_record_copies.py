"""Records copy themselves as pydantic's own way would, and hold no more for it."""

from __future__ import annotations

from pydantic import BaseModel

from parsers.rows import make_rows, reading
from schemas.reading import Reading
from tests.layout import line, page


def _reading() -> Reading[str]:
    one = page([line(80, 100, "ที่ ลป ๐๐๑๗.๒/ว ๑๗๙๗")])
    return reading(
        "ลป 0017.2/ว1797", [make_rows(one.lines, {1: one})[0].ink(4)], candidates=["ลป 0017.2/1797"]
    )


def test_a_copy_is_that_of_pydantic() -> None:
    made = _reading()
    for update in (None, {}, {"confidence": 0.5}, {"value": None, "candidates": ()}):
        ours, its = made.model_copy(update=update), BaseModel.model_copy(made, update=update)
        assert ours == its
        assert ours is not made
        assert ours.model_fields_set == its.model_fields_set
        assert ours.model_dump_json(exclude_unset=True) == its.model_dump_json(exclude_unset=True)
    assert made.model_copy(deep=True) == made
    assert made == _reading()  # none of them has changed it


def test_a_reading_of_ink_is_one_that_was_looked_at() -> None:
    made = _reading()
    assert Reading[str].model_validate(made.model_dump()) == made
    assert Reading[str].model_validate_json(made.model_dump_json()) == made
