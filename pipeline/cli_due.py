"""The commands over deadlines: `due` shows what presses, `remind` says it every day."""

from __future__ import annotations

import datetime as dt
import getpass
from typing import TYPE_CHECKING

import click

from pipeline.command import Command
from pipeline.frame import option
from pipeline.options import JSON, house
from pipeline.say import Lang, Words

if TYPE_CHECKING:
    from rich.table import Table

    from pipeline.due import Dues, Span

_FIXED = 46  # columns of the number, the day, the letter's number and the gaps
_SOON = 7  # days ahead, where nothing else is asked for


@click.command(
    cls=Command,
    name="due",
    thai="แสดงกำหนดที่ยังไม่เสร็จ: เลยกำหนด วันนี้ สัปดาห์นี้ และใครต้องทำ\n\nไม่ระบุอะไรคือที่เลยกำหนดแล้วและอีก 7 วันข้างหน้า",
    examples="""
    saraban due
    saraban due --today
    saraban due --days 30 --by เทศบาล
    saraban due --done 12
    """,
)
@option("--today", is_flag=True, help="Due today.", thai="ครบกำหนดวันนี้")
@option("--week", is_flag=True, help="Due from today to Sunday.", thai="ครบกำหนดตั้งแต่วันนี้ถึงวันอาทิตย์")
@option("--overdue", is_flag=True, help="Due before today.", thai="เลยกำหนดแล้ว")
@option(
    "--days",
    type=click.IntRange(0, 3660),
    help="Due within so many days from today.",
    thai="ครบกำหนดภายในจำนวนวันนับจากวันนี้",
)
@option(
    "--by", help="Only of this office: sender, addressee or receiver.", thai="เฉพาะหน่วยงานนี้: ผู้ส่ง ผู้รับ หรือผู้ลงรับ"
)
@option("--done", type=int, multiple=True, help="Mark this deadline as met.", thai="บันทึกว่ากำหนดนี้ทำแล้ว")
@option("--reopen", type=int, multiple=True, help="Take that back.", thai="ยกเลิกการบันทึกว่าทำแล้ว")
@JSON
def due(
    today: bool,
    week: bool,
    overdue: bool,
    days: int | None,
    by: str | None,
    done: tuple[int, ...],
    reopen: tuple[int, ...],
    as_json: bool,
) -> None:
    """Show the deadlines that nobody has met yet: overdue, due today and this week, and who must act.

    Without options, all that is overdue and the next seven days. The number before a deadline is the one for
    --done. A day with ? is not sure.
    """
    from pipeline import due as dues_
    from pipeline import show
    from pipeline.store import open_store

    settings, lang = house()
    store, now = open_store(settings), dt.date.today()
    for number, met in (*((each, True) for each in done), *((each, False) for each in reopen)):
        store.finish_deadline(number, who=getpass.getuser(), done=met)
        if not as_json:
            words = Words(f"กำหนด {number} ทำแล้ว", f"Deadline {number} is met.") if met else _reopened(number)
            click.echo(words.say(lang))
    if done or reopen:
        return
    found = dues_.look(store, _span(now, (today, week, overdue), days), now, by)
    if as_json:
        for row in found.all:
            click.echo(row.model_dump_json())
        return
    show.console().print(_table(found, now, lang) if found.all else dues_.headline(found, lang))


def _reopened(number: int) -> Words:
    return Words(f"กำหนด {number} ยังไม่เสร็จ", f"Deadline {number} is open again.")


def _span(now: dt.date, asked: tuple[bool, bool, bool], days: int | None) -> Span:
    """The days that the options ask for; several of them are taken together."""
    from pipeline.due import Span, end_of_week

    today, week, overdue = asked
    ends = []
    if today:
        ends.append(now)
    if week:
        ends.append(end_of_week(now))
    if days is not None:
        ends.append(now + dt.timedelta(days=days))
    if not ends and not overdue:
        return Span(None, now + dt.timedelta(days=_SOON))
    return Span(None if overdue else now, max(ends, default=now - dt.timedelta(days=1)))


def _table(found: Dues, now: dt.date, lang: Lang) -> Table:
    from rich.table import Table

    from pipeline import due as dues_
    from pipeline import show
    from pipeline.wrap import wrap

    table = Table(box=None, pad_edge=False, title=dues_.headline(found, lang), title_justify="left")
    heads = (
        Words("เลข", "No."),
        Words("กำหนด", "Due"),
        Words("ที่", "Number"),
        Words("เรื่อง", "Subject"),
        Words("จาก", "From"),
        Words("ผู้ดำเนินการ", "To act"),
    )
    for head in heads:
        table.add_column(head.say(lang), overflow="fold")
    room = max(8, (show.console().width - _FIXED) // 3)
    styles = {"Overdue": "bold red", "Due today": "yellow"}
    for words, rows in found.groups():
        for row in rows:
            when = f"{dues_.day_of(row, lang)}\n{dues_.pressing(row, now, lang)}"
            texts = (dues_.subject_of(row), row.row.agency or "", dues_.whose(row))
            cells = ("\n".join(wrap(text, room)) for text in texts)
            number = (row.row.number or "").replace(" ", "\u00a0")
            table.add_row(str(row.id), when, number, *cells, style=styles.get(words.en, ""))
    return table


@click.command(
    cls=Command,
    name="remind",
    thai="เตือนกำหนดประจำวัน: แสดง เขียนปฏิทิน .ics และส่งอีเมลถ้าตั้งค่าไว้\n\nสั่งวันละครั้งจาก cron หรือ timer ของระบบ",
    examples="saraban remind",
)
def remind() -> None:
    """Say what is overdue and due soon, write the calendar feed, and send it by e-mail where configured.

    Made to be run once a day, by cron or a timer of the system. Runs as a Prefect flow.
    """
    from flows.remind import run_remind
    from pipeline.remind import feed_file

    settings, lang = house()
    reminder = run_remind(settings, dt.date.today())
    click.echo(reminder.text, nl=False)
    click.echo(Words(f"ปฏิทิน: {feed_file(settings)}", f"Calendar: {feed_file(settings)}").say(lang))


COMMANDS = (due, remind)
