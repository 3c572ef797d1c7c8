"""Timetables whose rows begin with an hour, and texts that only speak of hours."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from parsers.clocklist import read_clock_list
from parsers.rows import make_rows
from parsers.schedule import read_schedule
from schemas.contest import ScheduleRow
from schemas.ink import Page
from tests.layout import line, page, words_of

TWO_DAYS = page(
    [
        line(200, 60, "กำหนดการอบรมเชิงปฏิบัติการ"),
        line(85, 110, "วันพุธที่ 5 กุมภาพันธ์ 2568"),
        line(85, 135, "08.30 - 09.00 น.    ลงทะเบียน"),
        line(85, 155, "09.00 - 12.00 น.    บรรยาย เรื่อง การดูแลผู้สูงอายุ"),
        line(85, 175, "12.00 - 13.00 น.    พักรับประทานอาหารกลางวัน"),
        line(85, 205, "วันพฤหัสบดีที่ 6 กุมภาพันธ์ 2568"),
        line(85, 230, "09.00 - 16.00 น.    ศึกษาดูงาน"),
    ]
)
CEREMONY = page(
    [
        line(200, 60, "กำหนดการพิธีเปิด"),
        line(180, 80, "วันอังคารที่ ๑๑ มีนาคม ๒๕๖๘"),
        line(85, 120, "เวลา ๐๙.๐๐ น."),
        line(200, 120, "- ประธานเดินทางถึงบริเวณพิธี"),
        line(85, 145, "เวลา ๐๙.๑๕ น."),
        line(200, 145, "- ผู้กล่าวรายงาน กล่าวรายงาน"),
        line(200, 168, "- ประธานกล่าวเปิดงาน"),
        line(85, 195, "เวลา ๑๐.๐๐ น."),
        line(200, 195, "- เยี่ยมชมนิทรรศการ"),
    ]
)
TEXT = page(
    [
        line(85, 100, "เวลา ๐๙.๐๐ น. ประธานเปิดการประชุม"),
        line(85, 130, "และเมื่อเวลา ๑๐.๐๐ น. ได้พิจารณาเรื่องต่าง ๆ"),
        line(85, 160, "วันที่ ๕ มกราคม ๒๕๖๗ กำหนดประชุมครั้งต่อไป"),
    ]
)
COLUMNS = page(
    [
        line(200, 60, "กำหนดการ"),
        *(line(x, 100, text) for x, text in ((90, "วัน/เดือน/ปี"), (230, "เวลา"), (330, "กิจกรรม"))),
        *(line(x, 130, text) for x, text in ((90, "๓ มี.ค. ๖๘"), (230, "๐๘.๓๐ น."), (330, "พิธีเปิด"))),
        *(line(x, 155, text) for x, text in ((230, "๑๐.๐๐ น."), (330, "ประกวดรอบแรก"))),
        *(line(x, 185, text) for x, text in ((90, "๔ มี.ค. ๖๘"), (230, "๑๓.๓๐ น."), (330, "มอบรางวัล"))),
    ]
)


def told(rows: tuple[ScheduleRow, ...]) -> list[tuple[str, ...]]:
    return [
        tuple(str(one.value) if one is not None else "-" for one in (row.first, row.start, row.end, row.what))
        for row in rows
    ]


def plain(one: Page) -> Page:
    return words_of([row.text for row in one.lines])


@pytest.mark.parametrize("shape", [lambda one: one, plain])
def test_hours_stand_below_their_days(shape) -> None:
    one = shape(TWO_DAYS)
    assert told(read_schedule(one.lines, {1: one})) == [
        ("2025-02-05", "08:30:00", "09:00:00", "ลงทะเบียน"),
        ("2025-02-05", "09:00:00", "12:00:00", "บรรยาย เรื่อง การดูแลผู้สูงอายุ"),
        ("2025-02-05", "12:00:00", "13:00:00", "พักรับประทานอาหารกลางวัน"),
        ("2025-02-06", "09:00:00", "16:00:00", "ศึกษาดูงาน"),
    ]


@pytest.mark.parametrize("shape", [lambda one: one, plain])
def test_words_beside_and_below_an_hour_belong_to_it(shape) -> None:
    one = shape(CEREMONY)
    assert told(read_schedule(one.lines, {1: one})) == [
        ("2025-03-11", "09:00:00", "-", "ประธานเดินทางถึงบริเวณพิธี"),
        ("2025-03-11", "09:15:00", "-", "ผู้กล่าวรายงาน กล่าวรายงาน ประธานกล่าวเปิดงาน"),
        ("2025-03-11", "10:00:00", "-", "เยี่ยมชมนิทรรศการ"),
    ]


def test_running_text_is_no_timetable() -> None:
    assert read_schedule(TEXT.lines, {1: TEXT}) == ()


def test_a_column_of_hours_parts_rows_that_nothing_else_parts() -> None:
    assert told(read_schedule(COLUMNS.lines, {1: COLUMNS})) == [
        ("2025-03-03", "08:30:00", "-", "พิธีเปิด"),
        ("2025-03-03", "10:00:00", "-", "ประกวดรอบแรก"),
        ("2025-03-04", "13:30:00", "-", "มอบรางวัล"),
    ]


@given(st.lists(st.text(max_size=40) | st.sampled_from(["๐๙.๐๐ น.", "- ก", "๕ มกราคม ๒๕๖๗"]), max_size=12))
def test_any_text_is_borne(texts: list[str]) -> None:
    one = words_of(texts)
    read_clock_list(make_rows(one.lines, {1: one}))
