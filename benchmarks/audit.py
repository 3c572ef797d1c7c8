"""The contest audit against the truth: each requirement's precision and recall, unclear answers, and speed.

python -m benchmarks.audit                                   the sample contest as office scans
python -m benchmarks.audit --quality fax --layout 3 --seed 9 another contest, with another form
python -m benchmarks.audit --wrong                           every answer that differs from the truth
"""

from __future__ import annotations

import argparse
import json
import resource
import tempfile
import time
from collections import Counter
from collections.abc import Sequence
from pathlib import Path

from rich.console import Console
from rich.table import Table

from pipeline.audit.conditions import load
from pipeline.audit.folder import read_manifest
from pipeline.audit.run import Task, audit, learn_form
from pipeline.audit.winners import read_winners
from pipeline.settings import Settings
from samples import contest
from schemas.audit import Audit

SURELY = ("met", "not_applicable")


def main(arguments: Sequence[str] | None = None) -> None:
    """Make a contest, audit it, and print the table."""
    options = _options(arguments)
    with tempfile.TemporaryDirectory() as made:
        folder = options.folder or Path(made)
        if options.folder is None:
            contest.make(folder, options.quality, options.layout, options.seed, options.count)
        found, wall, cpu = _audit(folder, options.workers)
        truth = json.loads((folder / "truth.json").read_text(encoding="utf-8"))
    Console(width=110).print(_table(found, truth))
    answers = [v for entry in found.entries for v in entry.verdicts]
    unclear = sum(v.answer == "unclear" for v in answers)
    failed = [
        f"{entry.id}: {v.requirement}: {v.message}"
        for entry in found.entries
        for v in entry.verdicts
        if v.answer == "not_met" and truth[entry.id]["answers"].get(v.requirement, "met") != "not_met"
    ]
    count = len(found.entries)
    print(f"unclear: {unclear} of {len(answers)} answers ({100 * unclear / len(answers):.1f} %)")
    print(f"failed by a misreading: {len(failed)}")
    print(
        f"speed: {60 * count / wall:.0f} submissions a minute ({wall:.0f} s, {cpu / count:.1f} s of CPU each)"
    )
    for line in failed:
        print("  ", line)
    if options.wrong:
        _wrong(found, truth)


def _audit(folder: Path, workers: int) -> tuple[Audit, float, float]:
    settings = Settings(workers=workers)
    conditions = load(folder / "announcement.pdf", settings)
    winners, arrivals = (
        read_winners([folder / "winners.txt"], settings),
        read_manifest(folder / "arrivals.csv"),
    )
    before = [resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    start = time.perf_counter()
    form = learn_form(folder / "blank-form.pdf", conditions, settings)
    found = audit(Task(folder / "entries", folder / "report", conditions, settings, form), winners, arrivals)
    wall = time.perf_counter() - start
    (folder / "report" / "entries.json").write_text(
        json.dumps([entry.model_dump(mode="json") for entry in found.entries], ensure_ascii=False),
        encoding="utf-8",
    )
    after = [resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    cpu = sum(b.ru_utime + b.ru_stime - a.ru_utime - a.ru_stime for a, b in zip(before, after, strict=True))
    return found, wall, cpu


def _table(found: Audit, truth: dict[str, dict[str, dict[str, str]]]) -> Table:
    """Right answers by requirement. Precision: of those failed, truly failing; recall: of those failing, failed."""
    table = Table(
        "requirement",
        "answers",
        "right",
        "failing",
        "failed",
        "precision",
        "recall",
        "unclear",
        "of them rightly",
    )
    for id_, *_ in found.requirements:
        pairs = [(truth[e.id]["answers"].get(id_, "met"), e.answer(id_) or "met") for e in found.entries]
        seen = Counter((wanted, "met" if got in SURELY else got) for wanted, got in pairs)
        hits = seen["not_met", "not_met"]
        failed = sum(n for (_, got), n in seen.items() if got == "not_met")
        failing = sum(n for (wanted, _), n in seen.items() if wanted == "not_met")
        unclear = sum(n for (_, got), n in seen.items() if got == "unclear")
        right = sum(n for (wanted, got), n in seen.items() if wanted == got)
        table.add_row(
            id_, str(len(pairs)), str(right), str(failing), str(failed), _share(hits, failed), _share(hits, failing),
            str(unclear), str(seen["unclear", "unclear"]),
        )  # fmt: skip
    return table


def _share(part: int, whole: int) -> str:
    return f"{100 * part / whole:.1f} %" if whole else "-"


def _wrong(found: Audit, truth: dict[str, dict[str, dict[str, str]]]) -> None:
    for entry in found.entries:
        for v in entry.verdicts:
            wanted = truth[entry.id]["answers"].get(v.requirement, "met")
            if v.answer != wanted and not (wanted == "met" and v.answer == "not_applicable"):
                print(
                    f"{entry.id} ({truth[entry.id]['fault']}) {v.requirement}: {v.answer}, not {wanted}: {v.message}"
                )


def _options(arguments: Sequence[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--quality", choices=("scan", "fax", "photo"), default="scan")
    parser.add_argument("--layout", type=int, default=0)
    parser.add_argument("--seed", type=int, default=5)
    parser.add_argument("--count", type=int, default=54)
    parser.add_argument("--workers", type=int, default=2)
    parser.add_argument("--folder", type=Path, help="a contest that is there already")
    parser.add_argument("--wrong", action="store_true", help="list every answer that differs from the truth")
    return parser.parse_args(arguments)


if __name__ == "__main__":
    main()
