"""The watcher's sign of life: a small file beside the register, so that the review page can tell the truth."""

from __future__ import annotations

import contextlib
import datetime as dt
import json

from pipeline.disk import write_whole
from pipeline.settings import Settings
from schemas.ink import Record

_FILE = "watch.json"


class Beat(Record):
    """The watcher's last look."""

    at: dt.datetime
    error: str = ""  # of that look, in English; empty when it went well
    message: str = ""  # the same in Thai, where there is such a sentence


def beat(settings: Settings, error: str = "", message: str = "") -> None:
    """Say that the watcher is alive; a disk that refuses is no reason to stop watching."""
    said = json.dumps({"at": dt.datetime.now(dt.UTC).isoformat(), "error": error, "message": message})
    with contextlib.suppress(OSError):
        write_whole(settings.home / _FILE, said.encode())


def last_beat(settings: Settings) -> Beat | None:
    """The last sign of life; None where there never was one."""
    try:
        return Beat.model_validate_json((settings.home / _FILE).read_bytes())
    except (OSError, ValueError):
        return None
