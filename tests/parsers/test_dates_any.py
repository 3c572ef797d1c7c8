"""Dates and times in any text: what is written reads back, and nothing is trouble."""

from datetime import date, time, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from parsers.data import read_table
from parsers.dates import find_dates, find_ranges, find_times, parse_thai_date
from parsers.text import to_thai

NEAR = date(2022, 8, 19)
DAYS = st.dates(date(1941, 1, 1), date(2100, 12, 31))
MONTHS = [row["full_th"] for row in read_table("months")]
SHORT = [row["abbr_th"] for row in read_table("months")]
WEEK = [row["full_th"] for row in read_table("weekdays")]


@given(DAYS, st.sampled_from([MONTHS, SHORT]), st.booleans(), st.sampled_from(["", "พ.ศ. ", "พ.ศ."]))
def test_a_written_date_reads_back(day, months, thai_digits, era):
    written = f"{day.day} {months[day.month - 1]} {era}{day.year + 543}"
    assert parse_thai_date(to_thai(written) if thai_digits else written) == day


@given(DAYS)
def test_a_date_with_its_weekday_reads_back(day):
    written = f"ในวัน{WEEK[day.weekday()]}ที่ {day.day} {MONTHS[day.month - 1]} {day.year + 543} เวลา"
    (found,) = find_dates(written)
    assert (found.value, found.weekday, found.inferred) == (day, day.weekday(), False)


@given(st.dates(date(2000, 1, 1), date(2040, 12, 31)), st.integers(-180, 180))
def test_a_date_without_its_year_reads_back_from_nearby(day, away):
    near = day + timedelta(days=away)
    (found,) = find_dates(f"วันที่ {day.day} {MONTHS[day.month - 1]}", near)
    if (day.month, day.day) != (2, 29):
        assert found.value == day


@given(st.times())
def test_a_written_time_reads_back(moment):
    (found,) = find_times(to_thai(f"เวลา {moment:%H.%M} น."))
    assert found.value == time(moment.hour, moment.minute)


PIECES = (
    "๑|๒๕|๓๑|๒๕๖๕|65|2022|O|0|/|-|–|.|:|วันที่|วันพุธที่|พ.ศ.|ค.ศ.|เดือน|ถึง|และ|น.|เวลา|ระหว่าง|ข้อ|"
    "May|Oct|5th|"
    " |\n|ก|โมง|บ่าย|ห้า|(|)|…|....|\u200b"
)
TEXTS = st.text() | st.lists(st.sampled_from([*PIECES.split("|"), *MONTHS, *SHORT]), max_size=30).map("".join)


@given(TEXTS, st.none() | st.dates())
def test_no_text_is_trouble(text, near):
    for finder in (find_dates, find_ranges):
        for one in finder(text, near):
            assert 0 <= one.start < one.end <= len(text)
    for one in find_times(text):
        assert 0 <= one.start < one.end <= len(text)
    parse_thai_date(text)


@given(TEXTS)
def test_finds_stand_apart_and_in_order(text):
    for found in (find_dates(text), find_times(text)):
        assert all(left.end <= right.start for left, right in pairwise(found))


HOSTILE = (
    "1|1 |1.|1/|1-|ก|ม |๕ ต.ค. |๕ ตุลาคม |วันพุธที่ |วันที่|.|…|_|\n|ตุลาค|ถึง|5 ก|12.30 - |ห้า|(|5 October |"
    "October 5-|O|"
    "๕ ตุลาคม – |พ.ศ. |2 |1 พ|1.1.|เวลา |0O"
)


@pytest.mark.timeout(60)
@pytest.mark.parametrize("piece", HOSTILE.split("|"))
def test_long_hostile_text_is_no_trouble(piece):
    text = piece * (100_000 // len(piece))
    find_dates(text, NEAR)
    find_times(text)
    find_ranges(text)
