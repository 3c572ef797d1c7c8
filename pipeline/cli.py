"""The command `saraban`: wiring only; what it shows is made in `show`, what it says in `say`."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from pipeline import show, show_register
from pipeline.batch import exit_code, read_all
from pipeline.choose import Choice, choose, parse_day
from pipeline.command import Group, explain, speak_utf8
from pipeline.errors import PipelineError
from pipeline.say import HELP_TH, Lang, hint, language
from pipeline.settings import Settings, load_settings

if TYPE_CHECKING:
    from pipeline.store import RegisterRow, Store

Function = Callable[..., Any]


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
@click.version_option(package_name="saraban", message="%(package)s %(version)s")
@click.option("--debug", is_flag=True, help="Show tracebacks.")
def cli(debug: bool) -> None:
    """Read Thai official letters from scans into a register, with findings and proof on the page.

    Messages are in Thai where LANG is Thai or SARABAN_LANG=th, else in English. Nothing leaves this machine.
    """


def main() -> None:
    """The command's entry point."""
    speak_utf8()
    cli()


def _house() -> tuple[Settings, Lang]:
    settings = load_settings()
    return settings, language(settings)


class Day(click.ParamType[dt.date]):
    """A day: ISO, Thai, or a number of days from today."""

    name = "day"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> dt.date:
        """Turn what was typed into a date."""
        found = parse_day(str(value), dt.date.today())
        if found is None:
            self.fail(hint("day", language(), text=value), param, ctx)
        return found


_FOLDER = click.argument("folder", type=click.Path(exists=True, file_okay=False, path_type=Path))
_JSON = click.option("--json", "as_json", is_flag=True, help="One JSON record a line, for programs.")


def _which(command: Function) -> Function:
    """The options that choose letters of the register."""
    for option in reversed(
        (
            click.option("--from", "since", type=Day(), help="Letters dated on this day or later."),
            click.option("--to", "until", type=Day(), help="Letters dated on this day or earlier."),
            click.option(
                "--due", type=Day(), help="With a deadline from today to this day, or within so many days."
            ),
            click.option("--needs-person", is_flag=True, help="Only letters that a person must look at."),
            click.option("--error", is_flag=True, help="Only letters with a finding that is an error."),
        )
    ):
        command = option(command)
    return command


@cli.command(
    thai=HELP_TH["read"],
    examples="""
    saraban read letter.pdf
    saraban read *.jpg --json > letters.jsonl
    """,
)
@click.argument("files", nargs=-1, required=True, type=click.Path(path_type=Path))
@_JSON
def read(files: tuple[Path, ...], as_json: bool) -> None:
    """Read letters and print their records; keep nothing.

    Takes PDF, JPEG, PNG, TIFF and transcripts (.txt, .md). Of a protected file only its class is shown.
    """
    settings, lang = _house()
    worst = 0
    strict = bool(click.get_current_context().find_root().params["debug"])
    results = read_all(files, settings, dt.date.today(), strict=strict)
    with show.busy(lang, quiet=as_json) as out:
        for place, result in enumerate(results):
            worst = max(worst, exit_code(result))
            if as_json:
                click.echo(result.model_dump_json())
            else:
                out.print(*([""] if place else []), show.record(result, settings.sure, lang), sep="\n")
    raise click.exceptions.Exit(worst)


@cli.command(thai=HELP_TH["ingest"], examples="saraban ingest inbox/")
@_FOLDER
def ingest(folder: Path) -> None:
    """Read every new file of a folder into the register.

    Running it again reads only what is new. Files that cannot be used go to the quarantine with the reason
    beside them, files with a secrecy mark to the protected folder.
    """
    settings, lang = _house()
    raise click.exceptions.Exit(_ingest(folder, settings, lang))


def _ingest(folder: Path, settings: Settings, lang: Lang) -> int:
    """Read a folder into the register and say what became of it; 3 when files are left for another time."""
    from flows.ingest import run_ingest  # starts Prefect: not at the start of every command

    with show.progress(lang) as tell:
        summary = run_ingest(folder, settings, dt.date.today(), lambda news: tell(news.done, news.total))
    show.console().print(show_register.summary(summary.model_dump(), lang))
    return 3 if summary.seen or summary.failed or summary.unreadable else 0


@cli.command(thai=HELP_TH["watch"], examples="saraban watch /srv/scanner")
@_FOLDER
def watch(folder: Path) -> None:
    """Watch a folder and read each file once it has stopped growing, until Ctrl-C.

    The documents in hand are finished first; whatever else came is read at the next start.
    """
    from flows.ingest import Summary
    from flows.watch import watch as run
    from pipeline.store import open_store

    settings, lang = _house()
    store = open_store(settings)

    def report(news: Summary | PipelineError) -> None:
        if isinstance(news, PipelineError):
            click.echo(explain(news, lang), err=True)
            return
        for sha256 in news.documents:
            click.echo(show_register.arrival(store.entry(sha256), sha256, lang))

    click.echo(hint("watching", lang, folder=folder), err=True)
    run(folder, settings, report)
    click.echo(hint("stopped", lang), err=True)


@cli.command(
    "show",
    thai=HELP_TH["show"],
    examples="""
    saraban show 4            # the letter with this number in the register
    saraban show 666c0bbe     # the file with this hash, or its beginning
    """,
)
@click.argument("id_")
@_JSON
def show_(id_: str, as_json: bool) -> None:
    """Show a kept letter: its values beside the ink they came from, and its findings."""
    from pipeline.store import open_store

    settings, lang = _house()
    stored = open_store(settings).get(id_)
    if stored is None:
        raise click.UsageError(hint("unknown", lang, id=id_))
    if as_json and stored.result is not None:
        click.echo(stored.result.model_dump_json())
    else:
        show.console().print(show_register.stored(stored, settings.sure, lang))


@cli.command(
    "list",
    thai=HELP_TH["list"],
    examples="""
    saraban list --from 2566-06-01 --to 2566-06-30
    saraban list --due 7                # due within seven days
    saraban list --needs-person
    saraban list --json
    """,
)
@_which
@_JSON
def list_(as_json: bool, **wanted: Any) -> None:
    """List the register, the newest letters last."""
    from pipeline.store import open_store

    settings, lang = _house()
    store = open_store(settings)
    rows = choose(store.rows(), Choice(**wanted), dt.date.today())
    if as_json:
        for row in rows:
            click.echo(row.model_dump_json())
        return
    if not rows and any(wanted.values()):
        click.echo(hint("none", lang))
    else:
        _print_register(rows, store, lang)


def _print_register(rows: Sequence[RegisterRow], store: Store, lang: Lang) -> None:
    out = show.console()
    if rows:
        out.print(show_register.register(rows, lang, dt.date.today(), out.width))
        out.print(hint("count", lang, letters=len(rows), look=sum(row.needs_person for row in rows)))
    else:
        out.print(hint("empty", lang))
    aside = show_register.set_aside(store.counts(), lang)
    if aside:
        out.print(aside)


@cli.command(
    thai=HELP_TH["export"],
    examples="""
    saraban export --csv register.csv
    saraban export --csv - --headings en | head
    """,
)
@click.option(
    "--csv", "file", required=True, type=click.Path(dir_okay=False, path_type=Path), help="File, or - ."
)
@click.option(
    "--headings",
    type=click.Choice(["th", "en"]),
    default="th",
    show_default=True,
    help="Language of headings.",
)
@_which
def export(file: Path, headings: Lang, **wanted: Any) -> None:
    """Export the register as CSV, its columns in the order of the receiving register (form 13).

    A file begins with a byte-order mark, so that Excel shows Thai; what goes to - does not. Dates are ISO.
    """
    from pipeline.export.csv import save_csv
    from pipeline.store import open_store

    settings, lang = _house()
    rows = choose(open_store(settings).rows(), Choice(**wanted), dt.date.today())
    count = save_csv(rows, file, headings)
    if str(file) != "-":
        click.echo(hint("exported", lang, count=count, file=file), err=True)


@cli.command(thai=HELP_TH["doctor"], examples="saraban doctor")
def doctor() -> None:
    """Look whether everything is in order, and say how to mend what is not.

    Exits with 3 when something is broken.
    """
    from pipeline.doctor import examine, report

    settings, lang = _house()
    broken = 0
    for check in examine(settings):
        click.echo(report(check, lang))
        broken += check.state == "broken"
    click.echo(hint("not_in_order", lang, count=broken) if broken else hint("in_order", lang))
    raise click.exceptions.Exit(3 if broken else 0)


@cli.command(thai=HELP_TH["schema"], examples="saraban schema > saraban.schema.json")
def schema() -> None:
    """Print the JSON Schema of a record, as `read --json` writes it."""
    from schemas.result import Result

    click.echo(json.dumps(Result.model_json_schema(), ensure_ascii=False, indent=2))


@cli.command(thai=HELP_TH["demo"], examples="saraban demo --inbox samples/inbox")
@click.option(
    "--inbox",
    type=click.Path(exists=True, file_okay=False, path_type=Path),
    default=Path("samples/inbox"),
    show_default=True,
    help="Folder of the letters to try.",
)
def demo(inbox: Path) -> None:
    """Read the samples, show the register and what was found, and say what to try next.

    Speaks Thai unless SARABAN_LANG says otherwise.
    """
    from pipeline.store import open_store

    settings = load_settings()
    lang: Lang = settings.lang or "th"
    code = _ingest(inbox, settings, lang)
    store = open_store(settings)
    rows = store.rows()
    click.echo(f"\n{hint('register', lang)}")
    _print_register(rows, store, lang)
    show.console().print(show_register.tour(rows, store.get, lang))
    raise click.exceptions.Exit(code)
