"""Pages of another making: drawn by a browser, worn by Augraphy, read by us; what was right by kind of damage.

  python -m benchmarks.wild make DIR --count 20 --seed 7 [--fonts FOLDER] [--digits FILE]
  python -m benchmarks.wild read DIR [--only fax] [--wrong]

`make` needs Chromium, playwright and augraphy; the last is best installed apart (`pip install --target X augraphy`) and
put at the end of PYTHONPATH. Every page is read as the PDF that the browser printed ("born"), as a clean picture at 300
dpi ("clean"), and in some kinds of damage, others for every page (`--each`). Nothing of it
is shared with the samples or with training.
"""

from __future__ import annotations

import argparse
import datetime as dt
import json
import random
from collections import defaultdict
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from pathlib import Path

import pypdfium2
from PIL import Image
from rapidfuzz import fuzz
from rapidfuzz.distance import Levenshtein
from rich.console import Console
from rich.table import Table

from benchmarks.score import KEY_FIELDS, Mark, marks
from benchmarks.wildset.damage import WEARS, wear
from benchmarks.wildset.draw import draw
from parsers.text import normalise
from pipeline.errors import MissingToolError
from pipeline.settings import Settings
from pipeline.stages import judge, open_document
from pipeline.understand import understand
from samples.truth import TrueDocument, TrueLetter, TrueLine
from schemas.ink import Page

_FOUND = 0.5  # of a line's characters are right
_LEAST = 8  # characters of a line that is compared
_DIGITS = str.maketrans("๐๑๒๓๔๕๖๗๘๙", "0123456789")


@dataclass
class Seen:
    """What came of one file."""

    name: str
    how: str
    marks: list[Mark]
    lines: list[tuple[str, str, int]] = field(default_factory=list)  # true, read, characters wrong


def main(arguments: Sequence[str] | None = None) -> None:
    """Make a set, or read one."""
    options = _options(arguments)
    try:
        (_make if options.task == "make" else _read)(options)
    except MissingToolError as error:
        raise SystemExit(str(error)) from error


def _make(options: argparse.Namespace) -> None:
    hows = random.Random(options.seed).sample(list(WEARS), len(WEARS))
    for place, (name, drawn, lines) in enumerate(
        draw(options.count, options.seed, options.folder, options.fonts, options.digits)
    ):
        file = options.folder / f"{name}.pdf"
        with pypdfium2.PdfDocument(file) as document:
            picture = document[0].render(scale=300 / 72).to_numpy()[:, :, :3].copy()
        chosen = [hows[(place * options.each + n) % len(hows)] for n in range(options.each)]
        files = {"born": file.name}
        clean = options.folder / f"{name}.clean.png"
        Image.fromarray(picture[:, :, ::-1]).save(clean, dpi=(300, 300))
        files["clean"] = clean.name
        for how in dict.fromkeys(chosen):
            files[how] = wear(picture, how, f"{name}-{how}", options.folder / f"{name}.{how}.x").name
        truth = {
            "files": files,
            "letter": drawn.truth.model_dump(mode="json"),
            "lines": [line.model_dump(mode="json") for line in lines],
        }
        (options.folder / f"{name}.json").write_text(json.dumps(truth, ensure_ascii=False, indent=1), "utf-8")
        print(name, *files)


def _read(options: argparse.Namespace) -> None:
    jobs = []
    for path in sorted(options.folder.glob("wild-*.json"))[: options.most]:
        truth = json.loads(path.read_text("utf-8"))
        for how, file in truth["files"].items():
            if not options.only or how in options.only:
                jobs.append((path.stem, how, options.folder / file, truth))
    with ThreadPoolExecutor(options.jobs) as pool:
        seen = list(pool.map(lambda job: _one(*job), jobs))
    Console(width=180).print(_table(seen))
    if options.wrong:
        for one in seen:
            for mark in one.marks:
                if mark.verdict != "right":
                    flag = "SURE" if mark.sure else ""
                    print(f"{one.how} {one.name} {mark.field} {mark.verdict} {flag} {mark.confidence:.2f}")
                    print(f"   true {mark.true}\n   read {mark.read}")
            for true, read, wrong in one.lines:
                if wrong > 0.15 * len(true):
                    print(f"{one.how} {one.name} LINE {wrong}/{len(true)}\n   true {true}\n   read {read}")


def _one(name: str, how: str, path: Path, truth: dict[str, object]) -> Seen:
    settings = Settings()
    document = open_document(path, settings)
    result = judge(understand(document), settings, dt.date(2026, 1, 1))
    letter = TrueLetter.model_validate(truth["letter"])
    true = TrueDocument(name=name, title="", pages=1, files={}, letters=(letter,))
    made = [
        mark for mark in marks(true, result, settings.sure)
        if not (mark.field == "agency" and letter.kind == "memo")
    ]  # fmt: skip
    lines = [TrueLine.model_validate(one) for one in truth["lines"]]  # type: ignore[attr-defined]
    return Seen(name, how, made, list(_compared(lines, document.pages)))


def _plain(text: str) -> str:
    return normalise(text).replace(" ", "").replace(".", "").translate(_DIGITS)


def _compared(lines: list[TrueLine], pages: tuple[Page, ...]) -> list[tuple[str, str, int]]:
    """Each true line beside what reads most like it; dots and spaces set aside."""
    read = [_plain(line.text) for page in pages for line in page.lines]
    everything = "\n".join(read)
    made = []
    for line in lines:
        true = _plain(line.text)
        if len(true) < _LEAST:
            continue
        best = fuzz.partial_ratio_alignment(true, everything)
        said = everything[best.dest_start : best.dest_end] if best else ""
        made.append((true, said, min(len(true), Levenshtein.distance(true, said))))
    return made


def _table(seen: list[Seen]) -> Table:
    table = Table("damage", "pages", "number", "date", "subject", "signer", "key fields", "all fields",
                  "sure", "sure, wrong", "lines found", "CER")  # fmt: skip
    groups: dict[str, list[Seen]] = defaultdict(list)
    for one in seen:
        groups[one.how].append(one)
    worn = [one for one in seen if one.how not in ("born", "clean")]
    for how, some in [*groups.items(), ("all damage", worn)]:
        all_marks = [mark for one in some for mark in one.marks]
        lines = [line for one in some for line in one.lines]
        sure = [mark for mark in all_marks if mark.sure]
        found = [line for line in lines if line[2] < (1 - _FOUND) * len(line[0])]
        table.add_row(
            how, str(len(some)),
            *(_share([m for m in all_marks if m.field in group]) for group in (
                ("number",), ("date",), ("subject",), ("signatory.name",), KEY_FIELDS)),
            _share(all_marks),
            f"{100 * len(sure) / max(1, len(all_marks)):.0f}%",
            f"{sum(m.verdict != 'right' for m in sure)} of {len(sure)}",
            f"{100 * len(found) / max(1, len(lines)):.1f}%",
            f"{100 * sum(line[2] for line in lines) / max(1, sum(len(line[0]) for line in lines)):.2f}%",
        )  # fmt: skip
    return table


def _share(made: list[Mark]) -> str:
    return f"{sum(m.verdict == 'right' for m in made)}/{len(made)}" if made else "-"


def _options(arguments: Sequence[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("task", choices=("make", "read"))
    parser.add_argument("folder", type=Path)
    parser.add_argument("--count", type=int, default=30, help="pages to draw")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--each", type=int, default=4, help="kinds of damage a page")
    parser.add_argument("--fonts", type=Path, default=None, help="a folder of web fonts, NAME-400.ttf")
    parser.add_argument(
        "--digits", type=Path, nargs="*", default=(), help="handwritten digits, as training takes them"
    )
    parser.add_argument("--only", action="append", help="only this damage; may be given again")
    parser.add_argument("--most", type=int, default=None, help="at most so many pages")
    parser.add_argument("--jobs", type=int, default=2)
    parser.add_argument("--wrong", action="store_true", help="list what is not right")
    return parser.parse_args(arguments)


if __name__ == "__main__":
    main()
