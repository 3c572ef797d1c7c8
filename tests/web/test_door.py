"""Coming in: logging in, guessing, the one-time link, forged forms, and what every answer carries."""

from __future__ import annotations

import datetime as dt
import re

import pytest
from starlette.testclient import TestClient

from pipeline.web import security
from pipeline.web.access import MATRIX
from pipeline.web.app import create_app
from pipeline.web.gate import API
from pipeline.web.pages.door import START
from pipeline.web.queue import Queue
from tests.house import settings_for
from tests.web.conftest import BASE, NOW, PASSWORD, AtOnce, Office

POSTS = [
    right for right in MATRIX if right.method == "POST" and right.roles and not right.path.startswith(API)
]


def log_in(browser: TestClient, name: str, password: str, target: str = "/"):
    form = browser.get("/login")
    secret = re.search(r'name="secret" value="([^"]+)"', form.text)
    assert secret is not None
    return browser.post(
        "/login", data={"name": name, "password": password, "secret": secret[1], "to": target}
    )


def test_the_right_password_opens_and_the_cookie_is_kept_from_scripts(office):
    office.account("clerk")
    browser = office.client(None)
    answer = log_in(browser, "Clerk ", PASSWORD, "/register?q=1")
    assert (answer.status_code, answer.headers["location"]) == (303, "/register?q=1")
    cookie = next(one for one in answer.headers.get_list("set-cookie") if one.startswith("saraban="))
    assert "HttpOnly" in cookie
    assert "SameSite=lax" in cookie
    assert browser.get("/").status_code == 200


def test_what_the_store_keeps_is_no_password_and_no_session_secret(office):
    office.account("clerk")
    browser = office.client(None)
    log_in(browser, "clerk", PASSWORD)
    secret = browser.cookies["saraban"]
    for path in office.settings.home.glob("register.sqlite3*"):
        data = path.read_bytes()
        assert PASSWORD.encode() not in data
        assert secret.encode() not in data
    found = office.store.accounts.find("clerk")
    assert found is not None
    assert found[1].startswith("$argon2id$")


@pytest.mark.parametrize("name", ["clerk", "nobody"])
def test_a_wrong_name_and_a_wrong_password_sound_the_same(office, name):
    office.account("clerk")
    answer = log_in(office.client(None), name, "not the password")
    assert answer.status_code == 401
    assert "ชื่อผู้ใช้หรือรหัสผ่านไม่ถูกต้อง" in answer.text


def test_after_some_guesses_even_the_right_password_waits(office):
    office.account("clerk")
    browser = office.client(None)
    limit = office.app.state.house.guess_limits[0]
    for _ in range(limit):
        assert log_in(browser, "clerk", "guess").status_code == 401
    answer = log_in(browser, "clerk", PASSWORD)
    assert answer.status_code == 429
    assert int(answer.headers["retry-after"]) > 0
    assert browser.get("/").status_code == 303
    office.app.state.house.guess_window = dt.timedelta(seconds=0)  # as if the time had passed
    assert log_in(browser, "clerk", PASSWORD).status_code == 303


def test_guessing_many_names_from_one_address_is_stopped_too(office):
    office.app.state.house.guess_limits = (5, 3)
    browser = office.client(None)
    codes = [log_in(browser, f"name{at}", "guess").status_code for at in range(4)]
    assert codes == [401, 401, 401, 429]


def test_an_account_turned_off_is_out_at_once(office):
    browser = office.client("clerk")
    assert browser.get("/").status_code == 200
    office.store.accounts.change(office.account("clerk"), active=False, who="test")
    assert browser.get("/").status_code == 303
    assert log_in(office.client(None), "clerk", PASSWORD).status_code == 401


def test_logging_out_ends_the_session_on_our_side(office):
    browser = office.client("clerk")
    secret = browser.cookies["saraban"]
    assert browser.post("/logout").status_code == 303
    browser.cookies.set("saraban", secret)
    assert browser.get("/").status_code == 303


@pytest.mark.parametrize(
    "target", ["//evil.example", "https://evil.example", "/\\evil.example", "javascript:x"]
)
def test_nobody_is_sent_to_another_site(office, target):
    office.account("clerk")
    assert log_in(office.client(None), "clerk", PASSWORD, target).headers["location"] == "/"
    assert office.client(None).get("/lang/en", params={"back": target}).headers["location"] == "/"


def test_a_login_form_of_another_site_is_refused(office):
    office.account("clerk")
    sent = {"name": "clerk", "password": PASSWORD, "secret": "x" * 43}
    assert office.client(None).post("/login", data=sent).status_code == 403


@pytest.mark.parametrize("right", POSTS, ids=lambda right: right.path)
@pytest.mark.parametrize("secret", [None, "", "forged", "another's"])
def test_a_form_without_the_sessions_secret_is_refused(shared_office, right, secret):
    browser = shared_office.client("admin")
    del browser.headers["x-csrf-token"]
    if secret == "another's":
        secret = shared_office.client("admin").headers["x-csrf-token"]
    sent = {} if secret is None else {"csrf": secret}
    path = right.path.format(
        sha256=shared_office.hashes["bundle.pdf"],
        letter_id=shared_office.ids["bundle.pdf"],
        number=1,
        name="clerk",
        deadline_id=1,
    )
    full = {"path": "subject", "version": "1", "value": "x", "old": "x", "new": "y" * 12, "role": "clerk"}
    more = {"name": "eve", "password": "x" * 12}
    answer = browser.post(path, data=full | more | sent)
    assert answer.status_code == 403, answer.status_code


# --- the first administrator ----------------------------------------------------------------------


@pytest.fixture
def empty(tmp_path):
    """A house without a single account, and a one-time link to it."""
    settings = settings_for(tmp_path / "home")
    app = create_app(settings, queue=Queue(settings, AtOnce()))
    key = security.new_secret()
    app.state.house.store.accounts.set_once(START, security.digest(key), NOW + dt.timedelta(hours=1))
    return app, key


def begin(browser: TestClient, key: str, password: str = PASSWORD):
    form = browser.get(f"/start/{key}")
    secret = re.search(r'name="secret" value="([^"]+)"', form.text)
    return browser.post(
        f"/start/{key}", data={"name": "Malee", "password": password, "secret": secret[1] if secret else ""}
    )


def test_the_one_time_link_makes_one_administrator(empty):
    app, key = empty
    browser = TestClient(app, base_url=BASE, follow_redirects=False)
    assert begin(browser, key, "short").status_code == 422
    assert begin(browser, key).status_code == 303
    assert browser.get("/users").status_code == 200
    again = TestClient(app, base_url=BASE, follow_redirects=False)
    assert begin(again, key).status_code in (403, 404)
    assert [one.name for one in app.state.house.store.accounts.all()] == ["malee"]


def test_a_wrong_or_late_link_makes_nobody(empty, tmp_path):
    app, _ = empty
    browser = TestClient(app, base_url=BASE, follow_redirects=False)
    assert begin(browser, "guess").status_code == 404
    late = security.new_secret()
    app.state.house.store.accounts.set_once(START, security.digest(late), NOW - dt.timedelta(seconds=1))
    assert begin(browser, late).status_code == 404
    assert app.state.house.store.accounts.all() == []


# --- accounts -------------------------------------------------------------------------------------


def test_changing_ones_password_ends_the_other_sessions(office):
    here, there = office.client("clerk"), office.client("clerk")
    wrong = here.post("/account/password", data={"old": "wrong", "new": "another long password"})
    assert wrong.status_code == 422
    done = here.post("/account/password", data={"old": PASSWORD, "new": "another long password"})
    assert done.status_code == 303
    assert there.get("/").status_code == 303
    assert log_in(office.client(None), "clerk", "another long password").status_code == 303


def test_the_administrator_adds_and_changes_users_but_not_herself_off(office):
    admin = office.client("admin")
    new = {"name": "Somchai", "password": PASSWORD, "role": "analyst", "sees_protected": "1"}
    assert admin.post("/users", data=new).status_code == 200
    assert admin.post("/users", data=new).status_code == 422  # the name is taken
    assert admin.post("/users", data=new | {"name": "x", "role": "king"}).status_code == 422
    changed = admin.post("/users/somchai", data={"role": "clerk", "active": ""})
    assert changed.status_code == 200
    found = office.store.accounts.find("somchai")
    assert found is not None
    assert (found[0].role, found[0].active, found[0].sees_protected) == ("clerk", False, False)
    assert admin.post("/users/admin", data={"role": "clerk", "active": "1"}).status_code == 422
    assert admin.post("/users/admin", data={"role": "admin"}).status_code == 422


# --- every answer ---------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "path", ["/login", "/static/saraban.css", "/nothing/here", "/api/v1/letters", "/healthz"]
)
def test_every_answer_carries_the_headers(shared_office, path):
    answer = shared_office.client(None).get(path)
    for key, value in security.HEADERS.items():
        if key != "cache-control":
            assert answer.headers[key] == value
    policy = answer.headers["content-security-policy"]
    assert "unsafe" not in policy
    assert "default-src 'none'" in policy


def test_pages_are_not_left_in_caches(shared_office):
    assert shared_office.client("clerk").get("/").headers["cache-control"] == "no-store"


@pytest.mark.parametrize("host", ["evil.example", "127.0.0.1.evil.example", "evil.example:8010", ""])
def test_a_foreign_host_name_is_not_served(shared_office, host):
    answer = shared_office.client("clerk").get("/", headers={"host": host})
    assert answer.status_code == 421
    assert "x-frame-options" in answer.headers


@pytest.mark.parametrize("host", ["localhost:8010", "127.0.0.1", "[::1]:8010"])
def test_this_machine_is_served_under_its_names(shared_office, host):
    assert shared_office.client(None).get("/login", headers={"host": host}).status_code == 200


def test_too_large_a_form_is_refused_before_it_is_read(shared_office):
    browser = shared_office.client("clerk")
    assert browser.post("/logout", content=b"x" * 300_000).status_code == 413


def test_errors_tell_nothing_of_the_inside(shared_office, monkeypatch):
    def broken(*_: object, **__: object) -> None:
        raise RuntimeError("the letter says SECRET WORDS")

    monkeypatch.setattr(type(shared_office.store), "statistics", broken)
    answer = shared_office.client("clerk").get("/statistics")
    assert answer.status_code == 500
    assert "SECRET WORDS" not in answer.text
    assert "Traceback" not in answer.text
    assert "default-src 'none'" in answer.headers["content-security-policy"]


def test_offices_do_not_share_an_account(office, tmp_path):
    assert isinstance(office, Office)
    other = settings_for(tmp_path / "other")
    app = create_app(other, queue=Queue(other, AtOnce()))
    browser = office.client("clerk")
    stranger = TestClient(app, base_url=BASE, follow_redirects=False, cookies=dict(browser.cookies))
    assert stranger.get("/").status_code == 303
