"""The command `reliability`: how right were values that people confirmed?"""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from pipeline.command import Command
from pipeline.options import JSON, house
from pipeline.say import Words

if TYPE_CHECKING:
    from pipeline.experience import Band
    from pipeline.say import Lang

_NONE = Words(
    "ยังไม่มีค่าที่คนยืนยัน ยืนยันหนังสือในหน้าเว็บ (saraban serve) แล้วสั่งใหม่",
    "Nobody has confirmed a letter yet. Confirm some on the review page (saraban serve), then ask again.",
)
_LINE = Words(
    "{reader}  ความแน่ใจ {low:.2f}-{high:.2f}  {count} ค่า  ถูก {right} ({share:.1f}%)",
    "{reader}  confidence {low:.2f}-{high:.2f}  {count} values  {right} right ({share:.1f}%)",
)


@click.command(
    cls=Command,
    name="reliability",
    thai="ค่าที่คนยืนยันแล้ว เครื่องอ่านถูกแค่ไหน แยกตามวิธีอ่านและความแน่ใจ",
    examples="saraban reliability",
)
@JSON
def reliability(as_json: bool) -> None:
    """Tell how right values were that people confirmed, by how sure the reader was.

    Counts number, date, subject, sender, addressee, urgency, signer, score, receipts and deadlines of the letters that
    people confirmed. Where sure values were wrong more often than 1 in 200, values count as sure only from a higher
    confidence on.
    """
    from pipeline.experience import experience
    from pipeline.show_reliability import verdict
    from pipeline.store import open_store

    settings, lang = house()
    found = experience(open_store(settings).proofs(), settings.sure)
    if as_json:
        click.echo(found.model_dump_json())
        return
    if not found.bands:
        click.echo(_NONE.say(lang))
        return
    for band in found.bands:
        click.echo(_line(band, lang))
    for line in verdict(found, lang):
        click.echo(line)


def _line(band: Band, lang: Lang) -> str:
    from pipeline.show_reliability import reader_name

    return _LINE.say(lang).format(
        reader=f"{reader_name(band, lang):10}",
        low=band.low / 1000,
        high=min(band.high, 1000) / 1000,
        count=band.count,
        right=band.right,
        share=100 * band.right / band.count,
    )
