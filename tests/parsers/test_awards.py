"""Award lists of press articles and announcements, and the counts they state."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from parsers.awards import read_awards
from parsers.ranks import rank_of
from parsers.winners import find_winner, province_of
from pipeline.transcript import read_transcript
from schemas.contest import Award, Tally
from schemas.ink import Line
from schemas.reading import Reading
from tests.golden_pages import PAGES
from tests.layout import line, page
from tests.parsers.contest_papers import (
    MINISTRY,
    ORDINARY,
    PRESS,
    PROVINCE,
    RESULT_TABLE,
    RESULTS,
    SCHOOL,
    SERVICES,
)


def lines(text: str) -> list[Line]:
    return [one for page in read_transcript(text) for one in page.lines]


def value(reading: Reading[object] | None) -> object:
    return reading.value if reading is not None else None


def told(awards: tuple[Award, ...]) -> list[tuple[object, ...]]:
    return [(value(a.rank), value(a.agency), value(a.province), value(a.project)) for a in awards]


def counts(tallies: tuple[Tally, ...]) -> dict[str, tuple[int | None, int | None]]:
    return {one.what: (one.stated.value, one.counted) for one in tallies}


def test_an_article_lists_winners_in_one_line() -> None:
    awards, tallies = read_awards(lines(PRESS))
    assert told(awards) == [
        ("ยอดเยี่ยม", "เทศบาลเมืองท่าเรือเก่า", "หนองคาย", "ปุ่มเดียวถึงกัน"),
        ("ยอดเยี่ยม", "องค์การบริหารส่วนตำบลริมโขง", "บึงกาฬ", "Safe Night 24"),
        ("ดีเด่น", "เทศบาลตำบลสวนดอก", None, "ตาวิเศษ"),
        ("ดีเด่น", "เทศบาลตำบลนาข้าว", None, "หูทิพย์"),
        ("ดีเด่น", "เทศบาลตำบลนาข้าว", None, "เสียงตามสาย"),
    ]
    assert counts(tallies) == {
        "awards": (5, 5),
        "entrants": (118, None),
        "awards:ยอดเยี่ยม": (2, 2),
        "awards:ดีเด่น": (3, 3),
    }


def test_an_article_numbers_its_winners_below_each_class() -> None:
    awards, tallies = read_awards(lines(SERVICES))
    assert told(awards) == [
        ("ดีเยี่ยม", "เทศบาลนครรังสิตใหม่", "ปทุมธานี", "คิวกลาง ร้องเรียนครบ"),
        ("ดีเยี่ยม", "องค์การบริหารส่วนจังหวัดเพชรบูรณ์", "เพชรบูรณ์", "หมอถึงบ้าน"),
        ("ดี", "เทศบาลตำบลหนองแวงน้อย", "ร้อยเอ็ด", "ภาษีง่ายนิดเดียว"),
        ("ดี", "องค์การบริหารส่วนตำบลบ้านกลาง", "ลำพูน", "ขยะเป็นศูนย์"),
        ("ดี", "เทศบาลเมืองปากช่องใหม่", "นครราชสีมา", "e-Permit"),
        ("ดี", "เทศบาลเมืองปากช่องใหม่", "นครราชสีมา", "รถรับส่งออนไลน์"),
    ]
    assert counts(tallies) == {
        "works": (86, None),
        "entrants": (71, None),
        "awards": (6, 6),
        "awards:ดีเยี่ยม": (2, 2),
        "awards:ดี": (4, 4),
    }


def test_a_count_that_does_not_add_up_is_told_as_it_is() -> None:
    _, tallies = read_awards(lines(PRESS.replace("ดีเด่น 3 รางวัล", "ดีเด่น 4 รางวัล")))
    assert counts(tallies)["awards:ดีเด่น"] == (4, 3)


def test_an_announcement_lists_winners_line_by_line() -> None:
    awards, tallies = read_awards(lines(RESULTS))
    assert told(awards) == [
        ("ชนะเลิศ", "เทศบาลตำบลธารใส", "น่าน", "ขยะหายที่ปลายซอย"),
        ("รองชนะเลิศอันดับ 1", "อบต.ภูหมอก", "น่าน", "ลำน้ำของเรา"),
        ("ชมเชย", "เทศบาลตำบลนาหว้า", None, "ถังใบเดียว"),
        ("ชมเชย", "เทศบาลตำบลดอยงาม", None, "ตลาดไร้ถุง"),
        ("ชมเชย", "องค์การบริหารส่วนตำบลห้วยทราย", None, "ปุ๋ยข้างบ้าน"),
    ]
    assert {value(award.year) for award in awards} == {2568}
    assert value(awards[1].kind) == "องค์การบริหารส่วนตำบล"
    assert counts(tallies) == {"entrants": (31, None), "awards:ชมเชย": (3, 3)}


def test_a_table_lists_winners() -> None:
    awards, _ = read_awards(lines(RESULT_TABLE))
    assert told(awards) == [
        ("ดีเด่น", "โรงพยาบาลริมธาร", "แพร่", "ห้องยาไร้กระดาษ"),
        ("ดีเด่น", "เทศบาลเมืองบ้านหมอก", "ลำพูน", "คิวเดียวจบ"),
        ("ชมเชย", "สำนักงานที่ดินทุ่งทอง", None, "โฉนดปลายนิ้ว"),
    ]


def test_winners_of_a_page_keep_their_boxes() -> None:
    texts = [
        "ผลการประกวด ประจำปี ๒๕๖๗",
        "รางวัลดีเด่น ได้แก่",
        "๑. เทศบาลตำบลธารใส จังหวัดน่าน ผลงาน บ้านสะอาด",
        "๒. เทศบาลตำบลนาหว้า จังหวัดน่าน ผลงาน ถังเดียว",
    ]
    one = page([line(90, 100 + at * 20, text) for at, text in enumerate(texts)])
    awards, _ = read_awards(one.lines, {1: one})
    assert [value(award.agency) for award in awards] == ["เทศบาลตำบลธารใส", "เทศบาลตำบลนาหว้า"]
    box = awards[1].agency.box
    assert box is not None
    assert (box.y0, box.x0 > 90) == (160, True)


@pytest.mark.parametrize("text", [SCHOOL, PROVINCE, MINISTRY, *ORDINARY.values()])
def test_papers_that_give_no_award_list_none(text: str) -> None:
    assert read_awards(lines(text)) == ((), ())


@pytest.mark.parametrize(
    "text",
    [
        "ด้วยกรมตัวอย่างจะจัดพิธีมอบรางวัลดีเด่น ณ โรงเรียนบ้านทุ่ง ในวันที่ ๕ มีนาคม ๒๕๖๗",
        "ผู้ชนะได้รับโล่รางวัลยอดเยี่ยมจากกระทรวงตัวอย่าง และเงินรางวัล ๕,๐๐๐ บาท",
        "รางวัลชนะเลิศ ได้แก่ เงินรางวัล ๑๐,๐๐๐ บาท พร้อมเกียรติบัตร\nรางวัลชมเชย ได้แก่ เกียรติบัตร",
        "ที่ได้รับรางวัลดีเด่นในปีที่ผ่านมา ขอให้สำนักงานเทศบาลแจ้งรายชื่อภายในวันที่ ๕ มีนาคม ๒๕๖๗",
    ],
)
def test_a_mention_is_no_award(text: str) -> None:
    assert read_awards(lines(text)) == ((), ())


@pytest.mark.parametrize("name", PAGES)
def test_a_letter_on_file_lists_no_award(name: str) -> None:
    pages = PAGES[name]()
    assert read_awards([one for page in pages for one in page.lines]) == ((), ())


@pytest.mark.parametrize(
    ("text", "rank"),
    [
        ("รางวัลชนะเลิศ", "ชนะเลิศ"),
        ("รองชนะเลิศอันดับที่ ๒", "รองชนะเลิศอันดับ 2"),
        ("รางวัลที่ ๑", "ที่ 1"),
        ("ระดับดี", "ดี"),
        ("ระดับดีมาก", "ดีมาก"),
        ("ระดับดีเด่น", "ดีเด่น"),
        ("เหรียญทองแดง", "เหรียญทองแดง"),
        ("เหรียญทอง", "เหรียญทอง"),
        ("รางวัลขวัญใจมหาชน", "ขวัญใจมหาชน"),
        ("ข้อความธรรมดา", None),
    ],
)
def test_a_class_has_one_name(text: str, rank: str | None) -> None:
    assert rank_of(text) == rank


@pytest.mark.parametrize(
    ("text", "agency", "province", "project"),
    [
        ("เทศบาลนครยะลาจังหวัดยะลา ผลงาน เมืองยืดหยุ่น", "เทศบาลนครยะลา", "ยะลา", "เมืองยืดหยุ่น"),
        ("โครงการรักษ์น้ำ ของเทศบาล อบต.ริมธาร จ.แพร่", "อบต.ริมธาร", "แพร่", "โครงการรักษ์น้ำ ของเทศบาล"),
        ("โรงเรียนบ้านหนองบัว (ราษฎร์อุทิศ) อำเภอเมือง จังหวัดเลย", "โรงเรียนบ้านหนองบัว (ราษฎร์อุทิศ)", "เลย", None),
        ("เทศบาลตำบลธารใส จ.เชียงไหม่ เรื่อง ขยะ", "เทศบาลตำบลธารใส", "เชียงใหม่", "ขยะ"),
    ],
)
def test_a_winner_is_taken_apart(text: str, agency: str, province: str | None, project: str | None) -> None:
    winner = find_winner(text)
    assert winner is not None
    assert text[slice(*winner.agency)] == agency
    assert winner.province_name == province
    assert (text[slice(*winner.project)] if winner.project else None) == project


def test_a_province_misread_is_mended_but_not_sure() -> None:
    assert province_of("เชียงใหม่") == ("เชียงใหม่", True)
    assert province_of("เชียงไหม่") == ("เชียงใหม่", False)
    assert province_of("ดาวอังคาร") == ("ดาวอังคาร", False)


@given(
    st.lists(st.sampled_from([*PRESS.split(" "), *RESULTS.split(" ")]) | st.text(max_size=20), max_size=40),
    st.sampled_from([" ", "\n"]),
)
def test_any_words_give_awards_without_error(words: list[str], glue: str) -> None:
    awards, _ = read_awards(lines(glue.join(words)))
    assert all(Award.model_validate_json(award.model_dump_json()) == award for award in awards)
