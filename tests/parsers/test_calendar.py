from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from parsers.calendar import add_working_days, is_working_day, next_working_day, working_days_between

DAYS = st.dates(date(2015, 1, 1), date(2035, 12, 31))
ANY_DAY = st.dates()

OPEN = {
    "an ordinary Wednesday": date(2022, 10, 5),
    "Labour Day": date(2023, 5, 1),
    "the substitute for Labour Day": date(2022, 5, 2),
    "the day from which Chulalongkorn Day's substitute was moved": date(2021, 10, 25),
    "Teachers' Day": date(2023, 1, 16),
    "Loy Krathong": date(2023, 11, 27),
    "Songkran of 2563, which was put off": date(2020, 4, 13),
}
CLOSED = {
    "a Saturday": date(2022, 10, 8),
    "a Sunday": date(2022, 10, 9),
    "New Year": date(2024, 1, 1),
    "New Year's substitute": date(2023, 1, 2),
    "Makha Bucha": date(2023, 3, 6),
    "Songkran": date(2023, 4, 14),
    "Songkran's substitute": date(2023, 4, 17),
    "Coronation Day": date(2023, 5, 4),
    "a day given by the cabinet": date(2023, 5, 5),
    "the Ploughing Ceremony, for government only": date(2023, 5, 17),
    "two holidays on a Saturday, moved to Monday": date(2023, 6, 5),
    "the start of the rains retreat": date(2023, 8, 2),
    "King Bhumibol's memorial": date(2022, 10, 13),
    "Chulalongkorn Day's substitute, as moved": date(2021, 10, 22),
    "Constitution Day's substitute": date(2022, 12, 12),
    "New Year's Eve": date(2024, 12, 31),
}


@pytest.mark.parametrize("day", OPEN.values(), ids=OPEN.keys())
def test_offices_are_open(day):
    assert is_working_day(day)


@pytest.mark.parametrize("day", CLOSED.values(), ids=CLOSED.keys())
def test_offices_are_closed(day):
    assert not is_working_day(day)


def test_songkran_is_jumped_over():
    assert add_working_days(date(2023, 4, 12), 1) == date(2023, 4, 18)
    assert next_working_day(date(2023, 4, 13)) == date(2023, 4, 18)
    assert next_working_day(date(2023, 4, 18)) == date(2023, 4, 18)


def test_working_days_cannot_be_counted_backwards():
    with pytest.raises(ValueError, match="got -1"):
        add_working_days(date(2023, 4, 12), -1)


@given(DAYS, st.integers(1, 60))
def test_adding_and_counting_agree(day, n):
    end = add_working_days(day, n)
    assert is_working_day(end)
    assert working_days_between(day, end) == n
    assert working_days_between(end, day) == -n


@given(DAYS, st.integers(0, 900))
def test_counting_is_what_a_calendar_on_the_wall_says(day, length):
    end = day + timedelta(days=length)
    expected = sum(is_working_day(day + timedelta(days=step)) for step in range(1, length + 1))
    assert working_days_between(day, end) == expected


@given(ANY_DAY, ANY_DAY, st.integers(0, 400))
def test_no_day_is_trouble(a, b, n):
    is_working_day(a)
    next_working_day(b)
    add_working_days(a, n)
