"""The first page: what came, what needs a person, what is due, and honestly how the system is."""

from __future__ import annotations

import datetime as dt
import shutil
from typing import NamedTuple

from fastapi import APIRouter, Request
from fastapi.responses import Response

from pipeline.heartbeat import last_beat
from pipeline.say import Lang
from pipeline.store import Entry, RowFilter, State
from pipeline.web.gate import House, house, lang_of, now
from pipeline.web.render import ago, moment, page, say

router = APIRouter(include_in_schema=False)
_FEW = 8
_LATELY = dt.timedelta(days=14)  # what is late for longer stands in the register
_SILENT = dt.timedelta(minutes=3)  # the watcher looks every half minute; reading a long file takes longer
_LITTLE_ROOM = 2_000_000_000  # bytes


@router.get("/")
def today(request: Request) -> Response:
    """The page."""
    home, day = house(request), dt.date.today()
    store = home.store
    week = day + dt.timedelta(days=7)
    came = store.page(RowFilter(received_from=day), limit=1)
    waiting = store.page(RowFilter(needs_person=True), "received", limit=_FEW)
    yesterday = day - dt.timedelta(days=1)
    late = store.page(RowFilter(due_to=yesterday, open_deadline=True), limit=1)
    due = store.page(RowFilter(due_from=day, due_to=week, open_deadline=True), limit=1)
    lately = store.latest_due(day - _LATELY, yesterday, _FEW // 2)
    newest = store.page(RowFilter(), limit=_FEW)
    return page(
        request,
        "today.html",
        today=day,
        came=came,
        waiting=waiting,
        late=late,
        due=due,
        soonest=[*lately, *store.due(day, week, limit=_FEW).rows],
        newest=newest,
        health=health(home, lang_of(request)),
    )


@router.get("/today/health")
def refresh(request: Request) -> Response:
    """How the system is, by itself: asked for every minute."""
    return page(request, "health.html", health=health(house(request), lang_of(request)))


class Sign(NamedTuple):
    """One thing about the system: good, to be watched, or bad."""

    key: str
    text: str
    state: str  # good, warn or bad: shown in words too, by `text`


def health(home: House, lang: Lang) -> list[Sign]:
    """What can honestly be said of the watcher, the queue, the tools and the disk."""
    free = shutil.disk_usage(home.settings.home).free
    states: tuple[tuple[str, State], ...] = (
        ("waiting_n", "seen"),
        ("failed_n", "failed"),
        ("quarantined_n", "quarantined"),
    )
    counts = home.store.counts([state for _, state in states])
    queue = [say(lang, key, n=counts[state]) for key, state in states if counts.get(state)]
    trouble = counts.get("failed", 0) + counts.get("quarantined", 0)
    return [
        _watcher(home, lang),
        Sign("queue", " · ".join(queue) or say(lang, "nothing"), "warn" if trouble else "good"),
        _last_error(home, lang),
        Sign("disk_free", f"{free / 1e9:,.0f} GB", "good" if free > _LITTLE_ROOM else "bad"),
    ]


def _watcher(home: House, lang: Lang) -> Sign:
    beat = last_beat(home.settings)
    if beat is None:
        return Sign("watcher", say(lang, "watch_never"), "warn")
    when = ago(beat.at, lang, now())
    if now() - beat.at > _SILENT:
        return Sign("watcher", say(lang, "watch_off", when=when), "bad")
    if beat.error:
        return Sign(
            "watcher", say(lang, "watch_error", error=(lang == "th" and beat.message) or beat.error), "bad"
        )
    return Sign("watcher", say(lang, "watch_on", when=when), "good")


def _last_error(home: House, lang: Lang) -> Sign:
    """The newest trouble that still stands; a file that was read since has none."""
    found = home.store.entries(("failed", "quarantined", "seen"))
    troubled = [entry for entry in found if entry.error_code is not None]
    if not troubled:
        return Sign("last_error", say(lang, "no_error"), "good")
    newest: Entry = max(troubled, key=lambda entry: entry.updated_at)
    said = newest.error if lang == "th" else newest.error_en
    name = f"{newest.name}: " if newest.name else ""
    return Sign("last_error", f"{name}{said} ({moment(newest.updated_at, lang)})", "warn")
