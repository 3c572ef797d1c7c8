"""What a contest asks of the form: fields, the tick, signature, seal, dates. What could not be read is no fault."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Sequence

from parsers.dates import find_dates
from pipeline.audit.registry import SURE, Case, not_asked, requirement, unread, verdict
from pipeline.say import day_en, day_th
from schemas.audit import Filled, Verdict


@requirement("fields", "กรอกข้อมูลครบ", "all fields filled in")
def fields(case: Case) -> Verdict:
    """Every required place of the form holds writing."""
    if not case.conditions.fields:
        return not_asked()
    if case.unread:
        return unread(case)
    asked = [f for f in _fields_of(case) if f.kind == "text"]
    empty = [f for f in asked if f.present is False]
    doubtful = [f for f in asked if f.present is None]
    sure = [f for f in empty if f.confidence >= SURE]
    if sure:
        names = ", ".join(f.label for f in sure)
        return verdict(
            "not_met", f"ยังไม่ได้กรอก: {names}", f"Not filled in: {names}.", f"กรอก {names}", sure[0]
        )
    if empty or doubtful:
        names = ", ".join(f.label for f in [*empty, *doubtful])
        return verdict(
            "unclear", f"เห็นไม่ชัดว่ากรอกหรือไม่: {names}", f"Hard to see: {names}.", place=[*empty, *doubtful][0]
        )
    return verdict("met", f"กรอกครบ {len(asked)} ช่อง", f"All {len(asked)} filled in.")


def _fields_of(case: Case) -> Sequence[Filled]:
    sheet = case.entry.sheet
    return [f for f in (sheet.fields if sheet else ()) if f.required]


@requirement("acceptance", "ทำเครื่องหมายยอมรับเงื่อนไข", "conditions accepted")
def acceptance(case: Case) -> Verdict:
    """The box that accepts the conditions is ticked."""
    if not case.conditions.acceptance:
        return not_asked()
    if case.unread:
        return unread(case)
    place = case.filled("acceptance")
    if place is None:
        return verdict("unclear", "ไม่พบช่องยอมรับเงื่อนไขบนแบบฟอร์มเปล่า", "The blank has no such box.")
    if place.state in case.conditions.accepted_by and place.confidence >= SURE:
        return verdict("met", "ทำเครื่องหมายแล้ว", "Ticked.", place=place)
    if place.state == "empty" and place.confidence >= SURE:
        return verdict("not_met", "ยังไม่ได้ทำเครื่องหมาย", "Not ticked.", "ทำเครื่องหมาย ✓ ในช่องยอมรับเงื่อนไข", place)
    words = {"crossed": "เป็นกากบาท", "filled": "ถูกระบายทึบ"}.get(place.state or "", "ไม่ชัดเจน")
    return verdict(
        "unclear", f"เครื่องหมายในช่อง{words} โปรดดู", "The mark is not a plain tick: look at it.", place=place
    )


def _present(case: Case, key: str, asked: bool, words: tuple[str, str, str]) -> Verdict:
    """Whether something stands in its place: what it is called, what to do, and its English name."""
    thai, mend, english = words
    if not asked:
        return not_asked()
    if case.unread:
        return unread(case)
    place = case.filled(key)
    if place is None:
        return verdict(
            "unclear", f"ไม่พบที่สำหรับ{thai}บนแบบฟอร์มเปล่า", f"The blank has no place for the {english}."
        )
    if place.present and (place.kind == "date" or place.confidence >= 0.8):
        return verdict("met", f"มี{thai}", f"The {english} is there.", place=place)
    if place.present is False and place.confidence >= SURE:
        return verdict("not_met", f"ไม่มี{thai}", f"There is no {english}.", mend, place)
    return verdict("unclear", f"เห็น{thai}ไม่ชัด โปรดดู", f"The {english} is hard to see.", place=place)


@requirement("signature", "ลงลายมือชื่อ", "signed")
def signature(case: Case) -> Verdict:
    """The form is signed by pen."""
    words = ("ลายมือชื่อ", "ลงลายมือชื่อในแบบฟอร์ม", "signature")
    return _present(case, "signature", case.conditions.signature, words)


@requirement("seal", "ประทับตรา", "sealed")
def seal(case: Case) -> Verdict:
    """The agency's seal is on the form."""
    return _present(case, "seal", case.conditions.seal, ("ตราประทับ", "ประทับตราหน่วยงานในแบบฟอร์ม", "seal"))


@requirement("date", "ลงวันที่", "dated")
def date(case: Case) -> Verdict:
    """The form bears a date."""
    return _present(case, "date", case.conditions.date, ("วันที่", "ลงวันที่ในแบบฟอร์ม", "date"))


@requirement("in_use", "ใช้งานจริงก่อนกำหนด", "in use early enough")
def in_use(case: Case) -> Verdict:
    """The work was in use before the day that the contest sets."""
    limit = _use_limit(case)
    if limit is None:
        return not_asked()
    if case.unread:
        return unread(case)
    place = case.filled("in_use")
    if place is None:
        return verdict("unclear", "แบบฟอร์มไม่มีช่องวันที่เริ่มใช้งาน", "The form has no place for that date.")
    if place.present is False and place.confidence >= SURE:
        return verdict(
            "unclear", "ไม่ได้กรอกวันที่เริ่มใช้งาน", "The day it was first used is not filled in.", place=place
        )
    day = first_day(place.text or "")
    if day is None:
        return verdict(
            "unclear",
            f"อ่านวันที่เริ่มใช้งานไม่ได้ (“{place.text or ''}”)",
            "The day was not understood.",
            place=place,
        )
    if day < limit and (place.confidence >= SURE or ((limit - day).days > 60 and place.confidence >= 0.5)):
        return verdict("met", f"เริ่มใช้ {day_th(day)}", f"In use since {day_en(day)}.", place=place)
    if day >= limit and place.confidence >= 0.95:
        told = f"เริ่มใช้ {day_th(day)} แต่ต้องก่อน {day_th(limit)}"
        return verdict(
            "not_met", told, f"In use since {day_en(day)}, not before {day_en(limit)}.", told, place
        )
    return verdict(
        "unclear", f"อ่านได้ว่าเริ่มใช้ {day_th(day)} แต่ไม่แน่ใจ", f"It seems to read {day_en(day)}.", place=place
    )


def first_day(text: str) -> dt.date | None:
    """The day that a text tells; a month alone counts as its first day."""
    for said in (text, re.sub(r"(?<=\d) (?=\d)", "", text)):  # pen digits stand apart
        found = find_dates(said)
        if found and found[0].value:
            return found[0].value
    return None


def _use_limit(case: Case) -> dt.date | None:
    """The work must be in use before this day: either condition of the two is enough."""
    days = [case.conditions.in_use_before] if case.conditions.in_use_before else []
    closes, months = case.conditions.closes, case.conditions.in_use_months
    if closes is not None and months is not None:
        total = closes.year * 12 + closes.month - 1 - months
        last = min(closes.day, 28)
        days.append(dt.date(total // 12, total % 12 + 1, last) + dt.timedelta(days=1))
    return max(days, default=None)
