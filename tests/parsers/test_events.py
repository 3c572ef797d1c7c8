"""Events of a body: what happens on a day, told from what must be done by one."""

from __future__ import annotations

import datetime as dt

import pytest

from parsers.events import read_events
from parsers.passages import Passage, join_rows
from parsers.rows import make_rows
from parsers.told import read_deadlines
from schemas.letter import Event
from tests.layout import words_of

WRITTEN = dt.date(2023, 6, 1)


def passage(text: str) -> Passage:
    return join_rows(make_rows(words_of([text]).lines, {}))


def events(text: str, written: dt.date | None = WRITTEN) -> tuple[Event, ...]:
    body = passage(text)
    return read_events(body, written, read_deadlines([body], written, None))


@pytest.mark.parametrize(
    ("text", "first", "last", "time", "until"),
    [
        (
            "จึงขอเชิญประชุมชี้แจงแนวทาง ในวันอังคารที่ ๑๓ มิถุนายน ๒๕๖๖ เวลา ๑๓.๓๐ – ๑๕.๐๐ น. ณ ห้องประชุมชั้น ๒",
            (2023, 6, 13),
            None,
            (13, 30),
            (15, 0),
        ),
        (
            "กำหนดจัดอบรมเชิงปฏิบัติการ ระหว่างวันที่ ๓ - ๕ กรกฎาคม ๒๕๖๖ ณ โรงแรมริมน้ำ",
            (2023, 7, 3),
            (2023, 7, 5),
            None,
            None,
        ),
        ("พิธีมอบรางวัลจะมีขึ้นในวันที่ 30 พฤศจิกายน 2566 เวลา 09.00 น.", (2023, 11, 30), None, (9, 0), None),
        ("ขอเชิญเข้าร่วมงานวันท้องถิ่นไทย ในวันที่ ๑๘ มีนาคม ๒๕๖๗", (2024, 3, 18), None, None, None),
        (
            "โดยลงทะเบียนเพื่อร่วมรับฟังรายละเอียดการส่งผลงาน ในวันที่ ๑๓ มิถุนายน ๒๕๖๖ เวลา ๑๓.๓๐ – ๑๔.๓๐ น.",
            (2023, 6, 13),
            None,
            (13, 30),
            (14, 30),
        ),
        ("ผู้ว่าราชการจังหวัดจะตรวจเยี่ยมพื้นที่ในวันพฤหัสบดีที่ ๑๕ มิถุนายน ๒๕๖๖", (2023, 6, 15), None, None, None),
    ],
)
def test_what_happens_on_a_day_is_an_event(
    text: str,
    first: tuple[int, int, int],
    last: tuple[int, int, int] | None,
    time: tuple[int, int] | None,
    until: tuple[int, int] | None,
) -> None:
    (event,) = events(text)
    assert event.date.value == dt.date(*first)
    assert (event.last.value if event.last else None) == (dt.date(*last) if last else None)
    assert (event.time.value if event.time else None) == (dt.time(*time) if time else None)
    assert (event.until.value if event.until else None) == (dt.time(*until) if until else None)


@pytest.mark.parametrize(
    "text",
    [
        "ขอให้ส่งแบบตอบรับเข้าร่วมประชุม ภายในวันที่ ๑๓ มิถุนายน ๒๕๖๖",
        "เปิดรับสมัครผลงานเข้าร่วมประกวดระหว่างวันที่ ๑๕ มิถุนายน – ๑๕ สิงหาคม ๒๕๖๖",
        "ตามหนังสือจังหวัด ที่ ลป ๐๐๑๗.๒/ว ๑๒ ลงวันที่ ๒๐ มิถุนายน ๒๕๖๖ แจ้งการประชุม",
        "ที่ประชุมคณะรัฐมนตรีมีมติเมื่อวันที่ ๒ พฤษภาคม ๒๕๔๓ เห็นชอบ",
        "ระเบียบนี้มีผลใช้บังคับตั้งแต่วันที่ ๑ กรกฎาคม ๒๕๖๖ เป็นต้นไป",
        "ประกาศรายชื่อผู้ผ่านการคัดเลือก ในวันที่ ๓๐ มิถุนายน ๒๕๖๖",
        "ได้มีการประชุมเมื่อวันที่ ๑๐ พฤษภาคม ๒๕๖๖",
        "ยื่นใบสมัครตั้งแต่วันที่ ๕ ถึงวันที่ ๙ มิถุนายน ๒๕๖๖ เวลา ๐๘.๓๐ - ๑๖.๓๐ น.",
        "ประกาศ ณ วันที่ ๒๐ มิถุนายน ๒๕๖๖",
        "สัญญาจ้างสิ้นสุดในวันที่ ๓๐ กันยายน ๒๕๖๖",
    ],
)
def test_deadlines_periods_citations_and_the_past_are_no_events(text: str) -> None:
    assert events(text) == ()


def test_a_weekday_that_does_not_fit_makes_an_event_doubtful() -> None:
    (event,) = events("ขอเชิญประชุม ในวันจันทร์ที่ ๑๓ มิถุนายน ๒๕๖๖ เวลา ๑๓.๓๐ น.")
    assert event.date.confidence < 0.6


def test_two_events_are_two_and_one_told_twice_is_one() -> None:
    text = (
        "กำหนดจัดประชุมครั้งที่ ๑ ในวันที่ ๑๐ กรกฎาคม ๒๕๖๖ เวลา ๐๙.๓๐ น. และจัดประชุมครั้งที่ ๒ ในวันที่ ๒๐ กรกฎาคม ๒๕๖๖ "
        "ทั้งนี้ การประชุมในวันที่ ๑๐ กรกฎาคม ๒๕๖๖ เวลา ๐๙.๓๐ น. ถ่ายทอดผ่านระบบออนไลน์"
    )
    assert [event.date.value for event in events(text)] == [dt.date(2023, 7, 10), dt.date(2023, 7, 20)]
