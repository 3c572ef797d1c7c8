"""The line finder measured on its own, without reading: how many true lines come out whole.

  python -m benchmarks.lines                          the samples, all qualities on paper
  python -m benchmarks.lines --folder DIR             a held-out set made by `samples/make.py --count … --out DIR`
  python -m benchmarks.lines --quality fax --wrong    name every line that is not whole
  python -m benchmarks.lines --draw DIR               and draw the pages that have one

A line's true ink is what stands inside its drawn box, without frames, emblems and ink that another line's box
shares. It is whole when one strip has 95 % of its columns and of its rows, and all marks but specks; it is
parted when strips end only at wide spaces, as those before a quantity are, which is as good.
Pen here is what the strips alone hold; the second look that takes pen digits up comes after reading.
"""

from __future__ import annotations

import argparse
from collections import Counter
from collections.abc import Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from typing import Any, Literal, get_args

import cv2
import numpy as np
from numpy.typing import NDArray
from rich.console import Console
from rich.table import Table

from pipeline import cut, image, pdf, pictures
from pipeline.image import Picture, Sheet
from pipeline.ink import A, H, Ink, W, leader_dots
from pipeline.lines import Strip
from samples.content import Quality
from samples.truth import HERE, PageGeometry, TrueLine, documents, load_geometry, load_lines

Verdict = Literal["whole", "parted", "marks lost", "split", "joined", "part", "missed"]
Flags = NDArray[np.bool_]
PAPER: tuple[Quality, ...] = ("scan", "fax", "photo")
_WHOLE, _MARKS = 0.95, 0.965  # of columns and rows; of all ink, below which marks are missing
_WIDE = 3.0  # x-heights of empty room that may end a strip
_GOOD: tuple[Verdict, ...] = ("whole", "parted")
_MARGIN = 1.0  # points around a drawn box


@dataclass(frozen=True)
class Outcome:
    """What became of one true line."""

    document: str
    page: int
    quality: str
    ink: str
    verdict: Verdict
    text: str
    box: tuple[int, int, int, int]  # pixels of the sheet


@dataclass(frozen=True)
class _Job:
    document: str
    quality: Quality
    folder: Path
    draw: Path | None


def main(arguments: Sequence[str] | None = None) -> None:
    """Measure, and print the table."""
    options = _options(arguments)
    jobs = [
        _Job(d.name, quality, options.folder, options.draw)
        for quality in options.quality or PAPER
        for d in documents(options.folder)
        if d.path(quality).exists() and (not options.only or d.name in options.only)
    ]
    with ProcessPoolExecutor(options.jobs) as pool:
        found = [one for made in pool.map(measure, jobs) for one in made]
    console = Console(width=None if Console().is_terminal else 160)
    console.print(_table(found))
    if options.wrong:
        for one in found:
            if one.verdict not in _GOOD:
                place = f"{one.quality}/{one.document} p{one.page} {one.box}"
                console.print(
                    f"{one.verdict:10} {one.ink:5} {place}  {one.text}",
                    markup=False,
                    highlight=False,
                    soft_wrap=True,
                )


def measure(job: _Job) -> list[Outcome]:
    """All true lines of one document in one quality, each with its verdict."""
    document = next(d for d in documents(job.folder) if d.name == job.document)
    drawn = load_lines(job.document, job.folder)
    geometry = load_geometry(job.document, job.quality, job.folder)
    outcomes = []
    for number, picture in enumerate(_pictures(document.path(job.quality)), start=1):
        made = _sheet(picture, geometry[number - 1])
        strips = [found.strip for found in cut.find(made)]
        truth = _quads(drawn[number - 1], geometry[number - 1], picture, made)
        verdicts = judge_lines(made, strips, truth, drawn[number - 1])
        on_page = [
            Outcome(job.document, number, job.quality, line.ink, verdict, line.text, _bounds(quad))
            for line, quad, verdict in zip(drawn[number - 1], truth, verdicts, strict=True)
            if verdict is not None
        ]
        if job.draw is not None and any(one.verdict not in _GOOD for one in on_page):
            job.draw.mkdir(parents=True, exist_ok=True)
            file = job.draw / f"{job.quality}-{job.document}-{number}.png"
            cv2.imwrite(str(file), overlay(made, strips, on_page))
        outcomes += on_page
    return outcomes


# -- truth on the sheet ------------------------------------------------------------------------------------


def _pictures(path: Path) -> Iterator[Picture]:
    """A file's pages as the reader gets them."""
    if path.suffix == ".pdf":
        yield from (page.picture for page in pdf.pages(path))
    else:
        yield from (page.picture for page in pictures.pages(path))


def _sheet(picture: Picture, place: PageGeometry) -> Sheet:
    """The page as it is to be read, its way up taken from the truth: only the finder is measured here."""
    dx, dy = place.to_pixels[0][0], place.to_pixels[1][0]  # where a line of the page runs to
    sideways = abs(dy) > abs(dx)
    made = image.prepare(picture, sideways=sideways)
    upside_down = dy > 0 if sideways else dx < 0
    return cut.well_sized(image.flip(made) if upside_down else made)[0]


def _quads(
    drawn: Sequence[TrueLine], place: PageGeometry, picture: Picture, made: Sheet
) -> list[NDArray[np.float64]]:
    """The corners of each drawn line's box in pixels of the sheet."""
    to_picture = np.diag([picture.shape[1] / place.width, picture.shape[0] / place.height, 1.0])
    matrix = np.linalg.inv(made.to_scan) @ to_picture @ np.array(place.to_pixels)
    quads = []
    for line in drawn:
        x0, y0, x1, y1 = (
            line.box.x0 - _MARGIN,
            line.box.y0 - _MARGIN,
            line.box.x1 + _MARGIN,
            line.box.y1 + _MARGIN,
        )
        points = matrix @ np.array([[x0, x1, x1, x0], [y0, y0, y1, y1], [1, 1, 1, 1]])
        quads.append((points[:2] / points[2]).T)
    return quads


def _bounds(quad: NDArray[np.float64]) -> tuple[int, int, int, int]:
    low, high = quad.min(axis=0), quad.max(axis=0)
    return int(low[0]), int(low[1]), int(high[0]) + 1, int(high[1]) + 1


@dataclass(frozen=True)
class _TrueInk:
    """Pixels of one line's own ink."""

    x: NDArray[np.int64]
    y: NDArray[np.int64]

    def __len__(self) -> int:
        return len(self.x)


def _true_ink(made: Sheet, quads: Sequence[NDArray[np.float64]], drawn: Sequence[TrueLine]) -> list[_TrueInk]:
    """Every line's own ink: inside its box, neither frame nor emblem nor ink of two boxes at once."""
    black = Ink.of(made.black)
    colour = None if made.colour is None else Ink.of(made.colour)
    shape = made.black.shape
    claims = np.zeros(shape, np.uint8)
    masks = [_mask(quad, shape) for quad in quads]
    for (y0, y1, x0, x1), mask in masks:
        claims[y0:y1, x0:x1] += mask
    own = []
    for line, ((y0, y1, x0, x1), mask) in zip(drawn, masks, strict=True):
        # pen is noted twice, inside its printed line and on its own: there two claims are right
        sole = mask & (claims[y0:y1, x0:x1] <= (2 if line.ink == "pen" else 1))
        inked = [_text_pixels(black, (y0, y1, x0, x1))] if line.ink == "print" or colour is None else []
        if colour is not None and line.ink != "print":
            inked += [_text_pixels(colour, (y0, y1, x0, x1))]
            if line.ink == "pen":  # pens may be black
                inked.append(_text_pixels(black, (y0, y1, x0, x1)))
        ys, xs = np.nonzero(np.logical_or.reduce(inked) & (sole > 0))
        own.append(_TrueInk(xs + x0, ys + y0))
    return own


def _mask(quad: NDArray[np.float64], shape: tuple[int, ...]) -> tuple[tuple[int, int, int, int], Any]:
    x0, y0, x1, y1 = _bounds(quad)
    x0, y0, x1, y1 = max(0, x0), max(0, y0), min(shape[1], x1), min(shape[0], y1)
    mask = np.zeros((max(0, y1 - y0), max(0, x1 - x0)), np.uint8)
    if mask.size:
        cv2.fillPoly(mask, [np.round(quad - [x0, y0]).astype(np.int32)], 1)
    return (y0, max(y0, y1), x0, max(x0, x1)), mask


def _text_pixels(ink: Ink, window: tuple[int, int, int, int]) -> Flags:
    """Ink of letters' size in a window: no specks, no dotted leaders, nothing much larger than the line."""
    y0, y1, x0, x1 = window
    view, high = ink.labels[y0:y1, x0:x1], y1 - y0
    wide, tall = ink.stats[:, W], ink.stats[:, H]
    fits = (tall < 1.6 * high) & (wide < 6 * high)
    fits &= (np.maximum(wide, tall) > 0.13 * high) & (ink.stats[:, A] > 6)
    fits &= ~((wide > 1.2 * high) & (tall < 0.1 * high)) & ~((tall > 0.6 * high) & (wide < 0.08 * high))
    fits[0] = False
    fits &= ~leader_dots(ink.stats, 0.45 * high, fits)
    return np.asarray(fits[view], dtype=bool)


# -- verdicts ----------------------------------------------------------------------------------------------


def judge_lines(
    made: Sheet, strips: Sequence[Strip], quads: Sequence[NDArray[np.float64]], drawn: Sequence[TrueLine]
) -> list[Verdict | None]:
    """What became of each drawn line; None where hardly any ink of its own can be seen."""
    own = _true_ink(made, quads, drawn)
    held = [_held(strips, ink, made.black.shape) for ink in own]
    verdicts: list[Verdict | None] = []
    for number, (line, ink) in enumerate(zip(drawn, own, strict=True)):
        if len(ink) < 12:
            verdicts.append(None)
            continue
        best = int(held[number].sum(axis=1).argmax()) if len(strips) else -1
        others = [
            i for i, other in enumerate(drawn)
            if i != number and "pen" not in (other.ink, line.ink) and len(own[i]) >= 12
        ]  # fmt: skip
        joined = best >= 0 and any(held[i][best].mean() > 0.3 for i in others)
        size = strips[best].x_height if best >= 0 else 1.0
        verdicts.append(_verdict(ink, held[number], (best, joined), _WIDE * size))
    return verdicts


def _held(strips: Sequence[Strip], ink: _TrueInk, shape: tuple[int, ...]) -> Flags:
    """For each strip and each pixel of a line's ink: the strip holds it."""
    held = np.zeros((len(strips), len(ink)), dtype=bool)
    if not len(ink):
        return held
    for number, strip in enumerate(strips):
        columns = ink.x - strip.left
        inside = (columns >= 0) & (columns < len(strip.shift))
        rows = ink.y - strip.top - strip.shift[np.clip(columns, 0, len(strip.shift) - 1)]
        inside &= (rows >= 0) & (rows < strip.image.shape[0])
        held[number, inside] = strip.image[rows[inside], columns[inside]] < 235
    return held


def _verdict(ink: _TrueInk, held: Flags, chosen: tuple[int, bool], wide: float) -> Verdict:
    best, joined = chosen
    if best < 0 or held.any(axis=0).mean() < 0.3:
        return "missed"
    if joined:
        return "joined"
    mine: Flags = np.asarray(held[best], dtype=bool)
    columns = _share(ink.x, mine)
    if columns >= _WHOLE:
        whole = _share(ink.y, mine) >= _WHOLE and mine.mean() >= _MARKS
        return "whole" if whole else "marks lost"
    if _is_parted(ink, held, wide):
        return "parted"
    return "split" if _share(ink.x, np.asarray(held.any(axis=0), dtype=bool)) >= _WHOLE else "part"


def _is_parted(ink: _TrueInk, held: Flags, wide: float) -> bool:
    """Between wide spaces, everything stands in one strip."""
    columns = np.unique(ink.x)
    starts = [columns[0], *columns[1:][np.diff(columns) > wide], columns[-1] + 1]
    pieces = [(ink.x >= start) & (ink.x < end) for start, end in pairwise(starts)]
    return all(
        max(_share(ink.x[p], np.asarray(kept, dtype=bool)) for kept in held[:, p]) >= _WHOLE for p in pieces
    )


def _share(places: NDArray[np.int64], held: Flags) -> float:
    """Share of the columns (or rows) with ink in which some ink is held."""
    return len(np.unique(places[held])) / max(1, len(np.unique(places)))


# -- showing -----------------------------------------------------------------------------------------------

_COLOURS: dict[Verdict, tuple[int, int, int]] = {
    "whole": (120, 200, 120), "parted": (120, 200, 120), "marks lost": (0, 140, 255), "split": (255, 0, 255),
    "joined": (255, 60, 0), "part": (0, 0, 255), "missed": (0, 0, 180),
}  # fmt: skip


def overlay(made: Sheet, strips: Sequence[Strip], outcomes: Sequence[Outcome]) -> Picture:
    """The sheet with its strips (thin, grey) and the true lines that are not whole (thick, by verdict)."""
    gray = made.black if made.colour is None else np.minimum(made.black, made.colour)
    picture = cv2.cvtColor(gray, cv2.COLOR_GRAY2BGR)
    for strip in strips:
        x0, y0, x1, y1 = strip.box
        cv2.rectangle(picture, (x0, y0), (x1, y1), (170, 170, 0), 2)
    for one in outcomes:
        if one.verdict not in _GOOD:
            x0, y0, x1, y1 = one.box
            cv2.rectangle(picture, (x0 - 4, y0 - 4), (x1 + 4, y1 + 4), _COLOURS[one.verdict], 3)
            cv2.putText(
                picture, one.verdict, (x0, y0 - 8), cv2.FONT_HERSHEY_SIMPLEX, 0.9, _COLOURS[one.verdict], 2
            )
    return np.asarray(picture, dtype=np.uint8)


def _table(found: Sequence[Outcome]) -> Table:
    table = Table(title="true lines by what the line finder made of them")
    for name in ("quality", "ink", "lines", "good", *get_args(Verdict)):
        table.add_column(name, justify="left" if name in ("quality", "ink") else "right")
    counts = Counter((one.quality, one.ink, one.verdict) for one in found)
    for quality in dict.fromkeys(one.quality for one in found):
        for ink in ("print", "stamp", "pen"):
            made = [counts[quality, ink, verdict] for verdict in get_args(Verdict)]
            if sum(made):
                good = f"{100 * sum(made[:2]) / sum(made):.1f}%"
                cells = [str(sum(made)), good, *map(str, made)]
                table.add_row(quality, ink, *cells, end_section=ink == "pen")
    return table


def _options(arguments: Sequence[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--folder", type=Path, default=HERE, help="a held-out set; default: the samples")
    parser.add_argument(
        "--quality", action="append", choices=PAPER, help="only this quality; may be given again"
    )
    parser.add_argument(
        "--only", action="append", metavar="NAME", help="only this document; may be given again"
    )
    parser.add_argument("--wrong", action="store_true", help="list every line that is not whole")
    parser.add_argument("--draw", type=Path, help="folder for pictures of the pages with such lines")
    parser.add_argument("--jobs", type=int, default=2, help="documents at a time")
    return parser.parse_args(arguments)


if __name__ == "__main__":
    main()
