"""Letters of each kind from pages on file, and what any rubbish becomes."""

from __future__ import annotations

import datetime as dt
import time
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from parsers.letters import read_letter
from pipeline.bundle import split_letters
from schemas.ink import Box, Line, Page, Word
from schemas.letter import Letter
from tests.conftest import Golden
from tests.golden_pages import PAGES
from tests.layout import line, page, words_of

GOLDEN = Path(__file__).parents[1] / "golden"


def read(*pages: Page) -> Letter:
    lines = [one for page in pages for one in page.lines]
    return read_letter(lines, {page.number: page for page in pages})


@pytest.mark.parametrize("name", PAGES)
def test_pages_on_file_give_the_letter_on_file(name: str, golden: Golden) -> None:
    pages = PAGES[name]()
    golden(GOLDEN / name / "pages.json", list(pages))
    parts = split_letters(pages)
    assert len(parts) == 1
    golden(GOLDEN / name / "letter.json", read_letter(parts[0].lines, {p.number: p for p in pages}))


@pytest.mark.parametrize("name", PAGES)
def test_a_letter_survives_its_own_json(name: str) -> None:
    letter = read(*PAGES[name]())
    assert Letter.model_validate_json(letter.model_dump_json()) == letter


@pytest.mark.parametrize("name", [name for name in PAGES if name != "english"])
def test_a_leaning_page_reads_the_same(name: str) -> None:
    """Boxes come from the page as scanned; the fields must not depend on how it lay on the glass."""
    straight = PAGES[name]()
    leaning = tuple(lean(one, 1.2) for one in straight)
    assert facts(read(*leaning)) == facts(read(*straight))


@pytest.mark.parametrize("turned", [90, 180, 270])
def test_a_turned_page_reads_the_same(turned: int) -> None:
    upright = PAGES["external"]()
    assert facts(read(*(turn(one, turned) for one in upright))) == facts(read(*upright))


def lean(one: Page, degrees: float) -> Page:
    """The page as it would be scanned when it must be turned anticlockwise by `degrees` to stand level."""
    slope = degrees * 3.14159265 / 180

    def move(box: Box) -> Box:
        fall = ((box.x0 + box.x1) / 2 - one.width / 2) * slope
        return Box(box.x0, box.y0 + fall, box.x1, box.y1 + fall)

    return moved(one, move).model_copy(update={"skew": one.skew + degrees})


def turn(one: Page, degrees: int) -> Page:
    """The page as it would lie before it is turned clockwise by `degrees`."""
    wide, high = one.width, one.height

    def move(box: Box) -> Box:
        if degrees == 90:
            return Box(box.y0, wide - box.x1, box.y1, wide - box.x0)
        if degrees == 180:
            return Box(wide - box.x1, high - box.y1, wide - box.x0, high - box.y0)
        return Box(high - box.y1, box.x0, high - box.y0, box.x1)

    size = {"width": high, "height": wide} if degrees != 180 else {}
    return moved(one, move).model_copy(update={"turned": degrees, **size})


def moved(one: Page, move) -> Page:  # type: ignore[no-untyped-def]
    lines = []
    for old in one.lines:
        words = tuple(word.model_copy(update={"box": move(word.box)}) for word in old.words)
        boxes = [word.box for word in words]
        box = Box(
            min(b.x0 for b in boxes),
            min(b.y0 for b in boxes),
            max(b.x1 for b in boxes),
            max(b.y1 for b in boxes),
        )
        lines.append(old.model_copy(update={"words": words, "box": box}))
    return one.model_copy(update={"lines": tuple(lines)})


def facts(node: object) -> object:
    """A letter without boxes: what was read, not where."""
    if isinstance(node, Letter):
        return facts(node.model_dump())
    if isinstance(node, dict):
        return {key: facts(part) for key, part in node.items() if key != "box"}
    if isinstance(node, list | tuple):
        return [facts(part) for part in node]
    return node


def test_every_reading_stands_on_its_ink() -> None:
    pages = PAGES["external"]()
    letter = read(*pages)
    number, date = letter.number, letter.date
    assert number is not None
    assert date is not None
    assert number.box is not None
    assert (number.box.y0, number.box.y1) == (130, 146)
    assert number.box.x0 > 85  # without its label
    assert number.raw == "มท ๐๘๐๘.๒/ว ๒๖๐๑"
    assert date.raw == "๑๙ สิงหาคม ๒๕๖๕"
    (deadline,) = letter.deadlines
    assert deadline.phrase.value == "ภายในวันศุกร์ที่ ๓๐ กันยายน ๒๕๖๕"  # over two rows
    assert deadline.phrase.box.y0 == 420
    assert deadline.phrase.box.y1 == 456


def test_the_year_in_the_number_is_weighed_against_the_date() -> None:
    def confidence(year: str) -> float:
        found = read(words_of(["ที่ สพร ๒๕๖๕/ว๙๐๗", f"๑๙ สิงหาคม {year}", "เรื่อง ก", "เรียน ข", "ด้วย ค"]))
        assert found.date is not None
        return found.date.confidence

    assert confidence("๒๕๖๕") > confidence("๒๕๖๔")


def test_a_date_whose_day_is_not_read_is_seen_but_not_understood() -> None:
    letter = read(words_of(["ที่ ศธ ๐๔๐๐๕/ว๙๐๗", "กรกฎาคม ๒๕๕๘", "เรื่อง ขอเชิญ", "เรียน ผู้อำนวยการ", "ด้วยกรม"]))
    assert letter.date is not None
    assert letter.date.value is None
    assert letter.date.raw == "กรกฎาคม ๒๕๕๘"


def test_pen_ink_beside_the_print_joins_its_field() -> None:
    letter = read(
        page(
            [
                line(85, 130, "ที่ ศธ ๐๔๐๐๕/"),
                line(190, 126, "ว ๒๖๐", ink="colour", confidence=0.7),
                line(300, 180, "๒๐", ink="colour", confidence=0.6),
                line(325, 182, "กรกฎาคม ๒๕๕๘"),
                line(85, 220, "เรื่อง  การประชุม"),
                line(85, 245, "เรียน  ผู้อำนวยการ"),
            ]
        )
    )
    assert letter.number is not None
    assert letter.number.value is not None
    assert letter.number.value.text == "ศธ 04005/ว260"
    assert letter.number.confidence <= 0.7
    assert letter.date is not None
    assert letter.date.value == dt.date(2015, 7, 20)
    assert letter.date.confidence <= 0.6


def test_the_date_of_a_stamp_is_never_the_letters() -> None:
    letter = read(
        words_of(
            [
                "ที่ ชม ๕๒๐๐๑/๑๒๓",
                "เทศบาลเมืองสุข",
                "เลขรับ 55",
                "วันที่ 7 ก.ย. 2566",
                "เวลา",
                "เรื่อง ขอเชิญ",
                "เรียน นายกเทศมนตรี",
                "ด้วย",
            ]
        )
    )
    assert letter.date is None
    assert letter.receipts[0].date is not None
    assert letter.receipts[0].date.value == dt.date(2023, 9, 7)
    assert letter.receipts[0].time is None


TEXTS = st.one_of(
    st.text(max_size=60),
    st.sampled_from(
        [
            *("ที่ สพร ๒๕๖๕/ว๙๐๗", "เรื่อง", "เรียน", "อ้างถึง", "ถึง", "สิ่งที่ส่งมาด้วย ๑.", "จำนวน ๑ ชุด"),
            *("ขอแสดงความนับถือ", "(นายก ข)", "โทร. ๐", "a@b", "สำเนาส่ง", "- ๒ -", "/ต่อ ..."),
            *("บันทึกข้อความ", "ส่วนราชการ", "วันที่", "เลขที่รับ ๑", "เวลา 9.00 น.", "๑ มกราคม ๒๕๖๕"),
            *("คำสั่ง", "ที่ ๑/๒๕๖๕", "สั่ง ณ วันที่", "ประกาศ", "ให้ไว้ ณ วันที่ ๑", "หนังสือรับรอง"),
            *("เลขที่ ๑/๒๕๖๖", "ลับ", "ด่วน"),
        ]
    ),
)
EDGES = st.floats(-50, 900, allow_nan=False, width=32)


@st.composite
def any_line(draw: st.DrawFn) -> Line:
    text, page_number = draw(TEXTS), draw(st.integers(1, 3))
    if draw(st.booleans()):
        return Line(text=text, page=page_number, confidence=draw(st.floats(0, 1)))
    box = Box(*(draw(EDGES) for _ in range(4)))
    words = tuple(Word(text=part, box=Box(*(draw(EDGES) for _ in range(4)))) for part in text.split()[:6])
    return Line(
        text=text, page=page_number, box=box, words=words, ink=draw(st.sampled_from(["black", "colour"]))
    )


@given(st.lists(any_line(), max_size=25), st.sampled_from([0.0, 595.0]), st.sampled_from([0, 90, 180, 270]))
def test_any_lines_give_a_letter(lines: list[Line], width: float, turned: int) -> None:
    pages = [
        Page(
            number=number,
            width=width,
            height=width * 1.4,
            turned=turned,
            lines=tuple(one for one in lines if one.page == number),
        )
        for number in (1, 2, 3)
    ]
    by_number = {one.number: one for one in pages}
    parts = split_letters(pages)
    # every line lands in exactly one part; printed page numbers may put pages into another order
    assert sorted(id(one) for part in parts for one in part.lines) == sorted(
        id(one) for p in pages for one in p.lines
    )
    for part in parts:
        letter = read_letter(part.lines, by_number)
        assert Letter.model_validate_json(letter.model_dump_json()) == letter
    read_letter(lines, {})


def test_pages_in_another_order_keep_their_labels_apart() -> None:
    """Printed page numbers may put a file's second page first; labels are those of the heading's own page."""

    def sheet(number: int, *texts: str) -> list[Line]:
        return list(words_of(texts, number).lines)

    form = sheet(1, "เรื่อง แบบเสนอผลงาน", "ด้วยจังหวัดจะจัดงาน")
    whole = [*sheet(2, "ประกาศจังหวัดลำใหม่", "เรื่อง การประกวดนวัตกรรม"), *form]
    letter = read_letter(whole, {})
    assert letter.subject is not None
    assert letter.subject.value == "การประกวดนวัตกรรม"
    bare = read_letter([*sheet(2, "ประกาศจังหวัดลำใหม่"), *form, *sheet(3, "ข้อความ")], {})
    assert bare.kind is not None
    assert bare.kind.value == "announcement"
    assert bare.subject is None


def test_reading_takes_time_in_proportion_to_the_lines() -> None:
    block = [
        "เรื่อง ขอเชิญ",
        "เรียน ผู้อำนวยการ",
        "เลขที่รับ 12",
        "วันที่ ๑ ม.ค. ๒๕๖๕",
        "ที่ สพร ๒๕๖๕/ว๙๐๗",
        "(นายก ข)",
        "โทร. ๐ ๒๒๒๒ ๒๒๒๒",
    ]

    def seconds(times: int) -> float:
        lines = words_of(block * times).lines
        started = time.process_time()
        for part in split_letters([words_of(block * times)]):
            read_letter(part.lines, {})
        read_letter(lines, {})
        return time.process_time() - started

    seconds(20)
    assert seconds(1600) < 14 * max(seconds(200), 0.02)


def test_a_date_that_goes_on_with_a_sentence_is_no_sealed_letters_date() -> None:
    rows = [
        line(85, 130, "ที่ ดศ ๐๔๑๔.๕/๕๓๓๘"),
        line(85, 155, "ถึง สำนักงานจังหวัดลำปาง"),
        line(130, 190, "จึงขอให้หน่วยงานพิจารณาดำเนินการและแจ้งผลให้ทราบ ภายในวัน"),
        line(85, 210, "จันทร์ที่ ๑๑ พฤษภาคม ๒๕๕๘"),
        line(130, 235, "จึงเรียนมาเพื่อโปรดทราบ"),
        line(330, 290, "กรมอุตุนิยมวิทยา"),
    ]
    undated = read(page(rows))
    assert undated.date is None or undated.date.value is None
    assert [one.date.value for one in undated.deadlines] == [dt.date(2015, 5, 11)]
    dated = read(page([*rows, line(330, 315, "๖ เมษายน ๒๕๕๘")]))
    assert dated.date is not None
    assert dated.date.value == dt.date(2015, 4, 6)


def test_a_memos_date_that_was_not_understood_is_not_taken_from_a_stamp_above() -> None:
    rows = [
        line(90, 30, "รับที่ ๗"),
        line(90, 52, "วันที่ 9 ก.พ. 2561"),
        line(223, 40, "บันทึกข้อความ", size=29),
        line(84, 86, "ส่วนราชการ กรมการพัฒนาชุมชน"),
        line(85, 110, "ที่ มท ๐๘๒๐.๖/ว๔๖๗๐"),
        line(300, 110, "วันที่"),
        line(343, 112, "๑๓ กุมภาพัน์ธิี ๒๖๐๑"),
        line(85, 135, "เรื่อง ขอเชิญประชุม"),
        line(85, 160, "เรียน หัวหน้าส่วนราชการ"),
        line(120, 190, "ด้วยกรมจะจัดประชุม"),
        line(330, 290, "(นายสมชาย ใจดี)"),
    ]
    memo = read(page(rows))
    assert memo.date is not None
    assert memo.date.value is None
    assert "กุมภา" in memo.date.raw


def test_a_telephone_apart_from_its_label_is_found_and_doubted() -> None:
    rows = [
        line(85, 130, "ที่ มท ๐๘๒๐.๖/ว๔๖๗๐"),
        line(250, 160, "๑๓ กุมภาพันธ์ ๒๕๖๑"),
        line(85, 185, "เรื่อง ขอเชิญประชุม"),
        line(85, 210, "เรียน หัวหน้าส่วนราชการ"),
        line(120, 240, "ด้วยกรมจะจัดประชุม"),
        line(330, 290, "ขอแสดงความนับถือ"),
        line(330, 330, "(นายสมชาย ใจดี)"),
        line(85, 440, "โทร."),
        line(118, 442, "๐ ๗๒๔๔ ๘๓๓๐"),
    ]
    found = read(page(rows)).phone
    assert found is not None
    assert found.value == "0 7244 8330"
    assert found.confidence < 0.9


def test_a_stray_label_is_no_memos_agency() -> None:
    rows = [
        line(223, 40, "บันทึกข้อความ", size=29),
        line(84, 86, "ส่วนราชการ"),
        line(250, 86, "วันที่"),
        line(85, 110, "ที่ มท ๐๘๒๐.๖/ว๔๖๗๐"),
        line(85, 135, "เรื่อง ขอเชิญประชุม"),
        line(85, 160, "เรียน หัวหน้าส่วนราชการ"),
        line(120, 190, "ด้วยกรมจะจัดประชุม"),
    ]
    memo = read(page(rows))
    assert memo.agency is None or memo.agency.value != "วันที่"
