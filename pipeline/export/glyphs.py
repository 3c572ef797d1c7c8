"""A font without ink for the text under a scanned page: every character is there, none is drawn."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from fontTools.fontBuilder import FontBuilder
from fontTools.ttLib.tables._g_l_y_f import Glyph

UNITS = 1000
ADVANCE = 500
"""Width of every character in thousandths of its size. Marks above and below (สระบน วรรณยุกต์) have it too:
programs that copy text put characters without a width into the wrong order."""


def width_of(text: str) -> float:
    """Width of a text at size 1."""
    return len(text) * ADVANCE / UNITS


def make_inkless_font(chars: Iterable[str], file: Path) -> None:
    """Write a TrueType font with an empty glyph for each of the characters."""
    names = {point: f"u{point:04X}" for point in sorted({ord(char) for char in chars} | {0x20})}
    order = [".notdef", *names.values()]
    builder = FontBuilder(UNITS, isTTF=True)
    builder.setupGlyphOrder(order)
    builder.setupCharacterMap(names)
    builder.setupGlyf({name: Glyph() for name in order})
    builder.setupHorizontalMetrics(dict.fromkeys(order, (ADVANCE, 0)))
    builder.setupHorizontalHeader(ascent=800, descent=-200)
    builder.setupNameTable({"familyName": "Inkless", "styleName": "Regular", "psName": "Inkless-Regular"})
    builder.setupOS2(sTypoAscender=800, sTypoDescender=-200, usWinAscent=800, usWinDescent=200)
    builder.setupPost()
    builder.save(file)
