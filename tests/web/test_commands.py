"""The commands `user`, `token` and `serve`: what they do to the accounts, and what they say."""

from __future__ import annotations

import datetime as dt

import pytest
import uvicorn
from click.testing import CliRunner, Result

from pipeline.cli import cli
from pipeline.store import Store, open_store
from pipeline.web import security
from pipeline.web.pages.door import START
from tests.house import settings_for

PASSWORD = "a good long password"


@pytest.fixture
def store(tmp_path, monkeypatch) -> Store:
    monkeypatch.setenv("SARABAN_HOME", str(tmp_path / "home"))
    monkeypatch.setenv("SARABAN_LANG", "en")
    monkeypatch.setenv("SARABAN_WORKERS", "2")
    return open_store(settings_for(tmp_path / "home"))


def run(*words: str, typed: str = "") -> Result:
    return CliRunner().invoke(cli, words, input=typed)


def add(name: str = "malee", *more: str) -> Result:
    return run("user", "add", name, *more, typed=f"{PASSWORD}\n{PASSWORD}\n")


def test_a_user_is_added_listed_and_turned_off(store):
    assert "no users" in run("user", "list").output
    assert add("Malee", "--role", "analyst", "--may-see-protected").exit_code == 0
    assert add("malee").exit_code == 2
    account, hashed = store.accounts.find("malee")
    assert (account.role, account.sees_protected) == ("analyst", True)
    assert security.is_password(PASSWORD, hashed)
    assert "may-see-protected" in run("user", "list").output
    assert run("user", "off", "malee").exit_code == 0
    assert not store.accounts.find("malee")[0].active
    assert "off" in run("user", "list").output
    assert run("user", "on", "malee").exit_code == 0
    assert store.accounts.find("malee")[0].active


def test_a_password_is_changed_and_never_shown(store):
    add()
    said = run("user", "passwd", "malee", typed="another long one\nanother long one\n")
    assert said.exit_code == 0
    assert "another long one" not in said.output
    assert security.is_password("another long one", store.accounts.find("malee")[1])


@pytest.mark.parametrize("typed", ["short\nshort\n", f"{PASSWORD}\nsomething else\n\n\n"])
def test_a_poor_password_is_refused(store, typed):
    assert run("user", "add", "malee", typed=typed).exit_code != 0
    assert store.accounts.find("malee") is None


@pytest.mark.parametrize("words", [("passwd", "nobody"), ("off", "nobody"), ("on", "nobody")])
def test_a_user_who_is_not_there_is_told(store, words):
    said = run("user", *words, typed=f"{PASSWORD}\n{PASSWORD}\n")
    assert said.exit_code == 2
    assert "no user nobody" in said.output


def test_a_token_is_shown_once_works_and_is_taken_back(store):
    add()
    secret = run("token", "add", "malee", "e-office", "--days", "30").stdout.splitlines()[-1]
    now = dt.datetime.now(dt.UTC)
    account = store.accounts.token(security.digest(secret), now)
    assert account is not None
    assert account.role == "clerk"
    assert store.accounts.token(security.digest(secret), now + dt.timedelta(days=31)) is None
    listed = run("token", "list").output
    assert "e-office" in listed
    assert secret not in listed
    assert run("token", "drop", str(store.accounts.tokens()[0].id)).exit_code == 0
    assert store.accounts.token(security.digest(secret), now) is None
    assert "no tokens" in run("token", "list").output


def test_a_token_cannot_do_more_than_its_user(store):
    add()
    said = run("token", "add", "malee", "x", "--role", "admin")
    assert said.exit_code == 2
    assert store.accounts.tokens() == []


@pytest.mark.parametrize(
    ("words", "hosts", "warned"),
    [
        ((), {"localhost", "127.0.0.1", "[::1]"}, False),
        (("--host", "0.0.0.0"), None, True),
        (("--host", "0.0.0.0", "--name", "Saraban.example"), {"saraban.example", "localhost"}, True),
    ],
)
def test_serve_opens_to_this_machine_and_warns_otherwise(store, monkeypatch, words, hosts, warned):
    started = {}
    monkeypatch.setattr(uvicorn, "run", lambda app, **how: started.update(app=app, **how))
    said = run("serve", *words)
    assert said.exit_code == 0, said.output
    assert ("Warning" in said.output) == warned
    shield = next(one for one in started["app"].user_middleware if "hosts" in one.kwargs)
    served = shield.kwargs["hosts"]
    assert served is None if hosts is None else hosts <= served
    key = said.output.split("/start/")[1].split()[0]
    assert store.accounts.take_once(START, security.digest(key), dt.datetime.now(dt.UTC))


def test_serve_prints_no_link_once_there_is_somebody(store, monkeypatch):
    monkeypatch.setattr(uvicorn, "run", lambda *_, **__: None)
    add()
    assert "/start/" not in run("serve").output


@pytest.mark.parametrize("command", ["serve", "user", "token"])
def test_the_help_speaks_thai_too(store, monkeypatch, command):
    monkeypatch.setenv("SARABAN_LANG", "th")
    said = run(command, "--help").output
    assert "ตัวอย่าง" in said
    assert "saraban " + command in said
