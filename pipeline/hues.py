"""Red ink parted from ink of other colours: an urgency mark over a receipt stamp, a red stamp under a blue pen.

Each is read by itself; where they cross, the ink is darker than either and belongs to both.
"""

from __future__ import annotations

from dataclasses import dataclass

import cv2
import numpy as np

from pipeline.tint import Gray, Picture, extremes

_PAPER = 255
_RED = 0.45  # of the chroma: how much red must stand out over the stronger of green and blue
_BETWEEN = 0.2  # shares of red this near to the limit are neither; many of them, and the page has one colour
_FIRM = 40  # chroma from which ink tells its hue
_LEAST = 1500  # pixels of each at 250 dpi: a word of a mark; less is the rim of something else
_DARKER = 0.8  # of the red ink's own brightness: there is more than red


@dataclass(frozen=True)
class Hues:
    """One place's coloured ink in two layers of the same size, and how many pixels speak for each and for neither."""

    red: Gray
    other: Gray
    pixels: tuple[int, int, int]  # red, other, between


def part_hues(flat: Picture, colour: Gray) -> Hues:
    """Part the coloured ink of a place by its hue. `flat`: its picture on white paper, BGR; `colour`: its ink."""
    blue, green, red = cv2.split(flat)
    cool = cv2.max(blue, green)
    chroma = cv2.subtract(*extremes(flat)).astype(np.float32)
    inked = colour < _PAPER
    excess = np.where(inked, cv2.subtract(red, cool), 0).astype(np.float32)
    chroma[~inked] = 0
    share = cv2.blur(excess, (5, 5)) / np.maximum(cv2.blur(chroma, (5, 5)), 1.0)
    is_red = inked & (share > _RED)
    firm = inked & (chroma > _FIRM)
    rim = cv2.dilate(is_red.astype(np.uint8), np.ones((3, 3), np.uint8)) > 0
    is_red |= inked & rim & ~firm  # the soft edges of its strokes
    near = np.abs(share - _RED) < _BETWEEN
    counts = (firm & is_red & ~near, firm & ~is_red & ~near, firm & near)
    usual = float(np.median(red[is_red])) if is_red.any() else 0.0
    crossing = is_red & (red < _DARKER * usual)
    layers = [colour.copy(), colour.copy()]
    layers[0][~is_red] = _PAPER
    layers[1][is_red & ~crossing] = _PAPER
    return Hues(layers[0], layers[1], tuple(int(np.count_nonzero(part)) for part in counts))  # type: ignore[arg-type]


def both(places: list[Hues]) -> bool:
    """Whether a page has red ink and ink of another colour, told apart clearly."""
    red, other, between = (sum(place.pixels[kind] for place in places) for kind in range(3))
    return min(red, other) >= _LEAST and between < 0.35 * (red + other)
