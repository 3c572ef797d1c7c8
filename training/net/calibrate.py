"""How sure is how right: the network's confidence in a sign, against the share of such signs that were right.

Fitted on lines of fonts and writers kept out of training, on the half of those writers that no table is scored with.
"""

from __future__ import annotations

import argparse
import json
import random
from collections.abc import Iterator, Sequence
from itertools import pairwise
from pathlib import Path

import numpy as np
from rapidfuzz.distance import Levenshtein

from pipeline import beam, reader
from training import penned, render
from training.damage import Damage
from training.net.data import ALPHABET
from training.net.score import PEN
from training.penned import Desk
from training.render import Line
from training.score import held_out_desk

Table = tuple[tuple[float, float], ...]
_SEED = 660_001
_BINS = 24
_KINDS: tuple[Damage, ...] = ("clean", "scan", "scan", "photo", "fax")


def half(desk: Desk, first: bool) -> Desk:
    """The desk with every other writer only."""
    if desk.writers is None:
        return desk
    start = 0 if first else 1
    sets = [set(sorted(images)[start::2]) for images in (desk.writers.images, desk.writers.arabic)]
    return Desk(desk.faces, desk.writers.chosen(lambda kind, name: name in sets[kind]))


def lines(desk: Desk, count: int, seed: int = _SEED) -> Iterator[Line]:
    """Lines of every kind: pen, numbers, dates, stamps, print."""
    rng = random.Random(seed)
    draws = [draw for draw, _ in PEN.values()]
    for place in range(count):
        kind = rng.choice(_KINDS)
        if place % 3 == 0:
            yield rng.choice(draws)(rng, desk, kind)
        elif place % 3 == 1:
            yield penned.penned(rng, desk, kind)
        else:
            yield render.printed(rng, desk.faces, kind)


def judged(line: Line) -> Iterator[tuple[float, bool]]:
    """Each sign that was read: its raw confidence, and whether it stands there."""
    signs = beam.greedy(reader.columns(reader.normalised(line.image)))
    said = "".join(reader.facts().alphabet[sign.code - 1] for sign in signs)
    right: set[int] = set()
    for step in Levenshtein.opcodes(said, line.text):
        if step.tag == "equal":
            right.update(range(step.src_start, step.src_end))
    for place, sign in enumerate(signs):
        if said[place] != " ":
            yield sign.confidence, place in right


def fitted(found: Sequence[tuple[float, bool]]) -> Table:
    """A table that rises: shares by bins of like confidence, bins that fall pooled with their neighbours (isotonic)."""
    ordered = sorted(found, key=lambda pair: pair[0])
    parts = [part for part in np.array_split(np.arange(len(ordered)), min(_BINS, len(ordered))) if len(part)]
    pools: list[list[float]] = []  # sum of confidences, number right, number
    for part in parts:
        chosen = [ordered[i] for i in part]
        pools.append([sum(c for c, _ in chosen), float(sum(r for _, r in chosen)), float(len(chosen))])
        while len(pools) > 1 and pools[-2][1] / pools[-2][2] >= pools[-1][1] / pools[-1][2]:
            last = pools.pop()
            pools[-1] = [a + b for a, b in zip(pools[-1], last, strict=True)]
    # one more wrong one than was seen, so that no share is 1
    points = [(total / count, right / (count + 1)) for total, right, count in pools]
    table = [(0.0, 0.0), *points, (1.0, points[-1][1] if points else 1.0)]
    return tuple((round(x, 5), round(max(y for _, y in table[: i + 1]), 5)) for i, (x, y) in enumerate(table))


def write_facts(file: Path, temperature: float, table: Sequence[tuple[float, float]]) -> None:
    """What the pipeline must know beside the weights: the alphabet and the calibration."""
    facts = {
        "alphabet": ALPHABET,
        "height": reader.HEIGHT,
        "temperature": temperature,
        "calibration": [list(pair) for pair in table],
    }
    rows = ",\n ".join(
        f"{json.dumps(key)}: {json.dumps(value, ensure_ascii=False)}" for key, value in facts.items()
    )
    file.write_text(f"{{{rows}}}\n", encoding="utf-8")


def main(arguments: Sequence[str] | None = None) -> None:
    """Fit the table and write it beside the model; print how it holds on the other writers."""
    parser = argparse.ArgumentParser(prog="python -m training.net.calibrate", description=main.__doc__)
    parser.add_argument("--model", type=Path, default=reader.MODEL)
    parser.add_argument("--digits", type=Path, action="append", default=[])
    parser.add_argument("--fonts", type=Path, action="append", default=[])
    parser.add_argument("--count", type=int, default=900)
    options = parser.parse_args(arguments)
    reader.MODEL = options.model
    desk = held_out_desk(options.fonts, options.digits)
    table = fitted([sign for line in lines(half(desk, True), options.count) for sign in judged(line)])
    write_facts(options.model.with_suffix(".json"), 1.0, table)
    reader.facts.cache_clear()
    other = [sign for line in lines(half(desk, False), options.count, _SEED + 1) for sign in judged(line)]
    print("shown as      signs   right, per cent")
    edges = (0.0, 0.5, 0.8, 0.9, 0.95, 0.98, 0.99, 0.995, 1.01)
    for low, high in pairwise(edges):
        chosen = [right for raw, right in other if low <= reader.facts().calibrated(raw) < high]
        if chosen:
            print(f"{low:.3f}–{min(1, high):.3f} {len(chosen):7}   {100 * sum(chosen) / len(chosen):.2f}")


if __name__ == "__main__":
    main()
