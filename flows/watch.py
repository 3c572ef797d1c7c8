"""Watch a folder: every file that has stopped growing goes to the register, until somebody says stop."""

from __future__ import annotations

import datetime as dt
import math
import signal
import threading
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, contextmanager
from contextvars import copy_context
from pathlib import Path
from types import FrameType

import watchfiles

from flows.ingest import Summary, see_to_all
from flows.job import Job
from pipeline.errors import PipelineError, ToolError
from pipeline.heartbeat import beat
from pipeline.inbox import Settling
from pipeline.ledger import Ledger
from pipeline.settings import Settings

RESCAN_S = 30.0
PATIENCE_S = 20.0  # a file that makes no sense yet may be a scan that has paused
_TICK_S = 0.5

Report = Callable[[Summary | PipelineError], None]


def watch(
    folder: Path,
    settings: Settings,
    report: Report | None = None,
    every_s: float = RESCAN_S,
    stop: threading.Event | None = None,
) -> None:
    """Take in what comes into a folder until `stop`, Ctrl-C or SIGTERM; look through it whole each `every_s`.

    `report` is told after each look that did something. Trouble of one look does not end the watch.
    """
    stop = stop or threading.Event()
    with _stopped_by_signals(stop), _Watcher(folder, settings, report, stop) as watcher:
        for _ in _moments(folder, settings.settle_s, every_s, stop, watcher):
            watcher.look()


class _Watcher:
    """One look after the other, with a Prefect server kept running between them."""

    def __init__(
        self, folder: Path, settings: Settings, report: Report | None, stop: threading.Event
    ) -> None:
        self._folder, self._settings, self._report, self._stop = folder, settings, report, stop
        self._settling = Settling(settings.settle_s)
        self._prefect = ExitStack()
        self._has_prefect = False
        self.growing = False

    def __enter__(self) -> _Watcher:
        return self

    def __exit__(self, *_: object) -> None:
        self._end_prefect()

    def _end_prefect(self) -> None:
        self._has_prefect = False
        self._prefect.close()

    def look(self) -> None:
        """Take in what is new and see it to its place."""
        try:
            summary = self._take_in()
        except Exception as error:
            self._end_prefect()  # whatever state it is in, the next look starts afresh
            kind = type(error).__name__
            said = error if isinstance(error, PipelineError) else ToolError(f"A look failed ({kind}).")
            beat(self._settings, str(said), getattr(said, "message", ""))
            self._tell(said)
        else:
            self._say_alive(summary)
            self.growing = summary.growing > 0
            if summary.documents or summary.unreadable:
                self._tell(summary)

    def _say_alive(self, summary: Summary) -> None:
        """A folder that is away, such as a network drive, must not look like one to which nothing comes."""
        for one in summary.unreadable:
            if one.path == str(self._folder):
                beat(
                    self._settings,
                    *(f"{one.path}: {said}" for said in (one.problem.message_en, one.problem.message)),
                )
                return
        beat(self._settings)

    def _take_in(self) -> Summary:
        ledger = Ledger(self._settings, patience_s=PATIENCE_S)
        with ledger.lock():
            admitted = ledger.admit(self._folder, self._settling)
            if admitted.documents and not self._has_prefect:
                from flows._prefect import server

                self._prefect.enter_context(server(self._settings))
                self._has_prefect = True
            job = Job(ledger, again=False, stop=self._stop)
            # In a thread of its own: in the main one Prefect would take the signals that are meant for us.
            with ThreadPoolExecutor(1) as thread:
                context = copy_context()
                return thread.submit(
                    context.run, see_to_all, admitted, job, self._settings, dt.date.today()
                ).result()

    def _tell(self, news: Summary | PipelineError) -> None:
        if self._report is not None:
            self._report(news)


def _moments(
    folder: Path, settle_s: float, every_s: float, stop: threading.Event, watcher: _Watcher
) -> Iterator[None]:
    """When to look: soon after a change, again while files grow, and each `every_s` whatever the system says.

    Changes on network drives are not always told, and a folder may be away for a while: hence the last.
    """
    looked = -math.inf
    tick_ms = int(1000 * max(_TICK_S, settle_s / 2))
    while not stop.is_set():
        changed = True  # what came before the system began to tell us
        try:
            for changes in watchfiles.watch(
                folder, stop_event=stop, rust_timeout=tick_ms, yield_on_timeout=True, raise_interrupt=False
            ):
                if stop.is_set():
                    return
                changed = changed or bool(changes)
                if changed or watcher.growing or time.monotonic() - looked >= every_s:
                    changed = False
                    yield
                    looked = time.monotonic()
        except OSError:  # the folder is gone: wait for it
            stop.wait(min(every_s, 5.0))
            yield


@contextmanager
def _stopped_by_signals(stop: threading.Event) -> Iterator[None]:
    """Ctrl-C and SIGTERM ask to stop: the documents in hand are finished, the rest wait for the next start.

    Asked twice, we end at once; no file is lost by it.
    """
    if threading.current_thread() is not threading.main_thread():
        yield
        return

    def ask(number: int, _frame: FrameType | None) -> None:
        stop.set()
        signal.signal(number, signal.SIG_DFL)

    before = {number: signal.signal(number, ask) for number in (signal.SIGINT, signal.SIGTERM)}
    try:
        yield
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)
