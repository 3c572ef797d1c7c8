"""Criteria (เกณฑ์การพิจารณา) of a contest with their weights, or the scores that a result tells."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple

from parsers.criteriatext import (
    FIGURES,
    IS_TOTAL,
    MOST,
    FoundCriteria,
    criteria_of_text,
    number_of,
    stated_total,
)
from parsers.entries import PART
from parsers.grid import Grid, GridCell
from parsers.passages import Passage, join, join_rows
from parsers.rows import Row, reading
from parsers.scoredlists import scored_criteria
from parsers.sections import Section, find_sections
from parsers.tables import find_grids
from parsers.tablewords import column_with, roles_of
from parsers.text import squash
from parsers.winners import find_winner
from schemas.contest import Criterion
from schemas.ink import Line, Page
from schemas.reading import Reading

_AMOUNT = re.compile(rf"^\W{{0,3}}(?:ร้อยละ\s?)?(?P<value>{FIGURES})\s?(?:คะแนน|%|เปอร์เซ็นต์)?\W{{0,2}}$")
_PART = re.compile(rf"^\s*{PART}")
_ORDINAL = re.compile(
    r"^\s*(?:ข้อ\s?(?:ที่\s?)?)?[0-9๐-๙]{1,2}(?:\.[0-9๐-๙]{1,2})*\s?[.)]{0,2}\s*(?=[^\s0-9๐-๙])|^\s*[-•*]\s*"
)
_CUE = re.compile(r"เกณฑ์|คะแนน|น้ำหนัก|สัดส่วน|ร้อยละ|[Cc]riteri|[Ww]eight|[Ss]core")
_QUOTED = re.compile(
    r"(?:^|\s)ชื่อ(?:ผลงาน|โครงการ|นวัตกรรม|โครงงาน|เรื่อง)(?:เรื่อง)?\s?[:：]?\s?[“\"](?P<name>[^“”\"]{3,160})[”\"]"
)
_KEYED = re.compile(r"^\W{0,3}(?:ชื่อ)?(?:ผลงาน|โครงการ|นวัตกรรม|โครงงาน)\s?[:：]\s?(?P<name>[^“”\"]{3,160})$")
_JUDGED = re.compile(r"คะแนน\s?(?:เฉลี่ย|รวม|ที่ได้|ประเมิน)|ได้(?:รับ)?\s?คะแนน|มีคะแนน|ผลการ(?:พิจารณา|ตัดสิน|ประเมิน)")
_STROKE = re.compile(rf"^\W{{0,2}}(?P<got>{FIGURES})\s?/\s?(?P<full>{FIGURES})\W{{0,2}}$")
_SCORED = re.compile(r"ผล(?:การ)?(?:พิจารณา|ประเมิน|คะแนน)|คะแนน(?:เฉลี่ย|ที่ได้)")


def read_criteria(lines: Sequence[Line], pages: Mapping[int, Page] | None = None) -> FoundCriteria:
    """The criteria of a contest or of a result letter; empty for any other text.

    `pages` gives the pages' sizes and lean, where the lines have boxes.
    """
    if not any(_CUE.search(line.text) for line in lines):
        return FoundCriteria()
    rows, grids = find_grids(lines, pages)
    found = criteria_of(find_sections(rows, grids))
    if any(one.score is not None for one in found.criteria):
        return found
    tabled = {order for grid in grids for order in grid.orders}
    scored = scored_criteria(join_rows([row for row in rows if row.order not in tabled], paragraphs=True))
    return scored if len(scored.criteria) >= len(found.criteria) else found


def read_project(lines: Sequence[Line], pages: Mapping[int, Page] | None = None) -> Reading[str] | None:
    """The work (ผลงาน) that a result letter speaks of: behind that word, or beside it in a table that tells a score."""
    if not any("คะแนน" in line.text for line in lines):
        return None
    rows, grids = find_grids(lines, pages)
    for grid in grids:
        if (
            grid.header
            or grid.width != 2
            or not any(_SCORED.search(c.text) for row in grid.rows for c in row)
        ):
            continue
        for label, told in grid.rows:
            if told.inks and "project" in roles_of(label.text):
                return _project(told.passage)
    return _named_project(rows)


def _named_project(rows: Sequence[Row]) -> Reading[str] | None:
    """The one work that a text names behind the words ชื่อผลงาน, where it also tells that it was judged."""
    passage = join_rows(rows, paragraphs=True)
    if _JUDGED.search(passage.text) is None:
        return None
    quoted = ((passage, found) for found in _QUOTED.finditer(passage.text))
    keyed = ((join([row.ink()]), found) for row in rows if (found := _KEYED.match(row.text)) is not None)
    told = [(place, found) for place, found in (*quoted, *keyed)]
    if len({squash(found["name"]) for _, found in told}) != 1:
        return None
    place, found = told[0]
    name = re.sub(r"\s*\n\s*", "", found["name"]).strip(" -–:,.")
    return reading(name, place.span(*found.span("name")), trust=0.95)


def _project(passage: Passage) -> Reading[str]:
    """The work's name without the office that often stands behind it."""
    winner = find_winner(passage.text)
    end = winner.agency[0] if winner is not None and winner.agency[0] > 8 else len(passage.text)
    behind = winner is not None and not passage.text[winner.agency[1] :].strip(" ()")
    end = end if behind else len(passage.text)
    name = passage.text[:end].strip(" -–:,")
    return reading(name, passage.span(0, end))


def criteria_of(sections: Iterable[Section]) -> FoundCriteria:
    """The criteria told in sections: the fullest table or list of them."""
    best = FoundCriteria()
    for section in sections:
        about = section.topic == "criteria"
        found = [_of_grid(grid, about=about) for grid in section.grids]
        if about and section.inks:
            found.append(criteria_of_text(section.passage))
        if about and section.heading is not None:
            found.append(FoundCriteria((), stated_total(join([section.heading.ink()]))))
        for one in found:
            if _rank(one) > _rank(best):
                best = one._replace(total=one.total or best.total)
            elif best.criteria and best.total is None and one.total is not None and not one.criteria:
                best = best._replace(total=one.total)
    return _checked(best)


def _checked(found: FoundCriteria) -> FoundCriteria:
    """Weights that do not make the sum that the text states are doubtful: a row was lost or misread."""
    weights = [one.weight for one in found.criteria if one.weight is not None]
    total = found.total.value if found.total is not None else None
    known = sum(weight.value or 0.0 for weight in weights)
    if total is None or not weights or abs(known - total) < 0.01:
        return found
    criteria = tuple(
        one.model_copy(update={"weight": _doubted(one.weight)}) if one.weight is not None else one
        for one in found.criteria
    )
    return FoundCriteria(criteria, _doubted(found.total) if found.total is not None else None)


def _doubted(weight: Reading[float]) -> Reading[float]:
    return weight.model_copy(update={"confidence": round(weight.confidence * 0.7, 4)})


def _rank(found: FoundCriteria) -> tuple[int, int]:
    return sum(one.weight is not None for one in found.criteria), len(found.criteria)


def _of_grid(grid: Grid, *, about: bool) -> FoundCriteria:
    columns = _columns(grid, about=about)
    if columns is None:
        return _of_pairs(grid)
    rows = [_Line(row, columns) for row in grid.rows]
    total: Reading[float] | None = None
    got: Reading[float] | None = None
    kept = []
    for row in rows:
        if IS_TOTAL.match(row.name):
            total = _figure(row.weight) or next((one for cell in row.rest if (one := _figure(cell))), None)
            got = _figure(row.score) or got
        elif row.name and (columns.weight is None or columns.weight != columns.score or row.weight.inks):
            kept.append(row)
    criteria = tuple(_criteria(kept))
    return FoundCriteria(criteria, total, got) if len(criteria) > 1 else FoundCriteria()


class _Columns(NamedTuple):
    name: int
    weight: int | None
    score: int | None


class _Line:
    """One row of a table of criteria, by the roles of its columns."""

    def __init__(self, row: Sequence[GridCell], columns: _Columns) -> None:
        name = row[columns.name]
        if not name.inks:  # a part's heading may stand in the first column
            name = next((cell for cell in row if cell.inks), name)
        self.passage = name.passage
        self.name = self.passage.text.strip()
        self.weight = row[columns.weight] if columns.weight is not None else GridCell()
        self.score = row[columns.score] if columns.score is not None else GridCell()
        if columns.weight is not None and columns.weight == columns.score:
            self.score, self.weight = _parted(row[columns.score])
        self.rest = [cell for cell in row if cell is not name]
        self.first = row[0].text


def _parted(cell: GridCell) -> tuple[GridCell, GridCell]:
    """The score and the full marks of a cell that tells both: ๒๘/๓๐."""
    found = _STROKE.match(cell.text)
    if found is None:
        return cell, GridCell()
    got, full = (tuple(cell.passage.span(*found.span(name))) for name in ("got", "full"))
    return GridCell(got), GridCell(full)


def _stroked(grid: Grid) -> int | None:
    """The column whose cells tell the score and the full marks at once, where the table has one."""
    for at in range(1, grid.width):
        found = [one for row in grid.rows if (one := _STROKE.match(row[at].text)) is not None]
        within = all((number_of(one["got"]) or 0.0) <= (number_of(one["full"]) or 0.0) for one in found)
        if len(found) > 1 and len(found) >= len(grid.rows) - 1 and within:
            return at
    return None


def _columns(grid: Grid, *, about: bool) -> _Columns | None:
    stroked = _stroked(grid)
    if stroked is not None:
        return _Columns(_widest(grid, range(stroked)), stroked, stroked)
    titles = grid.titles
    if titles:
        weights = [at for at, title in enumerate(titles) if "weight" in roles_of(title)]
        full = [at for at in weights if "เต็ม" in titles[at] or "น้ำหนัก" in titles[at]]
        weight = next(iter(full or weights), None)
        score = column_with(titles, "score")
        if score is None or score == weight:
            score = next((at for at in weights if at != weight), None)
        names = ("name", "item", "detail", "what") if about else ("name", "item", "detail")
        name = column_with(titles, *names)
        if name is None and None not in (
            weight,
            score,
        ):  # a table of scores, whatever it calls its first column
            left = [at for at in range(min(weight or 0, score or 0)) if "ordinal" not in roles_of(titles[at])]
            name = left[-1] if len(left) == 1 else None
        if name is not None and name != weight and (weight is not None or score is not None):
            return _Columns(name, weight, score)
        return None
    if not about or grid.width < 2:
        return None
    last = grid.width - 1
    numeric = sum(_figure(row[last]) is not None for row in grid.rows)
    if numeric < 2 or 2 * numeric < len(grid.rows):
        return None
    return _Columns(_widest(grid, range(last)), last, None)


def _widest(grid: Grid, columns: range) -> int:
    """Of some columns the one with most text."""
    return max(columns, key=lambda at: sum(len(row[at].text) for row in grid.rows))


def _figure(cell: GridCell) -> Reading[float] | None:
    found = _AMOUNT.match(cell.text)
    if found is None:
        return None
    value = number_of(found["value"])
    return None if value is None else reading(value, cell.inks, strict=True)


def _criteria(rows: Sequence[_Line]) -> Iterator[Criterion]:
    part: Reading[str] | None = None
    for at, row in enumerate(rows):
        weight, score = _figure(row.weight), _figure(row.score)
        if weight is not None and (weight.value or 0) > MOST:
            weight = weight.model_copy(update={"value": None})
        heads = weight is None and score is None and not any(c.inks for c in (row.weight, row.score))
        if (heads and len([c for c in row.rest if c.inks]) == 0 and at + 1 < len(rows)) or _is_sum(rows, at):
            part = reading(row.name, row.passage.inks)
            continue
        if _PART.match(row.name):
            part = None
        name = _ORDINAL.match(row.name)
        start = name.end() if name else 0
        yield Criterion(
            name=reading(row.name[start:].strip(), row.passage.span(start, len(row.passage.text))),
            weight=weight if weight is not None else _unread(row.weight),
            score=score if score is not None else _unread(row.score),
            part=part,
        )


def _unread(cell: GridCell) -> Reading[float] | None:
    return reading(None, cell.inks, trust=0.5) if cell.inks and re.search(r"[0-9๐-๙]", cell.text) else None


def _is_sum(rows: Sequence[_Line], at: int) -> bool:
    """Whether a row's weight is that of the rows below it taken together: a part's, not a criterion's own."""
    own = _figure(rows[at].weight)
    if own is None or not own.value:
        return False
    total, count = 0.0, 0
    for row in rows[at + 1 :]:
        weight = _figure(row.weight)
        if weight is None or weight.value is None or (_PART.match(rows[at].name) and _PART.match(row.name)):
            return False
        total += weight.value
        count += 1
        if total >= own.value:
            break
    below = rows[at + 1].name if at + 1 < len(rows) else ""
    nested = bool(_PART.match(rows[at].name)) or re.match(r"^[0-9๐-๙]{1,2}\.[0-9๐-๙]", below) is not None
    return count >= 2 and total == own.value and nested


def _of_pairs(grid: Grid) -> FoundCriteria:
    """Criteria told in one cell beside the words เกณฑ์การพิจารณา, as result letters do."""
    if grid.header or grid.width != 2:
        return FoundCriteria()
    scored = any(_SCORED.search(cell.text) for row in grid.rows for cell in row)
    for label, text in grid.rows:
        if "name" in roles_of(label.text) and scored and len(text.text) > 20:
            return criteria_of_text(text.passage)
    return FoundCriteria()
