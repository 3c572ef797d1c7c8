"""A picture of a page made ready for reading: flat paper, upright, level, black print apart from coloured ink.

All arrays are OpenCV's: uint8, rows first, colour as BGR. Only this module and its neighbours `lines` and
`marks` use cv2 on pages.
"""

from __future__ import annotations

import contextlib
import ctypes
from dataclasses import dataclass
from typing import Any, Literal

import cv2
import numpy as np
from numpy.typing import NDArray

Gray = NDArray[np.uint8]  # (height, width), 255 is paper
Picture = NDArray[np.uint8]  # (height, width) or (height, width, 3) BGR
Transform = NDArray[np.float64]  # 3x3, homogeneous pixel coordinates

LONG_SIDE = 3300  # pixels; more costs time and gains nothing: A4 at 250 dpi has 2924
_PAPER = 255

cv2.setNumThreads(1)  # one process a core; more threads only get in each other's way


def _give_memory_back() -> None:
    """Let freed page-sized arrays go back to the system at once; glibc would keep tens of megabytes of each page."""
    with contextlib.suppress(OSError, AttributeError):  # other systems have other allocators
        ctypes.CDLL("libc.so.6").mallopt(-3, 1_000_000)  # M_MMAP_THRESHOLD, bytes


_give_memory_back()


@dataclass(frozen=True)
class Sheet:
    """A page ready for reading."""

    black: Gray  # black print alone
    colour: Gray | None  # coloured stamp and pen ink alone, same size; None when there is none
    to_scan: Transform  # from pixels here to pixels of the picture as scanned
    skew: float  # degrees, anticlockwise positive
    turned: Literal[0, 90, 180, 270]  # degrees clockwise


def prepare(picture: Picture, sideways: bool | None = None) -> Sheet:
    """Make a picture of a page ready for reading: one warp for paper edge, turn and skew, then the ink layers.

    `sideways`: whether the lines run up the picture; None looks for itself.
    """
    small, factor = _small(picture, 1100)
    if sideways is None:
        sideways = _is_sideways(darkness(flatten(small)))
    paper = paper_corners(small)
    base = _upright(picture.shape[:2], paper, factor, sideways)
    preview = flatten(_warp(picture, base, min(1.0, 900 / max(base.width, base.height))))
    skew = find_skew(darkness(preview))
    full = base.turned_by(skew)
    flat = flatten(_warp(picture, full, 1.0))
    black, colour = split_ink(flat)
    return Sheet(
        black, colour, np.asarray(np.linalg.inv(full.matrix), dtype=np.float64), skew, 90 if sideways else 0
    )


def flip(sheet: Sheet) -> Sheet:
    """The same sheet turned upside down."""
    height, width = sheet.black.shape
    half = np.array([[-1, 0, width - 1], [0, -1, height - 1], [0, 0, 1]], dtype=np.float64)
    colour = None if sheet.colour is None else np.ascontiguousarray(sheet.colour[::-1, ::-1])
    turned: Any = (sheet.turned + 180) % 360
    black = np.ascontiguousarray(sheet.black[::-1, ::-1])
    return Sheet(black, colour, sheet.to_scan @ half, sheet.skew, turned)


def resize(sheet: Sheet, factor: float) -> Sheet:
    """The same sheet, `factor` times as large."""
    how = cv2.INTER_CUBIC if factor > 1 else cv2.INTER_AREA
    black = _gray(cv2.resize(sheet.black, None, fx=factor, fy=factor, interpolation=how))
    colour = None
    if sheet.colour is not None:
        colour = _gray(cv2.resize(sheet.colour, (black.shape[1], black.shape[0]), interpolation=how))
    back = np.diag([sheet.black.shape[1] / black.shape[1], sheet.black.shape[0] / black.shape[0], 1.0])
    return Sheet(black, colour, sheet.to_scan @ back, sheet.skew, sheet.turned)


# -- paper and light ---------------------------------------------------------------------------------------


def flatten(picture: Picture) -> Picture:
    """Even out paper colour and light: each channel is divided by its own background; paper becomes 255."""
    if picture.ndim == 2:
        return _flatten_channel(picture)
    return np.dstack([_flatten_channel(np.ascontiguousarray(picture[:, :, i])) for i in range(3)])


def _flatten_channel(channel: Gray) -> Gray:
    height, width = channel.shape
    scale = max(1.0, max(height, width) / 440)
    small = cv2.resize(channel, None, fx=1 / scale, fy=1 / scale, interpolation=cv2.INTER_AREA)
    small = cv2.dilate(small, np.ones((3, 3), np.uint8))
    small = cv2.medianBlur(small, 31)
    # a black edge or a dark photograph is not paper: never lift it to white
    small = np.maximum(small, max(60, int(np.percentile(small, 60) * 0.45))).astype(np.uint8)
    background = cv2.resize(small, (width, height), interpolation=cv2.INTER_LINEAR)
    return _gray(cv2.divide(channel, background, scale=_PAPER))


def darkness(picture: Picture) -> Gray:
    """How dark each pixel is, 0 for paper; colour is taken by its darkest channel."""
    gray = picture if picture.ndim == 2 else _extremes(picture)[1]
    return _gray(_PAPER - gray)


# -- geometry ----------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class _View:
    """A transform from the picture to an upright sheet of a given size."""

    matrix: Transform
    width: int
    height: int

    def turned_by(self, degrees: float) -> _View:
        centre = (self.width / 2, self.height / 2)
        turn = np.vstack([cv2.getRotationMatrix2D(centre, degrees, 1.0), [0, 0, 1]])
        return _View(turn @ self.matrix, self.width, self.height)


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


def _warp(picture: Picture, view: _View, scale: float) -> Picture:
    size = (max(1, round(view.width * scale)), max(1, round(view.height * scale)))
    matrix = np.diag([scale, scale, 1.0]) @ view.matrix
    plain = np.allclose(matrix, np.eye(3)) and size == (picture.shape[1], picture.shape[0])
    if plain:
        return picture
    how = cv2.INTER_AREA if scale < 1 else cv2.INTER_CUBIC
    if scale < 1:  # warping does not average; shrink first
        picture, factor = _small(picture, round(max(picture.shape[:2]) * scale))
        matrix = matrix @ np.diag([1 / factor, 1 / factor, 1.0])
        how = cv2.INTER_LINEAR
    border = (_PAPER, _PAPER, _PAPER)
    warped = cv2.warpPerspective(
        picture, matrix, size, flags=how, borderMode=cv2.BORDER_CONSTANT, borderValue=border
    )
    return _gray(warped)


def _small(picture: Picture, long_side: int) -> tuple[Picture, float]:
    factor = min(1.0, long_side / max(picture.shape[:2]))
    if factor == 1.0:
        return picture, 1.0
    shrunk = cv2.resize(picture, None, fx=factor, fy=factor, interpolation=cv2.INTER_AREA)
    return shrunk.astype(np.uint8, copy=False), factor


def _sharpness(profile: NDArray[np.float64]) -> float:
    return float(np.square(np.diff(profile)).sum())


def _is_sideways(dark: Gray) -> bool:
    """Lines of text make a ragged profile across them and an even one along them, at one angle or another."""
    ink, _ = _small(_text_like(dark) * np.uint8(255), 500)
    turned = np.ascontiguousarray(np.rot90(ink))
    angles = np.arange(-6.0, 6.1, 1.0)
    upright, sideways = (max(_levelness(view, a) for a in angles) for view in (ink, turned))
    return sideways > 1.3 * upright


def _text_like(dark: Gray) -> Gray:
    """Dark strokes alone: large dark areas (edges, photographs, desk) are taken out."""
    ink = (dark > 70).astype(np.uint8)
    solid = cv2.morphologyEx(ink, cv2.MORPH_OPEN, np.ones((15, 15), np.uint8))
    ink[cv2.dilate(solid, np.ones((9, 9), np.uint8)) > 0] = 0
    margin = max(2, min(ink.shape) // 50)
    ink[:margin] = ink[-margin:] = 0
    ink[:, :margin] = ink[:, -margin:] = 0
    return ink


def find_skew(dark: Gray, limit: float = 8.0) -> float:
    """Degrees (anticlockwise) by which the picture must be turned to make its lines level."""
    ink = _text_like(dark) * np.uint8(255)
    tiny, _ = _small(ink, 600)
    coarse = max(np.arange(-limit, limit + 0.01, 0.5), key=lambda a: (_levelness(tiny, a), -abs(a)))
    fine = max(np.arange(coarse - 0.5, coarse + 0.51, 0.1), key=lambda a: (_levelness(ink, a), -abs(a)))
    level, found = _levelness(ink, 0.0), _levelness(ink, fine)
    return float(round(fine, 2)) if found > 1.01 * level else 0.0


def _levelness(ink: Gray, degrees: float) -> float:
    height, width = ink.shape
    turn = cv2.getRotationMatrix2D((width / 2, height / 2), degrees, 1.0)
    turned = cv2.warpAffine(ink, turn, (width, height))
    return _sharpness(cv2.reduce(turned, 1, cv2.REDUCE_SUM, dtype=cv2.CV_64F)[:, 0])


def paper_corners(picture: Picture) -> Transform | None:
    """The four corners of a sheet photographed on a darker ground (clockwise from top-left); None for a scan."""
    gray = picture if picture.ndim == 2 else cv2.cvtColor(picture, cv2.COLOR_BGR2GRAY)
    height, width = gray.shape
    blurred = cv2.GaussianBlur(gray, (0, 0), 3)
    level, _ = cv2.threshold(blurred, 0, 255, cv2.THRESH_BINARY + cv2.THRESH_OTSU)
    bright = (blurred > level).astype(np.uint8)
    bright = cv2.morphologyEx(bright, cv2.MORPH_CLOSE, np.ones((25, 25), np.uint8))
    bright = cv2.morphologyEx(bright, cv2.MORPH_OPEN, np.ones((25, 25), np.uint8))
    outlines, _ = cv2.findContours(bright, cv2.RETR_EXTERNAL, cv2.CHAIN_APPROX_SIMPLE)
    if not outlines:
        return None
    sheet = max(outlines, key=cv2.contourArea)
    hull = cv2.convexHull(sheet)
    area = cv2.contourArea(hull) / (height * width)
    corners = cv2.approxPolyDP(hull, 0.02 * cv2.arcLength(hull, True), True)[:, 0].astype(np.float64)
    if not 0.25 < area < 0.97 or len(corners) != 4 or cv2.contourArea(sheet) < 0.93 * cv2.contourArea(hull):
        return None
    if (
        gray[bright == 0].mean() > 0.72 * gray[bright > 0].mean()
    ):  # the ground is hardly darker: shading, not a desk
        return None
    return _clockwise(corners)


def _clockwise(corners: Transform) -> Transform:
    sums, differences = corners.sum(axis=1), np.diff(corners, axis=1)[:, 0]
    order = [sums.argmin(), differences.argmin(), sums.argmax(), differences.argmax()]
    return corners[order]


# -- ink layers --------------------------------------------------------------------------------------------


def split_ink(flat: Picture) -> tuple[Gray, Gray | None]:
    """Part black print from coloured ink. Highlighter and other broad pale colour count as paper."""
    if flat.ndim == 2:
        return flat, None
    brightest, darkest = _extremes(flat)
    gray = _gray(cv2.cvtColor(flat, cv2.COLOR_BGR2GRAY))
    tinted = _tinted(brightest, darkest)
    if int(cv2.countNonZero(tinted)) < 400:
        return gray, None
    marker = _highlighter(tinted, gray)
    ink = cv2.dilate(tinted, np.ones((3, 3), np.uint8))
    ink[marker > 0] = 0
    black = np.where((ink > 0) & (brightest > 80), np.uint8(_PAPER), np.where(marker > 0, brightest, gray))
    colour = np.where(ink > 0, darkest, np.uint8(_PAPER))
    return _gray(black), _gray(colour)


def _extremes(picture: Picture) -> tuple[Gray, Gray]:
    """The brightest and the darkest channel of each pixel."""
    blue, green, red = cv2.split(picture)
    return _gray(cv2.max(cv2.max(blue, green), red)), _gray(cv2.min(cv2.min(blue, green), red))


def _tinted(brightest: Gray, darkest: Gray) -> Gray:
    """1 where ink has a colour. Strokes that are clearly coloured somewhere are so along their whole length."""
    chroma = _gray(cv2.blur(cv2.subtract(brightest, darkest), (3, 3)))
    depth = _gray(cv2.blur(cv2.bitwise_not(darkest), (3, 3)))
    strong = (chroma > 38) & (chroma > cv2.convertScaleAbs(depth, alpha=0.3))
    weak = (chroma > 18) & (chroma > cv2.convertScaleAbs(depth, alpha=0.2))
    if not strong.any():
        return np.zeros_like(darkest)
    count, labels = cv2.connectedComponents(weak.astype(np.uint8), connectivity=8)
    sizes, sure, among = (
        np.bincount(labels[where], minlength=count)
        for where in (weak, strong & weak, weak & _among_colour(strong, (depth > 90) & ~weak))
    )
    keep = ((sure > 0.12 * sizes) & (sure > 3)) | (among > 0.5 * sizes)
    keep[0] = False
    return _gray(keep[labels])


def _among_colour(strong: NDArray[np.bool_], neutral: NDArray[np.bool_]) -> NDArray[np.bool_]:
    """Where most ink round about is clearly coloured, as inside a stamp: thin pale strokes there are its own."""
    height, width = strong.shape
    size = (max(1, width // 4), max(1, height // 4))
    coloured, plain = (
        cv2.blur(cv2.resize(mask.astype(np.float32), size, interpolation=cv2.INTER_AREA), (35, 35))
        for mask in (strong, neutral)
    )
    return np.asarray(
        cv2.resize((coloured > plain).astype(np.uint8), (width, height), interpolation=cv2.INTER_NEAREST) > 0
    )


def _highlighter(tinted: Gray, gray: Gray) -> Gray:
    """1 under highlighter, the print on it included: pale colour in solid bars. Bold red marks are neither."""
    pale = tinted.copy()
    pale[gray < 140] = 0
    solid = cv2.morphologyEx(
        pale, cv2.MORPH_OPEN, np.ones((7, 7), np.uint8)
    )  # not the soft edges of dark strokes
    soft = cv2.morphologyEx(solid, cv2.MORPH_CLOSE, np.ones((17, 17), np.uint8))
    solid = cv2.morphologyEx(soft, cv2.MORPH_OPEN, np.ones((25, 25), np.uint8))
    _, labels, stats, _ = cv2.connectedComponentsWithStats(solid, connectivity=8)
    filled = stats[:, cv2.CC_STAT_AREA] > 0.7 * stats[:, cv2.CC_STAT_WIDTH] * stats[:, cv2.CC_STAT_HEIGHT]
    bars = filled & (stats[:, cv2.CC_STAT_WIDTH] > 40)
    bars[0] = False
    whole = cv2.morphologyEx(
        _gray(bars[labels]), cv2.MORPH_CLOSE, np.ones((71, 71), np.uint8)
    )  # print cuts bars up
    whole |= cv2.bitwise_and(soft, cv2.dilate(whole, np.ones((9, 71), np.uint8)))  # their ends
    return _gray(cv2.dilate(whole, np.ones((9, 9), np.uint8)))


def _gray(array: Any) -> Gray:
    return np.asarray(array).astype(np.uint8, copy=False)
