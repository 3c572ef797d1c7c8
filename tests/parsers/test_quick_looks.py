"""The quick looks that spare a search overlook nothing that the search would find."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from parsers import catchwords, routing, stamplabels


@given(st.from_regex(stamplabels._LABELS))
def test_a_label_of_a_stamp_is_looked_for(text: str) -> None:
    assert stamplabels._may_label(text)


@given(st.from_regex(f"{routing._TICK}|{routing._BOX}"))
def test_a_tick_or_a_box_is_looked_for(text: str) -> None:
    assert routing._MAY_TICK.search(text) is not None


@given(st.from_regex(catchwords._DOTTED_END))
def test_dots_at_an_end_are_looked_for(text: str) -> None:
    assert catchwords._is_dotted(text.strip()) == (catchwords._DOTTED_END.search(text.strip()) is not None)
