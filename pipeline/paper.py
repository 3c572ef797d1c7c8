"""Where a sheet of paper lies in a photograph: its four edges, straight and lighter than the ground beyond them.

A level of brightness does not tell: a shadow over the sheet is as dark as the desk, and a lamp's light on the desk as
bright as paper. So long straight edges are looked for, and those four taken whose inner side is lighter than the outer.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import product

import cv2
import numpy as np
from numpy.typing import NDArray

from pipeline.tint import Gray, Picture, as_gray

Corners = NDArray[np.float64]  # (4, 2): x and y, clockwise from the top left
_Edge = tuple[float, float, float]  # a line: a x + b y = c, the normal (a, b) of length 1

_LOOK = 550  # pixels on the long side that are enough
_RING = 0.03  # of a picture: its rim, which is as light as the middle when it is a scan
_AS_LIGHT = 0.82  # of the paper's brightness, at which a rim is paper too
_SLANT = 25  # degrees that an edge may slope
_CHOSEN = 6  # edges for each side
_POINTS = 48  # of an edge that are looked at
_BESIDE = 5.0  # pixels from an edge to what is compared on both its sides
_LIGHTER = 1.1  # times as bright as the ground, the paper
_LEAST_EDGE = 0.72  # of an edge along which paper is lighter than ground
_INSET = 1.0  # pixels that are taken off, so that no ground is left
_LEAST_AREA, _LONGEST = 0.25, 2.0  # of the picture; times its width, of a sheet as a camera sees it


def paper_corners(picture: Picture) -> Corners | None:
    """The four corners of a sheet photographed on a darker ground (clockwise from top-left); None for a scan."""
    gray = picture if picture.ndim == 2 else cv2.cvtColor(picture, cv2.COLOR_BGR2GRAY)
    factor = min(1.0, _LOOK / max(gray.shape))
    small = cv2.resize(gray, None, fx=factor, fy=factor, interpolation=cv2.INTER_AREA)
    plain = as_gray(cv2.morphologyEx(small, cv2.MORPH_CLOSE, np.ones((9, 9), np.uint8)))  # without text
    if _all_paper(plain):
        return None
    plain = as_gray(cv2.GaussianBlur(plain, (0, 0), 1.5))
    best: tuple[float, Corners] | None = None
    for corners in _quads(plain):
        area = cv2.contourArea(corners.astype(np.float32))
        if (best is None or area > best[0]) and _is_sheet(plain, corners, area):
            best = area, corners
    return None if best is None else _fitted(plain, best[1]) / factor


def _all_paper(plain: Gray) -> bool:
    """The picture's rim is as light as paper on at least three sides: a scan, be there a dark edge or not."""
    height, width = plain.shape
    rim = max(2, round(_RING * max(height, width)))
    paper = float(np.percentile(plain, 75))
    sides = plain[:rim], plain[-rim:], plain[:, :rim], plain[:, -rim:]
    return sum(float(np.median(side)) > _AS_LIGHT * paper for side in sides) >= 3


def _quads(plain: Gray) -> Iterator[Corners]:
    """Corners of every four edges that may be a sheet's."""
    height, width = plain.shape
    level, upright = _edges(plain)
    sides: list[list[_Edge]] = [
        [e for e in level if _at(e, width / 2, across=True) < height / 2],
        [e for e in upright if _at(e, height / 2, across=False) > width / 2],
        [e for e in level if _at(e, width / 2, across=True) > height / 2],
        [e for e in upright if _at(e, height / 2, across=False) < width / 2],
    ]
    for top, right, bottom, left in product(*(side[:_CHOSEN] for side in sides)):
        yield _corners(top, right, bottom, left)


def _edges(plain: Gray) -> tuple[list[_Edge], list[_Edge]]:
    """Long straight edges, level ones and upright ones, those with most support first."""
    strong = float(np.percentile(np.abs(cv2.Sobel(plain, cv2.CV_32F, 1, 1, ksize=3)), 98))
    rims = cv2.Canny(plain, max(8.0, 0.3 * strong), max(20.0, 0.9 * strong))
    found = cv2.HoughLines(rims, 1.0, np.pi / 360, int(0.22 * min(plain.shape)))
    level: list[_Edge] = []
    upright: list[_Edge] = []
    for rho, theta in [] if found is None else found.reshape(-1, found.shape[-1])[:, :2]:
        edge = float(np.cos(theta)), float(np.sin(theta)), float(rho)
        if abs(edge[0]) < np.sin(np.deg2rad(_SLANT)):
            _add(level, edge, plain.shape[1] / 2, across=True)
        elif abs(edge[1]) < np.sin(np.deg2rad(_SLANT)):
            _add(upright, edge, plain.shape[0] / 2, across=False)
    return level, upright


def _add(edges: list[_Edge], edge: _Edge, middle: float, across: bool) -> None:
    """Keep an edge unless one like it, of more support, is there."""
    ends = (0.0, 2 * middle)
    if len(edges) < 4 * _CHOSEN and all(
        max(abs(_at(edge, end, across) - _at(one, end, across)) for end in ends) > 6 for one in edges
    ):
        edges.append(edge)


def _at(edge: _Edge, place: float, across: bool) -> float:
    """The y of a level edge at an x, or the x of an upright one at a y."""
    a, b, c = edge
    return (c - a * place) / b if across else (c - b * place) / a


def _meet(one: _Edge, other: _Edge) -> tuple[float, float]:
    """Where a level and an upright edge cross."""
    (a, b, c), (d, e, f) = one, other
    det = a * e - b * d
    return (c * e - b * f) / det, (a * f - c * d) / det


def _corners(top: _Edge, right: _Edge, bottom: _Edge, left: _Edge) -> Corners:
    """Where four edges meet, clockwise from the top left."""
    return np.array([_meet(top, left), _meet(top, right), _meet(bottom, right), _meet(bottom, left)])


def _is_sheet(plain: Gray, corners: Corners, area: float) -> bool:
    """Large, of a sheet's form, and along all four edges lighter inside than outside."""
    height, width = plain.shape
    inside = (corners > -0.04 * width).all() and (corners < [1.04 * width, 1.04 * height]).all()
    if not inside or not _LEAST_AREA < area / plain.size < 0.985:
        return False
    sides = np.linalg.norm(corners - np.roll(corners, -1, axis=0), axis=1)
    across, down = float(sides[0] + sides[2]), float(sides[1] + sides[3])
    if max(across, down) > _LONGEST * min(across, down):
        return False
    return all(_lighter_inside(plain, corners[i], corners[(i + 1) % 4]) >= _LEAST_EDGE for i in range(4))


def _fitted(plain: Gray, corners: Corners) -> Corners:
    """The corners where lines through the steepest places along the edges meet, a little inside the paper."""
    return _corners(*(_through_steepest(plain, corners[i], corners[(i + 1) % 4]) for i in range(4)))


def _through_steepest(plain: Gray, start: Corners, end: Corners) -> _Edge:
    """The line through the places near an edge where brightness changes most, moved inwards."""
    points, normal = _along(start, end)
    offsets = np.arange(-_BESIDE, _BESIDE + 1)
    light = np.array([_seen(plain, points + offset * normal) for offset in offsets]).astype(np.float64)
    steps = np.where((light[1:] >= 0) & (light[:-1] >= 0), light[1:] - light[:-1], 0.0)
    steepest = offsets[steps.argmax(axis=0)] + 0.5
    usual = np.abs(steepest - np.median(steepest)) <= 2
    places = points + steepest[:, None] * normal
    x, y = places[usual].mean(axis=0)
    _, _, axes = np.linalg.svd(places[usual] - [x, y])
    across = axes[1] if float(axes[1] @ normal) > 0 else -axes[1]
    return float(across[0]), float(across[1]), float(across @ [x, y]) + _INSET


def _along(start: Corners, end: Corners) -> tuple[Corners, Corners]:
    """Points along an edge without its ends, and the direction to its right hand, of length 1."""
    way = end - start
    normal = np.array([-way[1], way[0]]) / max(1e-9, float(np.linalg.norm(way)))
    return start + np.linspace(0.06, 0.94, _POINTS)[:, None] * way, normal


def _lighter_inside(plain: Gray, start: Corners, end: Corners) -> float:
    """The part of an edge at whose right hand, clockwise the inside, the picture is lighter."""
    points, normal = _along(start, end)
    light, dark = (_seen(plain, points + side * _BESIDE * normal) for side in (1, -1))
    known = (light >= 0) & (dark >= 0)
    if known.sum() < _POINTS / 2:
        return 0.0
    return float((light[known] > _LIGHTER * dark[known]).mean())


def _seen(plain: Gray, points: Corners) -> NDArray[np.int32]:
    """Brightness at points, -1 outside the picture."""
    xs, ys = np.round(points).astype(int).T
    there = (xs >= 0) & (ys >= 0) & (xs < plain.shape[1]) & (ys < plain.shape[0])
    light = np.full(len(points), -1, np.int32)
    light[there] = plain[ys[there], xs[there]]
    return light
