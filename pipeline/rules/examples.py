"""The letters of the rules' examples: a faultless one, and what an example changes in it, made into records.

An example is a mapping of plain values: `{"date": "2023-06-02", "weekday": 5}`. A value is wrapped into a
reading as the schema wants it; `{"value": …, "confidence": 0.5}` makes a faint one. Names of a letter's
fields change the letter, those of a result the result, and `settings`, `today` and `register` the house.
"""

from __future__ import annotations

import datetime as dt
import types
from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple, Union, get_args, get_origin

from pydantic_settings import BaseSettings, PydanticBaseSettingsSource

from parsers.numbers import parse_letter_number
from pipeline.rules.registry import RULES, Example, Known, Numbered, judge
from pipeline.settings import Settings
from schemas.finding import Finding
from schemas.ink import Box, Record
from schemas.letter import Letter, LetterNumber
from schemas.reading import Reading
from schemas.result import Result

TODAY = dt.date(2023, 6, 10)
"""The day on which examples are judged, unless they say otherwise."""

_BOX = Box(72.0, 100.0, 200.0, 116.0)
_FAULTLESS: Example = {
    "kind": "external",
    "number": "ลป 0017.2/ว1797",
    "agency": "ศาลากลางจังหวัดลำปาง",
    "address": "ถนนวชิราวุธดำเนิน ลป ๕๒๐๐๐",
    "date": "2023-06-02",
    "subject": "ขอเชิญส่งผลงานเข้าร่วมประกวด",
    "salutation": "เรียน",
    "addressee": "หัวหน้าส่วนราชการ",
    "body": "ด้วยจังหวัดจะจัดการประกวด จึงเรียนมาเพื่อโปรดพิจารณา",
    "closing": "ขอแสดงความนับถือ",
    "signatory": {"name": "นายสมมติ ทดสอบดี", "position": "ผู้ว่าราชการจังหวัดลำปาง"},
    "owner_office": "สำนักงานจังหวัด",
    "phone": "0 5426 5070",
    "pages": (1,),
}
_HOUSE = ("settings", "today", "register")


class _Plain(Settings):
    """Settings as the program comes, whatever this machine's environment and files say."""

    @classmethod
    def settings_customise_sources(
        cls,
        settings_cls: type[BaseSettings],
        init_settings: PydanticBaseSettingsSource,
        *others: PydanticBaseSettingsSource,
        **more: PydanticBaseSettingsSource,
    ) -> tuple[PydanticBaseSettingsSource, ...]:
        """Nothing but what is given."""
        return (init_settings,)


class Case(NamedTuple):
    """An example made into records."""

    result: Result
    settings: Settings
    today: dt.date
    numbered: Numbered | None


def make(example: Example) -> Case:
    """The records of an example; TypeError names what it has that no record knows."""
    of_result = {name: value for name, value in example.items() if name in Result.model_fields}
    of_letter = {
        name: value for name, value in example.items() if name not in of_result and name not in _HOUSE
    }
    unknown = of_letter.keys() - Letter.model_fields.keys()
    if unknown:
        raise TypeError(f"no record has {', '.join(sorted(unknown))}")
    letters = of_result.pop("letters", ({},))
    made = {"file": "letter.pdf", "sha256": "5ba0" * 16, "status": "ok", "page_count": 1, **of_result}
    made["letters"] = tuple({**_FAULTLESS, **of_letter, **each} for each in _rows(letters))
    return Case(
        _record(Result, made),
        _Plain(
            **{"name_pattern": None, "notice_days": 3, "sure": 0.9, **_table(example.get("settings", {}))}
        ),
        dt.date.fromisoformat(str(example.get("today", TODAY))),
        _numbered(_rows(example.get("register", ()))),
    )


def found(id: str, example: Example) -> list[Finding]:  # noqa: A002
    """What one rule says of an example."""
    case = make(example)
    return [each for each in judge(*case) if each.id == RULES[id].id]


def _rows(value: object) -> Sequence[Mapping[str, Any]]:
    if not isinstance(value, Sequence):
        raise TypeError(f"a list was wanted, not {value!r}")
    return value


def _table(value: object) -> Mapping[str, Any]:
    if not isinstance(value, Mapping):
        raise TypeError(f"a mapping was wanted, not {value!r}")
    return value


def _numbered(rows: Sequence[Mapping[str, Any]]) -> Numbered:
    """A register of such letters; rules are answered as the store answers them."""
    known = [
        Known(
            _number(str(row["number"])),
            dt.date.fromisoformat(row["date"]),
            row.get("subject"),
            id=row.get("id"),
        )
        for row in rows
    ]

    def numbered(number: LetterNumber, year: int) -> list[Known]:
        series = (number.code, number.owner, number.circular)
        return [
            each
            for each in known
            if (each.number.code, each.number.owner, each.number.circular) == series
            and each.date is not None
            and each.date.year == year
        ]

    return numbered


def _number(text: str) -> LetterNumber:
    number = parse_letter_number(text)
    if number is None:
        raise TypeError(f"{text!r} is no number of a letter")
    return number


def _record(kind: type[Record], values: Mapping[str, Any]) -> Any:
    unknown = values.keys() - kind.model_fields.keys()
    if unknown:
        raise TypeError(f"{kind.__name__} has no {', '.join(sorted(unknown))}")
    return kind(**{name: _fill(kind.model_fields[name].annotation, value) for name, value in values.items()})


def _fill(wanted: Any, value: Any) -> Any:
    """A plain value in the shape that the schema wants."""
    if value is None:
        return None
    if get_origin(wanted) in (Union, types.UnionType):
        wanted = next(each for each in get_args(wanted) if each is not type(None))
    if get_origin(wanted) is tuple:
        inner = get_args(wanted)
        if len(inner) == 2 and inner[1] is Ellipsis:
            return tuple(_fill(inner[0], each) for each in value)
        return tuple(value)
    if isinstance(wanted, type) and issubclass(wanted, Reading):
        return _reading(wanted, value)
    if isinstance(wanted, type) and issubclass(wanted, Record) and isinstance(value, Mapping):
        return _record(wanted, value)
    return value


def _reading(wanted: type[Reading[Any]], value: Any) -> Reading[Any]:
    given = dict(value) if isinstance(value, Mapping) and "value" in value else {"value": value}
    raw = str(given["value"])
    if LetterNumber in get_args(wanted.model_fields["value"].annotation):
        given["value"] = None if given["value"] is None else _number(raw)
        given["candidates"] = tuple(_number(each) for each in given.get("candidates", ()))
    base = {"raw": raw, "page": 1, "box": _BOX, "confidence": 0.99, "reader": "print"}
    return wanted(**{**base, **given})
