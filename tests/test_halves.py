"""Two pages on one sheet: each is read as a page of its own, the left one first."""

from __future__ import annotations

import pytest

from pipeline.halves import in_halves
from pipeline.understand import understand
from schemas.ink import Box, Line, Page
from schemas.result import Document
from tests.layout import line

A3 = (1190.0, 842.0)
ORDER = (
    line(248, 130, "คำสั่งกรมส่งเสริมหัตถศิลป์"),
    line(277, 148, "ที่ ๑๕๖/๒๕๖๘"),
    line(221, 166, "เรื่อง แต่งตั้งคณะกรรมการตรวจรับพัสดุ"),
    line(145, 190, "เพื่อให้การดำเนินงานเป็นไปด้วยความเรียบร้อย จึงแต่งตั้งบุคคลดังต่อไปนี้"),
    line(193, 430, "สั่ง ณ วันที่ ๘ มิถุนายน ๒๕๖๘"),
    line(375, 500, "(นางสาวเบญจมาศ ใจซื่อ)"),
    line(390, 520, "อธิบดีกรมส่งเสริมหัตถศิลป์"),
)
LIST = (
    line(700, 130, "บัญชีรายชื่อ"),
    line(680, 160, "๑. นายปรีดี ศิลาทอง"),
    line(680, 180, "๒. นางแก้วกัลยา เถื่อนถ้ำ"),
)


def read(lines: tuple[Line, ...], size: tuple[float, float] = A3) -> Page:
    """The page as `sheet.read_page` gives it."""
    halves = in_halves(lines, size, 0)
    return Page(number=1, width=size[0], height=size[1], lines=halves or lines, halved=halves is not None)


def in_rows(*lines: Line) -> tuple[Line, ...]:
    """Lines in the order in which they stand on the sheet, whichever half they are of."""
    return tuple(sorted(lines, key=lambda one: one.box.y0 if one.box is not None else 0.0))


@pytest.mark.parametrize("beside", [(), LIST], ids=["empty", "written"])
def test_an_order_on_half_a_sheet_is_an_order(beside: tuple[Line, ...]) -> None:
    page = read(in_rows(*ORDER, *beside))
    assert page.halved
    assert [one.text for one in page.lines] == [one.text for one in (*ORDER, *beside)]
    document = Document(file="a3.pdf", sha256="0" * 64, pages=(page,))
    (letter,) = understand(document).letters
    assert letter.kind.value == "order"
    assert letter.agency is not None
    assert letter.agency.value == "กรมส่งเสริมหัตถศิลป์"
    assert letter.date is not None
    assert str(letter.date.value) == "2025-06-08"
    assert letter.signatory is not None
    assert letter.signatory.name is not None
    assert letter.signatory.name.value == "นางสาวเบญจมาศ ใจซื่อ"


def test_a_line_across_the_middle_makes_one_page_of_it() -> None:
    title = line(480, 60, "รายงานผลการดำเนินงานตามแผนปฏิบัติราชการประจำปี")
    assert title.box is not None
    assert title.box.x0 < 595 < title.box.x1
    assert not read(in_rows(title, *ORDER, *LIST)).halved


@pytest.mark.parametrize("size", [(595.0, 842.0), (1190.0, 500.0)])
def test_other_sheets_bear_one_page(size: tuple[float, float]) -> None:
    assert not read(ORDER, size).halved


def test_a_sheet_that_was_scanned_lying_is_halved_as_it_stands() -> None:
    def lying(one: Line) -> Line:
        box = one.box
        assert box is not None
        return one.model_copy(update={"box": Box(box.y0, A3[0] - box.x1, box.y1, A3[0] - box.x0)})

    rows = in_rows(*ORDER, *LIST)
    halves = in_halves([lying(one) for one in rows], A3[::-1], 90)
    assert halves is not None
    assert [one.text for one in halves] == [one.text for one in (*ORDER, *LIST)]
