"""What runs through print on paper: signatures over typed names, streaks of a copier's drum, frames of stamps.

The line finder gives a line the part of such ink that stands in its own rows (`pipeline/crossed.py`), and takes a pen's
strokes out again where it can tell them (`pipeline/unsigned.py`), with scraps of letters: both are drawn here.
"""

from __future__ import annotations

import random
from collections.abc import Callable

import cv2
import numpy as np
from numpy.typing import NDArray

from pipeline.image import Gray

_UP, _DOWN = 1.35, 0.4  # rows of a line that keep what crosses it, in x-heights from its baseline
_CUT = 0.8  # share of lines whose rows end there
_FINE = 4  # parts of a pixel that OpenCV draws with: a power of two

Points = NDArray[np.float64]


def crossed(rng: random.Random, image: Gray, base: int, x_height: int) -> Gray:
    """A printed line with a signature over it; now and then with what is left where one was taken out."""
    taken_out = rng.random() < 0.14
    stroke = _signature(rng, image.shape, base, x_height, 0.1 if taken_out else 0.3)
    if taken_out:
        return np.asarray(np.maximum(image, 255 - stroke), dtype=np.uint8)
    return _over(rng, image, stroke, base, x_height, rng.choice((rng.randint(0, 60), rng.randint(0, 150))))


def streaked(rng: random.Random, image: Gray, base: int, x_height: int) -> Gray:
    """A printed line with upright streaks of a drum or a dirty glass, its dust, or the frame of a stamp."""
    draw: Callable[..., Gray] = rng.choice((_streaks, _dust, _frame))
    stroke = draw(rng, image.shape, base, x_height)
    return _over(rng, image, stroke, base, x_height, rng.choice((rng.randint(0, 60), rng.randint(0, 190))))


def _over(rng: random.Random, image: Gray, stroke: Gray, base: int, x_height: int, level: int) -> Gray:
    """Strokes (bright on black) over a line, as dark as `level`, within its rows."""
    if rng.random() < _CUT:
        stroke = stroke.copy()
        stroke[: max(0, int(base - _UP * x_height))] = 0
        stroke[int(base + _DOWN * x_height) :] = 0
    ink = 255 - stroke.astype(np.float32) * ((255 - level) / 255)
    return np.minimum(image, ink.astype(np.uint8))


def _signature(rng: random.Random, shape: tuple[int, ...], base: int, size: int, broadest: float) -> Gray:
    """One to three quick curves: loops that wander to the right, far over and under the line.

    `broadest`: the most that the pen is broad, in x-heights.
    """
    made = np.zeros(shape[:2], np.uint8)
    breadth = max(1, round(size * rng.uniform(0.07, broadest)))
    wide = min(shape[1] * rng.uniform(0.25, 1.0), size * rng.uniform(5, 16))
    x = rng.uniform(-0.1 * wide, max(1.0, shape[1] - 0.8 * wide))
    middle = base - size * rng.uniform(-1.2, 2.2)
    high = size * rng.uniform(0.8, 3.2)
    for _ in range(rng.randint(1, 3)):
        count = rng.randint(4, 12)
        steps = np.array([rng.gauss(1.0, 1.1) for _ in range(count)]).cumsum()
        across = x + wide * (steps - steps.min()) / max(1e-6, float(np.ptp(steps))) * rng.uniform(0.4, 1.0)
        signs = np.array([(-1) ** i * rng.uniform(0.15, 1.0) for i in range(count)])
        down = middle + high * signs + np.linspace(0, rng.uniform(-1.0, 0.5) * size, count)
        _draw(made, _curve(np.stack([across, down], axis=1)), breadth)
        x, middle = x + wide * rng.uniform(0, 0.5), middle + size * rng.gauss(0, 0.4)
    if rng.random() < 0.4:  # the stroke under a name
        y = base + size * rng.uniform(-1.2, 0.6)
        way = ((-0.2, 0.0), (0.4, -rng.uniform(0, 0.6)), (1.0, rng.uniform(-0.8, 0.4)))
        bend = [(x + along * wide, y + lower * size) for along, lower in way]
        _draw(made, _curve(np.array(bend)), breadth)
    return made


def _streaks(rng: random.Random, shape: tuple[int, ...], base: int, size: int) -> Gray:
    """Upright lines, straight and thin, some broken, some in pairs."""
    made = np.zeros(shape[:2], np.uint8)
    height, width = made.shape
    lean = rng.gauss(0, 0.02) * height
    for _ in range(rng.randint(1, 1 + max(1, width // (12 * size)))):
        x, breadth = rng.uniform(0, width), max(1, round(size * rng.choice((0.04, 0.08, 0.08, 0.16))))
        for offset in (0.0, *([rng.uniform(0.2, 0.6) * size] if rng.random() < 0.25 else [])):
            ends = np.array([(x + offset, -1.0), (x + offset + lean, height + 1.0)])
            _draw(made, ends, breadth)
        if rng.random() < 0.3:
            gaps = np.repeat(np.random.default_rng(rng.getrandbits(32)).random(height // 3 + 1) < 0.3, 3)[
                :height
            ]
            made[gaps, max(0, int(x) - size) : int(x) + size] = 0
    return made


def _dust(rng: random.Random, shape: tuple[int, ...], base: int, size: int) -> Gray:
    """Toner that a dirty drum scatters around upright lines: specks, thick in the middle."""
    made = np.zeros(shape[:2], np.uint8)
    height, width = made.shape
    chance = np.random.default_rng(rng.getrandbits(32))
    for _ in range(rng.randint(1, 1 + max(1, width // (16 * size)))):
        count = int(height * size * rng.uniform(0.03, 0.25))
        across = chance.normal(rng.uniform(0, width), size * rng.uniform(0.15, 0.6), count)
        down = chance.normal(rng.uniform(0, height), height * rng.uniform(0.15, 1.5), count)
        for x, y in zip(across.astype(int).tolist(), down.astype(int).tolist(), strict=True):
            made[max(0, y) : max(0, y + rng.randint(1, 2)), max(0, x) : max(0, x + rng.randint(1, 2))] = 255
    return np.asarray(cv2.GaussianBlur(made, (0, 0), 0.6), dtype=np.uint8) if rng.random() < 0.5 else made


def _frame(rng: random.Random, shape: tuple[int, ...], base: int, size: int) -> Gray:
    """A stamp's edge: nearly level or upright, or a piece of a ring."""
    made = np.zeros(shape[:2], np.uint8)
    width = made.shape[1]
    breadth = max(1, round(size * rng.uniform(0.06, 0.2)))
    if rng.random() < 0.5:
        y, slope = base - size * rng.uniform(-0.4, 1.4), rng.gauss(0, 0.03)
        ends = np.array(
            [(rng.uniform(-0.2, 0.6) * width, y), (rng.uniform(0.4, 1.2) * width, y + slope * width)]
        )
        _draw(made, ends, breadth)
        return made
    radius = size * rng.uniform(4, 12)
    angles = np.linspace(0, 2 * np.pi, 90)
    x, y = rng.uniform(0, width), base + size * rng.uniform(-8, 8)
    for share in (1.0, *([0.9] if rng.random() < 0.5 else [])):
        ring = np.stack([x + share * radius * np.cos(angles), y + share * radius * np.sin(angles)], axis=1)
        _draw(made, ring, breadth)
    return made


def _curve(points: Points) -> Points:
    """A smooth way through points (Catmull-Rom), twelve steps from one to the next."""
    ends = np.vstack([points[:1], points, points[-1:]])
    t = np.linspace(0, 1, 12, endpoint=False)[:, None]
    made = []
    for before, start, end, after in zip(ends, ends[1:], ends[2:], ends[3:], strict=False):
        bend = 2 * start + (end - before) * t + (2 * before - 5 * start + 4 * end - after) * t**2
        made.append(0.5 * (bend + (3 * start - before - 3 * end + after) * t**3))
    return np.vstack([*made, points[-1:]])


def _draw(made: Gray, way: Points, breadth: int) -> None:
    points = np.round(way * 2**_FINE).astype(np.int32)
    cv2.polylines(made, [points], False, (255,), breadth, cv2.LINE_AA, _FINE)
