"""Records, findings and the register as tables for people at a terminal."""

from __future__ import annotations

import datetime as dt
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from functools import partial
from typing import Any, NamedTuple

import click
from rich.cells import cell_len
from rich.console import Console, ConsoleOptions, Group, RenderableType, RenderResult
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn
from rich.table import Table
from rich.text import Text

from pipeline.paths import bare, is_uncounted, label, readings
from pipeline.say import Lang, Words, hint, say_basis, say_day, say_weekday
from pipeline.show_bundle import SUBKINDS, papers
from pipeline.wrap import one_line, wrap
from schemas.finding import Finding, Severity
from schemas.letter import Letter, LetterNumber
from schemas.reading import Reading
from schemas.result import Result

KINDS = {
    "external": Words("หนังสือภายนอก", "external letter"),
    "memo": Words("บันทึกข้อความ", "memo"),
    "stamped": Words("หนังสือประทับตรา", "stamped letter"),
    "order": Words("คำสั่ง", "order"),
    "announcement": Words("ประกาศ", "announcement"),
    "other": Words("เอกสารอื่น", "other paper"),
}
STATUSES = {
    "ok": Words("อ่านครบ", "read whole"),
    "partial": Words("อ่านได้บางส่วน", "read in part"),
    "failed": Words("อ่านไม่ได้", "could not be read"),
    "protected": Words("เอกสารลับ ไม่อ่านข้อความ", "protected, its text is not read"),
}
SEVERITIES = {
    Severity.ERROR: (Words("ผิด", "error"), "bold red"),
    Severity.WARNING: (Words("เตือน", "warning"), "yellow"),
    Severity.NOTE: (Words("ข้อสังเกต", "note"), "cyan"),
}
_FAINT = 0.6  # below this a value is hardly more than a guess
_LONG = 240  # characters of a value that a record shows
_LABEL = 24  # columns of the names of values at most
_GAP = 2  # columns between columns
_EVERY, _EVERY_S = 5, 10.0  # documents, seconds


def written(path: str, value: Any, lang: Lang) -> str:
    """A value as people write it."""
    if isinstance(value, LetterNumber):
        return value.text
    if isinstance(value, dt.date):
        return say_day(value, lang)
    if isinstance(value, dt.time):
        return f"{value:%H:%M} น." if lang == "th" else f"{value:%H:%M}"
    if path == "weekday":
        return say_weekday(value, lang)
    if path in ("kind", "subkind"):
        return (KINDS if path == "kind" else SUBKINDS)[value].say(lang)
    if isinstance(value, bool):
        yes, no = ("มี", "ไม่มี") if lang == "th" else ("yes", "no")
        return yes if value else no
    return str(value)


def certainty(ink: Reading[Any], sure: float, lang: Lang) -> Text:
    """How sure a reading is, in words."""
    if ink.reader == "person":
        return Text("คนตรวจแล้ว" if lang == "th" else "by a person", style="green")
    if ink.value is None:
        return Text("อ่านไม่ออก" if lang == "th" else "not understood", style="bold red")
    if ink.confidence >= sure:
        return Text("แน่ใจ" if lang == "th" else "sure", style="green")
    if ink.confidence >= _FAINT:
        return Text("ควรตรวจ" if lang == "th" else "check it", style="yellow")
    return Text("ไม่แน่ใจ" if lang == "th" else "doubtful", style="red")


class Fitted(NamedTuple):
    """Something that must know how wide the terminal is to be laid out."""

    build: Callable[[int], RenderableType]

    def __rich_console__(self, _console: Console, options: ConsoleOptions) -> RenderResult:
        """Lay it out in the room that there is."""
        yield self.build(options.max_width)


def record(
    result: Result, sure: float, lang: Lang, only: int | None = None, *, body: bool = False
) -> RenderableType:
    """One file: its letters with value, ink and certainty, then what went wrong and what was found.

    `only` the letter at this place, where one of several was asked for; `body`: with its whole text.
    """
    head = Text.assemble((result.file, "bold"), "  ", _status(result, sure, lang))
    if result.status == "protected":
        head.append(f": {result.secrecy}", style="bold red")
        return head
    parts: list[RenderableType] = [head]
    for problem in result.problems:
        where = f" ({_page(problem.page, lang)})" if problem.page else ""
        parts.append(
            wrapped(f"{problem.message if lang == 'th' else problem.message_en}{where}", "  ", "yellow")
        )
    for place, letter in enumerate(result.letters):
        if only not in (None, place):
            continue
        if len(result.letters) > 1:
            name = "ฉบับที่" if lang == "th" else "Letter"
            parts.append(Text(f"\n{name} {place + 1}", style="bold"))
        parts.append(letter_table(letter, sure, lang, body=body))
    for heading, told in papers(result, sure, lang) if only is None else ():
        parts.append(Text(f"\n{heading}", style="bold"))
        parts.extend(wrapped(each, "  ") for each in told)
    found = [each for each in result.findings if only is None or each.letter in (None, only)]
    if found:
        parts.append(Text("\nสิ่งที่พบ" if lang == "th" else "\nFindings", style="bold"))
        parts.append(findings(found, lang, letters=len(result.letters)))
    elif result.status == "ok":
        parts.append(Text("ไม่พบข้อสังเกต" if lang == "th" else "No findings.", style="green"))
    return Group(*parts)


def _status(result: Result, sure: float, lang: Lang) -> str:
    """What became of the file; a paper of no known kind without one sure value is hardly a letter."""
    if result.status == "ok" and result.letters and all(_is_strange(each, sure) for each in result.letters):
        return hint("not_a_letter", lang)
    return STATUSES[result.status].say(lang)


def _is_strange(letter: Letter, sure: float) -> bool:
    return letter.kind.value in (None, "other") and not any(
        ink.value is not None and ink.confidence >= sure for path, ink in readings(letter) if path != "kind"
    )


def letter_table(letter: Letter, sure: float, lang: Lang, *, body: bool = False) -> RenderableType:
    """Every value of one letter beside the ink it came from; of the body the beginning, or all of it."""
    rows = list(_letter_rows(letter, sure, lang))
    return Fitted(lambda width: _letter_table(rows, lang, width, body=body))


class _Row(NamedTuple):
    path: str
    label: str
    value: str
    ink: str
    certainty: Text
    page: str


def _letter_rows(letter: Letter, sure: float, lang: Lang) -> Iterator[_Row]:
    for path, ink in readings(letter):
        name = bare(path)
        if name in ("deadlines.kind", "salutation"):
            continue
        value = "—" if ink.value is None else written(name, ink.value, lang)
        raw = "" if ink.raw.strip() == value or name in ("kind", "body") else ink.raw.strip()
        yield _Row(
            name, label(path, lang), value, raw, _certainty_of(letter, path, ink, sure, lang), str(ink.page)
        )


def _letter_table(rows: Sequence[_Row], lang: Lang, width: int, *, body: bool) -> Table:
    th = lang == "th"
    heads = (
        "ค่าที่อ่านได้" if th else "value",
        "หมึกบนกระดาษ" if th else "ink",
        "ความแน่ใจ" if th else "certainty",
        "หน้า" if th else "page",
    )
    left = min(max((cell_len(row.label) for row in rows), default=0), _LABEL)
    sure = max(cell_len(text) for text in (heads[2], *(row.certainty.plain for row in rows)))
    room = max(20, width - left - sure - cell_len(heads[3]) - 4 * _GAP)
    ink = max(cell_len(heads[1]), min(room * 2 // 5, max((cell_len(row.ink) for row in rows), default=0)))
    value = room - ink
    table = Table(box=None, pad_edge=False, show_edge=False, padding=(0, _GAP, 0, 0))
    table.add_column("", style="dim", width=left, no_wrap=True)
    table.add_column(heads[0], width=value, no_wrap=True)
    table.add_column(heads[1], width=ink, no_wrap=True, style="dim")
    table.add_column(heads[2], width=sure, no_wrap=True)
    table.add_column(heads[3], justify="right", no_wrap=True)
    for row in rows:
        short = row.path == "body" and not body
        shown = one_line(row.value, value) if short else _wrapped(row.value, value, whole=row.path == "body")
        table.add_row(
            "\n".join(wrap(row.label, left)), shown, _wrapped(row.ink, ink), row.certainty, row.page
        )
    return table


def _wrapped(text: str, width: int, *, whole: bool = False) -> str:
    text = text if whole else " ".join(text.split())
    if not whole and len(text) > _LONG:
        text = text[:_LONG].rstrip() + " …"
    return "\n".join(wrap(text, width))


def wrapped(text: str, indent: str = "", style: str = "") -> Fitted:
    """A paragraph broken between words; lines after the first stand a little to the right."""

    def build(width: int) -> Text:
        first, *rest = wrap(text, width - len(indent) - 2)
        return Text("\n".join([indent + first, *(f"{indent}  {line}" for line in rest)]), style=style)

    return Fitted(build)


def _certainty_of(letter: Letter, path: str, ink: Reading[Any], sure: float, lang: Lang) -> Text:
    if is_uncounted(letter, path):
        return Text("ยังนับไม่ได้" if lang == "th" else "not counted yet", style="yellow")
    return certainty(ink, sure, lang)


def _page(page: int, lang: Lang) -> str:
    return f"หน้า {page}" if lang == "th" else f"page {page}"


def gravest_first(finding: Finding) -> tuple[bool, int, bool]:
    """The order in which findings matter to a clerk: notes last, faults of the letter before our doubts."""
    note = finding.severity is Severity.NOTE
    return (note, finding.fault == "reading", finding.severity is not Severity.ERROR)


def findings(found: Iterable[Finding], lang: Lang, file: str = "", letters: int = 1) -> RenderableType:
    """Findings, the gravest first, each with its place and what it rests on below it."""
    lines: list[RenderableType] = []
    for each in sorted(found, key=gravest_first):
        lines.append(Fitted(partial(_finding, each, lang)))
        places = [file] if file else []
        if letters > 1 and each.letter is not None:
            places.append(f"ฉบับที่ {each.letter + 1}" if lang == "th" else f"letter {each.letter + 1}")
        if each.page:
            places.append(_page(each.page, lang))
        lines.append(wrapped(" · ".join([*places, each.id, say_basis(each.basis, lang)]), "  ", "dim"))
    return Group(*lines)


def _finding(each: Finding, lang: Lang, width: int) -> Text:
    words, style = SEVERITIES[each.severity]
    mark = words.say(lang)
    first, *rest = wrap(each.message if lang == "th" else each.message_en, width - cell_len(mark) - 1)
    return Text.assemble((mark, style), f" {first}", *(f"\n  {line}" for line in rest))


def console(*, stderr: bool = False) -> Console:
    """A console that takes nothing in a letter's text for markup."""
    return Console(stderr=stderr, highlight=False, emoji=False, markup=False)


def is_terminal() -> bool:
    """Whether people see at once what is said while work goes on."""
    return console(stderr=True).is_terminal


class Pace:
    """When to say how far a run is, where no bar can be drawn: each few documents, or each few seconds."""

    def __init__(self, lang: Lang) -> None:
        self._lang, self._done, self._moment = lang, 0, time.monotonic()

    def tell(self, done: int, total: int) -> None:
        """Print one plain line when it is time for one; the end is told by what follows."""
        late = time.monotonic() - self._moment >= _EVERY_S and done > self._done
        if done < total and (done - self._done >= _EVERY or late):
            self._done, self._moment = done, time.monotonic()
            click.echo(hint("done_of", self._lang, done=done, total=total), err=True)


@contextmanager
def progress(lang: Lang) -> Iterator[Callable[[int, int], None]]:
    """A bar on the terminal while a folder is read; tell it how many of how many are done."""
    out = console(stderr=True)
    if not out.is_terminal:
        yield Pace(lang).tell
        return
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    with Progress(*columns, console=out, transient=True) as bar:
        job = bar.add_task(hint("reading", lang), total=None)
        yield lambda done, total: bar.update(job, completed=done, total=total)


@contextmanager
def busy(lang: Lang, *, quiet: bool) -> Iterator[Console]:
    """A console to print on, while a sign on the terminal says that work goes on."""
    out = console()
    if quiet or not out.is_terminal:
        yield out
        return
    with out.status(hint("reading", lang)):
        yield out
