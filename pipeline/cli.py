"""The command `saraban`: wiring only; what it shows is made in `show`, what it says in `say`."""

from __future__ import annotations

import datetime as dt
import json
from pathlib import Path
from typing import TYPE_CHECKING

import click

from pipeline import (
    cli_audit,
    cli_due,
    cli_export,
    cli_find,
    cli_mail,
    cli_register,
    cli_reliability,
    cli_rules,
    cli_verify,
    cli_web,
)
from pipeline.choose import by_date
from pipeline.command import Group, explain, speak_utf8
from pipeline.errors import PipelineError
from pipeline.frame import Option, option
from pipeline.options import BODY, FOLDER, JSON, house
from pipeline.say import HELP_TH, Lang, count_en, hint

if TYPE_CHECKING:
    from pipeline.settings import Settings


@click.group(
    cls=Group,
    thai=HELP_TH["saraban"],
    examples="""
    saraban read letter.pdf            # see what a letter says, keep nothing
    saraban ingest inbox/              # read a folder into the register
    saraban list --due 7               # what is due within a week
    saraban show 4                     # one letter, with its findings and its ink
    saraban export --csv register.csv  # the register for a spreadsheet
    saraban doctor                     # is everything in order?
    """,
)
@click.version_option(
    package_name="saraban",
    message="%(package)s %(version)s",
    help="Show the version and exit.",
    cls=Option,
    thai="แสดงรุ่นของโปรแกรม",
)
@option("--debug", is_flag=True, help="Show tracebacks.", thai="แสดงรายละเอียดของข้อผิดพลาด")
def cli(debug: bool) -> None:
    """Read Thai official letters from scans into a register, with findings and proof on the page.

    Messages are in Thai where LANG is Thai or SARABAN_LANG=th, else in English. Nothing leaves this machine.
    """


def main() -> None:
    """The command's entry point."""
    speak_utf8()
    cli()


@cli.command(
    thai=HELP_TH["read"],
    examples="""
    saraban read letter.pdf
    saraban read *.jpg --json > letters.jsonl
    """,
)
@click.argument("files", nargs=-1, required=True, type=click.Path(path_type=Path))
@BODY
@JSON
def read(files: tuple[Path, ...], body: bool, as_json: bool) -> None:
    """Read letters and print their records; keep nothing.

    Takes PDF, JPEG, PNG, TIFF and transcripts (.txt, .md). Of a protected file only its class is shown.
    """
    from pipeline import show
    from pipeline.batch import exit_code, read_all

    settings, lang = house()
    worst, pace = 0, show.Pace(lang)
    strict = bool(click.get_current_context().find_root().params["debug"])
    results = read_all(files, settings, dt.date.today(), strict=strict)
    with show.busy(lang, quiet=as_json) as out:
        for place, result in enumerate(results):
            worst = max(worst, exit_code(result))
            if as_json:
                click.echo(result.model_dump_json())
            else:
                shown = show.record(result, settings.sure, lang, body=body)
                out.print(*([""] if place else []), shown, sep="\n")
            if not show.is_terminal():
                pace.tell(place + 1, len(files))
    raise click.exceptions.Exit(worst)


@cli.command(thai=HELP_TH["ingest"], examples="saraban ingest inbox/")
@FOLDER
def ingest(folder: Path) -> None:
    """Read every new file of a folder into the register.

    Running it again reads only what is new. Files that cannot be used go to the quarantine with the reason
    beside them, files with a secrecy mark to the protected folder.
    """
    settings, lang = house()
    raise click.exceptions.Exit(_ingest(folder, settings, lang))


def _ingest(folder: Path, settings: Settings, lang: Lang) -> int:
    """Read a folder into the register and say what became of it; 3 when files are left for another time."""
    from flows.ingest import run_ingest  # brings OpenCV with it: not at the start of every command
    from pipeline import show, show_register

    with show.progress(lang) as tell:
        summary = run_ingest(folder, settings, dt.date.today(), lambda news: tell(news.done, news.total))
    show.console().print(show_register.summary(summary.model_dump(), lang))
    return 3 if summary.seen or summary.failed or summary.unreadable else 0


@cli.command(thai=HELP_TH["watch"], examples="saraban watch /srv/scanner")
@FOLDER
def watch(folder: Path) -> None:
    """Watch a folder and read each file once it has stopped growing, until Ctrl-C.

    The documents in hand are finished first; whatever else came is read at the next start.
    """
    from flows.ingest import Summary
    from flows.watch import watch as run
    from pipeline import show_register
    from pipeline.store import open_store

    settings, lang = house()
    store = open_store(settings)
    waiting = False  # a file that is not whole yet is looked at again and again, and spoken of once

    def report(news: Summary | PipelineError) -> None:
        if isinstance(news, PipelineError):
            click.echo(explain(news, lang), err=True)
            return
        nonlocal waiting
        for sha256 in news.documents:
            entry = store.entry(sha256)
            if entry is not None or not waiting:
                click.echo(show_register.arrival(entry, sha256, lang))
            waiting = entry is None

    click.echo(hint("watching", lang, folder=folder), err=True)
    run(folder, settings, report)
    click.echo(hint("stopped", lang), err=True)


for _command in (
    cli_register.show_,
    cli_register.list_,
    cli_find.find,
    cli_reliability.reliability,
    cli_verify.verify_,
    *cli_audit.COMMANDS,
    *cli_due.COMMANDS,
    *cli_export.COMMANDS,
    *cli_mail.COMMANDS,
    *cli_rules.COMMANDS,
    *cli_web.COMMANDS,
):
    cli.add_command(_command)


@cli.command(thai=HELP_TH["doctor"], examples="saraban doctor")
def doctor() -> None:
    """Look whether everything is in order, and say how to mend what is not.

    Exits with 3 when something is broken.
    """
    from pipeline.doctor import examine, report

    settings, lang = house()
    broken = 0
    for check in examine(settings):
        click.echo(report(check, lang))
        broken += check.state == "broken"
    count = {"count": broken, "count_en": count_en(broken, "thing")}
    click.echo(hint("not_in_order", lang, **count) if broken else hint("in_order", lang))
    raise click.exceptions.Exit(3 if broken else 0)


@cli.command(thai=HELP_TH["schema"], examples="saraban schema > saraban.schema.json")
def schema() -> None:
    """Print the JSON Schema of a record, as `read --json` writes it."""
    from schemas.result import Result

    click.echo(json.dumps(Result.model_json_schema(), ensure_ascii=False, indent=2))


@cli.command(thai=HELP_TH["demo"], examples="saraban demo --inbox samples/inbox")
@option(
    "--inbox",
    type=click.Path(exists=True, file_okay=False, path_type=Path),
    default=Path("samples/inbox"),
    show_default=True,
    help="Folder of the letters to try.",
    thai="โฟลเดอร์ของหนังสือที่จะลองอ่าน",
)
def demo(inbox: Path) -> None:
    """Read the samples, show the register and what was found, and say what to try next.

    Speaks Thai unless SARABAN_LANG says otherwise.
    """
    from pipeline import show, show_register
    from pipeline.store import open_store

    settings, _ = house()
    lang: Lang = settings.lang or "th"
    code = _ingest(inbox, settings, lang)
    store = open_store(settings)
    rows = by_date(store.rows())
    click.echo(f"\n{hint('register', lang)}")
    cli_register.print_register(rows, store, lang)
    show.console().print(show_register.tour(rows, store.get, lang, dt.date.today()))
    raise click.exceptions.Exit(code)
