"""Letters under a signature, a frame or a streak stay in their line, and are never shown as sure."""

from __future__ import annotations

import cv2
import numpy as np
import pytest

from pipeline import lines, sheet
from pipeline.image import Gray, split_ink
from pipeline.ocr import Glyph
from tests import drawn

NAME = "(นายปรีชา มากสวน)"


def _kept(picture: Gray, clean: Gray) -> tuple[float, lines.Strip]:
    """What part of a name's ink the longest strip of a picture holds."""
    strip = max(lines.find_strips(picture), key=lambda s: s.image.shape[1])
    ys, xs = np.nonzero(clean < 100)
    rows, columns = ys - strip.top, xs - strip.left
    high, wide = strip.image.shape
    there = (rows >= 0) & (rows < high) & (columns >= 0) & (columns < wide)
    return float((strip.image[rows[there], columns[there]] < 160).sum() / len(ys)), strip


def _signed(clean: Gray, waves: int) -> Gray:
    """A stroke that swings through the name from above."""
    ys, xs = np.nonzero(clean < 100)
    x = np.linspace(xs.min() + 40, xs.max() - 60, 200)
    y = ys.min() - 40 + 75 * np.sin(np.linspace(0, waves * 2 * np.pi, 200))
    picture = clean.copy()
    cv2.polylines(picture, [np.stack([x, y], axis=1).astype(np.int32)], False, 0, 5, cv2.LINE_AA)
    return picture


@pytest.mark.parametrize("waves", [2, 3, 4])
def test_letters_under_a_signature_stay_in_their_line(waves: int) -> None:
    clean = drawn.draw([NAME], dpi=250, points=16).picture.copy()
    share, strip = _kept(_signed(clean, waves), clean)
    assert share > 0.93
    assert strip.crossed


def test_a_streak_between_letters_is_not_drawn_into_the_line() -> None:
    clean = drawn.draw([NAME], dpi=250, points=16).picture.copy()
    ys, xs = np.nonzero(clean < 100)
    empty = np.flatnonzero((clean[ys.min() : ys.max()] > 200).all(axis=0))
    gap = int(next(x for x in empty if x > xs.min() + 200 and {x + 6, x - 6} <= set(empty.tolist())))
    picture = clean.copy()
    picture[ys.min() - 200 : ys.max() + 200, gap - 1 : gap + 2] = 0
    share, strip = _kept(picture, clean)
    assert share > 0.97
    assert not strip.crossed


def test_a_word_that_is_crossed_is_not_sure() -> None:
    clean = drawn.draw([NAME], dpi=250, points=16).picture.copy()
    _, strip = _kept(_signed(clean, 3), clean)
    x0, x1 = strip.crossed[0]
    under = [Glyph("น", (x0 - strip.left, 0, x1 - strip.left, 30), 0.99)]
    beside = [Glyph("น", (x1 - strip.left + 400, 0, x1 - strip.left + 430, 30), 0.99)]
    assert sheet._is_crossed(strip, under)
    assert not sheet._is_crossed(strip, beside)


def test_print_that_coloured_pen_crosses_stays_whole() -> None:
    """On a scan print is grey, so that only a level between it and the pen's own brightness tells them apart."""
    clean = drawn.draw([NAME, *drawn.TEXTS], dpi=200, points=16).picture
    scanned = np.repeat((90 + clean * (150 / 255)).astype(np.uint8)[..., None], 3, axis=2)
    ys, xs = np.nonzero(clean[:340] < 100)
    x = np.linspace(xs.min(), xs.max(), 200)
    y = np.median(ys) + 25 * np.sin(np.linspace(0, 9 * np.pi, 200))
    pen = np.full_like(scanned, 255)
    cv2.polylines(pen, [np.stack([x, y], axis=1).astype(np.int32)], False, (200, 90, 60), 5, cv2.LINE_AA)
    crossed = (scanned.astype(np.float64) * pen / 255).astype(np.uint8)
    black, colour = split_ink(cv2.divide(crossed, np.full_like(crossed, 240), scale=255))
    under = (clean < 40) & (pen.min(axis=2) < 100)
    assert colour is not None
    assert under.sum() > 300
    assert (black[under] < 190).mean() > 0.9
