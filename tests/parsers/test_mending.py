"""Misread letters mended by the words around them; right text left alone."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from parsers.mending import likeliest
from parsers.spelling import mended
from schemas.reading import Reading

MISREAD = (
    ("ขอเชิญส่งผลงานเข้าประกวดกนนปลอดภัยหน้าโรงเรียน", "ขอเชิญส่งผลงานเข้าประกวดถนนปลอดภัยหน้าโรงเรียน"),
    ("ข้อมูลกูมิบัญญาท้องกิ่น", "ข้อมูลภูมิปัญญาท้องถิ่น"),
    ("บริการดิจิทัลลำหรับผู้สูงอายุ", "บริการดิจิทัลสำหรับผู้สูงอายุ"),
    ("แนวทางปฏิบัติการช่อมบำรุงถนน", "แนวทางปฏิบัติการซ่อมบำรุงถนน"),
    ("การป้องกันใข้เลือดออกในชุมชน", "การป้องกันไข้เลือดออกในชุมชน"),
    ("องคการบริหารส่วนจังหวัด", "องค์การบริหารส่วนจังหวัด"),
    ("ลงวันที่ ๑๔ กุมกาพันธ์ ๒๕๖๕", "ลงวันที่ ๑๔ กุมภาพันธ์ ๒๕๖๕"),
    ("วอข้อมูลจำนวนเรือประมงพื้นบ้าน", "ขอข้อมูลจำนวนเรือประมงพื้นบ้าน"),
    ("รายงานการประซุมคณะกรรมการ", "รายงานการประชุมคณะกรรมการ"),
)
RIGHT = (
    "ขอเชิญประชุมคณะกรรมการพัฒนาท้องถิ่น",
    "นายกองค์การบริหารส่วนตำบลหัวสะพานไม้",
    "นายกเทศมนตรีตำบลทุ่งดอกเอื้อง",
    "หัวหน้าส่วนราชการทุกแห่ง",
    "ขอส่งสำเนาหนังสือกรมส่งเสริมการปกครองท้องถิ่น",
    "การแจ้งรายชื่อผู้แทนเข้าร่วมโครงการ",
    "แผนที่แหล่งน้ำในเขตเทศบาลนครลำปาง",
    "แบบ ปค. ๑๔ และแบบ กนช.",
    "วอลเลย์บอลเยาวชนประชาชน",
    "สพร ๒๕๖๕/ว๙๐๗",
)


@pytest.mark.parametrize(("read", "true"), MISREAD)
def test_misread_words_are_mended(read, true):
    assert likeliest(read, 0.8) == true


@pytest.mark.parametrize("text", RIGHT)
def test_right_text_is_left_alone(text):
    assert likeliest(text, 0.8) is None


@given(st.text(max_size=80))
def test_any_text_is_taken(text):
    found = likeliest(text, 0.5)
    assert found is None or found != text


@given(st.text("กขคงจชดตถทนบปพมยรลวสหอ่้ัิีุูเแโไใาำ", min_size=1, max_size=40))
def test_any_thai_is_taken(text):
    likeliest(text, 0.5)


def _reading(value: str, confidence: float) -> Reading[str]:
    return Reading[str](value=value, raw=value, page=1, box=None, confidence=confidence, reader="print")


def test_a_mended_reading_is_never_sure_and_keeps_what_was_read():
    read, true = MISREAD[0]
    found = mended(_reading(read, 0.97))
    assert (found.value, found.raw) == (true, read)
    assert found.confidence < 0.9
    assert found.candidates[0] == read


def test_a_right_reading_stays_as_sure_as_it_was():
    assert mended(_reading(RIGHT[0], 0.97)) == _reading(RIGHT[0], 0.97)
