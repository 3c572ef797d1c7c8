"""What is true of the samples: the values that a perfect reader would give, and where the files are.

>>> from samples.truth import documents
>>> [d.name for d in documents() if "weekday" in d.letters[0].faults]
['fault-weekday']
"""

from __future__ import annotations

import datetime as dt
import json
from pathlib import Path

from pydantic import TypeAdapter

from samples.content import QUALITIES, Letter, Pen, Quality, Sample, clean_name
from samples.thai import digits
from schemas.ink import Box, Record
from schemas.letter import DeadlineKind, Kind, Secrecy, Urgency

HERE = Path(__file__).parent
TRUTH, PAGES, INBOX = HERE / "truth", HERE / "pages", HERE / "inbox"


class TrueReference(Record):
    """One อ้างถึง."""

    text: str
    number: str | None = None
    date: dt.date | None = None


class TrueEnclosure(Record):
    """One สิ่งที่ส่งมาด้วย."""

    title: str
    quantity: str | None = None


class TrueSignatory(Record):
    """Who signed."""

    name: str
    position: str
    acting_for: str | None = None


class TrueReceipt(Record):
    """One receipt stamp."""

    agency: str
    number: str
    date: dt.date
    time: dt.time | None = None


class TrueDeadline(Record):
    """One deadline."""

    date: dt.date | None
    time: dt.time | None = None
    phrase: str
    kind: DeadlineKind


class TrueLetter(Record):
    """One letter's values, named as in `schemas.letter.Letter` and in its value forms.

    Texts keep the digits of the page; `number` is the canonical text, dates and times are ISO in JSON.
    """

    kind: Kind
    urgency: Urgency | None = None
    secrecy: Secrecy | None = None
    number: str | None = None
    agency: str | None = None
    address: str | None = None
    date: dt.date | None = None
    weekday: int | None = None
    subject: str | None = None
    salutation: str | None = None
    addressee: str | None = None
    references: tuple[TrueReference, ...] = ()
    enclosures: tuple[TrueEnclosure, ...] = ()
    closing: str | None = None
    signatory: TrueSignatory | None = None
    owner_office: str | None = None
    phone: str | None = None
    fax: str | None = None
    email: str | None = None
    copies_to: tuple[str, ...] = ()
    receipts: tuple[TrueReceipt, ...] = ()
    deadlines: tuple[TrueDeadline, ...] = ()
    score: float | None = None
    pages: tuple[int, ...] = ()
    pen: tuple[Pen, ...] = ()  # fields (partly) by pen on paper; typed in the born-digital file
    faults: tuple[str, ...] = ()  # rule concepts that the letter breaks on purpose


class TrueDocument(Record):
    """One document: what it shows, its letters, and its file in each quality."""

    name: str
    title: str
    pages: int
    secrecy: Secrecy | None = None
    files: dict[Quality, str]
    inbox: str | None = None  # its file in the clerk's folder, if it is there
    inbox_quality: Quality | None = None
    letters: tuple[TrueLetter, ...]
    folder: Path = PAGES  # where the qualities' folders are; not stored

    def path(self, quality: Quality) -> Path:
        """The document's file in one quality (it exists once `make.py --all` has run)."""
        return self.folder / quality / (clean_name(self.name) if quality == "clean" else self.files[quality])

    @property
    def inbox_path(self) -> Path | None:
        """The document's file in the clerk's folder."""
        return INBOX / self.inbox if self.inbox else None


class TrueLine(Record):
    """A line as drawn: its ink's box in points of the page, from the top left."""

    text: str
    box: Box
    ink: str  # print, stamp or pen (pen inside a printed line is noted again on its own)


class PageGeometry(Record):
    """Where points of a page went: a homography to pixels of the upright image (EXIF applied)."""

    width: int
    height: int
    dpi: float
    to_pixels: tuple[tuple[float, float, float], ...]
    exif_orientation: int = 1

    def pixels(self, box: Box) -> Box:
        """The box of a drawn box's corners, in pixels."""
        points = [self._point(x, y) for x in (box.x0, box.x1) for y in (box.y0, box.y1)]
        xs, ys = [p[0] for p in points], [p[1] for p in points]
        return Box(min(xs), min(ys), max(xs), max(ys))

    def points(self, box: Box) -> Box:
        """The same in points of the page as scanned (`Page.width`, `Page.height`)."""
        return Box(*(v * 72 / self.dpi for v in self.pixels(box)))

    def _point(self, x: float, y: float) -> tuple[float, float]:
        u, v, w = (row[0] * x + row[1] * y + row[2] for row in self.to_pixels)
        return u / w, v / w


def true_letter(letter: Letter, pages: tuple[int, ...]) -> TrueLetter:
    """What a reader should get from a letter."""

    def shown(text: str | None) -> str | None:
        return None if text is None else digits(text, letter.thai)

    return TrueLetter(
        kind=letter.kind, urgency=letter.urgency, secrecy=letter.secrecy, number=letter.number,
        agency=letter.agency, address=shown(" ".join(letter.address)) or None, date=letter.date,
        weekday=letter.weekday, subject=shown(_subject(letter)),
        salutation=letter.salutation if letter.addressee else None, addressee=shown(letter.addressee),
        references=tuple(
            TrueReference(text=digits(r.text, letter.thai), number=r.number, date=r.date)
            for r in letter.references
        ),
        enclosures=tuple(
            TrueEnclosure(title=digits(e.title, letter.thai), quantity=e.quantity) for e in letter.enclosures
        ),
        closing=letter.closing, signatory=_signatory(letter), owner_office=" ".join(letter.owner) or None,
        phone=letter.phone, fax=letter.fax, email=letter.email, copies_to=letter.copies_to,
        receipts=tuple(
            TrueReceipt(agency=r.agency, number=r.number, date=r.date, time=r.time) for r in letter.receipts
        ),
        deadlines=tuple(
            TrueDeadline(date=d.date, time=d.time, phrase=digits(d.phrase, letter.thai), kind=d.kind)
            for d in letter.deadlines
        ),
        score=letter.score, pages=pages, pen=letter.pen, faults=letter.faults,
    )  # fmt: skip


def _subject(letter: Letter) -> str | None:
    """What it is about; a regulation says so in its heading: ว่าด้วย …"""
    about = next((line for line in (letter.heading or "").split("\n") if line.startswith("ว่าด้วย")), None)
    return letter.subject or about


def _signatory(letter: Letter) -> TrueSignatory | None:
    if letter.signer is None:
        return None
    position = letter.signer.position.replace("\n", " ")
    return TrueSignatory(name=letter.signer.name, position=position, acting_for=letter.signer.acting_for)


def true_document(sample: Sample, letter_pages: tuple[tuple[int, ...], ...]) -> TrueDocument:
    """The truth of a document whose letters stand on the given pages."""
    return TrueDocument(
        name=sample.name,
        title=sample.title,
        pages=sum(map(len, letter_pages)),
        secrecy=next((letter.secrecy for letter in sample.letters if letter.secrecy), None),
        files=sample.files,
        inbox=sample.inbox[0] if sample.inbox else None,
        inbox_quality=sample.inbox[1] if sample.inbox else None,
        letters=tuple(
            true_letter(letter, pages) for letter, pages in zip(sample.letters, letter_pages, strict=True)
        ),
    )


def as_json(document: TrueDocument) -> str:
    """A truth file's text; fields without a value are left out."""
    data = document.model_dump(mode="json", exclude={"folder"}, exclude_defaults=True)
    return json.dumps(data, ensure_ascii=False, indent=1) + "\n"


def load_truth(name: str, folder: Path = HERE) -> TrueDocument:
    """One document's truth; `folder` is where a held-out set was written."""
    text = (folder / "truth" / f"{name}.json").read_text(encoding="utf-8")
    return TrueDocument.model_validate_json(text).model_copy(update={"folder": folder / "pages"})


def documents(folder: Path = HERE) -> list[TrueDocument]:
    """All documents of the samples, or of a held-out set's folder, by name."""
    return [load_truth(path.stem, folder) for path in sorted((folder / "truth").glob("*.json"))]


def load_lines(name: str, folder: Path = HERE) -> tuple[tuple[TrueLine, ...], ...]:
    """A document's lines on paper, page by page (written by `make.py --all`)."""
    text = (folder / "pages" / "lines" / f"{name}.json").read_text(encoding="utf-8")
    return TypeAdapter(tuple[tuple[TrueLine, ...], ...]).validate_json(text)


def load_geometry(name: str, quality: Quality, folder: Path = HERE) -> tuple[PageGeometry, ...]:
    """Where a document's pages went in one quality (written by `make.py --all`)."""
    text = (folder / "pages" / quality / f"{name}.geometry.json").read_text(encoding="utf-8")
    return TypeAdapter(tuple[PageGeometry, ...]).validate_json(text)


__all__ = ["QUALITIES", "documents", "load_geometry", "load_lines", "load_truth"]
