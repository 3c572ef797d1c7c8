"""Cross-checks inside one letter: the same fact said twice raises confidence, a contradiction lowers it."""

from __future__ import annotations

import re
from functools import cache
from typing import TypeVar

from parsers.data import read_table
from parsers.parties import is_letterhead
from parsers.placed import weigh_places
from parsers.signers import POST, has_title, title_of
from parsers.skeletons import misreading
from parsers.spelling import mended, weigh_latin, weigh_name, weigh_spelling, weigh_told_again
from parsers.text import to_arabic
from schemas.ink import TYPED
from schemas.letter import Letter, LetterNumber, Receipt, Reference
from schemas.reading import Reading

T = TypeVar("T")

# A letter's number inside a reference: its letters are no words.
_NUMBER_IN_TEXT = re.compile(r"(?:ที่\s*)?[ก-ฮ]{2,5}\.?\s?[0-9๐-๙.()]+\s?/\s?ว?\.?\s?[0-9๐-๙]+")
_LOST_MARK = re.compile(r"(?<=\s)ที[\u0e49-\u0e4b]?(?=\s[ก-ฮ]{1,5}\.?\s?[0-9๐-๙]{1,5}[0-9๐-๙.()]*\s?/)")
# Dirt behind a name.
_STRAY_FIGURE = re.compile(r"(?<!เขต)(?<!ที่)(?<!ภาค)(?<!ชั้น)(?<!รุ่น)(?<!หมู่)\s[0-9๐-๙]{1,2}$")
# Whom letters are sent to, beside posts, titles and offices.
_SOMEBODY = re.compile(
    r"(?:ท่าน|ทุก|ผู้|คุณ|พี่น้อง|เพื่อน|สมาชิก|ประชาชน|ลูกค้า|นักเรียน|นักศึกษา|ชาว|พระ|สำนัก|บริษัท|ห้าง|ร้าน|มูลนิธิ|สมาคม|ชมรม|[A-Za-z])"
)
_POOR = 0.965  # confidence of a letter's text below which it is a poor copy
_RAISE, _LOWER = 1.03, 0.75
_MOST_BY_READER = {"hand": 0.89, "transcript": 0.89}
_ALONE = 0.89
_MOST = 0.995  # a cross-check never makes a reading certain


def cross_check(letter: Letter) -> Letter:
    """The letter with number, dates and receipts weighed against each other."""
    poor = _is_poor(letter)
    letter = _spelling(letter, poor=poor)
    letter = _phone(letter, poor=poor)
    letter = _number_code(letter)
    letter = _number_year(letter)
    letter = _weekday(letter)
    return _receipts(letter)


def weigh(reading: Reading[T], factor: float) -> Reading[T]:
    """The reading with its confidence raised or lowered; a factor above 1 never lifts it beyond its reader's best.

    Pen and other programs' transcripts stay below sure whatever agrees with them: a person looks at the ink.
    """
    best = _MOST_BY_READER.get(reading.reader, _MOST)
    limit = max(best, reading.confidence) if factor >= 1 else 1.0
    return reading.model_copy(update={"confidence": round(min(limit, reading.confidence * factor), 4)})


def _is_poor(letter: Letter) -> bool:
    """Whether the letter's text is a poor copy: its long lines are read less surely than those of a sound one.

    Single fields do not tell: a misread letter of theirs may look as sure as a right one.
    """
    body = letter.body
    return body is not None and body.reader == "print" and body.confidence < _POOR


def _spelling(letter: Letter, *, poor: bool) -> Letter:
    """Fields of Thai words are weighed by the dictionary; names of people are not in it."""
    changed: dict[str, object] = {
        name: weigh_spelling(reading, poor=poor)
        for name in ("subject", "addressee", "agency", "address", "owner_office")
        if isinstance(reading := getattr(letter, name), Reading)
    }
    changed |= {
        name: weigh_places(reading) for name, reading in changed.items() if isinstance(reading, Reading)
    }
    addressee = changed.get("addressee")
    if isinstance(addressee, Reading) and not _is_addressee(addressee):
        changed["addressee"] = weigh(addressee, 0.9)
    subject = changed.get("subject")
    if isinstance(subject, Reading):
        text = (letter.body.value if letter.body is not None else None) or ""
        changed["subject"] = weigh_told_again(weigh_latin(subject, text), text)
    signatory = letter.signatory
    if signatory is not None:
        posts = {name: getattr(signatory, name) for name in ("position", "acting_for")}
        weighed = {
            name: weigh_post(weigh_places(weigh_spelling(post, poor=poor)))
            for name, post in posts.items()
            if post is not None
        }
        if signatory.name is not None and signatory.name.value is not None:
            weighed["name"] = weigh_name(signatory.name, title_of(signatory.name.value), poor=poor)
        changed["signatory"] = signatory.model_copy(update=weighed)
    changed["receipts"] = tuple(
        one.model_copy(update={"agency": weigh_spelling(one.agency, poor=poor)})
        if one.agency is not None
        else one
        for one in letter.receipts
    )
    changed["references"] = tuple(_reference(one, poor=poor) for one in letter.references)
    changed["citations"] = tuple(
        one.model_copy(update={"number": weigh_code(one.number)}) if one.number is not None else one
        for one in letter.citations
    )
    changed["enclosures"] = tuple(
        one.model_copy(update={"title": weigh_spelling(one.title, poor=poor)}) for one in letter.enclosures
    )
    return letter.model_copy(update=changed)


def _is_addressee(addressee: Reading[str]) -> bool:
    """Whether an addressee that was read from ink begins as one, with a post, a title or an office: not นวยก.

    It does not end with a figure of its own either, but for เขต ๑ and the like.
    """
    text = (addressee.value or "").strip()
    if addressee.reader in TYPED:
        return True
    if _STRAY_FIGURE.search(text):
        return False
    return any(pattern.match(text) for pattern in (POST, _SOMEBODY)) or has_title(text) or is_letterhead(text)


def weigh_post(post: Reading[str]) -> Reading[str]:
    """A post that was read from ink is not sure where it ends with a figure of its own: dirt behind it, or a seal's."""
    stray = post.reader not in TYPED and _STRAY_FIGURE.search((post.value or "").strip())
    return weigh(post, 0.9) if stray else post


def _reference(reference: Reference, *, poor: bool) -> Reference:
    """An earlier letter is named surely when its words are, and the day with its number was understood."""
    text, date = reference.text, reference.date
    number = weigh_code(reference.number) if reference.number is not None else None
    other = number is not None and number.value is not None and _is_anothers(text.value or "", number.value)
    if number is not None and other:
        number = weigh(number, 0.9)
    reference = reference.model_copy(update={"number": number})
    if text.value is None:
        return reference
    sound = text.value
    text = _with_label(text)
    words = _NUMBER_IN_TEXT.sub(" ", sound)
    weighed = weigh_spelling(text.model_copy(update={"value": words}), poor=poor)
    understood = [one for one in (number, date) if one is not None and one.value is not None]
    factor = 1.0 if len(understood) == 2 else 0.85
    if other or (number is not None and number.value is not None and _is_unknown(number.value)):
        factor = min(factor, 0.9)
    confidence = round(weighed.confidence * factor, 4)
    better = text if text.reader == "text-layer" else mended(text, poor=poor)
    if text.value != sound:
        confidence = min(confidence, text.confidence)
    return reference.model_copy(update={"text": better.model_copy(update={"confidence": confidence})})


def _with_label(text: Reading[str]) -> Reading[str]:
    """A reference in which ที่ before the number has its mark again where that was lost; then it is never sure."""
    value = text.value or ""
    sound = _LOST_MARK.sub("ที่", value)
    if sound == value:
        return text
    confidence = round(min(0.85, text.confidence * 0.9), 4)
    return text.model_copy(
        update={"value": sound, "confidence": confidence, "candidates": (value, *text.candidates)}
    )


def _phone(letter: Letter, *, poor: bool) -> Letter:
    """On a poor page a telephone number that the letter does not tell again is not sure: nothing else bears it out."""
    phone, body = letter.phone, letter.body
    if not poor or phone is None or not phone.value or phone.reader != "print":
        return letter
    digits = _figures(phone.value)
    if body is not None and len(digits) > 6 and digits in _figures(body.value or ""):
        return letter
    confidence = round(min(_ALONE, phone.confidence * 0.95), 4)
    return letter.model_copy(update={"phone": phone.model_copy(update={"confidence": confidence})})


def _figures(text: str) -> str:
    """A text's digits alone."""
    return "".join(char for char in to_arabic(text) if char.isdigit())


def _number_code(letter: Letter) -> Letter:
    number = letter.number
    return letter if number is None else letter.model_copy(update={"number": weigh_code(number)})


def weigh_code(number: Reading[LetterNumber]) -> Reading[LetterNumber]:
    """A number by its code: one of two letters is a ministry's or a province's; others may be new, or misread.

    Known codes that one misreading makes into what was read are candidates: ถษ may be กษ. Where there is only one for
    a code of two letters, it is the value, as no other stands there: ค may be ศ in คธ, and ศธ is the only such code.
    """
    value = number.value
    if value is None or value.code is None:
        return number
    factor = 1.0
    candidates = number.candidates
    if value.code not in codes() and (len(value.code) == 2 or value.owner is not None):
        factor = 0.9 if len(value.code) == 2 else 0.85
        near = [_with_code(value, code) for code in sorted(codes()) if misreading(code, value.code)]
        if len(near) == 1 and len(value.code) == 2 and number.reader != "text-layer":
            number, near = number.model_copy(update={"value": near[0]}), [value]
        candidates = tuple(dict.fromkeys((*candidates, *near)))
    running = value.running or ""
    if len(running) > 4 and not value.circular and number.reader != "text-layer":
        factor *= 0.85  # five figures are rare, and ว is often read as one
    if factor == 1.0:
        return number
    return weigh(number, factor).model_copy(update={"candidates": candidates})


def _is_anothers(text: str, number: LetterNumber) -> bool:
    """Whether a number's code is not that of the department that is named before it."""
    named = _departments().search(text)
    return named is not None and number.code is not None and _department_codes()[named[0]] != number.code


@cache
def _department_codes() -> dict[str, str]:
    return {row["name"]: row["code"] for row in read_table("departments") if row["code"]}


@cache
def _departments() -> re.Pattern[str]:
    names = sorted(_department_codes(), key=len, reverse=True)
    return re.compile("(?:" + "|".join(map(re.escape, names)) + r")(?=\s)")


def _is_unknown(number: LetterNumber) -> bool:
    return number.code is not None and number.code not in codes()


def _with_code(number: LetterNumber, code: str) -> LetterNumber:
    text = code + number.text.removeprefix(number.code or "")
    return number.model_copy(update={"code": code, "text": text})


@cache
def codes() -> frozenset[str]:
    """The letters that stand for provinces, ministries and other public bodies."""
    provinces = (row["abbr_2letter"] for row in read_table("province_codes"))
    return frozenset((*provinces, *(row["code"] for row in read_table("ministry_codes"))))


def _number_year(letter: Letter) -> Letter:
    """The year printed inside the number is that of the date."""
    number, date = letter.number, letter.date
    if (
        number is None
        or date is None
        or number.value is None
        or date.value is None
        or number.value.year is None
    ):
        return letter
    factor = _RAISE if number.value.year == date.value.year + 543 else _LOWER
    return letter.model_copy(update={"number": weigh(number, factor), "date": weigh(date, factor)})


def _weekday(letter: Letter) -> Letter:
    """The weekday named with the date is the date's."""
    date, weekday = letter.date, letter.weekday
    if date is None or weekday is None or date.value is None or weekday.value is None:
        return letter
    factor = _RAISE if date.value.weekday() == weekday.value else _LOWER
    return letter.model_copy(update={"date": weigh(date, factor), "weekday": weigh(weekday, factor)})


def _receipts(letter: Letter) -> Letter:
    """No letter is received before it is written: where it seems so, one of the two was misread."""
    written = letter.date
    if written is None or written.value is None or not letter.receipts:
        return letter
    receipts: list[Receipt] = []
    early = 0
    for receipt in letter.receipts:
        date = receipt.date
        if date is not None and date.value is not None:
            before = date.value < written.value
            early += before
            late = (date.value - written.value).days > 400
            date = weigh(date, _LOWER if before or late else 1.01)
        receipts.append(receipt.model_copy(update={"date": date}))
    factor = _LOWER if early == len(receipts) else 0.9 if early else 1.01
    return letter.model_copy(update={"receipts": tuple(receipts), "date": weigh(written, factor)})
