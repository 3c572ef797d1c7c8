"""Pages that lie out of order or are missing, and a person's own decision about where letters begin."""

from __future__ import annotations

import pytest

from pipeline.understand import understand
from schemas.result import Document
from tests.bundles import Maker, Shape, letters, read, reordered
from tests.layout import line


@pytest.mark.parametrize("seed", range(12))
def test_pages_fed_in_reverse_are_put_in_order(seed: int) -> None:
    pages, truth = Maker(Shape(seed, forwarded=False, annexes=0, long_letter=True, numbers=True)).make()
    assert len(truth.letters[0]) >= 2
    result = read(reordered(pages, list(reversed(range(len(pages))))))
    (letter,) = result.letters
    assert letter.order == tuple(reversed(range(1, len(pages) + 1)))
    assert letter.split < 0.9
    straight = read(pages).letters[0]
    assert letter.body is not None
    assert straight.body is not None
    assert letter.body.value == straight.body.value


def test_two_letters_fed_in_reverse_keep_their_own_second_pages() -> None:
    first, _ = Maker(Shape(3, forwarded=False, annexes=0, long_letter=True)).make()
    second, _ = Maker(Shape(4, forwarded=False, annexes=0, long_letter=True)).make()
    pages = reordered([*first, *second], [1, 0, 3, 2])
    assert letters(read(pages)) == [(1, 2), (3, 4)]
    assert [letter.order for letter in read(pages).letters] == [(2, 1), (4, 3)]


def test_a_catchword_brings_a_page_home_that_lies_behind_another_letter() -> None:
    first, _ = Maker(Shape(5, forwarded=False, annexes=0, long_letter=True, numbers=False)).make()
    second, _ = Maker(Shape(6, forwarded=False, annexes=0)).make()
    result = read(reordered([*first, *second], [0, 2, 1]))
    assert letters(result) == [(1, 3), (2,)]
    assert all(letter.split < 0.9 for letter in result.letters)


def test_a_page_that_is_missing_is_told() -> None:
    pages, _ = Maker(Shape(7, forwarded=False, annexes=0, long_letter=True)).make()
    last = line(280, 45, "- ๔ -", page=2)
    broken = pages[1].model_copy(update={"lines": (last, *pages[1].lines[1:])})
    (letter,) = read([pages[0], broken]).letters
    assert letter.missing_pages == (2, 3)


def test_a_persons_decision_overrules_the_pages() -> None:
    pages, _ = Maker(Shape(11)).make()
    document = Document(file="x.pdf", sha256="0" * 64, pages=tuple(pages))
    whole = understand(document, groups=[[1, 2, 3]])
    assert len(whole.letters) == 1
    parted = understand(document, groups=[[1], [2], [3]])
    assert len(parted.letters) == 3
    assert all(letter.split == 1 for letter in (*whole.letters, *parted.letters))


def test_a_group_may_leave_pages_out_or_name_pages_that_are_not_there() -> None:
    pages, _ = Maker(Shape(12)).make()
    document = Document(file="x.pdf", sha256="0" * 64, pages=tuple(pages))
    result = understand(document, groups=[[2, 99], []])
    numbers = {number for letter in result.letters for number in letter.pages}
    numbers |= {number for annex in result.annexes for number in annex.pages}
    assert numbers == {each.number for each in pages}
