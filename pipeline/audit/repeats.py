"""Requirements that look beyond one submission: former winners, copies, and several works of one agency."""

from __future__ import annotations

import datetime as dt

from parsers.entrants import same_agency, same_work
from pipeline.audit.registry import Case, not_asked, requirement, verdict
from schemas.audit import Entry, Verdict
from schemas.contest import Award

_SAME_AGENCY = 0.8
_SAME_WORK, _MAYBE_WORK = 0.82, 0.6
_STRANGER_WORK = 0.9  # the title of a work that another agency won with


@requirement("new_work", "ไม่เคยได้รับรางวัล", "has not won before")
def new_work(case: Case) -> Verdict:
    """The work is not one that won before; its agency may enter another."""
    if case.winners is None:
        if not case.conditions.not_won_in:
            return not_asked()
        return verdict("unclear", "ไม่ได้ให้รายชื่อผู้ได้รับรางวัลไว้", "No list of winners was given.")
    entry, place = case.entry, case.filled("work")
    if not entry.work and not entry.agency:  # a known agency that never won cannot have won with any work
        return verdict("unclear", "อ่านชื่อผลงานไม่ได้", "The work's title was not read.")
    best = max(
        ((_likeness(entry, award), award) for award in _in_years(case)), key=lambda p: p[0], default=None
    )
    if best is None or best[0] < 0.5:
        return verdict("met", "ไม่ตรงกับผลงานที่เคยได้รางวัล", "It is no former winner.", place=place)
    won = best[1]
    told = f"“{won.project.value if won.project else '—'}” {won.agency.value}" + (
        f" ปี {won.year.value}" if won.year else ""
    )
    if best[0] >= 0.9:
        return verdict(
            "not_met", f"เคยได้รางวัล: {told}", f"It has won before: {told}.", "ส่งผลงานอื่นที่ไม่เคยได้รับรางวัล", place
        )
    return verdict(
        "unclear", f"คล้ายผลงานที่เคยได้รางวัล: {told}", f"It is like a former winner: {told}.", place=place
    )


def _in_years(case: Case) -> list[Award]:
    years = case.conditions.not_won_in
    return [
        award for award in case.winners or ()
        if not years or award.year is None or award.year.value is None or award.year.value in years
    ]  # fmt: skip


def _likeness(entry: Entry, award: Award) -> float:
    """1 the same work, about 0.7 perhaps, 0 another."""
    title = award.project.value if award.project else None
    agency = same_agency(entry.agency, award.agency.value) if entry.agency and award.agency.value else None
    if title is None or not entry.work:
        return 0.7 if agency is not None and agency >= _SAME_AGENCY else 0.0
    work = same_work(entry.work, title)
    if agency is None or agency < _SAME_AGENCY:
        return 0.7 if work >= _STRANGER_WORK and (agency is None or agency > 0.6 or work > 0.96) else 0.0
    return 1.0 if work >= _SAME_WORK else 0.7 if work >= _MAYBE_WORK else 0.0


@requirement("not_copied", "ไม่ใช่ใบซ้ำ", "no duplicate")
def not_copied(case: Case) -> Verdict:
    """The form was not sent twice; of two that are alike the first counts."""
    entry = case.entry
    for other in case.others:
        if other.id == entry.id:
            continue
        kind = _alike(entry, other, case.twins)
        if kind is None:
            continue
        place = case.filled("agency")
        if kind == "maybe":
            return verdict(
                "unclear", f"คล้ายกับ “{other.id}” โปรดเทียบดู", f"It is much like “{other.id}”.", place=place
            )
        if _came_first(entry, other):
            return verdict("met", f"“{other.id}” ส่งซ้ำภายหลัง", f"“{other.id}” repeats it.", place=place)
        told = "ไฟล์เดียวกัน" if kind == "hash" else "ใบเดียวกัน"
        return verdict(
            "not_met",
            f"{told}กับ “{other.id}”",
            f"It is the same as “{other.id}”.",
            f"ส่งซ้ำกับ “{other.id}”",
            place,
        )
    return verdict("met", "ไม่ซ้ำกับใบอื่น", "It is like no other.")


def _alike(one: Entry, other: Entry, twins: frozenset[tuple[str, str]]) -> str | None:
    """hash: the same file; image: one paper scanned twice; maybe: the same agency and title; None: two papers."""
    first = next((f.sha256 for f in one.files if f.name == one.form and f.sha256), "")
    second = next((f.sha256 for f in other.files if f.name == other.form and f.sha256), "")
    if first and first == second:
        return "hash"
    if (one.id, other.id) in twins:
        return "image"
    if one.agency and other.agency and one.work and other.work:
        titles = same_work(one.work, other.work)
        if (
            same_agency(one.agency, other.agency) >= _SAME_AGENCY
            and titles >= 0.92
            and _sure(one)
            and _sure(other)
        ):
            return "maybe"
    return None


def _sure(entry: Entry) -> bool:
    return entry.work is not None and len(entry.work) >= 8


def _came_first(one: Entry, other: Entry) -> bool:
    late = dt.datetime.max.replace(tzinfo=dt.UTC)
    return ((one.arrived or late), one.id) < ((other.arrived or late), other.id)


@requirement("works_per_agency", "จำนวนผลงานของหน่วยงาน", "works of one agency")
def works_per_agency(case: Case) -> Verdict:
    """An agency has no more works in the contest than it may."""
    entry, limit = case.entry, case.conditions.works_per_agency
    if not entry.agency:
        return (
            not_asked()
            if limit is None
            else verdict("unclear", "อ่านชื่อหน่วยงานไม่ได้", "The agency was not read.")
        )
    own = [
        other for other in case.others
        if other.id != entry.id and other.agency and same_agency(entry.agency, other.agency) >= 0.9
        and (not entry.province or not other.province or entry.province == other.province)
        and _alike(entry, other, case.twins) is None
    ]  # fmt: skip
    names = ", ".join(f"“{other.id}”" for other in own)
    if limit is None or len(own) < limit:
        told = f"ส่งหลายผลงาน (กับ {names})" if own else "ผลงานเดียว"
        return verdict("met", told, f"With {names}." if own else "Its only work.")
    before = [other for other in own if _came_first(other, entry)]
    if len(before) < limit:
        return verdict("met", f"อยู่ในจำนวนที่ส่งได้ (ผลงานอื่น: {names})", f"Within the limit (others: {names}).")
    return verdict(
        "not_met",
        f"เกิน {limit} ผลงานต่อหน่วยงาน (กับ {names})",
        f"More than {limit} (with {names}).",
        f"เลือกส่งไม่เกิน {limit} ผลงาน",
    )
