"""The store: one transaction a call, records in and records out."""

from __future__ import annotations

import datetime as dt
import zlib
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from functools import lru_cache
from typing import cast

from sqlalchemy import func, select
from sqlalchemy.orm import Session, undefer

from pipeline.errors import BadInputError
from pipeline.settings import Settings
from pipeline.store import engine as db
from pipeline.store import ledger_rows
from pipeline.store.flatten import fill_letter, finding_row, needs_person
from pipeline.store.models import DocumentRow, LetterRow, SightingRow
from pipeline.store.records import Entry, Place, RegisterRow, State, Stored
from pipeline.store.register import register_rows
from schemas.result import Document, Result

_SHORTEST_PREFIX = 4


class Store:
    """The register and the ledger in one database. Safe to share between threads."""

    def __init__(self, url: str, sure: float = 0.9) -> None:
        """`sure`: values read with less confidence than this need a person."""
        self._engine = db.make_engine(url)
        self._sure = sure

    def upgrade(self) -> None:
        """Make the tables, or bring them to the newest version."""
        db.upgrade(self._engine)

    def close(self) -> None:
        """Close all connections."""
        self._engine.dispose()

    # The register

    def save(self, result: Result, document: Document | None, received_at: dt.datetime) -> State:
        """Keep a result and set the document's state in one transaction; doing it again changes nothing.

        A protected result erases all but hash, time and class, whatever was kept before.
        """
        if received_at.tzinfo is None:
            raise ValueError("A moment without a time zone cannot be kept in the register.")
        with self._writing() as session:
            row = ledger_rows.admit(session, result.sha256)
            row.received_at, row.updated_at = min(row.received_at, received_at), ledger_rows.now()
            if result.status == "protected":
                row.state, row.secrecy = "protected", result.secrecy
                ledger_rows.erase(session, row)
            elif row.state == "protected":  # a class is never lowered
                return "protected"
            elif result.status == "failed":
                self._fill_bad(row, result)
            else:
                self._fill(session, row, result, document)
            state = ledger_rows.entry_of(row).state
        if state == "protected":
            db.forget_erased(self._engine)
        return state

    def _fill_bad(self, row: DocumentRow, result: Result) -> None:
        row.state, row.name = "quarantined", result.file
        row.record, row.pages = result.model_dump(mode="json"), None
        row.letters, row.findings, row.page_count = [], [], 0
        for problem in result.problems[:1]:
            row.error_code, row.error, row.error_en = problem.code, problem.message, problem.message_en

    def _fill(self, session: Session, row: DocumentRow, result: Result, document: Document | None) -> None:
        row.state = "needs_person" if needs_person(result, self._sure) else "kept"
        row.name, row.page_count = result.file, result.page_count
        row.error_code = row.error = row.error_en = None
        row.record = result.model_dump(mode="json")
        if document is not None:
            row.pages = zlib.compress(document.model_dump_json().encode())
        kept = list(row.letters)
        while len(kept) < len(result.letters):
            kept.append(LetterRow())
        row.letters = kept[: len(result.letters)]  # the rest is deleted; rows that stay keep their ids
        for position, letter_row in enumerate(row.letters):
            with session.no_autoflush:
                fill_letter(letter_row, result, position, self._sure)
        row.findings = [finding_row(place, finding) for place, finding in enumerate(result.findings)]

    def get(self, question: str) -> Stored | None:
        """A document by its hash, the beginning of its hash, or the register id of one of its letters."""
        with self._reading() as session:
            if question.isdecimal() and len(question) < 10:
                letter = session.get(LetterRow, int(question))
                if letter is not None:
                    return _stored(letter.document, letter.position)
            prefix = question.strip().lower()
            if len(prefix) < _SHORTEST_PREFIX or set(prefix) - set("0123456789abcdef"):
                return None
            found = session.scalars(
                select(DocumentRow).where(DocumentRow.sha256.startswith(prefix)).limit(2)
            ).all()
            if len(found) > 1:
                raise BadInputError(
                    "id.ambiguous",
                    f"มีมากกว่าหนึ่งเอกสารที่ขึ้นต้นด้วย {prefix} โปรดระบุให้ยาวขึ้น",
                    f"More than one document begins with {prefix}: give more of its hash.",
                )
            return _stored(found[0], None) if found else None

    def document(self, sha256: str) -> Document | None:
        """The pages of a document as they were read, for judging or understanding again without OCR."""
        with self._reading() as session:
            row = session.get(DocumentRow, sha256, options=[undefer(DocumentRow.pages)])
            if row is None or row.pages is None:
                return None
            return Document.model_validate_json(zlib.decompress(row.pages))

    def rows(self, needs_person: bool | None = None, limit: int | None = None) -> list[RegisterRow]:
        """The register in the order of arrival: one row a letter; `limit` gives the newest so many."""
        with self._reading() as session:
            return register_rows(session, needs_person, limit)

    # The ledger

    def entry(self, sha256: str) -> Entry | None:
        """The ledger row of one content."""
        with self._reading() as session:
            row = session.get(DocumentRow, sha256)
            return None if row is None else ledger_rows.entry_of(row)

    def last_quarantined(self, name: str) -> Entry | None:
        """The last file of this name that was moved to the quarantine; protected files have no name here."""
        query = (
            select(DocumentRow)
            .where(DocumentRow.state == "quarantined", DocumentRow.name == name)
            .order_by(DocumentRow.updated_at.desc())
            .limit(1)
        )
        with self._reading() as session:
            row = session.scalars(query).first()
            return None if row is None else ledger_rows.entry_of(row)

    def entries(self, states: Sequence[State] = ()) -> list[Entry]:
        """Ledger rows in the order of arrival, all or those in some states."""
        query = select(DocumentRow).order_by(DocumentRow.received_at, DocumentRow.sha256)
        if states:
            query = query.where(DocumentRow.state.in_(states))
        with self._reading() as session:
            return [ledger_rows.entry_of(row) for row in session.scalars(query)]

    def counts(self) -> dict[State, int]:
        """How many documents are in each state."""
        query = select(DocumentRow.state, func.count()).group_by(DocumentRow.state)
        with self._reading() as session:
            return {cast(State, state): count for state, count in session.execute(query)}

    def admit(self, sha256: str) -> Entry:
        """Note a content; the first time is when it was received."""
        with self._writing() as session:
            return ledger_rows.entry_of(ledger_rows.admit(session, sha256))

    def begin(self, sha256: str, again: bool = False) -> Entry:
        """Mark a document as being read; its state tells whether it is to be read at all."""
        with self._writing() as session:
            return ledger_rows.entry_of(ledger_rows.begin(session, sha256, again))

    def fail(
        self, sha256: str, trouble: tuple[str, str, str], *, final: bool = False, counts: bool = True
    ) -> Entry:
        """Record that our tools failed on a document: code, and words in Thai and English."""
        with self._writing() as session:
            return ledger_rows.entry_of(ledger_rows.fail(session, sha256, trouble, final, counts))

    def note_places(self, sha256: str, places: Sequence[Place]) -> int:
        """Record where a kept content lies; return how many of the places are duplicates."""
        with self._writing() as session:
            return ledger_rows.note_places(session, sha256, places)

    def noted(self) -> set[Place]:
        """All files noted, as they looked then."""
        query = select(SightingRow.path, SightingRow.size, SightingRow.mtime_ns, SightingRow.ctime_ns)
        with self._reading() as session:
            return {
                Place(path=path, size=size, mtime_ns=mtime_ns, ctime_ns=ctime_ns)
                for path, size, mtime_ns, ctime_ns in session.execute(query)
            }

    def withdraw(self, sha256: str) -> None:
        """Take back that a content is being read: it was still being written, and will come whole."""
        with self._writing() as session:
            ledger_rows.withdraw(session, sha256)

    @contextmanager
    def _writing(self) -> Iterator[Session]:
        with db.said_plainly(), Session(self._engine) as session, session.begin():
            yield session

    @contextmanager
    def _reading(self) -> Iterator[Session]:
        with db.said_plainly(), Session(self._engine.execution_options(reads_only=True)) as session:
            yield session


@lru_cache(maxsize=8)
def _opened(url: str, sure: float) -> Store:
    store = Store(url, sure)
    store.upgrade()
    return store


def open_store(settings: Settings) -> Store:
    """The store of these settings, tables and all; the same one for all callers in a process."""
    return _opened(settings.url, settings.sure)


def _stored(row: DocumentRow, letter: int | None) -> Stored:
    entry = ledger_rows.entry_of(row)
    if entry.state == "protected":
        result = Result(file="", sha256=entry.sha256, status="protected", secrecy=entry.secrecy)
        return Stored(entry=entry, result=result)
    result_or_none = None if row.record is None else Result.model_validate(row.record)
    return Stored(
        entry=entry,
        result=result_or_none,
        letter=letter,
        rows=tuple(letter_row.id for letter_row in row.letters),
        places=tuple(sighting.path for sighting in row.sightings),
    )
