"""The register as JSON Lines: one letter a line, the register's row beside the whole record."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import TYPE_CHECKING, TextIO

from pipeline.export.files import whole

if TYPE_CHECKING:
    from pipeline.store.records import RegisterRow, Stored


def save_jsonl(rows: Iterable[RegisterRow], get: Callable[[str], Stored | None], file: Path) -> int:
    """Write one JSON object a letter: `register` as listed, `letter` with every reading and its ink.

    `get` gives a kept document by its hash (Store.get). `-` is standard output. Returns how many lines.
    """
    if str(file) == "-":
        return _write(rows, get, sys.stdout)
    with whole(file) as half, half.open("w", encoding="utf-8", newline="\n") as out:
        return _write(rows, get, out)


def _write(rows: Iterable[RegisterRow], get: Callable[[str], Stored | None], out: TextIO) -> int:
    count = 0
    for row in rows:
        stored = get(row.sha256)
        result = stored.result if stored is not None else None
        known = result is not None and row.letter is not None and row.letter < len(result.letters)
        letter = result.letters[row.letter].model_dump(mode="json") if known else None  # type: ignore[union-attr,index]
        line = {"register": row.model_dump(mode="json"), "letter": letter}
        out.write(json.dumps(line, ensure_ascii=False) + "\n")
        count += 1
    return count
