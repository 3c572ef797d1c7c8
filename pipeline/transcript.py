"""Transcripts: text or Markdown that some other OCR has already read, as pages of lines without boxes."""

from __future__ import annotations

import html
import re

from schemas.ink import Line, Page

# What another engine says of its own sureness is unknown: never sure, seldom wrong.
CONFIDENCE = 0.85

_LINK = re.compile(r"<((?:https?://|mailto:)[^\s<>]*)>|!?\[([^\[\]]*)\]\([^()\s]*\)")
_TAG = re.compile(r"</?[A-Za-z][A-Za-z0-9]{0,15}(?:\s[^<>]{0,200})?/?>")
_RULE = re.compile(r"^\s*(?:[-*_]\s*){3,}$|^\s*\|?(?:\s*:?-+:?\s*\|)+\s*:?-*:?\s*$")
_HEADING = re.compile(r"^\s{0,3}#{1,6}(?:\s+|$)")
_BULLET = re.compile(r"^\s*(?:[-*+•]|>)\s+(?![0-9๐-๙]{1,3}\s*-\s*$)")  # not a page number: - ๒ -
_STRONG = re.compile(r"(\*\*|__)(?=\S)(.{1,400}?)(?<=\S)\1")
_EMPHASIS = re.compile(r"(?<![\w*])\*(?=[^\s*])([^*]+?)(?<=[^\s*])\*(?![\w*])")
_ESCAPE = re.compile(r"\\([\\`*_{}\[\]()#+\-.!|<>~])")
_FENCE = re.compile(r"^\s*(?:```|~~~)")
_CELL = re.compile(r"[^\S\t]*\|[^\S\t]*")
_CELL_END = re.compile(r"</t[dh]>\s*(?=<t[dh][\s>])", re.IGNORECASE)


def read_transcript(text: str) -> tuple[Page, ...]:
    """Pages of a transcript, one for each form feed's piece; Markdown and HTML marks are taken off.

    >>> [line.text for line in read_transcript("# ด่วนมาก\\n\\nที่ สพร ๒๕๖๕/ว๙๐๗")[0].lines]
    ['ด่วนมาก', 'ที่ สพร ๒๕๖๕/ว๙๐๗']
    """
    pieces = text.removeprefix("\ufeff").split("\f")
    if len(pieces) > 1 and not pieces[-1].strip():
        pieces.pop()  # pdftotext ends every page with a form feed
    return tuple(_page(number, piece) for number, piece in enumerate(pieces, start=1))


def _page(number: int, text: str) -> Page:
    lines: list[Line] = []
    for raw in text.splitlines():
        clean = plain(raw)
        if clean:
            if raw.startswith("\t") and clean[0] != "\t" and lines and "\t" in lines[-1].text:
                clean = "\t" + clean  # below a table's row it is no indent: the first cell is empty
            lines.append(Line(text=clean, page=number, confidence=CONFIDENCE, reader="transcript"))
    return Page(number=number, width=0, height=0, lines=tuple(lines), reader="transcript")


def plain(line: str) -> str:
    """One line without its Markdown and HTML marks; between the cells of a table's row stands a tab."""
    if _FENCE.match(line) or _RULE.match(line):
        return ""
    line = _HEADING.sub("", line, count=1)
    line = _BULLET.sub("", line, count=1)
    line = _LINK.sub(lambda found: found[1] or found[2] or "", line)
    line = _TAG.sub(" ", _CELL_END.sub("\t", line))
    if line.strip().startswith("|") and line.strip().endswith("|") and len(line.strip()) > 1:
        line = _CELL.sub("\t", line.strip()[1:-1])
    line = _STRONG.sub(r"\2", line)
    line = _EMPHASIS.sub(r"\1", line)
    return _cells(html.unescape(_ESCAPE.sub(r"\1", line)))


def _cells(line: str) -> str:
    """The line without blanks at its ends. A tab before it stays where it parts cells: an indent it is not,
    when more tabs follow."""
    clean = line.strip()
    before = line[: len(line) - len(line.lstrip())]
    return "\t" + clean if clean and "\t" in before and "\t" in line[len(before) :] else clean
