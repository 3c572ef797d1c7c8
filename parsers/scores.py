"""Score sheets (ใบให้คะแนน): criteria by judges; whether they add up, and who comes first."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from decimal import ROUND_HALF_UP, Decimal, InvalidOperation
from typing import NamedTuple

from parsers.text import normalise, squash, to_arabic
from schemas.contest import Cell, Table

_NUMBER = re.compile(r"^[+-]?\d+(?:[.,]\d+)?$")
_WEIGHT = re.compile(r"คะแนนเต็ม|น้ำหนัก|สัดส่วน|ร้อยละ|เต็ม|weight|max", re.IGNORECASE)
_JUDGE = re.compile(r"กรรมการ|ผู้ทรงคุณวุฒิ|คนที่|ท่านที่|judge", re.IGNORECASE)
_AVERAGE = re.compile(r"เฉลี่ย|average|mean", re.IGNORECASE)
_TOTAL = re.compile(r"^(?:คะแนน)?(?:รวม|รวมทั้งสิ้น|รวมคะแนน|total)(?:คะแนน)?", re.IGNORECASE)
_CENT = Decimal("0.01")
FULL = Decimal(100)


class CriterionScores(NamedTuple):
    """One criterion: its weight, and each judge's score; None where a cell holds no number."""

    name: str
    weight: Decimal | None
    scores: tuple[Decimal | None, ...]


class ScoreSheet(NamedTuple):
    """One entrant's sheet: criteria by judges, and the totals that it states itself."""

    entrant: str | None
    judges: tuple[str, ...]
    criteria: tuple[CriterionScores, ...]
    totals: tuple[Decimal | None, ...] = ()  # each judge's total as stated
    average: Decimal | None = None  # as stated


class ScoreFault(NamedTuple):
    """Something that does not add up; `where` is a criterion, a judge or the whole sheet."""

    id: str
    where: str
    message: str  # Thai
    message_en: str


class Ranked(NamedTuple):
    """A place in the ranking; entrants of one average share it, and the next place counts them."""

    place: int
    entrant: str
    average: Decimal


def number_of(text: str) -> Decimal | None:
    """The number that a cell holds, whatever digits it is written with; None for anything else.

    >>> number_of("๖๗.๙๒")
    Decimal('67.92')
    """
    bare = to_arabic(text).replace(" ", "").replace(",", ".") if text else ""
    if not _NUMBER.match(bare):
        return None
    try:
        return Decimal(bare)
    except InvalidOperation:
        return None


def read_scores(table: Table, entrant: str | None = None) -> ScoreSheet | None:
    """A table of criteria by judges as a score sheet; None for any other table."""
    heads = [normalise(cell.text).strip() for cell in table.header]
    judges = [place for place, head in enumerate(heads) if _JUDGE.search(head) and not _AVERAGE.search(head)]
    if not judges:
        return None
    weight = next(
        (place for place, head in enumerate(heads) if _WEIGHT.search(head) and place not in judges), None
    )
    name = next((p for p in range(len(heads)) if p not in judges and p != weight and _names(table, p)), 0)
    criteria: list[CriterionScores] = []
    totals: tuple[Decimal | None, ...] = ()
    average: Decimal | None = None
    for row in table.rows:
        label = normalise(_at(row, name)).strip()
        values = tuple(number_of(_at(row, place)) for place in judges)
        if _AVERAGE.search(label):
            average = next(
                (value for value in reversed([number_of(cell.text) for cell in row]) if value is not None),
                average,
            )
        elif _TOTAL.match(squash(label)) or _TOTAL.match(label):
            totals = values
        elif label and any(value is not None for value in values):
            criteria.append(
                CriterionScores(label, None if weight is None else number_of(_at(row, weight)), values)
            )
    if not criteria:
        return None
    return ScoreSheet(entrant, tuple(heads[place] for place in judges), tuple(criteria), totals, average)


def _at(row: Sequence[Cell], place: int) -> str:
    return row[place].text if place < len(row) else ""


def _names(table: Table, place: int) -> bool:
    """Whether a column holds words, not numbers."""
    texts = [_at(row, place) for row in table.rows]
    return sum(len(text.strip()) > 3 and number_of(text) is None for text in texts) >= 0.5 * max(
        1, len(texts)
    )


def average_of(sheet: ScoreSheet) -> Decimal | None:
    """The mean of the judges' totals, to two decimals; None while a score is missing."""
    totals = [_total(sheet, judge) for judge in range(len(sheet.judges))]
    known = [total for total in totals if total is not None]
    if not known or len(known) < len(totals):
        return None
    return (sum(known, Decimal(0)) / len(known)).quantize(_CENT, ROUND_HALF_UP)


def _total(sheet: ScoreSheet, judge: int) -> Decimal | None:
    scores = [one.scores[judge] for one in sheet.criteria]
    known = [score for score in scores if score is not None]
    return sum(known, Decimal(0)) if len(known) == len(scores) else None


def check_scores(sheet: ScoreSheet, announced: Decimal | None = None) -> tuple[ScoreFault, ...]:
    """What does not add up: weights, scores over their weight, totals, and the average that a letter tells."""
    found: list[ScoreFault] = []
    weights = [one.weight for one in sheet.criteria if one.weight is not None]
    if weights and len(weights) == len(sheet.criteria) and sum(weights) != FULL:
        total = sum(weights)
        found.append(
            ScoreFault(
                "weights", "", f"น้ำหนักรวมได้ {total} ไม่ใช่ 100", f"The weights add up to {total}, not 100."
            )
        )
    for one in sheet.criteria:
        for judge, score in zip(sheet.judges, one.scores, strict=True):
            if score is not None and (score < 0 or (one.weight is not None and score > one.weight)):
                told = f"{judge} ให้ “{one.name}” {score} เกินคะแนนเต็ม {one.weight}"
                found.append(
                    ScoreFault(
                        "over", one.name, told, f"{judge} gave {score} of {one.weight} for “{one.name}”."
                    )
                )
            if score is None:
                told = f"ไม่มีคะแนนของ {judge} ในข้อ “{one.name}”"
                found.append(
                    ScoreFault("missing", one.name, told, f"{judge} gave no score for “{one.name}”.")
                )
    for place, judge in enumerate(sheet.judges):
        stated = sheet.totals[place] if place < len(sheet.totals) else None
        counted = _total(sheet, place)
        if stated is not None and counted is not None and stated != counted:
            found.append(
                ScoreFault(
                    "total",
                    judge,
                    f"{judge}: รวมได้ {counted} แต่เขียนไว้ {stated}",
                    f"{judge}: {counted} in all, not {stated}.",
                )
            )
    return (*found, *_averages(sheet, announced))


def _averages(sheet: ScoreSheet, announced: Decimal | None) -> tuple[ScoreFault, ...]:
    average = average_of(sheet)
    if average is None:
        return ()
    found = []
    for id_, stated, th, en in (
        ("average", sheet.average, "ใบคะแนน", "the sheet"), ("announced", announced, "หนังสือแจ้งผล", "the letter"),
    ):  # fmt: skip
        if stated is not None and stated.quantize(_CENT, ROUND_HALF_UP) != average:
            found.append(
                ScoreFault(
                    id_,
                    "",
                    f"คะแนนเฉลี่ยคือ {average} แต่{th}เขียน {stated}",
                    f"The average is {average}; {en} says {stated}.",
                )
            )
    return tuple(found)


def ranking(averages: Mapping[str, Decimal]) -> tuple[Ranked, ...]:
    """Entrants by average, the best first; equal averages share a place.

    >>> [(one.place, one.entrant) for one in ranking({"ก": Decimal(80), "ข": Decimal(90), "ค": Decimal(80)})]
    [(1, 'ข'), (2, 'ก'), (2, 'ค')]
    """
    ordered = sorted(averages.items(), key=lambda pair: (-pair[1], pair[0]))
    made: list[Ranked] = []
    for place, (entrant, average) in enumerate(ordered, 1):
        shared = made[-1].place if made and made[-1].average == average else place
        made.append(Ranked(shared, entrant, average))
    return tuple(made)
