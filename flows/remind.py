"""The Prefect flow that reminds of deadlines: an artifact to read, a feed for calendars, and an e-mail."""

from __future__ import annotations

import datetime as dt

from flows._prefect import server  # before Prefect: it sets Prefect up  # isort: skip

from prefect import flow, task
from prefect.artifacts import create_markdown_artifact
from prefect.cache_policies import NO_CACHE

from pipeline import remind as steps
from pipeline.errors import PipelineError, ToolError
from pipeline.remind import Reminder
from pipeline.settings import Settings

_ONCE = {"cache_policy": NO_CACHE, "persist_result": False}

gather = task(steps.gather, name="gather", **_ONCE)  # type: ignore[call-overload]
publish = task(steps.publish, name="publish", **_ONCE)  # type: ignore[call-overload]
send = task(steps.send, name="send", retries=3, retry_delay_seconds=[5, 60, 600], **_ONCE)  # type: ignore[call-overload]


@flow(name="remind", persist_result=False, validate_parameters=False)
def remind(settings: Settings, today: dt.date) -> Reminder:
    """Say what is overdue and what is due soon; the feed is written before the e-mail is tried."""
    reminder: Reminder = gather(settings, today)
    publish(reminder, settings)
    create_markdown_artifact(key="deadlines", markdown=reminder.markdown, description=reminder.headline)
    send(reminder, settings)
    return reminder


def run_remind(settings: Settings, today: dt.date) -> Reminder:
    """Run the flow once, with a server of our own where there is none."""
    try:
        with server(settings):
            return remind(settings, today)
    except PipelineError:
        raise
    except Exception as error:
        raise ToolError(f"Prefect, which runs the reminder, failed ({type(error).__name__}).") from error
