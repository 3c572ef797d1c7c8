"""Who signs: the typed name, the post and the delegation below it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache

from rapidfuzz.distance import Levenshtein
from rapidfuzz.fuzz import partial_ratio_alignment

from parsers.contacts import has_contact
from parsers.data import read_table
from parsers.daylines import is_day_row
from parsers.fields import bones, bones_with_places
from parsers.passages import Passage, join_rows
from parsers.rows import Ink, Row, reading, same_height
from schemas.letter import Signatory
from schemas.reading import Reading

# Words that open the name of an office, and words that open the name of a post.
UNIT = re.compile(
    r"^[^\u0e01-\u0e5b]{0,3}(?:สำ?น[ัี]?ก|กอง|กลุ่ม|กสุ่ม|ฝ่าย|ฝาย|ศูนย์|ศูนย|ส่วน|สวน|งาน|ทีม|แผนก|สถาบัน|คณะ(?!กรรมการ)|โรงเรียน|ภาควิชา|หน่วย|"
    r"วิทยาลัย|มหาวิทยาลัย|โครงการ|เลขานุการ(?:กรม)|สถานี|ที่ว่าการ|เทศบาล|องค์การ|จังหวัด|อำเภอ|กรม|กระทรวง|ธนาคาร|การ(?:ไฟฟ้า|ประปา|ท่า|ทาง|รถไฟ)|ศาล)"
)
POST = re.compile(
    r"(?:รอง|ผู้ช่วย|ผู้อำนวย|ผู้ว่า|ผู้บังคับ|ผู้บัญชา|ผู้จัดการ|ผู้ตรวจ|ผู้แทน|อธิบดี|อธิการ|ปลัด|เลขา|หัวหน้า|นายก|นายอำเภอ|คณบดี|ประธาน|รักษา|ปฏิบัติ|"
    r"กรรมการ|รัฐมนตรี|ที่ปรึกษา|นายแพทย์|สาธารณสุข|ศึกษาธิการ|ท้องถิ่น|พัฒนา|เกษตร|นายทะเบียน|ผอ\.|ครู|นัก|เจ้า|พนักงาน|กำนัน|ผู้ใหญ่|อัยการ|แม่ทัพ|"
    r"ผู้(?:กำกับ|พิพากษา|ปกครอง|ทำการ|รักษา|รับ|มีอำนาจ)|สารวัตร|สัสดี|อาจารย์|จ่า|ราชเลขา|นิติกร|วิศวกร|สถาปนิก|พยาบาล|แพทย์|ทันตแพทย์|สัตวแพทย์|เภสัชกร|บุคลากร|"
    r"ศึกษานิเทศก์|ผู้เชี่ยวชาญ|ผู้ชำนาญ|บรรณารักษ์|ภัณฑารักษ์|โภชนากร|ล่าม|สมุห์|"
    r"คณะกรรมการ|กงสุล|เอกอัครราชทูต|เสนาธิการ|เจ้าคณะ|(?:ผู้)?คุม|ศาสตราจารย์|รองศาสตราจารย์|"
    r"(?:วัฒนธรรม|คลัง|พาณิชย์|ขนส่ง|สรรพากร|สรรพสามิต|ปศุสัตว์|ประมง|แรงงาน|จัดหางาน|อุตสาหกรรม|พลังงาน|สถิติ|ประชาสัมพันธ์|ธนารักษ์|สหกรณ์|ที่ดิน|"
    r"โยธาธิการและผังเมือง|ประกันสังคม|สวัสดิการ|คุมประพฤติ|ไปรษณีย์)\S{0,20}(?:จังหวัด|อำเภอ|พื้นที่|เขต))"
)
_DELEGATED = re.compile(
    r"(?:ปฏิ?บ[ัี]?ติ\s?ราชการ\s?แทน|รักษา\s?ราชการ\s?แทน|รักษา\s?การ\s?ใน\s?ตำ?แหน่ง|รักษา\s?การ\s?แทน|ทำ?\s?การ\s?แทน|ปฏิ?บ[ัี]?ติ\s?หน้าที่\s?แทน|"
    r"ปฏิ?บ[ัี]?ติ\s?การ\s?แทน|รักษา\s?ราชการ\s?ใน\s?ตำ?แหน่ง|ปฏิ?บ[ัี]?ติ\s?ราชการ\s?ใน\s?ตำ?แหน่ง)"
)
_DELEGATIONS = tuple(
    bones(words)
    for words in (
        "ปฏิบัติราชการแทน",
        "รักษาราชการแทน",
        "รักษาการในตำแหน่ง",
        "ปฏิบัติหน้าที่แทน",
        "รักษาการแทน",
        "ปฏิบัติการแทน",
    )
)
_NAME = re.compile(r"[(（]\s*(?P<name>[^()（）]{4,70}?)\s*(?:[)）]|$)|^\s*(?P<open>[^()（）]{4,70}?)\s*[)）]")
_BRACKET = re.compile("[()（）]")
_DOCTOR = re.compile(
    r"^[ก-ฮ]?ร\.\s?(?=[\u0e01-\u0e4e]{3,}\s[\u0e01-\u0e4e]{2})"
)  # ดร., its first letter spoilt
_WORDS = re.compile(r"[\u0e01-\u0e4eA-Za-z]{3}")
# Dirt, lost marks and single letters before a post: `น . อธิบดี`.
_SCRAPS = re.compile(r"^(?:[^\u0e01-\u0e2e\u0e40-\u0e44A-Za-z(]|[\u0e01-\u0e2e](?=[\s.]))*")
_NAME_START = re.compile(r"^[\u0e01-\u0e46A-Za-z]")
_NOT_NAME = re.compile(
    r"[0-9๐-๙@:/]|เห็นสมควร|พิจารณา|\.{3}|…|สำเนา|เพื่อโปรด|^เรียน|ลงชื่อ|องค์การมหาชน|ฉบับ|ถ้ามี|โทร\.|ตำแหน่ง|ลายมือ|ผู้แทน|บาทถ้วน|สตางค์"
)


# A sentence of the letter, which no post is: จึงเรียนมาเพื่อโปรดทราบ.
_GOES_ON = re.compile(r"^\W{0,3}จ[ึิ]?ง(?:เรียน|ขอ|แจ้ง|ประกาศ|เสนอ)")

# What others write below a signature, in a transcript right under the post.
_OTHERS = re.compile(
    r"^\s*[-–•]\s*\S|^\W{0,3}(?:สำ?เนา|ความเห็น|คำสั่ง)|^\W{0,3}(?:ทราบ|อนุมัติ|อนุญาต|เห็นชอบ|ดำเนินการ)\W*$"
)
_ALONE = re.compile(
    r"^[^\u0e01-\u0e5bA-Za-z0-9(（]{0,3}[(（][^()（）]{4,70}[)）][^\u0e01-\u0e5bA-Za-z0-9]{0,3}$"
)
_SPOILT, _UNNAMED = 14, 0.85  # rows looked at for a post without a name, and how sure it is at most
_OF_PAPER = re.compile(
    r"ผู้(?:จด|ตรวจ|รับรอง|สมัคร|เสนอ|รายงาน|รับ|ส่ง|ยื่น|ขอ|ควบคุม|จัดทำ|บันทึก|แทน|ประสาน)|เลขานุการ|ตำแหน่ง"
)


@cache
def titles() -> tuple[str, ...]:
    """Name titles (คำนำหน้าชื่อ), longest first."""
    found = {row[name] for row in read_table("titles") for name in ("title", "expansion") if row[name]}
    return tuple(sorted(found, key=lambda title: (-len(title), title)))


@cache
def _titles() -> re.Pattern[str]:
    return re.compile("|".join(map(re.escape, titles())))


def has_title(name: str) -> bool:
    """Whether a name starts with a title; ว่าที่ before a rank counts."""
    return title_of(name) != ""


def is_signature(row: Row) -> bool:
    """Whether a row is a titled name alone in parentheses, as below a signature."""
    text = row.text.strip()
    return len(text) < 70 and text[:1] in "(（" and text[-1:] in ")）" and has_title(text.strip("()（） "))


def title_of(name: str) -> str:
    """All titles that a name starts with, stacked ones and ว่าที่ included: `ว่าที่ร้อยตรี`; empty without one."""
    at = len("ว่าที่") if name.startswith("ว่าที่") else 0
    while True:
        if name[at : at + 1].isspace():
            at += len(name[at:]) - len(name[at:].lstrip())
        title = _titles().match(name, at)
        if title is None:
            return name[:at].rstrip()
        at = title.end()


def mended_title(name: str) -> str | None:
    """A name whose long title was misread in a letter or two, with the title as it must have been; else None.

    >>> mended_title("ผู้ช่วยศาลตราจารย์ปรเมศวร์ บุญเกื้อ"), mended_title("คร.วิฑูรย์ ญาณทัศน์")
    ('ผู้ช่วยศาสตราจารย์ปรเมศวร์ บุญเกื้อ', 'ดร.วิฑูรย์ ญาณทัศน์')
    """
    if has_title(name):
        return None
    if _DOCTOR.match(name):
        return _DOCTOR.sub("ดร.", name)
    got, places = bones_with_places(name[:40])
    for title in _long_titles():
        want = bones(title)
        for length in (len(want), len(want) - 1, len(want) + 1):
            if want[0] != got[:1] or length >= len(got):
                continue
            if Levenshtein.distance(got[:length], want, score_cutoff=2) <= min(2, len(want) // 7):
                return title + name[places[length] :].lstrip(
                    "\u0e31\u0e34\u0e35\u0e36\u0e37\u0e47\u0e48\u0e49\u0e4c"
                )
    return None


@cache
def _long_titles() -> tuple[str, ...]:
    return tuple(title for title in titles() if len(bones(title)) >= 7 and " " not in title)


def find_signature(
    tail: Sequence[Row], closing: Row | None, *, sealed: bool = False
) -> tuple[Signatory | None, list[Ink], int]:
    """The signatory, the ink of the post, and how many rows of the tail the signature takes.

    A `sealed` letter is signed by initials in its seal as a rule: a post without a name is none of its signer's.

    The signer is the first typed name in parentheses below the closing; names below it are endorsements.
    """
    for at, row in enumerate(tail[:40]):
        name = name_ink(row)
        if name is None or not _stands_right(row, closing):
            continue
        rest = _rest_of_name(tail, at)
        names = [name] if rest is None else [name, rest.ink().stripped(" )）")]
        between = " " if rest is None or same_height(row, rest) or " " not in name.text.strip() else ""
        text = between.join(ink.text.strip() for ink in names)
        ranks = _rank_above(tail, at, name.text)
        names = [*ranks, *names]
        text = " ".join([*(ink.text.strip() for ink in ranks), text])
        mended = mended_title(text)
        titled, text = has_title(text), mended or text
        closed = (rest or row).text.strip()[-1:] in ")）"
        trust = (1.0 if titled and closed else 0.85 if titled else 0.7) * (0.9 if rest is not None else 1.0)
        rows = [r for r in position_rows(tail, at) if r is not rest]
        signatory, inks = sign_posts(reading(text, names, trust=trust), rows)
        return signatory, inks, _past(tail, [row, *rows])
    return (None, [], 0) if sealed else _signature_of_post(tail, closing)


def _signature_of_post(tail: Sequence[Row], closing: Row | None) -> tuple[Signatory | None, list[Ink], int]:
    """The same where no name can be read, as a signature runs through it: seen but not understood, above a post."""
    for at, row in enumerate(tail[:_SPOILT]):
        post = POST.match(_SCRAPS.sub("", row.text))
        if row.place is None or post is None or not _stands_right(row, closing):
            continue
        above = tail[at - 1] if at > 0 and _is_spoilt_name(tail[at - 1], row) else None
        if above is None and closing is None:
            continue
        name: Reading[str] | None = reading(None, [above.ink()]) if above is not None else None
        rows = [row, *(each for each in position_rows(tail, at) if name_ink(each) is None)]
        signatory, inks = sign_posts(name, rows, trust=_UNNAMED)
        return signatory, inks, _past(tail, rows)
    return None, [], 0


def _past(tail: Sequence[Row], rows: Sequence[Row]) -> int:
    """How many rows of the tail there are up to the last of these."""
    return max(at for at, each in enumerate(tail) if any(each is row for row in rows)) + 1


def _is_spoilt_name(row: Row, post: Row) -> bool:
    """Whether a row may be what is left of the name above a post."""
    return _under(post, row, row) and _WORDS.search(row.text) is not None and not is_day_row(row)


def find_signer_of_paper(rows: Sequence[Row]) -> Signatory | None:
    """Who signs a paper that is no letter: a titled name alone in parentheses, the post below it, near the end.

    Minutes, forms and certificates end so; a press article, which also names people in parentheses, does not.
    """
    for at in range(max(0, len(rows) - 40), len(rows)):
        row = rows[at]
        name = name_ink(row)
        if name is None or _ALONE.match(row.text) is None or not has_title(name.text.strip()):
            continue
        if not _stands_right(row, None):
            continue
        posts = position_rows(rows, at)
        if not posts or not _signs(posts[0].text):
            continue
        return sign_posts(reading(name.text.strip(), [name], trust=1.0), posts)[0]
    return None


def _rest_of_name(rows: Sequence[Row], at: int) -> Row | None:
    """The rest of a name behind an open parenthesis: a row of its own behind a wide gap, or the next row."""
    row = rows[at]
    if row.text.strip()[-1:] in ")）" or row.place is None:
        return None
    for other in rows[at + 1 : at + 3]:
        beside = same_height(row, other) and other.place is not None and other.place.x0 - row.place.x1 < 30
        if (beside or _under(other, row, row)) and re.fullmatch(
            r"[\u0e01-\u0e4e ]{2,40}[)）]\W{0,2}", other.text.strip()
        ):
            return other
    return None


def _rank_above(rows: Sequence[Row], at: int, name: str) -> list[Ink]:
    """A rank on a row of its own above a name without title, the signature between them: พันตำรวจเอก."""
    if has_title(name.strip()):
        return []
    for row in reversed(rows[max(0, at - 3) : at]):
        ink = row.ink().stripped(" .…_-'\"|()")
        if len(ink.text) > 3 and title_of(ink.text) == ink.text and row.page == rows[at].page:
            return [ink]
    return []


def _signs(text: str) -> bool:
    """Whether the row below a name gives a post, or what the signer has done with the paper."""
    start = text.lstrip(" -–.'\"")
    return (
        POST.match(start) is not None or _OF_PAPER.match(start) is not None or bool(_DELEGATED.search(text))
    )


def name_ink(row: Row) -> Ink | None:
    """The ink of a typed name in parentheses, as it stands below a signature; None where a row has none."""
    if len(row.text) > 90:
        return None
    found = _NAME.search(row.text) if _BRACKET.search(row.text) is not None else None
    if found is None or found.start() > 14:
        return None
    group = "name" if found["name"] is not None else "open"
    text = found[group].strip()
    if _NOT_NAME.search(text) or not _NAME_START.match(text) or (not has_title(text) and " " not in text):
        return None
    if POST.match(text) and not has_title(text) and mended_title(text) is None:
        return None
    return row.ink(*found.span(group)).stripped(" ")


def _stands_right(row: Row, closing: Row | None) -> bool:
    """A signature stands in the right half, or under its closing."""
    if row.centre is None:
        return True
    if closing is not None and closing.centre is not None and row.page == closing.page:
        return abs(row.centre - closing.centre) < 0.22
    return row.centre > 0.45


def position_rows(tail: Sequence[Row], at: int) -> list[Row]:
    """The rows below the name at `at` that give the signer's post."""
    name = tail[at]
    rows: list[Row] = []
    last = name
    for row in tail[at + 1 : at + 14]:
        if name.place is not None and (not _under(row, name, last) or _is_noted(row, name)):
            continue
        if _GOES_ON.match(row.text):
            break
        if (
            name_ink(row) is not None
            or has_contact(row.text)
            or (row.text.lstrip()[:1] in "(（" and len(rows) > 0)
        ):
            break
        if name.place is None and (
            (UNIT.match(row.text) and _complete(rows, before_contact=_is_contact(tail, row)))
            or len(row.text) > 110
            or _OTHERS.match(row.text)
        ):
            break
        if not _WORDS.search(row.text) or is_day_row(row) or (not rows and not _opens_post(row)):
            if name.place is None and rows:
                break
            continue
        rows.append(row)
        last = row
        if len(rows) == 5:
            break
    return rows


def _is_noted(row: Row, name: Row) -> bool:
    """Whether a row is written in colour beside a black name: an endorsement, or a stamp."""
    return row.line.ink == "colour" and name.line.ink == "black"


def _under(row: Row, name: Row, last: Row) -> bool:
    if (
        row.place is None
        or last.place is None
        or name.centre is None
        or row.centre is None
        or row.page != name.page
    ):
        return False
    step = max(last.place.height, 10.0)
    near = -2 <= row.place.y0 - last.place.y0 <= 2.6 * step
    return near and abs(row.centre - name.centre) < 0.14 and row.place is not name.place


def _opens_post(row: Row) -> bool:
    """The first row under a name must look like a post, or stand right under it on a page."""
    return (
        row.place is not None
        or POST.match(row.text.lstrip(" -–.'\"")) is not None
        or _OF_PAPER.match(row.text.lstrip(" -–.'\"")) is not None
        or _DELEGATED.search(row.text) is not None
    )


def _is_contact(rows: Sequence[Row], row: Row) -> bool:
    """Whether the row behind one tells how to reach somebody, as behind the name of the owner's office."""
    below = next((other for other in rows if other.order == row.order + 1), None)
    return below is not None and has_contact(below.text)


def _complete(rows: Sequence[Row], *, before_contact: bool) -> bool:
    """Whether the post's rows so far can stand alone, so that an office's name below is the owner's."""
    if not rows:
        return False
    text = rows[-1].text.strip()
    if before_contact and _WHOLE_POST.fullmatch(text):
        return True
    return (
        _DELEGATED.search(text[-22:]) is None
        and re.fullmatch(
            r"(?:รอง|ผู้ช่วย)?(?:ผู้อำนวยการ|เลขาธิการ|หัวหน้า|อธิการบดี|คณบดี|ปลัด|ประธาน|ผู้จัดการ|แทน)", text
        )
        is None
        and not text.endswith("แทน")
    )


_BEGUN = re.compile(r"(?:รอง|ผู้ช่วย|หัวหน้า|.*(?:แทน|รอง|และ|ฝ่าย|ด้าน))")  # a post whose rest was not read
_WHOLE_POST = re.compile(r"(?:รอง)?(?:เลขาธิการ|อธิการบดี|ประธาน)")  # of a body that has one of each


def sign_posts(
    name: Reading[str] | None, rows: Sequence[Row], trust: float = 1.0
) -> tuple[Signatory, list[Ink]]:
    """Part the rows under a name at the words of delegation into the post and the post acted for."""
    passage = join_rows(rows, centred=True)
    found = _delegation(passage.text)
    if found is None:
        return Signatory(name=name, position=_post(passage, 0, len(passage.text), trust)), passage.inks
    start, end, sure = found
    trust *= sure
    own = _post(passage, 0, start, trust)
    other = _post(passage, end, len(passage.text), trust)
    if other is None:  # the words of delegation alone: for whom must be asked of a person
        return Signatory(name=name, position=own, acting_for=reading(None, passage.span(start, end))), []
    return Signatory(name=name, position=own, acting_for=other), passage.span(end, len(passage.text))


def _delegation(text: str) -> tuple[int, int, float] | None:
    """Where the words of delegation stand, rightly spelt or nearly so, and how sure."""
    exact = _DELEGATED.search(text)
    if exact is not None:
        return exact.start(), exact.end(), 1.0
    got, places = bones_with_places(text)
    best = max(
        (found for words in _DELEGATIONS if (found := partial_ratio_alignment(words, got, score_cutoff=86))),
        key=lambda found: found.score,
        default=None,
    )
    if best is None or best.dest_end - best.dest_start < 8:
        return None
    after = places[best.dest_end] if best.dest_end < len(places) else len(text)
    return places[best.dest_start], after, 0.85


def _post(passage: Passage, start: int, end: int, trust: float = 1.0) -> Reading[str] | None:
    text = passage.text[start:end]
    scraps = _SCRAPS.match(text)
    start += scraps.end() if scraps else 0
    value = text[scraps.end() if scraps else 0 :].rstrip(" .-–…\"”'")
    if len(value) < 3:
        return None
    opens = POST.match(value) is not None or _OF_PAPER.match(value) is not None
    whole = opens and _BEGUN.fullmatch(value) is None
    return reading(value, passage.span(start, start + len(value)), trust=(0.98 if whole else 0.85) * trust)
