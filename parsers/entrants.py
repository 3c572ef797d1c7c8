"""Names of entrants: which kind of agency a name tells of, and whether two writings mean the same one."""

from __future__ import annotations

import re
from functools import cache
from typing import NamedTuple

from rapidfuzz import fuzz

from parsers.agencies import LOCAL_KINDS
from parsers.data import read_table
from parsers.text import normalise, squash

_OTHERS = re.compile(
    r"^(?:โรงเรียน|มหาวิทยาลัย|วิทยาลัย|โรงพยาบาล|สำนักงาน(?!เทศบาล)|กรม|กระทรวง|ศาลากลาง|จังหวัด|ที่ว่าการ|อำเภอ|บริษัท|ห้างหุ้นส่วน"
    r"|มูลนิธิ|สมาคม|ชมรม|กลุ่ม|วัด|สถาบัน|ศูนย์|สหกรณ์|วิสาหกิจ|การไฟฟ้า|การประปา)"
)
_LEAD = re.compile(r"^(?:สำนักงาน|ที่ทำการ)(?=เทศบาล|องค์การบริหาร|อบ)")
_TAIL = re.compile(r"(?<=[ก-๎])\s*(?:อำเภอ|(?<![ก-ฮ])อ\.|(?<!ส่วน)จังหวัด|(?<![ก-ฮ])จ\.).*$")
_WORK_LEAD = re.compile(r"^(?:ชื่อ)?(?:ผลงาน|โครงการ|นวัตกรรม|เรื่อง)+(?:นวัตกรรม|ท้องถิ่นดิจิทัล)*\s*[:“\"]?\s*")
_LEAST_FIT = 0.78  # of a kind's name that was misread by a letter or two


class AgencyName(NamedTuple):
    """An agency's name in its parts: its kind (None where it tells none that we know), and its own name."""

    kind: str | None
    place: str
    local: bool | None  # whether it is local government (อปท.); None: cannot be told
    exact: bool = True  # the kind's words were read letter by letter


@cache
def _prefixes() -> tuple[tuple[str, str], ...]:
    """Prefixes in full and in short with their kinds, the longest first."""
    rows = [
        (prefix.replace(" ", ""), row["kind"])
        for row in read_table("agency_kinds")
        for prefix in (row["prefix"], row["short"], row["short"].replace(".", ""))
        if prefix and row["kind"] in LOCAL_KINDS
    ]
    return tuple(sorted(dict.fromkeys(rows), key=lambda row: -len(row[0])))


def agency_name(text: str) -> AgencyName:
    """The kind and the own name that a text tells.

    >>> agency_name("ทต.ห้วยหินขาว")
    AgencyName(kind='เทศบาลตำบล', place='ห้วยหินขาว', local=True, exact=True)
    """
    name = _LEAD.sub("", _TAIL.sub("", normalise(text).strip())).replace(" ", "")
    for prefix, kind in _prefixes():
        if name.startswith(prefix) and (len(prefix) > 4 or "." in prefix or len(name) > len(prefix) + 2):
            return AgencyName(kind, name[len(prefix) :].lstrip(".") or name, True)
    if _OTHERS.match(name):
        return AgencyName(None, name, False)
    best: tuple[float, str, int] = (0.0, "", 0)
    for prefix, kind in _prefixes():
        for length in range(len(prefix) - 1, len(prefix) + 2) if len(prefix) > 7 else ():
            fit = fuzz.ratio(name[:length], prefix) / 100
            if fit > best[0]:
                best = (fit, kind, length)
    if best[0] >= _LEAST_FIT:
        return AgencyName(best[1], name[best[2] :], True, exact=False)
    return AgencyName(None, name, None)


def same_agency(one: str, other: str) -> float:
    """How likely two writings mean one agency, 0 to 1: abbreviations count as their words."""
    first, second = agency_name(one), agency_name(other)
    if not first.place or not second.place:
        return 0.0
    fit = fuzz.ratio(_bare(first.place), _bare(second.place)) / 100
    if first.kind and second.kind and first.kind != second.kind:
        return min(fit, 0.5) if first.exact and second.exact else 0.85 * fit
    if first.kind is None or second.kind is None:
        fit = max(fit, fuzz.ratio(_bare(one), _bare(other)) / 100)
    return fit


def same_work(one: str, other: str) -> float:
    """How alike two titles of works are, 0 to 1; words such as โครงการ before them do not count."""
    first, second = (_bare(_WORK_LEAD.sub("", normalise(text).strip())) for text in (one, other))
    if not first or not second:
        return 0.0
    whole = fuzz.ratio(first, second) / 100
    short = min(len(first), len(second))
    part = fuzz.partial_ratio(first, second) / 100 if short >= 14 else 0.0
    return max(whole, 0.94 * part if short > 0.45 * max(len(first), len(second)) else 0.0)


def _bare(text: str) -> str:
    """Letters alone, in one case."""
    return re.sub(r"[\s“”\"'‘’().,:_\-–/]", "", squash(text)).casefold()
