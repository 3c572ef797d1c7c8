"""The stages of one file, on transcripts: no OCR is needed for them."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest

from pipeline import stages
from pipeline.errors import BadInputError, ToolError
from pipeline.settings import Settings
from schemas.ink import Line, Page
from schemas.result import Problem, Result
from tests.house import SECRET_WORDS, letter, secret, sha256

TODAY = dt.date(2023, 6, 5)
NOON = dt.datetime(2023, 6, 5, 12, tzinfo=dt.UTC)


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return Settings(home=tmp_path / "home")


def written(folder: Path, text: str, name: str = "letter.txt") -> Path:
    path = folder / name
    path.write_text(text, encoding="utf-8")
    return path


def test_a_transcript_goes_all_the_way(tmp_path: Path, settings: Settings) -> None:
    result = stages.process(written(tmp_path, letter(7)), settings, TODAY)
    assert (result.file, result.sha256, result.status) == ("letter.txt", sha256(letter(7)), "ok")
    (only,) = result.letters
    assert only.number is not None
    assert only.number.value is not None
    assert only.number.value.text == "ลป 0017.2/7"
    assert only.date is not None
    assert only.date.value == dt.date(2023, 6, 2)
    assert Result.model_validate_json(result.model_dump_json()) == result


def test_a_document_keeps_its_name_hash_and_arrival(tmp_path: Path, settings: Settings) -> None:
    document = stages.open_document(written(tmp_path, letter(7)), settings, "ชื่อเดิม.txt", NOON)
    assert (document.file, document.received_at) == ("ชื่อเดิม.txt", NOON)
    assert document.sha256 == sha256(letter(7))
    assert document.pages[0].lines


@pytest.mark.parametrize("mark", ["ลับ", "ลับมาก", "ลับที่สุด"])
def test_a_secrecy_mark_leaves_nothing_but_its_class(mark: str, tmp_path: Path, settings: Settings) -> None:
    path = written(tmp_path, secret().replace("ลับมาก", mark))
    document = stages.open_document(path, settings)
    assert (document.secrecy, document.pages, document.problems) == (mark, (), ())
    result = stages.process(path, settings, TODAY)
    assert (result.status, result.secrecy, result.letters, result.page_count) == ("protected", mark, (), 0)
    assert SECRET_WORDS not in result.model_dump_json()


def test_the_strictest_of_several_marks_counts(tmp_path: Path, settings: Settings) -> None:
    pages = [secret().replace("ลับมาก", mark) for mark in ("ลับ", "ลับที่สุด", "ลับมาก")]
    assert stages.open_document(written(tmp_path, "\f".join(pages)), settings).secrecy == "ลับที่สุด"


def test_one_marked_page_protects_the_whole_file(tmp_path: Path, settings: Settings) -> None:
    path = written(tmp_path, f"{letter(1)}\f{letter(2)}\f{secret()}")
    assert stages.process(path, settings, TODAY).status == "protected"


def test_the_files_fault_is_data_and_the_machines_is_raised(
    tmp_path: Path, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    bad = stages.process(written(tmp_path, ""), settings, TODAY)
    assert (bad.status, [problem.code for problem in bad.problems]) == ("failed", ["file.empty"])
    missing = stages.process(tmp_path / "no.pdf", settings, TODAY)
    assert (missing.status, missing.sha256) == ("failed", "")

    def broken(*_: object) -> tuple[tuple[Page, ...], tuple[Problem, ...]]:
        raise ToolError("Tesseract took too long.")

    monkeypatch.setattr(stages, "read_pages", broken)
    with pytest.raises(ToolError):
        stages.process(written(tmp_path, "%PDF-1.4"), settings, TODAY)
    with pytest.raises(BadInputError):
        stages.open_document(written(tmp_path, ""), settings)


def test_trouble_of_a_page_makes_the_result_partial(
    tmp_path: Path, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    page = Page(number=1, width=595, height=842, lines=(Line(text="เรื่อง ทดสอบ", page=1),))
    problem = Problem(code="page.damaged", message="หน้าเสีย", message_en="A page is damaged.", page=2)
    monkeypatch.setattr(stages, "read_pages", lambda *_: ((page,), (problem,)))
    result = stages.process(written(tmp_path, "%PDF-1.4"), settings, TODAY)
    assert (result.status, result.problems) == ("partial", (problem,))


def test_a_blank_document_is_no_success(
    tmp_path: Path, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(stages, "read_pages", lambda *_: ((Page(number=1, width=595, height=842),), ()))
    result = stages.process(written(tmp_path, "%PDF-1.4"), settings, TODAY)
    assert (result.status, [problem.code for problem in result.problems]) == ("partial", ["document.blank"])
