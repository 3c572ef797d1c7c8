"""A house of its own for each test of the command, and ways to call it."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from pipeline.cli import cli
from schemas.result import Result as Record
from tests.cli.making import LATE, Run, judged, keep
from tests.make_records import failed, letter, result


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


@pytest.fixture
def register() -> None:
    keep(
        judged(letter(), sha256="a" * 64, file="first.pdf"),
        judged(LATE, sha256="b" * 64, file="late.pdf"),
        result(status="protected", secrecy="ลับ", sha256="c" * 64, file="secret.pdf", page_count=0),
        failed("broken.pdf").model_copy(update={"sha256": "d" * 64}),
    )
