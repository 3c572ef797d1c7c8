"""`ingest`, `watch` and `demo`: what they tell while they work."""

from __future__ import annotations

import re
import sys
from collections.abc import Callable
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from pipeline import show
from pipeline.errors import ToolError
from pipeline.settings import Settings
from tests.cli.making import Run, keep
from tests.make_records import failed, result


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
