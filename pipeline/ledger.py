"""The clerk behind the counter: takes files in, has each read once, and sees it to its place.

Every document goes: copy and journal → ledger row → read → file in its place → record and state in one
transaction → inbox tidied → journal dropped. A crash anywhere leaves the journal, and the next run goes on
from there; each step may be done twice without harm.
"""

from __future__ import annotations

import datetime as dt
import time
from contextlib import AbstractContextManager
from pathlib import Path
from typing import NamedTuple

from pipeline import stages
from pipeline.errors import BadInputError, MissingToolError, ToolError
from pipeline.experience import seasoned
from pipeline.inbox import Look, Settling, Trouble, look, place_of, readable
from pipeline.intake import EXTENSIONS, identify
from pipeline.offices import known_to
from pipeline.rules.known import numbered_in
from pipeline.settings import Settings
from pipeline.store import FINAL, IN_REGISTER, Place, State, open_store
from pipeline.vault import Vault
from schemas.ink import Record
from schemas.result import Document, Problem, Result

_FIRST_PAUSE_S, _LONGEST_PAUSE_S = 15, 3600


class Outcome(Record):
    """What became of one document in this run."""

    sha256: str
    state: State
    duplicates: int = 0  # further files with the same content


class Admitted(NamedTuple):
    """What one look into an inbox gave."""

    documents: list[str]  # hashes of what is to be worked on
    found: int  # files that lie there
    unchanged: int  # of these, noted before
    growing: int  # of these, still being written
    wait_s: float  # until the growing ones may have settled
    troubles: list[Trouble]


class Ledger:
    """Takes files in and sees each to its place. One process at a time: use it inside `lock()`."""

    def __init__(self, settings: Settings, patience_s: float = 0) -> None:
        """`patience_s`: an unusable file younger than this may still be on its way, and is left alone."""
        settings = seasoned(settings)  # before the folders: the store says best why the home cannot be made
        self._settings, self._patience_s = settings, patience_s
        self._store = open_store(settings)
        self._vault = Vault(settings)
        self._vault.prepare()

    def lock(self) -> AbstractContextManager[None]:
        """Keep other processes from taking files in at the same time."""
        return self._vault.lock()

    def outcome(self, sha256: str) -> Outcome:
        """What the ledger says of a document whose work was cut short."""
        entry = self._store.entry(sha256)
        return Outcome(
            sha256=sha256, state="seen" if entry is None or entry.state == "reading" else entry.state
        )

    def admit(self, folder: Path, settling: Settling, again: bool = False) -> Admitted:
        """Take in all new files of a folder; unfinished ones of earlier runs come first.

        `again`: a person asked, so documents that failed are tried once more, without a pause.
        """
        seen = look(folder, self._settings)
        waiting = {place for sha256 in self._vault.pending() for place in self._vault.places(sha256)}
        noted = self._store.noted([_shown(place).path for place in seen.places])
        unchanged = [place for place in seen.places if place not in waiting and _shown(place) in noted]
        fresh = [place for place in seen.places if place not in waiting and _shown(place) not in noted]
        settled, wait_s = settling.settled(fresh)
        for place in settled:
            self._vault.check_room(place.size)
            self._take(place, seen)
        return Admitted(
            documents=[sha256 for sha256 in self._vault.pending() if again or self._is_due(sha256)],
            found=len(seen.places),
            unchanged=len(unchanged),
            growing=len(fresh) - len(settled),
            wait_s=wait_s,
            troubles=seen.troubles,
        )

    def _take(self, place: Place, seen: Look) -> None:
        try:
            sha256 = self._vault.take(place)
            if sha256 is not None:
                self._store.admit(sha256)
        except BadInputError as error:
            problem = Problem(code=error.code, message=error.message, message_en=error.message_en)
            seen.troubles.append(Trouble(readable(place.path), problem))
        except ToolError as error:  # a bad spot on a disk must not hold up the other files
            problem = Problem(code="tool.failed", message=f"นำไฟล์เข้าไม่สำเร็จ ({error})", message_en=str(error))
            seen.troubles.append(Trouble(readable(place.path), problem))

    def take(self, path: Path) -> str | None:
        """Take in one file that was handed over; its hash, or None when it changed meanwhile. `work` reads it."""
        place = place_of(str(path), path.stat())
        self._vault.check_room(place.size)
        sha256 = self._vault.take(place)
        if sha256 is not None:
            self._store.admit(sha256)
        return sha256

    def _is_due(self, sha256: str) -> bool:
        """Whether to work on a document now; after failures of our tools the pauses grow."""
        entry = self._store.entry(sha256)
        if entry is None or entry.state in FINAL:
            return True
        if entry.state == "failed":
            return False
        if entry.state != "seen" or entry.attempts == 0:
            return True
        pause = min(_LONGEST_PAUSE_S, _FIRST_PAUSE_S * 2**entry.attempts)
        return dt.datetime.now(dt.UTC) >= entry.updated_at + dt.timedelta(seconds=pause)

    def work(self, sha256: str, today: dt.date, again: bool = False) -> Outcome:
        """See one document to its place. ToolError is recorded, then raised: trying again may help."""
        entry = self._store.begin(sha256, again)
        if entry.state == "failed":
            return Outcome(sha256=sha256, state="failed")
        try:
            if entry.state in IN_REGISTER:
                return self._finish(sha256, entry.state)
            if entry.state == "protected":  # known by its hash: it is not read again
                kept = self._vault.protect(sha256, self._extension(sha256))
                return self._finish(sha256, entry.state, kept)
            return self._read(sha256, today, entry.received_at)
        except ToolError as error:
            self._fail(sha256, error)
            raise
        except (MemoryError, OSError) as error:
            trouble = ToolError(f"The machine failed while reading ({type(error).__name__}).")
            self._fail(sha256, trouble)
            raise trouble from error
        except Exception as error:
            # A fault of ours must not stop the others. Its words may quote the letter: only its type is kept.
            self._store.fail(sha256, _fault(error), final=True)
            return Outcome(sha256=sha256, state="failed")

    def _read(self, sha256: str, today: dt.date, received_at: dt.datetime) -> Outcome:
        places = self._vault.places(sha256)
        name = readable(Path(places[0].path).name) if places else sha256
        document: Document | None = None
        try:
            document = stages.open_document(self._vault.content(sha256), self._settings, name, received_at)
            known = known_to(self._settings, self._store)
            understood = stages.understand(document, **known._asdict())
            result = stages.judge(understood, self._settings, today, numbered_in(self._store, sha256))
        except BadInputError as error:
            if any(self._is_young(place) for place in places):
                self._vault.forget(sha256)
                self._store.withdraw(sha256)
                return Outcome(sha256=sha256, state="seen")
            result = stages.failed(name, sha256, error)
        kept = self._put_away(result, places)
        if result.status == "protected":
            document = None
        state = self._store.save(result, document, received_at)
        return self._finish(sha256, state, kept)

    def _is_young(self, place: Place) -> bool:
        """A scanner may pause in the middle of a file: what was cut off so must not be thrown out."""
        return time.time() - max(place.mtime_ns, place.ctime_ns) / 1e9 < self._patience_s

    def _put_away(self, result: Result, places: list[Place]) -> Path:
        """The file goes to its place before the record is saved: a record never points at nothing."""
        if result.status == "protected":
            return self._vault.protect(result.sha256, self._extension(result.sha256))
        if result.status != "failed":
            return self._vault.keep(result.sha256, self._extension(result.sha256))
        names = [Path(place.path).name for place in places] or [result.file]
        targets = [self._vault.quarantine(result.sha256, name, result.problems[0]) for name in names]
        return targets[0]

    def _finish(self, sha256: str, state: State, kept: Path | None = None) -> Outcome:
        """Tidy up behind a document whose state is saved."""
        duplicates = 0
        places = self._vault.places(sha256)
        if state in IN_REGISTER:
            duplicates = self._store.note_places(sha256, [_shown(place) for place in places])
        elif kept is not None:
            self._vault.clear_inbox(sha256, kept)
            duplicates = max(0, len(places) - 1)
        self._vault.forget(sha256)
        return Outcome(sha256=sha256, state=state, duplicates=duplicates)

    def _extension(self, sha256: str) -> str:
        return EXTENSIONS[identify(self._vault.content(sha256), self._settings)]

    def _fail(self, sha256: str, error: ToolError) -> None:
        trouble = (
            "tool.missing" if isinstance(error, MissingToolError) else "tool.failed",
            f"เครื่องมือของระบบทำงานไม่สำเร็จ ({error}) จะลองใหม่ภายหลัง ตรวจเครื่องด้วย saraban doctor",
            f"{error} It will be tried again. To check the machine, run: saraban doctor",
        )
        self._store.fail(sha256, trouble, counts=not isinstance(error, MissingToolError))


def _shown(place: Place) -> Place:
    """The place as the store can keep it: no bytes in the path that are not text."""
    return place.model_copy(update={"path": readable(place.path)})


def _fault(error: Exception) -> tuple[str, str, str]:
    kind = type(error).__name__
    return (
        "program.fault",
        f"โปรแกรมผิดพลาดขณะอ่านไฟล์นี้ ({kind}) ไฟล์ยังอยู่ครบ โปรดแจ้งผู้ดูแล",
        f"The program made a mistake while reading this file ({kind}). "
        "The file is safe; tell whoever looks after the program.",
    )
