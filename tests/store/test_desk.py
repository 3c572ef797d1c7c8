"""Corrections: one more reading each, nothing overwritten, nobody's work lost."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest

from pipeline.errors import BadInputError, ConflictError
from pipeline.store import Kin, Store, StoredLetter
from pipeline.store.engine import make_engine
from schemas.ink import Box
from schemas.letter import Receipt, Signatory
from tests.records import NOON, day, deadline, finding, ink, letter, number, reference, result, sha


def beside(store: Store, letter_id: int) -> Kin:
    return store.kin(look(store, letter_id))


def look(store: Store, letter_id: int = 1) -> StoredLetter:
    found = store.letter(letter_id)
    assert found is not None
    return found


def test_a_correction_is_one_more_reading(store: Store) -> None:
    store.save(result(letter(date=day(dt.date(2023, 6, 3), 0.5))), None, NOON)
    assert look(store).row.needs_person
    assert store.correct(1, "date", "๒ มิ.ย. ๒๕๖๖", who="สมใจ", version=1) == 2
    seen = look(store)
    assert seen.letter.date is not None
    assert (seen.letter.date.value, seen.letter.date.reader) == (dt.date(2023, 6, 2), "person")
    assert seen.letter.date.confidence == 1
    assert seen.letter.date.box == Box(1, 2, 3, 4)  # the ink that it was read from
    assert seen.machine.date == day(dt.date(2023, 6, 3), 0.5)
    assert seen.corrected == ("date",)
    assert (seen.row.date, seen.row.needs_person, seen.row.doubtful) == (dt.date(2023, 6, 2), False, ())
    (change,) = store.history(1)
    assert (change.who, change.path, change.was, change.value) == ("สมใจ", "date", "2023-06-03", "2023-06-02")
    stored = store.get("1")
    assert stored is not None
    assert stored.result is not None
    assert stored.result.letters[0] == seen.letter


def test_the_newest_correction_is_taken_back_first(store: Store) -> None:
    store.save(result(letter()), None, NOON)
    version = store.correct(1, "subject", "ก", who="a", version=1)
    version = store.correct(1, "subject", "ข", who="a", version=version)
    version = store.undo(1, who="b", version=version)
    assert look(store).row.subject == "ก"
    version = store.undo(1, who="b", version=version)
    assert look(store).letter == look(store).machine
    with pytest.raises(BadInputError, match="no correction"):
        store.undo(1, who="b", version=version)
    assert [change.action for change in store.history(1)] == ["correct", "correct", "undo", "undo"]
    assert [change.undone for change in store.history(1)] == [True, True, False, False]


@pytest.mark.parametrize(
    "change",
    [
        lambda store: store.correct(1, "subject", "ค", who="b", version=1),
        lambda store: store.undo(1, who="b", version=1),
        lambda store: store.confirm(1, who="b", version=1),
    ],
)
def test_two_people_do_not_lose_each_others_work(store: Store, change: Callable[[Store], int]) -> None:
    store.save(result(letter()), None, NOON)
    store.correct(1, "subject", "ก", who="สมใจ", version=1)
    with pytest.raises(ConflictError) as caught:
        change(store)
    assert caught.value.who == "สมใจ"
    assert "สมใจ" in caught.value.message
    assert look(store).row.subject == "ก"
    assert len(store.history(1)) == 1


def test_of_many_at_once_one_wins(store: Store) -> None:
    store.save(result(letter()), None, NOON)

    def write(who: int) -> bool:
        try:
            store.correct(1, "subject", f"คนที่ {who}", who=str(who), version=1)
        except ConflictError:
            return False
        return True

    with ThreadPoolExecutor(6) as pool:
        assert sum(pool.map(write, range(6))) == 1
    assert look(store).version == 2


@pytest.mark.parametrize(
    ("path", "typed", "value"),
    [
        ("date", "2566-06-02", dt.date(2023, 6, 2)),
        ("date", dt.date(2023, 6, 2), dt.date(2023, 6, 2)),
        ("signatory.name", " นางสาวสมใจ  ดี ", "นางสาวสมใจ ดี"),
        ("receipts.0.time", "๙.๓๐ น.", dt.time(9, 30)),
        ("receipts.1.number", "๗", "7"),
        ("score", "67.5", 67.5),
        ("copies_to.0", "สำนักปลัด", "สำนักปลัด"),
        ("urgency", "ด่วนมาก", "ด่วนมาก"),
        ("deadlines.1.date", "1 ม.ค. 2567", dt.date(2024, 1, 1)),
    ],
)
def test_values_are_understood_as_people_type_them(store: Store, path: str, typed: Any, value: Any) -> None:
    from pipeline.paths import reading_at

    store.save(result(letter()), None, NOON)
    store.correct(1, path, typed, who="a", version=1)
    found = reading_at(look(store).letter, path)
    assert found is not None
    assert found.value == value


@pytest.mark.parametrize(
    ("path", "typed", "code"),
    [
        ("date", "เมื่อวาน", "value.invalid"),
        ("date", "31 ก.พ. 2566", "value.invalid"),
        ("number", "ไม่มีเลข", "value.invalid"),
        ("urgency", "เร็ว", "value.invalid"),
        ("score", "67,1", "value.invalid"),
        ("subject", "  ", "value.invalid"),
        ("kind", None, "value.invalid"),
        ("secrecy", "ลับ", "value.secrecy"),
        ("subjects", "x", "path.unknown"),
        ("receipts", "x", "path.unknown"),
        ("number.value.text", "x", "path.unknown"),
        ("__class__", "x", "path.unknown"),
    ],
)
def test_a_bad_value_changes_nothing(store: Store, path: str, typed: Any, code: str) -> None:
    store.save(result(letter()), None, NOON)
    with pytest.raises(BadInputError) as caught:
        store.correct(1, path, typed, who="a", version=1)
    assert caught.value.code == code
    assert (look(store).version, store.history(1)) == (1, ())


def test_what_a_person_strikes_out_is_gone_until_taken_back(store: Store) -> None:
    boxes = (Box(0, 0, 9, 9), Box(0, 20, 9, 29))
    due = (deadline(dt.date(2023, 7, 1), box=boxes[0]), deadline(dt.date(2023, 8, 1), box=boxes[1]))
    store.save(result(letter(deadlines=due)), None, NOON)
    version = store.correct(1, "deadlines.0.date", None, who="a", version=1)
    assert [each.date.value for each in look(store).letter.deadlines] == [dt.date(2023, 8, 1)]
    version = store.correct(1, "deadlines.0.date", "2566-08-02", who="a", version=version)
    assert [each.date.value for each in look(store).letter.deadlines] == [dt.date(2023, 8, 2)]
    version = store.undo(1, who="a", version=version)
    version = store.undo(1, who="a", version=version)
    assert look(store).letter.deadlines == due
    version = store.correct(1, "urgency", "ด่วน", who="a", version=version)
    store.correct(1, "urgency", None, who="a", version=version)
    assert look(store).letter.urgency is None


def test_reading_again_keeps_corrections_where_their_ink_is(store: Store) -> None:
    first, second = Box(0, 0, 50, 20), Box(300, 0, 350, 20)
    stamps = (
        Receipt(number=ink("1", box=first)),
        Receipt(number=ink("2", box=second)),
    )
    store.save(result(letter(receipts=stamps)), None, NOON)
    version = store.correct(1, "receipts.1.number", "22", who="a", version=1)
    version = store.correct(1, "subject", "เรื่องที่ถูก", who="a", version=version)
    swapped = letter(receipts=stamps[::-1], subject=ink("เรื่องอื่น"))
    store.save(result(swapped), None, NOON)
    seen = look(store)
    assert [each.number and each.number.value for each in seen.letter.receipts] == ["22", "1"]
    assert (seen.row.subject, seen.machine.subject) == ("เรื่องที่ถูก", ink("เรื่องอื่น"))
    assert seen.version == version + 1  # whoever looked at it before must look again
    with pytest.raises(ConflictError, match="read again"):
        store.confirm(1, who="a", version=version)


def test_judging_again_keeps_corrections_and_versions(store: Store) -> None:
    store.save(result(letter()), None, NOON)
    version = store.correct(1, "subject", "ก", who="a", version=1)
    assert store.replace_findings(sha(1), [finding(0, fault="reading")]) == "needs_person"
    seen = look(store)
    assert (seen.row.subject, seen.version, seen.row.errors, seen.row.needs_person) == ("ก", version, 1, True)
    assert seen.findings == (finding(0, fault="reading"),)
    assert store.replace_findings(sha(9), []) is None


def test_a_confirmed_letter_needs_nobody_until_it_is_read_otherwise(store: Store) -> None:
    store.save(result(letter(subject=ink("ก", 0.4))), None, NOON)
    store.confirm(1, who="สมใจ", version=1)
    seen = look(store)
    assert (seen.row.needs_person, seen.row.state, seen.confirmed_by) == (False, "kept", "สมใจ")
    store.save(result(letter(subject=ink("ก", 0.5))), None, NOON)
    assert look(store).confirmed_by == "สมใจ"
    store.save(result(letter(subject=ink("ข", 0.5))), None, NOON)
    assert (look(store).confirmed_by, look(store).row.needs_person) == (None, True)


def test_confirmed_letters_teach_names_and_values(store: Store) -> None:
    store.save(result(letter()), None, NOON)
    store.save(result(letter("2", agency=ink("สำนักทดลอง")), place=2), None, NOON)
    assert store.office_names() == ()
    version = store.correct(1, "date", "2566-06-01", who="a", version=1)
    store.confirm(1, who="a", version=version)
    assert store.office_names() == (("ศาลากลางจังหวัดลำปาง", "ลป"),)
    tallies = store.proofs()
    count, right = sum(each.count for each in tallies), sum(each.right for each in tallies)
    assert count > 5
    assert count - right == 1  # the date
    store.correct(1, "receipts.0.number", None, who="a", version=version + 1)  # corrected once more
    assert sum(each.count - each.right for each in store.proofs()) == 2
    store.save(result(letter("3")), None, NOON)  # read anew, with another number: no longer confirmed
    assert store.proofs() == ()


def test_spaces_typed_otherwise_are_no_misreading(store: Store) -> None:
    store.save(result(letter(subject=ink("ขอเชิญ ประชุม", 0.95))), None, NOON)
    version = store.correct(1, "subject", "ขอเชิญประชุม", who="a", version=1)
    store.confirm(1, who="a", version=version)
    assert all(each.count == each.right for each in store.proofs())


def test_letters_confirmed_before_they_were_compared_are_compared(store: Store, database_url: str) -> None:
    store.save(result(letter()), None, NOON)
    store.confirm(1, who="a", version=1)
    before = store.proofs()
    engine = make_engine(database_url)
    with engine.begin() as database:
        database.exec_driver_sql("DELETE FROM confirmed_values")
    engine.dispose()
    assert store.proofs() == ()
    assert store.prove_missing() == 1
    assert store.proofs() == before


def test_neighbours_that_need_a_person_are_told(store: Store) -> None:
    for place, sure in enumerate((0.5, 0.99, 0.5, 0.5), 1):
        moment = NOON + dt.timedelta(hours=place)
        store.save(result(letter(subject=ink("ก", sure)), place=place), None, moment)
    assert [(look(store, each).previous, look(store, each).next) for each in (1, 2, 3, 4)] == [
        (None, 3),
        (1, 3),
        (1, 4),
        (3, None),
    ]


def test_deadlines_are_done_and_stay_so(store: Store) -> None:
    store.save(result(letter()), None, NOON)
    (due,) = store.due(dt.date(2023, 7, 1), dt.date(2023, 7, 1)).rows
    assert store.finish_deadline(due.id, who="สมใจ").done_by == "สมใจ"
    store.save(result(letter(subject=ink("อ่านใหม่"))), None, NOON)
    assert store.due().rows == ()
    (done,) = store.due(done=True).rows
    assert (done.id, done.done_by, done.row.number) == (due.id, "สมใจ", "ลป 0017.2/ว1797")
    store.finish_deadline(due.id, who="สมใจ", done=False)
    assert [each.id for each in store.due().rows] == [due.id]
    with pytest.raises(BadInputError):
        store.finish_deadline(99, who="a")


def test_references_lead_to_letters(store: Store) -> None:
    store.save(result(letter("11"), place=1), None, NOON)
    store.save(result(letter("11", date=day(dt.date(2022, 6, 2))), place=2), None, NOON)
    asked = (reference("11", dt.date(2023, 6, 2)), reference("11", None), reference("99", None))
    store.save(result(letter("12", references=asked), place=3), None, NOON)
    exact, loose = beside(store, 3).named
    assert (exact.index, exact.by, [row.sha256 for row in exact.rows]) == (0, "number+date", [sha(1)])
    assert (loose.index, loose.by, len(loose.rows)) == (1, "number", 2)


def test_citations_in_the_text_lead_to_letters_too(store: Store) -> None:
    store.save(result(letter("11"), place=1), None, NOON)
    named = letter("12", citations=(reference("11", dt.date(2023, 6, 2)),))
    store.save(result(named, place=2), None, NOON)
    (hit,) = beside(store, 2).named
    assert (hit.field, hit.index, hit.by) == ("citations", 0, "number+date")
    assert [row.sha256 for row in hit.rows] == [sha(1)]


def test_letters_that_name_one_are_those_whose_references_lead_to_it(store: Store) -> None:
    store.save(result(letter("11"), place=1), None, NOON)
    store.save(result(letter("11", date=day(dt.date(2022, 6, 2))), place=2), None, NOON)
    named = {
        3: {"references": (reference("11", dt.date(2023, 6, 2)),)},  # the first, and no other
        4: {"citations": (reference("11", None), reference("11", dt.date(2023, 6, 2)))},
        5: {"references": (reference("111", dt.date(2023, 6, 2)),)},  # its number only begins like theirs
        6: {"subject": ink("หนังสือที่ ลป 0017.2/ว11"), "references": (reference("11", None),)},
    }
    for place, fields in named.items():
        store.save(result(letter(str(place), **fields), place=place), None, NOON)
    ways = [{(hit.row.id, hit.by) for hit in beside(store, each).naming} for each in (1, 2, 5)]
    exact, loose = "number+date", "number"
    assert ways == [{(3, exact), (4, exact), (6, loose)}, {(4, loose), (6, loose)}, set()]
    for each, found in zip((1, 2), ways, strict=False):  # both directions say the same
        leads = {
            other
            for other in named
            if any(row.id == each for hit in beside(store, other).named for row in hit.rows)
        }
        assert leads == {other for other, _ in found}


def test_a_corrected_number_names_another_letter(store: Store) -> None:
    store.save(result(letter("11"), place=1), None, NOON)
    store.save(result(letter("12", references=(reference("77", dt.date(2023, 6, 2)),)), place=2), None, NOON)
    assert beside(store, 1).naming == ()
    version = look(store, 2).row.version
    store.correct(2, "references.0.number", "ลป 0017.2/ว11", who="สมใจ", version=version)
    assert [(hit.row.id, hit.by) for hit in beside(store, 1).naming] == [(2, "number+date")]
    assert beside(store, 2).named[0].by == "number+date"
    store.undo(2, who="สมใจ", version=version + 1)
    assert beside(store, 1).naming == ()


def test_of_many_letters_that_name_one_the_newest_are_shown(store: Store) -> None:
    store.save(result(letter("11"), place=1), None, NOON)
    for place in range(2, 25):
        store.save(result(letter("12", references=(reference("11", None),)), place=place), None, NOON)
    assert [hit.row.id for hit in beside(store, 1).naming] == list(range(24, 4, -1))


def test_three_spellings_of_one_signer_are_shown_together_and_kept_as_read(store: Store) -> None:
    post = "ผู้ว่าราชการจังหวัดลำปาง"
    names = ("นายเธียรวุฒิ ชาญวิทยากร", "นายเธียรวุฒ ชาญวิทยากร", "นายเขียรวุฒิ ชาญวิทยากร", "นางพรทิพย์ มีสุขใจ")
    for place, name in enumerate(names, 1):
        signer = Signatory(name=ink(name), position=ink(post if place < 4 else "ผู้อำนวยการกองคลัง"))
        store.save(result(letter(str(place), signatory=signer), place=place), None, NOON)
    assert {row.signatory for row in beside(store, 1).signed} == set(names[1:3])
    assert {row.id for row in beside(store, 2).signed} == {1, 3}
    assert beside(store, 4).signed == ()


def test_a_person_decides_which_pages_are_one_letter(store: Store) -> None:
    store.save(result(letter(pages=(1, 2, 3))), None, NOON)
    version = store.correct(1, "subject", "ก", who="a", version=1)
    assert store.groups(sha(1)) is None
    for wrong in ([[1], []], [[1], [1, 2]], [[4]]):
        with pytest.raises(BadInputError):
            store.regroup(sha(1), wrong, who="a")
    store.regroup(sha(1), [[1], [2, 3]], who="a")
    assert store.groups(sha(1)) == ((1,), (2, 3))
    parts = (letter("1", pages=(1,)), letter("2", pages=(2, 3)))
    store.save(result(*parts), None, NOON)
    assert [row.letter for row in store.rows()] == [0, 1]
    assert look(store, 1).letter.pages == (2, 3)  # the row follows most of its pages
    assert look(store, 1).row.subject == "ก"
    assert look(store, 1).version > version


def test_what_people_made_of_a_letter_is_kept_where_it_is_merged_into_another(store: Store) -> None:
    store.save(result(letter("1", pages=(1, 2)), letter("2", pages=(3,))), None, NOON)
    store.correct(2, "subject", "ที่คนแก้", who="a", version=1)
    store.save(result(letter("1", pages=(1, 2, 3))), None, NOON)
    assert [row.id for row in store.rows()] == [1]
    corrected, read = store.past(sha(1))
    assert corrected.letters[1].subject is not None
    assert corrected.letters[1].subject.value == "ที่คนแก้"
    assert corrected.letters[1].subject.reader == "person"
    assert read.letters[1].subject == letter("2", pages=(3,)).subject
    assert store.past(sha(2)) == []


def test_nothing_of_a_protected_document_can_be_seen_or_changed(store: Store) -> None:
    from schemas.result import Result

    store.save(result(letter()), None, NOON)
    version = store.correct(1, "subject", "ถ้อยคำลับ", who="a", version=1)
    store.confirm(1, who="a", version=version)
    store.save(Result(file="x", sha256=sha(1), status="protected", secrecy="ลับ"), None, NOON)
    assert store.letter(1) is None
    assert store.result(sha(1)) is None
    assert store.history(1) == ()
    assert store.office_names() == ()
    assert store.search("ถ้อยคำลับ").hits == ()
    assert store.due().rows == ()
    with pytest.raises(BadInputError):
        store.correct(1, "subject", "x", who="a", version=3)
    assert [(each.sha256, each.secrecy, each.name) for each in store.protected()] == [(sha(1), "ลับ", None)]
    assert "ถ้อยคำ" not in "".join(entry.model_dump_json() for entry in store.log_entries())
    assert store.verify_log().faults == ()


def test_a_letter_that_is_not_there(store: Store) -> None:
    assert store.letter(5) is None
    with pytest.raises(BadInputError) as caught:
        store.confirm(5, who="a", version=1)
    assert caught.value.code == "id.unknown"


def test_the_number_of_a_letter_is_kept_in_its_parts(store: Store) -> None:
    store.save(result(letter()), None, NOON)
    store.correct(1, "number", "ที่ ลป ๐๐๑๗.๒/ว ๙", who="a", version=1)
    value = look(store).letter.number
    assert value is not None
    assert value.value == number("9").value
    assert look(store).row.number == "ลป 0017.2/ว9"
