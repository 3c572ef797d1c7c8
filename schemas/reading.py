"""A reading: one value, and the ink it came from."""

from __future__ import annotations

from typing import Generic, TypeVar

from schemas.ink import Confidence, KnownBox, PageNumber, Reader, Record

T = TypeVar("T")


class Reading(Record, Generic[T]):
    """One value read from a page, and the ink it came from.

    Three states, never two: understood (a value); seen but not understood (value None, raw kept: a person
    is needed); no ink (the field that would hold the reading is None).
    """

    value: T | None
    raw: str  # as the reader gave it, never cleaned
    page: PageNumber
    box: KnownBox | None  # None only for a transcript, which has no page geometry
    confidence: Confidence
    reader: Reader
    candidates: tuple[T, ...] = ()  # other values that the ink may stand for, best first
