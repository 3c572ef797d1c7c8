"""One file for each way in which the text layers of Thai PDFs are broken: mended, or the ink is read instead."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from fpdf import FPDF

from parsers.text import normalise
from pipeline.pages import read_pages
from pipeline.settings import Settings
from schemas.ink import Page
from tests import drawn

pytestmark = pytest.mark.slow
Break = Callable[[str], str]

MENDED: dict[str, Break] = {
    "ำ in two pieces": lambda t: t.replace("ำ", "ํา"),
    "ำ doubled": lambda t: t.replace("ำ", "ํำ"),
    "marks typed twice": lambda t: t.replace("่", "่่").replace("้", "้้"),
    "tone before the vowel": lambda t: t.replace("ี่", "่ี").replace("ิ่", "่ิ"),
    "two เ for แ": lambda t: t.replace("แ", "เเ"),
    "no-break and zero-width spaces": lambda t: t.replace(" ", "\u00a0").replace("จังหวัด", "จัง\u200bหวัด"),
}


def _page(path: Path) -> Page:
    (page,), _ = read_pages(path, "pdf", Settings())
    return page


@pytest.mark.parametrize("defect", MENDED)
def test_a_broken_layer_is_mended(tmp_path: Path, defect: str) -> None:
    texts = [MENDED[defect](text) for text in drawn.TEXTS]
    assert texts != list(drawn.TEXTS)
    page = _page(drawn.text_pdf(tmp_path / "a.pdf", texts, drawn.font_file("Garuda")))
    assert [line.text for line in page.lines] == list(drawn.TEXTS)


def test_spaces_that_are_only_gaps_come_back(tmp_path: Path) -> None:
    pdf, size = FPDF(unit="pt", format="A4"), 13
    pdf.add_page()
    pdf.add_font("face", "", drawn.font_file("Garuda"))
    pdf.set_font("face", size=size)
    for row, text in enumerate(drawn.TEXTS):
        x = 65.0
        for word in text.split():
            pdf.text(x, 90 + row * 29, word)
            x += pdf.get_string_width(word) + 0.3 * size
    pdf.output(str(tmp_path / "a.pdf"))
    page = _page(tmp_path / "a.pdf")
    assert page.reader == "text-layer"
    assert [line.text for line in page.lines] == list(drawn.TEXTS)


def test_private_glyphs_of_a_font_nobody_knows_give_way_to_the_ink(tmp_path: Path) -> None:
    """Only the places that Windows fonts use are known; what others mean is for the ink to say."""
    shown = drawn.altered_font(tmp_path, {"\ue123": "่", "\ue124": "ี"})
    texts = [text.replace("่", "\ue123").replace("ี", "\ue124") for text in drawn.TEXTS]
    page = _page(drawn.text_pdf(tmp_path / "a.pdf", texts, shown))
    assert page.reader == "print"
    assert [line.text for line in page.lines][:3] == list(drawn.TEXTS[:3])


def test_marks_that_a_browser_left_without_a_sign_give_way_to_the_ink(tmp_path: Path) -> None:
    """Chromium prints so: a tone mark that the font raises is a glyph of its own, to which the file gives no sign."""
    shown = drawn.altered_font(tmp_path, {"\x7f": "่"})
    texts = [text.replace("่", "\x7f") for text in drawn.TEXTS]
    page = _page(drawn.text_pdf(tmp_path / "a.pdf", texts, shown))
    assert page.reader == "print"
    assert [line.text for line in page.lines][:3] == list(drawn.TEXTS[:3])


def test_latin_codes_that_look_like_thai_digits_give_way_to_the_ink(tmp_path: Path) -> None:
    arabic = str.maketrans("๐๑๒๓๔๕๖๗๘๙", "0123456789")
    shown = drawn.altered_font(tmp_path, dict(zip("0123456789", "๐๑๒๓๔๕๖๗๘๙", strict=True)))
    page = _page(drawn.text_pdf(tmp_path / "a.pdf", [t.translate(arabic) for t in drawn.TEXTS], shown))
    assert page.reader == "print"
    assert page.lines[0].text == drawn.TEXTS[0]


def test_mending_changes_nothing_that_is_right() -> None:
    assert [normalise(text) for text in drawn.TEXTS] == list(drawn.TEXTS)
