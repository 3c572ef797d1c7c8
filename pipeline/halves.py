"""Two pages beside each other on one sheet, as an A3 scanner or a copy of a booklet gives them; one may be empty."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal

from schemas.ink import Box, Line

_BROAD = (1.25, 1.65)  # width by height of a sheet that may bear two pages
_GUTTER = 0.01  # of its width, on both sides of its middle, that no line crosses
_CRUMB = 0.04  # of its width: shorter ink on the fold is no line
_FEWEST = 4  # lines that make a page


def in_halves(
    lines: Sequence[Line], size: tuple[float, float], turned: Literal[0, 90, 180, 270]
) -> tuple[Line, ...] | None:
    """The lines of a sheet of two pages, those of the left page first; None where a sheet bears one.

    `size`: width and height in points as scanned; `turned`: degrees clockwise that set the sheet upright.
    """
    width, height = size[::-1] if turned in (90, 270) else size
    if not height or not _BROAD[0] < width / height < _BROAD[1] or len(lines) < _FEWEST:
        return None
    spans = [_across(line.box, size, turned) if line.box is not None else (0.0, 0.0) for line in lines]
    middle, gutter = width / 2, _GUTTER * width
    for x0, x1 in spans:
        if x0 < middle - gutter and x1 > middle + gutter and x1 - x0 > _CRUMB * width:
            return None
    right = [x0 + x1 > width for x0, x1 in spans]
    return tuple(
        line for half in (False, True) for line, beyond in zip(lines, right, strict=True) if beyond is half
    )


def _across(box: Box, size: tuple[float, float], turned: int) -> tuple[float, float]:
    """From where to where a box reaches across the upright sheet."""
    width, height = size
    ways = {
        0: (box.x0, box.x1),
        90: (height - box.y1, height - box.y0),
        180: (width - box.x1, width - box.x0),
        270: (box.y0, box.y1),
    }
    return ways[turned]
