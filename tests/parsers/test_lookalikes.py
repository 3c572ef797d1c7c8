"""Look-alike letters that make one word into another."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from parsers.lookalikes import has_scraps, likelier
from parsers.rows import Ink, make_rows, reading
from parsers.spelling import twins, weigh_spelling
from schemas.reading import Reading
from tests.layout import line, page


@pytest.mark.parametrize(
    ("read", "meant"),
    [
        ("ขอรายซื่อผู้เข้าอบรม", "ขอรายชื่อผู้เข้าอบรม"),
        ("ซ่อมรถกระเข้าไฟฟ้า", "ซ่อมรถกระเช้าไฟฟ้า"),
        ("การป๋องกันโรค", "การป้องกันโรค"),
        ("งานฝีมือซุมชน", "งานฝีมือชุมชน"),
        ("เทศบาลดำบล", "เทศบาลตำบล"),
        ("ขอเชิญสงผลงาน", "ขอเชิญส่งผลงาน"),
        ("ฝ่ายประลานราชการ", "ฝ่ายประสานราชการ"),
    ],
)
def test_a_far_commoner_word_is_the_likelier(read: str, meant: str) -> None:
    assert likelier(read) == meant


@pytest.mark.parametrize(
    "text",
    [
        "ขอเชิญร่วมโครงการตลาดนัดผ้าทอและงานฝีมือชุมชน ประจำปี ๒๕๖๗",
        "ซักซ้อมการรับส่งหนังสือที่มีชั้นความลับ",
        "สำนักงานส่งเสริมการปกครองท้องถิ่นจังหวัดลำปาง",
        "แจ้งผลการพิจารณาใบส่งผลงานเข้าประกวด",
        "ที่ ลป ๐๐๑๗.๒",
        "",
    ],
)
def test_sound_text_is_left_alone(text: str) -> None:
    assert likelier(text) is None


def weighed(text: str, reader: str) -> Reading[str]:
    one = page([line(85, 200, text, confidence=0.99)])
    (row,) = make_rows(one.lines, {1: one})
    return weigh_spelling(reading(text, [Ink(row, 0, len(text))]).model_copy(update={"reader": reader}))


def test_a_lone_doubtful_word_is_kept_as_read_but_not_sure() -> None:
    found = weighed("ฝายและคลอง", "print")
    assert found.value == "ฝายและคลอง"
    assert found.confidence < 0.9
    assert found.candidates == ("ฝ่ายและคลอง",)


@pytest.mark.parametrize(
    ("read", "meant"),
    [("ขอรายซื่อผู้เข้าอบรม", "ขอรายชื่อผู้เข้าอบรม"), ("ชักซ้อมแนวทางการเบิกจ่าย", "ซักซ้อมแนวทางการเบิกจ่าย")],
)
def test_pieces_that_are_one_word_are_joined_in_doubt(read: str, meant: str) -> None:
    found = weighed(read, "print")
    assert found.value == meant
    assert found.confidence < 0.9
    assert found.candidates == (read,)


def test_typed_text_is_believed() -> None:
    assert weighed("ขอรายซื่อผู้เข้าอบรม", "text-layer").confidence > 0.9


@given(st.text(alphabet=st.characters(min_codepoint=0x0E01, max_codepoint=0x0E5B), max_size=60))
def test_any_text_is_borne(text: str) -> None:
    likelier(text)


def test_on_a_poor_page_less_makes_a_word_suspicious() -> None:
    assert likelier("ระบบเดือนภัยน้ำหลาก") is None
    assert likelier("ระบบเดือนภัยน้ำหลาก", poor=True) == "ระบบเตือนภัยน้ำหลาก"
    assert likelier("ขอเชิญประชุมคณะกรรมการ", poor=True) is None


@pytest.mark.parametrize(
    ("text", "scraps"),
    [("ผู้อำนวยทารโรงเรียน", True), ("ผู้อำนวยการโรงเรียน", False), ("ขอเชิญประชุม", False), ("", False)],
)
def test_short_rare_words_may_be_what_is_left_of_others(text: str, scraps: bool) -> None:
    assert has_scraps(text) is scraps


@pytest.mark.parametrize(
    ("text", "sure"),
    [
        ("งานแผนและงบประมา๙", False),
        ("งานแผนและงบประมาณ", True),
        ("สรุปผลไตรมาสที่๓", True),
        ("ชำระค่าน้ำ ๑๒๐ บาท", True),
        ("วางท่อระบายนำ", False),
        ("อธิการบดีมหาวิทยาลัยล่มนำโขง", False),
        ("วางท่อระบายน้ำ", True),
        ("ขอเชิญเป็นวิทยากรแนะนำ", True),
        ("แจ้งการนำเข้าข้อมูล", True),
        ("ขอเชิญอบรมผู้นำชุมชน", True),
    ],
)
def test_a_digit_that_ends_a_word_and_water_without_its_tone_are_not_sure(text: str, sure: bool) -> None:
    assert (weighed(text, "print").confidence > 0.9) is sure


@pytest.mark.parametrize(
    ("family", "others"),
    [
        ("โซติช่วงเดช", ("โชติช่วงเดช",)),
        ("แชลิ้ม", ("แซ่ลิ้ม",)),
        ("ธารทองค่า", ("ธารทองคำ",)),
        ("แซ่ลิ้ม", ()),
        ("เพชรไพร", ()),
        ("", ()),
    ],
)
def test_a_letter_s_twin_that_makes_longer_words_of_a_name(family: str, others: tuple[str, ...]) -> None:
    assert twins(family) == others
