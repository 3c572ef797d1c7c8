"""The tables are there, whole, and named in their README with their origin."""

import csv
from importlib.resources import files

import pytest

from parsers.data import read_table

FOLDER = files("parsers.data")
TABLES = {file.name.removesuffix(".csv") for file in FOLDER.iterdir() if file.name.endswith(".csv")}


@pytest.mark.parametrize("name", sorted(TABLES))
def test_a_table_has_rows_and_every_row_all_columns(name):
    with FOLDER.joinpath(f"{name}.csv").open(encoding="utf-8", newline="") as file:
        header, *rows = csv.reader(file)
    assert rows
    assert {len(row) for row in rows} == {len(header)}
    assert len(read_table(name)) == len(rows)


@pytest.mark.parametrize("name", sorted(TABLES))
def test_the_readme_tells_a_tables_origin(name):
    assert f"| {name}.csv |" in FOLDER.joinpath("README.md").read_text(encoding="utf-8")


def test_a_table_is_read_once_and_cannot_be_changed():
    assert read_table("months") is read_table("months")
    with pytest.raises(TypeError):
        read_table("months")[0]["month"] = "13"


def test_the_calendar_tables_are_complete():
    assert [row["month"] for row in read_table("months")] == [str(month) for month in range(1, 13)]
    assert [row["iso_weekday0"] for row in read_table("weekdays")] == [str(day) for day in range(7)]
    assert len(read_table("province_codes")) == 77
