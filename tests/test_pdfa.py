"""Searchable PDF/A: it looks as scanned, and its text can be found and copied, Thai digits included."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

import numpy as np
import pdfplumber
import pikepdf
import pytest
from PIL import Image

from parsers.text import normalise
from pipeline import pdf
from pipeline.errors import BadInputError
from pipeline.export.pdfa import save_pdfa
from schemas.ink import Box, Line, Page, Word

TEXT = "ที่ ลป ๐๐๑๗.๒/ว ๑๗๙๗ วันที่ ๒ มิถุนายน ๒๕๖๖"


def page_with(text: str, turned: int = 0, size: tuple[float, float] = (595.0, 842.0)) -> Page:
    boxes, x = [], 72.0
    for word in text.split():
        boxes.append(Box(x, 100.0, x + 9 * len(word), 118.0))
        x += 9 * len(word) + 6
    width, height = size
    turn = {
        0: lambda b: b,
        90: lambda b: Box(b.y0, height - b.x1, b.y1, height - b.x0),
        180: lambda b: Box(width - b.x1, height - b.y1, width - b.x0, height - b.y0),
        270: lambda b: Box(width - b.y1, b.x0, width - b.y0, b.x1),
    }[turned]
    words = tuple(Word(text=word, box=turn(box)) for word, box in zip(text.split(), boxes, strict=True))
    whole = turn(Box(72.0, 100.0, boxes[-1].x1, 118.0))
    line = Line(text=text, page=1, box=whole, words=words)
    return Page(number=1, width=width, height=height, lines=(line,), turned=turned)  # type: ignore[arg-type]


def scan(folder: Path, mode: str, size: tuple[int, int] = (827, 1170)) -> Path:
    picture = Image.fromarray(np.full((size[1], size[0]), 255, np.uint8))
    picture.paste(0, (100, 140, 400, 160))
    file = folder / f"scan-{mode}.png"
    picture.convert(mode).save(file, dpi=(100, 100))
    return file


@pytest.mark.parametrize("mode", ["1", "L", "RGB"])
def test_text_comes_out_as_it_was_read(tmp_path: Path, mode: str) -> None:
    out = tmp_path / "out.pdf"
    assert save_pdfa(scan(tmp_path, mode), (page_with(TEXT),), out, "หนังสือ") == 1
    with pdfplumber.open(out) as made:
        assert normalise(made.pages[0].extract_text()) == normalise(TEXT)
        found = made.pages[0].extract_words()
    assert found[0]["x0"] == pytest.approx(72, abs=1)
    assert found[-1]["x1"] == pytest.approx(72 + sum(9 * len(w) + 6 for w in TEXT.split()) - 6, abs=2)


def test_it_says_that_it_is_pdf_a_and_embeds_all_it_needs(tmp_path: Path) -> None:
    out = tmp_path / "out.pdf"
    save_pdfa(scan(tmp_path, "L"), (page_with(TEXT),), out, "หนังสือ")
    with pikepdf.open(out) as made:
        with made.open_metadata() as notes:
            assert notes.pdfa_status == "2B"
        assert "/OutputIntents" in made.Root
        assert not made.is_encrypted
        (font,) = made.pages[0].Resources.Font.values()
        assert "/FontFile2" in font.DescendantFonts[0].FontDescriptor
        assert "/ToUnicode" in font


def test_the_picture_is_the_scan(tmp_path: Path) -> None:
    out = tmp_path / "out.pdf"
    save_pdfa(scan(tmp_path, "1"), (page_with(TEXT),), out, "x")
    shown = pdf.page(out, 1)
    scale = shown.picture.shape[1] / shown.width
    dark = shown.picture.min(axis=2) < 128
    rows, columns = np.nonzero(dark)
    assert columns.min() / scale == pytest.approx(72, abs=2)  # 100 pixels at 100 dpi
    assert rows.min() / scale == pytest.approx(100.8, abs=2)
    assert dark.mean() == pytest.approx(300 * 20 / (827 * 1170), rel=0.1)  # the text adds no ink


@pytest.mark.parametrize("turned", [90, 180, 270])
def test_a_page_that_lay_on_its_side_keeps_its_words(tmp_path: Path, turned: int) -> None:
    size = (595.0, 842.0)
    out = tmp_path / "out.pdf"
    page = page_with("เลขที่ ๒๕๖๖ เรื่อง", turned, size)
    save_pdfa(scan(tmp_path, "L"), (page,), out, "x")
    with pdfplumber.open(out) as made:
        boxes = [char for char in made.pages[0].chars if char["text"] == "๖"]
        text = "".join(char["text"] for char in made.pages[0].chars)
    assert "๒๕๖๖" in text
    number = page.lines[0].words[1].box
    assert number is not None
    for char in boxes:
        assert number.x0 - 3 <= char["x0"] <= number.x1 + 3
        assert number.y0 - 3 <= char["top"] <= number.y1 + 3


def line_of(*words: tuple[str, Box], **more: object) -> Line:
    """A line of words with their boxes."""
    boxes = [box for _, box in words]
    whole = Box(
        min(b.x0 for b in boxes), min(b.y0 for b in boxes), max(b.x1 for b in boxes), max(b.y1 for b in boxes)
    )
    text = " ".join(word for word, _ in words)
    made = tuple(Word(text=word, box=box) for word, box in words)
    return Line(**({"text": text, "page": 1, "box": whole, "words": made} | more))  # type: ignore[arg-type]


def told(folder: Path, *lines: Line) -> tuple[list[str], list[str]]:
    """The lines that two programs take from the PDF of a page."""
    out = folder / "out.pdf"
    page = Page(number=1, width=595.0, height=842.0, lines=lines)
    save_pdfa(scan(folder, "L"), (page,), out, "x")
    with pdfplumber.open(out) as made:
        first = made.pages[0].extract_text().splitlines()
    if shutil.which("pdftotext") is None:
        return first, first
    asked = subprocess.run(["pdftotext", str(out), "-"], capture_output=True, check=True, encoding="utf-8")
    return first, asked.stdout.split("\f")[0].split("\n\n")[0].splitlines()


@pytest.mark.parametrize(
    "boxes",
    [
        [Box(72, 100, 180, 114), Box(105, 100, 111, 114), Box(118, 100, 140, 114), Box(150, 100, 180, 114)],
        [Box(72, 100, 180, 114), Box(72, 100, 111, 114), Box(70, 100, 140, 114), Box(150, 100, 180, 114)],
        [Box(72, 100, 100, 114), Box(190, 100, 197, 114), Box(204, 100, 230, 114), Box(300, 100, 330, 114)],
    ],
    ids=["a label as wide as its blank", "in no order", "far apart"],
)
def test_a_stamps_words_come_out_in_their_order(tmp_path: Path, boxes: list[Box]) -> None:
    words = zip(("วันที่", "๑๔", "มิ.ย.", "๒๕๖๗"), boxes, strict=True)
    for found in told(tmp_path, line_of(*words)):
        assert [normalise(each) for each in found] == ["วันที่ ๑๔ มิ.ย. ๒๕๖๗"]


def test_pen_that_was_read_once_more_stands_there_once(tmp_path: Path) -> None:
    label, number = Box(400, 70, 440, 86), Box(450, 70, 485, 86)
    again = line_of(("เลขรับ", label), ("๑๘๑๖", number), reader="hand", confidence=0.86)
    scrap = line_of(("๑๘๑๖", Box(452, 70, 487, 87)), confidence=0.5)
    surer = line_of(("สำนักงาน", Box(400, 90, 470, 104)), confidence=0.97)
    for found in told(tmp_path, again, scrap, surer):
        assert [normalise(each) for each in found] == ["เลขรับ ๑๘๑๖", "สำนักงาน"]


def test_a_torn_original_is_said_plainly(tmp_path: Path) -> None:
    broken = tmp_path / "broken.pdf"
    broken.write_bytes(b"%PDF-1.7\nnothing")
    with pytest.raises(BadInputError):
        save_pdfa(broken, (), tmp_path / "out.pdf", "x")
    assert not (tmp_path / "out.pdf").exists()
