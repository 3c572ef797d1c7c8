"""Records made by hand for tests: `letter(number="ลป 0017.2/ว1797", date=date(2023, 6, 2))`."""

from __future__ import annotations

import datetime as dt
import re
from typing import Any

from pipeline.store.records import RegisterRow
from schemas.ink import Box
from schemas.letter import Deadline, Enclosure, Letter, LetterNumber, Receipt, Reference, Signatory
from schemas.reading import Reading
from schemas.result import Problem, Result

BOX = Box(72.0, 100.0, 200.0, 116.0)
SHA = "5ba0" * 16


def reading(value: Any, confidence: float = 0.99, **more: Any) -> Reading[Any]:
    """One reading; a value that is a reading already stays as it is."""
    if isinstance(value, Reading):
        return value
    raw = value.text if isinstance(value, LetterNumber) else str(value)
    return Reading[Any](
        **{"value": value, "raw": raw, "page": 1, "box": BOX, "confidence": confidence, "reader": "print"}
        | more
    )


def number(text: str) -> LetterNumber:
    """A letter number from its canonical text: `ลป 0017.2/ว1797`, `สพร 2565/ว907`, `123/2565`."""
    code, owner, circular, running, year = re.fullmatch(
        r"(?:([ก-ฮ]+) )?([\d.()]*)/(ว?)(\d+|พิเศษ)(?:/(\d{4}))?", text
    ).groups()  # type: ignore[union-attr]
    if code is None:  # an order: running/year
        owner, running, year = None, owner, running
    elif re.fullmatch(r"25\d\d", owner):
        owner, year = None, owner
    return LetterNumber(
        code=code,
        owner=owner,
        circular=bool(circular),
        running=running,
        year=int(year) if year else None,
        text=text,
    )


def receipt(
    number: Any = "7508", date: Any = None, time: Any = None, agency: Any = "กองบริหารงานกลาง"
) -> Receipt:
    """One stamp; None leaves a blank."""
    return Receipt(
        **{
            name: None if value is None else reading(value)
            for name, value in {"number": number, "date": date, "time": time, "agency": agency}.items()
        }
    )


def deadline(date: Any, phrase: Any = "ภายในวันที่กำหนด", kind: Any = "fixed", time: Any = None) -> Deadline:
    """One deadline; `date` None means seen but not understood."""
    return Deadline(
        date=reading(date),
        phrase=reading(phrase),
        kind=reading(kind),
        time=None if time is None else reading(time),
    )


_FULL: dict[str, Any] = {
    "number": "ลป 0017.2/ว1797",
    "agency": "ศาลากลางจังหวัดลำปาง",
    "date": dt.date(2023, 6, 2),
    "subject": "ขอเชิญส่งผลงานเข้าร่วมประกวด",
    "salutation": "เรียน",
    "addressee": "หัวหน้าส่วนราชการ",
    "body": "ด้วยสำนักงานแจ้งว่าจะจัดการประกวด จึงเรียนมาเพื่อโปรดพิจารณา",
    "closing": "ขอแสดงความนับถือ",
    "owner_office": "สำนักงานจังหวัด",
    "phone": "0 5426 5070",
}


def letter(kind: Any = "external", **fields: Any) -> Letter:
    """A faultless external letter, but for what is said otherwise; `number=None` leaves a field out."""
    values = _FULL | {"signatory": signatory(), "pages": (1,)} | fields
    if isinstance(values["number"], str):
        values["number"] = number(values["number"])
    plain = (tuple, Signatory)
    made = {
        name: value if value is None or isinstance(value, plain) else reading(value)
        for name, value in values.items()
    }
    return Letter(kind=reading(kind), **made)


def signatory(name: Any = "นายสมชาย ใจดี", position: Any = "ผู้ว่าราชการจังหวัด") -> Signatory:
    """Who signed."""
    return Signatory(
        name=None if name is None else reading(name), position=None if position is None else reading(position)
    )


def result(*letters: Letter, file: str = "letter.pdf", **more: Any) -> Result:
    """One file's result."""
    return Result(**{"file": file, "sha256": SHA, "status": "ok", "page_count": 1, "letters": letters} | more)


def failed(file: str = "broken.pdf") -> Result:
    """A file that could not be read."""
    problem = Problem(code="file.empty", message="แฟ้มว่างเปล่า", message_en="The file is empty.")
    return result(file=file, status="failed", page_count=0, problems=(problem,))


def enclosure(title: str, quantity: str | None = None) -> Enclosure:
    """One enclosure."""
    return Enclosure(title=reading(title), quantity=None if quantity is None else reading(quantity))


def reference(text: str) -> Reference:
    """One earlier letter."""
    return Reference(text=reading(text))


def row(**fields: Any) -> RegisterRow:
    """One line of the register."""
    empty = dict.fromkeys(RegisterRow.model_fields)
    some = {
        "id": 4,
        "sha256": SHA,
        "file": "letter.pdf",
        "letter": 0,
        "page": 1,
        "kind": "external",
        "number": "ลป 0017.2/ว1797",
        "code": "ลป",
        "date": dt.date(2023, 6, 2),
        "agency": "ศาลากลางจังหวัดลำปาง",
        "subject": "ขอเชิญส่งผลงานเข้าร่วมประกวด",
        "doubtful": (),
        "state": "kept",
        "needs_person": False,
        "errors": 0,
        "warnings": 0,
        "notes": 0,
        "faults": 0,
        "copies": 0,
        "version": 1,
        "confirmed": False,
        "received_at": dt.datetime(2023, 6, 8, 9, 30, tzinfo=dt.UTC),
    }
    return RegisterRow(**(empty | some | fields))
