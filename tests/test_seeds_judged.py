"""The seed transcripts, judged: what is wrong in them is found, what is right is left alone."""

from __future__ import annotations

import datetime as dt
from functools import cache
from pathlib import Path

import pytest

from pipeline import stages
from pipeline.settings import Settings
from schemas.finding import Finding, Severity
from schemas.result import Result

SEEDS = Path(__file__).parents[2] / "shared" / "seeds"
HOUSE = Settings(sure=0.9, notice_days=3, name_pattern=None, rules={}, holidays=())
pytestmark = pytest.mark.skipif(not SEEDS.is_dir(), reason="the seed transcripts are not beside this tree")


@cache
def seed(number: str) -> Result:
    (path,) = SEEDS.glob(f"{number}_*.txt")
    return stages.process(path, HOUSE, dt.date(2026, 1, 5))


def said(number: str, id_: str) -> list[Finding]:
    return [each for each in seed(number).findings if each.id == id_]


@pytest.mark.parametrize("number", ["000", "001", "002", "003", "004"])
def test_no_error_is_found_in_a_text_that_only_somebody_else_has_read(number: str) -> None:
    assert [each for each in seed(number).findings if each.severity is Severity.ERROR] == []


def test_the_contradictions_of_004_are_found() -> None:
    messages = " ".join(each.message for each in said("004", "TWICE-01"))
    assert "๑๓ มิถุนายน" in messages  # the day of the briefing
    assert "14:30" in messages  # its hours
    assert "Solutions" in messages  # the contest's name
    assert all(each.fault == "reading" for each in said("004", "TWICE-01"))


@pytest.mark.parametrize("number", ["000", "004"])
def test_weights_that_add_up_pass(number: str) -> None:
    result = seed(number)
    assert result.rules is not None or result.annexes
    assert said(number, "SUM-01") == []


def test_the_weekday_of_000s_deadline_passes() -> None:
    assert any("พุธ" in (each.phrase.value or "") for each in seed("000").letters[0].deadlines)
    assert said("000", "DATE-01") == []


@pytest.mark.parametrize("number", ["000", "004"])
def test_a_blank_time_in_a_stamp_is_a_note(number: str) -> None:
    found = said(number, "RCPT-01")
    assert found
    assert {each.severity for each in found} == {Severity.NOTE}


def test_000_was_slow_for_its_urgency() -> None:
    (finding,) = said("000", "URG-01")
    assert finding.fault == "reading"
