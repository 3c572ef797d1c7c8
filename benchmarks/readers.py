"""The readers that are compared: each takes a file to a Result through the same parsers."""

from __future__ import annotations

import datetime as dt
import subprocess
import sys
import tempfile
from collections.abc import Callable
from itertools import pairwise
from pathlib import Path

import pytesseract
from PIL import Image, ImageOps, ImageSequence

from pipeline import pdf, stages
from pipeline.errors import PipelineError
from pipeline.settings import Settings
from pipeline.transcript import read_transcript
from schemas.ink import Box, Line, Page, Word
from schemas.result import Document, Result

Reader = Callable[[Path, Settings, dt.date], Result | None]


def saraban(path: Path, settings: Settings, today: dt.date) -> Result | None:
    """This project."""
    return stages.process(path, settings, today)


def stock_tesseract(path: Path, settings: Settings, today: dt.date) -> Result | None:
    """`tesseract -l tha` with its own page layout, on the page's picture at 300 dpi; lines with their boxes."""
    pages = []
    for number, picture in enumerate(_pictures(path), start=1):
        table = pytesseract.image_to_data(picture, lang="tha", output_type=pytesseract.Output.DICT)
        pages.append(_page(table, number, picture.size))
    return _understood(path, tuple(pages))


def ocrmypdf(path: Path, settings: Settings, today: dt.date) -> Result | None:
    """`ocrmypdf -l tha --force-ocr`, its text taken page by page."""
    with tempfile.TemporaryDirectory() as folder:
        text = Path(folder) / "text.txt"
        run_ocrmypdf(path, Path(folder) / "out.pdf", "--sidecar", str(text), "--jobs", "1")
        pages = read_transcript(text.read_text(encoding="utf-8")) if text.exists() else ()
    return _understood(path, pages)


def run_ocrmypdf(path: Path, out: Path, *more: str) -> None:
    """Run OCRmyPDF with the stock Thai model on one file."""
    command = [
        sys.executable, "-m", "ocrmypdf", "-l", "tha", "--force-ocr", "--output-type", "pdf",
        "--image-dpi", "300", "--quiet", *more,
        str(path), str(out),
    ]  # fmt: skip
    subprocess.run(command, check=False, capture_output=True)


READERS: dict[str, Reader] = {"saraban": saraban, "tesseract tha": stock_tesseract, "ocrmypdf tha": ocrmypdf}


def _understood(path: Path, pages: tuple[Page, ...]) -> Result | None:
    document = Document(file=path.name, sha256="0" * 64, pages=pages)
    try:
        return stages.understand(document)
    except PipelineError:
        return None


def _pictures(path: Path) -> list[Image.Image]:
    if path.suffix == ".pdf":
        return [Image.fromarray(page.picture[:, :, ::-1]) for page in pdf.pages(path)]
    with Image.open(path) as file:
        return [ImageOps.exif_transpose(frame).convert("RGB") for frame in ImageSequence.Iterator(file)]


def _page(table: dict[str, list[object]], number: int, size: tuple[int, int]) -> Page:
    scale = 842 / max(size)
    rows: dict[tuple[object, ...], list[Word]] = {}
    for i, text in enumerate(table["text"]):
        said = str(text).strip()
        if said:
            x, y, w, h = (float(str(table[k][i])) * scale for k in ("left", "top", "width", "height"))
            place = tuple(table[k][i] for k in ("block_num", "par_num", "line_num"))
            confidence = min(1.0, max(0.0, float(str(table["conf"][i])) / 100))
            rows.setdefault(place, []).append(
                Word(text=said, box=Box(x, y, x + w, y + h), confidence=confidence)
            )
    lines = [_line(words, number) for words in rows.values()]
    return Page(number=number, width=size[0] * scale, height=size[1] * scale, lines=tuple(lines))


def _line(words: list[Word], number: int) -> Line:
    """Stock Thai models make a word of nearly every character: only wide gaps are spaces."""
    text = words[0].text
    for before, word in pairwise(words):
        assert before.box is not None
        assert word.box is not None
        wide = word.box.x0 - before.box.x1 > 0.25 * max(before.box.height, word.box.height)
        text += (" " if wide else "") + word.text
    boxes = [w.box for w in words if w.box is not None]
    box = Box(
        min(b.x0 for b in boxes), min(b.y0 for b in boxes), max(b.x1 for b in boxes), max(b.y1 for b in boxes)
    )
    confidence = sum(w.confidence for w in words) / len(words)
    return Line(
        text=text,
        page=number,
        box=box,
        words=(Word(text=text, box=box, confidence=confidence),),
        confidence=confidence,
    )
