"""Where a blank form asks for what: fields with the labels beside them, boxes with their words, the seal's place."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable

from pipeline.audit.align import DPI
from pipeline.audit.ruling import Ruling
from schemas.audit import Zone, ZoneKind
from schemas.ink import Box, Char, Page, Word, union

_PX = DPI / 72
_KEYS: tuple[tuple[str, str], ...] = (
    ("in_use", r"เริ่ม(ต้น)?(ใช้|ดำเนิน|ให้บริการ|เปิด)|ใช้งานจริง|เปิดให้บริการ"),
    ("signature", r"ลงชื่อ|ลายมือชื่อ|ลงนาม|signature"),
    ("phone", r"โทร(?!สาร)|มือถือ|phone|tel"),
    ("fax", r"โทรสาร|fax"),
    ("email", r"ไปรษณีย์อิเล็ก|อีเมล|e-?mail"),
    ("contact", r"ประสานงาน|ผู้ติดต่อ|contact"),
    ("work", r"ชื่อ(ผลงาน|โครงการ|นวัตกรรม)|ผลงาน/โครงการ|^(ผลงาน|โครงการ)$"),
    ("agency", r"หน่วยงาน|ส่วนราชการ|องค์กรปกครอง|ชื่อ ?อปท"),
    ("province", r"จังหวัด"),
    ("position", r"ตำแหน่ง"),
    ("date", r"วันที่|เดือน|พ\.?\s?ศ"),
)
"""What a label asks for; the first that fits."""
_ACCEPT = re.compile(r"ยอมรับ|รับทราบ|ยินยอม|เงื่อนไข|รับรอง|ข้าพเจ้า|accept|agree", re.IGNORECASE)
_SEAL = re.compile(r"ประทับตรา|ตราประทับ|ตราหน่วยงาน|^\(?ตรา\)?$")
_OPTIONAL = re.compile(r"ถ้ามี|หากมี|optional", re.IGNORECASE)
_SHORT = 34  # letters of a note such as (ประทับตราหน่วยงาน); an instruction is longer


def points(rect: tuple[float, float, float, float]) -> Box:
    """Pixels of the blank at its DPI as points."""
    return Box(*(round(v / _PX, 2) for v in rect))


def _level(word: Box, low: float, high: float) -> bool:
    """Whether a word stands on the row between two heights."""
    return min(word.y1, high) - max(word.y0, low) > 0.35 * min(word.height, high - low)


def _between(words: Iterable[Word], x0: float, x1: float) -> list[Word]:
    """Words between two columns; one that runs over the edge is cut where its letters are known."""
    found = []
    for word in words:
        if word.box is None or word.box.x1 <= x0 or word.box.x0 >= x1:
            continue
        if word.chars and (word.box.x0 < x0 - 1 or word.box.x1 > x1 + 1):
            kept = _kept(word, x0, x1)
            if kept is not None:
                found.append(kept)
        elif x0 <= (word.box.x0 + word.box.x1) / 2 <= x1:
            found.append(word)
    return sorted(found, key=lambda w: w.box.x0 if w.box else 0.0)


def _kept(word: Word, x0: float, x1: float) -> Word | None:
    """A word's letters between two columns, each with its own marks."""
    kept: list[Char] = []
    for char in word.chars:
        mark = unicodedata.category(char.text[0]) == "Mn"
        if (bool(kept) and kept[-1] is word.chars[word.chars.index(char) - 1]) if mark else (
            x0 <= (char.box.x0 + char.box.x1) / 2 <= x1
        ):  # fmt: skip
            kept.append(char)
    return Word(text="".join(c.text for c in kept), box=union(c.box for c in kept)) if kept else None


def _said(words: Iterable[Word]) -> str:
    ordered = sorted((w for w in words if w.box is not None), key=lambda w: w.box.x0 if w.box else 0.0)
    text = " ".join(word.text for word in ordered)
    text = re.sub(r"\s*[.…_]{3,}\s*", " ", text).strip(" :.…_()")
    return re.sub(r"^[๐0Oo□○☐◯●■]\s+", "", text)


# -- boxes to tick -----------------------------------------------------------------------------------------


def box_zones(boxes: list[Box], words: list[Word], page: int) -> list[Zone]:
    """Each box with the words to its right; the one that accepts the conditions is known by them."""
    zones = []
    for place, box in enumerate(boxes):
        after = [b.x0 for b in boxes if b is not box and _level(b, box.y0, box.y1) and b.x0 > box.x1]
        limit = min(after, default=box.x1 + 460) + box.width / 2
        row = [w for w in words if w.box and _level(w.box, box.y0 - 1, box.y1 + 1)]
        label = _said(_between(row, (box.x0 + box.x1) / 2, limit))
        zones.append(
            Zone(key=f"box{place + 1}", kind="box", label=label, page=page, boxes=(box,), required=False)
        )
    accepts = [zone for zone in zones if _ACCEPT.search(zone.label)]
    chosen = accepts[-1] if accepts else zones[0] if len(zones) == 1 else None
    return [
        zone.model_copy(update={"key": "acceptance", "required": True}) if zone is chosen else zone
        for zone in zones
    ]


# -- fields to write in ------------------------------------------------------------------------------------


def text_zones(ruling: Ruling, words: list[Word], boxes: list[Box], page: int) -> list[Zone]:
    """Leaders and empty cells with the labels beside them."""
    zones: list[Zone] = []
    leaders = _in_rows([points(rect) for rect in ruling.leaders])
    for leader in leaders:
        _add_leader(zones, leader, leaders, words, page)
    cells = [points(rect) for rect in ruling.cells]
    for cell in cells:
        inside = [w for w in words if w.box and _within(w.box, cell)]
        if inside or any(_within(other, cell) for other in [*leaders, *boxes]):
            continue
        label = _said(_label_of_cell(cell, cells, words))
        if label:
            zones.append(_zone(label, page, (Box(cell.x0 + 1, cell.y0 + 1, cell.x1 - 1, cell.y1 - 1),)))
    return _grouped(zones)


def _in_rows(boxes: list[Box]) -> list[Box]:
    """In reading order: rows from the top, in a row from the left."""
    rows: list[list[Box]] = []
    for box in sorted(boxes, key=lambda b: b.y1):
        if rows and abs(box.y1 - rows[-1][-1].y1) < 5:
            rows[-1].append(box)
        else:
            rows.append([box])
    return [box for row in rows for box in sorted(row, key=lambda b: b.x0)]


def _within(inner: Box, outer: Box) -> bool:
    middle = ((inner.x0 + inner.x1) / 2, (inner.y0 + inner.y1) / 2)
    return outer.x0 <= middle[0] <= outer.x1 and outer.y0 <= middle[1] <= outer.y1


def _label_of_cell(cell: Box, cells: list[Box], words: list[Word]) -> list[Word]:
    """The words of the cell to the left, else of the one above."""
    left = [c for c in cells if c.x1 <= cell.x0 + 3 and _level(c, cell.y0, cell.y1)]
    above = [
        c for c in cells if c.y1 <= cell.y0 + 3 and min(c.x1, cell.x1) - max(c.x0, cell.x0) > 0.5 * cell.width
    ]
    for near in (
        max(left, key=lambda c: c.x1, default=None),
        max(above, key=lambda c: c.y1, default=None),
    ):
        if near is not None:
            found = [w for w in words if w.box and _within(w.box, near)]
            if found:
                return found
    return []


def _add_leader(zones: list[Zone], leader: Box, leaders: list[Box], words: list[Word], page: int) -> None:
    """A leader's room to write, under the label to its left; without one it goes on the field before."""
    over = [o.y1 for o in leaders if o.y1 < leader.y0 - 5 and min(o.x1, leader.x1) - max(o.x0, leader.x0) > 0]
    top = max(leader.y0 - 17.0, max(over, default=0.0) + 2.5)
    box = Box(leader.x0, top, leader.x1, leader.y1 + 4.5)
    row = (leader.y0 - 11.0, leader.y1 + 2.0)
    before = [
        (o.x0 + o.x1) / 2
        for o in leaders
        if o is not leader and abs(o.y0 - leader.y0) < 4 and o.x1 <= leader.x0 + 1
    ]
    start = max(before, default=0.0)
    level = [w for w in words if w.box and _level(w.box, *row)]
    runs = _runs(tuple(_between(level, start, (leader.x0 + leader.x1) / 2)))
    beside = runs[-1] if runs and (b := runs[-1][-1].box) is not None and leader.x0 - b.x1 < 40 else []
    label = _said(beside)
    if not label and zones and start == 0.0 and zones[-1].kind == "text":
        bare = any(w.text.strip().startswith("(") for w in beside)
        below = 4 < leader.y0 - zones[-1].boxes[-1].y1 + 4.5 < 60
        if not bare and below and leader.x0 < zones[-1].boxes[0].x0 + 5:
            last = zones[-1]
            zones[-1] = last.model_copy(update={"boxes": (*last.boxes, box)})
            return
    zones.append(_zone(label or "(ชื่อ)", page, (box,)))


def _zone(label: str, page: int, boxes: tuple[Box, ...]) -> Zone:
    key = next((key for key, words in _KEYS if re.search(words, label, re.IGNORECASE)), "field")
    if label == "(ชื่อ)":
        key = "name"
    kind: ZoneKind = "signature" if key == "signature" else "date" if key == "date" else "text"
    if kind == "signature":
        boxes = tuple(Box(b.x0 - 4, b.y0 - 17, b.x1 + 14, b.y1 + 7) for b in boxes)
    return Zone(
        key=key, kind=kind, label=label, page=page, boxes=boxes,
        required=not _OPTIONAL.search(label) and key != "fax",
    )  # fmt: skip


def _grouped(zones: list[Zone]) -> list[Zone]:
    """Day, month and year are one field."""
    made: list[Zone] = []
    for zone in zones:
        last = made[-1] if made else None
        if (
            last is not None and zone.key == last.key == "date"
            and abs(zone.boxes[0].y1 - last.boxes[-1].y1) < 6 and not zone.label.startswith(("วันที่", "ลงวันที่"))
        ):  # fmt: skip
            label = f"{last.label} {zone.label}"
            made[-1] = last.model_copy(update={"boxes": (*last.boxes, *zone.boxes), "label": label})
        elif (
            last is not None
            and zone.key == "date"
            and last.key == "in_use"
            and zone.label.startswith(("เดือน", "พ"))
        ):
            made[-1] = last.model_copy(update={"boxes": (*last.boxes, *zone.boxes)})
        else:
            made.append(zone)
    return made


def seal_zone(read: Page | None, size: tuple[float, float], page: int) -> Zone | None:
    """Around the words that ask for the seal; a seal is large and seldom put exactly there."""
    for line in read.lines if read else ():
        for words in _runs(line.words):
            text = "".join(word.text for word in words)
            box = union(word.box for word in words)
            if box is not None and _SEAL.search(text) and len(text) <= _SHORT:
                x, y = (box.x0 + box.x1) / 2, (box.y0 + box.y1) / 2
                around = Box(max(0, x - 110), max(0, y - 90), min(size[0], x + 110), min(size[1], y + 90))
                return Zone(key="seal", kind="seal", label=text.strip("()"), page=page, boxes=(around,))
    return None


def _runs(words: tuple[Word, ...]) -> list[list[Word]]:
    """A line's words in runs between wide gaps."""
    runs: list[list[Word]] = []
    for word in words:
        last = runs[-1][-1].box if runs else None
        if last is not None and word.box is not None and word.box.x0 - last.x1 < 14:
            runs[-1].append(word)
        else:
            runs.append([word])
    return runs
