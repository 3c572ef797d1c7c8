"""A letter's page in a real Chromium: all by keys, and nobody's work lost."""

from __future__ import annotations

import datetime as dt
import shutil
import time
from pathlib import Path
from typing import Any

import pytest

from pipeline.vault import find_original
from schemas.letter import Letter
from tests.make_records import number
from tests.web.browsing import CHROMIUM, SHOTS, WAIT_MS, Seen, Site

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(
        not Path(CHROMIUM).exists(), reason="Chromium is not installed (apt install chromium)"
    ),
]


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
