"""What tests in a real Chromium share: the application on a port of this machine, and windows that note troubles."""

from __future__ import annotations

import datetime as dt
import os
import shutil
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
import uvicorn

from pipeline.ledger import Ledger
from pipeline.settings import Settings
from pipeline.store import open_store
from pipeline.web import security
from pipeline.web.app import create_app
from pipeline.web.queue import Queue
from samples.build import make_file
from samples.letters import SAMPLES
from schemas.letter import Letter
from tests.make_records import deadline, number
from tests.web.conftest import HTML, AtOnce, make_office

playwright = pytest.importorskip("playwright.sync_api")


CHROMIUM = shutil.which("chromium") or "/usr/bin/chromium"

SHOTS = Path(__file__).parents[2] / "var" / "screenshots"

SIZES = {"360": (360, 740), "1280": (1280, 800), "4k": (3840, 2160)}

TODAY = dt.date.today()

WAIT_MS = 15_000


class Site:
    """Where the application listens, and what lies there."""

    def __init__(self, url: str, settings: Settings, doubtful: int, bundle: str, office: Any) -> None:
        self.url, self.settings, self.doubtful, self.bundle, self.office = (
            url,
            settings,
            doubtful,
            bundle,
            office,
        )


def make_doubtful(settings: Settings) -> int:
    """Let the reader have doubted a real letter's number, date and receipt; the register id of that letter."""
    store = open_store(settings)
    row = next(
        row
        for row in store.rows()
        if row.number
        and row.file.endswith(".pdf")
        and row.page
        and row.date
        and store.document(row.sha256).pages[0].reader != "transcript"
        and row.file not in ("good.pdf", "doubtful.pdf", "bundle.pdf", f"{HTML}.pdf")
    )
    stored = store.get(row.sha256)
    letter: Letter = stored.result.letters[row.letter]
    right = letter.number.value.text
    wrong = right[:-1] + str((int(right[-1]) + 1) % 10)
    changed = letter.model_copy(
        update={
            "number": letter.number.model_copy(
                update={"value": number(wrong), "confidence": 0.55, "candidates": (number(right),)}
            ),
            "date": letter.date.model_copy(update={"confidence": 0.72}),
            "deadlines": (deadline(TODAY + dt.timedelta(days=2)),),
        }
    )
    letters = tuple(changed if at == row.letter else one for at, one in enumerate(stored.result.letters))
    store.save(stored.result.model_copy(update={"letters": letters}), None, stored.entry.received_at)
    return store.get(row.sha256).rows[row.letter]


@contextmanager
def opened_site(folder: Path) -> Iterator[Site]:
    """The application on a port of this machine, with real letters that were read and one that is doubtful."""
    office = make_office(folder / "home")
    settings = office.settings
    for sample in [one for one in SAMPLES if one.inbox and one.inbox[0].endswith(".pdf")][:2]:
        path = folder / f"{sample.name}.pdf"
        make_file(sample, "born", path)
        ledger = Ledger(settings)
        with ledger.lock():
            ledger.work(str(ledger.take(path)), TODAY)
    letter_id = make_doubtful(settings)
    app = create_app(settings, queue=Queue(settings, AtOnce()))
    server = uvicorn.Server(uvicorn.Config(app, host="127.0.0.1", port=0, log_level="error"))
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    deadline_s = time.monotonic() + 60
    while not server.started and time.monotonic() < deadline_s:
        time.sleep(0.05)
    port = server.servers[0].sockets[0].getsockname()[1]
    yield Site(f"http://127.0.0.1:{port}", settings, letter_id, office.hashes["bundle.pdf"], office)
    server.should_exit = True
    thread.join(timeout=20)


@contextmanager
def opened_browser() -> Iterator[Any]:
    """Debian's own Chromium; inside containers that run as root it needs no sandbox of its own."""
    flags = ["--no-sandbox"] if hasattr(os, "geteuid") and os.geteuid() == 0 else []
    with playwright.sync_playwright() as tools:
        opened = tools.chromium.launch(executable_path=CHROMIUM, args=flags)
        yield opened
        opened.close()


class Seen:
    """A browser window that notes whatever goes wrong."""

    def __init__(self, browser: Any, site: Site, size: str, role: str = "admin", lang: str = "th") -> None:
        width, height = SIZES[size]
        self.site, self.troubles, self.asked = site, [], []
        self.context = browser.new_context(viewport={"width": width, "height": height}, locale="th-TH")
        secret = security.new_secret()
        until = dt.datetime.now(dt.UTC) + dt.timedelta(hours=1)
        account = site.office.account(role, sees=True)
        site.office.store.accounts.open_session(account, security.digest(secret), f"csrf-{secret}", until)
        self.context.add_cookies(
            [
                {"name": security.SESSION_COOKIE, "value": secret, "url": site.url},
                {"name": security.LANG_COOKIE, "value": lang, "url": site.url},
            ]
        )
        self.page = self.context.new_page()
        self.page.set_default_timeout(WAIT_MS)
        self.page.on(
            "console",
            lambda said: self.troubles.append(said.text) if said.type in ("error", "warning") else None,
        )
        self.page.on("pageerror", lambda error: self.troubles.append(str(error)))
        self.page.on("request", lambda request: self.asked.append(request.url))

    def go(self, path: str, status: int = 200) -> Any:
        told = len(self.troubles)
        answer = self.page.goto(self.site.url + path)
        self.page.wait_for_load_state("networkidle")
        assert answer.status == status
        if status != 200:  # the browser itself notes a refusal
            del self.troubles[told : told + 1]
        return self.page

    def check(self) -> None:
        assert self.troubles == []
        assert [url for url in self.asked if not url.startswith(self.site.url)] == []
