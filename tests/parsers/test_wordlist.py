"""Our word list cuts text exactly as PyThaiNLP's own tree does, in a small part of its memory."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pythainlp.tokenize import word_tokenize

from parsers.places import places
from parsers.vocabulary import dictionary, is_word, vocabulary
from parsers.wordlist import WordList, cut_words, word_list

TEXTS = (
    "ขอเชิญประชุมคณะกรรมการพัฒนาท้องถิ่น",
    "ด้วยจังหวัดจะจัดประชุมประจำเดือนสิงหาคม ๒๕๖๖ ณ ห้องประชุม",
    "นายอนุชิต ภูมิลำเนา ผู้อำนวยการโรงเรียนบ้านคลองใสน้ำเย็น",
    "ตากลม โคลงเรือ มาตรการ",
    "saraban@example.go.th โทร. ๐ ๒๕๓๔ ๕๖๗๘",
    "ตากลม" * 40,  # more ways than are looked at
    "มาตรการกลมกลืน" * 20,
    "",
)


@pytest.mark.parametrize("text", TEXTS)
def test_text_is_cut_as_by_pythainlp(text: str) -> None:
    assert cut_words(text) == word_tokenize(text, engine="newmm", keep_whitespace=False)


@given(st.text(alphabet="กขคงจชดตนบปมยรลวสหอ่้ัิีุูาำะเแโใไ์ ๑๒", max_size=60))
def test_any_text_is_cut_as_by_pythainlp(text: str) -> None:
    assert cut_words(text) == word_tokenize(text, engine="newmm", keep_whitespace=False)


@given(
    st.lists(
        st.sampled_from((*TEXTS, "ตากลม", "มาตรการ", "การ", "ก", "ร", "ท่า", " ", "\n", "ฮฮ", "1,000.5"))
    ),
    st.integers(0, 9),
)
def test_words_and_scraps_are_cut_as_by_pythainlp(texts: list[str], lost: int) -> None:
    text = "".join(one[lost % (len(one) + 1) :] for one in texts)
    assert list(word_list().cut(text)) == word_tokenize(text, engine="newmm")


def test_the_list_holds_the_dictionary() -> None:
    assert "ประชุม" in word_list()
    assert len(word_list()) == len(list(dictionary())) > 50_000


def test_a_few_words_may_stand_beside_the_dictionary() -> None:
    known = WordList(frozenset(("ฮฮก", "การประ", "การ")))
    assert list(known.cut("ฮฮกการประ")) == ["ฮฮก", "การประ"]
    assert "ฮฮก" in known
    assert "ฮฮก" not in word_list()
    assert set(known.words()) - set(dictionary()) == {"ฮฮก", "การประ"}
    assert len(known) == len(word_list()) + 2


def test_a_name_of_a_place_is_no_word_of_the_dictionary() -> None:
    names = {place.subdistrict for place in places() if not is_word(place.subdistrict)}
    assert len(names) > 1000
    assert all(name in vocabulary() and name not in word_list() for name in names)
    assert vocabulary()["การ"].met > 100_000
    assert vocabulary()["การ"].cost < vocabulary()["ประชุม"].cost
