"""The tables of what people do: corrections, decisions, accounts, contests, and the log of it all."""

from __future__ import annotations

import datetime as dt
from typing import Any

from sqlalchemy import JSON, ForeignKey, Index, LargeBinary, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from pipeline.store.models import Base


class ChangeRow(Base):
    """One thing that a person did to a letter; a correction is one more reading, and none is ever changed."""

    __tablename__ = "changes"

    id: Mapped[int] = mapped_column(primary_key=True)
    letter_id: Mapped[int] = mapped_column(ForeignKey("letters.id", ondelete="CASCADE"), index=True)
    action: Mapped[str] = mapped_column(String(16))  # correct, undo, confirm
    path: Mapped[str | None] = mapped_column(Text)
    reading: Mapped[dict[str, Any] | None] = mapped_column(JSON(none_as_null=True))  # None: "not there"
    was: Mapped[dict[str, Any] | None] = mapped_column(JSON(none_as_null=True))  # the reading before it
    who: Mapped[str] = mapped_column(Text)
    at: Mapped[dt.datetime]
    undoes: Mapped[int | None]  # the id of the correction that an undo takes back
    salt: Mapped[str] = mapped_column(String(32))  # goes with the row, and with it what its log entry proves


class PastRecordRow(Base):
    """What a document's record was before it was read again."""

    __tablename__ = "past_records"

    id: Mapped[int] = mapped_column(primary_key=True)
    sha256: Mapped[str] = mapped_column(ForeignKey("documents.sha256", ondelete="CASCADE"), index=True)
    until: Mapped[dt.datetime]
    record: Mapped[bytes] = mapped_column(LargeBinary)  # zlib JSON of the Result


class GroupingRow(Base):
    """A person's decision which pages of a document make one letter; the newest counts."""

    __tablename__ = "groupings"

    id: Mapped[int] = mapped_column(primary_key=True)
    sha256: Mapped[str] = mapped_column(ForeignKey("documents.sha256", ondelete="CASCADE"), index=True)
    groups: Mapped[list[list[int]]] = mapped_column(JSON)
    who: Mapped[str] = mapped_column(Text)
    at: Mapped[dt.datetime]


class NameRow(Base):
    """A name that people confirmed: agencies (ส่วนราชการ), addressees and signers that this office knows."""

    __tablename__ = "agencies"
    __table_args__ = (UniqueConstraint("kind", "name"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    kind: Mapped[str] = mapped_column(String(16))  # agency, addressee, signatory
    name: Mapped[str] = mapped_column(Text)
    code: Mapped[str | None] = mapped_column(Text)
    count: Mapped[int]


class ProofRow(Base):
    """One value of a confirmed letter as the machine read it, and whether it was right."""

    __tablename__ = "confirmed_values"

    id: Mapped[int] = mapped_column(primary_key=True)
    letter_id: Mapped[int] = mapped_column(ForeignKey("letters.id", ondelete="CASCADE"), index=True)
    path: Mapped[str] = mapped_column(Text)
    reader: Mapped[str] = mapped_column(String(16))
    sureness: Mapped[int]  # thousandths of confidence
    correct: Mapped[bool]


class LogRow(Base):
    """The audit log: append-only, each row chained to the one before it by its hash."""

    __tablename__ = "audit_log"

    seq: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    at: Mapped[str] = mapped_column(String(32))  # ISO, UTC: the very text that was hashed
    who: Mapped[str] = mapped_column(Text)
    action: Mapped[str] = mapped_column(String(32))
    subject: Mapped[str] = mapped_column(Text, index=True)
    detail: Mapped[str] = mapped_column(Text)  # JSON, the very text that was hashed
    previous: Mapped[str] = mapped_column(String(64))
    hash: Mapped[str] = mapped_column(String(64))


class OriginalRow(Base):
    """A kept file: its size, and when it was last read back whole."""

    __tablename__ = "originals"

    sha256: Mapped[str] = mapped_column(ForeignKey("documents.sha256", ondelete="CASCADE"), primary_key=True)
    checked_at: Mapped[dt.datetime]
    sound: Mapped[bool]


class SearchRow(Base):
    """What of a letter can be found, cut into words (see parsers.segment); protected papers have no row."""

    __tablename__ = "searches"

    letter_id: Mapped[int] = mapped_column(
        ForeignKey("letters.id", ondelete="CASCADE"), primary_key=True, autoincrement=False
    )
    head: Mapped[str] = mapped_column(Text)  # subject, parties, numbers, annexes
    body: Mapped[str] = mapped_column(Text)
    marks: Mapped[str] = mapped_column(Text)  # words by field, for from: and to:
    near: Mapped[str] = mapped_column(Text)  # words that damaged ones may stand for
    gist: Mapped[str] = mapped_column(Text)  # the head without spaces, for parts of words


class AccountRow(Base):
    """One who may sign in."""

    __tablename__ = "accounts"

    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(Text, unique=True)
    password_hash: Mapped[str] = mapped_column(Text)  # argon2
    role: Mapped[str] = mapped_column(String(16))
    active: Mapped[bool]
    sees_protected: Mapped[bool]
    created_at: Mapped[dt.datetime]


class SessionRow(Base):
    """A browser that is signed in; its secret is known here by its hash only."""

    __tablename__ = "sessions"

    token_hash: Mapped[str] = mapped_column(String(64), primary_key=True)
    account_id: Mapped[int] = mapped_column(ForeignKey("accounts.id", ondelete="CASCADE"), index=True)
    csrf: Mapped[str] = mapped_column(Text)
    expires_at: Mapped[dt.datetime]
    account: Mapped[AccountRow] = relationship()


class TokenRow(Base):
    """A key with which a program may use the API in somebody's name."""

    __tablename__ = "tokens"

    id: Mapped[int] = mapped_column(primary_key=True)
    account_id: Mapped[int] = mapped_column(ForeignKey("accounts.id", ondelete="CASCADE"), index=True)
    name: Mapped[str] = mapped_column(Text)
    token_hash: Mapped[str] = mapped_column(String(64), unique=True)
    role: Mapped[str] = mapped_column(String(16))
    created_at: Mapped[dt.datetime]
    expires_at: Mapped[dt.datetime | None]
    account: Mapped[AccountRow] = relationship()


class AttemptRow(Base):
    """One try to sign in."""

    __tablename__ = "attempts"
    __table_args__ = (Index(None, "name", "at"), Index(None, "address", "at"))

    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(Text)
    address: Mapped[str] = mapped_column(Text)
    ok: Mapped[bool]
    at: Mapped[dt.datetime]


class OnceRow(Base):
    """A link that works once, such as the first sign-in."""

    __tablename__ = "once"

    token_hash: Mapped[str] = mapped_column(String(64), primary_key=True)
    purpose: Mapped[str] = mapped_column(String(16))
    expires_at: Mapped[dt.datetime]


class ContestRow(Base):
    """A contest (การประกวด) whose submissions were audited."""

    __tablename__ = "contests"

    id: Mapped[int] = mapped_column(primary_key=True)
    title: Mapped[str] = mapped_column(Text, unique=True)
    rules: Mapped[dict[str, Any]] = mapped_column(JSON)
    audited_at: Mapped[dt.datetime]
    entrants: Mapped[list[SubmissionRow]] = relationship(
        cascade="all, delete-orphan", order_by="SubmissionRow.position"
    )


class SubmissionRow(Base):
    """What one entrant sent in."""

    __tablename__ = "submissions"

    id: Mapped[int] = mapped_column(primary_key=True)
    contest_id: Mapped[int] = mapped_column(ForeignKey("contests.id", ondelete="CASCADE"), index=True)
    position: Mapped[int]
    entrant: Mapped[str] = mapped_column(Text)
    folder: Mapped[str] = mapped_column(Text)
    verdict: Mapped[str] = mapped_column(String(16))
    answers: Mapped[list[AnswerRow]] = relationship(
        cascade="all, delete-orphan", order_by="AnswerRow.position"
    )


class AnswerRow(Base):
    """How one submission meets one requirement, with its proof on the page."""

    __tablename__ = "answers"

    id: Mapped[int] = mapped_column(primary_key=True)
    submission_id: Mapped[int] = mapped_column(ForeignKey("submissions.id", ondelete="CASCADE"), index=True)
    position: Mapped[int]
    requirement: Mapped[str] = mapped_column(Text)
    verdict: Mapped[str] = mapped_column(String(16))
    sha256: Mapped[str | None] = mapped_column(String(64))
    page: Mapped[int | None]
    box: Mapped[list[float] | None] = mapped_column(JSON(none_as_null=True))
    confidence: Mapped[float | None]
    note: Mapped[str] = mapped_column(Text)
