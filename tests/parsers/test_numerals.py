import pytest
from hypothesis import given
from hypothesis import strategies as st

from parsers.numerals import parse_number, parse_words, read_count
from parsers.text import to_thai


@pytest.mark.parametrize(
    ("words", "number"),
    [
        ("ศูนย์", 0),
        ("หนึ่ง", 1),
        ("เจ็ด", 7),
        ("สิบ", 10),
        ("สิบเอ็ด", 11),
        ("สิบห้า", 15),
        ("ยี่สิบ", 20),
        ("ยี่สิบเอ็ด", 21),
        ("สามสิบ", 30),
        ("หกสิบ", 60),
        ("เก้าสิบ", 90),
        ("หนึ่งร้อยยี่สิบ", 120),
        ("ร้อยแปดสิบ", 180),
        ("สามร้อยหกสิบห้า", 365),
        ("สองพันห้าร้อยหกสิบห้า", 2565),
        ("หนึ่งล้านสองแสน", 1_200_000),
        ("สิบล้าน", 10_000_000),
        ("สาม สิบ", 30),
        ("", None),
        ("ล้าน", None),
        ("หนึ่งสอง", None),
        ("สิบสิบ", None),
        ("สิบร้อย", None),
        ("สิบวัน", None),
        ("สาม-สิบ", None),
    ],
)
def test_number_words(words, number):
    assert parse_words(words) == number


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("๗", 7),
        ("15", 15),
        ("๗ (เจ็ด)", 7),
        ("7(เจ็ด)", 7),
        ("สิบห้า", 15),
        ("(สิบห้า)", 15),
        ("๗ (แปด)", None),
        ("", None),
        ("เจ็ดวัน", None),
    ],
)
def test_counts_in_figures_words_or_both(text, number):
    assert read_count(text) == number


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("๖๗.๙๒", 67.92),
        ("67.92", 67.92),
        ("๑,๑๒๐,๐๐๐", 1_120_000),
        ("1,234.50", 1234.5),
        ("100", 100),
        ("1,23", None),
        ("๖๗.", None),
        ("", None),
        ("1e5", None),
        ("nan", None),
        ("๖๗ คะแนน", None),
    ],
)
def test_figures(text, number):
    assert parse_number(text) == number


@given(st.integers(0, 9999), st.booleans())
def test_a_count_reads_back(number, thai):
    assert read_count(to_thai(str(number)) if thai else str(number)) == number


@given(st.text() | st.text(st.sampled_from("ศูนย์หนึ่งสองสิบร้อยล้านเอ็ด๗8(). ,")))
def test_no_text_is_trouble(text):
    parse_words(text)
    read_count(text)
    parse_number(text)


@pytest.mark.timeout(20)
@pytest.mark.parametrize("piece", ["สิบ", "1", "1,111", "(", " ", "ก", "๗ ("])
def test_long_hostile_text_is_no_trouble(piece):
    text = piece * (100_000 // len(piece))
    parse_words(text)
    read_count(text)
    parse_number(text)
