"""What the store gives out: frozen records, never rows."""

from __future__ import annotations

import datetime as dt
from typing import Literal

from schemas.ink import Record
from schemas.letter import Secrecy
from schemas.result import Result

State = Literal["seen", "reading", "kept", "needs_person", "quarantined", "protected", "failed"]
"""seen: noted, to be read; reading: being read, or a crash came between; kept: in the register;
needs_person: in the register, and a person must look; quarantined: the file cannot be used; protected: it
carries a secrecy mark; failed: our tools failed again and again, the file waits for a person."""

IN_REGISTER: tuple[State, ...] = ("kept", "needs_person")
FINAL: tuple[State, ...] = ("kept", "needs_person", "protected")
"""Nothing will change these but a person."""


class Place(Record):
    """A file as it lies in an inbox; any write to it changes at least one of the numbers."""

    path: str
    size: int
    mtime_ns: int
    ctime_ns: int


class Entry(Record):
    """One row of the ledger: what became of one content, known by its hash."""

    sha256: str
    state: State
    attempts: int
    name: str | None  # as the clerk called the file; None when protected or not yet read
    secrecy: Secrecy | None
    error_code: str | None  # the last trouble, kept until the next success
    error: str | None  # Thai
    error_en: str | None
    received_at: dt.datetime
    updated_at: dt.datetime


class Stored(Record):
    """One document as kept: its ledger row and its record."""

    entry: Entry
    result: Result | None  # None until it has been read
    letter: int | None = None  # the letter asked for, when the question was a register row
    rows: tuple[int, ...] = ()  # register ids of its letters, in their order
    places: tuple[str, ...] = ()  # where the content has been seen; several are duplicates


class RegisterRow(Record):
    """One letter in the register (ทะเบียนหนังสือรับ), or one document in which no letter was found."""

    id: int | None  # stable; None for a document without letters
    sha256: str
    file: str
    letter: int | None  # its place in the file, from 0
    page: int | None  # the first page it stands on
    kind: str | None
    number: str | None
    code: str | None
    date: dt.date | None
    agency: str | None
    subject: str | None
    addressee: str | None
    signatory: str | None
    position: str | None
    urgency: str | None
    receipt_agency: str | None
    receipt_number: str | None
    receipt_date: dt.date | None
    receipt_time: dt.time | None
    deadline: dt.date | None  # the earliest
    score: float | None
    doubtful: tuple[str, ...]  # fields whose value must not be shown as sure, as dotted paths
    state: State
    needs_person: bool
    errors: int
    warnings: int
    notes: int
    faults: int  # of the errors and warnings, those where the letter itself seems wrong
    copies: int  # other names under which the same content was seen
    received_at: dt.datetime
    version: int = 1  # of the letter; whoever changes it says which one they saw
    confirmed: bool = False  # whether a person has looked at all of it


class RowFilter(Record):
    """Which rows of the register are wanted; None leaves a question out. Both ends of a range count."""

    agency: str | None = None  # a code such as สพร, or words of the sender's name
    addressee: str | None = None  # words of the name
    number: str | None = None  # a letter's number, or a part of one
    kind: str | None = None
    urgency: str | None = None
    date_from: dt.date | None = None
    date_to: dt.date | None = None
    received_from: dt.date | None = None
    received_to: dt.date | None = None
    due_from: dt.date | None = None  # deadlines that are not done
    due_to: dt.date | None = None
    needs_person: bool | None = None
    has_error: bool | None = None
    has_warning: bool | None = None
    has_deadline: bool | None = None
    open_deadline: bool | None = None
    has_receipt: bool | None = None
    confirmed: bool | None = None
    state: State | None = None


Sort = Literal[
    "received",
    "-received",
    "date",
    "-date",
    "due",
    "-due",
    "number",
    "-number",
    "agency",
    "-agency",
]
"""The order of a list; with a minus, the last or newest first. Empty values stand last either way."""


class RowPage(Record):
    """A stretch of the register."""

    rows: tuple[RegisterRow, ...]  # perhaps few, or none, though there is a next: what is asked for is rare
    next: str | None  # where the next stretch begins; None at the end
    total: int
    exact: bool  # False: at least `total`
