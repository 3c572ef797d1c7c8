"""The line finder: strips are compared with the lines that were drawn."""

from __future__ import annotations

import cv2
import numpy as np
import pytest

from pipeline import attach, lines
from pipeline.ink import Ink, leader_dots, x_height
from pipeline.lines import Strip
from tests import drawn


def _found(drawing: drawn.Drawing) -> list[Strip]:
    return lines.find_strips(drawing.picture)


def _covers(strip: Strip, box: drawn.Box, slack: float = 3) -> bool:
    x0, y0, x1, y1 = strip.box
    return x0 <= box[0] + slack and y0 <= box[1] + slack and x1 >= box[2] - slack and y1 >= box[3] - slack


def _ink_box(drawing: drawn.Drawing, box: drawn.Box) -> drawn.Box:
    x0, y0, x1, y1 = (int(v) for v in box)
    ys, xs = np.nonzero(drawing.picture[y0 : y1 + 1, x0 : x1 + 1] < 160)
    return x0 + xs.min(), y0 + ys.min(), x0 + xs.max() + 1, y0 + ys.max() + 1


@pytest.mark.parametrize(("dpi", "points"), [(150, 14), (200, 12), (250, 12), (300, 11)])
def test_each_line_becomes_one_strip_with_all_its_marks(dpi, points):
    drawing = drawn.draw(dpi=dpi, points=points)
    strips = _found(drawing)
    assert len(strips) == len(drawing.texts)
    for strip, box in zip(strips, drawing.boxes, strict=True):
        assert _covers(strip, _ink_box(drawing, box))
        assert drawn.overlap(strip.box, _ink_box(drawing, box)) > 0.9


def test_tight_lines_keep_their_marks_apart():
    face = drawn.font(12, 200)
    texts = ["ที่ผู้ว่าราชการจังหวัดได้แจ้งให้ทราบแล้วนั้น", "เพื่อให้เป็นไปตามระเบียบที่ผู้ใหญ่บ้านชี้แจงไว้"] * 3
    drawing = drawn.draw(["ก"], dpi=200)
    image, boxes = drawing.image.copy(), []
    image.paste(255, (0, 0, *image.size))
    pen = drawn.ImageDraw.Draw(image)
    for row, text in enumerate(texts):
        at = (180, 240 + round(row * 12 * 200 / 72 * 1.36))
        pen.text(at, text, font=face, fill=0)
        boxes.append(pen.textbbox(at, text, font=face))
    strips = lines.find_strips(np.asarray(image))
    assert len(strips) == len(texts)
    for strip, box in zip(strips, boxes, strict=True):
        alone = np.full_like(np.asarray(image), 255)
        one = drawn.Image.fromarray(alone)
        drawn.ImageDraw.Draw(one).text(box[:2], "", font=face)
        assert strip.box[0] <= box[0] + 3
        assert strip.box[2] >= box[2] - 3
        assert abs(strip.box[1] - box[1]) < 9
        assert abs(strip.box[3] - box[3]) < 9


@pytest.mark.parametrize(("wide", "high", "lower"), [(5, 12, True), (12, 18, False)])
def test_a_tone_mark_right_under_a_letter_of_the_line_above_stays_with_its_own(wide, high, lower):
    size, middle = 40, 60
    page = np.full((160, 120), 255, np.uint8)
    boxes = {
        "letter above": (40, 80, 10, 50),
        "mark": (middle - wide // 2, middle + wide - wide // 2, 52, 52 + high),
        "vowel below": (40, 80, 60 + high, 72 + high),
        "letter below": (40, 80, 75 + high, 115 + high),
    }
    for x0, x1, y0, y1 in boxes.values():
        page[y0:y1, x0:x1] = 0
    ink = Ink.of(page)
    at = {name: int(ink.labels[(y0 + y1) // 2, middle]) for name, (_, _, y0, y1) in boxes.items()}
    free = np.zeros(len(ink.stats), dtype=bool)
    free[[at["mark"], at["vowel below"]]] = True
    assert attach._hangs_over(ink, free, at["mark"], size, (0.6, 0.05)) is lower


def test_wide_spaces_may_part_a_line_but_lose_nothing():
    drawing = drawn.draw(["สิ่งที่ส่งมาด้วย  แบบสำรวจ                     จำนวน ๑ ชุด"], dpi=200)
    strips = _found(drawing)
    assert min(s.box[0] for s in strips) <= drawing.boxes[0][0] + 3
    assert max(s.box[2] for s in strips) >= drawing.boxes[0][2] - 3


def test_strips_come_in_reading_order():
    left, right = (
        drawn.draw(["ที่ ลป ๐๐๑๗", "เรื่อง ทดสอบ"], dpi=200),
        drawn.draw(["ศาลากลางจังหวัด", "ลำปาง"], dpi=200),
    )
    both = np.minimum(left.picture, np.roll(right.picture, 700, axis=1))
    found = [(s.box[0] > 600, s.box[1] > 300) for s in lines.find_strips(both)]
    assert found == [(False, False), (True, False), (False, True), (True, True)]


def test_points_of_a_strip_map_back_to_the_page():
    drawing = drawn.draw(dpi=200)
    turn = cv2.getRotationMatrix2D((800, 600), 0.5, 1.0)
    page = cv2.warpAffine(drawing.picture, turn, drawing.picture.shape[::-1], borderValue=(255,))
    for strip in lines.find_strips(page):
        ys, xs = np.nonzero(strip.image < 100)
        for x, y in list(zip(xs, ys, strict=True))[::211]:
            px, py = strip.to_page(float(x), float(y))
            assert page[round(py), round(px)] == strip.image[y, x]


def test_every_strip_has_the_same_room():
    for strip in _found(drawn.draw(dpi=200)):
        base = sum(strip.base) / 2 - strip.top
        assert base > 2.0 * strip.x_height
        assert strip.image.shape[0] - base > 0.5 * strip.x_height


def test_dotted_leaders_and_rules_are_no_text():
    drawing = drawn.draw(["เลขรับ", "วันที่"], dpi=200)
    picture = drawing.picture.copy()
    for box in drawing.boxes:
        for x in range(int(box[2]) + 8, int(box[2]) + 400, 9):
            cv2.rectangle(picture, (x, int(box[3]) - 8), (x + 2, int(box[3]) - 6), 0, -1)
    cv2.line(picture, (100, 600), (1500, 600), 0, 3)
    cv2.rectangle(picture, (120, 180), (900, 500), 0, 4)
    strips = lines.find_strips(picture)
    assert len(strips) == 2
    for strip, box in zip(strips, drawing.boxes, strict=True):
        assert strip.box[2] < box[2] + 30
    ink = Ink.of(picture)
    size = x_height(ink.stats)
    assert size is not None
    assert leader_dots(ink.stats, size, ink.stats[:, 4] > 0).sum() > 60


def _pieces(*pieces: tuple[int, int, int, int]) -> np.ndarray:
    """Statistics of pieces of ink (x, y, width, height) as OpenCV gives them, the paper first."""
    return np.array([(0, 0, 0, 0, 0), *((*piece, piece[2] * piece[3]) for piece in pieces)], np.int32)


def test_a_leader_whose_dots_have_run_together_in_places_is_seen():
    """Dots at an odd pitch join by ones, twos and threes: neither of one width nor of one step."""
    at, dots = 100, []
    for wide in (4, 10, 16, 4, 22, 10, 4, 16, 16, 4, 11, 10) * 3:
        dots.append((at, 531, wide, 5))
        at += wide + 2
    found = leader_dots(_pieces(*dots), 24.0, np.full(len(dots) + 1, True))
    assert found[1:].all()
    apart = [
        (100 + 34 * i + (0, 17, 5, 25)[i % 4], 531, (4, 10, 6, 8)[i % 4], 5) for i in range(12)
    ]  # marks over letters
    assert not leader_dots(_pieces(*apart), 24.0, np.full(13, True)).any()


def test_a_mark_on_the_level_of_a_leader_is_no_dot_of_it():
    dots = [(376 + 6 * i, 526, 4, 4) for i in range(40)]
    beside, above = (344, 526, 4, 5), (378 + 6 * 20, 520, 4, 10)
    found = leader_dots(_pieces(beside, *dots, above), 30.0, np.full(43, True))
    assert list(found[1:]) == [False, *[True] * 40, False]


@pytest.mark.parametrize("shade", [0, 255])
def test_pages_without_text_have_no_strips(shade):
    assert lines.find_strips(np.full((900, 640), shade, np.uint8)) == []


@pytest.mark.timeout(90)
@pytest.mark.timeout(60)
@pytest.mark.parametrize("density", [0.02, 0.1, 0.5])
def test_noise_takes_no_forever(density):
    rng = np.random.default_rng(3)
    specks = (rng.random((1754, 1240)) > density).astype(np.uint8) * 255
    specks = cv2.erode(specks, np.ones((9, 4), np.uint8)) if density < 0.1 else specks
    assert len(lines.find_strips(specks)) < 2000


@pytest.mark.parametrize("font", ["Laksaman", "Garuda"])
def test_a_tone_mark_right_under_the_feet_above_stays_with_its_letter(font):
    """Lines set so tightly that ไม้เอก comes as near to the line above as that line's own lower vowels do."""
    face = drawn.ImageFont.truetype(str(drawn.font_file(font)), 42)
    texts = "นายชายเลนนายชายเลนนายชายเลน", "หมี่ หมี่ หมี่ หมี่ หมี่ หมี่"
    page = drawn.Image.new("L", (1654, 900), 255)
    pen = drawn.ImageDraw.Draw(page)
    pen.text((200, 300), texts[0], font=face, fill=0)
    feet = int(np.nonzero(np.asarray(page) < 128)[0].max())
    pen.text((200, 300 + round(1.24 * 42)), texts[1], font=face, fill=0)
    upper = lines.find_strips(np.asarray(page))[0]
    assert upper.box[3] <= feet + 3
