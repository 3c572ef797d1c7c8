"""Every page: what it shows, in both languages; today, the register, and ways that must not lead out."""

from __future__ import annotations

import csv
import datetime as dt
import gc
import io
import json
import re
import threading
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from pipeline import heartbeat
from pipeline.web import app, render, words
from tests.web.conftest import HTML, NOW

WEB = Path(render.__file__).parent

PAGES = (
    *("/", "/register", "/register/print", "/search?q=ขอ", "/deadlines", "/statistics", "/audits"),
    *("/account", "/today/health", "/letters/{good}", "/letters/{html}", "/letters/{html}/history"),
    "/documents/{bundle}",
)


@pytest.mark.parametrize("lang", ["th", "en"])
@pytest.mark.parametrize("path", PAGES)
def test_a_page_shows_and_text_of_a_letter_is_never_html(shared_office, path, lang):
    browser = shared_office.client("admin")
    browser.cookies.set("saraban_lang", lang)
    ids, hashes = shared_office.ids, shared_office.hashes
    answer = browser.get(
        path.format(good=ids["good.pdf"], html=ids[f"{HTML}.pdf"], bundle=hashes["bundle.pdf"])
    )
    assert answer.status_code == 200
    assert HTML not in answer.text
    assert "<img src=x" not in answer.text
    assert not re.findall(r"<script(?! src=)", answer.text)
    assert not re.findall(r"""\s(?:style|on\w+)=["']""", answer.text)
    assert not re.findall(r"""(?:src|href)=["'](?:https?:)?//""", answer.text)


def test_html_of_a_letter_is_shown_as_text(shared_office):
    answer = shared_office.client("clerk").get(f"/letters/{shared_office.ids[f'{HTML}.pdf']}")
    assert "&lt;script&gt;alert(" in answer.text


def test_the_language_switch_is_remembered(office):
    browser = office.client("clerk")
    assert 'lang="th"' in browser.get("/").text[:60]
    assert browser.get("/lang/en?back=/register").headers["location"] == "/register"
    page = browser.get("/register").text
    assert 'lang="en"' in page[:60]
    assert "Register of letters received" in page


def test_every_word_of_the_templates_is_known_and_none_is_idle():
    source = "\n".join(
        path.read_text(encoding="utf-8")
        for path in [*WEB.rglob("*.html"), *WEB.rglob("*.py")]
        if not path.name.startswith("words")
    )
    asked = set(re.findall(r"""\bt\(\s*["']([\w.]+)["']""", source))
    families = ("answer.", "role.", "job.", "c.", "severity.", "fault.", "sort.", "only_", "key.")
    asked -= set(families)  # put together with a role, a state …
    assert asked <= words.WORDS.keys(), asked - words.WORDS.keys()
    idle = {
        key
        for key in words.WORDS
        if f'"{key}"' not in source and f"'{key}'" not in source and not key.startswith(families)
    }
    assert not idle, idle


def test_today_is_honest_about_the_watcher(office):
    browser = office.client("clerk")
    assert "ยังไม่เคยเฝ้าโฟลเดอร์" in browser.get("/").text
    heartbeat.beat(office.settings)
    assert "ทำงานอยู่" in browser.get("/today/health").text
    heartbeat.beat(office.settings, "The disk is nearly full.")
    assert "The disk is nearly full." in browser.get("/today/health").text
    heartbeat.beat(office.settings, "The folder is gone.", "ไม่พบโฟลเดอร์")
    assert "ผิดพลาด: ไม่พบโฟลเดอร์" in browser.get("/today/health").text
    old = json.dumps({"at": (NOW - dt.timedelta(hours=5)).isoformat(), "error": ""})
    (office.settings.home / "watch.json").write_text(old, encoding="utf-8")
    assert "ไม่มีสัญญาณตั้งแต่" in browser.get("/today/health").text


def test_today_tells_the_last_error_that_still_stands(office):
    office.store.admit("ab" * 32)
    office.store.fail("ab" * 32, ("tool.failed", "เครื่องมือเสีย", "The tool broke."), final=True)
    page = office.client("clerk").get("/").text
    assert "เครื่องมือเสีย" in page
    assert "เครื่องมือขัดข้อง 1" in page


def test_today_counts_what_is_in_the_register(office):
    page = office.client("clerk").get("/").text
    waiting = sum(row.needs_person for row in office.store.rows())
    assert f"เริ่มตรวจ {waiting} ฉบับ" in page


def test_the_register_filters_sorts_and_keeps_what_was_typed(office):
    browser = office.client("clerk")
    page = browser.get("/register", params={"only": "person", "q": "ลำปาง", "since": "1/1/2566"}).text
    assert "ขอเชิญประชุมคณะทำงาน" in page
    assert 'value="ลำปาง"' in page
    assert "หนังสือที่แนบมา" not in page
    only_rows = browser.get("/register", headers={"hx-request": "true"}).text
    assert "<html" not in only_rows


@pytest.mark.parametrize(
    "query",
    [
        "sort=nonsense",
        "since=yesterday",
        "kind=';DROP TABLE letters;--",
        "q=%00%27%22",
        "after=zzz",
        "only=all",
    ],
)
def test_the_register_survives_any_question(office, query):
    assert office.client("clerk").get(f"/register?{query}").status_code in (200, 422)
    assert len(office.store.rows()) == 5


def test_the_register_is_taken_along_as_harmless_csv(office):
    answer = office.client("analyst").get("/register.csv")
    rows = list(csv.reader(io.StringIO(answer.text.removeprefix("\ufeff"))))
    assert rows[0][:2] == ["เลขทะเบียนรับ", "ที่"]
    assert len(rows) == 1 + len(office.store.rows())


@pytest.mark.parametrize(
    "path",
    [
        "/static/../app.py",
        "/static/%2e%2e%2fapp.py",
        "/static/..%5capp.py",
        "/static/README.md",
        "/documents/../../etc/passwd/original",
        "/documents/..%2f..%2fetc%2fpasswd/original",
        "/documents/%2e%2e/pages/1.webp",
        "/audits/..%2fregister",
        "/audits/%2e%2e%2fwatch",
        "/letters/1%00",
        "/letters/-1",
        "/letters/99999999999999999999",
    ],
)
def test_no_way_out_of_the_house(shared_office, path):
    answer = shared_office.client("admin").get(path)
    assert answer.status_code == 404
    assert "root:" not in answer.text


def test_the_dictionary_is_there_and_left_alone_before_somebody_searches(office, monkeypatch):
    begun = threading.Event()
    monkeypatch.setattr(app, "settle", begun.set)
    with TestClient(office.app):
        assert begun.wait(10)
    monkeypatch.undo()
    app.settle()
    assert gc.get_freeze_count() > 10_000
