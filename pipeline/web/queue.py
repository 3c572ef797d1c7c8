"""Files and pages to read, one after the other in a process of their own: the pages stay quick meanwhile."""

from __future__ import annotations

import datetime as dt
import multiprocessing
import shutil
import threading
import uuid
from collections import OrderedDict
from collections.abc import Callable
from concurrent.futures import Executor, Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Literal

from pipeline import again
from pipeline.disk import private_folder
from pipeline.errors import PipelineError, ToolError
from pipeline.settings import Settings
from pipeline.store import State
from pipeline.web.names import safe_name

_KEPT_JOBS = 200

JobState = State | Literal["waiting"]


@dataclass(frozen=True)
class Job:
    """One thing to read and what became of it. A protected file leaves neither name nor hash here."""

    id: str
    name: str
    who: str
    at: dt.datetime
    state: JobState = "waiting"
    sha256: str = ""
    known: bool = False  # the same content was here before
    error: str = ""
    page: int = 0  # that is read again; 0: a whole file


class Queue:
    """Takes what is handed over and has it read. Safe to share between threads."""

    def __init__(self, settings: Settings, executor: Executor | None = None) -> None:
        """`executor`: who does the reading; by default one process, started when there is work."""
        self._settings = settings
        self._executor = executor
        self._jobs: OrderedDict[str, Job] = OrderedDict()
        self._lock = threading.Lock()
        self._folder = settings.home / "uploads"

    def new_file(self, name: str) -> Path:
        """An empty place for a file that is being sent; its name is the sender's, made harmless."""
        folder = self._folder / uuid.uuid4().hex
        private_folder(self._folder)
        private_folder(folder)
        return folder / safe_name(name)

    def drop(self, path: Path) -> None:
        """Forget a file that did not come whole."""
        shutil.rmtree(path.parent, ignore_errors=True)

    def add(self, path: Path, who: str) -> Job:
        """Have a file read that `new_file` gave the place for."""
        job = Job(id=path.parent.name, name=path.name, who=who, at=dt.datetime.now(dt.UTC))
        self._put(job)
        self._submit(job, again.take_in, path)
        return job

    def read_page(self, sha256: str, number: int, who: str, name: str) -> Job:
        """Have one page of a kept document read again; `name` is that of its file."""
        job = Job(
            id=uuid.uuid4().hex,
            name=name,
            who=who,
            at=dt.datetime.now(dt.UTC),
            sha256=sha256,
            page=number,
        )
        self._put(job)
        self._submit(job, again.read_page_again, sha256, number)
        return job

    def jobs(self, who: str | None = None) -> list[Job]:
        """The jobs since the start, newest first; `who`: only those of one person."""
        with self._lock:
            return [job for job in reversed(self._jobs.values()) if who in (None, job.who)]

    def resume(self) -> None:
        """Have files read that a crash left behind."""
        for path in sorted(self._folder.glob("*/*")):
            if path.is_file():
                self.add(path, "")

    def close(self) -> None:
        """Finish the job in hand; what waits is read at the next start."""
        if self._executor is not None:
            self._executor.shutdown(wait=True, cancel_futures=True)

    def _put(self, job: Job) -> None:
        with self._lock:
            self._jobs[job.id] = job
            while len(self._jobs) > _KEPT_JOBS:
                self._jobs.popitem(last=False)

    def _submit(self, job: Job, work: Callable[..., again.Done], *args: object) -> None:
        with self._lock:
            if self._executor is None:  # a fresh process: forking one with threads inside may hang
                self._executor = ProcessPoolExecutor(1, mp_context=multiprocessing.get_context("spawn"))
            executor = self._executor
        try:
            future: Future[again.Done] = executor.submit(work, self._settings, *args)
        except BrokenProcessPool:
            with self._lock:
                self._executor = None
            self._put(
                replace(job, state="seen", error="The reading process ended. Start saraban serve again.")
            )
            return
        future.add_done_callback(lambda done: self._finish(job, done))

    def _finish(self, job: Job, future: Future[again.Done]) -> None:
        if future.cancelled():
            return
        error = future.exception()
        if error is not None:
            said = error if isinstance(error, PipelineError) else ToolError(f"{type(error).__name__}")
            self._put(replace(job, state="seen", error=str(said)))
            return
        done = future.result()
        if done.state == "protected":
            same = [each for each in self.jobs() if job.sha256 and each.sha256 == job.sha256]
            for each in (*same, job):
                self._put(Job(id=each.id, name="", who=each.who, at=each.at, state="protected"))
        else:
            self._put(replace(job, state=done.state, sha256=done.sha256, known=done.known))
