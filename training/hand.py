"""Handwriting: digits of real writers when sets are given, and strokes and pen-like fonts of our own.

Thai digits are 48 x 48 grey images by writer; a writer's digits are kept together in one string. Arabic digits are a
sheet of 20 x 20 cells, bright on black, without their writers: neighbours stand for one.
"""

from __future__ import annotations

import math
import random
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from pathlib import Path

import cv2
import numpy as np

from pipeline.errors import BadInputError
from pipeline.image import Gray
from training.damage import as_gray
from training.numbers import THAI_DIGITS
from training.strokes import STROKES, WIDTHS

_KEPT_OUT = 0.15  # of the writers, for scoring
_CELL, _ALIKE = 20, 10  # pixels of a sheet's cell; neighbours in it that are taken for one writer's
_FULL = 48  # pixels of a real digit's image

_Images = dict[int, dict[int, list[Gray]]]


@dataclass(frozen=True)
class Writers:
    """Real digits by writer and value: Thai ones, and Arabic ones where a sheet of them was given."""

    images: _Images
    arabic: _Images = field(default_factory=dict)

    def split(self) -> tuple[Writers, Writers]:
        """Those to train on and those kept out, by writer, always the same."""
        out = [_kept_out(images) for images in (self.images, self.arabic)]
        return (
            self.chosen(lambda kind, name: name not in out[kind]),
            self.chosen(lambda kind, name: name in out[kind]),
        )

    def chosen(self, wanted: Callable[[int, int], bool]) -> Writers:
        """Only writers that are wanted; asked with 0 for Thai or 1 for Arabic digits, and the writer."""
        kept = [
            {name: images[name] for name in sorted(images) if wanted(kind, name)}
            for kind, images in enumerate((self.images, self.arabic))
        ]
        return Writers(*kept)

    def can_write(self, sign: str) -> bool:
        """Whether real digits of this kind are there."""
        return bool(self.images if sign in THAI_DIGITS else self.arabic and sign.isdigit())

    def digit(self, rng: random.Random, writer: int, sign: str) -> Gray:
        """A digit of a writer, or of another one when this one has none."""
        thai = THAI_DIGITS.find(sign)
        images, value = (self.images, thai) if thai >= 0 else (self.arabic, int(sign))
        own = images.get(writer, {}).get(value)
        while own is None:
            own = images[rng.choice(list(images))].get(value)
        return rng.choice(own)

    def pick(self, rng: random.Random, text: str) -> int:
        """Somebody who writes the digits of this text."""
        arabic = bool(self.arabic) and any(sign.isascii() and sign.isdigit() for sign in text)
        return rng.choice(list(self.arabic if arabic else self.images) or [0])


def _kept_out(images: _Images) -> set[int]:
    names = sorted(images)
    return set(random.Random(2569).sample(names, round(_KEPT_OUT * len(names))))


def load_writers(files: Sequence[Path]) -> Writers | None:
    """Read digit sets: Thai ones (.npz), Arabic ones (.png, a sheet); None when there are no Thai ones."""
    thai: _Images = {}
    arabic: _Images = {}
    for file in files:
        (arabic if file.suffix == ".png" else thai).update(
            _from_sheet(file) if file.suffix == ".png" else _from_npz(file)
        )
    return Writers(thai, arabic) if thai else None


def writers_to_train_on(files: Sequence[Path]) -> Writers | None:
    """Those that training lines are made with; None without a set of Thai digits."""
    found = load_writers(files)
    return None if found is None else found.split()[0]


def writers_kept_out(files: Sequence[Path]) -> Writers | None:
    """Those that nothing was trained with, for scoring; None without a set of Thai digits."""
    found = load_writers(files)
    return None if found is None else found.split()[1]


def _from_sheet(file: Path) -> _Images:
    """A sheet of Arabic digits such as OpenCV's digits.png: as many rows for each of 0 to 9, ink bright on black."""
    sheet = cv2.imread(str(file), cv2.IMREAD_GRAYSCALE)
    if sheet is None:
        raise BadInputError(
            "digits.sheet", f"อ่านภาพตัวเลข {file} ไม่ได้", f"The sheet of digits {file} cannot be read."
        )
    rows, columns = sheet.shape[0] // _CELL, sheet.shape[1] // _CELL
    found: _Images = {}
    for row in range(rows):
        for column in range(columns):
            cell = sheet[row * _CELL : (row + 1) * _CELL, column * _CELL : (column + 1) * _CELL]
            big = cv2.GaussianBlur(
                cv2.resize(cell, (_FULL, _FULL), interpolation=cv2.INTER_CUBIC), (0, 0), 1.2
            )
            ink = np.clip((big.astype(np.float32) - 70) * 2.2, 0, 255)  # a thinner pen with a firm edge
            if int((ink > 128).sum()) < 12:
                continue
            writer = (row % max(1, rows // 10)) * (columns // _ALIKE) + column // _ALIKE
            found.setdefault(writer, {}).setdefault(row * 10 // rows, []).append((255 - ink).astype(np.uint8))
    return found


def _from_npz(file: Path) -> _Images:
    """The set of Thai digits; images whose label is in doubt are left out."""
    found: _Images = {}
    with np.load(file) as data:
        sound = ~data["doubtful"]
        for image, label, writer in zip(
            data["images"][sound], data["labels"][sound], data["writers"][sound], strict=True
        ):
            found.setdefault(int(writer), {}).setdefault(int(label), []).append(image)
    return found


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
    writer = writers.pick(rng, text) if writers else 0
    real = rng.random() < 0.85  # now and then strokes of our own, though there are real Arabic digits
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
        thai = sign in THAI_DIGITS
        if thai or (real and writers is not None and writers.can_write(sign)):
            assert writers is not None, "Thai digits by pen are drawn from the digit set only"
            piece = _real(rng, writers.digit(rng, writer, sign), style, small=sign == THAI_DIGITS[0])
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
    letter = sign in "วน"  # they vary more: as wide as high, or slim
    height = style.height * rng.uniform(0.85, 1.1) * (rng.uniform(0.75, 1.0) if letter else 1.0)
    width = (
        height * style.stretch * WIDTHS.get(sign, 1.0) * 0.62 * (rng.uniform(0.75, 1.35) if letter else 1.0)
    )
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
