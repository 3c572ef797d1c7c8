"""The facts of invented letters, drawn by chance."""

from __future__ import annotations

import datetime as dt
import random
from dataclasses import dataclass, field

from benchmarks.wildset.matters import MATTERS, OFFICES, PEOPLE, TO, Matter, Office
from samples.content import Pen
from samples.truth import TrueSignatory

MONTHS = (
    "มกราคม",
    "กุมภาพันธ์",
    "มีนาคม",
    "เมษายน",
    "พฤษภาคม",
    "มิถุนายน",
    "กรกฎาคม",
    "สิงหาคม",
    "กันยายน",
    "ตุลาคม",
    "พฤศจิกายน",
    "ธันวาคม",
)
SHORT_MONTHS = (
    "ม.ค.", "ก.พ.", "มี.ค.", "เม.ย.", "พ.ค.", "มิ.ย.", "ก.ค.", "ส.ค.", "ก.ย.", "ต.ค.", "พ.ย.", "ธ.ค.",
)  # fmt: skip
_THAI = str.maketrans("0123456789", "๐๑๒๓๔๕๖๗๘๙")


def thai(text: str) -> str:
    """The same with Thai digits."""
    return text.translate(_THAI)


def long_date(day: dt.date, thai_digits: bool = True) -> str:
    """A date as letters write it: ๗ ตุลาคม ๒๕๖๗."""
    said = f"{day.day} {MONTHS[day.month - 1]} {day.year + 543}"
    return thai(said) if thai_digits else said


@dataclass
class Facts:
    """All that one letter says."""

    office: Office
    matter: Matter
    to: str
    day: dt.date
    number: str  # canonical: กษ 0316/ว214
    signer: tuple[str, str, str]
    phone: str
    email: str
    urgency: str | None
    due: dt.date
    referred: tuple[str, dt.date, str]  # office, day, canonical number
    thai_digits: bool
    receipt: tuple[str, dt.date, dt.time] | None
    deputy: bool = False  # signs in the chief's place
    pen: tuple[Pen, ...] = ()  # the running number, the day
    extra: dict[str, str] = field(default_factory=dict)

    @property
    def signatory(self) -> TrueSignatory:
        """Who signs, and as what."""
        title, first, last = self.signer
        name = f"{title}{first} {last}"
        if self.deputy and self.office.deputy is not None:
            return TrueSignatory(name=name, position=self.office.deputy, acting_for=self.office.chief)
        return TrueSignatory(name=name, position=self.office.chief)

    def show(self, text: str) -> str:
        """The text with the digits that this letter is written in."""
        return thai(text) if self.thai_digits else text.translate(str.maketrans("๐๑๒๓๔๕๖๗๘๙", "0123456789"))


def facts(rng: random.Random) -> Facts:
    """One letter's facts, drawn by chance."""
    office = rng.choice(OFFICES)
    day = dt.date(2023, 1, 2) + dt.timedelta(days=rng.randrange(1000))
    before = day - dt.timedelta(days=rng.randrange(9, 60))
    circular = "ว" if rng.random() < 0.35 else ""
    other = rng.choice([one for one in OFFICES if one is not office])
    received = (
        str(rng.randrange(12, 9800)),
        day + dt.timedelta(days=rng.randrange(1, 9)),
        dt.time(rng.randrange(8, 17), rng.randrange(60)),
    )
    return Facts(
        office=office,
        matter=rng.choice(MATTERS),
        to=rng.choice(TO),
        day=day,
        number=f"{office.code}/{circular}{rng.randrange(3, 9900)}",
        signer=rng.choice(PEOPLE),
        phone=rng.choice(
            (
                f"0 {rng.randrange(2000, 7999)} {rng.randrange(1000, 9999)}",
                f"0 2{rng.randrange(100, 999)} {rng.randrange(1000, 9999)}",
            )
        ),
        email=f"saraban{rng.randrange(10, 99)}@office{rng.randrange(2, 9)}.go.th",
        urgency=rng.choice((None, None, None, "ด่วน", "ด่วนมาก", "ด่วนที่สุด")),
        due=day + dt.timedelta(days=rng.randrange(10, 50)),
        referred=(other.name, before, f"{other.code}/{rng.randrange(10, 4000)}"),
        thai_digits=rng.random() < 0.8,
        receipt=received if rng.random() < 0.55 else None,
        deputy=office.deputy is not None and rng.random() < 0.5,
        pen=rng.choice(((), (), ("number",), ("number", "date"))),
    )
