"""Every rule: letters that pass and letters that fail (cases.py), and what is common to findings."""

from __future__ import annotations

import datetime as dt

import pytest

from pipeline.rules import judge
from pipeline.say import day_en
from pipeline.settings import Settings
from tests.make_records import deadline, letter, reading, receipt, result
from tests.rules.cases import CASES, FRIDAY, SATURDAY, WRITTEN, Case

D = dt.date
TODAY = D(2023, 6, 10)
SETTINGS = Settings(notice_days=3, name_pattern=None)


@pytest.mark.parametrize("case", CASES, ids=lambda case: f"{case.rule}: {case.what}")
def test_a_rule(case: Case) -> None:
    found = [f for f in judge(result(case.letter), SETTINGS, TODAY) if f.id == case.rule]
    if case.severity is None:
        assert found == []
        return
    (finding,) = found
    assert (finding.severity, finding.fault) == (case.severity, case.fault)
    assert case.fields is None or finding.fields == case.fields
    assert finding.letter == 0
    assert finding.page == 1
    assert finding.message != finding.message_en
    assert ("โปรดเทียบกับต้นฉบับ" in finding.message) == (case.fault == "reading")


def test_a_faultless_letter_has_no_findings() -> None:
    whole = letter(
        weekday=FRIDAY,
        receipts=(receipt(date=D(2023, 6, 8), time=dt.time(9, 30)),),
        deadlines=(deadline(D(2023, 8, 15)),),
    )
    assert judge(result(whole), SETTINGS, TODAY) == ()


@pytest.mark.parametrize("kind", ["external", "memo", "stamped", "order", "announcement", "other"])
def test_other_papers_are_asked_for_nothing_and_unsure_kinds_accuse_nobody(kind: str) -> None:
    head = ("number", "agency", "date", "subject", "salutation", "addressee")
    empty = dict.fromkeys((*head, "body", "closing", "signatory", "owner_office", "phone"))
    found = judge(result(letter(reading(kind, 0.6), **empty)), SETTINGS, TODAY)
    assert all(f.fault == "reading" for f in found)
    if kind == "other":
        assert found == ()


@pytest.mark.parametrize(
    ("pattern", "file", "fits"),
    [
        (None, "anything at all.pdf", True),
        (r".+_form1\.(pdf|jpg)", "เทศบาลตำบลลำปาง_form1.pdf", True),
        (r".+_form1\.(pdf|jpg)", "เทศบาลตำบลลำปาง_form1.pdf.exe", False),
        (r".+_form1\.(pdf|jpg)", "scan0001.pdf", False),
        ("café.pdf", "cafe\u0301.pdf", True),
    ],
)
def test_file_names(pattern: str | None, file: str, fits: bool) -> None:
    found = judge(result(letter(), file=file), Settings(name_pattern=pattern), TODAY)
    assert [(f.id, f.letter, f.page) for f in found] == ([] if fits else [("FILE-01", None, None)])


@pytest.mark.parametrize("rule", [None, "ปี-เดือน-วัน_ผู้ส่ง.pdf"])
def test_a_naming_rule_is_told_in_words_never_as_a_pattern(rule: str | None) -> None:
    settings = Settings(name_pattern=r"\d{4}_.+", name_rule=rule)
    (finding,) = judge(result(letter(), file="scan.pdf"), settings, TODAY)
    for message in (finding.message, finding.message_en):
        assert r"\d" not in message
        assert (rule or "") in message


def test_days_are_counted_in_good_english() -> None:
    due = deadline(TODAY - dt.timedelta(days=1))
    said = [
        f.message_en for f in judge(result(letter(deadlines=(due,))), SETTINGS, TODAY) if f.id == "DATE-06"
    ]
    assert said == [f"The deadline {day_en(TODAY - dt.timedelta(days=1))} passed 1 day ago."]
    unsure = letter(subject=reading("เรื่อง", 0.5))
    (doubt,) = [f for f in judge(result(unsure), SETTINGS, TODAY) if f.id == "READ-01"]
    assert doubt.message_en == "Not sure: subject. This may be a misreading: compare with the original."


def test_a_transcript_asks_for_one_look_not_for_a_list() -> None:
    inks = {name: reading(name, 0.85, reader="transcript") for name in ("subject", "addressee")}
    sure = letter(date=reading(WRITTEN, 0.85, reader="transcript"), **inks)
    (finding,) = [f for f in judge(result(sure), SETTINGS, TODAY) if f.id == "READ-01"]
    assert finding.fields == ("date", "subject", "addressee")
    assert "โปรแกรมอื่น" in finding.message
    assert "เรื่อง" not in finding.message


def test_a_transcript_says_it_once() -> None:
    inks = {name: reading(name, 0.85, reader="transcript") for name in ("subject", "phone")}
    found = judge(result(letter(**inks)), SETTINGS, TODAY)
    assert [f.id for f in found] == ["READ-01"]
    found = judge(result(letter(subject=inks["subject"], phone=reading(None, 0.2))), SETTINGS, TODAY)
    assert [f.id for f in found] == ["READ-01", "READ-02"]


def test_files_that_were_not_read_are_not_judged() -> None:
    settings = Settings(name_pattern="x")
    assert judge(result(status="protected", secrecy="ลับ"), settings, TODAY) == ()
    assert judge(result(status="failed"), settings, TODAY) == ()


def test_fields_missing_from_a_file_that_was_not_read_whole_are_our_fault() -> None:
    (finding,) = judge(result(letter(signatory=None), status="partial"), SETTINGS, TODAY)
    assert (finding.id, finding.fault) == ("FIELD-05", "reading")


def test_findings_come_by_letter_the_heaviest_first() -> None:
    first = letter(closing=None, number=None)
    second = letter(weekday=SATURDAY)
    found = judge(result(first, second), SETTINGS, TODAY)
    assert [(f.letter, f.id) for f in found] == [(0, "FIELD-01"), (0, "FIELD-08"), (1, "DATE-01")]


def test_evidence_shows_the_ink() -> None:
    ink = reading(WRITTEN, page=3, box=(1, 2, 3, 4))
    (finding,) = judge(result(letter(date=ink, weekday=SATURDAY, pages=(3,))), SETTINGS, TODAY)
    assert (finding.page, finding.box) == (3, (1, 2, 3, 4))


def test_a_transcript_without_boxes_is_judged_too() -> None:
    ink = reading(WRITTEN, 0.85, box=None, reader="transcript")
    found = judge(result(letter(date=ink, weekday=SATURDAY)), SETTINGS, TODAY)
    assert {f.fault for f in found} == {"reading"}
