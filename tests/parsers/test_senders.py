"""The sender beside the registry: candidates where the name is in no table, doubt only where all names are known."""

from __future__ import annotations

from pathlib import Path

import pytest

from parsers.agencies import Agency
from parsers.senders import with_sender
from pipeline.errors import SettingsError
from pipeline.offices import agencies_of
from pipeline.settings import Settings
from tests.make_records import letter


def test_a_known_name_stays_as_it_is() -> None:
    sound = letter(agency="ศาลากลางจังหวัดลำปาง")
    assert with_sender(sound) is sound


def test_a_damaged_province_is_doubtful_and_says_what_it_may_be() -> None:
    agency = with_sender(letter(agency="ศาลากลางจังหวัดลาปาง")).agency
    assert agency is not None
    assert agency.value == "ศาลากลางจังหวัดลาปาง"
    assert agency.candidates[0] == "จังหวัดลำปาง"
    assert agency.confidence < 0.9


def test_a_municipality_that_no_table_knows_is_not_doubted() -> None:
    agency = with_sender(letter(agency="สำนักงานเทศบาลเมืองบ้านดอนใหม่")).agency
    assert agency is not None
    assert agency.confidence >= 0.9


@pytest.mark.parametrize("name", [None, "โรงเรียนบ้านท่าช้างน้อย", "บริษัท ใจดี จำกัด"])
def test_who_is_in_no_table_is_left_alone(name: str | None) -> None:
    other = letter(agency=name)
    assert with_sender(other) is other


def test_the_offices_own_agencies_are_offered(tmp_path: Path) -> None:
    file = tmp_path / "agencies.csv"
    file.write_text("name,code\nโรงเรียนบ้านท่าช้างน้อย,ศธ\n", encoding="utf-8-sig")
    own = agencies_of(Settings(agencies_file=file))
    assert own == (Agency("โรงเรียนบ้านท่าช้างน้อย", "own", "ศธ"),)
    agency = with_sender(letter(agency="โรงเรียนบานทาช้างน้อย"), own).agency
    assert agency is not None
    assert agency.candidates == ("โรงเรียนบ้านท่าช้างน้อย",)


@pytest.mark.parametrize("content", [b"code\n1\n", b"\xff\xfe\x00", None])
def test_a_file_that_cannot_be_used_is_said_plainly(tmp_path: Path, content: bytes | None) -> None:
    file = tmp_path / "agencies.csv"
    if content is not None:
        file.write_bytes(content)
    with pytest.raises(SettingsError):
        agencies_of(Settings(agencies_file=file))
