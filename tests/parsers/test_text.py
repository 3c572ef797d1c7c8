import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from parsers.text import fold, letter_table, normalise, squash, to_arabic, to_thai

# Text dense in what the module is about, beside any text at all.
THAI = st.text(st.sampled_from("กนท้่๊๋์ิีึืุูัํ็ฺำาเแ\uf70a\uf711\u200b\u00ad\u00a0 \n\r\t\f๐๕9.:/ว"), max_size=40)
ANY = THAI | st.text()

CASES = {
    "นํ้า": "น้ำ",
    "น้ํา": "น้ำ",
    "นำ้": "น้ำ",
    "คํา": "คำ",
    "ดําเนินการ": "ดำเนินการ",
    "ทํํา": "ทำ",
    "ทําํ": "ทำ",
    "ทีี่่": "ที่",
    "ท่ี": "ที่",
    "รู้้": "รู้",
    "เเละ": "และ",
    "เเผน": "แผน",
    "ที\uf70a": "ที่",
    "ป\uf702": "ปี",
    "ป\uf701น": "ปิน",
    "ฝ\uf710น": "ฝัน",
    "น\uf70b\uf711า": "น้ำ",
    "\uf700าน": "ฐาน",
    "\uf70fาติ": "ญาติ",
    "ฎ\uf718": "ฎุ",
    "ฎ\uf719": "ฎู",
    "พุท\uf71a": "พุทฺ",
    "ป\uf713า": "ป่า",
    "สิทธิ\uf70e": "สิทธิ์",
    "ก\u200bข\u00adค\ufeff": "กขค",
    "ก\u00a0ข\u3000ค\tง": "ก ข ค ง",
    "  ก   ข  ": "ก ข",
    "ก \n ข\r\nค": "ก\nข\nค",
    "พุทฺธํ": "พุทฺธํ",
    "๒๕๖๕": "๒๕๖๕",
    "เปล่า": "เปล่า",
    "": "",
}


@pytest.mark.parametrize(("given_text", "expected"), CASES.items())
def test_text_comes_out_as_it_should_have_been_typed(given_text, expected):
    assert normalise(given_text) == expected


@given(ANY)
def test_normalising_twice_is_normalising_once(text):
    once = normalise(text)
    assert normalise(once) == once


@given(ANY)
def test_folding_is_normalising_with_arabic_digits(text):
    assert fold(text).text == to_arabic(normalise(text))


@given(ANY)
def test_every_folded_span_lies_in_the_original_and_keeps_the_order(text):
    folded = fold(text)
    assert len(folded.places) == len(folded.text) + 1
    assert list(folded.places) == sorted(folded.places)
    start, end = folded.span(0, len(folded.text))
    assert 0 <= start <= end <= len(text)


def test_a_span_leads_back_to_the_ink():
    text = "  ลง\u00a0วันที่  ๕ นํ้า  ตุลาคม "
    folded = fold(text)
    start = folded.text.index("5")
    assert text[slice(*folded.span(start, start + len("5 น้ำ ตุลาคม")))] == "๕ นํ้า  ตุลาคม"


@given(st.text())
def test_digits_turn_one_for_one(text):
    assert len(to_arabic(text)) == len(to_thai(text)) == len(text)
    assert to_arabic(to_thai(text)) == to_arabic(text)


@given(ANY)
def test_squashing_never_fails_and_leaves_no_space(text):
    squashed = squash(text)
    assert " " not in squashed
    assert not any(digit in squashed for digit in "๐๑๒๓๔๕๖๗๘๙")


def test_squashed_texts_are_equal_whatever_the_spacing_and_digits():
    assert squash("ที่ สพร ๒๕๖๕/ว๙๐๗") == squash("ที่สพร. 2565 / ว 907")


@pytest.mark.timeout(20)
@pytest.mark.parametrize("piece", ["ํ", "ํ่", "่ิ", " ", " \n", "เ", "ำ", "\u200b", "ํ้า"])
def test_long_hostile_text_is_no_trouble(piece):
    folded = fold(piece * (100_000 // len(piece)))
    assert len(folded.text) <= 100_000


_TABLE = {ord("ก"): "ข", ord("่"): None, ord(" "): None, ord("“"): None, ord("A"): "a"}


@given(ANY)
def test_a_table_of_letters_does_what_translate_does(text):
    assert letter_table(_TABLE)(text) == text.translate(_TABLE)


@given(ANY)
def test_digits_are_those_of_a_table(text):
    assert to_arabic(text) == text.translate(str.maketrans("๐๑๒๓๔๕๖๗๘๙", "0123456789"))


@given(ANY)
def test_squashed_text_is_letters_marks_and_digits(text):
    plain = to_arabic(normalise(text)).lower()
    assert squash(text) == re.sub(r"[^\wัิ-ฺ็-๎]|_", "", plain)
