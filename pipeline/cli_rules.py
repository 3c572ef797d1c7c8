"""The commands over rules: `rules` lists and explains them, `check` asks them, `rejudge` asks them again."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from pipeline.command import Command
from pipeline.errors import BadInputError
from pipeline.frame import option
from pipeline.options import JSON, house
from pipeline.say import Lang, Words, say_basis

if TYPE_CHECKING:
    from pipeline.rules.registry import Rule
    from schemas.finding import Finding
    from schemas.result import Result

FOUND = {"note": 0, "warning": 10, "error": 20}
"""Exit codes of `check`, by the gravest finding."""

_FIXED = 22  # columns of the list of rules before the title
_ORDER = ("note", "warning", "error", "never")


@click.command(
    cls=Command,
    name="rules",
    thai="แสดงรายการกฎที่ใช้ตรวจ หรืออธิบายกฎหนึ่งข้อ พร้อมตัวอย่างที่ผ่านและไม่ผ่าน",
    examples="""
    saraban rules
    saraban rules DATE-01
    """,
)
@click.argument("id_", metavar="[ID]", required=False)
@JSON
def rules(id_: str | None, as_json: bool) -> None:
    """List the rules, or explain one with an example that passes and one that fails.

    What a rule weighs in this house is shown as the settings have it.
    """
    from pipeline import show
    from pipeline.rules import RULES

    settings, lang = house()
    if id_ is not None:
        each = RULES.get(id_.upper())
        if each is None:
            raise _unknown(id_, tuple(RULES))
        chosen = [each]
    else:
        chosen = list(RULES.values())
    if as_json:
        for each in chosen:
            click.echo(json.dumps(_as_json(each, settings.rules), ensure_ascii=False))
    elif id_ is None:
        show.console().print(_table(chosen, settings.rules, lang))
    else:
        _explain(chosen[0], settings.rules, lang)


def _unknown(id_: str, known: Sequence[str]) -> BadInputError:
    import difflib

    near = difflib.get_close_matches(id_.upper(), known, 1)
    return BadInputError(
        "rule.unknown",
        f"ไม่มีกฎ {id_}" + (f" หมายถึง {near[0]} หรือไม่" if near else " ดูรายการด้วย: saraban rules"),
        f"There is no rule {id_}" + (f"; did you mean {near[0]}?" if near else ". See: saraban rules"),
    )


def _as_json(each: Rule, weights: Mapping[str, str]) -> dict[str, str]:
    return {
        "id": each.id,
        "severity": weights.get(each.id, each.severity.value),
        "title": each.title.en,
        "title_th": each.title.th,
        "basis": each.basis,
        "explanation": each.explanation,
    }


def _weight(each: Rule, weights: Mapping[str, str], lang: Lang) -> str:
    from pipeline.show import SEVERITIES
    from schemas.finding import Severity

    weight = weights.get(each.id, each.severity.value)
    if weight == "off":
        return Words("ปิด", "off").say(lang)
    return SEVERITIES[Severity(weight)][0].say(lang)


def _table(chosen: Sequence[Rule], weights: Mapping[str, str], lang: Lang) -> object:
    from rich.table import Table

    from pipeline.show import console
    from pipeline.wrap import wrap

    table, room = Table(box=None, pad_edge=False), max(20, console().width - _FIXED)
    for head in (Words("กฎ", "Rule"), Words("น้ำหนัก", "Weighs"), Words("สิ่งที่ต้องเป็น", "What must be")):
        table.add_column(head.say(lang), overflow="fold")
    for each in chosen:
        title = "\n".join(wrap(each.title.say(lang), room))
        table.add_row(each.id, _weight(each, weights, lang), title)
    return table


def _explain(each: Rule, weights: Mapping[str, str], lang: Lang) -> None:
    from pipeline.rules.examples import found

    click.echo(f"{each.id}  {each.title.say(lang)}  [{_weight(each, weights, lang)}]")
    click.echo(f"{Words('อาศัย', 'Rests on').say(lang)}: {say_basis(each.basis, lang)}")
    if each.explanation:
        click.echo(f"\n{each.explanation}")
    examples = (
        (Words("ผ่าน", "Passes"), each.examples.passes),
        (Words("ไม่ผ่าน", "Fails"), each.examples.fails),
    )
    for head, example in examples:
        click.echo(f"\n{head.say(lang)}:")
        if not example:
            click.echo(f"  {Words('หนังสือที่ไม่มีข้อผิด', 'a letter without a fault').say(lang)}")
        for name, value in example.items():
            click.echo(f"  {name}: {json.dumps(value, ensure_ascii=False, default=str)}")
    for finding in found(each.id, each.examples.fails):
        click.echo(f"  → {_message(finding, lang)}")


def _message(finding: Finding, lang: Lang) -> str:
    return finding.message if lang == "th" else finding.message_en


@click.command(
    cls=Command,
    name="check",
    thai="ตรวจหนังสือแล้วพิมพ์สิ่งที่พบ บรรทัดละข้อ โดยไม่เก็บ\n\n"
    "จบด้วย 20 เมื่อพบสิ่งที่ผิด 10 เมื่อมีคำเตือน 0 เมื่อไม่มี และ 2 หรือ 3 เมื่อมีไฟล์ที่อ่านไม่ได้ ตั้งได้ด้วย --fail-on",
    examples="""
    saraban check letter.pdf
    saraban check *.pdf --fail-on error
    saraban check letter.pdf --json
    """,
)
@click.argument("files", nargs=-1, required=True, type=click.Path(path_type=Path))
@option(
    "--format",
    "form",
    type=click.Choice(["text", "github"]),
    default="text",
    show_default=True,
    help="Lines for people, or annotations for a build server.",
    thai="บรรทัดสำหรับคน หรือรูปแบบของระบบ build",
)
@option(
    "--fail-on",
    type=click.Choice(_ORDER),
    default="warning",
    show_default=True,
    help="The lightest finding that makes the exit code other than 0.",
    thai="สิ่งที่พบขั้นเบาที่สุดที่ทำให้จบด้วยรหัสอื่นนอกจาก 0",
)
@JSON
def check(files: tuple[Path, ...], form: str, fail_on: str, as_json: bool) -> None:
    """Judge letters and print one line a finding: file:page: ID severity: message. Keep nothing.

    Exits with 20 where an error was found, 10 where a warning was, else 0; with 2 or 3 where a file could not
    be read. --fail-on note makes notes count as warnings do, --fail-on never leaves findings out.
    """
    from pipeline import show
    from pipeline.batch import exit_code, read_all

    settings, lang = house()
    strict = bool(click.get_current_context().find_root().params["debug"])
    unread, gravest = 0, 0
    with show.busy(lang, quiet=as_json or form != "text"):
        for path, result in zip(
            files, read_all(files, settings, dt.date.today(), strict=strict), strict=True
        ):
            unread = max(unread, exit_code(result))
            for line in _lines(path, result, _writer(form, as_json, lang)):
                click.echo(line)
            gravest = max([gravest, *(_code(each, fail_on) for each in result.findings)])
    raise click.exceptions.Exit(unread or gravest)


def _code(finding: Finding, fail_on: str) -> int:
    if _ORDER.index(finding.severity.value) < _ORDER.index(fail_on):
        return 0
    return FOUND[finding.severity.value] or FOUND["warning"]


Writer = Callable[[Path, "Finding"], str]


def _lines(path: Path, result: Result, write: Writer) -> list[str]:
    """One line a finding; of a file that gave no letter, a line for its trouble."""
    from schemas.finding import Finding, Severity

    troubles = [
        Finding(
            id=problem.code,
            severity=Severity.ERROR if result.status == "failed" else Severity.NOTE,
            fault="reading",
            title=problem.message_en,
            message=problem.message,
            message_en=problem.message_en,
            basis="house rule",
            page=problem.page,
        )
        for problem in result.problems
    ]
    return [write(path, each) for each in (*troubles, *result.findings)]


def _writer(form: str, as_json: bool, lang: Lang) -> Writer:
    if as_json:
        return lambda path, each: json.dumps(
            {"file": str(path), **each.model_dump(mode="json")}, ensure_ascii=False
        )
    if form == "github":
        return lambda path, each: _annotation(path, each, lang)
    return lambda path, each: (
        f"{path}:{each.page or 1}: {each.id} {_severity(each, lang)}: {_message(each, lang)}"
    )


def _severity(finding: Finding, lang: Lang) -> str:
    from pipeline.show import SEVERITIES

    return SEVERITIES[finding.severity][0].say(lang)


def _annotation(path: Path, each: Finding, lang: Lang) -> str:
    kind = {"error": "error", "warning": "warning"}.get(each.severity.value, "notice")
    text = _message(each, lang).replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")
    file = str(path).replace("%", "%25").replace(",", "%2C").replace(":", "%3A")
    return f"::{kind} file={file},title={each.id}::{text}"


@click.command(
    cls=Command,
    name="rejudge",
    thai="ตรวจหนังสือในทะเบียนใหม่ทั้งหมดด้วยกฎและค่าตั้งปัจจุบัน โดยไม่อ่านสแกนซ้ำ\n\nสิ่งที่คนแก้ไว้ยังอยู่ครบ หยุดกลางทางแล้วสั่งซ้ำได้",
    examples="saraban rejudge",
)
@JSON
def rejudge(as_json: bool) -> None:
    """Judge all kept letters again with the rules and settings of today, without reading them again.

    What people have corrected stays. It may be stopped and run again at any time.
    """
    from pipeline import show
    from pipeline.rejudge import rejudge_all

    settings, lang = house()
    with show.progress(lang) as tell:
        done = rejudge_all(settings, dt.date.today(), tell)
    if as_json:
        click.echo(done.model_dump_json())
        return
    click.echo(
        Words(
            f"ตรวจใหม่ {done.documents} ไฟล์ เปลี่ยนไป {done.changed} ไฟล์",
            f"Judged {done.documents} files again; {done.changed} of them changed.",
        ).say(lang)
    )


COMMANDS = (rules, check, rejudge)
