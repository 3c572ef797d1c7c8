"""The command: what it prints, in which language, with which exit code; never a traceback, never a secret."""

from __future__ import annotations

import csv
import datetime as dt
import io
import json
import os
import re
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import click
import pytest
from click.testing import CliRunner, Result
from rich.cells import cell_len

from pipeline import show, show_register
from pipeline.choose import Choice, choose, parse_day
from pipeline.cli import cli
from pipeline.command import EXIT_CODES
from pipeline.errors import MissingToolError, SettingsError, ToolError
from pipeline.rules import judge
from pipeline.settings import Settings, load_settings
from pipeline.store import open_store
from schemas.letter import Letter, Signatory
from schemas.result import Result as Record
from tests import records
from tests.make_records import deadline, failed, letter, number, reading, receipt, result, row

ROOT = Path(__file__).parents[1]
COMMANDS = sorted(cli.commands)
TODAY = dt.date(2023, 6, 10)
Run = Callable[..., Result]


@pytest.fixture(autouse=True)
def _a_house_of_its_own(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in [name for name in os.environ if name.startswith(("SARABAN_", "LC_"))]:
        monkeypatch.delenv(name)
    monkeypatch.setenv("LANG", "C.UTF-8")
    monkeypatch.setenv("SARABAN_HOME", str(tmp_path / "home"))
    monkeypatch.setenv("COLUMNS", "100")
    monkeypatch.chdir(tmp_path)


@pytest.fixture
def run() -> Run:
    def invoke(*words: str) -> Result:
        return CliRunner().invoke(cli, words)

    return invoke


@pytest.fixture
def thai(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LANG", "th_TH.UTF-8")


@pytest.fixture
def reads(monkeypatch: pytest.MonkeyPatch) -> Callable[[Record | Exception], None]:
    """Let reading a file give this, whatever is in it."""

    def give(outcome: Record | Exception) -> None:
        def process(path: Path, *_: object) -> Record:
            if isinstance(outcome, Exception):
                raise outcome
            return outcome.model_copy(update={"file": path.name})

        monkeypatch.setattr("pipeline.stages.process", process)

    return give


@pytest.fixture
def scan(tmp_path: Path) -> str:
    file = tmp_path / "scan.pdf"
    file.write_bytes(b"%PDF-1.4 not looked at")
    return str(file)


def judged(*letters: Any, sha256: str = "5ba0" * 16, **more: Any) -> Record:
    record = result(*letters, sha256=sha256, **more)
    return record.model_copy(update={"findings": judge(record, Settings(), TODAY)})


LATE = letter(
    weekday=5,
    number=reading(number("สพร 2566/ว907"), raw="สพร ๒๕๖๖/ว๙๐๗"),
    subject=reading("ขอเชิญร่วมประกวด", 0.7),
    receipts=(receipt(date=dt.date(2023, 6, 8)),),
    deadlines=(deadline(dt.date(2023, 6, 7), "ภายในวันที่ ๗ มิถุนายน ๒๕๖๖"),),
)


# read


def test_read_shows_value_ink_certainty_and_findings(run: Run, reads: Any, scan: str) -> None:
    reads(judged(LATE))
    done = run("read", scan)
    assert done.exit_code == 0
    for words in ("สพร 2566/ว907", "สพร ๒๕๖๖/ว๙๐๗", "check it", "It says Saturday", "DATE-01", "page 1"):
        assert words in done.output


def test_read_speaks_thai(run: Run, reads: Any, scan: str, thai: None) -> None:
    reads(judged(LATE))
    output = run("read", scan).output
    for words in ("2 มิ.ย. 2566", "ควรตรวจ", "เขียนว่าวันเสาร์ แต่", "หน้า 1", "คำนวณจากวันที่"):
        assert words in output


def test_the_setting_goes_before_the_locale(
    run: Run, reads: Any, scan: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SARABAN_LANG", "th")
    reads(judged(LATE))
    assert "ควรตรวจ" in run("read", scan).output


def test_read_json_is_one_line_a_file(run: Run, reads: Any, scan: str) -> None:
    reads(judged(LATE))
    done = run("read", "--json", scan, scan)
    first, second = (Record.model_validate_json(line) for line in done.stdout.splitlines())
    assert first == second
    plain = json.loads(done.stdout.splitlines()[0])
    assert plain["letters"][0]["date"]["value"] == "2023-06-02"
    assert plain["letters"][0]["number"]["value"]["text"] == "สพร 2566/ว907"
    assert {"id", "severity", "message", "fields", "page", "box"} <= set(plain["findings"][0])


@pytest.mark.parametrize("words", [("read",), ("read", "--json")])
def test_of_a_secret_file_only_the_class_is_shown(
    run: Run, reads: Any, scan: str, words: tuple[str, ...]
) -> None:
    reads(result(status="protected", secrecy="ลับมาก", page_count=0))
    done = run(*words, scan)
    assert done.exit_code == 0
    assert "protected" in done.output
    assert "ลับมาก" in done.output


@pytest.mark.parametrize(
    ("outcome", "code", "words"),
    [
        (failed(), 2, "The file is empty."),
        (ToolError("Tesseract failed: it fell over"), 3, "it fell over"),
        (MissingToolError("Tesseract", "apt install tesseract-ocr"), 3, "apt install tesseract-ocr"),
        (ValueError("ความลับในหนังสือ"), 1, "ValueError"),
    ],
)
@pytest.mark.parametrize("as_json", [False, True])
def test_trouble_is_told_and_has_its_exit_code(
    run: Run, reads: Any, scan: str, outcome: Any, code: int, words: str, as_json: bool
) -> None:
    reads(outcome)
    done = run("read", scan, *(["--json"] if as_json else []))
    assert done.exit_code == code
    assert words in " ".join(done.output.split())
    assert "Traceback" not in done.output
    assert "ความลับในหนังสือ" not in done.output
    if as_json:
        assert Record.model_validate_json(done.stdout).status == "failed"


def test_one_bad_file_does_not_keep_the_others_from_being_read(
    run: Run, monkeypatch: pytest.MonkeyPatch, scan: str
) -> None:
    def process(path: Path, *_: object) -> Record:
        if path.name == "bad.pdf":
            return failed("bad.pdf")
        return judged(letter(), file=path.name)

    monkeypatch.setattr("pipeline.stages.process", process)
    done = run("read", "--json", "bad.pdf", scan)
    assert [json.loads(line)["status"] for line in done.stdout.splitlines()] == ["failed", "ok"]
    assert done.exit_code == 2


def test_a_file_that_is_not_there(run: Run) -> None:
    done = run("read", "nothing.pdf")
    assert done.exit_code == 2
    assert "nothing.pdf" in done.output


def test_debug_shows_what_went_wrong(run: Run, reads: Any, scan: str) -> None:
    reads(ValueError("deep inside"))
    assert isinstance(run("--debug", "read", scan).exception, ValueError)


def test_wrong_settings(run: Run, scan: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SARABAN_WORKERS", "none")
    done = run("read", scan)
    assert done.exit_code == 4
    assert "workers must be a whole number; it is 'none' (set in SARABAN_WORKERS)." in done.output
    assert "pydantic" not in done.output
    assert run("--help").exit_code == 0


# the register


def keep(*records: Record) -> None:
    store = open_store(Settings())
    for place, record in enumerate(records):
        store.save(record, None, dt.datetime(2023, 6, 8, 9, place, tzinfo=dt.UTC))


@pytest.fixture
def register() -> None:
    keep(
        judged(letter(), sha256="a" * 64, file="first.pdf"),
        judged(LATE, sha256="b" * 64, file="late.pdf"),
        result(status="protected", secrecy="ลับ", sha256="c" * 64, file="secret.pdf", page_count=0),
        failed("broken.pdf").model_copy(update={"sha256": "d" * 64}),
    )


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


# the rest


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


def flows(monkeypatch: pytest.MonkeyPatch, **functions: Any) -> None:
    """Stand-ins for the flows, which are tested by themselves and start Prefect."""
    for name in ("flows.ingest", "flows.watch"):
        monkeypatch.setitem(sys.modules, name, SimpleNamespace(Summary=SimpleNamespace, **functions))


def counts(**known: Any) -> Any:
    names = (
        "found",
        "unchanged",
        "growing",
        "kept",
        "needs_person",
        "quarantined",
        "protected",
        "failed",
        "seen",
    )
    every = dict.fromkeys((*names, "duplicates"), 0) | {"documents": (), "unreadable": ()} | known
    return SimpleNamespace(**every, model_dump=lambda: every)


@pytest.mark.parametrize(
    ("known", "code", "words"),
    [
        ({"found": 3, "kept": 2, "duplicates": 1}, 0, ("พบ 3 ไฟล์", "ลงทะเบียนแล้ว: 2", "ไฟล์ซ้ำ: 1")),
        ({"found": 1, "quarantined": 1}, 0, ("กักไว้",)),
        ({"found": 1, "seen": 1}, 3, ("รออ่าน: 1",)),
        ({"unreadable": ({"path": "/in/x", "problem": {"message": "เปิดดูไม่ได้"}},)}, 3, ("/in/x", "เปิดดูไม่ได้")),
    ],
)
def test_ingest_says_what_became_of_the_folder(
    run: Run, thai: None, monkeypatch: pytest.MonkeyPatch, tmp_path: Path, known: Any, code: int, words: Any
) -> None:
    flows(monkeypatch, run_ingest=lambda *_: counts(**known))
    done = run("ingest", str(tmp_path))
    assert done.exit_code == code
    assert all(word in done.output for word in words)


def test_ctrl_c_is_no_failure_of_ours(run: Run, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    def stopped(*_: object) -> None:
        raise KeyboardInterrupt

    flows(monkeypatch, run_ingest=stopped)
    done = run("ingest", str(tmp_path))
    assert done.exit_code == 130
    assert "No file is lost" in done.output


@pytest.mark.usefixtures("register")
def test_watch_tells_what_comes_and_ends_in_order(
    run: Run, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    def watch(_folder: Path, _settings: Settings, report: Callable[[Any], None]) -> None:
        report(ToolError("the disk is full"))
        report(counts(documents=("b" * 64, "c" * 64, "d" * 64)))

    flows(monkeypatch, watch=watch)
    done = run("watch", str(tmp_path))
    assert done.exit_code == 0
    for words in ("the disk is full", "late.pdf", "The file is empty.", "protected, kept apart", "Stopped"):
        assert words in done.output
    assert "secret.pdf" not in done.output


@pytest.mark.usefixtures("register")
def test_demo_speaks_thai_and_shows_the_way(
    run: Run, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    flows(monkeypatch, run_ingest=lambda *_: counts(found=4, kept=1, needs_person=1))
    done = run("demo", "--inbox", str(tmp_path))
    assert done.exit_code == 0
    for words in ("ทะเบียนหนังสือรับ", "สพร 2566/ว907", "เขียนว่าวันเสาร์", "late.pdf", "ลองต่อ", "saraban show"):
        assert words in done.output


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


def test_watch_speaks_once_of_a_file_that_is_not_whole_yet(
    run: Run, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    def watch(_folder: Path, _settings: Settings, report: Callable[[Any], None]) -> None:
        for content in ("e", "f", "e"):
            report(counts(documents=(content * 64,)))

    flows(monkeypatch, watch=watch)
    done = run("watch", str(tmp_path))
    assert done.output.count("a file is not whole yet, waiting") == 1
    assert "eeee" not in done.output


def test_a_file_that_was_quarantined_is_told_of_and_no_register_is_made(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert 'There is no file "broken.pdf".' in run("read", "broken.pdf").output
    assert not (tmp_path / "home").exists()
    keep(failed("broken.pdf").model_copy(update={"sha256": "d" * 64}))
    keep(result(status="protected", secrecy="ลับ", sha256="c" * 64, file="secret.pdf", page_count=0))
    done = run("read", "broken.pdf")
    assert done.exit_code == 2
    assert "was moved to the quarantine on" in " ".join(done.output.split())
    assert "The file is empty" in " ".join(done.output.split())
    assert "quarantine" not in run("read", "secret.pdf").output


def test_a_paper_of_no_kind_without_a_sure_value_is_not_called_a_letter(
    run: Run, reads: Any, scan: str
) -> None:
    strange = Letter(kind=reading("other", 0.5), body=reading("import os", 0.5), pages=(1,))
    reads(result(strange))
    done = run("read", scan)
    assert (done.exit_code, "not recognised as a letter" in done.output) == (0, True)
    assert "read whole" not in done.output
    reads(result(strange.model_copy(update={"subject": reading("ตลาดนัด")})))
    assert "read whole" in run("read", scan).output


def test_the_body_is_one_line_unless_asked_for(run: Run, reads: Any, scan: str) -> None:
    reads(result(letter(body="ด้วยจังหวัดจะจัดประชุม " * 40 + "จบข้อความ")))
    assert "จบข้อความ" not in run("read", scan).output
    assert "จบข้อความ" in run("read", scan, "--body").output


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


@pytest.mark.parametrize(
    ("fields", "wanted"),
    [
        ({}, None),
        ({"faults": 1}, "fault"),
        ({"faults": 1, "needs_person": True, "doubtful": ("number",)}, "fault"),
        ({"needs_person": True, "doubtful": ("date",)}, "check"),
        ({"needs_person": True, "doubtful": ("receipts.0.number",)}, "look"),
        ({"needs_person": True, "number": None, "date": None, "subject": None}, "check"),
        ({"doubtful": ("phone",)}, None),
    ],
)
def test_how_much_a_letter_wants_a_look(fields: dict[str, Any], wanted: str | None) -> None:
    one = row(**fields)
    assert show_register.level(one) == wanted
    out = show.console()
    with out.capture() as said:
        out.print(show_register.legend([one], "en"))
    assert (wanted or "") in said.get()
    assert bool(said.get().strip()) == (wanted is not None)


def test_overdue_is_what_was_due_before_today() -> None:
    days = (dt.date(2023, 6, 9), dt.date(2023, 6, 10), dt.date(2023, 6, 1), None)
    rows = [row(id=place, deadline=day) for place, day in enumerate(days)]
    assert [each.id for each in choose(rows, Choice(overdue=True), TODAY)] == [2, 0]
    assert [each.id for each in choose(rows, Choice(overdue=True, due=TODAY), TODAY)] == [2, 0, 1]


@pytest.mark.usefixtures("register")
def test_what_the_demo_suggests_has_an_answer(
    run: Run, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    flows(monkeypatch, run_ingest=lambda *_: counts(found=4))
    output = run("demo", "--inbox", str(tmp_path)).output
    asked = re.findall(r"saraban ((?:show|list) .*?)  ", output)
    assert len(asked) >= 3
    for words in asked:
        done = run(*words.split())
        assert (done.exit_code, "No letter answers" in done.output) == (0, False), words


@pytest.mark.usefixtures("register")
def test_the_demo_tells_faults_first_and_doubts_one_line_a_file(
    run: Run, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("SARABAN_LANG", "en")
    flows(monkeypatch, run_ingest=lambda *_: counts(found=4))
    output = run("demo", "--inbox", str(tmp_path)).output
    error, warning = output.index("It says Saturday"), output.index("Received on 8 Jun 2023")
    assert error < warning < output.index("Compare with the original")
    assert "late.pdf: subject" in output
    assert "READ-01" not in output
    assert re.search(r"and \d+ notes?, which", output)


def test_progress_without_a_terminal_is_a_line_now_and_then(capsys: pytest.CaptureFixture[str]) -> None:
    with show.progress("en") as tell:
        for done in range(13):
            tell(done, 12)
    assert capsys.readouterr().err.splitlines() == ["Read 5 of 12", "Read 10 of 12"]


def test_slow_progress_is_told_by_the_clock(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    moments = iter(range(0, 100, 20))
    monkeypatch.setattr(show.time, "monotonic", lambda: next(moments))
    pace = show.Pace("th")
    pace.tell(0, 3)
    pace.tell(1, 3)
    pace.tell(3, 3)
    assert capsys.readouterr().err.splitlines() == ["อ่านแล้ว 1 จาก 3"]


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


def fields_of(schema: dict[str, Any]) -> set[str]:
    every = [schema, *schema["$defs"].values()]
    return {name for each in every for name in each.get("properties", {})}


def test_the_page_of_the_record_names_every_field_and_exit_code() -> None:
    page = (ROOT / "docs" / "record.md").read_text(encoding="utf-8")
    missing = {name for name in fields_of(Record.model_json_schema()) if f"`{name}`" not in page}
    assert not missing
    assert all(f"| {code} | " in page for code, _ in EXIT_CODES)
