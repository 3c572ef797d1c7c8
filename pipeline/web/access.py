"""Who may see and do what: one table of role x page x action x secrecy, and nothing beside it.

A route that does not stand here does not exist: the application refuses to start with one. The tests try every
cell, for every role, for open and for protected documents.
"""

from __future__ import annotations

from typing import Literal, NamedTuple, cast, get_args

Role = Literal["clerk", "organiser", "analyst", "admin"]
"""เจ้าหน้าที่สารบรรณ, ผู้จัดการประกวด, ผู้วิเคราะห์, ผู้ดูแลระบบ."""
ROLES: tuple[Role, ...] = get_args(Role)

About = Literal["nothing", "document", "protected-list"]
"""nothing: the page tells of no single document, and of protected ones not even a count; document: it tells of
one, and does not exist where that one is protected; protected-list: existence, day and class of protected
documents, for those few whose account says so, whatever their role."""

Method = Literal["GET", "POST", "PATCH", "DELETE"]


class Right(NamedTuple):
    """One row: who may take one action on one page. `roles` None: also people without an account."""

    page: str
    action: str
    method: Method
    path: str
    roles: frozenset[Role] | None
    about: About = "nothing"


_ALL = frozenset(ROLES)
_EDIT: frozenset[Role] = frozenset(("clerk", "admin"))
_AUDIT: frozenset[Role] = frozenset(("organiser", "analyst", "admin"))
_EXPORT: frozenset[Role] = frozenset(("clerk", "analyst", "admin"))
_ADMIN: frozenset[Role] = frozenset(("admin",))

MATRIX: tuple[Right, ...] = (
    Right("static", "read", "GET", "/static/{name}", None),
    Right("health", "read", "GET", "/healthz", None),
    Right("language", "choose", "GET", "/lang/{lang}", None),
    Right("start", "read", "GET", "/start/{key}", None),
    Right("start", "make the admin", "POST", "/start/{key}", None),
    Right("login", "read", "GET", "/login", None),
    Right("login", "log in", "POST", "/login", None),
    Right("login", "log out", "POST", "/logout", _ALL),
    Right("account", "read", "GET", "/account", _ALL),
    Right("account", "change own password", "POST", "/account/password", _ALL),
    Right("today", "read", "GET", "/", _ALL),
    Right("today", "refresh", "GET", "/today/health", _ALL),
    Right("register", "read", "GET", "/register", _ALL),
    Right("register", "print", "GET", "/register/print", _ALL),
    Right("register", "export", "GET", "/register.csv", _EXPORT),
    Right("letter", "read", "GET", "/letters/{letter_id}", _ALL, "document"),
    Right("letter", "next", "GET", "/letters/next", _ALL),
    Right("letter", "correct", "POST", "/letters/{letter_id}/fields", _EDIT, "document"),
    Right("letter", "undo", "POST", "/letters/{letter_id}/undo", _EDIT, "document"),
    Right("letter", "confirm", "POST", "/letters/{letter_id}/confirm", _EDIT, "document"),
    Right("letter", "history", "GET", "/letters/{letter_id}/history", _ALL, "document"),
    Right("document", "read", "GET", "/documents/{sha256}", _ALL, "document"),
    Right("document", "page picture", "GET", "/documents/{sha256}/pages/{number}.webp", _ALL, "document"),
    Right("document", "original", "GET", "/documents/{sha256}/original", _ALL, "document"),
    Right("document", "bundle view", "GET", "/documents/{sha256}/bundle", _EDIT, "document"),
    Right("document", "merge and split", "POST", "/documents/{sha256}/bundle", _EDIT, "document"),
    Right(
        "document", "read a page again", "POST", "/documents/{sha256}/pages/{number}/again", _EDIT, "document"
    ),
    Right("search", "read", "GET", "/search", _ALL),
    Right("deadlines", "read", "GET", "/deadlines", _ALL),
    Right("deadlines", "calendar file", "GET", "/deadlines.ics", _ALL),
    Right("deadlines", "tick off", "POST", "/deadlines/{deadline_id}", _EDIT),
    Right("audits", "read", "GET", "/audits", _AUDIT),
    Right("audits", "read one", "GET", "/audits/{name}", _AUDIT),
    Right("audits", "crop", "GET", "/audits/{name}/crop", _AUDIT),
    Right("statistics", "read", "GET", "/statistics", _ALL),
    Right("upload", "read", "GET", "/upload", _EDIT),
    Right("upload", "send", "POST", "/upload", _EDIT),
    Right("upload", "progress", "GET", "/upload/jobs", _EDIT),
    Right("protected", "read", "GET", "/protected", _ALL, "protected-list"),
    Right("users", "read", "GET", "/users", _ADMIN),
    Right("users", "add", "POST", "/users", _ADMIN),
    Right("users", "change", "POST", "/users/{name}", _ADMIN),
    Right("api", "describe", "GET", "/api/v1/openapi.json", _ALL),
    Right("api", "documents", "GET", "/api/v1/documents", _ALL),
    Right("api", "document", "GET", "/api/v1/documents/{sha256}", _ALL, "document"),
    Right("api", "upload", "POST", "/api/v1/documents", _EDIT),
    Right("api", "letters", "GET", "/api/v1/letters", _ALL),
    Right("api", "letter", "GET", "/api/v1/letters/{letter_id}", _ALL, "document"),
    Right("api", "correct", "PATCH", "/api/v1/letters/{letter_id}", _EDIT, "document"),
    Right("api", "findings", "GET", "/api/v1/findings", _ALL),
    Right("api", "deadlines", "GET", "/api/v1/deadlines", _ALL),
    Right("api", "search", "GET", "/api/v1/search", _ALL),
)

_BY_ROUTE = {(right.method, right.path): right for right in MATRIX}


def right_of(method: str, path: str) -> Right | None:
    """The row of a route, by its method and path template; None: nobody may."""
    return _BY_ROUTE.get((cast(Method, "GET" if method == "HEAD" else method), path))


def may(right: Right, role: Role | None, *, protected: bool = False, may_see_protected: bool = False) -> bool:
    """Whether one cell of the table says yes.

    `role` None: nobody is logged in. `protected`: the document that the page tells of carries a secrecy mark.
    """
    if right.roles is None:
        return True
    if role is None or role not in right.roles:
        return False
    if right.about == "protected-list":
        return may_see_protected
    return not (right.about == "document" and protected)


def links(role: Role, may_see_protected: bool) -> frozenset[str]:
    """The pages whose main view a person may open: what the menu shows."""
    return frozenset(
        right.page
        for right in MATRIX
        if right.method == "GET"
        and right.action == "read"
        and may(right, role, may_see_protected=may_see_protected)
    )
