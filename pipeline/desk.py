"""What a person does to a letter, with all that follows: the letter is changed, then judged anew.

`who` is the person, `version` the letter's version that they saw. ConflictError: somebody else changed the letter
meanwhile, and nothing was written. Each returns the letter's new version.
"""

from __future__ import annotations

import datetime as dt

from pipeline.rejudge import rejudge
from pipeline.settings import Settings
from pipeline.store import Store


def correct(
    store: Store,
    settings: Settings,
    letter_id: int,
    path: str,
    value: object,
    *,
    who: str,
    version: int,
    today: dt.date,
) -> int:
    """Put a person's value in a field (None: not on the paper); BadInputError when the value cannot be."""
    new = store.correct(letter_id, path, value, who=who, version=version)
    _judge(store, settings, letter_id, today)
    return new


def undo(store: Store, settings: Settings, letter_id: int, *, who: str, version: int, today: dt.date) -> int:
    """Take back the newest correction."""
    new = store.undo(letter_id, who=who, version=version)
    _judge(store, settings, letter_id, today)
    return new


def confirm(
    store: Store, settings: Settings, letter_id: int, *, who: str, version: int, today: dt.date
) -> int:
    """A person finds a letter's values right."""
    new = store.confirm(letter_id, who=who, version=version)
    _judge(store, settings, letter_id, today)
    return new


def _judge(store: Store, settings: Settings, letter_id: int, today: dt.date) -> None:
    letter = store.letter(letter_id)
    if letter is not None:
        rejudge(store, letter.result.sha256, settings, today)
