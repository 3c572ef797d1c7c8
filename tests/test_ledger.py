"""The ledger: each file once to its place, whatever the tools, the names and the disk do."""

from __future__ import annotations

import datetime as dt
import os
import shutil
import stat
import subprocess
import sys
import time
from pathlib import Path

import pytest

from pipeline import stages, vault
from pipeline.errors import BadInputError, MissingToolError, ToolError
from pipeline.inbox import Settling
from pipeline.ledger import Admitted, Ledger, Outcome
from pipeline.settings import Settings
from pipeline.store import Store, open_store
from pipeline.store.ledger_rows import MAX_ATTEMPTS
from schemas.result import Document
from tests.house import (
    GOOD,
    SECRET_NAME,
    check_all_is_in_its_place,
    check_nothing_secret_is_left,
    fill,
    letter,
    secret,
    settings_for,
    sha256,
)

TODAY = dt.date(2023, 6, 5)


@pytest.fixture
def inbox(tmp_path: Path) -> Path:
    (tmp_path / "inbox").mkdir()
    return tmp_path / "inbox"


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return settings_for(tmp_path / "home")


def store_of(settings: Settings) -> Store:
    return open_store(settings)


def admit(inbox: Path, settings: Settings, again: bool = False) -> Admitted:
    return Ledger(settings).admit(inbox, Settling(0), again)


def ingest(inbox: Path, settings: Settings, again: bool = False, patience_s: float = 0) -> list[Outcome]:
    ledger = Ledger(settings, patience_s)
    with ledger.lock():
        documents = ledger.admit(inbox, Settling(0), again).documents
        return [ledger.work(document, TODAY, again) for document in documents]


def put(inbox: Path, text: str, name: str = "a.txt") -> str:
    (inbox / name).write_text(text, encoding="utf-8")
    return sha256(text)


def test_every_file_goes_to_its_place_once(inbox: Path, settings: Settings) -> None:
    fill(inbox)
    outcomes = ingest(inbox, settings)
    assert sorted(outcome.state for outcome in outcomes).count("protected") == 1
    assert sum(outcome.duplicates for outcome in outcomes) == 1
    check_all_is_in_its_place(inbox, settings)
    assert admit(inbox, settings, again=True).documents == []
    assert admit(inbox, settings).unchanged == len(GOOD) + 1


def test_the_house_is_closed_to_others(inbox: Path, settings: Settings) -> None:
    settings.home.mkdir(mode=0o755)
    fill(inbox)
    ingest(inbox, settings)
    for folder in (settings.home, settings.protected):
        assert stat.S_IMODE(folder.stat().st_mode) == 0o700
    (kept,) = settings.protected.iterdir()
    assert stat.S_IMODE(kept.stat().st_mode) == 0o600


def test_a_new_name_for_known_content_is_a_duplicate_but_a_moved_file_is_not(
    inbox: Path, settings: Settings
) -> None:
    put(inbox, letter(1), "a.txt")
    ingest(inbox, settings)
    (inbox / "a.txt").rename(inbox / "b.txt")
    assert [outcome.duplicates for outcome in ingest(inbox, settings)] == [0]
    put(inbox, letter(1), "c.txt")
    assert [outcome.duplicates for outcome in ingest(inbox, settings)] == [1]
    assert len(store_of(settings).rows()) == 1
    assert store_of(settings).rows()[0].file == "a.txt"


def test_a_changed_file_is_a_new_document(inbox: Path, settings: Settings) -> None:
    first, second = put(inbox, letter(1)), sha256(letter(2))
    ingest(inbox, settings)
    put(inbox, letter(2))
    assert [outcome.sha256 for outcome in ingest(inbox, settings)] == [second]
    assert {row.sha256 for row in store_of(settings).rows()} == {first, second}


def test_a_file_that_the_clerk_removes_in_between_is_not_lost(inbox: Path, settings: Settings) -> None:
    document = put(inbox, letter(1))
    admit(inbox, settings)
    (inbox / "a.txt").unlink()
    assert [outcome.state for outcome in ingest(inbox, settings)] != []
    assert [row.sha256 for row in store_of(settings).rows()] == [document]


def test_a_bad_file_put_back_is_looked_at_again(
    inbox: Path, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    document = put(inbox, letter(1))
    refuse = BadInputError("pdf.damaged", "เสีย", "Damaged.")

    def refused(*_: object) -> Document:
        raise refuse

    with monkeypatch.context() as patch:
        patch.setattr(stages, "open_document", refused)
        assert [outcome.state for outcome in ingest(inbox, settings)] == ["quarantined"]
    assert list(inbox.iterdir()) == []
    (reason,) = settings.quarantine.glob("*.reason.txt")
    words = reason.read_text(encoding="utf-8")
    assert "a.txt" in words
    assert "เสีย" in words
    assert "Damaged." in words
    put(inbox, letter(1))
    assert ingest(inbox, settings)[0].state in ("kept", "needs_person")
    assert [row.sha256 for row in store_of(settings).rows()] == [document]


def test_long_and_strange_names_reach_the_quarantine(inbox: Path, settings: Settings) -> None:
    long_name = "ก" * 80 + ".docx"
    put(inbox, "", long_name)
    raw = os.fsencode(inbox) + b"/" + "เสีย.doc".encode("cp874")
    with open(raw, "wb") as file:  # noqa: PTH123  # no text can name it
        file.write(b"PK\x03\x04")
    assert {outcome.state for outcome in ingest(inbox, settings)} == {"quarantined"}
    assert list(inbox.iterdir()) == []
    names = sorted(path.name for path in settings.quarantine.iterdir())
    assert len(names) == 4
    assert any(name.startswith("เสีย-") and name.endswith(".doc") for name in names)
    assert any(name.startswith("กกก") and name.endswith(".docx") for name in names)


def test_a_name_in_windows_code_is_kept_readable(inbox: Path, settings: Settings) -> None:
    raw = os.fsencode(inbox) + b"/" + "หนังสือ.txt".encode("cp874")
    with open(raw, "wb") as file:  # noqa: PTH123
        file.write(letter(1).encode())
    ingest(inbox, settings)
    assert store_of(settings).rows()[0].file == "หนังสือ.txt"
    assert admit(inbox, settings).documents == []


def test_the_same_bad_content_under_two_names_is_set_aside_under_both(
    inbox: Path, settings: Settings
) -> None:
    for name in ("a.zip", "b.zip"):
        (inbox / name).write_bytes(b"PK\x03\x04")
    assert [outcome.duplicates for outcome in ingest(inbox, settings)] == [1]
    assert len([path for path in settings.quarantine.iterdir() if path.suffix == ".zip"]) == 2
    assert list(inbox.iterdir()) == []


def test_a_file_still_on_its_way_is_not_thrown_out(inbox: Path, settings: Settings) -> None:
    whole = letter(1).encode("utf-8")
    (inbox / "a.txt").write_bytes(bytes(40))  # room made for it, its content to come
    assert [outcome.state for outcome in ingest(inbox, settings, patience_s=60)] == ["seen"]
    assert store_of(settings).entries() == []
    (inbox / "a.txt").write_bytes(whole)
    ingest(inbox, settings, patience_s=60)
    assert [row.sha256 for row in store_of(settings).rows()] == [sha256(whole)]
    assert list(settings.quarantine.iterdir()) == []


# Our tools


def failing(error: Exception, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*_: object) -> Document:
        raise error

    monkeypatch.setattr(stages, "open_document", broken)


def test_a_failing_tool_is_told_and_tried_again(
    inbox: Path, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    document = put(inbox, letter(1))
    with monkeypatch.context() as patch:
        failing(ToolError("Tesseract took too long."), patch)
        with pytest.raises(ToolError):
            ingest(inbox, settings, again=True)
    entry = store_of(settings).entry(document)
    assert entry is not None
    assert (entry.state, entry.attempts, entry.error_code) == ("seen", 1, "tool.failed")
    assert "too long" in (entry.error_en or "")
    assert (inbox / "a.txt").exists()
    assert admit(inbox, settings).documents == []  # not at once: the pauses grow
    assert ingest(inbox, settings, again=True)[0].state in ("kept", "needs_person")
    entry = store_of(settings).entry(document)
    assert entry is not None
    assert entry.error_code is None


def test_after_many_failures_a_file_waits_for_a_person(
    inbox: Path, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    document = put(inbox, letter(1))
    with monkeypatch.context() as patch:
        failing(ToolError("Tesseract took too long."), patch)
        for _ in range(MAX_ATTEMPTS):
            with pytest.raises(ToolError):
                ingest(inbox, settings, again=True)
    entry = store_of(settings).entry(document)
    assert entry is not None
    assert entry.state == "failed"
    assert (inbox / "a.txt").exists()
    assert ingest(inbox, settings) == []  # by itself no more
    assert ingest(inbox, settings, again=True)[0].state in ("kept", "needs_person")  # a person asked


def test_a_missing_tool_costs_no_attempts(
    inbox: Path, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    document = put(inbox, letter(1))
    failing(MissingToolError("Tesseract", "apt-get install tesseract-ocr"), monkeypatch)
    for _ in range(MAX_ATTEMPTS + 2):
        with pytest.raises(MissingToolError):
            ingest(inbox, settings, again=True)
    entry = store_of(settings).entry(document)
    assert entry is not None
    assert (entry.state, entry.attempts, entry.error_code) == ("seen", 0, "tool.missing")


def test_a_mistake_of_ours_stops_neither_the_others_nor_tells_the_letters_words(
    inbox: Path, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    put(inbox, letter(1), "a.txt")
    put(inbox, letter(2), "b.txt")
    understand = stages.understand

    def careless(document: Document, **more: object) -> object:
        if document.file == "a.txt":
            raise ValueError("could not read 'ถ้อยคำในหนังสือ'")
        return understand(document, **more)

    monkeypatch.setattr(stages, "understand", careless)
    assert [outcome.state == "failed" for outcome in ingest(inbox, settings)] == [True, False]
    (entry,) = store_of(settings).entries(["failed"])
    assert "ValueError" in (entry.error_en or "")
    assert "ถ้อยคำ" not in (entry.error or "") + (entry.error_en or "")


def test_a_file_that_kills_the_program_is_given_up_in_the_end(inbox: Path, settings: Settings) -> None:
    document = put(inbox, letter(1))
    admit(inbox, settings)
    for _ in range(MAX_ATTEMPTS):
        store_of(settings).begin(document)  # and then the process dies
    assert [outcome.state for outcome in ingest(inbox, settings)] == ["failed"]
    entry = store_of(settings).entry(document)
    assert entry is not None
    assert entry.error_code == "reading.crashed"


def test_a_full_disk_takes_nothing_in(
    inbox: Path, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    put(inbox, letter(1))
    usage = shutil.disk_usage(inbox)._replace(free=1000)
    monkeypatch.setattr(vault.shutil, "disk_usage", lambda _: usage)
    with pytest.raises(ToolError, match="full"):
        admit(inbox, settings)
    assert (inbox / "a.txt").exists()


def test_a_file_that_changes_while_it_is_copied_waits(
    inbox: Path, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    put(inbox, letter(1))
    fsync = os.fsync

    def slow(handle: int) -> None:
        (inbox / "a.txt").write_text(letter(2), encoding="utf-8")
        fsync(handle)

    with monkeypatch.context() as patch:
        patch.setattr(vault.os, "fsync", slow)
        assert admit(inbox, settings).documents == []
    assert admit(inbox, settings).documents == [sha256(letter(2))]


def test_a_file_on_a_bad_spot_of_the_disk_does_not_hold_up_the_others(
    inbox: Path, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    put(inbox, letter(1), "a.txt")
    second = put(inbox, letter(2), "b.txt")
    copy_in = vault._copy_in

    def broken(source: Path, *more: object) -> str | None:
        if source.name == "a.txt":
            raise ToolError("A file could not be put away: Input/output error.")
        return copy_in(source, *more)  # type: ignore[arg-type]

    monkeypatch.setattr(vault, "_copy_in", broken)
    admitted = admit(inbox, settings)
    assert admitted.documents == [second]
    assert [(trouble.path, trouble.problem.code) for trouble in admitted.troubles] == [
        (str(inbox / "a.txt"), "tool.failed")
    ]


# Secrecy


def test_a_secret_file_leaves_every_inbox_and_no_trace(inbox: Path, settings: Settings) -> None:
    put(inbox, secret(), f"{SECRET_NAME}.txt")
    put(inbox, secret(), f"{SECRET_NAME} 2.txt")
    assert [outcome.state for outcome in ingest(inbox, settings)] == ["protected"]
    assert list(inbox.iterdir()) == []
    check_nothing_secret_is_left(settings)
    put(inbox, secret(), f"{SECRET_NAME} 3.txt")  # and it stays known
    assert [outcome.state for outcome in ingest(inbox, settings)] == ["protected"]
    assert list(inbox.iterdir()) == []
    check_nothing_secret_is_left(settings)


def test_a_mark_found_later_takes_the_file_out_of_the_quarantine(
    inbox: Path, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    put(inbox, secret(), f"{SECRET_NAME}.txt")
    with monkeypatch.context() as patch:
        patch.setattr(stages, "secrecy_mark", lambda _: None)
        failing(BadInputError("pdf.damaged", "เสีย", "Damaged."), patch)
        ingest(inbox, settings)
    assert len(list(settings.quarantine.iterdir())) == 2
    put(inbox, secret(), f"{SECRET_NAME}.txt")
    ingest(inbox, settings)
    check_nothing_secret_is_left(settings)
    assert list(settings.quarantine.iterdir()) == []


def test_a_secret_file_that_cannot_be_removed_is_told_without_its_name(
    inbox: Path, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    put(inbox, secret(), f"{SECRET_NAME}.txt")
    unlink = Path.unlink

    def held(path: Path, missing_ok: bool = False) -> None:
        if path.parent == inbox:
            raise PermissionError(13, "Permission denied", str(path))
        unlink(path, missing_ok)

    with monkeypatch.context() as patch:
        patch.setattr(Path, "unlink", held)
        with pytest.raises(ToolError) as caught:
            ingest(inbox, settings)
    assert SECRET_NAME not in str(caught.value)
    assert [outcome.state for outcome in ingest(inbox, settings)] == ["protected"]
    assert list(inbox.iterdir()) == []


# One at a time


def test_two_runs_do_not_take_files_in_together(settings: Settings, tmp_path: Path) -> None:
    held = (
        "import sys, time; from pathlib import Path; from pipeline.settings import Settings\n"
        "from pipeline.vault import Vault\n"
        f"with Vault(Settings(home=Path({str(settings.home)!r}))).lock():\n"
        "    print('held', flush=True); time.sleep(60)\n"
    )
    with subprocess.Popen([sys.executable, "-c", held], stdout=subprocess.PIPE, text=True) as other:
        assert other.stdout is not None
        assert other.stdout.readline() == "held\n"
        with pytest.raises(ToolError, match="Another Saraban"), vault.Vault(settings).lock(wait_s=0.3):
            pass
        other.kill()
        other.wait()
        start = time.monotonic()
        with vault.Vault(settings).lock(wait_s=5):  # the dead hold nothing
            assert time.monotonic() - start < 2


def test_nothing_of_the_pipeline_needs_prefect() -> None:
    code = "import sys, pipeline.ledger; sys.exit('prefect' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
