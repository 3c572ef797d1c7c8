"""Days and hours of stamps, damaged as ink and scanning damage them."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from parsers.rubber import clock, rubber_date

WRITTEN = dt.date(2024, 9, 18)


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("19 ถย 2567", dt.date(2024, 9, 19)),  # ก read as ถ, dots lost
        ("20 ต ค 2567", dt.date(2024, 10, 20)),
        ("วัแที่ ๑๙ ก.ย.๒๕๖๗", dt.date(2024, 9, 19)),
        ("19 กย. 67", dt.date(2024, 9, 19)),
    ],
)
def test_a_month_that_can_only_be_one_is_understood_but_not_sure(text: str, day: dt.date) -> None:
    found = rubber_date(text, WRITTEN)
    assert found is not None
    assert found.value == day
    assert found.trust < 0.9


def test_of_two_months_the_one_soon_after_the_letter_is_meant() -> None:
    alone = rubber_date("4 มค 2567", None)
    assert alone is not None
    assert alone.value is None
    assert alone.candidates == (dt.date(2024, 1, 4), dt.date(2024, 3, 4))
    after = rubber_date("4 มค 2567", dt.date(2024, 3, 1))
    assert after is not None
    assert after.value == dt.date(2024, 3, 4)


@pytest.mark.parametrize("text", ["วันที่ 16/7161", "๑๖๑๗/๖๑", "1617/61"])
def test_a_slash_read_as_a_digit_leaves_the_day_soon_after_the_letter(text: str) -> None:
    found = rubber_date(text, dt.date(2018, 7, 11))
    assert found is not None
    assert found.value == dt.date(2018, 7, 16)
    assert found.trust < 0.9
    assert rubber_date(text, None) is None
    assert rubber_date(text, dt.date(2018, 2, 1)) is None


@pytest.mark.parametrize("text", ["๕/๖/๖", "5/6/1 ", "วันที่ 5/6/6"])
def test_a_year_that_lost_a_digit_is_the_letter_s(text: str) -> None:
    found = rubber_date(text, dt.date(2018, 6, 1))
    assert found is not None
    assert found.value == dt.date(2018, 6, 5)
    assert found.trust <= 0.5
    assert rubber_date(text, None) is None
    assert rubber_date(text, dt.date(2018, 8, 1)) is None


def test_a_day_with_a_speck_between_its_digits_is_the_one_soon_after_the_letter() -> None:
    found = rubber_date("1.9 พ.ค. 2564", dt.date(2021, 5, 17))
    assert found is not None
    assert (found.value, found.trust) == (dt.date(2021, 5, 19), 0.5)
    both = rubber_date("1.9 พ.ค. 2564", dt.date(2021, 5, 7))
    assert both is not None
    assert both.value is None
    assert both.candidates == (dt.date(2021, 5, 19), dt.date(2021, 5, 9))


@pytest.mark.parametrize(
    ("text", "written", "day"),
    [
        ("2๐0 พ.ค. 2562", dt.date(2019, 5, 16), dt.date(2019, 5, 20)),
        ("1,1 พ.ค. 2558", dt.date(2015, 5, 8), dt.date(2015, 5, 11)),
        ("12 มิ.๒. 2566", dt.date(2023, 6, 9), dt.date(2023, 6, 12)),
    ],
)
def test_a_day_or_month_with_a_figure_too_many(text: str, written: dt.date, day: dt.date) -> None:
    found = rubber_date(text, written)
    assert found is not None
    assert found.value == day
    assert found.trust <= 0.6


def test_a_day_over_another_gives_both_and_neither() -> None:
    found = rubber_date("๒๕ ๓ พ.ค. ๒๕๖๖", dt.date(2023, 5, 25))
    assert found is not None
    assert found.value is None
    assert found.candidates == (dt.date(2023, 5, 25), dt.date(2023, 5, 3))


@pytest.mark.parametrize("text", ["๑๙ กันยายน ๒๕๖๗", "ฮ8 ส.ค. 2567", "31 ก.พ. 2567", "2567", "ก ข ค"])
def test_what_is_no_short_date_has_no_day(text: str) -> None:
    found = rubber_date(text, WRITTEN)
    assert found is None or found.value is None


@pytest.mark.parametrize(
    ("text", "hour", "sure"),
    [
        ("09.45 น.", dt.time(9, 45), True),
        ("เวลา 10 20 น.", dt.time(10, 20), False),
        ("1115 N", dt.time(11, 15), False),
        ("O9 ๐๐ น", dt.time(9, 0), False),
        ("09.30 ม.", dt.time(9, 30), False),
        ("O๐๘ ๕๐ น.", dt.time(8, 50), False),
        ("15.05 4", dt.time(15, 5), False),
        ("๐๘๑๔๕ น.", dt.time(8, 45), False),  # the dot read as ๑
        ("10/25 น.", dt.time(10, 25), False),
        ("/0 20 น.", dt.time(10, 20), False),
    ],
)
def test_hours_that_can_only_be_one(text: str, hour: dt.time, sure: bool) -> None:
    found = clock(text)
    assert found is not None
    assert found.value == hour
    assert (found.trust >= 0.9) is sure


@pytest.mark.parametrize("text", ["19.20.16", "67454", "๐2 40 ผ.", "29.75", "1e20น"])
def test_digits_that_make_no_hour_are_seen_but_not_understood(text: str) -> None:
    found = clock(text)
    assert found is not None
    assert found.value is None


def test_no_digits_no_hour() -> None:
    assert clock("เวลา ........ น.") is None


@given(st.text())
def test_any_text_is_borne(text: str) -> None:
    rubber_date(text, WRITTEN)
    clock(text)
