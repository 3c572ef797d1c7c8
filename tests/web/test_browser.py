"""The pages in a real Chromium: no error, nothing asked elsewhere, all by keys, for every size and reader."""

from __future__ import annotations

import datetime as dt
import os
import shutil
import threading
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import uvicorn

from pipeline.ledger import Ledger
from pipeline.settings import Settings
from pipeline.store import open_store
from pipeline.vault import find_original
from pipeline.web import security
from pipeline.web.app import create_app
from pipeline.web.queue import Queue
from samples.build import make_file
from samples.letters import SAMPLES
from schemas.letter import Letter
from tests import house
from tests.make_records import deadline, number
from tests.web.conftest import HTML, PASSWORD, AtOnce, make_office

playwright = pytest.importorskip("playwright.sync_api")
CHROMIUM = shutil.which("chromium") or "/usr/bin/chromium"
pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(
        not Path(CHROMIUM).exists(), reason="Chromium is not installed (apt install chromium)"
    ),
]
AXE = Path(__file__).parent / "vendor" / "axe.min.js"
SHOTS = Path(__file__).parents[2] / "var" / "screenshots"
SIZES = {"360": (360, 740), "1280": (1280, 800), "4k": (3840, 2160)}
TODAY = dt.date.today()
WAIT_MS = 15_000


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """The application on a port of this machine, with real letters that were read and one that is doubtful."""
    folder = tmp_path_factory.mktemp("site")
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


@pytest.fixture(scope="module")
def browser() -> Iterator[Any]:
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

    def go(self, path: str) -> Any:
        answer = self.page.goto(self.site.url + path)
        self.page.wait_for_load_state("networkidle")
        assert answer.status == 200
        return self.page

    def check(self) -> None:
        assert self.troubles == []
        assert [url for url in self.asked if not url.startswith(self.site.url)] == []


def all_pages(site: Site) -> dict[str, str]:
    month = f"{TODAY:%Y-%m}"
    return {
        "today": "/",
        "register": "/register",
        "print": "/register/print",
        "letter": f"/letters/{site.doubtful}",
        "history": f"/letters/{site.doubtful}/history",
        "bundle": f"/documents/{site.bundle}/bundle",
        "document": f"/documents/{site.bundle}",
        "search": "/search?q=ขอ",
        "deadlines": f"/deadlines?month={month}",
        "statistics": "/statistics",
        "audits": "/audits",
        "audit": "/audits/report",
        "upload": "/upload",
        "protected": "/protected",
        "users": "/users",
        "account": "/account",
        "login": "/login",
    }


@pytest.mark.parametrize("size", SIZES)
def test_every_page_at_every_size_has_no_error_asks_nobody_and_does_not_overflow(site, browser, size):
    seen = Seen(browser, site, size)
    SHOTS.mkdir(parents=True, exist_ok=True)
    for name, path in all_pages(site).items():
        page = seen.go(path)
        page.screenshot(path=SHOTS / f"{name}-{size}.png", full_page=name not in ("letter",))
        wide = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
        assert wide <= 0, f"{name} is {wide} pixels too wide"
    seen.check()


@pytest.mark.parametrize("lang", ["th", "en"])
def test_no_page_has_a_grave_fault_for_those_who_do_not_see_it(site, browser, lang):
    seen = Seen(browser, site, "1280", lang=lang)
    grave = {}
    for name, path in all_pages(site).items():
        page = seen.go(path)
        page.evaluate(AXE.read_text(encoding="utf-8"))
        found = page.evaluate("axe.run(document, {resultTypes: ['violations']})")
        grave[name] = [
            (one["id"], one["nodes"][0]["html"][:200])
            for one in found["violations"]
            if one["impact"] in ("serious", "critical")
        ]
    assert {name: faults for name, faults in grave.items() if faults} == {}


def test_small_screens_have_no_grave_fault_either(site, browser):
    seen = Seen(browser, site, "360")
    for path in (f"/letters/{site.doubtful}", "/register", "/"):
        page = seen.go(path)
        page.evaluate(AXE.read_text(encoding="utf-8"))
        found = page.evaluate("axe.run(document, {resultTypes: ['violations']})")
        assert [one["id"] for one in found["violations"] if one["impact"] in ("serious", "critical")] == []


def test_a_doubtful_letter_is_corrected_and_confirmed_by_keys_alone(site, browser):
    store = site.office.store
    before = store.letter(site.doubtful)
    right = before.letter.number.candidates[0].text
    seen = Seen(browser, site, "1280", role="clerk")
    page = seen.go(f"/letters/{site.doubtful}")
    assert focused(page) == "number"  # the first doubt has the focus at once, and its ink is lit
    assert page.locator(".boxes rect").count() == 1
    page.keyboard.press("1")  # the first candidate
    wait_for_focus(page, "date")
    page.screenshot(path=SHOTS / "letter-corrected-1280.png")
    assert store.letter(site.doubtful).letter.number.value.text == right
    page.keyboard.press("Enter")  # the date is right as it stands
    page.wait_for_selector("#f-date.person")
    assert store.letter(site.doubtful).letter.date.reader == "person"
    page.keyboard.press("u")
    wait_for_focus(page, "date")
    assert store.letter(site.doubtful).letter.date.reader != "person"
    page.keyboard.press("e")
    page.keyboard.press("Control+A")
    page.keyboard.type("๕ มิถุนายน ๒๕๖๗")
    page.keyboard.press("Enter")
    page.wait_for_selector("#f-date.person")
    assert store.letter(site.doubtful).letter.date.value == dt.date(2024, 6, 5)
    with page.expect_navigation():
        page.keyboard.press("c")
    assert not store.letter(site.doubtful).row.needs_person
    assert page.url != f"{site.url}/letters/{site.doubtful}"
    seen.check()


def make_four_doubts(site: Site) -> tuple[int, dict[str, str]]:
    """A letter whose number, date, subject and receipt number are doubted, two of them with the right one beside."""
    store = site.office.store
    letter: Letter = store.letter(site.doubtful).machine
    right = {"number": "นน 0017.2/ว2846", "subject": "ขอเชิญประชุมหารือ"}

    def doubted(ink: Any, **more: Any) -> Any:
        return ink.model_copy(update={"confidence": 0.6, "candidates": (), **more})

    receipt = letter.receipts[0]
    changed = letter.model_copy(
        update={
            "number": doubted(
                letter.number, value=number("นน 0017.2/ว2847"), candidates=(number(right["number"]),)
            ),
            "date": doubted(letter.date),
            "subject": doubted(letter.subject, value="ขอเชิญประขุมหารือ", candidates=(right["subject"],)),
            "receipts": (receipt.model_copy(update={"number": doubted(receipt.number)}),),
        }
    )
    stored = store.get(store.letter(site.doubtful).row.sha256)
    original = find_original(site.settings, stored.entry.sha256)
    kept = site.settings.originals / "f4" / f"{'f4' * 32}{original.suffix}"
    kept.parent.mkdir(exist_ok=True)
    shutil.copy(original, kept)
    made = stored.result.model_copy(update={"sha256": "f4" * 32, "letters": (changed,), "file": "four.pdf"})
    store.save(made, None, dt.datetime.now(dt.UTC) - dt.timedelta(days=400))  # the oldest: it comes first
    return store.get("f4" * 32).rows[0], right


def test_a_letter_with_four_doubts_takes_five_keys_and_no_mouse(site, browser):
    letter_id, right = make_four_doubts(site)
    seen = Seen(browser, site, "1280", role="clerk")
    page = seen.go("/")
    page.evaluate(
        "window.pointed = 0;"
        "for (const kind of ['pointerdown', 'mousemove']) addEventListener(kind, () => { window.pointed += 1; })"
    )
    for _ in range(30):  # from the first page by Tab alone
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.getAttribute('href')") == "/letters/next":
            break
    page.keyboard.press("Enter")
    page.wait_for_url(f"**/letters/{letter_id}")
    page.wait_for_load_state("networkidle")
    began, keys = time.monotonic(), 0
    for field, key in (("number", "1"), ("date", "Enter"), ("subject", "1"), ("receipts.0.number", "Enter")):
        wait_for_focus(page, field)  # a person looks at its ink here
        page.keyboard.press(key)
        keys += 1
    wait_for_confirm(page)
    with page.expect_navigation():
        page.keyboard.press("c")
    waited = time.monotonic() - began
    print(f"{keys + 1} keys, {waited:.1f} s of waiting for the page")
    after = site.office.store.letter(letter_id)
    assert (after.letter.number.value.text, after.letter.subject.value) == tuple(right.values())
    assert (after.letter.date.reader, after.letter.receipts[0].number.reader) == ("person", "person")
    assert not after.row.needs_person
    assert waited < 7.5, "half of a clerk's 15 seconds went by in waiting"
    seen.check()


def wait_for_confirm(page: Any) -> None:
    for _ in range(WAIT_MS // 50):
        if page.evaluate("document.activeElement.hasAttribute('data-confirm')"):
            return
        page.wait_for_timeout(50)
    raise AssertionError("nothing was left to check, and the confirming button did not get the focus")


def test_a_key_held_down_or_pressed_twice_decides_on_one_value_only(site, browser):
    store = site.office.store
    letter_id = site.office.ids["doubtful.pdf"]
    before = store.letter(letter_id)
    seen = Seen(browser, site, "1280", role="clerk")
    page = seen.go(f"/letters/{letter_id}")
    first = focused(page)
    for _ in range(4):
        page.keyboard.down("Enter")  # without up: Chromium repeats it
    page.keyboard.up("Enter")
    page.wait_for_selector(f"[id='f-{first}'].person")
    page.wait_for_load_state("networkidle")
    after = store.letter(letter_id)
    assert (len(after.corrected), after.version) == (len(before.corrected) + 1, before.version + 1)
    assert page.locator(".notice.bad").count() == 0
    page.keyboard.press("u")
    page.wait_for_selector(f"[id='f-{first}']:not(.person)")
    seen.check()


def wait_for_focus(page: Any, path: str) -> None:
    """Until a value has the focus (a page's policy forbids Playwright's own way of waiting for a condition)."""
    for _ in range(WAIT_MS // 50):
        if focused(page) == path:
            return
        page.wait_for_timeout(50)
    raise AssertionError(f"{path} never got the focus: {focused(page)} has it")


def focused(page: Any) -> str:
    path: str = page.evaluate("document.activeElement.dataset.path || ''")
    return path


def test_keys_help_zoom_and_steps(site, browser):
    letter_id = site.office.ids["doubtful.pdf"]
    seen = Seen(browser, site, "1280")
    page = seen.go(f"/letters/{letter_id}")
    page.keyboard.press("?")
    assert page.locator("#keys").evaluate("dialog => dialog.open")
    page.screenshot(path=SHOTS / "keys-1280.png")
    page.keyboard.press("?")
    assert not page.locator("#keys").evaluate("dialog => dialog.open")
    first = focused(page)
    page.keyboard.press("j")
    assert focused(page) != first
    page.keyboard.press("k")
    assert focused(page) == first
    wide = page.locator(".sheet").first.evaluate("sheet => sheet.clientWidth")
    page.keyboard.press("+")
    assert page.locator(".sheet").first.evaluate("sheet => sheet.clientWidth") > wide
    page.keyboard.press("0")
    page.keyboard.press("e")
    assert page.evaluate("document.activeElement.name") == "value"
    page.keyboard.type("ว")  # typed letters are no commands
    page.keyboard.press("Escape")
    assert focused(page) == first
    page.locator("#f-subject").hover()
    assert page.locator(".boxes rect").count() == 1
    seen.check()


def test_a_thai_keyboard_sends_the_same_commands(site, browser):
    seen = Seen(browser, site, "1280")
    page = seen.go(f"/letters/{site.office.ids['doubtful.pdf']}")
    first = focused(page)
    page.evaluate(
        "document.activeElement.dispatchEvent(new KeyboardEvent('keydown', {key: '่', code: 'KeyJ', bubbles: true}))"
    )
    assert focused(page) != first


def test_someone_elses_change_is_told_and_nothing_is_lost(site, browser):
    letter_id = site.office.ids["doubtful.pdf"]
    seen = Seen(browser, site, "1280")
    page = seen.go(f"/letters/{letter_id}")
    store = site.office.store
    store.correct(letter_id, "subject", "คนอื่นแก้ก่อน", who="somchai", version=site.office.version(letter_id))
    page.keyboard.press("Enter")
    page.wait_for_selector(".notice.bad")
    assert "somchai" in page.locator(".notice.bad").inner_text()
    assert "คนอื่นแก้ก่อน" in page.locator("#panel").inner_text()
    assert [text for text in seen.troubles if "409" not in text] == []


def test_what_could_not_be_sent_is_told(site, browser):
    letter_id = site.office.ids["doubtful.pdf"]
    seen = Seen(browser, site, "1280")
    page = seen.go(f"/letters/{letter_id}")
    page.route("**/fields", lambda route: route.abort())
    page.keyboard.press("Enter")
    page.wait_for_selector("#not-sent")
    assert "ยังไม่ได้บันทึก" in page.locator("#not-sent").inner_text()
    page.unroute("**/fields")
    page.keyboard.press("u")
    page.wait_for_selector("#not-sent", state="detached")


def test_a_file_is_dropped_and_read(site, browser):
    seen = Seen(browser, site, "1280")
    page = seen.go("/upload")
    dropped = page.evaluate_handle(
        """text => { const all = new DataTransfer();
        all.items.add(new File([text], "ลากวาง.txt", {type: "text/plain"})); return all; }""",
        house.letter(4711),
    )
    page.dispatch_event("#drop", "dragover", {"dataTransfer": dropped})
    assert "over" in (page.locator("#drop").get_attribute("class") or "")
    page.dispatch_event("#drop", "drop", {"dataTransfer": dropped})
    page.wait_for_selector("#sending li")
    page.wait_for_selector(".jobs li:has-text('ลากวาง.txt') a")
    assert "over" not in (page.locator("#drop").get_attribute("class") or "")
    seen.check()


def test_the_register_answers_while_one_types(site, browser):
    seen = Seen(browser, site, "1280")
    page = seen.go("/register")
    rows = page.locator("table.register tbody tr")
    assert rows.count() > 3
    page.fill("#q", "ชร")
    playwright.expect(rows).to_have_count(1)
    assert "q=" in page.url
    seen.check()


def test_a_file_is_chosen_and_read(site, browser, tmp_path):
    path = tmp_path / "ส่งจากหน้าเว็บ.txt"
    path.write_text(house.letter(501), encoding="utf-8")
    seen = Seen(browser, site, "1280", role="clerk")
    page = seen.go("/upload")
    page.set_input_files("input[type=file]", str(path))
    page.wait_for_selector(".jobs li")
    page.screenshot(path=SHOTS / "upload-done-1280.png")
    assert "ส่งจากหน้าเว็บ.txt" in page.locator(".jobs").inner_text()
    assert any(row.number == "ลป 0017.2/501" for row in site.office.store.rows())
    seen.check()


def test_logging_in_by_hand(site, browser):
    site.office.account("clerk")
    window = browser.new_context().new_page()
    window.goto(f"{site.url}/register?only=person")
    window.fill("[name=name]", "clerk")
    window.fill("[name=password]", PASSWORD)
    window.keyboard.press("Enter")
    window.wait_for_url("**/register?only=person")


def test_pages_work_without_scripts(site, browser):
    seen = Seen(browser, site, "1280")
    cookies = seen.context.cookies()
    context = browser.new_context(java_script_enabled=False)
    context.add_cookies(cookies)
    page = context.new_page()
    letter_id = site.office.ids["good.pdf"]
    page.goto(f"{site.url}/letters/{letter_id}")
    assert page.locator(".field").count() > 5
    page.goto(f"{site.url}/register?q=ชร")
    assert page.locator("table.register tbody tr").count() == 1
