"""The store: one transaction a call, records in and records out."""

from __future__ import annotations

import datetime as dt
import zlib
from collections.abc import Sequence
from functools import lru_cache
from typing import cast

from sqlalchemy import func, select
from sqlalchemy.orm import Session, undefer

from pipeline.errors import BadInputError
from pipeline.settings import Settings
from pipeline.store import engine as db
from pipeline.store import index, keeping, ledger_rows, log
from pipeline.store.accounts import Accounts
from pipeline.store.contests import Contests
from pipeline.store.deadlines import DeadlinePart
from pipeline.store.desk import DeskPart
from pipeline.store.figures import FigurePart
from pipeline.store.find import SearchPart
from pipeline.store.kin import KinPart
from pipeline.store.listing import ListPart
from pipeline.store.log import LogPart
from pipeline.store.models import DocumentRow, LetterRow, SightingRow
from pipeline.store.models_people import OriginalRow
from pipeline.store.names import NamesPart
from pipeline.store.proofs import ProofPart
from pipeline.store.records import Entry, Place, RegisterRow, State, Stored
from pipeline.store.register import register_rows
from schemas.result import Document, Result

_SHORTEST_PREFIX = 4
_BATCH = 200


class Store(SearchPart, ListPart, DeskPart, DeadlinePart, FigurePart, KinPart, NamesPart, ProofPart, LogPart):
    """The register and the ledger in one database. Safe to share between threads."""

    def upgrade(self) -> None:
        """Make the tables, or bring them to the newest version."""
        if db.upgrade(self._engine):
            self.index_missing()
            self.prove_missing()
            self.mention_corrected()

    @property
    def accounts(self) -> Accounts:
        """Who may sign in."""
        return Accounts(self._engine)

    @property
    def contests(self) -> Contests:
        """The contests whose submissions were audited."""
        return Contests(self._engine)

    def index_missing(self) -> int:
        """Make letters findable that came before there was a search; how many."""
        count = 0
        while True:
            with self._writing() as session:
                rows = index.missing(session, _BATCH)
                for row in rows:
                    result = keeping.effective(session, row.document)
                    if result is not None:
                        row.pages = list(result.letters[row.position].pages)
                        index.index_letter(session, row.id, result, row.position)
                count += len(rows)
            if len(rows) < _BATCH:
                return count

    # The register

    def save(self, result: Result, document: Document | None, received_at: dt.datetime) -> State:
        """Keep a result and set the document's state in one transaction; doing it again changes nothing.

        A protected result erases all but hash, time and class, whatever was kept before.
        """
        if received_at.tzinfo is None:
            raise ValueError("A moment without a time zone cannot be kept in the register.")
        with self._writing() as session:
            row = ledger_rows.admit(session, result.sha256, whole=True)
            row.received_at, row.updated_at = min(row.received_at, received_at), ledger_rows.now()
            if result.status == "protected":
                new = row.state != "protected"
                row.state, row.secrecy = "protected", result.secrecy
                keeping.erase(session, row)
                if new:
                    log.append(session, "protected", log.MACHINE, row.sha256, {"class": result.secrecy})
            elif row.state == "protected":  # a class is never lowered
                return "protected"
            elif result.status == "failed":
                self._fill_bad(row, result)
                log.append(session, "quarantined", log.MACHINE, row.sha256, {"code": row.error_code})
            else:
                if document is not None:
                    row.pages = zlib.compress(document.model_dump_json().encode())
                with (
                    session.no_autoflush
                ):  # the record is long: it is written once, with all that goes with it
                    keeping.keep(session, row, result, self._sure)
            state = ledger_rows.entry_of(row).state
        if state == "protected":
            db.forget_erased(self._engine)
        return state

    def _fill_bad(self, row: DocumentRow, result: Result) -> None:
        row.state, row.name = "quarantined", result.file
        row.record, row.pages = result.model_dump(mode="json"), None
        row.letters, row.findings, row.page_count, row.letterless = [], [], 0, False
        for problem in result.problems[:1]:
            row.error_code, row.error, row.error_en = problem.code, problem.message, problem.message_en

    def get(self, question: str) -> Stored | None:
        """A document by its hash, the beginning of its hash, or the register id of one of its letters."""
        with self._reading() as session:
            if question.isdecimal() and len(question) < 10:
                letter = session.get(LetterRow, int(question))
                if letter is not None:
                    return _stored(session, letter.document, letter.position)
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
            return _stored(session, found[0], None) if found else None

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

    def counts(self, states: Sequence[State] = ()) -> dict[State, int]:
        """How many documents are in each state, or in some; those in the register may be very many."""
        query = select(DocumentRow.state, func.count()).group_by(DocumentRow.state)
        if states:
            query = query.where(DocumentRow.state.in_(states))
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

    def noted(self, paths: Sequence[str]) -> set[Place]:
        """Which of the files at these paths are noted, as they looked then."""
        columns = (SightingRow.path, SightingRow.size, SightingRow.mtime_ns, SightingRow.ctime_ns)
        with self._reading() as session:
            return {
                Place(path=path, size=size, mtime_ns=mtime_ns, ctime_ns=ctime_ns)
                for at in range(0, len(paths), _BATCH)
                for path, size, mtime_ns, ctime_ns in session.execute(
                    select(*columns).where(SightingRow.path.in_(paths[at : at + _BATCH]))
                )
            }

    def note_original(self, sha256: str, sound: bool) -> None:
        """Note that a kept file was read back, and whether it is still the one that came in."""
        with self._writing() as session:
            session.merge(OriginalRow(sha256=sha256, checked_at=ledger_rows.now(), sound=sound))
            if not sound:
                log.append(session, "original.damaged", log.MACHINE, sha256)

    def withdraw(self, sha256: str) -> None:
        """Take back that a content is being read: it was still being written, and will come whole."""
        with self._writing() as session:
            ledger_rows.withdraw(session, sha256)


@lru_cache(maxsize=8)
def _opened(url: str, sure: float) -> Store:
    store = Store(url, sure)
    store.upgrade()
    return store


def open_store(settings: Settings) -> Store:
    """The store of these settings, tables and all; the same one for all callers in a process."""
    return _opened(settings.url, settings.sure)


def _stored(session: Session, row: DocumentRow, letter: int | None) -> Stored:
    entry = ledger_rows.entry_of(row)
    if entry.state == "protected":
        result = Result(file="", sha256=entry.sha256, status="protected", secrecy=entry.secrecy)
        return Stored(entry=entry, result=result)
    return Stored(
        entry=entry,
        result=keeping.effective(session, row),
        letter=letter,
        rows=tuple(letter_row.id for letter_row in row.letters),
        places=tuple(sighting.path for sighting in row.sightings),
    )
