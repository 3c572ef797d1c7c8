"""PostgreSQL's word index knows in which stretch of the register a letter stands (pipeline/store/stretches.py)."""

from __future__ import annotations

from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None

_LEVELS = (12, 15, 18)
_COLUMNS = ("head", "everything", "near", "grams")
_WORDS = ", ".join(f"'#{level}:' || (letter_id >> {level})" for level in _LEVELS)
_NUMBERS = ", ".join(f"-((letter_id >> {level}) * 64 + {level})" for level in _LEVELS)
_REMAKE = (
    "CREATE TABLE remade AS SELECT letter_id, {columns} FROM search_vectors ORDER BY letter_id",
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


def upgrade() -> None:
    """Write the table anew, which is quicker than changing each row under four indexes."""
    words = ", ".join(
        f"{column} || array_to_tsvector(ARRAY[{_WORDS}]) AS {column}" for column in _COLUMNS[:3]
    )
    _remake(f"{words}, ARRAY[{_NUMBERS}] || grams AS grams")


def downgrade() -> None:
    """Without the names of stretches."""
    words = ", ".join(f"ts_delete({column}, ARRAY[{_WORDS}]) AS {column}" for column in _COLUMNS[:3])
    _remake(f"{words}, ARRAY(SELECT one FROM unnest(grams) AS one WHERE one >= 0) AS grams")


def _remake(columns: str) -> None:
    if op.get_bind().dialect.name == "sqlite":  # whose index gives the newest letters first by itself
        return
    for statement in _REMAKE:
        op.execute(statement.replace("{columns}", columns))
