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
_TICK = r"(?:[☑☒✓✔√🗸]|[\[(]\s?[xX/✓✔√\\]\s?[\])])"
_BOX = r"(?:[☐□▢◻○]|[\[(]\s{0,3}[\])])"
_TICKED = re.compile(rf"{_TICK}\s*(?P<name>{_SECTION}?)(?=\s*(?:{_TICK}|{_BOX}|$|\s{{2}}))")
_STROKE = re.compile(rf"^\s?/\s?(?P<name>{_SECTION})$")
_IS_SECTION = re.compile(rf"^\W{{0,4}}(?P<name>{_SECTION})$")
_TRUST, _STROKE_TRUST = 0.9, 0.7
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
    strokes = [(row, found) for row in rows if len(row.text) < 60 and (found := _STROKE.match(row.text))]
    for row in rows:
        if len(row.text) > 120:
            continue
        for found in _TICKED.finditer(row.text):
            name = found["name"].strip(" .")
            if len(name) >= 2:
                yield reading(name, [row.ink(*found.span("name"))], trust=_TRUST)
    if len(strokes) == 1:  # a stroke alone may be anything; among several rows one is the tick
        row, found = strokes[0]
        others = [
            each for each in rows if each is not row and _IS_SECTION.match(each.text) and len(each.text) < 40
        ]
        if len(others) >= 2:
            yield reading(found["name"].strip(), [row.ink(*found.span("name"))], trust=_STROKE_TRUST)


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
