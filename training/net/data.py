"""Training lines for the convolutional reader: drawn once, kept in shards, worn a little anew at each look.

A shard is one .npz: `pixels` (all lines side by side, 48 rows), `widths`, `texts`.
"""

from __future__ import annotations

import argparse
import os
import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from pathlib import Path

import cv2
import numpy as np
from numpy.typing import NDArray

from pipeline.image import Gray
from pipeline.reader import HEIGHT, normalised
from training import numbers, penned, render, texts
from training.batches import draw_line
from training.charset import CHARACTERS
from training.damage import Damage, as_gray
from training.fonts import find_fonts
from training.hand import Writers, writers_to_train_on
from training.net.pens import Varied, pen_line
from training.penned import Desk
from training.render import Line

ALPHABET = " " + CHARACTERS  # class 0 is CTC's blank, class 1 the space
_CODE = {sign: place + 1 for place, sign in enumerate(ALPHABET)}
LINES = 500  # in one shard
_DEVICES: tuple[tuple[Damage, ...], tuple[float, ...]] = (
    ("clean", "scan", "photo", "fax"),
    (0.12, 0.58, 0.15, 0.15),
)


@dataclass(frozen=True)
class Sample:
    """A line of 48 rows, ink dark on white, and what it says."""

    image: Gray
    text: str

    @property
    def width(self) -> int:
        """Columns."""
        return int(self.image.shape[1])


def encode(text: str) -> list[int]:
    """Classes of a text; signs outside the alphabet are left out."""
    return [_CODE[sign] for sign in text if sign in _CODE]


def readable(text: str, width: int) -> bool:
    """CTC needs a column for each sign, and one more between two that are the same; columns are 2 pixels apart."""
    twins = sum(a == b for a, b in pairwise(text))
    return 0 < len(text) + twins < width / 2 and all(sign in _CODE for sign in text)


def save(samples: Sequence[Sample], file: Path) -> None:
    """Write a shard; a half-written one never takes its name."""
    part = file.with_suffix(".part.npz")
    np.savez_compressed(
        part,
        pixels=np.hstack([sample.image for sample in samples]),
        widths=np.array([sample.width for sample in samples], np.int32),
        texts=np.array([sample.text for sample in samples]),
    )
    part.rename(file)


def load(file: Path) -> list[Sample]:
    """Read a shard."""
    with np.load(file, allow_pickle=False) as data:
        ends = np.cumsum(data["widths"])
        images = np.split(data["pixels"], ends[:-1], axis=1)
        return [
            Sample(np.ascontiguousarray(image), str(text))
            for image, text in zip(images, data["texts"], strict=True)
        ]


def worn(image: Gray, rng: random.Random) -> Gray:
    """A line looked at anew: broader or narrower, moved, fainter, softer, with a gap in the ink now and then."""
    height, width = image.shape
    if rng.random() < 0.6:
        wide, tall = rng.uniform(0.88, 1.14), rng.uniform(0.85, 1.0)
        small = as_gray(
            cv2.resize(image, (max(8, int(width * wide)), int(height * tall)), interpolation=cv2.INTER_AREA)
        )
        top = rng.randint(0, height - small.shape[0])
        image = np.full((height, small.shape[1]), 255, np.uint8)
        image[top : top + small.shape[0]] = small
    if rng.random() < 0.3:
        level, gain = rng.uniform(0, 60), rng.uniform(0.7, 1.3)
        ink = (255.0 - image) * gain * (1 - level / 255)
        image = np.clip(255 - ink, 0, 255).astype(np.uint8)
    if rng.random() < 0.15:
        image = as_gray(cv2.GaussianBlur(image, (0, 0), rng.uniform(0.3, 0.9)))
    if rng.random() < 0.18:
        image = _with_gaps(image, rng)
    if rng.random() < 0.12:
        image = _with_scraps(image, rng)
    return image


def _with_gaps(image: Gray, rng: random.Random) -> Gray:
    """Streaks without ink, as colour separation and worn pens leave them."""
    image = image.copy()
    for _ in range(rng.randint(1, 3)):
        x, y = rng.randrange(image.shape[1]), rng.randrange(image.shape[0])
        end = x + rng.randint(-20, 20), y + rng.randint(-20, 20)
        cv2.line(image, (x, y), end, (255,), rng.choice((1, 1, 2)))
    return image


def _with_scraps(image: Gray, rng: random.Random) -> Gray:
    """Crumbs of stamps, rules and neighbours that a strip was not rid of: small, and mostly at its edges."""
    image = image.copy()
    height, width = image.shape
    for _ in range(rng.randint(1, 4)):
        x = rng.choice((rng.randrange(width), rng.randint(0, 6), width - 1 - rng.randint(0, 6)))
        y = rng.choice((rng.randint(0, 5), height - 1 - rng.randint(0, 5), rng.randrange(height)))
        end = x + rng.randint(-5, 5), y + rng.randint(-3, 3)
        cv2.line(image, (x, y), end, (rng.randint(0, 140),), rng.choice((1, 1, 2)))
    return image


def batches(samples: Sequence[Sample], columns: int, rng: random.Random) -> Iterator[list[Sample]]:
    """All samples once, in batches of like widths of about so many columns of pixels, in any order."""
    order = sorted(samples, key=lambda sample: sample.width * rng.uniform(0.93, 1.07))
    made: list[list[Sample]] = [[]]
    for sample in order:
        if made[-1] and (len(made[-1]) + 1) * sample.width > columns:
            made.append([])
        made[-1].append(sample)
    rng.shuffle(made)
    yield from made


def as_array(images: Sequence[Gray]) -> NDArray[np.float32]:
    """Lines as one array (n, 1, 48, width), ink 1 on 0, filled up to the widest with paper."""
    width = -(-max(image.shape[1] for image in images) // 4) * 4
    array = np.zeros((len(images), 1, HEIGHT, width), np.float32)
    for place, image in enumerate(images):
        array[place, 0, :, : image.shape[1]] = (255.0 - image) / 255
    return array


def short_line(rng: random.Random, desk: Desk) -> Line:
    """A line as the pen reader meets it: by pen mostly; numbers, dates, stamps and labels in print beside."""
    kind = rng.choices(*_DEVICES)[0]
    form = rng.random()
    if form < 0.45:
        return pen_line(rng, desk, kind)
    if form < 0.8:
        return penned.penned(rng, desk, kind)
    if form < 0.88:
        return penned.stamped(rng, desk.faces, kind)
    text = texts.tidy(rng.choice((numbers.letter_number, numbers.day, texts.receipt, numbers.clock))(rng))
    how = render.random_type(rng, desk.faces.pick(rng))
    image, base = render.compose([render.set_type(text, how)], [], how.x_height)
    if rng.random() < 0.1:
        image = render.add_leader(rng, image, base, how.x_height)
    return Line(render.finish(rng, image, how.x_height, kind), text)


def draw(rng: random.Random, desk: Desk, count: int, short: bool) -> list[Sample]:
    """Many lines, ready for a shard."""
    made: list[Sample] = []
    while len(made) < count:
        line = short_line(rng, desk) if short else draw_line(rng, desk)
        if min(line.image.shape) < 12 or line.image.min() > 150:
            continue
        sample = Sample(normalised(line.image), line.text)
        if readable(sample.text, sample.width) and sample.width <= 1600:
            made.append(sample)
    return made


def varied(writers: Writers | None) -> Writers | None:
    """The same writers, no digit of theirs twice the same."""
    return None if writers is None else Varied(writers.images, writers.arabic)


def main(arguments: Sequence[str] | None = None) -> None:
    """Draw shards of training lines into a folder."""
    parser = argparse.ArgumentParser(prog="python -m training.net.data", description=main.__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--count", type=int, default=100, help="shards")
    parser.add_argument("--digits", type=Path, action="append", default=[], help="the handwritten digits")
    parser.add_argument("--fonts", type=Path, action="append", default=[])
    parser.add_argument(
        "--full", action="store_true", help="lines of every kind, not only short ones with pen"
    )
    options = parser.parse_args(arguments)
    writers = writers_to_train_on(options.digits)
    if writers is None:
        print("No handwritten digits given (--digits): Thai pen digits come from pen-like fonts alone.")
    desk = replace(Desk(find_fonts(options.fonts), None), writers=varied(writers))
    options.folder.mkdir(parents=True, exist_ok=True)
    for number in range(options.count):
        file = options.folder / f"{'full' if options.full else 'short'}_{options.seed:03}_{number:05}.npz"
        if file.exists():
            continue
        if os.getppid() == 1:  # nobody waits for them any more
            return
        rng = random.Random(options.seed * 100_003 + number)
        save(draw(rng, desk, LINES, not options.full), file)


if __name__ == "__main__":
    main()
