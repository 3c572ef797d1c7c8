"""Bundles of many shapes: where letters and annexes part, which enclosure each annex is, and what is missing."""

from __future__ import annotations

import random
from collections.abc import Sequence

import pytest

from benchmarks.bundles import MAKERS, WEARS
from schemas.ink import Page
from schemas.result import Result
from tests.bundles import (
    LEFT,
    MID,
    PARA,
    RIGHT,
    Maker,
    Shape,
    as_transcript,
    drawn_shape,
    letters,
    read,
    reordered,
)
from tests.layout import line, page, words_of


def shape(seed: int) -> Shape:
    """One of many shapes, drawn at random."""
    return drawn_shape(seed, random.Random(f"shape/{seed}"))


def annexes(result: Result) -> list[tuple[tuple[int, ...], int | None, int | None]]:
    return [(annex.pages, annex.letter, annex.enclosure) for annex in result.annexes]


def absent(result: Result) -> list[tuple[int, int]]:
    return [
        (at, place)
        for at, letter in enumerate(result.letters)
        for place, enclosure in enumerate(letter.enclosures)
        if enclosure.present is False
    ]


def copies(result: Result) -> list[tuple[int, int, int]]:
    return [
        (at, place, enclosure.letter)
        for at, letter in enumerate(result.letters)
        for place, enclosure in enumerate(letter.enclosures)
        if enclosure.letter is not None
    ]


@pytest.mark.parametrize("seed", range(70))
def test_a_bundle_of_pages_comes_apart_as_it_was_made(seed: int) -> None:
    pages, truth = Maker(shape(seed)).make()
    result = read(pages)
    assert letters(result) == truth.letters
    assert annexes(result) == truth.annexes
    assert absent(result) == truth.absent
    assert copies(result) == truth.copies
    assert result.contradictions == ()
    assert all(letter.order == () and letter.missing_pages == () for letter in result.letters)


@pytest.mark.parametrize("paged", [True, False])
@pytest.mark.parametrize("seed", range(0, 70, 2))
def test_the_same_without_geometry(seed: int, paged: bool) -> None:
    pages, truth = Maker(shape(seed)).make()
    result = read(as_transcript(pages, paged=paged))
    if paged:
        assert letters(result) == truth.letters
        assert annexes(result) == truth.annexes
    assert len(result.letters) == len(truth.letters)
    assert [each[1:] for each in annexes(result)] == [each[1:] for each in truth.annexes]
    assert copies(result) == truth.copies
    assert result.contradictions == ()


@pytest.mark.parametrize("seed", range(40))
def test_a_split_that_is_not_sure_says_so(seed: int) -> None:
    """The forwarded letter lost its number and its letterhead: it is found, and a person is asked."""
    pages, truth = Maker(Shape(seed, number=False, letterhead=False)).make()
    result = read(pages)
    assert letters(result) == truth.letters
    assert all(letter.split < 0.9 for letter in result.letters)


def test_a_lone_letter_is_surely_one() -> None:
    pages, _ = Maker(Shape(1, forwarded=False, annexes=0)).make()
    (letter,) = read(pages).letters
    assert letter.split == 1


def chain() -> list[Page]:
    """A district passes on what a province passes on from a department: three letters and a form of the first."""

    def one(
        number: int, code: str, agency: str, day: str, subject: str, to: str, sent: list[str], post: str
    ) -> Page:
        listed = [
            (LEFT if at == 0 else LEFT + 96, 234 + 20 * at, ("สิ่งที่ส่งมาด้วย  " if at == 0 else "") + text)
            for at, text in enumerate(sent)
        ]
        rows = [
            (LEFT, 110, f"ที่ {code}"),
            (RIGHT, 110, agency),
            (310, 160, day),
            (LEFT, 190, f"เรื่อง  {subject}"),
            (LEFT, 212, f"เรียน  {to}"),
            *listed,
            (PARA, 300, "ด้วยมีหนังสือแจ้งเรื่องดังกล่าวมาเพื่อทราบและประชาสัมพันธ์ในพื้นที่รับผิดชอบ"),
            (PARA, 330, "จึงเรียนมาเพื่อโปรดทราบ"),
            (MID, 360, "ขอแสดงความนับถือ"),
            (MID, 430, "(นายทองดี มีสุข)"),
            (MID, 450, post),
            (LEFT, 560, "กลุ่มงานบริหาร"),
            (LEFT, 580, "โทร. ๐ ๕๔๑๒ ๓๔๕๖"),
        ]
        return page([line(x, y, text, page=number) for x, y, text in rows], number)

    form = page(
        [
            line(200, 60, "แบบตอบรับการเข้าร่วมประชุม", page=4),
            line(LEFT, 120, "เรื่อง ขอแจ้งรายชื่อผู้เข้าร่วม", page=4),
            line(LEFT, 150, "เรียน  นายอำเภอเมืองน่าน", page=4),
            line(
                LEFT,
                180,
                "ชื่อ......................................ตำแหน่ง...............................",
                page=4,
            ),
            line(
                LEFT, 210, "หน่วยงาน..................................................................", page=4
            ),
            line(MID, 300, "ขอแสดงความนับถือ", page=4),
        ],
        4,
    )
    return [
        one(
            1,
            "นน ๐๐๑๘.๑/ว ๒๒๑",
            "ที่ว่าการอำเภอเมืองน่าน",
            "๙ มิถุนายน ๒๕๖๖",
            "การประชุมชี้แจง",
            "นายกองค์การบริหารส่วนตำบลทุกแห่ง",
            ["๑. สำเนาหนังสือจังหวัดน่าน ที่ นน ๐๐๑๗.๒/ว ๑๗๗๗ ลงวันที่ ๗ มิถุนายน ๒๕๖๖", "๒. แบบตอบรับการเข้าร่วมประชุม"],
            "นายอำเภอเมืองน่าน",
        ),
        one(
            2,
            "นน ๐๐๑๗.๒/ว ๑๗๗๗",
            "ศาลากลางจังหวัดน่าน",
            "๗ มิถุนายน ๒๕๖๖",
            "การประชุมชี้แจง",
            "นายอำเภอทุกอำเภอ",
            ["สำเนาหนังสือกรมการพัฒนาชุมชน ที่ มท ๐๔๐๕.๒/ว ๙๑๙ ลงวันที่ ๑ มิถุนายน ๒๕๖๖"],
            "ผู้ว่าราชการจังหวัดน่าน",
        ),
        one(
            3,
            "มท ๐๔๐๕.๒/ว ๙๑๙",
            "กรมการพัฒนาชุมชน",
            "๑ มิถุนายน ๒๕๖๖",
            "การประชุมชี้แจง",
            "ผู้ว่าราชการจังหวัดน่าน",
            [],
            "อธิบดีกรมการพัฒนาชุมชน",
        ),
        form,
    ]


def test_a_chain_of_three_letters_and_a_form_of_the_first() -> None:
    result = read(chain())
    assert letters(result) == [(1,), (2,), (3,)]
    assert copies(result) == [(0, 0, 1), (1, 0, 2)]
    assert annexes(result) == [((4,), 0, 1)]
    assert absent(result) == []


def test_a_model_of_a_letter_is_an_annex() -> None:
    pages, _ = Maker(Shape(8, forwarded=False, annexes=0, missing=1)).make()
    model, _ = Maker(Shape(9, forwarded=False, annexes=0)).make()
    head = line(240, 40, "(ตัวอย่าง)", page=2)
    lines = tuple(each.model_copy(update={"page": 2}) for each in model[0].lines)
    second = model[0].model_copy(update={"number": 2, "lines": (head, *lines)})
    result = read([pages[0], second])
    assert letters(result) == [(1,)]
    assert [each.pages for each in result.annexes] == [(2,)]


def test_letters_of_other_kinds_come_apart_too() -> None:
    order = page(
        [
            line(240, 60, "คำสั่งเทศบาลตำบลแม่สาย"),
            line(260, 80, "ที่ ๑๒๓/๒๕๖๖"),
            line(175, 100, "เรื่อง แต่งตั้งคณะทำงาน"),
            line(PARA, 140, "เพื่อให้การดำเนินงานเป็นไปด้วยความเรียบร้อย จึงแต่งตั้งคณะทำงาน ดังนี้"),
            line(220, 300, "สั่ง ณ วันที่ ๕ มกราคม พ.ศ. ๒๕๖๖"),
            line(320, 360, "(นายประเสริฐ งามวงศ์)"),
            line(310, 380, "นายกเทศมนตรีตำบลแม่สาย"),
        ]
    )
    minutes = page(
        [
            line(200, 60, "รายงานการประชุมคณะทำงาน", page=2),
            line(250, 80, "ครั้งที่ ๑/๒๕๖๖", page=2),
            line(LEFT, 120, "ผู้มาประชุม", page=2),
            line(LEFT, 140, "๑. นายสมหวัง ตั้งใจ   ประธาน", page=2),
            line(LEFT, 180, "เริ่มประชุมเวลา ๐๙.๓๐ น.", page=2),
            line(LEFT, 300, "เลิกประชุมเวลา ๑๑.๐๐ น.", page=2),
        ],
        2,
    )
    foreign = page(
        [
            line(RIGHT, 60, "Embassy of the Blue Isles", page=3),
            line(RIGHT, 100, "5 July 2023", page=3),
            line(LEFT, 140, "Dear Governor,", page=3),
            line(LEFT, 160, "Subject: Visit of the trade delegation", page=3),
            line(
                PARA,
                190,
                "I have the honour to inform you that our delegation will visit the province.",
                page=3,
            ),
            line(MID, 300, "Yours sincerely,", page=3),
            line(MID, 350, "(Jane Stone)", page=3),
            line(MID, 370, "Ambassador", page=3),
        ],
        3,
    )
    result = read([order, minutes, foreign])
    assert letters(result) == [(1,), (2,), (3,)]
    kinds = [letter.subkind.value for letter in result.letters if letter.subkind is not None]
    assert kinds == ["order", "minutes", "foreign"]
    assert [letter.kind.value for letter in result.letters] == ["order", "other", "other"]


def test_the_time_grows_with_the_pages_alone() -> None:
    """Work is counted, not timed: the rows looked at by the splitter grow no faster than the pages."""
    counts = []
    for copies_of in (4, 16):
        pages = reordered(list(Maker(Shape(13)).make()[0]) * copies_of, list(range(3 * copies_of)))
        counts.append(_calls(pages) / len(pages))
    assert counts[1] < 1.5 * counts[0]


def _calls(pages: Sequence[Page]) -> int:
    import sys

    seen = 0

    def count(_frame: object, event: str, _arg: object) -> None:
        nonlocal seen
        seen += event == "call"

    sys.setprofile(count)
    try:
        read(pages)
    finally:
        sys.setprofile(None)
    return seen


def test_a_transcripts_one_page_may_hold_a_letter_without_anything_behind_it() -> None:
    pages, _ = Maker(Shape(14, forwarded=False, annexes=0)).make()
    rows = [one.text for one in pages[0].lines]
    assert read([words_of([*rows, "หน้า ๑"])]).annexes == ()


def test_sealed_letters_end_at_their_foot() -> None:
    def sealed(number: int, running: str) -> Page:
        rows = [
            (LEFT, 110, f"ที่ ศธ ๐๔๐๐๙/ว{running}"),
            (LEFT, 150, "ถึง  สำนักงานเขตพื้นที่การศึกษาทุกเขต"),
            (PARA, 190, "ด้วยสำนักงานขอส่งคู่มือการปฏิบัติงาน จำนวน ๒ เล่ม มาเพื่อใช้เป็นแนวทาง"),
            (MID, 300, "สำนักงานคณะกรรมการการศึกษาขั้นพื้นฐาน"),
            (340, 325, "๗ มิถุนายน ๒๕๖๔"),
            (LEFT, 380, "สำนักพัฒนาระบบบริหารงานบุคคล"),
            (LEFT, 400, "โทร. ๐ ๒๒๘๘ ๕๖๓๗"),
        ]
        return page([line(x, y, text, page=number) for x, y, text in rows], number)

    result = read([sealed(1, "๑๒๓"), sealed(2, "๑๒๔")])
    assert letters(result) == [(1,), (2,)]
    assert all(letter.split >= 0.9 for letter in result.letters)


def test_an_appendix_of_an_announcement_needs_no_list() -> None:
    announced = page(
        [
            line(215, 130, "ประกาศมหาวิทยาลัยแม่น้ำ"),
            line(165, 150, "เรื่อง รายชื่อผู้มีสิทธิ์สอบ"),
            line(PARA, 200, "มหาวิทยาลัยแม่น้ำจึงประกาศรายชื่อตามบัญชีแนบท้ายประกาศนี้"),
            line(210, 290, "ประกาศ ณ วันที่ ๒๐ กุมภาพันธ์ พ.ศ. ๒๕๖๗"),
            line(290, 350, "(นายอารีย์ รุ่งเรืองกิจ)"),
            line(320, 370, "อธิการบดีมหาวิทยาลัยแม่น้ำ"),
        ]
    )
    names = page(
        [
            line(180, 60, "บัญชีรายชื่อแนบท้ายประกาศมหาวิทยาลัยแม่น้ำ", page=2),
            line(LEFT, 100, "๑. นายหนึ่ง ดีงาม", page=2),
        ],
        2,
    )
    result = read([announced, names])
    assert letters(result) == [(1,)]
    assert annexes(result) == [((2,), 0, None)]
    assert result.annexes[0].confidence >= 0.9


@pytest.mark.parametrize("wear", ["as set", "transcript, page by page"])
@pytest.mark.parametrize("kind", MAKERS)
@pytest.mark.parametrize("seed", range(8))
def test_letters_of_many_offices_and_long_ones_come_apart(seed: int, kind: str, wear: str) -> None:
    chance = random.Random(f"tests/{seed}")
    bundle = MAKERS[kind](chance)
    assert letters(read(WEARS[wear](bundle.pages, chance))) == bundle.letters


def test_a_file_whose_first_head_was_not_read_still_parts_at_the_second() -> None:
    pages, _ = Maker(Shape(3, forwarded=True, annexes=0)).make()
    headless = pages[0].model_copy(update={"lines": pages[0].lines[5:]})
    result = read([headless, *pages[1:]])
    assert letters(result)[0] == (1,)
    assert result.letters[0].split < 0.9
