"""How quick the register is when it is large: search, list, letter and ingest on synthetic letters.

    python -m benchmarks.scale --rows 1000000 [--database sqlite|postgresql] [--folder /tmp]

Letters are made from the dictionary's words by a seeded generator and written in bulk; what is measured then
goes through the store as the commands and pages use it. Nothing in them is real.
"""

from __future__ import annotations

import argparse
import contextlib
import datetime as dt
import hashlib
import json
import random
import shutil
import sqlite3
import statistics
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any, NamedTuple

import psycopg

from parsers.segment import SEAM, squashed, words
from pipeline.store import RowFilter, Store
from pipeline.store.index import Texts, search_texts, vectors
from schemas.letter import Letter
from schemas.result import Result
from tests.postgres import cluster

_BATCH = 5000
_START = dt.datetime(2016, 1, 4, 9, tzinfo=dt.UTC)
_TODAY = dt.date(2026, 1, 5)
_MINUTES = 5  # between two letters
_CODES = ("สพร", "นร", "มท", "ลป", "ชม", "กค", "ศธ", "สธ", "ทส", "พณ")
_KINDS = ("external",) * 7 + ("memo",) * 2 + ("stamped",)
_URGENCIES = (None,) * 7 + ("ด่วน", "ด่วนมาก", "ด่วนที่สุด")
_SUBJECTS = (
    *("ขอเชิญประชุม", "ขอความอนุเคราะห์", "ขอส่งรายงาน", "แจ้งผลการพิจารณา", "ขอเชิญเข้าร่วมโครงการ"),
    *("ประชาสัมพันธ์", "การจัดสรรงบประมาณ", "ขออนุมัติ", "สำรวจข้อมูล", "แต่งตั้งคณะกรรมการ"),
)


class Made(NamedTuple):
    """One synthetic letter in the shapes that the tables want."""

    id: int
    sha256: str
    moment: dt.datetime
    day: dt.date
    code: str
    number: str
    kind: str
    urgency: str | None
    agency: str
    subject: str
    addressee: str
    body: str
    due: dt.date | None
    doubtful: bool
    error: bool


class Maker:
    """Makes the same letters every time."""

    def __init__(self, seed: int = 1) -> None:
        random_ = random.Random(seed)
        from pythainlp.corpus import thai_words

        pool = sorted(word for word in thai_words() if 3 <= len(word) <= 7 and words(word) == (word,))
        random_.shuffle(pool)
        self.words = pool[:20_000]
        weights = [1 / (place + 10) for place in range(len(self.words))]
        self.sentences = [SEAM.join(random_.choices(self.words, weights, k=14)) for _ in range(30_000)]
        self.agencies = [f"สำนักงาน{''.join(random_.choices(self.words, k=2))}" for _ in range(3000)]
        self._random = random_

    def letter(self, number: int) -> Made:
        """The letter of this number, counted from 1."""
        pick = random.Random(number)
        moment = _START + dt.timedelta(minutes=_MINUTES * number)
        day = moment.date() - dt.timedelta(days=pick.randrange(9))
        code, agency = pick.choice(_CODES), self.agencies[int(3000 * pick.random() ** 2)]
        sentences = (self.sentences[pick.randrange(len(self.sentences))] for _ in range(6))
        return Made(
            id=number,
            sha256=hashlib.sha256(str(number).encode()).hexdigest(),
            moment=moment,
            day=day,
            code=code,
            number=f"{code} {pick.randrange(9999):04}/{'ว' if pick.random() < 0.3 else ''}{number}",
            kind=pick.choice(_KINDS),
            urgency=pick.choice(_URGENCIES),
            agency=agency,
            subject=f"{pick.choice(_SUBJECTS)} {pick.choice(self.sentences).replace(SEAM, '')[:30]}",
            addressee=f"ผู้อำนวยการ{self.agencies[pick.randrange(3000)]}",
            body=" ".join(sentences),
            due=day + dt.timedelta(days=pick.randrange(10, 60)) if pick.random() < 0.4 else None,
            doubtful=pick.random() < 0.2,
            error=pick.random() < 0.1,
        )


def record(made: Made) -> Result:
    """The letter as the reader would give it."""

    def reading(value: Any, confidence: float = 0.97) -> dict[str, Any]:
        box = [72.0, 100.0, 400.0, 118.0]
        return {
            "value": value,
            "raw": str(value),
            "page": 1,
            "box": box,
            "confidence": confidence,
            "reader": "print",
        }

    owner, _, running = made.number.partition(" ")[2].partition("/")
    number = {
        "code": made.code,
        "owner": owner,
        "circular": running.startswith("ว"),
        "running": running.removeprefix("ว"),
        "year": None,
        "text": made.number,
    }
    deadlines = [
        {"date": reading(made.due.isoformat()), "phrase": reading("ภายในวันที่"), "kind": reading("fixed")}
        for _ in range(made.due is not None)
        if made.due is not None
    ]
    letter = {
        "kind": reading(made.kind),
        "urgency": reading(made.urgency) if made.urgency else None,
        "number": reading(number, 0.7 if made.doubtful else 0.97),
        "agency": reading(made.agency),
        "date": reading(made.day.isoformat()),
        "subject": reading(made.subject),
        "addressee": reading(made.addressee),
        "body": reading(made.body.replace(SEAM, "")),
        "receipts": [{"number": reading(str(made.id % 9000)), "date": reading(made.day.isoformat())}],
        "deadlines": deadlines,
        "pages": [1],
    }
    return Result.model_validate(
        {
            "file": f"{made.id}.pdf",
            "sha256": made.sha256,
            "status": "ok",
            "page_count": 1,
            "letters": [letter],
        }
    )


class Template:
    """Records as JSON without building each: one real record with holes."""

    def __init__(self, maker: Maker) -> None:
        made = maker.letter(1)._replace(due=None, urgency=None, doubtful=False)
        self._made, self._text = made, json.dumps(record(made).model_dump(mode="json"), ensure_ascii=False)

    def json(self, made: Made) -> str:
        """The record of another letter."""
        text = self._text
        for name in ("sha256", "number", "agency", "subject", "addressee"):
            text = text.replace(getattr(self._made, name), getattr(made, name))
        text = text.replace(self._made.body.replace(SEAM, ""), made.body.replace(SEAM, ""))
        return text.replace(self._made.day.isoformat(), made.day.isoformat())


class Heads:
    """The search texts of letters; the heads' few words are cut once each."""

    def __init__(self) -> None:
        self._known: dict[str, str] = {}

    def texts(self, made: Made) -> Texts:
        """What `search_texts` gives for this letter, without cutting the same words a million times."""
        seamed = [self._cut(part) for part in (made.subject, made.number, made.agency, made.addressee)]
        receipt = str(made.id % 9000)
        sender = ("zf" + word for word in (made.code, *self._cut(made.agency).split(SEAM)))
        receiver = ("zt" + word for word in self._cut(made.addressee).split(SEAM))
        gist = "\n".join(
            squashed(part) for part in (made.subject, made.number, made.agency, made.addressee, receipt)
        )
        head = "\n".join((*seamed, receipt))
        urgency = (f"zu{made.urgency}",) if made.urgency else ()
        return Texts(head, made.body, " ".join((*sender, *receiver, *urgency)), "", gist)

    def _cut(self, text: str) -> str:
        if any(char.isdigit() for char in text):
            return SEAM.join(words(text)) if "ว" not in text else text.replace("ว", f"ว{SEAM}")
        known = self._known.get(text)
        if known is None:
            known = " ".join(SEAM.join(words(part)) for part in text.split(" "))
            if len(self._known) < 200_000:
                self._known[text] = known
        return known


_TABLES = {
    "documents": "sha256, state, attempts, name, received_at, updated_at, page_count, letterless, record",
    "letters": "id, sha256, position, page, kind, urgency, code, number_text, letter_date, agency, subject,"
    " addressee, needs_person, doubtful, received_at, due, errors, warnings, pages, version",
    "receipts": "letter_id, position, number, date",
    "deadlines": "letter_id, position, date, kind, phrase",
    "findings": "sha256, position, letter, rule, severity, fault, message, message_en",
    "searches": "letter_id, head, body, marks, near, gist",
}


def rows(made: Made, record_json: str, texts: Texts, moment: Any) -> dict[str, tuple[Any, ...]]:
    """One letter as rows of the tables."""
    state = "needs_person" if made.doubtful else "kept"
    doubts = '["number"]' if made.doubtful else "[]"
    found: dict[str, tuple[Any, ...]] = {
        "documents": (made.sha256, state, 1, f"{made.id}.pdf", moment, moment, 1, False, record_json),
        "letters": (
            *(made.id, made.sha256, 0, 1, made.kind, made.urgency, made.code, made.number),
            *(made.day.isoformat(), made.agency, made.subject, made.addressee, made.doubtful, doubts),
            *(moment, made.due and made.due.isoformat(), int(made.error), 0, "[1]", 1),
        ),
        "receipts": (made.id, 0, str(made.id % 9000), made.day.isoformat()),
        "searches": (made.id, *texts),
    }
    if made.due:
        found["deadlines"] = (made.id, 0, made.due.isoformat(), "fixed", "ภายในวันที่")
    if made.error:
        found["findings"] = (made.sha256, 0, 0, "DATE-01", "error", "document", "วันไม่ตรง", "wrong day")
    return found


def fill_sqlite(path: Path, maker: Maker, count: int) -> None:
    """Write the letters in bulk; the search fills itself by its triggers."""
    database = sqlite3.connect(path, isolation_level=None)
    for pragma in ("synchronous=OFF", "cache_size=-800000", "foreign_keys=OFF", "temp_store=MEMORY"):
        database.execute(f"PRAGMA {pragma}")
    for batch in _batches(maker, count, lambda at: at.strftime("%Y-%m-%d %H:%M:%S.%f")):
        database.execute("BEGIN")
        for table, values in batch.items():
            holes = ", ".join("?" * len(_TABLES[table].split(",")))
            database.executemany(f"INSERT INTO {table} ({_TABLES[table]}) VALUES ({holes})", values)
        database.execute("COMMIT")
    database.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    database.close()


def fill_postgres(url: str, maker: Maker, count: int) -> None:
    """Write the letters by COPY; the search's indexes are made afterwards."""
    with psycopg.connect(url.replace("+psycopg", ""), autocommit=True) as database:
        indexes = database.execute(
            "SELECT indexname, indexdef FROM pg_indexes WHERE indexname LIKE 'ix_search_vectors_%'"
        ).fetchall()
        for name, _ in indexes:
            database.execute(f"DROP INDEX {name}")
        for batch in _batches(maker, count, lambda at: at.isoformat()):
            found = [vectors(values[0], Texts(*values[1:])) for values in batch["searches"]]
            for table, values in batch.items():
                _copy(database, table, _TABLES[table], values)
            _copy(
                database,
                "search_vectors",
                "letter_id, head, everything, near, grams",
                [tuple(each.values()) for each in found],
            )
        database.execute("SET maintenance_work_mem = '1GB'")
        for _, definition in indexes:
            database.execute(definition)
        database.execute(
            "SELECT setval(pg_get_serial_sequence('letters', 'id'), (SELECT max(id) FROM letters))"
        )
        database.execute("VACUUM ANALYZE")


@contextlib.contextmanager
def filled(database: str, maker: Maker, count: int, folder: Path) -> Iterator[str]:
    """A database with so many letters, gone again afterwards; its URL."""
    with contextlib.ExitStack() as stack:
        if database == "sqlite":
            made = Path(tempfile.mkdtemp(prefix="scale", dir=folder))
            stack.callback(shutil.rmtree, made, ignore_errors=True)
            url = f"sqlite:///{made / 'register.sqlite3'}"
        else:
            settings = "-c shared_buffers=1GB -c work_mem=32MB -c max_wal_size=8GB"
            url = stack.enter_context(cluster(settings)).url()
        store = Store(url)
        store.upgrade()
        store.close()
        if database == "sqlite":
            fill_sqlite(made / "register.sqlite3", maker, count)
            print(f"  {(made / 'register.sqlite3').stat().st_size / 1e9:.1f} GB", flush=True)
        else:
            fill_postgres(url, maker, count)
        yield url


def _copy(database: Any, table: str, columns: str, values: Sequence[tuple[Any, ...]]) -> None:
    with database.cursor().copy(f"COPY {table} ({columns}) FROM STDIN") as copy:
        for row in values:
            copy.write_row(row)


def _batches(
    maker: Maker, count: int, moment: Callable[[dt.datetime], Any]
) -> Iterator[dict[str, list[tuple[Any, ...]]]]:
    template, heads = Template(maker), Heads()
    batch: dict[str, list[tuple[Any, ...]]] = {}
    began = time.perf_counter()
    for number in range(1, count + 1):
        made = maker.letter(number)
        for table, values in rows(made, template.json(made), heads.texts(made), moment(made.moment)).items():
            batch.setdefault(table, []).append(values)
        if number % _BATCH == 0 or number == count:
            yield {table: batch[table] for table in _TABLES if table in batch}
            batch = {}
        if number % 100_000 == 0:
            print(f"  {number:,} letters after {time.perf_counter() - began:.0f} s", flush=True)


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
            pick.choice(_SUBJECTS),
            common,
            rare,
            f"{common} {pick.choice(maker.words[:300])}",
            "".join(sentence[2:5]),
            f'"{"".join(sentence[4:8])}"',
            f"from:{made.code} {pick.choice(_SUBJECTS)}",
            f"from:{made.agency} date:{made.day.year + 543}",
            f"date:{made.day.year + 543}-{made.day.month:02} {common}",
            f"due:<7d {common}",
            f"urgency:ด่วนที่สุด has:error {pick.choice(_SUBJECTS)}",
            f"to:{made.addressee[:14]} is:doubtful",
            damaged[:2] + "ฮ" + damaged[3:],
            pick.choice(_SUBJECTS)[:-2],
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
            [record(maker.letter(count + place)) for place in range(1, 201)],
        ),
    }


def show(database: str, count: int, figures: dict[str, list[float]]) -> None:
    """Print the table."""
    for name, values in figures.items():
        values.sort()
        print(
            f"| {database} | {count:,} | {name} | {len(values)} | {statistics.median(values):.1f} "
            f"| {values[int(0.95 * len(values))]:.1f} | {values[-1]:.1f} | {statistics.mean(values):.1f} |",
            flush=True,
        )


def check(maker: Maker) -> None:
    """The short cut of the generator must give what the store itself would keep."""
    made = maker.letter(7)
    own = search_texts(record(made).letters[0])
    quick = Heads().texts(made)
    assert words(own.head) == words(quick.head), (own.head, quick.head)
    assert own.marks == quick.marks
    assert isinstance(record(made).letters[0], Letter)


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
