"""The command `verify`: is what is kept still what was kept?"""

from __future__ import annotations

import click

from pipeline.command import Command
from pipeline.frame import option
from pipeline.options import JSON, house
from pipeline.say import Words

_SOUND = Words(
    "ครบถ้วน: บันทึกการใช้งาน {length} รายการต่อกันครบ ไฟล์ต้นฉบับ {originals} ไฟล์ตรงทุกไฟล์",
    "All is sound: {length} rows of the audit log hold together, {originals} originals are as they came.",
)
_UNSOUND = Words("พบสิ่งผิดปกติ {count} อย่าง", "{count} found wrong.")
_HEAD = Words(
    "จดรหัสนี้ไว้นอกเครื่อง เพื่อใช้กับ --known ครั้งหน้า: {head}",
    "Write this down outside this computer, for --known the next time: {head}",
)


@click.command(
    cls=Command,
    name="verify",
    thai="ตรวจว่าสิ่งที่เก็บไว้ยังเป็นของเดิม: บันทึกการใช้งานต่อกันครบ และไฟล์ต้นฉบับทุกไฟล์ตรงกับ hash (จบด้วย 3 เมื่อพบสิ่งผิดปกติ)",
    examples="""
    saraban verify
    saraban verify --known 5f3c…   # with the hash that an earlier run printed
    """,
)
@option(
    "--known",
    help="A hash that an earlier run printed; it must still be in the log.",
    thai="รหัสที่เคยจดไว้ ต้องยังอยู่ในบันทึก",
)
@JSON
def verify_(known: str | None, as_json: bool) -> None:
    """Check that what is kept is still what was kept: the audit log's chain and the hash of every original.

    Names each row and each file that is wrong, and exits with 3 then.
    """
    from pipeline import show
    from pipeline.verify import verify

    settings, lang = house()
    if as_json:
        verdict = verify(settings, known)
        click.echo(verdict.model_dump_json())
        raise click.exceptions.Exit(0 if verdict.sound else 3)
    with show.progress(lang) as tell:
        verdict = verify(settings, known, tell)
    for fault in verdict.faults:
        click.echo(fault.message if lang == "th" else fault.message_en)
    if verdict.sound:
        click.echo(_SOUND.say(lang).format(length=verdict.chain.length, originals=verdict.originals))
    else:
        click.echo(_UNSOUND.say(lang).format(count=len(verdict.faults)))
    click.echo(_HEAD.say(lang).format(head=verdict.chain.head))
    raise click.exceptions.Exit(0 if verdict.sound else 3)
