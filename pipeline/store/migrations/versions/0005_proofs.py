"""How right the values were that people confirmed (pipeline/store/proofs.py), and urgency among the search's words."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None


_COLUMNS = ("head", "everything", "near", "grams")
_REMAKE = (
    "CREATE TABLE remade AS SELECT letter_id, {head} AS head, {everything} AS everything, near, grams "
    "FROM search_vectors LEFT JOIN letters ON letters.id = letter_id ORDER BY letter_id",
    "DROP TABLE search_vectors",
    "ALTER TABLE remade RENAME TO search_vectors",
    *(f"ALTER TABLE search_vectors ALTER COLUMN {column} SET NOT NULL" for column in _COLUMNS),
    "ALTER TABLE search_vectors ADD CONSTRAINT search_vectors_pkey PRIMARY KEY (letter_id)",
    "ALTER TABLE search_vectors ADD CONSTRAINT search_vectors_letter_id_fkey "
    "FOREIGN KEY (letter_id) REFERENCES searches ON DELETE CASCADE",
    *(
        f"CREATE INDEX ix_search_vectors_{column} ON search_vectors USING gin ({column})"
        for column in _COLUMNS
    ),
)
_MARKED = (
    "CASE WHEN urgency IS NULL THEN {column} ELSE {column} || array_to_tsvector(ARRAY['zu' || urgency]) END"
)
_UNMARKED = "CASE WHEN urgency IS NULL THEN {column} ELSE ts_delete({column}, 'zu' || urgency) END"


def _remake(column: str) -> None:
    """PostgreSQL's word index finds urgent letters; written anew, which is quicker than changing rows."""
    if op.get_bind().dialect.name == "sqlite":
        return
    for statement in _REMAKE:
        of = {name: column.replace("{column}", name) for name in ("head", "everything")}
        op.execute(statement.format(**of) if "{head}" in statement else statement)


def upgrade() -> None:
    """Make the table; the store fills it for letters that were confirmed before."""
    op.execute(
        "UPDATE searches SET marks = marks || ' zu' || (SELECT urgency FROM letters WHERE id = letter_id) "
        "WHERE letter_id IN (SELECT id FROM letters WHERE urgency IS NOT NULL)"
    )
    _remake(_MARKED)
    op.create_table(
        "confirmed_values",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("letter_id", sa.Integer(), nullable=False),
        sa.Column("path", sa.Text(), nullable=False),
        sa.Column("reader", sa.String(16), nullable=False),
        sa.Column("sureness", sa.Integer(), nullable=False),
        sa.Column("correct", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_confirmed_values"),
        sa.ForeignKeyConstraint(
            ["letter_id"], ["letters.id"], name="fk_confirmed_values_letter_id", ondelete="CASCADE"
        ),
    )
    op.create_index("ix_confirmed_values_letter_id", "confirmed_values", ["letter_id"])


def downgrade() -> None:
    """Remove the table."""
    op.drop_table("confirmed_values")
    op.execute(
        "UPDATE searches SET marks = replace(marks, ' zu' || (SELECT urgency FROM letters WHERE id = letter_id), '') "
        "WHERE letter_id IN (SELECT id FROM letters WHERE urgency IS NOT NULL)"
    )
    _remake(_UNMARKED)
