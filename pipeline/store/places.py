"""Places in a list: where a page ended and the next one begins, as one word for an address."""

from __future__ import annotations

import base64
import datetime as dt
import json
from typing import Any, NamedTuple

from pipeline.errors import BadInputError
from pipeline.store.models import LetterRow
from pipeline.store.records import Sort


class Cursor(NamedTuple):
    """Where a page ended: its last sort value (None: among the empty ones), id and hash."""

    value: str | None
    id: int
    sha256: str = ""

    def token(self) -> str:
        """The cursor as one word for an address."""
        return base64.urlsafe_b64encode(json.dumps(self).encode()).decode().rstrip("=")


def read_cursor(token: str) -> Cursor:
    """The cursor back; BadInputError when it is none of ours."""
    try:
        data = json.loads(base64.urlsafe_b64decode(token + "=" * (-len(token) % 4)))
        cursor = Cursor(*data)
        if isinstance(cursor.id, int) and isinstance(cursor.sha256, str):
            return cursor
    except (ValueError, TypeError):
        pass
    raise bad_cursor()


def bad_cursor() -> BadInputError:
    """What was given is no place of a list."""
    return BadInputError(
        "cursor.invalid",
        "ไม่รู้จักหน้าถัดไปที่ขอ ให้เริ่มใหม่จากหน้าแรก",
        "This is no page of a list: begin with the first.",
    )


class Stop(NamedTuple):
    """One place of the list: a letter's id with the value it is sorted by, or (id 0) a document without any."""

    value: Any
    id: int
    sha256: str = ""

    def cursor(self, sort: Sort) -> Cursor:
        """Where the list goes on behind it."""
        if self.id == 0 and not sort.endswith("received"):
            return Cursor(None, 0, self.sha256)
        text = self.value.isoformat() if isinstance(self.value, dt.date) else self.value
        return Cursor(text, self.id, self.sha256)


def bound(column: Any, value: str | None) -> Any:
    """A cursor's value as the column has it; BadInputError for one that it cannot have."""
    try:
        if column is LetterRow.received_at:
            return dt.datetime.fromisoformat(value or "")
        if column in (LetterRow.letter_date, LetterRow.due):
            return dt.date.fromisoformat(value or "")
    except ValueError:
        raise bad_cursor() from None
    return value
