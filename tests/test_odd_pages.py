"""Pages as phones, fax machines and tired scanners give them: each defect is drawn, and the text must be right."""

from __future__ import annotations

import io
from collections.abc import Callable
from functools import cache
from pathlib import Path

import cv2
import numpy as np
import pytest
from numpy.typing import NDArray
from PIL import Image
from rapidfuzz import fuzz

from parsers.text import squash
from pipeline import pages, sheet, upright
from pipeline.intake import identify
from pipeline.settings import Settings
from schemas.ink import Page
from tests import drawn

Picture = NDArray[np.uint8]
Spoil = Callable[[Picture], Picture]

pytestmark = pytest.mark.slow
NUMBER = "ที่ ลป ๐๐๑๗.๒/ว๑๗๙๗"


@cache
def _letter(dpi: int = 200, size: tuple[float, float] = drawn.A4, points: float = 15) -> drawn.Drawing:
    return drawn.draw(drawn.TEXTS, dpi=dpi, size=size, points=points)


def _bgr(picture: Picture) -> Picture:
    return picture if picture.ndim == 3 else np.asarray(cv2.cvtColor(picture, cv2.COLOR_GRAY2BGR), np.uint8)


def _right(page: Page) -> None:
    """Every drawn line is there and nearly free of faults; the letter's number is exact."""
    said = [squash(line.text) for line in page.lines]
    for text in drawn.TEXTS:
        best = max((fuzz.ratio(squash(text), one) for one in said), default=0)
        assert best >= 93, (text, said)
    assert squash(NUMBER) in said


def _read(picture: Picture) -> Page:
    size = picture.shape[1] * 72 / 200, picture.shape[0] * 72 / 200
    return sheet.read_page(upright.ready(picture), size, 1, 120)


# -- photographs -------------------------------------------------------------------------------------------


def _in_perspective(picture: Picture) -> Picture:
    height, width = picture.shape[:2]
    source = np.array([[0, 0], [width, 0], [width, height], [0, height]], np.float32)
    shift = np.array([[190, 160], [90, 250], [150, 120], [260, 190]], np.float32)
    matrix = cv2.getPerspectiveTransform(source, source + shift)
    size = (width + 360, height + 400)
    return np.asarray(cv2.warpPerspective(_bgr(picture), matrix, size, borderValue=(70, 80, 85)), np.uint8)


def _curled(picture: Picture, bow: float = 22.0) -> Picture:
    """The paper bows up in its middle, as beside the spine of a file."""
    height, width = picture.shape[:2]
    rows, columns = np.indices((height, width), dtype=np.float32)
    rows += np.float32(bow) * np.sin(np.pi * columns / width).astype(np.float32)
    return np.asarray(
        cv2.remap(picture, columns, rows, cv2.INTER_LINEAR, borderValue=(255, 255, 255)), np.uint8
    )


def _badly_lit(picture: Picture) -> Picture:
    height, width = picture.shape[:2]
    fall = np.linspace(0.55, 1.0, width, dtype=np.float32)[None, :, None]
    shade = np.linspace(1.0, 0.8, height, dtype=np.float32)[:, None, None]
    return np.asarray(_bgr(picture) * fall * shade, np.uint8)


def _soft(picture: Picture) -> Picture:
    noise = np.random.default_rng(4).normal(0, 6, picture.shape)
    return np.clip(cv2.GaussianBlur(picture, (0, 0), 0.9).astype(np.float32) + noise, 0, 255).astype(np.uint8)


# -- scans -------------------------------------------------------------------------------------------------


def _holes_and_edges(picture: Picture) -> Picture:
    spoilt = picture.copy()
    height = spoilt.shape[0]
    for offset in (-315, 315):  # 80 mm apart
        cv2.circle(spoilt, (70, height // 2 + offset), 22, 60, -1)
    spoilt[:, :14] = 20
    spoilt[-18:] = 25
    cv2.line(spoilt, (spoilt.shape[1] - 20, 0), (spoilt.shape[1] - 35, height), 40, 9)
    return spoilt


def _shown_through(picture: Picture) -> Picture:
    """The print of the other side, mirrored and pale."""
    behind = 255 - (255 - picture[:, ::-1].astype(np.float32)) * 0.22
    return np.minimum(picture, np.roll(behind, 31, axis=0).astype(np.uint8))


def _highlighted(picture: Picture) -> Picture:
    spoilt = _bgr(picture).copy()
    for box in _letter().boxes[:3]:
        x0, y0, x1, y1 = (int(v) for v in box)
        area = spoilt[y0 - 4 : y1 + 6, x0 - 10 : x1 + 10]
        area[:] = cv2.multiply(area, np.full_like(area, (90, 245, 250)), scale=1 / 255)
    return spoilt


def _marked_and_copied(picture: Picture) -> Picture:
    """Highlighter that a black-and-white scanner turned to grey."""
    return np.asarray(cv2.cvtColor(_highlighted(picture), cv2.COLOR_BGR2GRAY), np.uint8)


def _underlined(picture: Picture) -> Picture:
    spoilt = _bgr(picture).copy()
    for box in _letter().boxes[1:4]:
        x0, _, x1, y1 = (int(v) for v in box)
        cv2.line(spoilt, (x0, y1 + 5), (x1, y1 + 9), (160, 60, 30), 3, cv2.LINE_AA)
    return spoilt


def _faxed(picture: Picture) -> Picture:
    specks = np.random.default_rng(5).random(picture.shape) < 0.0005
    bilevel = np.where(_soft(picture) < 165, 0, 255).astype(np.uint8)
    bilevel[cv2.dilate(specks.astype(np.uint8), np.ones((2, 2), np.uint8)) > 0] = 0
    return bilevel


def _framed(picture: Picture) -> Picture:
    """The frame of a stamp, put on askew, through the head of the letter."""
    spoilt = picture.copy()
    corners = np.array([[330, 60], [930, 92], [926, 216], [324, 184]], np.int32)
    cv2.polylines(spoilt, [corners], True, 0, 4, cv2.LINE_AA)
    return spoilt


SPOILT: dict[str, Spoil] = {
    "perspective": _in_perspective,
    "curl": _curled,
    "curl in perspective": lambda p: _in_perspective(_curled(p, 14)),
    "uneven light": lambda p: _soft(_badly_lit(p)),
    "holes and black edges": _holes_and_edges,
    "bleed-through": _shown_through,
    "highlighter": _highlighted,
    "highlighter turned grey": _marked_and_copied,
    "underlined by pen": _underlined,
    "fax": _faxed,
    "upside down": lambda p: np.ascontiguousarray(p[::-1, ::-1]),
    "on its side": lambda p: np.ascontiguousarray(np.rot90(p)),
    "a skewed frame": _framed,
}


@pytest.mark.parametrize("defect", SPOILT)
def test_a_spoilt_page_is_read(defect: str) -> None:
    _right(_read(SPOILT[defect](_letter().picture)))


# -- sizes and kinds of pixels -----------------------------------------------------------------------------

SIZES = {
    "A3 at 200 dpi": (200, (11.69, 16.54), 22.0),
    "A5 at 300 dpi": (300, (5.83, 8.27), 11.0),
    "A4 at 150 dpi": (150, drawn.A4, 16.0),
    "A4 at 600 dpi": (600, drawn.A4, 16.0),
}


def _file(folder: Path, image: Image.Image, name: str, dpi: int) -> Page:
    stream = io.BytesIO()
    image.save(
        stream, Path(name).suffix[1:].upper().replace("TIF", "TIFF").replace("JPG", "JPEG"), dpi=(dpi, dpi)
    )
    path = folder / name
    path.write_bytes(stream.getvalue())
    settings = Settings()
    return pages.read_page(path, identify(path, settings), 1, settings)


@pytest.mark.parametrize("kind", SIZES)
def test_a_page_of_any_size_is_read(tmp_path: Path, kind: str) -> None:
    dpi, size, points = SIZES[kind]
    texts = drawn.TEXTS if size != SIZES["A5 at 300 dpi"][1] else drawn.TEXTS[:3]
    page = _file(tmp_path, drawn.draw(texts, dpi=dpi, size=size, points=points).image, "page.png", dpi)
    assert squash(NUMBER) in [squash(line.text) for line in page.lines]
    assert page.width == pytest.approx(size[0] * 72, abs=1)
    assert page.height == pytest.approx(size[1] * 72, abs=1)


@pytest.mark.parametrize(("mode", "name"), [("1", "fax.tif"), ("CMYK", "press.jpg"), ("P", "office.png")])
def test_any_kind_of_pixels_is_read(tmp_path: Path, mode: str, name: str) -> None:
    image = _letter().image.convert("RGB").convert(mode)
    _right(_file(tmp_path, image, name, 200))


def test_forty_eight_bits_a_pixel(tmp_path: Path) -> None:
    deep = np.repeat(_letter().picture[:, :, None].astype(np.uint16) * 257, 3, axis=2)
    path = tmp_path / "deep.png"
    path.write_bytes(cv2.imencode(".png", deep)[1].tobytes())
    settings = Settings()
    _right(pages.read_page(path, identify(path, settings), 1, settings))


def test_a_dirty_blank_page_has_no_lines() -> None:
    empty = np.full((2338, 1654), 246, np.uint8)
    _soft_page = _holes_and_edges(np.asarray(_soft(empty), np.uint8))
    said = "".join(line.text for line in _read(_soft_page).lines)
    assert len(said) < 6, said
