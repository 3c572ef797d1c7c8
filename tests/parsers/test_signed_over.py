"""A signature that has spoilt the name which it crosses: the post under it is still read, and nothing is guessed."""

from __future__ import annotations

import pytest

from schemas.letter import Signatory
from tests.layout import line, page
from tests.parsers.test_letters import read

LETTER = (
    line(60, 100, "ที่ ปข ๐๐๑๘/๑๒๓"),
    line(250, 130, "๕ มีนาคม ๒๕๖๗"),
    line(60, 160, "เรื่อง ขอเชิญประชุม"),
    line(60, 190, "เรียน นายอำเภอหัวหิน"),
    line(100, 220, "ด้วยจังหวัดจะจัดประชุมเพื่อเตรียมงานประจำปีของจังหวัด"),
    line(320, 300, "ขอแสดงความนับถือ"),
)


def signer(*rows: tuple[float, float, str], colour: tuple[tuple[float, float, str], ...] = ()) -> Signatory:
    below = [*(line(*row) for row in rows), *(line(*row, ink="colour") for row in colour)]
    signatory = read(page([*LETTER, *below])).signatory
    assert signatory is not None
    return signatory


@pytest.mark.parametrize("spoilt", ["(นายธีรภัทร/๒๓๑ม4๗๒", "(นายธีรภัทร ไม้ๆ ๑๓)", "ณาไ๒รม ซติร่วง"])
def test_a_spoilt_name_is_seen_and_not_understood(spoilt: str) -> None:
    signatory = signer((320, 350, spoilt), (310, 368, "ผู้ว่าราชการจังหวัดพะเยา"))
    assert signatory.name is not None
    assert (signatory.name.value, signatory.name.raw) == (None, spoilt)
    assert signatory.position is not None
    assert signatory.position.value == "ผู้ว่าราชการจังหวัดพะเยา"
    assert signatory.position.confidence < 0.9


def test_a_post_without_any_name_still_signs() -> None:
    signatory = signer((300, 380, "รองผู้ว่าราชการจังหวัด รักษาราชการแทน"), (310, 398, "ผู้ว่าราชการจังหวัดพะเยา"))
    assert signatory.name is None
    assert signatory.position is not None
    assert signatory.acting_for is not None
    assert signatory.acting_for.value == "ผู้ว่าราชการจังหวัดพะเยา"


def test_a_coloured_note_beside_a_post_is_no_part_of_it() -> None:
    signatory = signer(
        (320, 350, "(นายสมชาย ใจดี)"),
        (330, 368, "นายอำเภอบ้านไผ่"),
        colour=((345, 380, "มอบงานพัสดุดำเนินการ"),),
    )
    assert signatory.position is not None
    assert signatory.position.value == "นายอำเภอบ้านไผ่"


def test_the_words_of_a_seal_are_no_post() -> None:
    rows = [
        line(60, 100, "ที่ สธ ๐๒๒๘/ว ๖๑๒"),
        line(60, 130, "ถึง สำนักงานสาธารณสุขจังหวัดทุกจังหวัด"),
        line(100, 160, "พร้อมนี้ สำนักงานขอส่งแผ่นพับมาเพื่อประชาสัมพันธ์"),
        line(320, 260, "สำนักงานสาธารณสุขจังหวัดเลย"),
        line(330, 282, "สาธารณสุข ๖๒/"),
        line(340, 304, "๕ มีนาคม ๒๕๖๗"),
    ]
    assert read(page(rows)).signatory is None


@pytest.mark.parametrize(
    ("upper", "lower", "whole"),
    [
        ("(ผู้ช่วยศาสตราจารย์โอภาส ตรี", "รัตนพันธ์)", "ผู้ช่วยศาสตราจารย์โอภาส ตรีรัตนพันธ์"),
        ("(ผู้ช่วยศาสตราจารย์โอภาส", "ตรีรัตนพันธ์)", "ผู้ช่วยศาสตราจารย์โอภาส ตรีรัตนพันธ์"),
    ],
)
def test_a_name_may_run_over_two_rows(upper: str, lower: str, whole: str) -> None:
    signatory = signer((290, 350, upper), (350, 370, lower), (300, 390, "ผู้อำนวยการวิทยาลัยเทคนิค"))
    assert signatory.name is not None
    assert signatory.name.value == whole
    assert signatory.position is not None
    assert signatory.position.value == "ผู้อำนวยการวิทยาลัยเทคนิค"
