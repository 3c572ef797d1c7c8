"""The routing grid beside a receipt stamp: which section (ส่วนงาน) is ticked to deal with the letter."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence

from parsers.rows import Row, level, reading, upright_size
from schemas.ink import Box, Page
from schemas.letter import Receipt
from schemas.reading import Reading

_SECTION = (
    r"(?:สำ?นัก|กอง|งาน|ฝ่าย|กลุ่ม|ส่วน|ศูนย์|หน่วย|แผนก|ด้าน|รอง|ปลัด|ผอ\.|หน\.|ห้อง|คณะ|โรงเรียน|[ก-ฮ]{1,4}\.)"
    r"[\u0e01-\u0e4eA-Za-z0-9๐-๙. ]{0,40}"
)
_SIGN = "☑☒✓✔√🗸✗✘✕◉●⊙⦿"
_TICK = rf"(?:[{_SIGN}]|[\[(]\s?[xX×vV/⁄✓✔√✗✘\\●•*]\s?[\])])"
_BOX = r"(?:[☐□▢◻⬜○◯]|[\[(][\s.…_]{0,8}[\])])"
_PIECE = re.compile(
    rf"(?P<tick>{_TICK})|(?P<box>{_BOX})|(?P<name>{_SECTION}?)(?=\s*(?:{_TICK}|{_BOX}|[,;|]|$|\s{{2}}))"
)
_MAY_TICK = re.compile(rf"[{_SIGN}☐□▢◻⬜○◯\[(]")  # what every tick and every box begins with
# A pen's mark beside a name, where no box is printed: a stroke, a tick or a cross as an engine gives them.
_PEN = r"[/⁄\\vV√✓xX×]"
_STROKE = re.compile(rf"^\s?(?:{_PEN}\s{{0,2}}(?P<behind>{_SECTION}?)|(?P<before>{_SECTION}?)\s{_PEN})\s?$")
_IS_SECTION = re.compile(rf"^\W{{0,4}}(?P<name>{_SECTION})$")
_TRUST, _STROKE_TRUST, _SEVERAL_TRUST = 0.9, 0.7, 0.6
_REACH = 70.0  # points from a box to its words
_TOP = 0.6


def with_ticks(
    receipts: Sequence[Receipt], rows: Sequence[Row], pages: Mapping[int, Page]
) -> tuple[Receipt, ...]:
    """The receipts, with the section ticked in the grid that stands nearest to each.

    `rows` are those of the letter's head. Ticks are read as signs (☑, [x], (/)) or, where the page's marks were
    looked at, from its boxes.
    """
    found = [*_written(rows), *_boxed(rows, pages)]
    if not found or not receipts:
        return tuple(receipts)
    changed = list(receipts)
    for tick in found:
        at = _nearest(tick, receipts)
        if changed[at].ticked is None:
            changed[at] = changed[at].model_copy(update={"ticked": tick})
    return tuple(changed)


def _written(rows: Sequence[Row]) -> Iterator[Reading[str]]:
    """The sections with a sign of their own, or with the one stroke among several names."""
    grid = [(row, pieces) for row in rows if len(row.text) <= 160 and (pieces := _pieces(row.text))]
    ticked = [
        (row, name)
        for row, pieces in grid
        for name in _of_ticks(pieces, leads=_marks_lead([each for _, each in grid]))
        if len(name[0].strip(" .")) >= 2
    ]
    names = [name.strip(" .") for _, (name, _) in ticked]
    for row, (name, span) in ticked[:1]:
        # one is to deal with it, others to know of it: which, the ink does not say
        several = len(set(names)) > 1
        trust = _SEVERAL_TRUST if several else _TRUST
        others = [other for other in dict.fromkeys(names) if other != names[0]]
        yield reading(name.strip(" ."), [row.ink(*span)], trust=trust, candidates=others)
    strokes = [(row, found) for row in rows if len(row.text) < 60 and (found := _STROKE.match(row.text))]
    if len(strokes) == 1 and not ticked:  # a stroke alone may be anything; among several names it is the tick
        row, found = strokes[0]
        part = "behind" if found["behind"] is not None else "before"
        others = [
            each.text
            for each in rows
            if each is not row and len(each.text) < 40 and _IS_SECTION.match(each.text)
        ]
        if len(others) >= 2 and len(found[part].strip(" .")) >= 2:
            yield reading(found[part].strip(), [row.ink(*found.span(part))], trust=_STROKE_TRUST)


_Pieces = Sequence[tuple[str, str, tuple[int, int]]]
"""Ticks, empty boxes and names of a row: which of them, its text, its span."""


def _pieces(text: str) -> _Pieces:
    """The pieces of a row that has a tick or a box; nothing for other rows."""
    if _MAY_TICK.search(text) is None:
        return []
    found = [
        (each.lastgroup or "", each[0], each.span()) for each in _PIECE.finditer(text) if each[0].strip()
    ]
    return found if any(kind != "name" for kind, _, _ in found) else []


def _marks_lead(rows: Sequence[_Pieces]) -> bool:
    """Whether a grid's boxes stand before the names: most of its rows begin with one."""
    firsts = [pieces[0][0] != "name" for pieces in rows]
    return 2 * sum(firsts) >= len(firsts)


def _of_ticks(pieces: _Pieces, *, leads: bool) -> Iterator[tuple[str, tuple[int, int]]]:
    """The names that ticks stand beside: before them, or behind."""
    for at, (kind, _, _) in enumerate(pieces):
        beside = at + 1 if leads else at - 1
        if kind == "tick" and 0 <= beside < len(pieces) and pieces[beside][0] == "name":
            yield pieces[beside][1:]


def _boxed(rows: Sequence[Row], pages: Mapping[int, Page]) -> Iterator[Reading[str]]:
    for number in dict.fromkeys(row.page for row in rows):
        page = pages.get(number)
        if page is None:
            continue
        height = upright_size(page)[1]
        for mark in page.marks:
            if mark.kind != "box" or mark.state not in ("ticked", "crossed", "filled"):
                continue
            box = level(mark.box, page)
            row = _beside(box, rows, number)
            if row is None or not height or box.y1 / height > _TOP:
                continue
            found = _IS_SECTION.match(row.text)
            if found is not None:
                yield reading(found["name"].strip(), [row.ink(*found.span("name"))], trust=mark.confidence)


def _beside(box: Box, rows: Sequence[Row], page: int) -> Row | None:
    """The row that stands right behind a box, on its height."""
    middle = (box.y0 + box.y1) / 2
    near = [
        (row.place.x0 - box.x1, row.order, row)
        for row in rows
        if row.page == page and row.place is not None
        and row.place.y0 - 3 <= middle <= row.place.y1 + 3 and -6 <= row.place.x0 - box.x1 <= _REACH
    ]  # fmt: skip
    return min(near)[2] if near else None


def _nearest(tick: Reading[str], receipts: Sequence[Receipt]) -> int:
    """The receipt whose ink stands nearest; without geometry the last, whose office passed the letter on."""
    best: tuple[float, int] | None = None
    for at, receipt in enumerate(receipts):
        for part in (receipt.agency, receipt.number, receipt.date, receipt.time):
            if part is None or part.box is None or tick.box is None or part.page != tick.page:
                continue
            far = abs(part.box.x0 - tick.box.x0) + abs(part.box.y0 - tick.box.y0)
            best = (far, at) if best is None or far < best[0] else best
    return best[1] if best is not None else len(receipts) - 1
