"""Announcements of contests become rules; other papers become none."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from parsers.contest import read_rules
from parsers.contestfiles import read_naming
from parsers.passages import Passage, join_rows
from parsers.rows import make_rows
from pipeline.transcript import read_transcript
from schemas.contest import Criterion, Rules
from schemas.ink import Line
from schemas.reading import Reading
from tests.golden_pages import PAGES
from tests.layout import line, page, words_of
from tests.parsers.contest_papers import HEALTH, MINISTRY, ORDINARY, PROVINCE, RESULT_TABLE, RESULTS, SCHOOL


def lines(text: str) -> list[Line]:
    return [one for page in read_transcript(text) for one in page.lines]


def rules(text: str) -> Rules:
    found = read_rules(lines(text))
    assert found is not None
    return found


def values(readings: tuple[Reading[str], ...] | tuple[Reading[int], ...]) -> list[object]:
    return [one.value for one in readings]


def weights(criteria: tuple[Criterion, ...]) -> list[tuple[str | None, float | None]]:
    return [(one.name.value, one.weight.value if one.weight else None) for one in criteria]


def value(reading: Reading[object] | None) -> object:
    return reading.value if reading is not None else None


def test_a_school_tells_its_contest() -> None:
    told = rules(SCHOOL)
    assert value(told.title) == "การประกวดวาดภาพระบายสี หัวข้อ “ป่าของหนู” ประจำปี ๒๕๖๗"
    assert value(told.organiser) == "โรงเรียนบ้านดอนแก้ววิทยา"
    assert (value(told.opens), value(told.closes)) == (dt.date(2024, 6, 1), dt.date(2024, 6, 30))
    assert values(told.entrants) == ["นักเรียน"]
    assert values(told.conditions) == ["ส่งผลงานได้คนละไม่เกิน ๑ ชิ้น และต้องวาดด้วยตนเอง"]
    assert values(told.submit) == ["ใบสมัครที่กรอกครบถ้วน", "สำเนาบัตรประจำตัวนักเรียน"]
    assert weights(told.criteria) == [
        ("ความคิดสร้างสรรค์", 40),
        ("ความสวยงามและการใช้สี", 30),
        ("ความสอดคล้องกับหัวข้อ", 30),
    ]
    assert value(told.total) == 100
    assert [(value(p.name), value(p.count), value(p.reward)) for p in told.prizes] == [
        ("รางวัลชนะเลิศ", 1, "เงินรางวัล ๓,๐๐๐ บาท พร้อมเกียรติบัตร"),
        ("รางวัลชมเชย", 5, "เงินรางวัลละ ๕๐๐ บาท"),
    ]
    assert values(told.contacts) == ["09 1234 5678"]
    assert [(value(row.what), value(row.last)) for row in told.schedule] == [
        ("รับสมัครและส่งผลงาน", dt.date(2024, 6, 30)),
        ("ประกาศผล", dt.date(2024, 7, 15)),
    ]


def test_a_health_office_tells_its_contest() -> None:
    told = rules(HEALTH)
    assert value(told.title) == "การประกวดนวัตกรรมสุขภาพชุมชน ประจำปีงบประมาณ พ.ศ. ๒๕๖๘"
    assert value(told.organiser) == "สำนักงานสาธารณสุขจังหวัดพะเยา"
    assert (value(told.opens), value(told.closes), value(told.closes_at)) == (
        dt.date(2024, 12, 2),
        dt.date(2025, 1, 31),
        dt.time(16, 30),
    )
    assert values(told.entrants) == ["โรงพยาบาลส่งเสริมสุขภาพตำบล", "โรงพยาบาลชุมชน"]
    assert value(told.in_use_months) == 6
    assert values(told.not_won_in) == [2567]
    assert values(told.naming) == ["<agency>_innovation.pdf"]
    assert weights(told.criteria) == [
        ("ความคิดริเริ่มสร้างสรรค์", 20),
        ("กระบวนการพัฒนานวัตกรรม", 30),
        ("ผลลัพธ์ต่อประชาชน", 35),
        ("การขยายผล", 15),
    ]
    assert value(told.total) == 100
    assert [(value(p.name), value(p.count), value(p.reward)) for p in told.prizes] == [
        ("รางวัลชนะเลิศ", 1, "เงินรางวัล ๑๐,๐๐๐ บาท พร้อมโล่"),
        ("รางวัลรองชนะเลิศอันดับ ๑", 1, "เงินรางวัล ๗,๐๐๐ บาท"),
        ("รางวัลชมเชย", 3, "รางวัลละ ๒,๐๐๐ บาท"),
    ]
    assert values(told.contacts) == ["0 5440 9123"]


def test_a_province_tells_its_contest_in_a_letter() -> None:
    told = rules(PROVINCE)
    assert value(told.title) == "ประกวดคลิปวิดีโอ “เมืองสะอาด คนยิ้มได้” ประจำปี 2568"
    assert value(told.organiser) == "จังหวัดน่าน"
    assert (value(told.opens), value(told.closes), value(told.closes_at)) == (
        None,
        dt.date(2025, 5, 30),
        dt.time(16, 30),
    )
    assert values(told.entrants) == ["เทศบาลตำบล", "องค์การบริหารส่วนตำบล"]
    assert value(told.in_use_months) == 12
    assert values(told.not_won_in) == [2566, 2567]
    assert values(told.submit) == ["ใบสมัคร", "คลิปวิดีโอ", "สำเนาหนังสือรับรองจากนายอำเภอ"]
    assert values(told.naming) == ["<agency>_<work>.mp4", "<agency>_<work>.mov"]
    assert weights(told.criteria) == [("การเล่าเรื่อง", 35), ("เทคนิคการถ่ายทำ", 25), ("ประโยชน์ต่อชุมชน", 40)]
    assert value(told.total) == 100
    assert values(told.contacts) == ["0 5471 0341", "clip@nan.example.go.th"]
    assert values(told.links) == ["https://nan.example.go.th/clip"]


def test_a_ministry_tells_of_an_award() -> None:
    told = rules(MINISTRY)
    assert value(told.title) == "รางวัลบริการภาครัฐสีเขียว ประจำปี พ.ศ. 2567"
    assert value(told.organiser) == "กรมพัฒนาบริการสีเขียว กระทรวงการบริการ"
    assert value(told.closes) == dt.date(2024, 7, 31)
    assert value(told.opens) is None  # ตั้งแต่บัดนี้: no day is printed
    assert values(told.entrants) == ["ส่วนราชการ", "รัฐวิสาหกิจ", "องค์การมหาชน"]
    assert value(told.in_use_before) == dt.date(2022, 10, 1)
    assert values(told.not_won_in) == [2565, 2566]
    assert values(told.naming) == ["<agency>-แบบสมัคร.pdf"]
    assert [(value(c.part), value(c.weight)) for c in told.criteria] == [
        ("ส่วนที่ 1 ผลลัพธ์ต่อผู้รับบริการ", 30),
        ("ส่วนที่ 1 ผลลัพธ์ต่อผู้รับบริการ", 30),
        ("ส่วนที่ 2 ความยั่งยืน", 15),
        ("ส่วนที่ 2 ความยั่งยืน", 25),
    ]
    assert [(value(p.name), value(p.count)) for p in told.prizes] == [("รางวัลดีเด่น", 3), ("รางวัลชมเชย", 10)]
    assert [value(row.what) for row in told.schedule] == [
        "รับสมัคร",
        "ตรวจประเมินรอบแรก",
        "นำเสนอต่อคณะกรรมการ",
        "ประกาศผล",
    ]


def test_the_same_day_told_in_two_ways_is_doubtful_where_they_differ() -> None:
    agreed = rules(SCHOOL).closes
    differs = rules(SCHOOL.replace("๖. ติดต่อสอบถาม", "หมดเขตส่งผลงาน วันที่ ๒๐ มิถุนายน ๒๕๖๗\n๖. ติดต่อสอบถาม")).closes
    assert agreed is not None
    assert differs is not None
    assert differs.confidence < agreed.confidence
    assert {differs.value, *differs.candidates} == {dt.date(2024, 6, 20), dt.date(2024, 6, 30)}


@pytest.mark.parametrize("name", ORDINARY)
def test_another_paper_tells_of_no_contest(name: str) -> None:
    assert read_rules(lines(ORDINARY[name])) is None


@pytest.mark.parametrize("text", [RESULTS, RESULT_TABLE], ids=["list", "table"])
def test_results_are_no_rules(text: str) -> None:
    assert read_rules(lines(text)) is None


def test_an_invitation_on_a_page_has_its_whole_title() -> None:
    pages = PAGES["external"]()
    told = read_rules([line for page in pages for line in page.lines], {p.number: p for p in pages})
    assert told is not None
    assert value(told.title) == ("ประกวดนวัตกรรมการบริหารจัดการขยะมูลฝอยชุมชนขององค์กรปกครองส่วนท้องถิ่น ประจำปี ๒๕๖๕")
    assert told.closes is not None
    assert told.closes.box is not None


@pytest.mark.parametrize("name", [name for name in PAGES if name != "external"])
def test_a_letter_on_file_tells_of_no_contest(name: str) -> None:
    pages = PAGES[name]()
    assert read_rules([line for page in pages for line in page.lines], {p.number: p for p in pages}) is None


@pytest.mark.parametrize(
    ("text", "names"),
    [
        (
            "สแกนใบสมัครในรูปแบบ ชื่อหน่วยงาน_form1.pdf หรือ ชื่อหน่วยงาน_form1.jpg",
            ["<agency>_form1.pdf", "<agency>_form1.jpg"],
        ),
        ("ให้ตั้งชื่อไฟล์ว่า ชื่อโรงเรียน-ชื่อผลงาน.pptx เท่านั้น", ["<agency>-<work>.pptx"]),
        ("บันทึกไฟล์เป็น form_[ชื่อหน่วยงาน].PDF", ["form_<agency>.pdf"]),
        ("โดยใช้ชื่อไฟล์ ชื่อทีม_ชื่อจังหวัด.mp4", ["<team>_<province>.mp4"]),
        ("ดาวน์โหลดคำแนะนำ (File: guide.docx) และแบบฟอร์ม form1.pdf", []),
        ("ดูรายละเอียดที่ https://example.go.th/ชื่อหน่วยงาน.html", []),
    ],
)
def test_file_names_are_rules_with_a_place_to_fill_in(text: str, names: list[str]) -> None:
    assert values(read_naming([passage(text)])) == names


def passage(text: str) -> Passage:
    return join_rows(make_rows(words_of([text]).lines, {}))


pieces = st.sampled_from(
    [
        *SCHOOL.split("\n"),
        *PROVINCE.split("\n"),
        *MINISTRY.split("\n"),
        *RESULTS.split("\n"),
        *RESULT_TABLE.split("\n"),
    ]
)


@st.composite
def damaged(draw: st.DrawFn) -> str:
    """Lines of contest papers in any order, with characters lost, doubled and changed as OCR does."""
    chosen = draw(st.lists(pieces | st.text(max_size=40), max_size=14))
    text = "\n".join(chosen)
    for at, kind in draw(
        st.lists(st.tuples(st.integers(0, max(0, len(text) - 1)), st.sampled_from("-+ๆ\t|\n")), max_size=12)
    ):
        text = (
            text[:at]
            + ("" if kind == "-" else text[at : at + 1] * 2 if kind == "+" else kind)
            + text[at + 1 :]
        )
    return text


@given(damaged())
def test_damaged_papers_give_rules_or_none_without_error(text: str) -> None:
    found = read_rules(lines(text))
    assert found is None or Rules.model_validate_json(found.model_dump_json()) == found


def test_the_truth_file_names_every_seed() -> None:
    assert len(list((Path(__file__).parent / "seed_truth").glob("00*.json"))) == 5


def test_a_line_end_between_the_words_and_a_file_name_does_not_join_them() -> None:
    lines = [
        line(90, 100, "ให้ส่งแบบฟอร์มการสมัครและรายงานผลการดำเนินงานฉบับสมบูรณ์ของปีนี้ในรูปแบบ"),
        line(90, 120, "ชื่อหน่วยงาน-แบบสมัคร.pdf"),
    ]
    one = page(lines)
    text = join_rows(make_rows(one.lines, {1: one}))
    assert values(read_naming([text])) == ["<agency>-แบบสมัคร.pdf"]


def test_weights_that_do_not_make_their_sum_are_doubtful() -> None:
    right, wrong = rules(SCHOOL), rules(SCHOOL.replace("การใช้สี ๓๐ คะแนน", "การใช้สี ๘๐ คะแนน"))
    sure = [one.weight.confidence for one in right.criteria if one.weight]
    unsure = [one.weight.confidence for one in wrong.criteria if one.weight]
    assert len(sure) == len(unsure) == 3
    assert max(unsure) < min(sure)
