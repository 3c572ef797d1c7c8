"""From the first version up, with data in the tables, on both databases."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from alembic import command
from alembic.config import Config
from sqlalchemy import Engine, text

import pipeline.store.engine as db
from pipeline.store import RowFilter, Store
from tests.records import NOON, finding, ink, letter, result, sha

_MIGRATIONS = Path(db.__file__).parent / "migrations"


@pytest.fixture
def engine(database_url: str, tmp_path: Path) -> Iterator[Engine]:
    (tmp_path / "house").mkdir(exist_ok=True)
    engine = db.make_engine(database_url)
    yield engine
    engine.dispose()


def migrate(engine: Engine, revision: str) -> None:
    config = Config()
    config.set_main_option("script_location", str(_MIGRATIONS))
    with engine.begin() as connection:
        config.attributes["connection"] = connection
        getattr(command, "upgrade" if revision != "base" else "downgrade")(config, revision)


def fill_first_version(engine: Engine) -> None:
    """What a house of the first version holds: a letter, a document without one, and a protected one."""
    kept = result(letter(), findings=(finding(), finding(None, "warning")))
    documents = [
        (sha(1), "kept", json.dumps(kept.model_dump(mode="json"))),
        (sha(2), "needs_person", json.dumps(result(place=2, status="partial").model_dump(mode="json"))),
        (sha(3), "protected", None),
    ]
    with engine.begin() as connection:
        for sha256, state, record in documents:
            connection.execute(
                text(
                    "INSERT INTO documents (sha256, state, attempts, name, received_at, updated_at, page_count, record)"
                    " VALUES (:sha256, :state, 1, 'a.pdf', :at, :at, 1, :record)"
                ),
                {"sha256": sha256, "state": state, "at": "2023-06-05 05:00:00.000000", "record": record},
            )
        connection.execute(
            text(
                "INSERT INTO letters (id, sha256, position, page, kind, code, number_text, letter_date, agency,"
                " subject, needs_person, doubtful) VALUES (1, :sha, 0, 1, 'external', 'ลป', 'ลป 0017.2/ว1797',"
                " '2023-06-02', 'ศาลากลางจังหวัดลำปาง', 'ขอเชิญประชุมคณะกรรมการ', false, '[]')"
            ),
            {"sha": sha(1)},
        )
        connection.execute(
            text(
                "INSERT INTO deadlines (letter_id, position, date, kind, phrase)"
                " VALUES (1, 0, '2023-07-01', 'fixed', 'ภายในวันที่')"
            )
        )
        for place, severity in enumerate(("error", "warning")):
            connection.execute(
                text(
                    "INSERT INTO findings (sha256, position, letter, rule, severity, fault, message, message_en)"
                    " VALUES (:sha, :place, :letter, 'DATE-01', :severity, 'document', 'วัน', 'day')"
                ),
                {"sha": sha(1), "place": place, "severity": severity, "letter": None if place else 0},
            )


def test_a_house_of_the_first_version_comes_up_whole(engine: Engine, database_url: str) -> None:
    migrate(engine, "0001")
    fill_first_version(engine)
    store = Store(database_url)
    store.upgrade()
    page = store.page()
    assert [row.sha256 for row in page.rows] == [sha(1), sha(2)]
    row = page.rows[0]
    assert (row.number, row.errors, row.warnings, row.version) == ("ลป 0017.2/ว1797", 1, 1, 1)
    assert row.received_at == NOON
    assert row.deadline == dt.date(2023, 7, 1)
    assert store.page(RowFilter(due_to=dt.date(2023, 7, 1), has_error=True)).total == 1
    assert [hit.row.id for hit in store.search("งบประมาณ from:ลป").hits] == [1]  # the body, from the record
    assert [due.letter_id for due in store.due().rows] == [1]
    assert [entry.sha256 for entry in store.protected()] == [sha(3)]
    version = store.correct(1, "subject", "เรื่องใหม่", who="a", version=1)
    store.save(result(letter("9")), None, NOON)
    seen = store.letter(1)
    assert seen is not None
    assert (seen.row.subject, seen.row.number, seen.version) == ("เรื่องใหม่", "ลป 0017.2/ว9", version + 1)
    store.close()


def test_letters_of_the_third_version_are_found_in_their_stretches(engine: Engine, database_url: str) -> None:
    store = Store(database_url)
    store.upgrade()
    store.save(result(letter(urgency=ink("ด่วนมาก"))), None, NOON)
    for revision in ("0003", "head"):
        command_ = command.downgrade if revision == "0003" else command.upgrade
        config = Config()
        config.set_main_option("script_location", str(_MIGRATIONS))
        with engine.begin() as connection:
            config.attributes["connection"] = connection
            command_(config, revision)
    assert [hit.row.id for hit in store.search("งบประมาณ").hits] == [1]
    assert [hit.row.id for hit in store.search("งบประมาณ urgency:ด่วนมาก").hits] == [1]
    store.save(result(letter("9"), place=2), None, NOON)
    assert [hit.row.id for hit in store.search("งบประมาณ").hits] == [2, 1]
    store.close()


def test_every_version_goes_up_and_down(engine: Engine) -> None:
    for _ in range(2):
        for revision in ("0001", "0002", "0003", "0004", "0005", "0006", "0007", "0008", "0009", "head"):
            migrate(engine, revision)
        migrate(engine, "base")
        with engine.begin() as connection:
            if engine.dialect.name == "sqlite":
                left = connection.execute(
                    text("SELECT name FROM sqlite_master WHERE type = 'table'")
                ).scalars()
            else:
                left = connection.execute(
                    text("SELECT tablename FROM pg_tables WHERE schemaname = 'public'")
                ).scalars()
            assert set(left) <= {"alembic_version", "sqlite_sequence"}


def test_little_waits_beside_the_word_indexes(engine: Engine) -> None:
    if engine.dialect.name == "sqlite":
        pytest.skip("SQLite has no such list")
    migrate(engine, "head")
    with engine.begin() as connection:
        options = connection.execute(
            text("SELECT reloptions FROM pg_class WHERE relname LIKE 'ix_search_vectors_%'")
        ).scalars()
        assert list(options) == [["gin_pending_list_limit=512"]] * 4


def test_a_connection_that_the_server_has_cut_is_made_anew(
    engine: Engine, database_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    if engine.dialect.name == "sqlite":
        pytest.skip("SQLite has no server")
    monkeypatch.setattr(db, "_FRESH_S", 0.0)
    store = Store(database_url)
    store.upgrade()
    store.save(result(letter()), None, NOON)
    with engine.begin() as connection:
        cut = text("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE pid <> pg_backend_pid() ")
        assert list(connection.execute(text(f"{cut.text} AND datname = current_database()")).scalars())
    assert len(store.page().rows) == 1
    store.close()
