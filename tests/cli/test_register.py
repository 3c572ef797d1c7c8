"""`list`, `show` and `export`: the register on the terminal."""

from __future__ import annotations

import csv
import datetime as dt
import io
import json
from pathlib import Path
from typing import Any

import pytest
from rich.cells import cell_len

from pipeline import show, show_register
from pipeline.choose import Choice, choose, parse_day
from schemas.letter import Signatory
from tests import records
from tests.cli.making import TODAY, Run, judged, keep
from tests.make_records import letter, row


def test_an_empty_register_says_how_to_begin(run: Run, thai: None) -> None:
    done = run("list")
    assert done.exit_code == 0
    assert "saraban ingest" in done.output


@pytest.mark.usefixtures("register")
def test_list_shows_the_register(run: Run, thai: None) -> None:
    output = run("list").output
    for words in (
        "ลป 0017.2/ว1797",
        "2 มิ.ย. 2566",
        "ศาลากลาง",
        "2 ฉบับ",
        "เอกสารลับ เก็บแยก: 1",
        "กักไว้ ไฟล์ใช้ไม่ได้: 1",
    ):
        assert words in output
    assert "secret" not in output


def test_show_leads_to_the_letters_that_a_letter_names_and_to_those_of_its_signer(
    run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COLUMNS", "160")
    named = records.reference("1797", dt.date(2023, 6, 2))
    signer = Signatory(name=records.ink("นายสมมติ ทดสอบดิ"))
    keep(
        records.result(records.letter("1797"), place=1),
        records.result(records.letter("12", references=(named,), signatory=signer), place=2),
    )
    output = run("show", "2").output
    assert "names ลป 0017.2/ว1797 → #1" in output
    assert "may have the same signer: นายสมมติ ทดสอบดี → #1" in output
    assert "named by ลป 0017.2/ว12 → #2" in run("show", "1").output
    assert "→" not in run("show", "1").output.split("named by")[0]


@pytest.mark.usefixtures("register")
def test_a_value_that_is_not_sure_bears_a_question_mark(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", "160")
    (line,) = [line for line in run("list").output.splitlines() if "สพร 2566/ว907" in line]
    assert "ขอเชิญร่วมประกวด?" in line
    assert "สพร 2566/ว907?" not in line
    assert "fault" in line


@pytest.mark.usefixtures("register")
@pytest.mark.parametrize(
    ("options", "found"),
    [
        ((), {"a", "b"}),
        (("--needs-person",), {"b"}),
        (("--error",), {"b"}),
        (("--from", "2566-06-03"), set()),
        (("--from", "2/6/2566", "--to", "2 มิ.ย. 2566"), {"a", "b"}),
        (("--to", "2023-06-01"), set()),
    ],
)
def test_list_chooses(run: Run, options: tuple[str, ...], found: set[str]) -> None:
    done = run("list", "--json", *options)
    assert done.exit_code == 0
    assert {json.loads(line)["sha256"][0] for line in done.stdout.splitlines()} == found


def test_a_day_that_is_none_is_explained(run: Run) -> None:
    done = run("list", "--from", "yesteryear")
    assert done.exit_code == 2
    assert "2566-06-02" in done.output


@pytest.mark.usefixtures("register")
def test_show_by_number_and_by_hash(run: Run) -> None:
    by_hash = run("show", "bbbbbbbb")
    assert by_hash.exit_code == 0
    assert "late.pdf" in by_hash.output
    ids = [json.loads(line)["id"] for line in run("list", "--json").stdout.splitlines()]
    assert any("late.pdf" in run("show", str(id_)).output for id_ in ids)
    assert json.loads(run("show", "bbbbbbbb", "--json").stdout)["file"] == "late.pdf"


@pytest.mark.usefixtures("register")
def test_show_says_why_there_is_nothing_to_show(run: Run) -> None:
    secret = run("show", "cccccccc")
    assert "ลับ" in secret.output
    assert "secret.pdf" not in secret.output
    assert "The file is empty." in run("show", "dddddddd").output
    unknown = run("show", "12345")
    assert (unknown.exit_code, "saraban list" in unknown.output) == (2, True)


def test_one_letter_of_several_is_shown_alone(run: Run) -> None:
    keep(judged(letter(subject="เรื่องแรก", closing=None), letter(subject="เรื่องที่สอง")))
    one, two = (json.loads(line)["id"] for line in run("list", "--json").stdout.splitlines())
    assert "เรื่องที่สอง" not in run("show", str(one)).output
    assert "FIELD-08" in run("show", str(one)).output
    assert "FIELD-08" not in run("show", str(two)).output


@pytest.mark.usefixtures("register")
def test_export_to_a_file_and_to_standard_output(run: Run, tmp_path: Path) -> None:
    done = run("export", "--csv", "register.csv")
    assert done.exit_code == 0
    assert (tmp_path / "register.csv").read_bytes().startswith(b"\xef\xbb\xbf")
    done = run("export", "--csv", "-", "--headings", "en", "--error")
    (read,) = csv.DictReader(io.StringIO(done.stdout))
    assert read["number"] == "สพร 2566/ว907"


def test_a_file_that_cannot_be_written(run: Run) -> None:
    done = run("export", "--csv", "missing/register.csv")
    assert done.exit_code == 2
    assert "cannot be written" in done.output


@pytest.mark.parametrize("width", [80, 100, 132, 200])
@pytest.mark.parametrize("lang", ["th", "en"])
def test_the_register_fits_the_terminal(width: int, lang: Any, capsys: pytest.CaptureFixture[str]) -> None:
    long = row(
        subject="ขอเชิญร่วมส่งผลงานประกวดนวัตกรรมท้องถิ่นดิจิทัลเพื่อสร้างการรับรู้ " * 4,
        agency="สำนักงานพัฒนารัฐบาลดิจิทัล (องค์การมหาชน)",
        deadline=dt.date(2022, 10, 5),
        doubtful=("number", "date"),
        needs_person=True,
        errors=1,
        warnings=2,
    )
    out = show.console()
    out.width = width
    out.print(show_register.register([long, row(number=None, date=None, agency=None)], lang, TODAY, width))
    lines = capsys.readouterr().out.splitlines()
    assert max(cell_len(line.rstrip()) for line in lines) <= width
    assert any("ลป 0017.2/ว1797?" in line for line in lines)  # a number is never cut
    assert any("ขอเชิญร่วมส่ง" in line for line in lines)
    if width >= 120:
        assert len([line for line in lines if line.strip()]) == 4  # headings, rule, and one line a letter


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("2023-06-02", dt.date(2023, 6, 2)),
        ("2566-6-2", dt.date(2023, 6, 2)),
        ("๒ มิถุนายน ๒๕๖๖", dt.date(2023, 6, 2)),
        ("0", TODAY),
        ("๗", dt.date(2023, 6, 17)),
        ("2023-02-30", None),
        ("99999999999", None),
        ("", None),
        ("ไม่ใช่วัน", None),
    ],
)
def test_days_as_people_type_them(text: str, day: dt.date | None) -> None:
    assert parse_day(text, TODAY) == day


def test_what_is_due_comes_by_deadline_and_nothing_that_is_past() -> None:
    days = (dt.date(2023, 6, 20), dt.date(2023, 6, 10), dt.date(2023, 6, 9), dt.date(2023, 6, 12), None)
    rows = [row(id=place, deadline=day) for place, day in enumerate(days)]
    chosen = choose(rows, Choice(due=dt.date(2023, 6, 20)), TODAY)
    assert [each.id for each in chosen] == [1, 3, 0]


@pytest.mark.usefixtures("register")
def test_the_newest_letters_come_last_and_an_undated_one_by_its_day(run: Run) -> None:
    keep(
        judged(letter(date=dt.date(2020, 1, 1)), sha256="e" * 64),
        judged(letter(date=None), sha256="f" * 64),
    )
    order = [json.loads(line)["sha256"][0] for line in run("list", "--json").stdout.splitlines()]
    assert order == ["e", "a", "b", "f"]


def test_a_letter_without_subject_shows_its_file_in_brackets(run: Run) -> None:
    keep(judged(letter(subject=None), file="scan_7.pdf"))
    assert "— (scan_7.pdf)" in run("list").output


def test_overdue_is_what_was_due_before_today() -> None:
    days = (dt.date(2023, 6, 9), dt.date(2023, 6, 10), dt.date(2023, 6, 1), None)
    rows = [row(id=place, deadline=day) for place, day in enumerate(days)]
    assert [each.id for each in choose(rows, Choice(overdue=True), TODAY)] == [2, 0]
    assert [each.id for each in choose(rows, Choice(overdue=True, due=TODAY), TODAY)] == [2, 0, 1]
