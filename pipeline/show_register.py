"""The register as a table, what became of the files, and the tour of `saraban demo`."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from rich.box import SIMPLE_HEAD
from rich.console import Group, RenderableType
from rich.table import Table
from rich.text import Text

from pipeline import show
from pipeline.say import STATES, Lang, hint, say_day
from schemas.finding import Severity

if TYPE_CHECKING:  # the store brings SQLAlchemy with it, which reading a file does not need
    from pipeline.store.records import Entry, RegisterRow, State, Stored

_WIDE, _WIDEST = 116, 200  # columns of the terminal
_HEADS_TH = ("ที่", "ลงวันที่", "จาก", "เรื่อง", "กำหนด", "พบ")
_HEADS_EN = ("number", "date", "from", "subject", "due", "found")
_ASIDE: tuple[State, ...] = ("seen", "reading", "quarantined", "protected", "failed")


def register(rows: Sequence[RegisterRow], lang: Lang, today: dt.date, width: int) -> Table:
    """The register (ทะเบียนหนังสือรับ); a value that is not sure bears a question mark.

    One line a letter where there is room; else two: the date below the number, the subject below the sender.
    """
    wide = width >= _WIDE
    table = Table(
        box=SIMPLE_HEAD, show_edge=False, expand=True, padding=(0, 1, 0, 0), width=min(width, _WIDEST)
    )
    heads = _HEADS_TH if lang == "th" else _HEADS_EN
    number, date, agency, subject, due, found = heads
    table.add_column("#", justify="right", no_wrap=True, style="dim")
    for head in (number, date) if wide else (f"{number}\n{date}",):
        table.add_column(head, no_wrap=True)
    for head, ratio in ((agency, 2), (subject, 3)) if wide else ((f"{agency}\n{subject}", 1),):
        table.add_column(head, no_wrap=True, ratio=ratio, overflow="ellipsis")
    table.add_column(due, no_wrap=True)
    table.add_column(found, no_wrap=True)
    for row in rows:
        left = [
            _marked(row, "number", row.number or ""),
            _marked(row, "date", say_day(row.date, lang) if row.date else ""),
        ]
        right = [_marked(row, "agency", row.agency or ""), _marked(row, "subject", row.subject or row.file)]
        lines = [*left, *right] if wide else [Text("\n").join(left), Text("\n").join(right)]
        flags = Text(" " if wide else "\n").join(_flags(row, lang))
        table.add_row(str(row.id or "–"), *lines, _due(row, lang, today), flags)
    return table


def _due(row: RegisterRow, lang: Lang, today: dt.date) -> Text:
    due = _marked(row, "deadlines", say_day(row.deadline, lang) if row.deadline else "")
    if row.deadline and row.deadline < today:
        due.stylize("dim")
    return due


def _marked(row: RegisterRow, field: str, text: str) -> Text:
    if not any(path == field or path.startswith(f"{field}.") for path in row.doubtful):
        return Text(text)
    return Text(f"{text}?" if text else "?", style="yellow")


def _flags(row: RegisterRow, lang: Lang) -> list[Text]:
    """What a clerk must know at a glance: whether to look, and how much was found."""
    flags = [Text("ดู" if lang == "th" else "look", style="bold yellow")] if row.needs_person else []
    for count, severity in ((row.errors, Severity.ERROR), (row.warnings, Severity.WARNING)):
        if count:
            words, style = show.SEVERITIES[severity]
            flags.append(Text(f"{words.say(lang)} {count}", style=style))
    return flags


def summary(counts: Mapping[str, Any], lang: Lang) -> RenderableType:
    """What became of a folder: the counts of one run by name."""
    states = [f"{STATES[state].say(lang)}: {counts[state]}" for state in STATES if counts.get(state)]
    rest = [
        hint(key, lang, count=counts[key])
        for key in ("unchanged", "duplicates", "growing")
        if counts.get(key)
    ]
    parts: list[RenderableType] = [Text(hint("found_files", lang, count=counts["found"]), style="bold")]
    parts += [Text(f"  {line}") for line in (*states, *rest)]
    for place in counts.get("unreadable", ()):
        message = place["problem"]["message" if lang == "th" else "message_en"]
        parts.append(Text(f"  {place['path']}: {message}", style="yellow"))
    return Group(*parts)


def arrival(entry: Entry | None, sha256: str, lang: Lang) -> str:
    """One line about a document that came in while a folder was watched; of a protected one no name."""
    state = STATES[entry.state].say(lang) if entry else ""
    trouble = (entry.error if lang == "th" else entry.error_en) if entry else None
    name = (entry.name if entry else None) or sha256[:12]
    return f"{dt.datetime.now():%H:%M:%S}  {sha256[:8]}  {name}  {state}" + (
        f": {trouble}" if trouble else ""
    )


def set_aside(counts: Mapping[State, int], lang: Lang) -> Text:
    """What is not in the register, and why; empty when everything is."""
    words = [f"{STATES[state].say(lang)}: {counts[state]}" for state in _ASIDE if counts.get(state)]
    return Text(" · ".join(words), style="yellow")


def stored(kept: Stored, sure: float, lang: Lang) -> RenderableType:
    """One kept document, or the one letter of it that was asked for."""
    entry, result = kept.entry, kept.result
    if entry.state == "protected":
        return Text(hint("secret", lang, class_=entry.secrecy or "?"), style="bold red")
    if result is None:
        trouble = (entry.error if lang == "th" else entry.error_en) or ""
        return Text(hint("unread", lang, state=STATES[entry.state].say(lang)) + f" {trouble}")
    parts: list[RenderableType] = [show.record(result, sure, lang, only=kept.letter)]
    parts += [Text(f"{hint('seen_at', lang)} {place}", style="dim") for place in kept.places]
    return Group(*parts)


def tour(rows: Sequence[RegisterRow], get: Callable[[str], Stored | None], lang: Lang) -> RenderableType:
    """All that was found in the letters, and what to try next."""
    parts: list[RenderableType] = [Text(f"\n{hint('found', lang)}", style="bold")]
    for sha256 in dict.fromkeys(row.sha256 for row in rows):
        kept = get(sha256)
        if kept is not None and kept.result is not None:
            heavy = [each for each in kept.result.findings if each.severity is not Severity.NOTE]
            parts.append(show.findings(heavy, lang, file=kept.result.file, letters=len(kept.result.letters)))
    parts.append(Text(f"\n{hint('next', lang)}", style="bold"))
    first = next((row.id for row in rows if row.needs_person and row.id), rows[0].id if rows else 1)
    parts += [Text(f"  {line}") for line in hint("tour", lang, first=first).splitlines()]
    return Group(*parts)
