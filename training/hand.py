"""Handwriting: digits of real writers when the set is given, and strokes and pen-like fonts of our own.

The real digits are 48 x 48 grey images by writer; a writer's digits are kept together in one string.
"""

from __future__ import annotations

import math
import random
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path

import cv2
import numpy as np

from pipeline.image import Gray
from training.damage import as_gray
from training.numbers import THAI_DIGITS
from training.strokes import STROKES, WIDTHS

_KEPT_OUT = 0.15  # of the writers, for scoring


@dataclass(frozen=True)
class Writers:
    """Real digits by writer and value."""

    images: dict[int, dict[int, list[Gray]]]

    def split(self) -> tuple[Writers, Writers]:
        """Those to train on and those kept out, by writer, always the same."""
        names = sorted(self.images)
        out = set(random.Random(2569).sample(names, round(_KEPT_OUT * len(names))))
        return (
            Writers({name: self.images[name] for name in names if name not in out}),
            Writers({name: self.images[name] for name in names if name in out}),
        )

    def digit(self, rng: random.Random, writer: int, value: int) -> Gray:
        """A digit of a writer, or of another one when this one has none."""
        own = self.images[writer].get(value)
        while own is None:
            own = self.images[rng.choice(list(self.images))].get(value)
        return rng.choice(own)


def load_writers(file: Path) -> Writers:
    """Read the digit set; images whose label is in doubt are left out."""
    found: dict[int, dict[int, list[Gray]]] = {}
    with np.load(file) as data:
        sound = ~data["doubtful"]
        for image, label, writer in zip(
            data["images"][sound], data["labels"][sound], data["writers"][sound], strict=True
        ):
            found.setdefault(int(writer), {}).setdefault(int(label), []).append(image)
    return Writers(found)


@dataclass(frozen=True)
class Style:
    """How somebody writes: height and pen width in pixels, slant, width, shake of the hand."""

    height: float
    pen: float
    slant: float
    stretch: float
    shake: float

    @classmethod
    def random(cls, rng: random.Random, x_height: float) -> Style:
        """A writer beside print of this x-height."""
        height = x_height * rng.uniform(1.35, 2.5)
        return cls(
            height,
            x_height * rng.uniform(0.07, 0.26),
            rng.gauss(0.05, 0.14),
            rng.uniform(0.75, 1.2),
            rng.uniform(0.01, 0.05),
        )


def write(rng: random.Random, text: str, style: Style, writers: Writers | None) -> Gray:
    """A string by hand, black on white, cut to its ink; Thai digits need `writers`."""
    names = list(writers.images) if writers else []
    writer = rng.choice(names) if names else 0
    room = int(style.height * 0.5)
    tall = int(style.height * 1.25) + 2 * room
    base = tall - room
    canvas = np.zeros((tall, int((len(text) + 2) * style.height * 1.7)), np.uint8)
    x = float(room)
    loose = rng.uniform(-0.03, 0.28)
    for sign in text:
        if sign == " ":
            x += style.height * rng.uniform(0.2, 0.5)
            continue
        thai = THAI_DIGITS.find(sign)
        if thai >= 0:
            assert writers is not None, "Thai digits by pen are drawn from the digit set only"
            piece = _real(rng, writers.digit(rng, writer, thai), style, small=thai == 0)
        else:
            piece = _drawn(rng, sign, style)
        height, width = piece.shape
        left, top = int(x), int(base - height + style.height * rng.gauss(0.0, 0.05))
        top = min(max(0, top), tall - height)
        canvas[top : top + height, left : left + width] = np.maximum(
            canvas[top : top + height, left : left + width], piece
        )
        x += width + style.height * max(-0.05, rng.gauss(loose * 0.5, 0.06))
    ys, xs = np.nonzero(canvas > 60)
    ink = canvas[ys.min() : ys.max() + 1, xs.min() : xs.max() + 1]
    return (255 - ink).astype(np.uint8)


def _real(rng: random.Random, image: Gray, style: Style, small: bool) -> Gray:
    """A real digit, resized, slanted, and with the pen width of this writer; ink bright on black."""
    ink = (255 - image).astype(np.uint8)
    ys, xs = np.nonzero(ink > 60)
    ink = ink[ys.min() : ys.max() + 1, xs.min() : xs.max() + 1]
    height = max(8, int(style.height * (rng.uniform(0.45, 0.8) if small else rng.uniform(0.82, 1.12))))
    width = max(5, int(ink.shape[1] * height / ink.shape[0] * style.stretch * rng.uniform(0.88, 1.12)))
    pen = (
        4.0 * (height / ink.shape[0] + width / ink.shape[1]) / 2
    )  # the set's own pen is about four pixels wide
    big = cv2.resize(ink, (width, height), interpolation=cv2.INTER_CUBIC)
    pad = max(6, int(style.pen) + int(0.35 * height))
    big = cv2.copyMakeBorder(big, pad, pad, pad, pad, cv2.BORDER_CONSTANT, value=(0,))
    slant = style.slant + rng.gauss(0, 0.05)
    turn = math.radians(rng.gauss(0, 4))
    rows, columns = big.shape
    matrix = np.array(
        [[math.cos(turn), -math.sin(turn) - slant, 0], [math.sin(turn), math.cos(turn), 0]], np.float64
    )
    matrix[:, 2] = np.array([columns / 2, rows / 2]) - matrix[:, :2] @ np.array([columns / 2, rows / 2])
    big = cv2.warpAffine(big, matrix, (columns, rows), flags=cv2.INTER_CUBIC)
    change = round((style.pen - pen) * 0.75)
    if change:
        kernel = cv2.getStructuringElement(cv2.MORPH_ELLIPSE, (abs(change) + 1, abs(change) + 1))
        thinner = change < 0 and abs(change) < pen - 1.2
        if change > 0 or thinner:
            big = (cv2.dilate if change > 0 else cv2.erode)(big, kernel)
    return _cropped(big.astype(np.uint8))


def _drawn(rng: random.Random, sign: str, style: Style) -> Gray:
    """A sign of our own strokes, shaken; ink bright on black."""
    strokes = rng.choice(STROKES[sign])
    height = style.height * rng.uniform(0.85, 1.1) * (0.85 if sign in "วน" else 1.0)
    width = height * 0.66 * style.stretch * WIDTHS.get(sign, 1.0) / 0.66 * 0.62
    pad, scale = style.height * 0.5, 4
    canvas = np.zeros(
        (int(height * 1.3 + 2 * pad) * scale, int(width * 1.3 + height * 0.5 + 2 * pad) * scale), np.uint8
    )
    for stroke in strokes:
        bent = [(u + rng.gauss(0, style.shake), v + rng.gauss(0, style.shake)) for u, v in stroke]
        points = [
            (pad + u * width + (1 - v) * height * style.slant, pad + v * height) for u, v in _smooth(bent)
        ]
        line = np.array([[x * scale, y * scale] for x, y in points], np.int32)
        cv2.polylines(
            canvas,
            [line],
            False,
            (255,),
            max(2, round(style.pen * scale * rng.uniform(0.85, 1.15))),
            cv2.LINE_AA,
        )
    ink = as_gray(cv2.resize(canvas, None, fx=1 / scale, fy=1 / scale, interpolation=cv2.INTER_AREA))
    ys, xs = np.nonzero(ink > 60)
    foot = max(int(ys.max()) + 1, int(pad + height * 0.97)) if sign != "-" else int(pad + height)
    return ink[ys.min() : foot, xs.min() : xs.max() + 1]


def _smooth(points: list[tuple[float, float]]) -> list[tuple[float, float]]:
    """Corners cut twice (Chaikin), the ends kept."""
    for _ in range(2):
        if len(points) < 3:
            return points
        cut = [points[0]]
        for (ax, ay), (bx, by) in pairwise(points):
            cut += [
                (0.75 * ax + 0.25 * bx, 0.75 * ay + 0.25 * by),
                (0.25 * ax + 0.75 * bx, 0.25 * ay + 0.75 * by),
            ]
        points = [*cut, points[-1]]
    return points


def _cropped(ink: Gray) -> Gray:
    ys, xs = np.nonzero(ink > 60)
    if len(ys) == 0:
        return np.full((4, 4), 255, np.uint8)
    return ink[ys.min() : ys.max() + 1, xs.min() : xs.max() + 1]
