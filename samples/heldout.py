"""Letters drawn at random from pools: a held-out set for benchmarks. People and events are invented."""

from __future__ import annotations

import datetime as dt
import random
from dataclasses import dataclass

from samples import pools
from samples.content import (
    Block,
    Damage,
    Due,
    Enclosure,
    Letter,
    Look,
    Para,
    Pen,
    Receipt,
    Reference,
    Sample,
    Signer,
)
from samples.thai import long_date, weekday_date
from schemas.letter import Kind

LOOKS = (
    Look(setting="words"), Look(setting="spaces"), Look(setting="ragged"),
    Look(setting="words", leading=17.2),
    Look(face="Laksaman", size=16, leading=19.5), Look(face="Norasi"), Look(face="Kinnari", setting="ragged"),
    Look(face="Garuda", setting="spaces"), Look(face="Umpush", setting="words"),
    Look(face="Waree", setting="ragged"),
    Look(face="Sawasdee", setting="spaces"), Look(face="TlwgTypist", setting="ragged"),
)  # fmt: skip


@dataclass(frozen=True)
class Sender:
    """Who writes: code and owner of the number, agency, address, and the post that signs."""

    prefix: str  # ลป 0017.2, or สพร and the year comes later
    agency: str | None
    address: tuple[str, ...]
    post: tuple[str, str | None]  # position, acting for
    logo: str | None = None


def heldout(count: int, seed: int) -> tuple[Sample, ...]:
    """Letters by number; the same seed gives the same letters."""
    return tuple(
        _sample(random.Random(f"{seed}/{number}"), f"held-{seed}-{number:03}", seed)
        for number in range(count)
    )


def _sample(rng: random.Random, name: str, seed: int) -> Sample:
    letter = _letter(rng)
    return Sample(
        name=name,
        title="a letter drawn at random",
        letters=(letter,),
        look=rng.choice(LOOKS),
        damage=Damage(
            skew=rng.uniform(-1.5, 1.5),
            holes=rng.random() < 0.4,
            edges=rng.random() < 0.3,
            highlight=rng.random() < 0.15,
            turned=rng.choice((0,) * 17 + (90, 180, 270)),
            orientation=rng.choice((1, 1, 3, 6, 8)),
            jpeg=rng.randint(68, 90),
        ),
        scan=rng.choice(("pdf", "pdf", "pdf", "jpg", "png")),
        seed=seed,
        pen_style=rng.randint(100, 10_000),
    )


def _letter(rng: random.Random) -> Letter:
    kind: Kind = rng.choices(("external", "memo", "stamped"), (8, 2, 1))[0]
    day = _weekday(dt.date(2014, 1, 6) + dt.timedelta(days=rng.randrange(4100)))
    sender = _sender(rng, day, with_agency=kind != "external")
    received = _weekday(day + dt.timedelta(days=rng.randint(1, 7)))
    due = _due(rng, received) if rng.random() < 0.6 else None
    subject = (
        rng.choice(pools.VERBS) + rng.choice(pools.THINGS) + rng.choice(("", f" ประจำปี {day.year + 543}"))
    )
    circular, pen = rng.random() < 0.5, _pen(rng)
    running = str(rng.randint(1, 9999))
    enclosures = tuple(
        Enclosure(title, f"{rng.randint(1, 9)} {unit}")
        for title, unit in rng.sample(pools.ENCLOSURES, rng.choice((0, 1, 2, 3)))
    )
    external = kind == "external"
    return Letter(
        kind=kind,
        layout="memo" if kind == "memo" else "stamped" if kind == "stamped" else "external",
        number=f"{sender.prefix}/{'ว' if circular else ''}{running}",
        number_as=f"{sender.prefix}/{rng.choice(('ว', 'ว ')) if circular else ''}{running}",
        agency=sender.agency,
        address=sender.address if external else (),
        logo=sender.logo,
        date=day,
        subject=None if kind == "stamped" else subject,
        salutation="ถึง" if kind == "stamped" else "เรียน",
        addressee=_addressee(rng, kind),
        references=_references(rng, day) if external else (),
        enclosures=enclosures if external else (),
        body=_body(rng, due, subject),
        closing="ขอแสดงความนับถือ" if external else None,
        signer=None if kind == "stamped" else Signer(_person(rng), *sender.post),
        owner=(rng.choice(pools.OFFICES),) if kind != "memo" else (),
        phone=f"0 {rng.randint(2000, 7999)} {rng.randint(1000, 9999)}",
        email="saraban@office.example.go.th" if kind != "memo" and rng.random() < 0.6 else None,
        urgency=rng.choice(("ด่วน", "ด่วนมาก", "ด่วนที่สุด")) if rng.random() < 0.25 else None,
        receipts=_receipts(rng, received),
        deadlines=(due,) if due else (),
        thai=rng.random() < 0.8,
        pen=pen,
    )


def _weekday(day: dt.date) -> dt.date:
    """The day itself, or the Monday after a weekend."""
    return day + dt.timedelta(days=max(0, 7 - day.weekday()) if day.weekday() > 4 else 0)


def _pen(rng: random.Random) -> tuple[Pen, ...]:
    return rng.choice(((), (), ("number",), ("number", "date"), ("number", "date"), ("date",)))


def _person(rng: random.Random) -> str:
    title, first = rng.choice(pools.FIRST_NAMES)
    return f"{title}{first} {rng.choice(pools.LAST_NAMES)}"


def _sender(rng: random.Random, day: dt.date, with_agency: bool) -> Sender:
    province, code, post_code = rng.choice(pools.PROVINCES)
    place = rng.choice(pools.PLACES)
    kinds = [
        "province",
        "province",
        "department",
        "department",
        "school",
        "tambon",
        "town",
        "university",
        "body",
    ]
    kind = rng.choice(kinds[:-1] if with_agency else kinds)
    if kind == "province":
        post = ("รองผู้ว่าราชการจังหวัด", f"ผู้ว่าราชการจังหวัด{province}")
        owner = f"00{rng.randint(10, 35)}.{rng.randint(1, 4)}"
        return Sender(
            f"{code} {owner}",
            f"ศาลากลางจังหวัด{province}",
            (f"{rng.choice(pools.ROADS)} {code} {post_code}",),
            post,
        )
    if kind == "department":
        letters, agency, head = rng.choice(pools.DEPARTMENTS)
        owner = f"{rng.randint(2, 9):02}{rng.randint(1, 20):02}.{rng.randint(1, 6)}"
        return Sender(
            f"{letters} {owner}", agency, (f"{rng.choice(pools.ROADS)} กทม. 10300",), ("รองอธิบดี", head)
        )
    if kind == "school":
        agency = f"โรงเรียนบ้าน{place}"
        return Sender(
            f"ศธ {rng.randint(4001, 4183):05}",
            agency,
            (f"จังหวัด{province} {post_code}",),
            (f"ผู้อำนวยการ{agency}", None),
        )
    if kind == "tambon":
        agency = f"องค์การบริหารส่วนตำบล{place}"
        return Sender(
            f"{code} {rng.randint(71001, 72599)}",
            agency,
            (f"จังหวัด{province} {post_code}",),
            (f"นายก{agency}", None),
        )
    if kind == "town":
        agency = f"สำนักงานเทศบาลตำบล{place}"
        return Sender(
            f"{code} {rng.randint(52001, 55999)}", agency, (rng.choice(pools.ROADS), f"{code} {post_code}"),
            (f"นายกเทศมนตรีตำบล{place}", None),
        )  # fmt: skip
    if kind == "body":
        letters, logo, post_name = rng.choice(pools.BODIES)
        return Sender(f"{letters} {day.year + 543}", None, (), (post_name, None), logo)
    letters, agency, town = rng.choice(pools.UNIVERSITIES)
    return Sender(
        f"{letters} {rng.randint(100, 799)}.{rng.randint(1, 9)}",
        agency,
        (f"จังหวัด{town}",),
        ("คณบดี", f"อธิการบดี{agency}"),
    )


def _addressee(rng: random.Random, kind: Kind) -> str:
    province, place = rng.choice(pools.PROVINCES)[0], rng.choice(pools.PLACES)
    if kind == "stamped":
        return f"สำนักงานจังหวัด{province}"
    if kind == "memo":
        return rng.choice((f"นายกเทศมนตรีตำบล{place}", "ผู้อำนวยการสำนักงาน", f"ปลัดเทศบาลตำบล{place}"))
    return rng.choice(
        (f"ผู้ว่าราชการจังหวัด{province}", "นายอำเภอทุกอำเภอ", f"นายกองค์การบริหารส่วนตำบล{place}",
         f"ผู้อำนวยการโรงเรียนบ้าน{place}", "หัวหน้าส่วนราชการทุกแห่ง")
    )  # fmt: skip


def _references(rng: random.Random, day: dt.date) -> tuple[Reference, ...]:
    found = []
    for _ in range(rng.choice((0, 0, 1, 1, 2))):
        letters, agency, _head = rng.choice(pools.DEPARTMENTS)
        earlier = _weekday(day - dt.timedelta(days=rng.randint(9, 70)))
        owner = f"{rng.randint(2, 9):02}{rng.randint(1, 20):02}.{rng.randint(1, 6)}"
        number = f"{letters} {owner}/ว{rng.randint(10, 6999)}"
        found.append(Reference(f"หนังสือ{agency} ที่ {number} ลงวันที่ {long_date(earlier)}", number, earlier))
    return tuple(found)


def _due(rng: random.Random, received: dt.date) -> Due:
    day = _weekday(received + dt.timedelta(days=rng.randint(9, 45)))
    if rng.random() < 0.5:
        return Due(f"ภายใน{weekday_date(day)}", day)
    lead = rng.choice(("ภายในวันที่ ", "ไม่เกินวันที่ "))
    return Due(lead + long_date(day), day)


def _body(rng: random.Random, due: Due | None, subject: str) -> tuple[Block, ...]:
    reasons = rng.sample(pools.REASONS, rng.randint(1, 3))
    start = rng.choice(("ด้วย", "เนื่องจาก"))
    opening = f"{start}หน่วยงานมีภารกิจเกี่ยวกับเรื่อง{subject} {' '.join(reasons)}"
    wish = rng.choice(pools.WISHES).format(due=due.phrase) if due else rng.choice(pools.PLAIN_WISHES)
    return (Para(opening), Para(wish), Para(rng.choice(pools.ENDS)))


def _receipts(rng: random.Random, first: dt.date) -> tuple[Receipt, ...]:
    spots = [(rng.uniform(360, 410), rng.uniform(16, 60)), (rng.uniform(66, 110), rng.uniform(14, 50))]
    rng.shuffle(spots)
    stamps, day = [], first
    for spot in spots[: rng.choice((0, 1, 1, 1, 2))]:
        agency = rng.choice(
            (f"อบต.{rng.choice(pools.PLACES)}", f"สำนักงานจังหวัด{rng.choice(pools.PROVINCES)[0]}")
        )
        time = dt.time(rng.randint(8, 16), rng.randrange(0, 60, 5)) if rng.random() < 0.7 else None
        stamps.append(
            Receipt(
                agency, str(rng.randint(1, 9999)), day, time, spot, rng.uniform(-3, 3),
                rng.choice(("blue", "red", "purple")),
                rng.choice(("box", "box", "grid", "plain")) if spot[0] < 200 else "box",
                (rng.choice(("เลขรับ", "เลขที่รับ", "รับที่", "เลขรับที่")), "วันที่", "เวลา"),
                rng.choice(("rubber", "rubber", "pen")), rng.random() < 0.4,
            )
        )  # fmt: skip
        day = _weekday(day + dt.timedelta(days=1))
    return tuple(stamps)
