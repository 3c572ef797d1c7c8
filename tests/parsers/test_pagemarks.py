"""What a page says of its own place: number, label, catchword."""

from __future__ import annotations

import pytest

from parsers.catchwords import continues, foot_catchword, is_catchword
from parsers.pagemarks import annex_label, label_of, printed_number
from parsers.rows import Row, make_rows
from tests.layout import line, page


def rows(*texts: tuple[float, float, str], number: int = 1) -> list[Row]:
    sheet = page([line(x, y, text, page=number) for x, y, text in texts], number)
    return make_rows(sheet.lines, {number: sheet})


BODY = [(85.0, 120.0 + 20 * at, f"ข้อความบรรทัดที่ {at} ของหน้านี้") for at in range(12)]


@pytest.mark.parametrize(
    ("text", "y", "wanted"),
    [
        ("- ๒ -", 40, (2, None)),
        ("-๑๒-", 40, (12, None)),
        ("หน้า ๒/๕", 40, (2, 5)),
        ("หน้าที่ 3 จาก 7", 800, (3, 7)),
        ("Page 2 of 5", 800, (2, 5)),
        ("3", 800, (3, None)),
        ("2/4", 800, (2, 4)),
        ("7/4", 800, None),
        ("๑๒๓/๒๕๖๖", 40, None),
        ("3", 400, None),
        ("สิ่งที่ส่งมาด้วย ๒", 40, None),
    ],
)
def test_the_number_printed_on_a_page(text: str, y: float, wanted: tuple[int, int | None] | None) -> None:
    found = printed_number(rows((280, y, text), *BODY))
    assert (tuple(found) if found is not None else None) == wanted


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("สิ่งที่ส่งมาด้วย ๒", 2), ("สิ่งที่ส่งมาด้วยลำดับที่ 3", 3), ("เอกสารแนบ 1", 1), ("ภาคผนวก ข", 2), ("Annex B", 2),
        ("สิ่งที่ส่งมาด้วย", None), ("สิงทีสงมาดวย ๑", 1), ("เอกสารหมายเลข 4", 4),
    ],
)  # fmt: skip
def test_the_label_of_an_annex(text: str, number: int | None) -> None:
    label = label_of(text)
    assert label is not None
    assert label.number == number


@pytest.mark.parametrize(
    "text",
    [
        "สิ่งที่ส่งมาด้วย ๑. แบบตอบรับ จำนวน ๑ ชุด",
        "สิ่งที่ส่งมาด้วย โครงการประกวด",
        "รายละเอียดปรากฏตามสิ่งที่ส่งมาด้วย ๑",
        "๑. สิ่งของ",
        "",
    ],
)
def test_what_only_looks_like_a_label(text: str) -> None:
    assert label_of(text) is None


def test_a_label_stands_at_the_top_of_its_page() -> None:
    assert annex_label(rows((430, 40, "สิ่งที่ส่งมาด้วย ๒"), *BODY)) is not None
    assert annex_label(rows(*BODY, (430, 600, "สิ่งที่ส่งมาด้วย ๒"))) is None


@pytest.mark.parametrize(
    ("text", "x", "wanted"),
    [
        ("/ในการนี้ จังหวัด...", 400, "ในการนี้ จังหวัด"),
        ("/ ที่ประชุม ...", 400, "ที่ประชุม"),
        ("ในการนี้ จังหวัด...", 400, "ในการนี้ จังหวัด"),
        ("ชื่อ...............", 85, None),
        ("จึงเรียนมาเพื่อโปรดทราบ", 142, None),
    ],
)
def test_the_catchword_at_a_pages_foot(text: str, x: float, wanted: str | None) -> None:
    assert foot_catchword(rows(*BODY, (x, 780, text))) == wanted


def test_a_catchword_is_dropped_only_where_it_announces_what_follows() -> None:
    first, last = (
        rows(*BODY, (400, 780, "/ในการนี้ จังหวัด..."))[-1],
        rows((142, 90, "ในการนี้ จังหวัดขอเชิญท่าน"), number=2)[0],
    )
    assert is_catchword(first, last)
    assert not is_catchword(first, None)
    assert not is_catchword(rows((85, 300, "และ/หรือผู้แทน"))[0], last)


def test_a_misread_letter_does_not_part_a_catchword_from_its_page() -> None:
    assert continues("ในการนี้ จังหวัด", "ในการนี จังหวดขอเชิญท่านเข้าร่วม")
    assert not continues("ในการนี้ จังหวัด", "ทั้งนี้ ขอให้แจ้งผลภายในเดือนนี้")
    assert not continues("ก", "กขค")
