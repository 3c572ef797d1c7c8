"""The commands `rules` and `check`, as people and build servers use them."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from pipeline.cli import cli
from pipeline.rules import RULES

GOOD = (
    "ที่ ลป ๐๐๑๗.๒/๑๑\n\nศาลากลางจังหวัดลำปาง\nถนนวชิราวุธดำเนิน ลป ๕๒๐๐๐\n\n๒ มิถุนายน ๒๕๖๖\n\n"
    "เรื่อง ขอเชิญประชุม\n\nเรียน นายอำเภอเมืองลำปาง\n\nด้วยจังหวัดจะจัดประชุม {more}จึงเรียนมาเพื่อโปรดทราบ\n\n"
    "ขอแสดงความนับถือ\n\n(นายสมมติ ทดสอบดี)\nผู้ว่าราชการจังหวัดลำปาง\n"
)
WEEKDAY = "จึงขอให้ส่งรายชื่อ ภายในวันศุกร์ที่ ๑๔ มิถุนายน ๒๕๖๖ "  # a Wednesday


@pytest.fixture(autouse=True)
def _house(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SARABAN_HOME", str(tmp_path / "home"))
    monkeypatch.setenv("SARABAN_LANG", "en")
    monkeypatch.setenv("SARABAN_SETTINGS", str(tmp_path / "saraban.toml"))
    monkeypatch.setenv("SARABAN_SURE", "0.5")  # a transcript's values count as sure here


def run(*arguments: str) -> Result:
    return CliRunner().invoke(cli, arguments, catch_exceptions=False)


def letter(folder: Path, more: str = "") -> str:
    file = folder / "letter.txt"
    file.write_text(GOOD.format(more=more), encoding="utf-8")
    return str(file)


def test_rules_are_listed_and_explained() -> None:
    said = run("rules")
    assert said.exit_code == 0
    assert all(id_ in said.output for id_ in RULES)
    one = run("rules", "date-01").output
    assert "The weekday named is the weekday of the date" in one
    assert "weekday: 5" in one
    assert [json.loads(line)["id"] for line in run("rules", "--json").output.splitlines()] == list(RULES)


def test_a_rule_that_is_not_there_is_told_with_its_neighbour() -> None:
    said = run("rules", "DATE-1")
    assert said.exit_code == 2
    assert "DATE-" in said.output


def test_the_list_shows_what_rules_weigh_in_this_house(tmp_path: Path) -> None:
    (tmp_path / "saraban.toml").write_text('[rules]\nDATE-01 = "off"\n', encoding="utf-8")
    assert json.loads(run("rules", "DATE-01", "--json").output)["severity"] == "off"
    assert "[off]" in run("rules", "DATE-01").output


def test_a_good_letter_passes(tmp_path: Path) -> None:
    said = run("check", letter(tmp_path))
    assert said.exit_code == 0
    assert "warning" not in said.output


def test_a_finding_is_a_line_and_an_exit_code(tmp_path: Path) -> None:
    file = letter(tmp_path, WEEKDAY)
    said = run("check", file)
    assert said.exit_code == 20
    assert f"{file}:1: DATE-01 error: It says Friday, but 14 Jun 2023 is a Wednesday." in said.output
    assert run("check", file, "--fail-on", "never").exit_code == 0


def test_switching_a_rule_changes_the_verdict(tmp_path: Path) -> None:
    file = letter(tmp_path, WEEKDAY)
    (tmp_path / "saraban.toml").write_text('[rules]\nDATE-01 = "warning"\n', encoding="utf-8")
    assert run("check", file).exit_code == 10
    assert run("check", file, "--fail-on", "error").exit_code == 0
    (tmp_path / "saraban.toml").write_text('[rules]\nDATE-01 = "off"\n', encoding="utf-8")
    assert "DATE-01" not in run("check", file).output


def test_notes_count_where_that_is_asked(tmp_path: Path) -> None:
    file = letter(tmp_path, "จึงขอให้ส่งรายชื่อ ภายในวันพุธที่ ๑๔ มิถุนายน ๒๕๖๖ ")  # long past: DATE-06, a note
    assert run("check", file).exit_code == 0
    assert run("check", file, "--fail-on", "note").exit_code == 10


def test_findings_for_programs(tmp_path: Path) -> None:
    file = letter(tmp_path, WEEKDAY)
    found = [json.loads(line) for line in run("check", file, "--json").output.splitlines()]
    assert ("DATE-01", "error", file) in {(each["id"], each["severity"], each["file"]) for each in found}
    said = run("check", file, "--format", "github").output
    assert f"::error file={file},title=DATE-01::It says Friday" in said


def test_a_file_that_cannot_be_read_is_told_beside_the_others(tmp_path: Path) -> None:
    said = run("check", str(tmp_path / "none.pdf"), letter(tmp_path))
    assert said.exit_code == 2
    assert "file.missing error:" in said.output
