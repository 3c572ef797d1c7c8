"""How pen digits are read: by our network and by Tesseract with our model, as strips and on whole pages.

    python -m benchmarks.pen --digits PATH/digits.npz                 strips by writers that training never saw
    python -m benchmarks.pen --digits PATH/digits.npz --pages 40      whole pages by each choice of reader

The pages are letters with number and day by such a writer, read by the whole pipeline.

Arabic digits by pen come from strokes and pen-like fonts: no set of real ones is used. On pages they are the samples'
own strokes, which no training line has.
"""

from __future__ import annotations

import argparse
import dataclasses
import datetime as dt
import random
import tempfile
from collections.abc import Sequence
from pathlib import Path
from typing import get_args

import numpy as np
from PIL import Image
from rich.console import Console
from rich.table import Table

from benchmarks.score import Mark, marks
from pipeline import ocr, reader, stages
from pipeline.settings import Settings
from samples import pen as script
from samples.build import make_file, truth_of
from samples.content import Letter, Quality, Sample
from samples.heldout import heldout
from training.damage import Damage
from training.hand import Writers, writers_kept_out
from training.net import score as strips
from training.numbers import THAI_DIGITS
from training.score import Score, held_out_desk, score

_FIELDS = ("number", "date", "receipts.number", "receipts.date")
_LEVEL = 60  # of ink; fainter is paper


def main(arguments: Sequence[str] | None = None) -> None:
    """Print the tables."""
    options = _options(arguments)
    console = Console(width=None if Console().is_terminal else 160)
    if options.pages:
        console.print(_pages(options))
    else:
        console.print(_strips(options))


def _options(arguments: Sequence[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.pen", description=__doc__)
    parser.add_argument("--digits", type=Path, action="append", required=True, help="the handwritten digits")
    parser.add_argument("--fonts", type=Path, action="append", default=[], help="more pen-like fonts")
    parser.add_argument("--count", type=int, default=200, help="strips of each kind")
    parser.add_argument("--pages", type=int, default=0, help="letters to draw instead")
    parser.add_argument("--seed", type=int, default=5150)
    parser.add_argument("--quality", choices=("scan", "fax", "photo"), default="scan")
    parser.add_argument("--reader", choices=get_args(ocr.Choice), action="append", help="default: all three")
    parser.add_argument("--wrong", action="store_true", help="list every value that is not right")
    return parser.parse_args(arguments)


def _strips(options: argparse.Namespace) -> Table:
    """Strips: share of digits and of whole strings that are right."""
    kind: Damage = options.quality
    desk = held_out_desk(options.fonts, options.digits)
    table = Table(title=f"pen strips, {kind}, {options.count} of each: right, per cent")
    for name in ("strip", "digits, network", "digits, tha_saraban", "whole, network", "whole, tha_saraban"):
        table.add_column(name, justify="left" if name == "strip" else "right")
    for name, lines in strips.pen_lines(desk, options.count, kind).items():
        grammar = strips.PEN[name][1]
        images = [line.image for line in lines]
        ours = score(lines, [reader.read(image, grammar).text.text for image in images])
        theirs = score(lines, [text.text for text in ocr.tesseract(images, 900)])
        row = [_digits(ours), _digits(theirs), f"{ours.whole:.1f}", f"{theirs.whole:.1f}"]
        table.add_row(name, *row)
    return table


def _digits(found: Score) -> str:
    return "–" if found.digits_wrong is None else f"{100 - found.digits_wrong:.1f}"


def scripts(writers: Writers) -> list[script.Script]:
    """Writers who have all ten digits, as the samples' pen wants them."""
    return [
        {THAI_DIGITS[value]: [_cut(image) for image in own[value]] for value in range(10)}
        for own in writers.images.values()
        if all(value in own for value in range(10))
    ]


def _cut(image: np.ndarray) -> Image.Image:
    ys, xs = np.nonzero(image < 255 - _LEVEL)
    return Image.fromarray(image[ys.min() : ys.max() + 1, xs.min() : xs.max() + 1])


def letters(count: int, seed: int) -> list[Sample]:
    """Letters drawn at random with number and day by pen, and receipts by pen or rubber."""
    made = []
    for sample in heldout(count, seed):
        rng = random.Random(f"pen/{sample.name}")
        letter: Letter = sample.letters[0]
        wanted = rng.choice((("number",), ("number", "date"), ("number", "date"), ("date",)))
        changed = dataclasses.replace(letter, pen=wanted, thai=True)
        made.append(dataclasses.replace(sample, letters=(changed,), scan="png"))
    return made


def _pages(options: argparse.Namespace) -> Table:
    """Pages through the whole pipeline, by each choice of reader."""
    writers = writers_kept_out(options.digits)
    if writers is None:
        raise SystemExit("--digits: there is no set of Thai digits among these files.")
    script.SCRIPTS[:] = scripts(writers)
    quality: Quality = options.quality
    found: dict[str, list[Mark]] = {name: [] for name in options.reader or get_args(ocr.Choice)}
    with tempfile.TemporaryDirectory() as folder:
        for sample in letters(options.pages, options.seed):
            path = Path(folder) / f"{sample.name}.{'jpg' if quality == 'photo' else 'png'}"
            make_file(sample, quality, path)
            truth = truth_of(sample)
            for name, made in found.items():
                settings = Settings(reader=name)  # type: ignore[arg-type]
                result = stages.process(path, settings, dt.date(2026, 1, 1))
                made += [mark for mark in marks(truth, result, settings.sure) if mark.field in _FIELDS]
            path.unlink()
    if options.wrong:
        _tell(found)
    return _page_table(found, f"{options.pages} letters, {quality}; number and day by unseen writers")


def _page_table(found: dict[str, list[Mark]], title: str) -> Table:
    table = Table(title=title)
    for name in (
        "field",
        "reader",
        "there",
        "right",
        "among candidates",
        "not understood",
        "wrong",
        "sure",
        "sure, wrong",
    ):
        table.add_column(name, justify="left" if name in ("field", "reader") else "right")
    for field in _FIELDS:
        for pen in (True, False):
            for reader_name, made in found.items():
                chosen = [m for m in made if m.field == field and m.pen is pen]
                if chosen:
                    table.add_row(f"{field}{', pen' if pen else ''}", reader_name, *_counts(chosen))
    return table


def _counts(chosen: list[Mark]) -> list[str]:
    there = [m for m in chosen if m.verdict != "invented"]
    wrong = [m for m in chosen if m.verdict in ("wrong", "invented")]
    sure = [m for m in chosen if m.sure]
    right = sum(m.verdict == "right" for m in there)
    return [
        str(len(there)),
        f"{right} ({right / max(1, len(there)):.0%})",
        str(sum(m.offered for m in there if m.verdict != "right")),
        str(sum(m.verdict == "unread" for m in there)),
        str(len(wrong)),
        str(len(sure)),
        str(sum(m.verdict != "right" for m in sure)),
    ]


def _tell(found: dict[str, list[Mark]]) -> None:
    for name, made in found.items():
        for m in made:
            if m.verdict != "right":
                sure = "SURE" if m.sure else ""
                print(f"{name:10} {m.document} {m.field} {m.verdict} {sure} {m.confidence:.2f} pen={m.pen}")
                print(f"     true {m.true}\n     read {m.read}")


if __name__ == "__main__":
    main()
