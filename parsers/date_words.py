"""The words of dates: how months, weekdays and years are written, rightly and wrongly.

All patterns here are for folded text (see `parsers.text.fold`): Arabic digits, single spaces.
"""

from __future__ import annotations

import re
from functools import cache

from rapidfuzz.distance import Levenshtein

from parsers.data import read_table
from parsers.text import LETTERS, MARKS

DASH = "(?:[-–—−~‐‑]|(?:จน)?ถึง)"
"""What stands between the two ends of a range."""
GAP = r"[ \n]?(?:(?:\.{2,80}|…{1,40}|_{2,80})[ \n]?)?"
"""A space, a line's end, or the dots of a form."""

_MONTH_ROWS = read_table("months")
_WEEKDAY_ROWS = read_table("weekdays")


def _key(written: str) -> str:
    """A month as written, without the dots and spaces that come and go."""
    return written.replace(" ", "").replace(".", "").replace(",", "")


def _spellings() -> dict[str, int]:
    known: dict[str, int] = {}
    for row in _MONTH_ROWS:
        variants = [form for form in row["seen_or_expected_variants"].split("|") if form]
        for form in (row["full_th"], row["abbr_th"], row["colloquial_th"], *variants):
            known[_key(form)] = int(row["month"])
    return known


_MONTHS = _spellings()
_FULL = tuple(row["full_th"] for row in _MONTH_ROWS)
_SHORT = frozenset(key for key in _MONTHS if len(re.sub(f"[{MARKS}เ]", "", key)) == 2)
_SPOKEN = frozenset(row["colloquial_th"] for row in _MONTH_ROWS)


def _pattern_of(key: str) -> str:
    if key in _SHORT:  # ส.ค. สค ส. ค. ส ค
        return " ?[.,]? ?".join((key[:-1], key[-1])) + "(?: ?[.,])?"
    if key in _SPOKEN:
        return f"{key}(?![{LETTERS}])"
    return " ?".join(key)  # OCR puts spaces into long names


_MONTH = re.compile("|".join(_pattern_of(key) for key in sorted(_MONTHS, key=len, reverse=True)))
_WORD = re.compile(f"[{LETTERS}]{{5,16}}")
# After a short name: no Thai word going on, no further letter of some longer abbreviation (ก.พ.ร., ก.ค.ศ.).
_ENDS = re.compile(f"(?![{LETTERS}])")
_NO_MORE_LETTERS = re.compile(rf" ?(?![ก-ฮ](?:\.|(?![{LETTERS}])))")


class Month:
    """A month as found in a text: which one, where it ends, and how surely it is one."""

    __slots__ = ("end", "number", "short", "vague")

    def __init__(self, number: int, end: int, short: bool = False, vague: bool = False) -> None:
        self.number, self.end = number, end
        self.short = short  # an abbreviation
        self.vague = vague  # could be another word: wants a year or a label beside it


def month_at(text: str, start: int) -> Month | None:
    """The Thai month that begins exactly at `start` of a folded text."""
    if not "\u0e01" <= text[start : start + 1] <= "\u0e4e":
        return None  # most numbers stand before something else
    found = _MONTH.match(text, start)
    if found is None:
        return _misread_month(text, start)
    key = _key(found[0])
    if key not in _SHORT:
        return Month(_MONTHS[key], found.end(), vague=key in _SPOKEN)
    dotted = found[0].endswith((".", ","))
    if not (_NO_MORE_LETTERS if dotted else _ENDS).match(text, found.end()):
        return None
    # ก.พ. and ก.ค. are also the civil service commission and the teachers' one
    return Month(_MONTHS[key], found.end(), short=True, vague="." not in found[0] or key in ("กพ", "กค"))


def _misread_month(text: str, start: int) -> Month | None:
    found = _WORD.match(text, start)
    if found is None:
        return None
    word = found[0]
    if word.endswith("พ") and text.startswith(".ศ", found.end()):  # ตุลาดมพ.ศ.
        word = word[:-1]
    number = _closest(word)
    return None if number is None else Month(number, start + len(word))


@cache
def _bare(word: str) -> str:
    return re.sub(f"[{MARKS}]", "", word)


def _closest(word: str) -> int | None:
    """The one month whose full name is at most one letter, or all of its marks, away."""
    near = [
        number
        for number, name in enumerate(_FULL, start=1)
        if Levenshtein.distance(word, name, score_cutoff=1) <= 1 or (word == _bare(word) == _bare(name))
    ]
    return near[0] if len(near) == 1 else None


ENGLISH_MONTH = "|".join(
    f"{name[:3]}(?:{name[3:]}|t)?" if name == "September" else f"{name[:3]}(?:{name[3:]})?"
    for name in (row["month_en"] for row in _MONTH_ROWS)
)
"""English month names, whole or cut to three letters; to be compiled with IGNORECASE."""
_ENGLISH = {row["month_en"][:3].lower(): int(row["month"]) for row in _MONTH_ROWS}


def english_month(name: str) -> int:
    """The number of a month matched by `ENGLISH_MONTH`."""
    return _ENGLISH[name[:3].lower()]


_DAY_NAMES = {row["full_th"]: int(row["iso_weekday0"]) for row in _WEEKDAY_ROWS} | {"พฤหัส": 3, "พฤหัสฯ": 3}
_DAY_SHORT = {row["abbr_th"].rstrip("."): int(row["iso_weekday0"]) for row in _WEEKDAY_ROWS}
_DAY_ENGLISH = {row["weekday_en"][:3].lower(): int(row["iso_weekday0"]) for row in _WEEKDAY_ROWS}


def _longest_first(words: dict[str, int]) -> str:
    return "|".join(sorted(map(re.escape, words), key=len, reverse=True))


_WEEKDAY_BEFORE = re.compile(
    rf"(?:(?:วัน ?)?(?P<thai>{_longest_first(_DAY_NAMES)})(?: ?ท[ีิ]่?)?"
    rf"|(?<![{LETTERS}.])(?P<short>{_longest_first(_DAY_SHORT)})\."
    r"|(?<![A-Za-z])(?P<english>(?:Mon|Tues?|Wed(?:nes)?|Thu(?:rs?)?|Fri|Sat(?:ur)?|Sun)(?:day)?)\.?,?)"
    r"[ \n]?\Z",
    re.IGNORECASE,
)
_WEEKDAY_AFTER = re.compile(rf" ?\( ?(?:วัน ?)?(?P<thai>{_longest_first(_DAY_NAMES)}) ?\)")


def weekday_before(text: str, end: int) -> tuple[int, int] | None:
    """The weekday named right before `end`, and where its words begin: วันพุธที่, พ., Wednesday."""
    begin = max(0, end - 24)
    found = _WEEKDAY_BEFORE.search(text[begin:end])
    if found is None:
        return None
    if found["thai"]:
        number = _DAY_NAMES[found["thai"]]
    elif found["short"]:
        number = _DAY_SHORT[found["short"]]
    else:
        number = _DAY_ENGLISH[found["english"][:3].lower()]
    return number, begin + found.start()


def weekday_after(text: str, start: int) -> tuple[int, int] | None:
    """The weekday named in brackets at `start`, and where its words end: (วันพุธ)."""
    found = _WEEKDAY_AFTER.match(text, start)
    return None if found is None else (_DAY_NAMES[found["thai"]], found.end())


_ERA = r"(?P<be>พ ?[.,]? ?ศ ?[.,]?|พุทธศักราช|B\.? ?E\.?)|(?P<ce>ค ?[.,]? ?ศ ?[.,]?|คริสต์ศักราช|A\.? ?D\.?)"
_HOUR = f"น(?![{LETTERS}])|นาฬิกา|โมง"
_THINGS = f"(?:คน|แห่ง|ราย|ครั้ง|ท่าน|วัน|เดือน)(?![{LETTERS}])|บาท|นาที|ชั่วโมง|รางวัล|%"
_YEAR = re.compile(
    rf"(?:{GAP},? ?(?:ปี ?)?(?:(?:{_ERA}){GAP})?|[/-])['’‘]?"
    rf"(?:(?P<full>2 ?[0-9] ?[0-9] ?[0-9]|[0-9]{{4}})(?! ?(?:{_HOUR}))"
    rf"|(?P<two>[0-9]{{2}})(?![.:,][0-9]| ?(?:{_HOUR}|{_THINGS}))|(?P<bad>2[0-9]{{2}}|2[0-9]{{4}}))(?![0-9])",
    re.IGNORECASE,
)
_GOES_ON = re.compile("[/-]")
_SPACE = re.compile(f"{GAP}(?:เดือน ?)?")


def _day_next(text: str, end: int) -> bool:
    """Whether a month follows, so that the two figures before it are a day: ๑๕ มิถุนายน ๑๕ สิงหาคม."""
    gap = _SPACE.match(text, end)
    return gap is not None and month_at(text, gap.end()) is not None


Years = tuple[int, ...]
"""The Common Era years that a written year may mean, the likeliest first."""


def years_at(text: str, start: int, english: bool = False) -> tuple[Years, int, bool] | None:
    """The year written at `start`, where it ends, and whether it has only two digits.

    The years are empty when what is written cannot be one.
    """
    found = _YEAR.match(text, start)
    if found is None or (found["full"] or "").startswith("0"):  # 0900: a time
        return None
    if found["two"]:
        named = found["be"] or found["ce"]
        if not named and (
            "\n" in found[0] or _GOES_ON.match(text, found.end()) or _day_next(text, found.end())
        ):
            return None
        return short_years(int(found["two"]), common_era=bool(found["ce"]) or english), found.end(), True
    if found["bad"]:
        return (), found.end(), False
    era = "BE" if found["be"] else "CE" if found["ce"] else None
    return full_year(int(found["full"].replace(" ", "")), era), found.end(), False


def full_year(number: int, era: str | None = None) -> Years:
    """What a year of four digits means; nothing when it cannot be one.

    Before 2484 the Thai year began in April, so that older years are not converted.
    """
    if 2484 <= number <= 2699 and era != "CE":
        return (number - 543,)
    if 1900 <= number <= 2199 and era != "BE":
        return (number,)
    return ()


def short_years(number: int, common_era: bool = False) -> Years:
    """What a year of two digits may mean: a Buddhist year of our century first, or a common one."""
    if common_era:
        return (2000 + number, 1900 + number)
    return tuple(be - 543 for be in (2500 + number, 2400 + number, 2600 + number) if be >= 2484)
