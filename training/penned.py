"""Lines that are partly written by pen: numbers, days, receipt stamps, digits alone."""

from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from pipeline.image import Gray
from training import damage, hand, numbers, render, texts
from training.fonts import FontSet
from training.numbers import MONTHS
from training.render import Line, Piece, Type

Part = tuple[bool, str]  # by pen?, text; a pen part's leading space is a gap


@dataclass(frozen=True)
class Desk:
    """What lines by pen are made with."""

    faces: FontSet
    writers: hand.Writers | None


def _digits(rng: random.Random, most: int, thai: bool = True) -> str:
    length = rng.randint(1, most)
    digits = str(rng.randint(1, 9)) + "".join(str(rng.randint(0, 9)) for _ in range(length - 1))
    return numbers.to_thai(digits) if thai else digits


def _number(rng: random.Random) -> list[Part]:
    """ที่ ศธ ๐๔๐๐๕/ in print, the running number by pen."""
    label = rng.choice(("ที่ ", "ที่ ", "ที่ ", "", "ที่"))
    if rng.random() < 0.05:
        return [
            (False, "ที่ "),
            (True, _digits(rng, 4)),
            (False, f"/{numbers.to_thai(str(rng.randint(2550, 2575)))}"),
        ]
    code, form = numbers.agency_code(rng), rng.random()
    thai = rng.random() < 0.88
    if form < 0.42:
        return [(False, label + code), (True, _digits(rng, 5, thai))]
    if form < 0.72:
        return [(False, label + code), (True, rng.choice(("ว", "ว", "ว ")) + _digits(rng, 4, thai))]
    if form < 0.86:
        return [(False, label + code + "ว"), (True, rng.choice(("", " ")) + _digits(rng, 4, thai))]
    return [(False, label + code[:-1]), (True, "/" + rng.choice(("", "ว")) + _digits(rng, 4, thai))]


def _day(rng: random.Random) -> list[Part]:
    """The day by pen before a printed month."""
    thai = rng.random() < 0.88
    day = numbers.in_digits(rng, str(rng.randint(1, 31)), 1.0 if thai else 0.0)
    year = numbers.in_digits(rng, str(rng.randint(2540, 2580)), 0.92)
    before: list[Part] = [(False, "วันที่ ")] if rng.random() < 0.3 else []
    return [*before, (True, day), (False, f" {rng.choice(MONTHS)} {rng.choice(('', '', 'พ.ศ. '))}{year}")]


def _receipt(rng: random.Random) -> list[Part]:
    """A line of a receipt stamp, filled in by pen."""
    thai = rng.random() < 0.45
    form = rng.random()
    if form < 0.45:
        value = _digits(rng, 5, thai)
    elif form < 0.7:
        sign = rng.choice("//-")
        month, year = rng.randint(1, 12), rng.choice((rng.randint(55, 75), rng.randint(2555, 2575)))
        value = numbers.in_digits(rng, f"{rng.randint(1, 31)}{sign}{month}{sign}{year}", float(thai))
    else:
        sign = rng.choice("..:")
        value = numbers.in_digits(rng, f"{rng.randint(7, 18)}{sign}{rng.randint(0, 59):02}", float(thai))
    after = " น." if form >= 0.7 and rng.random() < 0.85 else ""
    if after and rng.random() < 0.45:
        value, after = value + rng.choice((" น.", " น.", " น", "น.")), ""
    return [
        (False, rng.choice(texts.RECEIPT_LABELS) + rng.choice((" ", " ", ""))),
        (True, value),
        *([(False, after)] if after else []),
    ]


def _alone(rng: random.Random) -> list[Part]:
    """Pen digits alone."""
    thai = rng.random() < 0.7
    if rng.random() < 0.3:
        time = f"{rng.randint(7, 18)}{rng.choice('..:')}{rng.randint(0, 59):02}"
        return [(True, numbers.in_digits(rng, time, float(thai)) + rng.choice((" น.", " น.", "")))]
    start = rng.choice(("", "", "", "ว")) if thai else ""
    return [(True, start + _digits(rng, 6, thai))]


def text_parts(rng: random.Random) -> list[Part]:
    """A line, as parts in print and by pen."""
    return rng.choices((_number, _day, _receipt, _alone), (0.36, 0.26, 0.24, 0.14))[0](rng)


@dataclass(frozen=True)
class Composed:
    """A line before it is worn: its picture, its x-height in pixels, and where on it each part stands."""

    image: Gray
    x_height: int
    text: str
    spans: tuple[tuple[bool, float, float], ...]  # by pen?, from and to, as shares of the width


def penned(rng: random.Random, desk: Desk, kind: damage.Damage) -> Line:
    """A line partly by pen."""
    made = composed(rng, desk, text_parts(rng))
    return Line(render.finish(rng, made.image, made.x_height, kind), made.text)


def composed(rng: random.Random, desk: Desk, parts: Sequence[Part]) -> Composed:
    """Parts in print and by pen on one line."""
    font = desk.faces.pick(rng)
    how = render.random_type(rng, font)
    pieces: list[Piece] = []
    gaps: list[float] = []
    for by_pen, text in parts:
        if by_pen:
            pieces.append(render.by_pen(rng, text.strip(), how.x_height, desk.writers, desk.faces.pen))
        else:
            pieces.append(render.set_type(text.strip(), how))
    for (left_pen, left), (_, right) in pairwise(parts):
        spaced = left.endswith(" ") or right.startswith(" ")
        gaps.append(
            how.x_height
            * (rng.uniform(0.35, 1.8) if spaced else rng.uniform(-0.12, 0.45 if left_pen else 0.6))
        )
    text = texts.tidy("".join(text for _, text in parts))
    size = how.x_height
    if rng.random() < (0.7 if len(parts) == 1 else 0.1):  # a strip of its own is as high as its digits want
        size = int(max(piece.rise for piece in pieces) * rng.uniform(0.75, 1.0))
    image, base = render.compose(pieces, gaps, size)
    if rng.random() < (0.25 if any(label in text for label in ("รับ", "วันที่", "เวลา")) else 0.04):
        image = render.add_leader(rng, image, base, how.x_height)
    return Composed(image, how.x_height, text, _spans(parts, pieces, gaps, size, image.shape[1]))


def _spans(
    parts: Sequence[Part], pieces: Sequence[Piece], gaps: Sequence[float], size: int, width: int
) -> tuple[tuple[bool, float, float], ...]:
    """Where `render.compose` has put each part."""
    x, spans = float(render.margin(size)), []
    for (by_pen, _), piece, gap in zip(parts, pieces, [*gaps, 0.0], strict=True):
        wide = piece.image.shape[1]
        spans.append((by_pen, x / width, (x + wide) / width))
        x += wide + gap
    return tuple(spans)


def _short_day(rng: random.Random) -> str:
    """A day as rubber date stamps have it."""
    year = rng.choice((rng.randint(2550, 2575), rng.randint(2550, 2575), rng.randint(50, 75)))
    return numbers.in_digits(rng, f"{rng.randint(1, 31)} {rng.choice(numbers.SHORT_MONTHS)} {year}", 0.5)


def stamped(rng: random.Random, faces: FontSet, kind: damage.Damage) -> Line:
    """A line of a stamp in type, over its dots: small, often bold, askew; the date in another face."""
    how = Type(
        faces.pick_bold(rng) if rng.random() < 0.5 else faces.pick(rng),
        rng.randint(18, 30),
        rng.randint(30, 130),
    )
    form = rng.random()
    if form < 0.3:
        text, pieces, gaps = _short_day(rng), [], []
        pieces.append(render.set_type(text, how))
    elif form < 0.75:
        label, day = rng.choice(texts.RECEIPT_LABELS), _short_day(rng)
        other = Type(faces.pick_bold(rng), int(how.x_height * rng.uniform(0.85, 1.25)), rng.randint(0, 110))
        date = render.set_type(day, other)
        moved = Piece(date.image, date.rise + int(how.x_height * rng.gauss(0.1, 0.15)))
        text, pieces, gaps = (
            f"{label} {day}",
            [render.set_type(label, how), moved],
            [how.x_height * rng.uniform(0.4, 2.5)],
        )
    else:
        text = texts.tidy(texts.receipt(rng))
        pieces, gaps = [render.set_type(text, how)], []
    image, base = render.compose(pieces, gaps, how.x_height)
    if rng.random() < 0.45:
        image = render.add_leader(rng, image, base, how.x_height)
    if rng.random() < 0.2:
        image = render.add_frame(rng, image)
    image = damage.tilted(image, rng.gauss(0, 0.8))
    return Line(render.finish(rng, image, how.x_height, kind), texts.tidy(text))
