"""Papers that are no letters: told apart, each with the fields of its form."""

from __future__ import annotations

import datetime as dt

import pytest

from parsers.letters import read_letter
from schemas.letter import Letter
from tests.golden_pages import PAGES
from tests.layout import line, page, words_of


def read(*rows: str) -> Letter:
    return read_letter(words_of(rows).lines, {})


def subkind(letter: Letter) -> str | None:
    return letter.subkind.value if letter.subkind is not None else None


@pytest.mark.parametrize(
    ("rows", "kind", "wanted"),
    [
        (
            ["คำสั่งเทศบาลเมืองน่าน", "ที่ ๑๒/๒๕๖๖", "เรื่อง แต่งตั้งคณะทำงาน", "สั่ง ณ วันที่ ๕ มกราคม พ.ศ. ๒๕๖๖"],
            "order",
            "order",
        ),
        (["ตำสั่งเทศบาลเมืองน่าน", "ที่ ๑๒/๒๕๖๖", "เรื่อง แต่งตั้งคณะทำงาน"], "order", "order"),  # misread
        (
            [
                "ระเบียบโรงเรียนบ้านสวน",
                "ว่าด้วยการใช้ห้องสมุด พ.ศ. ๒๕๖๖",
                "ข้อ ๑ ระเบียบนี้เรียกว่า",
                "ประกาศ ณ วันที่ ๕ มกราคม พ.ศ. ๒๕๖๖",
            ],
            "order",
            "regulation",
        ),
        (["ข้อบังคับสหกรณ์ตัวอย่าง", "ว่าด้วยการประชุม พ.ศ. ๒๕๖๖", "ข้อ ๑ ข้อบังคับนี้"], "order", "rule"),
        (
            ["ประกาศเทศบาลเมืองน่าน", "เรื่อง ปิดถนนชั่วคราว", "ประกาศ ณ วันที่ ๕ มกราคม พ.ศ. ๒๕๖๖"],
            "announcement",
            "announcement",
        ),
        (
            ["แถลงการณ์สำนักงานตัวอย่าง", "เรื่อง สถานการณ์น้ำ", "ณ วันที่ ๕ มกราคม พ.ศ. ๒๕๖๖"],
            "announcement",
            "statement",
        ),
        (
            ["รายงานการประชุมคณะกรรมการ", "ครั้งที่ ๑/๒๕๖๖", "ผู้มาประชุม", "เริ่มประชุมเวลา ๐๙.๐๐ น."],
            "other",
            "minutes",
        ),
        (
            [
                "แบบตอบรับการเข้าร่วมประชุม",
                "ชื่อ..............................",
                "ตำแหน่ง.............................",
            ],
            "other",
            "form",
        ),
        (["ใบสมัครเข้าร่วมโครงการ", "ชื่อ-สกุล................................"], "other", "form"),
        (
            ["เทศบาลคว้ารางวัลเมืองน่าอยู่", "นายกเทศมนตรีกล่าวว่า “เราทำเพื่อทุกคน” และเปิดเผยว่าจะทำต่อไป"],
            "other",
            "press",
        ),
        (["สรุปข่าวประจำวัน", "พุธ ๒๐ ตุลาคม ๒๕๖๔ ๐๙:๐๒", "โครงการประสบความสำเร็จ"], "other", "press"),
    ],
)
def test_papers_are_told_apart(rows: list[str], kind: str, wanted: str) -> None:
    letter = read(*rows)
    assert letter.kind.value == kind
    assert subkind(letter) == wanted


@pytest.mark.parametrize("name", ["external", "memo", "stamped"])
def test_letters_in_the_narrow_sense_have_no_finer_kind(name: str) -> None:
    sheets = PAGES[name]()
    letter = read_letter(
        [one for each in sheets for one in each.lines], {each.number: each for each in sheets}
    )
    assert letter.subkind is None


def test_minutes_tell_their_meeting() -> None:
    letter = read(
        "รายงานการประชุมคณะกรรมการหมู่บ้าน",
        "ครั้งที่ ๓/๒๕๖๗",
        "เมื่อวันพุธที่ ๑๗ กรกฎาคม ๒๕๖๗",
        "ณ ห้องประชุมชั้น ๒ ศาลากลางบ้าน",
        "ผู้มาประชุม",
        "๑. นายสายชล บัวงาม ประธานกรรมการ",
        "๒. นางเพ็ญแข ดาวเหนือ กรรมการ",
        "ผู้ไม่มาประชุม",
        "๑. นายมานพ ลาป่วย กรรมการ",
        "เริ่มประชุมเวลา ๐๙.๓๐ น.",
        "ระเบียบวาระที่ ๑ เรื่องแจ้งให้ทราบ",
        "เลิกประชุมเวลา ๑๑.๑๐ น.",
    )
    meeting = letter.meeting
    assert meeting is not None
    parts = (meeting.number, meeting.date, meeting.place, meeting.opened, meeting.closed)
    assert [part.value if part is not None else None for part in parts] == [
        "3/2567",
        dt.date(2024, 7, 17),
        "ห้องประชุมชั้น ๒ ศาลากลางบ้าน",
        dt.time(9, 30),
        dt.time(11, 10),
    ]
    assert [one.value for one in meeting.present] == ["นายสายชล บัวงาม", "นางเพ็ญแข ดาวเหนือ"]
    assert letter.title is not None
    assert letter.number is None


def test_a_certificate_tells_whom_it_is_about() -> None:
    sheets = PAGES["certificate"]()
    letter = read_letter(sheets[0].lines, {1: sheets[0]})
    assert letter.certifies is not None
    assert letter.certifies.value == "นางสาวมาลี ดอกไม้"
    assert letter.date is not None


def test_a_letter_in_english() -> None:
    sheet = page(
        [
            line(85, 60, "No. 1234/2566"),
            line(330, 60, "Ministry of Examples"),
            line(330, 100, "5 July 2023"),
            line(85, 140, "Subject: Visit of the trade delegation"),
            line(85, 165, "Dear Governor,"),
            line(142, 190, "I have the honour to inform you that our delegation will visit your province."),
            line(300, 300, "Yours sincerely,"),
            line(300, 350, "(Jane Stone)"),
            line(300, 370, "Director of Protocol"),
            line(85, 450, "Tel. 0 2222 3333"),
            line(85, 470, "E-mail: protocol@examples.example.com"),
        ]
    )
    letter = read_letter(sheet.lines, {1: sheet})
    assert (letter.kind.value, subkind(letter)) == ("other", "foreign")
    fields = (
        letter.date,
        letter.subject,
        letter.salutation,
        letter.addressee,
        letter.closing,
        letter.phone,
        letter.email,
    )
    assert [field.value if field is not None else None for field in fields] == [
        dt.date(2023, 7, 5),
        "Visit of the trade delegation",
        "Dear",
        "Governor",
        "Yours sincerely",
        "0 2222 3333",
        "protocol@examples.example.com",
    ]
    assert letter.number is not None
    assert letter.number.value is not None
    assert letter.number.value.text == "1234/2566"
    assert letter.signatory is not None
    assert letter.signatory.name is not None
    assert letter.signatory.name.value == "Jane Stone"


def test_a_thai_letter_with_much_english_stays_thai() -> None:
    letter = read(
        "ที่ ลป ๐๐๑๗.๒/๗",
        "๒ มิถุนายน ๒๕๖๖",
        "เรื่อง ขอเชิญร่วมงาน The Smart Village Solution Awards 2023",
        "เรียน นายอำเภอทุกอำเภอ",
        "ด้วยจังหวัดจะจัดงาน The Smart Village Solution Awards 2023 (Smart Living, Smart People)",
        "ขอแสดงความนับถือ",
        "(นายดี ใจงาม)",
    )
    assert letter.kind.value == "external"
    assert letter.subkind is None


@pytest.mark.parametrize(
    ("heading", "agency"),
    [
        ("ประกาศสำนักงานชลประทานที่ ๓", "สำนักงานชลประทานที่ ๓"),
        ("ประกาศสำนักงานชลประทานที่ ๓ เรื่อง ปิดประตูน้ำ", "สำนักงานชลประทานที่ ๓"),
        ("ประกาศสำนักงานชลประทานที่ ๓ ที่ ๑๒/๒๕๖๗", "สำนักงานชลประทานที่ ๓"),
        ("คำสั่งกรมชลประทานที่ ๑๒/๒๕๖๗", "กรมชลประทาน"),
        ("คำสั่งกรมชลประทาน ที่ ๑๒/๒๕๖๗", "กรมชลประทาน"),
    ],
)
def test_the_number_in_an_issuers_name_is_not_that_of_its_paper(heading: str, agency: str) -> None:
    letter = read(heading, "เรื่อง ปิดประตูระบายน้ำ", "ประกาศ ณ วันที่ ๖ มีนาคม พ.ศ. ๒๕๖๗")
    assert letter.agency is not None
    assert letter.agency.value == agency
