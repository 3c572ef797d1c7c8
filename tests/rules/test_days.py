"""The days of a house: the official calendar, its own holidays, its week, and files of them."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest

from pipeline.errors import SettingsError
from pipeline.rules.days import OfficeDays
from pipeline.settings import Settings

D = dt.date
FRIDAY, SATURDAY, MONDAY = D(2023, 6, 9), D(2023, 6, 10), D(2023, 6, 12)


def test_the_week_and_the_official_holidays_count() -> None:
    days = OfficeDays.of(Settings())
    assert days.is_open(FRIDAY)
    assert not days.is_open(SATURDAY)
    assert not days.is_open(D(2023, 4, 13))  # Songkran
    assert days.between(FRIDAY, MONDAY) == 1
    assert days.between(FRIDAY, FRIDAY) == 0
    assert days.between(MONDAY, FRIDAY) == 0


def test_a_house_adds_days_and_chooses_its_week() -> None:
    days = OfficeDays.of(Settings(holidays=("2566-06-12",), off_days=("sunday",)))
    assert days.is_open(SATURDAY)
    assert not days.is_open(MONDAY)
    assert not days.is_open(D(2023, 6, 11))


def test_long_times_are_not_counted_day_by_day() -> None:
    assert OfficeDays.of(Settings()).between(D(2000, 1, 1), D(9999, 1, 1)) > 1_000_000


def test_a_file_of_holidays(tmp_path: Path) -> None:
    file = tmp_path / "holidays.csv"
    file.write_text("date,name\n2569-12-30,วันหยุดของจังหวัด\n\n2026-11-02,สวนสนาม\n", encoding="utf-8-sig")
    days = OfficeDays.of(Settings(holidays_file=file))
    assert not days.is_open(D(2026, 12, 30))
    assert not days.is_open(D(2026, 11, 2))


@pytest.mark.parametrize("content", [None, b"2026-12-30\nsoon,party\n", b"\xff\xfe\x00"])
def test_a_bad_file_of_holidays_is_told_plainly(tmp_path: Path, content: bytes | None) -> None:
    file = tmp_path / "holidays.csv"
    if content is not None:
        file.write_bytes(content)
    with pytest.raises(SettingsError, match=r"holidays\.csv"):
        OfficeDays.of(Settings(holidays_file=file))
