"""The second look at places where officials write by pen."""

from __future__ import annotations

import cv2
import numpy as np
import pytest

from pipeline import image, ocr, pen, sheet
from pipeline.ocr import Glyph, StripText
from tests import drawn


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("ที่ ศธ 04005/", "number"),
        ("ที่ ลป 0017.2/ว", "number"),
        ("กรกฎาคม 2558", "day"),
        ("เลขรับ", "blank"),
        ("วันที่", "blank"),
        ("เวลา 1 น.", "blank"),
        ("เรื่อง ขอเชิญประชุม", None),
        ("ที่ประชุมมีมติเห็นชอบให้ดำเนินการตามที่เสนอในครั้งก่อน", None),
        ("20 กรกฎาคม 2558", None),
        ("", None),
    ],
)
def test_which_lines_are_looked_at_again(text, kind):
    assert pen._place(text) == kind


@pytest.mark.parametrize(
    ("kind", "before", "after", "better"),
    [
        ("number", "ที่ ศธ 04005/", "ที่ ศธ 04005/ว260", True),
        ("number", "ที่ ศธ 04005/", "ที่ ศธ 04005/", False),
        ("day", "กรกฎาคม 2558", "20 กรกฎาคม 2558", True),
        ("day", "กรกฎาคม 2558", "ก กรกฎาคม 2558", False),
        ("blank", "เลขรับ", "เลขรับ 455", True),
        ("blank", "เลขรับ 455", "เลขรับ", False),
    ],
)
def test_when_a_second_look_is_better(kind, before, after, better):
    assert pen._better(kind, before, after) is better


@pytest.mark.parametrize(
    ("kind", "whole", "alone", "same"),
    [
        ("number", "ที่ ศธ 04005/260", "260", True),
        ("number", "ที่ ศธ 04005/260", "261", False),
        ("number", "ที่ ศธ 04005/ว260", "ว 260", True),
        ("day", "20 กรกฎาคม 2558", "20", True),
        ("day", "20 กรกฎาคม 2558", "", False),
    ],
)
def test_two_looks_agree_or_do_not(kind, whole, alone, same):
    assert pen._same(kind, whole, alone) is same


def _with_pen(colour: tuple[int, int, int]) -> np.ndarray:
    """Printed `ที่ ศธ ๐๔๐๐๕/`, then 260 by pen, twice as high as print."""
    drawing = drawn.draw(["ที่ ศธ ๐๔๐๐๕/", *drawn.TEXTS[1:]], dpi=250)
    picture = cv2.cvtColor(drawing.picture, cv2.COLOR_GRAY2BGR)
    x, y = int(drawing.boxes[0][2]) + 12, int(drawing.boxes[0][3]) - 6
    cv2.putText(picture, "260", (x, y), cv2.FONT_HERSHEY_SIMPLEX, 2.2, colour, 4, cv2.LINE_AA)
    return picture


def _said(text: str) -> StripText:
    return StripText(tuple(tuple(Glyph(c, (0, 0, 1, 1), 0.9) for c in word) for word in text.split()))


def test_pen_beside_a_printed_start_comes_into_one_strip(monkeypatch):
    made = image.prepare(_with_pen((150, 50, 30)))
    strips = [found.strip for found in sheet.find(made)]
    printed = min(range(len(strips)), key=lambda i: (strips[i].box[1] // 60, strips[i].box[0]))
    texts = [_said("")] * len(strips)
    texts[printed] = _said("ที่ ศธ ๐๔๐๐๕/")
    answers = [_said("ที่ ศธ ๐๔๐๐๕/260"), _said("260")]
    monkeypatch.setattr(pen.ocr, "read_strips", lambda images, _: answers[: len(images)])
    (look,) = pen.second_look(made, strips, texts, 5)
    assert (look.index, look.whole, look.agreed) == (printed, True, True)
    assert look.strip.box[2] > strips[printed].box[2] + 100, "the pen's ink is in it"


def test_nothing_is_read_where_nothing_is_missing(monkeypatch):
    made = image.prepare(drawn.draw(dpi=200).picture)
    strips = [found.strip for found in sheet.find(made)]
    monkeypatch.setattr(pen.ocr, "read_strips", lambda *_: pytest.fail("read again"))
    assert pen.second_look(made, strips, [_said("เรื่อง ขอเชิญ")] * len(strips), 5) == []


@pytest.mark.slow
def test_a_number_by_pen_is_read_with_its_printed_start():
    page = sheet.read_page(_with_pen((150, 50, 30)), (595.0, 842.0), 1, 60)
    said = " ".join(line.text for line in page.lines[:2])
    assert "๐๔๐๐๕/" in said
    assert any(line.reader == "hand" for line in page.lines), said
    assert ocr.MODEL == "tha_saraban"
