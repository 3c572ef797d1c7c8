"""A searchable PDF/A of a kept document: the pages as scanned, and what was read lying invisibly under the ink."""

from __future__ import annotations

import datetime as dt
import io
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import numpy as np
from fpdf import FPDF
from fpdf.enums import TextMode
from PIL import Image

from pipeline import pdf, pictures
from pipeline.errors import BadInputError
from pipeline.export.files import whole
from pipeline.export.glyphs import make_inkless_font, width_of
from pipeline.export.spans import placed
from pipeline.image import Picture
from pipeline.settings import Settings
from pipeline.store import Stored
from pipeline.vault import find_original
from schemas.ink import Box, Page

_JPEG_QUALITY = 82
_FONT = "inkless"
_ASCENT = 0.8  # of the font's size above the baseline


class Sheet(NamedTuple):
    """One page: its picture as scanned, its size in points, and what was read on it."""

    picture: Picture
    width: float
    height: float
    page: Page | None


def save_pdfa(original: Path, pages: tuple[Page, ...], file: Path, title: str) -> int:
    """Write a PDF/A-2b of an original (PDF or picture) with our text layer; return how many pages it has.

    Every page becomes its picture, so that the file shows what was scanned whatever the original was made
    with. Raises BadInputError when the original cannot be opened.
    """
    read = {page.number: page for page in pages}
    made = _empty(title)
    with tempfile.TemporaryDirectory() as folder:
        font = Path(folder) / "inkless.ttf"
        make_inkless_font({char for page in pages for line in page.lines for char in line.text}, font)
        made.add_font(_FONT, fname=font)
        for sheet in _sheets(original, read):
            _add(made, sheet)
        with whole(file) as half:
            made.output(str(half))
    return made.pages_count


def _empty(title: str) -> FPDF:
    made = FPDF(unit="pt", enforce_compliance="PDF/A-2B")
    made.set_auto_page_break(False)
    made.set_margin(0)
    made.set_title(title)
    made.set_lang("th")
    made.set_producer("Saraban")
    made.set_creation_date(dt.datetime.now(dt.UTC))
    return made


def _sheets(original: Path, read: dict[int, Page]) -> Iterator[Sheet]:
    """Every page of the original, with what was read on it."""
    for number, page in enumerate(_pages(original), start=1):
        yield Sheet(page.picture, page.width, page.height, read.get(number))


def _pages(original: Path) -> Iterator[pdf.PdfPage | pictures.PicturePage]:
    """The pages of a PDF or picture; the content tells which it is, as the name says nothing."""
    with original.open("rb") as start:
        is_pdf = b"%PDF-" in start.read(1024)
    if is_pdf:
        yield from pdf.pages(original)
    else:
        yield from pictures.pages(original)


def _add(made: FPDF, sheet: Sheet) -> None:
    made.add_page(format=(sheet.width, sheet.height))
    made.image(_as_image(sheet.picture), x=0, y=0, w=sheet.width, h=sheet.height)
    if sheet.page is None:
        return
    with made.local_context(text_mode=TextMode.INVISIBLE):
        for word in placed(sheet.page):
            text = word.text if word.last else f"{word.text} "
            _write(made, text, word.text, word.box, sheet.page.turned)


def _as_image(picture: Picture) -> io.BytesIO:
    """The picture as a file: pure black and white without loss, all else as JPEG."""
    out = io.BytesIO()
    if picture.ndim == 3:
        Image.fromarray(np.ascontiguousarray(picture[:, :, ::-1])).save(out, "JPEG", quality=_JPEG_QUALITY)
    elif np.isin(picture, (0, 255)).all():
        Image.fromarray(picture).convert("1").save(out, "PNG")
    else:
        Image.fromarray(picture).save(out, "JPEG", quality=_JPEG_QUALITY)
    out.seek(0)
    return out


def _write(made: FPDF, text: str, word: str, box: Box, turned: int) -> None:
    """Stretch a word to its box. On a page that lay on its side, the text lies on its side too."""
    along, across = (box.height, box.width) if turned in (90, 270) else (box.width, box.height)
    size, natural = max(1.0, across), width_of(word) * max(1.0, across)
    if natural <= 0 or along <= 0:
        return
    made.set_font(_FONT, size=size)
    made.set_stretching(100 * along / natural)
    x, y = _start(box, turned, size)
    if turned:
        with made.rotation(turned, x, y):
            made.text(x, y, text)
    else:
        made.text(x, y, text)


def _start(box: Box, turned: int, size: float) -> tuple[float, float]:
    """Where a word's baseline begins, in points from the page's top-left corner."""
    if turned == 0:
        return box.x0, box.y0 + _ASCENT * size
    if turned == 180:
        return box.x1, box.y1 - _ASCENT * size
    if turned == 90:  # it was turned clockwise to stand upright: as scanned, text runs upwards
        return box.x0 + _ASCENT * size, box.y1
    return box.x1 - _ASCENT * size, box.y0


def original_of(settings: Settings, stored: Stored) -> Path:
    """The file of a kept document; BadInputError where there is none to show: protected, or a transcript."""
    original = find_original(settings, stored.entry.sha256)
    if stored.entry.state == "protected" or original is None:
        raise BadInputError(
            "pdf.no_original",
            "เอกสารนี้ไม่มีต้นฉบับให้เปิดดู (เป็นเอกสารลับ หรือถูกกักไว้)",
            "There is no original of this document to show: it is protected, or in the quarantine.",
        )
    if original.suffix in (".txt", ".md"):
        raise BadInputError(
            "pdf.transcript",
            "เอกสารนี้เป็นข้อความที่ถอดไว้แล้ว ไม่มีภาพหน้ากระดาษ",
            "This document is a transcript: there is no page to show.",
        )
    return original
