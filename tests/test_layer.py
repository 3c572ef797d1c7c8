"""Text layers judged by their text, and grouped into lines; sound ones of the samples are taken whole."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from parsers.text import normalise
from pipeline import layer, pages, pdf
from pipeline.pdf import LayerChar, PdfPage
from pipeline.settings import Settings
from samples.build import make_file
from samples.draw import draw
from samples.letters import SAMPLES
from schemas.ink import Box

GOOD = (
    "ที่ ลป ๐๐๑๗.๒/ว๑๗๙๗ ด้วยจังหวัดจะจัดประชุมประจำเดือนสิงหาคม ๒๕๖๖ ตั้งแต่เวลา 09.30 น. จึงเรียนมาเพื่อโปรดทราบ\n"
    "และแจ้งผู้เกี่ยวข้องเข้าร่วมประชุมตามกำหนด ติดต่อ saraban@lampang.example.go.th ขอแสดงความนับถือ"
)


@pytest.mark.parametrize(
    ("text", "wrong"),
    [
        (GOOD, None),
        (GOOD.replace("่", "\ue010"), "private"),
        (GOOD.replace("ท", "\ufffd"), "unknown"),
        (GOOD.replace("า", "ำ"), "ำ"),
        ("".join(c for c in GOOD if c not in "ัิีึืุู่้๊๋็์"), "marks are missing"),
        (GOOD.replace("ี่", " ี่").replace("ั", " ั"), "without letters"),
        ("V1 FIU 00'l7.b/7@aal@a LS0, vaidtyilsxiju " * 4, "Thai letters"),
        ("", None),
        (GOOD.replace("ท", "(cid:12)"), "without characters"),
        (GOOD.replace("๑๗๙๗", "๑๗9๗"), "digits"),
    ],
)
def test_what_is_wrong_with_a_text(text, wrong):
    found = layer.defect(text)
    if wrong is None:
        assert found is None or not text
    else:
        assert found is not None
        assert wrong in found


def _chars(text: str, x: float, y: float, step: float = 8.0) -> list[LayerChar]:
    return [
        LayerChar(c, Box(x + i * step, y - 12, x + (i + 1) * step, y + 2), y, 14.0)
        for i, c in enumerate(text)
    ]


def test_one_glyph_without_a_sign_makes_its_word_doubtful():
    (line,) = layer._lines(_chars("เรียน ผู\x00จัดการ oﬃce", 80, 130), 1)
    assert line.text == "เรียน ผูจัดการ office"
    assert [word.confidence for word in line.words] == [1.0, 0.6, 1.0]


def test_characters_become_lines_of_words():
    chars = [*_chars("ที่ ลป", 80, 100), *_chars("ศาลากลาง", 380, 100.8), *_chars("เรียน นาย", 80, 130)]
    found = layer._lines(chars, 3)
    assert [line.text for line in found] == ["ที่ ลป", "ศาลากลาง", "เรียน นาย"]
    assert [[word.text for word in line.words] for line in found] == [
        ["ที่", "ลป"],
        ["ศาลากลาง"],
        ["เรียน", "นาย"],
    ]
    assert {(line.page, line.reader) for line in found} == {(3, "text-layer")}


def test_pieces_out_of_order_are_put_from_left_to_right():
    chars = [*_chars("สอง", 200, 100), *_chars("หนึ่ง", 80, 100), *_chars("สาม", 330, 100)]
    assert [line.text for line in layer._lines(chars, 1)] == ["หนึ่ง", "สอง", "สาม"]


def test_a_row_of_a_slanting_stamp_stays_one_line():
    chars = _chars("ห้องผู้อำนวยการ", 420, 60)
    slanting = [replace(char, baseline=char.baseline + 0.35 * i) for i, char in enumerate(chars)]
    below = [replace(char, baseline=char.baseline + 16) for char in _chars("เลขรับ", 420, 60)]
    found = layer._lines([*slanting, *below], 1)
    assert [line.text for line in found] == ["ห้องผู้อำนวยการ", "เลขรับ"]


def test_loose_am_and_marks_out_of_order_are_mended():
    assert [line.text for line in layer._lines(_chars("นํ้า ทําที่", 80, 100), 1)] == ["น้ำ ทำที่"]


def _page(chars: list[LayerChar], *, inked: bool) -> PdfPage:
    picture = np.full((842, 595, 3), 255, np.uint8)
    if inked:
        for char in chars:
            picture[
                int(char.box.y0) + 3 : int(char.box.y1) - 2, int(char.box.x0) + 2 : int(char.box.x1) - 2
            ] = 0
    return PdfPage(picture, 595, 842, tuple(chars))


def test_words_must_lie_over_ink():
    chars = [c for i, row in enumerate(GOOD.split("\n")) for c in _chars(row[:58], 60, 100 + 30 * i)]
    assert layer.sound_lines(_page(chars, inked=True), 1) is not None
    assert layer.sound_lines(_page(chars, inked=False), 1) is None


def test_a_few_characters_are_no_layer():
    assert layer.sound_lines(_page(_chars("ที่ ลป", 80, 100), inked=True), 1) is None


_CHOSEN = [sample for sample in SAMPLES if sample.pages <= 2][:5]


@pytest.mark.slow
@pytest.mark.parametrize("sample", _CHOSEN, ids=lambda s: s.name)
def test_born_digital_samples_are_taken_as_drawn(tmp_path, sample):
    path = tmp_path / "a.pdf"
    make_file(sample, "born", path)
    for number, (page, lines) in enumerate(
        zip(pdf.pages(path), draw(sample, electronic=True).lines, strict=True), start=1
    ):
        found = layer.sound_lines(page, number)
        assert found is not None
        assert pages._bare_lines(page, found, Settings()) is not None
        got = "".join("".join(line.text.split()) for line in found)
        for line in lines:
            assert normalise("".join(line.text.split())) in got
        assert all(normalise(line.text) == line.text for line in found)
