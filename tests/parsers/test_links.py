"""Web addresses in text: mended where OCR broke them, and never anything else."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from parsers.links import find_links
from parsers.rows import make_rows
from tests.layout import words_of


def links(*rows: str) -> list[str]:
    return [str(link.text.value) for link in find_links(make_rows(words_of(rows).lines, {}))]


@pytest.mark.parametrize(
    ("rows", "wanted"),
    [
        (["ลงทะเบียนที่ https://forms.gle/9yhPU รายละเอียด"], ["https://forms.gle/9yhPU"]),
        (["https://forms. gle/9yhPU"], ["https://forms.gle/9yhPU"]),
        (["http : //www.water.go.th"], ["http://www.water.go.th"]),
        (["www. water.or. th โทร."], ["www.water.or.th"]),
        (["ดาวน์โหลดที่ short.water.or.th/abc หรือ"], ["short.water.or.th/abc"]),
        (["(https://a.or.th/x_(b))."], ["https://a.or.th/x_(b)"]),
        (["เว็บไซต์ https://a.go.th/very/", "long/path?x=1 ขอให้"], ["https://a.go.th/very/long/path?x=1"]),
        (["https://a.go.th/x", "https://a.go.th/x"], ["https://a.go.th/x"]),
        (["พบกันได้ที่ river.water.or.th และที่อื่น"], ["river.water.or.th"]),
        (["ดูที่ https://a.go.th/", "๑. ข้อแรก"], ["https://a.go.th/"]),
    ],
)
def test_addresses_are_found_and_mended(rows: list[str], wanted: list[str]) -> None:
    assert links(*rows) == wanted


@pytest.mark.parametrize(
    "text",
    [
        "ไปรษณีย์อิเล็กทรอนิกส์ saraban@water.go.th",
        "E-mail : somchai.j@mail.water.or.th",
        "javascript:alert(document.cookie)",
        "data:text/html,x",
        "ที่ มท 0808.2/ว 123 ลงวันที่ 5 ม.ค. 2566",
        "ชื่อหน่วยงาน_form1.pdf หรือ guide.docx",
        "เวลา 09.30 - 12.00 น.",
        "พ.ร.บ. ข้อมูลข่าวสารฯ",
    ],
)
def test_what_is_no_web_address_is_none(text: str) -> None:
    assert links(text) == []


def test_a_mended_address_is_less_sure_than_a_sound_one() -> None:
    sound, mended = (
        find_links(make_rows(words_of([text]).lines, {}))[0]
        for text in ("https://a.go.th/xy", "https://a. go.th/xy")
    )
    assert mended.text.confidence < sound.text.confidence
    assert {sound.source, mended.source} == {"text"}


@given(st.text(max_size=120))
def test_any_text_is_borne(text: str) -> None:
    assert all("javascript" not in link.split(":")[0] for link in links(*text.splitlines()))
