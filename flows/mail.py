"""From the office's mailbox to the register: each message is fetched once, and its attachments are read."""

from __future__ import annotations

import datetime as dt
import threading
from collections.abc import Callable

from flows.ingest import Progress, Summary, see_to_all
from flows.job import Job
from pipeline import mailbox, message
from pipeline.errors import BadInputError, ToolError
from pipeline.ledger import Admitted, Ledger
from pipeline.message import Kept
from pipeline.settings import Settings
from pipeline.store import open_store
from schemas.ink import Record
from schemas.result import Problem


class Post(Record):
    """What a look into the mailbox brought."""

    messages: int = 0  # fetched now
    bare: int = 0  # of these, without a file: somebody has to read them
    attachments: int = 0
    problems: tuple[Problem, ...] = ()
    summary: Summary = Summary()  # what became of the attachments


def run_mail(settings: Settings, today: dt.date, progress: Callable[[Progress], None] | None = None) -> Post:
    """Fetch what is new and see every attachment to its place; what a crash left behind is taken up again."""
    ledger = Ledger(settings)
    bare, fetched = 0, 0
    problems: list[Problem] = []

    def tell(news: Kept | Problem) -> None:
        nonlocal bare
        if isinstance(news, Problem):
            problems.append(news)
        else:
            bare += not news.attachments

    with ledger.lock():
        fetched = mailbox.fetch(settings, tell)
        kept = message.waiting(settings.mail)
        taken = {one.folder: _take_in(ledger, one, problems) for one in kept}
        documents = list(dict.fromkeys(sha256 for hashes in taken.values() for sha256 in hashes))
        admitted = Admitted(
            documents=documents, found=len(documents), unchanged=0, growing=0, wait_s=0.0, troubles=[]
        )
        summary = see_to_all(admitted, Job(ledger, True, threading.Event()), settings, today, progress)
        for one in kept:
            _put_away(one, taken[one.folder], settings)
    return Post(
        messages=fetched, bare=bare, attachments=len(documents), problems=tuple(problems), summary=summary
    )


def _take_in(ledger: Ledger, kept: Kept, problems: list[Problem]) -> list[str]:
    """The hashes of a message's attachments, now known to the ledger."""
    taken: list[str] = []
    for attachment in kept.attachments:
        try:
            sha256 = ledger.take(attachment)
        except (BadInputError, ToolError) as error:
            problems.append(_problem(error))
            continue
        if sha256 is not None:
            taken.append(sha256)
    return taken


def _put_away(kept: Kept, hashes: list[str], settings: Settings) -> None:
    """A message is done when each of its attachments is; one with a protected attachment is protected too."""
    store = open_store(settings)
    entries = [store.entry(sha256) for sha256 in hashes]
    if any(entry is None or entry.state in ("seen", "reading") for entry in entries):
        return
    message.done(kept)
    if any(entry is not None and entry.state == "protected" for entry in entries):
        message.protect(kept, settings.protected)


def _problem(error: BadInputError | ToolError) -> Problem:
    if isinstance(error, BadInputError):
        return Problem(code=error.code, message=error.message, message_en=error.message_en)
    return Problem(code="tool.failed", message=f"นำไฟล์แนบเข้าไม่สำเร็จ ({error})", message_en=str(error))
