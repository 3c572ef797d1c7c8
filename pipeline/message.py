"""An e-mail as it came: kept whole in a folder of its own, its attachments beside it."""

from __future__ import annotations

import email
import email.policy
import hashlib
import os
import re
import shutil
import unicodedata
from email.message import EmailMessage
from pathlib import Path
from typing import NamedTuple

from pipeline.disk import on_disk, private_folder

MESSAGE = "message.eml"
_WAITING = ".waiting"  # marks a message whose attachments have not gone their way yet
_LONGEST = 120  # bytes of an attachment's name; file systems allow 255
_SMALLEST_INLINE = 60_000  # bytes; smaller pictures inside the text are logos of a signature
_UNFIT = re.compile(r'[\x00-\x1f\x7f/\\:*?"<>|]+')
_READ = ("application/pdf", "image/jpeg", "image/png", "image/tiff")


class Kept(NamedTuple):
    """A message in its folder."""

    folder: Path
    attachments: tuple[Path, ...]
    new: bool  # False: it was there before


class Attachment(NamedTuple):
    """One file that came with a message."""

    name: str
    content: bytes


def keep_message(raw: bytes, mail: Path) -> Kept:
    """Put a message with its attachments into a folder named by its hash, whole or not at all.

    `mail` is the folder of all messages, made with mode 0700. A message that is there already is left alone.
    """
    sha256 = hashlib.sha256(raw).hexdigest()
    folder = mail / sha256[:2] / sha256
    if folder.exists():
        return Kept(folder, _beside(folder), new=False)
    half = folder.with_name(f".{sha256}.new")
    with on_disk():
        private_folder(mail)
        shutil.rmtree(half, ignore_errors=True)  # what a crash left
        half.mkdir(mode=0o700, parents=True)
        (half / MESSAGE).write_bytes(raw)
        for attachment in attachments(raw):
            (half / attachment.name).write_bytes(attachment.content)
        (half / _WAITING).touch()
        for file in half.iterdir():
            with file.open("rb") as written:
                os.fsync(written.fileno())
        half.replace(folder)
    return Kept(folder, _beside(folder), new=True)


def _beside(folder: Path) -> tuple[Path, ...]:
    return tuple(sorted(path for path in folder.iterdir() if path.name not in (MESSAGE, _WAITING)))


def waiting(mail: Path) -> list[Kept]:
    """The messages whose attachments are still to go their way, those that a crash left behind included."""
    found = sorted(mail.glob(f"*/*/{_WAITING}"), key=lambda path: path.stat().st_mtime_ns)
    return [Kept(mark.parent, _beside(mark.parent), new=True) for mark in found]


def done(kept: Kept) -> None:
    """Mark that a message's attachments have gone their way."""
    with on_disk():
        (kept.folder / _WAITING).unlink(missing_ok=True)


def protect(kept: Kept, protected: Path) -> None:
    """Move a message that carries a protected attachment to the protected files, whole."""
    with on_disk():
        private_folder(protected)
        target = protected / f"{kept.folder.name}.eml"
        (kept.folder / MESSAGE).replace(target)
        target.chmod(0o600)
        shutil.rmtree(kept.folder)


def attachments(raw: bytes) -> list[Attachment]:
    """The files that came with a message, forwarded messages included; what cannot be decoded is left as it is."""
    message = email.message_from_bytes(raw, policy=email.policy.default)
    found: list[Attachment] = []
    for part in message.walk():
        if part.is_multipart():
            continue
        content = part.get_payload(decode=True)
        if isinstance(content, bytes) and content and _is_attached(part, len(content)):
            found.append(Attachment(_free(_name(part), {one.name for one in found}), content))
    return found


def _is_attached(part: EmailMessage, size: int) -> bool:
    kind = part.get_content_type()
    if part.get_content_disposition() == "attachment":
        return True
    if kind.startswith("image/") and part.get("Content-ID"):
        return size >= _SMALLEST_INLINE
    return kind in _READ or (_told_name(part) is not None and not kind.startswith("text/"))


def _told_name(part: EmailMessage) -> str | None:
    """The name that the message gives; headers in odd character sets must not stop anything."""
    try:
        return part.get_filename()
    except (LookupError, ValueError, AttributeError, TypeError):
        return None


def _name(part: EmailMessage) -> str:
    """A name fit for any file system, without folders: `../../x` becomes `x`."""
    told = _told_name(part) or ""
    told = unicodedata.normalize("NFC", told.encode("utf-8", "replace").decode("utf-8"))
    name = _UNFIT.sub("_", re.split(r"[/\\]", told)[-1]).strip(" .")
    stem, dot, ending = name.rpartition(".")
    if not dot or len(ending) > 8:
        stem, ending = name, _ending(part.get_content_type())
    return f"{_short(stem) or 'attachment'}{'.' if ending else ''}{ending}"


def _ending(kind: str) -> str:
    return {"application/pdf": "pdf", "image/jpeg": "jpg", "image/png": "png", "image/tiff": "tif"}.get(
        kind, "bin"
    )


def _short(stem: str) -> str:
    return stem.encode()[:_LONGEST].decode("utf-8", "ignore").strip(" .")


def _free(name: str, taken: set[str]) -> str:
    """A name that no other attachment of the message has, nor the message itself."""
    stem, dot, ending = name.rpartition(".")
    place, free = 1, name
    lower = {other.lower() for other in taken} | {MESSAGE}
    while free.lower() in lower:
        place += 1
        free = f"{stem}-{place}{dot}{ending}"
    return free
