"""Pen over a typed name is taken out where it is broader or paler than the print, and left where it is neither."""

from __future__ import annotations

import cv2
import numpy as np
import pytest

from pipeline.image import Gray
from pipeline.ink import Ink, x_height
from pipeline.lines import Strip, find_strips, strips_of
from pipeline.unsigned import without_strokes
from tests import drawn

NAME = "(นายปรีชา มากสวน)"


def _signed(thick: int, grey: int) -> tuple[Gray, Gray, Gray]:
    """A page whose last line a stroke swings through; print alone and stroke alone beside it."""
    clean = drawn.draw([*drawn.TEXTS[:2], NAME], dpi=250, points=16).picture.copy()
    name = max(find_strips(clean), key=lambda strip: sum(strip.base))
    x0, y0, x1, y1 = name.box
    x = np.linspace(x0 + 60, x1 - 60, 300)
    y = (y0 + y1) / 2 + 60 * np.sin(np.linspace(0, 5 * np.pi, 300))
    pen = np.full_like(clean, 255)
    cv2.polylines(pen, [np.stack([x, y], axis=1).astype(np.int32)], False, (grey,), thick, cv2.LINE_AA)
    return np.minimum(clean, pen), clean, pen


def _share(strip: Strip, where: Gray) -> float:
    """What part of some ink of the page the strip's picture shows, within its rows."""
    rows, columns = np.nonzero(where)
    rows, columns = rows - strip.top, columns - strip.left
    there = (rows >= 0) & (rows < strip.image.shape[0]) & (columns >= 0) & (columns < strip.image.shape[1])
    return float((strip.image[rows[there], columns[there]] < 170).mean())


def _without(page: Gray) -> tuple[list[Strip], list[Strip]]:
    """The strips of a page, and those without pen."""
    ink = Ink.of(page)
    pieces = ink.stats.copy()
    before = strips_of(ink)
    return before, without_strokes(page, before, pieces, x_height(pieces))


def _name(strips: list[Strip]) -> Strip:
    return max(strips, key=lambda strip: (sum(strip.base), strip.image.shape[1]))


@pytest.mark.parametrize(("thick", "grey"), [(11, 0), (13, 0), (6, 110)])
def test_broad_or_pale_pen_is_taken_out_of_a_name(thick: int, grey: int) -> None:
    page, clean, pen = _signed(thick, grey)
    before, after = _without(page)
    assert any(strip.crossed for strip in before)
    name = _name(after)
    print_, stroke = clean < 100, cv2.erode((pen < 160).astype(np.uint8), np.ones((3, 3), np.uint8)) > 0
    apart = cv2.dilate(print_.astype(np.uint8), np.ones((13, 13), np.uint8)) == 0
    assert _share(name, (stroke & apart).astype(np.uint8)) < 0.1
    assert _share(name, (print_ & (pen == 255)).astype(np.uint8)) > 0.9
    assert name.crossed
    assert min(x0 for x0, _ in name.crossed) < name.box[0] + 200


def test_fine_black_pen_stays() -> None:
    page, _, _ = _signed(2, 0)
    before, after = _without(page)
    assert list(map(id, after)) == list(map(id, before))


def test_a_page_without_pen_is_left_alone() -> None:
    clean = drawn.draw([*drawn.TEXTS[:2], NAME], dpi=250, points=16).picture.copy()
    before, after = _without(clean)
    assert list(map(id, after)) == list(map(id, before))


def test_a_strip_that_is_moved_takes_along_where_it_is_crossed() -> None:
    page, _, _ = _signed(11, 0)
    strip = next(strip for strip in find_strips(page) if strip.crossed)
    moved = strip.moved(100, 7)
    assert [(a - 100, b - 100) for a, b in moved.crossed] == list(strip.crossed)
