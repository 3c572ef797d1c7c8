"""The pairs of faulty letters and their faultless look-alikes, as born-digital files: no reading is in doubt."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from benchmarks.judging import judge, weigh
from pipeline.rules import RULES
from pipeline.settings import Settings
from samples.pairs import PAIRS, Pair, make, path_of
from schemas.finding import Severity
from tests.test_seeds_judged import HOUSE

_BY_NAME = pytest.mark.parametrize("pair", PAIRS, ids=lambda pair: f"{pair.name}-{'-'.join(pair.finds)}")


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    made = tmp_path_factory.mktemp("pairs")
    make(made, ("born",), 2)
    return made


@_BY_NAME
def test_the_fault_is_found_and_the_look_alike_is_not_accused(pair: Pair, folder: Path) -> None:
    faulty, sound = (judge(folder, each, "born", HOUSE) for each in (pair.faulty, pair.sound))
    verdict = weigh(pair, faulty, sound)
    assert verdict.missed == ()
    assert verdict.false_errors == ()
    assert verdict.false_same == ()


def test_there_are_thirty_pairs_with_names_of_their_own() -> None:
    assert len(PAIRS) >= 30
    assert len({pair.name for pair in PAIRS}) == len(PAIRS)
    assert {id_ for pair in PAIRS for id_ in (*pair.finds, *pair.may)} <= set(RULES)


def test_the_two_of_a_pair_differ_in_their_letters_alone() -> None:
    for pair in PAIRS:
        assert pair.faulty.letters != pair.sound.letters
        same = replace(pair.sound, name=pair.faulty.name, letters=pair.faulty.letters)
        assert same == pair.faulty


def test_every_grave_rule_that_one_drawn_letter_can_break_has_a_pair() -> None:
    """Not here: what needs a register, a file name, scores, missing pages, or a fault of our reading."""
    elsewhere = {"REF-03", "REG-01", "FILE-01", "SUM-02", "TALLY-01", "PAGE-01", "PAGE-03", "READ-01"}
    elsewhere |= {"SIGN-01", "ENC-01"}
    grave = {each.id for each in RULES.values() if each.severity is not Severity.NOTE}
    assert grave - elsewhere == {id_ for pair in PAIRS for id_ in pair.finds} & grave


def test_the_files_of_a_pair_keep_to_the_folder_of_their_quality(tmp_path: Path) -> None:
    places = {path_of(tmp_path, pair.faulty, "born") for pair in PAIRS}
    assert {place.parent for place in places} == {tmp_path / "born"}
    assert Settings().sure == HOUSE.sure
