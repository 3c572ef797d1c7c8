"""Tables on pages without ruling lines, over page breaks, and in transcripts."""

from __future__ import annotations

from itertools import chain

import pytest
from hypothesis import given
from hypothesis import strategies as st

from parsers.criteria import read_criteria
from parsers.schedule import read_schedule
from parsers.tables import read_tables
from pipeline.transcript import read_transcript
from schemas.contest import Table
from schemas.ink import Line, Page
from tests.golden_pages import PAGES
from tests.layout import line, page

LEADING = 18.0


def tables(*pages: Page) -> tuple[Table, ...]:
    return read_tables({one.number: one for one in pages})


def texts(table: Table) -> list[list[str]]:
    return [[cell.text for cell in row] for row in table.rows]


def set_row(y: float, cells: list[str], lefts: list[float], number: int = 1) -> list[Line]:
    """One row whose cells begin at its top; `/` parts the lines of a cell."""
    return [
        line(x, y + at * LEADING, part, page=number)
        for x, cell in zip(lefts, cells, strict=True)
        for at, part in enumerate(cell.split("/") if cell else [])
    ]


CRITERIA = [
    ["๑. ความคิดริเริ่มและความใหม่/ของผลงานที่ส่งเข้าประกวด", "๓๐"],
    ["๒. ประโยชน์ต่อประชาชน", "๔๐"],
    ["๓. ความคุ้มค่าของงบประมาณ/เมื่อเทียบกับวิธีเดิม/และการดูแลรักษา", "๓๐"],
]


def criteria_page(*, centred: bool, padding: float = 6.0) -> Page:
    lines = [line(120, 90, "เกณฑ์การพิจารณา"), *set_row(140, ["เกณฑ์การพิจารณา", "คะแนน"], [90, 450])]
    y = 140 + LEADING + padding
    for name, weight in [*CRITERIA, ["รวม", "๑๐๐"]]:
        high = name.count("/") * LEADING
        lines += set_row(y, [name], [90])
        lines.append(line(458, y + (high / 2 if centred else 0), weight))
        y += high + LEADING + padding
    lines.append(line(90, y + 40, "ผู้จัดขอสงวนสิทธิ์ในการเปลี่ยนแปลงรายละเอียดได้ตามที่เห็นสมควรทุกประการ"))
    return page(lines)


@pytest.mark.parametrize("centred", [False, True], ids=["top", "middle"])
def test_a_table_of_criteria_has_its_rows_and_boxes(centred: bool) -> None:
    (table,) = tables(criteria_page(centred=centred))
    assert [cell.text for cell in table.header] == ["เกณฑ์การพิจารณา", "คะแนน"]
    assert texts(table) == [
        ["๑. ความคิดริเริ่มและความใหม่ของผลงานที่ส่งเข้าประกวด", "๓๐"],
        ["๒. ประโยชน์ต่อประชาชน", "๔๐"],
        ["๓. ความคุ้มค่าของงบประมาณเมื่อเทียบกับวิธีเดิมและการดูแลรักษา", "๓๐"],
        ["รวม", "๑๐๐"],
    ]
    cell = table.rows[2][0]
    assert cell.box is not None
    assert (cell.box.x0, cell.box.height) == (90, 2 * LEADING + 16)


@pytest.mark.parametrize("centred", [False, True], ids=["top", "middle"])
@pytest.mark.parametrize("padding", [6.0, 0.0], ids=["ruled", "typed"])
def test_criteria_are_read_from_a_page(centred: bool, padding: float) -> None:
    criteria = read_criteria(criteria_page(centred=centred, padding=padding).lines).criteria
    assert [one.weight and one.weight.value for one in criteria] == [30, 40, 30]
    assert criteria[1].name.value == "ประโยชน์ต่อประชาชน"


def schedule_lines(number: int, rows: list[list[str]], y: float = 120) -> list[Line]:
    lines: list[Line] = []
    for row in rows:
        lines += set_row(y, row, [80, 250, 430], number)
        y += LEADING * (1 + max(cell.count("/") for cell in row)) + 6
    return lines


HEADER = ["กิจกรรม", "ช่วงเวลา", "หมายเหตุ"]


def test_a_timetable_over_two_pages_is_one_table() -> None:
    first = page(
        [
            line(80, 90, "๖. กำหนดการ"),
            *schedule_lines(
                1,
                [
                    HEADER,
                    ["ชี้แจงรายละเอียด", "๑๓ มิถุนายน ๒๕๖๖/เวลา ๑๓.๓๐ – ๑๔.๓๐ น.", "ทางออนไลน์"],
                    ["เปิดรับสมัคร", "๑๕ – ๓๐ มิถุนายน ๒๕๖๖", "ทางเว็บไซต์"],
                ],
            ),
        ]
    )
    second = page(
        [
            line(290, 60, "- ๒ -", page=2),
            *schedule_lines(2, [HEADER, ["ประกาศผล", "ภายใน ๓๑ สิงหาคม ๒๕๖๖", "ทางเว็บไซต์"]]),
        ],
        2,
    )
    (table,) = tables(first, second)
    assert table.pages == (1, 2)
    assert [row[0] for row in texts(table)] == ["ชี้แจงรายละเอียด", "เปิดรับสมัคร", "ประกาศผล"]
    assert table.rows[0][1].text == "๑๓ มิถุนายน ๒๕๖๖ เวลา ๑๓.๓๐ – ๑๔.๓๐ น."
    assert [row[0].page for row in table.rows] == [1, 1, 2]
    rows = read_schedule([*first.lines, *second.lines], {1: first, 2: second})
    assert [row.last.value.isoformat() for row in rows if row.last and row.last.value] == [
        "2023-06-13",
        "2023-06-30",
        "2023-08-31",
    ]


def test_a_row_torn_by_a_page_break_is_mended() -> None:
    first = page(
        schedule_lines(
            1, [HEADER, ["รับสมัคร", "๑ มิถุนายน ๒๕๖๖", "ส่งทาง"], ["ตัดสิน", "๒ กรกฎาคม ๒๕๖๖", "ห้องประชุม"]], 640
        )
    )
    second = page(
        [
            *schedule_lines(2, [HEADER], 80),
            line(430, 104, "ชั้น ๕", page=2),
            *schedule_lines(2, [["ประกาศผล", "๓ สิงหาคม ๒๕๖๖", "ทางเว็บไซต์"]], 128),
        ],
        2,
    )
    (table,) = tables(first, second)
    assert [row[2] for row in texts(table)] == ["ส่งทาง", "ห้องประชุมชั้น ๕", "ทางเว็บไซต์"]


def test_a_list_of_a_committee_is_a_table() -> None:
    members = [
        ["๑. นายกองฟาง ทุ่งทอง", "ประธานกรรมการ"],
        ["๒. นางสาวดารา เดือนเต็ม", "กรรมการ"],
        ["๓. นายสายชล บัวงาม", "กรรมการ"],
        ["๔. นางเพ็ญแข ดาวเหนือ", "กรรมการและเลขานุการ"],
    ]
    lines = [line(150, 200, "จึงแต่งตั้งคณะกรรมการตัดสินการประกวด ประกอบด้วยบุคคลดังต่อไปนี้ โดยให้มีหน้าที่")]
    for at, row in enumerate(members):
        lines += set_row(230 + at * LEADING, row, [150, 380])
    lines.append(line(150, 230 + 5 * LEADING, "ทั้งนี้ ตั้งแต่บัดนี้เป็นต้นไป ให้คณะกรรมการปฏิบัติหน้าที่ให้เรียบร้อยโดยเร็วที่สุด"))
    (table,) = tables(page(lines))
    assert texts(table) == members


def test_scores_stand_beside_their_weights() -> None:
    lines = [line(90, 80, "ผลการพิจารณาตามเกณฑ์การพิจารณา")]
    rows = [["หัวข้อ", "คะแนนเต็ม", "คะแนนที่ได้"], ["๑) ปัญหา", "๓๐", "๒๔.๕"], ["๒) กระบวนการ", "๗๐", "๖๐.๒๕"]]
    for at, row in enumerate(rows):
        lines += set_row(110 + at * 24, row, [90, 320, 440])
    criteria = read_criteria(page(lines).lines).criteria
    assert [(c.name.value, c.weight and c.weight.value, c.score and c.score.value) for c in criteria] == [
        ("ปัญหา", 30, 24.5),
        ("กระบวนการ", 70, 60.25),
    ]


def test_cells_read_as_one_line_are_parted() -> None:
    rows = [
        "ลำดับ      หน่วยงาน                     คะแนน",
        "๑          เทศบาลตำบลธารใส             ๘๐",
        "๒          เทศบาลตำบลนาหว้า            ๗๕",
    ]
    (table,) = tables(page([line(90, 100 + at * 20, row) for at, row in enumerate(rows)]))
    assert len(table.header) == 3
    assert [row[1] for row in texts(table)] == ["เทศบาลตำบลธารใส", "เทศบาลตำบลนาหว้า"]


def test_a_leaning_page_gives_the_same_table() -> None:
    straight = criteria_page(centred=True)
    slope = 1.2 * 3.14159265 / 180

    def lean(one: Line) -> Line:
        def move(box: object) -> object:
            x0, y0, x1, y1 = box  # type: ignore[misc]
            fall = ((x0 + x1) / 2 - straight.width / 2) * slope
            return type(box)(x0, y0 + fall, x1, y1 + fall)  # type: ignore[call-arg]

        words = tuple(word.model_copy(update={"box": move(word.box)}) for word in one.words)
        return one.model_copy(update={"box": move(one.box), "words": words})

    leaning = straight.model_copy(update={"lines": tuple(map(lean, straight.lines)), "skew": 1.2})
    assert [texts(table) for table in tables(leaning)] == [texts(table) for table in tables(straight)]


@pytest.mark.parametrize("name", PAGES)
def test_a_letter_without_a_table_has_none(name: str) -> None:
    assert tables(*PAGES[name]()) == ()


def test_two_signers_side_by_side_are_no_table() -> None:
    lines = [
        *set_row(500, ["(ลงชื่อ).................", "(ลงชื่อ)................."], [90, 330]),
        *set_row(520, ["(นายกองฟาง ทุ่งทอง)", "(นางสาวดารา เดือนเต็ม)"], [90, 330]),
        *set_row(540, ["ประธานกรรมการ", "กรรมการและเลขานุการ"], [90, 330]),
        *set_row(560, ["วันที่ ๑ มิ.ย. ๒๕๖๖", "วันที่ ๑ มิ.ย. ๒๕๖๖"], [90, 330]),
    ]
    assert tables(page(lines)) == ()


def test_a_markdown_table_and_its_repeated_header() -> None:
    header = "| กิจกรรม | วันที่ |\n|---|---|\n"
    text = f"{header}| รับสมัคร | ๑ มิ.ย. ๒๕๖๖ |\n\f{header}| ประกาศผล | ๓ ก.ค. ๒๕๖๖ |\n"
    pages = read_transcript(text)
    (table,) = tables(*pages)
    assert table.pages == (1, 2)
    assert texts(table) == [["รับสมัคร", "๑ มิ.ย. ๒๕๖๖"], ["ประกาศผล", "๓ ก.ค. ๒๕๖๖"]]
    assert {cell.box for row in table.rows for cell in row} == {None}


def test_a_transcript_without_tables_has_none() -> None:
    assert tables(*read_transcript("เรื่อง ขอเชิญประชุม\n\nเรียน ทุกหน่วยงาน\n\tด้วยสำนักงานกำหนดจัดประชุม\n")) == ()


points = st.floats(0, 800, allow_nan=False)
words = st.text(st.characters(codec="utf-8"), max_size=12) | st.sampled_from(
    ["๑.", "รวม", "คะแนน", "๓๐", "หมวดที่ ๑", "กิจกรรม"]
)


@given(st.lists(st.tuples(points, points, words, st.integers(1, 3)), max_size=30))
def test_any_lines_give_tables_without_error(drawn: list[tuple[float, float, str, int]]) -> None:
    pages = []
    for number in (1, 2, 3):
        lines = [line(x, y, text, page=number) for x, y, text, at in drawn if at == number and text.strip()]
        pages.append(page([one for one in lines if one.words], number))
    for table in tables(*pages):
        assert {len(row) for row in table.rows} == {len(table.rows[0])}
    everything = list(chain.from_iterable(one.lines for one in pages))
    read_criteria(everything)
    read_schedule(everything)
