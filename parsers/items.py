"""Numbered items with quantities: what a letter encloses (สิ่งที่ส่งมาด้วย) and what it refers to (อ้างถึง)."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator
from itertools import pairwise
from typing import NamedTuple

from rapidfuzz.distance import Levenshtein

from parsers.dates import find_dates
from parsers.numbers import find_letter_numbers
from parsers.passages import Passage
from parsers.rows import reading
from parsers.text import to_arabic
from schemas.letter import Enclosure, Reference

_MARKER = re.compile(r"(?:^|(?<=\s))(?P<number>[0-9๐-๙]{1,2})\s?[.)]{1,2}\s*(?=[^\s0-9๐-๙.])")
_BARE_MARKER = re.compile(r"\s+(?P<number>[0-9๐-๙]{1,2})\s+(?=[\u0e01-\u0e4e])")
_BARE_FIRST = re.compile(r"\s*(?P<number>[1๑])\s+(?=[\u0e01-\u0e4e])")
_AMOUNT = r"จ[\u0e47-\u0e4e]?[ำา]?\s?น[\u0e47-\u0e4e]?ว[\u0e47-\u0e4e]?น"  # จำนวน, its marks misread
_QUANTITY = re.compile(
    _AMOUNT + r"[^\u0e01-\u0e4e0-9๐-๙]{0,3}(?P<count>[0-9๐-๙]{1,5})[\s.]*"
    r"(?P<unit>[\u0e01-\u0e4e]{2,14}?(?=[\s,.)]|$|[0-9๐-๙])|ชุด|ฉบับ|แผ่น|เล่ม|รายการ)"  # the next row may be joined to it
)
_NEXT_LETTER = re.compile(
    r"\s+(?:[0-9๐-๙]{1,2}\s?[.)]{0,2}\s*)?(?=(?:หนังสือ|บันทึก|คำสั่ง|ประกาศ|โทรสาร)[\u0e01-\u0e4e])"
)
_STRAY = re.compile(r"\W*[0-9๐-๙]{1,2}\W*")  # behind a reference's day: a tick or a crumb that was read
_COUNTED = re.compile(_AMOUNT + r"\W{0,3}[0-9๐-๙]")
_UNITS = (
    *("ชุด", "ฉบับ", "แผ่น", "เล่ม", "หน้า", "รายการ", "แบบ", "ภาพ", "คน", "ซอง", "กล่อง", "ใบ", "เรื่อง", "ตัว"),
    *("อัน", "ม้วน", "โครงการ", "รูป", "แฟ้ม", "ราย", "ดวง", "ชิ้น", "แห่ง", "เครื่อง", "ผืน", "ป้าย", "บท"),
)
_CONCLUDED = 0.85
_JUNK = " .…,;:-–*·"


class Item(NamedTuple):
    """One item of a list: its span in the passage, and its quantity's span when one is printed."""

    start: int
    end: int
    quantity: tuple[int, int] | None
    amount: str | None  # "1 ชุด"


def find_items(text: str) -> list[Item]:
    """Items of a list; numbers must rise from 1, else the text is one item, or one for each quantity.

    >>> [text[i.start:i.end] for text in ["๑. แบบตอบรับ จำนวน ๑ ชุด ๒. กำหนดการ"] for i in find_items(text)]
    ['แบบตอบรับ', 'กำหนดการ']
    """
    starts: list[tuple[int, int]] = []  # (of the marker, of the text)
    for found in sorted((*_MARKER.finditer(text), *_bare_markers(text)), key=lambda each: each.start()):
        if int(found["number"]) == len(starts) + 1:
            starts.append((found.start(), found.end()))
    if starts and not text[: starts[0][0]].strip(_JUNK):
        ends = [start for start, _ in starts[1:]] + [len(text)]
        return [_item(text, start, end) for (_, start), end in zip(starts, ends, strict=True)]
    quantities = list(_QUANTITY.finditer(text))
    if len(quantities) > 1:
        cuts = [0, *(found.end() for found in quantities)]
        items = [_item(text, a, b) for a, b in pairwise(cuts)]
        return [item for item in items if item.end > item.start]
    item = _item(text, 0, len(text))
    return [item] if item.end > item.start else []


def _bare_markers(text: str) -> Iterator[re.Match[str]]:
    """Numbers whose stop was lost: right behind an item's quantity (จำนวน ๓ ชุด ๒ แผ่นพับ), and the first before a 2."""
    first = _BARE_FIRST.match(text)
    if first is not None and any(int(marker["number"]) == 2 for marker in _MARKER.finditer(text)):
        yield first
    for found in _QUANTITY.finditer(text):
        marker = _BARE_MARKER.match(text, found.end())
        if marker is not None:
            yield marker


# Behind a title: from where it is to be fetched.
_FETCHED = re.compile(
    r"\s*[(（](?:สามารถ)?\s?(?:ดาวน์โหลด|สแกน|เอกสาร|รายละเอียด|ปรากฏ)?[^()（）]{0,40}"
    r"(?:QR\s?[Cc]ode|คิวอาร์\s?โค้ด|ลิ[้ง]งก์|เว็บไซต์|https?:)[^()（）]{0,120}[)）]\s*$"
)


def read_enclosures(passage: Passage, trust: float = 1.0) -> tuple[Enclosure, ...]:
    """The enclosures listed in a passage."""
    enclosures = []
    for item in find_items(passage.text):
        apart = _beside_a_long_title(passage, item)
        if apart is not None:
            enclosures.append(_parted(passage, item, apart, trust))
            continue
        title = _FETCHED.sub("", passage.text[item.start : item.end])
        quantity = None
        if item.quantity is not None:
            mended = item.amount is not None and item.amount.split(" ")[-1] not in passage.text
            inks = passage.span(*item.quantity)
            quantity = reading(item.amount, inks, strict=True, trust=trust * (0.8 if mended else 1.0))
        if title:
            # with an amount, or another item, that was not told apart
            joined = _COUNTED.search(title) is not None
            ink = passage.span(item.start, item.start + len(title))
            told = reading(title, ink, trust=trust * (0.7 if joined else 1.0))
            enclosures.append(Enclosure(title=told, quantity=quantity))
    return tuple(enclosures)


def _beside_a_long_title(passage: Passage, item: Item) -> re.Match[str] | None:
    """The only quantity of a numbered item, at the end of a row though the title goes on: they stand in a column."""
    if item.start == 0:
        return None  # without numbers the row below is rather an item of its own
    found = list(_QUANTITY.finditer(passage.text, item.start, item.end))
    if item.quantity is not None or len(found) != 1 or found[0].start() == item.start:
        return None
    return found[0] if any(piece.end == found[0].end() for piece in passage.pieces) else None


def _parted(passage: Passage, item: Item, found: re.Match[str], trust: float) -> Enclosure:
    """An item whose title runs on under its quantity; how the two hang together is concluded, so never sure."""
    before, after = passage.text[item.start : found.start()], passage.text[found.end() : item.end]
    inks = [*passage.span(item.start, found.start()), *passage.span(found.end(), item.end)]
    title = reading(before.rstrip(_JUNK) + after.lstrip(_JUNK), inks, trust=trust * _CONCLUDED)
    inks = passage.span(*found.span())
    return Enclosure(
        title=title, quantity=reading(_counted(found), inks, strict=True, trust=trust * _CONCLUDED)
    )


def read_references(passage: Passage, written: dt.date | None, trust: float = 1.0) -> tuple[Reference, ...]:
    """The earlier letters named in a passage, with number and date where they can be read."""
    references = []
    for item in (one for each in find_items(passage.text) for one in _apart(passage.text, each)):
        text = passage.text[item.start : item.end]
        if not text:
            continue
        number = next(iter(find_letter_numbers(text)), None)
        dates = [found for found in find_dates(text, written) if number is None or found.start >= number.end]
        date = dates[0] if dates else None
        at = item.start
        if date is not None and _STRAY.fullmatch(text, date.end):
            text = text[: date.end]
        cut = 0.85 if date is not None and date.inferred else 1.0  # its year may stand on a row that was lost
        references.append(
            Reference(
                text=reading(text, passage.span(at, at + len(text)), trust=trust * cut),
                number=None
                if number is None
                else reading(
                    number.value,
                    passage.span(at + number.start, at + number.end),
                    strict=True,
                    trust=trust * (1.0 if number.sound else 0.6),
                ),
                date=None
                if date is None
                else reading(
                    date.value,
                    passage.span(at + date.start, at + date.end),
                    strict=True,
                    trust=trust * (0.9 if date.inferred else 1.0),
                ),
            )
        )
    return tuple(references)


def _apart(text: str, item: Item) -> list[Item]:
    """An item that names two letters, each with number and day, as two: the number before the second was lost."""
    for found in _NEXT_LETTER.finditer(text, item.start, item.end):
        parts = text[item.start : found.start()], text[found.end() : item.end]
        if all(find_letter_numbers(part) and find_dates(part) for part in parts):
            first = item._replace(end=found.start(), quantity=None, amount=None)
            return [first, *_apart(text, item._replace(start=found.end()))]
    return [item]


def _counted(found: re.Match[str]) -> str:
    """A quantity as it is kept: `1 ชุด`."""
    return f"{int(found['count'])} {_unit(found['unit'])}"


def _unit(read: str) -> str:
    """The counting word, mended where one letter was misread and only one word is that near."""
    if read in _UNITS:
        return read
    near = [
        unit for unit in _UNITS if len(unit) > 2 and Levenshtein.distance(unit, read, score_cutoff=1) <= 1
    ]
    return near[0] if len(near) == 1 else read


def _item(text: str, start: int, end: int) -> Item:
    """One item without the blanks around it, its quantity kept apart when it closes the item."""
    found = max(_QUANTITY.finditer(text, start, end), key=lambda one: one.start(), default=None)
    quantity, amount = None, None
    if found is not None and not text[found.end() : end].strip(_JUNK + ")"):
        quantity = found.span()
        amount = _counted(found)
        end = found.start()
    part = to_arabic(text[start:end])
    start += len(part) - len(part.lstrip(_JUNK))
    end = max(start, end - (len(part) - len(part.rstrip(" …,;:-–*·("))))
    return Item(start, end, quantity, amount)
