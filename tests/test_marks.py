"""Boxes to tick, signatures and seals on drawn pictures."""

from __future__ import annotations

import math

import cv2
import numpy as np
import pytest
from numpy.typing import NDArray

from pipeline.image import Sheet
from pipeline.marks import find_marks, find_signatures
from pipeline.marks_boxes import find_boxes
from pipeline.marks_seals import find_seals
from schemas.ink import Box, Line, Word

DPI = 200
PX = DPI / 72
Page = NDArray[np.uint8]


def blank() -> Page:
    return np.full((round(842 * PX), round(595 * PX)), 255, np.uint8)


def at(*points: float) -> list[int]:
    return [round(v * PX) for v in points]


def square(page: Page, x: float, y: float, side: float = 11) -> None:
    x0, y0, x1, y1 = at(x, y, x + side, y + side)
    cv2.rectangle(page, (x0, y0), (x1, y1), (20,), 2)


def stroke(page: Page, *points: tuple[float, float], thick: int = 3) -> None:
    places = np.array([[round(x * PX), round(y * PX)] for x, y in points], np.int32)
    cv2.polylines(page, [places], False, (40,), thick, cv2.LINE_AA)


def fill(page: Page, x: float, y: float) -> None:
    x0, y0, x1, y1 = at(x + 1, y + 1, x + 10, y + 10)
    cv2.rectangle(page, (x0, y0), (x1, y1), (40,), -1)


STATES = {
    "empty": lambda page: None,
    "ticked": lambda page: stroke(page, (102, 104), (105, 109), (114, 96)),
    "crossed": lambda page: (stroke(page, (101, 101), (110, 110)), stroke(page, (110, 101), (101, 110))),
    "filled": lambda page: fill(page, 100, 100),
    "doubtful": lambda page: stroke(page, (105, 105), (107, 106)),
}


@pytest.mark.parametrize("state", STATES)
def test_a_box_is_found_and_its_state_told(state: str) -> None:
    page = blank()
    square(page, 100, 100)
    STATES[state](page)
    (found,) = find_boxes(page, DPI)
    assert found.state == state
    assert abs(found.outline.x0 / PX - 100) < 1.5


def test_a_slash_through_the_corners_is_a_tick() -> None:
    page = blank()
    square(page, 100, 100)
    stroke(page, (99, 113), (113, 99))
    (found,) = find_boxes(page, DPI)
    assert found.state == "ticked"


def test_cells_of_a_table_are_no_boxes() -> None:
    page = blank()
    for row in range(5):
        for column in range(5):
            square(page, 100 + 12 * column, 100 + 12 * row, 12)
    assert find_boxes(page, DPI) == []


def test_rings_and_brackets_are_boxes_too() -> None:
    page = blank()
    cv2.circle(page, (round(120 * PX), round(120 * PX)), round(6 * PX), (20,), 2, cv2.LINE_AA)
    for x, turn in ((200, (130, 230)), (212, (-50, 50))):
        cv2.ellipse(
            page,
            (round(x * PX), round(120 * PX)),
            (round(4 * PX), round(7 * PX)),
            0,
            *turn,
            (20,),
            2,
            cv2.LINE_AA,
        )
    assert sorted(found.outline.shape for found in find_boxes(page, DPI)) == ["brackets", "ring"]


def ring(page: Page, x: float, y: float, a: float, b: float) -> None:
    for part in (1.0, 0.6):
        points = [(x + part * a * math.cos(t / 20), y + part * b * math.sin(t / 20)) for t in range(127)]
        stroke(page, *points, thick=2)
    for spoke in range(18):
        cos, sin = math.cos(spoke * math.tau / 18), math.sin(spoke * math.tau / 18)
        inner, outer = ((x + r * a * cos, y + r * b * sin) for r in (0.7, 0.85))
        stroke(page, inner, outer, thick=2)


@pytest.mark.parametrize("radii", [(36, 36), (28, 28), (45, 32)])
def test_round_and_oval_seals_are_found(radii: tuple[float, float]) -> None:
    page = blank()
    ring(page, 300, 500, *radii)
    (found,) = find_seals((page < 150).astype(np.uint8), DPI, alone=True)
    assert abs((found.x1 - found.x0) / 2 / PX - radii[0]) < 3


def test_a_receipt_stamp_is_no_seal() -> None:
    page = blank()
    for inset in (0, 3):
        x0, y0, x1, y1 = at(300 + inset, 400 + inset, 440 - inset, 480 - inset)
        cv2.rectangle(page, (x0, y0), (x1, y1), (40,), 2)
    cv2.putText(page, "1234", (at(320)[0], at(450)[0]), cv2.FONT_HERSHEY_SIMPLEX, 2, (40,), 4)
    assert find_seals((page < 150).astype(np.uint8), DPI, alone=True) == []


def _named(text: str) -> Line:
    box = Box(320, 600, 460, 614)
    return Line(text=text, page=1, box=box, words=(Word(text=text, box=box),), confidence=0.98)


def _sheet(page: Page) -> Sheet:
    return Sheet(page, None, np.eye(3), 0.0, 0)


def test_a_signature_stands_over_a_typed_name() -> None:
    page = blank()
    lines = [_named("(นายสมมติ ดีงาม)")]
    size, pixels = (595.0, 842.0), (page.shape[1], page.shape[0])
    assert find_signatures(_sheet(page), size, pixels, lines) == ()
    stroke(page, (340, 590), (350, 570), (360, 592), (372, 575), (380, 590), (420, 578))
    (mark,) = find_signatures(_sheet(page), size, pixels, lines)
    assert mark.kind == "signature"
    assert 335 < mark.box.x0 < 345
    assert find_signatures(_sheet(page), size, pixels, [_named("(ประทับตราหน่วยงาน)")]) == ()


def test_an_empty_page_and_noise_have_no_marks_and_raise_nothing() -> None:
    size, pixels = (595.0, 842.0), (blank().shape[1], blank().shape[0])
    assert find_marks(_sheet(blank()), size, pixels, 1) == ()
    noise = np.random.default_rng(2).integers(0, 255, blank().shape, dtype=np.uint8)
    assert not [mark for mark in find_marks(_sheet(noise), size, pixels, 1) if mark.kind == "seal"]
