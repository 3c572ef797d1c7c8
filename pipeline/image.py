"""A picture of a page made ready for reading: flat paper, upright, level, black print apart from coloured ink.

All arrays are OpenCV's: uint8, rows first, colour as BGR. Only this module and its neighbours (`level`, `tint`,
`ink`, `lines`, `marks`) use cv2 on pages.
"""

from __future__ import annotations

import contextlib
import ctypes
from dataclasses import dataclass
from typing import Any, Literal

import cv2
import numpy as np
from numpy.typing import NDArray

from pipeline.hues import Hues, both, part_hues
from pipeline.level import find_skew, is_sideways
from pipeline.paper import paper_corners
from pipeline.tint import Gray, Picture, Rect, as_gray, coloured_places, extremes, split_ink

__all__ = [
    "LONG_SIDE",
    "Gray",
    "Picture",
    "Sheet",
    "flatten",
    "flip",
    "paper_corners",
    "prepare",
    "resize",
    "split_ink",
]

Transform = NDArray[np.float64]  # 3x3, homogeneous pixel coordinates

LONG_SIDE = 3300  # pixels; more costs time and gains nothing: A4 at 250 dpi has 2924
_PAPER = 255
_PREVIEW = 1100  # pixels on the long side: enough for paper, skew and places with coloured ink
_LEVEL = 0.12  # degrees; strips follow their own baselines, so less is not worth a blurring turn
_PALE, _INKED = 200, 225  # grey levels of a flattened sheet: darker is ink, pale ink
_SOME = 125  # pixels of ink at half size; fewer tell nothing
_FAINT = 142  # the level of its darkest fifth from which print is faint
_DITHERED = 0.08  # share of pixels unlike their neighbours; of a speckled fax it is 0.03
_DOTS = 1.15  # pixels: the blur that makes greys of dots
_DARKENED = 110  # what the usual level of faint print becomes

cv2.setNumThreads(1)  # one process a core; more threads only get in each other's way


def _manage_memory() -> None:
    """Let glibc keep arrays of a grey page for the next one, and give larger ones back to the system at once.

    Getting every array anew would cost a fifth of the time spent on pictures; keeping all would cost 50 MB.
    """
    with contextlib.suppress(OSError, AttributeError):  # other systems have other allocators
        libc = ctypes.CDLL("libc.so.6")
        libc.mallopt(-3, 13_000_000)  # M_MMAP_THRESHOLD, bytes
        libc.mallopt(-1, 24_000_000)  # M_TRIM_THRESHOLD, bytes


_manage_memory()


@dataclass(frozen=True)
class Sheet:
    """A page ready for reading."""

    black: Gray  # black print alone
    colour: Gray | None  # coloured stamp and pen ink alone, same size; None when there is none
    to_scan: Transform  # from pixels here to pixels of the picture as scanned
    skew: float  # degrees, anticlockwise positive
    turned: Literal[0, 90, 180, 270]  # degrees clockwise
    hues: tuple[Gray, ...] = ()  # where there is red ink and other coloured ink: the two apart, red first


def prepare(picture: Picture, sideways: bool | None = None) -> Sheet:
    """Make a picture of a page ready for reading: one warp for paper edge, turn and skew, then the ink layers.

    `sideways`: whether the lines run up the picture; None looks for itself.
    """
    picture = _undithered(_without_idle_colour(picture))
    small, factor = _small(picture, _PREVIEW)
    if sideways is None:
        sideways = is_sideways(_darkness(small))
    paper = paper_corners(small)
    base = _upright(picture.shape[:2], paper, factor, sideways)
    skew = find_skew(_darkness(_warp(small, base.seen_by(factor, 900))))
    full = base.turned_by(skew) if abs(skew) > _LEVEL else base
    black, colour, hues = _layers(picture, _warp(small, full.seen_by(factor, _PREVIEW)), full)
    back = np.asarray(np.linalg.inv(full.matrix), dtype=np.float64)
    black = _darkened(black)
    return Sheet(black, colour, back, skew, 90 if sideways else 0, hues)


def _without_idle_colour(picture: Picture) -> Picture:
    """A grey picture that came as three equal channels, as one."""
    if picture.ndim == 2:
        return picture
    some = picture[::23, ::7]
    if int(np.ptp(some, axis=2).max(initial=0)) > 2:
        return picture
    brightest, darkest = extremes(picture)
    coloured = cv2.countNonZero(cv2.threshold(cv2.subtract(brightest, darkest), 12, 1, cv2.THRESH_BINARY)[1])
    return darkest if coloured < 400 else picture


def _undithered(picture: Picture) -> Picture:
    """A page of two levels whose greys are scattered dots, as fax machines send photographs, as greys again.

    Elsewhere on paper black and white change from one pixel to the next at edges of letters alone.
    """
    if picture.ndim > 2 or np.unique(picture[:: max(1, picture.shape[0] // 64)]).size > 2:
        return picture
    across = float(np.mean(picture[:, 1:] != picture[:, :-1]))
    down = float(np.mean(picture[1:] != picture[:-1]))
    return as_gray(cv2.GaussianBlur(picture, (0, 0), _DOTS)) if min(across, down) > _DITHERED else picture


def flip(sheet: Sheet) -> Sheet:
    """The same sheet turned upside down."""
    height, width = sheet.black.shape
    half = np.array([[-1, 0, width - 1], [0, -1, height - 1], [0, 0, 1]], dtype=np.float64)
    turned: Any = (sheet.turned + 180) % 360

    def flipped(layer: Gray) -> Gray:
        return np.ascontiguousarray(layer[::-1, ::-1])

    colour = None if sheet.colour is None else flipped(sheet.colour)
    hues = tuple(map(flipped, sheet.hues))
    return Sheet(flipped(sheet.black), colour, sheet.to_scan @ half, sheet.skew, turned, hues)


def resize(sheet: Sheet, factor: float) -> Sheet:
    """The same sheet, `factor` times as large."""
    how = cv2.INTER_CUBIC if factor > 1 else cv2.INTER_AREA
    height, width = (max(1, round(side * factor)) for side in sheet.black.shape)

    def sized(layer: Gray) -> Gray:
        return as_gray(cv2.resize(layer, (width, height), interpolation=how))

    colour = None if sheet.colour is None else sized(sheet.colour)
    hues = tuple(map(sized, sheet.hues))
    back = np.diag([sheet.black.shape[1] / width, sheet.black.shape[0] / height, 1.0])
    return Sheet(sized(sheet.black), colour, sheet.to_scan @ back, sheet.skew, sheet.turned, hues)


# -- paper and light ---------------------------------------------------------------------------------------


def flatten(picture: Picture) -> Picture:
    """Even out paper colour and light: each channel is divided by its own background; paper becomes 255."""
    return _lit_evenly(picture, _ground(picture))


def _lit_evenly(picture: Picture, ground: Picture) -> Picture:
    light = cv2.resize(ground, (picture.shape[1], picture.shape[0]), interpolation=cv2.INTER_LINEAR)
    return as_gray(cv2.divide(picture, light, scale=_PAPER))


def _ground(picture: Picture) -> Picture:
    """A small picture of the paper alone, with its colour and the light on it."""
    scale = max(1.0, max(picture.shape[:2]) / 440)
    small = cv2.resize(picture, None, fx=1 / scale, fy=1 / scale, interpolation=cv2.INTER_AREA)
    small = cv2.dilate(small, np.ones((3, 3), np.uint8))
    small = cv2.medianBlur(small, 31)
    # a black edge or a dark photograph is not paper: never lift it to white
    usual = np.atleast_1d(np.percentile(small, 60, axis=(0, 1)) * 0.45)
    return as_gray(np.maximum(small, np.maximum(60, usual).astype(np.uint8)))


def _darkness(picture: Picture) -> Gray:
    """How dark each pixel is against its ground, 0 for paper; colour is taken by its darkest channel."""
    gray = picture if picture.ndim == 2 else extremes(picture)[1]
    return as_gray(cv2.bitwise_not(flatten(gray)))


# -- geometry ----------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class _View:
    """A transform from the picture to an upright sheet of a given size."""

    matrix: Transform
    width: int
    height: int

    def turned_by(self, degrees: float) -> _View:
        """The same sheet turned about its middle."""
        centre = (self.width / 2, self.height / 2)
        turn = np.vstack([cv2.getRotationMatrix2D(centre, degrees, 1.0), [0, 0, 1]])
        return _View(turn @ self.matrix, self.width, self.height)

    def seen_by(self, factor: float, long_side: int) -> _View:
        """The same sheet, small, from a picture that was shrunk by a factor."""
        scale = min(1.0, long_side / max(self.width, self.height))
        matrix = np.diag([scale, scale, 1.0]) @ self.matrix @ np.diag([1 / factor, 1 / factor, 1.0])
        return _View(matrix, max(1, round(self.width * scale)), max(1, round(self.height * scale)))

    def part(self, place: tuple[int, int, int, int]) -> _View:
        """A part of the sheet: x0, y0, x1, y1."""
        x0, y0, x1, y1 = place
        move = np.array([[1, 0, -x0], [0, 1, -y0], [0, 0, 1]], dtype=np.float64)
        return _View(move @ self.matrix, x1 - x0, y1 - y0)


def _upright(shape: tuple[int, ...], paper: Transform | None, factor: float, sideways: bool) -> _View:
    height, width = shape[0], shape[1]
    scale = min(1.0, LONG_SIDE / max(height, width))
    if paper is None:
        wide, high = round(width * scale), round(height * scale)
        matrix = np.diag([wide / width, high / height, 1.0])
    else:
        corners = (paper / factor).astype(np.float32)
        wide = round(
            float(np.linalg.norm(corners[1] - corners[0]) + np.linalg.norm(corners[2] - corners[3])) / 2
        )
        high = round(
            float(np.linalg.norm(corners[3] - corners[0]) + np.linalg.norm(corners[2] - corners[1])) / 2
        )
        grow = LONG_SIDE * 0.8 / max(wide, high)
        wide, high = round(wide * grow), round(high * grow)
        target = np.array([[0, 0], [wide, 0], [wide, high], [0, high]], np.float32)
        matrix = cv2.getPerspectiveTransform(corners, target)
    if sideways:  # a quarter turn clockwise
        matrix = np.array([[0, -1, high - 1], [1, 0, 0], [0, 0, 1]], dtype=np.float64) @ matrix
        wide, high = high, wide
    return _View(np.asarray(matrix, dtype=np.float64), wide, high)


def _warp(picture: Picture, view: _View) -> Picture:
    """What a view shows of a picture, white beyond its edges."""
    size = (view.width, view.height)
    if np.allclose(view.matrix, np.eye(3)) and size == (picture.shape[1], picture.shape[0]):
        return picture
    matrix, border = view.matrix, (_PAPER, _PAPER, _PAPER)
    scale = float(np.hypot(matrix[0, 0], matrix[1, 0]))
    if scale < 0.75:  # warping does not average; shrink first
        picture, factor = _small(picture, round(max(picture.shape[:2]) * scale))
        matrix = matrix @ np.diag([1 / factor, 1 / factor, 1.0])
    how = cv2.INTER_LINEAR if scale < 0.75 else cv2.INTER_CUBIC
    if np.allclose(matrix[2], (0, 0, 1)):
        return as_gray(cv2.warpAffine(picture, matrix[:2], size, flags=how, borderValue=border))
    return as_gray(cv2.warpPerspective(picture, matrix, size, flags=how, borderValue=border))


def _small(picture: Picture, long_side: int) -> tuple[Picture, float]:
    """The picture, no longer than `long_side`, and by what factor it was shrunk."""
    factor = min(1.0, long_side / max(picture.shape[:2]))
    if factor == 1.0:
        return picture, 1.0
    size = max(1, round(picture.shape[1] * factor)), max(1, round(picture.shape[0] * factor))
    if factor < 0.5:  # halves are quick
        half = picture.shape[1] // 2, picture.shape[0] // 2
        picture = as_gray(cv2.resize(picture, half, interpolation=cv2.INTER_AREA))
    return as_gray(cv2.resize(picture, size, interpolation=cv2.INTER_AREA)), factor


# -- ink layers --------------------------------------------------------------------------------------------


def _layers(picture: Picture, preview: Picture, view: _View) -> tuple[Gray, Gray | None, tuple[Gray, ...]]:
    """Black print, coloured ink, and that by hue. Colour is looked at only where the preview of the sheet has some."""
    ground = _ground(preview)
    if picture.ndim == 2:
        return _flat(picture, view, ground, None), None, ()
    scale = max(view.width / preview.shape[1], view.height / preview.shape[0])
    places = coloured_places(_lit_evenly(preview, ground))
    whole = (0, 0, view.width, view.height)
    rects = [
        (
            int(x0 * scale),
            int(y0 * scale),
            min(view.width, int(x1 * scale) + 1),
            min(view.height, int(y1 * scale) + 1),
        )
        for x0, y0, x1, y1 in places
    ]
    if sum((x1 - x0) * (y1 - y0) for x0, y0, x1, y1 in rects) > 0.6 * view.width * view.height:
        rects = [whole]
    grey_ground = as_gray(cv2.cvtColor(ground, cv2.COLOR_BGR2GRAY))
    black = (
        np.full((view.height, view.width), _PAPER, np.uint8)
        if rects == [whole]
        else _flat(as_gray(cv2.cvtColor(picture, cv2.COLOR_BGR2GRAY)), view, grey_ground, None)
    )
    colour: Gray | None = None
    parted: list[tuple[Rect, Hues]] = []
    for rect in rects:
        x0, y0, x1, y1 = rect
        flat = _flat(picture, view, ground, rect)
        black[y0:y1, x0:x1], tinted = split_ink(flat)
        if tinted is not None:
            colour = np.full_like(black, _PAPER) if colour is None else colour
            colour[y0:y1, x0:x1] = tinted
            parted.append((rect, part_hues(flat, tinted)))
    return black, colour, _hues(parted, black.shape)


def _darkened(black: Gray) -> Gray:
    """Print of a printer out of toner, or of a pale scan, as dark as other print: else most of it passes for paper.

    Sound print is left as it is: there its darkest fifth is nearly black, however worn the page.
    """
    counts = cv2.calcHist([_small(black, max(black.shape) // 2)[0]], [0], None, [256], [0, 256]).ravel()
    sound = counts[:_PALE].sum() > _SOME and _level(counts[:_PALE], 0.2) < _FAINT
    if sound or counts[:_INKED].sum() < 4 * _SOME:
        return black
    usual = _level(counts[:_INKED], 0.35)
    lift = min(4.0, (_PAPER - _DARKENED) / (_PAPER - usual))
    levels = np.clip(_PAPER - (_PAPER - np.arange(256)) * lift, 0, _PAPER).astype(np.uint8)
    return as_gray(cv2.LUT(black, levels))


def _level(counts: NDArray[np.float32], share: float) -> int:
    """The grey level up to which a share of the pixels lies."""
    sums = counts.cumsum()
    return int(np.searchsorted(sums, share * sums[-1]))


def _hues(parted: list[tuple[Rect, Hues]], shape: tuple[int, ...]) -> tuple[Gray, ...]:
    """The sheet's coloured ink in two layers, where it is of two hues."""
    if not both([hues for _, hues in parted]):
        return ()
    layers = np.full(shape, _PAPER, np.uint8), np.full(shape, _PAPER, np.uint8)
    for (x0, y0, x1, y1), hues in parted:
        for layer, part in zip(layers, (hues.red, hues.other), strict=True):
            layer[y0:y1, x0:x1] = part
    return layers


def _flat(picture: Picture, view: _View, ground: Picture, place: tuple[int, int, int, int] | None) -> Picture:
    """A sheet or a part of it, flattened by the ground of the whole sheet."""
    across, down = view.width / ground.shape[1], view.height / ground.shape[0]
    x0, y0, x1, y1 = place or (0, 0, view.width, view.height)
    spread = np.array([[across, 0, across / 2 - 0.5 - x0], [0, down, down / 2 - 0.5 - y0]])
    light = cv2.warpAffine(
        ground, spread, (x1 - x0, y1 - y0), flags=cv2.INTER_LINEAR, borderMode=cv2.BORDER_REPLICATE
    )
    seen = _warp(picture, view if place is None else view.part(place))
    return as_gray(cv2.divide(seen, light, scale=_PAPER))
