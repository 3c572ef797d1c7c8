"""What a contest asks of the entrant: to be local government (อปท.) of the right kind, and to be in time."""

from __future__ import annotations

import datetime as dt

from parsers.agencies import LOCAL_KINDS
from parsers.entrants import agency_name
from pipeline.audit.folder import BANGKOK
from pipeline.audit.names import read_name
from pipeline.audit.registry import SURE, Case, not_asked, requirement, unread, verdict
from pipeline.say import day_en, day_th
from schemas.audit import Verdict

_ALL_LOCAL = ("องค์กรปกครองส่วนท้องถิ่น", "อปท")


@requirement("eligible", "เป็นหน่วยงานที่มีสิทธิ์", "may enter")
def eligible(case: Case) -> Verdict:
    """The agency is local government (อปท.) of a kind that may enter."""
    allowed = _allowed_kinds(case)
    if allowed is None:
        return not_asked()
    if not case.entry.agency:
        return (
            unread(case)
            if case.unread
            else verdict("unclear", "อ่านชื่อหน่วยงานไม่ได้", "The agency's name was not read.")
        )
    name = agency_name(case.entry.agency)
    place = case.filled("agency")
    if name.kind in allowed:
        return verdict("met", f"{name.kind}", f"It is {name.kind}.", place=place)
    read = (
        place is not None
        and place.confidence >= SURE
        and place.text
        and agency_name(place.text).local is name.local
    )
    if (name.local is False or (name.kind and name.exact)) and (read or _named_twice(case, name.local)):
        told = f"“{case.entry.agency}” ไม่ใช่หน่วยงานที่มีสิทธิ์ส่ง"
        return verdict(
            "not_met",
            told,
            f"{case.entry.agency} may not enter.",
            "โครงการนี้รับเฉพาะ " + ", ".join(case.conditions.entrants),
            place,
        )
    return verdict(
        "unclear", f"ไม่แน่ใจว่า “{case.entry.agency}” เป็นหน่วยงานชนิดใด", "Its kind is not certain.", place=place
    )


def _allowed_kinds(case: Case) -> frozenset[str] | None:
    asked = case.conditions.entrants
    if not asked:
        return None
    kinds = {kind for kind in LOCAL_KINDS if any(kind in one for one in asked)}
    if any(word in one.replace(" ", "") for one in asked for word in _ALL_LOCAL):
        return LOCAL_KINDS
    kinds |= {
        kind
        for kind in LOCAL_KINDS
        if kind.startswith("เทศบาล") and any(one.strip() == "เทศบาล" for one in asked)
    }
    return frozenset(kinds) or None


def _named_twice(case: Case, local: bool | None) -> bool:
    """The file's or folder's name tells the same of the agency's kind as the form does."""
    name = (
        read_name(case.entry.form, case.conditions.naming).agency
        if case.entry.form and case.conditions.naming
        else None
    )
    told = [agency_name(each).local for each in (name, case.entry.id) if each]
    place = case.filled("agency")
    on_form = agency_name(place.text).local if place is not None and place.text else None
    return local in told and on_form is local


@requirement("on_time", "ส่งทันกำหนด", "on time")
def on_time(case: Case) -> Verdict:
    """It came before the closing day was over."""
    closes, arrived = case.conditions.closes, case.entry.arrived
    if closes is None:
        return not_asked()
    if arrived is None:
        return verdict("unclear", "ไม่รู้เวลาที่ส่งมา", "When it came is not known.")
    arrived = arrived.astimezone(BANGKOK)
    last = dt.datetime.combine(closes, case.conditions.closes_at or dt.time(23, 59, 59), BANGKOK)
    if case.conditions.closes_at is not None:
        last += dt.timedelta(seconds=59)
    told = f"{day_th(arrived.date())} {arrived:%H:%M} น."
    english = f"{day_en(arrived.date())} {arrived:%H:%M}"
    if arrived <= last:
        return verdict("met", f"ส่ง {told}", f"It came on {english}.")
    if case.entry.arrived_by == "manifest":
        return verdict(
            "not_met", f"ส่ง {told} หลังปิดรับ", f"It came on {english}, too late.", "ส่งหลังปิดรับ ไม่อาจรับพิจารณาได้"
        )
    return verdict(
        "unclear",
        f"เวลาของไฟล์คือ {told} ซึ่งหลังปิดรับ แต่เวลาของไฟล์อาจเปลี่ยนเมื่อคัดลอก",
        f"The files' time is {english}; copying may have changed it.",
    )
