"""Lines for a terminal: no wider than it, nothing lost, and Thai words kept whole."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len

from pipeline.wrap import cut, one_line, wrap

SUBJECT = "ขอเชิญส่งผลงานเข้าประกวดสื่อเล่าเรื่องท้องถิ่นเมืองน่าน ประจำปี ๒๕๖๗"


@pytest.mark.parametrize("width", [16, 24, 30, 44])
def test_thai_breaks_between_words(width: int) -> None:
    lines = wrap(SUBJECT, width)
    assert len(lines) > 1
    assert "".join(lines).replace(" ", "") == SUBJECT.replace(" ", "")
    for word in ("ประกวด", "ผลงาน", "ท้องถิ่น", "ประจำปี", "๒๕๖๗"):
        assert any(word in line for line in lines)


def test_brackets_hold_on_to_their_words() -> None:
    assert wrap("สำนักงานพัฒนารัฐบาลดิจิทัล (องค์การมหาชน)", 26)[-1] == "(องค์การมหาชน)"


def test_a_word_wider_than_the_line_is_broken_and_nothing_is_lost() -> None:
    assert wrap("plan@songkhla.example.go.th", 10) == ["plan@songk", "hla.exampl", "e.go.th"]
    assert cut("น้ำน้ำ", 2) == "น้ำ"
    lines = wrap("นายกองค์การบริหารส่วนจังหวัดน่าน", 25)
    assert "".join(lines) == "นายกองค์การบริหารส่วนจังหวัดน่าน"
    assert not any(line.startswith(("ด", "ัด")) for line in lines)


def test_one_line_is_cut_between_words() -> None:
    assert one_line("สั้น ๆ", 20) == "สั้น ๆ"
    line = one_line(SUBJECT, 30)
    assert line.endswith(" …")
    assert cell_len(line) <= 30


@given(st.text(alphabet="กขนำะาิ้่ๆ๑ab ().,\n", max_size=60), st.integers(3, 30))
def test_lines_fit_and_keep_every_letter(text: str, width: int) -> None:
    lines = wrap(text, width)
    assert all(cell_len(line) <= width for line in lines)
    assert "".join("".join(lines).split()) == "".join(text.split())
