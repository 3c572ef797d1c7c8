"""How well letters are judged: over pairs of a faulty letter and a faultless look-alike, by quality.

python -m benchmarks.judging                          draws the pairs that are not there yet, then judges them
python -m benchmarks.judging --quality scan --wrong   one quality, and what was missed or wrongly said
python -m benchmarks.judging --seeds ../shared/seeds  the transcripts' findings too: no error may be among them
"""

from __future__ import annotations

import argparse
import datetime as dt
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import NamedTuple

from rich.console import Console
from rich.table import Table

from pipeline import stages
from pipeline.settings import Settings
from samples.content import QUALITIES, Quality, Sample
from samples.pairs import PAIRS, Pair, make, path_of
from samples.truth import PAGES
from schemas.finding import Finding, Severity
from schemas.result import Result

TODAY = dt.date(2026, 1, 5)
FOLDER = PAGES / "pairs"


class Verdict(NamedTuple):
    """What was found of one pair in one quality."""

    pair: Pair
    missed: tuple[str, ...]  # findings that should have been there
    false_errors: tuple[Finding, ...]  # errors on the faultless letter, or beside the fault
    false_same: tuple[Finding, ...]  # the faulty letter's finding on the faultless one
    accused: int  # of the right findings, those that call it the document's fault


def judge(folder: Path, sample: Sample, quality: Quality, settings: Settings) -> Result:
    """Read and judge one document."""
    return stages.process(path_of(folder, sample, quality), settings, TODAY)


def weigh(pair: Pair, faulty: Result, sound: Result) -> Verdict:
    """Compare what was found with what should be; a doubtful finding that asks a person has found it too."""
    there = {each.id for each in faulty.findings}
    right = [each for each in faulty.findings if each.id in pair.finds]
    wrong = [
        each
        for each in faulty.findings
        if each.severity is Severity.ERROR and each.id not in (*pair.finds, *pair.may)
    ]
    return Verdict(
        pair,
        tuple(each for each in pair.finds if each not in there),
        (*wrong, *(each for each in sound.findings if each.severity is Severity.ERROR)),
        tuple(each for each in sound.findings if each.id in pair.finds),
        len({each.id for each in right if each.fault == "document"}),
    )


def verdicts(folder: Path, quality: Quality, settings: Settings, jobs: int) -> list[Verdict]:
    """Judge all pairs in one quality."""
    with ThreadPoolExecutor(jobs) as pool:

        def both(pair: Pair) -> Verdict:
            results = [judge(folder, each, quality, settings) for each in (pair.faulty, pair.sound)]
            return weigh(pair, *results)

        return list(pool.map(both, PAIRS))


def main(arguments: Sequence[str] | None = None) -> None:
    options = _options(arguments)
    console = Console(width=160 if not Console().is_terminal else None)
    settings, qualities = Settings(), tuple(options.quality or QUALITIES)
    make(options.folder, qualities, options.jobs)
    table = Table(title=f"{len(PAIRS)} pairs")
    heads = (
        "quality",
        "faults found",
        "of them as the document's",
        "false errors",
        "same finding on the sound one",
    )
    for head in heads:
        table.add_column(head, justify="right")
    for quality in qualities:
        made = verdicts(options.folder, quality, settings, options.jobs)
        table.add_row(quality, *_figures(made))
        for each in made if options.wrong else ():
            if each.missed or each.false_errors or each.false_same:
                said = [f"false {f.id}: {f.message_en}" for f in (*each.false_errors, *each.false_same)]
                console.print(
                    f"{quality} {each.pair.name} missed={each.missed} {said}", markup=False, soft_wrap=True
                )
    console.print(table)
    if options.seeds:
        _seeds(options.seeds, settings, console)


def _figures(made: Sequence[Verdict]) -> tuple[str, ...]:
    wanted = sum(len(each.pair.finds) for each in made)
    found = wanted - sum(len(each.missed) for each in made)
    errors = sum(len(each.false_errors) for each in made)
    same = sum(len(each.false_same) for each in made)
    accused = sum(each.accused for each in made)
    return (f"{found}/{wanted} {100 * found / wanted:.0f}%", str(accused), str(errors), str(same))


def _seeds(folder: Path, settings: Settings, console: Console) -> None:
    for path in sorted(folder.glob("*.txt")):
        result = stages.process(path, settings, TODAY)
        said = ", ".join(f"{each.id} ({each.severity})" for each in result.findings)
        console.print(f"{path.name}: {said or 'nothing'}", markup=False, soft_wrap=True)


def _options(arguments: Sequence[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--quality", action="append", choices=QUALITIES, help="may be given again")
    parser.add_argument("--folder", type=Path, default=FOLDER, help="where the pairs lie")
    parser.add_argument("--jobs", type=int, default=2, help="documents at a time")
    parser.add_argument("--wrong", action="store_true", help="list what was missed or wrongly said")
    parser.add_argument("--seeds", type=Path, help="folder of the seed transcripts, to judge them too")
    return parser.parse_args(arguments)


if __name__ == "__main__":
    main()
