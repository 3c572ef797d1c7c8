"""PostgreSQL's word indexes put away what waits beside them sooner: no letter waits long while it is kept, and no
search goes through a long list of what is not put away yet."""

from __future__ import annotations

from alembic import op

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None

_WAITING_KB = 512
"""Of 4 MB, the server's own default, the letter that finds the list full waits half a second and more."""
_INDEXES = tuple(f"ix_search_vectors_{column}" for column in ("head", "everything", "near", "grams"))


def upgrade() -> None:
    """Set it for each index; what waits now is put away when the next letter comes."""
    _set(f"SET (gin_pending_list_limit = {_WAITING_KB})")


def downgrade() -> None:
    """The server's own limit again."""
    _set("RESET (gin_pending_list_limit)")


def _set(what: str) -> None:
    if op.get_bind().dialect.name != "sqlite":  # which has no such list
        for index in _INDEXES:
            op.execute(f"ALTER INDEX {index} {what}")
