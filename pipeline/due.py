"""What is due: the deadlines of the register that nobody has met yet, by how much they press."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from pipeline.export import ics
from pipeline.say import Lang, Words, count_en, say_day
from pipeline.store import DueRow, Store

OVERDUE = Words("เลยกำหนด", "Overdue")
TODAY = Words("ครบกำหนดวันนี้", "Due today")
WEEK = Words("ภายในสัปดาห์นี้", "Due this week")
LATER = Words("หลังจากนั้น", "Later")

_DAY = dt.timedelta(days=1)
_HEADS = Words("กำหนด | ที่ | เรื่อง | จาก | ผู้ดำเนินการ", "Due | Number | Subject | From | To act")


class Span(NamedTuple):
    """The days that are asked for, both included; None leaves an end open."""

    first: dt.date | None
    last: dt.date | None


class Dues(NamedTuple):
    """The deadlines of a span by how much they press; each list by day."""

    overdue: tuple[DueRow, ...] = ()
    today: tuple[DueRow, ...] = ()
    week: tuple[DueRow, ...] = ()
    later: tuple[DueRow, ...] = ()

    @property
    def all(self) -> tuple[DueRow, ...]:
        """All of them, by day."""
        return (*self.overdue, *self.today, *self.week, *self.later)

    def groups(self) -> tuple[tuple[Words, tuple[DueRow, ...]], ...]:
        """The lists that are not empty, each with its name."""
        named = ((OVERDUE, self.overdue), (TODAY, self.today), (WEEK, self.week), (LATER, self.later))
        return tuple((name, rows) for name, rows in named if rows)


def end_of_week(today: dt.date) -> dt.date:
    """The Sunday of this week."""
    return today + _DAY * (6 - today.weekday())


def look(store: Store, span: Span, today: dt.date, by: str | None = None) -> Dues:
    """The open deadlines of a span; `by`: only those of an office, as sender, addressee or receiver."""
    rows = [row for row in store.every_due(span.first, span.last) if row.date is not None and _is_of(row, by)]
    week = end_of_week(today)

    def between(first: dt.date, last: dt.date) -> tuple[DueRow, ...]:
        return tuple(row for row in rows if row.date is not None and first <= row.date <= last)

    return Dues(
        between(dt.date.min, today - _DAY),
        between(today, today),
        between(today + _DAY, week),
        between(week + _DAY, dt.date.max),
    )


def _is_of(due: DueRow, by: str | None) -> bool:
    if by is None:
        return True
    wanted = "".join(by.split()).casefold()
    names = (due.row.agency, due.row.addressee, due.row.receipt_agency)
    return any(wanted in "".join(name.split()).casefold() for name in names if name)


def headline(dues: Dues, lang: Lang) -> str:
    """One line: how much presses."""
    counts = [(words, len(rows)) for words, rows in dues.groups()]
    if not counts:
        return Words("ไม่มีกำหนดค้าง", "Nothing is due").say(lang)
    return " · ".join(f"{words.say(lang)} {count}" for words, count in counts)


def whose(due: DueRow) -> str:
    """The office that must act: the one that stamped the letter last, else the addressee."""
    return due.row.receipt_agency or due.row.addressee or ""


def pressing(due: DueRow, today: dt.date, lang: Lang) -> str:
    """How far away a deadline is, in words."""
    days = ((due.date or today) - today).days
    if days == 0:
        return Words("วันนี้", "today").say(lang)
    if days < 0:
        return Words(f"เลยมา {-days} วัน", f"{count_en(-days, 'day')} ago").say(lang)
    return Words(f"อีก {days} วัน", f"in {count_en(days, 'day')}").say(lang)


def day_of(due: DueRow, lang: Lang) -> str:
    """The deadline's day and time; with ? where it is not sure."""
    day = say_day(due.date, lang) if due.date else ""
    clock = f" {due.time:%H:%M}" if due.time else ""
    return f"{day}{clock}{'' if due.sure else ' ?'}"


def subject_of(due: DueRow) -> str:
    """What the letter is about, or how else it can be told."""
    return due.row.subject or due.row.number or due.row.file


def markdown(dues: Dues, today: dt.date, lang: Lang) -> str:
    """The reminder as Markdown: a table for each of the lists."""
    rows = [f"# {headline(dues, lang)}", "", say_day(today, lang)]
    heads = (
        "กำหนด | ที่ | เรื่อง | จาก | ผู้ดำเนินการ" if lang == "th" else "Due | Number | Subject | From | To do it"
    ).split(" | ")
    for words, listed in dues.groups():
        rows += ["", f"## {words.say(lang)} ({len(listed)})", ""]
        rows += [_row(heads), _row(["---"] * len(heads))]
        rows += [
            _row(
                [
                    f"{day_of(due, lang)} ({pressing(due, today, lang)})",
                    due.row.number or "",
                    f"{subject_of(due)} — {due.phrase}",
                    due.row.agency or "",
                    whose(due),
                ]
            )
            for due in listed
        ]
    return "\n".join(rows) + "\n"


def _row(cells: Sequence[str]) -> str:
    return "| " + " | ".join(_cell(cell) for cell in cells) + " |"


def _cell(text: str) -> str:
    """Text that cannot break out of its cell, whatever a letter says."""
    flat = " ".join(text.split()).replace("\\", "\\\\")
    for mark in "|<[`*_#":
        flat = flat.replace(mark, f"\\{mark}" if mark != "<" else "&lt;")
    return flat


def plain(dues: Dues, today: dt.date, lang: Lang) -> str:
    """The reminder as plain text, for an e-mail."""
    rows = [headline(dues, lang)]
    for words, listed in dues.groups():
        rows += ["", f"{words.say(lang)} ({len(listed)})"]
        rows += [
            f"- [{due.id}] {day_of(due, lang)} ({pressing(due, today, lang)}): "
            f"{due.row.number or '-'} {subject_of(due)}"
            for due in listed
        ]
    done = Words(
        "ทำแล้วบันทึกด้วย: saraban due --done เลขในวงเล็บ", "When done: saraban due --done NUMBER in brackets"
    )
    return "\n".join([*rows, "", done.say(lang)]) + "\n"


def feed(dues: Iterable[DueRow], lang: Lang, now: dt.datetime) -> bytes:
    """The deadlines as an iCalendar feed; an entry keeps its name, so that a calendar replaces it."""
    entries = [
        ics.Due(
            uid=f"due-{due.id}@saraban",
            day=due.date,
            title=subject_of(due),
            about="\n".join(filter(None, (due.row.number, due.row.agency, due.phrase))),
            time=due.time,
            sure=due.sure,
        )
        for due in dues
        if due.date is not None
    ]
    return ics.calendar(entries, lang, now)
