"""Every rule's own examples: what passes is left alone, what fails is found; and its page says so."""

from __future__ import annotations

from pathlib import Path

import pytest

from pipeline.rules import RULES, judge
from pipeline.rules.__main__ import pages
from pipeline.rules.examples import found, make
from pipeline.rules.registry import Rule
from schemas.finding import Severity

ROOT = Path(__file__).parents[2]
_BY_ID = pytest.mark.parametrize("each", RULES.values(), ids=lambda each: each.id)


@_BY_ID
def test_the_passing_example_passes(each: Rule) -> None:
    assert found(each.id, each.examples.passes) == []


@_BY_ID
def test_the_failing_example_fails_as_gravely_as_the_rule_says(each: Rule) -> None:
    first, *_ = found(each.id, each.examples.fails)
    assert first.severity == each.severity
    assert first.message != first.message_en
    assert first.message_en[-1] in ".”)"


@_BY_ID
def test_a_faint_reading_makes_no_error_and_asks_a_person(each: Rule) -> None:
    case = make(each.examples.fails)
    faint = case._replace(settings=case.settings.model_copy(update={"sure": 1.0}))
    said = [finding for finding in judge(*faint) if finding.id == each.id]
    assert all(finding.severity is not Severity.ERROR for finding in said if finding.fault == "reading")
    if each.severity is Severity.ERROR:
        assert {finding.fault for finding in said} == {"reading"}


@_BY_ID
def test_a_house_can_switch_a_rule_off_and_weigh_it_otherwise(each: Rule) -> None:
    case = make(each.examples.fails)
    for weight in ("off", "note", "warning"):
        settings = case.settings.model_copy(update={"rules": {each.id: weight}})
        said = {f.severity.value for f in judge(*case._replace(settings=settings)) if f.id == each.id}
        assert said == (set() if weight == "off" else {weight})


def test_a_faultless_letter_has_no_findings() -> None:
    assert judge(*make({})) == ()


@pytest.mark.parametrize("name", sorted(pages()))
def test_the_pages_of_the_rules_are_current(name: str) -> None:
    written = (ROOT / "docs" / name).read_text(encoding="utf-8")
    assert written == pages()[name], "run: python -m pipeline.rules docs"


def test_there_is_no_page_without_a_rule() -> None:
    assert {page.stem for page in (ROOT / "docs" / "rules").glob("*.md")} == set(RULES)


@pytest.mark.parametrize("wrong", [{"nothing": 1}, {"receipts": [{"nothing": 1}]}, {"number": "no number"}])
def test_an_example_that_no_record_knows_is_refused(wrong: dict[str, object]) -> None:
    with pytest.raises(TypeError):
        make(wrong)
