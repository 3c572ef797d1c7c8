"""The commands over a contest: `audit`, which checks what entrants sent, and `scores`, which checks score sheets."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from pipeline.command import Command
from pipeline.frame import option
from pipeline.options import JSON, house
from pipeline.say import Lang, Words

if TYPE_CHECKING:
    from pipeline.audit.conditions import Conditions

_FILE = click.Path(exists=True, dir_okay=False, path_type=Path)
_WORDS = {
    "rules": Words("กติกาที่จะใช้ตรวจ", "The rules to go by"),
    "right": Words("ใช้กติกานี้ตรวจหรือไม่", "Audit by these rules?"),
    "else": Words(
        "ยังไม่ได้ตรวจ บันทึกกติกาด้วย --write-rules rules.yaml แก้ให้ถูก แล้วใช้ --rules rules.yaml",
        "Nothing was audited. Save the rules with --write-rules rules.yaml, mend them, and give --rules rules.yaml.",
    ),
    "wrote": Words("บันทึกกติกาไว้ที่ {path}", "The rules were written to {path}"),
    "report": Words("รายงานอยู่ที่ {path}", "The report is in {path}"),
}


def _say(key: str, lang: Lang, **values: object) -> str:
    return _WORDS[key].say(lang).format(**values)


@click.command(
    cls=Command,
    name="audit",
    thai="ตรวจเอกสารที่ส่งเข้าประกวดทั้งโฟลเดอร์ตามกติกา แล้วเขียนรายงาน\n\n"
    "กติกาคือประกาศการประกวด (สแกน, PDF หรือข้อความ) หรือไฟล์ YAML "
    "สิ่งที่อ่านไม่ชัดจะให้คนดู ไม่ถือว่าผิด",
    examples="""
    saraban audit entries/ --rules announcement.pdf --blank form.pdf --report out/
    saraban audit entries/ --rules rules.yaml --blank form.pdf --manifest arrivals.csv --winners won.txt --yes
    """,
)
@click.argument("folder", type=click.Path(exists=True, file_okay=False, path_type=Path))
@option(
    "--rules",
    required=True,
    type=_FILE,
    help="The announcement, or rules as YAML.",
    thai="ประกาศการประกวด หรือกติกาเป็น YAML",
)
@option("--blank", type=_FILE, help="The blank entry form (PDF or scan).", thai="แบบฟอร์มเปล่า (PDF หรือสแกน)")
@option(
    "--winners",
    multiple=True,
    type=_FILE,
    help="Former winners: article or CSV; may be given again.",
    thai="ผู้เคยได้รางวัล: ข่าวหรือ CSV ระบุซ้ำได้",
)
@option("--manifest", type=_FILE, help="CSV with file and arrived.", thai="CSV ที่มีช่อง file และ arrived")
@option(
    "--report",
    type=click.Path(file_okay=False, path_type=Path),
    default=Path("audit-report"),
    show_default=True,
    help="Folder of the report.",
    thai="โฟลเดอร์ของรายงาน",
)
@option(
    "--write-rules",
    type=click.Path(dir_okay=False, path_type=Path),
    help="Write the rules as YAML, and stop.",
    thai="เขียนกติกาเป็น YAML แล้วหยุด",
)
@option("--yes", is_flag=True, help="Do not ask whether the rules are right.", thai="ไม่ต้องถามว่ากติกาถูกหรือไม่")
@JSON
def audit_(
    folder: Path, rules: Path, blank: Path | None, winners: tuple[Path, ...], manifest: Path | None,
    report: Path, write_rules: Path | None, yes: bool, as_json: bool,
) -> None:  # fmt: skip
    """Audit what entrants sent to a contest, and write a report.

    RULES is the announcement (scan, PDF or text) or a YAML file; what was read of it is shown first. What cannot
    be read goes to a person and is never held against an entrant.
    """
    from pipeline.audit.conditions import dump, load

    settings, lang = house()
    conditions = load(rules, settings)
    if write_rules is not None:
        write_rules.write_text(dump(conditions), encoding="utf-8")
        click.echo(_say("wrote", lang, path=write_rules), err=True)
        return
    _confirm(conditions, lang, asked=not yes and not as_json)
    from flows.audit import run_audit
    from pipeline import show
    from pipeline.audit.words import terminal

    with show.progress(lang) as tell:
        made, paths = run_audit(folder, conditions, (blank, winners, manifest), report, settings, tell)
    click.echo(made.model_dump_json() if as_json else terminal(made, lang))
    click.echo(_say("report", lang, path=paths["html"]), err=True)


def _confirm(conditions: Conditions, lang: Lang, *, asked: bool) -> None:
    """Show the rules; ask whether they are right."""
    from pipeline.audit.conditions import shown

    if not asked:
        return
    click.echo(_say("rules", lang))
    for label, value in shown(conditions, lang):
        click.echo(f"  {label}: {value}")
    if not click.confirm(_say("right", lang), default=False):
        click.echo(_say("else", lang), err=True)
        raise click.exceptions.Exit(2)


@click.command(
    cls=Command,
    name="scores",
    thai="ตรวจใบให้คะแนน (ข้อ × กรรมการ): น้ำหนักรวม 100 ผลรวม ค่าเฉลี่ย และจัดอันดับ\n\nจบด้วย 1 เมื่อมีสิ่งที่ไม่ตรงกัน",
    examples="""
    saraban scores scores/*.csv
    saraban scores town.pdf --letter result-letter.pdf
    """,
)
@click.argument("files", nargs=-1, required=True, type=_FILE)
@option(
    "--letter",
    "letters",
    multiple=True,
    type=_FILE,
    help="Result letter to compare with; may be given again.",
    thai="หนังสือแจ้งผลที่จะเทียบ ระบุซ้ำได้",
)
def scores(files: tuple[Path, ...], letters: tuple[Path, ...]) -> None:
    """Check score sheets (criteria by judges): weights, totals and averages, and rank the entrants.

    Exits with 1 where something does not add up.
    """
    from pipeline.audit.scoring import announced, judged, read_sheets, report

    settings, lang = house()
    found = judged(read_sheets(files, settings), announced(letters, settings))
    click.echo(report(found, lang))
    raise click.exceptions.Exit(1 if any(faults for _, faults in found) else 0)


COMMANDS = (audit_, scores)
