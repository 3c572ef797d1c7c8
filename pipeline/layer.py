"""A PDF's own text layer: judged before it is trusted, then grouped into lines.

Text layers of Thai PDFs lie in known ways: private-use glyphs for raised marks, า written as ำ, marks lost or
standing alone, glyphs without any sign, Latin letters in place of Thai, words that lie over no ink. A layer with any
of these is not used; the page is read as a picture instead.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from parsers.text import normalise
from pipeline.pdf import LayerChar, PdfPage
from schemas.ink import Box, Char, Line, Word, union

_LETTERS = re.compile(r"[ก-ฮ]")
_MARKS = re.compile(r"[ัิ-ฺ็-๎]")
_STRAY = re.compile(r"(?:^|[\s\d\u0e50-\u0e59A-Za-z()/.,])[ัิ-ฺ็-๎]")  # a mark with no letter to stand on
_PRIVATE = re.compile(r"[\ue000-\uf8ff\ufffd]")
_MIXED = re.compile(r"[๐-๙][0-9]|[0-9][๐-๙]")  # a font shows both scripts alike
_UNMAPPED = re.compile(r"\(cid:\d+\)")  # glyphs that nobody gave a character
_CONTROL = re.compile(r"[\x00-\x08\x0e-\x1f\x7f-\x9f]")
_UNKNOWN = 0.002  # of a layer's characters, from which it is not used
_DOUBTED = 0.6  # confidence of a word with such a glyph
_JOINED = str.maketrans(
    {"ﬀ": "ff", "ﬁ": "fi", "ﬂ": "fl", "ﬃ": "ffi", "ﬄ": "ffl"}
)  # Latin letters in one glyph
_LATIN = re.compile(r"[A-Za-z\u00c0-\u024f]")


def sound_lines(page: PdfPage, number: int) -> tuple[Line, ...] | None:
    """The layer's lines in reading order; None when the layer is missing or unsound."""
    if len(page.layer) < 40:
        return None
    if sum(map(_is_unknown, page.layer)) > _UNKNOWN * len(page.layer):
        return None
    lines = _lines(page.layer, number)
    text = "\n".join(line.text for line in lines)
    if defect(text) is not None or not _lies_over_ink(page, lines):
        return None
    return tuple(lines)


def _is_unknown(char: LayerChar) -> bool:
    """A glyph to which the file gives no sign: browsers write so the tone marks that they raise or move aside."""
    return bool(_CONTROL.match(char.text))


def defect(text: str) -> str | None:
    """What is wrong with a layer's text, in a few words; None when it looks sound."""
    letters, marks = len(_LETTERS.findall(text)), len(_MARKS.findall(text))
    latin = len(_LATIN.findall(text))
    if len(_PRIVATE.findall(text)) > 0.002 * len(text):
        return "private-use or unknown characters"
    if _UNMAPPED.search(text):
        return "glyphs without characters"
    if _MIXED.search(text):
        return "Thai and Arabic digits in one number"
    if letters < 0.3 * (letters + latin):
        return "hardly any Thai letters"
    if marks < 0.12 * letters:
        return "marks are missing"
    if len(_STRAY.findall(text)) > 0.01 * marks + 1:
        return "marks stand without letters"
    if text.count("ำ") > max(3, 0.9 * text.count("า")):
        return "ำ stands for า"
    return None


def _lines(chars: Sequence[LayerChar], number: int) -> list[Line]:
    """Characters on one baseline make a row; a wide gap in it starts a new line. Rows of stamps may slant."""
    rows: dict[int, list[LayerChar]] = {}
    row: list[LayerChar] | None = None
    for char in chars:
        if row is None or not _goes_on(row[-1], char):
            row = _level_with(rows, char.baseline)
        if row is None:
            rows[round(char.baseline / 3)] = row = []
        row.append(char)
    lines: list[Line] = []
    for row in sorted(rows.values(), key=lambda r: r[0].baseline):
        for run in _runs(row):
            line = _line(run, number)
            if line.text:
                lines.append(line)
    return lines


def _goes_on(last: LayerChar, char: LayerChar) -> bool:
    """Whether a character follows right behind the one before, on a baseline that rises or falls a little."""
    gap = char.box.x0 - last.box.x1
    drift = abs(char.baseline - last.baseline)
    return abs(gap) < 0.6 * last.size and drift < 0.12 * last.size and abs(char.size - last.size) < 0.5


def _level_with(rows: Mapping[int, list[LayerChar]], baseline: float) -> list[LayerChar] | None:
    key = round(baseline / 3)
    near = (rows[k] for k in (key, key - 1, key + 1) if k in rows)
    return next((row for row in near if abs(row[0].baseline - baseline) < 3), None)


def _runs(row: Sequence[LayerChar]) -> list[list[LayerChar]]:
    """Pieces of a row, from the left. Inside a piece the stream's order stands: marks follow their letters there."""
    runs: list[list[LayerChar]] = []
    for char in row:
        last = runs[-1][-1] if runs else None
        if last is None or not -1.2 * char.size < char.box.x0 - last.box.x1 < 2.2 * char.size:
            runs.append([char])
        else:
            runs[-1].append(char)
    runs.sort(key=lambda run: run[0].box.x0)
    joined: list[list[LayerChar]] = []
    for run in runs:
        if joined and run[0].box.x0 - joined[-1][-1].box.x1 < 2.2 * run[0].size:
            joined[-1] += run
        else:
            joined.append(run)
    return joined


def _rounded(box: Box) -> Box:
    """Hundredths of a point are finer than any ink; more digits would only swell the records."""
    return Box(*(round(side, 2) for side in box))


def _line(run: Sequence[LayerChar], number: int) -> Line:
    words: list[list[LayerChar]] = [[]]
    for char in run:
        gap = words[-1] and char.box.x0 - words[-1][-1].box.x1 > 0.22 * char.size
        if char.text.isspace() or gap:
            words.append([])
        if not char.text.isspace():
            words[-1].append(char)
    made = []
    for word in words:
        text = normalise("".join(char.text for char in word).translate(_JOINED))
        if text:
            sure = _DOUBTED if any(map(_is_unknown, word)) else 1.0
            shown = tuple(Char(text=c.text, box=_rounded(c.box), confidence=sure) for c in word)
            made.append(Word(text=text, box=union(c.box for c in shown), confidence=sure, chars=shown))
    return Line(
        text=" ".join(word.text for word in made),
        page=number,
        box=union(word.box for word in made),
        words=tuple(made),
        confidence=min((word.confidence for word in made), default=1.0),
        reader="text-layer",
    )


def _lies_over_ink(page: PdfPage, lines: Sequence[Line]) -> bool:
    """Nearly every word of the layer has ink under it."""
    words = [word.box for line in lines for word in line.words if word.box is not None]
    scale = page.picture.shape[1] / page.width
    dark = page.picture.min(axis=2) < 160
    inked = 0
    for box in words:
        x0, y0, x1, y1 = _pixels(box, scale, dark.shape)
        inked += bool(dark[y0:y1, x0:x1].mean() > 0.015) if x1 > x0 and y1 > y0 else False
    return inked >= 0.95 * len(words)


def _pixels(box: Box, scale: float, shape: tuple[int, ...]) -> tuple[int, int, int, int]:
    return (
        max(0, int(box.x0 * scale)),
        max(0, int(box.y0 * scale)),
        min(shape[1], int(box.x1 * scale) + 1),
        min(shape[0], int(box.y1 * scale) + 1),
    )
