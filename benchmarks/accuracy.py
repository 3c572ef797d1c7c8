"""How right the records are: ours beside stock Tesseract and OCRmyPDF, with the same parsers behind all three.

python -m benchmarks.accuracy                        the samples, all qualities, ours only where no peer is asked for
python -m benchmarks.accuracy --peers                beside `tesseract -l tha` and `ocrmypdf -l tha --force-ocr`
python -m benchmarks.accuracy --folder DIR           a held-out set made by `python samples/make.py --count … --out DIR`
python -m benchmarks.accuracy --quality scan --wrong list every wrong value too
"""

from __future__ import annotations

import argparse
import datetime as dt
from collections import defaultdict
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from rich.console import Console
from rich.table import Table

from benchmarks.readers import READERS, Reader
from benchmarks.score import KEY_FIELDS, Mark, marks
from pipeline.settings import Settings
from samples.content import MEASURED, QUALITIES
from samples.truth import HERE, TrueDocument, documents

Rows = dict[tuple[str, str], list[Mark]]


def main(arguments: Sequence[str] | None = None) -> None:
    """Run the comparison and print its tables."""
    options = _options(arguments)
    console = Console(width=200 if not Console().is_terminal else None)
    settings = Settings()
    readers = {name: r for name, r in READERS.items() if name == "saraban" or options.peers}
    rows: Rows = {}
    for quality in options.quality or QUALITIES:
        chosen = [d for d in documents(options.folder) if d.secrecy is None and d.path(quality).exists()][
            : options.most
        ]
        for name, reader in readers.items():
            with ThreadPoolExecutor(options.jobs) as pool:
                found = pool.map(lambda d, q=quality, r=reader: _read(d, q, r, settings), chosen)
                rows[quality, name] = [mark for one in found for mark in one]
    console.print(_table(rows))
    console.print(_sure_table(rows))
    if options.wrong:
        for (quality, name), made in rows.items():
            for m in made:
                if m.verdict != "right":
                    flag = "SURE" if m.sure else ""
                    head = f"{quality}/{name} {m.document} {m.field} {m.verdict} {flag} {m.confidence:.2f} pen={m.pen}"
                    console.print(
                        f"{head}\n   true {m.true}\n   read {m.read}",
                        markup=False, highlight=False, soft_wrap=True,
                    )  # fmt: skip


def _read(document: TrueDocument, quality: str, reader: Reader, settings: Settings) -> list[Mark]:
    result = reader(document.path(quality), settings, dt.date(2026, 1, 1))  # type: ignore[arg-type]
    return list(marks(document, result, settings.sure))


def _table(rows: Rows) -> Table:
    """Share of right values by field; a field that is not there and was not read does not count."""
    table = Table(title="right / there (invented values count as wrong)")
    table.add_column("field")
    columns = list(rows)
    for quality, name in columns:
        table.add_column(f"{quality}\n{name}", justify="right")
    fields: dict[str, None] = {}
    for made in rows.values():
        fields.update(dict.fromkeys(m.field for m in made))
    groups = [*((f, (f,)) for f in fields), ("key fields", KEY_FIELDS), ("all fields", tuple(fields))]
    for label, group in groups:
        cells = [_share([m for m in rows[c] if m.field in group]) for c in columns]
        table.add_row(label, *cells, end_section=label == list(fields)[-1])
    letters = [_whole_letters(rows[c]) for c in columns]
    table.add_row("letters with all key fields right", *letters)
    return table


def _share(made: list[Mark]) -> str:
    right = sum(m.verdict == "right" for m in made)
    return f"{right}/{len(made)} {100 * right / len(made):.0f}%" if made else "-"


def _whole_letters(made: list[Mark]) -> str:
    good: dict[str, bool] = defaultdict(lambda: True)
    for m in made:
        if m.field in KEY_FIELDS:
            good[m.document] &= m.verdict == "right"
    return f"{sum(good.values())}/{len(good)}"


def _sure_table(rows: Rows) -> Table:
    """Of the values shown as sure, how many are wrong."""
    table = Table(title="values shown as sure")
    for name in ("quality", "reader", "shown as sure", "of them wrong", "share of all values shown as sure"):
        table.add_column(name, justify="right")
    for (quality, name), made in rows.items():
        sure = [m for m in made if m.sure]
        wrong = [m for m in sure if m.verdict != "right"]
        table.add_row(
            quality,
            name,
            str(len(sure)),
            f"{len(wrong)} ({100 * len(wrong) / max(1, len(sure)):.2f}%)",
            f"{100 * len(sure) / max(1, len(made)):.0f}%",
        )
    return table


def _options(arguments: Sequence[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--peers", action="store_true", help="also stock Tesseract and OCRmyPDF (slow)")
    parser.add_argument(
        "--quality", action="append", choices=MEASURED, help="only this quality; may be given again"
    )
    parser.add_argument("--folder", type=Path, default=HERE, help="a held-out set; default: the samples")
    parser.add_argument("--most", type=int, default=None, help="at most so many documents")
    parser.add_argument("--jobs", type=int, default=2, help="documents at a time")
    parser.add_argument("--wrong", action="store_true", help="list every value that is not right")
    return parser.parse_args(arguments)


if __name__ == "__main__":
    main()
