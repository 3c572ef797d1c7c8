"""RCPT: receipt stamps (ตรารับ)."""

from __future__ import annotations

from collections.abc import Iterator

from pipeline.paths import labels
from pipeline.rules.registry import Evidence, House, rule, unsure
from pipeline.say import Words
from schemas.finding import Severity
from schemas.letter import Letter

_ALWAYS = ("number", "date")
_ENOUGH = 2  # a stamp shows at least so much, or we have read hardly anything of it
_OFTEN = ("agency", "time")  # offices leave the time blank as a habit


@rule("RCPT-01", Severity.WARNING, basis="ตรารับหนังสือ แบบที่ 12", title_th="ตรารับกรอกครบ")
def stamp_is_filled_in(letter: Letter, house: House) -> Iterator[Evidence]:
    """A receipt stamp shows number, date, time and office.

    A blank time or office is only a note. Pen in a stamp is easily overlooked, so in a stamp with an unsure
    value, or with hardly any value at all, a blank is taken for our fault, and is only a note too.
    """
    for place, receipt in enumerate(letter.receipts):
        inks = {name: getattr(receipt, name) for name in (*_ALWAYS, *_OFTEN)}
        blank = [name for name, ink in inks.items() if ink is None]
        if not blank:
            continue
        seen = [name for name, ink in inks.items() if ink is not None]
        faint = len(seen) < _ENOUGH or any(unsure(ink, house.settings.sure) for ink in inks.values() if ink)
        paths = [f"receipts.{place}.{name}" for name in blank]
        message = Words(f"ตรารับไม่มี {labels(paths, 'th')}", f"The receipt stamp lacks: {labels(paths, 'en')}.")
        yield Evidence(
            message,
            tuple(f"receipts.{place}.{name}" for name in (*blank, *seen)),
            severity=Severity.NOTE if faint or not set(blank) & set(_ALWAYS) else None,
            doubtful=faint,
        )
