"""Deadlines as a month on the wall, and as a file for any calendar program."""

from __future__ import annotations

import calendar
import datetime as dt
from typing import Annotated

from fastapi import APIRouter, Form, Request
from fastapi import Path as InPath
from fastapi.responses import RedirectResponse, Response

from pipeline.export import ics
from pipeline.say import MONTHS_EN, WEEKDAYS_EN, WEEKDAYS_TH, Lang
from pipeline.web.gate import house, lang_of, now, person
from pipeline.web.render import page

router = APIRouter(include_in_schema=False)
_MONTHS_TH = (
    *("มกราคม", "กุมภาพันธ์", "มีนาคม", "เมษายน", "พฤษภาคม", "มิถุนายน"),
    *("กรกฎาคม", "สิงหาคม", "กันยายน", "ตุลาคม", "พฤศจิกายน", "ธันวาคม"),
)
_YEARS = range(1990, 2200)
_LISTED = 50  # deadlines of the list
_IN_CELL = 3  # deadlines named in a day's cell


def month_of(text: str, today: dt.date) -> dt.date:
    """The first day of the month asked for (2023-06); of what makes no sense, this month's.

    >>> month_of("2023-06", dt.date(2022, 1, 5)), month_of("2023-66", dt.date(2022, 1, 5))
    (datetime.date(2023, 6, 1), datetime.date(2022, 1, 1))
    """
    year, _, month = text.partition("-")
    if (
        year.isdecimal()
        and month.isdecimal()
        and len(text) <= 7
        and int(year) in _YEARS
        and 1 <= int(month) <= 12
    ):
        return dt.date(int(year), int(month), 1)
    return today.replace(day=1)


def _day_of(text: str) -> dt.date | None:
    """The day asked for (2023-06-15); None where there is none, or it makes no sense."""
    try:
        day = dt.date.fromisoformat(text)
    except ValueError:
        return None
    return day if day.year in _YEARS else None


def month_name(day: dt.date, lang: Lang) -> str:
    """A month with its year."""
    if lang == "th":
        return f"{_MONTHS_TH[day.month - 1]} {day.year + 543}"
    return f"{MONTHS_EN[day.month - 1]} {day.year}"


@router.get("/deadlines")
def deadlines(request: Request, month: str = "", day: str = "", after: str | None = None) -> Response:
    """One month, and the list of it or of one day, a stretch at a time."""
    today, lang, store = dt.date.today(), lang_of(request), house(request).store
    chosen = _day_of(day)
    first = month_of(month if chosen is None else f"{chosen:%Y-%m}", today)
    weeks = calendar.Calendar().monthdatescalendar(first.year, first.month)
    last = first.replace(day=calendar.monthrange(first.year, first.month)[1])
    listed = store.due(chosen or first, chosen or last, None, limit=_LISTED, after=after)
    earlier, later = first - dt.timedelta(days=1), weeks[-1][0] + dt.timedelta(days=14)
    return page(
        request,
        "deadlines.html",
        first=first,
        name=month_name(first, lang),
        weeks=weeks,
        weekdays=WEEKDAYS_TH if lang == "th" else WEEKDAYS_EN,
        days=store.due_days(weeks[0][0], weeks[-1][-1], _IN_CELL),
        listed=listed,
        chosen=chosen,
        further=after is not None,
        before=f"{earlier:%Y-%m}",
        after=f"{later:%Y-%m}",
        today=today,
        may_edit=person(request).role in ("clerk", "admin"),
    )


@router.post("/deadlines/{deadline_id}")
def tick_off(
    request: Request,
    deadline_id: Annotated[int, InPath(ge=1, lt=2**31)],
    done: Annotated[str, Form(max_length=1)] = "",
    month: Annotated[str, Form(max_length=7)] = "",
    day: Annotated[str, Form(max_length=10)] = "",
) -> Response:
    """Note that what was asked is done, or that it is not after all."""
    house(request).store.finish_deadline(deadline_id, who=person(request).name, done=bool(done))
    chosen = _day_of(day)
    back = f"month={month_of(month, dt.date.today()):%Y-%m}" if chosen is None else f"day={chosen}"
    return RedirectResponse(f"/deadlines?{back}", status_code=303)


@router.get("/deadlines.ics")
def feed(request: Request) -> Response:
    """The deadlines still to come, and those of the last month, as iCalendar."""
    lang, today = lang_of(request), dt.date.today()
    rows = house(request).store.every_due(today - dt.timedelta(days=31))
    dues = [
        ics.Due(
            uid=f"deadline-{row.id}@saraban",
            day=row.date,
            title=row.row.subject or row.row.number or row.row.file,
            about="\n".join(part for part in (row.row.number, row.row.agency, row.phrase) if part),
            time=row.time,
            sure=row.sure,
        )
        for row in rows
        if row.date is not None
    ]
    return Response(
        ics.calendar(dues, lang, now()),
        media_type="text/calendar; charset=utf-8",
        headers={"content-disposition": 'attachment; filename="saraban-deadlines.ics"'},
    )
