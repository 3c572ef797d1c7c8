"""Marks on a page that are no text: boxes to tick, signatures (ลายมือชื่อ) and seals (ตราประทับ), in page points."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray

from pipeline.image import Gray, Sheet
from pipeline.marks_boxes import find_boxes
from pipeline.marks_seals import FoundSeal, find_seals
from schemas.ink import Box, Line, Mark

_NAME = re.compile(r"^\(\s*(?:[ก-๎A-Za-z]|[.…_]{3}).{3,60}\)\W*$")  # (นายสมชาย ใจดี), or ( ........ )
_NOT_A_NAME = re.compile(r"ตรา|หน่วยงาน|สำเนา|ลงชื่อ|วันที่|ถ้ามี|โปรด")
_SIGN_HERE = re.compile(r"^\W*(?:\(?ลงชื่อ\)?|ลงนาม|ลายมือชื่อ)")
_ABOVE, _BESIDE = (
    62.0,
    210.0,
)  # points over a typed name, and to the right of ลงชื่อ, where a signature may stand
_WIDE, _TALL = 20.0, 5.0  # points that a signature's longest stroke has at least
_HEAD = 0.17  # of the page's height: round marks up there are printed emblems
_READ = 0.85  # a line read as well as this is print, no signature

Mask = NDArray[np.uint8]
Rect = tuple[float, float, float, float]


@dataclass(frozen=True)
class _Page:
    """A sheet with its scale, and how its pixels become points of the page as scanned."""

    sheet: Sheet
    ink: Gray
    px: float  # pixels a point
    per_pixel: tuple[float, float]  # points a pixel of the picture as scanned
    number: int

    def box(self, rect: Rect) -> Box:
        """A rectangle of the sheet as a box on the page as scanned."""
        x0, y0, x1, y1 = rect
        corners = self.sheet.to_scan @ np.array([[x0, x1, x1, x0], [y0, y0, y1, y1], [1, 1, 1, 1]])
        xs, ys = corners[0] / corners[2] * self.per_pixel[0], corners[1] / corners[2] * self.per_pixel[1]
        return Box(*(round(float(v), 2) for v in (xs.min(), ys.min(), xs.max(), ys.max())))

    def rect(self, box: Box) -> Rect:
        """A box on the page as scanned as a rectangle of the sheet."""
        back = np.linalg.inv(self.sheet.to_scan)
        x = np.array([box.x0, box.x1, box.x1, box.x0]) / self.per_pixel[0]
        y = np.array([box.y0, box.y0, box.y1, box.y1]) / self.per_pixel[1]
        there = back @ np.stack([x, y, np.ones(4)])
        xs, ys = there[0] / there[2], there[1] / there[2]
        return float(xs.min()), float(ys.min()), float(xs.max()), float(ys.max())


def find_marks(
    sheet: Sheet, size: tuple[float, float], pixels: tuple[int, int], number: int, lines: Sequence[Line] = ()
) -> tuple[Mark, ...]:
    """All marks of a page.

    `size` is the page's in points, `pixels` its picture's width and height as scanned; `lines` are what was read
    on it: names in brackets and the word ลงชื่อ say where a signature may stand.
    """
    page = _page_of(sheet, size, pixels, number)
    seals = list(_seals(page))
    return (*_boxes(page), *_signatures(page, lines, seals), *(mark for _, mark in seals))


def find_signatures(
    sheet: Sheet, size: tuple[float, float], pixels: tuple[int, int], lines: Sequence[Line]
) -> tuple[Mark, ...]:
    """Signatures alone, as `find_marks` takes them; quick enough for every page that is read."""
    if not any(_speaks(line) for line in lines):
        return ()
    return tuple(_signatures(_page_of(sheet, size, pixels, lines[0].page), lines, ()))


def _page_of(sheet: Sheet, size: tuple[float, float], pixels: tuple[int, int], number: int) -> _Page:
    ink = sheet.black if sheet.colour is None else np.minimum(sheet.black, sheet.colour)
    per_pixel = size[0] / pixels[0], size[1] / pixels[1]
    step = float(np.sqrt(abs(np.linalg.det(sheet.to_scan[:2, :2])))) * (per_pixel[0] + per_pixel[1]) / 2
    return _Page(sheet, ink, 1 / max(step, 1e-6), per_pixel, number)


def _speaks(line: Line) -> bool:
    """Whether a line says where a signature may stand."""
    text = line.text.strip()
    return bool(_SIGN_HERE.match(text) or (_NAME.match(text) and not _NOT_A_NAME.search(text)))


def _boxes(page: _Page) -> Iterator[Mark]:
    for found in find_boxes(page.ink, 72 * page.px):
        one = found.outline
        yield Mark(
            kind="box", page=page.number, box=page.box((one.x0, one.y0, one.x1, one.y1)), state=found.state,
            confidence=found.confidence,
        )  # fmt: skip


def _seals(page: _Page) -> Iterator[tuple[FoundSeal, Mark]]:
    """Coloured ones by their ink alone, black ones among the print; emblems at the page's head are none."""
    low = _HEAD * page.ink.shape[0]

    def below(found: list[FoundSeal]) -> list[FoundSeal]:
        return [seal for seal in found if (seal.y0 + seal.y1) / 2 >= low]

    found: list[FoundSeal] = []
    if page.sheet.colour is not None:
        found = below(find_seals((page.sheet.colour < 170).astype(np.uint8), 72 * page.px, alone=True))
    found = found or below(find_seals((page.ink < 150).astype(np.uint8), 72 * page.px, alone=False))
    for seal in found:
        box = page.box((seal.x0, seal.y0, seal.x1, seal.y1))
        yield seal, Mark(kind="seal", page=page.number, box=box, confidence=seal.confidence)


# -- signatures --------------------------------------------------------------------------------------------


def _signatures(
    page: _Page, lines: Sequence[Line], seals: Sequence[tuple[FoundSeal, Mark]]
) -> Iterator[Mark]:
    """Pen strokes over a typed name or beside ลงชื่อ, each place once."""
    seen: list[Box] = []
    for line in lines:
        if line.box is None:
            continue
        for place in _places(page, line):
            ink = _without(page, place, lines, line, seals)
            strokes = _strokes(ink, page.px)
            if strokes is None:
                continue
            rect, sure = strokes
            box = page.box((place[0] + rect[0], place[1] + rect[1], place[0] + rect[2], place[1] + rect[3]))
            if not any(_shared(box, other) for other in seen):
                seen.append(box)
                yield Mark(kind="signature", page=page.number, box=box, confidence=sure)


def _places(page: _Page, line: Line) -> Iterator[tuple[int, int, int, int]]:
    """Where a signature that a line speaks of may stand, in pixels."""
    assert line.box is not None
    x0, y0, x1, y1 = page.rect(line.box)
    px = page.px
    high, wide = page.ink.shape
    if _NAME.match(line.text.strip()) and not _NOT_A_NAME.search(line.text):
        spots = [(x0 - 30 * px, y0 - _ABOVE * px, x1 + 45 * px, y0 + 2 * px)]
    elif _SIGN_HERE.match(line.text.strip()):
        spots = [(x0 + 22 * px, y0 - 24 * px, min(x0 + 30 * px + _BESIDE * px, wide), y1 + 8 * px)]
    else:
        spots = []
    for a, b, c, d in spots:
        yield max(0, int(a)), max(0, int(b)), min(wide, int(c)), min(high, int(d))


def _without(
    page: _Page,
    place: tuple[int, int, int, int],
    lines: Sequence[Line],
    own: Line,
    seals: Sequence[tuple[FoundSeal, Mark]],
) -> Mask:
    """The ink of a place without what was read as print, and without seals."""
    x0, y0, x1, y1 = place
    layers = [layer for layer in (page.sheet.colour, page.sheet.black) if layer is not None]
    ink = np.zeros((max(1, y1 - y0), max(1, x1 - x0)), np.uint8)
    for layer in layers:
        ink |= (layer[y0:y1, x0:x1] < 165).astype(np.uint8)[: ink.shape[0], : ink.shape[1]]
    for line in lines:
        printed = line.reader in ("print", "text-layer") and line.confidence >= _READ and line.ink == "black"
        for word in line.words if printed or line is own else ():
            if word.box is None or not re.search(r"[ก-ฮA-Za-z0-9]{2}", word.text):
                continue
            a, b, c, d = (int(v) for v in page.rect(word.box))
            ink[max(0, b - y0 - 2) : max(0, d - y0 + 2), max(0, a - x0 - 2) : max(0, c - x0 + 2)] = 0
    for seal, _ in seals:
        a, b, c, d = (int(v) for v in (seal.x0, seal.y0, seal.x1, seal.y1))
        ink[max(0, b - y0 - 3) : max(0, d - y0 + 3), max(0, a - x0 - 3) : max(0, c - x0 + 3)] = 0
    return ink


def _strokes(ink: Mask, px: float) -> tuple[Rect, float] | None:
    """The long strokes among ink: their frame, and how sure they are a signature; straight lines are none."""
    level = cv2.morphologyEx(ink, cv2.MORPH_OPEN, np.ones((1, max(3, round(16 * px))), np.uint8))
    ink = ink & (1 - cv2.dilate(level, np.ones((3, 1), np.uint8)))
    _, labels, stats, _ = cv2.connectedComponentsWithStats(ink, connectivity=8)
    dots = (stats[:, cv2.CC_STAT_HEIGHT] <= 2.6 * px) & (stats[:, cv2.CC_STAT_WIDTH] <= 4 * px)  # of leaders
    ink = ink & (~dots[labels]).astype(np.uint8)
    bridged = cv2.dilate(ink, np.ones((max(2, round(1.8 * px)),) * 2, np.uint8))
    _, labels, stats, _ = cv2.connectedComponentsWithStats(bridged, connectivity=8)
    best, chosen = 0.0, None
    for place, (x, y, w, h, _area) in enumerate(stats.tolist()):
        if place == 0 or w < _WIDE * px or h < _TALL * px or h > 0.98 * ink.shape[0]:
            continue
        own = (labels[y : y + h, x : x + w] == place) & (ink[y : y + h, x : x + w] > 0)
        thin = float(own.mean())
        if thin < 0.4 and w > best:
            best, chosen = float(w), (float(x), float(y), float(x + w), float(y + h))
    if chosen is None:
        return None
    return chosen, 0.95 if best >= 1.5 * _WIDE * px else 0.9


def _shared(one: Box, other: Box) -> bool:
    across = min(one.x1, other.x1) - max(one.x0, other.x0)
    down = min(one.y1, other.y1) - max(one.y0, other.y0)
    return across > 0 and down > 0
