"""Which of the kinds of letter this is, from the words printed for that purpose."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache, lru_cache
from typing import Literal, NamedTuple

from rapidfuzz.distance import Levenshtein

from parsers.daylines import is_date_row
from parsers.fields import bones, find_label
from parsers.rows import Ink, Row
from schemas.letter import Kind

Form = Literal["memo", "order", "rule", "announcement", "certificate", "minutes"]
"""What a printed heading announces; a rule (ระเบียบ) is an order, certificates and minutes are 'other'."""

KIND_OF: dict[Form, Kind] = {
    "memo": "memo",
    "order": "order",
    "rule": "order",
    "announcement": "announcement",
    "certificate": "other",
    "minutes": "other",
}

_MEMO = bones("บันทึกข้อความ")
_STARTS: tuple[tuple[Form, tuple[str, ...]], ...] = (
    ("order", ("คำสั่ง",)),
    ("rule", ("ระเบียบ", "ข้อบังคับ", "ข้อบัญญัติ", "เทศบัญญัติ")),
    ("announcement", ("ประกาศ", "แถลงการณ์", "ข่าว")),
    ("certificate", ("หนังสือรับรอง", "เลขที่")),
    ("minutes", ("รายงานการประชุม",)),
)
_BONES = {word: bones(word) for _, words in _STARTS for word in words}
_WORDS = tuple((form, word, _BONES[word][0], _BONES[word][1]) for form, words in _STARTS for word in words)
_LONGEST_WORD = 2 + max(map(len, _BONES))  # letters that one of them may have
_SENTENCE = re.compile(
    r"ณ วันที่|ดังกล่าว|ตามที่|จึง|ขอ(?:ให้|เชิญ)|ประกาศ(?:นียบัตร|เกียรติ|ผล|ผู้)|ระเบียบวาระ|ข่าวสาร|"
    r"(?:คำสั่ง|ประกาศ|ระเบียบ|ข้อบังคับ)(?:ให้|นี้|ที่เกี่ยว|อื่น|ใด|แล้ว)"
)
_OF_ORDER = re.compile(
    r"^\s*ท[\u0e34-\u0e37\u0e48-\u0e4c]{0,3}\s*[0-9๐-๙]{1,5}\s*/\s*(?:พ\.?ศ\.?\s*)?[0-9๐-๙]{4}|ท[\u0e34-\u0e37\u0e48-\u0e4c]{1,3}\s*[0-9๐-๙]{1,5}\s*/\s*[0-9๐-๙]{4}\s*$"
)
_MARKS = re.compile("[\u0e31\u0e34-\u0e3a\u0e47-\u0e4e]")
# Both are looked for in texts without marks, which are lost and misread first.
_CERTIFIES = re.compile(
    r"ให[ไใ]วเ[พฟ]อร[บป]รอง|เ[พฟ]อร[บป]รองวา|ขอร[บป]รองวา|หนงสอ(?:ร[บป]รอง)?(?:ฉบบ)?น(?:ให)?[ไใ]ว"
)
_OPENS_CERTIFICATE = re.compile(
    r"^[^\u0e01-\u0e5b]{0,3}หนงสอ(?:ร[บป]รอง)?(?:ฉบบ)?น?\s?(?:ให)?[ไใ]ว\s?เ[พฟ]อร[บป]รอง"
)
_ISSUED = re.compile(r"(?:ให้|ออก)\s?(?:ไว้|ให้)?\s?ณ\s?วันที่?\s?[0-9๐-๙]{1,2}\s?[ก-๎.]{3,}")
_NUMBERED = re.compile(r"^เลขที่?\s*[.…]*\s*[0-9๐-๙]{1,6}(?:\s?/\s?[0-9๐-๙]{4}|[0-9๐-๙]{4}\s*$)")
_ORDERS = re.compile(r"(?:แต่?งตั้?ง|มอบหมาย|มอบอำ?นาจ|ย้?าย|ให้?|ยกเลิก|กำ?หนด|ลงโทษ|เลื่?อน|ปรับ|จัดตั้ง)")
_FIRST_CLAUSE = re.compile(r"^\W{0,3}ข้อ\s?[๑1](?![0-9๐-๙])")
_GIVEN = re.compile(r"(สั่ง|ประกาศ|ให้ไว้|แถลง)\s*ณ\s*วันที่?")
# The verb is beyond reading, and nothing but the day stands behind it.
_GIVEN_DAMAGED = re.compile(r"^(?:\S{2,9}\s?)?ณ\s*ว[ัี]?น\s?[ทต][ีิื]?[่้]?\s*(?=$|[0-9๐-๙.…])")
_CLOSINGS = {
    bones(text): text
    for text in (
        "ขอแสดงความนับถือ",
        "ขอแสดงความนับถืออย่างยิ่ง",
        "ขอแสดงความนับถืออย่างสูง",
        "ขอเจริญพร",
        "ขอนมัสการด้วยความเคารพ",
        "ขอนมัสการด้วยความเคารพอย่างยิ่ง",
        "ด้วยความเคารพ",
        "ด้วยความเคารพอย่างสูง",
        "ด้วยความนับถือ",
        "ควรมิควรแล้วแต่จะโปรดเกล้าโปรดกระหม่อม",
        "ควรมิควรแล้วแต่จะโปรด",
    )
}
_FAR_DOWN = 0.5  # a heading stands in the upper half of its page
_FIRST_ROWS = 14
_ASKEW = 0.14  # share of the page's width by which a heading's two margins may differ
_WIDEST = 0.7  # of the page's width, that a heading takes at most


class Heading(NamedTuple):
    """A printed heading: what it announces, the ink that says so, its index among the rows, how sure."""

    form: Form
    ink: Ink
    at: int
    trust: float


def find_heading(rows: Sequence[Row]) -> Heading | None:
    """The heading among a letter's first rows; None where none is printed, as in external letters."""
    if not rows:
        return None
    page, seen = rows[0].page, 0
    for at, row in enumerate(rows):
        if row.page != page or (seen >= _FIRST_ROWS and row.top is None):
            break
        if row.top is not None and row.top > _FAR_DOWN:
            continue
        seen += 1
        if find_label(row.text, frozenset({"subject", "addressee", "to"})):
            break  # below its subject no letter has a heading
        heading = heading_at(rows, at)
        if heading is not None:
            return heading
    return None


def heading_at(rows: Sequence[Row], at: int) -> Heading | None:
    """The heading that row `at` is, with the rows below it as witnesses."""
    row = rows[at]
    for form, word, trust in _headings(row.text):
        if word == "":
            if form == "memo" or row.place is not None:
                return Heading(form, row.ink(), at, trust)
            continue
        if row.line.ink == "colour":
            return None
        if (word == "เลขที่" or _is_centred(row)) and _witnessed(form, word, rows, at):
            return Heading(form, row.ink(), at, trust)
    return None


@lru_cache(maxsize=4096)  # the same rows are asked by those who part a file and those who read its letters
def _headings(text: str) -> tuple[tuple[Form, str, float], ...]:
    """What a row's words may announce, with the word that says so where the rows around it must bear it out."""
    if _is_memo(text):
        return (("memo", "", 1.0 if "บันทึกข้อความ" in text.replace(" ", "") else 0.85),)
    spoilt: tuple[tuple[Form, str, float], ...] = ()
    if _OPENS_CERTIFICATE.match(_MARKS.sub("", text)):
        spoilt = (("certificate", "", 0.85),)  # its number above is spoilt
    text = text.lstrip(" .-–*'\"“”|")
    if len(text) > 90 or _SENTENCE.search(text):
        return spoilt
    got = bones(text[:_LONGEST_WORD])
    one, other = got[:1], got[1:2]
    worded = [
        (form, word, 1.0 if text.startswith(word) else 0.85)
        for form, word, first, second in _WORDS
        # of the two first letters one may be misread, lost or added
        if (one in (first, second) or other in (first, second)) and _starts(text, word)
    ]
    return (*spoilt, *worded)


def is_closing(row: Row) -> bool:
    """Whether the row is a closing formula (คำลงท้าย) standing by itself."""
    return closing_of(row.text) is not None


@lru_cache(maxsize=4096)  # the same rows are asked by those who part a file and those who read its letters
def closing_of(text: str) -> tuple[str, float] | None:
    """The closing formula that a text stands for, rightly spelt, and how sure; None when it is none."""
    got = bones(text)
    best: tuple[int, str] | None = None
    for want, closing in _closings(len(got)):
        distance = Levenshtein.distance(got, want, score_cutoff=3)
        if distance <= min(3, len(want) // 5) and (best is None or distance < best[0]):
            best = (distance, closing)
    return (best[1], 1.0 - 0.05 * best[0]) if best else None


@cache
def _closings(length: int) -> tuple[tuple[str, str], ...]:
    """The closing formulas that so many letters may stand for."""
    fits = ((want, closing) for want, closing in _CLOSINGS.items() if abs(length - len(want)) <= 3)
    return tuple(fits) if 8 <= length <= 45 else ()


def is_given_sound(row: Row) -> bool:
    """Whether the words of issue are read whole; where not, ink lies over them, and over the day as well."""
    return _GIVEN.search(row.text) is not None


def find_given(row: Row) -> Ink | None:
    """The ink after `สั่ง ณ วันที่`, `ประกาศ ณ วันที่` or `ให้ไว้ ณ วันที่`: the date of orders and their kin."""
    if "ณ" not in row.text:
        return None
    found = _GIVEN.search(row.text)
    if found is None or found.start() > 12:
        found = _GIVEN_DAMAGED.match(row.text)
    return row.ink(found.end()) if found is not None else None


def _is_memo(text: str) -> bool:
    got = bones(text)
    if len(got) > len(_MEMO) + 3 or len(got) < len(_MEMO) - 3:
        return False
    return Levenshtein.distance(got, _MEMO, score_cutoff=2) <= 2


def _certifies(rows: Sequence[Row], at: int) -> bool:
    """Whether the rows from `at` on say that the paper certifies something."""
    return any(_CERTIFIES.search(_MARKS.sub("", row.text)) for row in rows[at : at + 16])


def is_issued(rows: Sequence[Row], at: int) -> bool:
    """Whether the rows from `at` on certify something and tell the day of issue: a blank form leaves it open."""
    below = rows[at : at + 16]
    return _certifies(rows, at) and any(_ISSUED.search(row.text) for row in below)


def _is_centred(row: Row) -> bool:
    """Whether a row stands in the middle of its page, as headings do and rows of running text do not."""
    if row.left is None or row.right is None:
        return True
    return abs(row.left - (1 - row.right)) < _ASKEW and row.right - row.left < _WIDEST


def _starts(text: str, word: str) -> bool:
    if text.startswith(word):
        return True
    want = _BONES[word]
    if len(want) == 4:  # คำสั่ง: its marks were misread, or one letter of it
        return Levenshtein.distance(bones(text[: len(word) + 2])[:4], want, score_cutoff=1) <= 1
    return len(want) >= 5 and Levenshtein.distance(bones(text[: len(word) + 2])[: len(want)], want) <= 1


def orders(row: Row) -> bool:
    """Whether a row is the subject of an order: เรื่อง แต่งตั้ง…, มอบหมาย…"""
    label = find_label(row.text, frozenset({"subject"}), glued=True)
    return label is not None and _ORDERS.match(row.text, label.end) is not None


def _opens_page(rows: Sequence[Row], at: int) -> bool:
    """Whether a row is the first of its page, but for an emblem's scraps."""
    above = [row for row in rows[max(0, at - 3) : at] if row.page == rows[at].page]
    return rows[at].place is not None and len(above) < 3 and all(len(row.text) < 8 for row in above)


def _witnessed(form: Form, word: str, rows: Sequence[Row], at: int) -> bool:
    """Whether the rows around a heading bear it out: many a plain sentence starts with the same words."""
    row, below = rows[at], rows[at + 1 : at + 7]
    subject = any(find_label(r.text, frozenset({"subject"}), glued=True) for r in below)
    if form == "order":
        numbered = any(_OF_ORDER.search(r.text) for r in (row, *below[:4]))
        return numbered or (_opens_page(rows, at) and any(orders(r) for r in below[:3]))
    if form == "announcement":
        given = any(find_given(r) for r in rows[at + 1 : at + 200])
        dated = word == "ข่าว" and any(is_date_row(r) for r in rows[at + 1 : at + 200])
        return subject and (given or dated or _opens_page(rows, at) or word != "ข่าว") and len(row.text) < 80
    if form == "rule":
        clauses = "งบประมาณ" in row.text or any(_FIRST_CLAUSE.match(r.text) for r in rows[at + 1 : at + 16])
        return any("วาดวย" in bones(r.text) for r in (row, *below[:3])) or (
            clauses and any(find_given(r) for r in rows[at + 1 : at + 200])
        )
    if form == "certificate":
        if word == "เลขที่":  # the form has no heading: its number comes first, and its text says what it is
            return _NUMBERED.match(row.text) is not None and _certifies(rows, at + 1)
        return len(bones(row.text)) < 30
    return any(re.search(r"ครั้งที่|ผู้มาประชุม|เริ่มประชุม", r.text) for r in (row, *below))
