"""PostgreSQL keeps letters' numbers in the order of their signs, whatever the language of the database.

The letters of one code then stand together in the index of numbers, as they do in SQLite (pipeline/store/walking.py).
"""

from __future__ import annotations

from alembic import op

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Change the column; PostgreSQL makes its indexes anew."""
    _collate('"C"')


def downgrade() -> None:
    """Back to the database's own order."""
    _collate('"default"')


def _collate(collation: str) -> None:
    if op.get_bind().dialect.name != "sqlite":
        op.execute(f"ALTER TABLE letters ALTER COLUMN number_text TYPE text COLLATE {collation}")
