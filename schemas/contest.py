"""Contest papers (การประกวด): what an announcement asks, what a result tells, and the tables they hold."""

from __future__ import annotations

import datetime as dt
from typing import Literal

from pydantic import ConfigDict, Field

from schemas.ink import Box, PageNumber, Record
from schemas.reading import Reading


class Criterion(Record):
    """One criterion (เกณฑ์การพิจารณา) of a contest, with its weight and, in a result, its score."""

    name: Reading[str]
    weight: Reading[float] | None = None  # คะแนนเต็ม or percent
    score: Reading[float] | None = None  # what an entrant got
    part: Reading[str] | None = None  # the heading it stands under: ส่วนที่ ๑ …


class ScheduleRow(Record):
    """One row of a timetable (กำหนดการ): when, and what happens."""

    when: Reading[str]  # the words as printed
    first: Reading[dt.date] | None = None
    last: Reading[dt.date] | None = None  # equal to `first` for a single day
    start: Reading[dt.time] | None = None
    end: Reading[dt.time] | None = None
    what: Reading[str]


class Cell(Record):
    """One cell of a table, with its own ink."""

    text: str
    page: PageNumber
    box: Box | None  # None in a transcript


class Table(Record):
    """A table (ตาราง) as rows of cells; one that runs over pages is one table."""

    pages: tuple[PageNumber, ...]
    header: tuple[Cell, ...] = ()
    rows: tuple[tuple[Cell, ...], ...]


class Prize(Record):
    """One kind of prize (รางวัล) that a contest offers."""

    name: Reading[str]
    count: Reading[int] | None = None  # how many of it in all
    reward: Reading[str] | None = None  # money or things, as printed: เงินรางวัล 10,000 บาท


class Rules(Record):
    """The conditions of a contest, as its announcement gives them."""

    title: Reading[str] | None = None
    organiser: Reading[str] | None = None
    opens: Reading[dt.date] | None = None
    closes: Reading[dt.date] | None = None  # the last day on which an entry may arrive
    closes_at: Reading[dt.time] | None = None
    entrants: tuple[Reading[str], ...] = ()  # who may enter
    conditions: tuple[Reading[str], ...] = ()  # every other condition, in its own words
    in_use_before: Reading[dt.date] | None = None  # the work must have been in use before this day
    in_use_months: Reading[int] | None = None  # … or for so many months before closing
    not_won_in: tuple[
        Reading[int], ...
    ] = ()  # Buddhist-era years whose winners may not enter that work again
    submit: tuple[Reading[str], ...] = ()  # what to send
    naming: tuple[Reading[str], ...] = ()  # file names asked for: <agency>_form1.pdf
    criteria: tuple[Criterion, ...] = ()
    total: Reading[float] | None = None  # the total weight that the text states
    prizes: tuple[Prize, ...] = ()
    contacts: tuple[Reading[str], ...] = ()
    links: tuple[Reading[str], ...] = ()
    schedule: tuple[ScheduleRow, ...] = ()


class Award(Record):
    """One award (รางวัล) that a press article or an announcement tells of."""

    model_config = ConfigDict(frozen=True, extra="forbid", validate_by_name=True, serialize_by_alias=True)

    year: Reading[int] | None = None  # Buddhist era
    rank: Reading[str] | None = Field(None, alias="class")  # ระดับ: ดีเด่น, ดี
    agency: Reading[str]
    kind: Reading[str] | None = None  # of the agency: เทศบาลตำบล, อบต.
    province: Reading[str] | None = None
    project: Reading[str] | None = None


class Tally(Record):
    """A number that a text states of its own list (15 รางวัล), beside what was counted in it."""

    what: str  # "awards", "awards:ดีเด่น", "works", "entrants"
    stated: Reading[int]
    counted: int | None = None  # None where the list itself is not in the text


class Annex(Record):
    """Papers sent with a letter (สิ่งที่ส่งมาด้วย) that lie in the same file."""

    title: Reading[str]
    pages: tuple[PageNumber, ...] = ()
    letter: int | None = None  # index of the letter it belongs to
    enclosure: int | None = None  # index into that letter's enclosures
    criteria: tuple[Criterion, ...] = ()
    weights: tuple[Reading[float], ...] = ()  # in the order of the text
    schedule: tuple[ScheduleRow, ...] = ()
    confidence: float = Field(1.0, ge=0, le=1)  # that these pages are an annex of that letter


class Contradiction(Record):
    """One fact told twice and differently in one document, with both places."""

    what: str  # stable: "event.date", "event.time", "phone", "number", "title", "schedule.weekday"
    first: Reading[str]
    second: Reading[str]
    where: tuple[str, str]  # "letters.0" and "annexes.1": who says it
    message: str  # Thai
    message_en: str


LinkSource = Literal["text", "qr"]


class Link(Record):
    """A web address on a page, printed or inside a QR code. It is told, never followed."""

    text: Reading[str]
    source: LinkSource
