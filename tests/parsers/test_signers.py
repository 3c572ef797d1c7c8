"""Who signed, in which post, for whom; the owning office and its contacts."""

from __future__ import annotations

import datetime as dt

import pytest

from parsers import writtenon
from parsers.contacts import find_email, find_fax, find_phone
from parsers.owners import find_copies, find_owner_office
from parsers.parties import agency_elsewhere, agency_of_post, compare_with_post, find_agency
from parsers.rows import Row, make_rows, reading
from parsers.signers import find_signature
from tests.layout import line, page, words_of


def rows(*texts: str) -> list[Row]:
    return make_rows(words_of(texts).lines, {})


def signed(*texts: str) -> tuple[object, object, object]:
    signatory, _, _ = find_signature(rows(*texts), None)
    assert signatory is not None
    parts = (signatory.name, signatory.position, signatory.acting_for)
    return tuple(part.value if part is not None else None for part in parts)  # type: ignore[return-value]


@pytest.mark.parametrize(
    ("texts", "expected"),
    [
        (("(นายสมชาย ใจดี)", "อธิบดีกรมที่ดิน"), ("นายสมชาย ใจดี", "อธิบดีกรมที่ดิน", None)),
        (
            ("(นายสมชาย ใจดี)", "รองอธิบดี ปฏิบัติราชการแทน", "อธิบดีกรมที่ดิน"),
            ("นายสมชาย ใจดี", "รองอธิบดี", "อธิบดีกรมที่ดิน"),
        ),
        (
            ("(นายสมชาย ใจดี)", "รองผู้ว่าราชการจังหวัด รักษาราชการ", "แทน", "ผู้ว่าราชการจังหวัดลำปาง"),
            ("นายสมชาย ใจดี", "รองผู้ว่าราชการจังหวัด", "ผู้ว่าราชการจังหวัดลำปาง"),
        ),
        (
            ("(นางสาวพิม แสง)", "รองปลัดเทศบาล รักษาการในตำแหน่ง", "ปลัดเทศบาลเมืองแพร่"),
            ("นางสาวพิม แสง", "รองปลัดเทศบาล", "ปลัดเทศบาลเมืองแพร่"),
        ),
        (
            ("(นายสมชาย ใจดี)", "ปลัดอำเภอ ปดิบัติราชการแทน", "นายอำเภอเมือง"),  # a letter misread
            ("นายสมชาย ใจดี", "ปลัดอำเภอ", "นายอำเภอเมือง"),
        ),
        (("พันเอก", "(ว่าที่ร้อยตรี สมชาย ใจดี)", "ผู้บังคับการ"), ("ว่าที่ร้อยตรี สมชาย ใจดี", "ผู้บังคับการ", None)),
        (("( นายต่อศักดิ์  มีสุข )", "นายอำเภอเมือง"), ("นายต่อศักดิ์ มีสุข", "นายอำเภอเมือง", None)),
        (
            ("(นายสมชาย ใจดี)", "ผู้อำนวยการ", "สำนักงานเขตพื้นที่การศึกษา", "กลุ่มอำนวยการ", "โทร. ๐"),
            ("นายสมชาย ใจดี", "ผู้อำนวยการสำนักงานเขตพื้นที่การศึกษา", None),
        ),
    ],
)
def test_posts_are_parted_at_the_delegation(texts: tuple[str, ...], expected: tuple[object, ...]) -> None:
    assert signed(*texts) == expected


def test_the_first_name_below_the_closing_signs() -> None:
    name, _, _ = signed("(นายสมชาย ใจดี)", "อธิบดี", "- ทราบ", "(นายวิชัย มั่นคง)", "ปลัดเทศบาล")
    assert name == "นายสมชาย ใจดี"


def test_an_endorsement_on_the_left_does_not_sign() -> None:
    one = page([line(90, 200, "(นายวิชัย มั่นคง)"), line(330, 210, "(นายสมชาย ใจดี)"), line(350, 230, "อธิบดี")])
    signatory, _, _ = find_signature(make_rows(one.lines, {1: one}), None)
    assert signatory is not None
    assert signatory.name is not None
    assert signatory.name.value == "นายสมชาย ใจดี"


@pytest.mark.parametrize(
    "text", ["(องค์การมหาชน)", "(ถ้ามี)", "(ห้าร้อยบาทถ้วน)", "(.............)", "(๑๒ มกราคม)", "()"]
)
def test_brackets_around_other_things_are_no_name(text: str) -> None:
    assert find_signature(rows(text, "อธิบดี"), None)[0] is None


def test_the_office_stands_right_above_its_telephone() -> None:
    office = find_owner_office(rows("กองคลัง", "กลุ่มงานพัสดุ", "โทร. ๐ ๒๒๔๑ ๙๐๐๐"), 0)
    assert office is not None
    assert office.value == "กองคลัง กลุ่มงานพัสดุ"


@pytest.mark.parametrize(
    ("text", "phone"),
    [
        ("โทร. ๐ ๒๖๑๒ ๖๐๖๐", "0 2612 6060"),
        ("โทรศัพท์ ๐-๒๖๑๒-๖๐๖๐ ต่อ ๑๒๓", "0-2612-6060 ต่อ 123"),
        ("โทร./โทรศัพท์ ๐ ๕๔๒๖ ๕๐๗๐", "0 5426 5070"),
        ("โทร./โทรสาร ๐ ๕๔๒๖ ๕๐๗๐", "0 5426 5070"),
        ("มือถือ ๐๘ ๐๐๔๕ ๓๔๕๙ (แวนตา)", "08 0045 3459"),
        ("Tel : +66 2026 2333 E-mail", "+66 2026 2333"),
        ("โกร. 0 6288 4300", "0 6288 4300"),
        ("โทรสาร ๐ ๒๒๔๑", None),
        ("โทร. ........", None),
    ],
)
def test_telephones_keep_their_grouping(text: str, phone: str | None) -> None:
    found = find_phone(rows(text))
    assert (found.value if found is not None else None) == phone


def test_a_fax_is_not_a_telephone() -> None:
    found = find_fax(rows("โทร. ๐ ๒๒๔๑ ๙๐๐๐", "โทรสาร ๐ ๒๒๔๑ ๒๐๖๖"))
    assert found is not None
    assert found.value == "0 2241 2066"


@pytest.mark.parametrize(
    ("text", "email"),
    [
        ("ไปรษณีย์อิเล็กทรอนิกส์ saraban@dga.or.th", "saraban@dga.or.th"),
        ("อีเมล saraban @ dga. or .th", "saraban@dga.or.th"),
        ("E-mail : a.b_c-1@x.co.th และอื่น", "a.b_c-1@x.co.th"),
        ("๐top@cdd.go.th", "otop@cdd.go.th"),
        ("อีเมล vaccine@dId.example.go.th", "vaccine@dld.example.go.th"),
        ("อีเมล SomchaiIn@dId.go.th", "SomchaiIn@dld.go.th"),
        ("อีเมล INFO@DLD.GO.TH", "INFO@DLD.GO.TH"),
        ("ไม่มีอะไร", None),
    ],
)
def test_addresses_are_mended(text: str, email: str | None) -> None:
    found = find_email(rows(text))
    assert (found.value if found is not None else None) == email


def test_an_address_without_its_sign_is_seen() -> None:
    found = find_email(rows("ไปรษณีย์อิเล็กทรอนิกส์ saraban๑dla.go.th"))
    assert found is not None
    assert found.value is None


def test_copies_are_listed() -> None:
    copies = find_copies(rows("สำเนาส่ง ๑. อำเภอเมือง", "๒. อำเภองาว"))
    assert [copy.value for copy in copies] == ["อำเภอเมือง", "อำเภองาว"]


@pytest.mark.parametrize(
    ("post", "agency"),
    [
        ("นายกองค์การบริหารส่วนตำบลหนองปลาหมอ", "องค์การบริหารส่วนตำบลหนองปลาหมอ"),
        ("นายกเทศมนตรีตำบลท่าช้าง", "เทศบาลตำบลท่าช้าง"),
        ("อธิบดีกรมทรัพยากรน้ำ", "กรมทรัพยากรน้ำ"),
    ],
)
def test_a_post_names_its_office(post: str, agency: str) -> None:
    ink = [rows(post)[0].ink()]
    inferred = agency_of_post(reading(post, ink), ink)
    assert inferred is not None
    assert inferred.value == agency


def test_a_letterhead_away_from_the_number_needs_the_post_as_its_witness() -> None:
    head = make_rows(
        page([line(160, 95, "องค์การบริหารส่วนตำบลหนองปลาหมอ"), line(80, 140, "ที่ รบ ๗๑๘๐๒/๗๗")]).lines, {}
    )
    ink = [head[0].ink()]
    own = agency_elsewhere(head, reading("นายกองค์การบริหารส่วนตำบลหนองปลาหมอ", ink))
    assert own is not None
    assert own.value == "องค์การบริหารส่วนตำบลหนองปลาหมอ"
    assert agency_elsewhere(head, reading("นายกเทศมนตรีตำบลท่าช้าง", ink)) is None
    assert agency_elsewhere(head, None) is None


def test_a_letterhead_in_colour_needs_its_witness_too() -> None:
    ink = "colour"
    head = make_rows(
        page([line(160, 82, "ที่ว่าการอำเภอบ้านไผ่", ink=ink), line(80, 132, "ที่ ขก ๑๐๑๘/๕๖๓๙")]).lines, {}
    )
    own = agency_elsewhere(head, reading("นายอำเภอบ้านไผ่", [head[0].ink()]))
    assert own is not None
    assert own.value == "ที่ว่าการอำเภอบ้านไผ่"
    assert agency_elsewhere(head, reading("นายอำเภอหัวหิน", [head[0].ink()])) is None


def test_a_letterhead_may_begin_some_rows_above_the_number() -> None:
    head = make_rows(
        (
            sheet := page(
                [
                    line(312, 137, "สำนักงานสาธารณสุขจังหวัดสตูล"),
                    line(312, 157, "ถนนสฤษดิ์ภูมินารถ อำเภอเมืองสตูล"),
                    line(79, 176, "ที่ สต ๐๐๓๓.๐๐๓/๑๙๕๗"),
                    line(312, 176, "จังหวัดสตูล ๙๑๐๐๐"),
                ]
            )
        ).lines,
        {1: sheet},
    )
    agency, address = find_agency(head, None, None)
    assert agency is not None
    assert agency.value == "สำนักงานสาธารณสุขจังหวัดสตูล"
    assert address is not None
    assert (address.value or "").endswith("จังหวัดสตูล ๙๑๐๐๐")


def test_an_address_with_a_misread_label_is_no_part_of_the_name() -> None:
    lines = [
        line(80, 130, "ที่ ศธ ๐๔๐๙๕/๔๖๐๕"),
        line(318, 130, "สำนักงานเขตพื้นที่การศึกษาประถมศึกษาเลย"),
        line(318, 150, "เขต ๒"),
        line(318, 170, "อำเกอวังสะพุง"),
        line(318, 190, "จังหวัดเลย ๔๒๑๓๐"),
    ]
    one = page(lines)
    agency, address = find_agency(make_rows(one.lines, {1: one}), None, None)
    assert agency is not None
    assert agency.value == "สำนักงานเขตพื้นที่การศึกษาประถมศึกษาเลยเขต ๒"
    assert address is not None


@pytest.mark.parametrize("rest", ["๒", ""])
def test_the_number_of_an_education_area_may_stand_alone(rest: str) -> None:
    name = "สำนักงานเขตพื้นที่การศึกษาประถมศึกษาเลย เขต"
    lines = [line(80, 130, "ที่ ศธ ๐๔๐๙๕/๖๙๐๓"), line(318, 130, name), line(318, 170, "อำเภอวังสะพุง")]
    one = page([*lines, line(318, 150, rest)] if rest else lines)
    agency, _ = find_agency(make_rows(one.lines, {1: one}), None, None)
    assert agency is not None
    assert agency.value == f"{name} {rest}".strip()
    assert agency.confidence < 0.9


def test_an_agency_is_weighed_against_the_post() -> None:
    ink = [rows("อธิบดีกรมทรัพยากรน้ำ")[0].ink()]
    post = reading("อธิบดีกรมทรัพยากรน้ำ", ink)
    inferred = agency_of_post(post, ink)
    assert inferred is not None
    assert inferred.value == "กรมทรัพยากรน้ำ"
    assert inferred.confidence < 0.9
    damaged = reading("กรบทรัพยากรน้ำ", ink)
    weighed = compare_with_post(damaged, post)
    assert weighed.confidence < damaged.confidence
    assert weighed.candidates == ("กรมทรัพยากรน้ำ",)
    assert agency_of_post(reading("รองอธิบดี", ink), ink) is None


@pytest.mark.parametrize(
    ("text", "day", "candidates"),
    [
        ("๗ ๒๖ พฤษภาคม พ.ศ. ๒๕๖๘", dt.date(2025, 5, 26), ()),
        ("๒ ๐ กรกฎาคม ๒๕๖๘", None, (dt.date(2025, 7, 20),)),
        ("๗๒ ๖ พฤษภาคม ๒๕๖๘", None, None),
    ],
)
def test_a_digit_before_a_day_of_two_figures_is_a_crumb_and_before_one_figure_may_be_its_own(
    text: str, day: dt.date | None, candidates: tuple[dt.date, ...] | None
) -> None:
    found = writtenon._from_inks([rows(text)[0].ink()]).date
    assert found is not None
    assert found.value == day
    assert found.confidence < 0.6
    assert candidates is None or found.candidates == candidates


def test_a_sentence_in_parentheses_signs_nothing_and_no_sentence_is_a_post() -> None:
    body = (
        "( พิจารณาแล้ว เห็นสมควรส่งเจ้าหน้าที่ตรวจสอบภายใน",
        "ปฏิบัติการเข้ารับการฝึกอบรม",
        "จึงเรียนมาเพื่อโปรดดำเนินการต่อไป",
    )
    assert signed(*body, "(นางศิริ ธาราวงศ์)", "อธิบดี") == ("นางศิริ ธาราวงศ์", "อธิบดี", None)
    assert signed("(นายสมชาย ใจดี)", "อธิบดี", "จึงเรียนมาเพื่อโปรดทราบ") == ("นายสมชาย ใจดี", "อธิบดี", None)


@pytest.mark.parametrize(
    ("post", "whole"), [("อธิบดี", True), ("รองอธิบดี", True), ("รอง", False), ("หัวหน้า", False)]
)
def test_a_post_whose_rest_was_not_read_is_not_sure(post: str, whole: bool) -> None:
    signatory, _, _ = find_signature(rows("(นายสมชาย ใจดี)", post), None)
    assert signatory is not None
    assert signatory.position is not None
    full, _, _ = find_signature(rows("(นายสมชาย ใจดี)", "อธิบดี"), None)
    assert full is not None
    assert full.position is not None
    assert (signatory.position.confidence == full.position.confidence) is whole


def test_a_routing_note_above_the_owner_office_is_no_part_of_it() -> None:
    rows_of_page = [
        line(60, 700, "เวียนให้ทราบทั่วกัน"),
        line(60, 720, "สำนักงานเลขานุการกรม"),
        line(60, 740, "โทร. ๐ ๒๖๘๐ ๘๕๑๒"),
    ]
    one = page(rows_of_page)
    owner = find_owner_office(make_rows(one.lines, {1: one}), 0)
    assert owner is not None
    assert owner.value == "สำนักงานเลขานุการกรม"


def test_a_letterhead_elsewhere_takes_the_rest_that_the_post_knows_of() -> None:
    ink = [make_rows(words_of(["นายกองค์การบริหารส่วนตำบลหนองปลาหมอ"]).lines, {})[0].ink()]
    post = reading("นายกองค์การบริหารส่วนตำบลหนองปลาหมอ", ink)
    whole = agency_elsewhere(rows("องค์การบริหารส่วนตำบลหนองปลา", "หมอ", "อำเภอหนองแค"), post)
    assert whole is not None
    assert whole.value == "องค์การบริหารส่วนตำบลหนองปลาหมอ"
    part = agency_elsewhere(rows("องค์การบริหารส่วนตำบลหนองปลา", "อำเภอหนองแค"), post)
    assert part is not None
    assert part.value == "องค์การบริหารส่วนตำบลหนองปลา"
    assert part.confidence < 0.9
    assert part.candidates == ("องค์การบริหารส่วนตำบลหนองปลาหมอ",)
