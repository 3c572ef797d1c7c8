"""The options that several commands share."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from pipeline.choose import parse_day
from pipeline.errors import BadInputError
from pipeline.frame import option
from pipeline.say import Lang, hint, language

if TYPE_CHECKING:
    from pipeline.settings import Settings
    from pipeline.store import Store, Stored

Function = Callable[..., Any]


def house() -> tuple[Settings, Lang]:
    """The settings and the language to speak."""
    from pipeline.settings import load_settings  # brings pydantic with it, which --help does not need

    settings = load_settings()
    return settings, language(settings)


def kept(store: Store, id_: str) -> Stored:
    """The document that an ID on the command line names; BadInputError where there is none."""
    stored = store.get(id_)
    if stored is None:
        raise BadInputError("id.unknown", hint("unknown", "th", id=id_), hint("unknown", "en", id=id_))
    return stored


class Day(click.ParamType[dt.date]):
    """A day: ISO, Thai, or a number of days from today."""

    name = "day"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> dt.date:
        """Turn what was typed into a date."""
        found = parse_day(str(value), dt.date.today())
        if found is None:
            self.fail(hint("day", language(), text=value), param, ctx)
        return found


FOLDER = click.argument("folder", type=click.Path(exists=True, file_okay=False, path_type=Path))
JSON = option(
    "--json",
    "as_json",
    is_flag=True,
    help="One JSON record a line, for programs.",
    thai="ข้อมูล JSON บรรทัดละรายการ สำหรับโปรแกรม",
)
BODY = option(
    "--body", is_flag=True, help="Show the whole text of the letter.", thai="แสดงข้อความของหนังสือทั้งหมด"
)


def which(command: Function) -> Function:
    """The options that choose letters of the register."""
    for each in reversed(
        (
            option(
                "--from",
                "since",
                type=Day(),
                help="Letters dated on this day or later.",
                thai="หนังสือที่ลงวันที่นี้หรือหลังจากนั้น",
            ),
            option(
                "--to",
                "until",
                type=Day(),
                help="Letters dated on this day or earlier.",
                thai="หนังสือที่ลงวันที่นี้หรือก่อนหน้านั้น",
            ),
            option(
                "--due",
                type=Day(),
                help="With a deadline from today to this day, or within so many days.",
                thai="มีกำหนดตั้งแต่วันนี้ถึงวันที่บอก หรือภายในจำนวนวันที่บอก",
            ),
            option("--overdue", is_flag=True, help="With a deadline before today.", thai="เลยกำหนดแล้วก่อนวันนี้"),
            option(
                "--needs-person",
                is_flag=True,
                help="Only letters that a person must look at.",
                thai="เฉพาะฉบับที่ต้องให้คนดู",
            ),
            option(
                "--error",
                is_flag=True,
                help="Only letters with a finding that is an error.",
                thai="เฉพาะฉบับที่พบสิ่งที่ผิด",
            ),
        )
    ):
        command = each(command)
    return command
