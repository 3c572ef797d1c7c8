"""Letters whose opening row is lost: what else of them stands on the page, and pages that are none."""

from __future__ import annotations

import pytest

from pipeline.bundle import split_letters
from tests.layout import line, page

LEFT, PARA, MID, RIGHT = 85.0, 142.0, 290.0, 360.0
Rows = list[tuple[float, float, str]]

FIRST: Rows = [
    (LEFT, 110, "ที่ ลป ๐๐๑๗.๒/๑๒๓"),
    (RIGHT, 110, "ศาลากลางจังหวัดลำปาง"),
    (310, 160, "๕ มิถุนายน ๒๕๖๖"),
    (LEFT, 190, "เรื่อง  ขอเชิญประชุม"),
    (LEFT, 212, "เรียน  นายอำเภอทุกอำเภอ"),
    (PARA, 260, "ด้วยจังหวัดกำหนดจัดประชุมประจำเดือน"),
    (PARA, 290, "จึงเรียนมาเพื่อโปรดทราบ"),
    (MID, 320, "ขอแสดงความนับถือ"),
    (MID, 380, "(นายกล้าหาญ ใจสู้)"),
    (MID, 400, "ผู้ว่าราชการจังหวัดลำปาง"),
]
LETTER: Rows = [
    (LEFT, 110, "ที่ มท ๐๔๐๕.๒/ว ๓๙๑๖"),
    (RIGHT, 110, "กรมการพัฒนาชุมชน"),
    (310, 160, "๒๖ มิถุนายน ๒๕๖๖"),
    (LEFT, 190, "เรื่อง  ขอความร่วมมือการจัดเก็บข้อมูล"),
    (LEFT, 212, "เรียน  ผู้ว่าราชการจังหวัดทุกจังหวัด"),
    (LEFT, 234, "สิ่งที่ส่งมาด้วย  แบบสำรวจ จำนวน ๑ ชุด"),
    (PARA, 280, "ด้วยกรมได้กำหนดแนวทางการจัดเก็บข้อมูลครัวเรือน"),
    (PARA, 310, "จึงเรียนมาเพื่อโปรดพิจารณา"),
    (MID, 340, "ขอแสดงความนับถือ"),
    (MID, 400, "(นางมะลิ หอมหวน)"),
]
ORDER: Rows = [
    (237, 60, "คำสั่งจังหวัดลำปาง"),
    (256, 80, "ที่ ๑๑๒๓/๒๕๖๖"),
    (160, 100, "เรื่อง แต่งตั้งเจ้าหน้าที่เวรประจำศูนย์"),
    (PARA, 140, "เพื่อให้การปฏิบัติงานเป็นไปด้วยความเรียบร้อย จึงแต่งตั้งเจ้าหน้าที่ดังนี้"),
    (200, 180, "สั่ง ณ วันที่ ๒ ตุลาคม พ.ศ. ๒๕๖๖"),
    (294, 240, "(นายวิรัช ทองแท้)"),
]
MINUTES: Rows = [
    (240, 60, "รายงานการประชุมหัวหน้าส่วน"),
    (263, 80, "ครั้งที่ ๘/๒๕๖๖"),
    (LEFT, 140, "ผู้มาประชุม"),
    (PARA, 160, "๑. นายสมหมาย ใจบุญ ประธาน"),
    (LEFT, 200, "เริ่มประชุมเวลา ๐๙.๓๐ น."),
    (LEFT, 220, "ระเบียบวาระที่ ๑ เรื่องที่ประธานแจ้งให้ที่ประชุมทราบ"),
    (LEFT, 260, "เลิกประชุมเวลา ๑๒.๑๕ น."),
]
FORM: Rows = [
    (240, 60, "แบบตอบรับการเข้าร่วมประชุม"),
    (LEFT, 100, "หน่วยงาน ....................................."),
    (LEFT, 130, "เรียน  ผู้ว่าราชการจังหวัดลำปาง"),
    (LEFT, 160, "เรื่อง  ตอบรับการเข้าร่วมประชุม"),
    (310, 190, "๒๖ มิถุนายน ๒๕๖๖"),
    (MID, 320, "(นางมะลิ หอมหวน)"),
]


def starts(second: Rows, first: Rows = FIRST) -> list[tuple[int, ...]]:
    pages = [
        page([line(x, y, text, page=n) for x, y, text in rows], n) for n, rows in ((1, first), (2, second))
    ]
    return [part.pages for part in split_letters(pages)]


@pytest.mark.parametrize("lost", range(len(LETTER)))
def test_a_letter_that_lost_one_row_still_begins(lost: int) -> None:
    assert starts([*LETTER[:lost], *LETTER[lost + 1 :]]) == [(1,), (2,)]


def test_what_was_pieced_together_is_never_sure() -> None:
    rows = [(page, row) for page, rows in ((1, FIRST), (2, LETTER[1:4] + LETTER[5:])) for row in rows]
    pages = [page([line(x, y, t, page=n) for number, (x, y, t) in rows if number == n], n) for n in (1, 2)]
    assert [part.confidence < 0.9 for part in split_letters(pages)] == [True, True]


@pytest.mark.parametrize("paper", [ORDER, MINUTES])
def test_an_order_and_minutes_begin_without_their_heading(paper: Rows) -> None:
    assert starts(paper[1:]) == [(1,), (2,)]


@pytest.mark.parametrize(
    "rows",
    [
        [(430, 40, "สิ่งที่ส่งมาด้วย ๑"), *LETTER[1:]],  # it calls itself an annex
        FORM,
        [(280, 45, "- ๒ -"), (LEFT, 90, "เรื่อง ดังกล่าวได้พิจารณาแล้ว"), *LETTER[6:]],
        [(LEFT, 90, "เรื่อง  การเบิกจ่าย"), (LEFT, 120, "เรียน  ทุกท่าน"), (PARA, 150, "โปรดทราบ")],
    ],
)
def test_what_only_looks_alike_begins_no_letter(rows: Rows) -> None:
    assert starts(rows) == [(1, 2)]


def test_the_last_page_of_an_order_is_no_order_of_its_own() -> None:
    assert starts(ORDER[2:], FIRST[:6]) == [(1, 2)]
