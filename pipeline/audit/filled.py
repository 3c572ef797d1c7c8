"""What an entrant put into a form: the page is laid over its blank, and the ink that the blank lacks is looked at."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import cv2
import numpy as np
from numpy.typing import NDArray

from pipeline import cut, image, ocr, pdf, pictures, second
from pipeline.audit.align import DPI, Laid, features_of, lay, way_to
from pipeline.audit.form import Form, FormPage
from pipeline.image import Gray, Picture, Sheet
from pipeline.ink import binarise, x_height
from pipeline.intake import FileKind
from pipeline.marks_outlines import Outline
from pipeline.marks_seals import FoundSeal, find_seals
from pipeline.marks_state import judged
from pipeline.pdf import PdfPage
from pipeline.pictures import PicturePage
from pipeline.settings import Settings
from schemas.audit import Filled, SheetRead, Zone
from schemas.ink import Box

_PX = DPI / 72
_PAGES = 8  # of one file that are looked at: the form stands at the front
_ALIGNED = 4  # pixels within which print lies on the blank's print
_PEN_SURE = 0.6  # what our reading of handwriting is worth at most
_GOOD_X_HEIGHT = 32.0

Mask = NDArray[np.uint8]


@dataclass(frozen=True)
class Paper:
    """One page of the form as the entrant filled it in, laid over the blank."""

    page: int  # in the entrant's file, from 1
    laid: Laid
    added: Mask  # 1 where there is ink that the blank has not
    size: tuple[float, float]  # of the entrant's page in points
    pixels: tuple[int, int]  # of its picture: width, height
    seals: tuple[FoundSeal, ...] = ()


def read_form(
    path: Path, kind: FileKind, form: Form, settings: Settings
) -> tuple[SheetRead, dict[str, Gray]]:
    """Read a file as the contest's form; pictures of its zones by key stand beside the record."""
    papers = _laid_out(path, kind, form)
    if not papers:
        return SheetRead(file=path.name, recognised=False, note="blank not found"), {}
    fields: list[Filled] = []
    crops: dict[str, Gray] = {}
    for number, paper in papers.items():
        zones = [zone for zone in form.zones if zone.page == number]
        fields += _read_page(paper, form.pages[number - 1], zones, settings)
        crops |= {zone.key: _crop(paper, zone) for zone in zones}
    missing = [zone for zone in form.zones if zone.page not in papers]
    fields += [
        Filled(key=z.key, label=z.label, kind=z.kind, required=z.required, present=None) for z in missing
    ]
    look = _look(papers, form.zones)
    return SheetRead(file=path.name, recognised=True, fields=tuple(fields), look=look), crops


# -- the page over its blank -------------------------------------------------------------------------------


def _laid_out(path: Path, kind: FileKind, form: Form) -> dict[int, Paper]:
    """The file's pages that are pages of the form, by the form's page."""
    best: dict[int, tuple[int, Paper]] = {}
    for number, picture, size in _pictures(path, kind):
        features, factor = features_of(picture, 841.89 * 1.1)
        for place, page in enumerate(form.pages, 1):
            if place in best and len(form.pages) == 1 and best[place][0] > 150:
                continue
            way = way_to(page.features, features)
            if way is None or (place in best and best[place][0] >= way[1]):
                continue
            laid = lay(picture, page.gray, way[0], factor, way[1])
            best[place] = (way[1], _paper(number, laid, page, size, picture))
        if len(best) == len(form.pages) and all(count > 150 for count, _ in best.values()):
            break
    return {place: paper for place, (_, paper) in best.items()}


def _pictures(path: Path, kind: FileKind) -> Iterator[tuple[int, Picture, tuple[float, float]]]:
    source: Iterable[PdfPage | PicturePage] = pdf.pages(path) if kind == "pdf" else pictures.pages(path)
    for number, page in enumerate(source, 1):
        if number > _PAGES:
            return
        yield number, page.picture, (page.width, page.height)


def _paper(number: int, laid: Laid, page: FormPage, size: tuple[float, float], picture: Picture) -> Paper:
    added = _added(laid.ink, page)
    seals: list[FoundSeal] = []
    if laid.colour is not None:
        seals = find_seals((laid.colour < 170).astype(np.uint8) & (1 - page.emblems), DPI, alone=True)
    seals = seals or find_seals(added, DPI, alone=True)
    return Paper(number, laid, added, size, (picture.shape[1], picture.shape[0]), tuple(seals))


def _added(ink: Gray, page: FormPage) -> Mask:
    """Ink that the blank has not: what lies along its print, a little beside it, is its own."""
    mask = binarise(ink)
    near = cv2.dilate(page.ruling.print, np.ones((2 * _ALIGNED + 1,) * 2, np.uint8))
    rest = mask & (1 - near)
    _, labels, stats, _ = cv2.connectedComponentsWithStats(rest, connectivity=8)
    large = np.maximum(stats[:, cv2.CC_STAT_WIDTH], stats[:, cv2.CC_STAT_HEIGHT]) >= 1.3 * _PX
    count = len(stats)
    beside = cv2.dilate(near, np.ones((9, 9), np.uint8)) > 0
    slivers = np.bincount(labels[beside & (rest > 0)], minlength=count) > 0.8 * np.maximum(
        1, stats[:, cv2.CC_STAT_AREA]
    )
    thin = np.minimum(stats[:, cv2.CC_STAT_WIDTH], stats[:, cv2.CC_STAT_HEIGHT]) <= 1.2 * _PX
    keep = large & ~(slivers & thin)
    keep[0] = False
    return np.asarray(keep[labels], dtype=np.uint8)


def _look(papers: dict[int, Paper], zones: Sequence[Zone]) -> tuple[int, ...]:
    """Where in each field there is ink, in cells of two points: the same paper scanned twice has it in the same."""
    bits = []
    for zone in zones:
        paper = papers.get(zone.page)
        if paper is None or zone.kind not in ("text", "signature"):
            continue
        for box in zone.boxes:
            part = paper.added[_pixels(box, paper.added.shape)].astype(np.float32)
            cells = (max(1, round(box.width / 2)), max(1, round(box.height / 2)))
            bits.append((cv2.resize(part, cells, interpolation=cv2.INTER_AREA) > 0.12).ravel())
    return tuple(np.packbits(np.concatenate(bits)).tolist()) if bits else ()


# -- zones -------------------------------------------------------------------------------------------------


def _pixels(box: Box, shape: tuple[int, ...]) -> tuple[slice, slice]:
    x0, y0 = max(0, int(box.x0 * _PX)), max(0, int(box.y0 * _PX))
    x1, y1 = min(shape[1], int(box.x1 * _PX) + 1), min(shape[0], int(box.y1 * _PX) + 1)
    return slice(y0, max(y0 + 1, y1)), slice(x0, max(x0 + 1, x1))


def _read_page(paper: Paper, page: FormPage, zones: Sequence[Zone], settings: Settings) -> list[Filled]:
    writing = [zone for zone in zones if zone.kind in ("text", "date")]
    said = _texts(paper, page, writing, settings)
    made = []
    for zone in zones:
        if zone.kind == "box":
            one = _box(paper, page, zone)
        elif zone.kind == "seal":
            one = _seal(paper, zone)
        elif zone.kind == "signature":
            one = _signature(paper, zone)
        else:
            one = _text(paper, zone, said.get(zone.key, ("", 0.0)))
        made.append(
            one.model_copy(
                update={"required": zone.required, "page": paper.page, "box": _on_scan(paper, zone)}
            )
        )
    return made


def _on_scan(paper: Paper, zone: Zone) -> Box:
    """The zone's first box on the entrant's page, in points."""
    box = zone.boxes[0]
    corners = (
        np.array([[box.x0, box.x1, box.x1, box.x0], [box.y0, box.y0, box.y1, box.y1], [1, 1, 1, 1]]) * _PX
    )
    corners[2] = 1
    there = paper.laid.to_scan @ corners
    xs = there[0] / there[2] * paper.size[0] / paper.pixels[0]
    ys = there[1] / there[2] * paper.size[1] / paper.pixels[1]
    return Box(*(round(float(v), 1) for v in (xs.min(), ys.min(), xs.max(), ys.max())))


def _box(paper: Paper, page: FormPage, zone: Zone) -> Filled:
    box = zone.boxes[0]
    shape = next((shape for place, shape in page.shapes if place == box), "square")
    outline = Outline(box.x0 * _PX, box.y0 * _PX, box.x1 * _PX, box.y1 * _PX, "square")
    found = judged(paper.laid.ink, outline, shape, known=True)
    state, sure = (found.state, found.confidence) if found else ("doubtful", 0.0)
    present = None if state == "doubtful" else state != "empty"
    return Filled(key=zone.key, label=zone.label, kind="box", present=present, state=state, confidence=sure)


def _seal(paper: Paper, zone: Zone) -> Filled:
    """A ring anywhere near the place for it; other coloured ink there makes it unclear."""
    box = zone.boxes[0]
    around = [
        seal for seal in paper.seals
        if box.x0 - 60 < (seal.x0 + seal.x1) / 2 / _PX < box.x1 + 60
        and box.y0 - 60 < (seal.y0 + seal.y1) / 2 / _PX < box.y1 + 60
    ]  # fmt: skip
    sure = max((seal.confidence for seal in around), default=0.0)
    if around:
        return Filled(
            key=zone.key, label=zone.label, kind="seal", present=sure >= 0.8 or None, confidence=sure
        )
    inner = Box(*_shrunk(box))
    ink = float(paper.added[_pixels(inner, paper.added.shape)].sum()) / (_PX * _PX)  # square points
    if ink > 25:
        return Filled(key=zone.key, label=zone.label, kind="seal", present=None, confidence=0.5)
    return Filled(
        key=zone.key, label=zone.label, kind="seal", present=False, confidence=0.97 if ink < 8 else 0.8
    )


def _shrunk(box: Box) -> tuple[float, float, float, float]:
    """The middle of a seal's place: a signature beside it is not looked at."""
    return (
        box.x0 + 0.16 * box.width,
        box.y0 + 0.1 * box.height,
        box.x1 - 0.16 * box.width,
        box.y1 - 0.1 * box.height,
    )


def _signature(paper: Paper, zone: Zone) -> Filled:
    """Pen strokes in the place for them: long ones. Small separate pieces may be a typed name: a person looks."""
    where = _pixels(zone.boxes[0], paper.added.shape)
    ink = paper.added[where].copy()
    inside_seal = 0
    for seal in paper.seals:
        rows = slice(max(0, int(seal.y0) - where[0].start - 4), max(0, int(seal.y1) - where[0].start + 4))
        columns = slice(max(0, int(seal.x0) - where[1].start - 4), max(0, int(seal.x1) - where[1].start + 4))
        inside_seal += int(ink[rows, columns].sum())
        ink[rows, columns] = 0
    bridged = cv2.dilate(ink, np.ones((7, 7), np.uint8))
    _, _, stats, _ = cv2.connectedComponentsWithStats(bridged, connectivity=8)
    sizes = stats[1:]
    widest = float(sizes[:, cv2.CC_STAT_WIDTH].max()) / _PX if len(sizes) else 0.0
    tallest = float(sizes[:, cv2.CC_STAT_HEIGHT].max()) / _PX if len(sizes) else 0.0
    amount = float(ink.sum()) / (_PX * _PX)
    common = {"key": zone.key, "label": zone.label, "kind": "signature"}
    if amount > 5 and widest >= 20 and tallest >= 5:
        return Filled(**common, present=True, confidence=0.97)
    if amount > 2.5 or inside_seal > 60 * _PX:
        return Filled(**common, present=None, confidence=0.5)
    return Filled(**common, present=False, confidence=0.97 if amount < 0.8 else 0.85)


def _text(paper: Paper, zone: Zone, said: tuple[str, float]) -> Filled:
    """Whether a field holds ink, and what it says where that can be read."""
    text, sure = said
    parts = [_amount(paper, box) for box in zone.boxes]
    common = {"key": zone.key, "label": zone.label, "kind": zone.kind}
    if (
        zone.kind == "date"
        and len(parts) >= 2
        and any(p > 1.5 for p in parts)
        and any(p < 0.4 for p in parts)
    ):
        return Filled(**common, present=None, text=text or None, confidence=min(sure, 0.5))
    amount = max(parts)
    if amount > 1.5:
        return Filled(**common, present=True, text=text or None, confidence=sure)
    if amount > 0.5:
        return Filled(**common, present=None, confidence=0.5)
    return Filled(**common, present=False, confidence=0.97)


def _amount(paper: Paper, box: Box) -> float:
    """Ink in a box, in square points."""
    return float(paper.added[_pixels(box, paper.added.shape)].sum()) / (_PX * _PX)


# -- reading -----------------------------------------------------------------------------------------------


def _texts(
    paper: Paper, page: FormPage, zones: Sequence[Zone], settings: Settings
) -> dict[str, tuple[str, float]]:
    """What the written fields say, by key, with our confidence: one look of the reader for all of them."""
    zones = [zone for zone in zones if max(_amount(paper, box) for box in zone.boxes) > 1.0]
    if not zones:
        return {}
    canvas = _fields_alone(paper, page, zones)
    height = x_height(
        cv2.connectedComponentsWithStats(binarise(canvas.black), connectivity=8)[2][1:].astype(np.int32)
    )
    factor = 1.0 if height is None else float(np.clip(_GOOD_X_HEIGHT / height, 0.6, 2.0))
    scaled = canvas if abs(factor - 1) < 0.15 else image.resize(canvas, factor)
    zoom = scaled.black.shape[1] / canvas.black.shape[1]
    found = cut.find(scaled)
    strips = [one.strip.image for one in found]
    with ocr.reading_with(settings.reader):
        read = second.weighed(strips, ocr.read_strips(strips, settings.page_timeout_s))
    parts: dict[str, list[tuple[float, float, str, float]]] = {}
    for one, text in zip(found, read, strict=True):
        x0, y0, x1, y1 = (v / zoom / _PX for v in one.strip.box)
        zone = _zone_at(zones, (x0 + x1) / 2, (y0 + y1) / 2)
        if zone is not None and text.text.strip():
            by_pen = _coloured(paper, Box(x0, y0, x1, y1))
            digits = [g.confidence for word in text.words for g in word if g.text.isdigit()]
            sure = min([text.confidence, *digits, *([_PEN_SURE] if by_pen else [])])
            parts.setdefault(zone.key, []).append((round(y1 / 9), x0, text.text, sure))
    return {key: _joined(pieces) for key, pieces in parts.items()}


def _coloured(paper: Paper, box: Box) -> bool:
    """Whether much of the ink in a box is coloured, as a pen's is."""
    if paper.laid.colour is None:
        return False
    where = _pixels(box, paper.added.shape)
    tinted = int((paper.laid.colour[where] < 170).sum())
    return tinted > 0.3 * max(1, int((paper.laid.ink[where] < 170).sum()))


def _joined(pieces: list[tuple[float, float, str, float]]) -> tuple[str, float]:
    ordered = sorted(pieces)
    letters = sum(len(text) for *_, text, _ in ordered)
    sure = sum(one * len(text) for *_, text, one in ordered) / max(1, letters)
    return " ".join(text for *_, text, _ in ordered), sure


def _zone_at(zones: Sequence[Zone], x: float, y: float) -> Zone | None:
    for zone in zones:
        if any(box.x0 - 3 <= x <= box.x1 + 3 and box.y0 - 3 <= y <= box.y1 + 3 for box in zone.boxes):
            return zone
    return None


def _fields_alone(paper: Paper, page: FormPage, zones: Sequence[Zone]) -> Sheet:
    """The page with nothing but its written fields; the blank's words are gone, its leaders are dealt with later."""
    shape = paper.laid.black.shape
    keep = np.zeros(shape, np.uint8)
    for zone in zones:
        for box in zone.boxes:
            keep[_pixels(box, shape)] = 1
    words = page.ruling.print & (1 - cv2.dilate(page.ruling.furniture, np.ones((3, 3), np.uint8)))
    keep[cv2.dilate(words, np.ones((7, 7), np.uint8)) > 0] = 0
    for seal in paper.seals:
        keep[int(max(0, seal.y0)) : int(seal.y1), int(max(0, seal.x0)) : int(seal.x1)] = 0
    laid = paper.laid
    black = np.where(keep > 0, laid.ink, np.uint8(255)).astype(np.uint8)  # pen and print are lines alike here
    return Sheet(black, None, laid.to_scan, 0.0, 0)


def _crop(paper: Paper, zone: Zone) -> Gray:
    """A zone as it looks, with a little around it, for a person's eyes."""
    left, right = min(b.x0 for b in zone.boxes), max(b.x1 for b in zone.boxes)
    top, foot = min(b.y0 for b in zone.boxes), max(b.y1 for b in zone.boxes)
    around = 60.0 if zone.kind == "box" else 12.0
    box = Box(left - (around / 3 if zone.kind == "box" else 60.0), top - 8, right + around, foot + 8)
    rows, columns = _pixels(box, paper.laid.ink.shape)
    piece = paper.laid.ink[rows, columns]
    return np.asarray(cv2.resize(piece, None, fx=0.5, fy=0.5, interpolation=cv2.INTER_AREA), dtype=np.uint8)
