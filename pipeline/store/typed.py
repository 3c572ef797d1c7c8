"""What a person types, turned into the value of a field: dates as dates, numbers of letters in their parts."""

from __future__ import annotations

import datetime as dt
import re
import typing
from typing import Any, get_args

from pydantic import BaseModel, TypeAdapter, ValidationError

from parsers.dates import parse_thai_date
from parsers.numbers import parse_letter_number
from parsers.text import normalise, to_arabic
from parsers.times import find_times
from pipeline.choose import parse_iso
from pipeline.errors import BadInputError
from pipeline.paths import bare, label
from schemas.letter import Letter, LetterNumber
from schemas.reading import Reading

_LONGEST = 20_000  # letters of a value; a body is the longest

_EXAMPLES: dict[object, tuple[str, str]] = {
    dt.date: ("วันที่ เช่น 2 มิ.ย. 2566 หรือ 2566-06-02", "a day such as 2566-06-02, 2023-06-02 or 2 มิ.ย. 2566"),
    dt.time: ("เวลา เช่น 09.30 น.", "a time such as 09:30"),
    LetterNumber: ("เลขที่หนังสือ เช่น ลป 0017.2/ว1797", "a letter's number such as ลป 0017.2/ว1797"),
    float: ("ตัวเลข เช่น 67.92", "a number such as 67.92"),
    int: ("จำนวนเต็ม", "a whole number"),
    bool: ("ใช่ หรือ ไม่ใช่", "yes or no"),
}
_DIGITS = ("receipts.number", "phone", "fax")  # kept with Arabic digits, as when they are read
_NUMBER = re.compile(r"-?(?:[0-9]{1,15}|[0-9]{1,3}(?:,[0-9]{3})+)(?:\.[0-9]{1,6})?")
_TRUE, _FALSE = ("ใช่", "yes", "true", "1"), ("ไม่ใช่", "ไม่", "no", "false", "0")


def type_at(path: str) -> object:
    """The type of the values at a path into a letter; BadInputError when there is no such field."""
    kind: Any = Letter
    for step in path.split("."):
        kind = _step(kind, step)
        if kind is None:
            raise BadInputError("path.unknown", f"ไม่มีช่องชื่อ {path} ในหนังสือ", f"A letter has no field {path}.")
    if not (isinstance(kind, type) and issubclass(kind, Reading)):
        raise BadInputError("path.unknown", f"แก้ {path} ทั้งช่องไม่ได้", f"{path} is not one value.")
    return kind.model_fields["value"].annotation


def _step(kind: Any, step: str) -> Any:
    if step.isdigit() and len(step) < 4 and typing.get_origin(kind) is tuple:
        return get_args(kind)[0]
    if isinstance(kind, type) and issubclass(kind, BaseModel) and not issubclass(kind, Reading):
        field = kind.model_fields.get(step)
        return None if field is None else _bare(field.annotation)
    return None


def _bare(annotation: Any) -> Any:
    """A type without its `| None`."""
    kinds = [each for each in get_args(annotation) if each is not type(None)]
    return kinds[0] if type(None) in get_args(annotation) and len(kinds) == 1 else annotation


def value_of(path: str, typed: object) -> Any:
    """The value that was typed, as JSON holds it; BadInputError says what is wanted instead."""
    wanted = _bare(type_at(path))
    if path == "secrecy":
        raise BadInputError(
            "value.secrecy",
            "กำหนดชั้นความลับด้วยการแก้ช่องไม่ได้ เพราะต้องแยกเก็บทั้งเอกสาร ให้ใส่เครื่องหมายชั้นความลับบนกระดาษแล้วสแกนใหม่",
            "A class of secrecy cannot be set like a field: the whole document has to be kept apart. "
            "Put the mark on the paper and scan it again.",
        )
    value = _understood(wanted, typed) if isinstance(typed, str) else typed
    if isinstance(value, str) and bare(path) in _DIGITS:
        value = to_arabic(value)
    if value is None:
        raise _refused(path, wanted, typed)
    try:
        adapter: TypeAdapter[Any] = TypeAdapter(wanted)
        return adapter.dump_python(adapter.validate_python(value), mode="json")
    except ValidationError as error:
        raise _refused(path, wanted, typed) from error


def _understood(wanted: object, typed: str) -> Any:
    """None when the text is no such value."""
    text = normalise(typed).strip()
    if not text or len(text) > _LONGEST:
        return None
    if wanted is dt.date:
        return parse_iso(to_arabic(text)) or parse_thai_date(text)
    if wanted is dt.time:
        found = find_times(text)
        return found[0].value if len(found) == 1 else None
    if wanted is LetterNumber:
        return parse_letter_number(text)
    if wanted is bool:
        return text.lower() in _TRUE if text.lower() in (*_TRUE, *_FALSE) else None
    if wanted in (int, float):
        number = _NUMBER.fullmatch(to_arabic(text))
        return None if number is None else number[0].replace(",", "")
    return text


def _refused(path: str, wanted: object, typed: object) -> BadInputError:
    choices = [str(each) for each in get_args(wanted) if isinstance(each, str)]
    if choices:
        thai, english = f"หนึ่งใน {', '.join(choices)}", f"one of {', '.join(choices)}"
    else:
        thai, english = _EXAMPLES.get(wanted, ("ข้อความ", "some words"))
    shown = str(typed)[:80]
    return BadInputError(
        "value.invalid",
        f"“{shown}” ใช้เป็น{label(path, 'th')}ไม่ได้ ต้องเป็น{thai}",
        f"“{shown}” cannot be the {label(path, 'en')}. It must be {english}.",
    )
