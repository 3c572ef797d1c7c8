"""The access table, cell by cell: role x page x action x secrecy, each tried against the application."""

from __future__ import annotations

from itertools import product

import pytest
from starlette.testclient import TestClient

from pipeline import cli_users
from pipeline.web.access import MATRIX, ROLES, Right, Role, links, may, right_of
from pipeline.web.app import every_route
from tests.web.conftest import SECRET, Office

LOST = 999_999  # a letter that is not there: what letters of protected documents are
CELLS = [
    (right, role, protected, sees)
    for right, role, protected, sees in product(MATRIX, (*ROLES, None), (False, True), (False, True))
    if (right.about == "document" or not protected) and (role is not None or not sees)
]


def name(cell: tuple[Right, Role | None, bool, bool]) -> str:
    right, role, protected, sees = cell
    return (
        f"{right.method} {right.path} {role} {'protected' if protected else 'open'}{' sees' if sees else ''}"
    )


@pytest.fixture(scope="module")
def clients(shared_office: Office) -> dict[tuple[Role | None, bool], TestClient]:
    return {
        (role, sees): shared_office.client(role, sees=sees)
        for role, sees in product((*ROLES, None), (False, True))
    }


@pytest.fixture(scope="module")
def tokens(shared_office: Office) -> dict[Role | None, dict[str, str]]:
    return {**{role: shared_office.token(role) for role in ROLES}, None: {}}


def address(right: Right, office: Office, protected: bool) -> str:
    path = right.path.format(
        sha256=SECRET if protected else office.hashes["good.pdf"],
        letter_id=LOST if protected else office.ids["good.pdf"],
        number=1,
        name={"static": "saraban.css", "users": "analyst-sees"}.get(right.page, "report"),
        lang="en",
        key="nobody-knows",
        deadline_id=office.store.due(None, None, done=None).rows[0].id,
    )
    return f"{path}?file=crops/1.png" if right.action == "crop" else path


@pytest.mark.parametrize("cell", CELLS, ids=name)
def test_a_cell_says_what_the_application_does(cell, shared_office, clients, tokens):
    right, role, protected, sees = cell
    leaving = right.path == "/logout"  # that session is gone afterwards
    browser = shared_office.client(role, sees=sees) if leaving else clients[role, sees]
    headers = tokens[role] if right.page == "api" else {}
    answer = browser.request(right.method, address(right, shared_office, protected), headers=headers)
    granted = may(right, role, protected=protected, may_see_protected=sees)
    refused = (
        answer.status_code in (401, 403)
        or answer.headers.get("location", "").startswith("/login?")
        or (answer.status_code == 404 and right.page != "start")
    )
    assert refused != granted, answer.status_code
    if protected:
        assert answer.status_code in (401, 403, 404) or answer.headers["location"].startswith("/login")
        assert "ลับ" not in answer.text


def test_every_route_stands_in_the_table_and_every_row_has_a_route(office):
    assert every_route(office.app) == {(right.method, right.path) for right in MATRIX}
    assert len(MATRIX) == len({(right.method, right.path) for right in MATRIX})


def test_what_is_not_in_the_table_is_nobodys():
    assert right_of("DELETE", "/letters/{letter_id}") is None
    assert right_of("HEAD", "/register") == right_of("GET", "/register")


def test_protected_and_unknown_documents_are_refused_in_the_same_words(shared_office):
    admin = shared_office.client("admin", sees=True)
    answers = [admin.get(f"/documents/{sha256}") for sha256 in (SECRET, "0" * 64)]
    texts = {answer.text.replace(SECRET, "").replace("0" * 64, "") for answer in answers}
    assert len(texts) == 1
    assert {answer.status_code for answer in answers} == {404}


@pytest.mark.parametrize("role", ROLES)
def test_the_list_of_protected_documents_is_for_the_named_few(shared_office, role):
    seen = shared_office.client(role, sees=True).get("/protected")
    assert "ลับมาก" in seen.text
    assert SECRET not in seen.text
    hidden = shared_office.client(role).get("/protected")
    assert hidden.status_code == 404
    assert "ลับมาก" not in hidden.text


@pytest.mark.parametrize("role", ROLES)
def test_protected_documents_show_nowhere_else(shared_office, role):
    browser = shared_office.client(role, sees=True)
    for path in ("/", "/register", "/register/print", "/search?q=ลับมาก", "/statistics", "/deadlines"):
        text = browser.get(path).text
        assert SECRET not in text
        assert SECRET[:12] not in text
    told = browser.get("/api/v1/documents?limit=200", headers=shared_office.token(role))
    assert SECRET not in told.text


def test_the_menu_shows_only_what_opens(shared_office):
    for role, sees in product(ROLES, (False, True)):
        browser = shared_office.client(role, sees=sees)
        page = browser.get("/").text
        for key in ("users", "protected", "upload", "audits"):
            assert (f'href="/{key}"' in page) == (key in links(role, sees)), (role, key)


def test_the_commands_know_the_same_roles():
    assert cli_users.ROLES == ROLES
