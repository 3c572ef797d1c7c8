"""A document's first record is written past the mapper: as the mapper would write it, and whole or not at all."""

from __future__ import annotations

import datetime as dt

import pytest
from sqlalchemy import Engine, inspect, text

from pipeline.errors import ToolError
from pipeline.store import Store
from pipeline.store.engine import make_engine
from schemas.result import Problem, Result
from tests.records import NOON, day, deadline, finding, ink, letter, reference, result, sha

WHOLE = result(
    letter("1", deadlines=(deadline(dt.date(2023, 8, 1)), deadline(None)), urgency=ink("ด่วนมาก")),
    letter(
        "2",
        pages=(2,),
        date=day(dt.date(2023, 6, 3), 0.5),
        references=(reference("77", None), reference("78", dt.date(2022, 1, 5))),
    ),
    letter("3", pages=(3,), receipts=()),
    findings=(finding(), finding(1, "warning"), finding(None, "note")),
)


@pytest.fixture
def engine(database_url: str, store: Store) -> Engine:
    return make_engine(database_url)


def rows(engine: Engine) -> dict[str, list[tuple[object, ...]]]:
    """All tables but the log and numbers that nobody sees; documents without the moment of the last change."""
    found = {}
    with engine.connect() as connection:
        tables = inspect(connection)
        for table in tables.get_table_names():
            if table.startswith(("audit_log", "alembic", "search_words", "search_grams", "sqlite")):
                continue
            columns = {one["name"] for one in tables.get_columns(table)} - {"updated_at"}
            columns -= {"id"} if table not in ("letters", "changes") else set()
            asked = text(f"SELECT {', '.join(sorted(columns))} FROM {table}")
            found[table] = sorted(map(tuple, connection.execute(asked)), key=repr)
    engine.dispose()
    return found


@pytest.mark.parametrize("begun", [False, True], ids=["never seen", "being read"])
def test_the_first_record_is_written_as_the_mapper_writes_it(
    store: Store, engine: Engine, begun: bool
) -> None:
    if begun:
        store.begin(sha(1))
    store.save(WHOLE, None, NOON)
    first = rows(engine)
    store.save(WHOLE, None, NOON)  # by the mapper: the letters are there
    assert rows(engine) == first
    assert {name: len(each) for name, each in first.items() if each} == {
        "documents": 1,
        "letters": 3,
        "receipts": 2,
        "deadlines": 4,
        "mentions": 2,
        "findings": 3,
        "searches": 3,
        **({} if engine.dialect.name == "sqlite" else {"search_vectors": 3}),
    }


def test_a_number_is_never_given_twice(store: Store) -> None:
    store.save(result(letter("1"), letter("2", pages=(2,))), None, NOON)
    store.save(Result(file="", sha256=sha(1), status="protected", secrecy="ลับ"), None, NOON)
    store.save(result(letter("3"), place=2), None, NOON)
    assert [row.id for row in store.rows()] == [3]


def test_a_file_that_could_not_be_used_may_be_read_after_all(store: Store) -> None:
    problem = Problem(code="file.damaged", message="เสีย", message_en="damaged")
    store.save(Result(file="ก.pdf", sha256=sha(1), status="failed", problems=(problem,)), None, NOON)
    store.save(WHOLE, None, NOON)
    entry = store.entry(sha(1))
    assert entry is not None
    assert (entry.state, entry.error_code) == ("needs_person", None)
    assert [row.id for row in store.rows()] == [1, 2, 3]
    assert [entry.action for entry in store.log_entries()] == ["read", "quarantined"]


def test_what_fails_half_way_leaves_nothing_and_is_said_in_words(store: Store, engine: Engine) -> None:
    with engine.begin() as connection:
        connection.execute(text("ALTER TABLE mentions RENAME TO hidden"))
    with pytest.raises(ToolError, match="database failed") as caught:
        store.save(WHOLE, None, NOON)
    assert WHOLE.letters[0].subject is not None
    assert str(WHOLE.letters[0].subject.value) not in str(caught.value)
    assert (store.entry(sha(1)), store.rows(), store.log_entries()) == (None, [], [])
    with engine.begin() as connection:
        connection.execute(text("ALTER TABLE hidden RENAME TO mentions"))
    engine.dispose()
    assert store.save(WHOLE, None, NOON) == "needs_person"
    assert store.verify_log().faults == ()
    assert [hit.row.id for hit in store.search("1797").hits] == []
    assert len(store.rows()) == 3
