"""Whether what is kept is still what was kept: the audit log's chain, and the hash of every original."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from pipeline.errors import BadInputError
from pipeline.intake import sha256_of
from pipeline.settings import Settings
from pipeline.store import Chain, Fault, open_store
from pipeline.vault import find_original
from schemas.ink import Record

Tell = Callable[[int, int], None]


class Verdict(Record):
    """What was looked at, and all that is wrong."""

    chain: Chain
    originals: int  # files that were read back
    faults: tuple[Fault, ...]  # of the log and of the files

    @property
    def sound(self) -> bool:
        """Whether nothing is wrong."""
        return not self.faults


def verify(settings: Settings, known: str | None = None, tell: Tell | None = None) -> Verdict:
    """Check the audit log and read back every kept file.

    `known`: a hash of the log that was written down before; `tell` hears (done, of how many).
    """
    store = open_store(settings)
    chain = store.verify_log(known)
    faults = list(chain.faults)
    if not chain.known:
        faults.append(
            Fault(
                seq=None,
                message="ไม่พบรหัสบันทึกที่เคยจดไว้: บันทึกการใช้งานถูกตัดหรือเขียนใหม่",
                message_en="The hash that was written down is not in the audit log: it was cut off or written anew.",
            )
        )
    entries = store.entries(("kept", "needs_person", "protected"))
    for done, entry in enumerate(entries, 1):
        folder = settings.protected if entry.state == "protected" else None
        fault = _file_fault(settings, entry.sha256, folder)
        store.note_original(entry.sha256, fault is None)
        faults += [] if fault is None else [fault]
        if tell is not None:
            tell(done, len(entries))
    return Verdict(chain=chain, originals=len(entries), faults=tuple(faults))


def _file_fault(settings: Settings, sha256: str, folder: Path | None) -> Fault | None:
    """What is wrong with one kept file; a protected one is named by its hash only, as every other."""
    path = find_original(settings, sha256) if folder is None else next(folder.glob(f"{sha256}*"), None)
    if path is None:
        return Fault(
            seq=None,
            message=f"ไม่พบไฟล์ต้นฉบับ {sha256}",
            message_en=f"The original {sha256} is missing.",
        )
    try:
        if sha256_of(path) == sha256:
            return None
    except BadInputError as error:
        return Fault(
            seq=None,
            message=f"เปิดไฟล์ต้นฉบับ {sha256} ไม่ได้: {error.message}",
            message_en=f"The original {sha256} cannot be opened: {error.message_en}",
        )
    return Fault(
        seq=None,
        message=f"ไฟล์ต้นฉบับ {sha256} ไม่ใช่ไฟล์ที่รับไว้: เสียหายหรือถูกแก้ไข ให้กู้จากสำเนาสำรอง",
        message_en=f"The original {sha256} is not the file that came in: it is damaged, or was changed. "
        "Bring it back from a backup.",
    )
