"""What became of one file: its letters, its findings, its troubles."""

from __future__ import annotations

import datetime as dt
from typing import Literal

from schemas.contest import Annex, Award, Contradiction, Link, Rules, Table, Tally
from schemas.finding import Finding
from schemas.ink import Page, PageNumber, Record
from schemas.letter import Letter, Secrecy

Status = Literal["ok", "partial", "failed", "protected"]
"""ok: read whole; partial: read, with problems; failed: could not be read; protected: a secret mark, not read."""


class Problem(Record):
    """Trouble of a file or a tool, in words a person can act on."""

    code: str  # stable, for machines: "pdf.encrypted"
    message: str  # Thai
    message_en: str
    page: PageNumber | None = None


class Document(Record):
    """A file that was opened and read into lines, before anything is understood."""

    file: str  # its name, without folders
    sha256: str
    received_at: dt.datetime | None = None  # when it reached us, with time zone; from the ledger
    pages: tuple[Page, ...] = ()
    links: tuple[Link, ...] = ()  # QR codes: they are read from the picture, not from the lines
    problems: tuple[Problem, ...] = ()
    secrecy: Secrecy | None = None  # set: the file is protected and `pages` is empty


class Result(Record):
    """Everything we know of one file."""

    file: str
    sha256: str
    status: Status
    secrecy: Secrecy | None = None
    page_count: int = 0
    page_sizes: tuple[
        tuple[float, float], ...
    ] = ()  # width and height in points, so that boxes find their place
    problems: tuple[Problem, ...] = ()
    letters: tuple[Letter, ...] = ()
    annexes: tuple[Annex, ...] = ()
    contradictions: tuple[Contradiction, ...] = ()
    awards: tuple[Award, ...] = ()
    tallies: tuple[Tally, ...] = ()
    links: tuple[Link, ...] = ()
    rules: Rules | None = None  # where it announces a contest
    tables: tuple[Table, ...] = ()
    findings: tuple[Finding, ...] = ()
