"""What is no text: emblems, boxes to tick, skewed frames, specks; and rows of stamps that must stay apart."""

from __future__ import annotations

import cv2
import numpy as np
import pytest

from pipeline import lines
from pipeline.bands import make_band
from pipeline.blots import emblems, tick_boxes
from pipeline.ink import A, Ink, X, Y, binarise, drop_rules
from pipeline.ocr import Glyph
from pipeline.tint import coloured_places
from pipeline.uneven import stands_unevenly
from tests import drawn

SIZE = 24.0  # about the x-height of the drawn pages, in pixels


def _page() -> np.ndarray:
    return drawn.draw(dpi=200, points=15).picture.copy()


def test_boxes_to_tick_are_no_letters() -> None:
    page = _page()
    squares = [(900, 900 + 60 * i) for i in range(4)]
    for x, y in squares:
        cv2.rectangle(page, (x, y), (x + 26, y + 26), 0, 2)
    ink = Ink.of(page)
    found = {tuple(int(n) for n in ink.stats[i, [X, Y]]) for i in np.flatnonzero(tick_boxes(ink, SIZE))}
    assert len(found) == 4
    assert all(min(abs(x - u) + abs(y - v) for u, v in found) < 8 for x, y in squares)


def test_a_letter_as_square_as_a_box_stays_text() -> None:
    """อ of geometric type: four straight sides, but so thick, with its loop inside, that little room is enclosed."""
    page = _page()
    for y in range(900, 1140, 60):
        cv2.rectangle(page, (902, y + 2), (932, y + 37), 0, 2)
        cv2.circle(page, (910, y + 25), 8, 0, -1)
    assert not tick_boxes(Ink.of(page), SIZE).any()


@pytest.mark.parametrize("text", drawn.TEXTS)
def test_no_letter_is_taken_for_a_box(text: str) -> None:
    ink = Ink.of(drawn.draw([text, "๐ ๑ ๒ ๓ ๔ ๕ ๖ ๗ ๘ ๙ 0 8 O D ( ) อ ฮ ต ด"], dpi=200, points=15).picture)
    assert not tick_boxes(ink, SIZE).any()


def test_an_emblem_is_no_text_and_urgent_type_is() -> None:
    page = _page()
    cv2.fillPoly(page, [np.array([[700, 60], [760, 160], [900, 80], [830, 220], [570, 220], [500, 80]])], 0)
    for x in range(560, 860, 40):
        cv2.line(page, (x, 100), (x + 20, 200), 255, 3)  # feathers
    large = drawn.draw(["ด่วนที่สุด"], dpi=200, points=34).picture
    page = np.minimum(page, np.roll(large, (1300, 0), axis=(0, 1)))
    ink = Ink.of(page)
    black = emblems(ink, SIZE)
    head = np.flatnonzero((ink.stats[:, Y] > 0) & (ink.stats[:, Y] < 230))
    weights = ink.stats[head, A]
    assert weights[black[head]].sum() > 0.85 * weights.sum()
    assert not black[ink.stats[:, Y] > 1200].any()


@pytest.mark.parametrize("degrees", [0.0, 1.5, 3.0, 4.5])
def test_a_skewed_frame_goes_and_the_text_stays(degrees: float) -> None:
    frame, text = np.full((900, 1200), 255, np.uint8), drawn.draw(["เลขรับที่ ๑๒๓"], dpi=200, points=15).picture
    cv2.rectangle(frame, (150, 150), (900, 420), 0, 4)
    turn = cv2.getRotationMatrix2D((520, 280), degrees, 1.0)
    framed = binarise(cv2.warpAffine(frame, turn, (1200, 900), borderValue=(255,)))
    before = int(framed.sum())
    drop_rules(framed)
    assert framed.sum() < 0.12 * before
    mask = binarise(text)
    kept = mask.copy()
    drop_rules(kept)
    assert np.array_equal(mask, kept)


def test_large_pen_does_not_take_the_row_above_for_its_marks() -> None:
    """A stamp's small typed number over the large pen in the next blank."""
    page = drawn.draw(["๑๖/๑/๖๘ ก"], dpi=200, points=34).picture
    x0, y0, _, _ = (int(v) for v in drawn.draw(["๑๖/๑/๖๘ ก"], dpi=200, points=34).boxes[0])
    small = drawn.draw(["เลขรับที่ ๔๕๕๗"], dpi=200, points=14)
    rows = np.roll(
        small.picture, (y0 - 10 - int(small.boxes[0][3]), x0 - int(small.boxes[0][0])), axis=(0, 1)
    )
    body = np.roll(_page(), 700, axis=0)
    strips = lines.find_strips(np.minimum(np.minimum(page, rows), body))
    tall = [one for one in strips if one.box[1] < 650 and one.box[3] - one.box[1] > 150]
    assert tall == []


@pytest.mark.parametrize(
    ("lifts", "slope"), [((0, 2, 4, 6), -0.08), ((0, 0, 1, 0), 0.0), ((0, 6, 1, 7), 0.0)]
)
def test_few_letters_on_one_slope_have_a_sloping_baseline(lifts: tuple[int, ...], slope: float) -> None:
    """As in a stamp set aslant, whose short rows would else go to their neighbours; one low letter makes no slope."""
    stats = np.array([[25 * i, 100 - lift, 20, 24, 300] for i, lift in enumerate(lifts)], np.int32)
    band = make_band(stats, [0, 1, 2, 3], SIZE)
    left, right = band.base_at_ends()
    assert (right - left) / 95 == pytest.approx(slope, abs=0.01)


def test_dots_that_have_run_together_are_no_text() -> None:
    """Dotted lines of a memo's head, so fine that the scan joins their dots two by two."""
    page = _page()
    strips = lines.find_strips(page)
    for one in strips:
        y = int(one.base[0]) + 14
        for x in range(one.box[0], 1100, 24):
            page[y : y + 4, x : x + 20] = 0
    found = lines.find_strips(page)
    assert len(found) == len(strips)
    for one, other in zip(strips, found, strict=True):
        assert abs(one.box[2] - other.box[2]) < 6


def test_coloured_ink_is_found_with_its_surroundings_and_together_where_it_meets() -> None:
    page = np.full((1100, 780, 3), 250, np.uint8)
    cv2.putText(page, "RECEIVED 123", (420, 120), cv2.FONT_HERSHEY_SIMPLEX, 0.8, (190, 60, 40), 2)
    cv2.putText(page, "ABC", (430, 150), cv2.FONT_HERSHEY_SIMPLEX, 0.8, (190, 60, 40), 2)
    cv2.putText(page, "black print", (60, 700), cv2.FONT_HERSHEY_SIMPLEX, 0.8, (20, 20, 20), 2)
    places = coloured_places(page)
    assert len(places) == 1
    x0, y0, x1, y1 = places[0]
    assert x0 < 420
    assert y0 < 100
    assert 600 < x1 < 780
    assert 150 < y1 < 400


def test_a_grey_page_has_no_coloured_places() -> None:
    assert coloured_places(cv2.cvtColor(_page(), cv2.COLOR_GRAY2BGR)) == []


@pytest.mark.parametrize(("lifted", "uneven"), [(0, False), (7, True)])
def test_digits_that_do_not_stand_on_one_line_may_be_pen(lifted: int, uneven: bool) -> None:
    (strip,) = lines.find_strips(drawn.draw(["๒๒ มกราคม ๒๕๕๙"], dpi=200, points=15).picture)
    ink = np.flatnonzero((strip.image < 140).any(axis=0))
    gaps = np.flatnonzero(np.diff(ink) > 1)
    ends = [(int(ink[0]), int(ink[gaps[0]])), (int(ink[gaps[0] + 1]), int(ink[gaps[1]]))]
    strip.image[:, ends[1][0] : ends[1][1] + 1] = np.roll(
        strip.image[:, ends[1][0] : ends[1][1] + 1], -lifted, axis=0
    )
    word = [Glyph("๒", (x0, 0, x1, strip.image.shape[0]), 1.0) for x0, x1 in ends]
    assert stands_unevenly(strip, word) is uneven
    assert not stands_unevenly(strip, word[:1])


def test_digits_far_higher_than_letters_may_be_pen() -> None:
    (strip,) = lines.find_strips(drawn.draw(["๖ มกราคม ๒๕๕๙"], dpi=200, points=15).picture)
    ink = np.flatnonzero((strip.image < 140).any(axis=0))
    end = int(ink[np.flatnonzero(np.diff(ink) > 1)[0]])
    digit = [Glyph("๖", (int(ink[0]), 0, end, strip.image.shape[0]), 1.0)]
    assert not stands_unevenly(strip, digit)
    column = (int(ink[0]) + end) // 2
    base = int(sum(strip.base) / 2 - strip.top)
    strip.image[base - int(1.8 * strip.x_height) : base, column - 2 : column + 2] = 0
    assert stands_unevenly(strip, digit)
