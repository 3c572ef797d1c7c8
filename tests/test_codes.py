"""QR codes on a page's picture: what they say, and where they stand."""

from __future__ import annotations

import cv2
import numpy as np
import pytest
import zxingcpp

from pipeline.codes import read_codes
from pipeline.image import Picture

A4 = (595.0, 842.0)


def code(text: str) -> Picture:
    made = zxingcpp.create_barcode(text, zxingcpp.BarcodeFormat.QRCode)
    return np.array(made.to_image(scale=5), dtype=np.uint8)


def sheet(*texts: str, seed: int | None = None, turned: float = 0.0) -> Picture:
    """An A4 sheet at 150 dpi with codes below each other at the left, 400 pixels apart."""
    page = np.full((1754, 1240), 255, np.uint8)
    for at, text in enumerate(texts):
        drawn = code(text)
        top = 200 + 400 * at
        page[top : top + drawn.shape[0], 150 : 150 + drawn.shape[1]] = drawn
    if turned:
        about = cv2.getRotationMatrix2D((620.0, 877.0), turned, 1.0)
        page = cv2.warpAffine(page, about, (1240, 1754), borderValue=(255.0,))
    if seed is not None:
        noise = np.random.default_rng(seed).normal(0, 14, page.shape)
        page = np.clip(page + noise, 0, 255).astype(np.uint8)
    return np.asarray(cv2.cvtColor(page, cv2.COLOR_GRAY2BGR), dtype=np.uint8)


def test_a_code_is_read_where_it_stands() -> None:
    (link,) = read_codes(sheet("https://forms.example/abc"), A4, 3)
    assert (link.source, link.text.value, link.text.page) == ("qr", "https://forms.example/abc", 3)
    box = link.text.box
    assert box is not None
    assert box.x0 == pytest.approx(150 * 595 / 1240, abs=12)
    assert box.y0 == pytest.approx(200 * 842 / 1754, abs=12)
    assert 40 < box.width < 120


@pytest.mark.parametrize("turned", [0.0, 1.5, -4.0, 180.0])
def test_codes_on_a_scan_are_read_top_to_bottom(turned: float) -> None:
    found = read_codes(sheet("https://a.example", "https://b.example", seed=1, turned=turned), A4, 1)
    assert {link.text.value for link in found} == {"https://a.example", "https://b.example"}
    tops = [link.text.box.y0 for link in found if link.text.box is not None]
    assert tops == sorted(tops)


@pytest.mark.parametrize("text", ["javascript:alert(1)", "ข้อความภาษาไทย", "WIFI:S:office;T:WPA;P:x;;"])
def test_what_a_code_says_is_only_text(text: str) -> None:
    (link,) = read_codes(sheet(text), A4, 1)
    assert link.text.value == text


def test_marks_that_hide_the_direction_of_writing_are_taken_out() -> None:
    (link,) = read_codes(sheet("https://good.example/\u202egpj.exe"), A4, 1)
    assert link.text.value == "https://good.example/gpj.exe"


@pytest.mark.parametrize("size", [(1754, 1240), (30, 30), (3, 900)])
def test_a_page_without_a_code_has_none(size: tuple[int, int]) -> None:
    assert read_codes(np.full((*size, 3), 255, np.uint8), A4, 1) == ()
