"""The audit log: append-only, and every change of it is seen; so is every change of an original."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner
from sqlalchemy import text
from sqlalchemy.exc import DatabaseError

from pipeline.cli import cli
from pipeline.inbox import Settling
from pipeline.ledger import Ledger
from pipeline.settings import Settings
from pipeline.store import Store, open_store
from pipeline.store.engine import make_engine
from pipeline.vault import find_original
from pipeline.verify import verify
from tests.house import fill, settings_for
from tests.records import NOON, letter, result


def tamper(url: str, *statements: str) -> None:
    """Change tables behind the store's back, its guards taken away first."""
    engine = make_engine(url)
    with engine.begin() as database:
        if database.dialect.name == "sqlite":
            for verb in ("update", "delete"):
                database.execute(text(f"DROP TRIGGER IF EXISTS audit_log_no_{verb}"))
        else:
            database.execute(text("DROP TRIGGER IF EXISTS audit_log_no_change ON audit_log"))
        for statement in statements:
            database.execute(text(statement))
    engine.dispose()


@pytest.fixture
def busy(store: Store) -> Store:
    """A store in which people have worked."""
    store.save(result(letter()), None, NOON)
    version = store.correct(1, "subject", "เรื่องที่ถูก", who="สมใจ", version=1)
    store.confirm(1, who="สมใจ", version=version)
    store.log("export", "สมใจ", "register", {"rows": 1})
    return store


def test_what_people_do_is_in_the_log_without_the_letters_words(busy: Store) -> None:
    entries = busy.log_entries()
    assert [each.action for each in entries] == ["export", "confirm", "correct", "read"]
    assert [each.who for each in entries] == ["สมใจ", "สมใจ", "สมใจ", "saraban"]
    assert entries[2].detail["path"] == "subject"
    assert "เรื่องที่ถูก" not in "".join(each.model_dump_json() for each in entries)
    assert [each.seq for each in busy.log_entries(after=3, limit=1)] == [2]
    assert [each.action for each in busy.log_entries(subject="letter 1")] == ["confirm", "correct"]
    chain = busy.verify_log()
    assert (chain.length, chain.faults, chain.head) == (4, (), entries[0].hash)


@pytest.mark.parametrize(
    "statement", ["UPDATE audit_log SET who = 'x' WHERE seq = 2", "DELETE FROM audit_log"]
)
def test_the_database_itself_refuses_changes(busy: Store, database_url: str, statement: str) -> None:
    engine = make_engine(database_url)
    with pytest.raises(DatabaseError, match="takes no change"), engine.begin() as database:
        database.execute(text(statement))
    engine.dispose()
    assert busy.verify_log().faults == ()


@pytest.mark.parametrize(
    ("statement", "row"),
    [
        ("UPDATE audit_log SET who = 'คนอื่น' WHERE seq = 2", 2),
        ("UPDATE audit_log SET at = '2020-01-01T00:00:00+00:00' WHERE seq = 3", 3),
        ("UPDATE audit_log SET detail = '{}' WHERE seq = 2", 2),
        ("UPDATE audit_log SET hash = previous WHERE seq = 2", 2),
        ("DELETE FROM audit_log WHERE seq = 2", 3),
        ("DELETE FROM audit_log WHERE seq = 1", 2),
        ("UPDATE changes SET who = who, path = 'agency' WHERE id = 1", 2),
        ("UPDATE changes SET reading = was WHERE id = 1", 2),
    ],
)
def test_every_change_behind_its_back_is_seen(
    busy: Store, database_url: str, statement: str, row: int
) -> None:
    tamper(database_url, statement)
    assert row in [fault.seq for fault in busy.verify_log().faults]


def test_a_correction_that_nobody_logged_is_seen(busy: Store, database_url: str) -> None:
    tamper(
        database_url,
        "INSERT INTO changes (id, letter_id, action, path, who, at, salt) "
        "VALUES (99, 1, 'correct', 'subject', 'ใคร', '2023-06-05 00:00:00', 'x')",
    )
    assert "99" in busy.verify_log().faults[-1].message_en


def test_a_correction_that_went_with_its_letter_raises_no_alarm(store: Store, database_url: str) -> None:
    store.save(result(letter("1"), letter("2", pages=(2,))), None, NOON)
    store.correct(2, "subject", "ก", who="a", version=1)
    store.save(result(letter("1", pages=(1, 2))), None, NOON)  # the second was no letter of its own
    store.correct(1, "subject", "ข", who="a", version=2)  # SQLite gives it the number of the one that went
    assert store.verify_log().faults == ()
    tamper(database_url, "UPDATE changes SET who = 'b', salt = 'x'")
    (fault,) = store.verify_log().faults
    assert "not what row" in fault.message_en


def test_a_log_cut_off_at_its_end_is_seen_by_whoever_wrote_its_hash_down(
    busy: Store, database_url: str
) -> None:
    head = busy.verify_log().head
    tamper(database_url, "DELETE FROM audit_log WHERE seq = 4")
    assert busy.verify_log().faults == ()
    assert not busy.verify_log(head).known
    busy.log("x", "y")
    assert not busy.verify_log(head).known


@pytest.fixture
def house(tmp_path: Path) -> Settings:
    settings = settings_for(tmp_path / "home")
    (tmp_path / "inbox").mkdir()
    fill(tmp_path / "inbox")
    ledger = Ledger(settings)
    with ledger.lock():
        for sha256 in ledger.admit(tmp_path / "inbox", Settling(0)).documents:
            ledger.work(sha256, NOON.date())
    return settings


def test_every_original_is_read_back(house: Settings) -> None:
    verdict = verify(house)
    assert (verdict.sound, verdict.originals) == (True, 4)
    kept = open_store(house).rows()
    damaged, missing = (find_original(house, row.sha256) for row in kept[:2])
    assert damaged is not None
    assert missing is not None
    damaged.chmod(0o600)
    damaged.write_bytes(damaged.read_bytes() + b" ")
    missing.unlink()
    (secret,) = house.protected.iterdir()
    secret.write_bytes(b"x")
    faults = verify(house).faults
    assert len(faults) == 3
    assert {kept[0].sha256, kept[1].sha256, secret.name[:64]} == {
        sha256
        for sha256 in (kept[0].sha256, kept[1].sha256, secret.name[:64])
        for fault in faults
        if sha256 in fault.message
    }


def test_the_commands(house: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SARABAN_HOME", str(house.home))
    monkeypatch.setenv("SARABAN_LANG", "en")
    runner = CliRunner()
    said = runner.invoke(cli, ["find", "ประชุม", "--limit", "1"])
    assert said.exit_code == 0, said.output
    assert "3 letters" in said.output
    hits = runner.invoke(cli, ["find", "from:ลป", "--json"]).output.splitlines()
    assert {json.loads(hit)["row"]["code"] for hit in hits} == {"ลป"}
    assert "Nothing was found" in runner.invoke(cli, ["find", "แผนลับเฉพาะ"]).output
    wrong = runner.invoke(cli, ["find", "from:"])
    assert (wrong.exit_code, "not understood" in wrong.output) == (2, True)
    sound = runner.invoke(cli, ["verify"])
    assert (sound.exit_code, "All is sound" in sound.output) == (0, True)
    assert runner.invoke(cli, ["verify", "--known", "0" * 64]).exit_code == 3
    assert json.loads(runner.invoke(cli, ["verify", "--json"]).output)["originals"] == 4
