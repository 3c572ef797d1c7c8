"""The analysts' notebook answers its questions on the register of the samples."""

from __future__ import annotations

import datetime as dt
import re
from pathlib import Path

import nbformat
import pytest
from nbclient import NotebookClient

from pipeline import stages
from pipeline.batch import read_all
from pipeline.settings import Settings
from pipeline.store import Store
from samples.inbox import inbox_files

ROOT = Path(__file__).parents[1]
NOTEBOOK = ROOT / "docs" / "questions.ipynb"
TODAY = dt.date(2025, 6, 1)


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A house with the letters of the samples' inbox in its register."""
    folder = tmp_path_factory.mktemp("home")
    settings = Settings(home=folder, workers=2)
    files = [ROOT / "samples" / "inbox" / file.name for file in inbox_files() if file.expected == "read"]
    if not all(file.exists() for file in files):
        pytest.skip("the samples are not drawn: make samples")
    store = Store(settings.url)
    store.upgrade()
    for result in read_all(files, settings, TODAY, strict=True):
        store.save(stages.judge(result, settings, TODAY), None, dt.datetime.now(dt.UTC))
    store.close()
    return folder


@pytest.mark.slow
def test_the_notebook_answers_five_questions(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SARABAN_HOME", str(home))
    monkeypatch.setenv("IPYTHONDIR", str(home / "ipython"))
    notebook = nbformat.read(NOTEBOOK, as_version=4)
    NotebookClient(notebook, timeout=120, resources={"metadata": {"path": str(ROOT / "docs")}}).execute()
    answers = [
        output["data"]["text/html"]
        for cell in notebook.cells
        if cell.cell_type == "code"
        for output in cell.outputs
        if "data" in output
    ]
    assert len(answers) == 5
    assert all(answer.count("<tr>") >= 2 for answer in answers)
    assert "external" in answers[4]


def test_the_notebook_on_file_names_no_place_of_a_machine() -> None:
    text = NOTEBOOK.read_text(encoding="utf-8")
    assert "/home/" not in text
    assert not re.search(r"(?<![\w.<:/])/\w+/", text)  # any place that begins at the root
