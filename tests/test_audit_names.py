"""File names, arrivals and entrants' names: what is right and what is wrong, from tables."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from parsers.entrants import agency_name, same_agency, same_work
from pipeline.audit.folder import BANGKOK, moment_of, read_manifest, submissions
from pipeline.audit.names import read_name
from pipeline.errors import BadInputError

PATTERNS = ("<agency>_form1.pdf", "<agency>_form1.jpg")


@pytest.mark.parametrize(
    ("name", "faults"),
    [
        ("เทศบาลตำบลห้วยหินขาว_form1.pdf", []),
        ("อบต.นาข้าวหอม_form1.jpg", []),
        ("อบต.นาข้าวหอม_form1.jpeg", ["suffix"]),
        ("อบต.นาข้าวหอม_form1.docx", ["suffix"]),
        ("อบต.นาข้าวหอม_form1", ["suffix"]),
        ("อบต.นาข้าวหอม_form2.pdf", ["number"]),
        ("อบต.นาข้าวหอม_form.pdf", ["number"]),
        ("อบต.นาข้าวหอม_form๑.pdf", ["number"]),
        ("อบต.นาข้าวหอม_form1 (1).pdf", ["spaces", "copy"]),
        ("อบต. นาข้าวหอม_form1.pdf", ["spaces"]),
        ("อบต.นาข้าวหอม_Form1.pdf", ["capitals"]),
        ("อบต.นาข้าวหอม_form1.PDF", ["capitals"]),
        ("อบต.นาข้าวหอม_f\u043erm1.pdf", ["lookalike"]),  # Cyrillic о
        ("อบต.นาข้าวหอม_form\uff11.pdf", ["lookalike"]),  # full-width 1
        ("อบต.นา\u200bข้าวหอม_form1.pdf", ["lookalike"]),  # an invisible space
        ("อบต.นํ้าหอม_form1.pdf".replace("ํ้า", "\u0e4d\u0e32"), ["lookalike"]),
        ("อบต.เเม่ผาแดง_form1.pdf", ["lookalike"]),  # two เ for แ
        ("อบต.นาข้าวหอมform1.pdf", ["form"]),
        ("_form1.pdf", ["no_agency"]),
        ("สแกน0001.pdf", ["form"]),
    ],
)
def test_a_name_is_right_or_says_what_is_wrong(name: str, faults: list[str]) -> None:
    assert [fault.id for fault in read_name(name, PATTERNS).faults] == faults


def test_a_name_tells_its_agency_though_something_is_wrong() -> None:
    assert read_name("ทต.แม่ผาแดง_Form2.PDF", PATTERNS).agency == "ทต.แม่ผาแดง"


@given(st.text(max_size=60))
def test_any_name_can_be_read(name: str) -> None:
    assert read_name(f"{name}.pdf", PATTERNS).expected


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("เทศบาลตำบลห้วยหินขาว", "ทต.ห้วยหินขาว", True),
        ("องค์การบริหารส่วนตำบลนาข้าวหอม", "อบต.นาข้าวหอม อำเภอเมือง จังหวัดเลย", True),
        ("สำนักงานเทศบาลเมืองท่าใบบัว", "เทศบาลเมืองท่าใบบัว", True),
        ("เทศขาลตำบลทู่งดอกเอื้อง", "เทศบาลตำบลทุ่งดอกเอื้อง", True),  # misread by a letter or two
        ("เทศบาลตำบลห้วยหินขาว", "องค์การบริหารส่วนตำบลห้วยหินขาว", False),  # one place, two agencies
        ("เทศบาลตำบลห้วยหินขาว", "เทศบาลตำบลดอนตะแบก", False),
    ],
)
def test_agencies_are_the_same_or_not(one: str, other: str, *, same: bool) -> None:
    assert (same_agency(one, other) >= 0.8) is same


@pytest.mark.parametrize(
    ("name", "local"),
    [
        ("อบจ.น่าน", True),
        ("เทศบาลนครบึงตะแบก", True),
        ("โรงเรียนบ้านดอน", False),
        ("มหาวิทยาลัยตัวอย่าง", False),
        ("ร้านค้า", None),
    ],
)
def test_local_government_is_told_from_others(name: str, *, local: bool | None) -> None:
    assert agency_name(name).local is local


def test_works_are_the_same_though_words_stand_before_them() -> None:
    assert same_work("โครงการธนาคารเวลาผู้สูงวัยบนมือถือ", "ผลงาน ธนาคารเวลาผู้สูงวัยบนมือถือ") > 0.95
    assert same_work("ระบบแจ้งเตือนน้ำหลาก", "สมุดสุขภาพผู้สูงอายุ") < 0.6


@given(st.text(max_size=40), st.text(max_size=40))
def test_any_names_can_be_compared(one: str, other: str) -> None:
    assert 0 <= same_agency(one, other) <= 1
    assert 0 <= same_work(one, other) <= 1


@pytest.mark.parametrize(
    "text",
    [
        "2026-10-05 16:30",
        "2569-10-05T16:30",
        "5/10/2569 16.30",
        "๕ ต.ค. ๒๕๖๙ เวลา ๑๖.๓๐ น.",
        "2026-10-05T16:30:00+07:00",
    ],
)
def test_moments_are_understood_in_both_eras(text: str) -> None:
    assert moment_of(text) == dt.datetime(2026, 10, 5, 16, 30, tzinfo=BANGKOK)


@pytest.mark.parametrize("text", ["", "soon", "31/2/2569 10.00", "2026-13-01"])
def test_what_is_no_moment_is_none(text: str) -> None:
    assert moment_of(text) is None


def test_a_manifest_in_thai_is_read(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_bytes("ไฟล์;วันเวลา\nทต.ก;5/10/2569 16.30\n".encode("cp874"))
    assert read_manifest(path)["ทต.ก"].arrived == dt.datetime(2026, 10, 5, 16, 30, tzinfo=BANGKOK)


@pytest.mark.parametrize("text", ["", "a,b\n1,2\n", "file,arrived\nx,never\n"])
def test_a_manifest_that_cannot_be_used_says_so(tmp_path: Path, text: str) -> None:
    path = tmp_path / "a.csv"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(BadInputError):
        read_manifest(path)


def test_files_are_grouped_by_folder_or_by_their_beginning(tmp_path: Path) -> None:
    (tmp_path / "001").mkdir()
    for name in (
        "001/a_form1.pdf",
        "001/b.pptx",
        "ทต.ก_form1.pdf",
        "ทต.ก_slides.pptx",
        ".DS_Store",
        "001/~$b.pptx",
    ):
        (tmp_path / name).write_bytes(b"x")
    found = {key: [path.name for path in paths] for key, paths in submissions(tmp_path).items()}
    assert found == {"001": ["a_form1.pdf", "b.pptx"], "ทต.ก": ["ทต.ก_form1.pdf", "ทต.ก_slides.pptx"]}
