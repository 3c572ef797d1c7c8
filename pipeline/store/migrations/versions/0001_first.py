"""The first tables: ledger, sightings, register, receipts, deadlines, findings."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None

_INDEXES = {
    "documents": ("state", "received_at"),
    "sightings": ("sha256",),
    "letters": (
        "sha256",
        "kind",
        "urgency",
        "code",
        "number_text",
        "letter_date",
        "agency",
        "needs_person",
    ),
    "receipts": ("letter_id", "number", "date"),
    "deadlines": ("letter_id", "date"),
    "findings": ("sha256", "rule", "severity"),
}


def upgrade() -> None:
    """Make the tables."""
    _documents()
    _letters()
    _parts_of_letters()
    _findings()
    for table, columns in _INDEXES.items():
        for column in columns:
            op.create_index(f"ix_{table}_{column}", table, [column])


def downgrade() -> None:
    """Remove the tables, and all that is in them."""
    for table in ("findings", "deadlines", "receipts", "letters", "sightings", "documents"):
        op.drop_table(table)


def _documents() -> None:
    op.create_table(
        "documents",
        sa.Column("sha256", sa.String(64), nullable=False),
        sa.Column("state", sa.String(16), nullable=False),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("name", sa.Text()),
        sa.Column("secrecy", sa.String(16)),
        sa.Column("error_code", sa.String(64)),
        sa.Column("error", sa.Text()),
        sa.Column("error_en", sa.Text()),
        sa.Column("received_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("page_count", sa.Integer(), nullable=False),
        sa.Column("record", sa.JSON()),
        sa.Column("pages", sa.LargeBinary()),
        sa.PrimaryKeyConstraint("sha256", name="pk_documents"),
    )
    op.create_table(
        "sightings",
        sa.Column("path", sa.Text(), nullable=False),
        sa.Column("sha256", sa.String(64), nullable=False),
        sa.Column("size", sa.BigInteger(), nullable=False),
        sa.Column("mtime_ns", sa.BigInteger(), nullable=False),
        sa.Column("ctime_ns", sa.BigInteger(), nullable=False),
        sa.Column("seen_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("path", name="pk_sightings"),
        _of_document("sightings"),
    )


def _letters() -> None:
    op.create_table(
        "letters",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("sha256", sa.String(64), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("page", sa.Integer()),
        sa.Column("kind", sa.String(16)),
        sa.Column("urgency", sa.String(16)),
        sa.Column("code", sa.Text()),
        sa.Column("owner", sa.Text()),
        sa.Column("circular", sa.Boolean()),
        sa.Column("running", sa.Text()),
        sa.Column("number_year", sa.Integer()),
        sa.Column("number_text", sa.Text()),
        sa.Column("letter_date", sa.Date()),
        sa.Column("agency", sa.Text()),
        sa.Column("subject", sa.Text()),
        sa.Column("addressee", sa.Text()),
        sa.Column("signatory", sa.Text()),
        sa.Column("signatory_position", sa.Text()),
        sa.Column("score", sa.Double()),
        sa.Column("needs_person", sa.Boolean(), nullable=False),
        sa.Column("doubtful", sa.JSON(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_letters"),
        sa.UniqueConstraint("sha256", "position", name="uq_letters_sha256_position"),
        _of_document("letters"),
        sqlite_autoincrement=True,
    )


def _parts_of_letters() -> None:
    op.create_table(
        "receipts",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("letter_id", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("agency", sa.Text()),
        sa.Column("number", sa.Text()),
        sa.Column("date", sa.Date()),
        sa.Column("time", sa.Time()),
        sa.PrimaryKeyConstraint("id", name="pk_receipts"),
        _of_letter("receipts"),
    )
    op.create_table(
        "deadlines",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("letter_id", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("date", sa.Date()),
        sa.Column("time", sa.Time()),
        sa.Column("kind", sa.String(16)),
        sa.Column("phrase", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_deadlines"),
        _of_letter("deadlines"),
    )


def _findings() -> None:
    op.create_table(
        "findings",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("sha256", sa.String(64), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("letter", sa.Integer()),
        sa.Column("rule", sa.String(32), nullable=False),
        sa.Column("severity", sa.String(16), nullable=False),
        sa.Column("fault", sa.String(16), nullable=False),
        sa.Column("message", sa.Text(), nullable=False),
        sa.Column("message_en", sa.Text(), nullable=False),
        sa.Column("page", sa.Integer()),
        sa.PrimaryKeyConstraint("id", name="pk_findings"),
        _of_document("findings"),
    )


def _of_document(table: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint(
        ["sha256"], ["documents.sha256"], name=f"fk_{table}_sha256", ondelete="CASCADE"
    )


def _of_letter(table: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint(
        ["letter_id"], ["letters.id"], name=f"fk_{table}_letter_id", ondelete="CASCADE"
    )
