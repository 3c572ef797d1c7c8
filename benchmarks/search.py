"""Whether search finds what stands in letters that were read from scans: exact phrases, and damaged words.

    SARABAN_HOME=/tmp/house saraban ingest samples/inbox
    python -m benchmarks.search --home /tmp/house [--database postgresql]

With PostgreSQL the records are first copied into a server of the benchmark's own, letter by letter as they are kept.

Phrases are taken from the letters as they were read, cut where a person might cut them. A damaged word has one
letter exchanged, left out or doubled, by a seeded generator; words that the damage turns into another word of the
dictionary count as well.
"""

from __future__ import annotations

import argparse
import contextlib
import random
import re
from collections.abc import Iterator
from pathlib import Path

from parsers.segment import plain, words
from parsers.text import LETTERS
from pipeline.settings import Settings
from pipeline.store import Store, open_store
from tests.postgres import cluster

_THAI = "กขคงจฉชซญดตถทธนบปผฝพฟภมยรลวศสหอะาิีึืุู่้์"
_CLEAR_OF_FILTERS = re.compile(r'[:"“”]')


def texts(store: Store) -> Iterator[tuple[int, str]]:
    """The id of each letter with a subject, and what it says."""
    for row in store.rows():
        kept = None if row.id is None else store.letter(row.id)
        if kept is not None:
            parts = (kept.letter.subject, kept.letter.body)
            said = "\n".join(part.value for part in parts if part is not None and part.value)
            yield kept.row.id or 0, _CLEAR_OF_FILTERS.sub(" ", plain(said))


def phrases(text: str, pick: random.Random, count: int) -> Iterator[str]:
    """Stretches of 6 to 40 letters of one line, from the beginning of a word to the end of one."""
    lines = [line for line in text.split("\n") if len(line) > 10]
    for _ in range(count if lines else 0):
        line = pick.choice(lines)
        cut = re.findall(
            "|".join(map(re.escape, sorted(set(words(line)), key=len, reverse=True))), line.lower()
        )
        start = pick.randrange(max(1, len(cut) - 2))
        wanted = cut[start : start + pick.randrange(2, 6)]
        found = re.search(rf"[^\w{LETTERS}]*".join(map(re.escape, wanted)), line.lower())
        if found is not None and len(found[0]) >= 6:
            yield found[0]


def damaged(text: str, pick: random.Random, count: int) -> Iterator[str]:
    """Words of four letters or more with one letter wrong."""
    pool = [word for word in words(text) if len(word) >= 4 and re.fullmatch(f"[{LETTERS}]+", word)]
    for _ in range(count if pool else 0):
        word = pick.choice(pool)
        place = pick.randrange(len(word))
        how = pick.randrange(4)
        if how < 2:
            yield word[:place] + pick.choice(_THAI.replace(word[place], "")) + word[place + 1 :]
        elif how == 2:
            yield word[:place] + word[place + 1 :]
        else:
            yield word[:place] + word[place] + word[place:]


def found(store: Store, letter_id: int, query: str) -> bool:
    """Whether a letter is among the first hits."""
    return letter_id in [hit.row.id for hit in store.search(query, limit=200).hits]


def main() -> None:
    """Measure one database."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--home", type=Path, required=True)
    parser.add_argument("--database", choices=("sqlite", "postgresql"), default="sqlite")
    parser.add_argument("--each", type=int, default=30, help="phrases and words of each letter")
    options = parser.parse_args()
    with contextlib.ExitStack() as stack:
        store = open_store(Settings(home=options.home))
        if options.database == "postgresql":
            store = _copied(store, stack.enter_context(cluster()).url())
            stack.callback(store.close)
        measure(store, options.each, options.database)


def _copied(store: Store, url: str) -> Store:
    """The same letters in another database."""
    other = Store(url)
    other.upgrade()
    for row in store.rows():
        kept = store.get(row.sha256)
        if kept is not None:
            other.save(kept.result, None, kept.entry.received_at)
    return other


def measure(store: Store, each: int, database: str) -> None:
    """Ask, and print the shares."""
    pick = random.Random(5)
    tallies = {
        "exact phrase": [0, 0],
        "exact phrase, in quotes": [0, 0],
        "word with one letter wrong": [0, 0],
    }
    for letter_id, text in texts(store):
        for phrase in phrases(text, pick, each):
            _count(tallies["exact phrase"], found(store, letter_id, phrase))
            _count(tallies["exact phrase, in quotes"], found(store, letter_id, f'"{phrase}"'))
        for word in damaged(text, pick, each):
            right = found(store, letter_id, word)
            _count(tallies["word with one letter wrong"], right)
            if not right:
                print("   missed:", letter_id, word)
    print("| database | what | asked | found |\n|---|---|---|---|")
    for name, (hits, asked) in tallies.items():
        print(f"| {database} | {name} | {asked} | {100 * hits / max(1, asked):.1f} % |")


def _count(tally: list[int], hit: bool) -> None:
    tally[0] += hit
    tally[1] += 1


if __name__ == "__main__":
    main()
