"""Tesseract's answers: what is sent, what comes back, and what goes wrong."""

from __future__ import annotations

import numpy as np
import pytesseract
import pytest

from pipeline import lines, ocr
from pipeline.errors import MissingToolError, ToolError
from tests import drawn

_GLYPH = "<span class='ocrx_cinfo' title='x_bboxes {}; x_conf {}'>{}</span>"
_WORD = "<span class='ocrx_word'>{}</span>"
HOCR = (
    "<html xmlns='http://www.w3.org/1999/xhtml'><body><div class='ocr_page' title='ppageno 0'>"
    + _WORD.format(_GLYPH.format("1 2 3 4", "99.5", "ท") + _GLYPH.format("3 2 5 4", "120", "ี่"))
    + _WORD.format(_GLYPH.format("7 2 9 4", "-3", "๙"))
    + "</div><div class='ocr_page' title='ppageno 1'></div></body></html>"
)


def test_the_answer_is_parsed_strip_by_strip():
    first, second, third = ocr._parse(HOCR.encode(), 3)
    assert first.text == "ที่ ๙"
    assert [[g.confidence for g in word] for word in first.words] == [[0.995, 1.0], [0.0]]
    assert first.words[0][0].box == (1, 2, 3, 4)
    assert first.confidence == pytest.approx(1.995 / 3)
    assert (second.text, second.confidence, third.text) == ("", 0.0, "")


def test_a_last_sign_that_reaches_over_the_next_word_is_cut():
    first = _GLYPH.format("10 2 30 4", "99", "ด") + _GLYPH.format("30 2 50 4", "99", "ว")
    first += _GLYPH.format("80 2 200 4", "99", "ย")
    second = _GLYPH.format("78 2 95 4", "99", "๑") + _GLYPH.format("95 2 110 4", "99", ".")
    hocr = (
        HOCR[: HOCR.index("<span class='ocrx_word'>")]
        + _WORD.format(first)
        + _WORD.format(second)
        + "</div></body></html>"
    )
    (text,) = ocr._parse(hocr.encode(), 1)
    assert text.text == "ดวย ๑."
    assert [glyph.box[::2] for glyph in text.words[0]] == [(10, 30), (30, 50), (50, 70)]
    assert [glyph.box[::2] for glyph in text.words[1]] == [(78, 95), (95, 110)]


def test_an_answer_that_is_no_hocr_is_the_tools_fault():
    with pytest.raises(ToolError):
        ocr._parse(b"<html><unclosed>", 1)


def test_nothing_is_run_for_nothing(monkeypatch):
    monkeypatch.setattr(ocr, "_run", lambda *_: pytest.fail("Tesseract was started"))
    assert ocr.read_strips([], 1) == []


@pytest.mark.parametrize(
    ("raised", "expected"),
    [
        (pytesseract.TesseractNotFoundError(), MissingToolError),
        (pytesseract.TesseractError(1, "no such model"), ToolError),
        (RuntimeError("Tesseract process timeout"), ToolError),
    ],
)
def test_failures_become_our_own_errors(monkeypatch, raised, expected):
    def fail(*_args: object, **_more: object) -> None:
        raise raised

    monkeypatch.setattr(pytesseract, "image_to_pdf_or_hocr", fail)
    with pytest.raises(expected):
        ocr.read_strips([np.full((60, 200), 255, np.uint8)], 5)


@pytest.mark.slow
def test_thai_digits_and_marks_are_read():
    texts = ("ที่ ศธ ๐๔๐๐๕/ว๒๖๗๘๙", "สิ่งที่ส่งมาด้วย ผู้ใหญ่บ้านน้ำปั้น", "๑๙ สิงหาคม ๒๕๖๗", "โทร. 0 2141 6789")
    strips = [s.image for s in lines.find_strips(drawn.draw(texts, dpi=250).picture)]
    assert [text.text for text in ocr.read_strips(strips, 60)] == list(texts)


@pytest.mark.slow
def test_strips_of_any_size_are_taken_and_the_order_kept():
    blank = [np.full(shape, 255, np.uint8) for shape in ((1, 1), (60, 1), (3, 900), (80, 80))]
    word = lines.find_strips(drawn.draw(["เรียน"], dpi=250).picture)[0].image
    found = ocr.read_strips([*blank, word, *blank], 60)
    assert len(found) == 9
    assert found[4].text == "เรียน"


@pytest.mark.slow
def test_a_timeout_is_the_tools_fault():
    with pytest.raises(ToolError, match="longer"):
        ocr.read_strips([np.full((60, 4000), 255, np.uint8)] * 50, 0.01)
