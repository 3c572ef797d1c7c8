"""Transcripts: marks of Markdown and HTML off, words untouched."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.transcript import CONFIDENCE, plain, read_transcript


@pytest.mark.parametrize(
    ("line", "text"),
    [
        ("# ด่วนมาก", "ด่วนมาก"),
        ("#### กำหนดส่งผลงาน", "กำหนดส่งผลงาน"),
        ("- 1) เข้าเว็บไซต์ <https://dgti.dga.or.th/x_y/>", "1) เข้าเว็บไซต์ https://dgti.dga.or.th/x_y/"),
        ("**รวม** <b>100</b>", "รวม  100"),
        ("\\* ผู้จัด หน่วยงาน\\_form1.pdf", "* ผู้จัด หน่วยงาน_form1.pdf"),
        ("- ๒ -", "- ๒ -"),
        ("| ก | ข |", "ก\tข"),
        ("| | ข | |", "\tข"),
        ("| ก | | ค |", "ก\t\tค"),
        ("\tด้วยสำนักงาน", "ด้วยสำนักงาน"),
        ("\tข้อ ๒\tค", "\tข้อ ๒\tค"),
        ("<tr><td>ก</td><td>ข</td></tr>", "ก\t ข"),
        ("|---|:-:|", ""),
        ("---", ""),
        ("* * *", ""),
        ("```", ""),
        ("[ดูที่นี่](https://x.go.th)", "ดูที่นี่"),
        ("ก &amp; ข", "ก & ข"),
        ("๒ < ๓ และ ๕ > ๔", "๒ < ๓ และ ๕ > ๔"),
        ("a_b_c 2*3*4", "a_b_c 2*3*4"),
        ("เลขที่รับ... ๒๓๖๙.", "เลขที่รับ... ๒๓๖๙."),
    ],
)
def test_marks_come_off(line: str, text: str) -> None:
    assert plain(line) == text


def test_form_feeds_part_pages() -> None:
    pages = read_transcript("\ufeffหน้าแรก\n\n\fหน้าสอง\nต่อ\f")
    assert [[line.text for line in page.lines] for page in pages] == [["หน้าแรก"], ["หน้าสอง", "ต่อ"]]
    assert [page.number for page in pages] == [1, 2]
    assert {line.page for line in pages[1].lines} == {2}


def test_lines_say_that_another_engine_read_them() -> None:
    (page,) = read_transcript("ที่ สพร ๒๕๖๕/ว๙๐๗")
    (line,) = page.lines
    assert (page.width, page.height, page.reader) == (0, 0, "transcript")
    assert (line.reader, line.confidence, line.box) == ("transcript", CONFIDENCE, None)
    assert CONFIDENCE < 0.9


def test_an_empty_transcript_is_an_empty_page() -> None:
    assert [page.lines for page in read_transcript("")] == [()]


@given(st.text())
def test_any_text_gives_pages(text: str) -> None:
    pages = read_transcript(text)
    assert [page.number for page in pages] == list(range(1, len(pages) + 1))
    assert all(line.text.strip() for page in pages for line in page.lines)
