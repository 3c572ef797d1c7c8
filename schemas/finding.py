"""A finding: a rule's verdict with its evidence."""

from __future__ import annotations

from enum import StrEnum
from typing import Literal

from schemas.ink import Box, PageNumber, Record


class Severity(StrEnum):
    """How much a finding weighs."""

    ERROR = "error"
    WARNING = "warning"
    NOTE = "note"


Fault = Literal["document", "reading"]
"""Whose fault it seems to be: the letter's, or our reading of it (then a person must look)."""


class Finding(Record):
    """One verdict of one rule about one letter (or about the file, when `letter` is None)."""

    id: str
    severity: Severity
    fault: Fault
    title: str
    message: str  # Thai, for the clerk
    message_en: str
    basis: str
    fields: tuple[str, ...] = ()  # dotted paths into the letter: "date", "receipts.0.date"
    letter: int | None = None  # index into Result.letters
    page: PageNumber | None = None
    box: Box | None = None
