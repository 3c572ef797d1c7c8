"""The watch: it takes what settles, survives what comes, and stops when told."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from flows.ingest import Summary
from flows.watch import watch
from pipeline import stages
from pipeline.errors import PipelineError, ToolError
from pipeline.heartbeat import last_beat
from pipeline.settings import Settings
from pipeline.store import open_store
from schemas.result import Document
from tests.house import check_all_is_in_its_place, fill, letter, sha256

pytestmark = [pytest.mark.slow, pytest.mark.usefixtures("prefect")]
ROOT = Path(__file__).parents[2]
News = list[Summary | PipelineError]


@contextmanager
def watching(inbox: Path, settings: Settings, every_s: float = 30) -> Iterator[News]:
    """A watch in a thread; what it tells is collected, and it must end soon after it is told to."""
    import contextvars

    stop, news = threading.Event(), News()
    context = contextvars.copy_context()  # the test harness lives in it
    thread = threading.Thread(target=context.run, args=(watch, inbox, settings, news.append, every_s, stop))
    thread.start()
    try:
        yield news
    finally:
        stop.set()
        thread.join(timeout=30)
    assert not thread.is_alive()


def wait_for(true: Callable[[], bool], seconds: float = 30) -> None:
    deadline = time.monotonic() + seconds
    while not true():
        assert time.monotonic() < deadline, "it did not happen in time"
        time.sleep(0.1)


def kept(settings: Settings) -> set[str]:
    return {row.sha256 for row in open_store(settings).rows()}


@pytest.fixture(autouse=True)
def _no_patience(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("flows.watch.PATIENCE_S", 0)


def put(inbox: Path, running: int) -> str:
    (inbox / f"{running}.txt").write_text(letter(running), encoding="utf-8")
    return sha256(letter(running))


def test_files_are_taken_as_they_come(inbox: Path, settings: Settings) -> None:
    first = put(inbox, 1)
    with watching(inbox, settings) as news:
        wait_for(lambda: kept(settings) == {first})
        second = put(inbox, 2)
        wait_for(lambda: kept(settings) == {first, second})
        fill(inbox)
        wait_for(lambda: len(open_store(settings).entries()) == 7)
        wait_for(lambda: not list((settings.home / "incoming").iterdir()))
    for running in (1, 2):
        (inbox / f"{running}.txt").unlink()
    assert all(isinstance(one, Summary) for one in news)
    assert kept(settings) >= {first, second}


def test_a_growing_file_is_taken_once_and_whole(inbox: Path, settings: Settings) -> None:
    slow = settings.model_copy(update={"settle_s": 1.0})
    parts = letter(1).splitlines(keepends=True)
    with watching(inbox, slow):
        with (inbox / "1.txt").open("w", encoding="utf-8") as file:
            for part in parts:
                file.write(part)
                file.flush()
                time.sleep(0.25)
        wait_for(lambda: kept(slow) == {sha256(letter(1))})
    assert len(open_store(slow).entries()) == 1


def test_the_folder_is_looked_through_even_when_no_change_is_told(
    inbox: Path, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    from flows import watch as module

    def deaf(*_: object, **__: object) -> Iterator[set[object]]:
        while True:
            time.sleep(0.1)
            yield set()

    monkeypatch.setattr(module.watchfiles, "watch", deaf)
    with watching(inbox, settings, every_s=0.5):
        time.sleep(0.3)
        document = put(inbox, 1)
        wait_for(lambda: kept(settings) == {document})


def test_a_folder_that_comes_later_is_waited_for(inbox: Path, settings: Settings) -> None:
    inbox.rmdir()
    with watching(inbox, settings, every_s=0.5) as news:
        wait_for(lambda: len(news) >= 2)
        away = last_beat(settings)
        assert away is not None
        assert away.error.startswith(f"{inbox}: It cannot be looked at")
        assert away.message.startswith(f"{inbox}: เปิดดูไม่ได้")
        inbox.mkdir()
        document = put(inbox, 1)
        wait_for(lambda: kept(settings) == {document})
        wait_for(lambda: last_beat(settings).error == "")  # type: ignore[union-attr]
    assert isinstance(news[0], Summary)
    assert news[0].unreadable[0].problem.code == "folder.unreadable"


def test_trouble_of_one_look_does_not_end_the_watch(
    inbox: Path, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    from flows import watch as module

    see_to_all, told = module.see_to_all, []

    def shaky(*args: object, **named: object) -> Summary:
        if inbox.exists() and any(inbox.iterdir()) and not told:
            told.append("once")
            raise ToolError("Prefect, which runs the flow, failed.")
        return see_to_all(*args, **named)  # type: ignore[arg-type]

    monkeypatch.setattr(module, "see_to_all", shaky)
    with watching(inbox, settings, every_s=0.5) as news:
        document = put(inbox, 1)
        wait_for(lambda: kept(settings) == {document})
    assert any(isinstance(one, ToolError) for one in news)


def test_a_file_that_breaks_our_code_does_not_stop_the_others(
    inbox: Path, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    open_document = stages.open_document

    def broken(path: Path, *more: object) -> Document:
        if path.name == sha256(letter(1)):
            raise RuntimeError("a mistake of ours")
        return open_document(path, *more)  # type: ignore[arg-type]

    monkeypatch.setattr(stages, "open_document", broken)
    with watching(inbox, settings, every_s=0.5) as news:
        put(inbox, 1)
        wait_for(lambda: len(news) == 1)
        second = put(inbox, 2)
        wait_for(lambda: kept(settings) == {second})
        time.sleep(1.5)  # some looks later
    assert len(news) == 2, "a failed file must not be worked on at every look"


WATCH = """
import sys
from pathlib import Path
import flows.watch
flows.watch.PATIENCE_S = 0
from flows.watch import watch
from tests.house import settings_for
work = Path(sys.argv[1])
watch(work / "inbox", settings_for(work / "home"), lambda news: print(news.model_dump_json(), flush=True))
print("stopped in order", flush=True)
"""


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_it_stops_in_order_when_asked(number: signal.Signals, tmp_path: Path) -> None:
    inbox = tmp_path / "inbox"
    inbox.mkdir()
    fill(inbox)
    environment = {name: value for name, value in os.environ.items() if not name.startswith("PREFECT_")}
    environment["SARABAN_HOME"] = str(tmp_path / "home")
    command = [sys.executable, "-c", WATCH, str(tmp_path)]
    with subprocess.Popen(
        command, cwd=ROOT, env=environment, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    ) as process:
        assert process.stdout is not None
        assert process.stderr is not None
        summary = Summary.model_validate_json(process.stdout.readline())
        assert len(summary.documents) == 5
        process.send_signal(number)
        rest, errors = process.communicate(timeout=30)
    assert (process.returncode, rest, errors) == (0, "stopped in order\n", "")
    from tests.house import settings_for

    check_all_is_in_its_place(inbox, settings_for(tmp_path / "home"))
