"""Deadlines: the days by which a letter wants something sent, answered, paid or done."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date, time, timedelta

from parsers.asking import asked_by, names_an_act, open_until
from parsers.counted import NO_LATER, WITHIN, Anchor, Days, FoundDeadline, counted_deadlines
from parsers.date_forms import Seen
from parsers.date_words import GAP, month_at, years_at
from parsers.dates import first_of_range, seen_dates, settle
from parsers.numerals import COUNT, read_count
from parsers.periods import UNITS, end_of_month
from parsers.text import Folded, fold, mend_zeros
from parsers.times import FoundTime, see_times
from schemas.letter import DeadlineKind

__all__ = ["FoundDeadline", "find_deadlines"]


def find_deadlines(
    text: str, written: date | None = None, received: date | None = None
) -> list[FoundDeadline]:
    """All deadlines of a text in their order: not events, not announcements of results, not laws."""
    folded = mend_zeros(fold(text))
    folded = folded._replace(text=_LINE_END.sub(" ", folded.text))
    days = Days(written, received)
    every = (*_fixed(folded.text, days), *_months(folded.text, days), *counted_deadlines(folded.text, days))
    found = sorted(every, key=lambda deadline: (deadline.start, -deadline.end))
    apart: list[FoundDeadline] = []
    for deadline in found:
        if not apart or deadline.start >= apart[-1].end:
            apart.append(deadline)
    return [_in_original(folded, deadline) for deadline in apart]


_LINE_END = re.compile(r"(?<!\n)\n(?!\n)")  # paragraphs stay apart


def _in_original(folded: Folded, deadline: FoundDeadline) -> FoundDeadline:
    start, end = folded.span(deadline.start, deadline.end)
    return deadline._replace(start=start, end=end)


_CLOCK = (
    r"(?P<clock> ?(?:เวลา ?)?[0-9]{1,2} ?[.:] ?[0-9]{2} ?(?:น\.?)? ?(?:ของ|ใน)?| ?เวลาราชการ ?(?:ของ|ใน)?)?"
)
_DAY_LABEL = rf" ?(?:วัน ?ท[ีิ]่?)? ?:?{GAP}"
_BY = re.compile(
    rf"(?:(?P<before>(?<!ไม่)ก่อน(?:ถึง)?)|(?:ก่อนหรือ)?{NO_LATER})"
    rf"(?: ?(?:{WITHIN}|ไม่เกิน|กำหนด|สิ้น))?{_CLOCK}{_DAY_LABEL}\Z"
)
_OWN = re.compile(
    r"(?:หมดเขต|(?<!เ)ปิดรับ|สิ้นสุด(?:การ|ระยะเวลา)?(?:การ)?(?:เปิด)?(?:รับ|ลงทะเบียน|ส่ง|ยื่น|สมัคร)|กำหนด(?:ส่ง|ยื่น|ตอบ|ปิดรับ)|"
    r"วันสุดท้าย(?:ของ|ที่|ใน)?(?:การ)?(?:เปิด)?(?:รับ|ลงทะเบียน|ส่ง|ยื่น|สมัคร|แจ้ง|ตอบ)|[Dd]eadline|DEADLINE|"
    r"[Cc]losing [Dd]ate|[Nn]ot? later than)(?P<rest>[^0-9\n]{0,50})\Z"
)
_ELSE = re.compile("ประกาศ|จัดงาน|จัดขึ้น|เริ่ม|ไม่มี|แล้ว")
_UNTIL = re.compile(
    r"(?P<now>(?:(?:ตั้งแต่|นับแต่|นับตั้งแต่|นับจาก|เริ่ม) ?)?(?:บัดนี้|วันนี้)(?: ?เป็นต้นไป)? ?)?"
    rf"(?:(?:จน)?ถึง(?:สิ้น)?|(?<=[้] )[-–—]|(?<=[้])[-–—]){_CLOCK}{_DAY_LABEL}\Z"
)
_MOVED = re.compile(  # ขยายเวลาการส่งผลงานจากวันที่ … เป็นวันที่ …
    rf"(?:ขยาย|เลื่อน)(?:กำหนด|ระยะ|วัน|เวลา|การ)[^\n]{{0,110}}?(?:เป็น|(?:ออก)?ไป(?:จน)?ถึง)(?:ภายใน)?{_DAY_LABEL}\Z"
)
_SPAN_WORDS = re.compile(r"(?:(?:ใน)?ระหว่าง|ตั้งแต่|เริ่ม)? ?(?:วัน ?ท[ีิ]่?)? ?\Z")
_ADVANCE = re.compile(rf"(?P<count>{COUNT}) ?(?P<unit>{'|'.join(UNITS)}) ?\Z")
_OLD = timedelta(days=366)  # an older day than that is a fact of the past


def _fixed(text: str, days: Days) -> Iterator[FoundDeadline]:
    """Deadlines on a day of the calendar."""
    dates, times = seen_dates(text), see_times(text)
    for at, seen in enumerate(dates):
        following = dates[at + 1] if at + 1 < len(dates) else None
        in_range = following is not None and first_of_range(text, seen, following) == seen
        last = following if in_range and following is not None else seen
        start = _bounded(text, seen, last)
        if start is None:
            start = _opened(text, dates[at - 1] if at else None, seen)
            last = seen
        if start is not None:
            deadline = _on_day(text, start, last, times, days)
            if days.written is None or deadline.value is None or days.written - deadline.value < _OLD:
                yield deadline


def _bounded(text: str, seen: Seen, last: Seen) -> int | None:
    """Where the words begin that bound a date: ภายใน, ไม่เกิน, ก่อน, หมดเขต."""
    begin = max(0, seen.start - 110)
    before = text[begin : seen.start]
    by = _BY.search(before)
    if by is not None and asked_by(text, begin + by.start(), last.end):
        return begin + by.start()
    own = _OWN.search(before[-100:])
    if own is None or _ELSE.search(own["rest"]):
        return None
    return max(begin, seen.start - 100) + own.start()


def _opened(text: str, before: Seen | None, last: Seen) -> int | None:
    """Where the span of days begins that is open until a date: เปิดรับสมัคร … ถึงวันที่."""
    first = first_of_range(text, before, last)
    if first is not None:
        words = _SPAN_WORDS.search(text, max(0, first.start - 24), first.start)
        start = first.start - len(words[0].lstrip()) if words else first.start
        return start if open_until(text, start) else None
    begin = max(0, last.start - 140)
    moved = _MOVED.search(text[begin : last.start])
    if moved is not None and names_an_act(moved[0]):
        return begin + moved.start()
    begin = max(0, last.start - 90)
    until = _UNTIL.search(text[begin : last.start])
    if until is None or not open_until(text, begin + until.start(), from_now=bool(until["now"])):
        return None
    return begin + until.start()


def _on_day(text: str, start: int, seen: Seen, times: list[FoundTime], days: Days) -> FoundDeadline:
    """The deadline on one date, with the time of day beside it."""
    lead = text[start : seen.start]
    by = _BY.match(lead)
    hour, end = _time_beside(text, start, seen, times, bounded=by is not None)
    value = _due(seen, days)
    kind: DeadlineKind = "fixed"
    anchor: Anchor | None = None
    if by is not None and by["before"] and hour is None and value is not None:
        back = 1
        advance = _ADVANCE.search(text[max(0, start - 30) : start])
        if advance is not None:  # อย่างน้อย ๗ วัน ก่อนวันที่ …
            kind, anchor = "counted", "event"
            back = (read_count(advance["count"]) or 0) if advance["unit"] == "วัน" else 0
        value = value - timedelta(days=back) if 0 < back <= (value - date.min).days else None
    return FoundDeadline(start, end, value, hour, kind, anchor, seen.weekday)


_TIME_LINK = re.compile(r" ?\(? ?(?:(?:ภายใน|ก่อน|ไม่เกิน|ใน|ณ|จนถึง|ถึง|ตั้งแต่) ?)?(?:เวลา ?)?")


def _time_beside(
    text: str, start: int, seen: Seen, times: list[FoundTime], bounded: bool
) -> tuple[time | None, int]:
    """The time that belongs to a deadline, the later one of a span; and where the deadline's words end.

    Behind the date, or before it after a word such as ภายใน: in a span that would be its beginning's time.
    """
    for found in times:
        if found.start >= seen.end:
            if _TIME_LINK.fullmatch(text, seen.end, found.start):
                return found.until or found.value, found.end
            break
    if bounded:
        for found in times:
            if start <= found.start and found.end <= seen.start:
                return found.value, seen.end
    return None, seen.end


def _due(seen: Seen, days: Days) -> date | None:
    """The day meant; a deadline without a year lies ahead of the letter."""
    near = days.written or days.received
    if seen.years is None and near is not None:
        ahead = (settle(seen._replace(years=(near.year + step,)), near) for step in (0, 1))
        return next((day for day in ahead if day is not None and day >= near), None) or settle(seen, near)
    return settle(seen, near)


_MONTH = re.compile(f"(?:{WITHIN}|ไม่เกิน|ก่อน(?= ?สิ้น))(?: ?(?:สิ้น|ปลาย))? ?เดือน ?(?P<rel>นี้|หน้า|ถัดไป)?")


def _months(text: str, days: Days) -> Iterator[FoundDeadline]:
    """ภายในเดือนตุลาคม ๒๕๖๕, ภายในสิ้นเดือนนี้: the last day of the month."""
    near = days.written or days.received
    for found in _MONTH.finditer(text):
        month, end, value = month_at(text, found.end()), found.end(), None
        if found["rel"] is None and month is None:
            continue
        if month is not None and found["rel"] is None:
            year = years_at(text, month.end)
            end = month.end if year is None else year[1]
            last = Seen(found.start(), end, 1, month.number, None if year is None else year[0])
            first = settle(last, near) if year or near is None else _due(last._replace(day=28), days)
            value = first and end_of_month(first.year, first.month)
        elif near is not None:
            step = near.month - 1 + (found["rel"] != "นี้")
            value = end_of_month(near.year + step // 12, step % 12 + 1)
        if asked_by(text, found.start(), end):
            yield FoundDeadline(found.start(), end, value, None, "fixed", None, None)
