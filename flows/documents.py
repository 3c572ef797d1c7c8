"""The Prefect flow: one task a document, retried only when the machine was at fault."""

from __future__ import annotations

import datetime as dt
from contextvars import ContextVar
from typing import Any

from flows._prefect import server  # before Prefect: it sets Prefect up  # isort: skip

from prefect import flow, task, unmapped
from prefect.cache_policies import NO_CACHE
from prefect.futures import as_completed
from prefect.task_runners import ThreadPoolTaskRunner

from flows.job import Job
from pipeline.errors import MissingToolError, PipelineError, ToolError
from pipeline.ledger import Outcome
from pipeline.settings import Settings

_BATCH = 200  # documents of one flow run
_DOCUMENT_S = 3600

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


def run_flows(documents: list[str], job: Job, settings: Settings, today: dt.date) -> None:
    """Work on documents in flow runs of a size that Prefect bears well."""
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
