"""PDF pages as pictures, and their text layers. Only this file imports pdfplumber and pypdfium2."""

from __future__ import annotations

import logging
import threading
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import pypdfium2
import pypdfium2.raw as pdfium

from pipeline.errors import BadInputError
from pipeline.image import LONG_SIDE, Picture
from schemas.ink import Box

DPI = 250  # enough for the smallest marks of 12-point Thai; more costs time and gains nothing
_PDFIUM = threading.Lock()  # PDFium is not thread-safe: two threads inside it crash the process
logging.getLogger("pdfminer").setLevel(logging.ERROR)  # it warns of every oddity; the ink is what counts
_INVISIBLE = 3  # text render mode of hidden layers that OCR programs write


@dataclass(frozen=True)
class LayerChar:
    """One character of a text layer; box in points from the page's top-left corner."""

    text: str
    box: Box
    baseline: float
    size: float


@dataclass(frozen=True)
class PdfPage:
    """One page: its picture, its size in points, and its text layer where that is visible text of the page's own."""

    picture: Picture
    width: float
    height: float
    layer: tuple[LayerChar, ...]


def page_count(path: Path) -> int:
    """Number of pages; BadInputError when the file is encrypted or damaged."""
    with _PDFIUM:
        document = _open(path)
        try:
            return len(document)
        finally:
            document.close()


def pages(path: Path) -> Iterator[PdfPage]:
    """Every page in turn, rendered when asked for: a long file needs no more memory than a short one."""
    for number in range(1, page_count(path) + 1):
        yield page(path, number)


def page(path: Path, number: int) -> PdfPage:
    """One page, from 1; BadInputError when it is damaged."""
    with _PDFIUM:
        document = _open(path)
        try:
            shown = _render(document, number)
        except pypdfium2.PdfiumError as error:
            raise BadInputError(
                "pdf.page_damaged",
                f"หน้า {number} ของไฟล์ PDF เสียหาย อ่านไม่ได้",
                f"Page {number} of this PDF is damaged and cannot be read.",
            ) from error
        finally:
            document.close()
    layer = _layer(path, number, shown.height) if shown.own_text else ()
    return PdfPage(shown.picture, shown.width, shown.height, layer)


@dataclass(frozen=True)
class _Rendered:
    """What PDFium gives of a page; `own_text`: it shows text of its own, so that its layer is worth reading."""

    picture: Picture
    width: float
    height: float
    own_text: bool


def _open(path: Path) -> Any:
    try:
        document = pypdfium2.PdfDocument(path)
    except pypdfium2.PdfiumError as error:
        if "password" in str(error).lower():
            raise BadInputError(
                "pdf.encrypted",
                "ไฟล์ PDF นี้ตั้งรหัสผ่านไว้ เปิดอ่านไม่ได้ ขอไฟล์ที่ไม่มีรหัสผ่านจากผู้ส่ง แล้วนำเข้าใหม่",
                "This PDF is protected by a password. Ask the sender for one without, and bring it in again.",
            ) from error
        raise BadInputError(
            "pdf.damaged",
            "ไฟล์ PDF นี้เสียหายหรือมาไม่ครบ เปิดไม่ได้ สแกนหรือขอไฟล์ใหม่ แล้วนำเข้าอีกครั้ง",
            f"This PDF is damaged or incomplete ({error}). Scan it again or ask for the file once more.",
        ) from error
    if len(document) == 0:
        document.close()
        raise BadInputError(
            "pdf.no_pages", "ไฟล์ PDF นี้ไม่มีหน้าเอกสาร สแกนใหม่", "This PDF has no pages. Scan the letter again."
        )
    document.init_forms()  # else what is filled in, and the looks of signatures, are not drawn
    return document


def _render(document: Any, number: int) -> _Rendered:
    page = document[number - 1]
    try:
        width, height = page.get_size()
        if width < 1 or height < 1:
            raise BadInputError("pdf.page_damaged", f"หน้า {number} ไม่มีขนาด", f"Page {number} has no size.")
        scale = min(DPI / 72, LONG_SIDE / max(width, height))
        bitmap = page.render(scale=scale, rev_byteorder=False, draw_annots=True)
        own_text = _has_own_text(page, width * height)
    finally:
        page.close()  # first of all, as PDFium keeps what it has decoded of a page
    picture = np.array(bitmap.to_numpy()[:, :, :3], dtype=np.uint8)
    bitmap.close()
    return _Rendered(picture, width, height, own_text)


def _has_own_text(page: Any, area: float) -> bool:
    """The page shows text itself: no picture covers it, and its text is not a hidden layer over a scan."""
    visible, hidden, covered = 0, 0, 0.0
    for item in page.get_objects(max_depth=4):
        if item.type == pdfium.FPDF_PAGEOBJ_IMAGE:
            x0, y0, x1, y1 = item.get_bounds()
            covered += max(0.0, x1 - x0) * max(0.0, y1 - y0)
        elif item.type == pdfium.FPDF_PAGEOBJ_TEXT:
            mode = pdfium.FPDFTextObj_GetTextRenderMode(item.raw)
            hidden, visible = hidden + (mode == _INVISIBLE), visible + (mode != _INVISIBLE)
    return visible > 0 and visible > 4 * hidden and covered < 0.4 * area


def _layer(path: Path, number: int, height: float) -> tuple[LayerChar, ...]:
    import pdfplumber  # only pages that show text of their own need it: scans do without its 20 MB

    try:
        with pdfplumber.open(path, pages=[number]) as document:
            page = document.pages[0]
            if page.rotation:  # boxes would lie across the picture; the ink is read instead
                return ()
            top_of_page = float(page.bbox[1])
            return tuple(
                LayerChar(
                    char["text"],
                    Box(
                        char["x0"] - page.bbox[0],
                        char["top"] - top_of_page,
                        char["x1"] - page.bbox[0],
                        char["bottom"] - top_of_page,
                    ),
                    height - float(char["matrix"][5]),
                    float(char["size"]),
                )
                for char in page.chars
            )
    except Exception:  # pdfminer raises whatever its parsers meet; without a layer the ink is read
        return ()
