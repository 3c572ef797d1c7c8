"""Boxes to tick, ticks, signatures and seals of many shapes, drawn for the contest samples and for measuring."""

from __future__ import annotations

import math
import random
from collections.abc import Sequence
from typing import Literal

from samples.paper import BLACK, Paper, Rgb, Style
from samples.pen import Hand, smooth
from schemas.ink import Box

BoxStyle = Literal["square", "round", "glyph", "paren"]
State = Literal["ticked", "crossed", "filled", "empty", "doubtful"]
BOX_STYLES: tuple[BoxStyle, ...] = ("square", "round", "glyph", "paren")
Point = tuple[float, float]
SEAL_COLOURS: tuple[Rgb, ...] = ((205, 25, 35), (45, 65, 175), (110, 50, 150), (45, 45, 50))


def tick_box(paper: Paper, x: float, y: float, side: float, style: BoxStyle) -> Box:
    """Draw one empty box whose foot stands on the baseline y; its outline."""
    top, pdf = y - 0.86 * side, paper.print
    box = Box(x, top, x + side, top + side)
    pdf.set_draw_color(*BLACK)
    pdf.set_line_width(0.55 if style == "glyph" else 0.75)
    if style == "round":
        pdf.ellipse(x, top, side, side)
    elif style == "paren":
        for bow, turn in ((x + 0.18 * side, -1), (x + 1.12 * side, 1)):
            bend = [(bow, top), (bow + turn * 0.2 * side, top + side / 2), (bow, top + side)]
            paper.stroke(smooth(bend), 0.8, BLACK, ink=False)
        return Box(x - 0.02 * side, top, x + 1.32 * side, top + side)
    else:
        pdf.rect(x, top, side, side)
    return box


def mark_box(paper: Paper, box: Box, state: State, hand: Hand) -> None:
    """Put a state into a box by pen: a tick or slash, a cross, a filling, a dot that may mean anything."""
    rng = paper.rng
    side = box.height
    mid = ((box.x0 + box.x1) / 2 + rng.uniform(-0.08, 0.08) * side, (box.y0 + box.y1) / 2)
    for stroke in _strokes(state, rng):
        points = [
            (mid[0] + (u + rng.gauss(0, 0.02)) * side, mid[1] + (v + rng.gauss(0, 0.02)) * side)
            for u, v in stroke
        ]
        thick = hand.thickness * rng.uniform(0.9, 1.3)
        paper.stroke(smooth(points), thick, hand.colour, ink=True)


def _strokes(state: State, rng: random.Random) -> list[list[Point]]:
    """Strokes around a box's middle, in box sides."""
    reach = rng.uniform(0.8, 1.35)
    if state == "ticked":
        if rng.random() < 0.2:  # a slash: the other way of ticking
            return [[(-0.4 * reach, 0.45 * reach), (0.42 * reach, -0.5 * reach)]]
        foot = (rng.uniform(-0.15, 0.02), rng.uniform(0.25, 0.45))
        bow = rng.uniform(-0.08, 0.08)
        end = (rng.uniform(0.35, 0.75) * reach, -rng.uniform(0.4, 0.8) * reach)
        half = ((foot[0] + end[0]) / 2 + bow, (foot[1] + end[1]) / 2 + abs(bow))
        return [[(rng.uniform(-0.48, -0.3), rng.uniform(-0.15, 0.1)), foot], [foot, half, end]]
    if state == "crossed":
        a, b = 0.42 * reach, 0.42 * reach * rng.uniform(0.85, 1.1)
        return [[(-a, -b), (a, b)], [(a * 0.95, -b), (-a, b * 0.95)]]
    if state == "filled":
        rows = 9
        zigzag: list[Point] = []
        for row in range(rows):
            v = -0.44 + 0.88 * row / (rows - 1)
            zigzag += [(-0.44, v), (0.44, v + 0.05)] if row % 2 == 0 else [(0.44, v), (-0.44, v + 0.05)]
        return [zigzag, [(-v, u) for u, v in zigzag]]
    if state == "doubtful":  # the pen was set down, no more
        u, v = rng.uniform(-0.2, 0.2), rng.uniform(-0.2, 0.2)
        return [[(u, v), (u + 0.12, v + 0.06)], [(u + 0.02, v + 0.1), (u + 0.12, v)]]
    return []


def signature(paper: Paper, middle: float, y: float, hand: Hand) -> Box:
    """One of several kinds of signature around a middle, on the line y; the ink's box."""
    rng = paper.rng
    kind = rng.choice(("loops", "loops", "waves", "initials", "long"))
    width = rng.uniform(55, 115)
    strokes = {"loops": _loops, "waves": _waves, "initials": _initials, "long": _long}[kind](width, rng)
    seen: list[Point] = []
    for stroke in strokes:
        lean = [(middle + u - v * hand.slant, y + v) for u, v in smooth(stroke)]
        paper.stroke(lean, hand.thickness * rng.uniform(0.85, 1.15), hand.colour, ink=True)
        seen += lean
    xs, ys = [p[0] for p in seen], [p[1] for p in seen]
    return Box(min(xs), min(ys), max(xs), max(ys))


def _loops(width: float, rng: random.Random) -> list[list[Point]]:
    loops, tall, phase = rng.randint(3, 7), rng.uniform(7, 13), rng.uniform(0, 6)
    line = []
    for step in range(90):
        t = step / 89
        fade = (1 - 0.7 * t) * (1 + 0.4 * math.sin(7 * t + phase))
        turn = loops * math.tau * t + phase
        line.append(
            (-width / 2 + width * t + 6 * math.cos(turn), -4 - 3 * t - tall * fade * math.sin(turn) * 0.8)
        )
    return [line, [(-width * 0.3, 6), (0, 4), (width * 0.5, -2), (width * 0.62, -8)]]


def _waves(width: float, rng: random.Random) -> list[list[Point]]:
    count = rng.randint(7, 13)
    line = [
        (-width / 2 + width * i / count, -3 - rng.uniform(2, 12) * (i % 2) + rng.uniform(-2, 2))
        for i in range(count + 1)
    ]
    return [line, [(width * 0.1, -12), (width * 0.16, -16)]] if rng.random() < 0.5 else [line]


def _initials(width: float, rng: random.Random) -> list[list[Point]]:
    half = width * 0.35
    first = [(-half, 2), (-half + 6, -16), (-half + 12, -2), (-half + 18, -14), (-half + 22, 3)]
    second = [(0, -14), (-8, -6), (0, 3), (10, -3), (6, -12), (-2, -4), (half, -7)]
    return [first, second, [(half * 0.2, 6), (half + rng.uniform(4, 24), 3)]]


def _long(width: float, rng: random.Random) -> list[list[Point]]:
    start = [
        (-width / 2, 0),
        (-width / 2 + 9, -rng.uniform(14, 20)),
        (-width / 2 + 13, 2),
        (-width / 2 + 22, -9),
    ]
    tail = [(-width / 4, -4), (0, -7), (width / 4, -2), (width / 2, -6), (width * 0.7, -3)]
    return [[*start, *tail], [(-width * 0.1, -15), (width * 0.2, -12)]]


def seal(paper: Paper, middle: Point, words: Sequence[str], size: tuple[float, float], colour: Rgb) -> Box:
    """A round or oval seal with rings, spokes and words; `size` is its two radii. The outer ring's box."""
    (x, y), (a, b), rng = middle, size, paper.rng
    for part, thick in ((1.0, 1.1), (0.92, 0.5), (0.62, 0.6)):
        ring = [(x + part * a * math.cos(t / 20), y + part * b * math.sin(t / 20)) for t in range(127)]
        paper.stroke(ring, thick, colour, ink=True)
    letters = rng.randint(16, 30)
    for place in range(letters):  # as letters around the rim: strokes of uneven length
        t = place * math.tau / letters
        inner, outer = 0.68 + rng.uniform(0, 0.06), 0.82 + rng.uniform(0, 0.06)
        paper.stroke(
            [
                (x + inner * a * math.cos(t), y + inner * b * math.sin(t)),
                (x + outer * a * math.cos(t + 0.1), y + outer * b * math.sin(t + 0.1)),
            ],
            1.1,
            colour,
            ink=True,
        )
    style = Style(max(6.5, a * 0.22), bold=True, colour=colour)
    for row, text in enumerate(words):
        wide = paper.width(text, style)
        paper.put(
            x - wide / 2, y + 3 + (row - (len(words) - 1) / 2) * style.size * 0.8, text, style, paper.ink
        )
    return Box(x - a, y - b, x + a, y + b)
