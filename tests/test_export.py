"""The register as CSV: form 13's columns, Thai in Excel, and no cell that a spreadsheet would run."""

from __future__ import annotations

import csv
import datetime as dt
import io
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.errors import BadInputError
from pipeline.export.columns import COLUMNS, Value, as_text, harmless
from pipeline.export.csv import BOM, save_csv, write_csv
from tests.make_records import row

FORM_13 = ["เลขทะเบียนรับ", "ที่", "ลงวันที่", "จาก", "ถึง", "เรื่อง", "การปฏิบัติ", "หมายเหตุ"]


def test_the_first_columns_are_those_of_form_13() -> None:
    out = io.StringIO(newline="")
    write_csv([], out, "th")
    assert next(csv.reader([out.getvalue()]))[:8] == FORM_13


def test_headings_are_unique_in_both_languages() -> None:
    for lang in ("th", "en"):
        headings = [column.heading.say(lang) for column in COLUMNS]
        assert len(set(headings)) == len(headings)


def test_a_file_starts_with_the_mark_that_excel_needs(tmp_path: Path) -> None:
    file = tmp_path / "ทะเบียน.csv"
    assert save_csv([row(subject='ขอเชิญ "ประชุม", ด่วน')], file, "th") == 1
    raw = file.read_bytes()
    assert raw.startswith(BOM.encode())
    assert b"\r\n" in raw
    (read,) = csv.DictReader(raw.decode("utf-8-sig").splitlines())
    assert read["ที่"] == "ลป 0017.2/ว1797"
    assert read["ลงวันที่"] == "2023-06-02"
    assert read["เรื่อง"] == 'ขอเชิญ "ประชุม", ด่วน'
    assert list(tmp_path.iterdir()) == [file]


def test_doubts_stand_in_the_remarks() -> None:
    out = io.StringIO(newline="")
    write_csv([row(doubtful=("number", "receipts.0.date", "phone"))], out, "th")
    (read,) = csv.DictReader(out.getvalue().splitlines())
    assert read["หมายเหตุ"] == "ควรตรวจ: ที่, วันที่รับ"


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t", "\r", "\n", "＝"])
def test_a_formula_becomes_text(start: str) -> None:
    assert harmless(f"{start}HYPERLINK(1)") == f"'{start}HYPERLINK(1)"


@pytest.mark.parametrize(
    ("value", "cell"),
    [
        (None, ""),
        (0, "0"),
        (67.92, "67.92"),
        (dt.date(2023, 6, 2), "2023-06-02"),
        ("ก=1", "ก=1"),
        ("'x", "'x"),
    ],
)
def test_other_cells_stay_as_they_are(value: Value, cell: str) -> None:
    assert harmless(as_text(value)) == cell


@given(st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0")))
def test_any_subject_comes_back_and_runs_nothing(subject: str) -> None:
    out = io.StringIO(newline="")
    write_csv([row(subject=subject)], out, "en")
    (read,) = csv.DictReader(io.StringIO(out.getvalue(), newline=""))
    assert read["subject"].removeprefix("'") in (subject, subject.removeprefix("'"))
    assert not read["subject"].startswith(("=", "+", "-", "@", "\t", "\r"))


def test_a_place_that_cannot_be_written_is_said_plainly(tmp_path: Path) -> None:
    with pytest.raises(BadInputError, match="cannot be written"):
        save_csv([row()], tmp_path / "missing" / "register.csv", "th")
