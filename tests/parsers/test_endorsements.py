"""What others wrote on a letter: kept, and never taken for the letter's own subject, date or signatory."""

from __future__ import annotations

import datetime as dt

import pytest

from parsers.letters import read_letter
from schemas.ink import Line
from schemas.letter import Letter
from tests.layout import line, page, words_of

HEAD = [
    line(85, 110, "ที่ ลป ๐๐๑๗.๒/ว ๑๗๙๗"),
    line(360, 110, "ศาลากลางจังหวัดลำปาง"),
    line(310, 160, "๒ มิถุนายน ๒๕๖๖"),
    line(85, 190, "เรื่อง  ขอเชิญร่วมกิจกรรม"),
    line(85, 212, "เรียน  นายอำเภอทุกอำเภอ"),
    line(142, 250, "ด้วยจังหวัดลำปางกำหนดจัดกิจกรรมประจำปี จึงขอเชิญหน่วยงานเข้าร่วม"),
    line(142, 290, "จึงเรียนมาเพื่อโปรดทราบ"),
    line(290, 320, "ขอแสดงความนับถือ"),
    line(300, 390, "(นายสมชาย ใจดี)"),
    line(280, 410, "ผู้ว่าราชการจังหวัดลำปาง"),
    line(85, 500, "สำนักงานจังหวัด กลุ่มงานอำนวยการ"),
    line(85, 520, "โทร. ๐ ๕๔๒๖ ๕๐๗๐"),
]


def read(*more: Line) -> Letter:
    sheet = page([*HEAD, *more])
    return read_letter(sheet.lines, {1: sheet})


def own(letter: Letter) -> tuple[object, ...]:
    assert letter.signatory is not None
    fields = (
        letter.subject,
        letter.date,
        letter.signatory.name,
        letter.addressee,
        letter.owner_office,
        letter.phone,
    )
    return tuple(field.value if field is not None else None for field in fields)


BARE = own(read())

NOTES = {
    "typed below": [
        line(85, 600, "เรียน นายอำเภอ"),
        line(110, 620, "- เพื่อโปรดทราบ"),
        line(110, 640, "- เห็นควรแจ้งทุกตำบล"),
        line(110, 670, "(นางสาวแก้วตา ดวงดี)"),
        line(110, 690, "ปลัดอำเภอ"),
        line(110, 710, "๕ มิ.ย. ๒๕๖๖"),
    ],
    "by pen at the right": [
        line(330, 600, "ทราบ", ink="colour"),
        line(330, 625, "มอบงานสารบรรณดำเนินการ", ink="colour"),
        line(330, 650, "๖ มิ.ย. ๖๖", ink="colour"),
    ],
    "in the margin above": [line(90, 40, "มอบ ปลัดอำเภอ", ink="colour")],
}


@pytest.mark.parametrize("name", NOTES)
def test_notes_are_kept_and_change_nothing_of_the_letter(name: str) -> None:
    letter = read(*NOTES[name])
    assert own(letter) == BARE
    assert len(letter.endorsements) == 1


def test_a_note_keeps_who_wrote_it_and_when() -> None:
    (note,) = read(*NOTES["typed below"]).endorsements
    assert note.name is not None
    assert note.date is not None
    assert note.name.value == "นางสาวแก้วตา ดวงดี"
    assert note.date.value == dt.date(2023, 6, 5)
    assert "เห็นควรแจ้งทุกตำบล" in (note.text.value or "")
    assert note.text.confidence < 0.9


def test_officers_below_each_other_are_several_notes_in_order() -> None:
    chain = [
        line(85, 560, "เรียน ปลัดเทศบาล"),
        line(110, 578, "เพื่อโปรดพิจารณา"),
        line(110, 600, "(นายหนึ่ง ตั้งใจ)"),
        line(110, 616, "หัวหน้าฝ่ายอำนวยการ"),
        line(85, 650, "เรียน นายกเทศมนตรี"),
        line(110, 668, "เห็นควรอนุมัติ"),
        line(110, 690, "(นายสอง มั่นคง)"),
        line(110, 706, "ปลัดเทศบาล"),
        line(330, 650, "อนุมัติ"),
        line(330, 680, "(นางสาม พากเพียร)"),
        line(330, 696, "นายกเทศมนตรี"),
    ]
    letter = read(*chain)
    assert own(letter) == BARE
    names = [note.name.value for note in letter.endorsements if note.name is not None]
    assert sorted(names) == sorted(["นายหนึ่ง ตั้งใจ", "นายสอง มั่นคง", "นางสาม พากเพียร"])


def test_a_letter_without_notes_has_none() -> None:
    assert read().endorsements == ()


def test_notes_around_the_closing_of_a_transcript() -> None:
    rows = [one.text for one in HEAD]
    noted = [
        *rows[:7],
        "เพื่อโปรดทราบ",
        "เพื่อแจ้ง",
        rows[7],
        "เพื่อมอบ",
        *rows[8:],
        "- ทราบ",
        "- มอบ",
        "(นายสอง มั่นคง)",
        "ปลัดอำเภอ",
    ]
    letter = read_letter(words_of(noted).lines, {})
    assert letter.signatory is not None
    assert letter.signatory.name is not None
    assert letter.signatory.name.value == "นายสมชาย ใจดี"
    assert [note.name.value for note in letter.endorsements if note.name] == ["นายสอง มั่นคง"]
    assert letter.body is not None
    assert "เพื่อแจ้ง" not in (letter.body.value or "")


@pytest.mark.parametrize(
    ("rows", "ticked"),
    [
        (["☐ สำนักปลัด", "☑ กองคลัง", "☐ กองช่าง"], "กองคลัง"),
        (["[ ] สำนักปลัด", "[x] กองคลัง", "[ ] กองช่าง"], "กองคลัง"),
        (["( ) สำนักปลัด", "(/) กองคลัง", "( ) กองช่าง"], "กองคลัง"),
        (["☐ สำนักปลัด ☑ กองคลัง ☐ กองช่าง"], "กองคลัง"),
        (["☐ สำนักปลัด", "☐ กองคลัง", "☐ กองช่าง"], None),
        (["สำนักปลัด", "กองคลัง", "กองช่าง"], None),
        (["( ) สป.", "(✓) กค.", "( ) กช.", "( ) กศ."], "กค"),
        (["(....) สำนักปลัด", "(..x..) กองคลัง", "(....) กองช่าง"], None),  # not understood is not ticked
        (["○ สำนักปลัด", "● กองคลัง", "○ กองช่าง"], "กองคลัง"),
        (["[ ] สำนักปลัด [X] กองคลัง [ ] กองช่าง [ ] กองการศึกษา"], "กองคลัง"),
        (["สำนักปลัด ( ) กองคลัง (/) กองช่าง ( )"], "กองคลัง"),
        (["สำนักปลัด ☐", "กองคลัง ☑", "กองช่าง ☐", "กองการศึกษา ☐"], "กองคลัง"),
        (["งานบริหารทั่วไป ( )", "งานการเงิน ( )", "งานพัสดุ (√)", "งานแผน ( )", "งานบุคคล ( )"], "งานพัสดุ"),
        (["สำนักปลัด", "/ กองคลัง", "กองช่าง"], "กองคลัง"),
        (["สำนักปลัด", "กองคลัง /", "กองช่าง"], "กองคลัง"),
        (["สำนักปลัด", "X กองคลัง", "กองช่าง", "กองการศึกษา"], "กองคลัง"),
        (["สำนักปลัด", "กองคลัง ✓", "กองช่าง"], "กองคลัง"),
        (["/ สำนักปลัด", "กองคลัง", "/ กองช่าง"], None),  # two strokes: either may be dirt
        (["ฝ่ายปกครอง ( )", "ฝ่ายความมั่นคง ( )", "สำนักงานอำเภอ ( )"], None),
        (["☑ สำนักปลัด", "☑ กองคลัง", "☐ กองช่าง"], "สำนักปลัด"),
    ],
)
def test_the_section_ticked_in_a_stamps_grid(rows: list[str], ticked: str | None) -> None:
    stamp = ["สำนักงานเทศบาลตำบลแม่สาย", "เลขรับ 123", "วันที่ ๕ มิ.ย. ๒๕๖๖", "เวลา 09.30 น."]
    text = [*stamp, *rows, *[one.text for one in HEAD]]
    letter = read_letter(words_of(text).lines, {})
    (receipt,) = letter.receipts
    assert (receipt.ticked.value if receipt.ticked is not None else None) == ticked


def test_of_two_ticked_sections_the_other_is_a_candidate_and_neither_sure() -> None:
    stamp = ["สำนักงานเทศบาลตำบลแม่สาย", "เลขรับ 123", "วันที่ ๕ มิ.ย. ๒๕๖๖", "เวลา 09.30 น."]
    text = [*stamp, "☑ สำนักปลัด", "☑ กองคลัง", "☐ กองช่าง", *[one.text for one in HEAD]]
    (receipt,) = read_letter(words_of(text).lines, {}).receipts
    assert receipt.ticked is not None
    assert (receipt.ticked.value, receipt.ticked.candidates) == ("สำนักปลัด", ("กองคลัง",))
    assert receipt.ticked.confidence < 0.7


def test_the_section_ticked_by_its_box_on_the_page() -> None:
    from schemas.ink import Box, Mark

    stamp = [
        line(400, 30, "สำนักงานเทศบาลตำบลแม่สาย", size=10),
        line(400, 44, "เลขรับ 123", size=10),
        line(400, 58, "วันที่ ๕ มิ.ย. ๒๕๖๖", size=10),
        line(400, 72, "เวลา 09.30 น.", size=10),
        line(260, 30, "สำนักปลัด", size=10),
        line(260, 44, "กองคลัง", size=10),
        line(260, 58, "กองช่าง", size=10),
    ]
    sheet = page([*HEAD, *stamp])
    marks = tuple(
        Mark(kind="box", page=1, box=Box(245, y, 255, y + 10), state=state, confidence=0.95)
        for y, state in ((30, "empty"), (44, "ticked"), (58, "empty"))
    )
    letter = read_letter(sheet.lines, {1: sheet.model_copy(update={"marks": marks})})
    (receipt,) = letter.receipts
    assert receipt.ticked is not None
    assert receipt.ticked.value == "กองคลัง"


def test_a_grid_beside_a_stamp_is_neither_its_office_nor_a_stamp() -> None:
    stamp = [
        line(147, 15, "อบต.บางกระดังงา", size=11, ink="colour"),
        line(121, 31, "รับที่ 5260", size=11, ink="colour"),
        line(122, 54, "วันที่ 31 ส.ค. 2563", size=11, ink="colour"),
        line(123, 67, "เวลา 15.40 น.", size=11, ink="colour"),
        line(271, 12, "งานบริหารทั่วไป", size=10, ink="colour"),
        line(272, 25, "งานการเงิน", size=10, ink="colour"),
        line(261, 38, "๓ งานแผนฯ", size=10, ink="colour"),
    ]
    letter = read(*HEAD, *stamp)
    (receipt,) = letter.receipts
    assert receipt.agency is not None
    assert receipt.agency.value == "อบต.บางกระดังงา"


def test_two_who_sign_beside_each_other() -> None:
    rows = [one for one in HEAD if one.box is not None and one.box.y0 not in (390, 410)]
    signed = [
        line(330, 390, "(นายสมชาย ใจดี)"),
        line(320, 410, "ผู้ว่าราชการจังหวัดลำปาง"),
        line(100, 390, "(นางแก้ว ผ่องใส)"),
        line(95, 410, "ผู้อำนวยการวิทยาลัย"),
    ]
    sheet = page([*rows, *signed])
    letter = read_letter(sheet.lines, {1: sheet})
    assert letter.signatory is not None
    everyone = [letter.signatory, *letter.cosigners]
    assert {one.name.value for one in everyone if one.name is not None} == {"นายสมชาย ใจดี", "นางแก้ว ผ่องใส"}
    assert {one.position.value for one in everyone if one.position is not None} == {
        "ผู้ว่าราชการจังหวัดลำปาง",
        "ผู้อำนวยการวิทยาลัย",
    }
    assert letter.endorsements == ()
