"""Speed of understanding and judging without OCR: `python -m benchmarks.parsing [--quality scan]`.

The samples' pages are read once; then parsers and rules go over the lines again and again. Before each round all
that remembers texts is emptied, and letters of other offices (`tests/varied`) are read, as in a program that has been
running, but has never seen these letters. The second table holds documents of 5 to 200 pages: the time a page must
not grow.
"""

from __future__ import annotations

import argparse
import datetime as dt
import statistics
import time
from collections.abc import Sequence
from functools import cache
from itertools import cycle, islice
from pathlib import Path

from parsers import (
    alike,
    dates,
    daylines,
    fields,
    kinds,
    lookalikes,
    mending,
    numbering,
    senders,
    stampslots,
    text,
    wordlist,
)
from pipeline.settings import Settings
from pipeline.stages import judge, open_document, understand
from schemas.ink import Page
from schemas.result import Document
from tests.varied_letters import letters as varied_letters

PAGES = Path(__file__).parents[1] / "samples" / "pages"
TODAY = dt.date(2025, 6, 1)
ROUNDS = 5
SIZES = (5, 25, 50, 100, 200)
WANTED = 10_000  # pages a minute
_REMEMBERING = (
    alike.shape_of,
    dates.seen_dates,
    daylines._is_date,
    daylines.is_month_and_year,
    fields._opening,
    fields.bones,
    fields.find_label,
    kinds._headings,
    kinds.closing_of,
    lookalikes._better,
    lookalikes._mend,
    mending._begun,
    mending._mended,
    numbering._number_span,
    senders._resolved,
    stampslots.mended_office,
    text.fold,
    text.squash,
    wordlist._cut,
)


def documents(quality: str, most: int) -> list[Document]:
    """The samples of one quality, read into lines."""
    settings = Settings()
    files = sorted(file for file in (PAGES / quality).iterdir() if file.suffix != ".json")[:most]
    return [document for file in files if (document := open_document(file, settings)).pages]


def seconds(made: Sequence[Document]) -> float:
    """CPU seconds to understand and judge them all, the median of some rounds."""
    settings, took = Settings(), []
    for _ in range(ROUNDS):
        forget()
        for other in others():
            judge(understand(other), settings, TODAY)
        started = time.process_time()
        for document in made:
            judge(understand(document), settings, TODAY)
        took.append(time.process_time() - started)
    return statistics.median(took)


def forget() -> None:
    """Empty what remembers texts, so that no round profits from the one before it; tables stay."""
    for kept in _REMEMBERING:
        kept.cache_clear()


@cache
def others() -> list[Document]:
    """Letters that are not the samples."""
    return [Document(file=one.name, sha256="0" * 64, pages=one.pages("joined")) for one in varied_letters()]


def longer(made: Sequence[Document], size: int) -> Document:
    """One document of so many pages: all pages over and over, in one order."""
    all_pages = cycle(page for document in made for page in document.pages)
    pages = [_renumbered(page, number) for number, page in enumerate(islice(all_pages, size), 1)]
    return Document(file="long.pdf", sha256="0" * 64, pages=tuple(pages))


def _renumbered(page: Page, number: int) -> Page:
    lines = tuple(line.model_copy(update={"page": number}) for line in page.lines)
    marks = tuple(mark.model_copy(update={"page": number}) for mark in page.marks)
    return page.model_copy(update={"number": number, "lines": lines, "marks": marks})


def main() -> None:
    """Print both tables."""
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--quality", default="scan")
    asked.add_argument("--documents", type=int, default=24)
    given = asked.parse_args()
    made = documents(given.quality, given.documents)
    pages = sum(len(document.pages) for document in made)
    lines = sum(len(page.lines) for document in made for page in document.pages)
    took = seconds(made)
    rate = pages / took * 60
    print(f"{len(made)} documents, {pages} pages, {lines} lines ({given.quality})\n")
    print("| pages a minute on one core | ms a page | bar |\n|---|---|---|")
    print(f"| {rate:,.0f} | {1000 * took / pages:.1f} | {WANTED:,} |\n")
    print("| pages in one document | ms a page |\n|---|---|")
    for size in SIZES:
        long = longer(made, size)
        print(f"| {len(long.pages)} | {1000 * seconds([long]) / len(long.pages):.1f} |", flush=True)


if __name__ == "__main__":
    main()
