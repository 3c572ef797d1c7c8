"""How right confirmed values were, in words: for the command and the page of statistics alike."""

from __future__ import annotations

from pipeline.experience import ENOUGH, Band, Experience
from pipeline.say import Lang, Words

_READERS = {
    "print": Words("พิมพ์", "print"),
    "hand": Words("ลายมือ", "pen"),
    "text-layer": Words("ชั้นข้อความ PDF", "PDF text"),
    "transcript": Words("ถอดความ", "transcript"),
}
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


def reader_name(band: Band, lang: Lang) -> str:
    """Who read the values of a band."""
    return _READERS[band.reader].say(lang) if band.reader in _READERS else band.reader


def band_name(band: Band, lang: Lang) -> str:
    """A band's reader, and from which confidence to which."""
    return f"{reader_name(band, lang)} {band.low / 1000:.2f}–{min(band.high, 1000) / 1000:.2f}"


def verdict(found: Experience, lang: Lang) -> list[str]:
    """What follows, in sentences."""
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
