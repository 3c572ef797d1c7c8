"""Boxes to tick, signatures and seals: precision and recall by kind and quality, on forms drawn anew.

  python -m benchmarks.marks                 40 forms in each quality
  python -m benchmarks.marks --seed 9 --wrong

Layouts, box styles and sizes, pens, ticks, seals and damages are drawn at random by the seed. A mark counts as found
where its middle lies in a found one of its kind; a box must have its true state, too (`doubtful` is never right for
a plain mark). Lines of text are given as drawn, so that only the marks are measured.
"""

from __future__ import annotations

import argparse
import random
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from typing import Any, get_args

import cv2
import numpy as np
from rich.console import Console
from rich.table import Table

from pipeline import image
from pipeline.marks import find_marks
from samples import degrade
from samples.content import Damage, Look
from samples.contest import layout_of
from samples.contest_entries import contest
from samples.contest_form import Filling, Layout, Places, draw_form
from samples.contest_marks import BOX_STYLES, SEAL_COLOURS, State
from samples.paper import Paper
from schemas.ink import Box, Line, Mark, Word

QUALITIES = {"scan": degrade.scanned, "fax": degrade.faxed, "photo": degrade.photographed}
KINDS = ("box", "state", "signature", "seal")


@dataclass
class Tally:
    """Hits and misses of one kind."""

    there: int = 0
    hit: int = 0
    false: int = 0
    wrong: list[str] = field(default_factory=list)


def main(arguments: Sequence[str] | None = None) -> None:
    """Draw, look, count."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--count", type=int, default=40)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--quality", choices=tuple(QUALITIES), action="append")
    parser.add_argument("--wrong", action="store_true", help="list every mark that is not right")
    options = parser.parse_args(arguments)
    table = Table("quality", "kind", "there", "found", "recall", "false", "precision")
    for quality in options.quality or QUALITIES:
        tallies = {kind: Tally() for kind in KINDS}
        confused: Counter[tuple[str, str]] = Counter()
        for number in range(options.count):
            _measure(number, options.seed, quality, tallies, confused)
        for kind, tally in tallies.items():
            found = tally.hit + tally.false
            table.add_row(
                quality, kind, str(tally.there), str(tally.hit), _share(tally.hit, tally.there), str(tally.false),
                _share(tally.hit, found),
            )  # fmt: skip
            for line in tally.wrong if options.wrong else ():
                print(quality, kind, line)
        if options.wrong:
            print(quality, {pair: n for pair, n in confused.items() if pair[0] != pair[1]})
    Console().print(table)


def _share(part: int, whole: int) -> str:
    return f"{100 * part / whole:.1f} %" if whole else "-"


def _form(number: int, seed: int) -> tuple[Layout, Filling]:
    rng = random.Random(f"marks/{seed}/{number}")
    layout = replace(
        layout_of(1000 * seed + number + 1),
        box=BOX_STYLES[number % len(BOX_STYLES)],
        side=rng.uniform(8.0, 15.0),
        look=Look(face=rng.choice(("Laksaman", "Garuda", "Norasi", "Loma", "Umpush", "Waree", "Kinnari"))),
    )
    sound = contest(8, seed * 100 + number, faults=())[number % 8].filling
    states: tuple[State, ...] = tuple(s for s in get_args(State) if s != "doubtful")
    radius = rng.uniform(26, 46)
    return layout, replace(
        sound, accepted=rng.choice((*states, "ticked")), signed=rng.random() < 0.8, sealed=rng.random() < 0.8,
        seal_colour=rng.choice(SEAL_COLOURS), seal_size=(radius, radius * rng.choice((1.0, 1.0, 0.72))),
    )  # fmt: skip


def _measure(
    number: int, seed: int, quality: str, tallies: dict[str, Tally], confused: Counter[tuple[str, str]]
) -> None:
    layout, filling = _form(number, seed)
    paper, places = draw_form(layout, filling, f"{seed}/{number}")
    rng = np.random.default_rng([seed, number])
    picture = degrade.rendered(bytes(paper.print.output()), bytes(paper.ink.output()), 0, rng)
    damage = Damage(
        skew=random.Random(f"{seed}{number}").uniform(-1.4, 1.4), holes=number % 3 == 0, edges=number % 4 == 1
    )
    picture, to_pixels = QUALITIES[quality](picture, damage, rng)  # type: ignore[operator]
    if quality != "fax":
        picture = np.asarray(
            cv2.imdecode(cv2.imencode(".jpg", picture, [cv2.IMWRITE_JPEG_QUALITY, 82])[1], 1)
        )
    size = (595.28, 595.28 * picture.shape[0] / picture.shape[1])
    scale = size[0] / picture.shape[1]
    lines = _lines(paper, to_pixels, scale)
    found = find_marks(
        image.prepare(picture, sideways=False), size, (picture.shape[1], picture.shape[0]), 1, lines
    )
    _count(f"{number} {layout.box}", places, _mover(to_pixels, scale), found, tallies, confused)


def _mover(to_pixels: Any, scale: float) -> Any:
    def moved(box: Box) -> Box:
        corners = np.array([[box.x0, box.x1, box.x1, box.x0], [box.y0, box.y0, box.y1, box.y1], [1, 1, 1, 1]])
        there = to_pixels @ corners
        xs, ys = there[0] / there[2] * scale, there[1] / there[2] * scale
        return Box(xs.min(), ys.min(), xs.max(), ys.max())

    return moved


def _lines(paper: Paper, to_pixels: Any, scale: float) -> list[Line]:
    moved = _mover(to_pixels, scale)
    made = []
    for drawn in paper.lines[0]:
        text = drawn.text
        if text == "(":  # a name in brackets is drawn in three parts
            text = "(นายตัวอย่าง ดีงาม)"
            box = moved(Box(drawn.box.x0, drawn.box.y0, drawn.box.x0 + 190, drawn.box.y1))
        else:
            box = moved(drawn.box)
        made.append(Line(text=text, page=1, box=box, words=(Word(text=text, box=box),), confidence=0.97))
    return made


def _count(
    name: str, places: Places, moved: Any, found: Sequence[Mark], tallies: dict[str, Tally],
    confused: Counter[tuple[str, str]],
) -> None:  # fmt: skip
    truth = {
        "box": [moved(box) for box, _ in places.boxes],
        "signature": [moved(box) for box in places.signatures],
        "seal": [moved(box) for box in places.seals],
    }
    states = [state for _, state in places.boxes]
    for kind, boxes in truth.items():
        tally, left = tallies[kind], [mark for mark in found if mark.kind == kind]
        for place, box in enumerate(boxes):
            tally.there += 1
            hit = next((mark for mark in left if _meets(mark.box, box)), None)
            if hit is None:
                tally.wrong.append(f"{name}: missed {states[place] if kind == 'box' else ''}")
                continue
            left.remove(hit)
            tally.hit += 1
            if kind == "box":
                _state(name, states[place], hit.state or "", tallies["state"], confused)
        tally.false += len(left)
        tally.wrong += [
            f"{name}: false {mark.state or ''} at {tuple(round(v) for v in mark.box)}" for mark in left
        ]


def _state(name: str, wanted: str, got: str, tally: Tally, confused: Counter[tuple[str, str]]) -> None:
    tally.there += 1
    confused[wanted, got] += 1
    if wanted == got:
        tally.hit += 1
    elif got != "doubtful":
        tally.false += 1
        tally.wrong.append(f"{name}: {got}, not {wanted}")
    else:
        tally.wrong.append(f"{name}: doubtful, not {wanted}")


def _meets(one: Box, other: Box) -> bool:
    across = min(one.x1, other.x1) - max(one.x0, other.x0)
    down = min(one.y1, other.y1) - max(one.y0, other.y0)
    if across <= 0 or down <= 0:
        return False
    return across * down > 0.25 * min(one.width * one.height, other.width * other.height)


if __name__ == "__main__":
    main()
