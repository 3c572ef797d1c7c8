"""Errors raised on purpose.

PipelineError               exit code 1
├── BadInputError     2     the file's fault: trying again will not help
│   └── ConflictError       somebody else changed the same letter meanwhile
├── ToolError         3     the machine's fault: may be retried
│   └── MissingToolError
└── SettingsError     4     the settings say something impossible
"""

from __future__ import annotations

import datetime as dt


class PipelineError(Exception):
    """Base of all errors that we raise on purpose; `exit_code` is the command's exit code."""

    exit_code = 1


class BadInputError(PipelineError):
    """The file cannot be used. `code` is stable for machines; both messages are whole sentences."""

    exit_code = 2

    def __init__(self, code: str, message: str, message_en: str) -> None:
        super().__init__(message_en)
        self.code, self.message, self.message_en = code, message, message_en


class ConflictError(BadInputError):
    """Somebody changed a letter after it was shown: look again, then decide."""

    def __init__(self, who: str | None, at: dt.datetime | None) -> None:
        th, en = (f"คุณ {who}", who) if who else ("ระบบ", "the program (it was read again)")
        when = f" {at.astimezone():%H:%M}" if at else ""
        super().__init__(
            "letter.changed",
            f"หนังสือนี้ถูกแก้ไขไปแล้วโดย{th}{when and f' เมื่อ{when} น.'} ยังไม่ได้บันทึกของคุณ โปรดดูค่าล่าสุดแล้วทำใหม่",
            f"This letter was changed meanwhile by {en}{when and f' at{when}'}. "
            "Nothing of yours was saved: look at the newest values and do it again.",
        )
        self.who, self.at = who, at


class ToolError(PipelineError):
    """A tool failed or took too long; trying again may help."""

    exit_code = 3


class MissingToolError(ToolError):
    """A tool is not installed."""

    def __init__(self, tool: str, install: str) -> None:
        super().__init__(f"{tool} is not installed. Install it with: {install}")
        self.tool, self.install = tool, install


class SettingsError(PipelineError):
    """The settings say something impossible. `message` is the sentence in Thai, where there is one."""

    exit_code = 4

    def __init__(self, message_en: str, message: str = "") -> None:
        super().__init__(message_en)
        self.message = message or f"ค่าตั้งใช้ไม่ได้: {message_en}"
