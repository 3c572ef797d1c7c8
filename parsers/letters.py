"""One letter (หนังสือ) from its lines: every field a reading with its ink."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import NamedTuple

from parsers import numbering
from parsers.checks import cross_check
from parsers.contacts import find_email, find_fax, find_phone
from parsers.headfields import Field
from parsers.items import read_enclosures, read_references
from parsers.kinds import KIND_OF, Heading, closing_of, find_heading
from parsers.numbering import find_number_row, read_number
from parsers.owners import find_copies, find_owner_office
from parsers.parties import agency_of_post, compare_with_post, find_agency
from parsers.passages import Passage, join, join_rows
from parsers.receipts import in_order, read_receipt
from parsers.rows import Ink, Row, make_rows, part_row, reading
from parsers.secrecy import urgency_mark
from parsers.signers import find_signature, find_signer_of_paper
from parsers.stamplabels import parting_places as stamp_places
from parsers.stamps import find_stamps
from parsers.told import find_score, read_deadlines
from parsers.writtenon import Written, find_written
from parsers.zones import Zones, find_zones
from schemas.ink import Line, Page
from schemas.letter import Kind, Letter, LetterNumber, Receipt
from schemas.reading import Reading

_LETTERS: frozenset[Kind] = frozenset({"external", "memo", "stamped", "order", "announcement"})
# A mark or single letter behind a blank at the end: dirt, or a stamp's border.
_SCRAP_BEHIND = re.compile(r"\s[^\w\sๆฯ)”\"'’]*[\u0e01-\u0e2e\u0e32]?[^\w\sๆฯ)”\"'’]*$")
_CLOSED: frozenset[Kind] = frozenset({"external", "memo", "stamped"})


def read_letter(lines: Sequence[Line], pages: Mapping[int, Page]) -> Letter:
    """Read one letter from the lines of its part of a document.

    `pages` gives the sizes of the pages; without sizes or boxes, as in a transcript, only the lines' order
    and words count. Whatever the lines are, a letter comes back; at worst of kind `other` without fields.
    """
    rows = _rows(lines, pages)
    heading = find_heading(rows)
    stamps, claimed = find_stamps(rows, memo=heading is not None and heading.form == "memo")
    zones = find_zones(rows, claimed, heading)
    number = _number(zones, heading)
    kind = _kind(rows, zones, heading, number, lines)
    numbers = tuple(sorted({line.page for line in lines}))
    if kind.value not in _LETTERS and not _is_certificate(heading):
        signatory = find_signer_of_paper(rows)
        return cross_check(Letter(kind=kind, body=_whole(rows), signatory=signatory, pages=numbers))
    written = find_written(zones, heading, kind.value or "other")
    receipts = in_order(read_receipt(stamp, written.day) for stamp in stamps)
    letter = _fields(_Parts(kind, zones, heading, number, written, receipts))
    return cross_check(letter.model_copy(update={"pages": numbers}))


def _rows(lines: Sequence[Line], pages: Mapping[int, Page]) -> list[Row]:
    """The rows of a letter, parted where two fields were read as one line."""
    rows: list[Row] = []
    for row in make_rows(lines, pages):
        places = [*numbering.parting_places(row), *stamp_places(row)] if len(row.text) < 160 else []
        rows.extend(part_row(row, places))
    return [replace(row, order=order) for order, row in enumerate(rows)]


class _Parts(NamedTuple):
    """What is known before the fields are put together."""

    kind: Reading[Kind]
    zones: Zones
    heading: Heading | None
    number: Reading[LetterNumber] | None
    written: Written
    receipts: tuple[Receipt, ...]


def _fields(parts: _Parts) -> Letter:
    zones, written = parts.zones, parts.written
    signatory, post_inks, signed = find_signature(zones.tail, zones.closing)
    tail = zones.tail[signed:] if signatory is not None else zones.tail
    head: Sequence[Row] = zones.head
    if parts.kind.value == "stamped":
        head = zones.tail[:6]  # a sealed letter names its sender last
    elif _is_certificate(parts.heading):
        head = [*zones.head, *(row for row in zones.body[:5] if row.left is not None and row.left > 0.45)]
    agency, address = find_agency(head, parts.heading, _text(zones.fields.get("agency")))
    if parts.kind.value == "stamped":
        address = None  # none is printed; what follows the name is the seal and the date
    if agency is None and signatory is not None and parts.kind.value == "external":
        post = signatory.acting_for or signatory.position
        agency = agency_of_post(post, post_inks)
    elif agency is not None and signatory is not None:
        agency = compare_with_post(agency, signatory.acting_for or signatory.position)
    contacts = [*tail, *(_memo_contacts(zones) if parts.kind.value == "memo" else ())]
    body = join_rows(zones.body, paragraphs=True)
    annexes = join_rows(zones.annex, paragraphs=True)
    salutation = zones.fields.get("addressee") or zones.fields.get("to")
    enclosures, references = zones.fields.get("enclosures"), zones.fields.get("references")
    told = [body, annexes] if parts.kind.value in ("external", "memo", "stamped", "announcement") else []
    received = [r.date.value for r in parts.receipts if r.date is not None and r.date.value is not None]
    return Letter(
        kind=parts.kind,
        urgency=urgency_mark(zones.head),
        number=parts.number,
        agency=agency,
        address=address,
        date=written.date,
        weekday=written.weekday,
        subject=_subject(zones, parts.heading),
        salutation=_salutation(salutation),
        addressee=_plain(salutation),
        references=read_references(references.text, written.day, references.label.trust)
        if references
        else (),
        enclosures=read_enclosures(enclosures.text, enclosures.label.trust) if enclosures else (),
        body=reading(body.text, body.inks) if body.text else None,
        closing=_closing(zones.closing),
        signatory=signatory,
        owner_office=find_owner_office(tail, 0) if parts.kind.value in _CLOSED else None,
        phone=find_phone(contacts),
        fax=find_fax(contacts),
        email=find_email(contacts),
        copies_to=find_copies(tail),
        receipts=parts.receipts,
        deadlines=read_deadlines([p for p in told if p.text], written.day, min(received, default=None)),
        score=find_score(body) if parts.kind.value in _CLOSED and body.text else None,
    )


def _is_certificate(heading: Heading | None) -> bool:
    return heading is not None and heading.form == "certificate"


def _number(zones: Zones, heading: Heading | None) -> Reading[LetterNumber] | None:
    rows = list(zones.head)
    if heading is not None and heading.form == "certificate":
        rows = [*zones.head, heading.ink.row, *zones.body[:6]]
    elif heading is not None and heading.form in ("order", "announcement"):
        rows = [row for row in rows if row.order >= heading.ink.row.order]
    elif heading is not None and heading.form in ("rule", "minutes"):
        return None
    found = find_number_row(rows, certificate=_is_certificate(heading))
    return read_number(found, rows) if found is not None else None


def _kind(
    rows: Sequence[Row],
    zones: Zones,
    heading: Heading | None,
    number: Reading[LetterNumber] | None,
    lines: Sequence[Line],
) -> Reading[Kind]:
    """The kind, with the ink that decided."""
    if heading is not None:
        return reading(KIND_OF[heading.form], [heading.ink], trust=heading.trust)
    subject, addressee, to = (zones.fields.get(name) for name in ("subject", "addressee", "to"))
    memo = zones.fields.get("agency")
    if memo is not None and subject is not None:
        return reading("memo", [_label_ink(memo)], trust=0.8 * memo.label.trust)
    if to is not None and number is not None and subject is None and addressee is None:
        return reading("stamped", [_label_ink(to)], trust=0.95 * to.label.trust)
    witnesses = sum(
        (number is not None, subject is not None, addressee is not None, zones.closing is not None)
    )
    decisive = addressee or subject
    if (
        decisive is not None
        and witnesses >= 2
        and (number is not None or zones.closing is not None or (subject and addressee))
    ):
        trust = 0.98 if witnesses >= 3 and zones.closing is not None else 0.85
        return reading("external", [_label_ink(decisive)], trust=trust)
    if rows:
        return reading("other", [rows[0].ink()], trust=0.8)
    page, reader = (lines[0].page, lines[0].reader) if lines else (1, "print")
    return Reading[Kind](value="other", raw="", page=page, box=None, confidence=0.5, reader=reader)


def _label_ink(field: Field) -> Ink:
    return field.row.ink(0, field.label.end).stripped()


def _subject(zones: Zones, heading: Heading | None) -> Reading[str] | None:
    if heading is not None and heading.form == "rule" and "subject" not in zones.fields:
        rows = [heading.ink.row, *zones.head[heading.at + 1 :], *zones.body[:3]]
        return _rule_subject(rows)
    return _plain(zones.fields.get("subject"))


def _rule_subject(rows: Sequence[Row]) -> Reading[str] | None:
    """What a regulation is about: from ว่าด้วย to its year."""
    inks: list[Ink] = []
    for row in rows[:8]:
        at = row.text.find("ว่าด้วย")
        if not inks and at >= 0:
            inks.append(row.ink(at))
        elif (
            inks and re.match(r"^\W{0,2}(?:\(ฉบับ|พ\.?\s?ศ\.?\s?[0-9๐-๙]{4})", row.text) and len(row.text) < 40
        ):
            inks.append(row.ink())
        elif inks:
            break
    passage = join(inks)
    return reading(passage.text, passage.inks) if passage.text else None


def _plain(field: Field | None) -> Reading[str] | None:
    """A field's whole text; None value when the label has no readable text behind it."""
    if field is None:
        return None
    passage = field.text
    text = _SCRAP_BEHIND.sub("", passage.text.strip(" .…_"))
    if not re.search(r"[\u0e01-\u0e4eA-Za-z]{2}", text):
        return reading(None, [field.row.ink()], trust=0.5)
    return reading(text, passage.inks, trust=field.label.trust)


def _salutation(field: Field | None) -> Reading[str] | None:
    if field is None:
        return None
    return reading(field.label.label, [_label_ink(field)], trust=field.label.trust)


def _closing(row: Row | None) -> Reading[str] | None:
    found = closing_of(row.text) if row is not None else None
    return (
        reading(found[0], [row.ink().stripped()], trust=found[1])
        if row is not None and found is not None
        else None
    )


def _text(field: Field | None) -> Passage | None:
    return field.text if field is not None else None


def _memo_contacts(zones: Zones) -> list[Row]:
    """A memo prints its telephone behind ส่วนราชการ."""
    field = zones.fields.get("agency")
    return [ink.row for ink in field.text.inks] if field is not None else []


def _whole(rows: Sequence[Row]) -> Reading[str] | None:
    passage = join_rows(rows, paragraphs=True)
    return reading(passage.text, passage.inks) if passage.text else None
