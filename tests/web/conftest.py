"""A small office with its review page: letters, a doubtful one, one with HTML in its text, a secret one."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator
from concurrent.futures import Executor, Future
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
from fastapi import FastAPI
from fpdf import FPDF
from PIL import Image
from starlette.testclient import TestClient

from pipeline.settings import Settings
from pipeline.store import Store, open_store
from pipeline.transcript import read_transcript
from pipeline.web import security
from pipeline.web.access import ROLES
from pipeline.web.app import create_app
from pipeline.web.queue import Queue
from schemas.audit import Audit, Entry, Verdict
from schemas.finding import Finding, Severity
from schemas.ink import Box, Page
from schemas.result import Document, Result
from tests import house
from tests.house import sha256
from tests.make_records import deadline, letter, number, reading, receipt

NOW = dt.datetime.now(dt.UTC)
TODAY = dt.date.today()
HTML = '<script>alert("x")</script><img src=x onerror=alert(1)>'
PASSWORD = "a good long password"
SECRET = sha256("a secret letter")
QUARANTINED = sha256("a broken file")
BASE = "http://localhost"


class AtOnce(Executor):
    """Reads in this process, at once: a test need not wait."""

    def submit(self, fn: Callable[..., Any], /, *args: Any, **kwargs: Any) -> Future[Any]:
        future: Future[Any] = Future()
        try:
            future.set_result(fn(*args, **kwargs))
        except BaseException as error:
            future.set_exception(error)
        return future


@dataclass
class Office:
    """The application, its store, and how to come in."""

    app: FastAPI
    store: Store
    settings: Settings
    ids: dict[str, int] = field(default_factory=dict)  # register numbers by file
    hashes: dict[str, str] = field(default_factory=dict)

    def client(self, role: str | None = "clerk", *, sees: bool = False) -> TestClient:
        """A browser, logged in as a user of this role; None: not logged in."""
        made = TestClient(self.app, base_url=BASE, follow_redirects=False, raise_server_exceptions=False)
        if role is None:
            return made
        secret = security.new_secret()
        csrf = f"csrf-{secret}"
        account = self.account(role, sees=sees)
        self.store.accounts.open_session(account, security.digest(secret), csrf, NOW + dt.timedelta(hours=1))
        made.cookies.set(security.SESSION_COOKIE, secret)
        made.headers["x-csrf-token"] = csrf
        return made

    def account(self, role: str, *, sees: bool = False) -> int:
        """The account of a role, made when it is first asked for."""
        name = f"{role}{'-sees' if sees else ''}"
        found = self.store.accounts.find(name)
        if found is None:
            hashed = security.hash_password(PASSWORD)
            made = self.store.accounts.add(name, hashed, role, who="test", sees_protected=sees)  # type: ignore[arg-type]
            return made.id
        return found[0].id

    def token(self, role: str) -> dict[str, str]:
        """Headers with a token of this role."""
        secret = security.new_secret()
        until = NOW + dt.timedelta(hours=1)
        self.store.accounts.add_token(
            self.account(role),
            "test",
            security.digest(secret),
            role,
            until,
            who="test",  # type: ignore[arg-type]
        )
        return {"authorization": f"Bearer {secret}"}

    def version(self, letter_id: int) -> int:
        """The letter's version as it is now."""
        found = self.store.letter(letter_id)
        assert found is not None
        return found.version


def pdf(text: str, count: int) -> bytes:
    """A PDF of some pages."""
    document = FPDF(unit="pt", format=(595, 842))
    document.set_font("helvetica", size=14)
    for at in range(1, count + 1):
        document.add_page()
        document.text(72, 110, f"{text} {at}")
    return bytes(document.output())


def records() -> list[tuple[str, Result]]:
    """What the register of the office holds, before it is kept."""
    sizes = ((595.0, 842.0),)
    good = letter(
        receipts=(receipt(date=TODAY, number="12"),), deadlines=(deadline(TODAY + dt.timedelta(days=3)),)
    )
    doubtful = letter(
        number=reading(
            number("ลป 0017.2/ว1791"), 0.62, candidates=(number("ลป 0017.2/ว1797"), number("ลป 0017.2/ว1191"))
        ),
        date=reading(dt.date(2023, 6, 2), 0.7, raw="๒ มิถุนายน ๒๕๖๖", box=Box(300, 150, 420, 168)),
        subject="ขอเชิญประชุมคณะทำงาน",
    )
    hostile = letter(
        subject=reading(HTML, 0.5, raw=HTML, candidates=(HTML + "2",)),
        agency=HTML,
        addressee=HTML,
        body=HTML,
        deadlines=(deadline(TODAY + dt.timedelta(days=1), HTML),),
    )
    finding = Finding(
        id="DATE-02",
        severity=Severity.ERROR,
        fault="document",
        title="title",
        message=HTML,
        message_en=HTML,
        basis="arithmetic",
        fields=("date",),
        letter=0,
        page=1,
        box=Box(72, 100, 200, 116),
    )
    first = letter(subject="หนังสือนำส่ง", pages=(1,))
    second = letter(subject="หนังสือที่แนบมา", number="ชร 0023.3/ว14", pages=(2,))
    return [
        ("good.pdf", result("good.pdf", good, sizes=sizes)),
        ("doubtful.pdf", result("doubtful.pdf", doubtful, sizes=sizes)),
        (f"{HTML}.pdf", result(f"{HTML}.pdf", hostile, sizes=sizes, findings=(finding,))),
        ("bundle.pdf", result("bundle.pdf", first, second, sizes=sizes * 2)),
    ]


def result(
    file: str, *letters: Any, sizes: tuple[tuple[float, float], ...], findings: tuple[Finding, ...] = ()
) -> Result:
    """One file's result, its hash that of the PDF that stands for it."""
    return Result(
        file=file,
        sha256=sha256(pdf_of(file)),
        status="ok",
        page_count=len(sizes),
        page_sizes=sizes,
        letters=letters,
        findings=findings,
    )


def pages(count: int) -> tuple[Page, ...]:
    """Pages as they were read: a whole letter on each."""
    return tuple(
        Page(
            number=at,
            width=595.0,
            height=842.0,
            lines=tuple(
                line.model_copy(update={"page": at}) for line in read_transcript(house.letter(at))[0].lines
            ),
        )
        for at in range(1, count + 1)
    )


def pdf_of(file: str) -> bytes:
    """The content of a file; PDFs carry the moment they were made, so each is made once."""
    if file not in _PDFS:
        name = "".join(char for char in file if char.isalnum() and char.isascii())
        _PDFS[file] = pdf(name, 2 if file == "bundle.pdf" else 1)
    return _PDFS[file]


_PDFS: dict[str, bytes] = {}


def make_office(home: Path) -> Office:
    """An office in an empty folder."""
    settings = Settings(home=home, settle_s=0, workers=1)
    store = open_store(settings)
    office = Office(create_app(settings, queue=Queue(settings, AtOnce())), store, settings)
    for file, made in records():
        kept = settings.originals / made.sha256[:2] / f"{made.sha256}.pdf"
        kept.parent.mkdir(parents=True, exist_ok=True)
        kept.write_bytes(pdf_of(file))
        store.save(made, Document(file=file, sha256=made.sha256, pages=pages(made.page_count)), NOW)
        stored = store.get(made.sha256)
        assert stored is not None
        office.hashes[file], office.ids[file] = made.sha256, stored.rows[0]
    store.save(Result(file="", sha256=SECRET, status="protected", secrecy="ลับมาก"), None, NOW)
    make_audit(home / "audits" / "report")
    return office


def make_audit(folder: Path) -> None:
    """A report of an audit: one entrant complete, one with a missing signature and an unclear box."""
    (folder / "crops").mkdir(parents=True)
    for name in ("1.png", "2.png"):
        Image.new("L", (120, 40), 255).save(folder / "crops" / name)
    asked = (
        ("form", "มีแบบฟอร์ม", "the form is there"),
        ("signed", "ลงนาม", "it is signed"),
        *((f"more{at}", f"เกณฑ์อื่น ๆ ข้อที่ {at}", f"another condition, the {at}th") for at in range(3, 16)),
    )
    good = tuple(Verdict(requirement=one[0], answer="met", message="ครบ", message_en="met") for one in asked)
    bad = (
        Verdict(requirement="form", answer="unclear", message=HTML, message_en=HTML),
        Verdict(
            requirement="signed",
            answer="not_met",
            message="ไม่ได้ลงนาม",
            message_en="not signed",
            crop="crops/1.png",
            file="form1.pdf",
            page=1,
        ),
    )
    audit = Audit(
        title="การประกวดตัวอย่าง",
        made_at=NOW,
        requirements=asked,
        entries=(
            Entry(id="01", agency="เทศบาลตำบลตัวอย่าง", verdicts=good),
            Entry(id="02", agency="อบต.ทดสอบ", verdicts=bad),
        ),
    )
    (folder / "report.json").write_text(audit.model_dump_json(), encoding="utf-8")


@pytest.fixture
def office(tmp_path: Path) -> Office:
    """An office of one's own, to be changed at will."""
    return make_office(tmp_path / "home")


@pytest.fixture(scope="session")
def shared_office(tmp_path_factory: pytest.TempPathFactory) -> Office:
    """One office for tests that only look."""
    made = make_office(tmp_path_factory.mktemp("office") / "home")
    for role in ROLES:
        for sees in (False, True):
            made.account(role, sees=sees)
    return made


@pytest.fixture
def client(office: Office) -> TestClient:
    """A clerk's browser."""
    return office.client("clerk")


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Any]:
    """The application on a port of this machine, for tests in a browser."""
    from tests.web.browsing import opened_site

    with opened_site(tmp_path_factory.mktemp("site")) as opened:
        yield opened


@pytest.fixture(scope="module")
def browser() -> Iterator[Any]:
    """A real browser."""
    from tests.web.browsing import opened_browser

    with opened_browser() as opened:
        yield opened
