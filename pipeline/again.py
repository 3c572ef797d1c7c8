"""Single files handed over, and kept documents read or understood again: what the review page asks for."""

from __future__ import annotations

import datetime as dt
import shutil
from pathlib import Path
from typing import NamedTuple

from parsers.secrecy import secrecy_mark
from pipeline import pages, stages
from pipeline.errors import BadInputError, ToolError
from pipeline.experience import seasoned
from pipeline.inbox import place_of
from pipeline.intake import identify
from pipeline.ledger import Ledger
from pipeline.offices import known_to
from pipeline.settings import Settings
from pipeline.store import FINAL, State, open_store
from pipeline.vault import Vault, find_original
from schemas.ink import Page
from schemas.result import Document, Result


class Done(NamedTuple):
    """What became of a file or page."""

    sha256: str
    state: State
    known: bool  # the same content was here before


def take_in(settings: Settings, path: Path) -> Done:
    """Take in one file that was handed over, see it to its place, and remove it with its folder."""
    ledger, store = Ledger(settings), open_store(settings)
    with ledger.lock():
        sha256 = ledger.take(path)
        if sha256 is None:
            raise ToolError("The file changed while it was taken in. Send it again.")
        before = store.entry(sha256)
        outcome = ledger.work(sha256, dt.date.today(), again=True)
    shutil.rmtree(path.parent, ignore_errors=True)
    return Done(sha256, outcome.state, before is not None and before.state in FINAL)


def read_page_again(settings: Settings, sha256: str, number: int) -> Done:
    """Read the ink of one page of a kept document anew; corrections of people stay.

    BadInputError where there is no such page, or nothing to read it from.
    """
    store = open_store(settings)
    with Ledger(settings).lock():
        document, path = store.document(sha256), find_original(settings, sha256)
        if document is None or path is None or number not in {page.number for page in document.pages}:
            raise BadInputError("page.unknown", "ไม่มีหน้านี้ให้อ่านใหม่", "There is no such page to be read again.")
        fresh = pages.read_page(path, identify(path, settings), number, settings)
        if secrecy_mark(fresh) is not None:
            return _protect(settings, path, document, fresh)
        made = tuple(fresh if page.number == number else page for page in document.pages)
        state = understand_again(settings, document.model_copy(update={"pages": made}))
    return Done(sha256, state, known=True)


def understand_again(settings: Settings, document: Document) -> State:
    """Take letters and values anew from pages that were read, judge them, and keep them."""
    settings = seasoned(settings)
    store = open_store(settings)
    entry = store.entry(document.sha256)
    if entry is None:
        raise BadInputError("id.unknown", "ไม่พบเอกสารนี้ในทะเบียน", "There is no such document in the register.")
    known = known_to(settings, store)
    result = stages.understand(document, store.groups(document.sha256), **known._asdict())
    return store.save(stages.judge(result, settings, dt.date.today()), document, entry.received_at)


def _protect(settings: Settings, path: Path, document: Document, page: Page) -> Done:
    """The new look shows a secrecy mark: the document leaves the register as if it had been seen at once."""
    vault, store = Vault(settings), open_store(settings)
    entry = store.entry(document.sha256)
    sha256 = vault.take(place_of(str(path), path.stat()))
    if sha256 is None or entry is None:
        raise ToolError("The original changed while it was read.")
    vault.protect(sha256, path.suffix)
    result = Result(file="", sha256=sha256, status="protected", secrecy=secrecy_mark(page))
    state = store.save(result, None, entry.received_at)
    vault.forget(sha256)
    return Done("", state, known=True)
