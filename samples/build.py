"""Make one document's files: draw it, damage it, and write file, lines and geometry."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

import numpy as np

from samples import degrade
from samples.content import MEASURED, Damage, Quality, Sample
from samples.draw import Drawing, draw, seed_of
from samples.files import save_pages, save_photo
from samples.truth import TrueDocument, true_document

DPI: dict[Quality, int] = {
    "born": 72,
    "scan": degrade.SCAN_DPI,
    "fax": degrade.FAX_DPI,
    "photo": 300,
    "clean": degrade.SCAN_DPI,
}
_UNWORN = Damage(jpeg=95)


def truth_of(sample: Sample) -> TrueDocument:
    """A document's truth; drawn on paper only to see how many pages each letter takes."""
    return true_document(sample, draw(sample).letter_pages)


def make_file(sample: Sample, quality: Quality, path: Path) -> list[dict[str, object]]:
    """Write a document in one quality; returns the geometry of its pages."""
    if quality == "born":
        path.write_bytes(draw(sample, electronic=True).print)
        return []
    drawing = draw(sample)
    images, geometry = [], []
    for page in range(len(drawing.lines)):
        image, to_pixels = _damaged(sample, drawing, quality, page)
        images.append(image)
        height, width = image.shape[:2]
        orientation = sample.damage.orientation if path.suffix == ".jpg" and quality == "photo" else 1
        geometry.append(
            {"width": width, "height": height, "dpi": DPI[quality], "exif_orientation": orientation,
             "to_pixels": [[round(float(v), 9) for v in row] for row in to_pixels]}
        )  # fmt: skip
    if quality == "photo":
        save_photo(path, images, sample.damage)
    else:
        save_pages(path, images, DPI[quality], _UNWORN if quality == "clean" else sample.damage)
    return geometry


def _damaged(
    sample: Sample, drawing: Drawing, quality: Quality, page: int
) -> tuple[degrade.Image, degrade.Matrix]:
    rng = np.random.default_rng([seed_of(sample), page, MEASURED.index(quality)])
    image = degrade.rendered(drawing.print, drawing.ink, page, rng)
    if quality == "clean":
        return image, np.diag([degrade.SCAN_DPI / 72, degrade.SCAN_DPI / 72, 1.0])
    if quality == "fax":
        return degrade.faxed(image, sample.damage, rng)
    if quality == "photo":
        return degrade.photographed(image, sample.damage, rng)
    return degrade.scanned(image, sample.damage, rng, _marker(drawing, page))


def _marker(drawing: Drawing, page: int) -> tuple[float, ...]:
    """Where a highlighter would go: over the subject."""
    for line in drawing.lines[page]:
        if line.text.startswith("เรื่อง"):
            return (line.box.x0 + 30, line.box.y0 - 1, line.box.x1 - 20, line.box.y1 + 1)
    return ()


@contextmanager
def whole(path: Path) -> Iterator[Path]:
    """Write elsewhere on the same disk and move there at the end, so that a file is never there in part."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with TemporaryDirectory(dir=path.parent.parent, prefix=".making-") as folder:
        part = Path(folder) / path.name
        yield part
        part.replace(path)


def make_all(sample: Sample, folder: Path, quality: Quality) -> None:
    """Write a document in one quality under `folder`/pages, with its geometry and lines beside it."""
    pages = folder / "pages"
    with whole(pages / quality / sample.file(quality)) as path:
        geometry = make_file(sample, quality, path)
    if quality == "born":
        _write_json(pages / "lines" / f"{sample.name}.json", _lines(draw(sample)))
    else:
        _write_json(pages / quality / f"{sample.name}.geometry.json", geometry)


def _lines(drawing: Drawing) -> list[list[dict[str, object]]]:
    return [
        [{"text": line.text, "box": list(line.box), "ink": line.ink} for line in page]
        for page in drawing.lines
    ]


def _write_json(path: Path, data: object) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(json.dumps(data, ensure_ascii=False) + "\n", encoding="utf-8")
