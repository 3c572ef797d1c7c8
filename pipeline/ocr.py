"""Reading strips of text, with Tesseract and our own model for it. The only file that imports pytesseract.

Stock Thai models cannot write five of the ten Thai digits, and Tesseract's page layout cuts Thai marks off, so
only our model is ever used, and only on single lines. All strips of a page go through one process.
The other reader is in `pipeline/reader.py`; `reading_with` says which of the two reads, and which is asked again.
"""

from __future__ import annotations

import os
import tempfile
import xml.etree.ElementTree as ET
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, replace
from itertools import pairwise
from pathlib import Path
from typing import Literal

import numpy as np
import pytesseract
from PIL import Image

from pipeline.errors import MissingToolError, ToolError
from pipeline.image import Gray

MODEL = "tha_saraban"
TESSDATA = Path(__file__).parent / "tessdata"
_INSTALL = (
    "apt install tesseract-ocr (Debian, Ubuntu), brew install tesseract (macOS), "
    "winget install UB-Mannheim.TesseractOCR (Windows)"
)

Choice = Literal["tesseract", "net", "both"]
"""Who reads lines: Tesseract, our own network, or Tesseract with the network as second opinion on digits."""
_CHOICE: ContextVar[Choice] = ContextVar("reader", default="both")

os.environ["OMP_THREAD_LIMIT"] = "1"  # more threads make each page several times slower


@dataclass(frozen=True)
class Glyph:
    """One character in a strip; box in strip pixels (x0, y0, x1, y1), confidence 0–1."""

    text: str
    box: tuple[float, float, float, float]
    confidence: float


@dataclass(frozen=True)
class StripText:
    """What one strip says: words of glyphs."""

    words: tuple[tuple[Glyph, ...], ...]
    others: tuple[tuple[str, ...], ...] = ()  # by word: what else it may say; empty when nobody asked

    @property
    def text(self) -> str:
        """The words joined by single spaces."""
        return " ".join("".join(glyph.text for glyph in word) for word in self.words)

    @property
    def confidence(self) -> float:
        """Mean confidence of the glyphs; 0 when there are none."""
        all_glyphs = [glyph.confidence for word in self.words for glyph in word]
        return sum(all_glyphs) / len(all_glyphs) if all_glyphs else 0.0


@contextmanager
def reading_with(choice: Choice) -> Iterator[None]:
    """Inside, lines are read so."""
    token = _CHOICE.set(choice)
    try:
        yield
    finally:
        _CHOICE.reset(token)


def choice() -> Choice:
    """Who reads lines just now."""
    return _CHOICE.get()


def version() -> str:
    """Tesseract's version, such as `5.3.0`; MissingToolError when it is not installed."""
    try:
        return str(pytesseract.get_tesseract_version())
    except (pytesseract.TesseractNotFoundError, OSError) as error:
        raise MissingToolError("Tesseract", _INSTALL) from error


def read_strips(strips: Sequence[Gray], timeout_s: float) -> list[StripText]:
    """Read all strips at once; one result a strip, empty where there was nothing to read."""
    if not strips:
        return []
    if choice() == "net":
        from pipeline import reader  # it builds on this module

        return reader.read_strips(strips)
    return tesseract(strips, timeout_s)


def tesseract(strips: Sequence[Gray], timeout_s: float) -> list[StripText]:
    """Read strips with Tesseract, all in one process."""
    with tempfile.TemporaryDirectory(prefix="saraban-") as folder:
        file = Path(folder) / "strips.tif"
        first, *rest = [Image.fromarray(strip) for strip in strips]
        first.save(file, save_all=True, append_images=rest, compression=None, dpi=(300, 300))
        hocr = _run(file, timeout_s)
    return _parse(hocr, len(strips))


def _run(file: Path, timeout_s: float) -> bytes:
    config = f'--psm 13 --tessdata-dir "{TESSDATA}" -c hocr_char_boxes=1 -c tessedit_do_invert=0'
    try:
        return bytes(
            pytesseract.image_to_pdf_or_hocr(
                str(file), lang=MODEL, config=config, extension="hocr", timeout=timeout_s
            )
        )
    except pytesseract.TesseractNotFoundError as error:
        raise MissingToolError("Tesseract", _INSTALL) from error
    except pytesseract.TesseractError as error:
        raise ToolError(f"Tesseract failed: {error.message}") from error
    except RuntimeError as error:  # pytesseract's own sign of a timeout
        raise ToolError(
            f"Tesseract took longer than {timeout_s:g} s for one page and was stopped."
        ) from error


def _parse(hocr: bytes, count: int) -> list[StripText]:
    """Results by strip: the page number of the hOCR is the strip's place in the file."""
    found: list[StripText] = [StripText(()) for _ in range(count)]
    try:
        root = ET.fromstring(hocr)
    except ET.ParseError as error:
        raise ToolError(f"Tesseract's answer could not be read: {error}") from error
    pages = [node for node in root.iter() if node.get("class") == "ocr_page"]
    for place, page in enumerate(pages[:count]):
        words = [_glyphs(node) for node in page.iter() if node.get("class") == "ocrx_word"]
        found[place] = StripText(tuple(_apart([word for word in words if word])))
    return found


def _apart(words: Sequence[tuple[Glyph, ...]]) -> list[tuple[Glyph, ...]]:
    """The words, none of whose last signs reaches over the next word: Tesseract gives some the width of both."""
    found = list(words)
    for place, (word, after) in enumerate(pairwise(words)):
        last, start = word[-1], after[0].box[0]
        if len(word) < 2 or last.box[2] <= after[-1].box[0]:
            continue
        x0 = min(last.box[0], word[-2].box[2])
        wide = float(np.median([glyph.box[2] - glyph.box[0] for glyph in word[:-1]]))
        box = (x0, last.box[1], max(x0 + 1.0, min(x0 + wide, start)), last.box[3])
        found[place] = (*word[:-1], replace(last, box=box))
    return found


def _glyphs(word: ET.Element) -> tuple[Glyph, ...]:
    glyphs = []
    for node in word.iter():
        if node.get("class") == "ocrx_cinfo" and node.text and node.text.strip():
            facts = dict(part.strip().split(" ", 1) for part in (node.get("title") or "").split(";"))
            x0, y0, x1, y1 = (float(n) for n in facts["x_bboxes"].split()[:4])
            confidence = min(1.0, max(0.0, float(facts.get("x_conf", "0")) / 100))
            glyphs.append(Glyph(node.text, (x0, y0, x1, y1), confidence))
    return tuple(glyphs)
