"""The way of one file, stage by stage: plain functions over records, which flows and commands wrap."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

from parsers.letters import read_letter
from parsers.secrecy import secrecy_mark
from pipeline import rules
from pipeline.bundle import split_letters
from pipeline.errors import BadInputError
from pipeline.intake import identify, read_text, sha256_of
from pipeline.pages import read_pages
from pipeline.settings import Settings
from pipeline.transcript import read_transcript
from schemas.ink import Page
from schemas.letter import Secrecy
from schemas.result import Document, Problem, Result

_CLASSES: tuple[Secrecy, ...] = ("ลับ", "ลับมาก", "ลับที่สุด")  # rising


def open_document(
    path: Path, settings: Settings, name: str | None = None, received_at: dt.datetime | None = None
) -> Document:
    """Read a file into pages of lines; a secrecy mark (ชั้นความลับ) stops the way and leaves no page behind.

    BadInputError is the file's fault, ToolError the machine's.
    """
    kind = identify(path, settings)
    file, sha256 = name or path.name, sha256_of(path)
    problems: tuple[Problem, ...] = ()
    if kind == "text":
        pages = read_transcript(read_text(path))
    else:
        pages, problems = read_pages(path, kind, settings)
    secrecy = _strictest(pages)
    if secrecy is not None:
        return Document(file=file, sha256=sha256, received_at=received_at, secrecy=secrecy)
    return Document(file=file, sha256=sha256, received_at=received_at, pages=pages, problems=problems)


def _strictest(pages: tuple[Page, ...]) -> Secrecy | None:
    marks = [mark for page in pages if (mark := secrecy_mark(page)) is not None]
    return max(marks, key=_CLASSES.index, default=None)


def understand(document: Document) -> Result:
    """Split a document into letters and read their fields; no findings yet."""
    if document.secrecy is not None:
        return _protected(document, document.secrecy)
    pages = {page.number: page for page in document.pages}
    letters = tuple(
        read_letter(part.lines, {number: pages[number] for number in part.pages})
        for part in split_letters(document.pages)
    )
    marks = [
        letter.secrecy.value for letter in letters if letter.secrecy is not None and letter.secrecy.value
    ]
    if marks:  # the mark was missed at first and found among the fields: a class is never lowered
        return _protected(document, max(marks, key=_CLASSES.index))
    problems = document.problems or _blank(document.pages)
    return Result(
        file=document.file,
        sha256=document.sha256,
        status="partial" if problems else "ok",
        page_count=len(document.pages),
        page_sizes=tuple((page.width, page.height) for page in document.pages),
        problems=problems,
        letters=letters,
    )


def _protected(document: Document, secrecy: Secrecy) -> Result:
    return Result(file=document.file, sha256=document.sha256, status="protected", secrecy=secrecy)


def _blank(pages: tuple[Page, ...]) -> tuple[Problem, ...]:
    """A document without a single line is nothing to be content with."""
    if any(page.lines for page in pages):
        return ()
    problem = Problem(
        code="document.blank",
        message="ไม่พบตัวอักษรในเอกสารเลย อาจเป็นหน้าเปล่าหรือสแกนกลับด้าน โปรดตรวจดูต้นฉบับ",
        message_en="No writing was found in the document. "
        "It may be blank or scanned on the wrong side: look at it.",
    )
    return (problem,)


def judge(result: Result, settings: Settings, today: dt.date) -> Result:
    """Add what the rules find."""
    if result.status in ("failed", "protected"):
        return result
    return result.model_copy(update={"findings": rules.judge(result, settings, today)})


def process(path: Path, settings: Settings, today: dt.date, received_at: dt.datetime | None = None) -> Result:
    """All stages for one file. The file's own trouble becomes a failed result; ToolError is raised."""
    try:
        document = open_document(path, settings, received_at=received_at)
    except BadInputError as error:
        return failed(path.name, _hash_if_any(path), error)
    return judge(understand(document), settings, today)


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
