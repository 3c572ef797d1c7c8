"""FIELD: what a letter of each kind must show. Ink that was seen but not understood is never "missing"."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

from pipeline.paths import label, reading_at
from pipeline.rules.registry import HOUSE_RULE, REGULATION, Evidence, House, rule, unsure
from pipeline.say import Words
from schemas.finding import Severity
from schemas.letter import Kind, Letter

CLAUSES: dict[Kind, str] = {
    "external": f"{REGULATION} ข้อ 11",
    "memo": f"{REGULATION} ข้อ 12",
    "order": f"{REGULATION} ข้อ 16",
}
"""The clause that lists a kind's fields, where we have read it; other kinds rest on the house's habit."""

_BASIS = f"{REGULATION} ข้อ 11, 12, 16"
_HEAD = ("number", "date", "subject", "addressee", "signatory.name")


def _absent(letter: Letter, house: House, path: str, kinds: tuple[Kind, ...]) -> Iterator[Evidence]:
    kind = letter.kind.value
    if kind not in kinds or kind is None or reading_at(letter, path) is not None:
        return
    message = Words(f"ไม่พบ “{label(path, 'th')}”", f"No “{label(path, 'en')}” was found.")
    yield Evidence(
        message, (path,), basis=CLAUSES.get(kind, HOUSE_RULE), doubtful=_poorly_read(letter, house)
    )


def _poorly_read(letter: Letter, house: House) -> bool:
    """Where pages or other fields were not read well, a missing field was likelier overlooked by us."""
    if not house.whole:
        return True
    inks = [letter.kind, *(reading_at(letter, path) for path in _HEAD)]
    return any(ink is not None and unsure(ink, house.settings.sure) for ink in inks)


@rule(
    "FIELD-01",
    Severity.WARNING,
    basis=_BASIS,
    title_th="มีเลขที่หนังสือ",
    examples=(
        {"number": "ลป 0017.2/1797"},
        {"number": None},
    ),
)
def has_number(letter: Letter, house: House) -> Iterator[Evidence]:
    """A letter has a number.

    A regulation (ระเบียบ, ข้อบังคับ) has none of its own.
    """
    if letter.subkind is not None and letter.subkind.value in ("regulation", "rule"):
        return
    yield from _absent(letter, house, "number", ("external", "memo", "stamped", "order"))


@rule(
    "FIELD-02",
    Severity.WARNING,
    basis=_BASIS,
    title_th="มีวันที่",
    examples=(
        {"date": "2023-06-02"},
        {"date": None},
    ),
)
def has_date(letter: Letter, house: House) -> Iterator[Evidence]:
    """A letter has a date."""
    yield from _absent(letter, house, "date", ("external", "memo", "stamped", "order", "announcement"))


@rule(
    "FIELD-03",
    Severity.WARNING,
    basis=_BASIS,
    title_th="มีชื่อเรื่อง",
    examples=(
        {"kind": "stamped", "subject": None},
        {"subject": None},
    ),
)
def has_subject(letter: Letter, house: House) -> Iterator[Evidence]:
    """A letter has a subject; a stamped letter needs none."""
    yield from _absent(letter, house, "subject", ("external", "memo", "order", "announcement"))


@rule(
    "FIELD-04",
    Severity.WARNING,
    basis=_BASIS,
    title_th="มีผู้รับ",
    examples=(
        {"kind": "order", "addressee": None},
        {"addressee": None},
    ),
)
def has_addressee(letter: Letter, house: House) -> Iterator[Evidence]:
    """A letter is addressed to somebody."""
    yield from _absent(letter, house, "addressee", ("external", "memo", "stamped"))


@rule(
    "FIELD-05",
    Severity.WARNING,
    basis=_BASIS,
    title_th="มีชื่อผู้ลงนาม",
    examples=(
        {"signatory": {"name": "นายสมมติ ทดสอบดี"}},
        {"signatory": None},
    ),
)
def has_signatory(letter: Letter, house: House) -> Iterator[Evidence]:
    """A letter shows its signatory's full name; a stamped letter bears a seal instead."""
    yield from _absent(letter, house, "signatory.name", ("external", "memo", "order", "announcement"))


@rule(
    "FIELD-06",
    Severity.NOTE,
    basis=_BASIS,
    title_th="มีตำแหน่งผู้ลงนาม",
    examples=(
        {"signatory": {"name": "นายสมมติ ทดสอบดี", "position": "ปลัดจังหวัด"}},
        {"signatory": {"name": "นายสมมติ ทดสอบดี"}},
    ),
)
def has_position(letter: Letter, house: House) -> Iterator[Evidence]:
    """A signatory's position stands below the name."""
    if letter.signatory is not None and letter.signatory.name is not None:
        kinds: tuple[Kind, ...] = ("external", "memo", "order", "announcement")
        yield from _absent(letter, house, "signatory.position", kinds)


@rule(
    "FIELD-07",
    Severity.NOTE,
    basis=_BASIS,
    title_th="มีชื่อส่วนราชการเจ้าของหนังสือ",
    examples=(
        {"agency": "ศาลากลางจังหวัดลำปาง"},
        {"agency": None},
    ),
)
def has_agency(letter: Letter, house: House) -> Iterator[Evidence]:
    """A letter names the agency it comes from.

    Only a note: many public bodies show their name in a logo, which is no text.
    """
    yield from _absent(letter, house, "agency", ("external", "memo"))


@rule(
    "FIELD-08",
    Severity.NOTE,
    basis=f"{REGULATION} ข้อ 11",
    title_th="มีคำลงท้าย",
    examples=(
        {"kind": "memo", "closing": None},
        {"closing": None},
    ),
)
def has_closing(letter: Letter, house: House) -> Iterator[Evidence]:
    """An external letter ends with a closing formula."""
    yield from _absent(letter, house, "closing", ("external",))


@rule(
    "FIELD-09",
    Severity.NOTE,
    basis=HOUSE_RULE,
    title_th="มีช่องทางติดต่อเจ้าของเรื่อง",
    examples=(
        {"owner_office": None, "phone": "0 5426 5070"},
        {"owner_office": None, "phone": None},
    ),
)
def can_be_answered(letter: Letter, house: House) -> Iterator[Evidence]:
    """An external letter says who can be asked: an owner office, a phone or an e-mail address."""
    contacts = (letter.owner_office, letter.phone, letter.email)
    if letter.kind.value == "external" and contacts == (None, None, None):
        message = Words(
            "ไม่พบส่วนราชการเจ้าของเรื่อง โทรศัพท์ หรืออีเมล", "No owner office, phone or e-mail address was found."
        )
        yield Evidence(message, ("owner_office", "phone", "email"), doubtful=_poorly_read(letter, house))


_IN_ORDER = ("number", "subject", "addressee", "closing", "signatory.name", "owner_office")


@rule(
    "FIELD-10",
    Severity.NOTE,
    basis=HOUSE_RULE,
    title_th="ส่วนต่าง ๆ เรียงตามแบบ",
    examples=(
        {"subject": {"value": "ขอเชิญประชุม", "box": (72, 108, 300, 124)}},
        {"subject": {"value": "ขอเชิญประชุม", "box": (72, 140, 300, 156)}},
    ),
)
def fields_in_order(letter: Letter, house: House) -> Iterator[Evidence]:
    """The parts of an external letter stand in the order of its form.

    Where they do not, it was likelier read wrongly: a stamp or a note lies between.
    """
    if letter.kind.value != "external":
        return
    inks = [(path, reading_at(letter, path)) for path in _IN_ORDER]
    seen = [(path, ink.page, ink.box) for path, ink in inks if ink is not None and ink.box is not None]
    for (path, page, box), (below, other, low) in pairwise(seen):
        if page == other and box.y0 >= low.y1:
            message = Words(
                f"“{label(path, 'th')}” อยู่ต่ำกว่า “{label(below, 'th')}”",
                f"“{label(path, 'en')}” stands below “{label(below, 'en')}”.",
            )
            yield Evidence(message, (path, below), doubtful=True)
