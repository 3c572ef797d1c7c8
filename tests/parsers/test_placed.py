"""Places that a field names: what is in no list, beside a name that is."""

from __future__ import annotations

import pytest

from parsers.checks import weigh_post
from parsers.placed import weigh_places
from schemas.ink import Reader
from schemas.reading import Reading

SURE = 0.9


def read(value: str, reader: Reader = "print") -> Reading[str]:
    return Reading[str](value=value, raw=value, page=1, box=None, confidence=0.97, reader=reader)


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("ที่ว่าการอำเภอบ้านไผ", "ที่ว่าการอำเภอบ้านไผ่"),
        ("ศาลากลางจังหวัดแพร", "ศาลากลางจังหวัดแพร่"),
        ("ผู้ว่าราชการจังหวัดพะยา", "ผู้ว่าราชการจังหวัดพะเยา"),
        ("ศาลากลางจังหวัดสบูก ถนนสตูลธานี", "ศาลากลางจังหวัดสบูก ถนนสตูลธานี"),
    ],
)
def test_the_only_district_or_province_like_a_name_takes_its_place_in_doubt(text: str, meant: str) -> None:
    weighed = weigh_places(read(text))
    assert weighed.value == meant
    assert weighed.raw == text
    assert (weighed.confidence < SURE) is (text != meant)
    assert (text in weighed.candidates) is (text != meant)


def test_a_subdistrict_like_a_name_is_only_offered() -> None:
    weighed = weigh_places(read("นายกเทศมนตรีตำบลท่าข้าง"))
    assert weighed.value == "นายกเทศมนตรีตำบลท่าข้าง"
    assert weighed.confidence < SURE
    assert "นายกเทศมนตรีตำบลท่าช้าง" in weighed.candidates


@pytest.mark.parametrize(
    "text", ["ที่ว่าการอำเภอบ้านไผ่", "เทศบาลตำบลหนองแวงใหญ่", "อำเภอวังสะพุง จังหวัดเลย", "กรมทรัพยากรน้ำบาดาล"]
)
def test_names_of_the_lists_and_such_as_begin_with_one_stay_sure(text: str) -> None:
    assert weigh_places(read(text)) == read(text)


def test_a_text_layer_means_what_it_says() -> None:
    assert weigh_places(read("ที่ว่าการอำเภอบ้านไผ", "text-layer")).confidence == 0.97


@pytest.mark.parametrize(
    ("post", "sure"), [("อธิบดีกรมทรัพยากรน้ำบาดาล ๕", False), ("ผู้อำนวยการเขต ๒", True), ("นายอำเภอบ้านไผ่", True)]
)
def test_a_post_does_not_end_with_a_figure_of_its_own(post: str, sure: bool) -> None:
    assert (weigh_post(read(post)).confidence >= SURE) is sure
