"""Help, settings and languages of the command, and what it loads; its schema and the page about it."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import click
import pytest

from pipeline.cli import cli
from pipeline.command import EXIT_CODES
from pipeline.errors import SettingsError
from pipeline.settings import load_settings
from schemas.result import Result as Record
from tests.cli.making import COMMANDS, LATE, ROOT, Run, judged


def fields_of(schema: dict[str, Any]) -> set[str]:
    every = [schema, *schema["$defs"].values()]
    return {name for each in every for name in each.get("properties", {})}


def test_the_setting_goes_before_the_locale(
    run: Run, reads: Any, scan: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SARABAN_LANG", "th")
    reads(judged(LATE))
    assert "ควรตรวจ" in run("read", scan).output


def test_wrong_settings(run: Run, scan: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SARABAN_WORKERS", "none")
    done = run("read", scan)
    assert done.exit_code == 4
    assert "workers must be a whole number; it is 'none' (set in SARABAN_WORKERS)." in done.output
    assert "pydantic" not in done.output
    assert run("--help").exit_code == 0


def test_schema_fits_what_read_writes(run: Run) -> None:
    schema = json.loads(run("schema").stdout)
    assert set(schema["properties"]) == set(Record.model_fields)


@pytest.mark.parametrize("command", COMMANDS)
@pytest.mark.parametrize("lang", ["th_TH.UTF-8", "C"])
def test_help_teaches_by_example(run: Run, monkeypatch: pytest.MonkeyPatch, command: str, lang: str) -> None:
    monkeypatch.setenv("LANG", lang)
    output = run(command, "--help").output
    assert f"saraban {command}" in output
    assert ("ตัวอย่าง" in output) == lang.startswith("th")
    assert ("วิธีใช้:" in output, "Usage:" in output) == (lang.startswith("th"), not lang.startswith("th"))
    assert ("แสดงวิธีใช้นี้" in output) == lang.startswith("th")


@pytest.mark.parametrize("lang", ["th_TH.UTF-8", "C"])
def test_help_has_the_exit_codes(run: Run, monkeypatch: pytest.MonkeyPatch, lang: str) -> None:
    monkeypatch.setenv("LANG", lang)
    output = run("--help").output
    assert all(f"  {code} " in output for code, _ in EXIT_CODES)


def test_every_command_has_a_thai_word_for_itself() -> None:
    assert all(command.thai for command in cli.commands.values())  # type: ignore[attr-defined]


@pytest.mark.parametrize("locale", ["C", "POSIX", "th_TH.UTF-8"])
def test_thai_comes_out_whole_under_any_locale(locale: str, tmp_path: Path) -> None:
    environment = {"PATH": os.environ["PATH"], "LANG": locale, "LC_ALL": locale, "SARABAN_LANG": "th"}
    environment |= {"SARABAN_HOME": str(tmp_path / "home"), "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"}
    done = subprocess.run(
        [sys.executable, "-c", "from pipeline.cli import main; main()", "list"],
        cwd=ROOT,
        env=environment,
        capture_output=True,
        check=True,
        timeout=60,
    )
    assert "ทะเบียนยังว่าง" in done.stdout.decode("utf-8")


def test_the_setting_of_the_language_changes_the_help_too(
    run: Run, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("SARABAN_LANG", "th")
    assert "วิธีใช้:" in run("--help").output
    assert "ผิดพลาด: ยังไม่ได้บอกว่าจะเขียนไฟล์ใด" in run("export").output
    monkeypatch.delenv("SARABAN_LANG")
    assert "Error: Say what to write" in run("export").output
    (tmp_path / "saraban.toml").write_text('lang = "th"\n', encoding="utf-8")
    assert "วิธีใช้:" in run("list", "--help").output
    assert "ไม่พบ 99 ในทะเบียน" in run("show", "99").output


def test_every_option_speaks_thai() -> None:
    for name, command in cli.commands.items():
        for parameter in command.params:
            if isinstance(parameter, click.Option) and parameter.name != "help":
                assert getattr(parameter, "thai", ""), f"{name} {parameter.opts}"


@pytest.mark.parametrize(
    ("settings", "english", "thai"),
    [
        ({"SARABAN_LANG": "xx"}, "lang must be th or en; it is 'xx'", "lang ต้องเป็น th หรือ en แต่ตั้งไว้เป็น 'xx'"),
        ({"SARABAN_WORKERS": "0"}, "workers must be 1 or more; it is '0'", "workers ต้องเป็น 1 ขึ้นไป"),
        ({"SARABAN_SURE": "1.5"}, "sure must be 1 or less; it is '1.5'", "sure ต้องไม่เกิน 1"),
        (
            {"SARABAN_NAME_PATTERN": "["},
            "name_pattern must be a regular expression",
            "name_pattern ต้องเป็น regular",
        ),
    ],
)
def test_a_wrong_setting_is_told_in_plain_words(
    settings: dict[str, str], english: str, thai: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name, value in settings.items():
        monkeypatch.setenv(name, value)
    with pytest.raises(SettingsError) as caught:
        load_settings()
    assert str(caught.value).startswith(english)
    assert caught.value.message.startswith(thai)
    assert "http" not in str(caught.value)


def test_a_wrong_settings_file_is_told_in_plain_words(tmp_path: Path) -> None:
    file = tmp_path / "saraban.toml"
    file.write_text("worker = 2\ndatabase_url = 5\n", encoding="utf-8")
    with pytest.raises(SettingsError) as caught:
        load_settings()
    assert "There is no setting worker; did you mean workers?" in str(caught.value)
    assert "database_url must be words in quotes (set in saraban.toml)." in str(caught.value)
    file.write_text("lang = ", encoding="utf-8")
    with pytest.raises(SettingsError, match=r"saraban\.toml cannot be read"):
        load_settings()


@pytest.mark.parametrize("lang", ["th", "en"])
def test_a_home_that_cannot_be_made_is_told_in_plain_words(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, lang: str
) -> None:
    (tmp_path / "file").write_text("in the way")
    monkeypatch.setenv("SARABAN_HOME", str(tmp_path / "file" / "home"))
    monkeypatch.setenv("SARABAN_LANG", lang)
    done = run("list")
    assert done.exit_code == 4
    assert "SARABAN_HOME" in done.output
    assert ("ไม่ได้" in done.output) == (lang == "th")


@pytest.mark.parametrize(
    ("words", "heavy"),
    [
        ("--help", ("pydantic", "rich", "numpy", "cv2", "pythainlp", "sqlalchemy", "prefect")),
        ("list", ("numpy", "cv2", "pythainlp", "alembic", "prefect")),
        ("show aaaa", ("numpy", "cv2", "prefect", "alembic")),
        ("ingest .", ("prefect",)),
    ],
)
@pytest.mark.usefixtures("register")
def test_a_command_starts_without_what_it_does_not_need(
    words: str, heavy: tuple[str, ...], tmp_path: Path
) -> None:
    code = (
        "import sys\nfrom pipeline.cli import cli\n"
        f"cli({words.split()!r}, standalone_mode=False)\n"
        f"print('LOADED', *[name for name in {heavy!r} if name in sys.modules])"
    )
    (tmp_path / "inbox").mkdir()
    done = subprocess.run(
        [sys.executable, "-c", code],
        cwd=tmp_path / "inbox",
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
    assert done.stdout.splitlines()[-1:] == ["LOADED"], done.stdout + done.stderr


def test_the_page_of_the_record_names_every_field_and_exit_code() -> None:
    page = (ROOT / "docs" / "record.md").read_text(encoding="utf-8")
    missing = {name for name in fields_of(Record.model_json_schema()) if f"`{name}`" not in page}
    assert not missing
    assert all(f"| {code} | " in page for code, _ in EXIT_CODES)
