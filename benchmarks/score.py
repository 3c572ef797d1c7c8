"""Compare what was read with what is true, field by field."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Literal

from parsers.text import squash
from samples.truth import TrueDocument, TrueLetter
from schemas.letter import Letter
from schemas.reading import Reading
from schemas.result import Result

Verdict = Literal["right", "wrong", "unread", "invented"]
KEY_FIELDS = ("number", "date", "subject", "signatory.name", "score")


@dataclass(frozen=True)
class Mark:
    """The verdict on one field of one letter."""

    document: str
    field: str
    verdict: Verdict
    sure: bool  # the value was shown as sure
    pen: bool
    true: str
    read: str
    confidence: float = 0.0
    offered: bool = False  # the true value is among the candidates


def marks(truth: TrueDocument, result: Result | None, sure: float) -> Iterator[Mark]:
    """One mark a field; letters are compared in their order, and a missing letter has every field unread."""
    letters = result.letters if result is not None else ()
    for place, true in enumerate(truth.letters):
        letter = letters[place] if place < len(letters) else None
        for field, wanted, reading in _fields(true, letter):
            mark = _mark(truth.name, field, wanted, reading, sure, field.split(".")[0] in true.pen)
            if mark is not None:
                yield mark


def _fields(true: TrueLetter, letter: Letter | None) -> Iterator[tuple[str, Any, Reading[Any] | None]]:
    for name in ("kind", "urgency", "number", "agency", "date", "subject", "addressee"):
        wanted = _sender(true, letter) if name == "agency" else getattr(true, name)
        yield name, wanted, getattr(letter, name, None)
    signer, read = true.signatory, letter.signatory if letter else None
    for name in ("name", "position", "acting_for"):
        yield f"signatory.{name}", getattr(signer, name, None), getattr(read, name, None)
    for name in ("owner_office", "phone", "email", "score"):
        yield name, getattr(true, name), getattr(letter, name, None)
    for receipt in true.receipts:
        found = _nearest(receipt, letter.receipts if letter else ())
        for name in ("agency", "number", "date", "time"):
            yield f"receipts.{name}", getattr(receipt, name), getattr(found, name, None)
    yield from _items(
        "enclosures",
        [e.title for e in true.enclosures],
        [e.title for e in letter.enclosures] if letter else [],
    )
    yield from _items(
        "references", [r.text for r in true.references], [r.text for r in letter.references] if letter else []
    )
    due = [d.date for d in true.deadlines]
    read_due = [d.date for d in letter.deadlines] if letter else []
    for i, day in enumerate(sorted(set(due), key=str)):
        hit = next((r for r in read_due if r.value == day), None)
        yield "deadlines", day, hit or (read_due[i] if i < len(read_due) else None)
    if not due and read_due:
        yield "deadlines", None, read_due[0]


def _sender(true: TrueLetter, letter: Letter | None) -> str | None:
    """The agency printed on the letter; where there is only a logo, the one that the signer's post names."""
    read = letter.agency.value if letter is not None and letter.agency is not None else None
    if true.agency is not None or read is None or true.signatory is None:
        return true.agency
    posts = squash(f"{true.signatory.position} {true.signatory.acting_for}")
    return read if squash(read) in posts else None


def _items(
    name: str, true: list[str], read: list[Reading[str]]
) -> Iterator[tuple[str, Any, Reading[Any] | None]]:
    for i in range(max(len(true), len(read))):
        yield name, true[i] if i < len(true) else None, read[i] if i < len(read) else None


def _nearest(receipt: Any, receipts: tuple[Any, ...]) -> Any:
    """The stamp that agrees most with the true one."""

    def agreement(found: Any) -> int:
        pairs = [(getattr(receipt, n), getattr(found, n)) for n in ("agency", "number", "date", "time")]
        return sum(r is not None and _same(t, r.value) for t, r in pairs if t is not None)

    return max(receipts, key=agreement, default=None)


def _mark(
    document: str, field: str, true: Any, reading: Reading[Any] | None, sure: float, pen: bool
) -> Mark | None:
    value = None if reading is None else reading.value
    if true is None and value is None:
        return None
    shown_sure = reading is not None and value is not None and reading.confidence >= sure
    verdict: Verdict
    if true is None:
        verdict = "invented"
    elif value is None:
        verdict = "unread"
    else:
        verdict = "right" if _same(true, value) else "wrong"
    confidence = reading.confidence if reading else 0.0
    offered = reading is not None and any(_same(true, other) for other in reading.candidates)
    return Mark(
        document, field, verdict, shown_sure, pen, str(true), _shown(value, reading), confidence, offered
    )


def _shown(value: Any, reading: Reading[Any] | None) -> str:
    if reading is None:
        return "-"
    return str(getattr(value, "text", value)) if value is not None else f"? ({reading.raw})"


def _same(true: Any, value: Any) -> bool:
    if isinstance(true, dt.date | dt.time | float | int):
        return bool(true == value)
    return squash(str(true)) == squash(str(getattr(value, "text", value)))
