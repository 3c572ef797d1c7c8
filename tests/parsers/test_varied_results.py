"""Results, award lists and tables as offices of many kinds write them, in every setting."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from parsers.text import squash
from pipeline.understand import understand
from schemas.contest import Award, Criterion
from schemas.reading import Reading
from schemas.result import Document, Result
from tests.parsers.test_varied import said, told
from tests.varied_letters import FOLDER, SETTINGS, Setting, Varied, letters

PAPERS = letters(FOLDER / "results")
LISTS: dict[str, Callable[[Result], list[str]]] = {
    "criterion": lambda result: [_criterion(one) for one in result.letters[0].criteria],
    "award": lambda result: [_award(one) for one in result.awards],
    "tally": lambda result: [
        f"{one.what} | {one.stated.value} | {'-' if one.counted is None else one.counted}"
        for one in result.tallies
    ],
    "link": lambda result: [said(one.text) for one in result.links],
    "cell": lambda result: [c.text for table in result.tables for row in table.rows for c in row],
    "ticked": lambda result: [said(one.ticked) for one in result.letters[0].receipts],
    "receipt": lambda result: [said(one.number) for one in result.letters[0].receipts],
    "rows": lambda result: [str(len(table.rows)) for table in result.tables],
}


def _criterion(one: Criterion) -> str:
    return f"{said(one.name)} | {_number(one.weight)} | {_number(one.score)}"


def _number(one: Reading[float] | None) -> str:
    return "-" if one is None or one.value is None else f"{one.value:g}"


def _award(one: Award) -> str:
    return f"{said(one.rank)} | {said(one.agency)} | {said(one.province)} | {said(one.project)}"


@pytest.mark.parametrize("setting", SETTINGS)
@pytest.mark.parametrize("paper", PAPERS, ids=lambda one: one.name)
def test_a_result_gives_what_a_careful_clerk_notes(paper: Varied, setting: Setting) -> None:
    wrong = wrong_of(paper, setting)
    assert not wrong, "\n".join(wrong)


def wrong_of(paper: Varied, setting: Setting) -> list[str]:
    """What was not read as it is true."""
    result = understand(Document(file="result.pdf", sha256="0" * 64, pages=paper.pages(setting)))
    return [
        f"{field}: want {want!r}, got {got!r}"
        for field, want in _facts(paper, setting)
        if (got := _got(result, field, want)) != want
    ]


def _facts(paper: Varied, setting: Setting) -> list[tuple[str, str]]:
    placed = setting not in ("rows", "flat")
    return [(field.lstrip("*"), want) for field, want in paper.truth if placed or field[0] != "*"]


def _got(result: Result, field: str, want: str) -> str:
    if field == "score":
        return _number(result.letters[0].score)
    if field not in LISTS:
        return told(result.letters[0], field, want)
    found = LISTS[field](result)
    return next((want for one in found if squash(one) == squash(want)), str(found))


def test_no_paper_tells_more_criteria_and_awards_than_it_has() -> None:
    for paper in PAPERS:
        fields = [field.lstrip("*") for field, _ in paper.truth]
        result = understand(Document(file="result.pdf", sha256="0" * 64, pages=paper.pages("joined")))
        assert len(result.letters[0].criteria) == fields.count("criterion"), paper.name
        assert len(result.awards) == fields.count("award"), paper.name
