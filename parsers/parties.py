"""Who writes: the sending agency and its address."""

from __future__ import annotations

import re
from collections.abc import Sequence

from rapidfuzz.distance import Levenshtein
from rapidfuzz.fuzz import ratio

from parsers.contacts import before_contact, has_contact
from parsers.daylines import closing_date, is_day_row
from parsers.kinds import Heading
from parsers.numbering import number_ink
from parsers.officewords import OFFICE, PART_OF_OFFICE
from parsers.passages import Passage, join, join_rows
from parsers.rows import Ink, Row, part_row, reading
from parsers.text import squash
from schemas.reading import Reading

_HEAD_OF = re.compile(
    r"^(?:รอง|ผู้ช่วย)?(?:ผู้อำนวยการ|เลขาธิการ|อธิบดีกรม|อธิบดี|ปลัดกระทรวง|ปลัด|ผู้ว่าราชการ|ผู้ว่าการ|นายกเทศมนตรี|นายกองค์การ|นายก|นายอำเภอ|อธิการบดี|คณบดี|หัวหน้า)"
)
_OFFICE_IN_POST = {
    "นายอำเภอ": "ที่ว่าการอำเภอ",
    "อธิบดีกรม": "กรม",
    "ปลัดกระทรวง": "กระทรวง",
    "นายกองค์การ": "องค์การ",
    "นายกเทศมนตรี": "เทศบาล",
}
"""Posts that end with the first word of their office."""
_ADDRESS = re.compile(
    r"ถ(?:นน|\.)|ตำบล|ต\.|อำเภอ|อ\.|แขวง|เขต(?!\s?[0-9๐-๙]{1,2}(?:\s|$))|จังหวัด|จ\.|ซอย|หมู่|เลขที่|อาคาร|ชั้น|กรุงเทพ|กทม|[0-9๐-๙]{5}|Road|Rd\.|Soi|Bangkok|Thailand"
)
_PART = re.compile(
    rf"^\W{{0,3}}(?:{PART_OF_OFFICE}|คณะ|กอง(?!ทัพ)|ศูนย์|สถาบัน|สำ?นัก(?!งาน)|วิทยาลัย|ภาควิชา|โครงการ|สถานี)"
)
_WHOLE = re.compile(
    r"^\W{0,3}(?:กระทรวง|กรม|มหาวิทยาลัย|เทศบาล|องค์การ|สภา|รัฐสภา|วุฒิสภา|มณฑลทหาร|กองทัพ|กองพล|กองบัญชาการ|ตำรวจภูธร|สำนักงาน|การ[ก-ฮไเ])"
)
_ENDS_HEADING = re.compile(r"^\W{0,3}(?:ที่?\s*[0-9๐-๙.]|ฉบับที่|ว่าด้วย|เรื่อง|เลขที่)")
_COMMITTEE = re.compile(r"คณะ(?:อนุ)?(?:กรรมการ|ทำงาน|กรรมาธิการ)")
_BESIDE_HEADING = re.compile(r"[\u0e01-\u0e4e][\u0e01-\u0e4e\s0-9๐-๙()]{2,60}")
_UNFINISHED = re.compile(
    r"(?:องค์การบริหารส่วน(?:ตำบล|จังหวัด)|เทศบาล(?:ตำบล|เมือง|นคร)|ที่ว่าการอำเภอ|(?:สำนักงาน|ศาล|ศาลากลาง|กองบังคับการ|ตำรวจภูธร)\S*(?:จังหวัด|อำเภอ)|"
    r"(?:ประถม|มัธยม)ศึกษา|เขต|โรงเรียน|โรงพยาบาล|มหาวิทยาลัย|วิทยาลัย(?:เทคนิค|อาชีวศึกษา|การอาชีพ)?)$"
)
_BEFORE_ADDRESS = re.compile(
    r"^(?P<name>[\u0e01-\u0e4e]{2,30}?|[0-9๐-๙]{1,2})\s+(?=ถนน|ถ\.|ตำบล|ต\.|อำเภอ|อ\.|แขวง|เขต|จังหวัด|จ\.|ซอย|หมู่|เลขที่|[0-9๐-๙]|[ก-ฮ]{2}\s)"
)
_LABEL_ALONE = re.compile(r"^\W{0,3}(?:วัน\s?ที่?|ที่|เรื่อง|เรียน|โทร)\W{0,3}$")
_PLACES = ("ตำบล", "อำเภอ", "จังหวัด")
_PLACE_ALONE = re.compile(r"^\W{0,3}(?:จังหวัด|อำเภอ|ตำบล)[\u0e01-\u0e4e]+\W{0,3}$")
_POSTCODE = re.compile(r"[0-9๐-๙]{5}\W*$")
_BESIDE, _ABOVE = 1.0, 4.5  # heights of the number above it, where a letterhead begins as a rule, and at most
_LETTERHEAD = re.compile(rf"^(?:{OFFICE}|{PART_OF_OFFICE})")


def is_letterhead(text: str) -> bool:
    """Whether a row reads as the name of an office at the top of a letter."""
    return len(text) < 80 and _LETTERHEAD.match(text.lstrip(" .'\"-")) is not None


def find_agency(
    head: Sequence[Row], heading: Heading | None, agency_field: Passage | None
) -> tuple[Reading[str] | None, Reading[str] | None]:
    """The sending agency and its address, from where the kind of letter prints them."""
    if agency_field is not None:
        stray = _LABEL_ALONE.match(agency_field.text) is not None  # its own value was not read
        return None if stray else _memo_agency(agency_field), None
    if heading is not None and heading.form in ("order", "rule", "announcement"):
        return _agency_in_heading(heading, head), None
    block = _right_block(head) if any(row.place is not None for row in head) else _text_block(head)
    block = [row for row in block if not _LABEL_ALONE.match(row.text)]
    cut = next(
        (i for i, row in enumerate(block) if i and (_is_address(row) or _is_another(row, block[i - 1]))),
        len(block),
    )
    names, address = block[:cut], block[cut:]
    agency, address = _completed(join_rows(names[:3]), address)
    latin = re.compile(r"^[^\u0e01-\u0e4e]*$")  # the name again in English is no address
    address = [
        row for i, row in enumerate(address) if i or not latin.match(row.text) or _ADDRESS.search(row.text)
    ]
    place = join_rows([row for row in address if not has_contact(row.text) and "www" not in row.text][:4])
    return (
        reading(agency.text, agency.inks, trust=_agency_trust(agency.text)) if agency.text else None,
        reading(place.text, place.inks, trust=0.95) if place.text else None,
    )


def _is_another(row: Row, above: Row) -> bool:
    """Whether a row names another office than the one above, and not the whole that the one above is a part of."""
    return is_letterhead(row.text) and not (_PART.match(above.text) and _WHOLE.match(row.text))


def _completed(agency: Passage, address: Sequence[Row]) -> tuple[Passage, list[Row]]:
    """A name that stops at the kind of its office goes on before the address: `องค์การบริหารส่วนตำบล / ดงดี อำเภอ…`."""
    rows = list(address)
    if not rows or not _UNFINISHED.search(agency.text):
        return agency, rows
    found = _BEFORE_ADDRESS.match(rows[0].text)
    if found is None or is_letterhead(rows[0].text):
        return agency, rows
    rest, *behind = part_row(rows[0], [found.end()])
    return join([*agency.inks, rest.ink().stripped(" ")]), [*behind, *rows[1:]]


def _agency_trust(text: str) -> float:
    """How surely a text names an agency: digits and scraps do not belong to its name."""
    if text.endswith("เขต"):
        return 0.7  # of an education area, whose number stands on a row that was not found
    if _PLACE_ALONE.match(text):
        return 0.85  # a letterhead says ศาลากลางจังหวัด; this may be what is left of an address
    plain = is_letterhead(text) and re.fullmatch(r"[\u0e01-\u0e4e\s().]+", text) is not None
    return 0.97 if plain else 0.7


def agency_of_post(post: Reading[str] | None, inks: Sequence[Ink]) -> Reading[str] | None:
    """The agency that the signer's post names, where none is printed: never sure."""
    named = _named_by(post)
    return reading(named, list(inks), trust=0.6) if named is not None and inks else None


def agency_elsewhere(head: Sequence[Row], post: Reading[str] | None) -> Reading[str] | None:
    """A letterhead that stands elsewhere than beside ที่, where the signer's post names the same office.

    It may be printed in colour. Without the post a stamp's office, or an addressee's, might be taken for it.
    """
    named = _named_by(post)
    if named is None:
        return None
    alike = (row for row in head if is_letterhead(row.text) and ratio(squash(row.text), squash(named)) >= 90)
    row = next(alike, None)
    if row is None:
        return None
    whole, seen = squash(named), squash(row.text)
    if not whole.startswith(seen) or whole == seen:
        return reading(row.text, [row.ink()], trust=_agency_trust(row.text))
    lacking = whole.removeprefix(seen)
    rest = next((other for other in head if other.order > row.order and squash(other.text) == lacking), None)
    if rest is None:  # the post has more of the name
        return reading(row.text, [row.ink()], trust=0.7, candidates=(named,))
    return reading(row.text + rest.text, [row.ink(), rest.ink()], trust=_agency_trust(row.text))


def compare_with_post(agency: Reading[str], post: Reading[str] | None) -> Reading[str]:
    """The agency weighed against the one that the signer's post names: the same fact, read twice."""
    named = _named_by(post)
    if named is None or agency.value is None:
        return agency
    if squash(named) == squash(agency.value):
        return agency.model_copy(
            update={"confidence": round(max(agency.confidence, min(0.995, agency.confidence * 1.03)), 4)}
        )
    one, other = squash(named), squash(agency.value)
    if one in other or other in one or ratio(one, other) < 80:
        return agency
    lowered = round(agency.confidence * 0.85, 4)
    return agency.model_copy(update={"confidence": lowered, "candidates": (*agency.candidates, named)})


def _named_by(post: Reading[str] | None) -> str | None:
    if post is None or post.value is None:
        return None
    found = _HEAD_OF.match(post.value)
    if found is None or found[0].startswith(("รอง", "ผู้ช่วย")):
        return None
    rest = post.value[found.end() :].strip()
    rest = _OFFICE_IN_POST.get(found[0], "") + rest
    if found[0] == "เลขาธิการ" and rest.startswith("คณะกรรมการ"):
        rest = "สำนักงาน" + rest  # the secretary-general heads the committee's office
    return rest if _LETTERHEAD.match(rest) and len(rest) >= 6 else None


def _memo_agency(field: Passage) -> Reading[str] | None:
    inks = [before_contact(ink).stripped() for ink in field.inks]
    cut = next(
        (i + 1 for i, (a, b) in enumerate(zip(inks, field.inks, strict=True)) if a.end < b.stripped().end),
        None,
    )
    passage = join(ink for ink in inks[:cut] if ink.text)
    return reading(passage.text, passage.inks) if passage.text else None


# Behind an issuer's name: the paper's number, which stands apart or has a slash (an office's own number has neither:
# สำนักงานชลประทานที่ ๓), or what the paper is about.
_ENDS_NAME = re.compile(r"\s+ที่\s?[0-9๐-๙]|ที่\s?[0-9๐-๙]{1,5}\s?/|\s*(?:ว่าด้วย|เรื่อง\s|\(ฉบับ)")


def _agency_in_heading(heading: Heading, head: Sequence[Row]) -> Reading[str] | None:
    """Whose order or announcement it is: what stands behind that word, and on the rows down to the number."""
    text = heading.ink.text
    found = re.match(r"^\W{0,3}(?:คำสั่ง|ประกาศ|แถลงการณ์|ข่าว|ระเบียบ|ข้อบังคับ|ข้อบัญญัติ|เทศบัญญัติ)\s*", text)
    start = found.end() if found else 0
    end = _ENDS_NAME.search(text, start)
    ink = Ink(
        heading.ink.row,
        heading.ink.start + start,
        heading.ink.start + (end.start() if end else len(text)),
    )
    name = ink.stripped()
    if len(name.text) < 4:
        return None
    passage = join(
        [name, *(row.ink() for row in ([] if end else _below_heading(heading, head)))], centred=True
    )
    return reading(passage.text, passage.inks, trust=heading.trust * 0.95)


def _below_heading(heading: Heading, head: Sequence[Row]) -> list[Row]:
    """The rows below a heading that its name of an office goes on with, where number, subject or rule come behind."""
    rows = [row for row in head if row.order > heading.ink.row.order and row.line.ink != "colour"][:3]
    cut = next((at for at, row in enumerate(rows) if _ENDS_HEADING.match(row.text)), None)
    if cut is None and _COMMITTEE.search(heading.ink.text):  # whose committee it is, the next row tells
        cut = 1 if rows and is_letterhead(rows[0].text) else None
    goes_on = rows[:cut] if cut is not None else []
    return goes_on if all(_BESIDE_HEADING.fullmatch(row.text.strip()) for row in goes_on) else []


def _right_block(head: Sequence[Row]) -> list[Row]:
    """The agency and its address on the right, from the height of ที่ down."""
    number = next((row for row in head if number_ink(row) is not None and row.place is not None), None)
    rows = _right_rows(head, number, _BESIDE)
    higher = _letterhead_first(_right_rows(head, number, _ABOVE))
    if not any(_is_address(row) for row in higher[1:3]):
        higher = []  # the office of a stamp, which no address follows
    found = _letterhead_first(rows) or higher
    if found:
        return found
    beside = next((i for i, row in enumerate(rows) if number is not None and _level_with(row, number)), None)
    return rows[beside : beside + 5] if beside is not None else []


def _right_rows(head: Sequence[Row], number: Row | None, above: float) -> list[Row]:
    """The rows on the right that may tell an office, from so many heights of the number above it down."""
    rows: list[Row] = []
    for row in head:
        if row.left is None or row.place is None or row.line.ink == "colour":
            continue
        if number is not None and _is_above(row, number, above):
            continue
        if row.left < 0.45 or row is number:
            continue
        if not (_is_block_text(row) or _is_area_number(row, rows) or _is_rest(row, rows)):
            continue
        rows.append(row)
    return rows


def _is_above(row: Row, number: Row, heights: float) -> bool:
    """Whether a row stands more than so many of its heights above the number."""
    if row.place is None or number.place is None:
        return False
    return row.page != number.page or row.place.y1 < number.place.y0 - heights * number.place.height


def _level_with(row: Row, number: Row) -> bool:
    """Whether a row stands on the height of the number, where the sender's name belongs."""
    if row.place is None or number.place is None or not re.fullmatch(r"[\u0e01-\u0e4e\s()]{6,}", row.text):
        return False
    return abs(row.place.y0 - number.place.y0) < 1.4 * max(10.0, number.place.height)


def _text_block(head: Sequence[Row]) -> list[Row]:
    """Without geometry: the rows of the head that read as an agency's name with its address."""
    rows = [row for row in head if _is_block_text(row)]
    return _letterhead_first(rows)


def _letterhead_first(rows: Sequence[Row]) -> list[Row]:
    heads = (i for i, row in enumerate(rows) if _LETTERHEAD.match(row.text.lstrip(" .'\"-")))
    first = next((i for i in heads if not _POSTCODE.search(rows[i].text)), None)
    if first is None:
        return []
    block = [rows[first]]
    for row in rows[first + 1 :]:
        if row.order - block[-1].order > 3 or len(block) == 6:
            break
        block.append(row)
    return block


def _is_block_text(row: Row) -> bool:
    dated = is_day_row(row) or closing_date(row) is not None
    return 4 <= len(row.text) <= 100 and number_ink(row) is None and not dated


def _is_rest(row: Row, above: Sequence[Row]) -> bool:
    """Whether a very short row goes on with the office's name right above it: องค์การบริหารส่วนตำบลหนองปลา / หมอ."""
    last = above[-1] if above else None
    if last is None or last.place is None or row.place is None:
        return False
    short = re.fullmatch(r"[\u0e01-\u0e4e]{2,3}", row.text) is not None and is_letterhead(last.text)
    drop = row.place.y0 - last.place.y0
    return short and abs(row.place.x0 - last.place.x0) < 12 and 0 < drop < 2.2 * last.place.height


def _is_area_number(row: Row, above: Sequence[Row]) -> bool:
    """The number of an education area that stands alone below `…ศึกษาเลย เขต`."""
    return (
        bool(above)
        and above[-1].text.endswith("เขต")
        and re.fullmatch(r"[0-9๐-๙]{1,2}", row.text) is not None
    )


def _is_address(row: Row) -> bool:
    start = row.text.lstrip()
    if start.startswith("ประจำจังหวัด"):  # of which province the office above is
        return False
    if any(Levenshtein.distance(start[: len(word)], word, score_cutoff=1) == 1 for word in _PLACES):
        return True
    return (
        _ADDRESS.search(row.text) is not None
        or has_contact(row.text)
        or re.search(r"[A-Za-z]{4}", row.text) is not None
    )
