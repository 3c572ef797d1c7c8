"""Sections: the parts of an announcement under their headings (คุณสมบัติ, เกณฑ์การพิจารณา, กำหนดการ, …)."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from parsers.data import read_table
from parsers.grid import Grid
from parsers.kinds import is_closing
from parsers.numbering import is_page_number
from parsers.passages import Passage, join
from parsers.rows import Ink, Row

_TOPICS = tuple((row["topic"], re.compile(row["pattern"])) for row in read_table("sections"))
_NUMBER = re.compile(
    r"^\s*(?:ข้อ\s?)?(?:[0-9๐-๙]{1,2}|[ก-ฮ])\s?[.)]{1,2}\s*(?![0-9๐-๙])|^\s*ข้อ\s?[0-9๐-๙]{1,2}\s+"
)
_LONGEST = 80  # characters of a heading that stands by itself
_SENTENCE = re.compile(
    r"ดังกล่าว|ทั้งนี้|ภายใน|ระหว่างวันที่|ตามที่|ขอ(?:ให้|เชิญ)|สามารถ|ต้อง(?:เป็น|มี|ไม่|ส่งภายใน)|จะต้อง|ได้ที่|ที่ผ่าน|\.\.\.|[0-9๐-๙]{4}\s+เวลา"
)
_WEIGHED = re.compile(r"[0-9๐-๙]\s?(?:%|คะแนน|เปอร์เซ็นต์)\W{0,2}$|ร้อยละ\s?[0-9๐-๙]{1,3}\W{0,2}$")  # a criterion
_INLINE = re.compile(r"^[^\s:：]{0,48}\s?[:：]\s*|^[^\s]{3,48}(?:\s\([^()]{1,30}\))?\s+(?=\S)")


_LETTER = re.compile(
    r"^(?:เรื่อง|เรียน|กราบเรียน|สิ่งที่ส่งมาด้วย|ประกาศ ณ วันที่|\((?:นาย|นาง|ว่าที่|ดร|ศาสตรา|รอง|ผู้ช่วย))(?:\s|[^\s])"
)


class _Heading(NamedTuple):
    topic: str
    rest: int  # where in the row's text the section's own words begin; the row's length when it has none


@dataclass(frozen=True, slots=True)
class Section:
    """One section: its topic (`""` before the first heading), its heading, its own words and its tables."""

    topic: str
    heading: Row | None
    inks: tuple[Ink, ...]
    grids: tuple[Grid, ...]

    @property
    def passage(self) -> Passage:
        """Its words without its tables, a paragraph a line."""
        return join(self.inks, paragraphs=True)


def find_sections(rows: Sequence[Row], grids: Iterable[Grid] = ()) -> list[Section]:
    """The sections of a text in order; what no heading stands above has the topic `""`."""
    grids = list(grids)
    tables = {order: at for at, grid in enumerate(grids) for order in grid.orders}
    sections: list[Section] = []
    topic, heading = "", None
    inks: list[Ink] = []
    held: list[int] = []

    def close() -> None:
        if inks or held or heading is not None:
            sections.append(Section(topic, heading, tuple(inks), tuple(grids[at] for at in held)))

    for row in rows:
        at = tables.get(row.order)
        if at is not None:
            held.extend([at] if at not in held else [])
            continue
        if is_page_number(row):
            continue
        found = heading_of(row.text)
        if found is not None and found.topic == topic and _NUMBER.match(row.text):
            found = None  # ๑. รางวัลชนะเลิศ, under รางวัล: an item of it
        if found is None and not (topic and _ends(row)):
            inks.append(row.ink())
            continue
        close()
        topic, heading = ("", None) if found is None else (found.topic, row)
        held = []
        inks = [row.ink(found.rest)] if found is not None and found.rest < len(row.text) else []
    close()
    return sections


def _ends(row: Row) -> bool:
    """Whether a letter's own form begins or ends here, which no section reaches over."""
    return is_closing(row) or _LETTER.match(row.text) is not None


def heading_of(text: str) -> _Heading | None:
    """The heading that a line is or begins with; None for any other line.

    >>> heading_of("๓. เกณฑ์การตัดสิน").topic
    'criteria'
    """
    numbered = _NUMBER.match(text)
    start = numbered.end() if numbered else 0
    bare = text[start:]
    for topic, pattern in _TOPICS:
        found = pattern.match(bare)
        if found is None or (topic != "criteria" and _WEIGHED.search(bare)):
            continue
        if (
            len(bare) <= _LONGEST
            and not _SENTENCE.search(bare)
            and not re.search(r"\S\s+\S+\s+\S+\s+\S", bare)
        ):
            inline = re.match(r"^[^:：]{0,60}[:：]\s*(?=\S)", bare)
            return _Heading(topic, start + inline.end() if inline else len(text))
        inline = _INLINE.match(bare)
        if inline is not None and (numbered is not None or inline[0].rstrip().endswith((":", "："))):
            return _Heading(topic, start + inline.end())
        return None
    return None
