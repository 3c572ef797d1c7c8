"""Pictures of pages for people to look at, made once and kept beside the register."""

from __future__ import annotations

import io
from pathlib import Path

from PIL import Image

from pipeline import pdf, pictures
from pipeline.disk import on_disk, private_folder, write_whole
from pipeline.errors import BadInputError
from pipeline.image import Picture
from pipeline.intake import identify
from pipeline.settings import Settings
from pipeline.vault import cache_of, find_original

_WIDEST = 1654  # pixels: A4 at 200 dpi, enough to read pen ink at double size
_QUALITY = 78


def page_picture(settings: Settings, sha256: str, number: int) -> Path | None:
    """The picture of one page as WebP, from 1; None when the document has no such page or no pictures.

    Protected documents have no original here, so there is nothing to make a picture of.
    """
    path = find_original(settings, sha256)
    if path is None or number < 1:
        return None
    target = cache_of(settings, sha256) / f"{number}.webp"
    if target.is_file():
        return target
    picture = _draw(path, number, settings)
    if picture is None:
        return None
    with on_disk():
        private_folder(target.parent)
        write_whole(target, _webp(picture))
    return target


def _draw(path: Path, number: int, settings: Settings) -> Picture | None:
    kind = identify(path, settings)
    try:
        if kind == "text":
            return None
        reader = pdf if kind == "pdf" else pictures
        return reader.page(path, number).picture if number <= reader.page_count(path) else None
    except BadInputError:
        return None  # the letter's page says what is wrong with the file


def _webp(picture: Picture) -> bytes:
    """Grey or BGR pixels as WebP, no wider than is useful."""
    image = Image.fromarray(picture if picture.ndim == 2 else picture[:, :, ::-1])
    if image.width > _WIDEST:
        high = round(image.height * _WIDEST / image.width)
        image = image.resize((_WIDEST, high), Image.Resampling.LANCZOS)
    out = io.BytesIO()
    image.save(out, "WEBP", quality=_QUALITY, method=2)
    return out.getvalue()
