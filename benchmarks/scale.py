"""How quick the register is when it is large: search, list, letter and ingest on synthetic letters.

    python -m benchmarks.scale --rows 1000000 [--database sqlite|postgresql] [--folder /tmp]

Letters are made from the dictionary's words by a seeded generator and written in bulk; what is measured then
goes through the store as the commands and pages use it. Nothing in them is real.
"""

from __future__ import annotations

import argparse
import datetime as dt
import random
import statistics
import tempfile
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from benchmarks.filled import filled
from benchmarks.made import SUBJECTS, Maker, check, record
from parsers.segment import SEAM
from pipeline.offices import known_to
from pipeline.settings import Settings
from pipeline.store import Place, RowFilter, Store
from schemas.result import Result

_TODAY = dt.date(2026, 1, 5)
_SETTINGS = Settings()


def questions(maker: Maker, count: int) -> list[str]:
    """What people might type, of every kind that the language has."""
    pick = random.Random(7)
    found: list[str] = []
    for _ in range(25):
        made = maker.letter(pick.randrange(1, count + 1))
        sentence = made.body.split(" ")[0].split(SEAM)
        common, rare = pick.choice(maker.words[:100]), pick.choice(maker.words[5000:])
        damaged = pick.choice([word for word in sentence if len(word) > 4] or ["ประชุม"])
        found += [
            made.number,
            str(made.id),
            made.agency,
            pick.choice(SUBJECTS),
            common,
            rare,
            f"{common} {pick.choice(maker.words[:300])}",
            "".join(sentence[2:5]),
            f'"{"".join(sentence[4:8])}"',
            f"from:{made.code} {pick.choice(SUBJECTS)}",
            f"from:{made.agency} date:{made.day.year + 543}",
            f"date:{made.day.year + 543}-{made.day.month:02} {common}",
            f"due:<7d {common}",
            f"urgency:ด่วนที่สุด has:error {pick.choice(SUBJECTS)}",
            f"to:{made.addressee[:14]} is:doubtful",
            damaged[:2] + "ฮ" + damaged[3:],
            pick.choice(SUBJECTS)[:-2],
        ]
    return found


def timed(work: Callable[[Any], Any], each: Sequence[Any]) -> list[float]:
    """Milliseconds of each call."""
    found = []
    for one in each:
        began = time.perf_counter()
        work(one)
        found.append((time.perf_counter() - began) * 1000)
    return found


def measure(store: Store, maker: Maker, count: int) -> dict[str, list[float]]:
    """Every question that people ask, through the store as they ask it."""
    pick = random.Random(3)
    asked = questions(maker, count)
    pick.shuffle(asked)
    ids = [pick.randrange(1, count + 1) for _ in range(200)]
    first = store.page(limit=50)
    kept = max(count, first.rows[0].id or 0)  # of a run before there may be more; new letters must be new
    deep = store.page(RowFilter(), "-date", limit=50).next
    lists: list[Callable[[], Any]] = []
    for made in (maker.letter(pick.randrange(1, count + 1)) for _ in range(12)):
        lists += [
            lambda: store.page(limit=50),
            lambda: store.page(limit=50, after=first.next),
            lambda: store.page(RowFilter(), "-date", limit=50, after=deep),
            lambda made=made: store.page(RowFilter(agency=made.agency)),
            lambda made=made: store.page(RowFilter(agency=made.code), "due"),
            lambda made=made: store.page(RowFilter(kind=made.kind, has_error=True)),
            lambda: store.page(RowFilter(needs_person=True)),
            lambda made=made: store.page(RowFilter(date_from=made.day, date_to=made.day + dt.timedelta(31))),
            lambda made=made: store.page(RowFilter(urgency="ด่วนที่สุด", date_from=made.day)),
            lambda: store.page(RowFilter(due_from=_TODAY, due_to=_TODAY + dt.timedelta(7)), "due"),
            lambda: store.page(RowFilter(), "agency"),
        ]
    store.search("ประขุม ไม่มีคำนี้", today=_TODAY)  # loads the dictionary: once a process
    return {
        "search": timed(lambda query: store.search(query, today=_TODAY), asked),
        "list": timed(lambda work: work(), lists),
        "letter": timed(store.letter, ids),
        "ingest": timed(
            lambda result: store.save(result, None, dt.datetime.now(dt.UTC)),
            [record(maker.letter(kept + place)) for place in range(1, 201)],
        ),
        "document": timed(
            lambda result: _see_through(store, result),
            [record(maker.letter(kept + place)) for place in range(201, 401)],
        ),
    }


def _see_through(store: Store, result: Result) -> None:
    """What `ingest` asks of the store for one document that cites no other, besides reading it."""
    store.admit(result.sha256)
    entry = store.begin(result.sha256)
    known_to(_SETTINGS, store)
    store.save(result, None, entry.received_at)
    store.note_places(result.sha256, [Place(path=f"/in/{result.file}", size=1, mtime_ns=2, ctime_ns=3)])


def show(database: str, count: int, figures: dict[str, list[float]]) -> None:
    """Print the table."""
    for name, values in figures.items():
        values.sort()
        print(
            f"| {database} | {count:,} | {name} | {len(values)} | {statistics.median(values):.1f} "
            f"| {values[int(0.95 * len(values))]:.1f} | {values[-1]:.1f} | {statistics.mean(values):.1f} |",
            flush=True,
        )


def main() -> None:
    """Fill a register and measure it."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rows", type=int, default=100_000)
    parser.add_argument("--database", choices=("sqlite", "postgresql"), default="sqlite")
    parser.add_argument("--folder", type=Path, default=Path(tempfile.gettempdir()))
    options = parser.parse_args()
    maker = Maker()
    check(maker)
    with filled(options.database, maker, options.rows, options.folder) as url:
        store = Store(url)
        print("| database | letters | what | times | median ms | p95 ms | worst ms | mean ms |")
        print("|---|---|---|---|---|---|---|---|")
        show(options.database, options.rows, measure(store, maker, options.rows))
        store.close()


if __name__ == "__main__":
    main()
