"""From a file to its pages of lines: PDF pages by their text layer where it is sound, all else by reading the ink."""

from __future__ import annotations

import warnings
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np
from PIL import Image, ImageOps, ImageSequence, UnidentifiedImageError

from rapidfuzz import fuzz

from parsers.text import squash
from pipeline import layer, pdf, sheet
from pipeline.errors import BadInputError
from pipeline.image import Picture
from pipeline.intake import FileKind
from pipeline.pdf import PdfPage
from pipeline.settings import Settings
from schemas.ink import Box, Line, Page
from schemas.result import Problem

Image.MAX_IMAGE_PIXELS = 300_000_000  # A3 at 1200 dpi has 278 million; a bomb has more
_CHECKED = 4  # lines of a text layer that are compared with their ink


def read_pages(path: Path, kind: FileKind, settings: Settings) -> tuple[tuple[Page, ...], tuple[Problem, ...]]:
    """Read every page of a PDF or picture; pages that cannot be read become problems, the rest are returned.

    Raises BadInputError when no page can be had, ToolError when a tool fails.
    """
    made: list[Page] = []
    problems: list[Problem] = []
    count = pdf.page_count(path) if kind == "pdf" else _frame_count(path)
    if count > settings.max_pages:
        raise BadInputError(
            "file.too_many_pages",
            f"ไฟล์มี {count} หน้า เกินที่กำหนดไว้ {settings.max_pages} หน้า แบ่งไฟล์ หรือเพิ่มค่า max_pages",
            f"The file has {count} pages, more than the {settings.max_pages} allowed. Split it or raise max_pages.",
        )
    readers = _pdf_pages(path, settings) if kind == "pdf" else _picture_pages(path, settings)
    for page in readers:
        made.append(page)
        if not page.lines:
            problems.append(
                Problem(
                    code="page.blank",
                    message=f"หน้า {page.number} ไม่มีข้อความที่อ่านได้",
                    message_en=f"Page {page.number} has no text that could be read.",
                    page=page.number,
                )
            )
    return tuple(made), tuple(problems)


# -- PDF ---------------------------------------------------------------------------------------------------


def _pdf_pages(path: Path, settings: Settings) -> Iterator[Page]:
    for number, page in enumerate(pdf.pages(path), start=1):
        lines = layer.sound_lines(page, number)
        if lines is not None and _agrees_with_ink(page, lines, settings):
            yield Page(number=number, width=page.width, height=page.height, lines=lines, reader="text-layer")
        else:
            yield sheet.read_page(page.picture, (page.width, page.height), number, settings.page_timeout_s)


def _agrees_with_ink(page: PdfPage, lines: tuple[Line, ...], settings: Settings) -> bool:
    """The layer covers the page's lines, and a few of them say what it says.

    Lines with digits are read first: a font may show Thai digits for Latin codes.
    """
    placed = [one for one in lines if one.box is not None and len(one.text) >= 12]
    chosen = sorted(placed, key=lambda one: (-min(4, sum(c.isdigit() for c in one.text)), -len(one.text)))[:_CHECKED]
    sample = sheet.read_sample(
        page.picture, (page.width, page.height), [one.box for one in chosen if one.box], settings.page_timeout_s
    )
    bare = sum(not _covered(box, lines) for box in sample.boxes)
    same = sum(_alike(one.text, said) for one, said in zip(chosen, sample.texts, strict=True))
    return bare <= 0.2 * len(sample.boxes) and same >= 0.75 * len(chosen)


def _covered(box: Box, lines: tuple[Line, ...]) -> bool:
    """Most of a line's ink lies under words of the layer."""
    words = [word.box for one in lines for word in one.words if word.box is not None]
    # fonts say little of how high Thai marks stand, so a layer's boxes often hang low
    level = [w for w in words if min(w.y1, box.y1) - max(w.y0, box.y0) > 0.25 * min(w.height, box.height)]
    across = sum(max(0.0, min(w.x1, box.x1) - max(w.x0, box.x0)) for w in level)
    return across > 0.5 * box.width


def _alike(layer_text: str, ink_text: str) -> bool:
    thai = sum("๐" <= c <= "๙" for c in layer_text), sum("๐" <= c <= "๙" for c in ink_text)
    same_digits = (thai[0] > 0) == (thai[1] > 0) or not any(c.isdigit() for c in ink_text)
    return same_digits and fuzz.ratio(squash(layer_text), squash(ink_text)) >= 80


# -- pictures ----------------------------------------------------------------------------------------------


def _frame_count(path: Path) -> int:
    try:
        with Image.open(path) as file:
            return int(getattr(file, "n_frames", 1))
    except (UnidentifiedImageError, OSError, ValueError, Image.DecompressionBombError) as error:
        raise _damaged(error) from error


def _picture_pages(path: Path, settings: Settings) -> Iterator[Page]:
    with Image.open(path) as file:
        for number, frame in enumerate(ImageSequence.Iterator(file), start=1):
            try:
                size, picture = _load(frame)
            except (OSError, ValueError, SyntaxError, Image.DecompressionBombError) as error:
                raise _damaged(error) from error
            yield sheet.read_page(picture, size, number, settings.page_timeout_s)


def _damaged(error: Exception) -> BadInputError:
    return BadInputError(
        "image.damaged",
        "ไฟล์ภาพเสียหายหรือมาไม่ครบ เปิดไม่ได้ สแกนใหม่ แล้วนำเข้าอีกครั้ง",
        f"The picture is damaged or incomplete ({error}). Scan it again.",
    )


def _load(frame: Any) -> tuple[tuple[float, float], Picture]:
    """A frame as it is to be looked at (EXIF turns applied): its size in points, and its pixels as BGR or grey."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", Image.DecompressionBombWarning)
        dpi = frame.info.get("dpi")
        upright = ImageOps.exif_transpose(frame)
        if upright.mode in ("1", "L"):
            picture = np.array(upright.convert("L"))
        elif upright.mode.startswith("I") or upright.mode == "F":
            deep = np.array(upright, dtype=np.float64)
            picture = np.clip(deep / max(1.0, deep.max()) * 255, 0, 255).astype(np.uint8)
        else:
            if "A" in upright.getbands() or "transparency" in upright.info:
                rgba = upright.convert("RGBA")
                paper = Image.new("RGBA", rgba.size, "white")
                upright = Image.alpha_composite(paper, rgba)
            picture = np.ascontiguousarray(np.array(upright.convert("RGB"))[:, :, ::-1])
    height, width = picture.shape[:2]
    return _points(width, height, dpi), picture


def _points(width: int, height: int, dpi: Any) -> tuple[float, float]:
    """Size in points by the file's resolution; where it has none that can be true, the long side is A4's."""
    try:
        across, down = float(dpi[0]), float(dpi[1])
    except (TypeError, ValueError, IndexError):
        across = down = 0.0
    if 90 <= across <= 1300 and 90 <= down <= 1300:
        return round(width * 72 / across, 2), round(height * 72 / down, 2)
    scale = 841.89 / max(width, height)
    return round(width * scale, 2), round(height * scale, 2)
