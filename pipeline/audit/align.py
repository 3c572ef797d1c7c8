"""Lay a filled form over its blank: features that both have in common give the way from one page to the other."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import cv2
import numpy as np
from numpy.typing import NDArray

from pipeline.image import Gray, Picture, Transform, flatten, split_ink

DPI = 250  # of a page laid over its blank
_LOOK = 110  # dpi at which features are looked for
_FEATURES = 3500
_RATIO = 0.78  # how much nearer the best match must be than the next (Lowe's test)
_LEAST = 24  # matches that must agree
_GRID = (9, 7)  # places where the fit is measured again, rows and columns
_PATCH, _SHIFT = 46, 9  # pixels at _LOOK


@dataclass(frozen=True)
class Features:
    """What a page is known by: points in pixels at _LOOK, and their descriptors."""

    points: NDArray[np.float32]
    descriptors: NDArray[np.float32]


@dataclass(frozen=True)
class Laid:
    """A page laid over its blank at DPI: black and coloured ink, and the way back to the scan's pixels."""

    black: Gray
    colour: Gray | None
    to_scan: Transform
    matches: int

    @property
    def ink(self) -> Gray:
        """Both layers together."""
        return self.black if self.colour is None else np.minimum(self.black, self.colour)


def features_of(picture: Picture, long_side_pt: float) -> tuple[Features, float]:
    """A page's features, and how many times smaller than the picture they were looked for."""
    factor = min(1.0, long_side_pt * _LOOK / 72 / max(picture.shape[:2]))
    gray = picture if picture.ndim == 2 else cv2.cvtColor(picture, cv2.COLOR_BGR2GRAY)
    small = cv2.resize(gray, None, fx=factor, fy=factor, interpolation=cv2.INTER_AREA) if factor < 1 else gray
    even = cv2.GaussianBlur(flatten(small.astype(np.uint8)), (0, 0), 0.8)
    tool: Any = cv2
    finder = tool.SIFT_create(nfeatures=_FEATURES, contrastThreshold=0.03)
    points, descriptors = finder.detectAndCompute(even, None)
    if descriptors is None or not points:
        return Features(np.zeros((0, 2), np.float32), np.zeros((0, 128), np.float32)), factor
    places = np.array([point.pt for point in points], np.float32)
    return Features(places, np.sqrt(descriptors / (descriptors.sum(axis=1, keepdims=True) + 1e-6))), factor


def way_to(blank: Features, page: Features) -> tuple[Transform, int] | None:
    """The homography from the blank's feature pixels to the page's, and how many matches agree; None without one."""
    if min(len(blank.points), len(page.points)) < _LEAST:
        return None
    pairs = cv2.BFMatcher(cv2.NORM_L2).knnMatch(blank.descriptors, page.descriptors, k=2)
    good = [two[0] for two in pairs if len(two) == 2 and two[0].distance < _RATIO * two[1].distance]
    if len(good) < _LEAST:
        return None
    source = np.array([blank.points[m.queryIdx] for m in good], np.float32)
    target = np.array([page.points[m.trainIdx] for m in good], np.float32)
    cv2.setRNGSeed(7)  # the same page is always laid in the same way
    matrix, kept = cv2.findHomography(source, target, cv2.USAC_MAGSAC, 2.5, maxIters=6000, confidence=0.999)
    count = 0 if kept is None else int(kept.sum())
    if matrix is None or count < max(_LEAST, 0.12 * len(good)) or not _plausible(matrix, blank):
        return None
    return np.asarray(matrix, dtype=np.float64), count


def _plausible(matrix: Transform, blank: Features) -> bool:
    """No page is mirrored, or squeezed to a sliver."""
    low, high = blank.points.min(axis=0), blank.points.max(axis=0)
    corners = np.array(
        [[low[0], low[1]], [high[0], low[1]], [high[0], high[1]], [low[0], high[1]]], np.float64
    )
    seen = cv2.perspectiveTransform(corners[None].astype(np.float32), matrix)[0]
    area = float(cv2.contourArea(seen.astype(np.float32), oriented=True))
    before = float((high - low).prod())
    sides = np.linalg.norm(np.roll(seen, -1, axis=0) - seen, axis=1)
    return (
        area > 0.1 * before
        and bool(cv2.isContourConvex(seen.astype(np.float32)))
        and sides.min() > 0.3 * sides.max() * 0.5
    )


def lay(picture: Picture, blank: Gray, matrix: Transform, factor: float, matches: int) -> Laid:
    """Draw the page where the blank has it. `blank` is grey at DPI; `matrix` leads between feature pixels."""
    height, width = blank.shape
    down, up = _LOOK / DPI, 1 / factor
    to_scan = np.diag([up, up, 1.0]) @ matrix @ np.diag([down, down, 1.0])
    size = (width, height)
    rough = _warped(picture, to_scan, size)
    to_scan = to_scan @ _finer(blank, rough if rough.ndim == 2 else np.asarray(rough.min(axis=2)))
    even = flatten(_warped(picture, to_scan, size))
    black, colour = split_ink(even)
    return Laid(black, colour, to_scan, matches)


def _warped(picture: Picture, to_scan: Transform, size: tuple[int, int]) -> Picture:
    shown = cv2.warpPerspective(
        picture, to_scan, size, flags=cv2.INTER_LINEAR | cv2.WARP_INVERSE_MAP, borderValue=(255, 255, 255)
    )
    return np.asarray(shown, dtype=np.uint8)


def _finer(blank: Gray, page: Gray) -> Transform:
    """A small correction: the blank's print is looked for again at many places of the page laid over it."""
    scale = _LOOK / DPI
    shape = (round(blank.shape[1] * scale), round(blank.shape[0] * scale))
    one, other = (
        cv2.resize(each, shape, interpolation=cv2.INTER_AREA).astype(np.uint8) for each in (blank, page)
    )
    here, there = [], []
    for row in np.linspace(_PATCH, shape[1] - _PATCH, _GRID[0] * 2):
        for column in np.linspace(_PATCH, shape[0] - _PATCH, _GRID[1] * 2):
            moved = _moved(one, other, (int(column), int(row)))
            if moved is not None:
                here.append((column, row))
                there.append((column + moved[0], row + moved[1]))
    if len(here) < 10:
        return np.eye(3)
    matrix, kept = cv2.findHomography(
        np.array(here, np.float32), np.array(there, np.float32), cv2.RANSAC, 1.2
    )
    if matrix is None or kept is None or int(kept.sum()) < 8:
        return np.eye(3)
    zoom = np.diag([scale, scale, 1.0])
    return np.asarray(np.linalg.inv(zoom) @ matrix @ zoom, dtype=np.float64)


def _moved(blank: Gray, page: Gray, at: tuple[int, int]) -> tuple[float, float] | None:
    """How far the print around a point has moved, in pixels and parts of them; None where there is none."""
    x, y = at
    half = _PATCH // 2
    patch = blank[y - half : y + half, x - half : x + half]
    if patch.shape != (2 * half, 2 * half) or float((patch < 140).mean()) < 0.03:
        return None
    reach = half + _SHIFT
    around = page[max(0, y - reach) : y + reach, max(0, x - reach) : x + reach]
    if around.shape != (2 * reach, 2 * reach):
        return None
    fit = cv2.matchTemplate(around, patch, cv2.TM_CCOEFF_NORMED)
    _, best, _, place = cv2.minMaxLoc(fit)
    if best < 0.55:
        return None
    px, py = place
    if not (0 < px < fit.shape[1] - 1 and 0 < py < fit.shape[0] - 1):
        return None
    return px - _SHIFT + _peak(fit[py, px - 1 : px + 2]), py - _SHIFT + _peak(fit[py - 1 : py + 2, px])


def _peak(three: NDArray[np.float32]) -> float:
    """Where between three values their highest point lies, -0.5 to 0.5."""
    a, b, c = (float(v) for v in three)
    bend = a - 2 * b + c
    return 0.0 if abs(bend) < 1e-9 else max(-0.5, min(0.5, 0.5 * (a - c) / bend))
