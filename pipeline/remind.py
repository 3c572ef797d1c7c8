"""The daily reminder: what is overdue and what is due soon, as text, as a feed for calendars, and by e-mail."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

from pipeline import due, mailer
from pipeline.export.files import whole
from pipeline.say import language
from pipeline.settings import Settings
from pipeline.store import open_store
from schemas.ink import Record

_FEED_DAYS = 366  # a calendar wants to know further ahead than the reminder looks


class Reminder(Record):
    """What is said on one day."""

    day: dt.date
    headline: str
    markdown: str
    text: str
    count: int  # deadlines in it
    feed: str  # the iCalendar file's content


def feed_file(settings: Settings) -> Path:
    """Where the feed lies that calendars subscribe to."""
    return settings.home / "feeds" / "deadlines.ics"


def gather(settings: Settings, today: dt.date) -> Reminder:
    """Look up what presses: all that is overdue, and what is due within `remind_days`."""
    lang, store = language(settings), open_store(settings)
    soon = due.look(store, due.Span(None, today + dt.timedelta(days=settings.remind_days)), today)
    year = due.look(store, due.Span(None, today + dt.timedelta(days=_FEED_DAYS)), today)
    return Reminder(
        day=today,
        headline=due.headline(soon, lang),
        markdown=due.markdown(soon, today, lang),
        text=due.plain(soon, today, lang),
        count=len(soon.all),
        feed=due.feed(year.all, lang, dt.datetime.now(dt.UTC)).decode(),
    )


def publish(reminder: Reminder, settings: Settings) -> Path:
    """Write the feed in one stroke; calendars may be reading it."""
    file = feed_file(settings)
    file.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    with whole(file) as half:
        half.write_bytes(reminder.feed.encode())
    return file


def send(reminder: Reminder, settings: Settings) -> bool:
    """Send the reminder by e-mail where that is configured; on a day on which nothing presses none is sent."""
    if reminder.count == 0:
        return False
    mail = mailer.Mail(f"Saraban: {reminder.headline}", reminder.text, reminder.feed.encode())
    return mailer.send(mail, settings)
