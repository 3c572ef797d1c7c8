"""A letter (หนังสือ) and the records inside it."""

from __future__ import annotations

import datetime as dt
from typing import Literal

from pydantic import Field, model_validator

from schemas.contest import Criterion
from schemas.ink import PageNumber, Record
from schemas.reading import Reading

Kind = Literal["external", "memo", "stamped", "order", "announcement", "other"]
"""หนังสือภายนอก, บันทึกข้อความ, หนังสือประทับตรา, คำสั่ง/ระเบียบ, ประกาศ/แถลงการณ์/ข่าว, and the rest."""
Subkind = Literal[
    "order",
    "regulation",
    "rule",
    "announcement",
    "statement",
    "news",
    "certificate",
    "minutes",
    "note",
    "form",
    "foreign",
    "press",
]
"""คำสั่ง, ระเบียบ, ข้อบังคับ; ประกาศ, แถลงการณ์, ข่าว; หนังสือรับรอง, รายงานการประชุม, บันทึก, แบบฟอร์ม; in a foreign
language; an article of the press, which is none of the six kinds."""
Urgency = Literal["ด่วน", "ด่วนมาก", "ด่วนที่สุด", "ด่วนภายใน"]
Secrecy = Literal["ลับ", "ลับมาก", "ลับที่สุด"]
DeadlineKind = Literal["fixed", "counted"]


class LetterNumber(Record):
    """A letter's number (ที่) in its parts; `text` is the canonical form, such as `ลป 0017.2/ว1797`.

    Canonical: Arabic digits, one space after the code, no other space, no dot after code or ว.
    Orders have neither code nor owner: `123/2565` is running 123 of year 2565.
    """

    code: str | None  # two or more consonants: สพร, ลป
    owner: str | None  # 0017.2; None where a year stands in its place
    circular: bool  # ว: a circular letter (หนังสือเวียน)
    running: str | None  # digits as printed (leading zeros kept) or พิเศษ
    year: int | None  # Buddhist-era year printed inside the number
    text: str


class Reference(Record):
    """One earlier letter named under อ้างถึง."""

    text: Reading[str]
    number: Reading[LetterNumber] | None = None
    date: Reading[dt.date] | None = None


class Enclosure(Record):
    """One thing listed under สิ่งที่ส่งมาด้วย."""

    title: Reading[str]
    quantity: Reading[str] | None = None  # จำนวน ๑ ชุด -> "1 ชุด"
    annex: int | None = None  # index into Result.annexes of the papers that it announces
    letter: int | None = None  # index into Result.letters, where it announces the copy of another letter
    present: bool | None = None  # whether they are in the file; None: cannot be told


class Signatory(Record):
    """Who signed: the typed name, the post, and whose power the signer used."""

    name: Reading[str] | None = None  # with its title: นายสมชาย ใจดี
    position: Reading[str] | None = None
    acting_for: Reading[str] | None = None  # the post after ปฏิบัติราชการแทน and its kin
    signed: Reading[bool] | None = None  # whether pen ink stands above the name; None: nobody looked


class Receipt(Record):
    """One receipt stamp (ตรารับ)."""

    agency: Reading[str] | None = None
    number: Reading[str] | None = None  # Arabic digits
    date: Reading[dt.date] | None = None
    time: Reading[dt.time] | None = None
    ticked: Reading[str] | None = None  # the section ticked in the stamp's routing grid


class Endorsement(Record):
    """A note that an officer wrote on the letter (เกษียนหนังสือ), kept apart from the letter's own text."""

    text: Reading[str]
    date: Reading[dt.date] | None = None
    name: Reading[str] | None = None


class Event(Record):
    """Something that happens on a day: a meeting, a training, an award ceremony. Nobody has to send anything."""

    date: Reading[dt.date]
    last: Reading[dt.date] | None = None  # the last day of several
    time: Reading[dt.time] | None = None
    until: Reading[dt.time] | None = None
    phrase: Reading[str]


class Deadline(Record):
    """Something must be sent or done by a day."""

    date: Reading[dt.date]  # the last day on which it may be done; value None when it cannot be counted yet
    time: Reading[dt.time] | None = None
    phrase: Reading[str]  # the words it rests on
    kind: Reading[DeadlineKind]  # a calendar day, or counted from the letter, the receipt or an event


class Meeting(Record):
    """The meeting that minutes (รายงานการประชุม) are of."""

    number: Reading[str] | None = None  # ครั้งที่, Arabic digits: 3/2567
    date: Reading[dt.date] | None = None  # เมื่อวันที่
    place: Reading[str] | None = None  # ณ
    opened: Reading[dt.time] | None = None  # เริ่มประชุมเวลา
    closed: Reading[dt.time] | None = None  # เลิกประชุมเวลา
    present: tuple[Reading[str], ...] = ()  # ผู้มาประชุม, one reading a person


class Letter(Record):
    """One letter of a document, every field with its ink."""

    kind: Reading[Kind]
    subkind: Reading[Subkind] | None = None  # what it is within its kind
    urgency: Reading[Urgency] | None = None  # ชั้นความเร็ว
    secrecy: Reading[Secrecy] | None = None  # ชั้นความลับ; protected files never get this far
    number: Reading[LetterNumber] | None = None  # ที่
    agency: Reading[str] | None = None  # ส่วนราชการเจ้าของหนังสือ
    address: Reading[str] | None = None
    date: Reading[dt.date] | None = None  # วัน เดือน ปี
    weekday: Reading[int] | None = None  # 0 Monday … 6 Sunday, where the letter's date names one
    subject: Reading[str] | None = None  # เรื่อง
    salutation: Reading[str] | None = None  # คำขึ้นต้น: เรียน, กราบเรียน, ถึง
    addressee: Reading[str] | None = None
    references: tuple[Reference, ...] = ()  # อ้างถึง
    citations: tuple[Reference, ...] = ()  # earlier letters that the body names: ตามหนังสือ … ที่ … ลงวันที่ …
    enclosures: tuple[Enclosure, ...] = ()  # สิ่งที่ส่งมาด้วย
    body: Reading[str] | None = None
    closing: Reading[str] | None = None  # คำลงท้าย
    signatory: Signatory | None = None
    cosigners: tuple[Signatory, ...] = ()  # who signed after the first
    owner_office: Reading[str] | None = None  # ส่วนราชการเจ้าของเรื่อง
    phone: Reading[str] | None = None  # digits and spaces as grouped on the page: 0 2612 6060
    fax: Reading[str] | None = None
    email: Reading[str] | None = None
    copies_to: tuple[Reading[str], ...] = ()  # สำเนาส่ง
    receipts: tuple[Receipt, ...] = ()
    deadlines: tuple[Deadline, ...] = ()
    events: tuple[Event, ...] = ()
    endorsements: tuple[Endorsement, ...] = ()  # เกษียน
    score: Reading[float] | None = None  # คะแนนเฉลี่ย
    project: Reading[str] | None = None  # ผลงาน: the work that a result letter speaks of
    criteria: tuple[Criterion, ...] = ()
    title: Reading[str] | None = None  # the heading of a paper without a subject: form, minutes, article
    meeting: Meeting | None = None  # of minutes
    certifies: Reading[str] | None = None  # whom or what a certificate (หนังสือรับรอง) is about
    pages: tuple[PageNumber, ...] = ()  # its own; those of its annexes are told by the annexes
    split: float = Field(1.0, ge=0, le=1)  # how surely it begins and ends where it does
    order: tuple[PageNumber, ...] = ()  # its pages as they belong, where they lie otherwise in the file
    missing_pages: tuple[int, ...] = ()  # printed page numbers that are not in the file

    @model_validator(mode="after")
    def _stands_on_pages(self) -> Letter:
        if list(self.pages) != sorted(set(self.pages)):
            raise ValueError(f"a letter's pages must rise without repeats, got {self.pages}")
        return self
