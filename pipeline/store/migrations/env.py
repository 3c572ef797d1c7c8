"""Alembic's way into the database: the connection comes from the store, never from a file of settings."""

from __future__ import annotations

from alembic import context

from pipeline.store.models import Base

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=Base.metadata,
    render_as_batch=True,  # SQLite changes a table by copying it
    transactional_ddl=True,  # all or nothing, so that a crash in the middle leaves the old version
)
with context.begin_transaction():
    context.run_migrations()
