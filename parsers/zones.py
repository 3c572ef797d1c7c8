"""Where a letter's parts stand: its head, its labelled fields, its body, its close and what hangs on it."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from itertools import takewhile
from math import inf

from parsers.catchwords import is_catchword
from parsers.daylines import asks_day, closing_date, is_day_row
from parsers.endorsements import is_note
from parsers.fields import find_label
from parsers.headfields import (
    HEAD_FIELDS,
    LONG_ROW,
    Field,
    label_at,
    read_centred_subject,
    read_labelled,
    start_of_subject,
)
from parsers.kinds import Form, Heading, find_given, is_closing
from parsers.numbering import is_page_number, number_ink
from parsers.pagemarks import annex_label, label_of
from parsers.rows import Ink, Row
from parsers.signers import POST, UNIT, name_ink

_CENTRED: frozenset[Form | None] = frozenset({"order", "rule", "announcement"})
_ISSUED: frozenset[Form | None] = _CENTRED | {"certificate"}
_REACH = 100  # rows among which a letter's first label stands
_SIGNED = re.compile(r"^[^\u0e01-\u0e5bA-Za-z]{0,3}[(（].{4,60}[)）]?\W{0,3}$|^.{4,60}[)）]\W{0,2}$")
_LOW, _NEXT = (
    0.6,
    1.6,
)  # of a page's height, where its foot may begin; heights of a row between rows of one text
_SEAL = re.compile(r"^\W{0,3}(?:ประทับ)?ตรา")
_LETTER = re.compile("[\u0e01-\u0e2e0-9๐-๙A-Za-z]")
_END_WORD = re.compile(r"^[^\u0e01-\u0e5b]{0,3}จึง(?:เรียน|ประกาศ|แจ้ง|ขอ|เสนอ)")
_CONTACT = re.compile(r"โทร|ไปรษณีย์อิเล็ก|มือถือ|อีเมล|[eE]-?mail|สำเนาส่ง|@")


@dataclass(frozen=True, slots=True)
class Zones:
    """A letter's rows by part. `head` also keeps strays that stood between the labelled fields."""

    head: tuple[Row, ...]
    fields: Mapping[str, Field]
    body: tuple[Row, ...]
    closing: Row | None
    given: Ink | None  # after สั่ง ณ วันที่ and its kin
    tail: tuple[Row, ...]
    annex: tuple[Row, ...]
    notes: tuple[Row, ...] = ()  # what others wrote between the last sentence and the closing


def find_zones(rows: Sequence[Row], claimed: Collection[int], heading: Heading | None) -> Zones:
    """Sort rows into a letter's parts; `claimed` holds the `order` of rows that stamps have taken."""
    free = [row for row in rows if row.order not in claimed and not is_page_number(row)]
    form = heading.form if heading is not None else None
    centred = form in _CENTRED
    first = _first_label(free, heading)
    fields: dict[str, Field] = {}
    strays: list[Row] = []
    if first is None:
        start = next((at + 1 for at, row in enumerate(free) if heading and row is heading.ink.row), 0)
        head, body_at = free[:start], start
    elif centred:
        head = free[:first]
        fields, body_at = read_centred_subject(free, first)
    else:
        first = start_of_subject(free, first)
        head = free[:first]
        fields, strays, body_at = read_labelled(free, first)
    end_at, closing, given = _end_of_body(free, body_at, form)
    tail_at = end_at + (1 if closing is not None or given is not None else 0)
    annex_at = _annex_start(free, tail_at)
    body, notes = _body_rows(free[body_at:end_at])
    tail, annex = tuple(free[tail_at:annex_at]), tuple(free[annex_at:])
    return Zones((*head, *strays), fields, body, closing, given, tail, annex, notes)


def _first_label(rows: Sequence[Row], heading: Heading | None) -> int | None:
    """The row of the first labelled field: เรื่อง, or the salutation where no subject is printed."""
    if heading is not None:  # a form that is sent with it may have labels of its own
        rows = list(takewhile(lambda row: row.page == heading.ink.row.page, rows))
    if heading is not None and heading.form in _CENTRED:
        labels = (find_label(row.text, frozenset({"subject"}), glued=True) for row in rows[:24])
        return next((at for at, label in enumerate(labels) if label is not None), None)
    for at, row in enumerate(rows[:_REACH]):
        if is_closing(row) or (len(row.text) > 400 and row.place is None):
            return None  # running text before any label: not a letter's head
        if at and _opens_annex(rows, at):
            return None
        label = label_at(row, HEAD_FIELDS - {"references", "enclosures"})
        if label is None or (label.field == "agency" and label.trust < 1):
            continue
        if label.field == "to" and not _follows_number(rows, at):
            continue
        return at
    return None


def _follows_number(rows: Sequence[Row], at: int) -> bool:
    return any(number_ink(row) is not None for row in rows[max(0, at - 12) : at])


def _end_of_body(rows: Sequence[Row], body_at: int, form: Form | None) -> tuple[int, Row | None, Ink | None]:
    """Where the body ends: at the closing, the words of issue, the signer's name, or the last row."""
    named: int | None = None
    for at in range(body_at, len(rows)):
        row = rows[at]
        if form not in _CENTRED and is_closing(row):
            return at, row, None
        if at > body_at and _opens_annex(rows, at):
            ended = named if named is not None else _sealed(rows[:at], body_at)
            return ended if ended is not None else at, None, None
        given = find_given(row) if form in _ISSUED else None
        if given is not None:
            return at, None, given
        if named is None and _looks_signed(row):
            named = at
        if named is not None and (form == "memo" or row.page != rows[named].page):
            break
    if named is None:
        named = _sealed(rows, body_at)
    if named is None:
        named = _before_foot(rows, body_at)
    return named if named is not None else len(rows), None, None


def _before_foot(rows: Sequence[Row], body_at: int) -> int | None:
    """Where a text ends of whose close nothing was read: before what stands on the right above a page's foot.

    The foot tells the owner's office and its telephone, a wide gap below the text.
    """
    found = (
        at
        for at in range(body_at + 1, len(rows))
        if (rows[at].top or 0.0) > _LOW and _tells_contact(rows[at])
    )
    at = next(found, None)
    if at is None or rows[at].page != rows[body_at].page:
        return None
    while at > body_at + 1 and _gap(rows[at - 1], rows[at]) < _NEXT:
        at -= 1
    if at <= body_at + 1:
        return None  # no gap: it is the text itself that tells a telephone
    while at > body_at + 1 and ((rows[at - 1].left or 0.0) > 0.4 or rows[at - 1].line.ink == "colour"):
        at -= 1
    return at


def _tells_contact(row: Row) -> bool:
    return _CONTACT.search(row.text) is not None and len(row.text) < LONG_ROW


def _gap(above: Row, below: Row) -> float:
    """The paper between two rows, in heights of the lower one."""
    if above.place is None or below.place is None or above.page != below.page:
        return inf
    return (below.place.y0 - above.place.y1) / max(1.0, below.place.height)


def _sealed(rows: Sequence[Row], body_at: int) -> int | None:
    """Where a letter without signature ends its text: at the name of the sender above the date at its end."""
    page = rows[body_at].page if body_at < len(rows) else 0
    dated = None
    for at in range(body_at, min(len(rows), body_at + _REACH)):
        if rows[at].page != page or (at > body_at and asks_day(rows[at - 1])):
            continue
        if is_day_row(rows[at]) or closing_date(rows[at]) is not None:
            dated = at
    if dated is None:
        return None
    top = dated
    for at in range(dated - 1, max(body_at, dated - 5), -1):
        if _names_sender(rows[at]):
            top = at
        elif (rows[at].left or 0.0) > 0.4 or is_seal(rows[at]):
            continue  # the seal's ring of words
        elif (rows[at].line.ink != "colour" and rows[at].place is not None) or rows[at].place is None:
            break
    return top


def _names_sender(row: Row) -> bool:
    return UNIT.match(row.text) is not None and len(row.text) < 70 and (row.left is None or row.left > 0.4)


def is_seal(row: Row) -> bool:
    """Whether a row only says where a sealed letter's seal stands: (ประทับตรา)."""
    return _SEAL.match(row.text) is not None and len(row.text) < 40


def _looks_signed(row: Row) -> bool:
    inside = row.centre is None or row.centre > 0.42
    return (
        inside
        and len(row.text) < 70
        and _SIGNED.match(row.text) is not None
        and not is_seal(row)
        and row.text.lstrip()[:1] in "(（"
    )


def _annex_start(rows: Sequence[Row], tail_at: int) -> int:
    """Where the letter's own sheet ends: at its page's end, or in a transcript after its contact lines."""
    if tail_at >= len(rows) or (tail_at and _opens_annex(rows, tail_at)):
        return min(tail_at, len(rows))
    page, first = rows[tail_at].page, rows[tail_at]
    end = tail_at
    while end < len(rows) and rows[end].page == page:
        end += 1
    if first.place is not None:
        return end
    near = min(end, tail_at + 30)
    labelled = next((at for at in range(tail_at + 1, near) if _labels_annex(rows[at])), None)
    near = labelled if labelled is not None else near
    contacts = [at for at in range(tail_at, near) if _tells_contact(rows[at])]
    if not contacts:
        return labelled if labelled is not None else min(end, tail_at + 12)
    last = contacts[0]
    for at in contacts[1:]:
        if at - last > 3:
            break
        last = at
    return _past_notes(rows, last + 1, end)


def _past_notes(rows: Sequence[Row], at: int, end: int) -> int:
    """Past the endorsements that a transcript gives below a letter's telephone: ทราบ, มอบ, and who signed them."""
    noted = False
    start = at
    while at < end and at - start < 14:
        row = rows[at]
        short = len(row.text) < 30 and is_note(row.text)
        named = name_ink(row) is not None
        posted = (
            noted
            and at > start
            and name_ink(rows[at - 1]) is not None
            and POST.match(row.text.lstrip(" -.")) is not None
        )
        scrap = noted and len(row.text.strip()) < 8
        if not (short or named or posted or scrap):
            break
        noted = True
        at += 1
    return at


def _opens_annex(rows: Sequence[Row], at: int) -> bool:
    """Whether a page begins here that calls itself one of the papers sent with the letter."""
    return rows[at].page != rows[at - 1].page and annex_label(rows[at : at + 5]) is not None


def _labels_annex(row: Row) -> bool:
    label = label_of(row.text)
    return label is not None and label.number is not None


def _body_rows(rows: Sequence[Row]) -> tuple[tuple[Row, ...], tuple[Row, ...]]:
    """The body without catchwords, and apart what others wrote between its last sentence and the closing."""
    kept: list[Row] = []
    notes: list[Row] = []
    ended = False
    for at, row in enumerate(rows):
        following = rows[at + 1] if at + 1 < len(rows) else None
        if is_catchword(row, following) or not _LETTER.search(row.text):
            continue
        if ended and row.place is None and len(row.text) < 40:
            notes.append(row)
            continue
        if row.line.ink == "colour" and row.place is not None and len(row.text) < 40:
            notes.append(row)
            continue
        kept.append(row)
        ended = ended or _END_WORD.match(row.text) is not None
    return tuple(kept), tuple(notes)
