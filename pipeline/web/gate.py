"""The gate: who is asking, whether they may, and whether a form was sent from a page of ours."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from fastapi import Request
from fastapi.concurrency import run_in_threadpool

from pipeline.say import Lang
from pipeline.web import access, security
from pipeline.web.access import Role

if TYPE_CHECKING:
    from pipeline.settings import Settings
    from pipeline.store import Store
    from pipeline.web.queue import Queue

API = "/api/v1/"


@dataclass(frozen=True)
class Person:
    """Who is asking, as far as the pages need to know."""

    id: int
    name: str
    role: Role
    sees_protected: bool
    csrf: str


@dataclass
class House:
    """What every page needs; one for the whole application."""

    settings: Settings
    store: Store
    queue: Queue
    guess_limits: tuple[int, int] = (5, 20)  # wrong passwords of late for a name, and from an address
    guess_window: dt.timedelta = field(default=dt.timedelta(minutes=15))


class Refusal(Exception):  # noqa: N818  it is an answer, not a fault
    """The request is not granted; `status` and `key` (of the words) say why."""

    def __init__(self, status: int, key: str, **values: object) -> None:
        super().__init__(key)
        self.status, self.key, self.values = status, key, values


def now() -> dt.datetime:
    """This moment, with its zone."""
    return dt.datetime.now(dt.UTC)


def house(request: Request) -> House:
    """The house that this application serves."""
    found: House = request.app.state.house
    return found


def person(request: Request) -> Person:
    """Who is logged in; only for routes that the gate has let through."""
    found: Person = request.state.person
    return found


def lang_of(request: Request) -> Lang:
    """The language to speak: what was chosen by the switch, else Thai."""
    return "en" if request.cookies.get(security.LANG_COOKIE) == "en" else "th"


async def authorize(request: Request) -> None:
    """Let a request through, or refuse it: the one place where the access table is asked.

    Every route passes here (it is a dependency of the application); a route that is not in the table is refused.
    """
    right = access.right_of(request.method, request.scope["route"].path)
    who, hidden = await run_in_threadpool(_look, request, right)
    request.state.person = who
    if right is None:
        raise Refusal(404, "not_found")
    role = None if who is None else who.role
    if not access.may(right, role, may_see_protected=who is not None and who.sees_protected):
        if who is None:
            raise Refusal(401, "login")
        if right.about == "protected-list":  # it does not exist for those who may not see it
            raise Refusal(404, "not_found")
        raise Refusal(403, "no_right")
    if hidden:
        raise Refusal(404, "not_found")
    if request.method == "POST" and not request.url.path.startswith(API) and right.roles is not None:
        await _check_csrf(request, who)


def _look(request: Request, right: access.Right | None) -> tuple[Person | None, bool]:
    """Who asks, and whether the document that is asked for does not exist for them; in one go to another thread."""
    who = _who(request)
    return who, right is not None and who is not None and right.about == "document" and _is_hidden(request)


def _who(request: Request) -> Person | None:
    accounts = house(request).store.accounts
    if request.url.path.startswith(API):
        scheme, _, secret = request.headers.get("authorization", "").partition(" ")
        if scheme.lower() != "bearer" or not secret:
            return None
        account = accounts.token(security.digest(secret.strip()), now())
        return None if account is None else _person(account, "")
    secret = request.cookies.get(security.SESSION_COOKIE, "")
    session = accounts.session(security.digest(secret), now()) if secret else None
    return None if session is None else _person(session.account, session.csrf)


def _person(account: Any, csrf: str) -> Person:
    return Person(
        id=account.id,
        name=account.name,
        role=account.role,
        sees_protected=account.sees_protected,
        csrf=csrf,
    )


def _is_hidden(request: Request) -> bool:
    """Whether the document or letter that the path names is protected, or is not there: both answer alike."""
    store, given = house(request).store, request.path_params
    if "sha256" in given:
        entry = store.entry(str(given["sha256"]))
        return entry is None or entry.state == "protected"
    number = str(given.get("letter_id", ""))
    if not (number.isascii() and number.isdecimal() and len(number) < 10):
        return True
    return not store.is_shown(int(number))


async def _check_csrf(request: Request, who: Person | None) -> None:
    """The secret of the session must come with every form; another site does not know it."""
    sent = request.headers.get("x-csrf-token") or ""
    if not sent and "form" in request.headers.get("content-type", ""):
        given = (await request.form()).get("csrf")
        sent = given if isinstance(given, str) else ""
    if who is None or not sent or not security.same(sent, who.csrf):
        raise Refusal(403, "stale_form")
