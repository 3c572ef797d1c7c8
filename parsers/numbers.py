"""Letter numbers (ที่): ลป ๐๐๑๗.๒/ว ๑๗๙๗ and the ways in which they are written, and misread.

The grammar, after digits have become Arabic (`ws` is any number of spaces):

    number  = [ "ที่" ] code [ "." ] ws [ owner | year ] ws "/" ws [ unit "." ] [ circ ] running
    code    = two to five consonants, [ "(" consonants ")" ]
    owner   = three to six digits, { "." one to three digits | "(" digits or consonants ")" };
              one or two digits where such a part or a year follows, two alone under อว
    unit    = one to four consonants and a stop, once or in a row, as state enterprises set before the running number:
              /นม.1421, /กฟส.มห.-2210; two to four without a stop as sections do: /งธ 045
    year    = 25xx, directly before the slash
    circ    = "ว" [ "." ]
    running = one to six digits [ "/" year ], or "พิเศษ"
    order   = one to six digits "/" year: orders and announcements have no code
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from parsers.data import read_table
from parsers.text import LETTERS, Folded, fold, mend_zeros
from schemas.letter import LetterNumber


class FoundNumber(NamedTuple):
    """A number seen in a text; `sound` is False for a repair, or for a form that is often a misreading."""

    start: int
    end: int
    value: LetterNumber
    sound: bool


_LABEL = "ท[ีิ]่?[ :.…]{0,40}"
_PART = r"(?: ?\. ?[0-9]{1,3}| ?\( ?[0-9ก-ฮ]{1,5} ?\)|-[0-9]{1,2}(?= ?/))"
_OWNER = (
    rf"(?:[0-9]{{3,6}}{_PART}{{0,6}}|[0-9]{{1,2}}{_PART}{{1,6}}|[0-9]{{1,2}}(?= ?/ ?25[4-9][0-9](?![0-9]))"
    r"|(?<=อว )[0-9]{2}|(?<=อว)[0-9]{2})"
)
_RUNNING = (
    r"(?:(?P<running>[0-9]{1,6})(?: ?/ ?(?P<late>25[0-9]{2}))?(?![0-9]|/[0-9]|[.:;][0-9])"
    r"|(?P<special>พิเศษ))"
)
_CODE = r"(?P<code>[ก-ฮ]{2,5})(?P<branch> ?\( ?[ก-ฮ]{1,5}\.? ?\))?\.?"
_UNIT = r"(?:(?P<unit>(?!ว ?\.)[ก-ฮ]{1,4}(?: ?\. ?[ก-ฮ]{1,4}){0,2}) ?\. ?-? ?|(?P<section>(?!ว)[ก-ฮ]{2,4}) ?(?=[0-9]))?"
_BODY = rf"{_CODE} ?(?:(?P<owner>{_OWNER}) ?)?/ ?{_UNIT}(?P<circular>ว ?\.? ?)?{_RUNNING}"
_WHOLE = re.compile(rf"(?:{_LABEL})?{_BODY}[ .]*")
_ORDER = r"(?P<running>[0-9]{1,6}) ?/ ?(?P<year>25[0-9]{2})"
_WHOLE_ORDER = re.compile(rf"(?:{_LABEL})?{_ORDER}[ .]*")

KNOWN_CODES = frozenset(
    {row["code"] for row in read_table("ministry_codes")}
    | {row["abbr_2letter"] for row in read_table("province_codes")}
)
"""Codes of ministries, agencies and provinces that we know of; others exist."""


def parse_letter_number(text: str) -> LetterNumber | None:
    """Read a text that is a letter's number and nothing else; the label ที่ may stand before it.

    >>> parse_letter_number("ที่ ลป ๐๐๑๗.๒/ว ๑๗๙๗").text
    'ลป 0017.2/ว1797'
    """
    folded = fold(text).text.replace("\n", " ")
    found = _WHOLE.fullmatch(folded)
    if found is not None:
        return _number_of(found)
    order = _WHOLE_ORDER.fullmatch(folded)
    return None if order is None else _order_of(order)


def _order_of(found: re.Match[str]) -> LetterNumber:
    running, year = found["running"], int(found["year"])
    return LetterNumber(
        code=None, owner=None, circular=False, running=running, year=year, text=f"{running}/{year}"
    )


def _number_of(found: re.Match[str]) -> LetterNumber:
    code, head = found["code"], (found["owner"] or "").replace(" ", "")
    code += (found["branch"] or "").replace(" ", "").replace(".", "")
    circular, running, late = bool(found["circular"]), found["running"] or found["special"], found["late"]
    unit = found["unit"].replace(" ", "") + "." if found["unit"] else found["section"] or ""
    headed_by_year = late is None and _is_year(code, head)
    if late is None and not circular and not unit and _ends_in_year(code, head, running):
        return LetterNumber(
            code=code,
            owner=None,
            circular=False,
            running=head,
            year=int(running),
            text=f"{code} {head}/{running}",
        )
    year = head if headed_by_year else late
    return LetterNumber(
        code=code,
        owner=None if headed_by_year or not head else head + (f"/{unit}" if unit else ""),
        circular=circular,
        running=running,
        year=int(year) if year else None,
        text=f"{code} {head}".rstrip() + f"/{unit}{'ว' * circular}{running}" + (f"/{late}" if late else ""),
    )


def _is_year(code: str, head: str) -> bool:
    """Whether the figures before the slash are a year; a ministry's 25th department begins low: กษ 2501."""
    return re.fullmatch("25[0-9]{2}", head) is not None and (len(code) > 2 or head >= "2540")


def _ends_in_year(code: str, head: str, running: str) -> bool:
    """Whether the figures behind the slash are the year, as companies and associations write: `สสท. ๐๔๕/๒๕๖๗`."""
    own = code not in KNOWN_CODES and head.isdigit() and len(head) <= 4
    return own and re.fullmatch("25[4-9][0-9]", running) is not None and not _is_year(code, head)


_WORDS = frozenset(row["word"] for row in read_table("not_codes"))
_SEARCH = re.compile(rf"(?:(?P<label>{_LABEL})|(?<![{LETTERS}0-9A-Za-z.])){_BODY}")
_OTHER_LABEL = re.compile(r"(?:ดำ|แดง|คดี|ครั้ง|ฉบับ|วัน|หมู่|ข้อ|มาตรา|รุ่น|ชุด|งวด|สัญญาเลข|โฉนดเลข)\Z")
_ORDER_SEARCH = re.compile(rf"ท[ีิ]่?[ .…]{{0,40}}{_ORDER}(?![0-9/])")
_ORDER_WORDS = re.compile(r"คำสั่ง|ประกาศ|ระเบียบ|ข้อบังคับ|หนังสือรับรอง|แถลงการณ์|(?:\A|\n)\Z")


def find_letter_numbers(text: str) -> list[FoundNumber]:
    """All letter numbers of a text in their order.

    A number that only a repair could make out is given where a line begins with the label ที่.
    """
    folded = mend_zeros(fold(text))
    found = sorted((*_coded(folded.text), *_orders(folded.text), *_mended(folded.text)), key=_by_place)
    apart: list[FoundNumber] = []
    for number in found:
        if not apart or number.start >= apart[-1].end:
            apart.append(number)
    return [_in_original(text, folded, number) for number in apart]


def _in_original(text: str, folded: Folded, number: FoundNumber) -> FoundNumber:
    start, end = folded.span(number.start, number.end)
    mended = re.search("[Oo]", text[start:end]) is not None
    return FoundNumber(start, end, number.value, number.sound and not mended)


def _by_place(number: FoundNumber) -> tuple[int, bool]:
    return number.start, not number.sound


def _coded(text: str) -> Iterator[FoundNumber]:
    if "/" not in text:
        return
    flat = text.replace("\n", " ")
    for found in _SEARCH.finditer(flat):
        code, owner = found["code"], found["owner"] or ""
        named = bool(found["label"])
        if named and _OTHER_LABEL.search(flat[max(0, found.start() - 12) : found.start()]):
            continue
        known = code in KNOWN_CODES
        shaped = bool(found["circular"]) or "." in owner
        if not (named or known or shaped) or (code in _WORDS and not (known and (named or shaped))):
            continue
        if not owner and not (named or (known and found["circular"])):
            continue
        value = _number_of(found)
        sound = bool(owner) and (named or (known and len(owner) > 3)) and not _often_misread(value)
        yield FoundNumber(found.start("code"), found.end(), value, sound)


def _often_misread(value: LetterNumber) -> bool:
    """Forms that the grammar allows and that mostly stand for another number."""
    if value.owner is not None and re.fullmatch("00[0-9]{3}|0[0-9]{5}", value.owner):  # ๐๐๑๗๒ for ๐๐๑๗.๒
        return True
    if value.owner is not None and "/" in value.owner and not value.owner.endswith("."):  # /งว for /ว
        return True
    if value.owner is None and value.year is not None and not value.circular:  # ๒๕๖๕/๒๙๐๗ for ๒๕๖๕/ว๙๐๗
        return re.fullmatch("2[0-9]{2,}", value.running or "") is not None
    return False


def _orders(text: str) -> Iterator[FoundNumber]:
    for found in _ORDER_SEARCH.finditer(text) if "/" in text else ():
        before = text[max(0, found.start() - 120) : found.start()]
        if re.search(f"[{LETTERS}]\\Z", before) and not before.endswith(("คำสั่ง", "ประกาศ", "รับรอง", "เลข")):
            continue
        if _ORDER_WORDS.search(before):
            yield FoundNumber(found.start("running"), found.end(), _order_of(found), sound=True)


_LOOSE = re.compile(
    rf"(?:\A|\n){_LABEL}(?P<loose>(?:[ก-ฮ]\.? ?){{2,5}}[0-9OolI|.,:;'()/\\! ]{{3,24}}"
    r"(?:[วงจฯ][ .]{0,2}[0-9OolI][0-9OolI.,:;' ]{0,11})?)"
)


def _mended(text: str) -> Iterator[FoundNumber]:
    for found in _LOOSE.finditer(text):
        loose = found["loose"].rstrip(" .")
        candidates = repairs(loose)
        if candidates and parse_letter_number(loose) is None:
            start = found.start("loose")
            yield FoundNumber(start, start + len(loose), candidates[0], sound=False)


# What OCR and pens do to numbers, the commonest first: a pattern, and what it may have been.
_MISREADINGS = tuple(
    (re.compile(pattern), right)
    for pattern, right in (
        (r"/ ?(?:[งจฯๆ]|2 ?\.) ?", "/ว"),  # ว read as another letter, ว. as ๒.
        (r"(?<=[0-9)]) ?[|\\!lI] ?(?=ว|[0-9])", "/"),  # the slash as a stroke
        (r"(?<=[0-9)]) ?(?=ว)", "/"),  # the slash lost before ว
        (r"(?<=[ก-ฮ] 00[0-9]{2})[ ,]?(?=[0-9]/)", "."),  # the owner's dot lost: ๐๐๑๗๒
        (r"(?<=[ก-ฮ] [0-9]{4})[ ,](?=[0-9]{1,3} ?/)", "."),
        (r"(?<=[0-9],)(?=[0-9])", ""),
        (r"/ ?2(?=[0-9]{2})", "/ว"),  # ว read as ๒, or as ๐
        (r"/ ?0(?=[1-9][0-9]{1,4}\Z)", "/ว"),
        (r"(?<=\.[0-9]) (?=[0-9]{2})", "/"),  # the slash lost before plain figures
        (r"(?<=[ก-ฮ] [0-9]{4}) ?(?=[0-9]{3,4}\Z)", "/"),
        (r"(?<=[0-9)]) ?1 ?(?=ว)", "/"),
    )
)


def repairs(text: str) -> list[LetterNumber]:
    """Numbers that a misread one may have been, the likeliest first; never the strict reading itself.

    >>> [number.text for number in repairs("ลป ๐๐๑๗.๒/ง ๑๗๙๗")]
    ['ลป 0017.2/ว1797']
    """
    strict = parse_letter_number(text)
    plain = _tidied(text)
    once = list(_changed(plain))
    twice = [again for changed in once for again in _changed(changed)]
    found: dict[str, LetterNumber] = {}
    for candidate in (plain, *once, *twice):
        number = parse_letter_number(candidate)
        if number is not None and number.code is not None and number != strict:
            found.setdefault(number.text, number)
    return list(found.values())


def _tidied(text: str) -> str:
    """Figures without the spaces and letters that got among them, the code in one piece."""
    plain = mend_zeros(fold(text)).text.replace("\n", " ")[:80]
    plain = re.sub(rf"\A{_LABEL}(?=[ก-ฮ])", "", plain)
    plain = re.sub(  # ว behind a blank, right before the figures, is no letter of the code
        r"\A((?:[ก-ฮ][. ]{0,2}){2,5})(?<! ว)(?<! ว[. ])(?<! ว\. )(?=[0-9/])",
        lambda code: re.sub("[. ]", "", code[0]) + " ",
        plain,
    )
    plain = re.sub(r"(?<=[0-9.])[lI](?=[0-9.])", "1", plain)
    head, slash, tail = plain.partition("/")
    specks = r"(?<=[0-9]) (?=[0-9])|(?<=[0-9]{2}) ?[.,:;']{1,2} ?(?=[0-9])"  # no point parts a running number
    return re.sub(r"(?<=[0-9])(?:[,:;']|[.,:;']{2,3})(?=[0-9])", ".", head) + slash + re.sub(specks, "", tail)


def _changed(text: str) -> Iterator[str]:
    for pattern, right in _MISREADINGS:
        changed = pattern.sub(right, text, count=1)
        if changed != text:
            yield changed
