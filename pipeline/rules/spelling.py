"""TEXT: words that no writer writes; they point at our reading, not at the letter."""

from __future__ import annotations

import re
from collections.abc import Iterator

from pipeline.paths import labels, reading_at
from pipeline.rules.registry import HOUSE_RULE, Evidence, House, rule
from pipeline.say import Words
from schemas.finding import Severity
from schemas.letter import Letter

_IMPOSSIBLE = re.compile(
    r"(?:^|[\s\d(])[\u0e31\u0e33-\u0e3a\u0e47-\u0e4e]"  # a mark with nothing to stand on
    r"|[\u0e34-\u0e37][\u0e31\u0e33-\u0e37]|[\u0e48-\u0e4c]{2}|[\u0e40-\u0e44][\u0e31\u0e34-\u0e3a\u0e48-\u0e4e]"
)
_DOUBLED = re.compile(r"(?P<word>[ก-ฮ][ก-๎]{2,})(?P=word)")
_MEANT = ("ต่าง", "ทั่ว", "อื่น", "ใหญ่", "เล็ก", "จริง", "แท้", "เรื่อย", "บ่อย", "ใกล้")
_PATHS = ("subject", "addressee", "agency", "signatory.name", "signatory.position", "signatory.acting_for")


@rule(
    "TEXT-01",
    Severity.NOTE,
    basis=HOUSE_RULE,
    title_th="คำสำคัญสะกดเป็นภาษาไทยได้",
    examples=({"addressee": "นายอำเภอลำไย"}, {"addressee": "นายอำเภอลำไ้ม"}),
)
def words_are_possible(letter: Letter, house: House) -> Iterator[Evidence]:
    """Names and titles hold no cluster of letters that Thai cannot have, and no word twice over."""
    strange = []
    for path in _PATHS:
        ink = reading_at(letter, path)
        text = ink.value if ink is not None else None
        if isinstance(text, str) and (_IMPOSSIBLE.search(text) or _is_doubled(text)):
            strange.append(path)
    if strange:
        message = Words(
            f"มีคำที่สะกดไม่ได้ใน: {labels(strange, 'th')}", f"Words that cannot be, in: {labels(strange, 'en')}."
        )
        yield Evidence(message, tuple(strange), doubtful=True)


def _is_doubled(text: str) -> bool:
    """ขอบขอบคุณ; words that Thai does say twice are written with ๆ, or are meant."""
    return any(not found["word"].startswith(_MEANT) for found in _DOUBLED.finditer(text))
