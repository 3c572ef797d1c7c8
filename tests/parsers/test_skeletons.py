"""What one misreading makes of a word, and the words that a misread one may be."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from parsers.skeletons import Skeletons, marks_before, misreading, skeleton

WORDS = ("ถนน", "ภาค", "ส่ง", "ชื่อ", "แจ้ง", "ทำ", "ประชุม", "สาย", "ลาย")


@pytest.mark.parametrize(
    ("word", "read", "kind"),
    [
        ("ถนน", "กนน", "swapped"),
        ("ส่ง", "สง", "lost"),
        ("ส่ง", "ส้ง", "swapped"),
        ("ทำ", "ทา", "lost"),
        ("ทา", "ทำ", None),
        ("สง", "ส่ง", "added"),
        ("แจ้ง", "เจ้ง", "added"),
        ("ถนน", "กมน", None),
        ("ถนน", "ถนน", None),
        ("ถนน", "ถนนน", None),
        ("ชื่อ", "ชอ", None),
    ],
)
def test_one_accident_is_told_from_two(word: str, read: str, kind: str | None) -> None:
    assert misreading(word, read) == kind


def test_words_of_one_skeleton_are_found_together() -> None:
    table = Skeletons(WORDS)
    assert set(table.of(skeleton("ลาย"))) == {"สาย", "ลาย"}
    assert list(table.of(skeleton("กนน"))) == ["ถนน"]
    assert not table.of("ฮฮฮ")


def test_what_a_text_may_begin_with_is_told_by_its_length() -> None:
    table = Skeletons(("กำ", "ปร", "ปะ", "ประ", "ปราง", "ประชุม"), lambda word: float(len(word)))
    none = float("inf")
    assert list(table.begun(skeleton("ประชุม")[:3])) == [none, none, 2.0, 3.0, none, 6.0]
    assert list(table.begun(skeleton("ปราง")[:3])) == [none, none, 2.0, none, 4.0]
    assert list(table.begun(skeleton("ปรก"))) == [none, none, 2.0]  # no word of three letters begins so
    assert list(table.begun(skeleton("กำ"))) == [none, none, 2.0]
    assert not table.begun("ฮฮฮ")


@given(st.text(alphabet=st.characters(min_codepoint=0x0E01, max_codepoint=0x0E4E), max_size=30))
def test_places_count_the_letters_of_the_skeleton(text: str) -> None:
    places = marks_before(text)
    assert all(skeleton(text[:at]) == skeleton(text)[: places[at]] for at in range(len(text) + 1))


LETTERS = "กขคชดตถทนบปพมยรลวสอ่้ัิีุูเแาำ"


@given(st.text(LETTERS, min_size=2, max_size=12), st.data())
def test_what_is_one_misreading_away_has_the_same_skeleton(word: str, data: st.DataObject) -> None:
    at = data.draw(st.integers(0, len(word) - 1))
    put = data.draw(st.sampled_from(["", *LETTERS, *(word[at] + letter for letter in LETTERS)]))
    read = word[:at] + put + word[at + 1 :]
    if misreading(word, read) is not None:
        assert skeleton(word) == skeleton(read)
