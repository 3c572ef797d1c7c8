"""The register in pages: none looks at more than so many letters, however long the register is."""

from __future__ import annotations

import datetime as dt

from sqlalchemy import ColumnElement, func, select
from sqlalchemy.orm import Session

from pipeline.store.asking import midnight
from pipeline.store.base import Connected
from pipeline.store.models import DocumentRow
from pipeline.store.places import Stop, read_cursor
from pipeline.store.records import IN_REGISTER, RegisterRow, RowFilter, RowPage, Sort
from pipeline.store.register import row_of, rows_of
from pipeline.store.walking import Walk, ways_of

MOST = 500
"""Rows of one page."""
_COUNTED = 2000  # rows are counted so far


class ListPart(Connected):
    """The register in pages."""

    def page(
        self,
        filters: RowFilter | None = None,
        sort: Sort = "-received",
        *,
        limit: int = 50,
        after: str | None = None,
    ) -> RowPage:
        """One page of the register, the next one beginning `after` the cursor that the last one gave.

        Where what is asked for is rare, a page may have fewer rows than `limit`, or none, and yet a next one: so many
        letters were looked at, and the list goes on.
        """
        filters = filters or RowFilter()
        limit = max(1, min(limit, MOST))
        cursor = None if after is None else read_cursor(after)
        if filters.state is not None and filters.state not in IN_REGISTER:
            return RowPage(rows=(), next=None, total=0, exact=True)
        with self._reading() as session:
            ways, bare = ways_of(session, filters, sort), _bare(filters)
            found, end, counted = Walk(session, ways, sort, cursor, bare).met(limit + 1)
            if len(found) > limit:
                found, end = found[:limit], found[limit - 1]
            rows = rows_of(session, [stop.id for stop in found if stop.id])
            total, exact = (counted, True) if counted is not None else ways.total(session, _COUNTED + 1)
            total += _count(session, bare)
            return RowPage(
                rows=tuple(
                    rows[stop.id] if stop.id else _bare_row(session, stop)
                    for stop in found
                    if stop.id in rows or not stop.id
                ),
                next=None if end is None else end.cursor(sort).token(),
                total=min(max(total, len(found)), _COUNTED),
                exact=exact and total <= _COUNTED,
            )


def _count(session: Session, bare: list[ColumnElement[bool]] | None) -> int:
    if bare is None:
        return 0
    some = select(DocumentRow.sha256).where(*bare).limit(_COUNTED + 1).subquery()
    return session.scalar(select(func.count()).select_from(some)) or 0


def _bare(filters: RowFilter) -> list[ColumnElement[bool]] | None:
    """Which documents without letters answer a filter: None where it asks for what only letters have."""
    known = filters.model_dump(
        exclude={"needs_person", "received_from", "received_to", "state", "confirmed"}, exclude_none=True
    )
    if known or filters.needs_person is False or filters.confirmed:
        return None
    conditions: list[ColumnElement[bool]] = [
        DocumentRow.letterless.is_(True),
        DocumentRow.state.in_([filters.state] if filters.state else IN_REGISTER),
    ]
    if filters.received_from is not None:
        conditions.append(DocumentRow.received_at >= midnight(filters.received_from))
    if filters.received_to is not None:
        conditions.append(DocumentRow.received_at < midnight(filters.received_to + dt.timedelta(days=1)))
    return conditions


def _bare_row(session: Session, stop: Stop) -> RegisterRow:
    return row_of(session.get_one(DocumentRow, stop.sha256), None)
