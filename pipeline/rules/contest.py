"""SUM, TALLY and CONTEST: figures that must add up, and a contest's own days."""

from __future__ import annotations

import datetime as dt
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from typing import Any, NamedTuple

from pipeline.rules.moments import is_after
from pipeline.rules.registry import ARITHMETIC, HOUSE_RULE, Evidence, House, could_clear, file_rule, rule
from pipeline.say import Words, day_en, day_th
from schemas.contest import Criterion
from schemas.finding import Severity
from schemas.letter import Letter
from schemas.reading import Reading
from schemas.result import Result

_FULL = 100.0  # per cent
_NEAR = (80.0, 120.0)  # weights that add up to this much were meant to be per cent
_EXACT = 0.005
_FEWEST = 2


class _Weights(NamedTuple):
    """One list of weights, and what it should add up to."""

    inks: tuple[Reading[float], ...]
    parts: tuple[str, ...]  # the heading each stands under; empty where there are none
    total: Reading[float] | None
    letter: int | None


def _criterion(name: str, weight: float) -> dict[str, Any]:
    return {"name": name, "weight": weight}


@file_rule(
    "SUM-01",
    Severity.WARNING,
    basis=ARITHMETIC,
    title_th="น้ำหนักคะแนนรวมกันได้ครบ",
    examples=(
        {"rules": {"criteria": [_criterion("ความคิดสร้างสรรค์", 60), _criterion("ประโยชน์", 40)], "total": 100}},
        {"rules": {"criteria": [_criterion("ความคิดสร้างสรรค์", 60), _criterion("ประโยชน์", 45)], "total": 100}},
    ),
)
def weights_add_up(result: Result, house: House) -> Iterator[Evidence]:
    """The weights of criteria add up to the total that is stated, or to 100.

    Where no total is stated, only sums near 100 are asked. A list in which one weight was not understood, and
    a list of headings together with what stands under them, are left alone.
    """
    judged: set[tuple[tuple[int, object, float | None], ...]] = set()
    for each in _lists(result):
        weights = [ink.value for ink in each.inks]
        places = tuple((ink.page, ink.box, ink.value) for ink in each.inks)
        if places in judged:
            continue  # one table, told both as the contest's and as the letter's
        judged.add(places)
        known = [weight for weight in weights if weight is not None]
        if len(known) < max(len(weights), _FEWEST):
            continue
        stated = each.total.value if each.total is not None else None
        total = _FULL if stated is None else stated
        found = sum(known)
        if _adds_up(known, each.parts, total) or (stated is None and not _NEAR[0] <= found <= _NEAR[1]):
            continue
        message = Words(
            f"น้ำหนักรวมกันได้ {found:g} ไม่ใช่ {total:g}",
            f"The weights add up to {found:g}, not to {total:g}.",
        )
        inks = (*each.inks, *((each.total,) if each.total is not None else ()))
        yield Evidence(message, doubtful=not house.whole, letter=each.letter, inks=inks)


def _lists(result: Result) -> Iterator[_Weights]:
    if result.rules is not None:
        yield _of(result.rules.criteria, result.rules.total, None)
    for annex in result.annexes:
        index = annex.letter if annex.letter is not None and annex.letter < len(result.letters) else None
        listed = _of(annex.criteria, None, index)
        yield listed if listed.inks else _Weights(annex.weights, (), None, index)
    for index, letter in enumerate(result.letters):
        yield _of(letter.criteria, None, index)


def _of(criteria: Sequence[Criterion], total: Reading[float] | None, letter: int | None) -> _Weights:
    weighed = [(each.weight, each.part) for each in criteria if each.weight is not None]
    parts = tuple(part.value or part.raw if part is not None else "" for _, part in weighed)
    return _Weights(tuple(weight for weight, _ in weighed), parts, total, letter)


def _adds_up(weights: Sequence[float], parts: Sequence[str], total: float) -> bool:
    """Whether weights make the total: all together, part by part, or headings and their items twice over."""
    sums: dict[str, float] = defaultdict(float)
    for part, weight in zip(parts, weights, strict=False):
        sums[part] += weight
    whole = sum(weights)
    return (
        _is(whole, total)
        or _is(whole, 2 * total)
        or (len(sums) > 1 and all(_is(each, total) for each in sums.values()))
    )


def _is(value: float, wanted: float) -> bool:
    return abs(value - wanted) < _EXACT


@rule(
    "SUM-02",
    Severity.ERROR,
    basis=ARITHMETIC,
    title_th="คะแนนไม่เกินคะแนนเต็ม",
    examples=(
        {"criteria": [{"name": "ประโยชน์", "weight": 40, "score": 38.5}]},
        {"criteria": [{"name": "ประโยชน์", "weight": 40, "score": 48.5}]},
    ),
)
def score_within_weight(letter: Letter, house: House) -> Iterator[Evidence]:
    """No score is higher than the weight of its criterion."""
    for place, each in enumerate(letter.criteria):
        score, weight = each.score, each.weight
        if score is None or weight is None or score.value is None or weight.value is None:
            continue
        if score.value > weight.value + _EXACT:
            name = each.name.value or each.name.raw
            message = Words(
                f"“{name}” ได้ {score.value:g} คะแนน เกินคะแนนเต็ม {weight.value:g}",
                f"“{name}” scored {score.value:g}, more than the {weight.value:g} that it can.",
            )
            doubtful = could_clear(lambda a, b: a > b + _EXACT, score, weight)
            yield Evidence(
                message, (f"criteria.{place}.score", f"criteria.{place}.weight"), doubtful=doubtful
            )


@file_rule(
    "TALLY-01",
    Severity.WARNING,
    basis=ARITHMETIC,
    title_th="จำนวนที่บอกตรงกับรายการ",
    examples=(
        {"tallies": [{"what": "awards", "stated": 15, "counted": 15}]},
        {"tallies": [{"what": "awards", "stated": 15, "counted": 14}]},
    ),
)
def tallies_are_right(result: Result, house: House) -> Iterator[Evidence]:
    """A number that the text gives of its own list is the number that is there."""
    for tally in result.tallies:
        stated = tally.stated.value
        if stated is None or tally.counted is None or stated == tally.counted:
            continue
        message = Words(
            f"ข้อความบอกว่ามี {stated} แต่นับได้ {tally.counted}",
            f"The text says {stated}, but {tally.counted} are listed.",
        )
        doubtful = not house.whole or tally.counted in tally.stated.candidates
        yield Evidence(message, doubtful=doubtful, inks=(tally.stated,))


@file_rule(
    "TALLY-02",
    Severity.NOTE,
    basis=HOUSE_RULE,
    title_th="รางวัลไม่ซ้ำกัน",
    examples=(
        {
            "awards": [
                {"agency": "เทศบาลเมืองน่าน", "project": "ถังขยะ"},
                {"agency": "เทศบาลเมืองน่าน", "project": "น้ำ"},
            ]
        },
        {
            "awards": [
                {"agency": "เทศบาลเมืองน่าน", "project": "น้ำ"},
                {"agency": "เทศบาลเมืองน่าน", "project": "น้ำ"},
            ]
        },
    ),
)
def awards_differ(result: Result, house: House) -> Iterator[Evidence]:
    """No award stands twice in a list: the same agency with the same work in the same year."""
    key = [
        tuple(
            ink.value if ink is not None else None
            for ink in (each.agency, each.project, each.year, each.rank)
        )
        for each in result.awards
    ]
    counts = Counter(each for each in key if each[0] and each[1])
    for (agency, project, *_), count in counts.items():
        if count > 1:
            first = next(each for each in result.awards if each.agency.value == agency)
            message = Words(
                f"“{agency}” กับผลงาน “{project}” อยู่ในรายการ {count} ครั้ง",
                f"“{agency}” with “{project}” is listed {count} times.",
            )
            yield Evidence(message, inks=(first.agency,))


@file_rule(
    "CONTEST-01",
    Severity.ERROR,
    basis=ARITHMETIC,
    title_th="วันเปิดรับไม่อยู่หลังวันปิดรับ",
    examples=(
        {"rules": {"opens": "2023-06-15", "closes": "2023-08-15"}},
        {"rules": {"opens": "2023-08-15", "closes": "2023-06-15"}},
    ),
)
def opens_before_it_closes(result: Result, house: House) -> Iterator[Evidence]:
    """A contest opens before it closes."""
    opens = result.rules.opens if result.rules else None
    closes = result.rules.closes if result.rules else None
    if opens is None or closes is None or opens.value is None or closes.value is None:
        return
    if is_after(opens.value, closes.value):
        message = Words(
            f"เปิดรับวันที่ {day_th(opens.value)} หลังวันปิดรับ {day_th(closes.value)}",
            f"It opens on {day_en(opens.value)}, after it closes on {day_en(closes.value)}.",
        )
        yield Evidence(message, doubtful=could_clear(is_after, opens, closes), inks=(opens, closes))


@file_rule(
    "CONTEST-02",
    Severity.NOTE,
    basis=ARITHMETIC,
    title_th="เงื่อนไขระยะเวลาที่ใช้งานสอดคล้องกัน",
    examples=(
        {"rules": {"closes": "2022-10-05", "in_use_before": "2022-04-05", "in_use_months": 6}},
        {"rules": {"closes": "2022-10-05", "in_use_before": "2022-01-01", "in_use_months": 6}},
    ),
)
def in_use_agrees(result: Result, house: House) -> Iterator[Evidence]:
    """How long a work must have been in use is told the same way twice.

    "In use for 6 months before closing" and "in use before 1 April" should mean about the same day: a month
    more or less is let pass. Both may be meant, as choices; so this is only a note.
    """
    rules = result.rules
    if rules is None or rules.closes is None or rules.in_use_before is None or rules.in_use_months is None:
        return
    closes, before, months = rules.closes.value, rules.in_use_before.value, rules.in_use_months.value
    if closes is None or before is None or months is None:
        return
    counted = closes - dt.timedelta(days=round(months * 30.4375))
    if abs((counted - before).days) > 31:
        message = Words(
            f"ใช้งานมาแล้ว {months} เดือนก่อนปิดรับคือราว {day_th(counted)} แต่อีกแห่งว่าก่อน {day_th(before)}",
            f"In use for {months} months before closing means about {day_en(counted)}, "
            f"but elsewhere it says before {day_en(before)}.",
        )
        yield Evidence(message, inks=(rules.in_use_before, rules.in_use_months, rules.closes))
