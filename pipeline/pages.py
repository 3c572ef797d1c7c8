"""From a file to its pages of lines: PDF pages by their text layer where it is sound, all else by reading the ink."""

from __future__ import annotations

from pathlib import Path

from rapidfuzz import fuzz

from parsers.text import squash
from pipeline import layer, pdf, pictures, sheet
from pipeline.errors import BadInputError
from pipeline.intake import FileKind
from pipeline.pdf import PdfPage
from pipeline.settings import Settings
from schemas.ink import Box, Line, Page
from schemas.result import Problem

_CHECKED = 4  # lines of a text layer that are compared with their ink


def read_pages(
    path: Path, kind: FileKind, settings: Settings
) -> tuple[tuple[Page, ...], tuple[Problem, ...]]:
    """Read every page of a PDF or picture; pages that cannot be read become problems, the rest are returned.

    Raises BadInputError when no page can be had, ToolError when a tool fails.
    """
    count = pdf.page_count(path) if kind == "pdf" else pictures.page_count(path)
    if count > settings.max_pages:
        raise BadInputError(
            "file.too_many_pages",
            f"ไฟล์มี {count} หน้า เกินที่กำหนดไว้ {settings.max_pages} หน้า แบ่งไฟล์ หรือเพิ่มค่า max_pages",
            f"The file has {count} pages, more than the {settings.max_pages} allowed. Split it or raise max_pages.",
        )
    made: list[Page] = []
    problems: list[Problem] = []
    for number in range(1, count + 1):
        try:
            page = (
                _pdf_page(path, number, settings) if kind == "pdf" else _picture_page(path, number, settings)
            )
        except BadInputError as error:
            if count == 1 or (number == count and not made):
                raise
            problems.append(_problem(error.code, error.message, error.message_en, number))
            continue
        made.append(page)
        if not page.lines:
            problems.append(
                _problem(
                    "page.blank",
                    f"หน้า {number} ไม่มีข้อความที่อ่านได้",
                    f"Page {number} has no text that could be read.",
                    number,
                )
            )
    return tuple(made), tuple(problems)


def _problem(code: str, message: str, message_en: str, page: int) -> Problem:
    return Problem(code=code, message=message, message_en=message_en, page=page)


def _picture_page(path: Path, number: int, settings: Settings) -> Page:
    found = pictures.page(path, number)
    return sheet.read_page(found.picture, (found.width, found.height), number, settings.page_timeout_s)


# -- PDF ---------------------------------------------------------------------------------------------------


def _pdf_page(path: Path, number: int, settings: Settings) -> Page:
    page = pdf.page(path, number)
    lines = layer.sound_lines(page, number)
    if lines is not None and _agrees_with_ink(page, lines, settings):
        return Page(number=number, width=page.width, height=page.height, lines=lines, reader="text-layer")
    return sheet.read_page(page.picture, (page.width, page.height), number, settings.page_timeout_s)


def _agrees_with_ink(page: PdfPage, lines: tuple[Line, ...], settings: Settings) -> bool:
    """The layer covers the page's lines, and a few of them say what it says.

    Lines with digits are read first: a font may show Thai digits for Latin codes.
    """
    placed = [one for one in lines if one.box is not None and len(one.text) >= 12]
    chosen = sorted(placed, key=lambda one: (-min(4, sum(c.isdigit() for c in one.text)), -len(one.text)))[
        :_CHECKED
    ]
    sample = sheet.read_sample(
        page.picture,
        (page.width, page.height),
        [one.box for one in chosen if one.box],
        settings.page_timeout_s,
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
