"""From pages of lines to facts: letters, annexes, what a contest asks and tells, links, contradictions."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from parsers.agencies import Agency
from parsers.awards import awards_of
from parsers.binding import Bound, bind
from parsers.contest import rules_of
from parsers.contradictions import Place, find_contradictions
from parsers.criteria import read_criteria, read_project
from parsers.known import with_known_addressee, with_known_signer
from parsers.letters import ReadPart, read_part
from parsers.links import find_links
from parsers.rows import Row, Sheets
from parsers.schedule import read_schedule
from parsers.senders import with_sender
from parsers.signed import with_signatures
from parsers.tables import find_grids, tables_of
from pipeline.bundle import Part, grouped, split_letters
from schemas.contest import Link
from schemas.ink import Line, Page
from schemas.letter import Letter, Secrecy
from schemas.result import Document, Problem, Result

_CONTEST = ("ประกวด", "แข่งขัน", "รางวัล", "ผลงาน", "award", "contest", "competition", "prize")
_PRAISE = ("ดีเด่น", "ต้นแบบ", "ดีเยี่ยม")
_CRITERIA = ("เกณฑ์", "คะแนน", "น้ำหนัก", "หมวดที่", "ตัวชี้วัด", "criteri", "score")

CLASSES: tuple[Secrecy, ...] = ("ลับ", "ลับมาก", "ลับที่สุด")  # rising


def understand(
    document: Document,
    groups: Sequence[Sequence[int]] | None = None,
    own: Sequence[Agency] = (),
    signers: Sequence[str] = (),
    addressees: Sequence[str] = (),
) -> Result:
    """Split a document into letters and annexes and read their fields; no findings yet.

    `groups` is a person's decision: for each letter its pages, in order, the pages of its annexes included. Without
    it the pages themselves say where letters begin. `own` are the agencies that the office added, `signers` and
    `addressees` the names that it knows.
    """
    if document.secrecy is not None:
        return protected(document, document.secrecy)
    pages = Sheets(document.pages)
    parts = split_letters(document.pages, pages) if groups is None else grouped(document.pages, groups)
    read = [_read(part, pages) for part in parts]
    marks = [mark for one in read if one.letter.secrecy is not None and (mark := one.letter.secrecy.value)]
    if marks:  # the mark was missed at first and found among the fields: a class is never lowered
        return protected(document, max(marks, key=CLASSES.index))
    bound = _with_papers(bind(read), read, pages)
    told = (with_known_signer(with_sender(letter, own), signers) for letter in bound.letters)
    told = (with_known_addressee(letter, addressees) for letter in told)
    letters = (with_signatures(letter, pages) for letter in told)
    bound = bound._replace(letters=tuple(letters))
    problems = document.problems or _blank(document.pages)
    lines = [line for page in document.pages for line in page.lines]
    said = _said(lines)
    of_contest = any(word in said for word in _CONTEST)
    rows, grids = find_grids(lines, pages)
    praises = of_contest or any(word in said for word in _PRAISE)
    awards, tallies = awards_of(rows, grids) if praises else ((), ())
    result = Result(
        file=document.file,
        sha256=document.sha256,
        status="partial" if problems else "ok",
        page_count=len(document.pages),
        page_sizes=tuple((page.width, page.height) for page in document.pages),
        problems=problems,
        letters=bound.letters,
        annexes=bound.annexes,
        links=_links(document, find_links(rows)),
        awards=awards,
        tallies=tallies,
        rules=rules_of(rows, grids) if of_contest else None,
        tables=tables_of(grids),
    )
    return result.model_copy(update={"contradictions": find_contradictions(_places(read, bound, result))})


def protected(document: Document, secrecy: Secrecy) -> Result:
    """What is told of a file with a secrecy mark: its class, and nothing of its text."""
    return Result(file=document.file, sha256=document.sha256, status="protected", secrecy=secrecy)


def _read(part: Part, pages: Mapping[int, Page]) -> ReadPart:
    """One part with its letter, which also keeps how surely it was parted from its neighbours."""
    read = read_part(part.lines, pages)
    own = set(read.letter.pages)
    order = tuple(number for number in part.order if number in own)
    kept = {
        "split": part.confidence,
        "order": order if list(order) != sorted(order) else (),
        "missing_pages": part.missing,
    }
    return read._replace(letter=read.letter.model_copy(update=kept))


def _with_papers(bound: Bound, read: Sequence[ReadPart], pages: Mapping[int, Page]) -> Bound:
    """Letters and annexes with the criteria and timetables that stand on them."""
    letters = tuple(
        _with_result(letter, lines, pages) if _speaks(lines := _lines(part.own), _CRITERIA) else letter
        for letter, part in zip(bound.letters, read, strict=True)
    )
    annexes = []
    for annex, rows in zip(bound.annexes, bound.rows, strict=True):
        lines = _lines(rows)
        criteria = read_criteria(lines, pages).criteria
        weights = tuple(one.weight for one in criteria if one.weight is not None)
        schedule = read_schedule(lines, pages)
        annexes.append(
            annex.model_copy(update={"criteria": criteria, "weights": weights, "schedule": schedule})
        )
    return Bound(letters, tuple(annexes), bound.rows)


def _with_result(letter: Letter, lines: Sequence[Line], pages: Mapping[int, Page]) -> Letter:
    """A letter with the criteria that it tells, the work they were held to, and the score where a table has it."""
    found = read_criteria(lines, pages)
    told: dict[str, object] = {"criteria": found.criteria, "project": read_project(lines, pages)}
    sent = letter.kind.value in ("external", "memo", "stamped")
    if letter.score is None and sent and any(one.score is not None for one in found.criteria):
        told["score"] = found.got
    return letter.model_copy(update=told)


def _speaks(lines: Sequence[Line], words: Sequence[str]) -> bool:
    """Whether a text has any of the words without which its tables need not be looked at."""
    text = _said(lines)
    return any(word in text for word in words)


def _said(lines: Sequence[Line]) -> str:
    """What lines say, in small letters."""
    return "\n".join([line.text for line in lines]).lower()


def _lines(rows: Sequence[Row]) -> list[Line]:
    """The lines that rows were cut from, each once, in order."""
    return list({id(row.line): row.line for row in rows}.values())


def _places(read: Sequence[ReadPart], bound: Bound, result: Result) -> list[Place]:
    """Who tells what: each letter with its own rows, and behind it its annexes with theirs."""
    letters = [
        Place(f"letters.{at}", tuple(part.own), letter, None)
        for at, (part, letter) in enumerate(zip(read, bound.letters, strict=True))
    ]
    annexes = [
        Place(f"annexes.{at}", rows, None, annex)
        for at, (rows, annex) in enumerate(zip(bound.rows, result.annexes, strict=True))
    ]
    sent: dict[int | None, list[Place]] = {}
    for place, annex in zip(annexes, result.annexes, strict=True):
        sent.setdefault(annex.letter, []).append(place)
    return [each for at, letter in enumerate(letters) for each in (letter, *sent.get(at, ()))]


def _links(document: Document, printed: Sequence[Link]) -> tuple[Link, ...]:
    """Printed addresses, and what the QR codes hold; an address told both ways is told twice, by both inks."""
    return (*printed, *document.links)


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
