"""Endorsements (เกษียนหนังสือ): what officers noted on a letter after it had come, kept apart from its own text."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Sequence

from parsers.contacts import has_contact
from parsers.dates import find_dates
from parsers.daylines import share
from parsers.fields import find_label
from parsers.kinds import is_closing
from parsers.passages import join_rows
from parsers.rows import Row, reading, same_height
from parsers.signers import POST, has_title, name_ink
from schemas.letter import Endorsement

_CUE = re.compile(
    r"^[^\u0e01-\u0e5b]{0,6}(?:(?:รับ)?ทราบ|เพื่อ(?:โปรด|ทราบ|พิจารณา|ดำเนินการ|แจ้ง|มอบ|ขอ)|มอบ|แจ้ง(?!ว่า)|(?:ไม่)?อนุมัติ|(?:ไม่)?อนุญาต|เห็นชอบ|เห็นควร|"
    r"ชอบ\W*$|ตามเสนอ|ดำเนินการ|ลงนามแล้ว|ลงแล้ว|จัด(?:ทำ|ส่ง|เก็บ|การ)|เก็บ|เวียน|ความเห็น|เสนอ|ตรวจสอบแล้ว|ส่ง(?:ให้|งาน|กอง|ฝ่าย|เรื่อง)|ประสาน|นัด|"
    r"เข้าร่วม|คำสั่ง(?!ที่)|สั่งการ|โปรด|ผอ\.|หน\.|ปลัด|รองปลัด|นายก\S{0,3}\s*$|ด่วน\s|ติดตาม|รายงาน(?:ผล|ให้)|เชิญ|พิจารณา|งาน\S{2,20}\s*(?:ดำเนิน|รับ)|เงื่อนไขการ)"
)
_TO = re.compile(r"^[^\u0e01-\u0e5b]{0,3}(?:กราบ)?เรียน\s*\S")
_DAY = r"[0-9๐-๙]{1,2}\s?(?:/\s?[0-9๐-๙]{1,2}\s?/\s?[0-9๐-๙]{2,4}|(?:\s?[\u0e01-\u0e4e]{1,2}\.){2}\s?[0-9๐-๙]{2,4})"
_INITIALS = re.compile(rf"^[^\u0e01-\u0e5bA-Za-z0-9]{{0,3}}(?:[\u0e01-\u0e4e]{{1,6}}\.?\s?)?{_DAY}\W{{0,2}}$")
_THAI = re.compile(r"[\u0e01-\u0e2e]")
_SIGNED = re.compile(r"^\W{0,3}(?:\(?ลงชื่อ\)?|ลงนาม)|^[\s._…-]{6,}$")
_SURE = 0.88  # whoever wrote by hand, and wherever: a person looks
_LONGEST = 110
_CLEAR = 0.7  # confidence of coloured ink without a cue, below which it is a seal or a scribble


def is_note(text: str) -> bool:
    """Whether a row reads as the beginning of an endorsement: ทราบ, มอบ …, เพื่อโปรดพิจารณา."""
    return len(text) <= _LONGEST and (_CUE.match(text) is not None)


def find_endorsements(
    rows: Iterable[Row], taken: Collection[int], written: object = None
) -> tuple[tuple[Endorsement, ...], set[int]]:
    """The endorsements among rows that are no part of the letter's own text, and the `order` of their rows.

    `taken` holds the `order` of rows that the signature, the owner's office and the like have; a row by itself
    counts only when it says what endorsements say, is signed by name, or is written in coloured ink.
    """
    free = [row for row in rows if row.order not in taken and not _is_own(row)]
    found: list[Endorsement] = []
    used: set[int] = set()
    for group in _groups(free):
        if not _endorses(group):
            continue
        found.append(_endorsement(group))
        used |= {row.order for row in group}
    return tuple(found), used


def _is_own(row: Row) -> bool:
    """Rows of the letter's own foot: telephone, copies, closing; and rows without a word."""
    if has_contact(row.text) or is_closing(row) or len(row.text) > _LONGEST:
        return True
    label = find_label(row.text, frozenset({"copies", "phone", "fax", "email"}))
    return (label is not None and label.trust >= 0.8) or not re.search(r"[\u0e01-\u0e2e0-9๐-๙]", row.text)


def _groups(rows: Sequence[Row]) -> list[list[Row]]:
    """Rows that one officer wrote: set close below each other on a page, adjacent in a transcript.

    A name closes a group, but for the post and the day below it.
    """
    groups: list[list[Row]] = []
    for row in rows:
        home = next((group for group in reversed(groups[-4:]) if _joins(row, group)), None)
        if home is None:
            groups.append([row])
        else:
            home.append(row)
    return groups


def _joins(row: Row, group: Sequence[Row]) -> bool:
    last = group[-1]
    if row.page != last.page:
        return False
    named = any(name_ink(each) is not None for each in group)
    if named and (name_ink(row) is not None or _starts_anew(row)):
        return False
    if _TO.match(row.text):
        return False
    if row.place is None or last.place is None:
        return row.order - last.order <= 1
    step = row.place.y0 - last.place.y0
    near = -4 <= step <= 3.2 * max(last.place.height, 12.0) + (26.0 if name_ink(row) is not None else 0.0)
    left, right = (
        min(each.place.x0 for each in group if each.place),
        max(each.place.x1 for each in group if each.place),
    )
    overlap = min(right, row.place.x1) - max(left, row.place.x0)
    return near and (overlap > 0 or same_height(row, last))


def _starts_anew(row: Row) -> bool:
    return (_CUE.match(row.text) is not None and POST.match(row.text.lstrip(" -.")) is None) or bool(
        re.match(r"^\W{0,3}(?:ความเห็น|เรียน|คำสั่ง|ทราบ|- )", row.text)
    )


def _endorses(group: Sequence[Row]) -> bool:
    text = " ".join(row.text for row in group)
    letters = len(_THAI.findall(text))
    if letters < 2 and not any(_INITIALS.match(row.text) for row in group):
        return False
    cued = any(_CUE.match(row.text) or _TO.match(row.text) for row in group)
    signed = any((ink := name_ink(row)) is not None and has_title(ink.text) for row in group)
    if not cued and not signed and _is_mostly_day(text):
        return False  # the letter's own day, written in by pen
    by_hand = any(_is_by_hand(row) for row in group)
    return cued or signed or (by_hand and letters >= 5) or any(_INITIALS.match(row.text) for row in group)


def _is_mostly_day(text: str) -> bool:
    return any(share(text, found.start, found.end) > 0.6 for found in find_dates(text))


def _is_by_hand(row: Row) -> bool:
    """Written in coloured ink and read with some certainty, as the words of a seal's ring are not."""
    return (row.line.ink == "colour" or row.line.reader == "hand") and row.line.confidence >= _CLEAR


def _endorsement(group: Sequence[Row]) -> Endorsement:
    passage = join_rows([row for row in group if not _SIGNED.match(row.text)] or group, centred=True)
    name = next((ink for row in group if (ink := name_ink(row)) is not None), None)
    dated = next(((row, found) for row in group for found in find_dates(row.text) if found.value), None)
    return Endorsement(
        text=reading(" ".join(row.text.strip() for row in group), passage.inks, trust=_SURE),
        date=None if dated is None else reading(
            dated[1].value, [dated[0].ink(dated[1].start, dated[1].end)], strict=True, trust=_SURE
        ),
        name=None if name is None else reading(name.text.strip(), [name], trust=_SURE),
    )  # fmt: skip
