"""Questions in SQL: answered from copies, only questions, nothing of protected files, no way to other files."""

from __future__ import annotations

import csv
import datetime as dt
import io
import json
import time
from pathlib import Path

import pyarrow as pa
import pytest
from click.testing import CliRunner

from pipeline.cli import cli
from pipeline.errors import BadInputError
from pipeline.query import Bounds, ask
from pipeline.store import Store
from pipeline.store.tables import TABLES, arrow, column_names
from schemas.result import Result
from tests.make_records import deadline, letter, receipt, result

AT = dt.datetime(2023, 6, 8, 9, 30, tzinfo=dt.UTC)
LETTERS = pa.table({"id": [1, 2], "subject": ["ก", "ข"]})


@pytest.fixture
def url(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    monkeypatch.setenv("SARABAN_HOME", str(tmp_path))
    monkeypatch.setenv("SARABAN_LANG", "en")
    url = f"sqlite:///{tmp_path / 'register.sqlite3'}"
    store = Store(url)
    store.upgrade()
    kept = result(
        letter(receipts=(receipt(date=dt.date(2023, 6, 8)),), deadlines=(deadline(dt.date(2023, 6, 15)),)),
        letter(subject="=1+1"),
    )
    store.save(kept, None, AT)
    store.save(Result(file="", sha256="a" * 64, status="protected", secrecy="ลับ"), None, AT)
    store.close()
    return url


def test_only_what_is_asked_for_is_loaded() -> None:
    loaded: list[str] = []

    def load(name: str) -> pa.Table:
        loaded.append(name)
        return LETTERS

    answer = ask("SELECT max(subject) AS s FROM letters", ("letters", "receipts"), load)
    assert answer.rows == [("ข",)]
    assert answer.columns == ("s",)
    assert loaded == ["letters"]


@pytest.mark.parametrize(
    "question",
    [
        "DROP TABLE letters",
        "INSERT INTO letters VALUES (3, 'x')",
        "UPDATE letters SET subject = 'x'",
        "SELECT 1; SELECT 2",
        "COPY (SELECT 1) TO 'x.csv'",
        "ATTACH 'x.db'",
        "INSTALL sqlite",
        "SET enable_external_access = true",
        "SELECT * FROM read_csv('/etc/passwd')",
        "SELECT * FROM read_text('/etc/passwd')",
        "SELECT * FROM '/etc/passwd'",
        "SELECT * FROM glob('/*')",
        "SELECT * FROM read_blob('/etc/passwd')",
        "SELECT * FROM query('SELECT * FROM read_text(''/etc/passwd'')')",
        "SELECT * FROM letters UNION ALL SELECT 1, content FROM read_text('/etc/hostname')",
        "WITH x AS (SELECT * FROM read_text('/etc/passwd')) SELECT * FROM x",
        "FROM '/etc/passwd'",
        "SUMMARIZE '/etc/passwd'",
        "EXPLAIN ANALYZE COPY (SELECT 1) TO 'x.csv'",
        "EXPORT DATABASE 'x'",
        "SELECT getenv('HOME')",
        "CREATE TEMP TABLE t AS SELECT 1",
        "PRAGMA database_list",
        "CALL duckdb_settings()",
        "LOAD httpfs",
        "SELECT * FROM 'https://example.org/x.csv'",
        "SELECT * FROM sqlite_scan('register.sqlite3', 'letters')",
        "SELECT * FROM LETTERS_OF_MINE",
        "SELEC",
        "",
    ],
)
def test_anything_but_a_question_is_refused(question: str) -> None:
    with pytest.raises(BadInputError):
        ask(question, ("letters",), lambda name: LETTERS)


def test_no_variable_of_the_program_can_be_asked() -> None:
    other = pa.table({"secret": [1]})
    assert other.num_rows == 1
    with pytest.raises(BadInputError):
        ask("SELECT * FROM other", ("letters",), lambda name: LETTERS)


@pytest.mark.parametrize(
    ("question", "code"),
    [
        ("SELECT count(*) FROM range(1000000000000) a, range(1000) b", "query.too_long"),
        ("SELECT a.range, b.range FROM range(100000000) a, range(1000) b ORDER BY 2, 1", "query.too_long"),
        (
            "SELECT a.range FROM range(1000000000000) a WHERE a.range < 0 OR a.range > 999999999990",
            "query.too_long",
        ),
        ("SELECT range FROM range(1000000000000)", "query.too_many"),
        ("SELECT range FROM range(1001)", "query.too_many"),
    ],
)
def test_what_would_not_end_is_stopped(question: str, code: str) -> None:
    began = time.monotonic()
    with pytest.raises(BadInputError) as caught:
        ask(question, (), lambda name: LETTERS, Bounds(seconds=1.0, rows=1000))
    assert caught.value.code == code
    assert time.monotonic() - began < 30


def test_an_answer_within_the_bounds_is_whole() -> None:
    answer = ask("SELECT range FROM range(1000)", (), lambda name: LETTERS, Bounds(seconds=30, rows=1000))
    assert [row[0] for row in answer.rows] == list(range(1000))
    assert ask("SELECT 1 WHERE false", (), lambda name: LETTERS).rows == []


@pytest.mark.usefixtures("url")
def test_the_settings_bound_the_command(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SARABAN_QUERY_ROWS", "1")
    refused = CliRunner().invoke(cli, ["query", "SELECT id FROM letters", "--csv"])
    assert refused.exit_code == 2
    assert "more than 1 rows" in refused.output
    assert "\n1\n" not in refused.output


def test_columns_of_one_name_both_stay() -> None:
    assert ask("SELECT 1 AS a, 2 AS a", (), lambda name: LETTERS).rows == [(1, 2)]


def test_tables_are_typed_and_joined(url: str) -> None:
    answer = ask(
        "SELECT l.subject, d.date, r.date FROM letters l "
        "JOIN deadlines d ON d.letter_id = l.id JOIN receipts r ON r.letter_id = l.id",
        tuple(TABLES),
        lambda name: arrow(url, name),
    )
    assert answer.rows == [("ขอเชิญส่งผลงานเข้าร่วมประกวด", dt.date(2023, 6, 15), dt.date(2023, 6, 8))]


@pytest.mark.parametrize("name", TABLES)
def test_every_table_can_be_asked(url: str, name: str) -> None:
    assert arrow(url, name).column_names == column_names(name)


def test_nothing_of_a_protected_file_is_there(url: str) -> None:
    assert arrow(url, "documents").num_rows == 1
    assert "ลับ" not in str(arrow(url, "documents").to_pylist())


@pytest.mark.usefixtures("url")
def test_the_command_prints_tables_csv_and_json() -> None:
    run = CliRunner().invoke
    assert "letters:" in run(cli, ["query"]).stdout
    question = "SELECT subject, count(*) AS n FROM letters GROUP BY ALL ORDER BY subject"
    assert "subject" in run(cli, ["query", question]).stdout
    read = list(csv.DictReader(io.StringIO(run(cli, ["query", question, "--csv"]).stdout)))
    assert read[0] == {"subject": "'=1+1", "n": "1"}
    first = json.loads(run(cli, ["query", question, "--json"]).stdout.splitlines()[0])
    assert first == {"subject": "=1+1", "n": 1}
    refused = run(cli, ["query", "DELETE FROM letters"])
    assert refused.exit_code == 2
    assert "One SELECT at a time" in refused.output
