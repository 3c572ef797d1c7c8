"""Letters named in a text, and whether two namings mean one letter."""

from __future__ import annotations

import datetime as dt

import pytest

from parsers.letters import read_letter
from parsers.numbers import parse_letter_number
from parsers.passages import join_rows
from parsers.references import find_citations, letter_key, same_letter
from parsers.rows import make_rows
from tests.house import letter as house_letter
from tests.layout import words_of

DAY = dt.date(2023, 5, 25)


def citations(text: str):  # type: ignore[no-untyped-def]
    return find_citations(join_rows(make_rows(words_of([text]).lines, {})), dt.date(2023, 6, 1))


def test_a_letter_named_in_a_body_is_cited_with_number_and_day() -> None:
    (found,) = citations("ตามหนังสือจังหวัดน่าน ที่ นน ๐๐๑๗.๒/ว ๑๗๗๗ ลงวันที่ ๗ มิถุนายน ๒๕๖๖ แจ้งให้ทราบแล้ว นั้น")
    assert found.number.value.text == "นน 0017.2/ว1777"
    assert found.date.value == dt.date(2023, 6, 7)
    assert found.text.value.startswith("ตามหนังสือจังหวัดน่าน")
    assert found.text.value.endswith("๒๕๖๖")


def test_a_short_citation_and_one_told_twice() -> None:
    text = "ตามหนังสือ ที่ มท ๐๘๐๘.๒/ว ๒๖๐๐ ลว. ๕ ม.ค. ๒๕๖๖ และหนังสือ ที่ มท ๐๘๐๘.๒/ว ๒๖๐๐ ลว. ๕ ม.ค. ๒๕๖๖"
    assert [one.date.value for one in citations(text)] == [dt.date(2023, 1, 5)]


@pytest.mark.parametrize("text", ["ขอเชิญประชุมในวันที่ ๕ มิถุนายน ๒๕๖๖", "โทร ๐ ๒๒๒๒ ๓๓๓๓ ต่อ ๑๒/๓๔", ""])
def test_what_names_no_letter_cites_none(text: str) -> None:
    assert citations(text) == ()


@pytest.mark.parametrize(
    ("one", "day", "other", "other_day", "least", "most"),
    [
        ("สศด 0301/ว03337", DAY, "สศด 0301/ว3337", DAY, 0.95, 1.0),
        ("สศด 0301/ว03337", DAY, "สศด 0301/ว3337", None, 0.7, 0.85),
        ("สศด 0301/ว03337", DAY, "สศด 0301/ว0337", DAY, 0.5, 0.8),
        ("สศด 0301/ว3337", DAY, "สศด 0301/ว3337", dt.date(2022, 5, 25), 0.0, 0.2),
        ("สศด 0301/ว3337", DAY, "มท 0301/ว3337", DAY, 0.0, 0.3),
        ("ลป 0017.2/12", DAY, "ลป 0017.2/13", DAY, 0.0, 0.3),
    ],
)
def test_how_likely_two_namings_mean_one_letter(
    one: str, day: dt.date, other: str, other_day: dt.date | None, least: float, most: float
) -> None:
    got = same_letter(parse_letter_number(one), day, parse_letter_number(other), other_day)
    assert least <= got <= most


def test_nothing_is_the_same_as_nothing() -> None:
    assert same_letter(None, DAY, parse_letter_number("ลป 0017.2/12"), DAY) == 0


def test_a_letters_key_holds_what_makes_it_unique() -> None:
    letter = read_letter(words_of(house_letter(7).splitlines()).lines, {})
    assert letter_key(letter) == "ลป|0017.2||7|2566|"
    assert letter.number is not None
    circular = letter.number.model_copy(update={"value": parse_letter_number("ลป 0017.2/ว7")})
    assert letter_key(letter.model_copy(update={"number": circular})) != letter_key(letter)


def test_an_order_has_a_key_only_with_its_agency() -> None:
    letter = read_letter(words_of(house_letter(7).splitlines()).lines, {})
    assert letter.number is not None
    order = letter.number.model_copy(update={"value": parse_letter_number("123/2566")})
    assert letter_key(letter.model_copy(update={"number": order, "agency": None})) is None
    assert (letter_key(letter.model_copy(update={"number": order})) or "").endswith("ศาลากลางจังหวัดลำปาง")
    assert letter_key(letter.model_copy(update={"number": None})) is None
