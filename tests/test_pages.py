"""Whole files to pages: kinds of pictures, damaged files, and PDFs whose text layers lie."""

from __future__ import annotations

import random
from pathlib import Path

import cv2
import numpy as np
import pytest
from fpdf import FPDF
from PIL import Image

from pipeline import pages, pictures
from pipeline.errors import BadInputError, ToolError
from pipeline.pages import read_pages
from pipeline.settings import Settings
from samples.truth import INBOX
from schemas.ink import Page
from tests import drawn

SETTINGS = Settings()
ARABIC = str.maketrans("๐๑๒๓๔๕๖๗๘๙", "0123456789")
WITHOUT_DIGITS = str.maketrans("", "", "๐๑๒๓๔๕๖๗๘๙")


@pytest.fixture
def unread(monkeypatch):
    """Pages come back without lines, so that only the files are tried."""
    seen = []

    def empty(picture, size, number, timeout_s):
        seen.append(picture)
        return Page(number=number, width=size[0], height=size[1])

    monkeypatch.setattr(pages.sheet, "read_page", empty)
    return seen


def _saved(path: Path, image: Image.Image, **more: object) -> Path:
    image.save(path, **more)
    return path


# -- pictures ----------------------------------------------------------------------------------------------


def _see_through(image: Image.Image) -> Image.Image:
    ink = Image.new("RGBA", image.size, (0, 0, 0, 0))
    ink.putalpha(Image.eval(image, lambda v: 255 - v))
    return ink


def _deep(image: Image.Image) -> Image.Image:
    return Image.fromarray(np.asarray(image).astype(np.uint16) * 257)


KINDS = {
    "bilevel.png": lambda im: im.convert("1"),
    "grey.png": lambda im: im,
    "colour.png": lambda im: im.convert("RGB"),
    "palette.png": lambda im: im.convert("P"),
    "grey-alpha.png": lambda im: im.convert("LA"),
    "see-through.png": _see_through,
    "deep.png": _deep,
    "deep.tif": _deep,
    "floats.tif": lambda im: Image.fromarray(np.asarray(im).astype(np.float32) / 255),
    "cmyk.jpg": lambda im: im.convert("CMYK"),
    "cmyk.tif": lambda im: im.convert("CMYK"),
    "lab.tif": lambda im: im.convert("RGB").convert("LAB"),
}


@pytest.mark.parametrize("name", KINDS)
def test_every_kind_of_pixels_shows_the_same_page(tmp_path, name):
    drawing = drawn.draw(dpi=100)
    page = pictures.page(_saved(tmp_path / name, KINDS[name](drawing.image)), 1)
    grey = page.picture if page.picture.ndim == 2 else page.picture.min(axis=2)
    assert grey.shape == drawing.picture.shape
    assert np.abs(grey.astype(int) - drawing.picture).mean() < 3
    assert page.picture.dtype == np.uint8


@pytest.mark.parametrize("suffix", ["png", "tiff"])
def test_sixteen_bits_a_channel(tmp_path, suffix):
    grey = drawn.draw(dpi=100).picture
    path = tmp_path / f"deep.{suffix}"
    path.write_bytes(cv2.imencode(f".{suffix}", np.dstack([grey.astype(np.uint16) * 257] * 3))[1].tobytes())
    assert np.abs(pictures.page(path, 1).picture.min(axis=2).astype(int) - grey).mean() < 3


_UNDO = {
    1: None, 2: Image.Transpose.FLIP_LEFT_RIGHT, 3: Image.Transpose.ROTATE_180,
    4: Image.Transpose.FLIP_TOP_BOTTOM, 5: Image.Transpose.TRANSPOSE, 6: Image.Transpose.ROTATE_90,
    7: Image.Transpose.TRANSVERSE, 8: Image.Transpose.ROTATE_270,
}  # fmt: skip


@pytest.mark.parametrize("orientation", _UNDO)
@pytest.mark.parametrize("suffix", ["jpg", "png", "tif"])
def test_a_noted_turn_is_undone(tmp_path, orientation, suffix):
    image = drawn.draw(dpi=100).image
    undo = _UNDO[orientation]
    exif = Image.Exif()
    exif[0x0112] = orientation
    stored = image if undo is None else image.transpose(undo)
    page = pictures.page(_saved(tmp_path / f"a.{suffix}", stored, exif=exif, dpi=(100, 100)), 1)
    assert page.picture.shape == (image.height, image.width)
    assert np.abs(page.picture.astype(int) - np.asarray(image)).mean() < 3
    assert (round(page.width), round(page.height)) == (595, 842)


@pytest.mark.parametrize("dpi", [100, 200, 300, 600])
def test_size_in_points_and_no_more_pixels_than_needed(tmp_path, dpi):
    image = Image.new("L", (round(8.27 * dpi), round(11.69 * dpi)), 255)
    page = pictures.page(_saved(tmp_path / "a.png", image, dpi=(dpi, dpi)), 1)
    assert (page.width, page.height) == pytest.approx((595.4, 841.7), abs=1)
    assert max(page.picture.shape) < 2 * 3300


@pytest.mark.parametrize("noted", [None, (72, 72), (1, 1), (96, 96)])
def test_a_resolution_that_cannot_be_true_is_not_believed(tmp_path, noted):
    image = Image.new("L", (2448, 3264), 255)
    page = pictures.page(_saved(tmp_path / "a.jpg", image, **({"dpi": noted} if noted else {})), 1)
    assert page.height == pytest.approx(841.89)


def test_a_coarse_fax_gets_square_pixels(tmp_path):
    image = drawn.draw(dpi=204).image
    flat = image.resize((image.width, round(image.height * 98 / 204)))
    page = pictures.page(_saved(tmp_path / "a.tif", flat, dpi=(204, 98)), 1)
    assert page.picture.shape[0] == pytest.approx(image.height, abs=3)
    assert (page.width, page.height) == pytest.approx((595.4, 841.7), abs=1)


def test_previews_and_further_frames_of_photos_are_no_pages(tmp_path):
    image = drawn.draw(dpi=100).image
    phone = _saved(
        tmp_path / "a.jpg", image, format="MPO", save_all=True, append_images=[image.resize((80, 110))]
    )
    moving = _saved(
        tmp_path / "a.png", image, save_all=True, append_images=[image.transpose(Image.Transpose.ROTATE_180)]
    )
    assert (pictures.page_count(phone), pictures.page_count(moving)) == (1, 1)
    preview = image.resize((80, 110))
    preview.encoderinfo = {"tiffinfo": {254: 1}}
    scan = _saved(tmp_path / "a.tif", image, save_all=True, append_images=[preview, image])
    assert pictures.page_count(scan) == 2


@pytest.mark.parametrize("size", [(1, 1), (2, 2), (1, 500), (500, 1), (30000, 3), (3, 30000), (60000, 40)])
def test_slivers_are_blank_pages(tmp_path, size):
    found, problems = read_pages(_saved(tmp_path / "a.png", Image.new("L", size, 255)), "png", SETTINGS)
    assert [page.lines for page in found] == [()]
    assert [p.code for p in problems] == ["page.blank"]


@pytest.mark.parametrize("shade", [0, 128, 255])
def test_pages_of_one_shade_are_blank(tmp_path, shade):
    found, problems = read_pages(
        _saved(tmp_path / "a.png", Image.new("L", (800, 1100), shade)), "png", SETTINGS
    )
    assert [page.lines for page in found] == [()]
    assert [p.code for p in problems] == ["page.blank"]


def test_a_torn_file_gives_the_pages_it_has(tmp_path, unread):
    images = [drawn.draw(dpi=60).image] * 3
    images[0].save(tmp_path / "a.tif", save_all=True, append_images=images[1:])
    data = (tmp_path / "a.tif").read_bytes()
    (tmp_path / "a.tif").write_bytes(data[: len(data) // 2])
    found, problems = read_pages(tmp_path / "a.tif", "tiff", SETTINGS)
    assert [page.number for page in found] == [1]
    assert ("image.damaged", 2) in [(p.code, p.page) for p in problems]


def test_a_torn_picture_is_refused(tmp_path, unread):
    path = _saved(tmp_path / "a.jpg", drawn.draw(dpi=100).image)
    path.write_bytes(path.read_bytes()[:9000])
    with pytest.raises(BadInputError) as error:
        read_pages(path, "jpeg", SETTINGS)
    assert error.value.code == "image.damaged"


def test_too_many_pages_are_refused(tmp_path, unread):
    image = Image.new("1", (60, 80), 1)
    path = _saved(tmp_path / "a.tif", image, save_all=True, append_images=[image] * 5)
    with pytest.raises(BadInputError) as error:
        read_pages(path, "tiff", Settings(max_pages=5))
    assert error.value.code == "file.too_many_pages"
    assert len(read_pages(path, "tiff", Settings(max_pages=6))[0]) == 6


# -- text layers (each is judged beside its ink) -----------------------------------------------------------


def _page(path: Path) -> Page:
    found, _ = read_pages(path, "pdf", SETTINGS)
    assert len(found) == 1
    return found[0]


def _texts(page: Page) -> list[str]:
    return [line.text for line in page.lines]


def _by(seen: str, told: str) -> dict[str, str]:
    return dict(zip(told, seen, strict=True))


_LETTERS = sorted({c for text in drawn.TEXTS for c in text if "ก" <= c <= "ฮ"})
_LATIN = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"[: len(_LETTERS)]
_DIGITS = _by("๐๑๒๓๔๕๖๗๘๙", "0123456789")

LIES = {
    "private-use glyphs": (lambda t: t.translate(str.maketrans("่้", "\ue010\ue011")), _by("่้", "\ue010\ue011")),
    "ำ for า": (lambda t: t.replace("ำ", "ํา").replace("า", "ำ"), {"ำ": "า"}),
    "Latin rubbish": (lambda t: t.translate(str.maketrans("".join(_LETTERS), _LATIN)), _by("".join(_LETTERS), _LATIN)),
    "Latin digits that look Thai": (lambda t: t.translate(ARABIC), _DIGITS),
    "one such digit": (lambda t: t.replace("๙", "9"), {"9": "๙"}),
}  # fmt: skip


@pytest.mark.slow
@pytest.mark.parametrize("lie", LIES)
def test_the_ink_is_read_where_the_layer_lies(tmp_path, lie):
    tell, shown = LIES[lie]
    face = drawn.altered_font(tmp_path, shown)
    page = _page(drawn.text_pdf(tmp_path / "a.pdf", [tell(t) for t in drawn.TEXTS], face))
    assert page.reader == "print"
    assert _texts(page)[:3] == list(drawn.TEXTS[:3])


@pytest.mark.slow
def test_raised_marks_at_the_usual_private_places_are_understood(tmp_path):
    codes = "\uf70a\uf70b"
    texts = [t.translate(str.maketrans("่้", codes)) for t in drawn.TEXTS]
    path = drawn.text_pdf(tmp_path / "a.pdf", texts, drawn.altered_font(tmp_path, _by("่้", codes)))
    assert _texts(_page(path)) == list(drawn.TEXTS)


@pytest.mark.slow
@pytest.mark.parametrize("first", ["ที่ ลป ๐๐๑๗.๒/ว๑๗๙๗", "๑๙ ก.ย. ๖๗"])
def test_one_line_of_digits_is_enough_to_find_the_lie(tmp_path, first):
    texts = [first.translate(ARABIC), *(t.translate(WITHOUT_DIGITS) for t in drawn.TEXTS[1:])]
    page = _page(drawn.text_pdf(tmp_path / "a.pdf", texts, drawn.altered_font(tmp_path, _DIGITS)))
    assert (page.reader, _texts(page)[0]) == ("print", first)


@pytest.mark.slow
def test_a_hidden_layer_over_a_scan_is_not_believed(tmp_path):
    pdf = FPDF(unit="pt", format="A4")
    pdf.add_page()
    pdf.image(drawn.jpeg(drawn.draw().image), 0, 0, 595, 842)
    drawn.add_texts(pdf, ["ข้อความที่เครื่องอื่นอ่านมาผิดทั้งบรรทัด"] * 7, drawn.font_file("Garuda"), mode=3)
    pdf.output(str(tmp_path / "a.pdf"))
    page = _page(tmp_path / "a.pdf")
    assert (page.reader, _texts(page)[0]) == ("print", drawn.TEXTS[0])


def test_words_over_no_ink_are_not_believed(tmp_path, unread):
    path = drawn.text_pdf(tmp_path / "a.pdf", drawn.TEXTS, drawn.font_file("Garuda"), white=True)
    assert _page(path).lines == ()
    assert len(unread) == 1


@pytest.mark.slow
@pytest.mark.parametrize("thai", [True, False])
def test_a_sound_layer_is_taken_word_for_word(tmp_path, thai):
    texts = list(drawn.TEXTS) if thai else [t.translate(ARABIC) for t in drawn.TEXTS]
    page = _page(drawn.text_pdf(tmp_path / "a.pdf", texts, drawn.font_file("Garuda")))
    assert (page.reader, _texts(page)) == ("text-layer", texts)


@pytest.mark.slow
def test_a_stamp_pasted_on_a_born_digital_page_is_read_too(tmp_path):
    pdf = FPDF(unit="pt", format="A4")
    pdf.add_page()
    drawn.add_texts(pdf, drawn.TEXTS, drawn.font_file("Garuda"))
    stamp = drawn.draw(["ที่ว่าการอำเภอเมือง", "เลขรับ 4557", "เวลา 10.30 น."], size=(3, 2.6), dpi=300)
    pdf.image(drawn.jpeg(stamp.image), 330, 560, 220, 190)
    pdf.output(str(tmp_path / "a.pdf"))
    page = _page(tmp_path / "a.pdf")
    assert page.reader == "text-layer"
    assert _texts(page)[:7] == list(drawn.TEXTS)
    assert [line.reader for line in page.lines[:7]] == ["text-layer"] * 7
    assert any("4557" in line.text and line.reader != "text-layer" for line in page.lines)


@pytest.mark.slow
def test_a_number_and_a_day_set_over_a_born_digital_page_as_pictures_are_read_too(tmp_path):
    pdf = FPDF(unit="pt", format="A4")
    pdf.add_page()
    texts = ["ที่ ลป ๐๐๑๗.๒/", "สิงหาคม ๒๕๖๗", *drawn.TEXTS[2:]]
    drawn.add_texts(pdf, texts, drawn.font_file("Garuda"))
    number_ends = 65 + pdf.get_string_width(texts[0])
    for digits, left, row in (("๑๗๙๗", number_ends + 1, 0), ("๑๕", 43, 1)):
        part = drawn.cropped(digits, points=14, dpi=300)
        pdf.image(drawn.jpeg(part), left, 90 + row * 29 - part.height * 0.24 + 2, part.width * 0.24)
    pdf.output(str(tmp_path / "a.pdf"))
    page = _page(tmp_path / "a.pdf")
    assert page.reader == "text-layer"
    assert _texts(page)[:2] == [drawn.TEXTS[0].replace("ว", ""), "๑๕ สิงหาคม ๒๕๖๗"]
    assert [line.reader == "text-layer" for line in page.lines] == [False, False, *[True] * 5]


@pytest.mark.slow
def test_each_page_of_a_mixed_file_is_read_in_its_own_way(tmp_path):
    pdf = FPDF(unit="pt", format="A4")
    pdf.add_page()
    drawn.add_texts(pdf, drawn.TEXTS, drawn.font_file("Garuda"))
    pdf.add_page()
    pdf.image(drawn.jpeg(drawn.draw().image), 0, 0, 595, 842)
    pdf.output(str(tmp_path / "a.pdf"))
    found, problems = read_pages(tmp_path / "a.pdf", "pdf", SETTINGS)
    assert [(page.number, page.reader) for page in found] == [(1, "text-layer"), (2, "print")]
    assert _texts(found[1])[:3] == list(drawn.TEXTS[:3])
    assert not problems


# -- damage ------------------------------------------------------------------------------------------------


def _kinds_of_files(folder: Path) -> list[tuple[str, bytes]]:
    image = drawn.draw(dpi=100).image
    files: list[tuple[str, bytes]] = []
    for suffix, kind, more in (
        ("jpg", "jpeg", {}), ("png", "png", {}), ("tif", "tiff", {"compression": "tiff_lzw"}),
    ):  # fmt: skip
        files.append((kind, _saved(folder / f"a.{suffix}", image, **more).read_bytes()))
    bilevel = image.convert("1")
    fax = _saved(folder / "fax.tif", bilevel, save_all=True, append_images=[bilevel], compression="group4")
    files.append(("tiff", fax.read_bytes()))
    files.append(("pdf", drawn.scan_pdf(image)))
    files.append(
        ("pdf", drawn.text_pdf(folder / "t.pdf", drawn.TEXTS, drawn.font_file("Garuda")).read_bytes())
    )
    if INBOX.is_dir():
        small = [
            p for p in sorted(INBOX.iterdir()) if p.suffix in (".pdf", ".jpg", ".tif") and p.stat().st_size
        ]
        kinds = {".pdf": "pdf", ".jpg": "jpeg", ".tif": "tiff"}
        files += [(kinds[p.suffix], p.read_bytes()) for p in small[:4] if p.stat().st_size < 2_000_000]
    return files


def test_damaged_files_give_pages_or_our_own_errors(tmp_path, unread, monkeypatch):
    monkeypatch.setattr(pages, "_bare_lines", lambda *_: [])
    rng = random.Random(11)
    for number, (kind, data) in enumerate(_kinds_of_files(tmp_path)):
        for turn in range(14):
            broken = bytearray(data)
            if turn % 2:
                del broken[rng.randrange(12, len(broken)) :]
            for _ in range(rng.choice([0, 1, 4, 30])):
                at = rng.randrange(8, len(broken)) if turn % 3 else rng.randrange(8, min(600, len(broken)))
                broken[at] ^= 1 << rng.randrange(8)
            path = tmp_path / f"{number}-{turn}.bin"
            path.write_bytes(broken)
            try:
                found, problems = read_pages(path, kind, SETTINGS)  # type: ignore[arg-type]
            except (BadInputError, ToolError):
                continue
            assert found or problems
