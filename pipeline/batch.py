"""Reading several files at a time without keeping anything."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from pipeline.errors import BadInputError, MissingToolError, ToolError
from pipeline.say import Lang, hint, say_day
from pipeline.settings import Settings
from schemas.result import Problem, Result

FAULT = "program.fault"


def read_all(files: Sequence[Path], settings: Settings, today: dt.date, *, strict: bool) -> Iterator[Result]:
    """Read files side by side; one result a file, in their order. `strict` lets our own mistakes through.

    Threads are enough: nearly all of the time goes to Tesseract, which is a process of its own.
    """
    with ThreadPoolExecutor(max_workers=min(settings.workers, len(files))) as pool:
        waiting = [pool.submit(_read, path, settings, today, strict) for path in files]
        try:
            for future in waiting:
                yield future.result()
        finally:
            for future in waiting:
                future.cancel()


def _read(path: Path, settings: Settings, today: dt.date, strict: bool) -> Result:
    from pipeline import stages  # brings OpenCV with it: not at the start of every command

    try:
        return _told_where(stages.process(path, settings, today), path, settings)
    except ToolError as error:
        code = "tool.missing" if isinstance(error, MissingToolError) else "tool.failed"
        return _failed(
            path, code, f"เครื่องมือของระบบทำงานไม่สำเร็จ ({error}) ตรวจเครื่องด้วย saraban doctor", str(error)
        )
    except Exception as error:
        if strict:
            raise
        kind = type(error).__name__  # its words may quote the letter
        thai = f"โปรแกรมผิดพลาดขณะอ่านไฟล์นี้ ({kind}) ดูรายละเอียดด้วย saraban --debug read"
        english = f"The program made a mistake while reading this file ({kind}). See: saraban --debug read"
        return _failed(path, FAULT, thai, english)


def _told_where(result: Result, path: Path, settings: Settings) -> Result:
    """Of a file that is not there: whether one of its name was moved to the quarantine.

    Of protected files the ledger knows no names, so nothing can be said of them.
    """
    if [problem.code for problem in result.problems] != ["file.missing"] or not _has_register(settings):
        return result
    from pipeline.store import open_store

    entry = open_store(settings).last_quarantined(path.name)
    if entry is None:
        return result
    day = entry.updated_at.astimezone().date()

    def say(lang: Lang, reason: str | None) -> str:
        return hint("moved", lang, name=path.name, day=say_day(day, lang), reason=(reason or "").rstrip("."))

    problem = Problem(
        code="file.missing", message=say("th", entry.error), message_en=say("en", entry.error_en) + "."
    )
    return result.model_copy(update={"problems": (problem,)})


def _has_register(settings: Settings) -> bool:
    """Whether there is a register to ask; reading a file must not make one."""
    database = settings.url.removeprefix("sqlite:///")
    return database == settings.url or Path(database).is_file()


def _failed(path: Path, code: str, thai: str, english: str) -> Result:
    from pipeline.intake import sha256_of

    try:
        sha256 = sha256_of(path)
    except (BadInputError, ToolError):
        sha256 = ""
    problem = Problem(code=code, message=thai, message_en=english)
    return Result(file=path.name, sha256=sha256, status="failed", problems=(problem,))


def exit_code(result: Result) -> int:
    """What a result means for the command's exit code: 0, or whose fault it was."""
    if result.status != "failed":
        return 0
    codes = {problem.code for problem in result.problems}
    if FAULT in codes:
        return 1
    return 3 if any(code.startswith("tool.") for code in codes) else 2
