"""NUM: the letter's number against the rest of the letter."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator
from functools import cache, lru_cache

from parsers.data import read_table
from parsers.text import to_arabic
from pipeline.rules.registry import HOUSE_RULE, REGULATION, Evidence, House, could_clear, rule
from pipeline.rules.tables import pairs
from pipeline.say import Words, day_en, day_th
from schemas.finding import Severity
from schemas.letter import Letter, LetterNumber

_POSTCODE = re.compile(r"(?<!\d)[1-9]\d{4}(?!\d)")
_BEFORE_POSTCODE = re.compile(r"(?<![ก-๎])([ก-ฮ]{2})\.? ?[1-9]\d{4}(?!\d)")
_TURN_OF_YEAR = (12, 16)  # from here on a letter may get its number in the next year's register


@rule(
    "NUM-01",
    Severity.WARNING,
    basis=f"{REGULATION} ข้อ 43.1.2",
    title_th="ปีในเลขที่หนังสือตรงกับปีของวันที่",
    examples=(
        {"number": "สพร 2566/ว907", "date": "2023-06-02"},
        {"number": "สพร 2565/ว907", "date": "2023-06-02"},
    ),
)
def year_of_number(letter: Letter, house: House) -> Iterator[Evidence]:
    """The year inside the number is the year of the date.

    Numbers run by calendar year. Late December and January letters may stand in the neighbouring year's
    register. From October the next year may be a fiscal year: then it is only a note.
    """
    number, written = letter.number, letter.date
    if number is None or written is None or number.value is None or written.value is None:
        return
    if not _differ(number.value, written.value):
        return
    year, day = number.value.year or 0, written.value
    message = Words(
        f"เลขที่หนังสือเป็นของปี {year} แต่หนังสือลงวันที่ {day_th(day)}",
        f"The number belongs to the year {year - 543} ({year} BE), but the letter is dated {day_en(day)}.",
    )
    fiscal = day.month >= 10 and year == day.year + 544
    yield Evidence(
        message,
        ("number", "date"),
        severity=Severity.NOTE if fiscal else None,
        doubtful=could_clear(_differ, number, written),
    )


def _differ(number: LetterNumber, day: dt.date) -> bool:
    if number.year is None:
        return False
    ahead = number.year - (day.year + 543)
    if ahead == -1:
        return day.month != 1
    if ahead == 1:
        return (day.month, day.day) < _TURN_OF_YEAR
    return ahead != 0


@rule(
    "NUM-02",
    Severity.NOTE,
    basis=f"{REGULATION} ข้อ 11.1",
    title_th="รหัสตัวพยัญชนะเป็นที่รู้จัก",
    examples=({"number": "ลป 0017.2/ว1797"}, {"number": "ฬฆ 0017.2/ว1797", "address": None}),
)
def code_is_known(letter: Letter, house: House) -> Iterator[Evidence]:
    """The two letters of the code are a ministry's or a province's.

    Public bodies choose codes of their own, of three letters and more; and no complete list was found, so
    this is only a note.
    """
    number = letter.number
    if number is None or number.value is None or number.value.code is None or len(number.value.code) != 2:
        return
    known = _codes("ministry_codes", "code") | _codes("province_codes", "abbr_2letter")
    if number.value.code not in known:
        message = Words(
            f"ไม่รู้จักรหัส “{number.value.code}”", f"The code “{number.value.code}” is not in our tables."
        )
        doubtful = any(other.code in known for other in number.candidates)
        yield Evidence(message, ("number",), doubtful=doubtful)


@cache
def _codes(table: str, column: str) -> frozenset[str]:
    return frozenset(row[column] for row in read_table(table))


@rule(
    "NUM-03",
    Severity.WARNING,
    basis=f"{REGULATION} ภาคผนวก 1",
    title_th="รหัสจังหวัดตรงกับที่อยู่",
    examples=(
        {"number": "ลป 0017.2/ว1797", "address": "ถนนวชิราวุธดำเนิน ลป ๕๒๐๐๐"},
        {"number": "ลป 0017.2/ว1797", "address": "ถนนช้างเผือก ชม ๕๐๓๐๐"},
    ),
)
def code_fits_the_address(letter: Letter, house: House) -> Iterator[Evidence]:
    """A province's code in the number is the code of the province in the address.

    Codes that a ministry shares with a province, and addresses that name no province or several, are left
    alone.
    """
    number, address = letter.number, letter.address
    if number is None or address is None or number.value is None or address.value is None:
        return
    code, there = number.value.code, provinces_in(address.value)
    if code not in _codes("province_codes", "abbr_2letter") or code in _codes("ministry_codes", "code"):
        return
    if len(there) != 1 or code in there:
        return
    other = next(iter(there))
    message = Words(
        f"เลขที่ขึ้นต้นด้วย “{code}” ({_province(code)}) แต่ที่อยู่เป็นของ “{other}” ({_province(other)})",
        f"The number begins with “{code}” ({_province(code)}), but the address is in “{other}” ({_province(other)}).",
    )
    doubtful = any(each.code == other for each in number.candidates)
    yield Evidence(message, ("number", "address"), doubtful=doubtful)


@rule(
    "NUM-04",
    Severity.NOTE,
    basis=HOUSE_RULE,
    title_th="รหัสไปรษณีย์ตรงกับจังหวัด",
    examples=({"address": "ถนนวชิราวุธดำเนิน ลป ๕๒๐๐๐"}, {"address": "ถนนวชิราวุธดำเนิน ลป ๖๓๐๐๐"}),
)
def postcode_fits(letter: Letter, house: House) -> Iterator[Evidence]:
    """The postcode of an address belongs to its province.

    Some villages are served from the next province: only a note.
    """
    address = letter.address
    if address is None or address.value is None:
        return
    there, found = provinces_in(address.value), _POSTCODE.findall(to_arabic(address.value))
    if len(there) != 1 or len(found) != 1:
        return
    (code,) = there
    row = next(row for row in read_table("province_codes") if row["abbr_2letter"] == code)
    prefix = dict(pairs("postcodes", "geocode", "prefix")).get(row["geocode"], row["geocode"])
    if not found[0].startswith(prefix):
        message = Words(
            f"รหัสไปรษณีย์ {found[0]} ไม่ใช่ของ{row['province_th']} ({prefix}xxx)",
            f"The postcode {found[0]} is not one of {row['province_en']} ({prefix}xxx).",
        )
        yield Evidence(message, ("address",))


@lru_cache(maxsize=256)  # offices write from the same address again and again
def provinces_in(address: str) -> frozenset[str]:
    """The codes of the provinces that an address names, in full or by the code before its postcode."""
    text = to_arabic(address)
    codes = _codes("province_codes", "abbr_2letter")
    short = {code for code in _BEFORE_POSTCODE.findall(text) if code in codes}
    full = {
        row["abbr_2letter"]
        for row in read_table("province_codes")
        if f"จังหวัด{row['province_th']}" in text or f"จ.{row['province_th']}" in text
    }
    if re.search(r"กรุงเทพ|กทม\.?", text):
        full.add("กท")
    return frozenset(short | full)


def _province(code: str) -> str:
    return next(row["province_th"] for row in read_table("province_codes") if row["abbr_2letter"] == code)
