"""QR codes and barcodes on a page's picture, with what they say. What they say is kept as text and never followed.

Read by zxing-cpp (Apache-2.0), which is imported when first needed: most commands never look at a picture.
"""

from __future__ import annotations

import re

import cv2

from pipeline.image import Picture
from schemas.contest import Link
from schemas.ink import Box, PageNumber
from schemas.reading import Reading

_CONFIDENCE = 0.99  # such codes carry check sums: read at all, they are read rightly
_LONGEST = 2000  # characters of a code's text that are kept
_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f\u200b-\u200f\u202a-\u202e\u2066-\u2069]")


def read_codes(picture: Picture, size: tuple[float, float], page: PageNumber) -> tuple[Link, ...]:
    """The codes on one page, top to bottom: `size` is the page's in points, the boxes are in its points.

    A picture of a size that cannot be looked at, or without a code, gives none.
    """
    import zxingcpp

    height, width = picture.shape[:2]
    if min(height, width) < 24:
        return ()
    formats = zxingcpp.BarcodeFormat
    kinds = (formats.QRCode, formats.MicroQRCode, formats.DataMatrix, formats.Aztec, formats.PDF417)
    wanted = zxingcpp.BarcodeFormats(kinds)
    gray = picture if picture.ndim == 2 else cv2.cvtColor(picture, cv2.COLOR_BGR2GRAY)
    # no quarter turns: they cost three times the rest, and QR and Aztec codes are found at any angle without them
    found = zxingcpp.read_barcodes(gray, formats=wanted, try_rotate=False, try_invert=False)
    scale = size[0] / width, size[1] / height
    links = [
        _link(one.text, _box(one.position, scale), page) for one in found if one.valid and one.text.strip()
    ]
    return tuple(sorted(links, key=lambda link: link.text.box.y0 if link.text.box else 0.0))


def _link(text: str, box: Box, page: PageNumber) -> Link:
    """What a code says: control and direction marks are taken out, so that nothing shows otherwise than it is."""
    clean = _CONTROL.sub("", text).strip()[:_LONGEST]
    ink = Reading[str](value=clean, raw=clean, page=page, box=box, confidence=_CONFIDENCE, reader="print")
    return Link(text=ink, source="qr")


def _box(position: object, scale: tuple[float, float]) -> Box:
    """The upright box around a code's four corners, in points."""
    corners = [getattr(position, name) for name in ("top_left", "top_right", "bottom_left", "bottom_right")]
    across = [corner.x * scale[0] for corner in corners]
    down = [corner.y * scale[1] for corner in corners]
    return Box(min(across), min(down), max(across), max(down))
