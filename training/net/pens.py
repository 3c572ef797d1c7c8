"""Pen lines as second looks meet them: digits of many hands, close together, over dots and rules, in every form."""

from __future__ import annotations

import random
from dataclasses import dataclass

import cv2
import numpy as np

from pipeline.image import Gray
from training import damage, hand, numbers, render, texts
from training.damage import as_gray
from training.hand import Writers
from training.penned import Desk
from training.render import Line, Piece


@dataclass(frozen=True)
class Varied(Writers):
    """Real digits, each bent a little anew: a few thousand drawings must stand for all hands."""

    def digit(self, rng: random.Random, writer: int, sign: str) -> Gray:
        """A digit of a writer, bent; now and then another writer's, so that strings mix."""
        if rng.random() < 0.25:
            writer = self.pick(rng, sign)
        return bent(super().digit(rng, writer, sign), rng)


def bent(image: Gray, rng: random.Random) -> Gray:
    """A drawing pulled about smoothly: coarse random shifts, a shear, other proportions in its parts."""
    height, width = image.shape
    coarse = np.random.default_rng(rng.getrandbits(32)).normal(0, rng.uniform(0.4, 2.4), (2, 4, 4))
    shift = [
        cv2.resize(part.astype(np.float32), (width, height), interpolation=cv2.INTER_CUBIC) for part in coarse
    ]
    columns, rows = np.meshgrid(np.arange(width, dtype=np.float32), np.arange(height, dtype=np.float32))
    shear, middle = np.float32(rng.gauss(0, 0.1)), np.float32(height / 2)
    across = columns + shift[0] + shear * (rows - middle)
    return as_gray(cv2.remap(image, across, rows + shift[1], cv2.INTER_LINEAR, borderValue=(255,)))


def _value(rng: random.Random) -> str:
    """What stands in a zone that is filled in by pen."""
    thai = 1.0 if rng.random() < 0.72 else 0.0
    form = rng.random()
    if form < 0.5:
        digits = "".join(rng.choice("0123456789") for _ in range(rng.choice((1, 2, 3, 3, 4, 4, 4, 5, 5, 6))))
        start = rng.choice(("", "", "", "ว", "/", "/ว", "/ ")) if thai else rng.choice(("", "", "/"))
        return start + numbers.in_digits(rng, digits, thai)
    if form < 0.68:
        return numbers.in_digits(rng, str(rng.randint(1, 31)), thai)
    if form < 0.86:
        sign, year = rng.choice("//-."), rng.choice((rng.randint(55, 75), rng.randint(2555, 2575)))
        month = f"{rng.randint(1, 12):{rng.choice(('d', '02d'))}}"
        return numbers.in_digits(rng, f"{rng.randint(1, 31)}{sign}{month}{sign}{year}", thai)
    time = f"{rng.randint(0, 23):02}{rng.choice('..:')}{rng.randint(0, 59):02}"
    return numbers.in_digits(rng, time, thai) + rng.choice((" น.", " น.", "น.", ""))


def pen_line(rng: random.Random, desk: Desk, kind: damage.Damage) -> Line:
    """Pen ink alone or after a label, cut tight or loose, with dots or a rule through its feet."""
    how = render.random_type(rng, desk.faces.pick(rng))
    value = _value(rng)
    piece = render.by_pen(rng, value, how.x_height, desk.writers, desk.faces.pen)
    pieces: list[Piece] = [piece]
    gaps: list[float] = []
    text = value
    if rng.random() < 0.3:
        label = rng.choice(
            (*texts.RECEIPT_LABELS, "ที่", f"ที่ {numbers.agency_code(rng)}", numbers.agency_code(rng))
        )
        apart = label[-1] != "/" and rng.random() < 0.8
        pieces.insert(0, render.set_type(label, how))
        gaps = [how.x_height * (rng.uniform(0.4, 2.0) if apart else rng.uniform(-0.05, 0.35))]
        text = f"{label}{' ' if apart else ''}{value}"
    elif rng.random() < 0.12:
        month = rng.choice(numbers.MONTHS)
        pieces.append(render.set_type(month, how))
        gaps, text = [how.x_height * rng.uniform(0.3, 1.5)], f"{value} {month}"
    alone = len(pieces) == 1
    size = int(piece.rise * rng.uniform(0.5, 1.0)) if alone and rng.random() < 0.7 else how.x_height
    image, base = render.compose(pieces, gaps, max(8, size))
    if rng.random() < 0.25:
        image = render.add_leader(rng, image, base, how.x_height)
    if rng.random() < 0.12:
        image = ruled(rng, image, base, how.x_height)
    return Line(render.finish(rng, image, how.x_height, kind), texts.tidy(text))


def ruled(rng: random.Random, image: Gray, base: int, x_height: int) -> Gray:
    """A printed rule at the feet of the writing, sometimes through them."""
    y = base + int(rng.gauss(0.05, 0.12) * x_height)
    start, end = sorted(rng.sample(range(image.shape[1]), 2))
    cv2.line(image, (start, y), (end, y + rng.randint(-2, 2)), (rng.randint(0, 110),), rng.randint(1, 3))
    return image


def string(rng: random.Random, text: str, writers: Writers, x_height: int) -> Gray:
    """A string of real digits by one writer on a strip of its own; for scoring."""
    style = hand.Style.random(rng, x_height)
    ink = hand.write(rng, text, style, writers)
    piece = Piece(ink, int(ink.shape[0]))
    image, _ = render.compose([piece], [], max(8, int(ink.shape[0] * rng.uniform(0.7, 1.0))))
    return image
