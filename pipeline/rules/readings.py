"""READ: values that a person must look at. Here alone do rules speak of ink that was not understood."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from pipeline.paths import KEY, bare, is_uncounted, labels, readings
from pipeline.rules.registry import HOUSE_RULE, Evidence, House, rule, unsure
from pipeline.say import Words
from schemas.finding import Severity
from schemas.letter import Letter
from schemas.reading import Reading

_NOT_VALUES = frozenset(
    ("kind", "weekday", "body", "address", "deadlines.kind", "deadlines.phrase", "references.text")
)
"""Words, and values that only serve other values: nobody types them into the register."""


def _doubts(letter: Letter, house: House, key: bool) -> dict[str, Reading[Any]]:
    found, sure = {}, house.settings.sure
    for path, ink in readings(letter):
        if not unsure(ink, sure):
            continue
        name = bare(path)
        if name in _NOT_VALUES or (name in KEY) is not key:
            continue
        if not is_uncounted(letter, path):  # it was understood; DATE-08 speaks of it
            found[path] = ink
    return found


def _is_transcript(doubts: dict[str, Reading[Any]]) -> bool:
    """Whether all that is unsure is so only because somebody else's OCR read it."""
    return bool(doubts) and all(
        ink.reader == "transcript" and ink.value is not None for ink in doubts.values()
    )


def _message(doubts: dict[str, Reading[Any]]) -> Words:
    blank = [path for path, ink in doubts.items() if ink.value is None]
    rest = [path for path in doubts if path not in blank]
    th, en = [], []
    if blank:
        th.append(f"อ่านไม่ออก: {labels(blank, 'th')}")
        en.append(f"Not understood: {labels(blank, 'en')}.")
    if _is_transcript({path: doubts[path] for path in rest}):
        th.append("ค่าทั้งหมดมาจากข้อความที่โปรแกรมอื่นถอดไว้")
        en.append("All values come from a text that another program has read.")
    elif rest:
        th.append(f"ไม่แน่ใจ: {labels(rest, 'th')}")
        en.append(f"Not sure: {labels(rest, 'en')}.")
    return Words(" · ".join(th), " ".join(en))


@rule(
    "READ-01",
    Severity.WARNING,
    basis=HOUSE_RULE,
    title_th="ค่าหลักอ่านได้แน่ชัด",
    examples=(
        {"subject": {"value": "ขอเชิญประชุม", "confidence": 0.95}},
        {"subject": {"value": "ขอเชิญประชุม", "confidence": 0.6}},
    ),
)
def key_values_are_sure(letter: Letter, house: House) -> Iterator[Evidence]:
    """The values that the register stands on were read for sure.

    Number, date, subject, addressee, urgency, secrecy, signatory, score, receipts and deadlines. A value is
    sure from the confidence `sure` of the settings on. Unsure values are kept and shown, and a person is
    asked to look.
    """
    doubts = _doubts(letter, house, key=True)
    if doubts:
        yield Evidence(_message(doubts), tuple(doubts), doubtful=True)


@rule(
    "READ-02",
    Severity.NOTE,
    basis=HOUSE_RULE,
    title_th="ค่าอื่นอ่านได้แน่ชัด",
    examples=(
        {"phone": {"value": "0 5426 5070", "confidence": 0.95}},
        {"phone": {"value": "0 5426 5070", "confidence": 0.6}},
    ),
)
def other_values_are_sure(letter: Letter, house: House) -> Iterator[Evidence]:
    """The other values were read for sure.

    Agency, position, contacts, references, enclosures, copies and the like.
    """
    doubts = _doubts(letter, house, key=False)
    if _is_transcript(doubts) and _is_transcript(_doubts(letter, house, key=True)):
        return  # READ-01 has spoken of all values
    if doubts:
        yield Evidence(_message(doubts), tuple(doubts), doubtful=True)
