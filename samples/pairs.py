"""Thirty pairs of a faulty letter and a faultless look-alike, for judging the judge.

  python -m samples.pairs --out DIR                   all, as born-digital files
  python -m samples.pairs --out DIR --quality scan    in another quality; may be given again

The two of a pair differ in little but the fault. `finds` names the findings that the faulty one must give;
`may` those that a fault brings along and that are right too. The faultless one must give none of these, and
no error at all.
"""

from __future__ import annotations

import argparse
import os
from collections.abc import Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, replace
from pathlib import Path

from samples.build import make_file, whole
from samples.content import (
    QUALITIES,
    Damage,
    Enclosure,
    Letter,
    Look,
    Quality,
    Receipt,
    Reference,
    Sample,
    Signer,
)
from samples.pair_letters import (
    BODY,
    CONTEST,
    DEPARTMENT,
    MUNICIPALITY,
    PROVINCE,
    SCHOOL,
    D,
    T,
    due,
    with_cell,
    with_receipts,
    with_text,
)
from samples.thai import long_date

_LOOKS = (Look(setting="words"), Look(setting="spaces"), Look(face="Norasi"), Look(setting="ragged"))


@dataclass(frozen=True)
class Pair:
    """One fault: a document that has it, one that has not, and what must be found."""

    name: str
    title: str
    faulty: Sample
    sound: Sample
    finds: tuple[str, ...]
    may: tuple[str, ...] = ()


def _pair(
    number: int, title: str, letters: tuple[Letter | tuple[Letter, ...], ...], finds: str, may: str = ""
) -> Pair:
    """A pair from (faulty, sound); the same looks and damage for both."""
    name = f"pair-{number:02}"
    made = []
    for kind, each in zip(("faulty", "sound"), letters, strict=True):
        made.append(
            Sample(
                name=f"{name}-{kind}",
                title=title,
                letters=each if isinstance(each, tuple) else (each,),
                look=_LOOKS[number % len(_LOOKS)],
                damage=Damage(
                    skew=(-1.1, 0.4, 0.9, -0.6, 0.2)[number % 5], holes=number % 3 == 0, edges=number % 4 == 1
                ),
                pen_style=400 + number,
            )
        )
    return Pair(name, title, made[0], made[1], tuple(finds.split()), tuple(may.split()))


def _stamp(letter: Letter, **changes: object) -> Letter:
    return with_receipts(letter, replace(letter.receipts[0], **changes))  # type: ignore[arg-type]


_SECOND = Receipt("ที่ทำการปกครองอำเภอเวียงสา", "1391", D(2024, 6, 17), T(9, 30), at=(88, 30), angle=-1.0)
_COVER = replace(
    BODY,
    number="ลป 0017.2/ว902",
    logo=None,
    agency="ศาลากลางจังหวัดลำปาง",
    address=("ถนนวชิราวุธดำเนิน ลป 52000",),
    date=D(2024, 5, 20),
    enclosures=(Enclosure("สำเนาหนังสือสำนักงานนวัตกรรมแห่งชาติ ที่ สนช 2567/ว418 ลงวันที่ 8 พฤษภาคม 2567", "1 ชุด"),),
    addressee="นายอำเภอทุกอำเภอ",
    signer=Signer("นายปฐมพร วงศ์สายรุ้ง", "รองผู้ว่าราชการจังหวัด", "ผู้ว่าราชการจังหวัดลำปาง"),
    receipts=(),
)
_TWO_DAYS = "วันที่ 12 มิถุนายน 2567 ถึงวันที่ 14 มิถุนายน 2567"
_LATE = Reference(
    f"หนังสือกรมปศุสัตว์ ที่ กษ 0610.4/ว702 ลงวันที่ {long_date(D(2023, 9, 19))}", "กษ 0610.4/ว702", D(2023, 9, 19)
)

PAIRS: tuple[Pair, ...] = (
    _pair(
        1,
        "the deadline's weekday is not that of its date",
        (due(PROVINCE, D(2024, 7, 10), D(2024, 7, 10), 4), PROVINCE),
        "DATE-01",
    ),
    _pair(
        2,
        "the same in another letter",
        (due(DEPARTMENT, D(2023, 8, 25), D(2023, 8, 25), 0), DEPARTMENT),
        "DATE-01",
    ),
    _pair(3, "received before it was written", (_stamp(SCHOOL, date=D(2024, 2, 9)), SCHOOL), "DATE-02"),
    _pair(
        4,
        "received before it was written",
        (_stamp(MUNICIPALITY, date=D(2023, 7, 14)), MUNICIPALITY),
        "DATE-02",
    ),
    _pair(
        5,
        "the deadline lies before the letter",
        (due(PROVINCE, D(2024, 7, 10), D(2024, 5, 8)), PROVINCE),
        "DATE-03",
    ),
    _pair(6, "received after the deadline", (_stamp(PROVINCE, date=D(2024, 7, 15)), PROVINCE), "DATE-04"),
    _pair(
        7,
        "received after the deadline, and slow for ด่วนมาก",
        (_stamp(DEPARTMENT, date=D(2023, 8, 28)), DEPARTMENT),
        "DATE-04 URG-01",
    ),
    _pair(
        8,
        "one working day of notice",
        (_stamp(PROVINCE, date=D(2024, 7, 9)), _stamp(PROVINCE, date=D(2024, 7, 2))),
        "DATE-05",
    ),
    _pair(
        9,
        "dated nine years ahead",
        (replace(SCHOOL, date=D(2035, 2, 14), receipts=()), replace(SCHOOL, receipts=())),
        "DATE-07",
        "REF-02 DATE-12 NUM-01",
    ),
    _pair(
        10,
        "an event that ends before it begins",
        (with_text(BODY, _TWO_DAYS, "วันที่ 14 มิถุนายน 2567 ถึงวันที่ 12 มิถุนายน 2567"), BODY),
        "DATE-11",
    ),
    _pair(11, "received after the event", (_stamp(SCHOOL, date=D(2024, 3, 6)), SCHOOL), "DATE-12"),
    _pair(12, "the number's year is not the date's", (replace(BODY, number="สนช 2566/ว418"), BODY), "NUM-01"),
    _pair(
        13,
        "the number's province is not the address's",
        (replace(PROVINCE, number="พร 0017.2/ว2846"), PROVINCE),
        "NUM-03",
    ),
    _pair(14, "no number", (replace(MUNICIPALITY, number=None), MUNICIPALITY), "FIELD-01"),
    _pair(15, "no date", (replace(SCHOOL, date=None), SCHOOL), "FIELD-02"),
    _pair(16, "no subject", (replace(PROVINCE, subject=None), PROVINCE), "FIELD-03"),
    _pair(17, "nobody addressed", (replace(BODY, addressee=None), BODY), "FIELD-04"),
    _pair(18, "no name below the signature", (replace(MUNICIPALITY, signer=None), MUNICIPALITY), "FIELD-05"),
    _pair(
        19,
        "salutation and closing do not pair",
        (replace(SCHOOL, closing="ขอแสดงความนับถืออย่างยิ่ง"), SCHOOL),
        "PARTY-01",
    ),
    _pair(
        20,
        "the head of another kind of local government",
        (
            replace(MUNICIPALITY, signer=Signer("นางสายพิณ ฟ้าประทาน", "นายกองค์การบริหารส่วนตำบลดอนตะแบก")),
            MUNICIPALITY,
        ),
        "PARTY-03",
    ),
    _pair(
        21,
        "signed for, without saying for whom",
        (replace(PROVINCE, signer=Signer("นายกฤตภาส ธารน้ำใส", "รองผู้ว่าราชการจังหวัด ปฏิบัติราชการแทน")), PROVINCE),
        "SIGN-04",
    ),
    _pair(
        22,
        "signed for the signer's own post",
        (
            replace(PROVINCE, signer=Signer("นายกฤตภาส ธารน้ำใส", "ผู้ว่าราชการจังหวัดน่าน", "ผู้ว่าราชการจังหวัดน่าน")),
            PROVINCE,
        ),
        "SIGN-05",
    ),
    _pair(
        23,
        "the text names an enclosure that is not listed",
        (with_text(MUNICIPALITY, "1 และ 2", "1 2 และ 3"), MUNICIPALITY),
        "ENC-03",
    ),
    _pair(
        24,
        "enclosures in the text, none in the list",
        (replace(MUNICIPALITY, enclosures=()), MUNICIPALITY),
        "ENC-03",
    ),
    _pair(
        25,
        "a letter referred to that is not named",
        (replace(DEPARTMENT, references=()), DEPARTMENT),
        "REF-01",
    ),
    _pair(
        26,
        "a letter referred to that is dated later",
        (replace(DEPARTMENT, references=(_LATE,)), DEPARTMENT),
        "REF-02",
    ),
    _pair(
        27,
        "ด่วนมาก, and twelve days on its way",
        (_stamp(DEPARTMENT, date=D(2023, 8, 18)), DEPARTMENT),
        "URG-01",
    ),
    _pair(
        28,
        "two stamps of one office out of order",
        (
            with_receipts(PROVINCE, PROVINCE.receipts[0], replace(_SECOND, number="1371")),
            with_receipts(PROVINCE, PROVINCE.receipts[0], _SECOND),
        ),
        "RCPT-02",
    ),
    _pair(29, "weights that add up to 95", (with_cell(CONTEST, "30", "25"), CONTEST), "SUM-01"),
    _pair(
        30,
        "the day of an event differs in the letter passed on",
        (
            (with_text(_COVER, "วันที่ 12 มิถุนายน 2567", "วันที่ 2 มิถุนายน 2567"), replace(BODY, receipts=())),
            (_COVER, replace(BODY, receipts=())),
        ),
        "TWICE-01",
    ),
    _pair(31, "a stamp without a number", (_stamp(BODY, number=""), BODY), "RCPT-01"),
    _pair(
        32,
        "a contest that closes before it opens",
        (with_text(CONTEST, "31 มีนาคม 2568", "31 มกราคม 2568"), CONTEST),
        "CONTEST-01",
    ),
)


def documents(pairs: Sequence[Pair] = PAIRS) -> list[Sample]:
    """All documents of pairs, the faulty one first."""
    return [sample for pair in pairs for sample in (pair.faulty, pair.sound)]


def path_of(folder: Path, sample: Sample, quality: Quality) -> Path:
    """Where a document lies in one quality."""
    return folder / quality / replace(sample, pages=len(sample.letters)).files[quality]


def make(folder: Path, qualities: Sequence[Quality], workers: int) -> int:
    """Draw what is not there yet; return how many files were made."""
    jobs = [
        (sample, quality, path_of(folder, sample, quality))
        for sample in documents()
        for quality in qualities
        if not path_of(folder, sample, quality).exists()
    ]
    with ProcessPoolExecutor(max_workers=workers) as pool:
        for _ in pool.map(_make, *zip(*jobs, strict=True)) if jobs else ():
            pass
    return len(jobs)


def _make(sample: Sample, quality: Quality, path: Path) -> None:
    with whole(path) as half:
        make_file(sample, quality, half)


def main(arguments: Sequence[str] | None = None) -> None:
    """Run the command."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--out", type=Path, required=True, help="folder to write to")
    parser.add_argument("--quality", action="append", choices=QUALITIES, help="default: born")
    parser.add_argument(
        "--workers", type=int, default=os.cpu_count() or 1, help="processes (default: all cores)"
    )
    options = parser.parse_args(arguments)
    made = make(options.out, tuple(options.quality or ("born",)), options.workers)
    print(f"pairs: {made} file{'' if made == 1 else 's'} made")


if __name__ == "__main__":
    main()
