"""ENC and REF: what is sent with a letter (สิ่งที่ส่งมาด้วย), and the letters that it refers to (อ้างถึง)."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator

from parsers.text import to_arabic
from pipeline.rules.moments import is_after
from pipeline.rules.registry import (
    ARITHMETIC,
    HOUSE_RULE,
    REGULATION,
    Evidence,
    House,
    could_clear,
    file_rule,
    rule,
)
from pipeline.say import Words, day_en, day_th
from schemas.finding import Severity
from schemas.letter import Letter, LetterNumber, Reference
from schemas.result import Result

_LISTED = f"{REGULATION} ข้อ 11"
_NAMED = re.compile(
    r"สิ่งที่ส่งมาด้วย ?(?:ลำดับ|หมายเลข|ข้อ)?(?:ที่)? ?"
    r"(?P<numbers>\d{1,2}(?: ?(?:,|และ|-|–|ถึง)? ?\d{1,2})*)(?! ?(?:ชุด|ฉบับ|แผ่น|เล่ม|หน้า|\d|[./]\d))"
)
_MENTIONED = re.compile(r"(?:ตาม|ใน|ดัง)(?:เอกสาร)?สิ่งที่ส่งมาด้วย|(?:ตาม|ใน)ที่ส่งมาด้วย|ที่แนบ|แนบท้าย|แนบมา|ส่งมาพร้อม")
_CITED = "หนังสือที่อ้างถึง"
_MOST = 30


@file_rule(
    "ENC-01",
    Severity.WARNING,
    basis=_LISTED,
    title_th="สิ่งที่ส่งมาด้วยอยู่ในแฟ้มครบ",
    examples=(
        {
            "enclosures": [{"title": "กำหนดการ", "present": True}],
            "annexes": [{"title": "กำหนดการ", "letter": 0}],
        },
        {
            "enclosures": [
                {"title": "กำหนดการ", "present": True, "annex": 0},
                {"title": "แบบตอบรับ", "present": False},
            ],
            "annexes": [{"title": "กำหนดการ", "letter": 0, "enclosure": 0}],
        },
    ),
)
def enclosures_are_there(result: Result, house: House) -> Iterator[Evidence]:
    """What the letter lists as enclosed is in the file.

    A letter scanned without any of its papers, or one thing that is no paper, is only worth a note. Where it
    cannot be told, nothing is said.
    """
    for index, letter in enumerate(result.letters):
        missing = [place for place, each in enumerate(letter.enclosures) if each.present is False]
        if not missing:
            continue
        titles = ", ".join(
            f"“{letter.enclosures[i].title.value or letter.enclosures[i].title.raw}”" for i in missing
        )
        alone = not any(each.present for each in letter.enclosures)
        yield Evidence(
            Words(f"ไม่พบสิ่งที่ส่งมาด้วยในแฟ้ม: {titles}", f"Listed as enclosed, but not in the file: {titles}."),
            tuple(f"enclosures.{place}.title" for place in missing),
            severity=Severity.NOTE if alone else None,
            doubtful=not house.whole,
            letter=index,
        )


@file_rule(
    "ENC-02",
    Severity.NOTE,
    basis=_LISTED,
    title_th="เอกสารแนบมีชื่อในสิ่งที่ส่งมาด้วย",
    examples=(
        {
            "enclosures": [{"title": "กำหนดการ", "annex": 0}],
            "annexes": [{"title": "กำหนดการ", "letter": 0, "enclosure": 0}],
        },
        {"annexes": [{"title": "กำหนดการ", "letter": 0}]},
    ),
)
def annexes_are_listed(result: Result, house: House) -> Iterator[Evidence]:
    """Papers that lie behind a letter are among its enclosures."""
    for annex in result.annexes:
        if annex.letter is None or annex.enclosure is not None or not 0 <= annex.letter < len(result.letters):
            continue
        title = annex.title.value or annex.title.raw
        message = Words(
            f"เอกสาร “{title}” ไม่มีในรายการสิ่งที่ส่งมาด้วย", f"“{title}” is not among the enclosures listed."
        )
        doubtful = annex.confidence < house.settings.sure
        yield Evidence(message, doubtful=doubtful, letter=annex.letter, inks=(annex.title,))


@rule(
    "ENC-03",
    Severity.WARNING,
    basis=HOUSE_RULE,
    title_th="สิ่งที่ส่งมาด้วยที่กล่าวถึงมีในรายการ",
    examples=(
        {
            "body": "รายละเอียดตามสิ่งที่ส่งมาด้วย ๑ และ ๒",
            "enclosures": [{"title": "กำหนดการ"}, {"title": "แบบตอบรับ"}],
        },
        {"body": "รายละเอียดตามสิ่งที่ส่งมาด้วย ๑ และ ๒", "enclosures": [{"title": "กำหนดการ"}]},
    ),
)
def enclosures_named_are_listed(letter: Letter, house: House) -> Iterator[Evidence]:
    """An enclosure that the text speaks of is in the list at the letter's head."""
    body = to_arabic(letter.body.value or letter.body.raw) if letter.body else ""
    named = {
        int(number) for found in _NAMED.finditer(body) for number in re.findall(r"\d+", found["numbers"])
    }
    beyond = sorted(number for number in named if len(letter.enclosures) < number <= _MOST)
    if not beyond and not ("สิ่งที่ส่งมาด้วย" in body and not letter.enclosures):
        return
    which = ", ".join(map(str, beyond)) if letter.enclosures and beyond else ""
    message = (
        Words(
            f"ข้อความกล่าวถึงสิ่งที่ส่งมาด้วย {which} แต่ในรายการมี {len(letter.enclosures)} รายการ",
            f"The text speaks of enclosure {which}, but {len(letter.enclosures)} are listed.",
        )
        if which
        else Words(
            "ข้อความกล่าวถึงสิ่งที่ส่งมาด้วย แต่ไม่มีรายการ", "The text speaks of enclosures, but none are listed."
        )
    )
    fields = ("body", *(f"enclosures.{place}.title" for place in range(len(letter.enclosures))))
    yield Evidence(message, fields, doubtful=not house.whole)


@rule(
    "ENC-04",
    Severity.NOTE,
    basis=HOUSE_RULE,
    title_th="สิ่งที่ส่งมาด้วยไม่ซ้ำกัน",
    examples=(
        {"enclosures": [{"title": "กำหนดการ"}, {"title": "แบบตอบรับ"}]},
        {"enclosures": [{"title": "แบบตอบรับ"}, {"title": "แบบตอบรับ"}]},
    ),
)
def enclosures_differ(letter: Letter, house: House) -> Iterator[Evidence]:
    """No enclosure is listed twice."""
    seen: dict[str, int] = {}
    for place, each in enumerate(letter.enclosures):
        title = "".join((each.title.value or "").split())
        if title and title in seen:
            message = Words(
                f"“{each.title.value}” อยู่ในรายการสองครั้ง", f"“{each.title.value}” is listed twice."
            )
            yield Evidence(message, (f"enclosures.{seen[title]}.title", f"enclosures.{place}.title"))
        seen.setdefault(title, place)


_EARLIER = {"text": "หนังสือจังหวัดลำปาง ที่ ลป 0017.2/ว1500 ลงวันที่ 2 พฤษภาคม 2566", "number": "ลป 0017.2/ว1500"}


@rule(
    "REF-01",
    Severity.WARNING,
    basis=_LISTED,
    title_th="หนังสือที่อ้างถึงมีในรายการ",
    examples=(
        {"body": "ตามหนังสือที่อ้างถึง จังหวัดได้แจ้ง นั้น", "references": [{**_EARLIER, "date": "2023-05-02"}]},
        {"body": "ตามหนังสือที่อ้างถึง จังหวัดได้แจ้ง นั้น"},
    ),
)
def references_are_listed(letter: Letter, house: House) -> Iterator[Evidence]:
    """An earlier letter that the text refers to is named at the head.

    "ตามหนังสือที่อ้างถึง" wants an อ้างถึง above the text.
    """
    body = (letter.body.value or letter.body.raw) if letter.body else ""
    if letter.kind.value == "external" and not letter.references and _CITED in body:
        message = Words(
            "ข้อความกล่าวถึง “หนังสือที่อ้างถึง” แต่ไม่พบ “อ้างถึง”",
            "The text speaks of “the letter referred to”, but none is named.",
        )
        yield Evidence(message, ("body",), doubtful=not house.whole)


@rule(
    "REF-02",
    Severity.ERROR,
    basis=ARITHMETIC,
    title_th="หนังสือที่อ้างถึงไม่ลงวันที่หลังหนังสือฉบับนี้",
    examples=(
        {"references": [{**_EARLIER, "date": "2023-05-02"}]},
        {"references": [{**_EARLIER, "date": "2023-07-02"}]},
    ),
)
def references_are_earlier(letter: Letter, house: House) -> Iterator[Evidence]:
    """A letter refers to no letter that is dated after it."""
    written = letter.date
    for place, reference in enumerate(letter.references):
        cited = reference.date
        if written is None or cited is None or written.value is None or cited.value is None:
            continue
        if is_after(cited.value, written.value):
            message = Words(
                f"อ้างถึงหนังสือลงวันที่ {day_th(cited.value)} ซึ่งหลังวันที่ของหนังสือ {day_th(written.value)}",
                f"It refers to a letter of {day_en(cited.value)}, after its own date {day_en(written.value)}.",
            )
            doubtful = could_clear(is_after, cited, written)
            yield Evidence(message, (f"references.{place}.date", "date"), doubtful=doubtful)


@rule(
    "REF-03",
    Severity.WARNING,
    basis=HOUSE_RULE,
    title_th="หนังสือที่อ้างถึงตรงกับที่มีในทะเบียน",
    examples=(
        {
            "references": [{**_EARLIER, "date": "2023-05-02"}],
            "register": [{"number": "ลป 0017.2/ว1500", "date": "2023-05-02", "id": 12}],
        },
        {
            "references": [{**_EARLIER, "date": "2023-05-02"}],
            "register": [{"number": "ลป 0017.2/ว1500", "date": "2023-05-12", "id": 12}],
        },
    ),
)
def references_agree(letter: Letter, house: House) -> Iterator[Evidence]:
    """A letter referred to that is in the register bears the date that is given for it.

    Asked only where there is a register: by `ingest`, `watch` and `rejudge`.
    """
    for place, reference in enumerate(letter.references):
        known = _in_register(reference, house)
        if known is None:
            continue
        id_, cited, there = known
        message = Words(
            f"อ้างถึงหนังสือลงวันที่ {day_th(cited)} แต่ในทะเบียน (เลข {id_}) ลงวันที่ {day_th(there)}",
            f"It refers to a letter of {day_en(cited)}; in the register (number {id_}) it is dated {day_en(there)}.",
        )
        yield Evidence(message, (f"references.{place}.date", f"references.{place}.number"))


def _in_register(reference: Reference, house: House) -> tuple[int | None, dt.date, dt.date] | None:
    """The register's letter of this number, where its date is another: id, date cited, date there."""
    number, cited = reference.number, reference.date
    if (
        house.numbered is None
        or number is None
        or number.value is None
        or cited is None
        or cited.value is None
    ):
        return None
    same = [
        known
        for known in house.numbered(number.value, cited.value.year)
        if _running(known.number) == _running(number.value) is not None
    ]
    if not same or any(known.date in (None, cited.value) for known in same):
        return None
    day = same[0].date
    return None if day is None else (same[0].id, cited.value, day)


def _running(number: LetterNumber) -> int | None:
    return int(number.running) if number.running and number.running.isdecimal() else None
