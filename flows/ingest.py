"""From a folder to the register: take in what is new and see each document to its place.

Prefect starts slowly and is not even imported where nothing is new: its flow stands in `documents`.
"""

from __future__ import annotations

import datetime as dt
import threading
import time
from collections import Counter
from collections.abc import Callable
from pathlib import Path

from flows.job import Job
from pipeline.inbox import Settling
from pipeline.ledger import Admitted, Ledger, Outcome
from pipeline.settings import Settings
from schemas.ink import Record
from schemas.result import Problem


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
        from flows.documents import run_flows

        run_flows(admitted.documents, Job(job.ledger, job.again, job.stop, tell), settings, today)
    return _summary(admitted, outcomes)


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
