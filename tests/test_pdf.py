"""PDF files good and bad, and what of their text layers is looked at."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from fpdf import FPDF

from pipeline import pdf
from pipeline.errors import BadInputError
from tests import drawn


def _write(path: Path, data: bytes) -> Path:
    path.write_bytes(data)
    return path


def _code(path: Path) -> str:
    with pytest.raises(BadInputError) as error:
        list(pdf.pages(path))
    assert error.value.message
    assert error.value.message_en.endswith(".")
    return error.value.code


def _text(page: pdf.PdfPage) -> str:
    return "".join(char.text for char in page.layer)


def test_an_encrypted_file(tmp_path):
    made = FPDF()
    made.set_encryption(owner_password="owner", user_password="user")
    made.add_page()
    made.output(str(tmp_path / "a.pdf"))
    assert _code(tmp_path / "a.pdf") == "pdf.encrypted"


def test_a_file_locked_only_against_changes_opens(tmp_path):
    made = FPDF(unit="pt", format="A4")
    made.set_encryption(owner_password="owner")
    made.add_page()
    drawn.add_texts(made, drawn.TEXTS, drawn.font_file("Garuda"))
    made.output(str(tmp_path / "a.pdf"))
    (page,) = pdf.pages(tmp_path / "a.pdf")
    assert drawn.TEXTS[1] in _text(page)


@pytest.mark.parametrize("share", [0.05, 0.3, 0.7, 0.95])
def test_a_torn_file(tmp_path, share):
    data = drawn.scan_pdf(drawn.draw(dpi=60).image)
    assert _code(_write(tmp_path / "a.pdf", data[: int(share * len(data))])) == "pdf.damaged"


@pytest.mark.parametrize("data", [b"%PDF-1.7\n", b"%PDF-1.7\n" + b"\0" * 4000])
def test_a_file_that_only_begins_like_a_pdf(tmp_path, data):
    assert _code(_write(tmp_path / "a.pdf", data)) == "pdf.damaged"


def test_a_file_without_pages(tmp_path):
    data = drawn.raw_pdf([b"<< /Type /Catalog /Pages 2 0 R >>", b"<< /Type /Pages /Kids [] /Count 0 >>"])
    assert _code(_write(tmp_path / "a.pdf", data)) in ("pdf.no_pages", "pdf.damaged")


def test_a_page_tree_that_bites_its_tail(tmp_path):
    data = drawn.raw_pdf([b"<< /Type /Catalog /Pages 2 0 R >>", b"<< /Type /Pages /Kids [2 0 R] /Count 1 >>"])
    assert _code(_write(tmp_path / "a.pdf", data)) in ("pdf.page_damaged", "pdf.damaged", "pdf.no_pages")


@pytest.mark.parametrize("wide", [2, 595, 14_400])
def test_pages_of_any_size_give_a_picture_that_fits(tmp_path, wide):
    high = round(wide * 1.41)
    data = drawn.scan_pdf(drawn.draw(dpi=60).image, box=(0, 0, wide, high))
    (page,) = pdf.pages(_write(tmp_path / "a.pdf", data))
    assert (page.width, page.height) == (wide, high)
    assert max(page.picture.shape) <= 3301


@pytest.mark.parametrize("form", [False, True])
@pytest.mark.parametrize("box", [(0, 0, 595, 842), (100, -200, 695, 642)])
def test_a_scan_is_shown_in_a_form_or_not_and_wherever_the_page_begins(tmp_path, form, box):
    image = drawn.draw(dpi=100).image
    (page,) = pdf.pages(_write(tmp_path / "a.pdf", drawn.scan_pdf(image, form=form, box=box)))
    small = np.asarray(image.resize(page.picture.shape[1::-1])).astype(int)
    assert np.abs(page.picture[:, :, 0] - small).mean() < 6
    assert page.layer == ()


def test_a_turned_page_is_shown_as_a_viewer_shows_it(tmp_path):
    image = drawn.draw(dpi=100).image.rotate(90, expand=True)
    data = drawn.scan_pdf(image, box=(0, 0, 842, 595), more=b"/Rotate 90")
    (page,) = pdf.pages(_write(tmp_path / "a.pdf", data))
    assert (page.width, page.height) == (595, 842)
    small = np.asarray(drawn.draw(dpi=100).image.resize(page.picture.shape[1::-1])).astype(int)
    assert np.abs(page.picture[:, :, 0] - small).mean() < 6


@pytest.mark.parametrize("kind", [b"/FreeText", b"/Stamp", b"/Widget /FT /Sig /T (s)"])
def test_what_was_put_on_the_page_later_is_shown(tmp_path, kind):
    look = drawn.stream(b"0 0 0 rg 0 0 100 50 re f", b"/Type /XObject /Subtype /Form /BBox [0 0 100 50]")
    data = drawn.raw_pdf(
        [
            b"<< /Type /Catalog /Pages 2 0 R /AcroForm << /Fields [5 0 R] >> >>",
            b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
            b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R /Annots [5 0 R] >>",
            drawn.stream(b""),
            b"<< /Type /Annot /Subtype " + kind + b" /Rect [100 100 200 150] /F 4 /AP << /N 6 0 R >> >>",
            look,
        ]
    )
    (page,) = pdf.pages(_write(tmp_path / "a.pdf", data))
    assert (page.picture < 60).mean() == pytest.approx(100 * 50 / (595 * 842), rel=0.1)


def test_boxes_of_the_layer_lie_over_its_ink(tmp_path):
    (page,) = pdf.pages(drawn.text_pdf(tmp_path / "a.pdf", drawn.TEXTS, drawn.font_file("Garuda")))
    scale = page.picture.shape[1] / page.width
    letters = [char for char in page.layer if "ก" <= char.text <= "ฮ"]
    assert len(letters) > 100
    for char in letters:
        x0, y0, x1, y1 = (round(v * scale) for v in char.box)
        assert page.picture[y0:y1, x0:x1].min() < 100
        assert char.box.y0 < char.baseline < char.box.y1 + 1


@pytest.mark.parametrize("mode", [0, 3])
def test_a_layer_over_a_scan_is_left_alone(tmp_path, mode):
    made = FPDF(unit="pt", format="A4")
    made.add_page()
    made.image(drawn.jpeg(drawn.draw(dpi=100).image), 0, 0, 595, 842)
    drawn.add_texts(made, drawn.TEXTS, drawn.font_file("Garuda"), mode=mode)
    made.output(str(tmp_path / "a.pdf"))
    (page,) = pdf.pages(tmp_path / "a.pdf")
    assert page.layer == ()


def test_a_file_name_in_thai(tmp_path):
    path = drawn.text_pdf(tmp_path / "หนังสือเข้า ๑๙-๐๘.pdf", drawn.TEXTS, drawn.font_file("Garuda"))
    assert pdf.page_count(path) == 1
    assert drawn.TEXTS[1] in _text(pdf.page(path, 1))
