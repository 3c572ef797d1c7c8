"""The sample contest's entrants: whose they are, what they sent, and what is wrong with it. All names are invented."""

from __future__ import annotations

import datetime as dt
import random
from dataclasses import dataclass, field, replace
from typing import Literal

from samples.contest_form import Filling
from samples.contest_marks import SEAL_COLOURS, State
from samples.pools import FIRST_NAMES, LAST_NAMES, PROVINCES
from samples.thai import long_date

Answer = Literal["met", "not_met", "unclear", "not_applicable"]
CLOSES = dt.date(2026, 10, 5)
IN_USE_BEFORE = dt.date(2026, 4, 1)
KINDS = (
    ("องค์การบริหารส่วนตำบล", "อบต.", 2), ("เทศบาลตำบล", "ทต.", 1), ("เทศบาลเมือง", "ทม.", 1),
    ("องค์การบริหารส่วนตำบล", "อบต.", 2), ("เทศบาลนคร", "ทน.", 1), ("องค์การบริหารส่วนจังหวัด", "อบจ.", 0),
)  # fmt: skip
WORKS = (
    "ระบบแจ้งเตือนน้ำหลากด้วยเสาวัดระดับน้ำชุมชน", "สมุดสุขภาพผู้สูงอายุบนโทรศัพท์", "แผนที่ถังขยะและรอบเก็บขยะออนไลน์",
    "คิวรถรับส่งผู้ป่วยติดเตียง", "ตลาดนัดออนไลน์ของดีประจำตำบล", "แจ้งซ่อมไฟถนนด้วยรูปถ่าย", "ห้องเรียนภาษาถิ่นออนไลน์",
    "บัญชีน้ำบาดาลและปฏิทินใช้น้ำ", "ระบบจองสนามกีฬาและศาลาประชาคม", "สายด่วนอาสาสมัครดูแลเด็กเล็ก",
    "ป้ายบอกคุณภาพอากาศหน้าโรงเรียน", "คลังเมล็ดพันธุ์พื้นเมืองดิจิทัล", "ระบบยื่นภาษีที่ดินล่วงหน้า",
    "กล้องนับรถหน้าวัดวันงานบุญ", "บันทึกเสียงเล่าเรื่องเมืองเก่า", "แอปพลิเคชันรับฟังชาวบ้าน",
    "ระบบติดตามรถดับเพลิงอาสา", "ใบอนุญาตก่อสร้างแบบไม่ใช้กระดาษ", "ปุ่มเรียกช่วยเหลือของผู้อยู่ลำพัง", "ฐานข้อมูลวัวควายและวัคซีน",
)  # fmt: skip
WON = (
    ("เทศบาลตำบลลำธารแก้ว", "น่าน", "ระบบเฝ้าระวังไฟป่าด้วยหอคอยและโดรนชุมชน"),
    ("องค์การบริหารส่วนตำบลทุ่งแสงดาว", "เลย", "ธนาคารเวลาผู้สูงวัยบนมือถือ"),
    ("เทศบาลเมืองท่าเรือเงิน", "ตราด", "แพลตฟอร์มเรือข้ามฟากปลอดภัย"),
    ("องค์การบริหารส่วนตำบลนาสีทอง", "ยโสธร", "ครัวกลางนมโรงเรียนติดตามได้"),
)
FAULTS = (
    "suffix", "number", "other_agency", "spaces", "capitals", "lookalike", "content", "empty_file", "truncated",
    "encrypted", "field", "not_accepted", "crossed", "filled_box", "dot", "unsigned", "unsealed", "undated",
    "not_local", "too_new", "late", "won_before", "won_agency_new_work", "copy_same", "copy_scan", "no_slides",
    "two_works",
)  # fmt: skip
"""What is sown; `won_agency_new_work`, `two_works` and abbreviations are no faults, but look like some."""


@dataclass(frozen=True)
class Sent:
    """One submission of the sample contest and the truth about it."""

    id: str
    agency: str
    province: str
    work: str
    filling: Filling
    form_name: str
    arrived: dt.datetime
    fault: str = ""
    slides: bool = True
    quality: Literal["scan", "fax", "photo"] = "scan"
    same_as: str = ""  # the submission that this one repeats
    answers: dict[str, Answer] = field(default_factory=dict)  # where they are not plainly met


def contest(count: int = 44, seed: int = 5, faults: tuple[str, ...] = FAULTS) -> tuple[Sent, ...]:
    """Submissions, at least half of them faultless; every fault once, in an order that tells nothing."""
    rng = random.Random(f"contest/{seed}")
    count = max(count, 2 * len(faults))
    sown = [*faults, *[""] * (count - len(faults))]
    rng.shuffle(sown)
    places = [f"{a}{b}" for a in _HEADS for b in _TAILS]
    rng.shuffle(places)
    sound = [_sound(rng, place, number) for number, (place, _) in enumerate(zip(places, sown, strict=False))]
    made: list[Sent] = []
    for one, fault in zip(sound, sown, strict=True):
        made.append(_faulty(one, fault, made, rng) if fault else one)
    return tuple(made)


_HEADS = ("ทุ่ง", "หนอง", "บ้าน", "คลอง", "ดอน", "โคก", "ห้วย", "นา", "ป่า", "แม่", "โนน", "บึง", "ท่า", "เขา")
_TAILS = ("ดอกเอื้อง", "นกเขา", "สวนหมาก", "ใบบัว", "ตะแบก", "มะกอก", "หินขาว", "ข้าวหอม", "ผาแดง", "สายรุ้ง")


def _sound(rng: random.Random, place: str, number: int) -> Sent:
    """A submission with nothing wrong."""
    kind, short, box = KINDS[rng.randrange(len(KINDS))]
    province = rng.choice(PROVINCES)[0]
    agency = f"{kind}{province if kind.endswith('จังหวัด') else place}"
    if kind.endswith("จังหวัด"):
        agency, box, kind, short = f"เทศบาลตำบล{place}", 1, "เทศบาลตำบล", "ทต."
    title, first = rng.choice(FIRST_NAMES)
    begun = IN_USE_BEFORE - dt.timedelta(days=rng.randint(40, 900))
    filled = dt.date(2026, 9, rng.randint(1, 28))
    day = long_date(filled).split()
    start = long_date(begun)
    thai = rng.random() < 0.5
    dated = [part.translate(_THAI) for part in day] if thai else day
    more = rng.choice(("", " ระยะที่ 2", f"ของชาว{place}")) if number >= len(WORKS) else ""
    work = f"{WORKS[number % len(WORKS)]}{more}"
    values = {
        "agency": agency, "province": province, "work": work,
        "in_use": start.translate(_THAI) if thai else start,
        "contact": "".join(rng.choice(FIRST_NAMES)) + " " + rng.choice(LAST_NAMES),
        "phone": f"0 {rng.randint(2000, 7999)} {rng.randint(1000, 9999)}",
        "email": f"office{number}@town.example",
    }  # fmt: skip
    radius = rng.uniform(29, 43)
    filling = Filling(
        values, kind=box, date=(dated[0], dated[1], dated[2]),
        signer=f"{title}{first} {rng.choice(LAST_NAMES)}", post=f"นายก{kind}", by=rng.choice(("type", "type", "pen")),
        pen=rng.randrange(10_000), face=rng.choice(("Laksaman", "Garuda", "Norasi", "Loma")),
        seal_colour=rng.choice(SEAL_COLOURS), seal_size=(radius, radius * rng.choice((1, 1, 0.75))),
        seal_words=(kind[:7], place),
    )  # fmt: skip
    name = f"{short}{place}" if rng.random() < 0.3 else agency
    arrived = dt.datetime.combine(
        CLOSES - dt.timedelta(days=rng.randint(0, 20)), dt.time(rng.randint(8, 22), rng.randrange(60))
    )
    return Sent(
        f"{number + 1:03}_{name}",
        agency,
        province,
        work,
        filling,
        f"{name}_form1.{rng.choice(('pdf', 'pdf', 'jpg'))}",
        arrived,
    )


_THAI = str.maketrans("0123456789", "๐๑๒๓๔๕๖๗๘๙")


def _named(one: Sent, name: str) -> Sent:
    return replace(one, form_name=name, answers={"file_name": "not_met"})


def _with(one: Sent, **changes: object) -> Filling:
    return replace(one.filling, **changes)  # type: ignore[arg-type]


def _unread(**more: Answer) -> dict[str, Answer]:
    """The answers of a form that cannot be opened: nothing on it can be judged."""
    keys = ("fields", "acceptance", "signature", "seal", "date", "in_use")
    return {**dict.fromkeys(keys, "unclear"), **more}  # type: ignore[dict-item]


def _faulty(one: Sent, fault: str, before: list[Sent], rng: random.Random) -> Sent:  # noqa: C901
    """A submission with one fault sown, and the truth about it."""
    one = replace(one, fault=fault)
    stem, _, suffix = one.form_name.rpartition(".")
    names = {
        "suffix": f"{stem}.png", "number": f"{stem[:-1]}2.{suffix}",
        "other_agency": f"เทศบาลตำบลสวนกล้วยไม้_form1.{suffix}",
        "spaces": f"{stem.replace('_', ' _ ')}.{suffix}",
        "capitals": f"{stem.replace('form', 'Form')}.{suffix.upper()}",
        "lookalike": f"{stem.replace('form', 'fоrm')}.{suffix}",
    }  # fmt: skip
    if fault in names:
        made = _named(one, names[fault])
        if fault == "suffix":
            made.answers["file_type"] = "not_met"
        return made
    states: dict[str, tuple[State, Answer]] = {
        "not_accepted": ("empty", "not_met"), "crossed": ("crossed", "unclear"),
        "filled_box": ("filled", "unclear"), "dot": ("doubtful", "unclear"),
    }  # fmt: skip
    if fault in states:
        state, answer = states[fault]
        return replace(one, filling=_with(one, accepted=state), answers={"acceptance": answer})
    if fault == "field":
        key = rng.choice(("contact", "phone", "email", "province"))
        values = {k: v for k, v in one.filling.values.items() if k != key}
        return replace(one, filling=_with(one, values=values), answers={"fields": "not_met"})
    if fault == "unsigned":
        return replace(one, filling=_with(one, signed=False), answers={"signature": "not_met"})
    if fault == "unsealed":
        return replace(one, filling=_with(one, sealed=False), answers={"seal": "not_met"})
    if fault == "undated":
        return replace(one, filling=_with(one, date=None), answers={"date": "not_met"})
    if fault == "content":
        return replace(one, form_name=f"{stem}.pdf", answers={"file_type": "not_met"})
    if fault in ("empty_file", "truncated", "encrypted"):
        return replace(one, answers=_unread(file_type="not_met"))
    if fault == "no_slides":
        return replace(one, slides=False, answers={"presentation": "not_met"})
    if fault == "late":
        arrived = dt.datetime.combine(CLOSES + dt.timedelta(days=1), dt.time(0, 12))
        return replace(one, arrived=arrived, answers={"on_time": "not_met"})
    if fault == "too_new":
        values = {
            **one.filling.values,
            "in_use": long_date(IN_USE_BEFORE + dt.timedelta(days=rng.randint(20, 90))),
        }
        return replace(one, filling=_with(one, values=values, by="type"), answers={"in_use": "not_met"})
    return _about_others(one, fault, before)


def _about_others(one: Sent, fault: str, before: list[Sent]) -> Sent:
    """Faults that show only beside other papers."""
    suffix = one.form_name.rpartition(".")[2]
    if fault == "not_local":
        agency = f"โรงเรียนบ้าน{one.agency[-6:].strip('ัิีึืุู่้๊็์ำะาเแโ')}วิทยา"
        return _renamed(one, agency, one.work, {"eligible": "not_met"}, suffix)
    if fault == "won_before":
        agency, _, work = WON[0]
        return _renamed(one, agency, work, {"new_work": "not_met"}, suffix)
    if fault == "won_agency_new_work":
        return _renamed(one, WON[1][0], one.work, {}, suffix)
    sound = [other for other in before if not other.fault]
    if fault == "two_works":
        other = sound[0]
        return _renamed(replace(one, province=other.province), other.agency, one.work, {}, suffix)
    other = sound[1] if fault == "copy_same" else sound[2]
    later = other.arrived + dt.timedelta(minutes=40)
    later = min(later, dt.datetime.combine(CLOSES, dt.time(23, 50)))
    return replace(
        other, id=f"{one.id[:4]}{other.id[4:]}", fault=fault, same_as=other.id, arrived=later,
        answers={"not_copied": "not_met"},
    )  # fmt: skip


def _renamed(one: Sent, agency: str, work: str, answers: dict[str, Answer], suffix: str) -> Sent:
    values = {**one.filling.values, "agency": agency, "work": work, "province": one.province}
    filling = _with(one, values=values, by="type")
    return replace(
        one, id=f"{one.id[:4]}{agency}", agency=agency, work=work, filling=filling,
        form_name=f"{agency}_form1.{suffix}",
        answers=answers,
    )  # fmt: skip


__all__ = ["CLOSES", "FAULTS", "IN_USE_BEFORE", "WON", "Sent", "contest"]
