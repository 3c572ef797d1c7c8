"""Pages that come as picture files: JPEG, PNG and TIFF. Only this file decodes pictures with Pillow.

Whatever the file holds (two-valued, grey, palette, CMYK, 16 bits a channel, see-through), out comes a picture
of 8 bits, grey or BGR, turned as its EXIF note says, with square pixels, and no larger than reading can use.
"""

from __future__ import annotations

import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from PIL import Image, ImageOps

from pipeline.errors import BadInputError, ToolError
from pipeline.image import LONG_SIDE, Picture

MAX_PIXELS = 300_000_000  # A3 at 1200 dpi has 278 million; a bomb has more
Image.MAX_IMAGE_PIXELS = MAX_PIXELS
_A4_LONG = 841.89  # points
_TRUE_DPI, _TRUE_LONG_SIDE = (90, 1300), (250, 1800)  # resolutions scanners have; points, from A6 to A2
_SUBFILE, _ORIENTATION = 0x00FE, 0x0112  # tags
_THUMBNAIL_OR_MASK, _QUARTER_TURNED = 0b101, (5, 6, 7, 8)


@dataclass(frozen=True)
class PicturePage:
    """One page: its picture, and its size in points."""

    picture: Picture
    width: float
    height: float


def page_count(path: Path) -> int:
    """How many pages a picture file has; BadInputError when it cannot be opened."""
    return len(_places(path))


def pages(path: Path) -> Iterator[PicturePage]:
    """Every page in turn."""
    for number in range(1, page_count(path) + 1):
        yield page(path, number)


def page(path: Path, number: int) -> PicturePage:
    """One page, from 1; BadInputError when its picture is damaged."""
    place = _places(path)[number - 1]
    with _opened(path) as file:
        if place:
            file.seek(place)
        if file.width * file.height > MAX_PIXELS:
            raise BadInputError(
                "image.too_large",
                f"ภาพใหญ่เกินไป ({file.width} × {file.height} จุด) สแกนใหม่ที่ 300 dpi",
                f"The picture is too large ({file.width} × {file.height} pixels). Scan it again at 300 dpi.",
            )
        return _load(file)


def _places(path: Path) -> tuple[int, ...]:
    """Where in the file its pages are. Previews and masks in a TIFF, and what cameras add to a JPEG, are none."""
    with _opened(path) as file:
        if file.format != "TIFF":
            return (0,)
        places: list[int] = []
        for place in range(1_000_000):
            try:
                file.seek(place)
            except EOFError:
                break
            except Exception:  # the chain of pages is torn; reading this one will say so
                return (*places, place)
            kind = file.tag_v2.get(_SUBFILE, 0)
            if not (isinstance(kind, int) and kind & _THUMBNAIL_OR_MASK):
                places.append(place)
        return tuple(places) or (0,)


@contextmanager
def _opened(path: Path) -> Iterator[Any]:
    """An open picture; all that decoders raise on damaged files becomes BadInputError."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            # given a path, Pillow maps uncompressed TIFFs into memory and garbles those that carry a turn
            with path.open("rb") as stream, Image.open(stream) as file:
                yield file
    except (BadInputError, ToolError):
        raise
    except MemoryError as error:
        raise ToolError("There is not enough memory to open this picture.") from error
    except Exception as error:  # decoders raise whatever they meet in damaged bytes
        raise BadInputError(
            "image.damaged",
            "ไฟล์ภาพเสียหายหรือมาไม่ครบ เปิดไม่ได้ สแกนใหม่ แล้วนำเข้าอีกครั้ง",
            f"The picture is damaged or incomplete ({error}). Scan it again.",
        ) from error


def _load(file: Any) -> PicturePage:
    turned = file.getexif().get(_ORIENTATION, 1) in _QUARTER_TURNED
    width, height = file.size
    dpi = _true_dpi(file.info.get("dpi"), max(width, height))
    if file.format == "JPEG":  # decode no more than is needed
        factor = min(1.0, LONG_SIDE / max(width, height))
        file.draft(None, (round(width * factor), round(height * factor)))
    file.load()
    upright = _small(_plain(file))
    if file.getexif().get(_ORIENTATION, 1) != 1:  # else it would only be copied
        upright = ImageOps.exif_transpose(upright)
    if turned:
        dpi = dpi[1], dpi[0]
        if file.format != "TIFF":  # there the turn is in the size already
            width, height = height, width
    array = np.asarray(_square(upright, (width, height), dpi))
    upright = None
    file.close()  # a page has twice the room in Pillow, and is not needed there any more
    picture = array.copy() if array.ndim == 2 else np.ascontiguousarray(array[:, :, ::-1])
    return PicturePage(picture, round(width * 72 / dpi[0], 2), round(height * 72 / dpi[1], 2))


def _true_dpi(noted: Any, long_side: int) -> tuple[float, float]:
    """The file's resolution; where it has none that can be true, the one by which the long side is A4's."""
    low, high = _TRUE_DPI
    try:
        across, down = float(noted[0]), float(noted[1])
    except (TypeError, ValueError, IndexError, ZeroDivisionError):
        across = down = 0.0
    if low <= across <= high and low <= down <= high:
        points = long_side * 72 / max(across, down)
        if _TRUE_LONG_SIDE[0] <= points <= _TRUE_LONG_SIDE[1]:
            return across, down
    return long_side * 72 / _A4_LONG, long_side * 72 / _A4_LONG


def _plain(file: Any) -> Any:
    """The picture as grey (L) or RGB, on white where it is see-through."""
    if file.mode in ("1", "L") and "transparency" not in file.info:
        return file.convert("L")
    if file.mode.startswith("I") or file.mode == "F":
        deep = np.asarray(file)
        top = max(1.0, float(deep.max()))
        shallow = np.clip(np.multiply(deep, np.float32(255 / top), dtype=np.float32), 0, 255).astype(np.uint8)
        made = Image.fromarray(shallow)
        made.info = dict(file.info)
        return made
    if "A" in file.getbands() or "a" in file.getbands() or "transparency" in file.info:
        sheer = _small(file.convert("RGBA"))
        made = Image.alpha_composite(Image.new("RGBA", sheer.size, "white"), sheer).convert("RGB")
        made.info = dict(file.info)
        return made
    return file if file.mode == "RGB" else file.convert("RGB")


def _small(picture: Any) -> Any:
    """The picture, shrunk by a whole number when it is larger than reading can use."""
    factor = max(picture.size) // LONG_SIDE
    return picture.reduce(factor) if factor > 1 else picture


def _square(picture: Any, size: tuple[int, int], dpi: tuple[float, float]) -> Any:
    """The picture with square pixels: a fax may have twice as many across as down."""
    if max(dpi) < 1.03 * min(dpi):
        return picture
    finer = max(dpi)
    wide, high = size[0] * finer / dpi[0], size[1] * finer / dpi[1]
    factor = min(1.0, LONG_SIDE / max(wide, high))
    shape = max(1, round(wide * factor)), max(1, round(high * factor))
    return picture.resize(shape, Image.Resampling.BICUBIC)
