"""Pen strokes: digits and a few signs written by hand, and signatures.

Each writer has a slant, a width and a shake of the hand.
"""

from __future__ import annotations

import math
import random
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from PIL import Image

from samples.paper import Paper, Rgb
from samples.signs import SIGNS, Point
from schemas.ink import Box

BLUE: Rgb = (30, 50, 150)
DARK: Rgb = (28, 28, 40)
Script = Mapping[str, Sequence[Image.Image]]
"""Signs of one person's real handwriting: pictures of dark ink on white, cut to the ink."""
SCRIPTS: list[Script] = []
"""Whose handwriting is used for the signs they have, by style; none unless a benchmark puts some here."""


@dataclass(frozen=True)
class Hand:
    """A writer: how high, slanted, wide and shaky the signs are, and how thick the pen is."""

    height: float = 11.0
    slant: float = 0.12
    stretch: float = 0.72
    shake: float = 0.035
    thickness: float = 1.0
    colour: Rgb = BLUE
    script: Script = field(default_factory=dict)

    @classmethod
    def of(cls, style: int) -> Hand:
        """One of many writers, by number."""
        rng = random.Random(style * 7919 + 13)
        return cls(
            height=rng.uniform(9.5, 13.0),
            slant=rng.uniform(-0.1, 0.28),
            stretch=rng.uniform(0.6, 0.88),
            shake=rng.uniform(0.02, 0.05),
            thickness=rng.uniform(0.8, 1.3),
            colour=rng.choice([BLUE, BLUE, (25, 35, 110), DARK]),
            script=SCRIPTS[style % len(SCRIPTS)] if SCRIPTS else {},
        )


def write(paper: Paper, x: float, y: float, text: str, hand: Hand) -> Box:
    """Write a text by pen on the ink layer, its baseline at y; the ink's box."""
    height, rng, seen = hand.height, paper.rng, []
    for sign in text:
        if sign == " ":
            x += height * 0.4
            continue
        if hand.script.get(sign):
            box = _paste(paper, x, y, rng.choice(hand.script[sign]), hand)
            seen += [(box.x0, box.y0), (box.x1, box.y1)]
            x = box.x1 + height * rng.uniform(0.02, 0.22)
            continue
        narrow = {".": 0.35, ":": 0.4, "-": 0.7, "1": 0.55}.get(sign, 1.0)
        wide = 1.22 if "๐" < sign <= "๙" else narrow  # Thai digits are intricate: people write them broader
        width = height * hand.stretch * wide
        lift, grow = rng.gauss(0, 0.03), 1 + rng.gauss(0, 0.06)
        for stroke in SIGNS[sign]:
            moved = [
                (u + rng.gauss(0, hand.shake), v * grow + lift + rng.gauss(0, hand.shake)) for u, v in stroke
            ]
            points = [
                (x + u * width + (1 - v) * height * hand.slant, y - (1 - v) * height)
                for u, v in smooth(moved)
            ]
            paper.stroke(points, hand.thickness * rng.uniform(0.88, 1.12), hand.colour, ink=True)
            seen += points
        x += width * rng.uniform(1.08, 1.28)
    xs, ys = [p[0] for p in seen], [p[1] for p in seen]
    half = hand.thickness / 2
    return Box(min(xs) - half, min(ys) - half, max(xs) + half, max(ys) + half)


def _paste(paper: Paper, x: float, y: float, sign: Image.Image, hand: Hand) -> Box:
    """One sign of real handwriting, in this writer's ink, size and slant."""
    rng = paper.rng
    tall = hand.height * rng.uniform(0.88, 1.08)
    wide = tall * sign.width / sign.height * rng.uniform(0.9, 1.1)
    big = sign.resize((sign.width * 4, sign.height * 4), Image.Resampling.BICUBIC)
    lean = hand.slant * 0.5
    wider = int(big.width + abs(lean) * big.height)
    shear = (1, lean, -lean * big.height if lean > 0 else 0, 0, 1, 0)
    sheared = big.transform(
        (wider, big.height), Image.Transform.AFFINE, shear, Image.Resampling.BICUBIC, fillcolor=255
    )
    ink = Image.new("RGBA", sheared.size, (*hand.colour, 0))
    ink.putalpha(sheared.point(lambda level: 255 - level))
    top = y - tall + rng.gauss(0, 0.04) * hand.height
    paper.ink.image(ink, x, top, wide, tall)
    return Box(x, top, x + wide, top + tall)


def smooth(points: list[Point], steps: int = 6) -> list[Point]:
    """A Catmull-Rom curve through points."""
    if len(points) < 3:
        return points
    padded = [points[0], *points, points[-1]]
    curve: list[Point] = []
    for p0, p1, p2, p3 in zip(padded, padded[1:], padded[2:], padded[3:], strict=False):
        for step in range(steps):
            t = step / steps
            curve.append((_spline(t, p0[0], p1[0], p2[0], p3[0]), _spline(t, p0[1], p1[1], p2[1], p3[1])))
    return [*curve, points[-1]]


def _spline(t: float, a: float, b: float, c: float, d: float) -> float:
    return 0.5 * (2 * b + (c - a) * t + (2 * a - 5 * b + 4 * c - d) * t**2 + (3 * b - a - 3 * c + d) * t**3)


def sign_name(paper: Paper, middle: float, y: float, hand: Hand) -> None:
    """A signature around a middle: a few loops, a long tail and a stroke under it."""
    rng = paper.rng
    width, loops = rng.uniform(70, 110), rng.randint(4, 7)
    phase, tall = rng.uniform(0, 6), rng.uniform(8, 13)
    points = []
    for step in range(140):
        t = step / 139
        fade = (1 - 0.75 * t) * (1 + 0.5 * math.sin(7 * t + phase))
        x = middle - width / 2 + width * t + 6 * math.cos(loops * 6.28 * t + phase)
        points.append((x, y - 3 * t - tall * fade * math.sin(loops * 6.28 * t + phase)))
    paper.stroke(points, hand.thickness, hand.colour, ink=True)
    tail = [
        (middle - width * 0.3, y + 9),
        (middle, y + 5),
        (middle + width * 0.55, y - 2),
        (middle + width * 0.7, y - 9),
    ]
    paper.stroke(smooth(tail), hand.thickness * 0.9, hand.colour, ink=True)
