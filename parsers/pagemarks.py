"""What a page says of its own place: its printed number, and the label of papers sent with a letter."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

from rapidfuzz.distance.Levenshtein import distance

from parsers.fields import bones
from parsers.rows import Row
from parsers.text import to_arabic

_NUMBERS = (
    re.compile(r"^\W{0,4}(?:หน้?า(?:ที่?)?|[Pp]age|PAGE|แผ่นที่)\W{0,3}(?P<n>\d{1,3})(?:\s?(?:/|จาก(?:ทั้งหมด)?|ของ|of)\s?(?P<of>\d{1,3}))?\W{0,3}(?:หน้า)?\W{0,2}$"),
    re.compile(r"^\W{0,3}[-–—]\s?(?P<n>\d{1,3})\s?[-–—]\W{0,3}$"),
    re.compile(r"^\(?(?P<n>\d{1,2})\s?/\s?(?P<of>\d{1,2})\)?$"),
)  # fmt: skip
_MISREAD = re.compile(
    r"^\W{0,4}หน้?า(?:ที่?)?\s?[\u0e01-\u0e2e\d]{1,2}(?:\s?(?:/|จาก)\s?\S{1,2})?$"
)  # หน้า ว for หน้า ๒
_BARE = re.compile(r"^(?P<n>\d{1,3})$")
_TOP, _FOOT = 0.14, 0.9
_LABEL = re.compile(
    r"^[^\u0e01-\u0e5bA-Za-z]{0,3}(?:สิ่?งที่?(?:ส่?ง|แนบ)มา(?:ด้?วย)?|เอกสารแนบ(?:ท้าย)?|เอกสารประกอบ|เอกสารหมายเลข|ภาคผนวก|ผนวก|บัญชีแนบท้าย|"
    r"แนบท้าย\S{0,20}|[Aa](?:nnex|ppendix|ttachment)|ANNEX|APPENDIX|ATTACHMENT|[Ee]nclosure)"
    r"\s*(?:หมายเลข|ลำดับที่|ที่|[Nn]o\.?)?\s*[.:]?\s*(?P<mark>\d{1,2}|[ก-ฮ](?![\u0e01-\u0e4e])|[A-Z](?![A-Za-z]))?(?P<rest>.*)$"
)
_ALONE = re.compile(r"^(?P<words>\D{8,22}?)\s*(?P<mark>\d{1,2})?[.\s)]{0,3}$")
_WORDS = tuple(bones(words) for words in ("สิ่งที่ส่งมาด้วย", "สิ่งที่แนบมาด้วย", "เอกสารแนบท้าย", "เอกสารหมายเลข"))
_LETTERS = "กขคงจฉชซญด"
_LABEL_ROWS = 5
_MODEL = re.compile(r"^\W{0,3}(?:-\s?)?(?:ตัวอย่าง|แบบหนังสือ|ร่างหนังสือ|\(ร่าง\)|ร่าง\s*$)")


class PrintedNumber(NamedTuple):
    """A page number, and of how many pages where that is printed too."""

    number: int
    total: int | None


class AnnexLabel(NamedTuple):
    """A label such as สิ่งที่ส่งมาด้วย ๒: the index of the row, which of them (from 1), and what stands behind it."""

    at: int
    number: int | None
    rest: str


def printed_number(rows: Sequence[Row]) -> PrintedNumber | None:
    """The number printed at the top or foot of a page whose rows these are: `- ๒ -`, หน้า 2/5, Page 2 of 5."""
    edges = [*rows[:3], *rows[-3:]] if len(rows) > 6 else rows
    for row in edges:
        at_edge = row.top is not None and (row.top < _TOP or row.top > _FOOT)
        if row.top is not None and not at_edge:
            continue
        text = to_arabic(row.text.strip())
        patterns = (*_NUMBERS, _BARE) if at_edge else _NUMBERS[:2]
        for pattern in patterns:
            found = pattern.match(text)
            if found is None:
                continue
            number, total = int(found["n"]), int(found.groupdict().get("of") or 0) or None
            if 0 < number < 200 and (total is None or number <= total):
                return PrintedNumber(number, total)
    return None


def is_printed_number(text: str) -> bool:
    """Whether a text is a page's number and nothing else: `- ๒ -`, ๒/๓, หน้า ๒ จาก ๓.

    >>> is_printed_number("หน้า ๒ จาก ๓"), is_printed_number("๒. รายละเอียด")
    (True, False)
    >>> is_printed_number("หนา ว"), is_printed_number("หน้าที่ของกรรมการ")
    (True, False)
    """
    bare = to_arabic(text.strip())
    return any(pattern.match(bare) is not None for pattern in (*_NUMBERS, _MISREAD))


def annex_label(rows: Sequence[Row]) -> AnnexLabel | None:
    """The label at the top of a page that names it as one of the papers sent with a letter."""
    for at, row in enumerate(rows[:_LABEL_ROWS]):
        if row.top is not None and row.top > 0.3:
            break
        label = label_of(row.text)
        if label is not None:
            return label._replace(at=at)
    return None


def label_of(text: str) -> AnnexLabel | None:
    """The same for one row's text; a list of enclosures in a letter's head starts alike but goes on with items.

    >>> label_of("สิ่งที่ส่งมาด้วย ๒").number, label_of("ภาคผนวก ข").number
    (2, 2)
    >>> label_of("สิ่งที่ส่งมาด้วย ๑. รายละเอียดโครงการ") is None
    True
    """
    clean = to_arabic(text.strip())
    found = _LABEL.match(clean)
    if len(text) > 90:
        return None
    if found is None:
        return _damaged_label(clean)
    rest = found["rest"].strip(" .:-–)")
    mark = found["mark"]
    if mark is None and len(rest) > 3:
        return None
    if rest and (found["rest"][:1] == "." or re.search(r"จำนวน\s?\d", rest)):
        return None
    number = None
    if mark is not None:
        number = int(mark) if mark.isdigit() else (_LETTERS + "ABCDEFGHIJ").find(mark) % 10 + 1
    return AnnexLabel(0, number, rest)


def _damaged_label(text: str) -> AnnexLabel | None:
    """A label that stands alone and of which a letter or two were misread."""
    found = _ALONE.match(text)
    if found is None:
        return None
    got = bones(found["words"])
    near = any(abs(len(got) - len(want)) <= 2 and distance(got, want, score_cutoff=2) <= 2 for want in _WORDS)
    return AnnexLabel(0, int(found["mark"]) if found["mark"] else None, "") if near else None


def is_model(rows: Sequence[Row]) -> bool:
    """Whether a page calls itself an example or a draft of a letter, so that its head starts none."""
    return any(_MODEL.match(row.text) is not None and len(row.text) < 60 for row in rows[:4])
