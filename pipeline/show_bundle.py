"""What a file holds beside its letters, told to people: annexes, contradictions, awards, rules, links."""

from __future__ import annotations

from collections.abc import Iterator

from pipeline.say import Lang, Words, say_day
from schemas.contest import Annex, Award, Rules
from schemas.letter import Letter
from schemas.result import Result

SUBKINDS = {
    "order": Words("คำสั่ง", "order"),
    "regulation": Words("ระเบียบ", "regulation"),
    "rule": Words("ข้อบังคับ", "by-law"),
    "announcement": Words("ประกาศ", "announcement"),
    "statement": Words("แถลงการณ์", "statement"),
    "news": Words("ข่าว", "news"),
    "certificate": Words("หนังสือรับรอง", "certificate"),
    "minutes": Words("รายงานการประชุม", "minutes"),
    "note": Words("บันทึก", "note"),
    "form": Words("แบบฟอร์ม", "form"),
    "foreign": Words("หนังสือภาษาต่างประเทศ", "letter in a foreign language"),
    "press": Words("บทความข่าว", "press article"),
}
_MOST = 20  # items of one list that are shown; `--json` has them all


def papers(result: Result, sure: float, lang: Lang) -> Iterator[tuple[str, list[str]]]:
    """For each thing that the file holds beside its letters: a heading, and its lines.

    What a finding tells anyway is not told twice.
    """
    found = {finding.id.partition("-")[0] for finding in result.findings}
    split = [
        line for place, letter in enumerate(result.letters) if (line := _split(place, letter, sure, lang))
    ]
    if split and "PAGE" not in found:
        yield _w("การแยกฉบับ", "How the file was parted", lang), split
    if result.annexes:
        yield (
            _w("เอกสารแนบ", "Annexes", lang),
            [_annex(place, annex, sure, lang) for place, annex in enumerate(result.annexes)],
        )
    missing = list(_missing(result, lang))
    if missing and "ENC" not in found:
        yield _w("สิ่งที่ส่งมาด้วยที่ไม่มีในไฟล์", "Enclosures that are not in the file", lang), missing
    if result.contradictions and "TWICE" not in found:
        told = [each.message if lang == "th" else each.message_en for each in result.contradictions]
        yield _w("ข้อความที่ขัดกัน", "Told in two ways", lang), _short(told, lang)
    if result.rules is not None:
        yield _w("เงื่อนไขการประกวด", "Rules of the contest", lang), list(_rules(result.rules, lang))
    if result.awards:
        yield _w("รางวัล", "Awards", lang), _short([_award(each) for each in result.awards], lang)
    if result.links:
        told = [
            f"{'QR ' if link.source == 'qr' else ''}{link.text.value or link.text.raw}"
            for link in result.links
        ]
        yield _w("ลิงก์ (ไม่ได้เปิดดู)", "Links (never opened)", lang), _short(told, lang)


def _w(thai: str, english: str, lang: Lang) -> str:
    return thai if lang == "th" else english


def _short(lines: list[str], lang: Lang) -> list[str]:
    more = len(lines) - _MOST
    return lines if more <= 0 else [*lines[:_MOST], _w(f"และอีก {more} รายการ", f"and {more} more", lang)]


def _split(place: int, letter: Letter, sure: float, lang: Lang) -> str | None:
    told = []
    if letter.split < sure:
        told.append(
            _w("ไม่แน่ใจว่าแยกฉบับถูกต้อง โปรดตรวจหน้า", "not sure where it begins and ends, check pages", lang)
        )
        told[-1] += f" {_pages(letter.pages)}"
    if letter.order:
        order = ", ".join(map(str, letter.order))
        told.append(
            _w(f"หน้าสลับกัน ลำดับที่ถูกคือ {order}", f"pages lie out of order; they belong as {order}", lang)
        )
    if letter.missing_pages:
        gone = ", ".join(map(str, letter.missing_pages))
        told.append(_w(f"ขาดหน้าที่ {gone}", f"page {gone} is missing", lang))
    name = _w(f"ฉบับที่ {place + 1}", f"Letter {place + 1}", lang)
    return f"{name}: {' · '.join(told)}" if told else None


def _annex(place: int, annex: Annex, sure: float, lang: Lang) -> str:
    parts = [
        f"{place + 1}. {annex.title.value or annex.title.raw}",
        _w("หน้า ", "pages ", lang) + _pages(annex.pages),
    ]
    if annex.letter is not None:
        parts.append(_w(f"ของฉบับที่ {annex.letter + 1}", f"of letter {annex.letter + 1}", lang))
    if annex.enclosure is not None:
        parts.append(_w(f"สิ่งที่ส่งมาด้วย {annex.enclosure + 1}", f"enclosure {annex.enclosure + 1}", lang))
    if annex.criteria:
        weights = " + ".join(f"{weight.value:g}" for weight in annex.weights if weight.value is not None)
        count = len(annex.criteria)
        parts.append(_w(f"เกณฑ์ {count} ข้อ", f"{count} criteria", lang) + (f" ({weights})" if weights else ""))
    if annex.schedule:
        count = len(annex.schedule)
        parts.append(_w(f"กำหนดการ {count} รายการ", f"timetable of {count} rows", lang))
    if annex.confidence < sure:
        parts.append(_w("ควรตรวจ", "check it", lang))
    return " · ".join(parts)


def _missing(result: Result, lang: Lang) -> Iterator[str]:
    for place, letter in enumerate(result.letters):
        for number, enclosure in enumerate(letter.enclosures, start=1):
            if enclosure.present is False:
                of = _w(f"ฉบับที่ {place + 1}", f"letter {place + 1}", lang)
                yield f"{of}: {number}. {enclosure.title.value or enclosure.title.raw}"


def _rules(rules: Rules, lang: Lang) -> Iterator[str]:
    if rules.title is not None and rules.title.value:
        yield rules.title.value
    if rules.opens is not None and rules.opens.value is not None:
        yield _w("เปิดรับ ", "opens ", lang) + say_day(rules.opens.value, lang)
    if rules.closes is not None and rules.closes.value is not None:
        yield _w("ปิดรับ ", "closes ", lang) + say_day(rules.closes.value, lang)
    if rules.criteria:
        known = [
            one.weight.value
            for one in rules.criteria
            if one.weight is not None and one.weight.value is not None
        ]
        total = f" = {sum(known):g}" if known else ""
        count = len(rules.criteria)
        yield _w(f"เกณฑ์ {count} ข้อ", f"{count} criteria", lang) + total


def _award(award: Award) -> str:
    parts = (award.year, award.rank, award.agency, award.province, award.project)
    return " · ".join(str(part.value) for part in parts if part is not None and part.value is not None)


def _pages(pages: tuple[int, ...]) -> str:
    """Pages in short: 3-5, 8."""
    runs: list[list[int]] = []
    for page in pages:
        if runs and page == runs[-1][-1] + 1:
            runs[-1].append(page)
        else:
            runs.append([page])
    return ", ".join(f"{run[0]}-{run[-1]}" if len(run) > 1 else str(run[0]) for run in runs)
