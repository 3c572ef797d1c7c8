"""The register in pages: whatever is asked, in whatever order, each letter once, however little a page may look at."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from pathlib import Path
from typing import Any, get_args

import pytest
from sqlalchemy import event

from pipeline.store import RegisterRow, RowFilter, Sort, Store, walking
from tests.records import NOON, day, finding, ink, letter, result

DAY = dt.date(2023, 6, 1)
MANY = 40
SENDERS = ("ศาลากลางจังหวัดลำปาง", "กรมทดลอง", "สำนักงานจังหวัดชุมพร")


def made(place: int) -> Any:
    """A letter whose values come in many ways together."""
    return letter(
        str(1000 + 37 * place % 101),
        agency=ink(SENDERS[place % 3]) if place % 11 else None,
        date=day(DAY + dt.timedelta(days=17 * place % 40)) if place % 7 else None,
        kind=ink("memo" if place % 5 == 0 else "external"),
        urgency=ink("ด่วนมาก") if place % 4 == 0 else None,
        subject=ink("เรื่องหนึ่ง", 0.5 if place % 6 == 0 else 0.97),
        addressee=ink("ผู้อำนวยการกอง" if place % 2 else "นายอำเภอ"),
        **({} if place % 3 else {"deadlines": ()}),
    )


@pytest.fixture
def many(store: Store) -> Store:
    for place in range(1, MANY + 1):
        findings = (finding(),) if place % 9 == 0 else ()
        moment = NOON + dt.timedelta(hours=place // 2)
        store.save(result(made(place), place=place, findings=findings), None, moment)
    store.save(result(place=MANY + 1, status="partial"), None, NOON + dt.timedelta(hours=8))
    store.save(result(place=MANY + 2, status="partial"), None, NOON + dt.timedelta(hours=20))
    return store


Answers = Callable[[RegisterRow], bool]
FILTERS: dict[str, tuple[dict[str, Any], Answers]] = {
    "all": ({}, lambda row: True),
    "kind": ({"kind": "memo"}, lambda row: row.kind == "memo"),
    "none": ({"kind": "order"}, lambda row: False),
    "urgency and kind": (
        {"urgency": "ด่วนมาก", "kind": "external"},
        lambda row: row.urgency == "ด่วนมาก" and row.kind == "external",
    ),
    "person": ({"needs_person": True}, lambda row: row.needs_person),
    "errors": ({"has_error": True}, lambda row: row.errors > 0),
    "state": ({"state": "kept", "has_error": False}, lambda row: row.state == "kept" and not row.errors),
    "other state": ({"state": "quarantined"}, lambda row: False),
    "sender": ({"agency": SENDERS[1]}, lambda row: row.agency == SENDERS[1]),
    "code": ({"agency": "ลป"}, lambda row: row.code == "ลป"),
    "part of a sender": ({"agency": "ทดลอง"}, lambda row: row.agency == SENDERS[1]),
    "addressee, dates": (
        {"addressee": "นายอำเภอ", "date_from": DAY, "date_to": DAY + dt.timedelta(days=20)},
        lambda row: row.addressee == "นายอำเภอ" and row.date is not None and (row.date - DAY).days <= 20,
    ),
    "received": (
        {"received_from": NOON.date(), "received_to": NOON.date()},
        lambda row: row.received_at.astimezone().date() == NOON.date(),
    ),
    "open": ({"open_deadline": True, "has_deadline": True}, lambda row: row.deadline is not None),
    "not confirmed": ({"confirmed": False, "has_receipt": True}, lambda row: row.receipt_number is not None),
}


@pytest.mark.parametrize("small", [False, True], ids=["sorted", "walked"])
def test_every_filter_in_every_order_gives_each_letter_once(
    many: Store, monkeypatch: pytest.MonkeyPatch, small: bool
) -> None:
    if small:  # as in a register in which all of these are many
        for name, value in (("FEW", 2), ("WALKED", 9), ("_SET", 12), ("_ASKED", 5), ("_TRIED", 10)):
            monkeypatch.setattr(walking, name, value)
    rows = many.rows()
    for name, (asked, answers) in FILTERS.items():
        right = [row for row in rows if answers(row) and (row.id is not None or _of_files(asked))]
        for sort in get_args(Sort):
            assert listed(many, asked, sort) == ordered(right, sort), (name, sort)


def _of_files(asked: dict[str, Any]) -> bool:
    """Whether what is asked is known of a file without letters."""
    return not asked or asked.keys() <= {"needs_person", "received_from", "received_to"}


def listed(store: Store, asked: dict[str, Any], sort: Sort) -> list[tuple[int | None, str]]:
    """All pages of a list, one behind the other."""
    found: list[tuple[int | None, str]] = []
    after: str | None = None
    for _ in range(4 * MANY):
        page = store.page(RowFilter(**asked), sort, limit=9, after=after)
        found += [(row.id, row.sha256) for row in page.rows]
        assert page.total >= len(page.rows)
        after = page.next
        if after is None:
            assert not page.exact or page.total == len(found)
            return found
        assert not page.exact or page.total > 0
    raise AssertionError("The list has no end.")


def ordered(rows: list[RegisterRow], sort: Sort) -> list[tuple[int | None, str]]:
    """The same rows by another way: empty values last, letters of one value as they came."""
    name, down = sort.lstrip("-"), sort.startswith("-")
    field = {"received": "received_at", "due": "deadline"}.get(name, name)
    known = [row for row in rows if getattr(row, field) is not None and (row.id or name == "received")]
    empty = [row for row in rows if getattr(row, field) is None and row.id]
    files = [row for row in rows if row.id is None and name != "received"]

    def key(row: RegisterRow) -> tuple[Any, ...]:
        return getattr(row, field), row.id or 0, row.sha256

    told = [
        *sorted(known, key=key, reverse=down),
        *sorted(empty, key=lambda row: row.id or 0, reverse=down),
        *sorted(files, key=lambda row: (row.received_at, row.sha256), reverse=down),
    ]
    return [(row.id, row.sha256) for row in told]


def test_a_page_that_met_too_few_says_where_to_go_on(many: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    for name, value in (("FEW", 2), ("WALKED", 5), ("_TRIED", 5)):
        monkeypatch.setattr(walking, name, value)
    page = many.page(RowFilter(urgency="ด่วนมาก", kind="memo"), "number")
    assert len(page.rows) < 3
    assert page.next is not None
    assert not page.exact


def test_a_page_of_documents_is_read_along_the_hashes(tmp_path: Path) -> None:
    store, asked = Store(f"sqlite:///{tmp_path / 'r.sqlite3'}"), []
    store.upgrade()
    for place in range(1, 4):
        store.save(result(made(place), place=place), None, NOON)
    event.listen(store._engine, "before_cursor_execute", lambda *each: asked.append(each[2:4]))
    assert len(store.results(limit=2)) == 2
    (question,) = [each for each in asked if "ORDER BY documents.sha256" in each[0]]
    with store._engine.connect() as connection:
        plan = connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {question[0]}", question[1]).all()
    store.close()
    assert "SEARCH documents USING INDEX sqlite_autoindex_documents_1" in str(plan), plan
    assert "TEMP B-TREE" not in str(plan), plan
