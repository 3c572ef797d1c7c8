"""The pages in a real Chromium: no error, nothing asked elsewhere, for every size and reader."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from pypdfium2 import PdfDocument

from tests import house
from tests.web.browsing import CHROMIUM, SHOTS, SIZES, TODAY, Seen, Site, playwright
from tests.web.conftest import PASSWORD

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(
        not Path(CHROMIUM).exists(), reason="Chromium is not installed (apt install chromium)"
    ),
]

AXE = Path(__file__).parent / "vendor" / "axe.min.js"


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
        "nothing-found": "/search?q=ไม่มีคำนี้",
        "bad-filter": "/search?q=due:someday",
        "no-letter": "/letters/999999",
        "nobodys-link": "/start/nobody-knows",
    }


REFUSED = ("no-letter", "nobodys-link")


def faults(page: Any) -> list[tuple[str, str]]:
    """What axe finds on a page; its minor faults are matters of taste."""
    page.evaluate(AXE.read_text(encoding="utf-8"))
    found = page.evaluate("axe.run(document, {resultTypes: ['violations']})")
    return [
        (one["id"], one["nodes"][0]["html"][:200]) for one in found["violations"] if one["impact"] != "minor"
    ]


@pytest.mark.parametrize("size", SIZES)
def test_every_page_at_every_size_has_no_error_asks_nobody_and_does_not_overflow(site, browser, size):
    seen = Seen(browser, site, size)
    SHOTS.mkdir(parents=True, exist_ok=True)
    for name, path in all_pages(site).items():
        page = seen.go(path, 404 if name in REFUSED else 200)
        page.screenshot(path=SHOTS / f"{name}-{size}.png", full_page=name not in ("letter",))
        wide = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
        assert wide <= 0, f"{name} is {wide} pixels too wide"
    seen.check()


@pytest.mark.parametrize("lang", ["th", "en"])
def test_no_page_has_a_grave_fault_for_those_who_do_not_see_it(site, browser, lang):
    seen = Seen(browser, site, "1280", lang=lang)
    found = {
        name: faults(seen.go(path, 404 if name in REFUSED else 200)) for name, path in all_pages(site).items()
    }
    assert {name: some for name, some in found.items() if some} == {}


def test_small_screens_have_no_grave_fault_either(site, browser):
    seen = Seen(browser, site, "360")
    for path in (f"/letters/{site.doubtful}", "/register", "/"):
        assert faults(seen.go(path)) == []


@pytest.mark.parametrize(("name", "upright"), [("letter", True), ("print", False), ("audit", False)])
def test_pages_print_whole(site, browser, name, upright):
    """The scan of a letter stands upright on one sheet, the register and a contest's table lie."""
    page = Seen(browser, site, "1280").go(all_pages(site)[name])
    printed = PdfDocument(page.pdf(prefer_css_page_size=True))
    width, height = printed[0].get_size()
    assert (height > width) == upright
    words = [sheet.get_textpage().get_text_range() for sheet in printed]
    if upright:
        assert words[1].strip()  # the values begin on the second sheet
    assert "English" not in " ".join(words)  # no menu


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
