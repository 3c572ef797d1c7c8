"""A register as a house has it after a while comes up from every version with nothing lost or changed."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Connection, Engine, inspect, text

import pipeline.store.engine as db
from pipeline.store import Place, RowFilter, Store
from schemas.result import Problem, Result
from tests.postgres import Cluster
from tests.records import NOON, day, deadline, finding, ink, letter, reference, result, sha
from tests.store.test_migrations import migrate

OLDER = tuple(f"{version:04}" for version in range(1, int(db.NEWEST)))
_SINCE_STRETCHES = "0004"  # before, the search's rows were others; the store fills them in by itself
_SEARCH = ("searches", "search_vectors")
_OURS = ("search_words", "search_grams", "alembic_version", "sqlite_")
Rows = dict[str, list[dict[str, Any]]]


def live(store: Store) -> None:
    """Letters read, read again, corrected, confirmed, undone, parted; done deadlines; secret and useless files."""
    bundle = (
        letter("21"),
        letter(
            "22",
            deadlines=(deadline(None), deadline(dt.date(2023, 8, 1))),
            pages=(2,),
            references=(reference("77", None),),
        ),
    )
    store.save(result(letter("1", receipts=()), findings=(finding(), finding(None, "warning"))), None, NOON)
    store.save(result(*bundle, place=2, findings=(finding(1, "note"),)), None, NOON + dt.timedelta(1))
    named = (reference("1", dt.date(2023, 6, 2)),)
    store.save(result(letter("3", references=named, urgency=ink("ด่วนมาก")), place=3), None, NOON)
    store.save(result(place=4, status="partial"), None, NOON)
    problem = Problem(code="file.damaged", message="เสีย", message_en="damaged")
    store.save(Result(file="ข.pdf", sha256=sha(5), status="failed", problems=(problem,)), None, NOON)
    for known in (letter("6"), None):  # it was in the register before somebody saw its mark
        secret = Result(file="", sha256=sha(6), status="protected", secrecy="ลับ")
        store.save(secret if known is None else result(known, place=6), None, NOON)
    store.note_places(
        sha(1), [Place(path=f"/in/{name}.pdf", size=1, mtime_ns=2, ctime_ns=3) for name in "ab"]
    )
    store.note_original(sha(1), True)
    store.begin(sha(7))
    store.fail(sha(7), ("tool.missing", "ไม่มี", "missing"))

    version = store.correct(1, "subject", "เรื่องที่แก้แล้ว", who="สมใจ", version=1)
    version = store.confirm(1, who="สมใจ", version=version)
    store.correct(3, "references.0.number", "ลป 0017.2/ว21", who="สมใจ", version=1)
    store.undo(4, who="สมชาย", version=store.correct(4, "agency", "กรมทดลอง", who="สมชาย", version=1))
    store.save(result(letter("1", receipts=(), body=ink("อ่านใหม่")), findings=(finding(),)), None, NOON)
    store.finish_deadline(store.due().rows[0].id, who="สมใจ")
    store.regroup(sha(2), [[1], [2, 3]], who="สมใจ")
    account = store.accounts.add("สมใจ", "$argon2id$…", "clerk", who="somebody", sees_protected=True)
    moment = dt.datetime(2023, 7, 1, tzinfo=dt.UTC)
    store.accounts.open_session(account.id, "a" * 64, "csrf", moment)
    store.accounts.note_attempt("สมใจ", "127.0.0.1", False, moment)
    store.contests.keep("การประกวด", {"days": 3}, [], who="สมใจ")


def dump(connection: Connection) -> Rows:
    """All rows of our tables: as the database holds them (SQLite), or as JSON (PostgreSQL)."""
    found: Rows = {}
    for table in inspect(connection).get_table_names():
        if table.startswith(_OURS):
            continue
        if connection.dialect.name == "sqlite":
            found[table] = [dict(row._mapping) for row in connection.execute(text(f"SELECT * FROM {table}"))]
        else:
            found[table] = list(connection.scalars(text(f"SELECT row_to_json(t) FROM {table} t")))
    return found


def put(connection: Connection, rows: Rows, version: str) -> None:
    """Those of the rows, and of their columns, that a version has."""
    tables = inspect(connection).get_table_names()
    order = ["documents", "letters", "accounts", "contests", *_SEARCH]  # others lead to these
    for table in sorted(rows, key=lambda name: order.index(name) if name in order else len(order)):
        if table not in tables or (table in _SEARCH and version < _SINCE_STRETCHES):
            continue
        columns = [each["name"] for each in inspect(connection).get_columns(table)]
        names = ", ".join(columns)
        for row in rows[table]:
            if connection.dialect.name == "sqlite":
                holes = ", ".join(f":{name}" for name in columns)
                connection.execute(text(f"INSERT INTO {table} ({names}) VALUES ({holes})"), row)
            else:
                asked = text(f"INSERT INTO {table} SELECT * FROM json_populate_record(NULL::{table}, :row)")
                connection.execute(asked, {"row": json.dumps(row)})
        if connection.dialect.name != "sqlite" and "id" in columns:
            named = f"pg_get_serial_sequence('{table}', 'id')"
            connection.execute(text(f"SELECT setval({named}, max(id)) FROM {table} HAVING max(id) > 0"))


def same(before: Rows, after: Rows, columns: dict[str, list[str]]) -> None:
    """Every table that the older version had holds the same rows in the columns that it had."""
    for table, names in columns.items():
        cut = [sorted(repr([row[name] for name in names]) for row in rows[table]) for rows in (before, after)]
        assert cut[0] == cut[1], table


@pytest.fixture(params=["sqlite", "postgresql"])
def urls(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[tuple[str, str]]:
    """Two empty databases."""
    if request.param == "sqlite":
        yield f"sqlite:///{tmp_path / 'new' / 'r.sqlite3'}", f"sqlite:///{tmp_path / 'old.sqlite3'}"
        return
    server: Cluster = request.getfixturevalue("postgres")
    both = server.url(), server.url()
    yield both
    for url in both:
        server.drop(url)


def test_a_house_with_a_past_comes_up_from_every_version(urls: tuple[str, str], tmp_path: Path) -> None:
    store = Store(urls[0])
    store.upgrade()
    live(store)
    engine: Engine = store._engine
    with engine.connect() as connection:
        rows = dump(connection)
    assert all(rows[table] for table in rows if table not in ("submissions", "answers", "tokens", "once"))
    page, due, head = store.page(), store.due(), store.verify_log().head
    store.close()
    for version in OLDER:
        old = db.make_engine(urls[1])
        migrate(old, "base")
        migrate(old, version)
        with old.begin() as connection:
            put(connection, rows, version)
            had = {
                table: [each["name"] for each in inspect(connection).get_columns(table)]
                for table in inspect(connection).get_table_names()
                if not table.startswith(_OURS) and table not in _SEARCH
            }
        again = Store(urls[1])
        again.upgrade()
        with old.connect() as connection:
            same(rows, dump(connection), had)
        _check(again, version, page, due, head)
        again.close()
        old.dispose()


def _check(store: Store, version: str, page: Any, due: Any, head: str) -> None:
    """What people see is what they saw, as far as the version could keep it."""
    with_people = version >= "0002"
    assert [row.sha256 for row in store.page().rows] == [row.sha256 for row in page.rows]
    if with_people:
        assert store.page() == page
        assert store.due() == due
        assert store.letter(1).row.subject == "เรื่องที่แก้แล้ว"  # type: ignore[union-attr]
        assert [change.action for change in store.history(1)] == ["correct", "confirm"]
        assert store.groups(sha(2)) == ((1,), (2, 3))
    if version >= "0003":
        chain = store.verify_log()
        assert (chain.faults, chain.head) == ((), head)
    assert [entry.sha256 for entry in store.protected()] == [sha(6)]
    assert {hit.row.id for hit in store.search("งบประมาณ").hits} == {2, 3, 4}
    assert [hit.row.id for hit in store.search("งบประมาณ urgency:ด่วนมาก").hits] == [4]
    assert store.page(RowFilter(agency="ลป"), "number").total == 4
    for number, others in ((1, [4]), (2, [3] if with_people else [])):  # the second by a person's correction
        assert [hit.row.id for hit in store.kin(store.letter(number)).naming] == others  # type: ignore[arg-type]
    assert bool(store.proofs()) is with_people
    state = store.save(result(letter("8", date=day(dt.date(2023, 6, 9))), place=8), None, NOON)
    assert state == "kept"
    assert [hit.row.sha256 for hit in store.search("ว8").hits][:1] == [sha(8)]


def test_numbers_stand_in_their_order_in_a_database_that_sorts_by_language(postgres: Cluster) -> None:
    url = postgres.url("th")
    store = Store(url)
    store.upgrade()
    numbers = ("1", "10", "2", "02", "ก1")
    for place, running in enumerate(numbers, 1):
        store.save(result(letter(running), place=place), None, NOON)
    rows = store.page(RowFilter(agency="ลป"), "number").rows
    assert [row.number for row in rows] == sorted(f"ลป 0017.2/ว{running}" for running in numbers)
    first = store.page(RowFilter(agency="ลป"), "number", limit=2)
    rest = store.page(RowFilter(agency="ลป"), "number", after=first.next)
    assert (*first.rows, *rest.rows) == rows
    store.close()
    postgres.drop(url)
