"""From a file to its pages of lines: PDF pages by their text layer where it is sound, all else by reading the ink."""

from __future__ import annotations

import re
from pathlib import Path

from rapidfuzz import fuzz

from parsers.text import squash, to_arabic
from pipeline import layer, ocr, pdf, pictures, sheet, upright, ways
from pipeline.codes import read_codes
from pipeline.errors import BadInputError
from pipeline.image import Picture
from pipeline.intake import FileKind
from pipeline.pdf import PdfPage
from pipeline.settings import Settings
from pipeline.upright import Ready
from schemas.contest import Link
from schemas.ink import Box, Line, Page
from schemas.result import Problem

_CHECKED, _LEAST_TEXT = (
    6,
    8,
)  # lines of a text layer that are compared with their ink; the shortest, in characters
_CLEAR = 0.75  # confidence of ink beside a text layer, below which it is an emblem or a signature
_STAMP = 2  # bare lines; one alone is the emblem or the signature
_LETTERS = re.compile("[ก-ฮ]")
_NUMBERLESS = re.compile(r"^.{0,3}ท.{0,2} ?[ก-ฮ]{2,5}[. ]*[0-9][0-9.() ]*/ ?ว?[. ]*$")  # ที่ ศธ 04005/
_LEAST_SIDE = 24  # pixels


def read_pages(
    path: Path, kind: FileKind, settings: Settings, links: list[Link] | None = None
) -> tuple[tuple[Page, ...], tuple[Problem, ...]]:
    """Read every page of a PDF or picture; pages that cannot be read become problems, the rest are returned.

    What QR codes on the pages say is added to `links`, where a list is given.
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
            page = read_page(path, kind, number, settings, links)
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


def read_page(
    path: Path, kind: FileKind, number: int, settings: Settings, links: list[Link] | None = None
) -> Page:
    """Read one page, from 1; BadInputError when it is damaged."""
    read = _pdf_page if kind == "pdf" else _picture_page
    with ocr.reading_with(settings.reader):
        return read(path, number, settings, links)


def _problem(code: str, message: str, message_en: str, page: int) -> Problem:
    return Problem(code=code, message=message, message_en=message_en, page=page)


def _picture_page(path: Path, number: int, settings: Settings, links: list[Link] | None) -> Page:
    found = pictures.page(path, number)
    if links is not None:
        links.extend(read_codes(found.picture, (found.width, found.height), number))
    size, ready = (found.width, found.height), _ready(found.picture)
    del found  # its picture is large, and has been used
    return _read(ready, size, number, settings)


def _ready(picture: Picture) -> Ready | None:
    """A picture made ready; None for one too narrow for a single letter."""
    return upright.ready(picture) if min(picture.shape[:2]) >= _LEAST_SIDE else None


def _read(ready: Ready | None, size: tuple[float, float], number: int, settings: Settings) -> Page:
    if ready is None:
        return Page(number=number, width=size[0], height=size[1])
    return sheet.read_page(ready, size, number, settings.page_timeout_s)


# -- PDF ---------------------------------------------------------------------------------------------------


def _pdf_page(path: Path, number: int, settings: Settings, links: list[Link] | None) -> Page:
    page = pdf.page(path, number)
    size = page.width, page.height
    if links is not None:
        links.extend(read_codes(page.picture, size, number))
    lines = layer.sound_lines(page, number)
    bare = None if lines is None else _bare_lines(page, lines, settings)
    if lines is None or bare is None:
        ready = _ready(page.picture)
        del page  # its picture is large, and has been used
        return _read(ready, size, number, settings)
    if len(bare) >= _STAMP:
        lines = _with_ink(page, lines, bare, settings)
    if any(map(_is_open, lines)):
        lines = _filled(page, lines, settings)
    return Page(number=number, width=page.width, height=page.height, lines=lines, reader="text-layer")


def _bare_lines(page: PdfPage, lines: tuple[Line, ...], settings: Settings) -> list[Box] | None:
    """Lines of ink that the layer says nothing of; None when it does not say what the page shows.

    Lines with digits are looked at first: a font may show Thai digits for Latin codes.
    """
    by_digits = sorted(lines, key=lambda one: (-min(4, _digits(one.text)), -len(one.text)))
    chosen = [one for one in by_digits if one.box is not None and len(one.text) >= _LEAST_TEXT][:_CHECKED]
    sample = sheet.read_sample(
        page.picture,
        (page.width, page.height),
        [one.box for one in chosen if one.box],
        settings.page_timeout_s,
    )
    bare = [box for box in sample.boxes if not _covered(box, lines)]
    alike = [_alike(one.text, said) for one, said in zip(chosen, sample.texts, strict=True)]
    if any(
        same and not _same_digits(one.text, said)
        for one, said, same in zip(chosen, sample.texts, alike, strict=True)
    ):
        return None
    return bare if len(bare) <= 0.4 * len(sample.boxes) and sum(alike) >= 0.75 * len(chosen) else None


def _with_ink(
    page: PdfPage, lines: tuple[Line, ...], bare: list[Box], settings: Settings
) -> tuple[Line, ...]:
    """The layer's lines, and those that stand on the page as pictures only: a stamp, a number by pen."""
    picture = page.picture.copy()
    scale = picture.shape[1] / page.width
    for box in (word.box for one in lines for word in one.words if word.box is not None):
        top, bottom = box.y0 - 0.6 * box.height, box.y1 + 0.35 * box.height  # where fonts say no marks stand
        rows = slice(max(0, int(top * scale)), max(0, int(bottom * scale)))
        picture[rows, max(0, int((box.x0 - 1) * scale)) : max(0, int((box.x1 + 1) * scale))] = 255
    more = _read(_ready(picture), (page.width, page.height), lines[0].page, settings)
    kept = [one for one in more.lines if one.confidence >= _CLEAR and any(_inside(one.box, b) for b in bare)]
    if not any(
        len(_LETTERS.findall(one.text)) >= 3 for one in kept
    ):  # a stamp has labels; an emblem has none
        return lines
    return tuple(sorted([*lines, *kept], key=lambda one: one.box.y1 if one.box else 0.0))


def _is_open(line: Line) -> bool:
    """Whether a typed line leaves room for what is written by hand, or set by another program: a number, a day."""
    text = to_arabic(line.text)
    return line.box is not None and (_NUMBERLESS.match(text) is not None or ways.is_dayless(text))


def _filled(page: PdfPage, lines: tuple[Line, ...], settings: Settings) -> tuple[Line, ...]:
    """The layer's lines, the open ones replaced by what their ink says where that has more digits."""
    read = _read(_ready(page.picture), (page.width, page.height), lines[0].page, settings).lines
    return tuple(_fuller(line, read) if _is_open(line) else line for line in lines)


def _fuller(line: Line, read: tuple[Line, ...]) -> Line:
    """Of what was read over most of a line's place, what has the most digits; the line itself where none has more."""
    over = [one for one in read if line.box is not None and _inside(one.box, line.box, share=0.6)]
    return max(line, *over, key=lambda one: _digits(one.text)) if over else line


def _inside(box: Box | None, outer: Box, share: float = 0.5) -> bool:
    """A line that reaches over a share of another's place, on its height."""
    if box is None:
        return False
    across = min(box.x1, outer.x1) - max(box.x0, outer.x0)
    down = min(box.y1, outer.y1) - max(box.y0, outer.y0)
    return across > share * outer.width and down > 0.5 * min(box.height, outer.height)


def _covered(box: Box, lines: tuple[Line, ...]) -> bool:
    """Most of a line's ink lies under words of the layer."""
    words = [word.box for one in lines for word in one.words if word.box is not None]
    # fonts say little of how high Thai marks stand, so a layer's boxes often hang low
    level = [w for w in words if min(w.y1, box.y1) - max(w.y0, box.y0) > 0.25 * min(w.height, box.height)]
    across = sum(max(0.0, min(w.x1, box.x1) - max(w.x0, box.x0)) for w in level)
    return across > 0.5 * box.width


def _alike(layer_text: str, ink_text: str) -> bool:
    return fuzz.ratio(squash(layer_text), squash(ink_text)) >= 80


def _digits(text: str) -> int:
    return sum(c.isdigit() for c in text)


def _same_digits(layer_text: str, ink_text: str) -> bool:
    """Layer and ink write their digits, or most of them, in the same script."""
    shares = [sum("๐" <= c <= "๙" for c in text) / max(1, _digits(text)) for text in (layer_text, ink_text)]
    return abs(shares[0] - shares[1]) < 0.6 or not _digits(ink_text)
