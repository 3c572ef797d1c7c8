"""The register as workbook, Parquet, JSON Lines and calendar: typed, harmless, whole."""

from __future__ import annotations

import datetime as dt
import io
import json
from pathlib import Path
from zipfile import ZipFile

import icalendar
import openpyxl
import pyarrow.parquet as pq
import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.export.columns import COLUMNS, FORM_13
from pipeline.export.ics import Due, calendar, due_of, save_ics
from pipeline.export.lines import save_jsonl
from pipeline.export.parquet import SCHEMA, save_parquet
from pipeline.export.xlsx import save_xlsx
from pipeline.store.records import Entry, RegisterRow, Stored
from tests.make_records import SHA, letter, result, row

NOW = dt.datetime(2023, 6, 8, 9, 30, tzinfo=dt.UTC)
DUE = dt.date(2023, 6, 15)


def test_the_workbook_has_form_13_and_everything(tmp_path: Path) -> None:
    file = tmp_path / "ทะเบียน.xlsx"
    assert save_xlsx([row(receipt_time=dt.time(9, 5)), row(id=5)], file, "th") == 2
    form, everything = openpyxl.load_workbook(file).worksheets
    assert [cell.value for cell in form[3]] == [column.heading.th for column in COLUMNS[:FORM_13]]
    assert [cell.value for cell in everything[1]] == [column.heading.th for column in COLUMNS]
    assert form.max_row == 5
    assert form.print_title_rows == "$3:$3"
    day = form.cell(4, 3)
    assert day.value == dt.datetime(2023, 6, 2)
    assert "41E" in day.number_format  # Thai, Buddhist calendar
    assert everything.cell(2, 10).value == dt.time(9, 5)


def test_a_doubtful_cell_is_shaded_and_others_are_not(tmp_path: Path) -> None:
    save_xlsx([row(doubtful=("number",))], tmp_path / "r.xlsx", "th")
    form = openpyxl.load_workbook(tmp_path / "r.xlsx").worksheets[0]
    number, date = form.cell(4, 2), form.cell(4, 3)
    assert number.fill.fgColor.rgb.endswith("FFF2CC")
    assert date.fill.fill_type is None


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t"])
def test_no_cell_of_the_workbook_is_a_formula(tmp_path: Path, start: str) -> None:
    evil = f'{start}HYPERLINK("x","y")'
    save_xlsx([row(subject=evil)], tmp_path / "r.xlsx", "th")
    form = openpyxl.load_workbook(tmp_path / "r.xlsx").worksheets[0]
    cell = form.cell(4, 6)
    assert cell.data_type == "s"
    assert cell.quotePrefix
    assert cell.value == evil
    with ZipFile(tmp_path / "r.xlsx") as book:
        assert not any(b"<f>" in book.read(name) for name in book.namelist())


@given(st.text(st.characters(exclude_categories=["Cs"])))
def test_any_text_makes_a_workbook_that_opens(subject: str) -> None:
    import tempfile

    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "r.xlsx"
        save_xlsx([row(subject=subject)], file, "en")
        openpyxl.load_workbook(io.BytesIO(file.read_bytes()))


def test_parquet_keeps_the_types(tmp_path: Path) -> None:
    assert save_parquet([row(deadline=DUE, doubtful=("number",))], tmp_path / "r.parquet") == 1
    (read,) = pq.read_table(tmp_path / "r.parquet").to_pylist()
    assert read["deadline"] == DUE
    assert read["doubtful"] == ["number"]
    assert read["received_at"] == NOW
    assert set(SCHEMA.names) == set(RegisterRow.model_fields)


def test_json_lines_carry_the_record(tmp_path: Path) -> None:
    kept = result(letter())
    entry = Entry(
        sha256=SHA,
        state="kept",
        attempts=1,
        name="letter.pdf",
        secrecy=None,
        error_code=None,
        error=None,
        error_en=None,
        received_at=NOW,
        updated_at=NOW,
    )
    file = tmp_path / "r.jsonl"
    assert save_jsonl([row()], lambda sha: Stored(entry=entry, result=kept), file) == 1
    (line,) = file.read_text(encoding="utf-8").splitlines()
    read = json.loads(line)
    assert read["register"]["number"] == read["letter"]["number"]["value"]["text"] == "ลป 0017.2/ว1797"
    assert read["letter"]["number"]["box"] == [72.0, 100.0, 200.0, 116.0]


def test_the_calendar_has_one_entry_a_deadline(tmp_path: Path) -> None:
    file = tmp_path / "due.ics"
    assert save_ics([row(), row(deadline=DUE, id=5)], file, "th", NOW) == 1
    (event,) = icalendar.Calendar.from_ical(file.read_bytes()).walk("VEVENT")
    assert event["DTSTART"].dt == DUE
    assert event["DTEND"].dt == DUE + dt.timedelta(days=1)
    assert str(event["SUMMARY"]) == "ขอเชิญส่งผลงานเข้าร่วมประกวด"
    assert len(event.walk("VALARM")) == 1


def test_the_same_deadline_keeps_its_name_and_a_doubtful_one_says_so() -> None:
    sure, doubtful = (
        due_of(row(deadline=DUE), "th"),
        due_of(row(deadline=DUE, doubtful=("deadlines.0.date",)), "th"),
    )
    assert sure is not None
    assert doubtful is not None
    assert sure.uid == doubtful.uid
    (event,) = icalendar.Calendar.from_ical(calendar([doubtful], "th", NOW)).walk("VEVENT")
    assert str(event["SUMMARY"]).startswith("(?)")


@given(st.text(st.characters(exclude_categories=["Cs", "Cc"]), min_size=1))
def test_any_title_comes_back_from_the_calendar(title: str) -> None:
    (event,) = icalendar.Calendar.from_ical(calendar([Due("u@x", DUE, title)], "en", NOW)).walk("VEVENT")
    assert str(event["SUMMARY"]).strip() == title.strip()
