"""An announcement of a contest (การประกวด) becomes rules that an audit can follow."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence

from parsers.contestdays import read_in_use_before, read_in_use_months, read_not_won_in, read_span
from parsers.contestfiles import read_naming, read_submit
from parsers.contestwho import (
    CONTEST,
    names_a_group,
    read_contacts,
    read_entrants,
    read_links,
    read_organiser,
    read_title,
    tells_who,
)
from parsers.criteria import criteria_of
from parsers.entries import find_entries
from parsers.grid import Grid
from parsers.passages import Passage, join, join_rows
from parsers.prizes import read_prizes
from parsers.rows import Row, reading
from parsers.schedule import schedule_of
from parsers.sections import Section, find_sections
from parsers.tables import find_grids
from schemas.contest import Rules
from schemas.ink import Line, Page
from schemas.reading import Reading

_INVITES = re.compile(
    r"(?:เชิญ(?:ชวน)?|เปิดรับ|รับสมัคร|สมัคร|ส่ง|เสนอชื่อ)[^\n]{0,80}?(?:ประกวด|แข่งขัน|ผลงาน|คัดเลือก|ชิงรางวัล|รางวัล|เข้าร่วม|[Aa]ward|[Cc]ontest)"
    r"|(?:ส่ง|ยื่น)ใบสมัคร|ผู้มีสิทธิ[^\n]{0,20}(?:ประกวด|แข่งขัน|สมัคร)|ประกาศรับสมัคร"
    r"|(?:ผู้|ผลงานที่)(?:สมัคร|ส่ง|เข้า)[^\n]{0,30}(?:ประกวด|แข่งขัน)|(?:enter|submit|apply)[^\n]{0,60}(?:contest|award|competition|entr)"
)
_RESULT = re.compile(
    r"แจ้งผล(?:การ)?|ผลการ(?:ประกวด|ตัดสิน|แข่งขัน|คัดเลือก|พิจารณา)|ประกาศ(?:ผล|รายชื่อ)(?:การ|ผู้|หน่วยงาน)?|คว้ารางวัล|ขอแสดงความยินดี"
)
_FORM = re.compile(
    r"^(?:ใบ(?:สมัคร|ส่งผลงาน)|แบบ(?:ฟอร์ม|เสนอ|ใบสมัคร|ส่งผลงาน|ตอบรับ)|รายงานการประชุม|บันทึกการประชุม)"
)
_HEAD_ROWS = 12


def read_rules(lines: Sequence[Line], pages: Mapping[int, Page] | None = None) -> Rules | None:
    """The conditions of the contest that a text announces; None for any other text.

    `lines` may be those of a whole file: a cover letter, the letter that it forwards and its annexes. `pages`
    gives the pages' sizes and lean, where the lines have boxes.
    """
    if not any(CONTEST.search(line.text) for line in lines):
        return None
    return rules_of(*find_grids(lines, pages))


def rules_of(rows: Sequence[Row], grids: Sequence[Grid]) -> Rules | None:
    """As `read_rules`, of rows and tables already found."""
    whole = join_rows(rows, paragraphs=True)
    if not CONTEST.search(whole.text) or not _INVITES.search(whole.text) or _is_other_paper(rows):
        return None
    sections = find_sections(rows, grids)
    rules = _rules(rows, whole, sections)
    return rules if _announces(rules, rows) else None


def _rules(rows: Sequence[Row], whole: Passage, sections: Sequence[Section]) -> Rules:
    passages = [section.passage for section in sections]
    schedule = schedule_of(sections)
    span = read_span(passages, schedule)
    found = criteria_of(sections)
    qualified = [s.passage for s in sections if s.topic in ("works", "entrants")]
    return Rules(
        title=read_title(rows, whole),
        organiser=read_organiser(whole),
        opens=span.opens,
        closes=span.closes,
        closes_at=span.at,
        entrants=read_entrants(sections),
        conditions=tuple(_conditions(sections)),
        in_use_before=read_in_use_before([*qualified, *passages]),
        in_use_months=read_in_use_months([*qualified, *passages]),
        not_won_in=read_not_won_in(qualified or passages),
        submit=read_submit(sections),
        naming=read_naming(passages),
        criteria=found.criteria,
        total=found.total,
        prizes=read_prizes(sections),
        contacts=read_contacts(sections),
        links=read_links([whole]),
        schedule=schedule,
    )


def _is_other_paper(rows: Sequence[Row]) -> bool:
    """A filled-in form or minutes may speak of a contest; it announces none."""
    return any(_FORM.match(row.text) for row in rows[:_HEAD_ROWS] if len(row.text) < 90)


def _announces(rules: Rules, rows: Sequence[Row]) -> bool:
    """Whether enough of a contest's conditions were found, more than a result or a mere mention would tell."""
    weighted = sum(one.weight is not None for one in rules.criteria)
    told = (
        rules.closes is not None,
        weighted >= 2,
        bool(rules.entrants),
        bool(rules.submit or rules.naming),
        bool(rules.prizes),
        rules.in_use_before is not None or rules.in_use_months is not None or bool(rules.not_won_in),
        bool(rules.schedule),
    )
    heads = [
        row.text
        for at, row in enumerate(rows)
        if len(row.text) < 320
        and (_SUBJECT.match(row.text) or (at < _HEAD_ROWS and _HEADING.match(row.text)))
    ]
    asked = any(CONTEST.search(text) and _CALLS.search(text) for text in heads)
    if any(_RESULT.search(text) for text in heads) and not asked:
        return False
    if rules.closes is None:
        return sum(told) >= 3
    return sum(told) >= 2 or asked


_CALLS = re.compile(r"เชิญ|รับสมัคร|เปิดรับ|การประกวด|ส่งผลงาน(?!ที่)|ประชาสัมพันธ์")
_SUBJECT = re.compile(r"^เรื่อง\s")
_HEADING = re.compile(r"^(?:ประกาศ|โครงการ|หัวข้อข่าว|หลักเกณฑ์)")
_NO_CONDITION = re.compile(
    r"^(?:(?:หน่วยงาน)?ผู้จัด[^\s:：]{0,20}\s?[:：]|จัดโดย|หน่วยงาน(?:ที่)?รับผิดชอบ|https?:"
    r"|www\.|หรือ QR|QR|\(?(?:นาย|นาง|ว่าที่)|โทร|[-–]?\s*[0-9๐-๙]{1,3}\s*-?$)"
)
_RESERVED = re.compile(r"สงวนสิทธิ์|ถือเป็น(?:ที่สุด|อันสิ้นสุด)|ลิขสิทธิ์|กรรมสิทธิ์|ยินยอม|ไม่(?:ส่ง)?คืน")
_SHORTEST = 12  # characters of a condition


def _conditions(sections: Sequence[Section]) -> Iterator[Reading[str]]:
    """Every condition that no other field of the rules holds, in its own words."""
    for section in sections:
        passage = section.passage
        for entry in find_entries(passage.text):
            text = passage.text[entry.body : entry.end]
            own = section.topic in ("works", "entrants")
            if len(text) < _SHORTEST or _NO_CONDITION.match(text):
                continue
            inks = passage.span(entry.body, entry.end)
            if section.topic == "entrants" and names_a_group(text):
                continue
            if (own and not _held_elsewhere(join(inks), text)) or (section.topic and _RESERVED.search(text)):
                yield reading(text, inks)


def _held_elsewhere(one: Passage, text: str) -> bool:
    return (
        tells_who(text)
        or read_in_use_before([one]) is not None
        or read_in_use_months([one]) is not None
        or bool(read_not_won_in([one]) or read_naming([one]))
    )
