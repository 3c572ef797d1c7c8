"""Which letters a letter names, with an index: those that name one are found at once (pipeline/store/kin.py)."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None

_SQLITE = (
    "INSERT INTO mentions (letter_id, number, date) "
    "SELECT letters.id, json_extract(one.value, '$.number.value.text'), json_extract(one.value, '$.date.value') "
    "FROM letters JOIN documents ON documents.sha256 = letters.sha256, "
    "json_each(documents.record, '$.letters[' || letters.position || '].{field}') AS one "
    "WHERE json_extract(one.value, '$.number.value.text') IS NOT NULL"
)
_POSTGRES = (  # OFFSET 0: a record is parted once, not for each field
    "INSERT INTO mentions (letter_id, number, date) "
    "SELECT read.id, one -> 'number' -> 'value' ->> 'text', (one -> 'date' ->> 'value')::date "
    "FROM (SELECT letters.id, documents.record -> 'letters' -> letters.position AS letter FROM letters "
    "JOIN documents ON documents.sha256 = letters.sha256 OFFSET 0) AS read, "
    "LATERAL (SELECT json_array_elements(letter -> 'references') AS one "
    "UNION ALL SELECT json_array_elements(letter -> 'citations')) AS named "
    "WHERE one -> 'number' -> 'value' ->> 'text' IS NOT NULL"
)


def upgrade() -> None:
    """Make the table and fill it as the machine read; the store adds what people corrected."""
    number = sa.Text().with_variant(sa.Text(collation="C"), "postgresql")
    op.create_table(
        "mentions",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("letter_id", sa.Integer(), nullable=False),
        sa.Column("number", number, nullable=False),
        sa.Column("date", sa.Date(), nullable=True),
        sa.PrimaryKeyConstraint("id", name="pk_mentions"),
        sa.ForeignKeyConstraint(
            ["letter_id"], ["letters.id"], name="fk_mentions_letter_id", ondelete="CASCADE"
        ),
    )
    if op.get_bind().dialect.name == "sqlite":
        for field in ("references", "citations"):
            op.execute(_SQLITE.replace("{field}", field))
    else:
        op.execute(_POSTGRES)
    op.drop_index("ix_letters_sha256", "letters")  # uq_letters_sha256_position begins with it
    op.create_index("ix_mentions_letter_id", "mentions", ["letter_id"])
    op.create_index("ix_mentions_number_letter_id", "mentions", ["number", "letter_id"])


def downgrade() -> None:
    """Remove the table."""
    op.create_index("ix_letters_sha256", "letters", ["sha256"])
    op.drop_table("mentions")
