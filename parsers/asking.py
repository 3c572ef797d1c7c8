"""Who must do something by a day: the words around a date that make it a deadline, or something else.

Folded text only. A word nearer to the date outweighs one farther away.
"""

from __future__ import annotations

import re

from parsers.data import read_table

_REACH = 280  # characters before the date in which its verb may stand
_AHEAD = 70  # and after it

_LAW = re.compile(
    r"บัญญัติ|กำหนดให้|กำหนดไว้|กำหนดว่า|วางหลัก|ตามมาตรา|(?:มาตรา|ข้อ) [0-9]+ +(?:ให้|เมื่อ|ผู้|ใน|หาก|ถ้า|การ)"
)
_FORMERLY = re.compile("เดิม ?(?:กำหนด)?(?:ไว้)? ?\\Z")  # จากเดิมภายในวันที่ … เป็นภายในวันที่ …
# ผู้ตรวจสอบภายใน is an auditor within the house
_INTERNAL = re.compile(r"(?:(?:ผู้|หน่วย|กลุ่ม|งาน|วิชาการ|การ|กอง|ฝ่าย|ส่วน|สำนัก)ตรวจสอบ|การควบคุม) ?\Z")
_ENTERING = re.compile(r"(?:เข้าร่วม|เข้ารับ|ร่วม|เพื่อ|ผลงาน)(?:การ|โครงการ|กิจกรรม)?\Z")


def _cues(role: str) -> str:
    return "|".join(row["pattern"] for row in read_table("cues") if row["role"] == role)


_ACT = re.compile(_cues("act"))  # what an addressee does: send, answer, register, pay
_PLEA = re.compile(_cues("plea"))  # words that ask, whatever for
_ASK = re.compile(f"{_cues('plea')}|{_cues('ask')}")  # words that make a duty of …
_TASK = re.compile(_cues("task"))  # … work that is done for other reasons too
_NOT = re.compile(_cues("other"))  # what others do or did, and what only happens
_OPEN = re.compile(_cues("open"))  # what opens a span of days to applicants
_EVENT = re.compile(  # what fills a span of days instead
    f"(?P<entered>{_cues('entered event')})|(?P<topic>{_cues('topic')})|{_cues('event')}"
)
_ITEM = re.compile(r"(?:\A|[ \n])(?:[0-9]{1,2}(?:\.(?![0-9])|\))|[-•*◦▪]) ?|\n\n")
_TOLD = re.compile(r"(?<!เท่า)(?<!ดัง)(?<!วัน)(?<!เดือน)(?<!ปี)นั้น")


def asked_by(text: str, start: int, end: int, *, counted: bool = False) -> bool:
    """Whether `text[start:end]` (ภายใน …, ก่อน …) says by when somebody must do something."""
    before = text[max(0, start - _REACH) : start]
    if _FORMERLY.search(before[-20:]) or _INTERNAL.search(before[-24:]):
        return False
    if _told(before, text[end : end + 160]) or (counted and _LAW.search(before[-160:])):
        return False
    item = _last_item(before)
    asked = _verdict(item)
    if asked is None and len(item) < len(before) and "ดังนี้" in before:
        asked = _verdict(before[: len(before) - len(item)])
    if asked is None:
        asked = _verdict_ahead(text[end : end + _AHEAD])
    return bool(asked)


def open_until(text: str, start: int, from_now: bool = False) -> bool:
    """Whether the span of days that starts here is one in which people may apply, send or register."""
    before = _last_item(text[max(0, start - _REACH) : start])
    opened = _end_of_last(_OPEN, before)
    applies = max(opened, _end_of_last(_ACT, before))
    if applies < 0:
        return False
    if from_now:  # no event begins "now"
        return _end_of_last(_NOT, before) < applies
    events = (found for found in _EVENT.finditer(before) if not (opened >= 0 and _entered(before, found)))
    return max((found.end() for found in events), default=-1) < applies


def names_an_act(words: str) -> bool:
    """Whether the words speak of something that people send, apply for or register for."""
    return _ACT.search(words) is not None or _OPEN.search(words) is not None


def _entered(before: str, found: re.Match[str]) -> bool:
    """Whether the event is only what applicants apply for: สมัครเข้าร่วมการอบรม, สมัครสอบ."""
    return bool(found["topic"] or (found["entered"] and _ENTERING.search(before[: found.start()])))


def _last_item(before: str) -> str:
    """The last item of a list, or the last paragraph: what comes before speaks of something else."""
    cut = 0
    for found in _ITEM.finditer(before):
        cut = found.end()
    return before[cut:]


def _end_of_last(pattern: re.Pattern[str], text: str, start: int = 0) -> int:
    end = -1
    for found in pattern.finditer(text, start):
        end = found.end()
    return end


def _verdict(before: str) -> bool | None:
    """True: asked for; False: something else; None: the words do not say."""
    not_asked = _end_of_last(_NOT, before)
    asks = _ASK.search(before)
    done = max(
        _end_of_last(_ACT, before),
        _end_of_last(_PLEA, before),
        -1 if asks is None else _end_of_last(_TASK, before, asks.end()),
    )
    return None if done < 0 and not_asked < 0 else done > not_asked


def _verdict_ahead(after: str) -> bool:
    """ภายในวันที่ … ให้ส่ง…: the verb follows, before anything else is dated."""
    after = re.split(r"\n\n|ภายใน|วันที่|[0-9]{1,2}[.)] ", after, maxsplit=1)[0]
    act, other = _ACT.search(after), _NOT.search(after)
    return act is not None and (other is None or act.start() < other.start())


def _told(before: str, after: str) -> bool:
    """ตามที่ได้ขอให้ส่ง… ภายในวันที่ … นั้น tells of what was asked in an earlier letter."""
    since = max(before.rfind(word) for word in ("ตามที่", "ตามหนังสือ", "ด้วยเหตุที่"))
    if since < 0 or "\n\n" in before[since:] or _TOLD.search(before[since:]):
        return False
    return _TOLD.search(after.split("\n\n")[0]) is not None
