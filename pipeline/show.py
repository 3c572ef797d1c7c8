"""Records, findings and the register as tables for people at a terminal."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from typing import Any

from rich.console import Console, Group, RenderableType
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn
from rich.table import Table
from rich.text import Text

from pipeline.paths import bare, is_uncounted, label, readings
from pipeline.say import Lang, Words, hint, say_basis, say_day, say_weekday
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
    if path == "kind":
        return KINDS[value].say(lang)
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


def record(result: Result, sure: float, lang: Lang, only: int | None = None) -> RenderableType:
    """One file: its letters with value, ink and certainty, then what went wrong and what was found.

    `only` the letter at this place, where one of several was asked for.
    """
    head = Text.assemble((result.file, "bold"), "  ", STATUSES[result.status].say(lang))
    if result.status == "protected":
        head.append(f": {result.secrecy}", style="bold red")
        return head
    parts: list[RenderableType] = [head]
    for problem in result.problems:
        where = f" ({_page(problem.page, lang)})" if problem.page else ""
        parts.append(
            Text(f"  {problem.message if lang == 'th' else problem.message_en}{where}", style="yellow")
        )
    for place, letter in enumerate(result.letters):
        if only not in (None, place):
            continue
        if len(result.letters) > 1:
            name = "ฉบับที่" if lang == "th" else "Letter"
            parts.append(Text(f"\n{name} {place + 1}", style="bold"))
        parts.append(letter_table(letter, sure, lang))
    found = [each for each in result.findings if only is None or each.letter in (None, only)]
    if found:
        parts.append(Text("\nสิ่งที่พบ" if lang == "th" else "\nFindings", style="bold"))
        parts.append(findings(found, lang, letters=len(result.letters)))
    elif result.status == "ok":
        parts.append(Text("ไม่พบข้อสังเกต" if lang == "th" else "No findings.", style="green"))
    return Group(*parts)


def letter_table(letter: Letter, sure: float, lang: Lang) -> Table:
    """Every value of one letter beside the ink it came from."""
    table = Table(box=None, pad_edge=False, show_edge=False, padding=(0, 2, 0, 0))
    th = lang == "th"
    table.add_column("", style="dim", min_width=10, max_width=24)
    table.add_column("ค่าที่อ่านได้" if th else "value", ratio=3, overflow="fold")
    table.add_column("หมึกบนกระดาษ" if th else "ink", ratio=2, overflow="fold", style="dim")
    table.add_column("ความแน่ใจ" if th else "certainty", no_wrap=True)
    table.add_column("หน้า" if th else "page", justify="right", no_wrap=True)
    for path, ink in readings(letter):
        if bare(path) in ("deadlines.kind", "salutation"):
            continue
        value = "—" if ink.value is None else _cut(written(bare(path), ink.value, lang))
        raw = "" if ink.raw.strip() == value or bare(path) in ("kind", "body") else _cut(ink.raw.strip())
        table.add_row(
            label(path, lang), value, raw, _certainty_of(letter, path, ink, sure, lang), str(ink.page)
        )
    return table


def _certainty_of(letter: Letter, path: str, ink: Reading[Any], sure: float, lang: Lang) -> Text:
    if is_uncounted(letter, path):
        return Text("ยังนับไม่ได้" if lang == "th" else "not counted yet", style="yellow")
    return certainty(ink, sure, lang)


def _cut(text: str) -> str:
    text = " ".join(text.split())
    return text if len(text) <= _LONG else text[:_LONG].rstrip() + " …"


def _page(page: int, lang: Lang) -> str:
    return f"หน้า {page}" if lang == "th" else f"page {page}"


def findings(found: Iterable[Finding], lang: Lang, file: str = "", letters: int = 1) -> RenderableType:
    """Findings, one a line with its place, then what it rests on."""
    lines: list[RenderableType] = []
    for each in found:
        words, style = SEVERITIES[each.severity]
        places = [file] if file else []
        if letters > 1 and each.letter is not None:
            places.append(f"ฉบับที่ {each.letter + 1}" if lang == "th" else f"letter {each.letter + 1}")
        if each.page:
            places.append(_page(each.page, lang))
        line = Text.assemble((words.say(lang), style), " ", each.message if lang == "th" else each.message_en)
        lines.append(line)
        where = " · ".join([*places, each.id, say_basis(each.basis, lang)])
        lines.append(Text(f"  {where}", style="dim"))
    return Group(*lines)


def console(*, stderr: bool = False) -> Console:
    """A console that takes nothing in a letter's text for markup."""
    return Console(stderr=stderr, highlight=False, emoji=False, markup=False)


@contextmanager
def progress(lang: Lang) -> Iterator[Callable[[int, int], None]]:
    """A bar on the terminal while a folder is read; tell it how many of how many are done."""
    out = console(stderr=True)
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    with Progress(*columns, console=out, transient=True, disable=not out.is_terminal) as bar:
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
