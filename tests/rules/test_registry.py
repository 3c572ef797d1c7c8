"""The register of rules keeps its promises."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest

from pipeline.paths import LABELS, bare, label, reading_at, readings
from pipeline.rules import RULES, registry
from schemas.finding import Severity
from schemas.letter import Letter
from tests.make_records import deadline, enclosure, letter, reading, receipt, reference


def test_an_id_used_twice_fails_at_import() -> None:
    def again(letter: Letter, house: registry.House) -> Iterator[registry.Evidence]:
        """Again."""
        yield from ()

    with pytest.raises(ValueError, match="DATE-01"):
        registry.rule("DATE-01", Severity.NOTE, basis="house rule", title_th="อีกครั้ง", examples=({}, {}))(
            again
        )


def test_a_rule_without_a_docstring_fails_at_import() -> None:
    def silent(letter: Letter, house: registry.House) -> Iterator[registry.Evidence]:
        yield from ()

    with pytest.raises(ValueError, match="docstring"):
        registry.rule("TEST-01", Severity.NOTE, basis="house rule", title_th="เงียบ", examples=({}, {}))(
            silent
        )
    assert "TEST-01" not in RULES


@pytest.mark.parametrize("each", RULES.values(), ids=lambda each: each.id)
def test_a_rule_has_a_title_in_both_languages_and_a_basis(each: registry.Rule) -> None:
    assert re.fullmatch(r"[A-Z]+-\d\d", each.id)
    assert re.search("[ก-ฮ]", each.title.th)
    assert not re.search("[ก-ฮ]", each.title.en)
    assert each.basis


def test_every_reading_has_a_path_that_leads_back_to_it_and_a_label() -> None:
    full = letter(
        urgency="ด่วนมาก",
        secrecy=None,
        receipts=(receipt(), receipt("12")),
        deadlines=(deadline(None),),
        enclosures=(enclosure("แบบฟอร์ม", "1 ชุด"),),
        references=(reference("หนังสือ"),),
        copies_to=(reading("นายอำเภอ"),),
    )
    paths = dict(readings(full))
    assert {"number", "signatory.name", "receipts.1.number", "copies_to.0", "enclosures.0.quantity"} <= set(
        paths
    )
    for path, ink in paths.items():
        assert reading_at(full, path) is ink
        assert bare(path) in LABELS
    assert label("receipts.1.number", "th") == "เลขรับ (2)"


@pytest.mark.parametrize("path", ["nothing", "receipts.0.date", "receipts", "signatory", "number.value", ""])
def test_a_path_to_no_reading_gives_none(path: str) -> None:
    assert reading_at(letter(receipts=()), path) is None
