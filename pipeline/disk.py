"""Writing so that neither a crash nor a power cut leaves half a file."""

from __future__ import annotations

import contextlib
import os
import stat
import uuid
from collections.abc import Iterator
from pathlib import Path

from pipeline.errors import ToolError


def private_folder(folder: Path) -> None:
    """Make a folder that only its owner may enter."""
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    if stat.S_IMODE(folder.stat().st_mode) & 0o077:
        with contextlib.suppress(PermissionError):  # somebody else's folder: theirs to close
            folder.chmod(0o700)


def write_whole(target: Path, data: bytes) -> None:
    """Write a file so that it is there whole or not at all."""
    scrap = target.with_name(f".{uuid.uuid4().hex}.new")
    with scrap.open("xb") as writer:
        writer.write(data)
        writer.flush()
        os.fsync(writer.fileno())
    scrap.replace(target)
    flush_folder(target.parent)


def flush_file(path: Path) -> None:
    """Make a file's content survive a power cut."""
    with path.open("rb+") as file:
        os.fsync(file.fileno())


def flush_folder(folder: Path) -> None:
    """Make a rename or removal survive a power cut; some systems have no such thing for folders."""
    with contextlib.suppress(OSError):
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)


def try_lock(handle: int) -> bool:
    """Take a lock on an open file, if nobody has it; it goes with the process, however that ends."""
    try:
        if os.name == "nt":
            import msvcrt

            msvcrt.locking(handle, msvcrt.LK_NBLCK, 1)  # type: ignore[attr-defined]
        else:
            import fcntl

            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        return False
    return True


@contextlib.contextmanager
def on_disk() -> Iterator[None]:
    """The disk's refusals are the machine's fault. No path is named: the file may turn out to be secret."""
    try:
        yield
    except OSError as error:
        raise ToolError(f"A file could not be put away: {error.strerror or type(error).__name__}.") from error
