"""Coming in and going out: log in, log out, the first administrator, one's own password, the language."""

from __future__ import annotations

import datetime as dt
from typing import Annotated

from fastapi import APIRouter, Form, Request
from fastapi.responses import RedirectResponse, Response

from pipeline.web import security
from pipeline.web.gate import House, Refusal, house, now, person
from pipeline.web.render import page

router = APIRouter(include_in_schema=False)
Text = Annotated[str, Form(max_length=1000)]
START = "start"
_YEAR_S = 365 * 24 * 3600


@router.get("/lang/{lang}")
def choose_language(request: Request, lang: str, back: str = "/") -> Response:
    """Remember the language, and go back."""
    answer = RedirectResponse(security.local_path(back), status_code=303)
    chosen = "en" if lang == "en" else "th"
    answer.set_cookie(security.LANG_COOKIE, chosen, max_age=_YEAR_S, samesite="lax", httponly=True)
    return answer


@router.get("/login")
def login_form(request: Request, to: str = "/") -> Response:
    """The form."""
    return _login(request, to, "", 200)


def _login(request: Request, target: str, error: str, status: int, **values: object) -> Response:
    """The form with a secret of its own, so that no other site can log somebody in."""
    secret = security.new_secret()
    answer = page(
        request,
        "login.html",
        status=status,
        target=security.local_path(target),
        secret=secret,
        error=error,
        values=values,
    )
    answer.set_cookie(
        security.PRE_COOKIE, secret, max_age=3600, samesite="strict", httponly=True, secure=_is_tls(request)
    )
    return answer


def _is_tls(request: Request) -> bool:
    return request.url.scheme == "https"


def _check_pre(request: Request, secret: str) -> None:
    """The form's secret must be the cookie's."""
    if not secret or not security.same(secret, request.cookies.get(security.PRE_COOKIE, "")):
        raise Refusal(403, "stale_form")


@router.post("/login")
def login(request: Request, name: Text, password: Text, secret: Text = "", to: Text = "/") -> Response:
    """Log in; too many wrong passwords of late, and nothing is tried at all."""
    _check_pre(request, secret)
    home, moment = house(request), now()
    accounts, name = home.store.accounts, name.strip().casefold()
    address = request.client.host if request.client else ""
    failed = accounts.failures(name, address, moment - home.guess_window)
    if failed.by_name >= home.guess_limits[0] or failed.by_address >= home.guess_limits[1]:
        minutes = max(1, int(home.guess_window.total_seconds() // 60))
        answer = _login(request, to, "too_many", 429, minutes=minutes)
        answer.headers["retry-after"] = str(minutes * 60)
        return answer
    found = accounts.find(name)
    right = security.is_password(password, found[1] if found and found[0].active else None)
    accounts.note_attempt(name, address, right, moment)
    if found is None or not right:
        return _login(request, to, "wrong_login", 401)
    return _enter(request, home, found[0].id, to)


def _enter(request: Request, home: House, account_id: int, target: str) -> Response:
    """Open a session: a new secret each time, so that none can be planted beforehand."""
    secret, csrf = security.new_secret(), security.new_secret()
    until = now() + dt.timedelta(hours=security.SESSION_HOURS)
    home.store.accounts.open_session(account_id, security.digest(secret), csrf, until)
    answer = RedirectResponse(security.local_path(target), status_code=303)
    answer.set_cookie(
        security.SESSION_COOKIE,
        secret,
        max_age=security.SESSION_HOURS * 3600,
        samesite="lax",
        httponly=True,
        secure=_is_tls(request),
    )
    answer.delete_cookie(security.PRE_COOKIE)
    return answer


@router.post("/logout")
def logout(request: Request) -> Response:
    """Log out: the session is gone on our side too."""
    home = house(request)
    home.store.accounts.close_session(security.digest(request.cookies.get(security.SESSION_COOKIE, "")))
    home.store.log("logout", person(request).name)
    answer = RedirectResponse("/login", status_code=303)
    answer.delete_cookie(security.SESSION_COOKIE)
    return answer


@router.get("/start/{key}")
def start_form(request: Request, key: str) -> Response:
    """The form for the first administrator, as long as there is nobody."""
    if house(request).store.accounts.all():
        raise Refusal(404, "start_gone")
    return _start(request, key, "", 200)


def _start(request: Request, key: str, error: str, status: int) -> Response:
    secret = security.new_secret()
    answer = page(
        request, "start.html", status=status, key=key, secret=secret, error=error, least=security.MIN_PASSWORD
    )
    answer.set_cookie(
        security.PRE_COOKIE, secret, max_age=3600, samesite="strict", httponly=True, secure=_is_tls(request)
    )
    return answer


@router.post("/start/{key}")
def start(request: Request, key: str, name: Text, password: Text, secret: Text = "") -> Response:
    """Make the first administrator; the link is used up by it."""
    _check_pre(request, secret)
    home = house(request)
    accounts = home.store.accounts
    if accounts.all():
        raise Refusal(404, "start_gone")
    if len(password) < security.MIN_PASSWORD or not name.strip():
        return _start(request, key, "password_short", 422)
    if not accounts.take_once(START, security.digest(key), now()):
        raise Refusal(404, "start_gone")
    made = accounts.add(name.strip().casefold(), security.hash_password(password), "admin", who="start")
    return _enter(request, home, made.id, "/")


@router.get("/account")
def account(request: Request) -> Response:
    """One's own account."""
    return _account(request, "", "", 200)


def _account(request: Request, error: str, saved: str, status: int) -> Response:
    return page(request, "account.html", status=status, error=error, saved=saved, least=security.MIN_PASSWORD)


@router.post("/account/password")
def change_password(request: Request, old: Text, new: Text) -> Response:
    """Change one's own password; all other sessions end."""
    home, who = house(request), person(request)
    address = request.client.host if request.client else ""
    failed = home.store.accounts.failures(who.name, address, now() - home.guess_window)
    found = home.store.accounts.find(who.name)
    if found is None or failed.by_name >= home.guess_limits[0] or not security.is_password(old, found[1]):
        home.store.accounts.note_attempt(who.name, address, False, now())
        return _account(request, "password_wrong", "", 422)
    if len(new) < security.MIN_PASSWORD:
        return _account(request, "password_short", "", 422)
    home.store.accounts.change(who.id, password_hash=security.hash_password(new), who=who.name)
    home.store.accounts.close_sessions(who.id)
    return _enter(request, home, who.id, "/account")
