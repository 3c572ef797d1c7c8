"""The store: records go in and come out the same, once each, and what is secret goes without a trace."""

from __future__ import annotations

import datetime as dt
import sqlite3
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import create_engine, text

from pipeline import stages
from pipeline.errors import BadInputError, SettingsError, ToolError
from pipeline.store import Place, Store
from pipeline.store.engine import NEWEST, _execute_patiently
from pipeline.store.models import Base
from schemas.finding import Finding, Severity
from schemas.ink import Box, Line, Page
from schemas.letter import Deadline, Letter, LetterNumber, Receipt, Signatory
from schemas.reading import Reading
from schemas.result import Document, Problem, Result

ROOT = Path(__file__).parents[1]
NOON = dt.datetime(2023, 6, 5, 12, tzinfo=dt.timezone(dt.timedelta(hours=7)))
A, B, C = "a" * 64, "ab" * 32, "0123" * 16


@pytest.fixture
def url(database_url: str) -> str:
    return database_url


@pytest.fixture
def store(url: str) -> Iterator[Store]:
    store = Store(url)
    store.upgrade()
    yield store
    store.close()


def reading(value: Any, confidence: float = 0.99, kind: Any = Any) -> Any:
    box = Box(1, 2, 3, 4)
    return Reading[kind](
        value=value, raw=f"‹{value}›", page=1, box=box, confidence=confidence, reader="print"
    )


def number(running: str) -> Any:
    value = LetterNumber(
        code="ลป", owner="0017.2", circular=True, running=running, year=None, text=f"ลป 0017.2/ว{running}"
    )
    return reading(value, kind=LetterNumber)


def letter(running: str = "1797", **changes: Any) -> Letter:
    full = Letter(
        kind=reading("external", kind=str),
        urgency=reading("ด่วนมาก", kind=str),
        number=number(running),
        agency=reading("ศาลากลางจังหวัดลำปาง", kind=str),
        date=reading(dt.date(2023, 6, 2), kind=dt.date),
        subject=reading("ขอเชิญประชุม", kind=str),
        addressee=reading("นายอำเภอทุกอำเภอ", kind=str),
        signatory=Signatory(name=reading("นายสมมติ ทดสอบดี", kind=str)),
        receipts=(
            Receipt(number=reading("9", kind=str), date=reading(dt.date(2023, 6, 7), kind=dt.date)),
            Receipt(
                agency=reading("สำนักงานอำเภอ", kind=str),
                number=reading("529", kind=str),
                date=reading(dt.date(2023, 6, 8), kind=dt.date),
                time=reading(dt.time(11, 5), kind=dt.time),
            ),
        ),
        deadlines=(deadline(dt.date(2023, 8, 15)), deadline(dt.date(2023, 7, 1)), deadline(None, "counted")),
        score=reading(67.92, kind=float),
        pages=(1,),
    )
    return full.model_copy(update=changes)


def deadline(day: dt.date | None, kind: str = "fixed") -> Deadline:
    return Deadline(
        date=reading(day, kind=dt.date), phrase=reading("ภายในวันที่ ๑", kind=str), kind=reading(kind, kind=str)
    )


def result(*letters: Letter, sha256: str = A, **more: Any) -> Result:
    settled = {"file": "หนังสือ.pdf", "status": "ok", "page_count": 1, **more}
    return Result(sha256=sha256, letters=letters, **settled)


def finding(place: int | None, severity: Severity = Severity.ERROR, fault: str = "document") -> Finding:
    return Finding.model_validate(
        {
            "id": "DATE-01",
            "severity": severity,
            "fault": fault,
            "title": "วัน",
            "message": "วันไม่ตรง",
            "message_en": "wrong day",
            "basis": "arithmetic",
            "letter": place,
        }
    )


def test_the_migrations_make_the_tables_that_the_models_describe(store: Store, url: str) -> None:
    with create_engine(url).connect() as connection:
        options = {"compare_type": True, "include_name": is_no_search_index}
        context = MigrationContext.configure(connection, opts=options)
        assert compare_metadata(context, Base.metadata) == []


def is_no_search_index(name: str | None, kind: str, _parents: object) -> bool:
    """The search's own tables differ between the databases, and no model describes them."""
    return not (kind == "table" and str(name).startswith(("search_words", "search_grams", "search_vectors")))


def test_upgrading_twice_or_side_by_side_does_no_harm(url: str) -> None:
    def upgrade(_: int) -> int:
        store = Store(url)
        store.upgrade()
        count = len(store.entries())
        store.close()
        return count

    with ThreadPoolExecutor(4) as pool:
        assert list(pool.map(upgrade, range(8))) == [0] * 8


def test_a_refused_statement_is_tried_again_until_the_lock_is_gone() -> None:
    class Locked:
        times = 0

        def execute(self, _: str) -> None:
            self.times += 1
            if self.times < 4:
                raise sqlite3.OperationalError("database is locked")
            if self.times > 4:
                raise sqlite3.OperationalError("no such table")

    cursor = Locked()
    _execute_patiently(cursor, "PRAGMA journal_mode=WAL")
    assert cursor.times == 4
    with pytest.raises(sqlite3.OperationalError, match="no such table"):
        _execute_patiently(cursor, "PRAGMA journal_mode=WAL")


def test_a_record_comes_back_as_it_went_in(store: Store) -> None:
    kept = result(letter(), letter("2"), findings=(finding(0),))
    assert store.save(kept, None, NOON) == "kept"
    stored = store.get(A)
    assert stored is not None
    assert stored.result == kept
    assert (stored.entry.name, stored.entry.received_at, len(stored.rows)) == ("หนังสือ.pdf", NOON, 2)
    assert stored.entry.received_at.utcoffset() == dt.timedelta(0)


def test_pages_come_back_for_judging_again(store: Store) -> None:
    line = Line(text="เรื่อง ขอเชิญประชุม", page=1, box=Box(0, 0, 9, 9))
    page = Page(number=1, width=595, height=842, lines=(line,))
    document = Document(file="หนังสือ.pdf", sha256=A, received_at=NOON, pages=(page,))
    store.save(result(letter()), document, NOON)
    assert store.document(A) == document
    assert store.document(B) is None


def test_a_register_row_holds_what_people_ask_for(store: Store) -> None:
    findings = (finding(0), finding(0, Severity.NOTE), finding(None, Severity.WARNING), finding(1))
    store.save(result(letter(), letter("2"), findings=findings), None, NOON)
    row, second = store.rows()
    assert (row.number, row.code, row.date) == ("ลป 0017.2/ว1797", "ลป", dt.date(2023, 6, 2))
    assert (row.kind, row.urgency, row.subject) == ("external", "ด่วนมาก", "ขอเชิญประชุม")
    assert (row.agency, row.addressee) == ("ศาลากลางจังหวัดลำปาง", "นายอำเภอทุกอำเภอ")
    assert (row.signatory, row.score, row.page) == ("นายสมมติ ทดสอบดี", 67.92, 1)
    assert (row.receipt_number, row.receipt_time) == ("529", dt.time(11, 5))  # the last office that stamped
    assert row.deadline == dt.date(2023, 7, 1)  # the earliest
    assert (row.errors, row.warnings, row.notes) == (1, 1, 1)
    assert (second.letter, second.errors, second.warnings) == (1, 1, 1)
    assert not row.needs_person
    assert row.doubtful == ()


def test_saving_again_doubles_nothing_and_keeps_the_numbers(store: Store) -> None:
    store.save(result(letter("1"), letter("2")), None, NOON)
    before = [row.id for row in store.rows()]
    for _ in range(3):
        store.save(result(letter("1"), letter("2")), None, NOON + dt.timedelta(days=1))
    assert [row.id for row in store.rows()] == before
    assert store.rows()[0].received_at == NOON
    store.save(result(letter("1")), None, NOON)
    assert [row.id for row in store.rows()] == before[:1]
    store.save(result(letter("1"), letter("3")), None, NOON)
    ids = [row.id for row in store.rows()]
    assert ids[0] == before[0]
    assert ids[1] not in before  # a number once given is never given again


def test_parts_of_a_letter_are_replaced_with_it(store: Store, url: str) -> None:
    for _ in range(3):
        store.save(result(letter(), findings=(finding(0),)), None, NOON)
    with create_engine(url).connect() as database:
        tables = ("documents", "letters", "receipts", "deadlines", "findings", "searches", "past_records")
        counts = [database.execute(text(f"SELECT count(*) FROM {table}")).scalar() for table in tables]
    assert counts == [1, 1, 2, 3, 1, 1, 0]


@pytest.mark.parametrize(
    ("changed", "needed"),
    [
        ({}, False),
        ({"status": "partial"}, True),
        ({"letters": ()}, True),
        ({"findings": (finding(0),)}, False),
        ({"findings": (finding(0, fault="reading"),)}, True),
        ({"letters": (letter(date=reading(None, kind=dt.date)),)}, True),
        ({"letters": (letter(date=reading(dt.date(2023, 6, 2), 0.5, kind=dt.date)),)}, True),
        ({"letters": (letter(phone=reading("0 2612 6060", 0.5, kind=str)),)}, False),
        ({"letters": (letter(phone=reading(None, 0.5, kind=str)),)}, False),
        ({"findings": (finding(0, fault="reading", severity="note"),)}, False),
        ({"letters": (letter(subject=reading(None, 0.5, kind=str)),)}, True),
        ({"letters": (letter(deadlines=(deadline(None, "counted"),)),)}, False),
        ({"letters": (letter(deadlines=(deadline(None, "fixed"),)),)}, True),
    ],
)
def test_when_a_person_is_needed(store: Store, changed: dict[str, Any], needed: bool) -> None:
    state = store.save(result(letter()).model_copy(update=changed), None, NOON)
    assert state == ("needs_person" if needed else "kept")
    (row,) = store.rows()
    assert row.state == state
    assert [one.sha256 for one in store.rows(needs_person=True)] == ([A] if needed else [])


def test_what_is_not_sure_is_named_in_the_row(store: Store) -> None:
    unsure = letter(subject=reading("ขอเชิญประขุม", 0.4, kind=str), score=reading(None, kind=float))
    store.save(result(unsure), None, NOON)
    assert store.rows()[0].doubtful == ("subject", "score")


def test_asking_by_hash_by_its_beginning_and_by_number(store: Store) -> None:
    store.save(result(letter("1"), letter("2")), None, NOON)
    store.save(result(letter("3"), sha256=B), None, NOON + dt.timedelta(hours=1))
    store.save(result(letter("4"), sha256=C), None, NOON + dt.timedelta(hours=2))
    by_number = store.get("2")
    assert by_number is not None
    assert (by_number.entry.sha256, by_number.letter) == (A, 1)
    by_hash = store.get(" ABAB ")
    assert by_hash is not None
    assert by_hash.entry.sha256 == B
    digits = store.get("012301")
    assert digits is not None
    assert digits.entry.sha256 == C
    assert store.get("aba") is None  # too short
    assert store.get("99") is None
    assert store.get("%%%%%") is None
    store.save(result(letter("5"), sha256="abab" + "c" * 60), None, NOON)
    with pytest.raises(BadInputError) as caught:
        store.get("abab")
    assert caught.value.code == "id.ambiguous"


def test_a_limit_gives_the_newest(store: Store) -> None:
    for hours, sha256 in enumerate((C, A, B)):
        store.save(result(letter(), sha256=sha256), None, NOON + dt.timedelta(hours=hours))
    assert [row.sha256 for row in store.rows()] == [C, A, B]
    assert [row.sha256 for row in store.rows(limit=2)] == [A, B]


def test_a_document_without_letters_is_still_listed(store: Store) -> None:
    store.save(result(status="partial"), None, NOON)
    (row,) = store.rows()
    assert (row.id, row.letter, row.file, row.needs_person) == (None, None, "หนังสือ.pdf", True)


def test_a_bad_file_is_in_the_ledger_but_not_in_the_register(store: Store) -> None:
    problem = Problem(code="file.empty", message="ว่าง", message_en="Empty.")
    assert store.save(result(status="failed", problems=(problem,)), None, NOON) == "quarantined"
    assert store.rows() == []
    (entry,) = store.entries(["quarantined"])
    assert (entry.error_code, entry.error, entry.error_en) == ("file.empty", "ว่าง", "Empty.")
    assert store.counts() == {"quarantined": 1}


def test_protection_erases_all_that_was_kept_before(store: Store, tmp_path: Path) -> None:
    words = "ถ้อยคำซึ่งต้องหายไป"
    if not str(store._engine.url).startswith("sqlite"):
        pytest.skip("looks into SQLite's files")
    store.save(result(letter(subject=reading(words, kind=str)), file=f"{words}.pdf"), None, NOON)
    store.note_places(A, [Place(path=f"/in/{words}.pdf", size=1, mtime_ns=1, ctime_ns=1)])
    data = b"".join(path.read_bytes() for path in (tmp_path / "house").iterdir())
    assert words.encode() in data  # so that its absence below means something
    protected = Result(file=f"{words}.pdf", sha256=A, status="protected", secrecy="ลับ")
    assert store.save(protected, None, NOON) == "protected"
    for path in (tmp_path / "house").iterdir():
        content = path.read_bytes()
        assert words.encode() not in content, path
        assert words.encode("unicode_escape") not in content, path
    stored = store.get(A)
    assert stored is not None
    assert stored.result == Result(file="", sha256=A, status="protected", secrecy="ลับ")
    assert (stored.entry.name, stored.entry.secrecy, stored.places) == (None, "ลับ", ())
    assert store.rows() == []


def test_a_class_is_never_lowered(store: Store) -> None:
    store.save(Result(file="x", sha256=A, status="protected", secrecy="ลับ"), None, NOON)
    assert store.save(result(letter()), None, NOON) == "protected"
    assert store.rows() == []
    assert store.begin(A).state == "protected"


def test_a_moment_without_its_zone_is_refused(store: Store) -> None:
    with pytest.raises(Exception, match="time zone"):
        store.save(result(letter()), None, NOON.replace(tzinfo=None))
    assert store.entries() == []


def test_threads_may_write_at_the_same_time(store: Store) -> None:
    hashes = [f"{place:064x}" for place in range(24)]

    def work(sha256: str) -> None:
        store.begin(sha256)
        store.save(result(letter(), sha256=sha256), None, NOON)

    with ThreadPoolExecutor(8) as pool:
        list(pool.map(work, hashes * 2))
    assert sorted(row.sha256 for row in store.rows()) == hashes


def test_trouble_with_the_database_is_told_in_words(tmp_path: Path) -> None:
    broken = tmp_path / "broken.sqlite3"
    broken.write_bytes(b"this is not a database" * 100)
    with pytest.raises(ToolError, match="database"):
        Store(f"sqlite:///{broken}").upgrade()
    with pytest.raises(SettingsError, match="SARABAN_HOME"):
        Store(f"sqlite:///{broken / 'below' / 'x.sqlite3'}").upgrade()
    with pytest.raises(SettingsError):
        Store("no such thing")


def test_a_register_of_a_newer_version_is_left_alone(store: Store, url: str) -> None:
    with create_engine(url).begin() as database:
        database.execute(text("UPDATE alembic_version SET version_num = '9999'"))
    with pytest.raises(ToolError, match="another version"):
        Store(url).upgrade()


def test_the_newest_version_is_that_of_the_migrations() -> None:
    config = Config()
    config.set_main_option("script_location", str(ROOT / "pipeline" / "store" / "migrations"))
    assert ScriptDirectory.from_config(config).get_current_head() == NEWEST


def test_a_quarantined_file_is_found_by_its_name_and_a_protected_one_is_not(store: Store) -> None:
    store.save(stages.failed("bad.pdf", A, BadInputError("file.empty", "ว่าง", "Empty.")), None, NOON)
    entry = store.last_quarantined("bad.pdf")
    assert entry is not None
    assert entry.error_en == "Empty."
    store.save(Result(file="bad.pdf", sha256=A, status="protected", secrecy="ลับ"), None, NOON)
    assert store.last_quarantined("bad.pdf") is None


@pytest.mark.parametrize(
    ("fault", "severity", "faults"),
    [("document", "warning", 1), ("document", "note", 0), ("reading", "warning", 0)],
)
def test_faults_of_the_letter_itself_are_counted(
    store: Store, fault: str, severity: str, faults: int
) -> None:
    store.save(result(letter(), findings=(finding(0, fault=fault, severity=severity),)), None, NOON)
    assert store.rows()[0].faults == faults
