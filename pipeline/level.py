"""How a page lies: whether its lines run up the picture, and by how much they are skewed.

Lines of text make a ragged profile across them and an even one along them. The profile is taken from the places of
the ink alone, which costs far less than turning the picture once for every angle that is tried.
"""

from __future__ import annotations

import cv2
import numpy as np
from numpy.typing import NDArray

Gray = NDArray[np.uint8]
_Places = NDArray[np.float32]  # (2, n): x and y of pixels of ink, from the picture's middle
_MOST = 40_000  # pixels of ink that are looked at


def is_sideways(dark: Gray) -> bool:
    """Whether lines of text run up or down the picture, at one angle or another; 0 is paper in `dark`."""
    places = _places(_shrunk(text_like(dark), 500))
    angles = np.arange(-6.0, 6.1, 1.0)
    upright, sideways = (max(_levelness(view, a) for a in angles) for view in (places, places[::-1]))
    return sideways > 1.3 * upright


def find_skew(dark: Gray, limit: float = 8.0) -> float:
    """Degrees (anticlockwise) by which the picture must be turned to make its lines level; 0 is paper in `dark`."""
    ink = text_like(dark)
    tiny, whole = _places(_shrunk(ink, 600)), _places(ink)
    coarse = max(np.arange(-limit, limit + 0.01, 0.5), key=lambda a: (_levelness(tiny, a), -abs(a)))
    fine = max(np.arange(coarse - 0.5, coarse + 0.51, 0.1), key=lambda a: (_levelness(whole, a), -abs(a)))
    level, found = _levelness(whole, 0.0), _levelness(whole, fine)
    return float(round(fine, 2)) if found > 1.01 * level else 0.0


def text_like(dark: Gray) -> Gray:
    """255 at dark strokes alone: large dark areas (edges, photographs, desk) are taken out."""
    ink = cv2.threshold(dark, 70, 255, cv2.THRESH_BINARY)[1]
    solid = cv2.morphologyEx(ink, cv2.MORPH_OPEN, np.ones((15, 15), np.uint8))
    cv2.subtract(ink, cv2.dilate(solid, np.ones((9, 9), np.uint8)), dst=ink)
    margin = max(2, min(ink.shape) // 50)
    ink[:margin] = ink[-margin:] = 0
    ink[:, :margin] = ink[:, -margin:] = 0
    return np.asarray(ink, dtype=np.uint8)


def _shrunk(ink: Gray, long_side: int) -> Gray:
    factor = min(1.0, long_side / max(ink.shape))
    if factor == 1.0:
        return ink
    small = cv2.resize(ink, None, fx=factor, fy=factor, interpolation=cv2.INTER_AREA)
    return np.asarray(cv2.threshold(small, 80, 255, cv2.THRESH_BINARY)[1], dtype=np.uint8)


def _places(ink: Gray) -> _Places:
    """Where the ink is; spread within each pixel, or upright pages would look more level than they are."""
    ys, xs = np.nonzero(ink)
    chance = np.random.default_rng(1)
    if len(ys) > _MOST:
        some = chance.choice(len(ys), _MOST, replace=False)
        ys, xs = ys[some], xs[some]
    middle = np.array([[ink.shape[1] / 2], [ink.shape[0] / 2]], np.float32)
    return (
        np.stack([xs, ys]).astype(np.float32)
        - middle
        + chance.uniform(-0.5, 0.5, (2, len(xs))).astype(np.float32)
    )


def _levelness(places: _Places, degrees: float) -> float:
    """How ragged the profile across the lines is when the ink is turned by an angle."""
    if places.shape[1] == 0:
        return 0.0
    angle = np.deg2rad(degrees)
    rows = places[1] * np.float32(np.cos(angle)) - places[0] * np.float32(np.sin(angle))
    profile = np.bincount((rows - rows.min()).astype(np.int32))
    smooth = np.convolve(profile, (1.0, 2.0, 1.0))  # or the places of rows between pixels would count
    return float(np.square(np.diff(smooth)).sum())
