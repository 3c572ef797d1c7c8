"""The doctor finds what is broken, and says how to mend it."""

from __future__ import annotations

import os
import platform
import subprocess
from importlib import metadata
from pathlib import Path
from typing import NamedTuple

import pytest

from pipeline import doctor, ocr, pages
from pipeline.doctor import Check, examine, report
from pipeline.errors import MissingToolError, ToolError
from pipeline.settings import Settings
from schemas.ink import Line, Page

THAI_DIGITS = "๐๑๒๓๔๕๖๗๘๙"


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return Settings(home=tmp_path / "home")


def sees(text: str) -> object:
    page = Page(number=1, width=100, height=100, lines=(Line(text=text, page=1),))
    return lambda *_: ((page,), ())


@pytest.fixture(autouse=True)
def _a_healthy_machine(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ocr, "version", lambda: "5.3.0")
    monkeypatch.setattr(pages, "read_pages", sees(doctor.SIGHT_TEST))


def broken(settings: Settings) -> list[Check]:
    return [check for check in examine(settings) if check.state == "broken"]


def test_a_healthy_machine_has_nothing_to_mend(settings: Settings) -> None:
    assert broken(settings) == []


def test_the_sight_test_has_every_thai_digit() -> None:
    assert set(THAI_DIGITS) <= set(doctor.SIGHT_TEST)


def test_missing_tesseract(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    def missing(*_: object) -> str:
        raise MissingToolError("Tesseract", "apt install tesseract-ocr")

    monkeypatch.setattr(ocr, "version", missing)
    monkeypatch.setattr(pages, "read_pages", missing)
    found = broken(settings)
    assert [check.name.en for check in found] == ["Tesseract, the OCR engine", "our Thai model"]
    assert all("tesseract" in report(check, "en").lower() for check in found)


@pytest.mark.parametrize(
    ("system", "command"),
    [("Linux", "apt install"), ("Darwin", "brew install"), ("Windows", "winget install")],
)
def test_the_cure_fits_the_system(
    settings: Settings, monkeypatch: pytest.MonkeyPatch, system: str, command: str
) -> None:
    monkeypatch.setattr(platform, "system", lambda: system)
    monkeypatch.setattr(ocr, "version", lambda: "4.1.1")
    (old,) = broken(settings)
    assert command in report(old, "th")


def test_a_model_that_cannot_write_all_digits_is_found_out(
    settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(pages, "read_pages", sees("ลป ๐๐๑๓.๒/ว ๓๕๕๐๓๕๓"))
    (check,) = broken(settings)
    assert check.name.en == "our Thai model"


def test_a_model_that_is_gone(settings: Settings, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(ocr, "TESSDATA", tmp_path)
    (check,) = broken(settings)
    assert "tha_saraban.traineddata" in check.found


def test_a_tool_that_fails(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    def fails(*_: object) -> None:
        raise ToolError("Tesseract failed: no room")

    monkeypatch.setattr(pages, "read_pages", fails)
    (check,) = broken(settings)
    assert "no room" in check.found


def test_a_database_out_of_reach(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("no folder")
    url = f"sqlite:///{tmp_path / 'file' / 'register.sqlite3'}"
    (check,) = broken(Settings(home=tmp_path, database_url=url))
    assert check.name.en == "the register's database"
    assert check.mend is not None


def test_a_password_is_never_shown() -> None:
    shown = doctor._without_password("postgresql+psycopg://clerk:s3cret@db/saraban")
    assert shown == "postgresql+psycopg://clerk@db/saraban"


def test_prefect_is_not_installed(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    def version(package: str) -> str:
        raise metadata.PackageNotFoundError(package)

    monkeypatch.setattr(metadata, "version", version)
    (check,) = broken(settings)
    assert "pip install" in report(check, "en")


class Usage(NamedTuple):
    total: int
    used: int
    free: int


def test_a_full_disk(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("shutil.disk_usage", lambda _: Usage(10, 9, 1))
    (check,) = broken(settings)
    assert check.found == "0.0 GB"


@pytest.mark.skipif(os.name != "posix", reason="modes are a matter of POSIX systems")
def test_protected_files_that_all_can_read(settings: Settings) -> None:
    settings.protected.mkdir(parents=True)
    settings.protected.chmod(0o755)
    (check,) = broken(settings)
    assert "chmod 700" in report(check, "th")


@pytest.mark.skipif(os.name != "posix" or os.geteuid() == 0, reason="root may write anywhere")
def test_a_folder_that_cannot_be_written(tmp_path: Path) -> None:
    tmp_path.chmod(0o500)
    assert "the data folder" in [check.name.en for check in broken(Settings(home=tmp_path / "home"))]


@pytest.mark.slow
def test_our_model_passes_its_sight_test(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.undo()
    try:
        subprocess.run(["tesseract", "--version"], capture_output=True, check=True)
    except FileNotFoundError:
        pytest.skip("Tesseract is not installed")
    (check,) = [check for check in examine(settings) if check.name.en == "our Thai model"]
    assert check.state == "ok"
