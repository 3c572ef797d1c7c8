"""The 36 examples of the letter number's grammar, each ticked off by its own number with all its parts.

The grammar and its examples were drawn up for this project from the office regulation (ข้อ ๑๑ and annex 1) and from
letters; they are carried over whole. Columns: the example's number, the text, and `code owner circular running year`
with `-` for a part that is not there, or `none` where the text is no number; behind `=>` what a person is offered.
"""

from __future__ import annotations

import pytest

from parsers.numbers import parse_letter_number, repairs

EXAMPLES = """
1 | สพร ๒๕๖๕/ว๙๐๗ | สพร - ว 907 2565
2 | ที่ สพร ๒๕๖๔/ว๒๔๒๕ | สพร - ว 2425 2564
3 | ลป ๐๐๑๗.๒/ว ๑๗๙๗ | ลป 0017.2 ว 1797 -
4 | สศด.๐๓๐๑/ว ๐๓๓๓๗ | สศด 0301 ว 03337 -
5 | สศด.๐๓๐๑ /๒.๐๓๓๗ | none => สศด 0301/ว0337
6 | มท 0808.2/ว 5418 | มท 0808.2 ว 5418 -
7 | มท 0803.3/ว 5389 | มท 0803.3 ว 5389 -
8 | มท 0808.2/ว 0679 | มท 0808.2 ว 0679 -
9 | มท 0808.2/ว 4553 | มท 0808.2 ว 4553 -
10 | ขก 0032.005/ว63 | ขก 0032.005 ว 63 -
11 | กค. 0530.3/ว.61 | กค 0530.3 ว 61 -
12 | นร ๑๓๐๕/ว ๕๒๙๓ | นร 1305 ว 5293 -
13 | นร ๑๐๐๒/ว๓ | นร 1002 ว 3 -
14 | สร 1002/ว 47 | สร 1002 ว 47 -
15 | ศธ ๐๔๐๐๒/๑๒๓๔ | ศธ 04002 - 1234 -
16 | ชม ๕๒๐๐๑/๑๒๓ | ชม 52001 - 123 -
17 | ชม ๕๑๐๐๑/ว ๔๕ | ชม 51001 ว 45 -
18 | นม ๗๑๔๐๑/๘๙ | นม 71401 - 89 -
19 | กท ๐๔๐๔/๒๕๖ | กท 0404 - 256 - => กท 0404/ว56
20 | สธ ๐๒๐๑.๐๒/ว ๑๒ | สธ 0201.02 ว 12 -
21 | อว ๐๖๕๑.๑๐๑(๑)/๓๔๕ | อว 0651.101(1) - 345 -
22 | มอ ๑๐๐.๓/๒๕๖ | มอ 100.3 - 256 - => มอ 100.3/ว56
23 | ตช ๐๐๐๙.๒๓๑/๑๒๓ | ตช 0009.231 - 123 -
24 | ทส ๑๖๐๒.๔/พิเศษ | ทส 1602.4 - พิเศษ -
25 | กห ๐๓๐๑/๗๗๗/๒๕๖๕ | กห 0301 - 777 2565
26 | สพร ๒๕๖๕/๒๙๐๗ | สพร - - 2907 2565 => สพร 2565/ว907
27 | ลป ๐๐๑๗๒/ว ๑๗๙๗ | ลป 00172 ว 1797 - => ลป 0017.2/ว1797
28 | ลป ๐๐๑๗.๒/ง ๑๗๙๗ | none => ลป 0017.2/ว1797
29 | มท ๐๘๐๘.๒ว ๕๔๑๘ | none => มท 0808.2/ว5418
30 | มท O808.2/ว 5418 | none => มท 0808.2/ว5418
31 | ลป ๕๒๐๐๐ | none
32 | ชร 52005 | none
33 | ว ๙๖๐ | none
33 | ว 184 | none
34 | ๑๒๓/๒๕๖๕ | - - - 123 2565
34 | 2783/2569 | - - - 2783 2569
35 | 7508 | none
35 | 2921 | none
35 | ๒๓๖๙. | none
35 | ๕๒๙ | none
36 | มอ 520/๑๒ | มอ 520 - 12 -
"""
ROWS = [tuple(part.strip() for part in row.split("|")) for row in EXAMPLES.strip().splitlines()]


def test_none_of_the_examples_is_left_out() -> None:
    assert list(dict.fromkeys(int(number) for number, _, _ in ROWS)) == list(range(1, 37))


@pytest.mark.parametrize(("number", "text", "expected"), ROWS, ids=[f"{n} {text}" for n, text, _ in ROWS])
def test_an_example_has_its_parts(number: str, text: str, expected: str) -> None:
    wanted, _, offered = (part.strip() for part in expected.partition("=>"))
    found = parse_letter_number(text)
    if wanted == "none":
        assert found is None
    else:
        assert found is not None
        circular = "ว" if found.circular else None
        parts = (found.code, found.owner, circular, found.running, found.year)
        assert " ".join(str(part or "-") for part in parts) == wanted
    assert [one.text for one in repairs(text)][:1] == ([offered] if offered else [])
