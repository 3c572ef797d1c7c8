"""Letters in English: date, Dear …, subject, Yours sincerely, and who signed."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Sequence

from parsers.contacts import find_email, find_fax, find_phone
from parsers.dates import find_dates
from parsers.heads import is_dear, is_yours
from parsers.numbering import is_page_number
from parsers.numbers import parse_letter_number
from parsers.passages import join_rows
from parsers.rows import Row, reading
from schemas.ink import PageNumber
from schemas.letter import Kind, Letter, LetterNumber, Signatory
from schemas.reading import Reading

_DEAR = re.compile(
    r"^\W{0,2}(?P<dear>Dear|To whom it may concern|Your Excellency|Excellency)\s*(?P<whom>.*?)\s*[,:.]?\s*$",
    re.IGNORECASE,
)
_SUBJECT = re.compile(
    r"^\W{0,2}(?:Subject|Re|RE|Ref(?:erence)?\s?:?\s?Subject|SUBJECT)\s*[:.]\s*(?P<text>.{4,})$"
)
_NUMBER = re.compile(
    r"^\W{0,2}(?:No|Ref|Our ref|Reference)\s?\.?\s?:?\s*(?:No\.?\s?)?(?P<number>[0-9๐-๙ก-ฮ][^,;]{1,28}?)\s*$",
    re.IGNORECASE,
)
_AGENCY = re.compile(
    r"\b(?:Ministry|Department|Office|University|Embassy|Agency|Bureau|Council|Institute|Company|Co\.|Ltd|Municipality|Province|School|Hospital|"
    r"Authority|Bank|Association|Foundation|Commission|Centre|Center|Organi[sz]ation)\b"
)
_NAME = re.compile(r"^\W{0,2}[(（]\s*(?P<name>[A-Z][A-Za-z.\- ]{3,60})\s*[)）]?\W{0,2}$")
_BARE_NAME = re.compile(
    r"^(?P<name>(?:(?:Mr|Mrs|Ms|Miss|Dr|Prof)\.?\s)?[A-Z][A-Za-z.\-]+(?:\s[A-Z][A-Za-z.\-]+){1,3})$"
)


def read_foreign(rows: Sequence[Row], kind: Reading[Kind], pages: tuple[PageNumber, ...]) -> Letter:
    """The fields that a letter in English has; any of them may be missing."""
    dear = next((at for at, row in enumerate(rows) if is_dear(row)), None)
    closing = next((at for at, row in enumerate(rows) if is_yours(row)), None)
    head = rows[: dear if dear is not None else 12]
    first = dear + 1 if dear is not None else 0
    body = [
        row for row in rows[first : closing if closing is not None else len(rows)] if not is_page_number(row)
    ]
    tail = rows[closing + 1 :] if closing is not None else ()
    text = join_rows(body, paragraphs=True)
    greeting = _DEAR.match(rows[dear].text) if dear is not None else None
    addressee = None
    salutation = None
    if dear is not None and greeting is not None:
        salutation = reading(greeting["dear"], [rows[dear].ink(*greeting.span("dear"))])
        if greeting["whom"]:
            addressee = reading(greeting["whom"], [rows[dear].ink(*greeting.span("whom"))], trust=0.95)
    return Letter(
        kind=kind,
        subkind=reading("foreign", [rows[0].ink()], trust=0.95),
        number=_number(head),
        date=_date(head),
        agency=_agency(head),
        subject=_subject(rows[: first + 6]),
        salutation=salutation,
        addressee=addressee,
        body=reading(text.text, text.inks) if text.text else None,
        closing=reading(rows[closing].text.strip(" ,."), [rows[closing].ink()])
        if closing is not None
        else None,
        signatory=_signer(tail),
        phone=find_phone([*tail, *head]),
        fax=find_fax([*tail, *head]),
        email=find_email([*tail, *head]),
        pages=pages,
    )


def _date(head: Sequence[Row]) -> Reading[dt.date] | None:
    for row in head:
        found = next(iter(find_dates(row.text)), None)
        if found is not None and len(row.text) < 60:
            return reading(
                found.value,
                [row.ink(found.start, found.end)],
                strict=True,
                trust=0.9 if found.inferred else 1.0,
            )
    return None


def _agency(head: Sequence[Row]) -> Reading[str] | None:
    row = next((row for row in head if _AGENCY.search(row.text) and len(row.text) < 90), None)
    return reading(row.text.strip(" ,."), [row.ink()], trust=0.8) if row is not None else None


def _number(head: Sequence[Row]) -> Reading[LetterNumber] | None:
    for row in head:
        found = _NUMBER.match(row.text)
        value = parse_letter_number(found["number"]) if found is not None else None
        if found is not None and value is not None:
            return reading(value, [row.ink(*found.span("number"))], strict=True, trust=0.95)
    return None


def _subject(rows: Sequence[Row]) -> Reading[str] | None:
    for row in rows:
        found = _SUBJECT.match(row.text)
        if found is not None:
            return reading(found["text"].strip(), [row.ink(*found.span("text"))], trust=0.95)
    return None


def _signer(tail: Sequence[Row]) -> Signatory | None:
    for at, row in enumerate(tail[:14]):
        found = _NAME.match(row.text) or _BARE_NAME.match(row.text.strip())
        if found is None:
            continue
        below = next(
            (r for r in tail[at + 1 : at + 3] if re.search(r"[A-Za-z]{4}", r.text) and "@" not in r.text),
            None,
        )
        start = row.text.find(found["name"])
        name = reading(found["name"].strip(), [row.ink(start, start + len(found["name"]))], trust=0.95)
        post = reading(below.text.strip(" ,."), [below.ink()], trust=0.85) if below is not None else None
        return Signatory(name=name, position=post)
    return None
