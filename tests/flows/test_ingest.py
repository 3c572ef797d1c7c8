"""The flow on Prefect's test harness: one task a document, retries for the machine's faults only."""

from __future__ import annotations

import datetime as dt
import os
import subprocess
import sys
from pathlib import Path

import pytest

from flows import documents as flow_documents
from flows import ingest as flow_module
from flows.ingest import Progress, Summary, run_ingest
from pipeline import stages
from pipeline.errors import BadInputError, MissingToolError, ToolError
from pipeline.settings import Settings
from pipeline.store import open_store
from schemas.result import Document
from tests.house import SECRET_NAME, check_all_is_in_its_place, fill, letter, sha256

pytestmark = [pytest.mark.slow, pytest.mark.usefixtures("prefect")]
TODAY = dt.date(2023, 6, 5)
ROOT = Path(__file__).parents[2]


@pytest.fixture(autouse=True)
def _no_pauses(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(flow_documents, "see_to", flow_documents.see_to.with_options(retry_delay_seconds=0))


def put(inbox: Path, *runnings: int) -> None:
    for running in runnings:
        (inbox / f"{running}.txt").write_text(letter(running), encoding="utf-8")


def test_a_folder_is_taken_in_and_told_of(inbox: Path, settings: Settings) -> None:
    fill(inbox)
    told: list[Progress] = []
    summary = run_ingest(inbox, settings, TODAY, told.append)
    assert (summary.found, summary.quarantined, summary.protected, summary.duplicates) == (6, 1, 1, 1)
    assert summary.kept + summary.needs_person == 3
    assert len(summary.documents) == 5
    assert [(step.done, step.total) for step in told] == [(done, 5) for done in range(6)]
    assert told[0].outcome is None
    check_all_is_in_its_place(inbox, settings)
    again = run_ingest(inbox, settings, TODAY, told.append)
    assert again == Summary(found=4, unchanged=4)
    assert Summary.model_validate_json(summary.model_dump_json()) == summary


def test_prefect_knows_documents_by_their_hash_only(inbox: Path, settings: Settings) -> None:
    from prefect.client.orchestration import get_client
    from prefect.client.schemas.sorting import FlowRunSort

    fill(inbox)
    summary = run_ingest(inbox, settings, TODAY)
    with get_client(sync_client=True) as client:
        runs = client.read_flow_runs(sort=FlowRunSort.EXPECTED_START_TIME_DESC, limit=200)
        mine = [run for run in runs if set(summary.documents) & set(run.parameters.get("documents", ()))]
        assert mine
        assert set(mine[0].parameters) == {"documents", "today"}
        assert sorted(mine[0].parameters["documents"]) == sorted(summary.documents)
        everything = "".join(run.model_dump_json() for run in runs)
    assert SECRET_NAME not in everything
    assert str(inbox) not in everything


def test_the_machines_fault_is_tried_again(
    inbox: Path, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    put(inbox, 1, 2)
    open_document, calls = stages.open_document, []

    def shaky(path: Path, *more: object) -> Document:
        calls.append(path.name)
        if path.name == sha256(letter(1)) and calls.count(path.name) < 3:
            raise ToolError("Tesseract took too long.")
        return open_document(path, *more)  # type: ignore[arg-type]

    monkeypatch.setattr(stages, "open_document", shaky)
    summary = run_ingest(inbox, settings, TODAY)
    assert summary.kept + summary.needs_person == 2
    assert (calls.count(sha256(letter(1))), calls.count(sha256(letter(2)))) == (3, 1)


@pytest.mark.parametrize(
    ("error", "tries", "state"),
    [
        (ToolError("Tesseract took too long."), 3, "seen"),
        (MissingToolError("Tesseract", "apt-get install tesseract-ocr"), 1, "seen"),
        (BadInputError("pdf.damaged", "เสีย", "Damaged."), 1, "quarantined"),
        (ValueError("a mistake of ours"), 1, "failed"),
    ],
)
def test_what_is_tried_again_and_what_becomes_of_it(
    error: Exception, tries: int, state: str, inbox: Path, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    put(inbox, 1, 2)
    open_document, calls = stages.open_document, []

    def broken(path: Path, *more: object) -> Document:
        if path.name != sha256(letter(1)):
            return open_document(path, *more)  # type: ignore[arg-type]
        calls.append(path.name)
        raise error

    monkeypatch.setattr(stages, "open_document", broken)
    summary = run_ingest(inbox, settings, TODAY)
    assert len(calls) == tries
    assert getattr(summary, state) == 1
    assert summary.kept + summary.needs_person == 1  # the other one is not held up
    entry = open_store(settings).entry(sha256(letter(1)))
    assert entry is not None
    assert entry.state == state
    assert entry.error


def test_a_failed_document_is_tried_again_by_the_next_run(
    inbox: Path, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    put(inbox, 1)

    def broken(*_: object) -> Document:
        raise ToolError("Tesseract took too long.")

    with monkeypatch.context() as patch:
        patch.setattr(stages, "open_document", broken)
        for state in ("seen", "failed", "failed"):
            assert getattr(run_ingest(inbox, settings, TODAY), state) == 1
    assert len(run_ingest(inbox, settings, TODAY).documents) == 1
    assert len(open_store(settings).rows()) == 1


def test_growing_files_wait_and_the_wait_is_short(
    inbox: Path, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    put(inbox, 1)
    slept: list[float] = []

    def grow(seconds: float) -> None:
        slept.append(seconds)
        put(inbox, 2)

    monkeypatch.setattr(flow_module.time, "sleep", grow)
    summary = run_ingest(inbox, settings.model_copy(update={"settle_s": 9.0}), TODAY)
    assert (summary.growing, summary.documents) == (2, ())
    assert len(slept) == 1
    assert 0 < slept[0] <= 9
    assert not (settings.home / "prefect").exists()  # nothing to do: Prefect is not even started


def test_files_that_cannot_be_read_are_told(
    inbox: Path, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    put(inbox, 1)
    real = os.open

    def refused(path: object, *more: object, **named: object) -> int:
        if str(path).endswith("1.txt"):
            raise PermissionError(13, "Permission denied")
        return real(path, *more, **named)  # type: ignore[arg-type]

    monkeypatch.setattr(os, "open", refused)
    summary = run_ingest(inbox, settings, TODAY)
    assert [(one.path, one.problem.code) for one in summary.unreadable] == [
        (str(inbox / "1.txt"), "file.unreadable")
    ]


def test_a_prefect_that_does_not_start_is_told_in_words(tmp_path: Path) -> None:
    code = (
        "import datetime as dt, sys; from pathlib import Path\n"
        "from flows import _prefect; from flows.ingest import run_ingest\n"
        "from tests.house import fill, settings_for\n"
        "work = Path(sys.argv[1]); fill(work / 'inbox'); (work / 'home').mkdir()\n"
        "(work / 'home' / 'prefect').write_text('in the way')\n"
        "run_ingest(work / 'inbox', settings_for(work / 'home'), dt.date(2023, 6, 5))\n"
    )
    environment = {name: value for name, value in os.environ.items() if not name.startswith("PREFECT_")}
    done = subprocess.run(
        [sys.executable, "-c", code, str(tmp_path)],
        cwd=ROOT,
        env={**environment, "SARABAN_HOME": str(tmp_path / "home")},
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
    assert "ToolError: Prefect could not be started" in done.stderr


def test_importing_the_flow_sends_nothing_and_makes_nothing(tmp_path: Path) -> None:
    code = (
        "import os, flows.documents, flows.watch\n"
        "from prefect.settings import PREFECT_HOME\n"
        "assert os.environ['DO_NOT_TRACK'] == '1'\n"
        "assert os.environ['PREFECT_SERVER_ANALYTICS_ENABLED'] == 'false'\n"
        "print(PREFECT_HOME.value())\n"
    )
    environment = {name: value for name, value in os.environ.items() if not name.startswith("PREFECT_")}
    home = tmp_path / "not" / "yet"
    environment |= {
        "SARABAN_HOME": str(home),
        "PREFECT_SERVER_ANALYTICS_ENABLED": "true",
        "DO_NOT_TRACK": "0",
    }
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=ROOT, env=environment, capture_output=True, text=True, check=False
    )
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.strip() == str(home / "prefect")
    assert not home.exists()


def test_a_folder_with_nothing_new_does_not_start_prefect(inbox: Path, settings: Settings) -> None:
    code = (
        "import datetime as dt, sys; from pathlib import Path\n"
        "from flows.ingest import run_ingest\n"
        "from tests.house import settings_for\n"
        "work = Path(sys.argv[1]); (work / 'inbox').mkdir(exist_ok=True)\n"
        "run_ingest(work / 'inbox', settings_for(work / 'home'), dt.date(2023, 6, 5))\n"
        "print('prefect' in sys.modules)\n"
    )
    empty = inbox.parent / "empty"
    empty.mkdir()
    done = subprocess.run(
        [sys.executable, "-c", code, str(empty)], cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert done.stdout.strip() == "False", done.stderr
