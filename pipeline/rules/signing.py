"""SIGN: who signed, and in whose place."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from parsers.data import read_table
from pipeline.rules.registry import HOUSE_RULE, REGULATION, Evidence, House, could_clear, rule
from pipeline.say import Words
from schemas.finding import Severity
from schemas.letter import Letter

_ANNEX = f"{REGULATION} ภาคผนวก 3"
_ACTING = re.compile(r"(?:ปฏิบัติราชการแทน|รักษาราชการแทน|รักษาการในตำแหน่ง|ทำการแทน|ปฏิบัติหน้าที่แทน|รักษาการแทน)\s*$")
_NAME = {"name": "นายสมมติ ทดสอบดี"}
_NO_SOFT = ("degree", "profession")


@rule(
    "SIGN-01",
    Severity.WARNING,
    basis=f"{REGULATION} ข้อ 11",
    title_th="มีลายมือชื่อ",
    examples=(
        {"signatory": {**_NAME, "position": "ปลัดจังหวัด", "signed": True}},
        {"signatory": {**_NAME, "position": "ปลัดจังหวัด", "signed": False}},
    ),
)
def is_signed(letter: Letter, house: House) -> Iterator[Evidence]:
    """Pen ink stands above the typed name.

    Nothing is said where nobody looked for it, as in a text that another program has read. A letter that an
    e-saraban system sends may do without: switch this rule off for a house that gets such letters.
    """
    signatory = letter.signatory
    if signatory is None or signatory.signed is None or signatory.signed.value is not False:
        return
    message = Words("ไม่พบลายมือชื่อเหนือชื่อพิมพ์", "No signature was seen above the typed name.")
    yield Evidence(message, ("signatory.signed", "signatory.name"))


@rule(
    "SIGN-02",
    Severity.NOTE,
    basis=_ANNEX,
    title_th="ชื่อผู้ลงนามมีคำนำหน้า",
    examples=(
        {"signatory": {"name": "นางสาวสมมติ ทดสอบดี", "position": "ปลัดจังหวัด"}},
        {"signatory": {"name": "สมมติ ทดสอบดี", "position": "ปลัดจังหวัด"}},
    ),
)
def name_has_title(letter: Letter, house: House) -> Iterator[Evidence]:
    """The typed name begins with a title.

    นาย, นาง or นางสาว, a rank or an academic title.
    """
    name = letter.signatory.name if letter.signatory else None
    if name is None or name.value is None or not re.search("[ก-ฮ]", name.value):
        return
    if not name.value.startswith(_titles()):
        message = Words(f"ชื่อ “{name.value}” ไม่มีคำนำหน้า", f"The name “{name.value}” has no title.")
        yield Evidence(message, ("signatory.name",))


@cache
def _titles() -> tuple[str, ...]:
    rows = read_table("titles")
    return tuple({row[key] for row in rows for key in ("title", "expansion") if row[key]} | {"ว่าที่", "หม่อม"})


@cache
def _soft_titles() -> tuple[str, ...]:
    return tuple(row["title"] for row in read_table("titles") if row["kind"] in _NO_SOFT)


@rule(
    "SIGN-03",
    Severity.NOTE,
    basis=_ANNEX,
    title_th="คำนำหน้าชื่อไม่ใช้ ดร. หรือคำย่อวิชาชีพ",
    examples=(
        {"signatory": {"name": "รองศาสตราจารย์สมมติ ทดสอบดี", "position": "คณบดี"}},
        {"signatory": {"name": "ดร.สมมติ ทดสอบดี", "position": "คณบดี"}},
    ),
)
def title_is_proper(letter: Letter, house: House) -> Iterator[Evidence]:
    """The title is neither a degree nor an abbreviated profession.

    ดร., นพ. and their like should not stand in a signature; in practice they often do, so it is only a note.
    """
    name = letter.signatory.name if letter.signatory else None
    if name is None or name.value is None:
        return
    if name.value.startswith(_soft_titles()):
        message = Words(
            f"ชื่อ “{name.value}” ใช้คำนำหน้าที่ไม่ควรใช้ในการลงนาม",
            f"The name “{name.value}” has a title that should not stand in a signature.",
        )
        yield Evidence(message, ("signatory.name",))


@rule(
    "SIGN-04",
    Severity.WARNING,
    basis=_ANNEX,
    title_th="การลงนามแทนมีตำแหน่งครบทั้งสอง",
    examples=(
        {"signatory": {**_NAME, "position": "รองผู้ว่าราชการจังหวัด", "acting_for": "ผู้ว่าราชการจังหวัดลำปาง"}},
        {"signatory": {**_NAME, "position": "รองผู้ว่าราชการจังหวัด ปฏิบัติราชการแทน"}},
    ),
)
def delegation_is_whole(letter: Letter, house: House) -> Iterator[Evidence]:
    """Whoever signs for another shows both posts: the signer's own, and the one whose power is used."""
    signatory = letter.signatory
    if signatory is None:
        return
    own, other = signatory.position, signatory.acting_for
    if other is None and own is not None and own.value is not None and _ACTING.search(own.value):
        message = Words(
            f"“{own.value}” ไม่บอกว่าแทนตำแหน่งใด", f"“{own.value}” does not say for which post it is signed."
        )
        yield Evidence(message, ("signatory.position",), doubtful=not house.whole)
    elif other is not None and other.value is None and own is not None:
        message = Words(
            f"ลงนามแทน (“{other.raw}”) แต่ไม่พบว่าแทนตำแหน่งใด",
            f"It is signed for somebody (“{other.raw}”), but no post was found behind that.",
        )
        yield Evidence(message, ("signatory.acting_for", "signatory.position"))
    elif other is not None and other.value is not None and own is None:
        message = Words(
            f"ลงนามแทน “{other.value}” แต่ไม่มีตำแหน่งของผู้ลงนามเอง",
            f"It is signed for “{other.value}”, but the signer's own post is missing.",
        )
        yield Evidence(message, ("signatory.acting_for",), doubtful=not house.whole)


@rule(
    "SIGN-05",
    Severity.WARNING,
    basis=HOUSE_RULE,
    title_th="ไม่ลงนามแทนตำแหน่งของตนเอง",
    examples=(
        {"signatory": {**_NAME, "position": "รองผู้ว่าราชการจังหวัด", "acting_for": "ผู้ว่าราชการจังหวัดลำปาง"}},
        {"signatory": {**_NAME, "position": "นายอำเภอเมืองลำปาง", "acting_for": "นายอำเภอเมืองลำปาง"}},
    ),
)
def nobody_acts_for_himself(letter: Letter, house: House) -> Iterator[Evidence]:
    """Nobody signs for the post that is his own."""
    signatory = letter.signatory
    if signatory is None or signatory.position is None or signatory.acting_for is None:
        return
    own, other = signatory.position, signatory.acting_for
    if own.value is None or other.value is None or not _same(own.value, other.value):
        return
    message = Words(
        f"ตำแหน่ง “{own.value}” ลงนามแทนตำแหน่งเดียวกัน", f"“{own.value}” signs for the very same post."
    )
    doubtful = could_clear(_same, own, other)
    yield Evidence(message, ("signatory.position", "signatory.acting_for"), doubtful=doubtful)


def _same(own: str, other: str) -> bool:
    return "".join(own.split()) == "".join(other.split())
