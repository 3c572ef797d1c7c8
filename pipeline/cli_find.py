"""The command `find`: the search box on the command line."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

import click

from pipeline.command import Command
from pipeline.frame import option
from pipeline.options import JSON, house
from pipeline.say import Lang, Words, count_en, say_day

if TYPE_CHECKING:
    from rich.text import Text

    from pipeline.store import Hit, SearchPage

_NONE = Words(
    "ไม่พบ ลองใช้คำที่สั้นลง หรือเอาตัวกรองออก",
    "Nothing was found. Try fewer or shorter words, or leave a filter out.",
)
_FOUND = Words("พบ {count} ฉบับ{more}", "{count_en}{more} found")
_SHOWN = Words(" แสดง {shown} ฉบับแรก", ", the first {shown} shown")
_MORE = Words(" ขึ้นไป", " or more")
_NEAR = Words("คล้าย", "similar")
_BODY = Words("ข้อความ", "text")


@click.command(
    cls=Command,
    name="find",
    thai="ค้นหาในทะเบียน: คำในเรื่อง ชื่อหน่วยงาน เลขที่ ข้อความ และตัวกรอง\n\n"
    "ตัวกรอง: จาก: ถึง: ที่: วันที่: รับ: กำหนด: ความเร็ว: ชนิด: มี: เป็น: ใส่คำในเครื่องหมายคำพูดเพื่อค้นตรงตัว "
    "เลขไทยหรืออารบิกก็ได้ เอกสารลับไม่อยู่ในการค้นหา",
    examples="""
    saraban find ประชุม
    saraban find "from:สพร date:2565 ประชุม"
    saraban find "due:<7d urgency:ด่วนมาก"
    saraban find "has:error" --json
    """,
)
@click.argument("query", nargs=-1, required=True)
@option(
    "--limit",
    type=click.IntRange(1, 200),
    default=20,
    show_default=True,
    help="Letters to show.",
    thai="จำนวนฉบับที่แสดง",
)
@JSON
def find(query: tuple[str, ...], limit: int, as_json: bool) -> None:
    """Find letters by words and filters.

    Filters: from: to: number: date: received: due: urgency: kind: has: is:, in Thai too (จาก: วันที่: …). Words in
    quotes must stand just so. Thai and Arabic digits are the same. Protected documents are never found.
    """
    from pipeline import show
    from pipeline.store import open_store

    settings, lang = house()
    page = open_store(settings).search(" ".join(query), limit=limit, today=dt.date.today())
    if as_json:
        for hit in page.hits:
            click.echo(hit.model_dump_json())
        return
    if not page.hits:
        click.echo(_NONE.say(lang))
        return
    out = show.console()
    for hit in page.hits:
        out.print(_head(hit, lang))
        out.print(_snippet(hit, lang))
    out.print(_count(page, lang))


def _head(hit: Hit, lang: Lang) -> Text:
    from rich.text import Text

    row = hit.row
    day = say_day(row.date, lang) if row.date else ""
    words = (row.number, day, row.agency)
    text = Text(f"{row.id or '–':>5}  ", style="bold")
    return text.append(" · ".join(word for word in words if word) or row.file)


def _snippet(hit: Hit, lang: Lang) -> Text:
    """The piece of text that answers, its words set off even where there is no colour."""
    from rich.text import Text

    from pipeline.paths import LABELS

    label = LABELS.get(hit.field.replace("receipt_", "receipts."), _BODY).say(lang)
    text = Text(f"       {label}: ", style="dim")
    done = 0
    for start, end in hit.marks:
        text.append(hit.snippet[done:start], style="not dim")
        text.append(hit.snippet[start:end], style="bold black on yellow")
        done = end
    text.append(hit.snippet[done:], style="not dim")
    return text.append(f" ({_NEAR.say(lang)})", style="yellow") if hit.near else text


def _count(page: SearchPage, lang: Lang) -> str:
    more = "" if page.exact else _MORE.say(lang)
    said = _FOUND.say(lang).format(count=page.total, count_en=count_en(page.total, "letter"), more=more)
    if len(page.hits) < page.total:
        said += _SHOWN.say(lang).format(shown=len(page.hits))
    return said
