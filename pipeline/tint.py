"""Black print parted from the colour of stamps, pens and highlighters.

All arrays are OpenCV's: uint8, rows first, colour as BGR; the paper must have been made white before.
"""

from __future__ import annotations

from typing import Any

import cv2
import numpy as np
from numpy.typing import NDArray

Gray = NDArray[np.uint8]  # (height, width), 255 is paper
Picture = NDArray[np.uint8]  # (height, width) or (height, width, 3) BGR
Rect = tuple[int, int, int, int]  # x0, y0, x1, y1

_PAPER = 255
_LEAST = 400  # pixels of coloured ink; fewer are dirt
_BLACK = 80.0  # brightest channel: no coloured ink is darker
_SHRUNK, _INKED = 4, 225  # times; the grey level of thin strokes made so small
_ROUND_ABOUT = 0.05  # of the page's long side: how far from coloured ink its surroundings are looked at


def split_ink(flat: Picture) -> tuple[Gray, Gray | None]:
    """Part black print from coloured ink. Highlighter and other broad pale colour count as paper."""
    if flat.ndim == 2:
        return flat, None
    brightest, darkest = extremes(flat)
    gray = as_gray(cv2.cvtColor(flat, cv2.COLOR_BGR2GRAY))
    tinted = _tinted(brightest, darkest)
    if int(cv2.countNonZero(tinted)) < _LEAST:
        return gray, None
    marker = _highlighter(tinted, gray)
    ink = cv2.dilate(tinted, np.ones((3, 3), np.uint8))
    ink[marker > 0] = 0
    inked = ink > 0
    colour = np.full_like(gray, _PAPER)
    colour[inked] = darkest[inked]
    black = gray.copy()
    black[marker > 0] = brightest[marker > 0]
    black[inked & ~_over_print(brightest, gray, inked)] = _PAPER
    return black, colour


def _over_print(brightest: Gray, gray: Gray, inked: NDArray[np.bool_]) -> NDArray[np.bool_]:
    """Where coloured ink hides black print: it is as dark as print there, and hangs together with print beside it.

    Pen is that dark in places, too, but stands free.
    """
    limit = _as_dark_as_print(brightest, gray, inked)
    dark = as_gray(inked & (brightest <= limit))
    if limit == _BLACK:
        return dark > 0
    count, labels = cv2.connectedComponentsWithAlgorithm(dark, 8, cv2.CV_32S, cv2.CCL_BBDT)
    beside = cv2.dilate(as_gray(~inked & (gray < 140)), np.ones((5, 5), np.uint8))
    touched = np.bincount(labels[(beside > 0) & (dark > 0)], minlength=count) > 0
    touched[0] = False
    return np.asarray(touched[labels] | (inked & (brightest <= _BLACK)))


def _as_dark_as_print(brightest: Gray, gray: Gray, inked: NDArray[np.bool_]) -> float:
    """The brightest channel up to which coloured ink hides black print: half way from print to the colour's own core.

    Print that pen crosses would be cut up by a lower level wherever the scan has made it grey.
    """
    print_ = brightest[~inked & (gray < 140)]
    colour = brightest[inked & (gray < 190)]
    if len(print_) < _LEAST or len(colour) < _LEAST:
        return _BLACK
    black, own = float(np.percentile(print_, 40)), float(np.percentile(colour, 40))
    return min(135.0, max(_BLACK, black + 0.5 * (own - black)))


def coloured_places(preview: Picture) -> list[Rect]:
    """Where a small picture of a page has coloured ink, each place with its surroundings; together when they meet."""
    brightest, darkest = extremes(preview)
    chroma, depth = cv2.subtract(brightest, darkest), cv2.bitwise_not(darkest)
    return _places(as_gray(cv2.compare(chroma, _limit(depth, 16, 0.2), cv2.CMP_GT)))


def inked_places(layer: Gray) -> list[Rect]:
    """Where a layer has ink, each stamp with its surroundings a place of its own."""
    less = cv2.resize(layer, None, fx=1 / _SHRUNK, fy=1 / _SHRUNK, interpolation=cv2.INTER_AREA)
    height, width = layer.shape
    return [
        (x0 * _SHRUNK, y0 * _SHRUNK, min(width, x1 * _SHRUNK), min(height, y1 * _SHRUNK))
        for x0, y0, x1, y1 in _places(as_gray(cv2.compare(less, _INKED, cv2.CMP_LT)))
    ]


def _places(tinted: Gray) -> list[Rect]:
    """Rectangles around ink that stands together, not 0 in `tinted`, with what is near it."""
    reach = max(3, int(_ROUND_ABOUT * max(tinted.shape)))
    near = cv2.dilate(tinted, np.ones((reach, reach), np.uint8))
    count, labels, stats, _ = cv2.connectedComponentsWithStatsWithAlgorithm(near, 8, cv2.CV_32S, cv2.CCL_BBDT)
    inked = np.bincount(labels[tinted > 0], minlength=count)
    rects = [
        (int(x), int(y), int(x + w), int(y + h))
        for (x, y, w, h, _), ink in zip(stats[1:], inked[1:], strict=True)
        if ink > 8
    ]
    return _apart(rects)


def _apart(rects: list[Rect]) -> list[Rect]:
    """Rectangles that overlap become one."""
    apart: list[Rect] = []
    for one in rects:
        while True:
            meets = next(
                (r for r in apart if r[0] < one[2] and one[0] < r[2] and r[1] < one[3] and one[1] < r[3]),
                None,
            )
            if meets is None:
                break
            apart.remove(meets)
            one = (min(one[0], meets[0]), min(one[1], meets[1]), max(one[2], meets[2]), max(one[3], meets[3]))
        apart.append(one)
    return apart


def extremes(picture: Picture) -> tuple[Gray, Gray]:
    """The brightest and the darkest channel of each pixel."""
    blue, green, red = cv2.split(picture)
    return as_gray(cv2.max(cv2.max(blue, green), red)), as_gray(cv2.min(cv2.min(blue, green), red))


def _limit(depth: Gray, least: int, share: float) -> Gray:
    """The chroma from which ink so dark is coloured."""
    table = np.maximum(least, np.round(np.arange(256) * share)).astype(np.uint8)
    return as_gray(cv2.LUT(depth, table))


def _tinted(brightest: Gray, darkest: Gray) -> Gray:
    """1 where ink has a colour. Strokes that are clearly coloured somewhere are so along their whole length."""
    chroma = as_gray(cv2.blur(cv2.subtract(brightest, darkest), (3, 3)))
    depth = as_gray(cv2.blur(cv2.bitwise_not(darkest), (3, 3)))
    strong = as_gray(cv2.compare(chroma, _limit(depth, 38, 0.3), cv2.CMP_GT))
    weak = as_gray(cv2.compare(chroma, _limit(depth, 18, 0.2), cv2.CMP_GT))
    tinted = np.zeros_like(darkest)
    if not cv2.countNonZero(strong):
        return tinted
    plain = cv2.bitwise_and(cv2.threshold(depth, 90, 255, cv2.THRESH_BINARY)[1], cv2.bitwise_not(weak))
    near = _among_colour(strong, as_gray(plain))
    count, labels = cv2.connectedComponentsWithAlgorithm(weak, 8, cv2.CV_32S, cv2.CCL_BBDT)
    inked = np.flatnonzero(weak)  # a few hundredths of the page
    of = labels.ravel()[inked]
    sizes = np.bincount(of, minlength=count)
    sure = np.bincount(of, strong.ravel()[inked] > 0, minlength=count)
    among = np.bincount(of, near.ravel()[inked] > 0, minlength=count)
    keep = ((sure > 0.12 * sizes) & (sure > 3)) | (among > 0.5 * sizes)
    tinted.ravel()[inked] = keep[of]
    return tinted


def _among_colour(strong: Gray, neutral: Gray) -> Gray:
    """Where most ink round about is clearly coloured, as inside a stamp: thin pale strokes there are its own."""
    height, width = strong.shape
    size = (max(1, width // 4), max(1, height // 4))
    coloured, plain = (
        cv2.blur(cv2.resize(mask, size, interpolation=cv2.INTER_AREA).astype(np.float32), (35, 35))
        for mask in (strong, neutral)
    )
    return as_gray(
        cv2.resize((coloured > plain).astype(np.uint8), (width, height), interpolation=cv2.INTER_NEAREST)
    )


def _highlighter(tinted: Gray, gray: Gray) -> Gray:
    """1 under highlighter, the print on it included: pale colour in solid bars. Bold red marks are neither."""
    pale = tinted.copy()
    pale[gray < 140] = 0
    # not the soft edges of dark strokes
    solid = cv2.morphologyEx(pale, cv2.MORPH_OPEN, np.ones((7, 7), np.uint8))
    if not cv2.countNonZero(solid):
        return np.zeros_like(tinted)
    soft = cv2.morphologyEx(solid, cv2.MORPH_CLOSE, np.ones((17, 17), np.uint8))
    solid = cv2.morphologyEx(soft, cv2.MORPH_OPEN, np.ones((25, 25), np.uint8))
    _, labels, stats, _ = cv2.connectedComponentsWithStats(solid, connectivity=8)
    filled = stats[:, cv2.CC_STAT_AREA] > 0.7 * stats[:, cv2.CC_STAT_WIDTH] * stats[:, cv2.CC_STAT_HEIGHT]
    bars = filled & (stats[:, cv2.CC_STAT_WIDTH] > 40)
    bars[0] = False
    if not bars.any():
        return np.zeros_like(tinted)
    # print cuts bars up
    whole = cv2.morphologyEx(as_gray(bars[labels]), cv2.MORPH_CLOSE, np.ones((71, 71), np.uint8))
    whole |= cv2.bitwise_and(soft, cv2.dilate(whole, np.ones((9, 71), np.uint8)))  # their ends
    return as_gray(cv2.dilate(whole, np.ones((9, 9), np.uint8)))


def as_gray(array: Any) -> Gray:
    """What OpenCV gives of one layer or of a picture, as grey levels."""
    return np.asarray(array).astype(np.uint8, copy=False)
