"""One fact told twice and differently: kept with both places; sound bundles have none."""

from __future__ import annotations

import pytest

from pipeline.understand import understand
from schemas.contest import Contradiction
from schemas.result import Document
from tests.layout import words_of

COVER = """ที่ นน ๐๐๑๗.๒/ว ๑๗๗๗
ศาลากลางจังหวัดน่าน
๗ มิถุนายน ๒๕๖๖
เรื่อง ขอเชิญร่วมรับฟังการชี้แจงโครงการ {title}
เรียน นายอำเภอทุกอำเภอ
สิ่งที่ส่งมาด้วย สำเนาหนังสือกรมการพัฒนาชุมชน ที่ {cited} ลงวันที่ {cited_day} จำนวน ๑ ชุด
ด้วยกรมการพัฒนาชุมชนกำหนดจัดประชุมชี้แจงรายละเอียดโครงการ {title} แก่ผู้สนใจ {cover_day} {cover_hours} \
ผ่านระบบออนไลน์ และสนับสนุนเงิน {figures} บาท ({words})
จึงเรียนมาเพื่อโปรดทราบ
ขอแสดงความนับถือ
(นายทองดี มีสุข)
ผู้ว่าราชการจังหวัดน่าน
สำนักงานจังหวัด กลุ่มงานอำนวยการ
โทร. ๐ ๕๔๑๒ ๓๔๕๖ {cover_phone}
กรมการพัฒนาชุมชน
ที่ มท ๐๔๐๕.๒/ว ๙๑๙
๑ มิถุนายน ๒๕๖๖
เรื่อง ขอเชิญร่วมรับฟังการชี้แจงโครงการ The Green River Village Awards 2023
เรียน ผู้ว่าราชการจังหวัดน่าน
ด้วยกรมการพัฒนาชุมชนกำหนดจัดประชุมชี้แจงรายละเอียดโครงการ The Green River Village Awards 2023 แก่ผู้สนใจ \
ในวันอังคารที่ ๒๐ มิถุนายน ๒๕๖๖ เวลา ๑๓.๓๐ – ๑๕.๐๐ น. ผ่านระบบออนไลน์
จึงเรียนมาเพื่อโปรดพิจารณา
ขอแสดงความนับถือ
(นายสิทธิกร อุ่นเรือน)
อธิบดีกรมการพัฒนาชุมชน
สำนักเสริมสร้างความเข้มแข็งชุมชน
โทร. ๐๘ ๑๒๓๔ ๕๖๗๘ (ดวงใจ)
"""
SOUND = {
    "title": "The Green River Village Awards 2023",
    "cited": "มท ๐๔๐๕.๒/ว ๙๑๙",
    "cited_day": "๑ มิถุนายน ๒๕๖๖",
    "cover_day": "ในวันที่ ๒๐ มิถุนายน ๒๕๖๖",
    "cover_hours": "เวลา ๑๓.๓๐ – ๑๕.๐๐ น.",
    "figures": "๕,๐๐๐",
    "words": "ห้าพันบาทถ้วน",
    "cover_phone": "หรือ ๐๘ ๑๒๓๔ ๕๖๗๘ (ดวงใจ)",
}


def contradictions(**changed: str) -> tuple[Contradiction, ...]:
    text = COVER.format(**(SOUND | changed))
    result = understand(Document(file="b.txt", sha256="0" * 64, pages=(words_of(text.splitlines()),)))
    assert len(result.letters) == 2
    return result.contradictions


def test_a_sound_bundle_contradicts_itself_nowhere() -> None:
    assert contradictions() == ()


@pytest.mark.parametrize(
    ("changed", "what", "values"),
    [
        ({"cover_day": "ในวันที่ ๒๒ มิถุนายน ๒๕๖๖"}, "event.date", ("2023-06-22", "2023-06-20")),
        ({"cover_hours": "เวลา ๑๓.๐๐ – ๑๕.๐๐ น."}, "event.time", ("13:00-15:00", "13:30-15:00")),
        ({"cover_hours": "เวลา ๑๓.๓๐ – ๑๔.๓๐ น."}, "event.time", ("13:30-14:30", "13:30-15:00")),
        ({"cover_day": "ในวันจันทร์ที่ ๒๐ มิถุนายน ๒๕๖๖"}, "event.weekday", ("จันทร์", "2023-06-20")),
        ({"cited": "มท ๐๔๐๕.๒/ว ๙๑๘๙"}, "number", ("มท 0405.2/ว9189", "มท 0405.2/ว919")),
        ({"cited_day": "๒ มิถุนายน ๒๕๖๖"}, "letter.date", ("2023-06-02", "2023-06-01")),
        (
            {"title": "The Green Rivers Village Awards 2023"},
            "title",
            ("The Green Rivers Village Awards 2023", "The Green River Village Awards 2023"),
        ),
        ({"figures": "๕,๕๐๐"}, "amount", ("5,500", "5,000")),
        ({"cover_phone": "หรือ ๐๘ ๑๓๒๔ ๕๖๗๘ (ดวงใจ)"}, "phone", ("0813245678", "0812345678")),
    ],
)
def test_what_is_told_in_two_ways_is_kept_with_both_places(
    changed: dict[str, str], what: str, values: tuple[str, str]
) -> None:
    (found,) = contradictions(**changed)
    assert found.what == what
    assert (found.first.value, found.second.value) == values
    assert found.where[0] == "letters.0"
    assert found.where[1] in ("letters.0", "letters.1")
    assert found.message
    assert found.message_en
    assert found.first.page == 1


@pytest.mark.parametrize(
    "changed",
    [
        {"cover_day": "ในวันอังคารที่ ๒๐ มิถุนายน ๒๕๖๖"},
        {"cover_hours": "เวลา ๑๓.๓๐ น."},  # less is told, nothing else
        {"cited": "มท ๐๔๐๕.๒/ว ๐๙๑๙"},  # a leading zero
        {"title": "Green River Village Awards 2023"},
        {"title": "The Green River Village Awards 2022"},  # last year's
        {"figures": "๕,๐๐๐.๐๐"},
        {"cover_phone": "หรือ ๐ ๕๔๑๒ ๓๔๕๗"},  # the next line of one exchange
        {"cover_phone": "ต่อ ๑๒"},
    ],
)
def test_what_is_told_otherwise_but_not_differently_is_none(changed: dict[str, str]) -> None:
    assert contradictions(**changed) == ()


def test_the_fourth_seed_contradicts_itself_in_five_ways(seeds: dict[str, str]) -> None:
    from pipeline.transcript import read_transcript

    result = understand(Document(file="s.txt", sha256="0" * 64, pages=read_transcript(seeds["004"])))
    found = {one.what: (one.first.value, one.second.value) for one in result.contradictions}
    assert set(found) == {"event.date", "event.time", "phone", "number", "title"}
    assert found["event.date"] == ("2023-06-03", "2023-06-13")
    assert found["event.time"] == ("13:30-15:00", "13:30-14:30")


@pytest.mark.parametrize("name", ["000", "001", "002", "003"])
def test_the_other_seeds_do_not(seeds: dict[str, str], name: str) -> None:
    from pipeline.transcript import read_transcript

    result = understand(Document(file="s.txt", sha256="0" * 64, pages=read_transcript(seeds[name])))
    assert result.contradictions == ()
