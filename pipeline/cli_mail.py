"""The command `mail`: letters that came by e-mail go to the register."""

from __future__ import annotations

import datetime as dt
import time
from typing import TYPE_CHECKING

import click

from pipeline.command import Command, explain
from pipeline.errors import ToolError
from pipeline.frame import option
from pipeline.options import house
from pipeline.say import Lang, Words, count_en

if TYPE_CHECKING:
    from flows.mail import Post

_NEWS = Words("อีเมลใหม่ {messages} ฉบับ ไฟล์แนบ {attachments} ไฟล์", "{messages_en}, {attachments_en}")
_BARE = Words(
    "ในจำนวนนี้ {bare} ฉบับไม่มีไฟล์แนบ โปรดเปิดอ่านในโปรแกรมอีเมล",
    "{bare_en} without an attachment: read in the mail program.",
)


@click.command(
    cls=Command,
    name="mail",
    thai="รับหนังสือจากกล่องอีเมลของสำนักงาน (IMAP) เข้าทะเบียน\n\n"
    "แต่ละฉบับรับครั้งเดียว เก็บอีเมลทั้งฉบับไว้คู่กับหนังสือ ไม่ลบและไม่แก้ไขอะไรในกล่องอีเมล "
    "ตั้งค่า imap_host, imap_user และ SARABAN_IMAP_PASSWORD ก่อน",
    examples="""
    saraban mail                       # look once
    saraban mail --every 5             # look every five minutes, until Ctrl-C
    """,
)
@option("--every", type=click.IntRange(min=1), metavar="MINUTES", help="Go on looking.", thai="ดูซ้ำทุกกี่นาที")
def mail(every: int | None) -> None:
    """Take letters from the office's mailbox (IMAP) into the register.

    Every message is taken once and kept whole beside its letters; the mailbox itself is never changed. Set
    imap_host, imap_user and SARABAN_IMAP_PASSWORD first.
    """
    from flows.mail import run_mail
    from pipeline import show, show_register

    settings, lang = house()
    while True:
        try:
            with show.progress(lang) as tell:
                post = run_mail(settings, dt.date.today(), lambda news: tell(news.done, news.total))
        except ToolError as error:
            if every is None:
                raise
            click.echo(explain(error, lang), err=True)
        else:
            click.echo(_said(post, lang))
            if post.summary.documents:
                show.console().print(show_register.summary(post.summary.model_dump(), lang))
        if every is None:
            return
        time.sleep(60 * every)


def _said(post: Post, lang: Lang) -> str:
    counts = {
        "messages": post.messages,
        "messages_en": count_en(post.messages, "new message"),
        "attachments": post.attachments,
        "attachments_en": count_en(post.attachments, "attachment"),
        "bare": post.bare,
        "bare_en": count_en(post.bare, "message"),
    }
    lines = [_NEWS.say(lang).format(**counts)]
    if post.bare:
        lines.append(_BARE.say(lang).format(**counts))
    lines += [problem.message if lang == "th" else problem.message_en for problem in post.problems]
    return "\n".join(lines)


COMMANDS = (mail,)
