"""What click says of its own accord, in Thai: the frame of the help and the errors of the command line."""

from __future__ import annotations

import gettext
from collections.abc import Callable
from typing import Any, TypeVar

import click
from click import core, decorators, exceptions, formatting, parser, types

from pipeline.say import Lang, language

THAI = {
    "Usage:": "วิธีใช้:",
    "Options": "ตัวเลือก",
    "Commands": "คำสั่ง",
    "Positional arguments": "สิ่งที่ต้องบอก",
    "default: {default}": "ค่าเดิม: {default}",
    "required": "ต้องระบุ",
    "Aborted!": "หยุดแล้ว",
    "Error: {message}": "ผิดพลาด: {message}",
    "Try '{command} {option}' for help.": "ดูวิธีใช้ด้วย: {command} {option}",
    "Invalid value: {message}": "ค่าใช้ไม่ได้: {message}",
    "Invalid value for {param_hint}: {message}": "ค่าของ {param_hint} ใช้ไม่ได้: {message}",
    "Missing command.": "ยังไม่ได้บอกคำสั่ง",
    "Missing argument": "ขาด",
    "Missing option": "ขาดตัวเลือก",
    "Missing parameter": "ขาด",
    "Missing parameter: {param_name}": "ขาด {param_name}",
    "No such option {name!r}.": "ไม่มีตัวเลือก {name}",
    "No such command {name!r}.": "ไม่มีคำสั่ง {name}",
    "Could not open file {filename!r}: {message}": "เปิดไฟล์ {filename} ไม่ได้: {message}",
    "Choose from:\n\t{choices}": "เลือกจาก:\n\t{choices}",
    "{name} {filename!r} does not exist.": "ไม่พบ {filename}",
    "{name} {filename!r} is a file.": "{filename} เป็นไฟล์ ไม่ใช่โฟลเดอร์",
    "{name} {filename!r} is a directory.": "{filename} เป็นโฟลเดอร์ ไม่ใช่ไฟล์",
    "{name} {filename!r} is not readable.": "ไม่มีสิทธิ์อ่าน {filename}",
    "{name} {filename!r} is not writable.": "ไม่มีสิทธิ์เขียน {filename}",
    "Option {name!r} does not take a value.": "ตัวเลือก {name} ไม่รับค่า",
    "Option {name!r} requires an argument.": "ตัวเลือก {name} ต้องมีค่าตามหลัง",
    "Got unexpected extra argument ({args})": "ไม่เข้าใจส่วนที่เกินมา ({args})",
    "Got unexpected extra arguments ({args})": "ไม่เข้าใจส่วนที่เกินมา ({args})",
    "Did you mean {possibility}?": "หมายถึง {possibility} หรือไม่",
    "Show this message and exit.": "แสดงวิธีใช้นี้",
}
"""Click's words; those not here stay English."""

F = TypeVar("F", bound=Callable[..., Any])

_ENGLISH = {"_": gettext.gettext, "ngettext": gettext.ngettext}
_MODULES = (core, decorators, exceptions, formatting, parser, types)


def speak(lang: Lang) -> None:
    """Let click use these words. It takes its own from gettext, whose catalogues go by the locale alone."""
    words = {"_": _thai, "ngettext": _thai_count} if lang == "th" else _ENGLISH
    for module in _MODULES:
        for name in words.keys() & vars(module).keys():
            setattr(module, name, words[name])


def _thai(text: str) -> str:
    return THAI.get(text, text)


def _thai_count(one: str, many: str, count: int) -> str:
    text = one if count == 1 else many
    return THAI.get(text, text)


class Option(click.Option):
    """An option whose help also speaks Thai."""

    def __init__(self, *args: Any, thai: str = "", **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.thai = thai

    def get_help_record(self, ctx: click.Context) -> tuple[str, str] | None:
        """The option's line in the help."""
        english = self.help
        if self.thai and language() == "th":
            self.help = self.thai
        try:
            return super().get_help_record(ctx)
        finally:
            self.help = english


def option(*names: str, thai: str = "", **kwargs: Any) -> Callable[[F], F]:
    """Like `click.option`, with its help in Thai too."""
    return click.option(*names, cls=Option, thai=thai, **kwargs)
