"""Where the fonts are, and how large their glyphs stand."""

from __future__ import annotations

from functools import cache, lru_cache
from pathlib import Path
from typing import NamedTuple

import uharfbuzz as hb  # type: ignore[import-untyped]

from pipeline.doctor import FONT_FOLDERS
from pipeline.errors import MissingToolError

INSTALL = "sudo apt-get install fonts-thai-tlwg-ttf fonts-tlwg-laksaman-ttf"

SCALE = {
    "Laksaman": 0.69,
    "Norasi": 0.68,
    "Kinnari": 0.68,
    "Garuda": 0.63,
    "Umpush": 0.66,
    "Loma": 0.64,
    "Waree": 0.60,
    "Sawasdee": 0.64,
    "Purisa": 0.70,
    "TlwgTypist": 0.62,
}
"""How much smaller each face is set so that it looks as large as TH Sarabun of the same nominal size."""


@cache
def find_font(name: str) -> Path:
    """The file of a font such as `Laksaman-Bold`; MissingToolError says how to install it."""
    for folder in FONT_FOLDERS:
        for found in sorted(folder.rglob(f"{name}.ttf")) if folder.is_dir() else ():
            return found
    raise MissingToolError(f"The font {name}.ttf (TLWG Thai fonts)", INSTALL)


class Extent(NamedTuple):
    """A text's size in ems: its advance, and how far its ink rises above and sinks below the baseline."""

    advance: float
    above: float
    below: float


@cache
def _font(name: str) -> hb.Font:
    return hb.Font(hb.Face(hb.Blob.from_file_path(str(find_font(name)))))


@lru_cache(maxsize=20_000)
def measure(name: str, text: str) -> Extent:
    """Shape a text and say how much room it takes."""
    if not text:
        return Extent(0.0, 0.0, 0.0)
    font = _font(name)
    buffer = hb.Buffer()
    buffer.add_str(text)
    buffer.guess_segment_properties()
    hb.shape(font, buffer)
    above = below = advance = 0
    for info, position in zip(buffer.glyph_infos, buffer.glyph_positions, strict=True):
        advance += position.x_advance
        ink = font.get_glyph_extents(info.codepoint)
        if ink is not None and ink.height:
            above = max(above, ink.y_bearing + position.y_offset)
            below = max(below, -(ink.y_bearing + ink.height + position.y_offset))
    em = font.face.upem
    return Extent(advance / em, above / em, below / em)
