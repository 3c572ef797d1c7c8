"""The numbers that a text states of its own list of awards, beside what was counted in it."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence

from parsers.numerals import COUNT, read_count
from parsers.passages import Passage
from parsers.ranks import RANK, rank_of
from parsers.rows import reading
from parsers.text import fold
from schemas.contest import Award, Tally

_AMOUNT = (
    rf"(?:จำนวน ?|ทั้งสิ้น ?|ทั้ง ?|รวม ?){{0,3}}(?P<count>{COUNT}) ?"
    r"(?:รางวัล|แห่ง|หน่วยงาน|ผลงาน|ทีม|โครงการ|โรงเรียน|อปท\.?|ราย|คน)"
)
_GIVEN = r"(?:(?:ที่)?(?:ได้|เข้า)?รับรางวัล|คว้ารางวัล|ผ่าน(?:การคัดเลือก|เกณฑ์))"
_ENTERED = r"(?:ส่ง(?:ผลงาน|เข้า|เอกสาร|ใบ)|เข้าร่วม|สมัคร)"
_WHOLE = r"(?:แห่ง|หน่วยงาน|อปท\.?|ทีม|โรงเรียน|องค์กร|ราย|สถาบัน|สถานศึกษา)"
_NOT_ALL = re.compile(r"มากที่สุด|มากกว่า|กว่า|ประเภท|เฉพาะ|ไม่")
_STATED = (
    (
        "entrants",
        re.compile(
            rf"{_ENTERED}[^\n0-9]{{0,70}}?(?:จำนวน|ทั้งสิ้น|ทั้งหมด|รวม|จาก) ?"
            rf"(?:ทั้งสิ้น ?|ทั้งหมด ?)?(?P<count>[0-9]{{1,5}}) ?{_WHOLE}"
        ),
    ),
    ("entrants", re.compile(rf"ผลงาน ?(?:จาก|ของ) ?(?P<count>[0-9]{{1,5}}) ?{_WHOLE}")),
    ("entrants", re.compile(rf"ทั้ง ?(?P<count>[0-9]{{1,5}}) ?{_WHOLE}[^\n0-9]{{0,40}}?{_ENTERED}")),
    (
        "works",
        re.compile(
            rf"ผลงาน(?:ที่)?(?:ส่ง|{_ENTERED})[^\n0-9]{{0,40}}?(?:จำนวน|ทั้งสิ้น|ทั้งหมด|รวม)"
            r"(?:ทั้งสิ้น|ทั้งหมด)? ?(?P<count>[0-9]{1,5}) ?(?:ผลงาน|ชิ้น|โครงการ)"
        ),
    ),
    (  # ส่งผลงานเข้าประกวด 86 ผลงาน จาก 71 หน่วยงาน
        "works",
        re.compile(
            rf"{_ENTERED}[^\n0-9]{{0,40}}? ?(?P<count>[0-9]{{1,5}}) ?(?:ผลงาน|ชิ้น(?:งาน)?) ?จาก ?[0-9]"
        ),
    ),
    (
        "awards",
        re.compile(
            r"ผู้(?:ที่)?(?:ได้รับ|รับ|ชนะ)รางวัล ?(?:จำนวน ?|ทั้งสิ้น ?|รวม ?|ทั้งหมด ?){0,2}(?P<count>[0-9]{1,4}) ?รางวัล"
        ),
    ),
    ("awards", re.compile(rf"(?P<count>[0-9]{{1,4}}) ?(?:{_WHOLE}|ผลงาน|รางวัล|โครงการ) ?{_GIVEN}")),
    (
        "awards",
        re.compile(
            rf"{_GIVEN} ?(?:จำนวน|ทั้งสิ้น|ทั้ง|รวม)+ ?(?P<count>[0-9]{{1,4}}) ?(?:{_WHOLE}|ผลงาน|รางวัล|โครงการ)"
        ),
    ),
)
_FIRST_YEAR, _LAST_YEAR = 2400, 2700  # Buddhist era: no number of anything counted here
_CLASS_STATED = re.compile(rf"(?P<rank>{RANK}) ?(?:[^\s0-9]{{0,20}} ?)?{_AMOUNT}")


def read_tallies(passage: Passage, awards: Sequence[Award]) -> tuple[Tally, ...]:
    """The numbers that a text states of its own list, each once."""
    folded = fold(passage.text)
    of_class = Counter(award.rank.value for award in awards if award.rank is not None)
    tallies: dict[tuple[str, int], tuple[int, Tally]] = {}

    def note(what: str, found: re.Match[str], counted: int | None) -> None:
        count = read_count(found["count"])
        if count is None or (what, count) in tallies or _FIRST_YEAR <= count <= _LAST_YEAR:
            return
        inks = passage.span(*folded.span(*found.span("count")))
        tallies[what, count] = (
            found.start(),
            Tally(what=what, stated=reading(count, inks, strict=True), counted=counted),
        )

    flowing = folded.text.replace("\n", " ")  # a transcript breaks its lines anywhere
    for what, pattern in _STATED:
        for found in pattern.finditer(folded.text if what == "awards" else flowing):
            if not _NOT_ALL.search(found[0]) and not (what == "awards" and rank_of(found[0])):
                note(what, found, len(awards) if what == "awards" else None)
    for found in _CLASS_STATED.finditer(folded.text):
        rank = rank_of(found["rank"])
        if rank in of_class:
            note(f"awards:{rank}", found, of_class[rank])
    return tuple(tally for _, tally in sorted(tallies.values(), key=lambda one: one[0]))
