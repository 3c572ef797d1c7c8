"""Every order of the list, and what few letters have, is one short walk along an index (pipeline/store/walking.py)."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None

_FEW = (
    ("ix_letters_faulty", "errors > 0"),
    ("ix_letters_warned", "warnings > 0"),
    ("ix_letters_confirmed", "confirmed_at IS NOT NULL"),
)


def upgrade() -> None:
    """Make the indexes."""
    op.create_index("ix_letters_agency_id", "letters", ["agency", "id"])
    for name, where in _FEW:
        op.create_index(
            name,
            "letters",
            ["received_at", "id"],
            sqlite_where=sa.text(where),
            postgresql_where=sa.text(where),
        )


def downgrade() -> None:
    """Drop them."""
    for name, _ in _FEW:
        op.drop_index(name, "letters")
    op.drop_index("ix_letters_agency_id", "letters")
