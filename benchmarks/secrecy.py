"""Recall of the secrecy mark (ชั้นความลับ) on its own: marks of many sizes, colours and places on scans and faxes.

  python -m benchmarks.secrecy            60 marked pages and 30 pages without a mark
  python -m benchmarks.secrecy --seed 8   other marks

A mark that is missed is the worst error Saraban can make; a letter kept back for nothing is the lesser one.
"""

from __future__ import annotations

import argparse
import random
from collections.abc import Sequence
from typing import Any

import cv2
import numpy as np
from PIL import Image, ImageDraw, ImageFont
from rich.console import Console
from rich.table import Table

from parsers.secrecy import secrecy_mark
from pipeline import pdf, sheet, upright
from samples.fonts import find_font
from samples.truth import documents

MARKS = ("ลับ", "ลับมาก", "ลับที่สุด")
COLOURS = ((200, 20, 20), (180, 30, 60), (200, 60, 60), (15, 15, 15))
FONTS = ("Laksaman", "Laksaman-Bold", "Garuda-Bold", "Norasi-Bold", "Loma-Bold")
QUALITIES = ("scan", "poor scan", "fax")


def main(arguments: Sequence[str] | None = None) -> None:
    """Draw, read and count."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--seed", type=int, default=5)
    parser.add_argument("--marked", type=int, default=60)
    options = parser.parse_args(arguments)
    chance = random.Random(options.seed)
    pages = [next(pdf.pages(d.path("born"))).picture for d in documents() if d.secrecy is None]
    table = Table("quality", "marked", "found", "right class", "unmarked", "falsely kept back")
    for quality in QUALITIES:
        wanted = [chance.choice(MARKS) for _ in range(options.marked // len(QUALITIES))]
        found = [
            _read(_damaged(_marked(chance.choice(pages), mark, chance), quality, chance)) for mark in wanted
        ]
        bare = [_read(_damaged(page, quality, chance)) for page in chance.sample(pages, 10)]
        hits = sum(got is not None for got in found)
        right = sum(got == mark for got, mark in zip(found, wanted, strict=True))
        false = sum(got is not None for got in bare)
        table.add_row(quality, str(len(wanted)), str(hits), str(right), str(len(bare)), str(false))
    Console().print(table)


def _marked(page: Any, mark: str, chance: random.Random) -> Any:
    """The page with a mark at its top, its bottom or both, where regulations and habit put it."""
    image = Image.fromarray(page[:, :, ::-1])
    draw, scale = ImageDraw.Draw(image), page.shape[1] / 595
    size = int(chance.choice((18, 24, 32, 36)) * scale)
    font = ImageFont.truetype(str(find_font(chance.choice(FONTS))), size, layout_engine=ImageFont.Layout.RAQM)
    colour = chance.choice(COLOURS)
    where = chance.choice(("top", "bottom", "both"))
    for y in {"top": (34,), "bottom": (825,), "both": (34, 825)}[where]:
        draw.text((297 * scale, y * scale), mark, font=font, fill=colour, anchor="ms")
    return np.array(image)[:, :, ::-1]


def _damaged(page: Any, quality: str, chance: random.Random) -> Any:
    height, width = page.shape[:2]
    turn = cv2.getRotationMatrix2D((width / 2, height / 2), chance.uniform(-2, 2), 1)
    turned = cv2.warpAffine(np.ascontiguousarray(page), turn, (width, height), borderValue=(238, 240, 240))
    if quality == "fax":
        grey = cv2.resize(
            cv2.cvtColor(turned, cv2.COLOR_BGR2GRAY), None, fx=0.8, fy=0.8, interpolation=cv2.INTER_AREA
        )
        return np.asarray(np.where(grey > 175, 255, 0), dtype=np.uint8)
    noise = np.random.default_rng(chance.randrange(10**6)).normal(
        0, 5 if quality == "scan" else 12, page.shape
    )
    soft = cv2.GaussianBlur(turned, (0, 0), 0.8 if quality == "scan" else 1.4).astype(np.float32) + noise
    coded = cv2.imencode(".jpg", np.clip(soft, 0, 255).astype(np.uint8), [cv2.IMWRITE_JPEG_QUALITY, 50])[1]
    return cv2.imdecode(coded, cv2.IMREAD_COLOR)


def _read(picture: Any) -> str | None:
    return secrecy_mark(sheet.read_page(upright.ready(picture), (595.0, 842.0), 1, 60))


if __name__ == "__main__":
    main()
