"""Three indexes that no question goes by are gone: each letter that is kept had to be written into them.

Numbers of receipts are found by the search; their days, and the severity of findings, are asked of known letters.
"""

from __future__ import annotations

from alembic import op

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None

_UNASKED = (("receipts", "number"), ("receipts", "date"), ("findings", "severity"))


def upgrade() -> None:
    """Without them."""
    for table, column in _UNASKED:
        op.drop_index(f"ix_{table}_{column}", table)


def downgrade() -> None:
    """With them again."""
    for table, column in _UNASKED:
        op.create_index(f"ix_{table}_{column}", table, [column])
