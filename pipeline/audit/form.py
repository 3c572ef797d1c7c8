"""A contest's form, learned from its blank: where it asks for what. Another contest needs another blank, not code."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

import cv2
import numpy as np

from pipeline import pdf, pictures, sheet, upright
from pipeline.audit.align import DPI, Features, features_of
from pipeline.audit.ruling import Mask, Ruling, ruling_of
from pipeline.audit.zones import box_zones, points, seal_zone, text_zones
from pipeline.errors import BadInputError
from pipeline.image import Gray, Picture, flatten
from pipeline.intake import identify
from pipeline.marks_boxes import find_boxes
from pipeline.marks_outlines import Outline
from pipeline.pdf import PdfPage
from pipeline.pictures import PicturePage
from pipeline.settings import Settings
from schemas.audit import Zone
from schemas.ink import Box

_PX = DPI / 72


@dataclass(frozen=True)
class FormPage:
    """One page of the blank at DPI: its picture, its print, what it is known by."""

    gray: Gray
    ruling: Ruling
    features: Features
    width: float
    height: float
    emblems: Mask  # 1 on large print, such as logos: no seals
    shapes: tuple[tuple[Box, str], ...] = ()  # each box to tick, and its shape


@dataclass(frozen=True)
class Form:
    """The blank and its zones."""

    pages: tuple[FormPage, ...]
    zones: tuple[Zone, ...]

    def zone(self, key: str) -> Zone | None:
        """A zone by its key."""
        return next((zone for zone in self.zones if zone.key == key), None)


def learn(blank: Path, settings: Settings, named: Sequence[Zone] = ()) -> Form:
    """Learn a form from its blank (PDF or scan); `named` zones are the organiser's own and win.

    Raises BadInputError where the blank cannot be opened or has no place to fill in.
    """
    kind = identify(blank, settings)
    if kind == "text":
        raise BadInputError(
            "audit.blank_is_text",
            "แบบฟอร์มเปล่าต้องเป็น PDF หรือภาพ ไม่ใช่ข้อความ",
            "The blank form must be a PDF or a picture, not a text.",
        )
    shown: Iterable[PdfPage | PicturePage] = pdf.pages(blank) if kind == "pdf" else pictures.pages(blank)
    pages: list[FormPage] = []
    zones: list[Zone] = []
    for place, one in enumerate(shown):
        page, found = _page(one.picture, (one.width, one.height), place + 1, settings.page_timeout_s)
        pages.append(page)
        zones += found
    zones = _numbered(zones)
    zones = _with_named(zones, named)
    if not zones:
        raise BadInputError(
            "audit.blank_has_no_fields",
            "ไม่พบช่องให้กรอกในแบบฟอร์มเปล่า โปรดระบุตำแหน่งช่องในไฟล์ YAML",
            "No place to fill in was found on the blank form. Name the places in the YAML file.",
        )
    return Form(tuple(pages), tuple(zones))


def _page(
    picture: Picture, size: tuple[float, float], number: int, timeout_s: float
) -> tuple[FormPage, list[Zone]]:
    """One page of the blank, and its zones."""
    gray = picture if picture.ndim == 2 else np.asarray(cv2.cvtColor(picture, cv2.COLOR_BGR2GRAY))
    wanted = (round(size[0] * _PX), round(size[1] * _PX))
    how = cv2.INTER_AREA if gray.shape[1] > wanted[0] else cv2.INTER_CUBIC
    gray = flatten(cv2.resize(gray, wanted, interpolation=how).astype(np.uint8))
    ruling = ruling_of(gray, DPI)
    features, _ = features_of(gray, max(size))
    outlines = [box.outline for box in find_boxes(gray, DPI)]
    ready = upright.ready(_words_alone(gray, ruling, outlines))
    read = sheet.read_page(ready, size, number, timeout_s)
    words = [word for line in read.lines for word in line.words if word.box is not None]
    boxes = [points((one.x0, one.y0, one.x1, one.y1)) for one in outlines]
    zones = box_zones(boxes, words, number)
    shapes = tuple((zone.boxes[0], one.shape) for zone, one in zip(zones, outlines, strict=True))
    zones += sorted(
        text_zones(ruling, words, boxes, number), key=lambda z: (z.boxes[0].y1 // 6, z.boxes[0].x0)
    )
    seal = seal_zone(read, size, number)
    page = FormPage(gray, ruling, features, size[0], size[1], _emblems(ruling.print), shapes)
    return page, [*zones, *([seal] if seal else [])]


def _emblems(print_: Mask) -> Mask:
    """Where large print stands."""
    _, labels, stats, _ = cv2.connectedComponentsWithStats(print_, connectivity=8)
    large = (stats[:, cv2.CC_STAT_WIDTH] > 20 * _PX) & (stats[:, cv2.CC_STAT_HEIGHT] > 20 * _PX)
    large[0] = False
    mask = large[labels].astype(np.uint8)
    return np.asarray(cv2.dilate(mask, np.ones((9, 9), np.uint8)), dtype=np.uint8)


def _words_alone(gray: Gray, ruling: Ruling, outlines: Sequence[Outline]) -> Gray:
    """The blank without boxes, leaders and rules: nothing in it that could be taken for letters."""
    bare = gray.copy()
    bare[cv2.dilate(ruling.furniture, np.ones((5, 5), np.uint8)) > 0] = 255
    for one in outlines:
        bare[max(0, int(one.y0) - 4) : int(one.y1) + 5, max(0, int(one.x0) - 4) : int(one.x1) + 5] = 255
    return bare


def _numbered(zones: list[Zone]) -> list[Zone]:
    """Every key once: the second of its kind gets a number."""
    seen: dict[str, int] = {}
    made = []
    for zone in zones:
        key = "box" if re.fullmatch(r"box\d+", zone.key) else zone.key
        seen[key] = seen.get(key, 0) + 1
        plain = key if seen[key] == 1 and key not in ("field", "box") else f"{key}{seen[key]}"
        made.append(zone.model_copy(update={"key": plain}))
    return made


def _with_named(found: list[Zone], named: Sequence[Zone]) -> list[Zone]:
    """The organiser's own zones in place of those found; without a place of its own, one is found by its label."""
    zones = list(found)
    for wish in named:
        same = next((z for z in zones if z.key == wish.key), None)
        alike = next((z for z in zones if wish.label and wish.label in z.label), None)
        source = same or alike
        if not wish.boxes and source is None:
            continue
        made = wish if wish.boxes or source is None else source.model_copy(
            update={"key": wish.key, "kind": wish.kind, "required": wish.required, "label": wish.label or source.label}
        )  # fmt: skip
        if source is not None:
            zones[zones.index(source)] = made
        else:
            zones.append(made)
    return zones
