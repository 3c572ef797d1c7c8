"""Lists of enclosures and references."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from parsers.items import find_items, read_enclosures, read_references
from parsers.passages import join_rows
from parsers.rows import make_rows
from tests.layout import words_of


def items(text: str) -> list[tuple[str, str | None]]:
    return [(text[item.start : item.end], item.amount) for item in find_items(text)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("แบบตอบรับ จำนวน ๑ ชุด", [("แบบตอบรับ", "1 ชุด")]),
        ("แบบตอบรับ", [("แบบตอบรับ", None)]),
        (
            "๑. หลักเกณฑ์ จำนวน ๑ ชุด ๒. แบบฟอร์ม จำนวน 2 แผ่น ๓. กำหนดการ",
            [("หลักเกณฑ์", "1 ชุด"), ("แบบฟอร์ม", "2 แผ่น"), ("กำหนดการ", None)],
        ),
        ("1) หลักเกณฑ์ 2) แบบฟอร์ม", [("หลักเกณฑ์", None), ("แบบฟอร์ม", None)]),
        ("หลักเกณฑ์ จำนวน ๑ ชุด แบบฟอร์ม จำนวน ๒ แผ่น", [("หลักเกณฑ์", "1 ชุด"), ("แบบฟอร์ม", "2 แผ่น")]),
        ("สำเนา ที่ ลป ๐๐๑๗.๒/ว ๑๗๙๗ ลงวันที่ ๒. มีนาคม", [("สำเนา ที่ ลป ๐๐๑๗.๒/ว ๑๗๙๗ ลงวันที่ ๒. มีนาคม", None)]),
        ("คู่มือจำนวน 10 เล่ม ฉบับปรับปรุง", [("คู่มือจำนวน 10 เล่ม ฉบับปรับปรุง", None)]),
        (
            "๑. บัญชี จำนวน ๓ ชุด ๒ แผ่นพับ จำนวน ๖ แผ่น ๓. กำหนดการ",
            [("บัญชี", "3 ชุด"), ("แผ่นพับ", "6 แผ่น"), ("กำหนดการ", None)],
        ),
        ("1 หลักเกณฑ์การพิจารณา 2. แบบตอบรับ", [("หลักเกณฑ์การพิจารณา", None), ("แบบตอบรับ", None)]),
        ("1 ชุดคู่มือ", [("1 ชุดคู่มือ", None)]),
        ("๑. บัญชี ๒ ชุด ๒. แผ่นพับ", [("บัญชี ๒ ชุด", None), ("แผ่นพับ", None)]),
        ("แบบตอบรับ จำนวน ๓.แผ่น", [("แบบตอบรับ", "3 แผ่น")]),
        ("", []),
        (" ... ", []),
    ],
)
def test_lists_come_apart(text: str, expected: list[tuple[str, str | None]]) -> None:
    assert items(text) == expected


def test_an_enclosure_keeps_the_ink_of_both_its_parts() -> None:
    passage = join_rows(make_rows(words_of(["๑. รายละเอียดโครงการ", "ระยะที่ ๒ จำนวน ๑ ชุด"]).lines, {}))
    (enclosure,) = read_enclosures(passage)
    assert enclosure.title.value == "รายละเอียดโครงการระยะที่ ๒"
    assert enclosure.title.raw == "รายละเอียดโครงการ ระยะที่ ๒"
    assert enclosure.quantity is not None
    assert enclosure.quantity.raw == "จำนวน ๑ ชุด"


def test_a_title_that_runs_on_under_its_quantity_is_whole_and_not_sure() -> None:
    rows = ["๑. แบบสำรวจความเสียหายของ จำนวน ๑ ฉบับ", "อาคารชลประทาน", "๒. บัญชีรายชื่อ จำนวน ๑ ชุด"]
    first, second = read_enclosures(join_rows(make_rows(words_of(rows).lines, {})))
    assert first.title.value == "แบบสำรวจความเสียหายของอาคารชลประทาน"
    assert first.title.confidence < 0.9
    assert first.quantity is not None
    assert first.quantity.value == "1 ฉบับ"
    assert second.title.value == "บัญชีรายชื่อ"


def test_a_row_below_a_quantity_in_a_list_without_numbers_is_not_taken_for_its_title() -> None:
    rows = ["กำหนดการ จำนวน ๑ ฉบับ", "หลักเกณฑ์การพิจารณา"]
    (only,) = read_enclosures(join_rows(make_rows(words_of(rows).lines, {})))
    assert only.title.value is not None
    assert only.title.value.startswith("กำหนดการ จำนวน ๑ ฉบับ")
    assert only.title.confidence < 0.9


def test_a_reference_has_number_and_date() -> None:
    text = "หนังสือกรมส่งเสริม ที่ มท ๐๘๐๘.๒/ว ๑๑๒๒ ลงวันที่ ๒ พฤษภาคม ๒๕๖๕"
    (reference,) = read_references(join_rows(make_rows(words_of([text]).lines, {})), None)
    assert reference.number is not None
    assert reference.number.value is not None
    assert reference.number.value.text == "มท 0808.2/ว1122"
    assert reference.date is not None
    assert str(reference.date.value) == "2022-05-02"


def test_a_crumb_behind_the_day_of_a_reference_is_no_part_of_it() -> None:
    text = "หนังสือกรมส่งเสริม ที่ มท ๐๘๐๘.๒/ว ๑๑๒๒ ลงวันที่ ๒ พฤษภาคม ๒๕๖๕"
    (reference,) = read_references(join_rows(make_rows(words_of([text, "๗"]).lines, {})), None)
    assert reference.text.value == text


@given(st.text(alphabet="๑๒12.) จำนวนชุดกขค\n", max_size=80))
def test_any_list_is_parted_without_overlap(text: str) -> None:
    end = 0
    for item in find_items(text):
        assert end <= item.start <= item.end <= len(text)
        end = item.end


def test_a_row_joined_to_a_quantity_is_an_item_of_its_own() -> None:
    text = "กำหนดการ จำนวน 1 ฉบับหลักเกณฑ์การพิจารณา จำนวน ๒ ชุด"
    items = find_items(text)
    assert [text[i.start : i.end] for i in items] == ["กำหนดการ", "หลักเกณฑ์การพิจารณา"]
    assert [i.amount for i in items] == ["1 ฉบับ", "2 ชุด"]


def test_two_letters_in_one_reference_come_apart() -> None:
    said = (
        "หนังสือกรมอนามัย ที่ สธ ๐๒๑๑.๔/ว๑๐๕๖ ลงวันที่ ๓๐ กรกฎาคม ๒๕๕๗ "
        "หนังสือกรมพัฒนาฝีมือแรงงาน ที่ รง ๐๗๑๔.๒/ว๕๘๑๓ ลงวันที่ ๒ กรกฎาคม ๒๕๕๗"
    )
    for told in (said, said.replace(" หนังสือกรมพ", " ๒ หนังสือกรมพ")):
        sheet = words_of([told])
        found = read_references(join_rows(make_rows(sheet.lines, {})), None)
        assert [one.number.value.text for one in found if one.number and one.number.value] == [
            "สธ 0211.4/ว1056",
            "รง 0714.2/ว5813",
        ]
        assert found[1].text.value is not None
        assert found[1].text.value.startswith("หนังสือกรมพัฒนา")
    one = "หนังสือกรมอนามัย ที่ สธ ๐๒๑๑.๔/ว๑๐๕๖ ลงวันที่ ๓๐ กรกฎาคม ๒๕๕๗ เรื่อง การส่ง หนังสือเวียน"
    assert len(read_references(join_rows(make_rows(words_of([one]).lines, {})), None)) == 1


def test_an_enclosure_with_an_amount_in_its_title_is_not_sure() -> None:
    sheet = words_of(["คู่มือ จำนวน ๓ ๆ และแบบตอบรับ"])
    (one,) = read_enclosures(join_rows(make_rows(sheet.lines, {})))
    assert one.title.confidence < 0.7
