"""Who won, with what: one entry of a list of awards, taken apart."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from typing import NamedTuple

from rapidfuzz.distance import Levenshtein

from parsers.data import read_table
from parsers.text import squash

_KINDS = tuple((row["value"], re.compile(row["pattern"])) for row in read_table("winner_kinds"))
_KIND = re.compile("|".join(f"(?:{row['pattern']})" for row in read_table("winner_kinds")))
_PERSON = re.compile(
    r"(?P<kind>นางสาว|นาย|นาง|เด็กชาย|เด็กหญิง|ด\.ช\.|ด\.ญ\.|ดร\.|ทีม)\s?[^\s,]{2,40}"
    r"(?: (?!จังหวัด|จ\.|โรงเรียน|ผลงาน|จาก|และ|ได้)[ก-๎]{2,30})?"
)
# What ends a name that no blank ends.
_NAME_ENDS = re.compile(
    r"(?<=.)(?:จังหวัด|จ\.|อำเภอ|อ\.|ได้รับ|ผลงาน|ชื่อผลงาน|จากผลงาน|ด้วยผลงาน|โดย|กับผลงาน|[,;“”\"()\[\]\n])"
)
_BRACKET = re.compile(r" ?\((?![^()]*(?:คะแนน|รางวัล|บาท))[^()\n]{2,40}\)")
_NOT_A_WINNER = re.compile(
    r"(?:จาก|ของ|ณ|ที่|จัดโดย|ร่วมกับ|โดยความร่วมมือกับ|ระดับ|ภายใน|ทั่ว|ทุก|นายก|ปลัด|ใน|แก่|ต่อ|ให้|ประเภท|และ(?=สำนัก|กระทรวง|กรม))\s?$"
)
_PROVINCE = re.compile(
    r"[\s,(]{0,3}(?:(?:ตำบล|ต\.|อำเภอ|อ\.|เขต)\s?[^\s,()]{1,30}[\s,]{1,2}){0,2}(?:(?:จังหวัด|จ\.)\s?(?P<name>[ก-๎]{2,20})|(?P<city>กรุงเทพมหานคร|กรุงเทพฯ|กทม\.))[\s,)]*"
)
_PROJECT = re.compile(
    r"^[\s,:–-]*(?:(?:จาก|กับ|ด้วย|ใน|โดย)?(?:ชื่อ)?(?:ผลงาน|ผลการดำเนินงาน|โครงงาน|นวัตกรรม|เรื่อง)(?:เรื่อง|ชื่อ)?\s?[:“\"]?\s*|(?:จาก|กับ|ด้วย)(?=โครงการ|ระบบ))?"
)
_QUOTES = ("“", '"')
_CLOSING = re.compile('[”"]')
_KEPT = re.compile(r"^นวัตกรรม")


class Winner(NamedTuple):
    """One winner: spans in the entry's text, and the usual names of kind and province."""

    agency: tuple[int, int]
    kind: str | None
    province: tuple[int, int] | None
    province_name: str | None
    project: tuple[int, int] | None
    sure: bool  # the agency stands where winners stand, and its province is one


def find_winner(text: str) -> Winner | None:
    """The winner that an entry names; None when it names none."""
    names = list(_names(text))
    if not names:
        return None
    lead = len(text) - len(text.lstrip(' .–-:•“"'))
    first = names[0]
    agency = first if first[0] <= lead else _last_of(text, names)
    ahead = agency[0] <= lead
    told = _PROVINCE.match(text, agency[1])
    province = (told.start("name"), told.end("name")) if told is not None and told["name"] else None
    if told is not None and told["city"]:
        province = (told.start("city"), told.end("city"))
    after = told.end() if told is not None else agency[1]
    project = _after(text, after) if ahead else _trim(text, lead, agency[0])
    if project is None and not ahead:
        project = _after(text, after)
    kind = next((value for value, pattern in _KINDS if pattern.match(text, agency[0])), None)
    if province is None and kind == _OF_PROVINCE:  # its own name is the province's
        own = text[slice(*agency)].rfind(_OF_PROVINCE) + len(_OF_PROVINCE)
        province = (agency[0] + own, agency[1]) if own >= len(_OF_PROVINCE) else None
    name, sound = province_of(text[slice(*province)]) if province is not None else (None, True)
    if kind is None:
        kind = "ทีม" if text.startswith("ทีม", agency[0]) else "บุคคล"
    return Winner(agency, kind, province, name, project, sound and (ahead or told is not None))


def _names(text: str) -> Iterator[tuple[int, int]]:
    """Where winners are named: an office and its name, no blank between; else a person or a team."""
    end = 0
    found_any = False
    for found in _KIND.finditer(text):
        if found.start() < end or _NOT_A_WINNER.search(text[max(0, found.start() - 20) : found.start()]):
            continue
        if found.start() and text[found.start() - 1] not in ' \n\t,;:.-–(“"•)0123456789๐๑๒๓๔๕๖๗๘๙':
            continue
        word = re.match(r"\S+(?:\s(?=นคร|เมือง|ตำบล)\S+)?", text[found.start() :])
        if word is None:
            continue
        cut = _NAME_ENDS.search(word[0], found.end() - found.start())
        end = found.start() + (cut.start() if cut else word.end())
        bracket = _BRACKET.match(text, end)
        end = bracket.end() if bracket else end
        if end - found.end() >= 1 or found[0].startswith(("เมืองพัทยา", "กรุงเทพ")):
            found_any = True
            yield found.start(), end
    if not found_any:
        person = _PERSON.match(text.lstrip(" .–-:•"))
        if person is not None:
            shift = len(text) - len(text.lstrip(" .–-:•"))
            yield shift, shift + person.end()


def _last_of(text: str, names: list[tuple[int, int]]) -> tuple[int, int]:
    """The winner behind its project: the last name that a province follows, else the last of all."""
    placed = [name for name in names if _PROVINCE.match(text, name[1])]
    return (placed or names)[-1]


def _after(text: str, start: int) -> tuple[int, int] | None:
    lead = _PROJECT.match(text[start:])
    if lead is not None:
        word = lead[0].strip(" ,:–-")
        start += lead.end() if not _KEPT.match(word) else len(lead[0]) - len(lead[0].lstrip(" ,:–-"))
        closed = _CLOSING.search(text, start) if lead[0].rstrip()[-1:] in _QUOTES else None
        if closed is not None and closed.start() - start >= 3:
            return start, closed.start()  # what is quoted is the whole name
    return _trim(text, start, len(text))


def _trim(text: str, start: int, end: int) -> tuple[int, int] | None:
    while start < end and text[start] in " ,.:–-\n":
        start += 1
    part = text[start:end].rstrip(" ,;\n").removesuffix("และ").rstrip(" ,;\n").removesuffix("โดย")
    end = start + len(part)
    return (start, end) if len(text[start:end].strip()) >= 3 else None


@cache
def _provinces() -> tuple[str, ...]:
    return tuple(row["province_th"] for row in read_table("province_codes"))


_OF_PROVINCE = "องค์การบริหารส่วนจังหวัด"


@cache
def province_of(text: str) -> tuple[str | None, bool]:
    """A province's usual name, and whether it was printed so; the text itself when no province is that near."""
    bare = squash(text)
    if bare in ("กรุงเทพฯ", "กรุงเทพ", "กทม"):
        return "กรุงเทพมหานคร", True
    for name in _provinces():
        if bare == name:
            return name, True
    begun = [name for name in _provinces() if bare.startswith(name)]
    if begun:
        return max(begun, key=len), True
    near = [name for name in _provinces() if Levenshtein.distance(name, bare, score_cutoff=1) <= 1]
    return (near[0] if len(near) == 1 else text), False
