"""Full-text search, and the audit log that takes no change."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None

_TOKENS = "unicode61 remove_diacritics 0 categories 'L* N* M* Co'"  # Thai vowels above and below are marks
_COLUMNS = "head, body, marks, near"
_VALUES = ", ".join(f"{{row}}.{column}" for column in _COLUMNS.split(", "))
_ADD_WORDS = (
    f"INSERT INTO search_words(rowid, {_COLUMNS}) VALUES (new.letter_id, {_VALUES.format(row='new')});"
)
_DROP_WORDS = (
    f"INSERT INTO search_words(search_words, rowid, {_COLUMNS}) "
    f"VALUES ('delete', old.letter_id, {_VALUES.format(row='old')});"
)
_ADD_GRAMS = "INSERT INTO search_grams(rowid, gist) VALUES (new.letter_id, new.gist);"
_DROP_GRAMS = (
    "INSERT INTO search_grams(search_grams, rowid, gist) VALUES ('delete', old.letter_id, old.gist);"
)
_SQLITE = (
    f"CREATE VIRTUAL TABLE search_words USING fts5({_COLUMNS}, content='searches', "
    f"content_rowid='letter_id', tokenize=\"{_TOKENS}\")",
    "CREATE VIRTUAL TABLE search_grams USING fts5(gist, content='searches', "
    "content_rowid='letter_id', tokenize='trigram', detail='none')",
    f"CREATE TRIGGER searches_added AFTER INSERT ON searches BEGIN {_ADD_WORDS} {_ADD_GRAMS} END",
    f"CREATE TRIGGER searches_dropped AFTER DELETE ON searches BEGIN {_DROP_WORDS} {_DROP_GRAMS} END",
    "CREATE TRIGGER searches_changed AFTER UPDATE ON searches "
    f"BEGIN {_DROP_WORDS} {_DROP_GRAMS} {_ADD_WORDS} {_ADD_GRAMS} END",
    *(
        f"CREATE TRIGGER audit_log_no_{verb.lower()} BEFORE {verb} ON audit_log "
        "BEGIN SELECT RAISE(ABORT, 'the audit log takes no change'); END"
        for verb in ("UPDATE", "DELETE")
    ),
)
_POSTGRES = (
    "CREATE TABLE search_vectors (letter_id integer PRIMARY KEY REFERENCES searches ON DELETE CASCADE, "
    "head tsvector NOT NULL, everything tsvector NOT NULL, near tsvector NOT NULL, grams integer[] NOT NULL)",
    *(
        f"CREATE INDEX ix_search_vectors_{column} ON search_vectors USING gin ({column})"
        for column in ("head", "everything", "near", "grams")
    ),
    "CREATE FUNCTION audit_log_refuses() RETURNS trigger LANGUAGE plpgsql AS "
    "$$ BEGIN RAISE EXCEPTION 'the audit log takes no change'; END $$",
    "CREATE TRIGGER audit_log_no_change BEFORE UPDATE OR DELETE ON audit_log "
    "FOR EACH ROW EXECUTE FUNCTION audit_log_refuses()",
    "CREATE TRIGGER audit_log_no_truncate BEFORE TRUNCATE ON audit_log "
    "FOR EACH STATEMENT EXECUTE FUNCTION audit_log_refuses()",
)


def upgrade() -> None:
    """Make the tables; the store fills the search for letters that were there before."""
    op.create_table(
        "searches",
        sa.Column("letter_id", sa.Integer(), nullable=False),
        *(sa.Column(name, sa.Text(), nullable=False) for name in ("head", "body", "marks", "near", "gist")),
        sa.PrimaryKeyConstraint("letter_id", name="pk_searches"),
        sa.ForeignKeyConstraint(
            ["letter_id"], ["letters.id"], name="fk_searches_letter_id", ondelete="CASCADE"
        ),
    )
    op.create_table(
        "audit_log",
        sa.Column("seq", sa.Integer(), nullable=False),
        sa.Column("at", sa.String(32), nullable=False),
        sa.Column("who", sa.Text(), nullable=False),
        sa.Column("action", sa.String(32), nullable=False),
        sa.Column("subject", sa.Text(), nullable=False),
        sa.Column("detail", sa.Text(), nullable=False),
        sa.Column("previous", sa.String(64), nullable=False),
        sa.Column("hash", sa.String(64), nullable=False),
        sa.PrimaryKeyConstraint("seq", name="pk_audit_log"),
    )
    op.create_index("ix_audit_log_subject", "audit_log", ["subject"])
    for statement in _SQLITE if op.get_bind().dialect.name == "sqlite" else _POSTGRES:
        op.execute(statement)


def downgrade() -> None:
    """Remove the search and the log."""
    if op.get_bind().dialect.name == "sqlite":
        op.execute("DROP TABLE search_words")
        op.execute("DROP TABLE search_grams")
        for verb in ("update", "delete"):
            op.execute(f"DROP TRIGGER audit_log_no_{verb}")
    else:
        op.execute("DROP TABLE search_vectors")
    op.drop_table("searches")
    op.drop_table("audit_log")
    if op.get_bind().dialect.name != "sqlite":
        op.execute("DROP FUNCTION audit_log_refuses()")
