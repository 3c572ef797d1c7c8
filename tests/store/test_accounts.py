"""Accounts, sessions, keys and contests as the store keeps them."""

from __future__ import annotations

import datetime as dt

import pytest

from pipeline.errors import BadInputError
from pipeline.store import Answer, Store, Submission
from schemas.ink import Box
from tests.records import NOON

LATER = NOON + dt.timedelta(days=20_000)


def test_an_account_is_known_however_its_name_is_written(store: Store) -> None:
    made = store.accounts.add(" Somjai ", "hash", "clerk", who="admin")
    found = store.accounts.find("SOMJAI")
    assert found == (made, "hash")
    assert store.accounts.find("other") is None
    for taken in ("somjai", "  "):
        with pytest.raises(BadInputError):
            store.accounts.add(taken, "hash", "clerk", who="admin")
    assert [each.name for each in store.accounts.all()] == ["somjai"]


def test_a_session_ends_with_its_time_and_with_its_account(store: Store) -> None:
    account = store.accounts.add("a", "hash", "clerk", who="admin")
    store.accounts.open_session(account.id, "t" * 64, "csrf", LATER)
    signed_in = store.accounts.session("t" * 64, NOON)
    assert signed_in is not None
    assert (signed_in.account, signed_in.csrf) == (account, "csrf")
    assert store.accounts.session("t" * 64, LATER) is None
    assert store.accounts.session("u" * 64, NOON) is None
    store.accounts.change(account.id, who="admin", role="analyst")
    assert store.accounts.session("t" * 64, NOON) is None
    store.accounts.open_session(account.id, "v" * 64, "csrf", LATER)
    store.accounts.close_session("v" * 64)
    assert store.accounts.session("v" * 64, NOON) is None


def test_a_key_works_with_its_own_role_until_it_is_dropped(store: Store) -> None:
    account = store.accounts.add("a", "hash", "admin", who="admin")
    key = store.accounts.add_token(account.id, "ระบบอื่น", "k" * 64, "analyst", LATER, who="admin")
    behind = store.accounts.token("k" * 64, NOON)
    assert behind is not None
    assert (behind.name, behind.role) == ("a", "analyst")
    assert store.accounts.token("k" * 64, LATER) is None
    assert [each.name for each in store.accounts.tokens()] == ["ระบบอื่น"]
    store.accounts.drop_token(key, who="admin")
    assert store.accounts.token("k" * 64, NOON) is None
    store.accounts.add_token(account.id, "ข", "m" * 64, "analyst", None, who="admin")
    store.accounts.change(account.id, who="admin", active=False)
    assert store.accounts.token("m" * 64, NOON) is None


def test_failed_tries_are_counted(store: Store) -> None:
    for minute in range(3):
        store.accounts.note_attempt("A", "127.0.0.1", False, NOON + dt.timedelta(minutes=minute))
    store.accounts.note_attempt("a", "127.0.0.2", True, NOON)
    found = store.accounts.failures("a", "127.0.0.1", NOON + dt.timedelta(minutes=1))
    assert (found.by_name, found.by_address) == (2, 2)
    assert "login.failed" in [entry.action for entry in store.log_entries()]


def test_a_link_works_once(store: Store) -> None:
    store.accounts.set_once("first", "o" * 64, LATER)
    assert not store.accounts.take_once("other", "o" * 64, NOON)
    assert store.accounts.take_once("first", "o" * 64, NOON)
    assert not store.accounts.take_once("first", "o" * 64, NOON)
    store.accounts.set_once("first", "p" * 64, NOON)
    assert not store.accounts.take_once("first", "p" * 64, LATER)


def test_an_audit_is_kept_with_its_proof(store: Store) -> None:
    answer = Answer(requirement="form1", verdict="missing", sha256="a" * 64, page=2, box=Box(1, 2, 3, 4))
    entries = [
        Submission(entrant="อบต. สมมติ", verdict="doubtful", answers=(answer,)),
        Submission(entrant="ข", verdict="met"),
    ]
    number = store.contests.keep("ประกวด", {"closes": "2023-06-30"}, entries, who="ผู้จัด")
    assert store.contests.entries(number) == entries
    assert store.contests.keep("ประกวด", {}, entries[:1], who="ผู้จัด") == number
    (contest,) = store.contests.all()
    assert (contest.title, contest.entrants, contest.rules) == ("ประกวด", 1, {})
    with pytest.raises(BadInputError):
        store.contests.entries(99)
