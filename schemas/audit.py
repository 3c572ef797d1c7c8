"""The contest audit: what a form asks, what was found of it, and the answer to each requirement."""

from __future__ import annotations

import datetime as dt
from typing import Literal

from schemas.ink import Box, Confidence, PageNumber, Record

Answer = Literal["met", "not_met", "unclear", "not_applicable"]
"""ผ่าน, ไม่ผ่าน, ต้องให้คนดู, ไม่เกี่ยวข้อง. What could not be read is never `not_met`."""
ZoneKind = Literal["text", "date", "box", "signature", "seal"]
BoxState = Literal["ticked", "crossed", "filled", "empty", "doubtful"]


class Zone(Record):
    """One place of a form that an entrant fills in. Boxes in points from the top left of the blank's page."""

    key: str  # agency, work, in_use, date, signature, seal, acceptance, or box1, field7 …
    kind: ZoneKind
    label: str  # as printed on the blank
    page: PageNumber = 1
    boxes: tuple[Box, ...]  # several where a field runs over several lines
    required: bool = True


class Filled(Record):
    """What stands in one zone of a filled form."""

    key: str
    label: str
    kind: ZoneKind
    required: bool = False
    present: bool | None  # ink is there; None: a person must look
    text: str | None = None  # None: seen, but not understood, or nothing there
    confidence: Confidence = 0.0
    state: BoxState | None = None  # of a box to tick
    page: PageNumber | None = None  # of the entrant's file
    box: Box | None = None  # in points of that page as scanned
    crop: str | None = None  # file of the picture in the report's folder


class SheetRead(Record):
    """One file read as the contest's form."""

    file: str
    recognised: bool  # whether the blank was found in it
    fields: tuple[Filled, ...] = ()
    look: tuple[int, ...] = ()  # where the fields hold ink, packed: for finding copies
    note: str = ""  # why it was not recognised


class Verdict(Record):
    """The answer to one requirement for one submission."""

    requirement: str
    answer: Answer
    message: str  # Thai
    message_en: str
    mend: str = ""  # Thai, for the entrant's letter: what to do
    crop: str | None = None
    file: str | None = None
    page: PageNumber | None = None


class SentFile(Record):
    """One file of a submission."""

    name: str  # within the submission's folder
    sha256: str = ""
    kind: str = ""  # by content: pdf, jpeg, pptx …; empty where it cannot be used
    size: int = 0
    trouble: str = ""  # Thai: why it cannot be used
    trouble_en: str = ""
    code: str = ""


class Entry(Record):
    """One submission: whose it is, what was sent, when it came, and the answers."""

    id: str  # its folder, or the beginning its files share
    agency: str | None = None
    agency_kind: str | None = None
    province: str | None = None
    work: str | None = None
    files: tuple[SentFile, ...] = ()
    form: str | None = None  # which of the files is the form
    arrived: dt.datetime | None = None
    arrived_by: Literal["manifest", "file", "unknown"] = "unknown"
    sheet: SheetRead | None = None
    verdicts: tuple[Verdict, ...] = ()

    def answer(self, requirement: str) -> Answer | None:
        """The answer to one requirement; None when it was not asked."""
        return next((v.answer for v in self.verdicts if v.requirement == requirement), None)

    @property
    def outcome(self) -> Answer:
        """All together: one failed requirement fails the submission, one unclear one needs a person."""
        answers = {verdict.answer for verdict in self.verdicts}
        return "not_met" if "not_met" in answers else "unclear" if "unclear" in answers else "met"


class Audit(Record):
    """A whole audit."""

    title: str
    made_at: dt.datetime
    requirements: tuple[tuple[str, str, str], ...]  # id, Thai title, English title
    entries: tuple[Entry, ...]
    notes: tuple[str, ...] = ()  # Thai: what the audit could not know
    notes_en: tuple[str, ...] = ()
