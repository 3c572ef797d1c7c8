"""Search: what is asked is found, on both databases alike, and what is secret never."""

from __future__ import annotations

import contextlib
import datetime as dt

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import text
from sqlalchemy.orm import Session

from parsers.segment import lookalikes, plain, repaired, seamed, unseamed, words
from pipeline.errors import BadInputError
from pipeline.store import Hit, RowFilter, Store, matching, parse_query, stretches
from pipeline.store import rareness as rareness_module
from pipeline.store.engine import make_engine
from pipeline.store.rareness import Rareness, rareness
from tests.records import NOON, day, finding, ink, letter, result, sha

TODAY = dt.date(2023, 6, 28)


@pytest.fixture
def full(store: Store) -> Store:
    """Four letters, of which each is about something else."""
    letters = (
        letter("1001"),
        letter(
            "1002",
            subject=ink("ขอความอนุเคราะห์ประชาสัมพันธ์โครงการ"),
            date=day(dt.date(2022, 8, 19)),
            urgency=ink("ด่วนมาก"),
            deadlines=(),
        ),
        letter("1003", subject=ink("การประขุมวิชาการ"), agency=ink("กรมทดลอง"), body=ink("ขอความร่วมมือ")),
        letter(
            "1004", subject=ink("รายงานผล", 0.4), body=ink("ประชุมเมื่อวาน มีผู้เข้าร่วม 25 คน"), kind=ink("memo")
        ),
    )
    for place, each in enumerate(letters, 1):
        findings = (finding(),) if place == 2 else ()
        moment = NOON + dt.timedelta(days=place)
        store.save(result(each, place=place, findings=findings), None, moment)
    return store


def found(store: Store, query: str) -> list[int]:
    return [hit.row.id or 0 for hit in store.search(query, today=TODAY).hits]


@pytest.mark.parametrize(
    ("query", "ids"),
    [
        ("ประชุม", [1, 4, 3]),  # in the subject, then in the body, then a damaged one
        ('"ประชุม"', [1, 4]),
        ("สัมพันธ์", [2]),
        ("ประชาสัม", [2]),
        ("ชาสัมพั", [2]),
        ("ประชาสัมพันท์", [2]),
        ("1002", [2]),
        ("๑๐๐๒", [2]),
        ("ลป ๐๐๑๗.๒/ว ๑๐๐๒", [2]),
        ("รายงานผล ประชุม", [4]),
        ("จากนรก", []),
        ("25", [4]),
        ("from:ลป 1003", [3]),
        ("from:กรมทดลอง", [3]),
        ("จาก:ทดลอง", [3]),
        ("to:นายอำเภอ has:error", [2]),
        ("date:2565", [2]),
        ("วันที่:๒๕๖๕-๐๘", [2]),
        ("date:ส.ค.2565", [2]),
        ("date:2565-08-19..2565-09", [2]),
        ("date:<2566", [2]),
        ("date:>=2566 ประชุม", [1, 4, 3]),
        ("due:<7d", [4, 3, 1]),
        ("due:<2d", []),
        ("กำหนด:3วัน", [4, 3, 1]),
        ("urgency:ด่วนมาก", [2]),
        ("kind:memo", [4]),
        ("ชนิด:บันทึกข้อความ ประชุม", [4]),
        ("is:doubtful", [4]),
        ("เป็น:ไม่แน่ใจ ประชุม", [4]),
        ("has:receipt has:deadline งบประมาณ", [1]),
        ("number:1001", [1]),
        ("received:2566-06-06", [1]),
        ('"งบประมาณรายจ่าย"', [2, 1]),
        ("งบประมานรายจ่าย", [2, 1]),
        ("ควม", [2]),  # of ความ three letters are left
    ],
)
def test_what_is_asked_is_found(full: Store, query: str, ids: list[int]) -> None:
    assert found(full, query) == ids


def test_hits_show_where(full: Store) -> None:
    first, second, third = full.search("ประชุม").hits
    assert marked(first) == ["ประชุม"]
    assert (first.field, second.field, third.near) == ("subject", "body", True)
    assert (marked(second), marked(third)) == (["ประชุม"], ["ประขุม"])
    (number,) = full.search("๑๐๐๒").hits
    assert (number.field, marked(number)) == ("number", ["1002"])


def marked(hit: Hit) -> list[str]:
    return [hit.snippet[start:end] for start, end in hit.marks]


@pytest.mark.parametrize(
    "query",
    ["form:x", "date:เมื่อวาน", "date:2565-13", "due:<9z", "kind:x", "has:x", "is:x", "urgency:เร็ว", "from:"],
)
def test_a_bad_filter_is_told_and_never_left_out(full: Store, query: str) -> None:
    with pytest.raises(BadInputError) as caught:
        full.search(query)
    assert caught.value.code == "query.filter"
    assert query.partition(":")[0] in caught.value.message


@pytest.mark.parametrize(
    "query", ["", '"', "()", "AND OR NOT", "*", 'a" OR "b', "'; DROP TABLE letters; --", "^x", "10:30"]
)
def test_no_query_is_a_program(full: Store, query: str) -> None:
    full.search(query)
    assert full.search("1001").total == 1


def test_pages_of_hits_hold_every_letter_once(store: Store) -> None:
    for place in range(1, 31):
        there = {"subject": ink("เรื่องสมุดพก")} if place % 3 == 0 else {"body": ink("เรื่องสมุดพก")}
        store.save(result(letter(str(place), **there), place=place), None, NOON)
    seen: list[int | None] = []
    after: str | None = None
    while True:
        page = store.search("สมุดพก", limit=7, after=after)
        assert (page.total, page.exact) == (30, True)
        seen += [hit.row.id for hit in page.hits]
        after = page.next
        if after is None:
            break
    assert len(seen) == len(set(seen)) == 30
    assert all((each or 0) % 3 == 0 for each in seen[:10])  # those with it in the subject come first
    with pytest.raises(BadInputError):
        store.search("สมุดพก", after="nonsense")


def test_pages_are_whole_where_letters_stand_in_many_stretches(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(stretches, "LEVELS", (1, 2, 4))
    for place in range(1, 41):
        body = {"body": ink("เรื่องสมุดพก" if place % 5 == 0 else "เรื่องอื่น")}
        urgency = ink("ด่วนมาก") if place % 10 == 0 else None
        store.save(result(letter(str(place), **body, urgency=urgency), place=place), None, NOON)
    page = store.search("สมุดพก", limit=3)
    assert ([hit.row.id for hit in page.hits], page.total, page.exact) == ([40, 35, 30], 8, True)
    rest = store.search("สมุดพก", limit=30, after=page.next)
    assert [hit.row.id for hit in rest.hits] == [25, 20, 15, 10, 5]
    assert found(store, "สมุดพก urgency:ด่วนมาก") == [40, 30, 20, 10]
    assert found(store, "สมุทพก") == [40, 35, 30, 25, 20, 15, 10, 5]  # a damaged word
    assert found(store, "มุดพ") == [40, 35, 30, 25, 20, 15, 10, 5]  # a part of a word


def walked(store: Store, query: str) -> list[int | None]:
    """The letters of all pages; how many they are said to be is true, or fewer where it is said to be more."""
    page = first = store.search(query, limit=4)
    seen = [hit.row.id for hit in page.hits]
    while page.next is not None:
        page = store.search(query, limit=4, after=page.next)
        seen += [hit.row.id for hit in page.hits]
    assert first.total == len(seen) if first.exact else first.total < len(seen)
    return seen


@pytest.mark.parametrize(
    "figures",
    [
        Rareness({"ขอ": 1.0, "เรื่อง": 1.0, "สมุด": 0.6}, 0.001),  # few letters are looked for at once
        Rareness({"ขอ": 1.0, "เรื่อง": 1.0, "สมุด": 0.6}, 1000.0),  # common words are left for afterwards
    ],
)
def test_how_rare_words_are_changes_no_answer(
    store: Store, figures: Rareness, monkeypatch: pytest.MonkeyPatch
) -> None:
    for place in range(1, 31):
        name, words_ = (
            ("subject" if place % 3 == 0 else "body"),
            "เรื่องสมุดปากกา" if place % 2 else "สมุดเรื่องปากกา",
        )
        urgency = ink("ด่วนมาก") if place % 5 == 0 else None
        made = letter(str(place), **{name: ink(f"ขอส่ง{words_}")}, urgency=urgency)
        store.save(result(made, place=place, findings=(finding(),) if place % 4 == 0 else ()), None, NOON)
    asked = (
        "ขอส่ง",
        "เรื่องสมุดปากกา",
        "เรื่อง ปากกา",
        '"สมุดเรื่อง"',
        "สมุด urgency:ด่วนมาก",
        "ปากกา has:error",
        "ขอ from:ลป",
    )
    plain_answers = [walked(store, query) for query in asked]
    assert [len(answer) for answer in plain_answers] == [30, 15, 30, 15, 6, 7, 30]
    monkeypatch.setattr(matching, "rareness", lambda _: figures)
    assert [walked(store, query) for query in asked] == plain_answers


def test_postgres_tells_how_rare_words_are(full: Store, database_url: str) -> None:
    if not database_url.startswith("postgresql"):
        pytest.skip("SQLite's index gives the newest letters first by itself")
    engine = make_engine(database_url)
    with Session(engine) as session:
        assert rareness(session) == Rareness({}, 1.0)
        session.execute(text("ANALYZE search_vectors"))
        session.commit()
    rareness_module._known.clear()
    with Session(engine) as session:
        figures = rareness(session)
    assert figures.share("งาน") <= 1.0
    assert 0 < figures.share("no such word") == figures.rest <= 1.0
    assert len(figures.shares) > 10
    engine.dispose()


@given(st.integers(0, 3_000_000), st.integers(0, 3_000_000))
def test_stretches_hold_each_letter_once_and_under_its_names(one: int, other: int) -> None:
    first, last = min(one, other), max(one, other)
    below = last
    for stretch in stretches.growing(first, last):
        assert stretch.last == below
        assert first <= (stretch.first or 0) <= below
        for each in {stretch.first or 0, (stretch.first or 0) + 1, below - 1, below}:
            if stretch.names and (stretch.first or 0) <= each <= below:
                assert set(stretches.names_of(each)) & set(stretch.names)
        assert len(stretch.names) <= 24
        below = (stretch.first or 0) - 1
    assert below == first - 1


def test_a_corrected_letter_is_found_by_its_right_words_only(full: Store) -> None:
    full.correct(1, "subject", "ขอเชิญสัมมนา", who="a", version=1)
    assert found(full, '"สัมมนา"') == [1]
    assert found(full, '"ประชุมคณะกรรมการ"') == []


def test_a_letter_that_is_gone_is_found_no_more(full: Store) -> None:
    full.save(result(letter("77", subject=ink("ก"), body=ink("ข"))), None, NOON)
    assert found(full, '"งบประมาณ"') == [2]


def test_the_list_and_its_orders(full: Store) -> None:
    full.save(result(place=9, status="partial"), None, NOON)  # a document without letters

    def ids(sort: str, **asked: object) -> list[int | None]:
        rows, after = [], None
        while True:
            page = full.page(RowFilter.model_validate(asked), sort, limit=2, after=after)  # type: ignore[arg-type]
            rows += [row.id for row in page.rows]
            after = page.next
            if after is None:
                assert page.total == len(rows)
                return rows

    assert ids("-received") == [4, 3, 2, 1, None]
    assert ids("received") == [None, 1, 2, 3, 4]
    assert ids("-date") == [4, 3, 1, 2, None]
    assert ids("due") == [1, 3, 4, 2, None]  # without a deadline: last
    assert ids("-due") == [4, 3, 1, 2, None]
    assert ids("agency") == [3, 1, 2, 4, None]
    assert ids("-received", needs_person=True) == [4, None]
    assert ids("-received", agency="ลป", has_error=False) == [4, 3, 1]
    assert ids("-received", number="ลป 0017.2/ว") == [4, 3, 2, 1]
    assert ids("-received", agency="ลำปาง", has_deadline=True) == [4, 1]
    assert ids("number", date_to=dt.date(2022, 12, 31)) == [2]
    with pytest.raises(BadInputError):
        full.page(after="x")


def test_protected_documents_were_never_in_the_search(store: Store, database_url: str) -> None:
    from schemas.result import Result

    secret = result(letter(subject=ink("ถ้อยคำต้องห้าม")))
    store.save(secret, None, NOON)
    store.save(Result(file="x", sha256=sha(1), status="protected", secrecy="ลับมาก"), None, NOON)
    assert store.search("ต้องห้าม").hits == ()
    engine = make_engine(database_url)
    with engine.connect() as database:
        assert database.exec_driver_sql("SELECT count(*) FROM searches").scalar() == 0
    engine.dispose()


@given(st.text(max_size=40))
@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
def test_any_text_may_be_asked(store: Store, text: str) -> None:
    with contextlib.suppress(BadInputError):
        store.search(text, today=TODAY)
    assert store.search("").total == 0


@given(st.text(alphabet="กขคงชมปรอะาิีุู่้์ว๑๒12 .\n/", max_size=60))
def test_seams_come_out_again_and_words_are_the_same(text: str) -> None:
    assert unseamed(seamed(text)) == plain(text)
    assert list(words(text)) == list(words(unseamed(seamed(text))))
    lookalikes(text)
    repaired(text)


def test_a_query_has_words_and_filters() -> None:
    query = parse_query('from:สพร "ตรงตัว นี้" คำ', TODAY)
    assert [(piece.text, piece.exact) for piece in query.pieces] == [("ตรงตัว นี้", True), ("คำ", False)]
    assert query.filters == RowFilter(agency="สพร")


def test_sorted_by_number_the_letters_of_a_code_are_all_there(full: Store) -> None:
    def ids(name: str, sort: str) -> list[int | None]:
        return [row.id for row in full.page(RowFilter(agency=name), sort).rows]  # type: ignore[arg-type]

    assert ids("ลป", "number") == [1, 2, 3, 4]
    assert ids("ลป", "-number") == [4, 3, 2, 1]
    odd = letter("5", agency=ink("ลป"), number=None)  # a sender that is called like a code
    full.save(result(odd, place=7), None, NOON)
    assert sorted(each or 0 for each in ids("ลป", "number")) == [1, 2, 3, 4, 5]


def test_postgresql_reads_ahead_for_a_search(store: Store) -> None:
    if store._engine.dialect.name == "sqlite":
        pytest.skip("SQLite reads page by page")
    for _ in range(2):  # what is rolled back does not take it away
        with store._engine.connect() as connection:
            assert connection.exec_driver_sql("SHOW effective_io_concurrency").scalar() in ("200", "0")
