"""Write page images into the containers that offices use: PDF, JPEG, PNG and TIFF, always the same bytes."""

from __future__ import annotations

from collections.abc import Sequence
from io import BytesIO
from pathlib import Path

import cv2
import numpy as np
import numpy.typing as npt
from fpdf import FPDF
from PIL import Image as Pillow

from samples.content import Damage
from samples.paper import FIXED_DATE

Image = npt.NDArray[np.uint8]
_UNTURN = {1: None, 3: cv2.ROTATE_180, 6: cv2.ROTATE_90_COUNTERCLOCKWISE, 8: cv2.ROTATE_90_CLOCKWISE}
ORIENTATION_TAG = 0x0112


def save_pages(path: Path, pages: Sequence[Image], dpi: int, damage: Damage) -> None:
    """Write pages into the container that the file's name asks for."""
    if path.suffix == ".pdf":
        _save_pdf(path, pages, dpi, damage.jpeg)
    elif path.suffix == ".tif":
        _save_tiff(path, pages, dpi)
    elif path.suffix == ".png":
        _pillow(pages[0]).save(path, dpi=(dpi, dpi), compress_level=3)
    else:
        _pillow(pages[0]).save(path, quality=damage.jpeg, dpi=(dpi, dpi))


def save_photo(path: Path, pages: Sequence[Image], damage: Damage) -> None:
    """A phone's JPEG, stored turned with an EXIF note about it; several photos become one PDF."""
    if path.suffix == ".pdf":
        _save_pdf(path, pages, 300, damage.jpeg)
        return
    code = _UNTURN[damage.orientation]
    stored = pages[0] if code is None else cv2.rotate(pages[0], code)
    exif = Pillow.Exif()
    exif[ORIENTATION_TAG] = damage.orientation
    _pillow(stored).save(path, quality=damage.jpeg, exif=exif)


def _pillow(image: Image) -> Pillow.Image:
    return Pillow.fromarray(image if image.ndim == 2 else cv2.cvtColor(image, cv2.COLOR_BGR2RGB))


def _save_pdf(path: Path, pages: Sequence[Image], dpi: int, quality: int) -> None:
    pdf = FPDF(unit="pt")
    pdf.set_creation_date(FIXED_DATE)
    pdf.set_auto_page_break(False)
    for image in pages:
        jpeg = BytesIO()
        _pillow(image).save(jpeg, "JPEG", quality=quality)
        jpeg.seek(0)
        height, width = (side * 72 / dpi for side in image.shape[:2])
        pdf.add_page(format=(width, height))
        pdf.image(jpeg, 0, 0, width, height)
    pdf.output(str(path))


def _save_tiff(path: Path, pages: Sequence[Image], dpi: int) -> None:
    bilevel = pages[0].ndim == 2
    images = [_pillow(page).convert("1") if bilevel else _pillow(page) for page in pages]
    compression = "group4" if bilevel else "tiff_lzw"
    images[0].save(path, save_all=True, append_images=images[1:], compression=compression, dpi=(dpi, dpi))
