"""PARTY: who writes to whom, and whether salutation, closing and posts fit."""

from __future__ import annotations

import re
from collections.abc import Iterator

from pipeline.rules.registry import HOUSE_RULE, REGULATION, Evidence, House, could_clear, rule
from pipeline.rules.tables import column, pairs
from pipeline.say import Words
from schemas.finding import Severity
from schemas.letter import Letter

_ANNEX = f"{REGULATION} ภาคผนวก 2"
_MANY = re.compile(r"ทุก|ทั้ง|และ|หัวหน้าส่วนราชการ|หัวหน้าหน่วยงาน|ตามบัญชี|ตามราย|องค์กรปกครองส่วนท้องถิ่น|ในสังกัด|,")
_LISTED = re.compile(r"(?:ตาม|ดัง)(?:บัญชี|ราย)(?:ชื่อ|นาม)?(?:ที่)?(?:แนบ|ท้าย|ส่ง)|ตามบัญชีแนบ|รายชื่อแนบ")
_MONK = re.compile(r"(?:เจ้าอาวาส|เจ้าคณะ|พระครู|พระมหา|พระอธิการ|พระราช|พระเทพ)")


@rule(
    "PARTY-01",
    Severity.WARNING,
    basis=_ANNEX,
    title_th="คำขึ้นต้นกับคำลงท้ายเข้าคู่กัน",
    examples=(
        {"salutation": "กราบเรียน", "addressee": "นายกรัฐมนตรี", "closing": "ขอแสดงความนับถืออย่างยิ่ง"},
        {"salutation": "เรียน", "closing": "ขอแสดงความนับถืออย่างยิ่ง"},
    ),
)
def greeting_pairs(letter: Letter, house: House) -> Iterator[Evidence]:
    """Salutation and closing belong together.

    Only where both are among the pairs that we know: an unknown formula is left alone.
    """
    greeting, closing = letter.salutation, letter.closing
    known = pairs("greetings", "salutation", "closing")
    if greeting is None or closing is None or greeting.value is None or closing.value is None:
        return
    first, last = greeting.value.strip(), "".join(closing.value.split())
    closings = {each for _, each in known}
    if first not in dict(known) or last not in closings or (first, last) in known:
        return
    wanted = " / ".join(b for a, b in known if a == first)
    message = Words(
        f"ขึ้นต้นว่า “{first}” แต่ลงท้ายว่า “{last}” (คู่กันคือ “{wanted}”)",
        f"It opens with “{first}” but closes with “{last}”; the pair is “{wanted}”.",
    )
    yield Evidence(
        message,
        ("salutation", "closing"),
        doubtful=could_clear(lambda a, b: (a, b) not in known, greeting, closing),
    )


@rule(
    "PARTY-02",
    Severity.NOTE,
    basis=_ANNEX,
    title_th="คำขึ้นต้นเหมาะกับผู้รับ",
    examples=(
        {"salutation": "เรียน", "addressee": "นายอำเภอเมืองลำปาง"},
        {"salutation": "กราบเรียน", "addressee": "นายอำเภอเมืองลำปาง", "closing": "ขอแสดงความนับถืออย่างยิ่ง"},
    ),
)
def greeting_fits(letter: Letter, house: House) -> Iterator[Evidence]:
    """The salutation fits the addressee.

    กราบเรียน is for the highest posts, นมัสการ for monks. The list of posts has been amended over the years,
    so this is only a note.
    """
    greeting, to = letter.salutation, letter.addressee
    if greeting is None or to is None or greeting.value is None or to.value is None:
        return
    high = any(to.value.strip().startswith(post) for post in column("highest_posts", "post"))
    monk = _MONK.match(to.value.strip()) is not None
    wanted = "กราบเรียน" if high else "นมัสการ" if monk else "เรียน"
    given = greeting.value.strip()
    if given not in ("เรียน", "กราบเรียน", "นมัสการ") or given == wanted or (given == "นมัสการ" and not high):
        return  # a monk's name takes many forms
    message = Words(
        f"ขึ้นต้นว่า “{given}” ถึง “{to.value}” ตามปกติใช้ “{wanted}”",
        f"It opens with “{given}” to “{to.value}”; “{wanted}” is usual.",
    )
    yield Evidence(message, ("salutation", "addressee"))


@rule(
    "PARTY-03",
    Severity.WARNING,
    basis=HOUSE_RULE,
    title_th="ตำแหน่งผู้บริหารท้องถิ่นตรงกับชนิดหน่วยงาน",
    examples=(
        {
            "agency": "เทศบาลตำบลสันทราย",
            "signatory": {"name": "นายสมมติ ทดสอบดี", "position": "นายกเทศมนตรีตำบลสันทราย"},
        },
        {
            "agency": "เทศบาลตำบลสันทราย",
            "signatory": {"name": "นายสมมติ ทดสอบดี", "position": "นายกองค์การบริหารส่วนตำบลสันทราย"},
        },
    ),
)
def local_head_fits(letter: Letter, house: House) -> Iterator[Evidence]:
    """The head of a local government has the title of its kind.

    A municipality (เทศบาล) has a นายกเทศมนตรี, a subdistrict or provincial administration its own นายก.
    """
    agency = letter.agency
    if agency is None or agency.value is None or letter.signatory is None:
        return
    heads = dict(pairs("local_heads", "agency", "head"))
    kind = next((name for name in heads if "".join(agency.value.split()).startswith(name)), None)
    for path in ("position", "acting_for"):
        post = getattr(letter.signatory, path)
        if kind is None or post is None or post.value is None:
            continue
        said = "".join(post.value.split())
        other = next((head for head in heads.values() if head != heads[kind] and said.startswith(head)), None)
        if other is not None:
            message = Words(
                f"หนังสือของ “{agency.value}” แต่ลงนามในตำแหน่ง “{post.value}”",
                f"The letter is of “{agency.value}”, but it is signed by “{post.value}”.",
            )
            yield Evidence(message, ("agency", f"signatory.{path}"))


@rule(
    "PARTY-04",
    Severity.NOTE,
    basis=HOUSE_RULE,
    title_th="หนังสือเวียนมีผู้รับหลายราย",
    examples=(
        {"number": "ลป 0017.2/ว1797", "addressee": "นายอำเภอทุกอำเภอ"},
        {"number": "ลป 0017.2/1797", "addressee": "นายอำเภอทุกอำเภอ"},
    ),
)
def circular_fits(letter: Letter, house: House) -> Iterator[Evidence]:
    """A letter to many is a circular.

    A letter to all offices of a kind without ว in its number: the ว may be missing, or read as a digit. A
    circular to one office is often one of many copies, and is left alone.
    """
    number, to = letter.number, letter.addressee
    if number is None or number.value is None or to is None or to.value is None:
        return
    if number.value.circular or number.value.code is None or "ทุก" not in to.value:
        return
    message = Words(
        f"ส่งถึง “{to.value}” แต่เลขที่ {number.value.text} ไม่มี ว",
        f"It goes to “{to.value}”, but its number {number.value.text} has no ว.",
    )
    circular = any(other.circular for other in number.candidates)
    yield Evidence(message, ("number", "addressee"), doubtful=circular)


@rule(
    "PARTY-05",
    Severity.NOTE,
    basis=HOUSE_RULE,
    title_th="มีบัญชีรายชื่อผู้รับแนบมา",
    examples=(
        {
            "addressee": "หัวหน้าส่วนราชการตามบัญชีแนบท้าย",
            "enclosures": [{"title": "บัญชีรายชื่อหน่วยงาน", "quantity": "1 ชุด"}],
        },
        {"addressee": "หัวหน้าส่วนราชการตามบัญชีแนบท้าย"},
    ),
)
def list_is_attached(letter: Letter, house: House) -> Iterator[Evidence]:
    """A letter to offices "as listed" has the list with it."""
    to = letter.addressee
    if to is None or to.value is None or _LISTED.search(to.value) is None:
        return
    titles = [each.title.value or each.title.raw for each in letter.enclosures]
    if not any("บัญชี" in title or "รายชื่อ" in title for title in titles):
        message = Words(
            f"ส่งถึง “{to.value}” แต่ไม่พบบัญชีรายชื่อในสิ่งที่ส่งมาด้วย",
            f"It goes to “{to.value}”, but no list is among the enclosures.",
        )
        yield Evidence(message, ("addressee",))
