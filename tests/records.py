"""Letters and results to put into a store: small, whole, and invented."""

from __future__ import annotations

import datetime as dt
from typing import Any

from schemas.finding import Finding
from schemas.ink import Box
from schemas.letter import Deadline, Letter, LetterNumber, Receipt, Reference, Signatory
from schemas.reading import Reading
from schemas.result import Result

HERE = Box(1, 2, 3, 4)
NOON = dt.datetime(2023, 6, 5, 12, tzinfo=dt.timezone(dt.timedelta(hours=7)))


def sha(place: int) -> str:
    """The hash of the document in this place."""
    return f"{place:064x}"


def ink(value: Any, confidence: float = 0.99, *, kind: Any = str, box: Box | None = HERE) -> Any:
    """A reading."""
    return Reading[kind](
        value=value, raw=f"‹{value}›", page=1, box=box, confidence=confidence, reader="print"
    )


def day(value: dt.date | None, confidence: float = 0.99, box: Box | None = HERE) -> Any:
    """A reading of a date."""
    return ink(value, confidence, kind=dt.date, box=box)


def number(running: str) -> Any:
    """A reading of a letter's number: ลป 0017.2/ว and a running number."""
    text = f"ลป 0017.2/ว{running}"
    value = LetterNumber(code="ลป", owner="0017.2", circular=True, running=running, year=None, text=text)
    return ink(value, kind=LetterNumber)


def deadline(value: dt.date | None, kind: str = "fixed", box: Box | None = HERE) -> Deadline:
    """A deadline."""
    return Deadline(date=day(value, box=box), phrase=ink("ภายในวันที่"), kind=ink(kind))


def letter(running: str = "1797", **changes: Any) -> Letter:
    """A whole letter."""
    full = Letter(
        kind=ink("external"),
        number=number(running),
        agency=ink("ศาลากลางจังหวัดลำปาง"),
        date=day(dt.date(2023, 6, 2)),
        subject=ink("ขอเชิญประชุมคณะกรรมการ"),
        addressee=ink("นายอำเภอทุกอำเภอ"),
        body=ink("ด้วยจังหวัดได้รับแจ้งเรื่องงบประมาณรายจ่ายประจำปี"),
        signatory=Signatory(name=ink("นายสมมติ ทดสอบดี")),
        receipts=(Receipt(number=ink("529"), date=day(dt.date(2023, 6, 8))),),
        deadlines=(deadline(dt.date(2023, 7, 1)),),
        pages=(1,),
    )
    return full.model_copy(update=changes)


def reference(running: str, value: dt.date | None) -> Reference:
    """A reference to an earlier letter."""
    return Reference(text=ink(f"หนังสือที่ ลป 0017.2/ว{running}"), number=number(running), date=day(value))


def result(*letters: Letter, place: int = 1, **more: Any) -> Result:
    """A document with these letters."""
    settled = {"file": "หนังสือ.pdf", "status": "ok", "page_count": 3, **more}
    return Result(sha256=sha(place), letters=letters, **settled)


def finding(place: int | None = 0, severity: str = "error", fault: str = "document") -> Finding:
    """A finding."""
    words = {"title": "วัน", "message": "วันไม่ตรง", "message_en": "wrong day", "basis": "arithmetic"}
    return Finding.model_validate(
        {"id": "DATE-01", "severity": severity, "fault": fault, "letter": place, **words}
    )
