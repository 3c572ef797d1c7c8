"""From a picture to lines with boxes on the page as scanned: each box is compared with where its line was drawn."""

from __future__ import annotations

import cv2
import numpy as np
import pytest
from PIL import Image, ImageDraw

from pipeline import cut, sheet, upright
from pipeline.lines import Strip
from pipeline.ocr import Glyph, StripText
from schemas.ink import Page
from tests import drawn

A4_POINTS = (595.28, 841.89)


@pytest.fixture
def no_reading(monkeypatch):
    """Every strip says one made-up word that fills it: the places are tried, not the reading."""

    def read(strips, timeout_s):
        return [StripText(((Glyph("ก", (0, 0, s.shape[1], s.shape[0]), 0.99),),)) for s in strips]

    monkeypatch.setattr(sheet.ocr, "read_strips", read)
    monkeypatch.setattr(sheet.pen, "second_look", lambda *_: [])


def _matched(page: Page, boxes: list[drawn.Box]) -> list[float]:
    """How well the best line's box overlaps each drawn one."""
    found = [tuple(line.box) for line in page.lines if line.box is not None]
    return [max((drawn.overlap(box, one) for one in found), default=0.0) for box in boxes]


def _points(drawing: drawn.Drawing, matrix: np.ndarray, shape: tuple[int, ...]) -> list[drawn.Box]:
    scale = np.diag([A4_POINTS[0] / shape[1], A4_POINTS[1] / shape[0], 1.0])
    return [drawn.mapped(box, scale @ matrix) for box in drawing.boxes]


@pytest.mark.parametrize("degrees", [-3.0, -1.0, 0.0, 2.0, 3.0])
def test_boxes_of_a_skewed_page(no_reading, degrees):
    drawing = drawn.draw([*drawn.TEXTS] * 3, dpi=200)
    height, width = drawing.picture.shape
    matrix = np.vstack([cv2.getRotationMatrix2D((width / 2, height / 2), degrees, 1.0), [0, 0, 1]])
    picture = cv2.warpPerspective(drawing.picture, matrix, (width, height), borderValue=(255,))
    page = sheet.read_page(upright.ready(picture), A4_POINTS, 1, 60)
    assert len(page.lines) == len(drawing.texts)
    assert min(_matched(page, _points(drawing, matrix, picture.shape))) > 0.75


@pytest.mark.parametrize("dpi", [100, 150, 300, 400])
def test_boxes_at_any_resolution(no_reading, dpi):
    drawing = drawn.draw(dpi=dpi)
    page = sheet.read_page(upright.ready(drawing.picture), A4_POINTS, 1, 60)
    assert min(_matched(page, _points(drawing, np.eye(3), drawing.picture.shape))) > 0.7


def test_boxes_of_a_photo_on_a_desk(no_reading):
    drawing = drawn.draw([*drawn.TEXTS] * 3, dpi=200)
    height, width = drawing.picture.shape
    source = np.array([[0, 0], [width, 0], [width, height], [0, height]], np.float32)
    matrix = cv2.getPerspectiveTransform(
        source, source + np.array([[200, 160], [110, 220], [140, 130], [230, 190]], np.float32)
    )
    photo = cv2.warpPerspective(
        cv2.cvtColor(drawing.picture, cv2.COLOR_GRAY2BGR),
        matrix,
        (width + 360, height + 380),
        borderValue=(60, 60, 60),
    )
    page = sheet.read_page(upright.ready(photo), A4_POINTS, 1, 60)
    overlaps = _matched(page, _points(drawing, matrix, photo.shape))
    assert sum(o > 0.6 for o in overlaps) >= 0.95 * len(overlaps)


def test_a_turned_line_gets_the_box_around_it(no_reading):
    found = cut.find(sheet.image.prepare(drawn.draw(dpi=200).picture))
    assert [one.ink for one in found] == ["black"] * len(drawn.TEXTS)


def test_an_empty_reading_makes_no_line(no_reading):
    made = sheet.image.prepare(drawn.draw(dpi=200).picture)
    found = cut.find(made)[0]
    assert sheet.line(found, StripText(()), made, sheet.Scale(1, 1), 1) is None
    spaces = StripText(((Glyph("\u200b", (0, 0, 1, 1), 0.9),),))
    assert sheet.line(found, spaces, made, sheet.Scale(1, 1), 1) is None


def test_confidence_of_a_word_is_that_of_its_worst_letter():
    made = sheet.image.prepare(drawn.draw(dpi=200).picture)
    found = cut.find(made)[0]
    text = StripText((tuple(Glyph(c, (0, 0, 9, 9), p) for c, p in (("ก", 0.99), ("๙", 0.4))),))
    line = sheet.line(found, text, made, sheet.Scale(1, 1), 1)
    assert line is not None
    assert (line.words[0].confidence, line.confidence) == (0.4, 0.4)


@pytest.mark.slow
@pytest.mark.parametrize("turned", [0, 90, 180, 270])
def test_a_page_fed_any_way_round_is_read(turned):
    drawing = drawn.draw([*drawn.TEXTS, *drawn.TEXTS], dpi=150)
    picture = np.ascontiguousarray(np.rot90(drawing.picture, -turned // 90))
    height, width = drawing.picture.shape
    size = A4_POINTS if turned in (0, 180) else A4_POINTS[::-1]
    page = sheet.read_page(upright.ready(picture), size, 1, 60)
    assert page.turned == (360 - turned) % 360
    assert [line.text for line in page.lines][:3] == list(drawn.TEXTS[:3])
    back = {
        0: np.eye(3), 90: [[0, -1, height], [1, 0, 0], [0, 0, 1]],
        180: [[-1, 0, width], [0, -1, height], [0, 0, 1]], 270: [[0, 1, 0], [-1, 0, width], [0, 0, 1]],
    }[turned]  # fmt: skip
    scale = np.diag([size[0] / picture.shape[1], size[1] / picture.shape[0], 1.0])
    boxes = [drawn.mapped(box, scale @ np.array(back, dtype=float)) for box in drawing.boxes]
    assert min(_matched(page, boxes)) > 0.7


@pytest.mark.slow
def test_words_stand_where_they_were_drawn():
    drawing = drawn.draw(["เรียน   นายอำเภอ   เมืองลำปาง", *drawn.TEXTS], dpi=200)
    page = sheet.read_page(upright.ready(drawing.picture), A4_POINTS, 1, 60)
    words = page.lines[0].words
    assert [word.text for word in words] == ["เรียน", "นายอำเภอ", "เมืองลำปาง"]
    face, at = drawn.font(12, 200), drawing.boxes[0][0]
    scale = A4_POINTS[0] / drawing.picture.shape[1]
    for word, before in zip(words, ["", "เรียน   ", "เรียน   นายอำเภอ   "], strict=True):
        start = (at + face.getlength(before)) * scale
        assert word.box is not None
        assert word.box.x0 == pytest.approx(start, abs=2.5)
        assert word.box.x1 == pytest.approx(start + face.getlength(word.text) * scale, abs=2.5)
        assert [c.box.x0 for c in word.chars] == sorted(c.box.x0 for c in word.chars)


def test_a_word_ends_before_the_next_one_begins():
    """Tesseract lets the last letter of a word run on to the end of the line now and then."""
    made = sheet.image.prepare(drawn.draw(["ลำปาง ขอนแก่น"], dpi=200).picture)
    found = cut.find(made)[0]
    width, height = found.strip.image.shape[1], found.strip.image.shape[0]
    gap = width * 0.45
    words = ((Glyph("ก", (10, 0, width, height), 0.9),), (Glyph("ข", (gap, 0, width, height), 0.9),))
    line = sheet.line(found, StripText(words), made, sheet.Scale(1, 1), 1)
    assert line is not None
    first, second = (word.box for word in line.words)
    assert first is not None
    assert second is not None
    assert first.x1 <= second.x0 + 1


@pytest.mark.parametrize(
    ("boxes", "share"),
    [([(0, 0, 60, 40)], 1.0), ([(0, 0, 30, 40)], 0.5), ([(0, 0, 30, 40), (30, 0, 60, 20)], 0.75), ([], 0.0)],
)
def test_how_much_of_a_line_s_ink_other_looks_have_taken(boxes, share):
    ink = np.zeros((40, 60), np.uint8)
    strip = Strip(ink, 100, 200, np.zeros(60, np.int16), 20.0, (100, 200, 160, 240), (230.0, 230.0))
    moved = [(x0 + 100, y0 + 200, x1 + 100, y1 + 200) for x0, y0, x1, y1 in boxes]
    assert sheet._ink_within(strip, moved) == pytest.approx(share)


def test_large_pen_does_not_take_the_labels_of_stamps_along():
    """Two stamps with type of two sizes, each label with figures twice as high beside it, a little higher up."""
    layer = Image.new("L", (1900, 700), 255)
    draw = ImageDraw.Draw(layer)
    ends = []
    for left, points in ((60, 14), (1100, 22)):
        small, large = drawn.font(points, 150), drawn.font(1.8 * points, 150)
        for row, (label, figures) in enumerate((("รับที่", "๒๐๐๔"), ("วันที่", "๒๕/๑๐/๖๐"), ("เวลา", "๑๒.๔๕"))):
            base = 150 + row * 9 * points
            draw.text((left, base), label, font=small, fill=60, anchor="ls")
            draw.text((left + 9 * points, base - 6), figures, font=large, fill=30, anchor="ls")
            ends.append((left, left + small.getlength(label), base))
    strips = cut.stamped(np.array(layer), 22.0)
    for start, end, base in ends:
        own = [s for s in strips if abs(s.box[0] - start) < 12 and s.box[1] < base - 5 < s.box[3]]
        assert any(s.box[2] < end + 12 for s in own), (start, base, [s.box for s in strips])
