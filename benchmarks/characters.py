"""How rightly printed text is read: errors by character, and printed digits, ours beside stock Tesseract's models.

  python -m benchmarks.characters --folder DIR               held-out letters; ours alone
  python -m benchmarks.characters --folder DIR --peers       beside `tesseract -l tha` and `-l script/Thai`
  python -m benchmarks.characters --folder DIR --quality fax --worst

A true line is compared with the words that were read nearest to it, spaces and Arabic or Thai form of digits set
aside: character errors (CER) count what must be changed, digits what is found at its place. Lines that a stamp or pen
lies on count too; stamps and pen themselves do not.
"""

from __future__ import annotations

import argparse
import os
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pytesseract
from rapidfuzz.distance import Levenshtein
from rich.console import Console
from rich.table import Table

from benchmarks.readers import _page as stock_page
from benchmarks.readers import _pictures
from parsers.text import normalise
from pipeline.intake import identify
from pipeline.pages import read_pages
from pipeline.settings import Settings
from samples.content import MEASURED, QUALITIES, Quality
from samples.truth import PageGeometry, TrueDocument, TrueLine, documents, load_geometry, load_lines
from schemas.ink import Box, Page, Word

_BODY = 40  # characters from which a line counts as body text
_MARGIN, _REACH = 6.0, 0.75  # points beside a line; heights of a line from its middle
Reader = Callable[[Path], Sequence[Page]]


@dataclass(frozen=True)
class Compared:
    """One printed line."""

    document: str
    true: str
    read: str
    wrong: int  # characters
    digits: int
    digits_right: int

    @property
    def body(self) -> bool:
        """Running text, not a head or a field."""
        return len(self.true) >= _BODY


def ours(path: Path) -> Sequence[Page]:
    """This project, without its parsers."""
    settings = Settings()
    return read_pages(path, identify(path, settings), settings)[0]


def stock(model: str) -> Reader:
    """A stock model with Tesseract's own layout."""

    def read(path: Path) -> Sequence[Page]:
        tables = (
            (pytesseract.image_to_data(picture, lang=model, output_type=pytesseract.Output.DICT), picture)
            for picture in _pictures(path)
        )
        return [stock_page(table, number, picture.size) for number, (table, picture) in enumerate(tables, 1)]

    return read


READERS: dict[str, Reader] = {"saraban": ours, "tha": stock("tha"), "script/Thai": stock("Thai")}


def main(arguments: Sequence[str] | None = None) -> None:
    """Read, compare, print."""
    options = _options(arguments)
    os.environ["OMP_THREAD_LIMIT"] = "1"
    chosen = [d for d in documents(options.folder) if d.secrecy is None][: options.most]
    table = Table("quality", "reader", "body lines", "CER body", "CER all print", "printed digits right")
    for quality in options.quality or QUALITIES:
        for name, reader in READERS.items():
            if name != "saraban" and not options.peers:
                continue
            with ThreadPoolExecutor(options.jobs) as pool:
                made = pool.map(
                    lambda d, q=quality, r=reader: list(_document(options.folder, d, q, r)), chosen
                )
                found = [line for lines in made for line in lines]
            table.add_row(quality, name, *_cells(found))
            if options.worst:
                for one in sorted(found, key=lambda line: -line.wrong / len(line.true))[:25]:
                    print(
                        f"{quality} {one.document} {one.wrong}/{len(one.true)}\n   {one.true}\n   {one.read}"
                    )
    Console().print(table)


def _cells(found: Sequence[Compared]) -> tuple[str, ...]:
    body = [one for one in found if one.body]
    digits, right = sum(one.digits for one in found), sum(one.digits_right for one in found)
    return (
        str(len(body)),
        _rate(body),
        _rate(found),
        f"{100 * right / max(1, digits):.2f} % of {digits}",
    )


def _rate(found: Sequence[Compared]) -> str:
    letters = sum(len(one.true) for one in found)
    return f"{100 * sum(one.wrong for one in found) / max(1, letters):.2f} %"


def _document(folder: Path, document: TrueDocument, quality: Quality, reader: Reader) -> Iterator[Compared]:
    path = document.path(quality)
    if not path.exists():
        return
    drawn = load_lines(document.name, folder)
    geometry = load_geometry(document.name, quality, folder) if quality != "born" else None
    for number, page in enumerate(reader(path)):
        prints = [line for line in drawn[number] if line.ink == "print"]
        pens = [line.box for line in drawn[number] if line.ink == "pen"]
        said = _by_line(page, prints, None if geometry is None else geometry[number])
        for line, text in zip(prints, said, strict=True):
            if not any(_inside(pen, line.box) for pen in pens):
                yield compare(document.name, line.text, text)


def _inside(inner: Box, outer: Box) -> bool:
    x, y = (inner.x0 + inner.x1) / 2, (inner.y0 + inner.y1) / 2
    return outer.x0 < x < outer.x1 and outer.y0 < y < outer.y1


def _by_line(page: Page, lines: Sequence[TrueLine], place: PageGeometry | None) -> list[str]:
    """What was read of each drawn line: every word goes to the line in whose box it stands, or to the nearest."""
    mine: list[list[tuple[float, str]]] = [[] for _ in lines]
    for word in (word for line in page.lines if line.ink == "black" for word in line.words):
        x, y = _as_drawn(word, page, place)
        near = [
            (
                not line.box.y0 < y < line.box.y1,
                abs(y - (line.box.y0 + line.box.y1) / 2) / line.box.height,
                number,
            )
            for number, line in enumerate(lines)
            if line.box.x0 - _MARGIN < x < line.box.x1 + _MARGIN
        ]
        _, distance, number = min(near, default=(True, 1.0, 0))
        if distance < _REACH:
            mine[number].append((x, word.text))
    return [" ".join(text for _, text in sorted(words)) for words in mine]


def _as_drawn(word: Word, page: Page, place: PageGeometry | None) -> tuple[float, float]:
    """The middle of a word in points of the page as it was drawn, before it was turned and spoilt."""
    box = word.box or Box(0, 0, 0, 0)
    x, y = (box.x0 + box.x1) / 2, (box.y0 + box.y1) / 2
    if place is None:
        return x, y
    back = np.linalg.inv(np.array(place.to_pixels))
    point = back @ np.array([x * place.width / page.width, y * place.height / page.height, 1.0])
    return float(point[0] / point[2]), float(point[1] / point[2])


def compare(document: str, true: str, read: str) -> Compared:
    """A true line and what was read; spaces do not count."""
    wanted, got = ("".join(normalise(text).split()) for text in (true, read))
    kept: set[int] = set()
    for step in Levenshtein.opcodes(wanted, got):
        if step.tag == "equal":
            kept.update(range(step.src_start, step.src_end))
    digits = [place for place, sign in enumerate(wanted) if sign.isdigit()]
    right = sum(place in kept for place in digits)
    return Compared(document, wanted, got, Levenshtein.distance(wanted, got), len(digits), right)


def _options(arguments: Sequence[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--folder", type=Path, required=True, help="a held-out set")
    parser.add_argument("--peers", action="store_true", help="also stock Tesseract with its two Thai models")
    parser.add_argument("--quality", action="append", choices=MEASURED, help="default: all but clean")
    parser.add_argument("--most", type=int, help="at most so many documents")
    parser.add_argument("--worst", action="store_true", help="show the lines that were read worst")
    parser.add_argument("--jobs", type=int, default=2, help="documents at a time")
    return parser.parse_args(arguments)


if __name__ == "__main__":
    main()
