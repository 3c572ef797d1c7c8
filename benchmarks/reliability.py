"""Whether confidence means what it says: values by confidence, and how many of them are right.

  python -m benchmarks.reliability --folder DIR [--folder DIR …]      a table; held-out letters, not the samples
  python -m benchmarks.reliability --folder DIR --plot docs/pictures/reliability.svg
  python -m benchmarks.reliability --folder DIR --wrong               every value that is wrong though shown as sure

Make the letters with `python samples/make.py --count 20 --seed 301 --out DIR`. The aim: of the values shown as sure
at most 1 in 200 is wrong.
"""

from __future__ import annotations

import argparse
import datetime as dt
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from itertools import pairwise
from pathlib import Path
from typing import NamedTuple

from rich.console import Console
from rich.table import Table

from benchmarks.readers import saraban
from benchmarks.score import Mark, marks
from pipeline.settings import Settings
from samples.content import QUALITIES
from samples.truth import TrueDocument, documents

EDGES = (0.0, 0.2, 0.4, 0.6, 0.7, 0.8, 0.85, 0.9, 0.95, 0.98, 1.0001)
PAPER = ("scan", "fax", "photo")


class Bin(NamedTuple):
    """Values of about one confidence."""

    low: float
    high: float
    count: int
    right: int
    mean: float  # confidence


def main(arguments: Sequence[str] | None = None) -> None:
    """Read, print the tables, and draw."""
    options = _options(arguments)
    settings = Settings()
    found = {
        quality: _values(options.folder, quality, settings, options.jobs)
        for quality in options.quality or PAPER
    }
    console = Console()
    together = [mark for made in found.values() for mark in made]
    console.print(_table(binned(together)))
    console.print(_sure({**found, "all": together}))
    if options.wrong:
        for quality, made in found.items():
            for one in made:
                if one.sure and one.verdict != "right":
                    said = f"{quality} {one.document} {one.field} {one.confidence:.2f} pen={one.pen}"
                    console.print(
                        f"{said}\n   true {one.true}\n   read {one.read}", markup=False, soft_wrap=True
                    )
    if options.plot is not None:
        draw(found, options.plot)


def _values(folders: Sequence[Path], quality: str, settings: Settings, jobs: int) -> list[Mark]:
    """All values of all letters that were understood."""

    def read(document: TrueDocument) -> list[Mark]:
        result = saraban(document.path(quality), settings, dt.date(2026, 1, 1))  # type: ignore[arg-type]
        return [one for one in marks(document, result, settings.sure) if one.verdict != "unread"]

    chosen = [d for f in folders for d in documents(f) if d.secrecy is None and d.path(quality).exists()]  # type: ignore[arg-type]
    with ThreadPoolExecutor(jobs) as pool:
        return [one for made in pool.map(read, chosen) for one in made]


def binned(values: Sequence[Mark], edges: Sequence[float] = EDGES) -> list[Bin]:
    """Values by confidence; bins without any are left out."""
    bins = []
    for low, high in pairwise(edges):
        mine = [one for one in values if low <= one.confidence < high]
        if mine:
            right = sum(one.verdict == "right" for one in mine)
            bins.append(
                Bin(low, min(1.0, high), len(mine), right, sum(m.confidence for m in mine) / len(mine))
            )
    return bins


def _table(bins: Sequence[Bin]) -> Table:
    table = Table("confidence", "values", "right", "share right", title="values by confidence")
    for one in bins:
        share = f"{100 * one.right / one.count:.1f} %"
        table.add_row(f"{one.low:.2f} – {one.high:.2f}", str(one.count), str(one.right), share)
    return table


def _sure(found: dict[str, list[Mark]]) -> Table:
    table = Table("quality", "shown as sure", "of them wrong", "share wrong", title="shown as sure")
    for quality, made in found.items():
        sure = [one for one in made if one.sure]
        wrong = sum(one.verdict != "right" for one in sure)
        table.add_row(quality, str(len(sure)), str(wrong), f"{100 * wrong / max(1, len(sure)):.2f} %")
    return table


def draw(found: dict[str, list[Mark]], path: Path) -> None:
    """The reliability plot: on the line, confidence is what it says; above it, it is too modest."""
    import matplotlib

    matplotlib.use("svg")
    import matplotlib.pyplot as plt

    matplotlib.rcParams.update({"svg.hashsalt": "saraban", "font.size": 10})
    figure, (plot, sizes) = plt.subplots(
        2, 1, figsize=(6, 6), sharex=True, height_ratios=(3, 1), layout="constrained"
    )
    plot.plot((0, 1), (0, 1), color="0.6", linewidth=1, linestyle="--")
    plot.axvspan(0.9, 1.0, color="#dff0df", zorder=0)
    plot.text(0.905, 0.03, "sure", color="#2f6b2f")
    for quality, made in found.items():
        bins = binned(made)
        plot.plot([b.mean for b in bins], [b.right / b.count for b in bins], marker="o", label=quality)
    plot.set(ylabel="share right", xlim=(0, 1), ylim=(0, 1.02))
    plot.legend(loc="upper left", frameon=False)
    together = binned([mark for made in found.values() for mark in made])
    sizes.bar(
        [(b.low + b.high) / 2 for b in together],
        [b.count for b in together],
        [b.high - b.low for b in together],
        color="#7a9cc6",
        edgecolor="white",
    )
    sizes.set(xlabel="confidence", ylabel="values")
    path.parent.mkdir(parents=True, exist_ok=True)
    figure.savefig(path, metadata={"Date": None})
    plt.close(figure)


def _options(arguments: Sequence[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument(
        "--folder", type=Path, action="append", required=True, help="a held-out set; may be given again"
    )
    parser.add_argument("--quality", action="append", choices=QUALITIES, help="default: all on paper")
    parser.add_argument("--plot", type=Path, help="draw the plot to this file (svg)")
    parser.add_argument("--wrong", action="store_true", help="list what is wrong though shown as sure")
    parser.add_argument("--jobs", type=int, default=2, help="documents at a time")
    return parser.parse_args(arguments)


if __name__ == "__main__":
    main()
