"""A table for every rule: letters that pass, and letters that fail."""

from __future__ import annotations

import datetime as dt
from typing import NamedTuple

from schemas.letter import Letter
from tests.make_records import deadline, letter, number, reading, receipt, signatory

D = dt.date
FRIDAY, SATURDAY = 4, 5


class Case(NamedTuple):
    rule: str
    what: str
    letter: Letter
    severity: str | None  # None: the rule is silent
    fault: str = "document"
    fields: tuple[str, ...] | None = None


WRITTEN = D(2023, 6, 2)  # a Friday
RESOLUTE = reading(WRITTEN)
FAINT = reading(WRITTEN, 0.5)
AMBIGUOUS = reading(WRITTEN, candidates=(D(2023, 6, 3),))

CASES = [
    # DATE-01
    Case("DATE-01", "no weekday", letter(), None),
    Case("DATE-01", "right weekday", letter(weekday=FRIDAY), None),
    Case("DATE-01", "wrong weekday", letter(weekday=SATURDAY), "error", "document", ("date", "weekday")),
    Case("DATE-01", "faint date", letter(date=FAINT, weekday=SATURDAY), "warning", "reading"),
    Case("DATE-01", "a candidate fits", letter(date=AMBIGUOUS, weekday=SATURDAY), "warning", "reading"),
    Case("DATE-01", "Monday is 0, not nothing", letter(weekday=0), "error"),
    Case("DATE-01", "unread weekday", letter(weekday=reading(None, 0.3, raw="วันพ?")), None),
    Case(
        "DATE-01",
        "deadline on its weekday",
        letter(deadlines=(deadline(D(2022, 10, 5), "ภายในวันพุธที่ ๕ ตุลาคม ๒๕๖๕"),)),
        None,
    ),
    Case(
        "DATE-01",
        "deadline on another weekday",
        letter(deadlines=(deadline(D(2022, 10, 5), "ภายในวันศุกร์ที่ ๕ ตุลาคม ๒๕๖๕"),)),
        "error",
        "document",
        ("deadlines.0.date", "deadlines.0.phrase"),
    ),
    Case(
        "DATE-01",
        "before a Wednesday: the value is the Tuesday",
        letter(deadlines=(deadline(D(2022, 10, 4), "ก่อนวันพุธที่ ๕ ตุลาคม ๒๕๖๕"),)),
        None,
    ),
    # DATE-02
    Case("DATE-02", "no stamps", letter(), None),
    Case("DATE-02", "received the same day", letter(receipts=(receipt(date=WRITTEN),)), None),
    Case("DATE-02", "received later", letter(receipts=(receipt(date=D(2023, 6, 8)),)), None),
    Case(
        "DATE-02",
        "second stamp too early",
        letter(receipts=(receipt(date=D(2023, 6, 8)), receipt(date=D(2023, 5, 16)))),
        "error",
        "document",
        ("date", "receipts.1.date"),
    ),
    Case(
        "DATE-02",
        "faint pen",
        letter(receipts=(receipt(date=reading(D(2023, 5, 16), 0.85)),)),
        "warning",
        "reading",
    ),
    Case(
        "DATE-02",
        "the pen's month may be June",
        letter(receipts=(receipt(date=reading(D(2023, 5, 16), candidates=(D(2023, 6, 16),))),)),
        "warning",
        "reading",
    ),
    Case(
        "DATE-02",
        "no candidate helps",
        letter(receipts=(receipt(date=reading(D(2023, 5, 16), candidates=(D(2023, 5, 18),))),)),
        "error",
    ),
    Case("DATE-02", "unread stamp", letter(receipts=(receipt(date=reading(None, 0.2)),)), None),
    Case("DATE-02", "undated letter", letter(date=None, receipts=(receipt(date=WRITTEN),)), None),
    # DATE-03
    Case("DATE-03", "deadline later", letter(deadlines=(deadline(D(2023, 8, 15)),)), None),
    Case("DATE-03", "deadline the same day", letter(deadlines=(deadline(WRITTEN),)), None),
    Case(
        "DATE-03",
        "deadline before the letter",
        letter(deadlines=(deadline(D(2023, 5, 15)),)),
        "warning",
        "document",
        ("deadlines.0.date", "date"),
    ),
    Case(
        "DATE-03",
        "faint deadline",
        letter(deadlines=(deadline(reading(D(2023, 5, 15), 0.6)),)),
        "warning",
        "reading",
    ),
    Case(
        "DATE-03",
        "a letter that chases an answer",
        letter(
            body="ตามที่ได้ขอให้ส่งแบบสำรวจ ภายในวันที่ 15 พฤษภาคม 2566 นั้น บัดนี้ยังไม่ได้รับ",
            deadlines=(deadline(D(2023, 5, 15), "ภายในวันที่ 15 พฤษภาคม 2566"),),
        ),
        None,
    ),
    Case(
        "DATE-03",
        "ดังนั้น is another word",
        letter(
            body="ให้ส่งแบบสำรวจ ภายในวันที่ 15 พฤษภาคม 2566 เท่านั้น ดังนั้นขอให้เร่งรัด",
            deadlines=(deadline(D(2023, 5, 15), "ภายในวันที่ 15 พฤษภาคม 2566"),),
        ),
        "warning",
    ),
    # DATE-04
    Case(
        "DATE-04",
        "received in time",
        letter(receipts=(receipt(date=D(2023, 6, 8)),), deadlines=(deadline(D(2023, 6, 8)),)),
        None,
    ),
    Case(
        "DATE-04",
        "received too late",
        letter(receipts=(receipt(date=D(2023, 6, 8)),), deadlines=(deadline(D(2023, 6, 7)),)),
        "warning",
        "document",
        ("receipts.0.date", "deadlines.0.date"),
    ),
    Case(
        "DATE-04",
        "the last office counts",
        letter(
            receipts=(receipt(date=D(2023, 6, 8)), receipt(date=D(2023, 6, 5))),
            deadlines=(deadline(D(2023, 6, 6)),),
        ),
        "warning",
        "document",
        ("receipts.0.date", "deadlines.0.date"),
    ),
    Case(
        "DATE-04",
        "DATE-03 has spoken",
        letter(receipts=(receipt(date=D(2023, 6, 8)),), deadlines=(deadline(D(2023, 5, 1)),)),
        None,
    ),
    # DATE-05
    Case(
        "DATE-05",
        "three working days",  # Thursday 8 June to Tuesday 13 June 2023
        letter(receipts=(receipt(date=D(2023, 6, 8)),), deadlines=(deadline(D(2023, 6, 13)),)),
        None,
    ),
    Case(
        "DATE-05",
        "a weekend between",
        letter(receipts=(receipt(date=D(2023, 6, 8)),), deadlines=(deadline(D(2023, 6, 12)),)),
        "warning",
        "document",
        ("deadlines.0.date", "receipts.0.date"),
    ),
    Case(
        "DATE-05",
        "passed already: DATE-04 speaks",
        letter(receipts=(receipt(date=D(2023, 6, 8)),), deadlines=(deadline(D(2023, 6, 7)),)),
        None,
    ),
    Case("DATE-05", "not received", letter(deadlines=(deadline(D(2023, 6, 5)),)), None),
    # DATE-06
    Case("DATE-06", "tomorrow", letter(deadlines=(deadline(D(2023, 6, 11)),)), None),
    Case(
        "DATE-06",
        "today",
        letter(deadlines=(deadline(D(2023, 6, 10)),)),
        "note",
        "document",
        ("deadlines.0.date",),
    ),
    Case("DATE-06", "past", letter(deadlines=(deadline(D(2023, 6, 5)),)), "note"),
    Case("DATE-06", "unread", letter(deadlines=(deadline(reading(None, 0.2)),)), None),
    # DATE-07
    Case("DATE-07", "a few days ahead", letter(date=D(2023, 6, 15)), None),
    Case("DATE-07", "next year", letter(date=D(2024, 6, 2)), "warning", "document", ("date",)),
    Case(
        "DATE-07",
        "next year, or this",
        letter(date=reading(D(2024, 6, 2), candidates=(WRITTEN,))),
        "warning",
        "reading",
    ),
    Case(
        "DATE-07",
        "stamp",
        letter(receipts=(receipt(date=D(2033, 6, 8)),)),
        "warning",
        "document",
        ("receipts.0.date",),
    ),
    # DATE-08
    Case("DATE-08", "counted", letter(deadlines=(deadline(D(2023, 6, 20), kind="counted"),)), None),
    Case(
        "DATE-08",
        "cannot be counted",
        letter(deadlines=(deadline(None, "ภายใน 7 วันนับแต่วันที่ได้รับหนังสือ", kind="counted"),)),
        "note",
    ),
    Case("DATE-08", "unread is another matter", letter(deadlines=(deadline(reading(None, 0.4)),)), None),
    # NUM-01
    Case("NUM-01", "no year inside", letter(), None),
    Case("NUM-01", "same year", letter(number="สพร 2566/ว907"), None),
    Case("NUM-01", "an owner like a year is no year", letter(number="นร 1305/ว5293"), None),
    Case("NUM-01", "other year", letter(number="สพร 2565/ว907"), "warning", "document", ("number", "date")),
    Case("NUM-01", "order of another year", letter("order", number="123/2563"), "warning"),
    Case(
        "NUM-01", "January, last year's register", letter(number="สพร 2565/ว907", date=D(2023, 1, 12)), None
    ),
    Case(
        "NUM-01",
        "late December, next year's register",
        letter(number="สพร 2567/ว1", date=D(2023, 12, 28)),
        None,
    ),
    Case("NUM-01", "fiscal year", letter(number="สพร 2567/ว1", date=D(2023, 10, 5)), "note"),
    Case(
        "NUM-01",
        "a candidate fits",
        letter(number=reading(number("สพร 2565/ว907"), candidates=(number("สพร 2566/ว907"),))),
        "warning",
        "reading",
    ),
    Case(
        "NUM-01", "faint number", letter(number=reading(number("สพร 2565/ว907"), 0.7)), "warning", "reading"
    ),
    # FIELD
    Case("FIELD-01", "there", letter(), None),
    Case("FIELD-01", "missing", letter(number=None), "warning", "document", ("number",)),
    Case("FIELD-01", "unread is not missing", letter(number=reading(None, 0.1, raw="ทื่ ล?")), None),
    Case("FIELD-01", "an announcement needs none", letter("announcement", number=None), None),
    Case("FIELD-01", "another paper needs none", letter("other", number=None), None),
    Case("FIELD-01", "a regulation needs none", letter("order", number=None, subkind="regulation"), None),
    Case("FIELD-01", "kind not known", letter(reading(None, 0.2), number=None), None),
    Case("FIELD-01", "an unsure page", letter(number=None, subject=reading("ขอ", 0.4)), "warning", "reading"),
    Case("FIELD-02", "missing", letter(date=None), "warning", "document", ("date",)),
    Case("FIELD-02", "another paper", letter("other", date=None), None),
    Case("FIELD-03", "missing", letter(subject=None), "warning"),
    Case("FIELD-03", "a stamped letter needs none", letter("stamped", subject=None), None),
    Case("FIELD-04", "missing", letter(addressee=None), "warning"),
    Case("FIELD-04", "an order needs none", letter("order", addressee=None), None),
    Case("FIELD-05", "nobody", letter(signatory=None), "warning", "document", ("signatory.name",)),
    Case("FIELD-05", "a post without a name", letter(signatory=signatory(name=None)), "warning"),
    Case("FIELD-05", "a stamped letter has a seal", letter("stamped", signatory=None), None),
    Case("FIELD-06", "no post", letter(signatory=signatory(position=None)), "note"),
    Case("FIELD-06", "nobody at all: FIELD-05 speaks", letter(signatory=None), None),
    Case("FIELD-07", "no agency", letter(agency=None), "note"),
    Case("FIELD-08", "no closing", letter(closing=None), "note"),
    Case("FIELD-08", "a memo needs none", letter("memo", closing=None), None),
    Case("FIELD-09", "nobody to ask", letter(owner_office=None, phone=None), "note"),
    Case("FIELD-09", "a phone is enough", letter(owner_office=None), None),
    # RCPT-01
    Case("RCPT-01", "whole", letter(receipts=(receipt(date=WRITTEN, time=dt.time(11, 0)),)), None),
    Case("RCPT-01", "blank time", letter(receipts=(receipt(date=WRITTEN),)), "note"),
    Case("RCPT-01", "no number", letter(receipts=(receipt(None, WRITTEN, dt.time(11, 0)),)), "warning"),
    Case(
        "RCPT-01",
        "no number beside a faint date",
        letter(receipts=(receipt(None, reading(WRITTEN, 0.6), dt.time(11, 0)),)),
        "note",
        "reading",
    ),
    Case(
        "RCPT-01",
        "hardly anything of the stamp was read",
        letter(receipts=(receipt(None, WRITTEN, agency=None),)),
        "note",
        "reading",
    ),
    Case(
        "RCPT-01",
        "unread number is not blank",
        letter(receipts=(receipt(reading(None, 0.1), WRITTEN, dt.time(11, 0)),)),
        None,
    ),
    Case(
        "RCPT-01",
        "a label with nothing behind it is blank",
        letter(receipts=(receipt(reading(None, raw="เลขรับ...."), WRITTEN, dt.time(11, 0)),)),
        "warning",
    ),
    # READ
    Case("READ-01", "all sure", letter(), None),
    Case("READ-01", "just sure", letter(subject=reading("เรื่องหนึ่ง", 0.9)), None),
    Case(
        "READ-01",
        "faint subject",
        letter(subject=reading("เรื่องหนึ่ง", 0.89)),
        "warning",
        "reading",
        ("subject",),
    ),
    Case(
        "READ-01",
        "unread number and faint stamp",
        letter(number=reading(None, 0.99), receipts=(receipt(reading("7508", 0.5)),)),
        "warning",
        "reading",
        ("number", "receipts.0.number"),
    ),
    Case("READ-01", "a body is no value", letter(body=reading("ด้วย", 0.2)), None),
    Case("READ-01", "uncounted is not unread", letter(deadlines=(deadline(None, kind="counted"),)), None),
    Case(
        "READ-01", "unread deadline", letter(deadlines=(deadline(reading(None, 0.9)),)), "warning", "reading"
    ),
    Case("READ-01", "a person has confirmed", letter(subject=reading("เรื่อง", 1.0, reader="person")), None),
    Case("READ-02", "faint phone", letter(phone=reading("0 2612", 0.5)), "note", "reading", ("phone",)),
    Case("READ-02", "faint number: READ-01 speaks", letter(number=reading(None, 0.5)), None),
]
