"""Inbox folders: which files lie there, and which of them have stopped growing."""

from __future__ import annotations

import os
import stat
import time
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from pipeline.errors import BadInputError
from pipeline.settings import Settings
from pipeline.store import Place
from schemas.result import Problem

_PARTIAL_ENDINGS = (
    ".part",
    ".partial",
    ".crdownload",
    ".opdownload",
    ".download",
    ".filepart",
    ".tmp",
    ".temp",
    ".swp",
    ".!ut",
    ".aria2",
)
_LITTER = {"thumbs.db", "ehthumbs.db", "desktop.ini", "icon\r"}


class Trouble(NamedTuple):
    """A file or folder of the inbox that could not even be looked at."""

    path: str
    problem: Problem


class Look(NamedTuple):
    """One look into an inbox."""

    places: list[Place]
    troubles: list[Trouble]


def readable(name: str) -> str:
    """A file name fit to be shown and kept: names in Thai Windows code are put right.

    >>> readable(b"\\xcb\\xb9\\xd1\\xa7\\xca\\xd7\\xcd.pdf".decode("utf-8", "surrogateescape"))
    'หนังสือ.pdf'
    """
    try:
        name.encode()
    except UnicodeEncodeError:
        return os.fsencode(name).decode("cp874", "replace")
    return name


def look(folder: Path, settings: Settings) -> Look:
    """All files of an inbox and its subfolders, but nothing of our own, hidden, partial or linked."""
    ours = _identity(settings.home)
    if ours is not None and any(_identity(place) == ours for place in (folder, *folder.resolve().parents)):
        raise BadInputError(
            "folder.own",
            "โฟลเดอร์นี้เป็นที่เก็บของโปรแกรมเอง โปรดเลือกโฟลเดอร์อื่นเป็นกล่องเอกสารเข้า",
            "This folder is where the program keeps its own files. Choose another folder as the inbox.",
        )
    found = Look([], [])
    database = settings.url.removeprefix("sqlite:///")
    for place in _walk(folder, ours, found.troubles):
        if not database or not place.path.startswith(database):
            found.places.append(place)
    found.places.sort(key=lambda place: place.path)
    return found


def _walk(folder: Path, ours: tuple[int, int] | None, troubles: list[Trouble]) -> Iterator[Place]:
    try:
        with os.scandir(folder) as listing:
            entries = list(listing)
    except OSError as error:
        troubles.append(_unreadable(str(folder), error))
        return
    for entry in entries:
        if _to_be_skipped(entry.name):
            continue
        try:
            found = entry.stat(follow_symlinks=False)
        except FileNotFoundError:
            continue  # gone since the folder was listed
        except OSError as error:
            troubles.append(_unreadable(entry.path, error))
            continue
        if stat.S_ISDIR(found.st_mode) and (found.st_dev, found.st_ino) != ours:
            yield from _walk(Path(entry.path), ours, troubles)
        elif stat.S_ISREG(found.st_mode):
            yield place_of(entry.path, found)


def place_of(path: str, found: os.stat_result) -> Place:
    """A file as the system describes it."""
    return Place(path=path, size=found.st_size, mtime_ns=found.st_mtime_ns, ctime_ns=found.st_ctime_ns)


def _to_be_skipped(name: str) -> bool:
    lower = name.lower()
    return lower.startswith((".", "~$")) or lower.endswith(_PARTIAL_ENDINGS) or lower in _LITTER


def _identity(path: Path) -> tuple[int, int] | None:
    try:
        found = path.stat()
    except OSError:
        return None
    return (found.st_dev, found.st_ino)


def _unreadable(path: str, error: OSError) -> Trouble:
    return Trouble(
        path,
        Problem(
            code="folder.unreadable",
            message="เปิดดูไม่ได้ โปรดตรวจสิทธิ์การอ่าน",
            message_en=f"It cannot be looked at ({error.strerror}). Check who may read it.",
        ),
    )


class Settling:
    """Remembers how files looked, to tell which have stopped growing (settings.settle_s)."""

    def __init__(self, settle_s: float) -> None:
        self._settle_s = settle_s
        self._since: dict[str, tuple[Place, float]] = {}

    def settled(self, places: list[Place]) -> tuple[list[Place], float]:
        """The files that have not changed for long enough, and how many seconds the others still need."""
        moment, clock = time.monotonic(), time.time()
        since: dict[str, tuple[Place, float]] = {}
        done: list[Place] = []
        wait = 0.0
        for place in places:
            before = self._since.get(place.path)
            start = before[1] if before is not None and before[0] == place else moment
            # A file untouched for long needs no second look; a clock ahead of ours gives it no credit.
            age = max(moment - start, clock - max(place.mtime_ns, place.ctime_ns) / 1e9)
            since[place.path] = (place, start)
            if age >= self._settle_s:
                done.append(place)
            else:
                wait = max(wait, self._settle_s - age)
        self._since = since
        return done, min(wait, self._settle_s)
