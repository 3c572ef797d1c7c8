"""Several letters in one file, and what stays with its letter."""

from __future__ import annotations

from pipeline.bundle import split_letters
from pipeline.transcript import read_transcript
from tests.golden_pages import PAGES
from tests.layout import line, page, words_of

LETTER = [
    "ที่ มท ๐๘๐๘.๒/ว ๒๖๐๑",
    "๑๙ สิงหาคม ๒๕๖๕",
    "เรื่อง ขอเชิญ",
    "เรียน ผู้ว่าราชการจังหวัด",
    "ด้วยกรม",
    "ขอแสดงความนับถือ",
    "(นายก ข)",
]


def starts(*texts: str) -> list[str]:
    return [part.lines[0].text for part in split_letters(read_transcript("\n".join(texts)))]


def test_a_lone_letter_is_one_part() -> None:
    (part,) = split_letters([words_of(LETTER)])
    assert part.pages == (1,)
    assert part.confidence == 1


def test_two_letters_on_one_transcript_page() -> None:
    assert starts(*LETTER, *LETTER) == [LETTER[0], LETTER[0]]


def test_letterhead_and_stamps_go_with_the_letter_below_them() -> None:
    head = ["กรมที่ดิน", "เลขรับ 12", "วันที่ ๔ ก.ย. ๒๕๖๖", "เวลา"]
    assert starts(*LETTER, "โทร. ๐ ๒๒๒๒ ๒๒๒๒", *head, *LETTER) == [LETTER[0], "กรมที่ดิน"]


def test_a_citation_starts_no_letter() -> None:
    cited = ["ที่ มท ๐๘๐๘.๒/ว ๑๑๑๑ ลงวันที่ ๒ มกราคม ๒๕๖๕ เรื่อง การประชุม แจ้งว่า เรียน"]
    assert len(starts(*LETTER[:5], *cited, *LETTER[5:])) == 1


def test_an_annex_stays_with_its_letter() -> None:
    annex = page([line(200, 100, "โครงการประกวด", page=2), line(85, 140, "๑. หลักการและเหตุผล", page=2)], 2)
    first = PAGES["stamped"]()[0]
    (part,) = split_letters([first, annex])
    assert part.pages == (1, 2)


def test_letters_of_all_kinds_come_apart_page_by_page() -> None:
    pages = []
    kinds = ["stamped", "memo", "order", "announcement", "damaged"]
    for number, name in enumerate(kinds, start=1):
        (one,) = PAGES[name]()
        lines = tuple(each.model_copy(update={"page": number}) for each in one.lines)
        pages.append(one.model_copy(update={"number": number, "lines": lines}))
    assert [part.pages for part in split_letters(pages)] == [(1,), (2,), (3,), (4,), (5,)]


def test_a_letters_second_page_stays_with_it() -> None:
    pages = PAGES["external"]()
    assert [part.pages for part in split_letters(pages)] == [(1, 2)]


def test_no_lines_no_letters() -> None:
    assert split_letters([]) == []
    assert split_letters([page([])]) == []
