"""Our network beside Tesseract with our model, strip by strip: print, sums, stamps and pen at every quality, and speed.

    python -m benchmarks.reader_compare --digits PATH/digits.npz

The lines are of fonts and writers that neither was trained with; both read the same images in the same run.
"""

from __future__ import annotations

import argparse
import os
import random
from collections.abc import Callable, Sequence
from pathlib import Path

from rich.console import Console
from rich.table import Table

from pipeline import ocr, reader
from pipeline.image import Gray
from pipeline.ocr import StripText
from training.damage import Damage
from training.penned import Desk, penned, stamped
from training.render import Line, printed
from training.score import held_out_desk, score

_SEED = 770_001
_KINDS: tuple[Damage, ...] = ("clean", "scan", "fax", "photo")
_DRAW: dict[str, Callable[[random.Random, Desk, Damage], Line]] = {
    "print": lambda rng, desk, kind: printed(rng, desk.faces, kind),
    "stamps": lambda rng, desk, kind: stamped(rng, desk.faces, kind),
    "pen": penned,
}
_READERS: dict[str, Callable[[Sequence[Gray]], list[StripText]]] = {
    "network": reader.read_strips,
    "tha_saraban": lambda strips: ocr.tesseract(strips, 900),
}


def main(arguments: Sequence[str] | None = None) -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.reader_compare", description=__doc__)
    parser.add_argument(
        "--digits",
        type=Path,
        action="append",
        default=[],
        help="the handwritten digits, for pen by real writers",
    )
    parser.add_argument("--fonts", type=Path, action="append", default=[])
    parser.add_argument("--count", type=int, default=120, help="lines of each kind")
    options = parser.parse_args(arguments)
    desk = held_out_desk(options.fonts, options.digits)
    table = Table(
        title=f"{options.count} lines of each kind; wrong, per cent; whole lines right; ms of CPU a line"
    )
    for name in ("lines", "reader", "characters", "digits", "whole lines", "ms"):
        table.add_column(name, justify="left" if name in ("lines", "reader") else "right")
    reader.available()  # loads the model, so that its start is not counted
    for what, draw in _DRAW.items():
        for kind in _KINDS:
            rng = random.Random(f"{_SEED}/{what}/{kind}")
            lines = [draw(rng, desk, kind) for _ in range(options.count)]
            for name, read in _READERS.items():
                table.add_row(f"{what}, {kind}", name, *_row(lines, read))
    Console(width=None if Console().is_terminal else 120).print(table)


def _row(lines: Sequence[Line], read: Callable[[Sequence[Gray]], list[StripText]]) -> list[str]:
    before = _cpu()
    texts = read([line.image for line in lines])
    spent = _cpu() - before
    found = score(lines, [text.text for text in texts])
    digits = "–" if found.digits_wrong is None else f"{found.digits_wrong:.2f}"
    return [
        f"{found.characters_wrong:.2f}",
        digits,
        f"{found.whole:.1f}",
        f"{1000 * spent / len(lines):.1f}",
    ]


def _cpu() -> float:
    """CPU seconds of this process and of the programs it has run."""
    spent = os.times()
    return spent.user + spent.system + spent.children_user + spent.children_system


if __name__ == "__main__":
    main()
