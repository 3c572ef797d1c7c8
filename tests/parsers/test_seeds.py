"""The five documents the project starts from, as their transcripts print them."""

from __future__ import annotations

import datetime as dt

import pytest

from parsers.letters import read_letter
from parsers.secrecy import secrecy_mark
from pipeline.bundle import split_letters
from pipeline.transcript import read_transcript
from schemas.letter import Letter
from schemas.reading import Reading

SURE = 0.9


def letters(text: str) -> list[Letter]:
    pages = read_transcript(text)
    by_number = {page.number: page for page in pages}
    return [read_letter(part.lines, by_number) for part in split_letters(pages)]


def value(reading: Reading | None) -> object:
    assert reading is not None
    return reading.value


def receipt(letter: Letter, at: int) -> tuple[object, ...]:
    one = letter.receipts[at]
    return tuple(part.value if part is not None else None for part in (one.number, one.date, one.time))


def days(letter: Letter) -> list[dt.date | None]:
    return [deadline.date.value for deadline in letter.deadlines]


@pytest.fixture(scope="module")
def read(seeds: dict[str, str]) -> dict[str, list[Letter]]:
    return {name: letters(text) for name, text in seeds.items()}


def test_seed_000_is_one_urgent_letter(read: dict[str, list[Letter]]) -> None:
    (letter,) = read["000"]
    assert value(letter.kind) == "external"
    assert value(letter.urgency) == "ด่วนมาก"
    assert value(letter.number).text == "สพร 2565/ว907"
    assert value(letter.date) == dt.date(2022, 8, 19)
    assert value(letter.subject) == (
        "ขอเชิญร่วมส่งผลงานประกวดนวัตกรรม “ท้องถิ่นดิจิทัล” ประจำปี ๒๕๖๕ เพื่อสร้างการรับรู้ สนับสนุน "
        "และส่งเสริมโครงการขับเคลื่อนรัฐบาลดิจิทัลในระดับหน่วยงานท้องถิ่น"
    )
    assert value(letter.addressee) == "หัวหน้าส่วนราชการ"
    assert [value(e.title) for e in letter.enclosures] == ["โครงการประกวดนวัตกรรม “ท้องถิ่นดิจิทัล” ประจำปี ๒๕๖๕"]


def test_seed_000_is_signed_received_and_due(read: dict[str, list[Letter]]) -> None:
    (letter,) = read["000"]
    assert value(letter.signatory.name) == "นายสุพจน์ เสือรุฒ"
    assert value(letter.signatory.position) == "ผู้อำนวยการสำนักงานพัฒนารัฐบาลดิจิทัล"
    assert letter.signatory.acting_for is None
    assert value(letter.owner_office) == ("ฝ่ายวิจัยและพัฒนานวัตกรรมดิจิทัล กลุ่มงานวิจัยและพัฒนานวัตกรรมดิจิทัลภาครัฐ")
    assert value(letter.phone) == "0 2612 6060"
    assert value(letter.email) == "saraban@dga.or.th"
    assert [receipt(letter, 0)] == [("7508", dt.date(2022, 8, 25), None)]
    assert value(letter.receipts[0].agency) == "กองบริหารงานกลาง มหาวิทยาลัยเชียงใหม่"
    assert len(letter.receipts) == 1
    assert days(letter) == [dt.date(2022, 10, 5)]
    assert letter.score is None


def test_an_agency_that_is_not_printed_is_never_sure(read: dict[str, list[Letter]]) -> None:
    for name in ("000", "003"):
        agency = read[name][0].agency
        assert value(agency) == "สำนักงานพัฒนารัฐบาลดิจิทัล"
        assert agency.confidence < 0.6


@pytest.mark.parametrize("name", ["001", "002"])
def test_a_press_article_has_no_letter_fields(read: dict[str, list[Letter]], name: str) -> None:
    (letter,) = read[name]
    assert value(letter.kind) == "other"
    told = {field for field, got in letter if got not in (None, (), [])}
    assert told - {"title", "events"} == {"kind", "subkind", "body", "pages", "split"}
    assert value(letter.subkind) == "press"


def test_seed_003_tells_a_score(read: dict[str, list[Letter]]) -> None:
    (letter,) = read["003"]
    assert value(letter.kind) == "external"
    assert value(letter.number).text == "สพร 2564/ว2425"
    assert value(letter.date) == dt.date(2021, 10, 15)
    assert value(letter.subject).startswith("ขอบขอบคุณและแจ้งผลการพิจารณาผลงาน")
    assert value(letter.addressee) == "นายกเทศมนตรีเทศบาลตำบลลำไ้ม"
    assert value(letter.score) == 67.92
    assert [receipt(letter, 0)] == [("2921", dt.date(2021, 10, 28), dt.time(11, 0))]
    assert value(letter.receipts[0].agency) == "สำนักงานเทศบาลตำบลลำไ้ม"
    assert len(letter.enclosures) == 2
    assert value(letter.signatory.name) == "นายสุพจน์ เขียวรุฒิ"
    assert value(letter.owner_office) == "ศูนย์นวัตกรรมดิจิทัล ทีมนวัตกรรมดิจิทัล ๑"
    assert value(letter.phone) == "08 0045 3459"
    assert letter.deadlines == ()
    assert letter.urgency is None


def test_seed_003_reads_its_catchword_once(read: dict[str, list[Letter]]) -> None:
    (letter,) = read["003"]
    assert value(letter.body).count("ในการนี้ สพร.") == 1


def test_seed_004_is_a_cover_letter_and_the_letter_it_forwards(read: dict[str, list[Letter]]) -> None:
    cover, forwarded = read["004"]
    assert value(cover.number).text == "ลป 0017.2/ว1797"
    assert value(cover.date) == dt.date(2023, 6, 2)
    assert value(cover.agency) == "ศาลากลางจังหวัดลำปาง"
    assert value(cover.addressee).endswith("องค์กรภาคเอกชน")
    assert [(value(e.title), value(e.quantity)) for e in cover.enclosures] == [
        (
            "สำเนาหนังสือสำนักงานส่งเสริมเศรษฐกิจดิจิทัล ที่ สศด.๐๓๐๑/ว ๐๓๓๓๗ ลงวันที่ ๒๕ พฤษภาคม ๒๕๖๖",
            "1 ชุด",
        )
    ]
    assert value(cover.signatory.name) == "นายจำสกษ์ กันเพ็ชร์"
    assert value(cover.signatory.position) == "รองผู้อำนวยการจังหวัด"
    assert value(cover.signatory.acting_for) == "ผู้อำนวยการสำนักงานจังหวัด"
    assert value(cover.owner_office).startswith("สำนักงานจังหวัด กลุ่มงานยุทธศาสตร์")
    assert value(cover.phone) == "0 5426 5070"
    assert value(forwarded.agency) == "สำนักงานส่งเสริมเศรษฐกิจดิจิทัล"
    assert value(forwarded.date) == dt.date(2023, 5, 25)
    assert value(forwarded.addressee) == "ผู้ว่าราชการจังหวัดลำปาง"
    assert value(forwarded.signatory.name) == "นายณัฐพล นิมมานพัชรินทร์"
    assert value(forwarded.owner_office) == "ฝ่ายส่งเสริมเมืองอัจฉริยะ"
    assert value(forwarded.email) == "scp@depa.or.th"
    for letter in (cover, forwarded):
        assert days(letter)[0] == dt.date(2023, 8, 15)


def test_seed_004_keeps_damaged_ink_open(read: dict[str, list[Letter]]) -> None:
    cover, forwarded = read["004"]
    number = forwarded.number
    assert number is not None
    assert number.raw == "สศด.๐๓๐๑ /๒.๐๓๓๗"
    assert number.value is None or number.confidence < 0.6
    assert any(
        c.circular and c.running == "0337" for c in (number.value, *number.candidates) if c is not None
    )
    assert [receipt(forwarded, at)[0] for at in range(3)] == ["2369", "7162", "529"]
    assert forwarded.receipts[0].date.value is None  # "๒๕ ๓ พ.ค. ๒๕๖๖" is no day
    assert receipt(forwarded, 1)[1] == dt.date(2023, 5, 26)
    assert receipt(forwarded, 2)[1:] == (dt.date(2023, 5, 30), None)
    (stamp,) = cover.receipts
    assert value(stamp.number) == "9949"
    assert stamp.number.confidence < 0.6


def test_no_seed_is_sure_of_anything(read: dict[str, list[Letter]]) -> None:
    """Nobody knows how well another engine read: every value of a transcript stays below the threshold."""
    for found in read.values():
        for letter in found:
            for field in ("number", "date", "subject", "addressee"):
                reading = getattr(letter, field)
                assert reading is None or reading.confidence < SURE
                assert reading is None or reading.reader == "transcript"


def test_no_seed_is_secret(seeds: dict[str, str]) -> None:
    assert [secrecy_mark(page) for text in seeds.values() for page in read_transcript(text)] == [None] * 5
