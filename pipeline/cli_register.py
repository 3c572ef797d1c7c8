"""The commands over the register: `show` and `list`."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

import click

from pipeline.choose import Choice, by_date, choose
from pipeline.command import Command
from pipeline.options import BODY, JSON, house, kept, which
from pipeline.say import HELP_TH, Lang, count_en, hint

if TYPE_CHECKING:
    from pipeline.store import RegisterRow, Store


@click.command(
    cls=Command,
    name="show",
    thai=HELP_TH["show"],
    examples="""
    saraban show 4            # the letter with this number in the register
    saraban show 666c0bbe     # the file with this hash, or its beginning
    """,
)
@click.argument("id_", metavar="ID")
@BODY
@JSON
def show_(id_: str, body: bool, as_json: bool) -> None:
    """Show a kept letter: its values beside the ink they came from, and its findings.

    ID is a letter's number in the register, or the beginning of a file's hash.
    """
    from pipeline import show, show_register
    from pipeline.store import open_store

    settings, lang = house()
    store = open_store(settings)
    stored = kept(store, id_)
    if as_json and stored.result is not None:
        click.echo(stored.result.model_dump_json())
        return
    show.console().print(show_register.stored(stored, settings.sure, lang, body=body))
    if stored.letter is not None and stored.result is not None:
        found = store.letter(stored.rows[stored.letter])
        beside = None if found is None else show_register.kin(found.letter, store.kin(found), lang)
        show.console().print(*([beside] if beside is not None else []))


@click.command(
    cls=Command,
    name="list",
    thai=HELP_TH["list"],
    examples="""
    saraban list --from 2566-06-01 --to 2566-06-30
    saraban list --due 7                # due within seven days
    saraban list --overdue
    saraban list --needs-person
    saraban list --json
    """,
)
@which
@JSON
def list_(as_json: bool, **wanted: Any) -> None:
    """List the register, the newest letters last.

    By the letter's date, then by the moment it came; a letter without a date stands by the day it came. With
    --due or --overdue, by deadline. A value with ? is not sure.
    """
    from pipeline.store import open_store

    settings, lang = house()
    store = open_store(settings)
    rows = choose(by_date(store.rows()), Choice(**wanted), dt.date.today())
    if as_json:
        for row in rows:
            click.echo(row.model_dump_json())
        return
    if not rows and any(wanted.values()):
        click.echo(hint("none", lang))
    else:
        print_register(rows, store, lang)


def print_register(rows: Sequence[RegisterRow], store: Store, lang: Lang) -> None:
    """Print the register as a table, with what its words mean and what is not in it."""
    from pipeline import show, show_register

    out = show.console()
    if rows:
        out.print(show_register.register(rows, lang, dt.date.today(), out.width))
        out.print(_count(len(rows), sum(row.needs_person for row in rows), lang))
        out.print(show_register.legend(rows, lang))
    else:
        out.print(hint("empty", lang))
    aside = show_register.set_aside(store.counts(), lang)
    if aside:
        out.print(aside)


def _count(letters: int, look: int, lang: Lang) -> str:
    english = {"letters_en": count_en(letters, "letter"), "look_en": count_en(look, "needs", "need")}
    return hint("count", lang, letters=letters, look=look, **english)
