"""From a folder to the register: one Prefect task a document, retried only when the machine was at fault."""

from __future__ import annotations

import datetime as dt
import threading
import time
from collections import Counter
from collections.abc import Callable
from contextvars import ContextVar
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from flows._prefect import server  # before Prefect: it sets Prefect up  # isort: skip

from prefect import flow, task, unmapped
from prefect.cache_policies import NO_CACHE
from prefect.futures import as_completed
from prefect.task_runners import ThreadPoolTaskRunner

from pipeline.errors import MissingToolError, PipelineError, ToolError
from pipeline.inbox import Settling
from pipeline.ledger import Admitted, Ledger, Outcome
from pipeline.settings import Settings
from schemas.ink import Record
from schemas.result import Problem

_BATCH = 200  # documents of one flow run
_DOCUMENT_S = 3600


class Progress(Record):
    """How far a run is: told at its start and after every document."""

    done: int
    total: int
    outcome: Outcome | None = None  # None at the start


class Unreadable(Record):
    """A file or folder that could not even be looked at; it stays where it is."""

    path: str
    problem: Problem


class Summary(Record):
    """What became of a folder. A document is one content; more files with the same content are duplicates."""

    found: int = 0  # files in the folder
    unchanged: int = 0  # of these, taken in before
    growing: int = 0  # still being written: left for the next run
    kept: int = 0
    needs_person: int = 0
    quarantined: int = 0
    protected: int = 0
    failed: int = 0  # our tools failed too often: waits for a person
    seen: int = 0  # our tools failed, or the run was stopped: the next run tries again
    duplicates: int = 0
    documents: tuple[str, ...] = ()  # hashes of those worked on
    unreadable: tuple[Unreadable, ...] = ()


Tell = Callable[[Progress], None]


@dataclass(frozen=True)
class Job:
    """What the tasks of a run share; it goes by reference, and Prefect writes none of it down."""

    ledger: Ledger
    again: bool
    stop: threading.Event
    tell: Callable[[Outcome], None] = field(default=lambda _outcome: None)


_JOB: ContextVar[Job] = ContextVar("job")


def _is_machines_fault(_task: Any, _run: Any, state: Any) -> bool:
    """Try again what may pass: not a file's fault, and not a tool that is not there."""
    error = state.result(raise_on_failure=False)
    return isinstance(error, ToolError) and not isinstance(error, MissingToolError)


@task(
    name="document",
    task_run_name="{sha256}",
    retries=2,
    retry_delay_seconds=[5, 30],
    retry_condition_fn=_is_machines_fault,
    timeout_seconds=_DOCUMENT_S,
    cache_policy=NO_CACHE,
    persist_result=False,
)
def see_to(sha256: str, today: dt.date, job: Job) -> Outcome:
    """See one document to its place. Only its hash is known here, for its name may be secret."""
    return job.ledger.outcome(sha256) if job.stop.is_set() else job.ledger.work(sha256, today, job.again)


@flow(name="ingest-letters", persist_result=False)
def ingest(documents: list[str], today: dt.date) -> list[Outcome]:
    """Read, judge and keep the documents that were taken in; one failing leaves the others alone."""
    job = _JOB.get()
    futures = see_to.map(documents, unmapped(today), unmapped(job))
    hashes = dict(zip(futures, documents, strict=True))
    return [
        _outcome(future.result(raise_on_failure=False), hashes[future], job)
        for future in as_completed(futures)
    ]


def _outcome(result: Any, sha256: str, job: Job) -> Outcome:
    """A task's outcome; of one that failed, what the ledger says."""
    outcome = result if isinstance(result, Outcome) else job.ledger.outcome(sha256)
    job.tell(outcome)
    return outcome


def run_ingest(folder: Path, settings: Settings, today: dt.date, progress: Tell | None = None) -> Summary:
    """Take in all new files of a folder and see each to its place, those that failed before included."""
    ledger, settling = Ledger(settings), Settling(settings.settle_s)
    with ledger.lock():
        admitted = ledger.admit(folder, settling, again=True)
        if admitted.growing:
            time.sleep(admitted.wait_s)
            admitted = ledger.admit(folder, settling, again=True)
        return see_to_all(admitted, Job(ledger, True, threading.Event()), settings, today, progress)


def see_to_all(
    admitted: Admitted, job: Job, settings: Settings, today: dt.date, progress: Tell | None = None
) -> Summary:
    """Work on what was taken in, in Prefect flow runs; without work Prefect is not even started."""
    outcomes: list[Outcome] = []
    total = len(admitted.documents)

    def tell(outcome: Outcome) -> None:
        outcomes.append(outcome)
        if progress is not None:
            progress(Progress(done=len(outcomes), total=total, outcome=outcome))

    if progress is not None:
        progress(Progress(done=0, total=total))
    if admitted.documents:
        _run_flows(admitted.documents, Job(job.ledger, job.again, job.stop, tell), settings, today)
    return _summary(admitted, outcomes)


def _run_flows(documents: list[str], job: Job, settings: Settings, today: dt.date) -> None:
    runner: ThreadPoolTaskRunner[Outcome] = ThreadPoolTaskRunner(max_workers=settings.workers)
    run = ingest.with_options(task_runner=runner)  # type: ignore[arg-type]  # the stubs forget the runner's type
    token = _JOB.set(job)
    try:
        with server(settings):
            for start in range(0, len(documents), _BATCH):
                run(documents[start : start + _BATCH], today)
    except PipelineError:
        raise
    except Exception as error:
        raise ToolError(
            f"Prefect, which runs the flow, failed ({type(error).__name__}). "
            "No file is lost: run the command again."
        ) from error
    finally:
        _JOB.reset(token)


def _summary(admitted: Admitted, outcomes: list[Outcome]) -> Summary:
    states = Counter(outcome.state for outcome in outcomes)
    return Summary(
        found=admitted.found,
        unchanged=admitted.unchanged,
        growing=admitted.growing,
        kept=states["kept"],
        needs_person=states["needs_person"],
        quarantined=states["quarantined"],
        protected=states["protected"],
        failed=states["failed"],
        seen=states["seen"],
        duplicates=sum(outcome.duplicates for outcome in outcomes),
        documents=tuple(outcome.sha256 for outcome in outcomes),
        unreadable=tuple(Unreadable(path=path, problem=problem) for path, problem in admitted.troubles),
    )
