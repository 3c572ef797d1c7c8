"""The way of one file, stage by stage: plain functions over records, which flows and commands wrap."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

from parsers.secrecy import secrecy_mark
from pipeline import rules
from pipeline.errors import BadInputError
from pipeline.intake import identify, read_text, sha256_of
from pipeline.offices import agencies_of
from pipeline.pages import read_pages
from pipeline.settings import Settings
from pipeline.transcript import read_transcript
from pipeline.understand import CLASSES, understand
from schemas.contest import Link
from schemas.ink import Page
from schemas.letter import Secrecy
from schemas.result import Document, Problem, Result

__all__ = ["failed", "judge", "open_document", "process", "understand"]


def open_document(
    path: Path, settings: Settings, name: str | None = None, received_at: dt.datetime | None = None
) -> Document:
    """Read a file into pages of lines; a secrecy mark (ชั้นความลับ) stops the way and leaves no page behind.

    BadInputError is the file's fault, ToolError the machine's.
    """
    kind = identify(path, settings)
    file, sha256 = name or path.name, sha256_of(path)
    problems: tuple[Problem, ...] = ()
    links: list[Link] = []
    if kind == "text":
        pages = read_transcript(read_text(path))
    else:
        pages, problems = read_pages(path, kind, settings, links)
    secrecy = _strictest(pages)
    if secrecy is not None:
        return Document(file=file, sha256=sha256, received_at=received_at, secrecy=secrecy)
    return Document(
        file=file,
        sha256=sha256,
        received_at=received_at,
        pages=pages,
        links=tuple(links),
        problems=problems,
    )


def _strictest(pages: tuple[Page, ...]) -> Secrecy | None:
    marks = [mark for page in pages if (mark := secrecy_mark(page)) is not None]
    return max(marks, key=CLASSES.index, default=None)


def judge(
    result: Result, settings: Settings, today: dt.date, numbered: rules.Numbered | None = None
) -> Result:
    """Add what the rules find; `numbered` lets them look into the register."""
    if result.status in ("failed", "protected"):
        return result
    return result.model_copy(update={"findings": rules.judge(result, settings, today, numbered)})


def process(path: Path, settings: Settings, today: dt.date, received_at: dt.datetime | None = None) -> Result:
    """All stages for one file. The file's own trouble becomes a failed result; ToolError is raised."""
    try:
        document = open_document(path, settings, received_at=received_at)
    except BadInputError as error:
        return failed(path.name, _hash_if_any(path), error)
    return judge(understand(document, own=agencies_of(settings)), settings, today)


def failed(file: str, sha256: str, error: BadInputError) -> Result:
    """The result of a file that cannot be used."""
    problem = Problem(code=error.code, message=error.message, message_en=error.message_en)
    return Result(file=file, sha256=sha256, status="failed", problems=(problem,))


def _hash_if_any(path: Path) -> str:
    """The hash of a file that can be read at all, else an empty string."""
    try:
        return sha256_of(path) if path.is_file() else ""
    except BadInputError:
        return ""
