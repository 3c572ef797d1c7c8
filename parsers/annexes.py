"""Annexes: what was sent with a letter (สิ่งที่ส่งมาด้วย) and lies in the same file, and which enclosure each is."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import groupby
from typing import NamedTuple

from rapidfuzz.fuzz import partial_ratio, ratio

from parsers.catchwords import continues, foot_catchword
from parsers.fields import bones
from parsers.numbering import is_page_number
from parsers.pagemarks import AnnexLabel, annex_label, label_of, printed_number
from parsers.rows import Row, reading
from parsers.text import to_arabic
from schemas.letter import Enclosure
from schemas.reading import Reading

_GENERIC = re.compile(
    r"^(?:รายละเอียด(?:ของ|การ|เกี่ยวกับ)?|สำเนา|เอกสาร(?:ประกอบ)?|ตัวอย่าง|ร่าง|ข้อมูล|แบบฟอร์ม|แบบ|\(?ร่าง\)?)\s*"
)
_HEADING = re.compile(
    r"^\W{0,3}(?:แบบ(?!แผน|อย่าง)|ใบ(?:สมัคร|ตอบรับ|แจ้ง|เสนอ|ลงทะเบียน|ส่ง)|กำหนดการ|โครงการ|รายละเอียด|(?:หลัก)?เกณฑ์|รายชื่อ|บัญชี|ตาราง|แผน(?:ที่|ผัง|งาน|ปฏิบัติ)|"
    r"คู่มือ|ประกาศ|ตัวอย่าง|ร่าง|ขอบเขต|ข้อกำหนด|ระเบียบวาระ|ปฏิทิน|แนวทาง|หนังสือ(?:มอบ|ยินยอม)|สรุป|ผล(?:การ|คะแนน))"
)
_ITEM = re.compile(
    r"^\W{0,2}(?:[0-9๐-๙]{1,2}(?:\.[0-9๐-๙]{1,2})*[.)]|[-•*]|[(][0-9๐-๙ก-ฮ]{1,2}[)]|ข้อ\s?[0-9๐-๙])"
)
_CAPTION = re.compile(r"^\W{0,3}(?:QR|คิวอาร์|สแกน|\(?แผ่นที่|https?:|www\.)", re.IGNORECASE)
_SAME, _LIKE = 86.0, 72.0  # of 100: how near a heading comes to an enclosure's title
_LONGEST = 150
_TOP_ROWS = 7


class Piece(NamedTuple):
    """One annex: its rows, the rows of its title, its label, and how surely it begins there."""

    rows: tuple[Row, ...]
    title: tuple[Row, ...]
    label: AnnexLabel | None
    confidence: float

    @property
    def heading(self) -> str:
        """The text of its title."""
        return " ".join(row.text.strip() for row in self.title)


class _Known(NamedTuple):
    """What is known on the way: the titles listed, which of them the annex at hand is, how many were found."""

    titles: Sequence[str]
    current: int | None
    found: int


class Match(NamedTuple):
    """Which enclosure of a letter an annex is: its index, and how surely."""

    enclosure: int
    confidence: float


def find_pieces(rows: Sequence[Row], titles: Sequence[str]) -> list[Piece]:
    """Part the rows behind a letter into its annexes; `titles` are those of the enclosures it lists.

    A new one begins at a label (สิ่งที่ส่งมาด้วย ๒), where page numbers start again, at a heading that is another
    enclosure's title, and, while fewer were found than are listed, at a page that opens like a paper of its own.
    """
    rows = [row for row in rows if row.text.strip()]
    if not rows:
        return []
    starts = _starts(rows, titles)
    edges = [*(start for start, _ in starts), len(rows)]
    return [
        _piece(rows[start:end], titles, sure)
        for (start, sure), end in zip(starts, edges[1:], strict=True)
    ]  # fmt: skip


def match(pieces: Sequence[Piece], titles: Sequence[str]) -> list[Match | None]:
    """For each annex the enclosure that it is: by its label, its title, and last by the order of both."""
    found: list[Match | None] = [None] * len(pieces)
    used: set[int] = set()
    for at, piece in enumerate(pieces):
        number = piece.label.number if piece.label is not None else None
        if number is not None and number <= len(titles) and number - 1 not in used:
            found[at] = Match(number - 1, 0.98)
            used.add(number - 1)
    scores = sorted(
        (
            (likeness(piece.heading, title), -at, place)
            for at, piece in enumerate(pieces)
            if found[at] is None
            for place, title in enumerate(titles)
        ),
        reverse=True,
    )
    for score, minus, place in scores:
        if score >= _LIKE and found[-minus] is None and place not in used:
            found[-minus] = Match(place, 0.95 if score >= _SAME else 0.82)
            used.add(place)
    return _by_order(found, used, len(titles))


def _by_order(found: list[Match | None], used: set[int], count: int) -> list[Match | None]:
    """What is left over is matched in order, when as many annexes as enclosures are."""
    free = [place for place in range(count) if place not in used]
    open_ones = [at for at, one in enumerate(found) if one is None]
    if free and len(free) == len(open_ones):
        for at, place in zip(open_ones, free, strict=True):
            found[at] = Match(place, 0.75)
    return found


def likeness(heading: str, title: str) -> float:
    """How near, of 100, an annex's heading comes to the title that a letter lists it under."""
    one, other = _core(heading), _core(title)
    if min(len(one), len(other)) < 4:
        return 0.0
    whole = ratio(one, other)
    short, long = sorted((one, other), key=len)
    part = partial_ratio(short, long) if len(short) >= 8 else 0.0
    return max(whole, part * (0.97 if len(short) >= 0.5 * len(long) else 0.9))


def title_of(piece: Piece) -> Reading[str]:
    """An annex's title with its ink; the label's own words where it has none."""
    rows = piece.title or piece.rows[:1]
    text = " ".join(row.text.strip() for row in rows).strip(" *-")
    return reading(text, [row.ink() for row in rows], trust=0.97 if piece.title else 0.6)


def copies_letter(enclosure: Enclosure) -> bool:
    """Whether an enclosure is announced as the copy of a letter, an order or an announcement."""
    title = enclosure.title.value or enclosure.title.raw
    return re.search(r"สำเนา|หนังสือ|บันทึกข้อความ|คำสั่ง|ประกาศ|ระเบียบ|รายงานการประชุม", title) is not None


def _starts(rows: Sequence[Row], titles: Sequence[str]) -> list[tuple[int, float]]:
    first = _first_start(rows, titles)
    starts: list[tuple[int, float]] = [first]
    pages = _page_spans(rows)
    current = _best(rows[first[0] : first[0] + _TOP_ROWS], titles)
    earlier = 0  # where the page before begins
    for at in range(first[0] + 1, len(rows)):
        known = _Known(titles, current, len(starts))
        if at in pages:
            sure = _opens_page(rows[earlier:at], rows[at : pages[at]], known)
            earlier = at
        else:
            sure = _opens_inside(rows[at], known)
        if sure is not None:
            starts.append((at, sure))
            current = _best(rows[at : at + _TOP_ROWS], titles)
    return starts


def _first_start(rows: Sequence[Row], titles: Sequence[str]) -> tuple[int, float]:
    """Where the first annex begins: past captions of QR codes and scraps that still belong to the letter."""
    near = rows[:_TOP_ROWS]
    for at, row in enumerate(near):
        if label_of(row.text) is not None:
            return at, 0.97
        if any(likeness(row.text, title) >= _SAME for title in titles) and len(row.text) <= _LONGEST:
            return (at, 0.95) if row.place is None else (0, 0.95)
    if rows[0].place is not None:
        return 0, 0.9 if titles else 0.75
    plain = [at for at, row in enumerate(near) if not _CAPTION.match(row.text)]
    opened = next((at for at in plain if _HEADING.match(near[at].text)), None)
    return (opened, 0.85) if opened is not None else (plain[0] if plain else 0, 0.75)


def _page_spans(rows: Sequence[Row]) -> dict[int, int]:
    """Where pages begin among the rows, and where they end."""
    spans: dict[int, int] = {}
    at = 0
    for _, group in groupby(rows, key=lambda row: row.page):
        count = len(list(group))
        spans[at] = at + count
        at += count
    return spans


def _opens_page(earlier: Sequence[Row], page: Sequence[Row], known: _Known) -> float | None:
    """How surely a page opens another annex; None where it goes on with the one before."""
    if annex_label(page) is not None:
        return 0.97
    word = foot_catchword(earlier)
    text_rows = [row for row in page[:_TOP_ROWS] if not is_page_number(row)]
    if word is not None and text_rows and continues(word, text_rows[0].text):
        return None
    before, number = printed_number(earlier), printed_number(page)
    if number is not None and number.number == 1:
        return 0.93
    if before is not None and number is not None and number.number == before.number + 1:
        return None
    best = _best(text_rows, known.titles)
    if best is not None and best != known.current:
        return 0.93
    fewer = known.found < len(known.titles)
    opens = bool(text_rows) and _HEADING.match(text_rows[0].text) is not None and _stands_alone(text_rows[0])
    return 0.82 if fewer and opens else None


def _opens_inside(row: Row, known: _Known) -> float | None:
    """The same for a row inside a transcript's page; on a page with geometry annexes begin at its top."""
    if row.place is not None or len(row.text) > _LONGEST:
        return None
    label = label_of(row.text)
    if label is not None and label.number is not None:
        return 0.9
    if known.found >= len(known.titles) or _ITEM.match(row.text):
        return None
    best = _best([row], known.titles)
    return 0.85 if best is not None and best != known.current else None


def _best(rows: Sequence[Row], titles: Sequence[str]) -> int | None:
    """The enclosure whose title one of the rows is."""
    scores = [
        (ratio(_core(row.text), _core(title)), place)
        for row in rows
        if len(row.text) <= _LONGEST and not _ITEM.match(row.text)
        for place, title in enumerate(titles)
    ]
    score, place = max(scores, default=(0.0, -1))
    return place if score >= _SAME else None


def _piece(rows: Sequence[Row], titles: Sequence[str], sure: float) -> Piece:
    label = annex_label(rows)
    if label is None and rows[0].place is None:
        label = label_of(rows[0].text)
    near = [
        row
        for at, row in enumerate(rows[:_TOP_ROWS])
        if not is_page_number(row) and not _CAPTION.match(row.text) and (label is None or at > label.at)
    ]
    if label is not None and len(bones(label.rest)) > 4:
        return Piece(tuple(rows), (rows[label.at],), label, sure)
    return Piece(tuple(rows), _title_rows(near, titles), label, sure)


def _title_rows(near: Sequence[Row], titles: Sequence[str]) -> tuple[Row, ...]:
    """The rows that make the title: the one nearest to a listed title, else the first, with what goes on below it."""
    fit = [row for row in near if 4 <= len(row.text.strip()) <= _LONGEST]
    if not fit:
        return ()
    scored = [
        (max((likeness(row.text, title) for title in titles), default=0.0), -at) for at, row in enumerate(fit)
    ]
    score, minus = max(scored)
    first = fit[-minus] if score >= _LIKE else fit[0]
    rows = [first]
    for row in near[near.index(first) + 1 :]:
        if not _goes_on(row, rows[-1]) or len(rows) == 3:
            break
        rows.append(row)
    return tuple(rows)


def _goes_on(row: Row, above: Row) -> bool:
    """Whether a title runs on in the row below: centred alike, set close, and no item or label."""
    if row.place is None or above.place is None or row.centre is None or above.centre is None:
        return False
    if _ITEM.match(row.text) or row.page != above.page or not _stands_alone(row):
        return False
    step = row.place.y0 - above.place.y0
    return abs(row.centre - above.centre) < 0.06 and 0 < step < 1.9 * max(above.place.height, 12.0)


def _stands_alone(row: Row) -> bool:
    """A heading is centred, or at least does not fill its line."""
    if row.left is None or row.right is None or row.centre is None:
        return len(row.text) <= _LONGEST
    return (row.left > 0.18 and row.right < 0.86) or abs(row.centre - 0.5) < 0.06


def _core(text: str) -> str:
    """What a title says, without the words that any annex may start with."""
    plain = to_arabic(text.strip(" -–*.()“”\"'"))
    for _ in range(2):
        plain = _GENERIC.sub("", plain, count=1)
    return bones(plain)
