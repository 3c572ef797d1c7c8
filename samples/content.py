"""What a sample says and how it looks: records that the drawing and the truth are both made from.

All texts are written with Arabic digits; `Letter.thai` turns them into Thai ones when they are drawn.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Literal

from schemas.letter import DeadlineKind, Kind, Secrecy, Urgency

Layout = Literal["external", "memo", "stamped", "order", "announcement", "certificate", "plain"]
Quality = Literal["born", "scan", "fax", "photo", "clean"]
QUALITIES: tuple[Quality, ...] = ("born", "scan", "fax", "photo")
MEASURED: tuple[Quality, ...] = (*QUALITIES, "clean")
"""With pages at 300 dpi that nothing has worn, for benchmarks; made where they are asked for."""
Colour = Literal["blue", "red", "purple", "black"]
Pen = Literal["number", "date"]


@dataclass(frozen=True)
class Para:
    """A paragraph of body text."""

    text: str
    align: Literal["body", "left", "centre"] = "body"
    indent: float = 71.0  # points of first-line indent (2.5 cm)
    bold: bool = False


@dataclass(frozen=True)
class Table:
    """A ruled table; widths are shares of the text width."""

    rows: tuple[tuple[str, ...], ...]
    widths: tuple[float, ...]
    heading: bool = False


@dataclass(frozen=True)
class TickBoxes:
    """A row of small boxes to tick, as forms have."""

    labels: tuple[str, ...]
    ticked: tuple[int, ...] = ()


Block = Para | Table | TickBoxes


@dataclass(frozen=True)
class Reference:
    """An earlier letter under อ้างถึง."""

    text: str
    number: str | None = None
    date: dt.date | None = None


@dataclass(frozen=True)
class Enclosure:
    """A thing under สิ่งที่ส่งมาด้วย."""

    title: str
    quantity: str | None = None


@dataclass(frozen=True)
class Signer:
    """Who signs; a newline in `position` starts a new line on the page."""

    name: str
    position: str
    acting_for: str | None = None
    acting: str = "ปฏิบัติราชการแทน"


@dataclass(frozen=True)
class Due:
    """A deadline: the words in the body that set it, and the last day on which it may be met."""

    phrase: str
    date: dt.date | None
    kind: DeadlineKind = "fixed"
    time: dt.time | None = None


@dataclass(frozen=True)
class Receipt:
    """One receipt stamp (ตรารับ) and where it was put: points from the top left, and turned by an angle."""

    agency: str
    number: str
    date: dt.date
    time: dt.time | None = None
    at: tuple[float, float] = (395.0, 40.0)
    angle: float = 1.0
    colour: Colour = "blue"
    style: Literal["box", "grid", "plain"] = "box"
    labels: tuple[str, str, str] = ("เลขรับ", "วันที่", "เวลา")
    date_by: Literal["rubber", "pen"] = "rubber"
    thai_pen: bool = False


@dataclass(frozen=True)
class Note:
    """An official's hand-written endorsement (เกษียน) below the signature."""

    text: str
    at: tuple[float, float]
    angle: float = 0.0


@dataclass(frozen=True)
class Letter:
    """One letter, with values as the record holds them."""

    kind: Kind
    layout: Layout
    number: str | None = None  # canonical: ลป 0017.2/ว1797
    number_as: str | None = None  # as printed, when that is not the canonical form
    agency: str | None = None
    address: tuple[str, ...] = ()
    date: dt.date | None = None
    weekday: int | None = None
    subject: str | None = None
    salutation: str | None = "เรียน"
    addressee: str | None = None
    references: tuple[Reference, ...] = ()
    enclosures: tuple[Enclosure, ...] = ()
    body: tuple[Block, ...] = ()
    closing: str | None = "ขอแสดงความนับถือ"
    signer: Signer | None = None
    owner: tuple[str, ...] = ()
    phone: str | None = None
    fax: str | None = None
    email: str | None = None
    copies_to: tuple[str, ...] = ()
    urgency: Urgency | None = None
    secrecy: Secrecy | None = None
    receipts: tuple[Receipt, ...] = ()
    notes: tuple[Note, ...] = ()
    deadlines: tuple[Due, ...] = ()
    score: float | None = None
    heading: str | None = None  # คำสั่ง..., ประกาศ..., the name of a form
    logo: str | None = None  # a public body's own mark in place of the Garuda
    thai: bool = True
    pen: tuple[Pen, ...] = ()  # written by hand on the paper; typed in the born-digital file
    faults: tuple[str, ...] = ()  # rule concepts that this letter breaks on purpose


@dataclass(frozen=True)
class Look:
    """How a document is set."""

    face: str = "Laksaman"
    size: float = 16.0  # nominal, as if in TH Sarabun
    leading: float = 18.4
    setting: Literal["ragged", "spaces", "words"] = "words"  # where a justified line gets its extra room
    garuda: float = 85.0  # height in points: 3 cm


@dataclass(frozen=True)
class Damage:
    """What happened to the paper and on the scanner's glass."""

    skew: float = 0.6  # degrees
    holes: bool = False
    edges: bool = False  # black edges
    highlight: bool = False  # marker over the subject
    turned: Literal[0, 90, 180, 270] = 0
    orientation: Literal[1, 3, 6, 8] = 1  # EXIF orientation of the photo
    jpeg: int = 82


@dataclass(frozen=True)
class Sample:
    """One document: its letters, its looks, and its place in the clerk's folder."""

    name: str
    title: str  # what it shows, in English
    letters: tuple[Letter, ...]
    look: Look = Look()
    damage: Damage = Damage()
    scan: Literal["pdf", "jpg", "png", "tif"] = "pdf"
    seed: int = 0
    pen_style: int = 0
    inbox: tuple[str, Quality] | None = None
    pages: int = 1

    @property
    def files(self) -> dict[Quality, str]:
        """The file names by quality; photos of several pages are one PDF, as phone scanners make."""
        return {
            "born": f"{self.name}.pdf",
            "scan": f"{self.name}.scan.{self.scan}",
            "fax": f"{self.name}.fax.tif",
            "photo": f"{self.name}.photo.{'pdf' if self.pages > 1 else 'jpg'}",
        }

    def file(self, quality: Quality) -> str:
        """The file name in one quality."""
        return clean_name(self.name) if quality == "clean" else self.files[quality]


def clean_name(name: str) -> str:
    """The file name of a document's unworn pages."""
    return f"{name}.clean.pdf"
