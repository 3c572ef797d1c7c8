"""The house's folders: files come in as copies, are checked by hash, and put away so that a crash loses none.

home/                 mode 0700
├── incoming/         <sha256> and its journal <sha256>.json, until the document is done
├── originals/aa/     <sha256>.<ext>, never changed
├── quarantine/       <name>-<sha8>.<ext> with <the same>.reason.txt beside it
└── protected/        <sha256>.<ext>, mode 0700, files 0600

A file enters whole or not at all (written aside, flushed, renamed), and its journal goes last: until then
each step may be done again. A file of an inbox is removed only after the copy's hash was read back.
"""

from __future__ import annotations

import contextlib
import hashlib
import json
import os
import shutil
import stat
import time
import uuid
from collections.abc import Iterator, Sequence
from pathlib import Path

from pipeline.disk import flush_file, flush_folder, on_disk, private_folder, try_lock, write_whole
from pipeline.errors import BadInputError, ToolError
from pipeline.inbox import place_of, readable
from pipeline.intake import sha256_of
from pipeline.settings import Settings
from pipeline.store import Place
from schemas.result import Problem

_BLOCK_BYTES = 1024 * 1024
_NAME_BYTES = 150  # of 255 that most systems allow; Thai letters have three each
_REASON = ".reason.txt"
_ROOM_BYTES = 50_000_000


class Vault:
    """Puts files away. One process at a time works in it: see `lock`."""

    def __init__(self, settings: Settings) -> None:
        self._home, self._settings = settings.home, settings
        self._incoming = settings.home / "incoming"

    def prepare(self) -> None:
        """Make the folders, and sweep what a crash left half-written."""
        with on_disk():
            for folder in (self._home, self._incoming, self._settings.protected):
                private_folder(folder)
            for folder in (self._settings.originals, self._settings.quarantine):
                folder.mkdir(mode=0o700, parents=True, exist_ok=True)
            for folder in (self._incoming, self._settings.quarantine, self._settings.protected):
                for scrap in folder.glob(".*.new"):
                    scrap.unlink()

    @contextlib.contextmanager
    def lock(self, wait_s: float = 600) -> Iterator[None]:
        """Let one process at a time take files in; the system frees the lock of a killed one."""
        with on_disk():
            private_folder(self._home)
            handle = (self._home / ".lock").open("a+b")
        with handle:
            deadline = time.monotonic() + wait_s
            while not try_lock(handle.fileno()):
                if time.monotonic() > deadline:
                    raise ToolError(
                        f"Another Saraban is taking files in (it holds {self._home.name}/.lock). "
                        "Wait until it is done, or stop it."
                    )
                time.sleep(0.2)
            yield

    # Coming in

    def check_room(self, size: int) -> None:
        """Refuse to take in what would fill the disk."""
        with on_disk():
            if shutil.disk_usage(self._incoming).free < size + _ROOM_BYTES:
                raise ToolError(
                    "The disk is nearly full: no more files are taken in. Make room and try again."
                )

    def take(self, place: Place) -> str | None:
        """Copy a file in and note where it came from; its hash, or None when it changed meanwhile."""
        source = Path(place.path)
        scrap = self._incoming / f".{uuid.uuid4().hex}.new"
        try:
            sha256 = _copy_in(source, scrap, place)
            if sha256 is None:
                return None
            with on_disk():
                target = self.content(sha256)
                others = [other for other in self.places(sha256) if other.path != place.path]
                self._write_journal(sha256, [*others, place])
                if target.exists() and sha256_of(target) == sha256:
                    return sha256
                scrap.replace(target)
                flush_folder(self._incoming)
            return sha256
        finally:
            scrap.unlink(missing_ok=True)

    def content(self, sha256: str) -> Path:
        """Where the copy of a content lies while it is being worked on."""
        return self._incoming / sha256

    def places(self, sha256: str) -> list[Place]:
        """Where in the inboxes a content came from, the first first."""
        try:
            journal = json.loads((self._incoming / f"{sha256}.json").read_bytes())
        except FileNotFoundError:
            return []
        return [Place.model_construct(**place) for place in journal]  # names may not be UTF-8: no validation

    def pending(self) -> list[str]:
        """The contents that came in and are not done yet, in the order in which they came."""
        found = []
        with on_disk():
            for journal in sorted(self._incoming.glob("*.json"), key=lambda path: path.stat().st_mtime_ns):
                if self.content(journal.stem).exists():
                    found.append(journal.stem)
                else:
                    journal.unlink()  # a crash before the copy was in place: the file is still in the inbox
        return found

    def forget(self, sha256: str) -> None:
        """The document is done: drop the working copy, then the journal."""
        with on_disk():
            self.content(sha256).unlink(missing_ok=True)
            (self._incoming / f"{sha256}.json").unlink(missing_ok=True)
            flush_folder(self._incoming)

    def _write_journal(self, sha256: str, places: Sequence[Place]) -> None:
        text = json.dumps([{name: getattr(place, name) for name in Place.model_fields} for place in places])
        write_whole(self._incoming / f"{sha256}.json", text.encode("ascii"))

    # Going to its place

    def keep(self, sha256: str, extension: str) -> Path:
        """Put a good file among the originals."""
        folder = self._settings.originals / sha256[:2]
        return self._put(sha256, folder / f"{sha256}{extension}")

    def protect(self, sha256: str, extension: str) -> Path:
        """Put a file with a secrecy mark into the protected folder, and take it out of the originals."""
        with on_disk():
            private_folder(self._settings.protected)
        target = self._put(sha256, self._settings.protected / f"{sha256}{extension}")
        with on_disk():
            target.chmod(0o600)
            for original in (self._settings.originals / sha256[:2]).glob(f"{sha256}*"):
                original.unlink()
            shutil.rmtree(cache_of(self._settings, sha256), ignore_errors=True)
            for copy in self._settings.quarantine.glob(f"*-{sha256[:8]}*"):
                if not copy.name.endswith(_REASON) and sha256_of(copy) == sha256:
                    copy.with_name(copy.name + _REASON).unlink(missing_ok=True)
                    copy.unlink()
        return target

    def quarantine(self, sha256: str, name: str, problem: Problem) -> Path:
        """Put a bad file aside under its own name, with the reason beside it."""
        target = self._settings.quarantine / _quarantine_name(name, sha256)
        self._put(sha256, target)
        with on_disk():
            write_whole(target.with_name(target.name + _REASON), _reason(name, sha256, problem).encode())
        return target

    def _put(self, sha256: str, target: Path) -> Path:
        """Put the working copy in its place as a second name, or as a copy where the disk has no links."""
        source = self.content(sha256)
        with on_disk():
            target.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
            if target.exists() and sha256_of(target) == sha256:
                return target
            scrap = target.with_name(f".{sha256}.new")
            scrap.unlink(missing_ok=True)
            try:
                os.link(source, scrap)
            except OSError:
                shutil.copyfile(source, scrap)
                flush_file(scrap)
            scrap.replace(target)
            flush_folder(target.parent)
            return target

    def clear_inbox(self, sha256: str, kept: Path) -> None:
        """Remove a file from the inboxes, once the kept copy has been read back whole.

        A file that has changed since is another content: it stays, and will be taken in anew.
        """
        with on_disk():
            if sha256_of(kept) != sha256:
                raise ToolError(
                    f"The copy of {sha256[:12]} on the disk is damaged; the inbox was left as it is."
                )
            for place in self.places(sha256):
                path = Path(place.path)
                try:
                    if path.is_symlink() or sha256_of(path) != sha256:
                        continue
                except BadInputError:
                    continue  # gone, or no longer a file that we may read
                path.unlink()
                flush_folder(path.parent)


def cache_of(settings: Settings, sha256: str) -> Path:
    """Where the pictures of a document's pages are kept for looking at; it goes when the document is protected."""
    return settings.home / "cache" / "pages" / sha256


def find_original(settings: Settings, sha256: str) -> Path | None:
    """Where the kept original of a content lies; None when it is not among the originals."""
    return next((settings.originals / sha256[:2]).glob(f"{sha256}*"), None)


def _copy_in(source: Path, target: Path, place: Place) -> str | None:
    """Copy what is hashed and hash what is copied; None when the file is no longer the one that was seen."""
    digest = hashlib.sha256()
    flags = (
        os.O_RDONLY | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0)
    )
    try:
        handle = os.open(source, flags)
    except FileNotFoundError:
        return None
    except OSError as error:
        raise BadInputError(
            "file.unreadable",
            "ไม่มีสิทธิ์อ่านไฟล์นี้ โปรดให้สิทธิ์อ่านแก่ผู้ใช้ที่รันโปรแกรม",
            f"The file cannot be opened ({error.strerror}). Let the user who runs this program read it.",
        ) from error
    with os.fdopen(handle, "rb") as reader, on_disk():
        if not stat.S_ISREG(os.fstat(reader.fileno()).st_mode):
            return None
        with target.open("xb") as writer:
            target.chmod(0o600)
            while block := reader.read(_BLOCK_BYTES):
                digest.update(block)
                writer.write(block)
            writer.flush()
            os.fsync(writer.fileno())
        if place_of(place.path, os.fstat(reader.fileno())) != place:
            return None
    return digest.hexdigest()


def _quarantine_name(name: str, sha256: str) -> str:
    """The clerk's own name, so that it is found again, cut to what file systems allow."""
    path = Path(readable(name))
    extension = path.suffix if len(path.suffix.encode()) <= 16 else ""
    stem = path.name.removesuffix(extension).encode()[:_NAME_BYTES].decode("utf-8", "ignore")
    return f"{stem}-{sha256[:8]}{extension}"


def _reason(name: str, sha256: str, problem: Problem) -> str:
    return (
        f"ไฟล์: {readable(name)}\nสาเหตุ: {problem.message}\n"
        "ไฟล์นี้ยังไม่ได้ลงทะเบียน เมื่อแก้ไขแล้วให้นำกลับไปใส่กล่องเอกสารเข้า\n\n"
        f"File: {readable(name)}\nReason: {problem.message_en}\n"
        "This file is not in the register. Once it is mended, put it back into the inbox.\n\n"
        f"{problem.code}  sha256 {sha256}\n"
    )
