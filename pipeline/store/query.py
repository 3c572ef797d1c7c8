"""The language of the search box: words, "exact words", and filters such as from:สพร date:2565-08 due:<7d.

Every filter has a Thai name too (จาก: ถึง: วันที่: กำหนด: …), and Thai digits are as good as Arabic ones. A
filter that cannot be understood is an error that says what can be written: silently leaving it out would
show the wrong letters.
"""

from __future__ import annotations

import calendar
import datetime as dt
import difflib
import re
from collections.abc import Mapping
from typing import Any, NamedTuple, get_args

from parsers.data import read_table
from parsers.text import normalise, to_arabic
from pipeline.choose import parse_day
from pipeline.errors import BadInputError
from pipeline.store.records import RowFilter
from schemas.letter import Kind

NAMES = {
    "from": ("from", "จาก"),
    "to": ("to", "ถึง", "เรียน"),
    "number": ("number", "ที่", "เลขที่"),
    "date": ("date", "วันที่", "ลงวันที่"),
    "received": ("received", "รับ", "วันที่รับ"),
    "due": ("due", "กำหนด", "ครบกำหนด"),
    "urgency": ("urgency", "ความเร็ว", "ชั้นความเร็ว"),
    "kind": ("kind", "ชนิด", "ประเภท"),
    "has": ("has", "มี"),
    "is": ("is", "เป็น"),
}
"""What a filter may be called."""
_URGENCIES = ("ด่วนที่สุด", "ด่วนมาก", "ด่วน", "ด่วนภายใน")
_KINDS_TH = {
    "หนังสือภายนอก": "external",
    "ภายนอก": "external",
    "บันทึกข้อความ": "memo",
    "บันทึก": "memo",
    "ภายใน": "memo",
    "ประทับตรา": "stamped",
    "คำสั่ง": "order",
    "ประกาศ": "announcement",
    "อื่น": "other",
}
_HAS = {
    "has_error": ("error", "errors", "ผิด", "ข้อผิดพลาด"),
    "has_warning": ("warning", "warnings", "เตือน", "คำเตือน"),
    "has_deadline": ("deadline", "due", "กำหนด"),
    "has_receipt": ("receipt", "stamp", "ตรารับ", "เลขรับ"),
}
_IS = {
    "needs_person": ("doubtful", "unsure", "ไม่แน่ใจ", "ต้องดู", "น่าสงสัย"),
    "confirmed": ("confirmed", "ยืนยันแล้ว", "ตรวจแล้ว"),
    "overdue": ("overdue", "late", "เลยกำหนด"),
}
_UNITS = {"d": 1, "day": 1, "days": 1, "วัน": 1, "w": 7, "week": 7, "weeks": 7, "สัปดาห์": 7}
_SPAN = re.compile(r"(\d{1,4}) ?([a-z]+|วัน|สัปดาห์)")
_TODAY = ("today", "วันนี้")
_PART = re.compile(
    r'(?P<not>-?)(?:(?P<key>[^\W\d_][^\s:"“”]{0,20}):(?!//))?(?:"(?P<quoted>[^"]*)"?|(?P<bare>[^\s"]+))?'
)


class Piece(NamedTuple):
    """Words that must stand side by side; in quotes they must do so exactly."""

    text: str
    exact: bool


class Query(NamedTuple):
    """What was asked."""

    pieces: tuple[Piece, ...]
    filters: RowFilter


def parse_query(text: str, today: dt.date) -> Query:
    """Read what somebody typed; BadInputError names the filter that cannot be understood.

    >>> parse_query("from:สพร ประชุม date:2565", dt.date(2023, 6, 1)).pieces
    (Piece(text='ประชุม', exact=False),)
    """
    folded = to_arabic(normalise(text)).replace("“", '"').replace("”", '"').replace("\n", " ")
    pieces: list[Piece] = []
    asked: dict[str, Any] = {}
    for found in _PART.finditer(folded):
        value = found["quoted"] if found["quoted"] is not None else found["bare"]
        if found["key"] is None:
            if value:
                pieces.append(Piece(value, found["quoted"] is not None))
            continue
        asked.update(_filter(found["key"], (value or "").strip(), today))
    return Query(tuple(pieces), RowFilter(**asked))


def _filter(key: str, value: str, today: dt.date) -> Mapping[str, Any]:
    name = next((name for name, called in NAMES.items() if key.lower() in called), None)
    if name is None:
        every = [each for called in NAMES.values() for each in called]
        near = difflib.get_close_matches(key.lower(), every, 1)
        thai = (
            f" หมายถึง {near[0]}: หรือไม่"
            if near
            else f" ตัวกรองที่มี: {' '.join(f'{c[1]}:' for c in NAMES.values())}"
        )
        english = f" Did you mean {near[0]}:?" if near else f" There are: {' '.join(f'{n}:' for n in NAMES)}."
        raise BadInputError(
            "query.filter",
            f"ไม่มีตัวกรองชื่อ {key}:{thai} ถ้าต้องการค้นคำนี้ ให้ใส่ในเครื่องหมายคำพูด",
            f"There is no filter {key}:.{english} To search for these very words, put them in quotes.",
        )
    if not value:
        raise _bad(key, value, "คำหลังเครื่องหมาย :", "a word behind the colon")
    if name in ("from", "to", "number"):
        return {{"from": "agency", "to": "addressee", "number": "number"}[name]: value}
    if name in ("date", "received", "due"):
        return _days(name, key, value, today)
    return _choice(name, key, value, today)


def _choice(name: str, key: str, value: str, today: dt.date) -> Mapping[str, Any]:
    if name == "urgency":
        if value not in _URGENCIES:
            raise _bad(key, value, f"หนึ่งใน {' '.join(_URGENCIES)}", f"one of {' '.join(_URGENCIES)}")
        return {"urgency": value}
    if name == "kind":
        kind = _KINDS_TH.get(value, value.lower())
        if kind not in get_args(Kind):
            raise _bad(key, value, f"หนึ่งใน {' '.join(_KINDS_TH)}", f"one of {' '.join(get_args(Kind))}")
        return {"kind": kind}
    table = _HAS if name == "has" else _IS
    field = next((field for field, called in table.items() if value.lower() in called), None)
    if field is None:
        thai = " ".join(called[-1] for called in table.values())
        raise _bad(key, value, f"หนึ่งใน {thai}", f"one of {' '.join(called[0] for called in table.values())}")
    if field == "overdue":
        return {"due_to": today - dt.timedelta(days=1)}
    return {field: True}


def _days(name: str, key: str, value: str, today: dt.date) -> Mapping[str, Any]:
    """A day, a month, a year, a range of them, or (for deadlines) a number of days."""
    first: dt.date | None
    last: dt.date | None
    sign = next((sign for sign in ("<=", ">=", "<", ">") if value.startswith(sign)), "")
    rest = value.removeprefix(sign).strip()
    if name == "due" and _SPAN.fullmatch(rest):
        first, last = _within(key, rest, sign, value, today)
    elif ".." in rest and not sign:
        begin, _, end = rest.partition("..")
        first = _stretch(key, begin, value, today)[0] if begin else None
        last = _stretch(key, end, value, today)[1] if end else None
        if begin == end == "":
            raise _bad_day(key, value)
    else:
        low, high = _stretch(key, rest, value, today)
        first, last = {
            "": (low, high),
            "<": (None, low - dt.timedelta(days=1)),
            "<=": (None, high),
            ">": (high + dt.timedelta(days=1), None),
            ">=": (low, None),
        }[sign]
    return {f"{name}_from": first, f"{name}_to": last}


def _within(
    key: str, rest: str, sign: str, value: str, today: dt.date
) -> tuple[dt.date | None, dt.date | None]:
    found = _SPAN.fullmatch(rest)
    if found is None or found[2] not in _UNITS:
        raise _bad_day(key, value)
    day = today + dt.timedelta(days=int(found[1]) * _UNITS[found[2]])
    if sign in (">", ">="):
        return (day + dt.timedelta(days=1) if sign == ">" else day), None
    return today, (day if sign != "<" else day - dt.timedelta(days=1))


def _stretch(key: str, text: str, value: str, today: dt.date) -> tuple[dt.date, dt.date]:
    """The first and the last day of what was written: a day, a month (2565-08, ส.ค.2565) or a year."""
    if text.lower() in _TODAY:
        return today, today
    month = re.fullmatch(r"(\d{4})(?:-(\d{1,2}))?", text)
    named = re.fullmatch(r"([ก-๎.]+) ?(?:พ\.ศ\. ?)?(\d{4})", text)
    try:
        if month is not None:
            year = _year(int(month[1]))
            return _month(year, int(month[2])) if month[2] else (dt.date(year, 1, 1), dt.date(year, 12, 31))
        if named is not None and _month_number(named[1]):
            return _month(_year(int(named[2])), _month_number(named[1]))
        day = None if text.isdecimal() else parse_day(text, today)
    except ValueError as error:
        raise _bad_day(key, value) from error
    if day is None:
        raise _bad_day(key, value)
    return day, day


def _year(year: int) -> int:
    return year - 543 if year >= 2400 else year


def _month(year: int, month: int) -> tuple[dt.date, dt.date]:
    return dt.date(year, month, 1), dt.date(year, month, calendar.monthrange(year, month)[1])


def _month_number(name: str) -> int:
    """1 to 12; 0 when it is no month's name."""
    for row in read_table("months"):
        if name in (row["full_th"], row["abbr_th"], row["abbr_th"].replace(".", "")):
            return int(row["month"])
    return 0


def _bad_day(key: str, value: str) -> BadInputError:
    return _bad(
        key,
        value,
        "ปี เดือน หรือวัน เช่น 2565 2565-08 2565-08-31 2565-01..2565-06 (กำหนดเขียนว่า <7d ได้)",
        "a year, month or day such as 2565, 2565-08, 2022-08-31 or 2565-01..2565-06; for due: also <7d",
    )


def _bad(key: str, value: str, thai: str, english: str) -> BadInputError:
    return BadInputError(
        "query.filter",
        f"ไม่เข้าใจ {key}:{value} ต้องเป็น{thai}",
        f"{key}:{value} is not understood. Write {english}.",
    )
