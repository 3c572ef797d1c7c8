"""The commands that give the register to other programs: `export`, `query` and `pdf`."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import Any

import click

from pipeline.choose import Choice, choose
from pipeline.command import Command
from pipeline.errors import BadInputError
from pipeline.frame import option
from pipeline.options import JSON, house, kept, which
from pipeline.say import Lang, Words, count_en, hint

_FORMS = ("csv", "xlsx", "parquet", "jsonl", "ics")
_WHAT = {
    "csv": Words("CSV: ไฟล์ที่จะเขียน หรือ - เพื่อพิมพ์ออกจอ", "CSV file to write, or - for the terminal."),
    "xlsx": Words(
        "Excel แบบทะเบียนหนังสือรับ พร้อมพิมพ์", "Excel workbook in the layout of form 13, ready to print."
    ),
    "parquet": Words("Parquet สำหรับโปรแกรมวิเคราะห์", "Parquet file for analysts' tools."),
    "jsonl": Words(
        "JSON Lines ฉบับละบรรทัด พร้อมค่าทุกค่าและตำแหน่งหมึก หรือ - เพื่อพิมพ์ออกจอ",
        "JSON Lines with every value and its ink, or - for the terminal.",
    ),
    "ics": Words("ปฏิทินกำหนดส่ง (.ics)", "Calendar of the deadlines (.ics)."),
}
_PAGES = Words("เขียน {count} หน้าลงใน {file}", "Wrote {count_en} to {file}")
_NOTHING = Words(
    "ยังไม่ได้บอกว่าจะเขียนไฟล์ใด เช่น --xlsx ทะเบียน.xlsx", "Say what to write, such as --xlsx register.xlsx."
)


def _forms(command: Any) -> Any:
    for form in reversed(_FORMS):
        command = option(
            f"--{form}",
            type=click.Path(dir_okay=False, path_type=Path),
            help=_WHAT[form].en,
            thai=_WHAT[form].th,
        )(command)
    return command


@click.command(
    cls=Command,
    name="export",
    thai="ส่งออกทะเบียนเป็นไฟล์สำหรับโปรแกรมอื่น ตามลำดับช่องของทะเบียนหนังสือรับ (แบบที่ 13)\n\n"
    "เขียนได้หลายแบบพร้อมกัน ใน CSV วันที่เป็นแบบ ISO และไฟล์ขึ้นต้นด้วย BOM เพื่อให้ Excel แสดงภาษาไทย "
    "ใน Excel วันที่เป็นวันที่จริงแบบ พ.ศ.",
    examples="""
    saraban export --xlsx register.xlsx
    saraban export --csv register.csv --from 2566-06-01
    saraban export --parquet register.parquet --jsonl letters.jsonl
    saraban export --ics deadlines.ics --due 30
    """,
)
@_forms
@option(
    "--headings",
    type=click.Choice(["th", "en"]),
    default="th",
    show_default=True,
    help="Language of the headings.",
    thai="ภาษาของหัวช่อง",
)
@which
def export(headings: Lang, **wanted: Any) -> None:
    """Export the register for other programs, its columns in the order of the receiving register (form 13).

    Several forms can be written at once. In CSV, dates are ISO and a file begins with a byte-order mark, so
    that Excel shows Thai; in Excel, dates are real dates in the Buddhist calendar.
    """
    from pipeline.store import open_store

    files = {form: wanted.pop(form) for form in _FORMS}
    settings, lang = house()
    if not any(files.values()):
        raise click.UsageError(_NOTHING.say(lang))
    store = open_store(settings)
    rows = choose(store.rows(), Choice(**wanted), dt.date.today())
    for form, file in files.items():
        if file is None:
            continue
        count = _save(form, rows, file, headings, store)
        if str(file) != "-":
            counts = {"count": count, "count_en": count_en(count, "letter")}
            click.echo(hint("exported", lang, **counts, file=file), err=True)


def _save(form: str, rows: list[Any], file: Path, headings: Lang, store: Any) -> int:
    """Write one form; each brings its own library, and only when it is asked for."""
    if str(file) == "-" and form not in ("csv", "jsonl"):
        raise BadInputError(
            "export.binary",
            f"--{form} พิมพ์ออกจอไม่ได้ โปรดบอกชื่อไฟล์",
            f"--{form} needs a file, not the terminal.",
        )
    if form == "csv":
        from pipeline.export.csv import save_csv

        return save_csv(rows, file, headings)
    if form == "xlsx":
        from pipeline.export.xlsx import save_xlsx

        return save_xlsx(rows, file, headings)
    if form == "parquet":
        from pipeline.export.parquet import save_parquet

        return save_parquet(rows, file)
    if form == "jsonl":
        from pipeline.export.lines import save_jsonl

        return save_jsonl(rows, store.get, file)
    from pipeline.export.ics import save_ics

    return save_ics(rows, file, headings, dt.datetime.now(dt.UTC))


_QUERY_TABLES = Words("ตารางที่ถามได้", "Tables to ask")


@click.command(
    cls=Command,
    name="query",
    thai="ถามทะเบียนด้วย SQL (DuckDB) อ่านได้อย่างเดียว\n\n"
    "ตาราง: letters, receipts, deadlines, findings, documents ไม่มีข้อมูลของเอกสารลับ "
    "ไม่บอกคำถามจะแสดงตารางและช่องทั้งหมด",
    examples="""
    saraban query                      # which tables and columns there are
    saraban query "SELECT agency, count(*) AS n FROM letters GROUP BY ALL ORDER BY n DESC"
    saraban query "SELECT l.subject, d.date FROM deadlines d JOIN letters l ON l.id = d.letter_id" --csv > due.csv
    """,
)
@click.argument("sql", required=False)
@option("--csv", "as_csv", is_flag=True, help="CSV instead of a table.", thai="เขียนเป็น CSV แทนตาราง")
@JSON
def query(sql: str | None, as_csv: bool, as_json: bool) -> None:
    """Ask the register in SQL (DuckDB); nothing can be changed this way.

    Tables: letters, receipts, deadlines, findings, documents; nothing of protected files. Without a question,
    the tables and their columns are shown.
    """
    from pipeline.query import Bounds, ask, write
    from pipeline.store import open_store
    from pipeline.store.tables import TABLES, arrow, column_names

    settings, lang = house()
    open_store(settings)  # brings the tables up to date
    if sql is None:
        click.echo(f"{_QUERY_TABLES.say(lang)}:")
        for name, table in TABLES.items():
            click.echo(f"\n{name}: {table.about}\n  {', '.join(column_names(name))}")
        return
    bounds = Bounds(settings.query_s, settings.query_rows)
    answer = ask(sql, tuple(TABLES), lambda name: arrow(settings.url, name), bounds)
    write(answer, "json" if as_json else "csv" if as_csv else "table")


@click.command(
    cls=Command,
    name="pdf",
    thai="เขียน PDF/A ที่ค้นข้อความได้ของเอกสารที่เก็บไว้\n\n"
    "ภาพหน้ากระดาษเป็นอย่างที่สแกน ข้อความที่อ่านได้ซ่อนอยู่ใต้หมึก คัดลอกและค้นหาเลขไทยได้ถูกต้อง",
    examples="""
    saraban pdf 4                      # writes 4.pdf
    saraban pdf 4 -o letter.pdf
    """,
)
@click.argument("id_", metavar="ID")
@option(
    "-o",
    "--out",
    "file",
    type=click.Path(dir_okay=False, path_type=Path),
    help="File to write; default: ID.pdf here.",
    thai="ไฟล์ที่จะเขียน ถ้าไม่บอกคือ ID.pdf ในโฟลเดอร์นี้",
)
def pdf_(id_: str, file: Path | None) -> None:
    """Write a searchable PDF/A of a kept document.

    The pages look as they were scanned; what was read lies invisibly under the ink, Thai digits included.
    ID is a letter's number in the register, or the beginning of a file's hash.
    """
    from pipeline.export.pdfa import original_of, save_pdfa
    from pipeline.store import open_store

    settings, lang = house()
    store = open_store(settings)
    stored = kept(store, id_)
    target = file or Path(f"{id_}.pdf")
    sha256 = stored.entry.sha256
    document = store.document(sha256)
    original = original_of(settings, stored)
    count = save_pdfa(original, document.pages if document else (), target, stored.entry.name or sha256)
    counts = {"count": count, "count_en": count_en(count, "page")}
    click.echo(_PAGES.say(lang).format(**counts, file=target), err=True)


COMMANDS = (export, query, pdf_)
