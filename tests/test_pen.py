"""The second look at places where officials write by pen."""

from __future__ import annotations

import cv2
import numpy as np
import pytest

from pipeline import cut, image, ocr, pen, second, sheet, upright, ways
from pipeline.lines import Strip
from pipeline.ocr import Glyph, StripText
from tests import drawn


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("ที่ ศธ 04005/", "number"),
        ("ที่ ลป 0017.2/ว", "number"),
        ("สข 0019.2/ว", "number"),
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
    assert ways.lacking(text) == kind


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
    assert ways._better(kind, before, after) is better


def _with_pen(colour: tuple[int, int, int]) -> np.ndarray:
    """Printed `ที่ ศธ ๐๔๐๐๕/`, then 260 by pen, twice as high as print."""
    drawing = drawn.draw(["ที่ ศธ ๐๔๐๐๕/", *drawn.TEXTS[1:]], dpi=250)
    picture = cv2.cvtColor(drawing.picture, cv2.COLOR_GRAY2BGR)
    x, y = int(drawing.boxes[0][2]) + 12, int(drawing.boxes[0][3]) - 6
    cv2.putText(picture, "260", (x, y), cv2.FONT_HERSHEY_SIMPLEX, 2.2, colour, 4, cv2.LINE_AA)
    return picture


def _said(text: str) -> StripText:
    return StripText(tuple(tuple(Glyph(c, (0, 0, 1, 1), 0.9) for c in word) for word in text.split()))


def _zone(kind, printed):
    level = np.zeros(300, np.int16)
    line = Strip(np.full((60, 300), 255, np.uint8), 50, 0, level, 20.0, (50, 0, 350, 60), (40.0, 40.0))
    ink = Strip(np.full((60, 90), 255, np.uint8), 260, 0, level[:90], 20.0, (260, 0, 350, 60), (40.0, 40.0))
    return ways.Zone(0, kind, line, ink, _said(printed))


def _weighed(zone, whole, own):
    return ways.weigh(zone, ways.by_first(zone, whole, own))


@pytest.mark.parametrize(
    ("kind", "printed", "own", "made"),
    [
        ("number", "ที่ ศธ ๐๔๐๐๕/", "๒๖๐", "ที่ ศธ ๐๔๐๐๕/๒๖๐"),
        ("number", "ที่ ศธ ๐๔๐๐๕/ว", "๒๖๐", "ที่ ศธ ๐๔๐๐๕/ว๒๖๐"),
        ("day", "กรกฎาคม ๒๕๕๘", "๒๐", "๒๐ กรกฎาคม ๒๕๕๘"),
        ("blank", "เลขรับ", "455", "เลขรับ 455"),
    ],
)
def test_pen_read_alone_takes_its_place_in_the_line(kind, printed, own, made):
    (way,) = ways._alone(_zone(kind, printed), _said(own), 1.0)
    assert way.text.text == made
    assert {glyph.box[0] for word in way.text.words for glyph in word} == {0, 210}


def test_pen_that_says_no_digit_is_no_way_of_reading():
    assert ways._alone(_zone("blank", "เลขรับ"), _said("กข"), 1.0) == []


def test_ways_that_agree_are_agreed_and_others_leave_an_alternative():
    zone, whole = _zone("number", "ที่ ศธ ๐๔๐๐๕/"), _said("ที่ ศธ ๐๔๐๐๕/๒๖๐")
    agreed = _weighed(zone, whole, _said("๒๖๐"))
    assert agreed is not None
    assert agreed.agreed
    doubted = _weighed(zone, whole, _said("๒๖๑"))
    assert doubted is not None
    assert not doubted.agreed
    assert doubted.text.text == "ที่ ศธ ๐๔๐๐๕/๒๖๐"
    assert any(others for others in doubted.text.others)


def test_of_texts_that_say_the_same_the_one_with_the_printed_start_is_taken():
    look = _weighed(_zone("number", "ที่ ลป ๐๐๓๐.๒/"), _said("ที่ ลบ ๐๐๓๐.๒/๓ ๐๖๗"), _said("๓๐๖๗"))
    assert look is not None
    assert look.text.text == "ที่ ลป ๐๐๓๐.๒/๓๐๖๗"


def test_a_sign_that_some_read_as_a_digit_counts_for_a_circular():
    look = _weighed(_zone("number", "ที่ ลป ๐๐๓๐.๒/"), _said("ที่ ลป ๐๐๓๐.๒/๑๓๐๖๗"), _said("ว๓๐๖๗"))
    assert look is not None
    assert not look.agreed
    assert look.text.text == "ที่ ลป ๐๐๓๐.๒/ว๓๐๖๗"


def test_a_day_before_its_month_is_no_blank_too():
    day, blank = _zone("day", "กรกฎาคม ๒๕๕๘"), _zone("blank", "วันที่")
    zones = [
        (0, "day", (day.strip, day.pen)),
        (1, "blank", (blank.strip, blank.pen)),
        (2, "blank", (day.strip, None)),
    ]
    assert [zone[0] for zone in pen._each_ink_once(zones)] == [0, 2]


def test_a_scrap_of_a_label_does_not_come_before_the_day():
    look = _weighed(_zone("day", "กรกฎาคม ๒๕๕๘"), _said("นที่ ๒๐ กรกฎาคม ๒๕๕๘"), _said("๒๐"))
    assert look is not None
    assert look.text.text == "๒๐ กรกฎาคม ๒๕๕๘"


def test_pen_beside_a_printed_start_comes_into_one_strip(monkeypatch):
    made = image.prepare(_with_pen((150, 50, 30)))
    strips = [found.strip for found in cut.find(made)]
    printed = min(range(len(strips)), key=lambda i: (strips[i].box[1] // 60, strips[i].box[0]))
    texts = [_said("")] * len(strips)
    texts[printed] = _said("ที่ ศธ ๐๔๐๐๕/")
    answers = [_said("ที่ ศธ ๐๔๐๐๕/260"), _said("260")]
    monkeypatch.setattr(ways.ocr, "read_strips", lambda images, _: answers[: len(images)])
    monkeypatch.setattr(second, "is_asked", lambda: False)
    (look,) = pen.second_look(made, strips, texts, 5)
    assert (look.index, look.whole, look.agreed) == (printed, True, True)
    assert look.strip.box[2] > strips[printed].box[2] + 100, "the pen's ink is in it"


def _under_a_seal(pen_colour: tuple[int, int, int]) -> np.ndarray:
    """260 by pen behind `ที่ ศธ ๐๔๐๐๕/`, the rim of a red seal through it and red words beside."""
    picture = _with_pen(pen_colour)
    ink = np.nonzero((picture.min(axis=2) < 200) & (picture.max(axis=2) - picture.min(axis=2) > 40))
    y, x = int(ink[0].mean()), int(ink[1].mean())
    seal = np.full_like(picture, 255)
    cv2.circle(seal, (x + 150, y), 160, (50, 40, 210), 6, cv2.LINE_AA)
    cv2.circle(seal, (x + 150, y), 135, (50, 40, 210), 4, cv2.LINE_AA)
    cv2.putText(seal, "SEAL", (x + 60, y + 15), cv2.FONT_HERSHEY_SIMPLEX, 1.2, (50, 40, 210), 3)
    return np.asarray(cv2.multiply(picture, seal, scale=1 / 255), np.uint8)


def test_a_red_seal_over_pen_is_left_out_of_its_strip(monkeypatch):
    plain, sealed = (image.prepare(make((150, 50, 30))) for make in (_with_pen, _under_a_seal))
    assert len(sealed.hues) == 2
    monkeypatch.setattr(second, "is_asked", lambda: False)
    monkeypatch.setattr(ways.ocr, "read_strips", lambda images, _: [_said("ที่ ศธ ๐๔๐๐๕/260")] * len(images))
    found = []
    for made in (plain, sealed):
        strips = [found.strip for found in cut.find(made)]
        printed = min(range(len(strips)), key=lambda i: abs(strips[i].box[0] - 100) + strips[i].box[1])
        texts = [_said("")] * len(strips)
        texts[printed] = _said("ที่ ศธ ๐๔๐๐๕/")
        (look,) = pen.second_look(made, strips, texts, 5)
        found.append(look.strip.box)
    assert found[1] == pytest.approx(found[0], abs=14), "where the rim crosses, the pen's ink may be lost"


@pytest.mark.parametrize(("said", "taken"), [("วันที่", False), ("๗ ๑", True)])
def test_a_printed_label_is_no_pen_before_its_month(said, taken):
    stats = np.array([[0, 0, 400, 80, 0], [20, 20, 60, 24, 700], [230, 20, 150, 24, 900]], np.int32)
    level = np.zeros(400, np.int16)
    label, month = (
        Strip(
            np.full((60, x1 - x0), 255, np.uint8),
            x0,
            0,
            level[: x1 - x0],
            20.0,
            (x0, 15, x1, 50),
            (44.0, 44.0),
        )
        for x0, x1 in ((20, 80), (230, 380))
    )
    known = pen.print_or_pen([_said(said), _said("กรกฎาคม ๒๕๖๐")])
    assert bool(pen._foreign(stats, [label, month], 1, known)[1]) is not taken


def test_figures_in_a_long_row_may_be_pen_and_words_may_not():
    known = pen.print_or_pen(
        [_said(said) for said in ("ว ๗๕๘๗", "๖๙๑๖", "วันที่", "เรื่อง ขอเชิญ", "๕", "ว ๔/๒๑๔")]
    )
    assert known == {0: False, 1: False, 2: True, 5: False}


def test_nothing_is_read_where_nothing_is_missing(monkeypatch):
    made = image.prepare(drawn.draw(dpi=200).picture)
    strips = [found.strip for found in cut.find(made)]
    monkeypatch.setattr(pen, "ways_of", lambda *_: pytest.fail("read again"))
    assert pen.second_look(made, strips, [_said("เรื่อง ขอเชิญ")] * len(strips), 5) == []


@pytest.mark.slow
def test_a_number_by_pen_is_read_with_its_printed_start():
    page = sheet.read_page(upright.ready(_with_pen((150, 50, 30))), (595.0, 842.0), 1, 60)
    said = " ".join(line.text for line in page.lines[:2])
    assert "๐๔๐๐๕/" in said
    assert any(line.reader == "hand" for line in page.lines), said
    assert ocr.MODEL == "tha_saraban"


@pytest.mark.parametrize(
    ("printed", "own", "made"),
    [
        ("ที่ ปน ๐๐๑๖.๗", "ว๔๐๘๔", "ที่ ปน ๐๐๑๖.๓/ว๔๐๘๔"),
        ("ที่ ปน ๐๐๑๖.๒", "๔๐๘๔", "ที่ ปน ๐๐๑๖.๒/๔๐๘๔"),
        ("ที่ ปน ๐๐๑๖.๗/", "๔๐๘๔", "ที่ ปน ๐๐๑๖.๗/๔๐๘๔"),
        ("ที่ ปน ๐๐๑๖.๗", "/๔๐๘๔", "ที่ ปน ๐๐๑๖.๗/๔๐๘๔"),
        ("ที่ ปน", "๔๐๘๔", "ที่ ปน๔๐๘๔"),
    ],
)
def test_a_slash_that_print_lost_is_set_again_in_doubt(printed, own, made):
    (way,) = ways._alone(_zone("number", printed), _said(own), 1.0)
    assert way.text.text == made
    if "/" not in printed + own and "/" in made:
        assert [g.confidence for word in way.text.words for g in word if g.text == "/"] == [second.DOUBT]
