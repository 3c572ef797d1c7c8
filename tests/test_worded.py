"""Where two readers have other words for a subject, it is doubtful, unless the word bears itself out."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline import worded
from pipeline.ocr import Glyph, StripText


def read(text: str, confidence: float = 0.98) -> StripText:
    """A text as a reader gives it, one glyph a sign."""
    words = []
    x = 0.0
    for word in text.split(" "):
        glyphs = []
        for sign in word:
            glyphs.append(Glyph(sign, (x, 0.0, x + 10, 30.0), confidence))
            x += 10
        if glyphs:
            words.append(tuple(glyphs))
        x += 10
    return StripText(tuple(words))


@pytest.mark.parametrize(
    ("first", "second", "sure"),
    [
        ("เรื่อง การป้องกันอัคคีภัยในอาคารสูง", "เรื่อง การป้องกันอัคคีภัยในอาคารสูง", True),
        ("เรื่อง การป้องกันอัดดีภัยในอาคารสูง", "เรื่อง การป้องกันอัคคีภัยในอาคารสูง", False),
        ("เรื่อง แนวทางการเบิกจ่ายค้ำใช้จ่าย", "เรื่อง แนวทางการเบิกจ่ายค่าใช้จ่าย", False),
        ("เรื่อง ขออนุมัติซ่อมแซมรถยนต์", "เรื่อง ขออนุมัติช่อมแชมรถยนต์", True),  # ซ่อมแซม is met often
        ("เรื่อง รายชื่อผู้ผ่านการคัดเลือก", "เรื่อง รายชื่อผู้ผ่านการกัดเลือก", True),
        ("เรื่อง รายงานผลการดำเกิงงาน", "เรื่อง รายงานผลการดำเนินงาน", False),
    ],
)
def test_words_read_differently_are_doubtful(first: str, second: str, sure: bool) -> None:
    said = worded.weighed(read(first), read(second))
    least = min(glyph.confidence for word in said.words for glyph in word)
    assert (least > 0.9) == sure
    if not sure:
        assert max(glyph.confidence for word in said.words for glyph in word) <= worded.DOUBT


def test_letters_behind_the_last_word_are_doubtful() -> None:
    first = read("เรื่อง ขออนุมัติซ่อมแซมรถยนต์")
    assert worded.weighed(first, read("เรื่อง ขออนุมัติซ่อมแซมรถยนต์กน")) is not first


def test_a_subject_is_looked_at_with_the_row_that_it_goes_on_in() -> None:
    rows = [
        "ที่ กษ ๐๓๑๖/๒๑๔",
        "เรื่อง ขอส่งรายงานผลการดำเนินงาน",
        "ในสถานศึกษา ไตรมาสที่ ๓",
        "เรียน นายอำเภอแม่ใจ",
        "อ้างถึง หนังสือจังหวัดน่าน ที่ นน ๐๐๑๗/๒ ลงวันที่ ๕ มีนาคม ๒๕๖๗",
        "ตามหนังสือที่อ้างถึง",
    ]
    assert worded.lines_of_words([read(row) for row in rows]) == {1, 2, 4}
    assert worded.lines_of_words([read(row) for row in (rows[1], rows[3], rows[5])]) == {0}


@pytest.mark.parametrize(
    ("first", "second", "taken"),
    [
        ("เรื่อง จ้างซ่อมแชมถนนในชุมชน", "เรื่อง จ้างซ่อมแซมฤนนในชุมชน", "เรื่อง จ้างซ่อมแซมถนนในชุมชน"),
        ("เรื่อง การป้องกันอัคดีภัย ๒๕๖๘", "เรื่อง การป้องกันอัคคีภัย ๒๕๖๘", "เรื่อง การป้องกันอัคคีภัย ๒๕๖๘"),
        ("อ้างถึง หนังสือชลประทานที ๓ ที่ กษ", "อ้างถึง หนังสือชลประทานที่ ๓ ที่ กษ", "อ้างถึง หนังสือชลประทานที่ ๓ ที่ กษ"),
        ("เรื่อง รายงานผลการดำเกิงงาน", "เรื่อง รายงานผลการดำเธิเงาน", "เรื่อง รายงานผลการดำเกิงงาน"),
    ],
)
def test_the_one_readers_word_that_bears_itself_out_is_taken(first: str, second: str, taken: str) -> None:
    said = worded.weighed(read(first), read(second))
    assert said.text == taken
    assert max(glyph.confidence for word in said.words for glyph in word) <= worded.DOUBT
    kept = [other for others in said.others for other in others]
    assert bool(kept) == (first != taken)
    assert all(other in first for other in kept)


@given(st.text(alphabet="กดคีัภย่ ๑a.", max_size=30), st.text(alphabet="กดคีัภย่ ๑a.", max_size=30))
def test_any_two_texts_leave_the_spaces_and_figures_of_the_first(one: str, other: str) -> None:
    first = read(one)
    said = worded.weighed(first, read(other))
    assert [re.findall(r"[๑.]", word) for word in said.text.split()] == [
        re.findall(r"[๑.]", word) for word in first.text.split()
    ]
    assert worded.weighed(first, first) is first
