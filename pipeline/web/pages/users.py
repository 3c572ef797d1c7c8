"""Accounts, for the administrator."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Form, Request
from fastapi.responses import Response

from pipeline.errors import BadInputError
from pipeline.web import security
from pipeline.web.access import ROLES
from pipeline.web.gate import Refusal, house, lang_of, person
from pipeline.web.render import page, say

router = APIRouter(include_in_schema=False)
Text = Annotated[str, Form(max_length=1000)]


@router.get("/users")
def users(request: Request) -> Response:
    """All accounts."""
    return _users(request, "", "", 200)


def _users(request: Request, error: str, saved: str, status: int) -> Response:
    return page(
        request,
        "users.html",
        status=status,
        accounts=house(request).store.accounts.all(),
        roles=ROLES,
        least=security.MIN_PASSWORD,
        error=error,
        saved=saved,
    )


@router.post("/users")
def add(request: Request, name: Text, password: Text, role: Text, sees_protected: Text = "") -> Response:
    """Add an account."""
    accounts, lang, by = house(request).store.accounts, lang_of(request), person(request).name
    name = name.strip().casefold()
    if len(password) < security.MIN_PASSWORD or not name or role not in ROLES:
        return _users(request, say(lang, "password_short"), "", 422)
    try:
        accounts.add(
            name,
            security.hash_password(password),
            role,
            who=by,
            sees_protected=bool(sees_protected),
        )
    except BadInputError as error:
        return _users(request, error.message if lang == "th" else error.message_en, "", 422)
    return _users(request, "", say(lang, "user_added", name=name), 200)


@router.post("/users/{name}")
def change(request: Request, name: str, role: Text, active: Text = "", sees_protected: Text = "") -> Response:
    """Change an account; turned off, it is out at once."""
    accounts, lang, by = house(request).store.accounts, lang_of(request), person(request).name
    found = accounts.find(name)
    if found is None or role not in ROLES:
        raise Refusal(404, "not_found")
    account = found[0]
    if account.name == by and (not active or role != account.role):
        return _users(request, say(lang, "not_yourself"), "", 422)
    accounts.change(
        account.id,
        role=role if role != account.role else None,  # a role given ends the account's tokens
        active=bool(active),
        sees_protected=bool(sees_protected),
        who=by,
    )
    return _users(request, "", say(lang, "user_changed", name=name), 200)
