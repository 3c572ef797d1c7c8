"""Receipt stamps on pages and in transcripts."""

from __future__ import annotations

import datetime as dt

import pytest

from parsers.receipts import read_receipt
from parsers.rows import make_rows
from parsers.stamps import find_stamps
from schemas.ink import Page
from schemas.letter import Receipt
from tests.layout import line, page, words_of

WRITTEN = dt.date(2023, 9, 1)


def receipts(one: Page, *, memo: bool = False) -> list[Receipt]:
    stamps, _ = find_stamps(make_rows(one.lines, {one.number: one}), memo=memo)
    return [read_receipt(stamp, WRITTEN) for stamp in stamps]


def values(receipt: Receipt) -> tuple[object, ...]:
    parts = (receipt.agency, receipt.number, receipt.date, receipt.time)
    return tuple(part.value if part is not None else None for part in parts)


@pytest.mark.parametrize(
    "label", ["เลขที่รับ", "เลขรับ", "รับที่", "เลขรับที่", "เลขทะเบียนรับ", "เลขที", "เลขที่", "เลขรบ"]
)
@pytest.mark.parametrize("number", ["2921", "๒๙๒๑", "..... 2921", "2 9 2 1", "2921."])
def test_a_stamp_in_a_transcript(label: str, number: str) -> None:
    rows = ["เทศบาลตำบลสุขใจ", f"{label} {number}", "วันที่ ๘ ก.ย. ๒๕๖๖", "เวลา 11:00 น.", "ที่ สพร ๒๕๖๖/ว๑"]
    (receipt,) = receipts(words_of(rows))
    assert values(receipt) == ("เทศบาลตำบลสุขใจ", "2921", dt.date(2023, 9, 8), dt.time(11, 0))


def test_a_blank_time_is_no_ink() -> None:
    (receipt,) = receipts(words_of(["เลขรับ 5", "วันที่ 8/9/66", "เวลา......... น."]))
    assert receipt.time is None
    assert values(receipt)[2] == dt.date(2023, 9, 8)


def test_stamps_of_several_offices_stay_apart() -> None:
    one = page(
        [
            line(90, 40, "สำนักงานจังหวัด", ink="colour"),
            line(380, 44, "ศาลากลางจังหวัด", ink="colour"),
            line(90, 60, "เลขรับ 11", ink="colour"),
            line(380, 64, "เลขที่รับ 222", ink="colour"),
            line(90, 80, "วันที่ 5 ก.ย. 2566", ink="colour"),
            line(380, 84, "วันที่ 4 ก.ย. 2566", ink="colour"),
            line(380, 104, "เวลา 9.30 น.", ink="colour"),
        ]
    )
    found = {values(receipt)[1]: values(receipt) for receipt in receipts(one)}
    assert found["11"] == ("สำนักงานจังหวัด", "11", dt.date(2023, 9, 5), None)
    assert found["222"] == ("ศาลากลางจังหวัด", "222", dt.date(2023, 9, 4), dt.time(9, 30))


def test_a_date_rolled_beside_its_label_belongs_to_the_stamp() -> None:
    one = page(
        [line(380, 60, "เลขที่รับ 222"), line(380, 80, "วันที่"), line(430, 76, "20 ก.ย. 2566", ink="colour")]
    )
    (receipt,) = receipts(one)
    assert values(receipt)[1:3] == ("222", dt.date(2023, 9, 20))


def test_a_number_that_was_not_read_is_seen() -> None:
    (receipt,) = receipts(page([line(380, 60, "เลขที่รับ ........"), line(380, 80, "วันที่ 4 ก.ย. 2566")]))
    assert receipt.number is not None
    assert receipt.number.value is None


@pytest.mark.parametrize("number", ["29Z1", "๒๙ร๑", "2?"])
def test_letters_among_digits_make_no_number(number: str) -> None:
    (receipt,) = receipts(words_of([f"เลขที่รับ {number}", "วันที่ 4 ก.ย. 2566"]))
    assert receipt.number is not None
    assert receipt.number.value is None
    assert number in receipt.number.raw


def test_a_day_years_away_from_the_letters_is_not_believed() -> None:
    (receipt,) = receipts(words_of(["เลขที่รับ 12", "วันที่ 4 ก.ย. 2546"]))
    assert receipt.date is not None
    assert receipt.date.value is None
    assert receipt.date.candidates == (dt.date(2003, 9, 4),)


@pytest.mark.parametrize(
    "rows",
    [
        ["เลขที่รับ ........", "วันที่ ...........", "เวลา ........."],  # an empty form
        ["วันที่ ๔ กันยายน ๒๕๖๖"],
        ["เลขที่ ๑๒/๒๕๖๖"],
        ["ณ ห้องประชุม วันที่ ๔ กันยายน ๒๕๖๖ เวลา ๙.๐๐ น."],
    ],
)
def test_what_is_no_stamp(rows: list[str]) -> None:
    assert receipts(words_of(rows)) == []


def test_a_memos_own_date_is_no_stamp() -> None:
    one = page(
        [line(85, 100, "ที่ สฎ ๕๒๐๐๑/๓๔๕"), line(330, 100, "วันที่ ๑๒ กรกฎาคม ๒๕๖๖"), line(85, 120, "เวลา")]
    )
    assert receipts(one, memo=True) == []


def test_labels_that_are_lost_are_known_by_their_neighbours() -> None:
    one = page(
        [
            line(90, 30, "อบต.สวนดอกคำ", ink="colour"),
            line(92, 50, "ทด 455", ink="colour"),
            line(90, 68, "20 ก.ย. 2566", ink="colour"),
            line(110, 87, "09 30 ม.", ink="colour"),
        ]
    )
    (receipt,) = receipts(one)
    assert values(receipt) == ("อบต.สวนดอกคำ", "455", dt.date(2023, 9, 20), dt.time(9, 30))
    assert all(part is not None and part.confidence < 0.9 for part in (receipt.number, receipt.time))


def test_an_hour_whose_label_is_lost_stands_one_row_below_the_day() -> None:
    one = page(
        [
            line(380, 40, "เลขรับ 222", ink="colour"),
            line(380, 58, "วันที่ 20 ก.ย. 2566", ink="colour"),
            line(384, 77, "(", ink="colour"),
            line(410, 76, "O240 ผ.", ink="colour"),
        ]
    )
    (receipt,) = receipts(one)
    assert receipt.time is not None  # seen …
    assert receipt.time.value is None  # … but 02:40 is no hour at which a letter is stamped


def test_a_blank_hour_stays_blank_beside_the_letters_own_rows() -> None:
    one = page(
        [
            line(90, 40, "เลขรับ 222"),
            line(90, 58, "วันที่ 20 ก.ย. 2566"),
            line(90, 77, "เวลา"),
            line(85, 110, "ที่ ศธ ๐๔๐๐๕/ว๒๖๐"),
        ]
    )
    (receipt,) = receipts(one)
    assert receipt.time is None


@pytest.mark.parametrize(
    "name",
    ["ททำการปกครองอำเภอแม่จัน", "ทีทำการปกครองอำเภอแม่จัน", "ทำการปกครองอำเภอแม่จัน", "ที่ทำการปกครองอำเภอแม่จัน"],
)
def test_an_offices_first_word_is_mended(name: str) -> None:
    one = page([line(380, 40, name), line(380, 58, "เลขรับ 12"), line(380, 76, "วันที่ 20 ก.ย. 2566")])
    (receipt,) = receipts(one)
    assert receipt.agency is not None
    assert receipt.agency.value == "ที่ทำการปกครองอำเภอแม่จัน"
    assert receipt.agency.raw == name
    assert receipt.agency.confidence < 0.9


def test_a_school_receives_letters_too() -> None:
    one = page([line(90, 40, "โรงเรียนบ้านคลองใส"), line(90, 58, "รับที่ 12"), line(90, 76, "วันที่ 20 ก.ย. 2566")])
    assert values(receipts(one)[0])[0] == "โรงเรียนบ้านคลองใส"


def test_the_grid_of_sections_is_not_the_office() -> None:
    sections = ["งานบริหารทั่วไป", "งานการเงิน", "งานแผนฯ", "งานช่าง", "งานการศึกษา"]
    grid = [line(471, 34 + 12 * at, text, size=7) for at, text in enumerate(sections)]
    stamp = [
        line(324, 36, "อำเภอครบุรี", size=10),
        line(320, 55, "เลขรับ 3968", size=10),
        line(320, 73, "วันที่ 20 ก.ย. 2566", size=10),
    ]
    (receipt,) = receipts(page([*stamp, *grid]))
    assert values(receipt)[0] == "อำเภอครบุรี"


def test_a_seal_with_the_letters_date_is_no_stamp() -> None:
    one = page(
        [
            line(320, 300, "เทศบาลตำบลสุขใจ", ink="colour"),
            line(300, 318, "11/73", ink="colour"),
            line(300, 336, "๒ ๓ พฤศจิกายน 2566"),
        ]
    )
    assert receipts(one) == []


def test_a_stamp_whose_labels_the_pen_has_written_over_is_known_by_its_places() -> None:
    (receipt,) = receipts(
        page(
            [
                line(145, 42, "อบต.โคกมะกอก", size=11, ink="colour"),
                line(116, 60, "ล 2๘๒๗", size=13, ink="colour", confidence=0.6),
                line(160, 79, "๙//58", size=11, ink="colour", confidence=0.6),
                line(150, 97, "14.30 น.", size=11, ink="colour", confidence=0.6),
                line(85, 130, "ที่ พร ๐๐๑๗.๔/๔๑๘๔"),
                line(345, 130, "ศาลากลางจังหวัดแพร่"),
                line(85, 215, "เรื่อง  แจ้งแนวทางการคัดแยกขยะ"),
            ]
        )
    )
    assert values(receipt) == ("อบต.โคกมะกอก", "2827", None, dt.time(14, 30))
    assert receipt.number is not None
    assert receipt.number.confidence < 0.5
    assert receipt.date is not None
    assert receipt.date.raw == "๙//58"


def test_an_urgency_mark_read_into_a_stamps_row_is_no_part_of_its_number() -> None:
    (receipt,) = receipts(words_of(["อบต.สุขใจ", "เลขรับ 5839ด่วนมาก", "วันที่ 8 ก.ย. 2566"]))
    assert values(receipt)[1] == "5839"
