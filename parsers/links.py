"""Web addresses in the text of a page, mended where OCR has set blanks or broken lines into them. Never followed."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from parsers.rows import Ink, Row, reading
from schemas.contest import Link

_HOST = r"[A-Za-z0-9](?:[A-Za-z0-9\-]{0,40})"
_ENDS = (
    r"(?:(?:go|or|ac|co|in|mi|net)\.th|th|com|net|org|info|io|me|ly|gle|app|dev|asia|gov|edu|int|biz|page|link|"
    r"site|online|co|to|tv|be|cc|eu|uk|jp|sg|example)"
)
_REST = r"[A-Za-z0-9\-._~:/?#\[\]@!$&'()*+,;=%]"
_URL = re.compile(
    rf"(?P<scheme>h\s?t\s?t\s?p\s?s?\s?:\s?/\s?/\s?)(?P<host>{_HOST}(?:\s?[.]\s?{_HOST}){{1,6}})(?P<rest>(?::\d{{2,5}})?(?:\s?[/?#]\s?{_REST}*)*)"
    rf"|(?<![A-Za-z0-9@._\-])(?P<www>www\s?\.\s?{_HOST}(?:\s?[.]\s?{_HOST}){{1,5}})(?P<wrest>(?:\s?[/?#]\s?{_REST}*)*)"
    rf"|(?<![A-Za-z0-9@._\-])(?P<bare>{_HOST}(?:\.{_HOST}){{0,4}}\.{_ENDS})(?P<brest>/{_REST}+)"
    rf"|(?<![A-Za-z0-9@._\-])(?P<host_only>{_HOST}(?:\.{_HOST}){{0,3}}\.(?:go|or|ac|co|in|mi|net)\.th)(?![A-Za-z0-9@])",
    re.IGNORECASE,
)
_MAIL = re.compile(r"[A-Za-z0-9._%+\-]{1,40}\s?@\s?[A-Za-z0-9.\-\s]{3,60}")
_LATIN = re.compile("[A-Za-z]")
_OPEN_END = re.compile(r"[/\-_=?&.%#]$")
_GOES_ON = re.compile(rf"^{_REST}{{1,80}}(?=\s|$|[\u0e00-\u0e7f])")
_TRUST, _MENDED, _BARE, _JOINED = 0.95, 0.8, 0.85, 0.7


class _Found(NamedTuple):
    value: str
    inks: tuple[Ink, ...]
    trust: float


def find_links(rows: Sequence[Row]) -> tuple[Link, ...]:
    """Every web address on the rows, each once a page, in their order; e-mail addresses are none.

    Only http, https and bare hosts count: what else looks like an address (`javascript:`) is just text.
    """
    seen: set[tuple[int, str]] = set()
    links = []
    for found in _all(rows):
        key = (found.inks[0].row.page, found.value.lower().rstrip("/"))
        if key in seen:
            continue
        seen.add(key)
        links.append(Link(text=reading(found.value, list(found.inks), trust=found.trust), source="text"))
    return tuple(links)


def _all(rows: Sequence[Row]) -> Iterator[_Found]:
    for at, row in enumerate(rows):
        text = row.text
        if "." not in text or len(text) > 20_000 or _LATIN.search(text) is None:
            continue
        mails = [found.span() for found in _MAIL.finditer(text)] if "@" in text else []
        for found in _URL.finditer(text):
            if any(start < found.end() and found.start() < end for start, end in mails):
                continue
            link = _link(rows, at, found)
            if link is not None:
                yield link


def _link(rows: Sequence[Row], at: int, found: re.Match[str]) -> _Found | None:
    row = rows[at]
    raw, end = _without_words(found)
    value = re.sub(r"\s", "", raw)
    while (
        value
        and value[-1] in ".,;:!?)'\"]"
        and not (value[-1] == ")" and value.count("(") >= value.count(")"))
    ):
        value = value[:-1]
    if len(value) < 7 or "." not in value:
        return None
    mended = value not in raw
    trust = _BARE if found["bare"] or found["host_only"] else _MENDED if mended else _TRUST
    inks = [row.ink(found.start(), end)]
    more = _next_part(rows, at, end, raw.rstrip())
    if more is not None:
        value += more.text
        inks.append(more)
        trust = _JOINED
    return _Found(value, tuple(inks), trust)


def _without_words(found: re.Match[str]) -> tuple[str, int]:
    """The address up to a blank behind which other words stand: only a path may hold a lost blank."""
    raw = found[0]
    parts = re.split(r"(?<=[A-Za-z0-9])\s(?=[A-Za-z0-9])", raw)
    return (raw, found.end()) if len(parts) == 1 else (parts[0], found.start() + len(parts[0]))


def _next_part(rows: Sequence[Row], at: int, end: int, raw: str) -> Ink | None:
    """The rest of an address on the next row, where it was broken: its first part ends open, at the row's end."""
    row = rows[at]
    if row.text[end:].strip() or not _OPEN_END.search(raw) or at + 1 >= len(rows):
        return None
    below = rows[at + 1]
    found = _GOES_ON.match(below.text)
    if below.page != row.page or found is None or re.match(r"(?:https?|www)", found[0], re.IGNORECASE):
        return None
    if raw.endswith("/") and not re.search(r"[A-Za-z]", found[0]):
        return None
    if raw.endswith(".") and re.match(r"^[A-Z]", found[0]):
        return None
    return below.ink(0, found.end()) if not re.fullmatch(r"[0-9]{1,2}[.)]?", found[0]) else None
