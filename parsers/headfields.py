"""The labelled fields of a letter's head: เรื่อง, เรียน, อ้างถึง and their kin, over as many rows as they run."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from parsers.daylines import is_day_row
from parsers.fields import Label, bones, find_label, guess_label
from parsers.kinds import is_closing
from parsers.numbering import number_ink
from parsers.pagemarks import label_of
from parsers.passages import Passage, join
from parsers.rows import Ink, Row, same_height
from parsers.signers import is_signature

HEAD_FIELDS = frozenset({"subject", "addressee", "to", "references", "enclosures", "agency"})
LONG_ROW = 110  # a row of this many characters in a transcript is a paragraph, not a field's continuation
_OPENERS = re.compile(
    r"^[^\u0e01-\u0e5b]{0,3}(?:ด้วย|ดวย|ตาม(?:ที่|หนังสือ|คำสั่ง|ประกาศ|ระเบียบ|พระราช|มติ|บันทึก|สัญญา|ข้อตกลง|ใบ(?:สั่ง|เสนอ|อนุ)|\s)|เนื่องจาก|เนืองจาก|เนื่องด้วย|เนื่องใน|"
    r"อนุสนธิ|สืบเนื่อง|เพื่อ(?:ให้|เป็น)|โดยที่|ในการ|จึง|ขอ(?:เรียน|ส่ง|เชิญ)|พร้อม(?:นี้|หนังสือ)|ทั้งนี้|อาศัยอำนาจ|๑\.\s?เรื่องเดิม|เรื่องเดิม)"
)
# The same words without their marks, and with the letters that are taken for each other.
_OPENERS_BARE = re.compile(
    r"^(?:[ดตค]วย(?!กน)|[ตด]าม(?:ท|หนงสอ|คาสง|ประกาศ|ระเบยบ|พระราช|มต|บนทก|สญญา|ขอตกลง)|เนอง(?:จาก|[ดตค]วย|ใน)|อนสนธ|สบเนอง|เพอ(?:ให|เปน)|"
    r"โดยท|ในการ|จง(?!หวด)|ขอ(?:เรยน|สง(?!วน)|เชญ)|พรอม(?:น|หนงสอ)|ทงน|อาศยอานาจ|[๑1]?เรองเดม)"
)
# A stamp's day or hour by itself, which a reader without layout sets between the fields.
_STAMPED = re.compile(
    r"^\W{0,3}(?:(?:วันที่?\W{0,3})?[0-9๐-๙]{1,2}\s?[\u0e01-\u0e4e]{1,3}\.\s?[\u0e01-\u0e4e]{1,2}\.\s?(?:[0-9๐-๙]{2}){1,2}|"
    r"เวลา\W{0,3}[0-9๐-๙]{1,2}\s?[.:]\s?[0-9๐-๙]{2}\s?(?:น\.?)?)\W{0,3}$"
)
_BRACKETED = re.compile(
    r"^\W{0,2}\((?:ตาม|ผ่าน|สำ|ราย|ดัง|ฝ่าย|งาน|กลุ่ม|กอง|แนบ|ทุก|หัวหน้า|ผู้)[^()]{2,60}\)\W{0,2}$"
)
_FULL = 0.8  # of the page's width, to which a row reaches that may run on
_FILLED = 40  # characters below which a transcript's row has not been filled, so that nothing runs on from it
_MOST_ROWS = {"subject": 6, "addressee": 6, "to": 4, "references": 10, "enclosures": 24, "agency": 3}
_QUANTITY = re.compile(r"^\W{0,2}จ[\u0e47-\u0e4e]?[ำา]?\s?น[\u0e47-\u0e4e]?ว[\u0e47-\u0e4e]?น[\s0-9๐-๙]")


@dataclass(frozen=True, slots=True)
class Field:
    """One labelled field: its label, and its value's text."""

    label: Label
    row: Row
    text: Passage


def is_opener(text: str) -> bool:
    """Whether a row starts with the words that open a letter's body (ภาคเหตุ), be they read rightly or nearly so."""
    return _OPENERS.match(text) is not None or _OPENERS_BARE.match(bones(text[:40])) is not None


def start_of_subject(rows: Sequence[Row], first: int) -> int:
    """Where a letter seems to start with its salutation, the row above may be its subject."""
    row = rows[first]
    if find_label(row.text, frozenset({"addressee"}), glued=True) is None or row.place is None:
        return first
    for at in range(first - 1, max(-1, first - 4), -1):
        above = rows[at]
        if (
            above.place is None
            or above.page != row.page
            or is_day_row(above)
            or number_ink(above) is not None
        ):
            break
        if abs(above.place.x0 - row.place.x0) < 14 and guess_label(above.text, "subject") is not None:
            return at
    return first


def read_labelled(rows: Sequence[Row], first: int) -> tuple[dict[str, Field], list[Row], int]:
    """Labelled fields from `first` on, the rows that belong to none, and where the body starts."""
    parts: dict[str, tuple[Label, Row, list[Ink]]] = {}
    strays: list[Row] = []
    current: str | None = None
    at, used = first, first
    while at < len(rows):
        row = rows[at]
        if is_closing(row):
            break
        if _ends_head(row, rows[first], current):
            if not {"addressee", "to"} & set(
                parts
            ):  # no salutation was read: the text began where the fields end
                at = used + 1
                strays = [stray for stray in strays if stray.order < rows[used].order]
            break
        label = label_at(row, HEAD_FIELDS) or _guessed(row, at == first, parts)
        if label is not None and label.field not in parts and not _too_late(label, parts):
            current, used = label.field, at
            parts[current] = (label, row, [row.ink(label.end)])
        elif (
            current is None
            or _STAMPED.match(row.text)
            or _is_stray(row, parts[current], memo="agency" in parts)
        ):
            strays.append(row)
        elif _continues(row, current, parts[current], rows[at - 1]) or (
            current == "subject" and _salutation_ahead(rows, at)
        ):
            parts[current][2].append(row.ink())
            used = at
        elif ("addressee" in parts or "to" in parts or is_opener(row.text)) and not _listed_ahead(rows, at):
            break
        else:
            strays.append(row)
        at += 1
    at = _give_back(rows, at, parts, current)
    fields = {name: Field(label, row, join(inks)) for name, (label, row, inks) in parts.items()}
    return fields, strays, at


def _ends_head(row: Row, first: Row, current: str | None) -> bool:
    """Whether a head ends before a row in any case: at its page's end, at a signature, at an enclosure's label."""
    if row.page != first.page:
        return current not in ("enclosures", "references") or label_of(row.text) is not None
    return is_signature(row)


def read_centred_subject(rows: Sequence[Row], first: int) -> tuple[dict[str, Field], int]:
    """The subject in the centred head of an order or announcement, and where the text below it starts."""
    row = rows[first]
    label = find_label(row.text, frozenset({"subject"}), glued=True)
    assert label is not None
    inks = [row.ink(label.end)]
    at = first + 1
    while at < len(rows) and at - first < 5 and _goes_on_centred(rows[at], row):
        inks.append(rows[at].ink())
        at += 1
    return {"subject": Field(label, row, join(inks, centred=True))}, at


def label_at(row: Row, fields: frozenset[str]) -> Label | None:
    """The label that a row at the left margin starts with."""
    if row.left is not None and row.left > 0.35:
        return None
    return find_label(row.text, fields, glued=True)


def _guessed(row: Row, is_first: bool, parts: Mapping[str, tuple[Label, Row, list[Ink]]]) -> Label | None:
    """A label too damaged to be read, from where it stands: the subject's, or the salutation's below it."""
    if is_first:
        return guess_label(row.text, "subject")
    if list(parts) != ["subject"] or row.place is None or is_opener(row.text):
        return None
    above = parts["subject"][1].place
    aligned = above is not None and abs(row.place.x0 - above.x0) < 10
    return guess_label(row.text, "addressee") if aligned else None


def _salutation_ahead(rows: Sequence[Row], at: int) -> bool:
    """Whether the salutation is still to come: what stands before it is no body, whatever its words."""
    ahead = rows[at + 1 : at + 4]
    return any(label_at(row, frozenset({"addressee"})) is not None for row in ahead)


def _listed_ahead(rows: Sequence[Row], at: int) -> bool:
    """Whether อ้างถึง or สิ่งที่ส่งมาด้วย is still to come right below: what stands before it is no body."""
    if is_opener(rows[at].text) or len(rows[at].text) >= LONG_ROW:
        return False
    below = (row for row in rows[at + 1 : at + 3] if row.page == rows[at].page)
    labels = (label_at(row, frozenset({"references", "enclosures"})) for row in below)
    return any(label is not None and label.trust >= 0.8 for label in labels)


def _too_late(label: Label, parts: Mapping[str, object]) -> bool:
    """A fuzzy or glued label below the salutation is more likely the body's text."""
    late = "addressee" in parts or "to" in parts
    return late and (
        (label.trust < 1 and label.field not in ("enclosures", "references")) or label.field == "agency"
    )


def _is_stray(row: Row, part: tuple[Label, Row, list[Ink]], *, memo: bool) -> bool:
    """Rows that stand among the labelled fields without being theirs."""
    if number_ink(row) is not None and part[0].field not in ("references", "enclosures"):
        return not _runs_on(row, part)
    if memo and part[0].field == "agency":
        return re.match(r"^\W{0,3}(?:ว[ัี]?น\s?)?ท[ีิื]?[่้]?(?:[\s.…]|$)", row.text) is not None
    if row.place is None or part[1].place is None or row.left is None:
        return False
    if row.line.ink == "colour" and part[1].line.ink == "black":
        return True
    listed = part[0].field in ("references", "enclosures")
    if listed and _QUANTITY.match(row.text):
        return False
    beside = any(same_height(row, ink.row) and (listed or _close(ink.row, row)) for ink in part[2])
    return row.place.x0 < part[1].place.x0 - 14 or (row.left > 0.5 and not beside)


def _runs_on(row: Row, part: tuple[Label, Row, list[Ink]]) -> bool:
    """Whether a row that looks like a letter's number is the next row of a subject: ... ทะเบียน / ที่ ลย. ๔๑๗."""
    before = part[2][-1].row
    return part[0].field == "subject" and (before.right or 0.0) > _FULL and _hangs(row, part)


def _close(left: Row, right: Row) -> bool:
    """Whether a row on one height with another stands near enough behind it to go on with its text.

    The title of a stamp, ห้องผู้อำนวยการ, often stands beside the addressee, half an inch away.
    """
    return left.place is not None and right.place is not None and -5 <= right.place.x0 - left.place.x1 <= 36


def _continues(row: Row, name: str, part: tuple[Label, Row, list[Ink]], before: Row) -> bool:
    """Whether a row without label goes on with the field above it."""
    _label_found, first, inks = part
    if name == "addressee" and _BRACKETED.match(row.text) and (row.place is None or _hangs(row, part)):
        return True
    taken = sum(1 for ink in inks if ink.text.strip())
    if len(inks) >= _MOST_ROWS[name]:
        return False
    if row.place is None and name in ("addressee", "to") and _LISTS_ALL.search(inks[-1].text):
        return _ADDRESSED.match(row.text) is not None  # all of them are told: a sentence follows, or one more
    if name == "addressee" and _ADDRESSED.match(row.text) and (row.place is None or _hangs(row, part)):
        return _LISTS.search(inks[-1].text) is not None or row.text.startswith("และ")
    if taken == 0 and len(row.text) < 2 * LONG_ROW:
        return True
    if row.place is None or first.place is None or before.right is None:
        filled = len(before.text) >= _FILLED or name in ("references", "enclosures", "agency")
        return filled and not is_opener(row.text) and len(row.text) < LONG_ROW
    if name in ("addressee", "to") and is_opener(row.text) and not _hangs(row, part):
        return False
    if any(same_height(row, ink.row) for ink in inks) or (name == "enclosures" and _QUANTITY.match(row.text)):
        return True  # strays on this height are sorted out before
    hanging = _hangs(row, part)
    if is_opener(row.text):
        return hanging and inks[-1].row.right is not None and inks[-1].row.right > _FULL and name == "subject"
    if name in ("references", "enclosures"):
        return hanging or re.match(r"^\s*[0-9๐-๙]{1,2}\s?[.)]", row.text) is not None
    ended = inks[-1].row.right is not None and inks[-1].row.right < 0.7
    return (hanging or abs(row.place.x0 - first.place.x0) < 12) and not ended


# One more who is written to, on a row of its own: อธิบดี ทุกกรม, below ปลัดกระทรวง ทุกกระทรวง.
_ADDRESSED = re.compile(
    r"^(?:และ\s?)?(?:รอง|ผู้ช่วย)?(?:ปลัด|อธิบดี|ผู้ว่าราชการ|หัวหน้า|เลขาธิการ|ผู้อำนวยการ|อธิการบดี|นายก|ประธาน|ผู้บัญชาการ|คณบดี|นายอำเภอ|ผู้จัดการ|ราชเลขา|"
    r"ผู้แทน|ท้องถิ่น)(?!.*(?:ขอ|ได้|แจ้ง|กำหนด))[^:]{0,60}$"
)
_LISTS_ALL = re.compile(r"ทุก(?:กระทรวง|กรม|จังหวัด|แห่ง|อำเภอ|หน่วย|คณะ|สำนัก|ส่วนราชการ|ท่าน)\W*$")
_LISTS = re.compile(r"ทุก(?:กระทรวง|กรม|จังหวัด|แห่ง|อำเภอ|หน่วย|คณะ|สำนัก|ส่วนราชการ|ท่าน)|ตามบัญชี")


def _hangs(row: Row, part: tuple[Label, Row, list[Ink]]) -> bool:
    """Whether a row starts where the field's value started: a hanging indent."""
    value = next((ink.stripped().place for ink in part[2] if ink.text.strip()), None)
    return value is not None and row.place is not None and -12 <= row.place.x0 - value.x0 <= 40


def _give_back(
    rows: Sequence[Row], at: int, parts: Mapping[str, tuple[Label, Row, list[Ink]]], current: str | None
) -> int:
    """Without geometry, a last field that met no opener has swallowed the body: give it back."""
    if current not in ("addressee", "to", "subject"):
        return at
    if at < len(rows) and (is_opener(rows[at].text) or len(rows[at].text) >= LONG_ROW):
        return at
    inks = parts[current][2]
    if len(inks) < 2 or inks[1].row.place is not None:
        return at
    at = next(i for i, row in enumerate(rows) if row is inks[1].row)
    del inks[1:]
    return at


def _goes_on_centred(row: Row, subject: Row) -> bool:
    if (
        row.page != subject.page
        or is_opener(row.text)
        or len(row.text) > LONG_ROW
        or not re.search(r"[\u0e01-\u0e4eA-Za-z]{2}|พ\.\s?ศ\.", row.text)
    ):
        return False
    if re.match(r"^[^\u0e01-\u0e5b]{0,2}(?:ข้อ\s|๑\.|1\.|(?:ฉบับ)?ที่\s?[0-9๐-๙])|^[-–—_*.=]{3}", row.text):
        return False
    if row.centre is None or subject.centre is None or row.left is None or row.right is None:
        return len(subject.text) >= _FILLED or len(row.text) <= len(
            subject.text
        )  # a short row has not run over
    return abs(row.centre - subject.centre) < 0.05 and row.right < 0.88
