"""Agencies, places and people: damaged names lead to candidates with a score, never silently to one."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from parsers.agencies import Agency, by_code, central, is_registered, own_agencies, resolve
from parsers.alike import likeness
from parsers.data import read_table
from parsers.people import Person, bare_name, link, same_person
from parsers.places import find_province, find_subdistrict, places, provinces, told_place

DIRECTOR = "ผู้อำนวยการสำนักงานส่งเสริมการอ่าน"


def test_the_country_is_complete() -> None:
    assert len(provinces()) == 77
    assert set(provinces()) == {row["province_th"] for row in read_table("province_codes")}
    assert 7_400 < len(places()) < 7_500
    assert len({place.geocode for place in places()}) == len(places())
    assert all(len(code) == 5 for place in places() for code in place.postcodes)


def test_a_damaged_subdistrict_is_found_in_its_province() -> None:
    found = find_subdistrict("ลำไ้ม", "ยะลา")
    assert found[0].name == "ลำใหม่"
    assert found[0].score < 0.9  # a candidate, nothing to be sure of


@pytest.mark.parametrize(
    ("read", "province"),
    [
        ("ลาปาง", "ลำปาง"),
        ("จังหวัดเชียงไหม่", "เชียงใหม่"),
        ("อุบลราชธาน", "อุบลราชธานี"),
        ("ส ระ แก้ว", "สระแก้ว"),
    ],
)
def test_a_damaged_province_is_found(read: str, province: str) -> None:
    assert find_province(read)[0].name == province


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("ตำบลลำใหม่ อำเภอเมืองยะลา จังหวัดยะลา", ("ลำใหม่", "เมืองยะลา", "ยะลา")),
        ("ต.ลำใหม่ อ.เมืองยะลา จ.ยะลา", ("ลำใหม่", "เมืองยะลา", "ยะลา")),
        ("แขวงลาดยาว เขตจตุจักร กรุงเทพมหานคร", ("ลาดยาว", "จตุจักร", None)),
        ("โรงเรียนบ้านดอน", (None, None, None)),
    ],
)
def test_what_a_text_says_of_a_place(text: str, told: tuple[str | None, ...]) -> None:
    assert told_place(text) == told


@pytest.mark.parametrize(
    ("read", "name", "province"),
    [
        ("องค์การบริหารส่วนตำบลลำใหม่", "องค์การบริหารส่วนตำบลลำใหม่", "ยะลา"),
        ("อบต.ลำใหม่ อ.เมืองยะลา จ.ยะลา", "องค์การบริหารส่วนตำบลลำใหม่", "ยะลา"),
        ("เทศบาลนครยะลา", "เทศบาลนครยะลา", "ยะลา"),
        ("อบจ.น่าน", "องค์การบริหารส่วนจังหวัดน่าน", "น่าน"),
        ("ศาลากลางจังหวัดลำปาง", "จังหวัดลำปาง", "ลำปาง"),
        ("ที่ว่าการอำเภอเวียงสา", "อำเภอเวียงสา", "น่าน"),
        ("เมืองพัทยา", "เมืองพัทยา", None),
        ("กรมส่งเสริมการปกครองท้องถิ่น", "กรมส่งเสริมการปกครองท้องถิ่น", None),
        ("กระทรวงมหาดไทย", "กระทรวงมหาดไทย", None),
    ],
)
def test_a_sound_name_is_its_own_first_candidate(read: str, name: str, province: str | None) -> None:
    best = resolve(read)[0]
    assert (best.agency.name, best.agency.province, best.score) == (name, province, 1.0)


@pytest.mark.parametrize(
    ("read", "name"),
    [
        ("องคการบริหารสวนจังหวัดนาน", "องค์การบริหารส่วนจังหวัดน่าน"),
        ("กรมส่งเสรมการปกครองท้องถิน", "กรมส่งเสริมการปกครองท้องถิ่น"),
        ("กระทรวงมหาคไทย", "กระทรวงมหาดไทย"),
        ("ศาลากลางจังหวัดลาปาง", "จังหวัดลำปาง"),
        ("เทศบาลตำบลหนองบ้ว อำเภอหนองบัว จังหวัดนครสวรรค์", "เทศบาลตำบลหนองบัว"),
    ],
)
def test_a_damaged_name_leads_to_candidates_that_are_not_sure(read: str, name: str) -> None:
    best = resolve(read)[0]
    assert best.agency.name == name
    assert best.score < 1


def test_a_name_that_many_bear_gives_all_its_provinces() -> None:
    found = resolve("องค์การบริหารส่วนตำบลหนองบัว")
    assert len({candidate.agency.province for candidate in found if candidate.score == 1}) > 1
    (one, *_) = resolve("องค์การบริหารส่วนตำบลหนองบัว", province="ขอนแก่น")
    assert one.agency.province == "ขอนแก่น"


def test_the_letters_of_the_number_raise_who_agrees() -> None:
    without, with_code = resolve("ศาลากลางจังหวัดลาปาง")[0], resolve("ศาลากลางจังหวัดลาปาง", code="ลป")[0]
    assert with_code.score > without.score
    assert with_code.score < 1


@pytest.mark.parametrize("read", ["", "โรงเรียนบ้านท่าช้างน้อย", "นายสมชาย ใจดี", "123", "ฮฮฮฮ"])
def test_who_is_in_no_table_gets_no_candidate(read: str) -> None:
    assert resolve(read) == ()


def test_an_office_adds_its_own() -> None:
    own = own_agencies([{"name": "โรงเรียนบ้านท่าช้างน้อย", "code": "ศธ"}, {"name": " "}])
    assert own == (Agency("โรงเรียนบ้านท่าช้างน้อย", "own", "ศธ"),)
    assert resolve("โรงเรียนบานท่าช้างน้อย", own=own)[0].agency == own[0]
    assert own[0] in by_code("ศธ", own)


def test_a_code_that_two_share_gives_both() -> None:
    assert {agency.name for agency in by_code("มท")} == {"กระทรวงมหาดไทย"}
    assert {agency.kind for agency in by_code("ลป")} == {"จังหวัด"}
    assert by_code("ฮฮ") == ()
    assert len({agency.name for agency in central()}) == len(central())


@given(st.text(max_size=60))
def test_no_text_makes_resolving_fail(text: str) -> None:
    for candidate in resolve(text):
        assert 0 <= candidate.score <= 1


@given(st.text("กขคงจำาิี่้ใไ", max_size=12), st.text("กขคงจำาิี่้ใไ", max_size=12))
def test_likeness_is_a_share_and_one_only_for_the_same(one: str, other: str) -> None:
    assert 0 <= likeness(one, other) <= 1
    assert likeness(one, one) == 1.0


@pytest.mark.parametrize(
    ("name", "bare"),
    [
        ("(ว่าที่ ร.ต. สมชาย ใจดี)", "สมชาย ใจดี"),
        ("นายนายิกา ดีงาม", "นายิกา ดีงาม"),
        ("ผู้ช่วยศาสตราจารย์ ดร.สมหญิง รักเรียน", "สมหญิง รักเรียน"),
        ("นางสาวสมใจ  รักดี", "สมใจ รักดี"),
        ("", ""),
    ],
)
def test_titles_are_taken_off(name: str, bare: str) -> None:
    assert bare_name(name) == bare


def test_three_readings_of_one_person_are_linked() -> None:
    people = [
        Person("นายวิชัย เสือรุฒ", DIRECTOR),
        Person("นางสมศรี ใจดี", DIRECTOR),
        Person("นายวิชัย เขียวรุฒิ", DIRECTOR),
        Person("ดร.วิชัย เธียรวุฒิ", f"{DIRECTOR}แห่งชาติ"),
    ]
    assert link(people) == ((0, 2, 3), (1,))


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (Person("นายสมชาย ใจดี", DIRECTOR), Person("นายสมหมาย ใจเย็น", DIRECTOR)),  # a successor
        (Person("นายสมชาย ใจดี", DIRECTOR), Person("นางสมศรี ใจดี", DIRECTOR)),  # a wife
        (Person("นายสมชาย ใจดี", DIRECTOR), Person("นายสมศักดิ์ ใจดี", DIRECTOR)),  # a brother
        (Person("นายสมชาย ใจดี", DIRECTOR), Person("นายสมชัย ใจดี", "นายกเทศมนตรี")),
        (Person("นายสมชาย ใจดี", None), Person("นายสมชาย ใจงาม", DIRECTOR)),
        (Person(None, DIRECTOR), Person(None, DIRECTOR)),
    ],
)
def test_others_are_not(one: Person, other: Person) -> None:
    assert len(link([one, other])) == 2
    assert same_person(one, other) == same_person(other, one)


@pytest.mark.parametrize(
    ("read", "province", "known"),
    [
        ("กรมปศุสัตว์", None, True),
        ("องค์การบริหารส่วนตำบลลำใหม่", None, True),
        ("องค์การบริหารส่วนตำบลลำใหม่", "ยะลา", True),
        ("องค์การบริหารส่วนตำบลลำใหม่", "น่าน", False),
        ("องค์การบริหารส่วนตำบลลำไ้ม", None, False),
        ("ที่ว่าการอำเภอเมืองยะลา จังหวัดยะลา", None, True),
        ("โรงเรียนบ้านดงพะยอม", None, False),
    ],
)
def test_a_registered_name_is_one_that_resolving_would_be_certain_of(read, province, known):
    found = resolve(read, province=province)
    assert is_registered(read, province) is known
    assert not known or found[0].score == 1
