"""The audit log: who did what and when, each row chained to the one before it.

A row's hash covers its own words and the hash of the row before, so that a row changed, taken out or slipped
in breaks the chain from there on. Rows cut off at the end leave a whole chain: whoever keeps the last hash
elsewhere (`saraban verify` prints it) sees that too. The log never holds words of a letter, only what was
done to which field; a correction's value stands in `changes`, and here a salted hash of it.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import json
from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple

from sqlalchemy import insert, select
from sqlalchemy.orm import Session

from pipeline.store.base import Connected
from pipeline.store.models_people import ChangeRow, LogRow
from schemas.ink import Record

MACHINE = "saraban"
"""Who acted, where no person did."""
START = "0" * 64
"""What the first row follows."""

_BATCH = 10_000
_TABLE = LogRow.__table__  # asked past the mapper, which would take as long as the question
_LAST = select(_TABLE.c.seq, _TABLE.c.hash).order_by(_TABLE.c.seq.desc()).limit(1)
_ADD = insert(_TABLE)  # type: ignore[arg-type]


class LogEntry(Record):
    """One row of the audit log."""

    seq: int
    at: dt.datetime
    who: str
    action: str
    subject: str  # "letter 4", a hash, an account's name
    detail: dict[str, Any]
    hash: str


class Fault(Record):
    """One thing that `verify` found wrong."""

    seq: int | None  # the log's row, where it is about one
    message: str  # Thai
    message_en: str


class Chain(Record):
    """What the whole log looks like: its length, its last hash, and what is wrong with it."""

    length: int
    head: str
    faults: tuple[Fault, ...]
    known: bool = True  # whether the hash that was asked for stands in it


def hash_of(row: LogRow) -> str:
    """The hash that a row must bear."""
    parts = [row.seq, row.at, row.who, row.action, row.subject, row.detail, row.previous]
    return hashlib.sha256(json.dumps(parts, ensure_ascii=False).encode()).hexdigest()


def proof(change: ChangeRow) -> str:
    """What the log keeps of a correction: a hash that tells nothing once the correction itself is erased."""
    parts = [change.salt, change.letter_id, change.action, change.path, change.reading, change.was]
    return hashlib.sha256(json.dumps(parts, ensure_ascii=False, sort_keys=True).encode()).hexdigest()


class Note(NamedTuple):
    """What the log is told."""

    action: str
    who: str
    subject: str
    detail: Mapping[str, object]


def append(
    session: Session, action: str, who: str, subject: str, detail: Mapping[str, object] | None = None
) -> int:
    """Write one row in the caller's transaction; its number."""
    return write(session, last(session), Note(action, who, subject, detail or {}))


def last(session: Session) -> tuple[int, str]:
    """Number and hash of the last row; the caller's transaction is the only one that writes."""
    found = session.connection().execute(_LAST).first()
    return (0, START) if found is None else (found.seq, found.hash)


def write(session: Session, before: tuple[int, str], note: Note) -> int:
    """Write the row that follows `before`; its number."""
    row = LogRow(
        seq=before[0] + 1,
        at=dt.datetime.now(dt.UTC).isoformat(),
        who=note.who,
        action=note.action,
        subject=note.subject,
        detail=json.dumps(dict(note.detail), ensure_ascii=False, sort_keys=True),
        previous=before[1],
    )
    row.hash = hash_of(row)
    session.connection().execute(
        _ADD, {column.key: getattr(row, column.key) for column in LogRow.__table__.columns}
    )
    return row.seq


class LogPart(Connected):
    """The store's audit log."""

    def log(
        self, action: str, who: str, subject: str = "", detail: Mapping[str, object] | None = None
    ) -> int:
        """Note what somebody did; never put words of a letter into `detail`."""
        with self._writing() as session:
            return append(session, action, who, subject, detail)

    def log_entries(
        self, after: int | None = None, limit: int = 100, subject: str | None = None
    ) -> list[LogEntry]:
        """Rows of the log, the newest first; `after`: only rows older than this number."""
        query = select(LogRow).order_by(LogRow.seq.desc()).limit(limit)
        if after is not None:
            query = query.where(LogRow.seq < after)
        if subject is not None:
            query = query.where(LogRow.subject == subject)
        with self._reading() as session:
            return [_entry(row) for row in session.scalars(query)]

    def verify_log(self, known: str | None = None) -> Chain:
        """Go through the whole log and the corrections that it vouches for.

        `known`: a hash that was written down before, which must still stand in the log.
        """
        faults: list[Fault] = []
        seq, previous, seen = 0, START, known is None
        vouched: dict[int, tuple[int, str | None]] = {}
        with self._reading() as session:
            while True:
                rows = session.scalars(
                    select(LogRow).where(LogRow.seq > seq).order_by(LogRow.seq).limit(_BATCH)
                ).all()
                for row in rows:
                    detail = json.loads(row.detail)
                    if "change" in detail:
                        vouched[detail["change"]] = row.seq, detail.get("proof")
                    faults += _faults(row, seq, previous)
                    seq, previous, seen = row.seq, row.hash, seen or row.hash == known
                session.expunge_all()
                if len(rows) < _BATCH:
                    faults += _wrong_changes(session, vouched)
                    return Chain(length=seq, head=previous, faults=tuple(faults), known=seen)


def _faults(row: LogRow, before: int, previous: str) -> list[Fault]:
    """What is wrong with one row, coming after row `before` whose hash was `previous`."""
    if row.seq != before + 1:
        return [
            Fault(
                seq=row.seq,
                message=f"บันทึกการใช้งานรายการที่ {before + 1} ถึง {row.seq - 1} หายไป",
                message_en=f"Rows {before + 1} to {row.seq - 1} of the audit log are missing.",
            )
        ]
    if row.previous != previous or row.hash != hash_of(row):
        return [
            Fault(
                seq=row.seq,
                message=f"บันทึกการใช้งานรายการที่ {row.seq} ถูกแก้ไข หรือรายการก่อนหน้าถูกสลับ",
                message_en=f"Row {row.seq} of the audit log was changed, or the one before it was exchanged.",
            )
        ]
    return []


def _wrong_changes(session: Session, vouched: Mapping[int, tuple[int, str | None]]) -> Iterator[Fault]:
    """Changes of letters that nobody logged, or that are not what was logged.

    `vouched`: the newest row of the log about each, and its proof. SQLite gives the number of a change once more when
    the newest ones went with their letter; the row about such a change vouches for nothing that is still there.
    """
    for change in session.scalars(select(ChangeRow).order_by(ChangeRow.id)):
        if change.id not in vouched:
            yield Fault(
                seq=None,
                message=f"การแก้ไขที่ {change.id} ไม่มีในบันทึกการใช้งาน",
                message_en=f"Correction {change.id} is not in the audit log.",
            )
        elif proof(change) != vouched[change.id][1]:
            seq = vouched[change.id][0]
            yield Fault(
                seq=seq,
                message=f"การแก้ไขที่ {change.id} ของหนังสือ {change.letter_id} ไม่ตรงกับบันทึกการใช้งานรายการที่ {seq}",
                message_en=f"Correction {change.id} of letter {change.letter_id} is not what row {seq} "
                "of the audit log vouches for.",
            )


def _entry(row: LogRow) -> LogEntry:
    return LogEntry(
        seq=row.seq,
        at=dt.datetime.fromisoformat(row.at),
        who=row.who,
        action=row.action,
        subject=row.subject,
        detail=json.loads(row.detail),
        hash=row.hash,
    )
