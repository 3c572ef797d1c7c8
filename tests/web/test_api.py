"""The API: tokens, cursors, ETags, corrections, problems; and what schemathesis makes of its description."""

from __future__ import annotations

import datetime as dt

import pytest
import schemathesis
from hypothesis import HealthCheck, given, settings
from schemathesis.specs.openapi.checks import ignored_auth, positive_data_acceptance

from pipeline.web.api.problems import MEDIA
from tests import house
from tests.web.conftest import TODAY, Office, make_office

V1 = "/api/v1"
OPERATIONS = (
    ("get", "documents"),
    ("post", "documents"),
    ("get", "documents/{sha256}"),
    ("get", "letters"),
    ("get", "letters/{letter_id}"),
    ("patch", "letters/{letter_id}"),
    ("get", "findings"),
    ("get", "deadlines"),
    ("get", "search"),
)


@pytest.fixture
def api(office: Office):
    """A program with a clerk's token."""
    browser = office.client(None)
    browser.headers.update(office.token("clerk"))
    return browser


def is_problem(answer, status: int, code: str | None = None) -> bool:
    said = answer.json()
    return (
        answer.status_code == status == said["status"]
        and answer.headers["content-type"] == MEDIA
        and (code is None or said["code"] == code)
        and bool(said["detail"])
    )


def test_without_a_good_token_nothing_is_told(office):
    stranger = office.client(None)
    for headers in ({}, {"authorization": "Bearer wrong"}, {"authorization": "Basic eDp5"}):
        answer = stranger.get(f"{V1}/letters", headers=headers)
        assert is_problem(answer, 401)
        assert answer.headers["www-authenticate"] == "Bearer"
    assert office.client("admin").get(f"{V1}/letters").status_code == 401  # a browser's session is no token


def test_a_token_ends(office):
    headers = office.token("analyst")
    browser = office.client(None)
    assert browser.get(f"{V1}/letters", headers=headers).status_code == 200
    office.store.accounts.drop_token(office.store.accounts.tokens()[0].id, who="test")
    assert browser.get(f"{V1}/letters", headers=headers).status_code == 401


def test_a_list_is_read_page_by_page_without_loss(api, office):
    seen: list[int] = []
    after = None
    for _ in range(20):
        page = api.get(f"{V1}/letters", params={"limit": 2, **({"after": after} if after else {})}).json()
        seen += [row["id"] for row in page["items"]]
        assert page["total"] == 5
        after = page["next"]
        if after is None:
            break
    assert sorted(seen) == sorted(row.id for row in office.store.rows())
    assert len(seen) == len(set(seen))


def test_documents_are_read_page_by_page_too(api, office):
    first = api.get(f"{V1}/documents", params={"limit": 3}).json()
    second = api.get(f"{V1}/documents", params={"limit": 3, "after": first["next"]}).json()
    hashes = [one["sha256"] for one in first["items"] + second["items"]]
    assert sorted(hashes) == sorted(office.hashes.values())
    assert second["next"] is None


def test_filters_choose(api, office):
    found = api.get(f"{V1}/letters", params={"agency": "ชร"}).json()
    assert [row["number"] for row in found["items"]] == ["ชร 0023.3/ว14"]
    assert is_problem(api.get(f"{V1}/letters", params={"limit": 0}), 422, "request.invalid")
    assert is_problem(api.get(f"{V1}/letters", params={"date_from": "someday"}), 422)


def test_a_document_is_not_sent_twice(api, office):
    path = f"{V1}/documents/{office.hashes['good.pdf']}"
    first = api.get(path)
    assert first.json()["letters"][0]["subject"]["value"] == "ขอเชิญส่งผลงานเข้าร่วมประกวด"
    again = api.get(path, headers={"if-none-match": first.headers["etag"]})
    assert (again.status_code, again.content) == (304, b"")
    assert is_problem(api.get(f"{V1}/documents/{'0' * 64}"), 404)
    assert is_problem(api.get(f"{V1}/documents/xyz"), 404)


def test_a_correction_needs_the_version_that_was_seen(api, office):
    path = f"{V1}/letters/{office.ids['doubtful.pdf']}"
    tag = api.get(path).headers["etag"]
    change = {"path": "number", "value": "ลป 0017.2/ว1797"}
    assert is_problem(api.patch(path, json=change), 428)
    done = api.patch(path, json=change, headers={"if-match": tag})
    assert done.status_code == 200
    assert done.json()["letter"]["number"]["value"]["text"] == "ลป 0017.2/ว1797"
    assert done.json()["corrected"] == ["number"]
    assert done.headers["etag"] != tag
    assert is_problem(api.patch(path, json=change, headers={"if-match": tag}), 412, "letter.changed")
    bad = api.patch(path, json={"path": "date", "value": "x"}, headers={"if-match": done.headers["etag"]})
    assert is_problem(bad, 422, "value.invalid")
    unknown = api.patch(path, json={**change, "extra": 1}, headers={"if-match": "*"})
    assert is_problem(unknown, 422, "request.invalid")
    assert office.store.history(office.ids["doubtful.pdf"])[-1].who == "clerk"


def test_who_may_only_read_may_not_correct(office):
    browser = office.client(None)
    browser.headers.update(office.token("analyst"))
    path = f"{V1}/letters/{office.ids['doubtful.pdf']}"
    answer = browser.patch(path, json={"path": "subject", "value": "x"}, headers={"if-match": "*"})
    assert is_problem(answer, 403, "no_right")
    assert is_problem(browser.post(f"{V1}/documents", files={"file": ("a.txt", b"x")}), 403)


def test_findings_deadlines_and_search(api, office):
    found = api.get(f"{V1}/findings", params={"severity": "error"}).json()
    assert {one["finding"]["id"] for one in found["items"]} == {"DATE-02"}
    assert api.get(f"{V1}/findings", params={"rule": "NONE"}).json()["items"] == []
    due = api.get(f"{V1}/deadlines", params={"first": TODAY.isoformat()}).json()["items"]
    assert [one["date"] for one in due] == [(TODAY + dt.timedelta(days=days)).isoformat() for days in (1, 3)]
    one = api.get(f"{V1}/deadlines", params={"limit": 1}).json()
    two = api.get(f"{V1}/deadlines", params={"limit": 1, "after": one["next"]}).json()
    assert [*one["items"], *two["items"]] == due
    assert two["next"] is None
    assert is_problem(api.get(f"{V1}/deadlines", params={"after": "x"}), 422, "cursor.invalid")
    hits = api.get(f"{V1}/search", params={"q": "ประชุมคณะทำงาน"}).json()["items"]
    assert hits[0]["row"]["id"] == office.ids["doubtful.pdf"]
    assert is_problem(api.get(f"{V1}/search", params={"q": "due:someday"}), 422, "query.filter")
    assert is_problem(api.get(f"{V1}/search"), 422)


def test_a_file_is_handed_over(api, office):
    answer = api.post(f"{V1}/documents", files={"file": ("../letter.txt", house.letter(91).encode())})
    assert answer.status_code == 202
    assert answer.json()["name"] == "letter.txt"
    assert any(row.number == "ลป 0017.2/91" for row in office.store.rows())
    assert is_problem(api.post(f"{V1}/documents", data={"file": "text"}), 422, "file.missing")


def test_what_is_not_there_is_a_problem_too(api):
    assert is_problem(api.get(f"{V1}/nothing"), 404)
    refused = api.delete(f"{V1}/letters")
    assert is_problem(refused, 405, "no_method")
    assert refused.headers["allow"] == "GET"


def test_what_is_refused_before_it_is_read_is_a_problem_as_well(api):
    assert is_problem(api.patch(f"{V1}/letters/1", content=b"x" * 300_000), 413, "too_large")
    refused = api.get(f"{V1}/letters", headers={"host": "evil.example"})
    assert is_problem(refused, 421, "host.unknown")
    assert refused.headers["x-content-type-options"] == "nosniff"


def test_the_description_names_every_operation(api):
    described = api.get(f"{V1}/openapi.json").json()
    told = {(method, path) for path, methods in described["paths"].items() for method in methods}
    assert told == {(method, f"{V1}/{path}") for method, path in OPERATIONS}
    assert described["security"] == [{"token": []}]


# --- fuzzing --------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def fuzzed(tmp_path_factory: pytest.TempPathFactory):
    office = make_office(tmp_path_factory.mktemp("fuzz") / "home")
    secret = office.token("admin")["authorization"]
    return schemathesis.openapi.from_asgi(
        f"{V1}/openapi.json", office.app, headers={"authorization": secret, "host": "localhost"}
    ), secret


@pytest.mark.parametrize("operation", OPERATIONS, ids=" ".join)
def test_no_request_breaks_the_api(fuzzed, operation):
    described, secret = fuzzed
    method, path = operation

    @given(case=described[f"{V1}/{path}"][method].as_strategy())
    @settings(
        max_examples=15,
        deadline=None,
        derandomize=True,
        database=None,
        suppress_health_check=list(HealthCheck),
    )
    def try_it(case):
        case.call_and_validate(
            headers={"authorization": secret, "host": "localhost"},
            # the first asks again with our header still on (tested above instead); the second takes any text
            # for a good cursor or date filter
            excluded_checks=[ignored_auth, positive_data_acceptance],
        )

    try_it()
