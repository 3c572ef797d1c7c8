"""The audit in words: a summary for the organiser, and for each entrant the list of what to mend, in Thai."""

from __future__ import annotations

from collections import Counter

from pipeline.audit.conditions import Conditions
from pipeline.say import Lang, Words, day_th
from schemas.audit import Answer, Audit, Entry

ANSWERS: dict[Answer, Words] = {
    "met": Words("ผ่าน", "met"),
    "not_met": Words("ไม่ผ่าน", "not met"),
    "unclear": Words("ต้องให้คนดู", "a person must look"),
    "not_applicable": Words("ไม่เกี่ยวข้อง", "not asked"),
}
SIGNS: dict[Answer, str] = {"met": "✓", "not_met": "✗", "unclear": "?", "not_applicable": "–"}


def title_of(audit: Audit, requirement: str, lang: Lang) -> str:
    """A requirement's title."""
    return next(
        (th if lang == "th" else en for id_, th, en in audit.requirements if id_ == requirement), requirement
    )


def name_of(entry: Entry) -> str:
    """What to call a submission: its agency where that is known, and its folder."""
    return entry.agency or entry.id


def summary(audit: Audit, lang: Lang) -> str:
    """How many passed, failed and wait for a person, and on what; in a few sentences."""
    outcomes = Counter(entry.outcome for entry in audit.entries)
    failed, unclear = (
        Counter(v.requirement for e in audit.entries for v in e.verdicts if v.answer == answer)
        for answer in ("not_met", "unclear")
    )
    lines = [audit.title] if audit.title else []
    if lang == "th":
        lines.append(
            f"ส่งมา {len(audit.entries)} ใบ: ครบถ้วน {outcomes['met']} ใบ ไม่ผ่าน {outcomes['not_met']} ใบ "
            f"ต้องให้คนดูก่อน {outcomes['unclear']} ใบ"
        )
    else:
        lines.append(
            f"{len(audit.entries)} submissions: {outcomes['met']} complete, {outcomes['not_met']} not, "
            f"{outcomes['unclear']} wait for a person."
        )
    for heading, counted in ((ANSWERS["not_met"], failed), (ANSWERS["unclear"], unclear)):
        if counted:
            told = ", ".join(f"{title_of(audit, id_, lang)} {count}" for id_, count in counted.most_common())
            lines.append(f"{heading.say(lang)}: {told}")
    lines += (
        [f"หมายเหตุ: {note}" for note in audit.notes]
        if lang == "th"
        else [f"Note: {n}" for n in audit.notes_en]
    )
    return "\n".join(lines)


def letter(entry: Entry, audit: Audit, conditions: Conditions) -> str:
    """What an entrant must mend, as text that can be pasted into a letter."""
    faults = [v for v in entry.verdicts if v.answer == "not_met"]
    doubts = [v for v in entry.verdicts if v.answer == "unclear"]
    lines = [
        f"เรื่อง  ผลการตรวจเอกสารส่งผลงานเข้าประกวด{f' {audit.title}' if audit.title else ''}",
        f"เรียน  {name_of(entry)}",
        "",
        f"ตามที่หน่วยงานของท่านส่งผลงาน{f' “{entry.work}”' if entry.work else ''} เข้าประกวดนั้น "
        f"ผู้จัดการประกวดได้ตรวจเอกสารเมื่อวันที่ {day_th(audit.made_at.date())} แล้ว ปรากฏผลดังนี้",
        "",
    ]
    if not faults and not doubts:
        lines.append("เอกสารครบถ้วนถูกต้อง ไม่มีสิ่งที่ต้องแก้ไข")
    for place, one in enumerate(faults, 1):
        lines.append(f"{place}. {title_of(audit, one.requirement, 'th')}: {one.message}")
        if one.mend and one.mend != one.message:
            lines.append(f"   สิ่งที่ต้องทำ: {one.mend}")
    if faults and conditions.closes is not None:
        lines += ["", f"หากประสงค์จะแก้ไข โปรดส่งใหม่ภายในวันที่ {day_th(conditions.closes)}"]
    if doubts:
        names = ", ".join(title_of(audit, one.requirement, "th") for one in doubts)
        lines += ["", f"(สำหรับผู้จัด: ยังต้องให้เจ้าหน้าที่ดูก่อนส่งหนังสือนี้: {names})"]
    return "\n".join(lines) + "\n"


def terminal(audit: Audit, lang: Lang) -> str:
    """The summary, then one line a submission that did not pass."""
    lines = [summary(audit, lang), ""]
    for entry in audit.entries:
        wrong = [v for v in entry.verdicts if v.answer in ("not_met", "unclear")]
        if wrong:
            told = ", ".join(f"{SIGNS[v.answer]} {title_of(audit, v.requirement, lang)}" for v in wrong)
            lines.append(f"{entry.id}: {told}")
    return "\n".join(lines).rstrip()


__all__ = ["ANSWERS", "SIGNS", "letter", "name_of", "summary", "terminal", "title_of"]
