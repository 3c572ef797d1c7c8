"""Letter numbers: real and made-up shapes beside those of the grammar's own examples, and what is none.

In the tables a row is a text and, after the bar, its canonical form, or `-` where there is no number.
"""

import string

import pytest
from hypothesis import given
from hypothesis import strategies as st

from parsers.numbers import KNOWN_CODES, find_letter_numbers, parse_letter_number, repairs
from parsers.text import to_thai

WHOLE = """
ที่ ศธ ๐๔๐๐๕/ว๒๖๒ | ศธ 04005/ว262
ที่ ศธ ๐๔๐๑๒/๙๗๖๙ | ศธ 04012/9769
ที่ศธ ๐๔๐๑๒/๙๗๖๙ | ศธ 04012/9769
ที ศธ ๐๔๐๑๒/๙๗๖๙ | ศธ 04012/9769
ที่  ศธ  ๐๔๐๑๒ / ๙๗๖๙ | ศธ 04012/9769
ที่ : ศธ ๐๔๐๑๒/๙๗๖๙ | ศธ 04012/9769
ที่..........ศธ ๐๔๐๑๒/๙๗๖๙.......... | ศธ 04012/9769
ที่ มท\u00a0๐๘๐๘.๒/ว\u00a0๕๔๑๘ | มท 0808.2/ว5418
มท๐๘๐๘.๒/ว๕๔๑๘ | มท 0808.2/ว5418
มท.๐๘๐๘.๒/ว.๕๔๑๘ | มท 0808.2/ว5418
มท. ๐๘๐๘.๒ / ว. ๕๔๑๘ | มท 0808.2/ว5418
มท ๐๘๐๘. ๒/ว ๕๔๑๘ | มท 0808.2/ว5418
มท ๐๘๐๘ .๒/ว ๕๔๑๘ | มท 0808.2/ว5418
มท ๐๘๐๘.๒.๑/๑๒ | มท 0808.2.1/12
อว ๖๙.๕.๑/๑๒๓ | อว 69.5.1/123
อว 67.05/ว 12 | อว 67.05/ว12
อว ๖๔/๑๒๓ | อว 64/123
อว64/123 | อว 64/123
อว ๘๓๙๓(๒).๑/ว ๑๒ | อว 8393(2).1/ว12
อว 660101.1.2/ว 45 | อว 660101.1.2/ว45
ศธ ๐๕๑๔.๗.๑.๒.๓/๑๒ | ศธ 0514.7.1.2.3/12
ศธ ๐๔๐๒๒.๐๔๖/๑๒ | ศธ 04022.046/12
ตช ๐๐๒๒(ลป).๗/๑๒๓ | ตช 0022(ลป).7/123
นร (ปคร) ๐๔๐๒/๑๒๓ | นร(ปคร) 0402/123
สปสช.๕.๓๑/ว.๓ | สปสช 5.31/ว3
อว ๐๖๕๑.๑๐๑ (๑)/๓๔๕ | อว 0651.101(1)/345
อว 0651.101( 1 )/345 | อว 0651.101(1)/345
ทส ๑๖๐๒.๔/ พิเศษ | ทส 1602.4/พิเศษ
กห ๐๓๐๑/ว๗๗๗/๒๕๖๕ | กห 0301/ว777/2565
กห ๐๓๐๑ / ๗๗๗ / ๒๕๖๕ | กห 0301/777/2565
สพร 2566/1 | สพร 2566/1
สพร 2566/ว1 | สพร 2566/ว1
ขก 0032.005/000063 | ขก 0032.005/000063
ขก 0032.005/0000063 | -
กษ 2501/ว12 | กษ 2501/ว12
กษ 2501/12 | กษ 2501/12
มท 2565/ว12 | มท 2565/ว12
สทช 2402/ว12 | สทช 2402/ว12
ที่ 123/2565 | 123/2565
ที่ ๑ / ๒๕๖๕ | 1/2565
๐๐๑/๒๕๖๕ | 001/2565
1234567/2565 | -
123/2465 | -
123/65 | -
123/256 | -
ที่ ๕/๒๕๖๕ เรื่อง แต่งตั้ง | -
สพร ๒๕๖๕/ว๙๐๗ ลงวันที่ | -
สพร ๒๕๖๕/ว | -
สพร ๒๕๖๕/ | -
สพร ๒๕๖๕ | -
สพร/ว๙๐๗ | สพร/ว907
/ว๙๐๗ | -
ว๙๐๗ | -
ก ๐๐๑๗/๑๒ | -
กขคงจฉ ๐๐๑๗/๑๒ | -
สำนัก ๐๐๑๗/๑๒ | -
มท ๑๒/๓๔ | -
มท ๐๘๐๘๐๘๐/๑๒ | -
มท ๐๘๐๘.๒/ว ๕๔๑๘.๕ | -
AB 0017/12 | -
19/08/2565 | -
๐ ๒๖๑๒ ๖๐๖๐ | -
 | -
/ | -
มท ๕๕๔๒๐-๙/๐๘๗๑ | มท 55420-9/0871
มท ๕๕๔๒๐-๙ | -
สอ.คท. ว.๒๗/๒๕๖๗ | -
"""
READS = [tuple(line.rpartition(" | ")[::2]) for line in WHOLE.strip("\n").splitlines()]


@pytest.mark.parametrize(("text", "expected"), READS, ids=[text for text, _ in READS])
def test_a_whole_text_as_a_number(text, expected):
    number = parse_letter_number(text.replace(r"\u00a0", "\u00a0"))
    assert (number.text if number else "-") == expected


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("สพร ๒๕๖๕/ว๙๐๗", ("สพร", None, True, "907", 2565)),
        ("ลป ๐๐๑๗.๒/ว ๑๗๙๗", ("ลป", "0017.2", True, "1797", None)),
        ("มท 0808.2/ว 0679", ("มท", "0808.2", True, "0679", None)),
        ("นร ๑๓๐๕/ว ๕๒๙๓", ("นร", "1305", True, "5293", None)),
        ("กห ๐๓๐๑/๗๗๗/๒๕๖๕", ("กห", "0301", False, "777", 2565)),
        ("ทส ๑๖๐๒.๔/พิเศษ", ("ทส", "1602.4", False, "พิเศษ", None)),
        ("อว ๐๖๕๑.๑๐๑(๑)/๓๔๕", ("อว", "0651.101(1)", False, "345", None)),
        ("กษ 2501/12", ("กษ", "2501", False, "12", None)),
        ("๑๒๓/๒๕๖๕", (None, None, False, "123", 2565)),
    ],
)
def test_the_parts_of_a_number(text, parts):
    number = parse_letter_number(text)
    assert number is not None
    assert (number.code, number.owner, number.circular, number.running, number.year) == parts


FOUND = """
ที่ สพร ๒๕๖๕/ว๙๐๗ | สพร 2565/ว907
ตามหนังสือ ที่ มท ๐๘๐๘.๒/ว ๕๔๑๘ ลงวันที่ ๒๐ กันยายน ๒๕๖๕ | มท 0808.2/ว5418
ตามหนังสือกรมส่งเสริมการปกครองท้องถิ่น ด่วนที่สุด ที่ มท 0808.2/ว 2600 ลงวันที่ | มท 0808.2/ว2600
ด่วนที่สุดที่ มท 0808.2/ว 2600 | มท 0808.2/ว2600
หนังสือที่ มท 0808.2/ว 2600 | มท 0808.2/ว2600
สำเนาหนังสือสำนักงานส่งเสริมเศรษฐกิจดิจิทัล ที่ สศด.๐๓๐๑/ว ๐๓๓๓๗\\nลงวันที่ | สศด 0301/ว03337
หนังสือสำนักงาน ก.พ. ที่ นร 1013/ว 5 ลงวันที่ 3 มกราคม 2565 | นร 1013/ว5
อ้างถึง ๑. หนังสือ ที่ นร ๐๕๐๕/ว ๑๒๐ และ ที่ นร ๐๕๐๕/ว ๑๒๑ | นร 0505/ว120 นร 0505/ว121
(กค 0530.3/ว.61) | กค 0530.3/ว61
หนังสือ กค 0530.3/ว.61 | กค 0530.3/ว61
หนังสือจังหวัด\\nที่ ลป\\n๐๐๑๗.๒/ว ๑๗๙๗ | ลป 0017.2/ว1797
ที่ ศธ ๐๔๐๐๒/๑๒๓๔\\nโรงเรียนบ้านนา | ศธ 04002/1234
คำสั่งกรมชลประทาน ที่ ๑๒๓/๒๕๖๕ เรื่อง แต่งตั้ง | 123/2565
คำสั่งที่ ๑๒๓/๒๕๖๕ | 123/2565
คำสั่งโรงเรียนบ้านนา\\nที่ ๑๒๓/๒๕๖๕ | 123/2565
ที่ ๑๒๓/๒๕๖๕\\nเรื่อง | 123/2565
ตามประกาศกรม ที่ ๕/๒๕๖๕ ลงวันที่ | 5/2565
ที่ อว ๐๖๕๑.๑๐๑(๑)/๓๔๕ วันที่ ๕ ตุลาคม ๒๕๖๕ | อว 0651.101(1)/345
ส่วนราชการ สำนักงาน โทร ๑๒๓๔ ที่ สธ ๐๒๐๑.๐๒/ว ๑๒ วันที่ | สธ 0201.02/ว12
ที่ กห ๐๓๐๑/๗๗๗/๒๕๖๕ | กห 0301/777/2565
ที่ ทส ๑๖๐๒.๔/พิเศษ | ทส 1602.4/พิเศษ
ลป ๕๒๐๐๐ | -
ถนนวชิราวุธดำเนิน ลป ๕๒๐๐๐ | -
ชร 52005 | -
ว ๙๖๐ | -
ตาม ว 960 ลว 27 พ.ย. 57 | -
๑๒๓/๒๕๖๕ | -
เลขที่ 7508 | -
เลขรับ 2783/2569 | -
ครั้งที่ ๕/๒๕๖๕ | -
การประชุมคณะกรรมการ ครั้งที่ ๑/๒๕๖๕ ตามคำสั่ง | -
ข้อ 5/2565 | -
หมู่ที่ 5/2565 | -
มติที่ประชุม ครั้งที่ ๓/๒๕๖๕ | -
คดีหมายเลขดำที่ ผบ 123/2565 | -
คดีหมายเลขแดงที่ อม 123/2565 | -
รวม 123/2565 | -
คน 100/200 | -
งบ 2565/2566 | -
ปี พ.ศ. 2565/2566 | -
ปี พศ 2565/2566 | -
ถนน 101/12 | -
ซอย 101/1 | -
มอก 123/2556 | -
มผช.๑๒๓/๒๕๕๖ | -
เลขที่ 99/123 ถนนพระราม | -
โทร. ๐ ๒๖๑๒ ๖๐๖๐ ต่อ ๑๒๓/๑๒๔ | -
19/08/2565 | -
วันที่ 5/10/2565 | -
และ/หรือ | -
รูปแบบ ชื่อหน่วยงาน_form1.pdf | -
https://dgti.dga.or.th/dgti-local/2565/1 | -
ประจำปี 2565/66 | -
ขนาด 100/200 มม. | -
ABC 0017/12 | -
"""
FINDS = [tuple(line.rpartition(" | ")[::2]) for line in FOUND.strip("\n").splitlines()]


@pytest.mark.parametrize(("text", "expected"), FINDS, ids=[text for text, _ in FINDS])
def test_numbers_in_a_text(text, expected):
    found = find_letter_numbers(text.replace("\\n", "\n"))
    assert " ".join(one.value.text for one in found) == ("" if expected == "-" else expected)
    assert all(one.sound for one in found)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("ที่ สพร ๒๕๖๕/๒๙๐๗", "สพร 2565/2907"),
        ("ที่ ลป ๐๐๑๗๒/ว ๑๗๙๗", "ลป 00172/ว1797"),
        ("ที่ ลป ๐๐๑๗.๒/ง ๑๗๙๗", "ลป 0017.2/ว1797"),
        ("ที่ มท ๐๘๐๘.๒ว ๕๔๑๘", "มท 0808.2/ว5418"),
        ("ที่ มท O808.2/ว 5418", "มท 0808.2/ว5418"),
        ("ที่ สศด.๐๓๐๑ /๒.๐๓๓๗", "สศด 0301/ว0337"),
        ("ที่ พม ๐๔๐๘๒๓๘๘", "พม 0408/2388"),
        ("หนังสือ สขค 0301.2/ว 12", "สขค 0301.2/ว12"),
        ("ที่ มท ๐๘๐๘๐๒/ว ๑๒", "มท 080802/ว12"),
    ],
)
def test_a_doubtful_number_is_found_but_not_sound(text, expected):
    (found,) = find_letter_numbers(text)
    assert found.value.text == expected
    assert not found.sound


REPAIRS = """
ลป ๐๐๑๗.๒/ง ๑๗๙๗ | ลป 0017.2/ว1797
ลป ๐๐๑๗.๒/จ ๑๗๙๗ | ลป 0017.2/ว1797
สศด.๐๓๐๑ /๒.๐๓๓๗ | สศด 0301/ว0337
สพร ๒๕๖๕/๒๙๐๗ | สพร 2565/ว907
ลป ๐๐๑๗๒/ว ๑๗๙๗ | ลป 0017.2/ว1797
ลป ๐๐๑๗ ๒/ว ๑๗๙๗ | ลป 0017.2/ว1797
ลป ๐๐๑๗,๒/ว ๑๗๙๗ | ลป 0017.2/ว1797
มท ๐๘๐๘.๒ว ๕๔๑๘ | มท 0808.2/ว5418
มท ๐๘๐๘.๒ ว ๕๔๑๘ | มท 0808.2/ว5418
มท ๐๘๐๘.๒|ว ๕๔๑๘ | มท 0808.2/ว5418
มท ๐๘๐๘.๒\\ว ๕๔๑๘ | มท 0808.2/ว5418
มท ๐๘๐๘.๒lว ๕๔๑๘ | มท 0808.2/ว5418
มท ๐๘๐๘.๒/ว ๕ ๔ ๑ ๘ | มท 0808.2/ว5418
มท O808.2/ว 5418 | มท 0808.2/ว5418
ที่ มท 0808.2/ว 54l8 | มท 0808.2/ว5418
ส.พ.ร. ๒๕๖๕/ว๙๐๗ | สพร 2565/ว907
ส พ ร ๒๕๖๕/ว๙๐๗ | สพร 2565/ว907
พม ๐๔๐๘๒๓๘๘ | พม 0408/2388
ลป ๐๐๑๗.๒ ๑๗๙๗ | ลป 0017.2/1797
สพร ๒๕๖๕ว๙๐๗ | สพร 2565/ว907
สพร ๒๕๖๕/ฯ๙๐๗ | สพร 2565/ว907
ลป ๐๐๑๗ ๒ว ๑๗๙๗ | ลป 0017.2/ว1797
ยธ ๐๙๑๔:.๖/๑๙๕๑ | ยธ 0914.6/1951
สต ๗๒๐๗๑/ว๑๔.๑๘ | สต 72071/ว1418
ศธ ๐๔๐๖๖/ว๓๑:๗๖ | ศธ 04066/ว3176
มช ๖๐๐:๖/๔๓๔๘ | มช 600.6/4348
"""
MENDS = [tuple(line.rpartition(" | ")[::2]) for line in REPAIRS.strip("\n").splitlines()]


@pytest.mark.parametrize(("text", "expected"), MENDS, ids=[text for text, _ in MENDS])
def test_the_likeliest_repair_comes_first(text, expected):
    assert repairs(text.replace("\\\\", "\\"))[0].text == expected


@pytest.mark.parametrize(
    "text",
    ["", "ลป ๕๒๐๐๐", "ชร 52005", "ว ๙๖๐", "๑๒๓/๒๕๖๕", "7508", "๑๙ สิงหาคม ๒๕๖๕", "โทร. ๐ ๒๖๑๒ ๖๐๖๐", "มท"],
)
def test_what_is_no_number_is_not_repaired_into_one(text):
    assert repairs(text) == []


@pytest.mark.parametrize("text", ["ลป ๐๐๑๗.๒/ว ๑๗๙๗", "มท 0808.2/ว 5418", "ศธ ๐๔๐๐๒/๑๒๓๔"])
def test_a_good_number_needs_no_repair(text):
    assert repairs(text) == []


def test_the_span_is_the_number_without_its_label():
    text = "อ้างถึง หนังสือ ที่  มท ๐๘๐๘.๒/ว  ๕๔๑๘  ลงวันที่"
    (found,) = find_letter_numbers(text)
    assert text[found.start : found.end] == "มท ๐๘๐๘.๒/ว  ๕๔๑๘"


def test_codes_of_ministries_provinces_and_agencies_are_known():
    assert {"มท", "ลป", "กท", "สพร", "สศด", "นร"} <= KNOWN_CODES


CODES = st.sampled_from(sorted(KNOWN_CODES))
FIGURES = st.text(string.digits, min_size=1, max_size=5)


@given(CODES, st.integers(1, 2399), st.none() | st.integers(1, 99), st.booleans(), FIGURES, st.booleans())
def test_a_printed_number_reads_back(code, owner, part, circular, running, thai):
    printed = f"{owner:04}" + (f".{part}" if part else "") + "/" + "ว" * circular + running
    text = to_thai(f"{code} {printed}") if thai else f"{code} {printed}"
    number = parse_letter_number(text)
    assert number is not None
    assert number.text == f"{code} {printed}"
    assert (number.circular, number.running) == (circular, running)
    assert parse_letter_number(number.text) == number
    if running != "0":
        assert [one.value for one in find_letter_numbers(f"อ้างถึง หนังสือ ที่ {text} ลงวันที่")] == [number]


PIECES = "ที่,มท,สพร,ลป,๐๐๑๗,2565,0808,.,/,ว,ง,O,l,|,\\,(,), ,\n,พิเศษ,คำสั่ง,1,๒"
TEXTS = st.text() | st.lists(st.sampled_from(PIECES.split(",")), max_size=30).map("".join)


@given(TEXTS)
def test_no_text_is_trouble(text):
    parse_letter_number(text)
    repairs(text)
    before = 0
    for one in find_letter_numbers(text):
        assert before <= one.start < one.end <= len(text)
        before = one.end
        assert parse_letter_number(one.value.text) == one.value


@given(TEXTS)
def test_repairs_are_numbers_that_read_back_and_never_the_strict_reading(text):
    candidates = repairs(text)
    assert parse_letter_number(text) not in candidates
    assert len({one.text for one in candidates}) == len(candidates)
    assert all(parse_letter_number(one.text) == one for one in candidates)


HOSTILE = "1,ก,กก,มท 0808.2/,ที่ ,ที่,\nที่ ก,0.0,(,มท 0808. 2. 2. ,ว,/,., ,มท 1/,O0,ก(ก)"


@pytest.mark.timeout(30)
@pytest.mark.parametrize("piece", HOSTILE.split(","))
def test_long_hostile_text_is_no_trouble(piece):
    text = piece * (100_000 // len(piece))
    find_letter_numbers(text)
    parse_letter_number(text)
    repairs(text)


def test_a_section_before_the_running_number_is_read_and_doubted() -> None:
    found = parse_letter_number("นม ๑๕๓๒/งธ ๐๔๕")
    assert found is not None
    assert (found.owner, found.running, found.text) == ("1532/งธ", "045", "นม 1532/งธ045")
    (seen,) = find_letter_numbers("ที่ นม ๑๕๓๒/งธ ๐๔๕")
    assert not seen.sound  # it may be a ว that was read as two letters
    several = parse_letter_number("มท ๕๓๐๗.๑๒/กฟส.มห.-๒๒๑๐")
    assert several is not None
    assert several.text == "มท 5307.12/กฟส.มห.2210"


def test_a_sign_of_a_circular_is_no_letter_of_a_code() -> None:
    assert repairs("สอ.คท. ว.๒๗/๒๕๖๗") == []
