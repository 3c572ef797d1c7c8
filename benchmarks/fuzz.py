"""Damaged text against every parser: `python -m benchmarks.fuzz [--count 100000] [--seed 1] [--only dates]`.

Lines of the samples' truth, and of other texts given by path, are torn, doubled, shuffled and mixed with marks
and digits at random. A parser must neither raise nor take longer than a second (of processor time: machines are
shared) for any of them. `bundles` are files of several letters, spoilt.
"""

from __future__ import annotations

import argparse
import datetime as dt
import json
import random
import signal
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, NamedTuple

from benchmarks.bundles import MAKERS
from parsers import (
    agencies,
    dates,
    deadlines,
    fields,
    items,
    lookalikes,
    numbers,
    numerals,
    rubber,
    segment,
    signers,
    text,
    times,
)
from parsers.people import bare_name
from pipeline.settings import Settings
from pipeline.stages import judge, understand
from pipeline.transcript import read_transcript
from schemas.ink import Box, Line, Page, Word, union
from schemas.result import Document

ROOT = Path(__file__).parents[1]
SLOW_S = 1
_HANGS_S = 30  # of processor time, too: a process that nobody lets run does not hang
_MARKS = "\u0e31\u0e33\u0e34\u0e35\u0e36\u0e37\u0e38\u0e39\u0e47\u0e48\u0e49\u0e4a\u0e4b\u0e4c\u0e4d"
_SPICE = _MARKS + "๐๑๒๓๔๕๖๗๘๙0123456789/.-()ว–|*#\u00a0\u200b\uf70a \n"
_WRITTEN = dt.date(2023, 6, 2)
_PAGE = 25  # damaged lines of a whole document
_LOST_PAGE, _SHUFFLED, _SPOILT_LINE = 0.1, 0.3, 0.15  # chances, in a file of several letters
_A4 = (595.0, 842.0)


class Tally(NamedTuple):
    """What became of one parser."""

    name: str
    inputs: int
    raised: list[str]
    slow: list[str]
    slowest_ms: float


def _document(damaged: str) -> object:
    """The whole way of a transcript, parsers and rules."""
    document = Document(file="fuzz.txt", sha256="0" * 64, pages=read_transcript(damaged))
    return judge(understand(document), Settings(), _WRITTEN)


def _pages(damaged: str) -> object:
    """The same of ink on two pages: every line somewhere, its words with boxes, some of it in colour."""
    chance = random.Random(damaged)
    lines = [_inked(text, 1 + at % 2, chance) for at, text in enumerate(damaged.splitlines()) if text.strip()]
    pages = tuple(
        Page(
            number=number,
            width=_A4[0],
            height=_A4[1],
            skew=chance.uniform(-2, 2),
            lines=tuple(line for line in lines if line.page == number),
        )
        for number in (1, 2)
    )
    document = Document(file="fuzz.pdf", sha256="0" * 64, pages=pages)
    return judge(understand(document), Settings(), _WRITTEN)


def _bundle(damaged: str) -> object:
    """The same of a whole file of several letters, its pages in any order, some missing, lines of them damaged."""
    chance = random.Random(damaged)
    made = chance.choice(list(MAKERS.values()))(chance).pages
    kept = [one for one in made if chance.random() > _LOST_PAGE] or made[:1]
    if chance.random() < _SHUFFLED:
        chance.shuffle(kept)
    scraps = damaged.splitlines() or [""]
    pages = tuple(_spoilt(one, number, scraps, chance) for number, one in enumerate(kept, 1))
    document = Document(file="fuzz.pdf", sha256="0" * 64, pages=pages)
    return judge(understand(document), Settings(), _WRITTEN)


def _spoilt(page: Page, number: int, scraps: list[str], chance: random.Random) -> Page:
    """A page at another place of the file, some of its lines saying something else."""
    lines = []
    for line in page.lines:
        text = " ".join(chance.choice(scraps).split())
        if text and chance.random() < _SPOILT_LINE:
            word = Word(text=text.replace(" ", ""), box=line.box, confidence=chance.random())
            line = line.model_copy(update={"text": word.text, "words": (word,)})
        lines.append(line.model_copy(update={"page": number}))
    return page.model_copy(update={"number": number, "lines": tuple(lines)})


def _inked(text: str, page: int, chance: random.Random) -> Line:
    x, y, size = chance.uniform(20, 400), chance.uniform(20, 800), chance.uniform(6, 24)
    words = []
    for part in text.split():
        wide = 0.4 * size * len(part)
        sure = chance.random()
        words.append(Word(text=part, box=Box(x, y, x + wide, y + size), confidence=sure))
        x += wide + chance.choice((0.3, 0.3, 4.0)) * size
    return Line(
        text=" ".join(text.split()),
        page=page,
        box=union(word.box for word in words),
        words=tuple(words),
        confidence=chance.random(),
        ink=chance.choice(("black", "black", "colour")),
        reader=chance.choice(("print", "print", "hand")),
    )


PARSERS: dict[str, Callable[[str], object]] = {
    "normalise": text.normalise,
    "numbers in words": numerals.parse_words,
    "counts": numerals.read_count,
    "amounts": numerals.parse_number,
    "dates": lambda one: dates.find_dates(one, _WRITTEN),
    "ranges": lambda one: dates.find_ranges(one, _WRITTEN),
    "times": times.find_times,
    "deadlines": lambda one: deadlines.find_deadlines(one, _WRITTEN, _WRITTEN),
    "letter numbers": numbers.find_letter_numbers,
    "one number": numbers.parse_letter_number,
    "repairs": numbers.repairs,
    "items": items.find_items,
    "names": bare_name,
    "search words": segment.plain,
    "agencies": agencies.resolve,
    "labels": lambda one: fields.find_label(one, glued=True),
    "stamps' days": lambda one: rubber.rubber_date(one, _WRITTEN),
    "stamps' hours": rubber.clock,
    "look-alikes": lookalikes.likelier,
    "titles": signers.mended_title,
    "documents": _document,
    "pages": _pages,
    "bundles": _bundle,
}


def known_lines(more: list[Path]) -> list[str]:
    """Every string of the samples' truth, and every line of the texts given."""
    found: list[str] = []
    for file in sorted((ROOT / "samples" / "truth").glob("*.json")):
        found += _strings(json.loads(file.read_text(encoding="utf-8")))
    for file in more:
        found += file.read_text(encoding="utf-8").splitlines()
    return sorted({line.strip() for line in found if line.strip()})


def _strings(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for one in value.values():
            yield from _strings(one)
    elif isinstance(value, list):
        for one in value:
            yield from _strings(one)


def damage(line: str, lines: list[str], chance: random.Random) -> str:
    """A line after one to five accidents."""
    for _ in range(chance.randint(1, 5)):
        at, to = sorted(chance.randint(0, len(line)) for _ in range(2))
        match chance.randint(0, 6):
            case 0:
                line = line[:at] + line[to:]
            case 1:
                line = line[:at] + line[at:to] * chance.randint(2, 4) + line[to:]
            case 2:
                line = line[:at] + "".join(chance.choices(_SPICE, k=chance.randint(1, 9))) + line[at:]
            case 3:
                line = line[:at] + chance.choice(lines)[: chance.randint(1, 200)] + line[to:]
            case 4:
                line = "".join(chance.sample(line[at:to], to - at)) + line[to:]
            case 5:
                line = line.replace(chance.choice(line or " "), chance.choice(_SPICE))
            case _:
                line = line[to:] + line[:at]
    return line[:2000]


def _stop(*_: object) -> None:
    raise TimeoutError("it hangs")


def run(name: str, count: int, lines: list[str], seed: int) -> Tally:
    """One parser against so many damaged lines, or documents of them."""
    signal.signal(signal.SIGPROF, _stop)
    chance, parse = random.Random(f"{seed} {name}"), PARSERS[name]
    raised: list[str] = []
    slow: list[str] = []
    slowest = 0.0
    parse(lines[0])  # tables and word lists are read once
    for _ in range(count):
        size = chance.randint(1, _PAGE) if name in ("documents", "pages", "bundles") else 1
        given = "\n".join(damage(chance.choice(lines), lines, chance) for _ in range(size))
        started = time.process_time()
        signal.setitimer(signal.ITIMER_PROF, _HANGS_S)
        try:
            parse(given)
        except Exception as error:
            raised.append(f"{type(error).__name__}: {given!r}")
        finally:
            signal.setitimer(signal.ITIMER_PROF, 0)
        took = time.process_time() - started
        slowest = max(slowest, took)
        if took > SLOW_S:
            slow.append(given)
    return Tally(name, count, raised, slow, slowest * 1000)


def main() -> None:
    """Print a table, then what raised or was slow."""
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--count", type=int, default=100_000)
    asked.add_argument("--seed", type=int, default=1)
    asked.add_argument("--only", choices=sorted(PARSERS))
    asked.add_argument("--lines", type=Path, nargs="*", default=[], help="more texts to damage")
    given = asked.parse_args()
    lines = known_lines(given.lines)
    print(f"{len(lines)} lines to damage, seed {given.seed}\n")
    print("| parser | inputs | raised | over 1 s | slowest, ms |\n|---|---|---|---|---|")
    tallies = []
    for name in [given.only] if given.only else PARSERS:
        tally = run(name, given.count, lines, given.seed)
        tallies.append(tally)
        print(
            f"| {name} | {tally.inputs:,} | {len(tally.raised)} | {len(tally.slow)} | {tally.slowest_ms:.0f} |",
            flush=True,
        )
    for tally in tallies:
        for trouble in (tally.raised + tally.slow)[:5]:
            print(f"\n{tally.name}: {trouble[:600]}")


if __name__ == "__main__":
    main()
