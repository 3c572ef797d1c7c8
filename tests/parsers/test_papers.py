"""Papers other than letters, and the letters that bear a seal: who signs, which number, which day."""

from __future__ import annotations

import datetime as dt

import pytest

from parsers.letters import read_letter
from schemas.ink import Line
from schemas.letter import Letter
from tests.layout import line, page, words_of


def read(lines: list[Line]) -> Letter:
    one = page(lines)
    return read_letter(one.lines, {1: one})


def test_minutes_are_signed_by_who_wrote_them() -> None:
    letter = read(
        [
            line(150, 60, "รายงานการประชุมคณะกรรมการห้องสมุด"),
            line(260, 80, "ครั้งที่ ๓/๒๕๖๗"),
            line(85, 150, "ผู้มาประชุม"),
            line(85, 170, "๑. นายสายชล บัวงาม ประธานกรรมการ"),
            line(85, 400, "เลิกประชุมเวลา ๑๑.๑๐ น."),
            line(305, 490, "(นางสาวกันยา ลมเย็น)"),
            line(304, 508, "ผู้จดรายงานการประชุม"),
        ]
    )
    assert letter.kind.value == "other"
    assert letter.signatory is not None
    assert letter.signatory.name is not None
    assert letter.signatory.name.value == "นางสาวกันยา ลมเย็น"
    assert letter.signatory.position is not None
    assert letter.signatory.position.value == "ผู้จดรายงานการประชุม"


def test_an_article_that_names_people_is_not_signed() -> None:
    rows = ["ข่าวประชาสัมพันธ์", "งานนี้มีผู้ว่าราชการ (นายสมชาย ใจดี) เป็นประธาน", "(ภาพ: นายสมชาย ใจดี)", "ขอบคุณทุกท่าน"]
    one = words_of(rows)
    assert read_letter(one.lines, {1: one}).signatory is None


CERTIFICATE = [
    line(370, 130, "โรงเรียนบ้านท่าช้างน้อย"),
    line(372, 148, "อำเภอเวียงสา นน ๕๕๑๑๐"),
    line(156, 188, "หนังสือฉบับนี้ให้ไว้เพื่อรับรองว่า เด็กหญิงใบข้าว ทุ่งเขียวขจี เป็นนักเรียน"),
    line(151, 247, "จึงออกหนังสือรับรองฉบับนี้ไว้เป็นหลักฐาน"),
]
SIGNED = [line(300, 339, "(นายธนบดี ปัญญาดี)"), line(260, 357, "ผู้อำนวยการโรงเรียนบ้านท่าช้างน้อย")]


@pytest.mark.parametrize("given", ["ให้ไว้", "ให้ใว้", "ให้ไว", "ให้ไวู้"])
def test_a_certificate_is_known_by_its_first_words(given: str) -> None:
    opening = line(148, 212, f"หนังสือฉบับนี้{given}เพื่อรับรองว่า นายธนบดี ปัญญาดี เป็นพนักงานจ้าง")
    head = [line(312, 134, "โรงเรียนบ้านท่าช้างน้อย"), line(80, 170, "ที่ สต ๐๐๓๓.๐๐๓/๘๒๑๑")]
    letter = read([*head, opening, line(213, 317, "ให้ไว้ ณ วันที่ ๑๘ ธันวาคม ๒๕๖๗"), *SIGNED])
    assert letter.number is not None
    assert letter.number.value is not None
    assert letter.number.value.text == "สต 0033.003/8211"
    assert letter.date is not None
    assert letter.date.value == dt.date(2024, 12, 18)


@pytest.mark.parametrize("number", ["เลขที่ ๓๕/๒๕๖๘", "เลขที่ ๓๕๒๕๖๘"])
@pytest.mark.parametrize(
    "given", ["ให้ไว้ ณ วันที่ ๒๖ พฤษภาคม ๒๕๖๘", "ศัปร ณ วันตี ๒๖ พฤษภาคม ๒๕๖๘", "ณ วันที่ ๒๖ พฤษภาคม ๒๕๖๘"]
)
def test_a_certificate_with_damaged_words(number: str, given: str) -> None:
    letter = read([line(85, 126, number), *CERTIFICATE, line(213, 280, given), *SIGNED])
    assert letter.number is not None
    assert letter.number.value is not None
    assert letter.number.value.text == "35/2568"
    assert (letter.number.confidence >= 0.9) is ("/" in number)
    assert letter.date is not None
    assert letter.date.value == dt.date(2025, 5, 26)
    assert (letter.date.confidence >= 0.9) is given.startswith("ให้ไว้")
    assert letter.agency is not None
    assert letter.agency.value == "โรงเรียนบ้านท่าช้างน้อย"
    assert letter.signatory is not None
    assert letter.signatory.name is not None
    assert letter.signatory.name.value == "นายธนบดี ปัญญาดี"


@pytest.mark.parametrize(
    "seal",
    [
        [],
        [line(288, 318, "สำนักงานปลัดกระทรวง", size=7)],
        [line(290, 320, "๘อนผด๑", ink="colour", size=8), line(286, 310, "นปั", ink="colour", size=7)],
    ],
)
@pytest.mark.parametrize("dated", ["๑๕ พฤษภาคม ๒๕๖๗", "สาธารณสุข ๑๕ พฤษภาคม ๒๕๖๗"])
def test_a_sealed_letter_ends_with_its_sender_and_date(seal: list[Line], dated: str) -> None:
    letter = read(
        [
            line(85, 140, "ที่ สธ ๐๒๒๘/ว ๖๑๒"),
            line(85, 166, "ถึง สำนักงานสาธารณสุขจังหวัดทุกจังหวัด"),
            line(156, 192, "พร้อมหนังสือนี้ ขอส่งแผ่นพับความรู้เรื่องการดูแลผู้สูงอายุ"),
            line(316, 300, "สำนักงานปลัดกระทรวงสาธารณสุข"),
            *seal,
            line(305, 330, dated),
            line(85, 420, "กองบริหารการสาธารณสุข"),
            line(85, 439, "โทร. ๐ ๒๕๙๐ ๑๐๐๐"),
        ]
    )
    assert letter.kind.value == "stamped"
    assert letter.date is not None
    assert letter.date.value == dt.date(2024, 5, 15)
    assert letter.agency is not None
    assert letter.agency.value == "สำนักงานปลัดกระทรวงสาธารณสุข"
    assert letter.address is None
    assert letter.owner_office is not None
    assert letter.owner_office.value == "กองบริหารการสาธารณสุข"
    assert letter.phone is not None


@pytest.mark.parametrize(
    ("mark", "meant"),
    [("ส่วนมาก", "ด่วนมาก"), ("ด่วนมก", "ด่วนมาก"), ("ดวนทสุด", "ด่วนที่สุด"), ("ดวน", "ด่วน"), ("ต่วน", "ด่วน")],
)
def test_a_damaged_urgency_mark(mark: str, meant: str) -> None:
    letter = read(
        [line(80, 90, mark, ink="colour"), line(85, 140, "ที่ สธ ๐๒๒๘/ว ๖๑๒"), line(85, 166, "ถึง จังหวัด")]
    )
    assert letter.urgency is not None
    assert letter.urgency.value == meant
    if mark[0] != "ด":
        assert letter.urgency.confidence < 0.8


def test_most_of_a_text_is_not_urgent() -> None:
    letter = read([line(85, 140, "ที่ สธ ๐๒๒๘/ว ๖๑๒"), line(85, 166, "ถึง จังหวัด"), line(85, 200, "ส่วนมาก")])
    assert letter.urgency is None


def test_a_postcode_is_no_agency() -> None:
    letter = read(
        [
            line(85, 140, "ที่ ลป ๗๑๔๐๒/๓๑๘"),
            line(372, 158, "จังหวัดลำปาง ๕๒๐๐๐"),
            line(300, 180, "๒๒ พฤศจิกายน ๒๕๖๖"),
            line(85, 203, "เรื่อง รายงานผล"),
            line(85, 225, "เรียน นายอำเภอ"),
            line(150, 250, "ตามที่อำเภอแจ้ง"),
        ]
    )
    assert letter.agency is None
