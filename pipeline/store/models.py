"""The tables. Portable types only: the same schema serves SQLite and PostgreSQL."""

from __future__ import annotations

import datetime as dt
from typing import Any

from sqlalchemy import (
    JSON,
    BigInteger,
    DateTime,
    Dialect,
    ForeignKey,
    Index,
    LargeBinary,
    MetaData,
    String,
    Text,
    UniqueConstraint,
    text,
)
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column, relationship
from sqlalchemy.types import TypeDecorator


class UtcDateTime(TypeDecorator[dt.datetime]):
    """A moment with its time zone; SQLite forgets the zone, so all are kept in UTC."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: dt.datetime | None, dialect: Dialect) -> dt.datetime | None:
        """Only moments that know their zone may be kept."""
        if value is not None and value.tzinfo is None:
            raise ValueError("A moment without a time zone cannot be kept in the register.")
        return None if value is None else value.astimezone(dt.UTC)

    def process_result_value(self, value: dt.datetime | None, dialect: Dialect) -> dt.datetime | None:
        """Give the zone back."""
        if value is None:
            return None
        return value.astimezone(dt.UTC) if value.tzinfo is not None else value.replace(tzinfo=dt.UTC)


_BY_SIGNS = Text().with_variant(Text(collation="C"), "postgresql")  # sorted sign by sign, as SQLite does


class Base(DeclarativeBase):
    """Base of all tables; names of keys and indexes follow one rule, so that migrations can find them."""

    metadata = MetaData(
        naming_convention={
            "ix": "ix_%(table_name)s_%(column_0_N_name)s",
            "uq": "uq_%(table_name)s_%(column_0_N_name)s",
            "fk": "fk_%(table_name)s_%(column_0_N_name)s",
            "pk": "pk_%(table_name)s",
        }
    )
    type_annotation_map = {  # noqa: RUF012
        dt.datetime: UtcDateTime,
        dict[str, Any]: JSON,
        list[str]: JSON,
        list[int]: JSON,
    }


class DocumentRow(Base):
    """The ledger: one content, known by its hash, and what became of it."""

    __tablename__ = "documents"
    __table_args__ = (Index(None, "letterless", "received_at"),)

    sha256: Mapped[str] = mapped_column(String(64), primary_key=True)
    state: Mapped[str] = mapped_column(String(16), index=True)
    attempts: Mapped[int] = mapped_column(default=0)
    name: Mapped[str | None] = mapped_column(Text)
    secrecy: Mapped[str | None] = mapped_column(String(16))
    error_code: Mapped[str | None] = mapped_column(String(64))
    error: Mapped[str | None] = mapped_column(Text)
    error_en: Mapped[str | None] = mapped_column(Text)
    received_at: Mapped[dt.datetime] = mapped_column(index=True)
    updated_at: Mapped[dt.datetime]
    page_count: Mapped[int] = mapped_column(default=0)
    letterless: Mapped[bool] = mapped_column(default=False)  # in the register, but no letter was found in it
    record: Mapped[dict[str, Any] | None] = mapped_column(
        JSON(none_as_null=True), deferred=True
    )  # the Result
    pages: Mapped[bytes | None] = mapped_column(LargeBinary, deferred=True)  # zlib JSON of the Document

    letters: Mapped[list[LetterRow]] = relationship(
        back_populates="document", cascade="all, delete-orphan", order_by="LetterRow.position"
    )
    findings: Mapped[list[FindingRow]] = relationship(
        cascade="all, delete-orphan", order_by="FindingRow.position"
    )
    sightings: Mapped[list[SightingRow]] = relationship(
        cascade="all, delete-orphan", order_by="SightingRow.seen_at, SightingRow.path"
    )


class SightingRow(Base):
    """One path under which a content lies in an inbox; a second one of the same content is a duplicate."""

    __tablename__ = "sightings"

    path: Mapped[str] = mapped_column(Text, primary_key=True)
    sha256: Mapped[str] = mapped_column(ForeignKey("documents.sha256", ondelete="CASCADE"), index=True)
    size: Mapped[int] = mapped_column(BigInteger)
    mtime_ns: Mapped[int] = mapped_column(BigInteger)
    ctime_ns: Mapped[int] = mapped_column(BigInteger)
    seen_at: Mapped[dt.datetime]


class LetterRow(Base):
    """The register: one letter, with what people ask for in columns of their own."""

    __tablename__ = "letters"
    __table_args__ = (
        UniqueConstraint("sha256", "position"),  # no letter stands twice in the register
        # Each order and each common question has an index that ends with the order of arrival: a page of a
        # million letters is then one short walk.
        Index(None, "received_at", "id"),
        Index(None, "letter_date", "id"),
        Index(None, "due", "id"),
        Index(None, "number_text", "id"),
        Index(None, "agency", "id"),
        Index(None, "agency", "received_at", "id"),
        Index(None, "code", "received_at", "id"),
        Index(None, "kind", "received_at", "id"),
        Index(None, "urgency", "received_at", "id"),
        Index(None, "needs_person", "received_at", "id"),
        # What few letters have: an index of these alone.
        *(
            Index(
                f"ix_letters_{name}",
                "received_at",
                "id",
                sqlite_where=text(where),
                postgresql_where=text(where),
            )
            for name, where in (
                ("faulty", "errors > 0"),
                ("warned", "warnings > 0"),
                ("confirmed", "confirmed_at IS NOT NULL"),
            )
        ),
        {"sqlite_autoincrement": True},  # a number once given is never given again
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    sha256: Mapped[str] = mapped_column(ForeignKey("documents.sha256", ondelete="CASCADE"))
    position: Mapped[int]  # in the file, from 0
    page: Mapped[int | None]
    kind: Mapped[str | None] = mapped_column(String(16))
    urgency: Mapped[str | None] = mapped_column(String(16))
    code: Mapped[str | None] = mapped_column(Text)
    owner: Mapped[str | None] = mapped_column(Text)
    circular: Mapped[bool | None]
    running: Mapped[str | None] = mapped_column(Text)
    number_year: Mapped[int | None]
    number_text: Mapped[str | None] = mapped_column(_BY_SIGNS)
    letter_date: Mapped[dt.date | None]
    agency: Mapped[str | None] = mapped_column(Text)
    subject: Mapped[str | None] = mapped_column(Text)
    addressee: Mapped[str | None] = mapped_column(Text)
    signatory: Mapped[str | None] = mapped_column(Text)
    signatory_position: Mapped[str | None] = mapped_column(Text)
    score: Mapped[float | None]
    needs_person: Mapped[bool]
    doubtful: Mapped[list[str]] = mapped_column(JSON)  # dotted paths of values not to be shown as sure
    received_at: Mapped[dt.datetime]  # of its document, again: the register is listed by it
    due: Mapped[dt.date | None]  # the earliest deadline that is not done
    errors: Mapped[int] = mapped_column(default=0)  # findings of this letter or of its whole file
    warnings: Mapped[int] = mapped_column(default=0)
    pages: Mapped[list[int]] = mapped_column(JSON, default=list)
    version: Mapped[int] = mapped_column(default=1)  # rises with every change, so that nobody's work is lost
    changed_by: Mapped[str | None] = mapped_column(Text)  # the person who changed it last
    changed_at: Mapped[dt.datetime | None]
    confirmed_by: Mapped[str | None] = mapped_column(Text)
    confirmed_at: Mapped[dt.datetime | None]

    document: Mapped[DocumentRow] = relationship(back_populates="letters")
    receipts: Mapped[list[ReceiptRow]] = relationship(
        cascade="all, delete-orphan", order_by="ReceiptRow.position"
    )
    deadlines: Mapped[list[DeadlineRow]] = relationship(
        cascade="all, delete-orphan", order_by="DeadlineRow.position"
    )
    mentions: Mapped[list[MentionRow]] = relationship(cascade="all, delete-orphan", order_by="MentionRow.id")


class ReceiptRow(Base):
    """One receipt stamp (ตรารับ) of a letter."""

    __tablename__ = "receipts"

    id: Mapped[int] = mapped_column(primary_key=True)
    letter_id: Mapped[int] = mapped_column(ForeignKey("letters.id", ondelete="CASCADE"), index=True)
    position: Mapped[int]
    agency: Mapped[str | None] = mapped_column(Text)
    number: Mapped[str | None] = mapped_column(Text)
    date: Mapped[dt.date | None]
    time: Mapped[dt.time | None]


class DeadlineRow(Base):
    """One day by which something must be done."""

    __tablename__ = "deadlines"

    id: Mapped[int] = mapped_column(primary_key=True)
    letter_id: Mapped[int] = mapped_column(ForeignKey("letters.id", ondelete="CASCADE"), index=True)
    position: Mapped[int]
    date: Mapped[dt.date | None] = mapped_column(index=True)
    time: Mapped[dt.time | None]
    kind: Mapped[str | None] = mapped_column(String(16))
    phrase: Mapped[str] = mapped_column(Text)
    done_by: Mapped[str | None] = mapped_column(Text)
    done_at: Mapped[dt.datetime | None]


class MentionRow(Base):
    """One earlier letter that a letter names, under อ้างถึง or in its text, by its number."""

    __tablename__ = "mentions"
    __table_args__ = (Index(None, "number", "letter_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    letter_id: Mapped[int] = mapped_column(ForeignKey("letters.id", ondelete="CASCADE"), index=True)
    number: Mapped[str] = mapped_column(_BY_SIGNS)
    date: Mapped[dt.date | None]


class FindingRow(Base):
    """One finding of one rule; `letter` is None when it speaks of the file."""

    __tablename__ = "findings"

    id: Mapped[int] = mapped_column(primary_key=True)
    sha256: Mapped[str] = mapped_column(ForeignKey("documents.sha256", ondelete="CASCADE"), index=True)
    position: Mapped[int]
    letter: Mapped[int | None]
    rule: Mapped[str] = mapped_column(String(32), index=True)
    severity: Mapped[str] = mapped_column(String(16))
    fault: Mapped[str] = mapped_column(String(16))
    message: Mapped[str] = mapped_column(Text)
    message_en: Mapped[str] = mapped_column(Text)
    page: Mapped[int | None]
