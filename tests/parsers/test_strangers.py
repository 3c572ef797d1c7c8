"""Rows that stand beside a field, or go on with it: what belongs to it and what does not."""

from __future__ import annotations

from tests.layout import line, page
from tests.parsers.test_letters import read

EXTERNAL = (
    line(250, 100, "ที่ ปข ๐๐๑๘/๑๒๓"),
    line(250, 130, "๕ มีนาคม ๒๕๖๗"),
    line(60, 160, "เรื่อง ขอเชิญประชุม"),
)
SEALED = (line(60, 100, "ที่ ปข ๐๐๑๘/๑๒๓"), line(60, 130, "ถึง อำเภอหัวหิน"))


def test_rows_of_a_curved_page_whose_boxes_overlap_stand_below_one_another() -> None:
    head = [
        *EXTERNAL,
        line(60, 190, "เรียน นายอำเภอหัวหิน"),
    ]
    tall = line(95, 196, "จังหวัดได้แจ้งให้อำเภอสำรวจถนนและแหล่งน้ำในพื้นที่ทั้งหมดแล้ว", size=17)
    letter = read(page([*head, tall, line(60, 240, "จึงเรียนมาเพื่อโปรดทราบ")]))
    assert letter.addressee is not None
    assert letter.addressee.value == "นายอำเภอหัวหิน"


def test_the_title_of_a_stamp_beside_the_addressee_is_no_part_of_it() -> None:
    to = line(60, 190, "เรียน ผู้อำนวยการโรงเรียนบ้านห้วยทรายตะวันออกเฉียงเหนือ")
    assert to.box is not None
    rows = [
        *EXTERNAL,
        to,
        line(to.box.x1 + 50, 192, "ห้องผู้อำนวยการ"),
        line(100, 230, "ตามที่จังหวัดได้แจ้งให้อำเภอสำรวจถนน"),
    ]
    letter = read(page(rows))
    assert letter.addressee is not None
    assert letter.addressee.value == "ผู้อำนวยการโรงเรียนบ้านห้วยทรายตะวันออกเฉียงเหนือ"


def test_an_endorsement_far_below_is_no_part_of_a_sealed_letter_s_sender() -> None:
    rows = [
        *SEALED,
        line(100, 160, "ตามที่จังหวัดได้แจ้งให้อำเภอสำรวจถนนและแหล่งน้ำในพื้นที่ทั้งหมด"),
        line(60, 182, "จังหวัดขอแจ้งให้ทราบว่าได้รับรายงานครบถ้วนแล้ว และจะแจ้งผลต่อไป"),
        line(330, 260, "วิทยาลัยเทคนิคหัวหิน"),
        line(340, 282, "๕ มีนาคม ๒๕๖๗"),
        line(390, 560, "มอบ กลุ่มแผนดำเนินการ"),
        line(390, 600, "๑๒ มี.ค. ๖๗"),
        line(60, 700, "งานแผนและงบประมาณ"),
        line(60, 720, "โทร. ๐ ๔๒๙๑ ๗๐๑๕"),
    ]
    letter = read(page(rows))
    assert letter.agency is not None
    assert letter.agency.value == "วิทยาลัยเทคนิคหัวหิน"


def test_a_name_s_last_syllable_on_a_row_of_its_own_belongs_to_it() -> None:
    rows = [
        line(312, 100, "องค์การบริหารส่วนตำบลหนองปลา"),
        line(312, 122, "หมอ"),
        line(312, 144, "หมู่ที่ ๕ อำเภอหนองแค จังหวัดสระบุรี"),
        line(60, 122, "ที่ รบ ๗๑๘๐๒/ว๘๖๓๔"),
        line(280, 184, "๕ มีนาคม ๒๕๖๗"),
        line(60, 210, "เรื่อง ขอเชิญประชุม"),
        line(60, 235, "เรียน นายอำเภอหัวหิน"),
        line(100, 260, "ตามที่จังหวัดได้แจ้งให้อำเภอสำรวจถนน"),
    ]
    letter = read(page(rows))
    assert letter.agency is not None
    assert letter.agency.value == "องค์การบริหารส่วนตำบลหนองปลาหมอ"


def test_a_day_at_the_end_of_a_paragraph_is_no_sealed_letter_s_date() -> None:
    rows = [
        *SEALED,
        line(100, 160, "ตามที่จังหวัดได้แจ้งให้อำเภอสำรวจถนนและแหล่งน้ำในพื้นที่ทั้งหมดแล้ว ขอให้รายงานผลก่อน"),
        line(60, 182, "๑๐ กันยายน ๒๕๖๘"),
        line(330, 260, "วิทยาลัยเทคนิคหัวหิน"),
        line(340, 282, "สิงหาคม ๒๕๖๘"),
    ]
    letter = read(page(rows))
    assert letter.date is None or letter.date.value is None


def test_a_subject_s_next_row_may_look_like_a_number() -> None:
    rows = [
        line(60, 100, "ที่ ทส ๐๗๐๔/ว ๘๐๘๖"),
        line(250, 130, "๑๒ พฤศจิกายน ๒๕๖๗"),
        line(60, 160, "เรื่อง แจ้งผลการพิจารณาคำขอใช้ประโยชน์ที่ราชพัสดุแปลงเลขที่ทะเบียนของสำนักงานที่ดิน"),
        line(96, 180, "ที่ ลย. ๔๑๗/๒๕๖๗"),
        line(60, 210, "เรียน เลขาธิการคณะกรรมการสุขภาพชุมชน"),
        line(100, 240, "ตามที่ท่านได้ยื่นคำขอใช้ที่ราชพัสดุเพื่อก่อสร้างศูนย์พัฒนาเด็กเล็ก"),
    ]
    letter = read(page(rows))
    assert letter.subject is not None
    assert letter.subject.value is not None
    assert letter.subject.value.endswith("ที่ ลย. ๔๑๗/๒๕๖๗")
    assert letter.number is not None
    assert letter.number.value is not None
    assert letter.number.value.text == "ทส 0704/ว8086"


def test_the_foot_is_found_where_nothing_of_a_sealed_letter_s_close_was_read() -> None:
    rows = [
        *SEALED,
        line(100, 160, "ตามที่จังหวัดได้แจ้งให้อำเภอสำรวจถนนและแหล่งน้ำในพื้นที่ทั้งหมด"),
        line(60, 182, "จังหวัดขอแจ้งให้ทราบว่าได้รับรายงานครบถ้วนแล้ว และจะแจ้งผลต่อไป"),
        line(330, 260, "เทศบาลตำบลหนองแวงใหญ่"),
        line(365, 282, "๕ ๒๗๙", confidence=0.5),
        line(60, 700, "กองการศึกษา"),
        line(60, 720, "โทร. ๐ ๔๒๙๑ ๗๐๑๕"),
    ]
    letter = read(page(rows))
    assert letter.owner_office is not None
    assert letter.owner_office.value == "กองการศึกษา"
    assert letter.phone is not None
    assert letter.agency is not None
    assert letter.agency.value == "เทศบาลตำบลหนองแวงใหญ่"
    assert letter.body is not None
    assert letter.body.value is not None
    assert letter.body.value.endswith("จะแจ้งผลต่อไป")


def test_a_telephone_in_the_last_row_of_a_text_is_no_foot() -> None:
    rows = [
        *SEALED,
        *(line(60, 160 + 22 * at, "ตามที่จังหวัดได้แจ้งให้อำเภอสำรวจถนนและแหล่งน้ำในพื้นที่ทั้งหมด") for at in range(20)),
        line(60, 600, "สอบถามได้ที่ โทร. ๐ ๔๒๙๑ ๗๐๑๕"),
    ]
    letter = read(page(rows))
    assert letter.body is not None
    assert letter.body.value is not None
    assert "โทร" in letter.body.value


def test_an_address_at_the_foot_is_no_owner_office() -> None:
    rows = [
        *EXTERNAL,
        line(60, 190, "เรียน นายอำเภอหัวหิน"),
        line(100, 230, "ด้วยจังหวัดจะจัดประชุมเพื่อเตรียมงานประจำปีของจังหวัด"),
        line(320, 300, "ขอแสดงความนับถือ"),
        line(320, 350, "(นายสมชาย ใจดี)"),
        line(310, 368, "ผู้ว่าราชการจังหวัดประจวบคีรีขันธ์"),
        line(60, 720, "อำเภอวังสะพุง จังหวัดเลย ๔๒๑๓๐"),
    ]
    assert read(page(rows)).owner_office is None
