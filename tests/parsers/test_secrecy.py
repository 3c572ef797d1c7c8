"""Secrecy marks: never missed, never found inside words."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from parsers.rows import make_rows
from parsers.secrecy import secrecy_mark, urgency_mark
from schemas.ink import Ink, Line, Page
from tests.layout import line, page, words_of

BODY = [
    "ที่ กห ๐๔๐๗/๑๒",
    "เรื่อง การฝึก",
    "เรียน ผู้บัญชาการ",
    "ด้วยกรม",
    "ก",
    "ข",
    "ค",
    "ง",
    "จ",
    "ฉ",
    "ช",
    "ซ",
    "ฌ",
    "ญ",
]


@pytest.mark.parametrize(
    ("mark", "expected"),
    [
        ("ลับ", "ลับ"),
        ("- ลับ -", "ลับ"),
        ("* ลับ *", "ลับ"),
        ("(ลับ)", "ลับ"),
        ("ล ั บ", "ลับ"),
        ("ลบ", "ลับ"),
        ("ล้บ", "ลับ"),
        ("ลับ ลับ", "ลับ"),
        ("ลับมาก", "ลับมาก"),
        ("ลั บ ม า ก", "ลับมาก"),
        ("ลับมก", "ลับมาก"),
        ("ลับที่สุด", "ลับที่สุด"),
        ("ลับทีสุด", "ลับที่สุด"),
        ("ลับ ที่ สุด", "ลับที่สุด"),
        ("ลับที่สุต", "ลับที่สุด"),
        ("ลับที่ส", "ลับที่สุด"),
        ("ด่วนที่สุด ลับ", "ลับ"),
        ("ลับมาก ด่วนมาก", "ลับมาก"),
    ],
)
@pytest.mark.parametrize("place", ["top", "bottom", "first line", "last line"])
def test_a_mark_is_found_at_the_edges(mark: str, expected: str, place: str) -> None:
    if place in ("top", "bottom"):
        y = 30 if place == "top" else 800
        found = secrecy_mark(page([line(270, y, mark), line(85, 130, "ที่ กห ๐๔๐๗/๑๒")]))
    else:
        found = secrecy_mark(words_of([mark, *BODY] if place == "first line" else [*BODY, mark]))
    assert found == expected


@pytest.mark.parametrize(
    "text",
    [
        *("กลับ", "รับ", "ลำดับลับ", "สลับ", "ระดับ", "ประทับ", "ลับคม", "ลับแล", "อำเภอลับแล"),
        *("รับที่ ๑๒๓", "ลับที่ 2921", "ลับที่.....2921", "เอกสารลับของทางราชการ", "การรักษาความลับ"),
        *("ด่วนที่สุด", "ด่วนมาก", "มากที่สุด", "ดีที่สุด", "มาก", "", "12"),
    ],
)
def test_words_are_no_marks(text: str) -> None:
    assert secrecy_mark(page([line(90, 30, text), line(85, 130, "ที่ กห ๐๔๐๗/๑๒")])) is None
    assert secrecy_mark(words_of([text, *BODY])) is None


def test_a_mark_in_the_middle_of_the_page_is_a_word() -> None:
    assert secrecy_mark(page([line(270, 400, "ลับ")])) is None
    assert secrecy_mark(words_of([*BODY[:7], "ลับ", *BODY[7:]])) is None


def test_a_mark_far_from_its_neighbours_on_one_line_is_found() -> None:
    assert secrecy_mark(page([line(85, 30, "สำเนา            ลับ            ชุดที่ ๑")])) == "ลับ"
    assert secrecy_mark(page([line(85, 30, "ห้ามนำความ ลับ ไปเปิดเผย")])) is None


def test_the_highest_of_several_marks_counts() -> None:
    assert secrecy_mark(page([line(270, 30, "ลับ"), line(270, 800, "ลับมาก")])) == "ลับมาก"


def test_a_mark_on_a_page_scanned_upside_down_is_found() -> None:
    upside = page([line(270, 800, "ลับ")]).model_copy(update={"turned": 180})
    assert secrecy_mark(upside) == "ลับ"


@pytest.mark.parametrize("mark", ["ด่วน", "ด่วนมาก", "ด่วนที่สุด"])
def test_urgency_is_an_isolated_mark(mark: str) -> None:
    rows = make_rows(words_of([mark, "ที่ กห ๐๔๐๗/๑๒"]).lines, {})
    found = urgency_mark(rows)
    assert found is not None
    assert found.value == mark
    assert urgency_mark(make_rows(words_of([f"โดย{mark}", f"หนังสือ {mark} ที่ มท"]).lines, {})) is None


def test_urgency_with_lost_marks() -> None:
    found = urgency_mark(make_rows(words_of(["ดวนทีสุด"]).lines, {}))
    assert found is not None
    assert found.value == "ด่วนที่สุด"


@given(st.lists(st.text(max_size=20), max_size=15), st.sampled_from([0.0, 595.0]))
def test_any_page_is_searched(texts: list[str], width: float) -> None:
    lines = tuple(Line(text=text, page=1) for text in texts)
    secrecy_mark(Page(number=1, width=width, height=width, lines=lines))
    urgency_mark(make_rows(lines, {}))


@pytest.mark.parametrize(
    ("read", "expected"),
    [("สับ", "ลับ"), ("สัน", "ลับ"), ("จบมาก", "ลับมาก"), ("ลับม", "ลับมาก"), ("งบมาก", "ลับมาก")],
)
def test_a_misread_mark_in_the_middle_of_the_edge_is_still_a_mark(read: str, expected: str) -> None:
    assert secrecy_mark(page([line(280, 30, read), line(85, 130, "ที่ กห ๐๔๐๗/๑๒")])) == expected


@pytest.mark.parametrize("read", ["ต่วนที่สุด", "ค่วนที่สุด", "ศ่วนทีสุด"])
def test_a_misread_urgency_in_the_middle_of_the_edge_is_no_secrecy(read: str) -> None:
    assert secrecy_mark(page([line(260, 30, read), line(85, 130, "ที่ กห ๐๔๐๗/๑๒")])) is None


@pytest.mark.parametrize("text", ["สับ", "ด่วนมาก", "งบมาก"])
def test_such_a_word_elsewhere_is_none(text: str) -> None:
    assert secrecy_mark(page([line(85, 30, text), line(85, 400, text)])) is None


@pytest.mark.parametrize("read", ["ล่วบที่สุด", "ลวบที่สุด"])
def test_an_urgency_mark_at_the_side_whose_first_and_third_letters_are_misread_is_no_secrecy(
    read: str,
) -> None:
    head = line(85, 130, "ที่ กห ๐๔๐๗/๑๒")
    assert secrecy_mark(page([line(85, 90, read), head])) is None
    assert secrecy_mark(page([line(270, 30, read), head])) == "ลับที่สุด"


@pytest.mark.parametrize(
    ("size", "ink", "seen"), [(27, "colour", True), (16, "colour", False), (27, "black", False)]
)
def test_a_damaged_mark_over_the_emblem_counts_where_it_is_large_and_coloured(
    size: float, ink: Ink, seen: bool
) -> None:
    sheet = page([line(256, 50, "ต่วน", size=size, ink=ink)])
    found = urgency_mark(make_rows(sheet.lines, {1: sheet}))
    assert (found is not None) is seen
    assert found is None or (found.value == "ด่วน" and found.confidence < 0.9)
