"""One letter (หนังสือ) from its lines: every field a reading with its ink."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from itertools import pairwise
from typing import NamedTuple

from parsers import numbering
from parsers.checks import cross_check
from parsers.contacts import find_email, find_fax, find_phone, has_contact
from parsers.cosigners import find_cosigners
from parsers.endorsements import find_endorsements, is_note
from parsers.events import read_events
from parsers.foreign import read_foreign
from parsers.items import read_enclosures, read_references
from parsers.kinds import KIND_OF, Heading, find_heading
from parsers.numbering import find_number_row, read_number
from parsers.owners import find_copies, find_owner_office
from parsers.pagemarks import annex_label, printed_number
from parsers.papers import certified, is_foreign, paper_kind, read_meeting, subkind_of, title_of_paper
from parsers.parties import agency_elsewhere, agency_of_post, compare_with_post, find_agency
from parsers.passages import join_rows
from parsers.plain import label_ink, plain_of, said_closing, salutation_of, subject_of, text_of
from parsers.receipts import in_order, read_receipt
from parsers.references import find_citations
from parsers.routing import with_ticks
from parsers.rows import Ink, Row, make_rows, numbered, part_row, reading
from parsers.secrecy import urgency_mark
from parsers.signers import find_signature, find_signer_of_paper
from parsers.stamplabels import parting_places as stamp_places
from parsers.stamps import find_stamps
from parsers.text import squash
from parsers.told import find_score, read_deadlines
from parsers.writtenon import Written, find_written
from parsers.zones import Zones, find_zones, is_seal
from schemas.ink import Line, Page
from schemas.letter import Endorsement, Kind, Letter, LetterNumber, Receipt, Signatory
from schemas.reading import Reading

_LETTERS: frozenset[Kind] = frozenset({"external", "memo", "stamped", "order", "announcement"})
_CLOSED: frozenset[Kind] = frozenset({"external", "memo", "stamped"})
_FAR = 60.0  # points; a seal may stand between a sealed letter's sender and its date
_TELLING = _CLOSED | {"announcement"}


class ReadPart(NamedTuple):
    """What was read from one part of a document: its letter, its own rows, and the rows of what is sent with it."""

    letter: Letter
    own: tuple[Row, ...]
    annex: tuple[Row, ...] = ()


def read_letter(lines: Sequence[Line], pages: Mapping[int, Page]) -> Letter:
    """Read one letter from the lines of its part of a document; see `read_part`."""
    return read_part(lines, pages).letter


def read_part(lines: Sequence[Line], pages: Mapping[int, Page]) -> ReadPart:
    """Read one letter from the lines of its part of a document, and tell what is sent with it.

    `pages` gives the sizes of the pages; without sizes or boxes, as in a transcript, only the lines' order
    and words count. Whatever the lines are, a letter comes back; at worst of kind `other` without fields.
    """
    rows = _rows(lines, pages)
    heading = find_heading(rows)
    stamps, claimed = find_stamps(rows, memo=heading is not None and heading.form == "memo")
    zones = find_zones(rows, claimed, heading)
    number = _number(zones, heading)
    kind = _kind(rows, zones, heading, number, lines)
    if kind.value not in _LETTERS and not _is_certificate(heading):
        end = _end_of_paper(rows, heading)
        numbers = tuple(sorted({row.page for row in rows[:end]} or {line.page for line in lines}))
        paper = _paper(rows[:end], heading, kind, numbers)
        return ReadPart(cross_check(paper), tuple(rows[:end]), tuple(rows[end:]))
    written = find_written(zones, heading, kind.value or "other")
    receipts = in_order(read_receipt(stamp, written.day) for stamp in stamps)
    receipts = with_ticks(receipts, _grid_rows(rows, zones), pages)
    letter = _fields(_Parts(kind, zones, heading, number, written, receipts))
    sent_from = zones.annex[0].order if zones.annex else len(rows)
    own = tuple(row for row in rows if row.order < sent_from)
    numbers = tuple(sorted({row.page for row in own}))
    return ReadPart(cross_check(letter.model_copy(update={"pages": numbers})), own, zones.annex)


def _end_of_paper(rows: Sequence[Row], heading: Heading | None) -> int:
    """Where a paper that is no letter ends, and what is sent with it begins.

    That is a page which calls itself an annex, or the page behind the one on which minutes are signed.
    """
    minutes = heading is not None and heading.form == "minutes"
    for at in range(1, len(rows)):
        if rows[at].page == rows[at - 1].page:
            continue
        if annex_label(rows[at : at + 5]) is not None:
            return at
        signed = minutes and find_signer_of_paper(rows[max(0, at - 14) : at]) is not None
        if signed and printed_number(rows[at : at + 4]) is None:
            return at
    return len(rows)


def _paper(
    rows: Sequence[Row], heading: Heading | None, kind: Reading[Kind], pages: tuple[int, ...]
) -> Letter:
    """A paper that is no letter: minutes, a form, an article, a letter in English."""
    if is_foreign(rows):
        return read_foreign(rows, kind, pages)
    minutes = heading is not None and heading.form == "minutes"
    signatory = find_signer_of_paper(rows)
    first = signatory.name if signatory is not None else None
    cosigners, _ = find_cosigners(rows[-40:], first, several=True)
    subkind = subkind_of(heading) if heading is not None else paper_kind(rows)
    press = subkind is not None and subkind.value == "press"
    body = _whole(rows)
    return Letter(
        kind=kind,
        subkind=subkind,
        title=title_of_paper(rows),
        meeting=read_meeting(rows) if minutes else None,
        body=body,
        events=read_events(join_rows(rows), None, past=True) if body is not None and press else (),
        signatory=signatory,
        cosigners=tuple(cosigners),
        pages=pages,
    )


def _rows(lines: Sequence[Line], pages: Mapping[int, Page]) -> list[Row]:
    """The rows of a letter, parted where two fields were read as one line."""
    rows: list[Row] = []
    for row in make_rows(lines, pages):
        places = [*numbering.parting_places(row), *stamp_places(row)] if len(row.text) < 160 else []
        rows.extend(part_row(row, places))
    return [numbered(row, order) for order, row in enumerate(rows)]


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
    signatory, post_inks, signed = find_signature(
        zones.tail, zones.closing, sealed=parts.kind.value == "stamped"
    )
    tail = zones.tail[signed:] if signatory is not None else zones.tail
    first = signatory.name if signatory is not None else None
    cosigners, taken = find_cosigners(zones.tail, first, several=_several(parts))
    agency, address = _sender(parts, signatory, post_inks)
    contacts = [*tail, *(_memo_contacts(zones) if parts.kind.value == "memo" else ())]
    salutation = zones.fields.get("addressee") or zones.fields.get("to")
    enclosures, references = zones.fields.get("enclosures"), zones.fields.get("references")
    owner = find_owner_office(tail, 0) if parts.kind.value in _CLOSED else None
    taken |= _signed_rows(zones.tail[:signed], signatory)
    letter = Letter(
        kind=parts.kind,
        subkind=subkind_of(parts.heading) if parts.heading is not None else None,
        urgency=urgency_mark(zones.head),
        number=parts.number,
        agency=agency,
        address=address,
        date=written.date,
        weekday=written.weekday,
        subject=subject_of(zones, parts.heading),
        salutation=salutation_of(salutation),
        addressee=plain_of(salutation),
        references=read_references(references.text, written.day, references.label.trust)
        if references
        else (),
        enclosures=read_enclosures(enclosures.text, enclosures.label.trust) if enclosures else (),
        closing=said_closing(zones.closing),
        signatory=signatory,
        cosigners=tuple(cosigners),
        owner_office=owner,
        phone=find_phone(contacts),
        fax=find_fax(contacts),
        email=find_email(contacts),
        copies_to=find_copies(tail),
        receipts=parts.receipts,
        endorsements=_endorsements(zones, taken, owner, sealed=parts.kind.value == "stamped"),
    )
    return letter.model_copy(update=_told(parts))


_WORDED = re.compile("[\u0e01-\u0e4e]{3}")  # what is left of a day beside a seal has no words


def _sender(
    parts: _Parts, signatory: Signatory | None, post_inks: Sequence[Ink]
) -> tuple[Reading[str] | None, Reading[str] | None]:
    """The sending agency and its address; where none is printed, the agency that the signer's post names."""
    zones = parts.zones
    head: Sequence[Row] = zones.head
    if parts.kind.value == "stamped":
        # a sealed letter names its sender last; what stands far below is an endorsement
        head = _together([row for row in zones.tail[:6] if not is_seal(row) and _WORDED.search(row.text)])
    elif _is_certificate(parts.heading):
        head = [*zones.head, *(row for row in zones.body[:5] if row.left is not None and row.left > 0.45)]
    agency, address = find_agency(head, parts.heading, text_of(zones.fields.get("agency")))
    if parts.kind.value == "stamped":
        address = None  # none is printed; what follows the name is the seal and the date
    post = signatory.acting_for or signatory.position if signatory is not None else None
    agency = agency or agency_elsewhere(head, post)
    if agency is None and signatory is not None and parts.kind.value == "external":
        agency = agency_of_post(post, post_inks)
    elif agency is not None and signatory is not None:
        agency = compare_with_post(agency, post)
    return agency, address


def _together(rows: Sequence[Row]) -> list[Row]:
    """The first rows, up to a wide gap below one of them; all where places are unknown."""
    for at, (above, below) in enumerate(pairwise(rows), 1):
        if above.place is None or below.place is None:
            continue
        if below.page != above.page or below.place.y0 - above.place.y1 > _FAR:
            return list(rows[:at])
    return list(rows)


def _told(parts: _Parts) -> dict[str, object]:
    """What the letter's text tells: the body itself, deadlines, events, earlier letters, a score."""
    zones, day = parts.zones, parts.written.day
    body = join_rows(zones.body, paragraphs=True)
    told: dict[str, object] = {}
    if _is_certificate(parts.heading) and parts.heading is not None:
        told = {"certifies": certified(zones.body), "title": title_of_paper([parts.heading.ink.row])}
    tells = parts.kind.value in _TELLING
    annexes = join_rows(zones.annex, paragraphs=True) if tells else None
    passages = [each for each in (body, annexes) if tells and each is not None and each.text]
    received = [r.date.value for r in parts.receipts if r.date is not None and r.date.value is not None]
    deadlines = read_deadlines(passages, day, min(received, default=None))
    if not body.text:
        return told | {"deadlines": deadlines}
    return told | {
        "body": reading(body.text, body.inks),
        "deadlines": deadlines,
        "events": read_events(body, day, deadlines) if tells else (),
        "citations": find_citations(body, day),
        "score": find_score(body) if parts.kind.value in _CLOSED else None,
    }


def _several(parts: _Parts) -> bool:
    """Whether papers of this kind are signed by more than one as a rule."""
    return parts.kind.value not in _CLOSED


def _signed_rows(rows: Sequence[Row], signatory: Signatory | None) -> set[int]:
    """The `order` of the rows that the signer's name and post stand on."""
    if signatory is None:
        return set()
    parts = (signatory.name, signatory.position, signatory.acting_for)
    said = squash(" ".join(part.raw for part in parts if part is not None))
    return {row.order for row in rows if (own := squash(row.text)) and (own in said or _delegates(row.text))}


def _delegates(text: str) -> bool:
    return re.search(r"ราชการ\s?แทน|การ\s?แทน|หน้าที่\s?แทน|ในตำ?แหน่ง", text) is not None


def _endorsements(
    zones: Zones, taken: set[int], owner: Reading[str] | None, *, sealed: bool
) -> tuple[Endorsement, ...]:
    """The notes on the letter: below its signature, between its last sentence and the closing, in its margins."""
    office = squash(owner.raw) if owner is not None else ""
    owned = {row.order for row in zones.tail if office and squash(row.text) and squash(row.text) in office}
    margin = [row for row in zones.head if row.line.ink == "colour" and is_note(row.text)]
    rows = sorted([*margin, *zones.notes, *zones.tail], key=lambda row: row.order)
    if sealed:
        rows = [row for row in rows if row.line.ink != "colour" or is_note(row.text)]
    return find_endorsements(rows, taken | owned)[0]


def _grid_rows(rows: Sequence[Row], zones: Zones) -> list[Row]:
    """Where a stamp's grid of sections may stand: beside the head, never in the text or below it."""
    rest = {row.order for row in (*zones.body, *zones.tail, *zones.annex)}
    return [row for row in rows if row.order not in rest]


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
    found = find_number_row(rows, certificate=_is_certificate(heading)) or find_number_row(rows)
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
        return reading("memo", [label_ink(memo)], trust=0.8 * memo.label.trust)
    if to is not None and number is not None and subject is None and addressee is None:
        return reading("stamped", [label_ink(to)], trust=0.95 * to.label.trust)
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
        return reading("external", [label_ink(decisive)], trust=trust)
    if rows:
        return reading("other", [rows[0].ink()], trust=0.8)
    page, reader = (lines[0].page, lines[0].reader) if lines else (1, "print")
    return Reading[Kind](value="other", raw="", page=page, box=None, confidence=0.5, reader=reader)


def _memo_contacts(zones: Zones) -> list[Row]:
    """A memo prints its telephone behind ส่วนราชการ, or right below."""
    field = zones.fields.get("agency")
    rows = [ink.row for ink in field.text.inks] if field is not None else []
    return [*rows, *(row for row in zones.head if has_contact(row.text))]


def _whole(rows: Sequence[Row]) -> Reading[str] | None:
    passage = join_rows(rows, paragraphs=True)
    return reading(passage.text, passage.inks) if passage.text else None
