"""What a pen did to a box: ticked, crossed, filled, nothing, or something that a person must look at.

Each box is looked at once more, closely and at one size: first whether its outline is truly there, then what
stands inside it.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, NamedTuple, Protocol

import cv2
import numpy as np
from numpy.typing import NDArray

from pipeline.image import Gray

State = Literal["ticked", "crossed", "filled", "empty", "doubtful"]
_GRID = 64  # pixels of the box's height when it is judged
_MARGIN = 32  # pixels of the same picture around it: strokes reach out
_SPECK = 0.13  # of the side: pieces smaller than this are dirt
_SIDES = 0.86  # part of each side that must be ink

Mask = NDArray[np.uint8]
Place = tuple[float, float, float, float]  # x0, y0, x1, y1


class _Outline(Protocol):
    """What is asked of an outline."""

    @property
    def x0(self) -> float: ...
    @property
    def y0(self) -> float: ...
    @property
    def x1(self) -> float: ...
    @property
    def y1(self) -> float: ...


class Judged(NamedTuple):
    """A box's state, how sure that is (0–1), and its outline as it was found, in pixels of the picture."""

    state: State
    confidence: float
    place: Place


@dataclass(frozen=True)
class _View:
    """A box drawn at a fixed size: the picture, its ink, and how to come back."""

    gray: Gray
    ink: Mask
    scale: float
    x0: float
    y0: float
    wide: int

    def back(self, place: tuple[float, float, float, float]) -> Place:
        """A place in the view as a place in the picture."""
        a, b, c, d = place
        x, y = self.x0 - _MARGIN / self.scale, self.y0 - _MARGIN / self.scale
        return x + a / self.scale, y + b / self.scale, x + c / self.scale, y + d / self.scale


def judged(gray: Gray, outline: _Outline, shape: str, known: bool = False) -> Judged | None:
    """What stands in a box, None where there is none after all.

    `known`: the box is there for certain (a form's blank says so), even if ink hides its outline.
    """
    view = _view(gray, outline)
    if shape == "square":
        found = _square(view)
    elif shape == "ring":
        found = _ring(view)
    else:
        found = _brackets(view)
    if found is None:
        if not known:
            return None
        found = _assumed(view, shape)
    inner, free, place = found
    state, confidence = _state(view.ink, inner, free)
    return Judged(state, confidence, view.back(place))


def _view(gray: Gray, outline: _Outline) -> _View:
    height = max(4.0, outline.y1 - outline.y0)
    scale = _GRID / height
    wide = max(16, round((outline.x1 - outline.x0) * scale))
    matrix = np.array(
        [[scale, 0, _MARGIN - outline.x0 * scale], [0, scale, _MARGIN - outline.y0 * scale]], dtype=np.float64
    )
    size = (wide + 2 * _MARGIN, _GRID + 2 * _MARGIN)
    how = cv2.INTER_AREA if scale < 1 else cv2.INTER_LINEAR
    view = cv2.warpAffine(gray, matrix, size, flags=how, borderValue=(255,)).astype(np.uint8)
    dark = float(np.percentile(view, 4))
    level = min(200.0, dark + 0.62 * (255 - dark))
    return _View(view, (view < level).astype(np.uint8), scale, outline.x0, outline.y0, wide)


Found = tuple[Mask, Mask, tuple[float, float, float, float]]  # room inside; all but the outline; the outline


def _square(view: _View) -> Found | None:
    """The four sides: where each begins and ends; None when one of them is not a line."""
    ink, near, far = view.ink, 13, 16
    x1, y1 = _MARGIN + view.wide, _MARGIN + _GRID
    body_y = slice(_MARGIN + 6, y1 - 6)
    body_x = slice(_MARGIN + 6, x1 - 6)
    full = (
        float(ink[body_y, body_x].mean()) > 0.5
    )  # scribbled full: strokes reach over the sides here and there
    left = _side(ink[body_y, _MARGIN - near : _MARGIN + far].T, 1, full)
    right = _side(ink[body_y, x1 - far : x1 + near].T, -1, full)
    top = _side(ink[_MARGIN - near : _MARGIN + far, body_x], 1, full)
    foot = _side(ink[y1 - far : y1 + near, body_x], -1, full)
    if left is None or right is None or top is None or foot is None:
        return None
    outer = (
        _MARGIN - near + left[0], _MARGIN - near + top[0], x1 - far + right[0] + 1, y1 - far + foot[0] + 1,
    )  # fmt: skip
    inner = (
        _MARGIN - near + left[1] + 1,
        _MARGIN - near + top[1] + 1,
        x1 - far + right[1],
        y1 - far + foot[1],
    )
    if inner[2] - inner[0] < 0.5 * view.wide or inner[3] - inner[1] < 0.5 * _GRID:
        return None
    ratio = (outer[2] - outer[0]) / max(1, outer[3] - outer[1])
    low, high = (0.75, 1.33) if full else (0.82, 1.22)
    if not low <= ratio <= high or not _cornered(ink, outer) or not _alone(ink, outer):
        return None
    return _room(view, outer, inner)


def _room(view: _View, outer: tuple[int, int, int, int], inner: tuple[int, int, int, int]) -> Found:
    room, free = np.zeros(view.ink.shape, np.uint8), _reach(view.ink.shape, outer)
    room[inner[1] + 2 : inner[3] - 2, inner[0] + 2 : inner[2] - 2] = 1
    a, b, c, d = outer
    free[b - 3 : inner[1] + 2, a - 3 : c + 3] = 0
    free[inner[3] - 2 : d + 3, a - 3 : c + 3] = 0
    free[b - 3 : d + 3, a - 3 : inner[0] + 2] = 0
    free[b - 3 : d + 3, inner[2] - 2 : c + 3] = 0
    return room, free, outer


def _side(bands: Mask, inward: int, full: bool) -> tuple[int, int] | None:
    """Outer and inner edge of a side among bands parallel to it (the first band lies outermost for inward = 1)."""
    cover = bands.mean(axis=1)
    pairs = np.maximum(bands[:-1], bands[1:]).mean(axis=1)
    lean = np.maximum(cover, pairs[_near(len(cover))])
    lines = np.flatnonzero(lean >= _SIDES)
    if not lines.size:
        return None
    order = lines if inward > 0 else lines[::-1]
    start = int(order[0])
    outside = start - 4 * inward
    if (
        not full and 0 <= outside < len(cover) and cover[outside] > 0.35
    ):  # a straight side begins at once, a ring does not
        return None
    end = start
    while abs(end - start) < 11 and 0 <= end + inward < len(cover) and lean[end + inward] >= 0.6:
        end += inward
    return start, end


def _near(count: int) -> NDArray[np.intp]:
    return np.minimum(np.arange(count), count - 2)


def _cornered(ink: Mask, outer: tuple[int, int, int, int]) -> bool:
    """Ink at three corners at least: letters are round where boxes are not; some boxes are a little, too."""
    x0, y0, x1, y1 = outer
    size = 8
    corners = (
        ink[y0 : y0 + size, x0 : x0 + size],
        ink[y0 : y0 + size, x1 - size : x1],
        ink[y1 - size : y1, x0 : x0 + size],
        ink[y1 - size : y1, x1 - size : x1],
    )
    return sum(bool(part.size and part.mean() > 0.2) for part in corners) >= 4


def _alone(ink: Mask, outer: tuple[int, int, int, int]) -> bool:
    """No ink close by on the left and, but for a stroke that reaches out, on the right: letters have neighbours."""
    x0, y0, x1, y1 = outer
    low = y0 + (y1 - y0) // 3
    left = ink[low : y1 - 4, max(0, x0 - 17) : max(0, x0 - 5)]
    right = ink[low + (y1 - low) // 3 : y1 - 4, x1 + 5 : x1 + 13]
    return not (left.size and left.max(axis=1).mean() > 0.4) and not (
        right.size and right.max(axis=1).mean() > 0.6
    )


def _ring(view: _View) -> Found | None:
    """The circle with most of its rim inked, looked for around the one that was given."""
    ink = cv2.dilate(view.ink, np.ones((2, 2), np.uint8))
    angles = np.linspace(0, 2 * np.pi, 72, endpoint=False)
    cos, sin = np.cos(angles), np.sin(angles)
    middle = (_MARGIN + view.wide / 2, _MARGIN + _GRID / 2)
    best: tuple[float, float, float, float] = (0.0, *middle, _GRID / 2)
    for radius in np.arange(_GRID / 2 - 6, _GRID / 2 + 5, 1.5):
        for dx in np.arange(-4, 4.1, 2):
            for dy in np.arange(-4, 4.1, 2):
                cols = np.clip((middle[0] + dx + radius * cos).astype(int), 0, ink.shape[1] - 1)
                rows = np.clip((middle[1] + dy + radius * sin).astype(int), 0, ink.shape[0] - 1)
                cover = float(ink[rows, cols].mean())
                if cover > best[0]:
                    best = (cover, middle[0] + dx, middle[1] + dy, radius)
    cover, cx, cy, radius = best
    if cover < 0.94:
        return None
    return _disc(view, (cx, cy), radius)


def _disc(view: _View, centre: tuple[float, float], radius: float) -> Found:
    middle = (round(centre[0]), round(centre[1]))
    room = np.zeros(view.ink.shape, np.uint8)
    cv2.circle(room, middle, max(4, round(radius - 8)), (1,), -1)
    outer = (
        round(centre[0] - radius), round(centre[1] - radius), round(centre[0] + radius), round(centre[1] + radius)
    )  # fmt: skip
    free = _reach(view.ink.shape, outer)
    cv2.circle(free, middle, round(radius), (0,), 13)
    return room, free, outer


def _brackets(view: _View) -> Found:
    x0, y0, x1, y1 = _MARGIN, _MARGIN, _MARGIN + view.wide, _MARGIN + _GRID
    bow = round(0.3 * _GRID)
    room, free = np.zeros(view.ink.shape, np.uint8), _reach(view.ink.shape, (x0, y0, x1, y1))
    free[y0 - 5 : y1 + 5, x0 - 5 : x0 + bow] = 0
    free[y0 - 5 : y1 + 5, x1 - bow : x1 + 5] = 0
    room[y0:y1, x0 + bow : x1 - bow] = 1
    return room, free, (x0, y0, x1, y1)


def _assumed(view: _View, shape: str) -> Found:
    """The room of a box whose outline is hidden: as the blank has it, less a margin."""
    x0, y0, x1, y1 = _MARGIN, _MARGIN, _MARGIN + view.wide, _MARGIN + _GRID
    if shape == "ring":
        return _disc(view, ((x0 + x1) / 2, (y0 + y1) / 2), _GRID / 2)
    edge = 7
    return _room(view, (x0, y0, x1, y1), (x0 + edge, y0 + edge, x1 - edge, y1 - edge))


def _reach(shape: tuple[int, ...], outer: tuple[int, int, int, int]) -> Mask:
    """Where strokes of the box may be: they reach out, but the words beside and below it are none of them."""
    free = np.zeros(shape, np.uint8)
    x0, y0, x1, y1 = outer
    free[max(0, y0 - 26) : y1 + 10, max(0, x0 - 14) : x1 + 22] = 1
    return free


# -- the strokes -------------------------------------------------------------------------------------------


def _state(ink: Mask, room: Mask, free: Mask) -> tuple[State, float]:
    """The state by what stands inside; `free` is where strokes may be seen."""
    pieces = _no_dirt(ink & free)
    inside = (pieces > 0) & (room > 0)
    if not inside.any():
        return "empty", 0.99
    share = float(inside.sum()) / max(1, int(room.sum()))
    whole = _touching(pieces, inside)
    ys, xs = np.nonzero(whole)
    wide, high = float(np.ptp(xs) + 1) / _GRID, float(np.ptp(ys) + 1) / _GRID
    if share > 0.45 and _everywhere(inside, room):
        return "filled", 0.97 if share > 0.55 else 0.9
    if share < 0.012 and max(wide, high) < 0.22:
        return "empty", 0.85
    if max(wide, high) < 0.4 or share < 0.02:
        return "doubtful", 0.6
    return _by_shape(whole, share)


def _by_shape(whole: Mask, share: float) -> tuple[State, float]:
    """A tick comes down to one foot and rises to the right; a cross stands on two feet and has two heads."""
    ys, xs = np.nonzero(whole)
    frame = whole[ys.min() : ys.max() + 1, xs.min() : xs.max() + 1] > 0
    high = frame.shape[0]
    heads, feet = _strands(frame[: max(2, high // 4)]), _strands(frame[high - max(2, high // 4) :])
    if heads > 0.55 and feet > 0.55:
        return "crossed", 0.95 if share < 0.4 else 0.8
    if share > 0.4 or feet > 0.45:
        return "doubtful", 0.6
    top, foot = (
        float(np.nonzero(part)[1].mean())
        for part in (frame[: max(2, high // 6)], frame[-max(2, high // 6) :])
    )
    if heads > 0.45:  # a steep tick with both arms high: the right one is a little longer, or as long
        top = float(np.nonzero(frame[: max(2, high // 4)].any(axis=0))[0].max())
    return ("ticked", 0.97) if top > foot + 0.08 * frame.shape[1] else ("doubtful", 0.6)


def _strands(rows: NDArray[np.bool_]) -> float:
    """The part of the rows that cross two strands of ink well apart from each other."""
    least = max(3, round(0.14 * _GRID))
    two = 0
    for row in rows:
        places = np.flatnonzero(row)
        two += bool(places.size and (np.diff(places) > least).any())
    return two / max(1, len(rows))


def _no_dirt(ink: Mask) -> Mask:
    closed = cv2.morphologyEx(ink, cv2.MORPH_CLOSE, np.ones((3, 3), np.uint8))
    _, labels, stats, _ = cv2.connectedComponentsWithStats(closed, connectivity=8)
    large = np.maximum(stats[:, cv2.CC_STAT_WIDTH], stats[:, cv2.CC_STAT_HEIGHT]) >= _SPECK * _GRID
    large[0] = False
    return np.asarray(large[labels], dtype=np.uint8)


def _everywhere(inside: NDArray[np.bool_], room: Mask) -> bool:
    """Ink in every part of the box."""
    ys, xs = np.nonzero(room)
    frame = inside[ys.min() : ys.max() + 1, xs.min() : xs.max() + 1]
    small = cv2.resize(frame.astype(np.float32), (3, 3), interpolation=cv2.INTER_AREA)
    return bool(small.min() > 0.2)


def _touching(ink: Mask, inside: NDArray[np.bool_]) -> Mask:
    """The strokes that reach into the box, with what of them stands outside."""
    bridged = cv2.dilate(ink, np.ones((9, 9), np.uint8))  # the outline was taken out: strokes go on beyond it
    count, labels = cv2.connectedComponents(bridged, connectivity=8)
    if count <= 1:
        return ink
    keep = np.bincount(labels[inside], minlength=count) > 0
    keep[0] = False
    return np.asarray(keep[labels] & (ink > 0), dtype=np.uint8)
