"""The Prefect flow that judges kept letters again, without OCR: after rules or settings have changed."""

from __future__ import annotations

import datetime as dt

from flows._prefect import server  # before Prefect: it sets Prefect up  # isort: skip

from prefect import flow, task, unmapped
from prefect.cache_policies import NO_CACHE

from pipeline import rejudge as steps
from pipeline.errors import PipelineError, ToolError
from pipeline.rejudge import BATCH, Rejudged
from pipeline.settings import Settings
from pipeline.store import open_store


@task(name="judge-again", retries=2, retry_delay_seconds=[5, 30], cache_policy=NO_CACHE, persist_result=False)
def judge_batch(documents: list[str], settings: Settings, today: dt.date) -> Rejudged:
    """Judge some documents again, each in a transaction of its own; doing it again changes nothing."""
    store = open_store(settings)
    changed = sum(steps.rejudge(store, sha256, settings, today) for sha256 in documents)
    return Rejudged(documents=len(documents), changed=changed)


@flow(name="rejudge", persist_result=False, validate_parameters=False)
def rejudge(settings: Settings, today: dt.date) -> Rejudged:
    """Judge every document of the register again."""
    waiting = steps.hashes(open_store(settings))
    batches = [waiting[start : start + BATCH] for start in range(0, len(waiting), BATCH)]
    done = judge_batch.map(batches, unmapped(settings), unmapped(today)).result()
    return Rejudged(documents=sum(d.documents for d in done), changed=sum(d.changed for d in done))


def run_rejudge(settings: Settings, today: dt.date) -> Rejudged:
    """Run the flow once, with a server of our own where there is none."""
    try:
        with server(settings):
            return rejudge(settings, today)
    except PipelineError:
        raise
    except Exception as error:
        raise ToolError(f"Prefect, which judges again, failed ({type(error).__name__}).") from error
