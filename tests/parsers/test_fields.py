"""Labels: found when damaged, never found in running text."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from parsers.fields import FIELDS, bones, bones_with_places, find_label


@pytest.mark.parametrize(
    ("text", "field", "value"),
    [
        ("เรื่อง ขอเชิญประชุม", "subject", "ขอเชิญประชุม"),
        ("เรือง  ขอเชิญประชุม", "subject", "ขอเชิญประชุม"),
        ("เรี่อง: ขอเชิญประชุม", "subject", "ขอเชิญประชุม"),
        ("เรื่อง ........ ขอเชิญประชุม", "subject", "ขอเชิญประชุม"),
        ("เรียน ผู้อำนวยการ", "addressee", "ผู้อำนวยการ"),
        ("เรียม ผู้อำนวยการ", "addressee", "ผู้อำนวยการ"),
        ("กราบเรียน นายกรัฐมนตรี", "addressee", "นายกรัฐมนตรี"),
        ("- สิ่งที่ส่งมาด้วย ๑. แบบตอบรับ", "enclosures", "๑. แบบตอบรับ"),
        ("สิงทีส่งมาดวย ๑. แบบตอบรับ", "enclosures", "๑. แบบตอบรับ"),
        ("สิ่งที่ ส่งมาด้วย แบบตอบรับ", "enclosures", "แบบตอบรับ"),
        ("อ้างถึง หนังสือกรม", "references", "หนังสือกรม"),
        ("อางถึง หนังสือกรม", "references", "หนังสือกรม"),
        ("ถึง กรมบัญชีกลาง", "to", "กรมบัญชีกลาง"),
        ("ส่วนราชการ กองคลัง", "agency", "กองคลัง"),
        ("สำเนาส่ง อำเภอเมือง", "copies", "อำเภอเมือง"),
        ("โทรสาร ๐ ๒๒๔๑", "fax", "๐ ๒๒๔๑"),
    ],
)
def test_a_label_is_found_though_marks_are_lost(text: str, field: str, value: str) -> None:
    label = find_label(text)
    assert label is not None
    assert label.field == field
    assert text[label.end :] == value


@pytest.mark.parametrize(
    "text",
    [
        "เรื่องนี้มีความสำคัญ",
        "เรียนรู้ตลอดชีวิต",
        "การเรียนการสอน",
        "จึงเรียนมาเพื่อโปรดทราบ",
        "ตามสิ่งที่ส่งมาด้วย ๑",
        "แม้ถึงเวลา",
        "เรา ขอเชิญ",
        "ร้องเรียน เรื่อง",
        "",
        " . - ",
    ],
)
def test_running_text_has_no_label(text: str) -> None:
    assert find_label(text) is None
    assert find_label(text, glued=True) is None


def test_a_label_without_space_behind_it_needs_leave() -> None:
    assert find_label("เรียนผู้อำนวยการ") is None
    label = find_label("เรียนผู้อำนวยการ", glued=True)
    assert label is not None
    assert label.trust < 1


def test_no_two_labels_look_alike() -> None:
    labels = [bones(label) for spec in FIELDS for label in spec.labels]
    assert len(labels) == len(set(labels))


@given(st.text())
def test_any_text_is_searched(text: str) -> None:
    label = find_label(text, glued=True)
    assert label is None or 0 < label.end <= len(text)


@pytest.mark.parametrize("text", ["E-maİ ก", "อีเมİ", "İEmai"])
def test_a_letter_whose_small_form_is_two_is_one_letter(text):
    find_label(text)
    got, places = bones_with_places(text)
    assert len(got) == len(places)
