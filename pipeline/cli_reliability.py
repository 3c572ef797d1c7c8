"""The command `reliability`: how right were values that people confirmed?"""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from pipeline.command import Command
from pipeline.options import JSON, house
from pipeline.say import Words

if TYPE_CHECKING:
    from pipeline.experience import Band, Experience
    from pipeline.say import Lang

_NONE = Words(
    "ยังไม่มีค่าที่คนยืนยัน ยืนยันหนังสือในหน้าเว็บ (saraban serve) แล้วสั่งใหม่",
    "Nobody has confirmed a letter yet. Confirm some on the review page (saraban serve), then ask again.",
)
_READERS = {
    "print": Words("พิมพ์", "print"),
    "hand": Words("ลายมือ", "pen"),
    "text-layer": Words("ชั้นข้อความ PDF", "PDF text"),
    "transcript": Words("ถอดความ", "transcript"),
}
_LINE = Words(
    "{reader}  ความแน่ใจ {low:.2f}-{high:.2f}  {count} ค่า  ถูก {right} ({share:.1f}%)",
    "{reader}  confidence {low:.2f}-{high:.2f}  {count} values  {right} right ({share:.1f}%)",
)
_SURE = Words(
    "ค่าที่แสดงว่าแน่ใจ (ตั้งแต่ {setting:.2f}) ที่คนยืนยันแล้ว {count} ค่า ผิด {wrong} ค่า ({share:.2f}%) เป้าหมายคือไม่เกิน 0.50%",
    "Shown as sure (from {setting:.2f}) and confirmed: {count} values, {wrong} wrong ({share:.2f}%); "
    "the aim is at most 0.50%.",
)
_FEW = Words(
    "ยังน้อยกว่า {enough} ค่า จึงใช้ค่าตั้ง sure = {setting:.2f} ต่อไป",
    "Fewer than {enough}: the setting sure = {setting:.2f} stands.",
)
_RAISED = Words(
    "ผิดบ่อยเกินไป จึงถือว่าแน่ใจตั้งแต่ {sure:.2f} ขึ้นไป สั่ง saraban rejudge เพื่อใช้กับหนังสือเดิมด้วย",
    "That is too often: here values count as sure from {sure:.2f} on. For letters kept before, run: saraban rejudge",
)
_GOOD = Words("ค่าตั้ง sure = {setting:.2f} ใช้ได้ดีที่นี่", "The setting sure = {setting:.2f} does well here.")
_NOTE = Words(
    "คนอาจไม่ได้ดูค่าที่แสดงว่าแน่ใจทุกค่า จำนวนที่ผิดจริงจึงอาจมากกว่านี้",
    "People may not look closely at what is shown as sure, so more of it may be wrong than was noticed.",
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
    reader = _READERS[band.reader].say(lang) if band.reader in _READERS else band.reader
    return _LINE.say(lang).format(
        reader=f"{reader:10}",
        low=band.low / 1000,
        high=min(band.high, 1000) / 1000,
        count=band.count,
        right=band.right,
        share=100 * band.right / band.count,
    )


def verdict(found: Experience, lang: Lang) -> list[str]:
    """What follows, in sentences."""
    from pipeline.experience import ENOUGH

    share = 100 * found.sure_wrong / found.sure_count if found.sure_count else 0.0
    said = [
        _SURE.say(lang).format(
            setting=found.setting, count=found.sure_count, wrong=found.sure_wrong, share=share
        )
    ]
    if found.sure_count < ENOUGH:
        said.append(_FEW.say(lang).format(enough=ENOUGH, setting=found.setting))
    elif found.sure > found.setting:
        said.append(_RAISED.say(lang).format(sure=found.sure))
    else:
        said.append(_GOOD.say(lang).format(setting=found.setting))
    return [*said, _NOTE.say(lang)]
