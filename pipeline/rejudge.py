"""Judging kept letters again, without OCR: when rules or settings have changed, or a person has corrected."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator

from pipeline import rules
from pipeline.experience import seasoned
from pipeline.rules.known import numbered_in
from pipeline.settings import Settings
from pipeline.store import IN_REGISTER, Store, open_store
from schemas.ink import Record

BATCH = 100
"""Documents that are judged in one go; each is kept in a transaction of its own."""

Tell = Callable[[int, int], None]


class Rejudged(Record):
    """What became of a run."""

    documents: int = 0
    changed: int = 0  # of these, how many have other findings than before


def hashes(store: Store) -> list[str]:
    """The documents of the register, in the order of arrival; protected ones are none of them."""
    return [entry.sha256 for entry in store.entries(IN_REGISTER)]


def rejudge(store: Store, sha256: str, settings: Settings, today: dt.date) -> bool:
    """Judge one kept document anew, corrections applied; whether its findings have changed."""
    result = store.result(sha256)
    if result is None:
        return False
    found = rules.judge(result, settings, today, numbered_in(store, sha256))
    if found == result.findings:
        return False
    store.replace_findings(sha256, found)
    return True


def rejudge_all(settings: Settings, today: dt.date, tell: Tell | None = None) -> Rejudged:
    """Judge every document of the register anew, one transaction each; `tell` hears (done, of how many)."""
    settings = seasoned(settings)
    store = open_store(settings)
    waiting = hashes(store)
    changed = 0
    for done, sha256 in enumerate(_told(waiting, tell), 1):
        changed += rejudge(store, sha256, settings, today)
        if tell is not None:
            tell(done, len(waiting))
    return Rejudged(documents=len(waiting), changed=changed)


def _told(waiting: list[str], tell: Tell | None) -> Iterator[str]:
    if tell is not None:
        tell(0, len(waiting))
    yield from waiting
