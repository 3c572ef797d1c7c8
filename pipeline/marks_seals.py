"""Seals on a page picture (ตราประทับ): round and oval rubber stamps, coloured or black.

A seal is a ring with something inside. Receipt stamps have corners, signatures no ring, and an emblem at the head
of a page is printed, not stamped.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import cv2
import numpy as np
from numpy.typing import NDArray

_DPI = 100
_RADII = (16.0, 75.0)  # points
_BINS = 60  # parts of the rim that are looked at
_COVER = 0.7  # of them that must hold ink
_MOST_POINTS = 1400

Mask = NDArray[np.uint8]
Points = NDArray[np.float64]


@dataclass(frozen=True)
class FoundSeal:
    """A seal's box in pixels of the picture it was found in, and how sure that is."""

    x0: float
    y0: float
    x1: float
    y1: float
    confidence: float


def find_seals(ink: Mask, dpi: float, alone: bool) -> list[FoundSeal]:
    """Seals among ink (1 where there is some). `alone`: the ink is stamp and pen, without print.

    What print was taken out of the ink may have cut rings in two: with `alone`, pieces close by go together.
    """
    factor = min(1.0, _DPI / dpi)
    small = cv2.resize(ink * np.uint8(255), None, fx=factor, fy=factor, interpolation=cv2.INTER_AREA)
    mask = (small > 70).astype(np.uint8)
    px = _DPI / 72 if factor < 1 else dpi / 72
    found = _among(mask, px, joined=0.0)
    if not found and alone:
        found = _among(mask, px, joined=3.0) or _among(mask, px, joined=11.0)
    return [
        FoundSeal((x - a) / factor, (y - b) / factor, (x + a) / factor, (y + b) / factor, sure)
        for x, y, a, b, sure in found
    ]


def _among(mask: Mask, px: float, joined: float) -> list[tuple[float, float, float, float, float]]:
    """Rings among the larger pieces; gaps of so many points between pieces are bridged first."""
    reach = max(2, round(joined * px))
    work = cv2.dilate(mask, np.ones((2, 2), np.uint8))
    if joined:
        work = cv2.morphologyEx(
            work, cv2.MORPH_CLOSE, cv2.getStructuringElement(cv2.MORPH_ELLIPSE, (reach, reach))
        )
    _, labels, stats, _ = cv2.connectedComponentsWithStats(work, connectivity=8)
    found: list[tuple[float, float, float, float, float]] = []
    least = 2 * _RADII[0] * px
    for place, (x, y, w, h, _area) in enumerate(stats.tolist()):
        if place == 0 or w < least or h < 0.9 * least:
            continue
        part = (labels[y : y + h, x : x + w] == place) & (mask[y : y + h, x : x + w] > 0)
        ring = _ring_among(part, px)
        if ring is not None:
            cx, cy, a, b, sure = ring
            found.append((x + cx, y + cy, a, b, sure))
    return found


def _ring_among(part: NDArray[np.bool_], px: float) -> tuple[float, float, float, float, float] | None:
    """The best ring through a piece of ink: centre, radii, and how sure that is."""
    ys, xs = np.nonzero(part)
    if len(xs) < 40:
        return None
    rng = np.random.default_rng(11)  # the same page always gives the same marks
    points = np.stack([xs, ys], axis=1).astype(np.float64)
    if len(points) > _MOST_POINTS:
        points = points[rng.choice(len(points), _MOST_POINTS, replace=False)]
    tried = [(_cover(part, ring), ring) for ring in (*_circles(points, rng, px), *_ellipses(part, px))]
    if not tried:
        return None
    # seals have several rings: of those that are whole the outermost
    best = max(tried, key=lambda one: (round(min(one[0], 0.86), 1), one[1][2] * one[1][3]))
    cover, ring = _polished(part, *best)
    if cover < _COVER or not _has_inside(part, ring):
        return None
    return (*ring, 0.97 if cover > 0.85 else 0.9 if cover > 0.77 else 0.8)


def _circles(points: Points, rng: Any, px: float) -> list[tuple[float, float, float, float]]:
    """Circles through three random points each, those with most points on them first."""
    picks = points[rng.integers(0, len(points), (1500, 3))]
    (ax, ay), (bx, by), (cx, cy) = (picks[:, i].T for i in range(3))
    d = 2 * (ax * (by - cy) + bx * (cy - ay) + cx * (ay - by))
    fine = np.abs(d) > 1e-3
    d = np.where(fine, d, 1.0)
    a2, b2, c2 = ax**2 + ay**2, bx**2 + by**2, cx**2 + cy**2
    ux = (a2 * (by - cy) + b2 * (cy - ay) + c2 * (ay - by)) / d
    uy = (a2 * (cx - bx) + b2 * (ax - cx) + c2 * (bx - ax)) / d
    radius = np.hypot(ax - ux, ay - uy)
    fine &= (radius > _RADII[0] * px) & (radius < _RADII[1] * px)
    ux, uy, radius = ux[fine], uy[fine], radius[fine]
    if not len(ux):
        return []
    far = np.hypot(points[None, :, 0] - ux[:, None], points[None, :, 1] - uy[:, None])
    on = (np.abs(far - radius[:, None]) < 1.3).sum(axis=1) / np.maximum(1, radius)
    order = np.argsort(-on)[:24]
    return [(float(ux[i]), float(uy[i]), float(radius[i]), float(radius[i])) for i in order]


def _ellipses(part: NDArray[np.bool_], px: float) -> list[tuple[float, float, float, float]]:
    """The ellipse around all ink, strokes that stand out left away step by step."""
    outline, _ = cv2.findContours(part.astype(np.uint8), cv2.RETR_EXTERNAL, cv2.CHAIN_APPROX_NONE)
    edge = np.concatenate(outline)[:, 0].astype(np.float32)
    hull = cv2.convexHull(edge)[:, 0]
    found = []
    for _ in range(4):
        if len(hull) < 8:
            break
        (cx, cy), (wide, high), angle = cv2.fitEllipse(hull.astype(np.float32))
        a, b = (wide / 2, high / 2) if abs(((angle + 45) % 180) - 45) < 30 else (high / 2, wide / 2)
        if min(a, b) > _RADII[0] * px and max(a, b) < _RADII[1] * px and min(a, b) > 0.55 * max(a, b):
            found.append((cx, cy, a, b))
        off = np.hypot((hull[:, 0] - cx) / max(a, 1), (hull[:, 1] - cy) / max(b, 1))
        near = edge[np.abs(np.hypot((edge[:, 0] - cx) / max(a, 1), (edge[:, 1] - cy) / max(b, 1)) - 1) < 0.07]
        hull = (
            near if len(near) > 30 and float(np.abs(off - 1).max()) > 0.08 else hull[np.abs(off - 1) < 0.15]
        )
    return found


def _cover(part: NDArray[np.bool_], ring: tuple[float, float, float, float], slack: float = 1.6) -> float:
    """What part of a ring's rim holds ink."""
    cx, cy, a, b = ring
    angles = np.linspace(0, 2 * np.pi, _BINS * 2, endpoint=False)
    hit = np.zeros(len(angles), bool)
    high, wide = part.shape
    for step in (-slack, -0.8, 0.0, 0.8, slack):
        cols = np.round(cx + (a + step) * np.cos(angles)).astype(int)
        rows = np.round(cy + (b + step) * np.sin(angles)).astype(int)
        fine = (cols >= 0) & (cols < wide) & (rows >= 0) & (rows < high)
        hit[fine] |= part[rows[fine], cols[fine]]
    return float(hit.mean())


def _polished(
    part: NDArray[np.bool_], cover: float, ring: tuple[float, float, float, float]
) -> tuple[float, tuple[float, float, float, float]]:
    """The same ring moved and grown a little, where more of its rim holds ink."""
    for step in (2.0, 1.0):
        for _ in range(3):
            tried = [
                (ring[0] + dx, ring[1] + dy, ring[2] + da, ring[3] + db)
                for dx, dy, da, db in (
                    (step, 0, 0, 0), (-step, 0, 0, 0), (0, step, 0, 0), (0, -step, 0, 0),
                    (0, 0, step, 0), (0, 0, -step, 0), (0, 0, 0, step), (0, 0, 0, -step),
                )
            ]  # fmt: skip
            covers = [_cover(part, one) for one in tried]
            place = int(np.argmax(covers))
            if covers[place] <= cover:
                break
            cover, ring = covers[place], tried[place]
    return cover, ring


def _has_inside(part: NDArray[np.bool_], ring: tuple[float, float, float, float]) -> bool:
    """Words or a drawing inside the ring, but no solid disc; and not the loops of a large text block."""
    cx, cy, a, b = ring
    if min(a, b) < 0.5 * max(a, b):
        return False
    rows, cols = np.indices(part.shape)
    far = np.hypot((cols - cx) / a, (rows - cy) / b)
    inside = part[far < 0.9]
    rim = part[(far > 0.95) & (far < 1.08)]
    share = float(inside.mean()) if inside.size else 0.0
    return 0.012 < share < 0.62 and float(rim.mean() if rim.size else 0.0) > 1.15 * share * 0.8
