"""`saraban read`: what it prints of a file, and what it says where that cannot be read."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from pipeline import show, show_register
from pipeline.errors import MissingToolError, ToolError
from schemas.letter import Letter
from schemas.result import Result as Record
from tests.cli.making import LATE, Run, judged
from tests.make_records import failed, letter, reading, result, row


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
