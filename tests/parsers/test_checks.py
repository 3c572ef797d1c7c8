"""Confidence weighed by spelling, names, codes and dates; values never change by it."""

from __future__ import annotations

import datetime as dt

import pytest

from parsers.checks import weigh, weigh_code
from parsers.letters import read_letter
from parsers.numbers import parse_letter_number
from parsers.spelling import known_share, weigh_latin, weigh_name, weigh_spelling, weigh_told_again
from schemas.ink import Reader
from schemas.letter import Letter, LetterNumber
from schemas.reading import Reading
from tests.layout import line, page

SURE = 0.9


def text(value: str) -> Reading[str]:
    return Reading[str](value=value, raw=value, page=1, box=None, confidence=0.97, reader="print")


@pytest.mark.parametrize(
    ("addressee", "sure"),
    [
        ("นายกเทศมนตรีตำบลท่าช้าง", True),
        ("นวยกเทศมนตรีตำบลท่าช้าง", False),
        ("สมาชิกสหกรณ์ทุกท่าน", True),
        ("ประมงจังหวัดนครพนม ๕", False),
        ("ผู้อำนวยการสำนักงานเขตพื้นที่การศึกษาประถมศึกษาเลย เขต ๒", True),
        ("ผู้ว่าราชการจังหวัดลำปาง", True),
    ],
)
def test_an_addressee_that_begins_as_none_does_is_not_sure(addressee: str, sure: bool) -> None:
    rows = [
        line(60, 100, "ที่ ปข ๐๐๑๘/๑๒๓"),
        line(250, 130, "๕ มีนาคม ๒๕๖๗"),
        line(60, 160, "เรื่อง ขอเชิญประชุม"),
        line(60, 190, f"เรียน {addressee}"),
        line(100, 230, "ตามที่จังหวัดได้แจ้งให้อำเภอสำรวจถนน"),
    ]
    one = page([row.model_copy(update={"confidence": 0.99}) for row in rows])
    letter = read_letter(one.lines, {1: one})
    assert letter.addressee is not None
    assert letter.addressee.value == addressee
    assert (letter.addressee.confidence >= SURE) is sure


@pytest.mark.parametrize("right", ["ขอเชิญเข้าร่วมการประชุม", "กรมส่งเสริมการปกครองท้องถิ่น", "Open Data ปี ๒๕๖๕", ""])
def test_right_spelling_keeps_its_confidence(right: str) -> None:
    assert weigh_spelling(text(right)).confidence == 0.97


@pytest.mark.parametrize(
    ("wrong", "meant"),
    [
        ("ขอเซิญเข้าร่วมการประชุม", "ขอเชิญเข้าร่วมการประชุม"),
        ("่อธิการบดี", "อธิการบดี"),
        ("สิำนักปลัด", "สำนักปลัด"),
        ("นาย์กเทศมนตรี", "นายกเทศมนตรี"),
        ("ขอเชิญฆฆธฌเข้าร่วม", "ขอเชิญฆฆธฌเข้าร่วม"),  # nobody knows
    ],
)
def test_what_is_no_thai_word_is_never_sure(wrong: str, meant: str) -> None:
    weighed = weigh_spelling(text(wrong))
    assert weighed.confidence < SURE
    assert (weighed.value, weighed.raw) == (meant, wrong)
    assert meant == wrong or weighed.candidates[0] == wrong


@pytest.mark.parametrize(
    ("name", "title", "sure"),
    [
        ("นายสมชาย ใจดี", "นาย", True),
        ("นางสาวพิมพ์ใจ แสงทอง", "นางสาว", True),
        ("นายสุเมอี ใจดี", "นาย", False),
        ("นายสมชาย สื่นขูใจ", "นาย", False),
        ("นายสมชาย ทุ่งกุลา", "นาย", True),
        ("นายสมชาย ฟาประทาน", "นาย", False),  # ฟ้าประทาน that lost a mark
    ],
)
def test_names_are_weighed_by_lists_of_names(name: str, title: str, sure: bool) -> None:
    assert (weigh_name(text(name), title).confidence >= SURE) is sure


def test_letters_alone_are_no_words() -> None:
    assert known_share("ฮฮฮฮ") < 0.5
    assert known_share("123 abc") == 1.0


def letter(number: str = "ที่ มท ๐๘๐๘.๒/ว ๒๖๐๑", received: str = "๒๒ ส.ค. ๒๕๖๕", reference: str = "") -> Letter:
    one = page(
        [
            *([line(85, 270, reference)] if reference else []),
            line(400, 40, "เลขที่รับ 12"),
            line(400, 60, f"วันที่ {received}"),
            line(85, 130, number),
            line(300, 185, "๑๙ สิงหาคม ๒๕๖๕"),
            line(85, 220, "เรื่อง ขอเชิญประชุม"),
            line(85, 245, "เรียน นายอำเภอ"),
        ]
    )
    return read_letter(one.lines, {1: one})


def confidence(reading: Reading | None) -> float:  # type: ignore[type-arg]
    assert reading is not None
    return reading.confidence


def test_a_receipt_before_the_letter_lowers_both() -> None:
    good, bad = letter(), letter(received="๑๒ ส.ค. ๒๕๖๕")
    assert confidence(bad.date) < SURE < confidence(good.date)
    assert confidence(bad.receipts[0].date) < SURE
    assert bad.receipts[0].date is not None
    assert bad.receipts[0].date.value == dt.date(2022, 8, 12)


def test_an_unknown_code_is_not_sure() -> None:
    assert confidence(letter("ที่ ฬฮ ๐๘๐๘.๒/ว ๒๖๐๑").number) < SURE < confidence(letter().number)


def test_a_year_in_the_number_that_is_not_the_dates_lowers_both() -> None:
    bad = letter("ที่ สพร ๒๕๖๗/ว๙๐๗")
    assert confidence(bad.number) < SURE
    assert confidence(bad.date) < SURE


@pytest.mark.parametrize("reader", ["hand", "transcript"])
def test_pen_and_transcripts_are_never_lifted_to_sure(reader: Reader) -> None:
    written = text("12").model_copy(update={"reader": reader, "confidence": 0.88})
    assert weigh(weigh(written, 1.03), 1.03).confidence < SURE
    assert weigh(text("12").model_copy(update={"confidence": 0.88}), 1.03).confidence > SURE


def number(text: str) -> Reading[LetterNumber]:
    value = parse_letter_number(text)
    assert value is not None
    return Reading[LetterNumber](value=value, raw=text, page=1, box=None, confidence=0.97, reader="print")


@pytest.mark.parametrize(
    ("read", "sure", "value", "offered"),
    [
        ("กษ ๐๖๐๑/ว ๑๒", True, "กษ 0601/ว12", None),
        ("ถษ ๐๖๐๑/ว ๑๒", False, "กษ 0601/ว12", "ถษ 0601/ว12"),
        ("คธ ๐๔๐๔๙/ว ๘๙๗๑", False, "ศธ 04049/ว8971", "คธ 04049/ว8971"),
        ("หท ๐๘๐๘.๒/ว ๕๔๑๘", False, "หท 0808.2/ว5418", None),
        ("ฆฌ ๐๖๐๑/๑๒", False, "ฆฌ 0601/12", None),
    ],
)
def test_a_code_in_no_table_is_not_sure_and_the_only_known_one_like_it_takes_its_place(
    read: str, sure: bool, value: str, offered: str | None
) -> None:
    weighed = weigh_code(number(read))
    assert weighed.value is not None
    assert ((weighed.confidence >= SURE), weighed.value.text) == (sure, value)
    assert offered is None or offered in [one.text for one in weighed.candidates]


def test_a_code_of_a_text_layer_stays_as_it_is_written() -> None:
    written = number("ถษ ๐๖๐๑/ว ๑๒").model_copy(update={"reader": "text-layer"})
    assert weigh_code(written).value == written.value


def test_a_reference_whose_code_is_unknown_or_anothers_is_not_sure() -> None:
    reference = "อ้างถึง  หนังสือกรมปศุสัตว์ ที่ {} ๐๖๐๑/ว ๑๒ ลงวันที่ ๕ มกราคม ๒๕๖๗"
    sound, misread, anothers = (
        confidence(letter(reference=reference.format(code)).references[0].number)
        for code in ("กษ", "ถษ", "กบ")
    )
    assert max(misread, anothers) < SURE <= sound


@pytest.mark.parametrize(
    ("name", "offered"),
    [("นายวรเซษฐ์ ภูผาเพชร", "นายวรเชษฐ์ ภูผาเพชร"), ("นายสมชาย ใจดี", None), ("นายสมซาย ใจดี", "นายสมชาย ใจดี")],
)
def test_a_name_beside_one_that_is_listed_is_not_sure(name: str, offered: str | None) -> None:
    weighed = weigh_name(text(name), "นาย")
    assert weighed.value == name
    assert (weighed.confidence >= SURE) is (offered is None)
    assert offered is None or offered in weighed.candidates


def copied(confidence: float, *, phone: str = "โทร. ๐ ๕๔๒๖ ๕๐๗๐", more: str = "") -> Letter:
    """A letter of which all was read with one confidence."""
    rows = [
        (100, 110, "ที่ มท ๐๘๐๘.๒/ว ๒๖๐๑"),
        (250, 170, "๑๙ สิงหาคม ๒๕๖๕"),
        (100, 200, "เรื่อง ขอข้อมูลระบบเดือนภัยน้ำหลาก"),
        (100, 225, "เรียน ผู้ว่าราชการจังหวัดลำปาง"),
        (120, 250, f"ด้วยจังหวัดจะจัดประชุมชี้แจงแนวทางการรายงาน {more}".strip()),
        (300, 330, "ขอแสดงความนับถือ"),
        (290, 390, "(นายสมชาย ลายรั้ง)"),
        (280, 410, "ผู้ว่าราชการจังหวัดลำปาง"),
        (100, 480, phone),
    ]
    sheet = page([line(x, y, said, confidence=confidence) for x, y, said in rows])
    return read_letter(sheet.lines, {1: sheet})


def test_on_a_poor_copy_words_and_names_that_may_be_others_are_not_sure() -> None:
    sound, poor = copied(0.985), copied(0.955)
    assert sound.signatory is not None
    assert poor.signatory is not None
    assert poor.subject is not None
    assert confidence(sound.subject) >= SURE
    assert confidence(poor.subject) < SURE
    assert poor.subject.candidates[0] == "ขอข้อมูลระบบเตือนภัยน้ำหลาก"
    assert confidence(poor.signatory.name) < SURE
    assert confidence(poor.addressee) >= SURE  # every word of it is common, and nothing is like it
    assert confidence(poor.number) >= SURE


def test_on_a_poor_copy_a_telephone_told_once_is_not_sure() -> None:
    twice = copied(0.955, more="สอบถามที่หมายเลข ๐ ๕๔๒๖ ๕๐๗๐")
    assert confidence(copied(0.955).phone) < SURE
    assert confidence(copied(0.985).phone) >= SURE
    assert confidence(twice.phone) > confidence(copied(0.955).phone)


def test_a_number_that_nobody_can_dial_is_not_sure() -> None:
    assert confidence(copied(0.985, phone="โทร. ๑ ๕๔๒๖ ๕๐๗๐").phone) < SURE
    assert confidence(copied(0.985, phone="โทร. ๑๑๑๑").phone) >= SURE


def test_a_references_lost_mark_is_set_again_and_doubted() -> None:
    told = "อ้างถึง หนังสือกรมส่งเสริมการเกษตร {} กษ ๐๒๐๕.๔/ว๖๐๑๕ ลงวันที่ ๒๕ พฤศจิกายน ๒๕๖๔"
    (lost,) = letter(reference=told.format("ที")).references
    (kept,) = letter(reference=told.format("ที่")).references
    assert lost.text.value == kept.text.value
    assert confidence(lost.text) <= 0.85 < confidence(kept.text)
    assert "ที กษ" in lost.text.candidates[0]


@pytest.mark.parametrize(("told", "sure"), [("งาน Open Data for Local Communities", True), ("งาน", False)])
def test_a_latin_word_is_sure_where_the_letter_tells_it_again(told: str, sure: bool) -> None:
    read = weigh_latin(text("ขอเชิญประชุม Open Data for Local Communities"), told)
    assert (read.confidence > 0.95) is sure
    typed = text("ขอเชิญประชุม Open Data").model_copy(update={"reader": "text-layer"})
    assert weigh_latin(typed, "") == typed


def test_a_subject_that_the_text_tells_in_other_letters_is_not_sure() -> None:
    subject = "ขอเชิญส่งผลงานเข้าประกวดระบบเดือนภัยน้ำหลาก ประจำปี ๒๕๖๗"
    again = "ด้วยจังหวัดมีภารกิจเกี่ยวกับเรื่องขอเชิญส่งผลงานเข้าประกวด\nระบบเตือนภัยน้ำหลากประจำปี ๒๕๖๗ เพื่อให้ทราบ"
    told = weigh_told_again(text(subject), again)
    assert told.confidence <= 0.85
    assert told.candidates == ("ขอเชิญส่งผลงานเข้าประกวดระบบเตือนภัยน้ำหลาก ประจำปี ๒๕๖๗",)
    same = text(subject.replace("เดือน", "เตือน"))
    assert weigh_told_again(same, again) == same
    assert weigh_told_again(same, again.replace("เตือนภัย", "เฆือนภัย")) == same  # there the text is misread
    assert weigh_told_again(same, "ด้วยจังหวัดจะจัดประชุมชี้แจง") == same
    assert weigh_told_again(same, "") == same
