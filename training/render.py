"""One line of text as an image, with the room and the ink that our line finder leaves it."""

from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import cv2
import numpy as np
from PIL import Image, ImageDraw

from pipeline.image import Gray
from training import damage, fonts, hand, overlays, texts
from training.fonts import FontSet
from training.numbers import THAI_DIGITS
from training.strokes import STROKES

_LEADING = frozenset("เแโใไ")
_STARTS = frozenset(chr(code) for code in range(0x0E01, 0x0E2F)) | _LEADING
ABOVE, BELOW = 1.25, 0.55  # room over and under the x-height band, as pipeline/lines.py cuts strips


@dataclass(frozen=True)
class Line:
    """A training line."""

    image: Gray
    text: str


@dataclass(frozen=True)
class Piece:
    """Ink on white; `rise` rows of it stand above the baseline."""

    image: Gray
    rise: int


@dataclass(frozen=True)
class Type:
    """How printed text is set."""

    font: Path
    x_height: int
    ink: int = 20
    stretch: float = 1.0


def random_type(rng: random.Random, font: Path) -> Type:
    """A size as pages at 200–300 dpi have it."""
    x_height = rng.choice((rng.randint(22, 34), rng.randint(22, 34), rng.randint(20, 46)))
    stretch = rng.uniform(0.9, 1.12) if rng.random() < 0.3 else 1.0
    return Type(font, x_height, rng.randint(0, 80), stretch)


def set_type(text: str, how: Type) -> Piece:
    """Printed text."""
    font = fonts.load(how.font, fonts.size_for(how.font, how.x_height))
    x0, y0, x1, y1 = (int(n) for n in font.getbbox(text, anchor="ls"))
    canvas = Image.new("L", (max(4, x1 - x0 + 4), max(4, y1 - y0 + 4)), 255)
    ImageDraw.Draw(canvas).text((2 - x0, 2 - y0), text, font=font, fill=how.ink, anchor="ls")
    image = np.array(canvas, np.uint8)
    if how.stretch != 1.0:
        width = max(4, int(image.shape[1] * how.stretch))
        image = cv2.resize(image, (width, image.shape[0]), interpolation=cv2.INTER_AREA).astype(np.uint8)
    return Piece(image, 2 - y0)


def spread(rng: random.Random, text: str, how: Type) -> tuple[Gray, int]:
    """A justified line: a little room between some words or letters, more where there are spaces."""
    words = [word for word in text.split(" ") if word]
    room, wide = how.x_height * rng.uniform(-0.05, 0.14) - 2, how.x_height * rng.uniform(0.6, 2.0)
    pieces, gaps = [], []
    for word in words:
        parts = _parts(rng, word, rng.choice((1, 3, 6)))
        pieces += [set_type(part, how) for part in parts]
        gaps += [room * rng.uniform(0.7, 1.3)] * (len(parts) - 1) + [wide * rng.uniform(0.9, 1.1)]
    return compose(pieces, gaps[:-1], how.x_height)


def _parts(rng: random.Random, word: str, usual: int) -> list[str]:
    """A word cut where letters stand apart: before a consonant that follows no leading vowel."""
    parts: list[str] = []
    for sign in word:
        alone = not parts or (sign in _STARTS and parts[-1][-1] not in _LEADING)
        if alone and (not parts or len(parts[-1]) >= rng.randint(1, 2 * usual)):
            parts.append(sign)
        else:
            parts[-1] += sign
    return parts


def by_pen(
    rng: random.Random, text: str, x_height: int, writers: hand.Writers | None, pens: Sequence[Path]
) -> Piece:
    """Handwriting: real digits and strokes, or a pen-like font where there are none."""
    style = hand.Style.random(rng, x_height)
    thai = any(sign in THAI_DIGITS for sign in text)
    drawable = all(sign in STROKES or sign == " " or sign in THAI_DIGITS for sign in text)
    if drawable and (writers is not None or not thai) and (thai or not pens or rng.random() < 0.65):
        image = hand.write(rng, text, style, writers)
        level = rng.gauss(0.0, 0.12) * style.height
        darkest = rng.randint(0, 90)
        image = (darkest + image.astype(np.float32) * (255 - darkest) / 255).astype(np.uint8)
        sinks = 0.18 * style.height if rng.random() < 0.5 else 0.0
        return Piece(image, int(image.shape[0] - sinks + level))
    how = Type(
        rng.choice(pens),
        max(8, int(style.height * rng.uniform(0.5, 0.8))),
        rng.randint(0, 80),
        style.stretch,
    )
    piece = set_type(text, how)
    return Piece(damage.tilted(piece.image, rng.gauss(0, 1)), piece.rise + int(rng.gauss(0, 0.1) * x_height))


def margin(x_height: int) -> int:
    """Pixels of paper before a line."""
    return max(6, x_height // 2)


def compose(pieces: Sequence[Piece], gaps: Sequence[float], x_height: int) -> tuple[Gray, int]:
    """Pieces beside one another on one baseline, with a strip's room; the image and its baseline."""
    pad = margin(x_height)
    rise = max(max(piece.rise for piece in pieces) + 5, int(x_height * (1 + ABOVE)))
    drop = max(max(piece.image.shape[0] - piece.rise for piece in pieces) + 6, int(x_height * BELOW))
    width = (
        2 * pad + sum(piece.image.shape[1] for piece in pieces) + int(sum(max(0.0, gap) for gap in gaps)) + 8
    )
    canvas = np.full((rise + drop, width), 255, np.uint8)
    x = float(pad)
    for piece, gap in zip(pieces, [*gaps, 0.0], strict=False):
        height, wide = piece.image.shape
        top, left = rise - piece.rise, int(x)
        area = canvas[top : top + height, left : left + wide]
        np.minimum(area, piece.image[: area.shape[0], : area.shape[1]], out=area)
        x += wide + gap
    return canvas[:, : int(x) + pad], rise


def leader(rng: random.Random, width: int, x_height: int) -> Piece:
    """A dotted leader."""
    dot, step = (
        max(2, int(x_height * rng.uniform(0.09, 0.17))),
        max(5, int(x_height * rng.uniform(0.22, 0.5))),
    )
    image = np.full((dot + 2, max(dot + 2, width)), 255, np.uint8)
    for x in range(1, image.shape[1] - dot, step):
        cv2.circle(image, (x + dot // 2, 1 + dot // 2), max(1, dot // 2), (rng.randint(0, 60),), -1)
    return Piece(image, int(dot + rng.uniform(-0.15, 0.1) * x_height))


def add_leader(rng: random.Random, image: Gray, base: int, x_height: int) -> Gray:
    """A leader under (part of) the text, touching it here and there."""
    start = rng.randint(0, max(1, image.shape[1] // 2))
    width = rng.randint(x_height, max(x_height + 1, image.shape[1] - start))
    piece = leader(rng, width, x_height)
    top = min(image.shape[0] - piece.image.shape[0], base - piece.rise)
    area = image[top : top + piece.image.shape[0], start : start + width]
    np.minimum(area, piece.image[:, : area.shape[1]], out=area)
    return image


def add_neighbours(rng: random.Random, image: Gray, how: Type) -> Gray:
    """Feet of the line above or heads of the line below, at the edge."""
    piece = set_type(texts.office(rng)[:12], how).image
    above = rng.random() < 0.6
    deep = max(2, int(how.x_height * rng.uniform(0.05, 0.3)))
    sliver = piece[-deep:] if above else piece[:deep]
    x = rng.randint(0, max(1, image.shape[1] - sliver.shape[1]))
    area = (image[:deep] if above else image[-deep:])[:, x : x + sliver.shape[1]]
    np.minimum(area, sliver[: area.shape[0], : area.shape[1]], out=area)
    return image


def add_frame(rng: random.Random, image: Gray) -> Gray:
    """What is left of a stamp's frame: short strokes at the ends."""
    height, width = image.shape
    for _ in range(rng.randint(1, 3)):
        x = rng.choice((rng.randint(0, 5), rng.randint(width - 6, width - 1)))
        y, tall = rng.randint(0, height // 2), rng.randint(height // 6, height // 2)
        cv2.line(image, (x, y), (x + rng.randint(-1, 1), y + tall), (rng.randint(0, 120),), rng.randint(1, 3))
    return image


def finish(rng: random.Random, image: Gray, x_height: int, kind: damage.Damage) -> Gray:
    """Damage, then what the line finder keeps."""
    if rng.random() < 0.35:
        image = damage.tilted(
            image, rng.gauss(0, 0.35) if image.shape[1] > 12 * x_height else rng.gauss(0, 1.0)
        )
    image = damage.damaged(image, kind, rng)
    if rng.random() < 0.85:
        image = damage.keep_own_ink(image, x_height, clean=rng.random() < 0.75)
    return image


def printed(rng: random.Random, faces: FontSet, kind: damage.Damage) -> Line:
    """A line in type."""
    large = rng.random() < 0.06
    text = texts.mark(rng) if large else texts.line(rng)
    how = random_type(rng, faces.pick_bold(rng) if large else faces.pick(rng))
    if large:
        how = Type(how.font, rng.randint(28, 60), how.ink)
    if not large and rng.random() < 0.22:
        image, base = spread(rng, text, how)
    else:
        image, base = compose([set_type(text, how)], [], how.x_height)
    if rng.random() < 0.05:
        image = add_leader(rng, image, base, how.x_height)
    if rng.random() < 0.12:
        image = add_neighbours(rng, image, how)
    if rng.random() < 0.1:
        image = overlays.streaked(rng, image, base, how.x_height)
    return Line(finish(rng, image, how.x_height, kind), text)


def signed(rng: random.Random, faces: FontSet, kind: damage.Damage) -> Line:
    """A typed name or post with a signature over it."""
    text = texts.tidy(rng.choice((texts.person, texts.person, texts.person, texts.office))(rng))
    how = random_type(rng, faces.pick(rng))
    image, base = compose([set_type(text, how)], [], how.x_height)
    image = overlays.crossed(rng, image, base, how.x_height)
    return Line(finish(rng, image, how.x_height, kind), text)
