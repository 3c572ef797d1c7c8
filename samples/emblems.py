"""Marks at the head of a letter: a placeholder for the Garuda, plain logos, and red seals.

The placeholder is a drawing of its own, plainly not the state emblem, but dark and intricate enough to
trouble a reader of text as the real one does.
"""

from __future__ import annotations

import math

from samples.paper import BLACK, RED, Paper, Rgb, Style
from samples.thai import digits

Point = tuple[float, float]

_WING = ((0.5, 0.36), (0.72, 0.2), (0.98, 0.05), (0.94, 0.24), (1.0, 0.34), (0.9, 0.42), (0.93, 0.52),
         (0.82, 0.56), (0.82, 0.66), (0.7, 0.64), (0.62, 0.7), (0.54, 0.58))  # fmt: skip
_CROWN = ((0.5, 0.0), (0.54, 0.12), (0.6, 0.1), (0.58, 0.2), (0.42, 0.2), (0.4, 0.1), (0.46, 0.12))
_LEG = ((0.52, 0.66), (0.64, 0.74), (0.62, 0.88), (0.74, 0.98), (0.58, 0.97), (0.52, 0.84))


def _polygon(paper: Paper, points: tuple[Point, ...], x: float, y: float, size: float) -> None:
    paper.print.set_fill_color(*BLACK)
    paper.print.polygon([(x + u * size, y + v * size) for u, v in points], style="F")


def garuda(paper: Paper, middle: float, top: float, height: float) -> None:
    """The placeholder: a bird-like figure with feathered wings, around a middle."""
    x = middle - height / 2
    for part in (_WING, _LEG):
        _polygon(paper, part, x, top, height)
        _polygon(paper, tuple((1 - u, v) for u, v in part), x, top, height)
    _polygon(paper, _CROWN, x, top, height)
    pdf = paper.print
    pdf.set_fill_color(*BLACK)
    pdf.ellipse(middle - 0.075 * height, top + 0.17 * height, 0.15 * height, 0.17 * height, style="F")
    pdf.ellipse(middle - 0.13 * height, top + 0.33 * height, 0.26 * height, 0.42 * height, style="F")
    _lines(paper, middle, top, height)


def _lines(paper: Paper, middle: float, top: float, height: float) -> None:
    """White feathers, scales and a face, drawn over the dark shape."""
    pdf = paper.print
    pdf.set_draw_color(255, 255, 255)
    pdf.set_line_width(0.012 * height)
    for side in (-1, 1):
        for feather in range(6):
            v = 0.2 + feather * 0.07
            pdf.line(
                middle + side * 0.14 * height, top + (0.4 + feather * 0.03) * height,
                middle + side * (0.46 - feather * 0.03) * height, top + v * height,
            )  # fmt: skip
        pdf.ellipse(
            middle + side * 0.03 * height - 0.01 * height, top + 0.22 * height, 0.02 * height, 0.025 * height
        )
    for row in range(5):
        y = top + (0.4 + row * 0.065) * height
        pdf.polyline([(middle + (i - 3) * 0.03 * height, y + (i % 2) * 0.03 * height) for i in range(7)])
    pdf.set_draw_color(*BLACK)


def logo(paper: Paper, letters: str, x: float, top: float, colour: Rgb = (35, 85, 130)) -> None:
    """A public body's plain mark: a ring of its own colour with Latin letters in it."""
    pdf = paper.print
    pdf.set_fill_color(*colour)
    pdf.ellipse(x, top, 46, 46, style="F")
    pdf.set_fill_color(255, 255, 255)
    pdf.ellipse(x + 5, top + 5, 36, 36, style="F")
    style = Style(17, bold=True, colour=colour)
    box = paper.put(x + 23 - paper.width(letters, style) / 2, top + 27, letters, style)
    paper.note(letters, [box])


def seal(paper: Paper, middle: Point, text: str, thai: bool) -> None:
    """A red round seal with a name around it, as on a stamped letter (หนังสือประทับตรา)."""
    x, y = middle
    for radius in (40.0, 37.0, 25.0):
        ring = [(x + radius * math.cos(a / 20), y + radius * math.sin(a / 20)) for a in range(127)]
        paper.stroke(ring, 1.0 if radius > 38 else 0.6, RED, ink=True)
    style = Style(10, bold=True, colour=RED)
    rows = paper.wrap(digits(text, thai), style, 42, 42)
    for row, words in enumerate(rows):
        width = paper.width(words, style)
        paper.put(x - width / 2, y + 2.5 + (row - (len(rows) - 1) / 2) * 8.5, words, style, paper.ink)
    for spoke in range(24):
        angle = spoke * math.tau / 24
        inner, outer = 28.5, 34.0
        paper.stroke(
            [(x + inner * math.cos(angle), y + inner * math.sin(angle)),
             (x + outer * math.cos(angle + 0.12), y + outer * math.sin(angle + 0.12))],
            1.2, RED, ink=True,
        )  # fmt: skip
