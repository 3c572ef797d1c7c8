"""Telephone, fax and e-mail as letters print them, with what OCR does to them mended."""

from __future__ import annotations

import re
from collections.abc import Sequence

from parsers.rows import Ink, Row, reading, same_height
from parsers.text import to_arabic
from schemas.reading import Reading

# Thai numbers grouped in any way, with a country code, ranges and extensions.
_DIGITS = r"\+?[0-9๐-๙](?:[0-9๐-๙]|[\s\-–.()]{1,3}(?=[0-9๐-๙(]))*"
_NUMBER = rf"{_DIGITS}(?:\s?(?:ต่อ|ext\.?|Ext\.?|กด)\s?[0-9๐-๙]{{1,5}}|\s?#\s?[0-9๐-๙]{{1,5}})?"
_PHONE = re.compile(
    r"(?:โ[ทกหฑ]ร(?:ศัพท์)?|โทรศัพ[ทฑ]์?|มือถือ|[Tt]el(?:ephone)?|[Pp]hone)(?!\s?สาร)\s?[./:]*\s*(?:/\s?โทรสาร|/\s?โทรศัพท์|และโทรสาร)?"
    rf"\s*[.:…]*\s*(?P<number>{_NUMBER})"
)
# The label misread, before what can be nothing else than a telephone number.
_DAMAGED = re.compile(
    r"(?:^|\s)[โใไ]ท[\u0e01-\u0e4e.]{1,4}\s?[.:]?\s{1,3}"
    r"(?P<number>[0๐](?:[\s-]?[0-9๐-๙]){8,9}(?:\s?ต่อ\s?[0-9๐-๙]{1,5})?)(?![0-9๐-๙])"
)
_LABEL_ALONE = re.compile(r"^\W{0,3}โ[ทกหฑ]ร(?:ศัพท์)?[\s./:…]*$")
_NUMBER_ALONE = re.compile(r"^\W{0,2}(?P<number>[0๐+](?:[0-9๐-๙\s\-–.()]{7,18})[0-9๐-๙])\W{0,3}$")
_FAX = re.compile(rf"(?:โทร\s?สาร|โทรสำร|แฟกซ์|แฟ็กซ์|[Ff]ax)\s?[./:…]*\s*(?P<number>{_NUMBER})")
_EMAIL = re.compile(
    r"(?<![A-Za-z0-9._%+\-])(?P<user>[A-Za-z0-9_%+\-]{1,40}(?:\s?\.\s?[A-Za-z0-9_%+\-]{1,40}){0,4})\s?@\s?"
    r"(?P<host>[A-Za-z0-9\-]{1,40}(?:\s?[.,]\s?[A-Za-z0-9\-]{1,30}){1,5})"
)
_EMAIL_LABEL = re.compile(r"ไปรษณีย์?อิเล็กทรอนิก|อีเมล|[eE]-?mail")
_LATIN = re.compile(r"[A-Za-z]{2,}\S*\.[A-Za-z]{2}")
_THAI_ZERO = re.compile(r"๐(?=[a-z])|(?<=[a-z])๐")
_UNCHECKED = 0.9  # nothing on the page confirms an address, and one wrong letter spoils it
_UNCHECKED_DIGITS = 0.93
_ENDS = frozenset({"th", "com", "net", "org", "go", "int", "edu", "gov", "info", "asia", "biz", "co", "mail"})


def find_phone(rows: Sequence[Row]) -> Reading[str] | None:
    """The first telephone number: Arabic digits, grouped as on the page."""
    found = _first(_PHONE, rows) or _apart(rows)
    if found is not None:
        return found
    damaged = _first(_DAMAGED, rows)
    return damaged and damaged.model_copy(update={"confidence": round(damaged.confidence * 0.9, 4)})


def _apart(rows: Sequence[Row]) -> Reading[str] | None:
    """A number that stands as a text of its own behind its label; less sure, as the two were not read together."""
    for row in rows:
        if row.place is None or not _LABEL_ALONE.match(row.text):
            continue
        for other in rows:
            if other is row or other.place is None or not same_height(row, other):
                continue
            number = _NUMBER_ALONE.match(other.text)
            if number is not None and -5 < other.place.x0 - row.place.x1 < 60:
                value = re.sub(r"\s+", " ", to_arabic(number["number"])).strip(" .-")
                trust = _UNCHECKED_DIGITS * (0.9 if _is_possible(value) else 0.7)
                return reading(value, [other.ink(*number.span("number"))], strict=True, trust=trust)
    return None


def find_fax(rows: Sequence[Row]) -> Reading[str] | None:
    """The first fax number."""
    return _first(_FAX, rows)


def find_email(rows: Sequence[Row]) -> Reading[str] | None:
    """The first e-mail address, with the blanks that OCR set around @ and dots taken out."""
    unread: Reading[str] | None = None
    for row in rows:
        if "@" not in row.text:
            labelled = _EMAIL_LABEL.search(row.text)
            if labelled is not None and unread is None and _LATIN.search(row.text, labelled.end()):
                unread = reading(None, [row.ink(labelled.end())], trust=0.5)
            continue
        text = _THAI_ZERO.sub("o", row.text)
        for found in _EMAIL.finditer(text):
            host = re.sub(r"\s", "", found["host"]).replace(",", ".")
            address = _lower(re.sub(r"\s", "", found["user"])) + "@" + _lower(host)
            known = host.rsplit(".", 1)[-1].lower() in _ENDS
            ink = row.ink(*found.span())
            mended = ink.text != address
            trust = _UNCHECKED * (1.0 if known and not mended else 0.85 if known else 0.6)
            return reading(address.rstrip("."), [ink], trust=trust)
        return reading(None, [row.ink()], trust=0.5)
    return unread


def _lower(part: str) -> str:
    """Part of an address in small letters but for a capital I: that is an l, one stroke in most type."""
    return part.replace("I", "l") if re.search("[a-z]", part) and not re.search("[A-HJ-Z]", part) else part


def has_contact(text: str) -> bool:
    """Whether a row gives a telephone or fax number or an e-mail address."""
    return "@" in text or any(pattern.search(text) for pattern in (_PHONE, _FAX, _DAMAGED))


def before_contact(ink: Ink) -> Ink:
    """The ink before a telephone number on the same row: memos print both behind ส่วนราชการ."""
    text = ink.text
    cuts = [found.start() for pattern in (_PHONE, _FAX, _DAMAGED) if (found := pattern.search(text))]
    bare = re.search(r"[\s(](?:โทร|ไปรษณีย์อิเล็ก)", text)
    if bare:
        cuts.append(bare.start())
    return Ink(ink.row, ink.start, ink.start + min(cuts)) if cuts else ink


def _is_possible(value: str) -> bool:
    """Whether a whole number can be dialled: it begins with 0, or with the country's code.

    >>> _is_possible("0 5426 5070"), _is_possible("1 5426 5070")
    (True, False)
    """
    digits = sum(char.isdigit() for char in value)
    return 9 <= digits <= 14 and value.startswith(("0", "+", "(0", "66"))


def _first(pattern: re.Pattern[str], rows: Sequence[Row]) -> Reading[str] | None:
    for row in rows:
        found = pattern.search(row.text)
        if found is None:
            continue
        value = re.sub(r"\s+", " ", to_arabic(found["number"])).strip(" .-")
        digits = sum(c.isdigit() for c in value)
        if digits < 3:
            continue
        cut_short = value.startswith("0") and digits < 9
        trust = 0.6 if cut_short else 1.0 if digits <= 6 or _is_possible(value) else 0.8
        if row.line.reader != "text-layer":
            trust *= _UNCHECKED_DIGITS
        return reading(value, [row.ink(*found.span("number"))], strict=True, trust=trust)
    return None
