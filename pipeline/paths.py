"""Dotted paths into a letter (`receipts.0.date`): the readings they lead to, and what people call them."""

from __future__ import annotations

from functools import cache, lru_cache
from typing import Any

from pipeline.say import Lang, Words
from schemas.ink import Record
from schemas.letter import Letter
from schemas.reading import Reading

LABELS = {
    "kind": Words("ชนิดหนังสือ", "kind"),
    "subkind": Words("ประเภทย่อย", "finer kind"),
    "title": Words("ชื่อเอกสาร", "title"),
    "urgency": Words("ชั้นความเร็ว", "urgency"),
    "secrecy": Words("ชั้นความลับ", "secrecy"),
    "number": Words("ที่", "number"),
    "agency": Words("จาก", "from"),
    "address": Words("ที่อยู่", "address"),
    "date": Words("ลงวันที่", "date"),
    "weekday": Words("วันในสัปดาห์", "weekday"),
    "subject": Words("เรื่อง", "subject"),
    "salutation": Words("คำขึ้นต้น", "salutation"),
    "addressee": Words("ถึง", "to"),
    "references": Words("อ้างถึง", "reference"),
    "references.text": Words("อ้างถึง", "reference"),
    "references.number": Words("ที่ของหนังสืออ้างถึง", "reference's number"),
    "references.date": Words("วันที่ของหนังสืออ้างถึง", "reference's date"),
    "citations": Words("หนังสือที่กล่าวถึง", "letter named in the text"),
    "citations.text": Words("หนังสือที่กล่าวถึง", "letter named in the text"),
    "citations.number": Words("ที่ของหนังสือที่กล่าวถึง", "named letter's number"),
    "citations.date": Words("วันที่ของหนังสือที่กล่าวถึง", "named letter's date"),
    "enclosures": Words("สิ่งที่ส่งมาด้วย", "enclosure"),
    "enclosures.title": Words("สิ่งที่ส่งมาด้วย", "enclosure"),
    "enclosures.quantity": Words("จำนวนสิ่งที่ส่งมาด้วย", "enclosure's quantity"),
    "body": Words("ข้อความ", "body"),
    "closing": Words("คำลงท้าย", "closing"),
    "signatory": Words("ผู้ลงนาม", "signed by"),
    "signatory.name": Words("ผู้ลงนาม", "signed by"),
    "signatory.position": Words("ตำแหน่ง", "position"),
    "signatory.acting_for": Words("ปฏิบัติราชการแทน", "acting for"),
    "signatory.signed": Words("ลายมือชื่อ", "signature"),
    "cosigners": Words("ผู้ลงนามร่วม", "also signed by"),
    "cosigners.name": Words("ผู้ลงนามร่วม", "also signed by"),
    "cosigners.position": Words("ตำแหน่งผู้ลงนามร่วม", "other signer's position"),
    "cosigners.acting_for": Words("ผู้ลงนามร่วมปฏิบัติราชการแทน", "other signer acting for"),
    "cosigners.signed": Words("ลายมือชื่อผู้ลงนามร่วม", "other signer's signature"),
    "owner_office": Words("ส่วนราชการเจ้าของเรื่อง", "owner office"),
    "phone": Words("โทรศัพท์", "phone"),
    "fax": Words("โทรสาร", "fax"),
    "email": Words("อีเมล", "e-mail"),
    "copies_to": Words("สำเนาส่ง", "copy to"),
    "receipts": Words("ตรารับ", "receipt stamp"),
    "receipts.agency": Words("หน่วยงานที่รับ", "received by"),
    "receipts.number": Words("เลขรับ", "receipt number"),
    "receipts.date": Words("วันที่รับ", "date received"),
    "receipts.time": Words("เวลารับ", "time received"),
    "receipts.ticked": Words("ส่วนงานที่กาเครื่องหมาย", "section ticked"),
    "deadlines": Words("กำหนด", "deadline"),
    "deadlines.date": Words("กำหนดภายใน", "deadline"),
    "deadlines.time": Words("เวลาที่กำหนด", "deadline's time"),
    "deadlines.phrase": Words("ข้อความกำหนด", "deadline's words"),
    "deadlines.kind": Words("วิธีนับกำหนด", "deadline's kind"),
    "events": Words("กิจกรรม", "event"),
    "events.date": Words("วันจัดกิจกรรม", "event"),
    "events.last": Words("วันสุดท้ายของกิจกรรม", "event's last day"),
    "events.time": Words("เวลาเริ่มกิจกรรม", "event begins"),
    "events.until": Words("เวลาสิ้นสุดกิจกรรม", "event ends"),
    "events.phrase": Words("ข้อความกิจกรรม", "event's words"),
    "endorsements": Words("เกษียน", "endorsement"),
    "endorsements.text": Words("เกษียน", "endorsement"),
    "endorsements.date": Words("วันที่เกษียน", "endorsed on"),
    "endorsements.name": Words("ผู้เกษียน", "endorsed by"),
    "score": Words("คะแนน", "score"),
    "criteria": Words("เกณฑ์", "criterion"),
    "criteria.name": Words("เกณฑ์", "criterion"),
    "criteria.weight": Words("น้ำหนักเกณฑ์", "criterion's weight"),
    "criteria.score": Words("คะแนนตามเกณฑ์", "criterion's score"),
    "criteria.part": Words("หมวดของเกณฑ์", "criterion's part"),
    "meeting": Words("การประชุม", "meeting"),
    "meeting.number": Words("การประชุมครั้งที่", "meeting number"),
    "meeting.date": Words("วันประชุม", "met on"),
    "meeting.place": Words("สถานที่ประชุม", "met at"),
    "meeting.opened": Words("เริ่มประชุมเวลา", "meeting opened"),
    "meeting.closed": Words("เลิกประชุมเวลา", "meeting closed"),
    "meeting.present": Words("ผู้มาประชุม", "present"),
    "certifies": Words("ผู้ได้รับการรับรอง", "certifies"),
}
"""What people call a field; the key is its path without list places."""

KEY = frozenset(
    (
        *("number", "date", "subject", "addressee", "urgency", "secrecy", "signatory.name", "score"),
        *("receipts.number", "receipts.date", "deadlines.date"),
    )
)
"""What the register stands on: a doubt here needs a person."""


def readings(letter: Letter) -> list[tuple[str, Reading[Any]]]:
    """Every reading of a letter with its path, in the record's order."""
    found: list[tuple[str, Reading[Any]]] = []
    _collect(letter, "", found)
    return found


def _collect(value: object, path: str, found: list[tuple[str, Reading[Any]]]) -> None:
    if isinstance(value, Reading):
        found.append((path, value))
    elif isinstance(value, Record):
        for name in _fields(type(value)):
            inner = getattr(value, name)
            if inner is not None:
                _collect(inner, f"{path}.{name}" if path else name, found)
    elif isinstance(value, tuple):
        for place, item in enumerate(value):
            _collect(item, f"{path}.{place}", found)


@cache
def _fields(record: type[Record]) -> tuple[str, ...]:
    return tuple(record.model_fields)


def reading_at(letter: Letter, path: str) -> Reading[Any] | None:
    """The reading at a path; None when there is no ink there, or no such path."""
    value: object = vars(letter).get(path)  # most paths are a field's name
    if isinstance(value, Reading):
        return value
    value = letter
    for step in path.split("."):
        if isinstance(value, tuple):
            value = value[int(step)] if step.isdigit() and int(step) < len(value) else None
        elif isinstance(value, Record) and step in _fields(type(value)):
            value = getattr(value, step)
        else:
            return None
    return value if isinstance(value, Reading) else None


def is_uncounted(letter: Letter, path: str) -> bool:
    """Whether this is the day of a deadline that was understood, but whose first day is not known."""
    place = path.removeprefix("deadlines.").removesuffix(".date")
    if path != f"deadlines.{place}.date" or not place.isdigit():
        return False
    deadline = letter.deadlines[int(place)]
    return deadline.date.value is None and deadline.kind.value == "counted"


@lru_cache(maxsize=1024)
def bare(path: str) -> str:
    """A path without its list places.

    >>> bare("receipts.1.date")
    'receipts.date'
    """
    return ".".join(step for step in path.split(".") if not step.isdigit())


def label(path: str, lang: Lang) -> str:
    """What people call a field; from the second of a list on, with its place.

    >>> label("receipts.1.date", "en")
    'date received (2)'
    """
    known = LABELS.get(bare(path))
    name = known.say(lang) if known else path
    places = [int(step) + 1 for step in path.split(".") if step.isdigit()]
    return f"{name} ({places[0]})" if places and places[0] > 1 else name


def labels(paths: tuple[str, ...] | list[str], lang: Lang) -> str:
    """Several fields in one breath."""
    return ", ".join(dict.fromkeys(label(path, lang) for path in paths))
