"""Dates and ranges as letters, stamps, tables and web pages write them; the cases are in date_cases.py."""

from datetime import date

import pytest

from parsers.dates import find_dates, find_ranges
from tests.parsers.date_cases import (
    DAMAGED,
    ENGLISH,
    FIGURES,
    NO_DATES,
    NOT_UNDERSTOOD,
    WEEKDAYS,
    WRITTEN,
    rows_of,
)

TABLES = (WRITTEN, FIGURES, ENGLISH, DAMAGED, NOT_UNDERSTOOD, NO_DATES)
ALL = [case for table in TABLES for case in rows_of(table)]


def test_the_tables_are_as_long_as_promised():
    assert len(ALL) + len(rows_of(WEEKDAYS)) >= 200


@pytest.mark.parametrize(("text", "expected"), ALL, ids=[text for text, _ in ALL])
def test_dates_in_a_text(text, expected):
    found = find_dates(text)
    assert [str(one.value) if one.value else "?" for one in found] == expected


@pytest.mark.parametrize(("text", "expected"), rows_of(WEEKDAYS), ids=[text for text, _ in rows_of(WEEKDAYS)])
def test_weekdays_beside_dates(text, expected):
    (found,) = find_dates(text)
    day = "-" if found.weekday is None else ("mon", "tue", "wed", "thu", "fri", "sat", "sun")[found.weekday]
    assert [str(found.value), day] == expected


NEAR = date(2022, 8, 19)


@pytest.mark.parametrize(
    ("text", "near", "expected"),
    [
        ("๐๓ ธ.ค.", date(2021, 12, 20), "2021-12-03"),
        ("๕ ตุลาคม", NEAR, "2022-10-05"),
        ("วันที่ ๕ ตุลาคม นี้", NEAR, "2022-10-05"),
        ("๑๕ มกราคม", date(2022, 12, 20), "2023-01-15"),
        ("๒๐ ธันวาคม", date(2023, 1, 15), "2022-12-20"),
        ("๒๙ กุมภาพันธ์", date(2024, 3, 1), "2024-02-29"),
        ("๒๙ กุมภาพันธ์", date(2022, 3, 1), "None"),
        ("๕ ต.ค. ๖๕", NEAR, "2022-10-05"),
        ("๕ ต.ค. ๒๒", NEAR, "1979-10-05"),
        ("๕ ต.ค. ๐๕", date(2062, 8, 1), "2062-10-05"),
        ("5 Oct 22", NEAR, "2022-10-05"),
        ("5 October", NEAR, "2022-10-05"),
        ("๕ ตุลาคม ๒๖๖๕", NEAR, "None"),
        ("๕ ตุลาคม ๒๕๖๕", date(1990, 1, 1), "2022-10-05"),
        ("วันที่ ๑ - ๓ ต.ค.", NEAR, "2022-10-03"),
    ],
)
def test_a_short_or_missing_year_is_taken_from_nearby(text, near, expected):
    (found,) = find_dates(text, near)
    assert str(found.value) == expected


@pytest.mark.parametrize(
    ("text", "inferred"),
    [
        ("๕ ตุลาคม ๒๕๖๕", False),
        ("๕ ต.ค. ๖๕", True),
        ("๕ ตุลาคม", True),
        ("5/10/65", True),
        ("5/10/2565", False),
        ("5 Oct 22", True),
        ("๓๑ กันยายน ๒๕๖๕", False),
    ],
)
def test_a_year_that_is_not_all_there_is_marked(text, inferred):
    (found,) = find_dates(text, NEAR)
    assert found.inferred is inferred


def test_a_year_shared_along_a_range_is_marked_too():
    assert [one.inferred for one in find_dates("๑๕ มิถุนายน – ๑๕ สิงหาคม ๒๕๖๖")] == [True, False]


@pytest.mark.parametrize(
    ("text", "ink"),
    [
        ("ภายในวันพุธที่  ๕ ตุลาคม  ๒๕๖๕  เป็นต้นไป", "วันพุธที่  ๕ ตุลาคม  ๒๕๖๕"),
        ("วันที่ ๒๕ ส.ค. ๒๕๖๕ เวลา", "๒๕ ส.ค. ๒๕๖๕"),
        ("เมื่อ 19/08/2565.", "19/08/2565"),
        ("on October 5, 2022.", "October 5, 2022"),
        ("๕\u200b ตุลาคม\u00a0๒๕๖๕\u00a0ณ", "๕\u200b ตุลาคม\u00a0๒๕๖๕"),
    ],
)
def test_the_span_is_the_ink(text, ink):
    (found,) = find_dates(text)
    assert text[found.start : found.end] == ink


def test_the_seeds_garbled_stamp_is_left_to_a_person():
    assert [one.value for one in find_dates("วันที่ ๒๕ ๓ พ.ค. ๒๕๖๖", date(2023, 5, 30))] == [None]


RANGES = r"""
๑๕ มิถุนายน – ๑๕ สิงหาคม ๒๕๖๖ | 2023-06-15 2023-08-15
๑๕ มิถุนายน - ๑๕ สิงหาคม ๒๕๖๖ | 2023-06-15 2023-08-15
๑๕ ธันวาคม – ๑๕ มกราคม ๒๕๖๖ | 2022-12-15 2023-01-15
๑ - ๓ ต.ค. ๖๕ | 2022-10-01 2022-10-03
๑-๓ ต.ค. ๖๕ | 2022-10-01 2022-10-03
๑ – ๓ ตุลาคม ๒๕๖๕ | 2022-10-01 2022-10-03
๑ ถึง ๓ ตุลาคม ๒๕๖๕ | 2022-10-01 2022-10-03
วันที่ ๑ ถึงวันที่ ๓ ตุลาคม ๒๕๖๕ | 2022-10-01 2022-10-03
ระหว่างวันที่ ๑ ตุลาคม ๒๕๖๕ ถึงวันที่ ๓๐ กันยายน ๒๕๖๖ | 2022-10-01 2023-09-30
ระหว่างวันที่ ๑ ตุลาคม ๒๕๖๕ ถึง ๓๐ กันยายน ๒๕๖๖ | 2022-10-01 2023-09-30
ตั้งแต่วันที่ ๑ ตุลาคม ๒๕๖๕ จนถึงวันที่ ๓๑ ตุลาคม ๒๕๖๕ | 2022-10-01 2022-10-31
วันพุธที่ ๕ - วันศุกร์ที่ ๗ ตุลาคม ๒๕๖๕ | 2022-10-05 2022-10-07
วันพุธที่ ๕ ถึงวันศุกร์ที่ ๗ ตุลาคม ๒๕๖๕ | 2022-10-05 2022-10-07
1/10/2565 - 31/10/2565 | 2022-10-01 2022-10-31
October 5-7, 2022 | 2022-10-05 2022-10-07
5-7 October 2022 | 2022-10-05 2022-10-07
5 October - 7 November 2022 | 2022-10-05 2022-11-07
วันที่ 5 ตุลาคม 2565 เวลา 08.30 น. ถึงวันที่ 7 ตุลาคม 2565 เวลา 16.30 น. | 2022-10-05 2022-10-07
๑ - ๓๑ กันยายน ๒๕๖๕ | 2022-09-01 ?
๕ ตุลาคม ๒๕๖๕ และ ๗ ตุลาคม ๒๕๖๕ | -
๕ ตุลาคม ๒๕๖๕ | -
ตุลาคม - ธันวาคม ๒๕๖๕ | -
พ.ศ. ๒๕๖๓ - ๒๕๖๕ | -
"""


@pytest.mark.parametrize(("text", "expected"), rows_of(RANGES), ids=[text for text, _ in rows_of(RANGES)])
def test_ranges_in_a_text(text, expected):
    found = find_ranges(text)
    assert [str(day) if day else "?" for one in found for day in (one.first, one.last)] == expected


def test_a_range_spans_from_its_first_day_to_its_last():
    text = "รับสมัครระหว่างวันที่ ๑ – ๓ ตุลาคม ๒๕๖๕ ณ"
    (found,) = find_ranges(text)
    assert text[found.start : found.end] == "๑ – ๓ ตุลาคม ๒๕๖๕"
