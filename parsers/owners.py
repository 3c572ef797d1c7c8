"""What stands below the signature: the office that owns the matter (ส่วนราชการเจ้าของเรื่อง), and copies."""

from __future__ import annotations

import re
from collections.abc import Sequence

from parsers.contacts import before_contact, has_contact
from parsers.fields import find_label
from parsers.kinds import is_closing
from parsers.rows import Row, reading
from parsers.signers import UNIT
from schemas.reading import Reading

_ADDRESS = re.compile(r"^\W{0,3}(?:ถนน|ตำบล|อำเภอ|จังหวัด)[\u0e01-\u0e4e]+(?:\s.*)?(?:จังหวัด|[0-9๐-๙]{5})")
_WORDS = re.compile(r"[\u0e01-\u0e4eA-Za-z]{3}")


def find_owner_office(tail: Sequence[Row], signed: int) -> Reading[str] | None:
    """The office that owns the matter: the rows right above the telephone, at the left margin."""
    rows = list(tail[signed:])
    contact = next((i for i, row in enumerate(rows) if has_contact(row.text) or _is_contact_label(row)), None)
    if contact is None:
        found = next((i for i, row in enumerate(rows) if _is_office(row) and _at_left(row)), None)
        if found is None:
            return None
        block = [row for row in rows[found : found + 3] if _is_office(row) and len(row.text) < 90]
    else:
        block = _above(rows, contact)
    if contact is not None and not block:
        before = before_contact(rows[contact].ink())
        if UNIT.match(before.text) and len(before.text) > 4:
            return reading(before.text.strip(), [before], trust=0.9)
    if not block:
        return None
    inks = [row.ink().words() for row in block]
    return reading(" ".join(ink.text for ink in inks), inks, trust=0.95)


def _is_office(row: Row) -> bool:
    """Whether a row begins as the name of an office, and is no address: อำเภอวังสะพุง จังหวัดเลย ๔๒๑๓๐."""
    return UNIT.match(row.text) is not None and _ADDRESS.match(row.text) is None


def find_copies(tail: Sequence[Row]) -> tuple[Reading[str], ...]:
    """Who else got the letter (สำเนาส่ง), one reading a row."""
    for at, row in enumerate(tail):
        label = find_label(row.text, frozenset({"copies"}), glued=True)
        if label is None:
            continue
        inks = [row.ink(label.end).stripped(" ")] + [
            r.ink() for r in tail[at + 1 : at + 8] if not has_contact(r.text)
        ]
        copies = []
        for ink in inks:
            if ink.row is not row and (
                (not ink.text[:1].isdigit() and ink.row.place is None) or is_closing(ink.row)
            ):
                break
            if ink.text.strip():
                text = re.sub(r"^[0-9๐-๙]{1,2}\s?[.)]\s?", "", ink.text.strip())
                copies.append(reading(text, [ink], trust=label.trust * 0.95))
        return tuple(copies)
    return ()


def _above(rows: Sequence[Row], contact: int) -> list[Row]:
    """The office's rows right above its telephone row."""
    block: list[Row] = []
    last = rows[contact]
    for row in reversed(rows[max(0, contact - 8) : contact]):
        if row.place is not None and last.place is not None:
            if row.left is not None and row.left > 0.45:
                continue  # the signature's last rows stand at the right on the same heights
            close = abs(_margin(row) - _margin(last)) < 24 and 0 < last.place.y0 - row.place.y0 < 3 * max(
                10, row.place.height
            )
            if not close or row.line.ink == "colour" or not _WORDS.search(row.text):
                break
        elif not UNIT.match(row.text) or len(row.text) > 90:
            break
        block.insert(0, row)
        last = row
        if len(block) == 4:
            break
    # a routing note such as เวียนให้ทราบทั่วกัน, right above, is no part of the office
    first = next((at for at, row in enumerate(block) if UNIT.match(row.text)), 0)
    return block[first:]


def _margin(row: Row) -> float:
    """Where the row's words start, without the dirt before them."""
    place = row.ink().words().place
    return place.x0 if place is not None else 0.0


def _is_contact_label(row: Row) -> bool:
    return _at_left(row) and find_label(row.text, frozenset({"phone", "fax", "email"})) is not None


def _at_left(row: Row) -> bool:
    return row.left is None or row.left < 0.4
