"""Deadlines as an iCalendar feed (.ics) that any calendar program takes."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from icalendar import Alarm, Calendar, Event

from pipeline.export.files import whole
from pipeline.say import Lang, Words

if TYPE_CHECKING:
    from pipeline.store.records import RegisterRow

_NAME = Words("กำหนดตอบหนังสือ", "Deadlines of letters")
_DOUBT = Words("อ่านไม่แน่ใจ โปรดตรวจกับต้นฉบับ", "Not sure: compare with the page")
_NUMBER, _FROM = Words("ที่", "Number"), Words("จาก", "From")
_WARN_BEFORE = dt.timedelta(days=1)


class Due(NamedTuple):
    """One deadline: what the calendar shows of it."""

    uid: str  # stable: the same deadline replaces itself when the feed is read again
    day: dt.date
    title: str
    about: str = ""
    time: dt.time | None = None
    sure: bool = True


def due_of(row: RegisterRow, lang: Lang) -> Due | None:
    """The earliest deadline of a register row; None where it has none."""
    if row.deadline is None:
        return None
    said = [
        f"{words.say(lang)}: {value}"
        for words, value in ((_NUMBER, row.number), (_FROM, row.agency))
        if value is not None
    ]
    return Due(
        uid=f"{row.sha256[:16]}-{row.letter or 0}@saraban",
        day=row.deadline,
        title=row.subject or row.number or row.file,
        about="\n".join(said),
        sure=not any(path.startswith("deadlines.") and path.endswith(".date") for path in row.doubtful),
    )


def calendar(dues: Iterable[Due], lang: Lang, now: dt.datetime) -> bytes:
    """The feed as bytes: an all-day entry a deadline, with an alarm the day before.

    `now` is when the feed was made, with time zone. A doubtful day says so in its title.
    """
    feed = Calendar()
    feed.add("prodid", "-//Saraban//Deadlines//TH")
    feed.add("version", "2.0")
    feed.add("x-wr-calname", _NAME.say(lang))
    for due in dues:
        feed.add_component(_event(due, lang, now))
    return bytes(feed.to_ical())


def save_ics(rows: Iterable[RegisterRow], file: Path, lang: Lang, now: dt.datetime) -> int:
    """Write the deadlines of register rows; return how many there are."""
    dues = [due for row in rows if (due := due_of(row, lang)) is not None]
    with whole(file) as half:
        half.write_bytes(calendar(dues, lang, now))
    return len(dues)


def _event(due: Due, lang: Lang, now: dt.datetime) -> Event:
    event = Event()
    event.add("uid", due.uid)
    event.add("dtstamp", now)
    event.add("dtstart", due.day)
    event.add("dtend", due.day + dt.timedelta(days=1))
    clock = f"{due.time:%H:%M} " if due.time is not None else ""
    event.add("summary", f"{'' if due.sure else '(?) '}{clock}{due.title}")
    event.add("description", "\n".join(filter(None, (due.about, "" if due.sure else _DOUBT.say(lang)))))
    event.add("transp", "TRANSPARENT")  # a deadline does not make anybody busy
    alarm = Alarm()
    alarm.add("action", "DISPLAY")
    alarm.add("description", due.title)
    alarm.add("trigger", -_WARN_BEFORE)
    event.add_component(alarm)
    return event
