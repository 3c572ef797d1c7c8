"""Times as letters write them: a row is a text and, after the bar, what is found in it, as in date_cases.py."""

import pytest

from parsers.dates import find_times
from tests.parsers.date_cases import rows_of

TIMES = r"""
๑๓.๓๐ – ๑๕.๐๐ น. | 13:30-15:00
10.00 – 16.00 น. | 10:00-16:00
13.30 น. - 15.00 น. | 13:30-15:00
๑๓.๓๐ น. ถึง ๑๕.๐๐ น. | 13:30-15:00
เวลา 09.00 น. ถึงเวลา 12.00 น. | 09:00-12:00
11:00 น. | 11:00
เวลา..... 11:00 น. | 11:00
พุธ ๒๐ ตุลาคม ๒๕๖๔ ๐๙:๐๒ | 09:02
๐๙:๐๒:๓๓ | 09:02
เวลา ๐๙๐๐ น. | 09:00
เวลา ๐๙๐๐ | 09:00
0930 น. | 09:30
เวลา ๙.๐๐ น. | 09:00
เวลา 10.45 | 10:45
เวลา 9 น. | 09:00
๑๖ นาฬิกา | 16:00
๑๖ นาฬิกา ๓๐ นาที | 16:30
๑๖.๓๐ นาฬิกา | 16:30
10.00 am | 10:00
1:30 PM | 13:30
12.00 p.m. | 12:00
12:00 AM | 00:00
บ่ายโมง | 13:00
บ่ายสองโมง | 14:00
บ่าย ๓ โมง | 15:00
๙ โมง | 09:00
เวลา ๙ โมงเช้า | 09:00
สิบโมง | 10:00
๔ โมงเย็น | 16:00
๒ ทุ่ม | 20:00
เที่ยงวัน | 12:00
เที่ยงคืน | 00:00
24.00 น. | 23:59
00.00 น. | 00:00
1O.30 น. | 10:30
09.00 - 12.00 | -
เวลา 09.00 - 12.00 | 09:00-12:00
เวลา 25.30 น. | ?
13.75 น. | ?
๖๗.๙๒ | -
ข้อ 10.30 | -
2.30 บาท | -
1:50 | -
12.30 น.ส.สมศรี | -
19.20.16 | -
โทร. ๐ ๒๖๑๒ ๖๐๖๐ | -
อัตราส่วน 16:90 | -
ที่ 15 น.อ. สมชาย | -
เที่ยงธรรม | -
พ.ศ. 2022 | -
"""


@pytest.mark.parametrize(("text", "expected"), rows_of(TIMES), ids=[text for text, _ in rows_of(TIMES)])
def test_times_in_a_text(text, expected):
    found = [
        "?" if one.value is None else f"{one.value:%H:%M}" + (f"-{one.until:%H:%M}" if one.until else "")
        for one in find_times(text)
    ]
    assert found == expected
