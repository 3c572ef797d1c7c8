"""Which way up a page lies: its sheet made ready, and its lines as they are to be read."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np

from pipeline import image, ocr
from pipeline.cut import Found, find, well_sized
from pipeline.image import Picture, Sheet

_SAMPLE = 5  # lines read both ways when a page may stand on its head


@dataclass
class Ready:
    """A page made ready for reading. Its sheets are taken out when they are read, as they are large."""

    sheets: list[Sheet]  # as the page seems to lie; where it seems to lie on its side, as it is given too
    width: int  # pixels of the picture as scanned
    height: int


def ready(picture: Picture) -> Ready:
    """Make a page's picture ready; what comes after has no need of the picture."""
    sheets = [image.prepare(picture)]
    if sheets[0].turned:  # a page of few lines may only look so
        sheets.append(image.prepare(picture, sideways=False))
    return Ready(sheets, picture.shape[1], picture.shape[0])


def upright(sheets: list[Sheet], timeout_s: float) -> tuple[Sheet, list[Found]]:
    """The page as it is to be read, and its strips. Doubts about which way is up are settled by reading."""
    sheet, ink = well_sized(sheets.pop(0))
    found = find(sheet, ink)
    del ink
    if not sheets and not _tops_look_like_feet(found):
        return sheet, found
    ways = [_trust(found, timeout_s), _trust(_flipped(found), timeout_s)]
    if sheets:
        level, ink = well_sized(sheets.pop())
        level_found = find(level, ink)
        if _trust(level_found, timeout_s) > max(ways):
            return level, level_found
    if ways[0] >= ways[1]:
        return sheet, found
    sheet = image.flip(sheet)
    return sheet, find(sheet)


def _flipped(found: Sequence[Found]) -> list[Found]:
    """The same strips upside down; good for judging only, their places are not turned."""
    return [
        Found(replace(f.strip, image=np.ascontiguousarray(f.strip.image[::-1, ::-1])), f.ink) for f in found
    ]


def _tops_look_like_feet(found: Sequence[Found]) -> bool:
    """Thai has far more marks over its letters than under them; upside down it is the other way round."""
    over = under = 0.0
    for one in found:
        strip = one.strip
        base = int(sum(strip.base) / 2 - strip.top)
        ink = (strip.image < 128).sum(axis=1)
        over += float(ink[: max(0, base - int(1.12 * strip.x_height))].sum())
        under += float(ink[base + max(1, int(0.12 * strip.x_height)) :].sum())
    return over + under >= 1 and over <= 2.5 * under


def _trust(found: Sequence[Found], timeout_s: float) -> float:
    """How well the longest lines read: the share of characters that the reader is sure of."""
    longest = sorted(found, key=lambda f: -f.strip.image.shape[1])[:_SAMPLE]
    texts = ocr.read_strips([f.strip.image for f in longest], timeout_s)
    glyphs = [g for text in texts for word in text.words for g in word]
    return sum(g.confidence >= 0.95 for g in glyphs) / len(glyphs) if glyphs else 0.0
