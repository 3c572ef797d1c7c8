"""From the picture of one page to its lines of text, with every box on the page as scanned."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from parsers.text import normalise
from pipeline import image, ocr, pen, second
from pipeline.cut import Found, find, well_sized, without
from pipeline.halves import in_halves
from pipeline.image import Picture, Sheet
from pipeline.lines import Strip
from pipeline.marks import find_signatures
from pipeline.ocr import Glyph, StripText
from pipeline.uneven import stands_unevenly
from pipeline.upright import Ready, upright
from pipeline.ways import Look
from schemas.ink import Box, Char, Line, Page, Word, union

# Pen digits are misread far more often than the reader knows: even when two looks agree, a person confirms them.
_BY_HAND, _DOUBT = 0.88, 0.6  # what stays of the confidence in pen digits; when two looks disagree
_UNEVEN = 0.85  # in a number or date that was taken for print, but stands as pen does
_CROSSED = 0.85  # at most, where a signature or a frame runs through the letters
_INKED = 200  # grey levels; paper is lighter
_TAKEN = 0.75  # of a line's ink: looks have read it

_PixelBox = tuple[float, float, float, float]


@dataclass(frozen=True)
class Scale:
    """How pixels of a picture become points of its page."""

    x: float
    y: float


@dataclass(frozen=True)
class SampleRead:
    """The boxes of all lines of a page in points, and what some of them say."""

    boxes: tuple[Box, ...]
    texts: tuple[str, ...]


def read_page(page: Ready, size: tuple[float, float], number: int, timeout_s: float) -> Page:
    """Read a page. `size` is its width and height in points; boxes come out in them."""
    sheet, found = upright(page.sheets, timeout_s)
    texts = ocr.read_strips([f.strip.image for f in found], timeout_s)
    texts = second.weighed([f.strip.image for f in found], texts)
    inked = without(sheet, [f.strip for f in found if f.mark])
    sheet = replace(sheet, hues=())  # as large as two pages, and of no more use once pen has been read
    looks = pen.second_look(inked, [f.strip for f in found], texts, timeout_s)
    del inked
    read = _with_pen(list(zip(found, texts, strict=True)), looks)
    scale = Scale(size[0] / page.width, size[1] / page.height)
    made = [line(one, text, sheet, scale, number) for one, text in read]
    kept = tuple(one for one in made if one is not None)
    halves = in_halves(kept, size, sheet.turned)
    return Page(
        number=number,
        width=size[0],
        height=size[1],
        lines=kept if halves is None else halves,
        halved=halves is not None,
        marks=find_signatures(sheet, size, (page.width, page.height), kept),
        reader="print",
        skew=sheet.skew,
        turned=sheet.turned,
    )


def read_sample(
    picture: Picture, size: tuple[float, float], places: Sequence[Box], timeout_s: float
) -> SampleRead:
    """Find a page's lines, and read only those at the given places; for checking a text layer against its ink."""
    sheet, ink = well_sized(image.prepare(picture, sideways=False))
    scale = Scale(size[0] / picture.shape[1], size[1] / picture.shape[0])
    found = [one for one in find(sheet, ink) if one.strip.box[2] - one.strip.box[0] > 4 * one.strip.x_height]
    boxes = [_sheet_box(one.strip.box, sheet, scale) for one in found]
    at = [max(range(len(boxes)), key=lambda i: _shared(place, boxes[i]), default=None) for place in places]
    read = ocr.read_strips([found[i].strip.image for i in at if i is not None], timeout_s)
    texts = iter(read)
    said = [next(texts).text if i is not None else "" for i in at]
    return SampleRead(tuple(boxes), tuple(said))


def _shared(one: Box, other: Box) -> float:
    """Area that two boxes share, as a part of both together."""
    across = min(one.x1, other.x1) - max(one.x0, other.x0)
    down = min(one.y1, other.y1) - max(one.y0, other.y0)
    if across <= 0 or down <= 0:
        return 0.0
    return across * down / (one.width * one.height + other.width * other.height - across * down)


def _with_pen(read: list[tuple[Found, StripText]], looks: Sequence[Look]) -> list[tuple[Found, StripText]]:
    """Put what a second look has found in place of the lines, or after them, and leave out the scraps it covers."""
    whole = {look.index: look for look in looks if look.whole}
    after = {look.index: look for look in looks if not look.whole}
    boxes = [look.strip.box for look in looks]
    merged: list[tuple[Found, StripText]] = []
    for i, (one, text) in enumerate(read):
        look = whole.get(i)
        if look is not None:
            merged.append((_by_hand(one, look), look.text))
        elif i in after or _ink_within(one.strip, boxes) <= _TAKEN:
            merged.append((one, text))
        if i in after:
            merged.append((_by_hand(one, after[i]), after[i].text))
    return merged


def _by_hand(one: Found, look: Look) -> Found:
    return replace(one, strip=look.strip, reader="hand", doubtful=not look.agreed)


def _ink_within(strip: Strip, boxes: Sequence[tuple[int, int, int, int]]) -> float:
    """What part of a strip's ink lies in these boxes; some scraps are of the pen of two rows, with crumbs beside."""
    near = [box for box in boxes if _meets(box, strip.box)]
    if not near:
        return 0.0
    ys, xs = np.nonzero(strip.image < _INKED)
    across, down = strip.left + xs, strip.top + ys + strip.shift[xs]
    inside = np.zeros(len(xs), dtype=bool)
    for x0, y0, x1, y1 in near:
        inside |= (across >= x0) & (across < x1) & (down >= y0) & (down < y1)
    return float(inside.mean()) if len(xs) else 0.0


def _meets(one: tuple[int, int, int, int], other: tuple[int, int, int, int]) -> bool:
    """Whether two boxes overlap or touch: a strip's ink may reach two pixels out of its box."""
    return (
        one[0] <= other[2] + 2
        and other[0] <= one[2] + 2
        and one[1] <= other[3] + 2
        and other[1] <= one[3] + 2
    )


def line(found: Found, text: StripText, sheet: Sheet, scale: Scale, number: int) -> Line | None:
    """A line from a strip's text, its boxes mapped back to the page as scanned; None when nothing was read."""
    words = []
    inked = np.flatnonzero((found.strip.image < _INKED).any(axis=0))
    is_key = second.is_key(text.text)
    for place, glyphs in enumerate(text.words):
        following = text.words[place + 1][0].box[0] if place + 1 < len(text.words) else None
        chars = tuple(
            Char(
                text=g.text,
                box=_to_page(found.strip, _on_ink(_before(g.box, following), inked), sheet, scale),
                confidence=g.confidence,
            )
            for g in glyphs
        )
        said = normalise("".join(g.text for g in glyphs))
        if said:
            uneven = is_key and stands_unevenly(found.strip, glyphs)
            share = _share_kept(found, uneven) if _has_digit(said) else 1.0
            confidence = min(c.confidence for c in chars) * share
            if _is_crossed(found.strip, glyphs):
                confidence = min(confidence, _CROSSED)
            others = tuple(map(normalise, text.others[place])) if place < len(text.others) else ()
            box = union(c.box for c in chars)
            words.append(Word(text=said, box=box, confidence=confidence, chars=chars, alternatives=others))
    if not words:
        return None
    confidence = sum(w.confidence * len(w.text) for w in words) / sum(len(w.text) for w in words)
    return Line(
        text=" ".join(word.text for word in words),
        page=number,
        box=_sheet_box(found.strip.box, sheet, scale),
        words=tuple(words),
        confidence=confidence,
        reader=found.reader,
        ink=found.ink,
    )


def _is_crossed(strip: Strip, glyphs: Sequence[Glyph]) -> bool:
    """Larger ink, such as a signature, runs through a word."""
    if not strip.crossed:
        return False
    left, right = strip.left + glyphs[0].box[0], strip.left + glyphs[-1].box[2]
    return any(x0 < right and left < x1 for x0, x1 in strip.crossed)


def _share_kept(found: Found, uneven: bool) -> float:
    """What part of the confidence in digits stays. `uneven`: print that may be pen."""
    if found.reader != "hand":
        return _UNEVEN if uneven else 1.0
    return _DOUBT if found.doubtful else _BY_HAND


def _has_digit(text: str) -> bool:
    return any(c.isdigit() for c in text)


def _before(box: _PixelBox, following: float | None) -> _PixelBox:
    """A character's box that ends before the next word: Tesseract's last one may run on to the line's end."""
    if following is None or not box[0] < following < box[2]:
        return box
    return box[0], box[1], following, box[3]


def _on_ink(box: _PixelBox, inked: NDArray[np.int64]) -> _PixelBox:
    """A character's box without the empty columns beside its ink: readers end a word in the middle of a space."""
    first, last = np.searchsorted(inked, box[0]), np.searchsorted(inked, box[2], side="right") - 1
    if first > last:
        return box
    return max(box[0], float(inked[first])), box[1], min(box[2], float(inked[last] + 1)), box[3]


def _to_page(strip: Strip, box: tuple[float, float, float, float], sheet: Sheet, scale: Scale) -> Box:
    x0, y0 = strip.to_page(box[0], box[1])
    x1, y1 = strip.to_page(box[2], box[3])
    return _sheet_box((x0, y0, x1, y1), sheet, scale)


def _sheet_box(box: tuple[float, float, float, float], sheet: Sheet, scale: Scale) -> Box:
    """A box in pixels of the sheet as the box around it in points of the page as scanned."""
    x0, y0, x1, y1 = box
    rows = sheet.to_scan.tolist()  # plain numbers: arrays of four corners take ten times as long
    across, down, far = (
        [a * x + b * y + c for x, y in ((x0, y0), (x1, y0), (x1, y1), (x0, y1))] for a, b, c in rows
    )
    xs = [x / w * scale.x for x, w in zip(across, far, strict=True)]
    ys = [y / w * scale.y for y, w in zip(down, far, strict=True)]
    return Box(*(round(n, 2) for n in (min(xs), min(ys), max(xs), max(ys))))
