"""Thai digits, dates and line breaking, for drawing letters."""

from __future__ import annotations

import datetime as dt
import re
from functools import lru_cache

from pythainlp import word_tokenize
from pythainlp.util.date import thai_abbr_months, thai_full_months, thai_full_weekdays

_THAI = str.maketrans("0123456789", "๐๑๒๓๔๕๖๗๘๙")
_LATIN = re.compile(r"[A-Za-z]")
_NEVER_FIRST = tuple(").,:;ๆฯ”%/!?")
_NEVER_LAST = tuple("(“")


def digits(text: str, thai: bool) -> str:
    """Write numbers in Thai digits, but leave web and e-mail addresses and other Latin words alone."""
    if not thai:
        return text
    return re.sub(r"\S+", lambda word: word[0] if _LATIN.search(word[0]) else word[0].translate(_THAI), text)


def long_date(day: dt.date) -> str:
    """`5 ตุลาคม 2565`."""
    return f"{day.day} {thai_full_months[day.month - 1]} {day.year + 543}"


def short_date(day: dt.date) -> str:
    """`5 ต.ค. 2565`."""
    return f"{day.day} {thai_abbr_months[day.month - 1]} {day.year + 543}"


def month_year(day: dt.date) -> str:
    """`ตุลาคม 2565`."""
    return f"{thai_full_months[day.month - 1]} {day.year + 543}"


def weekday_date(day: dt.date, weekday: int | None = None) -> str:
    """`วันพุธที่ 5 ตุลาคม 2565`; another weekday may be given, to seed a fault."""
    name = thai_full_weekdays[day.weekday() if weekday is None else weekday].removeprefix("วัน")
    return f"วัน{name}ที่ {long_date(day)}"


@lru_cache(maxsize=4000)
def chunks(text: str) -> tuple[str, ...]:
    """Cut a text where a line may be broken; a chunk keeps its own following space."""
    parts: list[str] = []
    for word in word_tokenize(text, engine="newmm", keep_whitespace=True):
        glued = parts and (word.startswith(_NEVER_FIRST) or parts[-1].endswith(_NEVER_LAST))
        if parts and (word.isspace() or glued):
            parts[-1] += " " if word.isspace() else word
        elif parts and not parts[-1].endswith(" ") and _number_runs_on(parts[-1], word):
            parts[-1] += word
        else:
            parts.append(word)
    return tuple(parts)


def _number_runs_on(before: str, word: str) -> bool:
    """Numbers, abbreviations and addresses such as `04005/ว260` or `saraban@x.go.th` stay on one line."""
    joint = r"[0-9๐-๙./@A-Za-z:\-]"
    return bool(re.search(f"({joint}|/ว)$", before) and re.match(joint, word)) or before.endswith(("/", "."))
