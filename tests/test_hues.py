"""Red ink and ink of another colour on one page: each in a layer of its own."""

from __future__ import annotations

import cv2
import numpy as np
import pytest
from numpy.typing import NDArray

from parsers.secrecy import secrecy_mark
from pipeline import cut, hues, image, sheet, upright
from tests import drawn

Picture = NDArray[np.uint8]
RED, PURPLE, BLUE = (45, 35, 205), (150, 50, 110), (175, 65, 45)  # BGR
_A4_POINTS = (595.28, 841.89)


def _ink(texts: list[str], colour: tuple[int, int, int], points: float, at: tuple[int, int]) -> Picture:
    """Text in one colour on white, moved to a place."""
    gray = drawn.draw(texts, dpi=250, points=points).picture
    gray = np.roll(gray, at, axis=(0, 1))
    ink = (255 - gray.astype(np.float32))[..., None] / 255
    return (255 - ink * (255 - np.array(colour, np.float32))).astype(np.uint8)


def _over(*inks: Picture) -> Picture:
    """Inks over one another, as a scanner sees them, saved as JPEG."""
    picture = np.full_like(inks[0], 250)
    for ink in inks:
        picture = cv2.multiply(picture, ink, scale=1 / 255)
    _, data = cv2.imencode(".jpg", picture, [cv2.IMWRITE_JPEG_QUALITY, 75])
    return np.asarray(cv2.imdecode(data, cv2.IMREAD_COLOR), np.uint8)


def _dark(layer: Picture) -> NDArray[np.bool_]:
    gray = layer if layer.ndim == 2 else layer.min(axis=2)
    return gray < 150


@pytest.mark.parametrize("other", [PURPLE, BLUE], ids=["purple", "blue"])
def test_red_over_another_colour_is_parted_from_it(other):
    mark = _ink(["ด่วนที่สุด"], RED, 32, (0, 0))
    stamp = _ink(["สำนักงานจังหวัดตาก เลขรับที่", "วันที่ ๒๒ มีนาคม ๒๕๖๐"], other, 12, (60, 0))
    flat = image.flatten(_over(mark, stamp))
    _, colour = image.split_ink(flat)
    assert colour is not None
    made = hues.part_hues(flat, colour)
    assert hues.both([made])
    red, rest = _dark(made.red), _dark(made.other)
    red_ink, stamp_ink = _dark(mark), _dark(stamp)
    assert red[red_ink].mean() > 0.9
    assert red[stamp_ink & ~red_ink].mean() < 0.1
    assert rest[stamp_ink].mean() > 0.85, "where the two cross, the ink is the stamp's too"
    assert rest[red_ink & ~cv2.dilate(stamp_ink.astype(np.uint8), np.ones((9, 9))).astype(bool)].mean() < 0.1


@pytest.mark.parametrize("ink", [RED, PURPLE, BLUE], ids=["red", "purple", "blue"])
def test_one_colour_is_not_parted(ink):
    made = image.prepare(_over(_ink(list(drawn.TEXTS), ink, 12, (0, 0))))
    assert made.hues == ()
    assert made.colour is not None
    assert cut.large_red_marks(made, 10.0) == []


def test_a_large_red_mark_is_taken_out_and_a_red_stamp_stays_with_its_pen():
    texts = ["อบต.บ้านทุ่ง เลขรับที่", "วันที่ ๒๒ มีนาคม ๒๕๖๐"]
    pen = _ink(["๑๒๓", "๔๕๖"], BLUE, 14, (0, 900))
    large = image.prepare(_over(_ink(["ด่วนที่สุด"], RED, 32, (0, 0)), _ink(texts, BLUE, 12, (60, 0)), pen))
    (mark,) = cut.large_red_marks(large, 28.0)
    rest = cut.without(large, [mark]).colour
    assert rest is not None
    x0, y0, x1, y1 = mark.box
    assert large.colour is not None
    assert _dark(rest[y0:y1, x0:x1]).sum() < 0.6 * _dark(large.colour[y0:y1, x0:x1]).sum()
    small = image.prepare(_over(_ink(texts, RED, 12, (60, 0)), pen))
    assert len(small.hues) == 2
    assert cut.large_red_marks(small, 28.0) == []


def test_layers_of_hue_turn_and_grow_with_their_sheet():
    mark = _ink(["ด่วนมาก"], RED, 32, (0, 0))
    made = image.prepare(_over(mark, _ink(["รับที่ ๑๒๓"] * 3, BLUE, 14, (900, 300))))
    assert len(made.hues) == 2
    assert (image.flip(made).hues[0] == made.hues[0][::-1, ::-1]).all()
    larger = image.resize(made, 1.5)
    assert {layer.shape for layer in larger.hues} == {larger.black.shape}


@pytest.mark.slow
def test_a_mark_over_a_stamp_is_read_and_so_is_the_stamp():
    mark = _ink(["ด่วนที่สุด"], RED, 32, (0, 0))
    stamp = _ink(["สำนักงานจังหวัดตาก", "วันที่ ๒๒ มีนาคม ๒๕๖๐"], PURPLE, 14, (30, 0))
    print_ = _ink(list(drawn.TEXTS), (20, 20, 20), 14, (500, 0))
    page = sheet.read_page(upright.ready(_over(mark, stamp, print_)), _A4_POINTS, 1, 60)
    said = [line.text for line in page.lines]
    assert "ด่วนที่สุด" in said
    assert any("สำนักงานจังหวัดตาก" in text for text in said)


@pytest.mark.slow
@pytest.mark.parametrize("mark", ["ลับ", "ลับมาก", "ลับที่สุด"])
def test_a_red_secrecy_mark_on_a_page_with_a_blue_stamp_is_read_whole(mark):
    red = _ink([mark], RED, 30, (-180, 900))
    stamp = _ink(["เลขที่รับ ๒๗๑๔", "วันที่ ๑๙ ส.ค. ๒๕๖๗"], BLUE, 12, (900, 600))
    print_ = _ink(list(drawn.TEXTS), (20, 20, 20), 14, (500, 0))
    page = sheet.read_page(upright.ready(_over(red, stamp, print_)), _A4_POINTS, 1, 60)
    assert secrecy_mark(page) == mark
