"""What people do: orders and questions of the register, corrections, done deadlines, accounts, contests."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

_OLD = ("kind", "urgency", "code", "number_text", "letter_date", "agency", "needs_person")
_NEW = (
    ("received_at", "id"),
    ("letter_date", "id"),
    ("due", "id"),
    ("number_text", "id"),
    ("agency", "received_at", "id"),
    ("code", "received_at", "id"),
    ("kind", "received_at", "id"),
    ("urgency", "received_at", "id"),
    ("needs_person", "received_at", "id"),
)
_EPOCH = sa.text("'1970-01-01 00:00:00+00:00'")  # SQLite adds no column without a default; filled at once
_FILL = (
    "UPDATE letters SET received_at ="
    " (SELECT d.received_at FROM documents d WHERE d.sha256 = letters.sha256)",
    "UPDATE letters SET due = (SELECT min(x.date) FROM deadlines x WHERE x.letter_id = letters.id)",
    *(
        f"UPDATE letters SET {column} = (SELECT count(*) FROM findings f WHERE f.sha256 = letters.sha256"
        f" AND f.severity = '{severity}' AND (f.letter IS NULL OR f.letter = letters.position))"
        for column, severity in (("errors", "error"), ("warnings", "warning"))
    ),
)


def upgrade() -> None:
    """Add columns and tables, and fill the columns from what is there."""
    _more_of_letters()
    op.add_column(
        "documents", sa.Column("letterless", sa.Boolean(), nullable=False, server_default=sa.text("false"))
    )
    op.execute(
        "UPDATE documents SET letterless = true WHERE state IN ('kept', 'needs_person')"
        " AND NOT EXISTS (SELECT 1 FROM letters x WHERE x.sha256 = documents.sha256)"
    )
    op.create_index("ix_documents_letterless_received_at", "documents", ["letterless", "received_at"])
    op.add_column("deadlines", sa.Column("done_by", sa.Text()))
    op.add_column("deadlines", sa.Column("done_at", sa.DateTime(timezone=True)))
    _changes()
    _accounts()
    _contests()


def downgrade() -> None:
    """Remove the tables; the columns stay, empty of meaning, as SQLite would copy whole tables to drop them."""
    for table in ("answers", "submissions", "contests", "once", "attempts", "tokens", "sessions", "accounts"):
        op.drop_table(table)
    for table in ("originals", "agencies", "groupings", "past_records", "changes"):
        op.drop_table(table)


def _more_of_letters() -> None:
    for name in _OLD:
        op.drop_index(f"ix_letters_{name}", "letters")
    for column in (
        sa.Column("received_at", sa.DateTime(timezone=True), nullable=False, server_default=_EPOCH),
        sa.Column("due", sa.Date()),
        sa.Column("errors", sa.Integer(), nullable=False, server_default="0"),
        sa.Column("warnings", sa.Integer(), nullable=False, server_default="0"),
        sa.Column("pages", sa.JSON(), nullable=False, server_default="[]"),
        sa.Column("version", sa.Integer(), nullable=False, server_default="1"),
        sa.Column("changed_by", sa.Text()),
        sa.Column("changed_at", sa.DateTime(timezone=True)),
        sa.Column("confirmed_by", sa.Text()),
        sa.Column("confirmed_at", sa.DateTime(timezone=True)),
    ):
        op.add_column("letters", column)
    for statement in _FILL:
        op.execute(statement)
    for columns in _NEW:
        op.create_index(f"ix_letters_{'_'.join(columns)}", "letters", list(columns))


def _of(table: str, column: str, other: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint([column], [other], name=f"fk_{table}_{column}", ondelete="CASCADE")


def _table(name: str, *parts: sa.Column | sa.ForeignKeyConstraint | sa.UniqueConstraint) -> None:  # type: ignore[type-arg]
    """A table whose key is a number given by the database."""
    op.create_table(
        name,
        sa.Column("id", sa.Integer(), nullable=False),
        *parts,
        sa.PrimaryKeyConstraint("id", name=f"pk_{name}"),
    )


def _changes() -> None:
    _table(
        "changes",
        sa.Column("letter_id", sa.Integer(), nullable=False),
        sa.Column("action", sa.String(16), nullable=False),
        sa.Column("path", sa.Text()),
        sa.Column("reading", sa.JSON()),
        sa.Column("was", sa.JSON()),
        sa.Column("who", sa.Text(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("undoes", sa.Integer()),
        sa.Column("salt", sa.String(32), nullable=False),
        _of("changes", "letter_id", "letters.id"),
    )
    op.create_index("ix_changes_letter_id", "changes", ["letter_id"])
    _table(
        "past_records",
        sa.Column("sha256", sa.String(64), nullable=False),
        sa.Column("until", sa.DateTime(timezone=True), nullable=False),
        sa.Column("record", sa.LargeBinary(), nullable=False),
        _of("past_records", "sha256", "documents.sha256"),
    )
    op.create_index("ix_past_records_sha256", "past_records", ["sha256"])
    _table(
        "groupings",
        sa.Column("sha256", sa.String(64), nullable=False),
        sa.Column("groups", sa.JSON(), nullable=False),
        sa.Column("who", sa.Text(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        _of("groupings", "sha256", "documents.sha256"),
    )
    op.create_index("ix_groupings_sha256", "groupings", ["sha256"])
    _table(
        "agencies",
        sa.Column("kind", sa.String(16), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("code", sa.Text()),
        sa.Column("count", sa.Integer(), nullable=False),
        sa.UniqueConstraint("kind", "name", name="uq_agencies_kind_name"),
    )
    op.create_table(
        "originals",
        sa.Column("sha256", sa.String(64), nullable=False),
        sa.Column("checked_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("sound", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("sha256", name="pk_originals"),
        _of("originals", "sha256", "documents.sha256"),
    )


def _accounts() -> None:
    _table(
        "accounts",
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("password_hash", sa.Text(), nullable=False),
        sa.Column("role", sa.String(16), nullable=False),
        sa.Column("active", sa.Boolean(), nullable=False),
        sa.Column("sees_protected", sa.Boolean(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.UniqueConstraint("name", name="uq_accounts_name"),
    )
    op.create_table(
        "sessions",
        sa.Column("token_hash", sa.String(64), nullable=False),
        sa.Column("account_id", sa.Integer(), nullable=False),
        sa.Column("csrf", sa.Text(), nullable=False),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("token_hash", name="pk_sessions"),
        _of("sessions", "account_id", "accounts.id"),
    )
    op.create_index("ix_sessions_account_id", "sessions", ["account_id"])
    _table(
        "tokens",
        sa.Column("account_id", sa.Integer(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("token_hash", sa.String(64), nullable=False),
        sa.Column("role", sa.String(16), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("expires_at", sa.DateTime(timezone=True)),
        sa.UniqueConstraint("token_hash", name="uq_tokens_token_hash"),
        _of("tokens", "account_id", "accounts.id"),
    )
    op.create_index("ix_tokens_account_id", "tokens", ["account_id"])
    _table(
        "attempts",
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("address", sa.Text(), nullable=False),
        sa.Column("ok", sa.Boolean(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
    )
    for column in ("name", "address"):
        op.create_index(f"ix_attempts_{column}_at", "attempts", [column, "at"])
    op.create_table(
        "once",
        sa.Column("token_hash", sa.String(64), nullable=False),
        sa.Column("purpose", sa.String(16), nullable=False),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("token_hash", name="pk_once"),
    )


def _contests() -> None:
    _table(
        "contests",
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("rules", sa.JSON(), nullable=False),
        sa.Column("audited_at", sa.DateTime(timezone=True), nullable=False),
        sa.UniqueConstraint("title", name="uq_contests_title"),
    )
    _table(
        "submissions",
        sa.Column("contest_id", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("entrant", sa.Text(), nullable=False),
        sa.Column("folder", sa.Text(), nullable=False),
        sa.Column("verdict", sa.String(16), nullable=False),
        _of("submissions", "contest_id", "contests.id"),
    )
    op.create_index("ix_submissions_contest_id", "submissions", ["contest_id"])
    _table(
        "answers",
        sa.Column("submission_id", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("requirement", sa.Text(), nullable=False),
        sa.Column("verdict", sa.String(16), nullable=False),
        sa.Column("sha256", sa.String(64)),
        sa.Column("page", sa.Integer()),
        sa.Column("box", sa.JSON()),
        sa.Column("confidence", sa.Double()),
        sa.Column("note", sa.Text(), nullable=False),
        _of("answers", "submission_id", "submissions.id"),
    )
    op.create_index("ix_answers_submission_id", "answers", ["submission_id"])
