"""Pictures made flat, upright and level: truth is known because the page was drawn, then spoilt."""

from __future__ import annotations

import cv2
import numpy as np
import pytest
from numpy.typing import NDArray
from PIL import Image

from pipeline import image
from tests import drawn

Picture = NDArray[np.uint8]


@pytest.fixture(scope="module")
def page() -> drawn.Drawing:
    return drawn.draw([*drawn.TEXTS, *drawn.TEXTS], dpi=150)


def _colour(picture: Picture) -> Picture:
    return cv2.cvtColor(picture, cv2.COLOR_GRAY2BGR)


def _turned(picture: Picture, degrees: float, rim: int = 255) -> tuple[Picture, NDArray[np.float64]]:
    height, width = picture.shape[:2]
    matrix = np.vstack([cv2.getRotationMatrix2D((width / 2, height / 2), degrees, 1.0), [0, 0, 1]])
    return cv2.warpPerspective(picture, matrix, (width, height), borderValue=(rim,) * 3), matrix


def _photographed(picture: Picture, ground: int = 60) -> tuple[Picture, NDArray[np.float64]]:
    """The page in perspective on a dark desk."""
    height, width = picture.shape[:2]
    source = np.array([[0, 0], [width, 0], [width, height], [0, height]], np.float32)
    target = source + np.array([[190, 160], [90, 230], [140, 120], [240, 180]], np.float32)
    matrix = cv2.getPerspectiveTransform(source, target)
    size = (width + 360, height + 380)
    return cv2.warpPerspective(picture, matrix, size, borderValue=(ground,) * 3), np.asarray(matrix)


def _ink_share(sheet: image.Sheet, boxes: list[drawn.Box], to_picture: NDArray[np.float64]) -> float:
    """How much of the sheet's ink stands where the drawn lines should have come to be."""
    matrix = np.linalg.inv(sheet.to_scan) @ to_picture
    dark = sheet.black < 128
    inside = np.zeros_like(dark)
    for box in boxes:
        x0, y0, x1, y1 = (round(v) for v in drawn.mapped(box, matrix))
        inside[max(0, y0 - 4) : y1 + 5, max(0, x0 - 4) : x1 + 5] = True
    return float(dark[inside].sum() / max(1, dark.sum()))


@pytest.mark.parametrize("degrees", [-3.0, -1.7, -0.4, 0.0, 0.9, 2.2, 3.0])
def test_skew_is_found_and_undone(page, degrees):
    spoilt, matrix = _turned(page.picture, degrees)
    sheet = image.prepare(spoilt)
    assert sheet.skew == pytest.approx(-degrees, abs=0.15)
    assert sheet.turned == 0
    assert _ink_share(sheet, list(page.boxes), matrix) > 0.99


@pytest.mark.parametrize("quarters", [1, 3])
def test_a_page_on_its_side_is_turned(page, quarters):
    sheet = image.prepare(np.ascontiguousarray(np.rot90(page.picture, quarters)))
    assert sheet.turned == 90
    assert sheet.black.shape == page.picture.shape


@pytest.mark.parametrize("sideways", [False, True])
def test_flip_keeps_every_point_in_its_place(page, sideways):
    picture = np.ascontiguousarray(np.rot90(page.picture)) if sideways else page.picture
    sheet = image.prepare(picture, sideways=sideways)
    turned = image.flip(sheet)
    assert turned.turned == (sheet.turned + 180) % 360
    ys, xs = np.nonzero(turned.black < 100)
    points = turned.to_scan @ np.vstack([xs, ys, np.ones(len(xs))])[:, ::97]
    at = np.round(points[:2] / points[2]).astype(int)
    assert (picture[at[1], at[0]] < 160).mean() > 0.97
    assert np.allclose(image.flip(turned).to_scan, sheet.to_scan)


@pytest.mark.parametrize("factor", [0.5, 0.77, 1.6])
def test_resize_keeps_every_point_in_its_place(page, factor):
    sheet = image.prepare(page.picture)
    sized = image.resize(sheet, factor)
    middle = np.array([sized.black.shape[1] / 2, sized.black.shape[0] / 2, 1])
    assert np.allclose(
        sized.to_scan @ middle, [page.picture.shape[1] / 2, page.picture.shape[0] / 2, 1], atol=1
    )


def test_a_photo_on_a_desk_is_flattened(page):
    photo, matrix = _photographed(_colour(page.picture))
    corners = image.paper_corners(image._small(photo, 1100)[0])
    assert corners is not None
    sheet = image.prepare(photo)
    assert abs(sheet.skew) < 0.5
    assert _ink_share(sheet, list(page.boxes), matrix) > 0.98


@pytest.mark.parametrize("edge", [0.35, 0.6])
def test_a_shadow_across_a_photo_is_no_edge_of_the_paper(page, edge):
    photo, matrix = _photographed(_colour(page.picture))
    height, width = photo.shape[:2]
    across, down = np.meshgrid(np.linspace(0, 1, width), np.linspace(0, 1, height))
    light = cv2.GaussianBlur(np.where(across + 0.3 * down > edge, 1.0, 0.6), (0, 0), 6)
    shaded = (photo * light[..., None]).astype(np.uint8)
    corners = image.paper_corners(shaded)
    size = page.picture.shape[1], page.picture.shape[0]
    true = matrix @ np.array([[0, size[0], size[0], 0], [0, 0, size[1], size[1]], [1, 1, 1, 1]])
    assert corners is not None
    assert np.abs(corners - (true[:2] / true[2]).T).max() < 0.012 * max(size)


def test_a_scan_has_no_paper_edge(page):
    assert image.paper_corners(_colour(page.picture)) is None


def test_uneven_light_becomes_white_paper(page):
    height, width = page.picture.shape
    slope = np.linspace(0.55, 1.0, width)[None, :] * np.linspace(0.8, 1.0, height)[:, None]
    flat = image.flatten((page.picture * slope).astype(np.uint8))
    paper = flat[page.picture > 250]
    assert np.percentile(paper, 2) > 225
    assert flat[page.picture < 20].mean() < 90


def _faded(picture: Picture) -> Picture:
    """The page as a printer out of toner leaves it: pale grey on an off-white ground."""
    return np.asarray(240 - (255 - picture.astype(np.float32)) * 0.24, dtype=np.uint8)


def test_faint_print_becomes_as_dark_as_other_print(page):
    faint = image.prepare(_faded(page.picture))
    assert int(faint.black.min()) < 100
    assert _ink_share(faint, list(page.boxes), np.eye(3)) > 0.99
    assert (faint.black > 250).mean() > 0.85


def test_sound_print_and_empty_paper_are_left_as_they_are(page):
    level = image.prepare(page.picture).black
    assert np.array_equal(image._darkened(level), level)
    paper = np.full((300, 200), 250, np.uint8)
    assert np.array_equal(image._darkened(paper), paper)


def test_black_edges_and_punch_holes_do_not_disturb_the_skew(page):
    spoilt, _ = _turned(page.picture, 1.5, rim=30)
    spoilt[:, :18], spoilt[-14:] = 30, 30
    for y in (600, 1100):
        cv2.circle(spoilt, (60, y), 20, 60, -1)
    assert image.prepare(spoilt).skew == pytest.approx(-1.5, abs=0.15)


def test_print_under_highlighter_stays_black_print(page):
    picture = _colour(page.picture)
    x0, y0, x1, y1 = (int(v) for v in page.boxes[1])
    area = picture[y0 - 4 : y1 + 4, x0 - 4 : x1 + 4]
    area[:] = cv2.multiply(area, np.full_like(area, (90, 245, 250)), scale=1 / 255)
    black, colour = image.split_ink(image.flatten(picture))
    line = (slice(y0, y1), slice(x0, x1))
    assert (black[line] < 128).sum() > 0.85 * (page.picture[line] < 128).sum()
    assert colour is None or (colour[line] < 128).sum() < 0.1 * (page.picture[line] < 128).sum()
    assert (black[y0 - 3 : y0, x0:x1] > 200).all(), "the marker itself is paper"


@pytest.mark.parametrize("ink", [(175, 65, 45), (45, 35, 205), (150, 50, 110)], ids=["blue", "red", "purple"])
def test_a_coloured_stamp_over_print_is_parted_from_it(page, ink):
    picture = _colour(page.picture)
    x0, y0, _, y1 = (int(v) for v in page.boxes[4])
    cv2.rectangle(picture, (x0 + 40, y0 - 60), (x0 + 420, y1 + 60), ink, 4)
    only = np.full_like(picture, 255)
    cv2.putText(only, "STAMP 2567", (x0 + 60, y1 + 40), cv2.FONT_HERSHEY_SIMPLEX, 1.4, ink, 4)
    picture = np.minimum(picture, only)
    black, colour = image.split_ink(image.flatten(picture))
    assert colour is not None
    stamp, text = only.min(axis=2) < 128, page.picture < 100
    assert (colour[stamp & ~text] < 150).mean() > 0.9
    assert (
        black[stamp & ~text & (cv2.dilate(text.astype(np.uint8), np.ones((7, 7))) == 0)] > 150
    ).mean() > 0.9
    assert (black[text & ~stamp] < 150).mean() > 0.85


def test_grey_pages_have_no_coloured_ink(page):
    assert image.prepare(page.picture).colour is None
    assert image.prepare(_colour(page.picture)).colour is None


@pytest.mark.parametrize("shade", [0, 127, 255])
def test_pages_of_one_shade_come_through(shade):
    sheet = image.prepare(np.full((900, 640, 3), shade, np.uint8))
    assert (sheet.skew, sheet.turned, sheet.colour) == (0.0, 0, None)


def test_dark_pen_that_stands_free_is_no_print():
    """Scans make print grey and pen dark; where pen is as dark as that print, it must not come into both layers."""
    picture = np.full((300, 900, 3), 255, np.uint8)
    cv2.putText(picture, "PRINTED 2567", (20, 100), cv2.FONT_HERSHEY_SIMPLEX, 2, (90, 90, 90), 6)
    cv2.putText(picture, "149", (540, 230), cv2.FONT_HERSHEY_SIMPLEX, 3, (210, 90, 60), 8)
    cv2.putText(picture, "8", (760, 230), cv2.FONT_HERSHEY_SIMPLEX, 3, (125, 40, 30), 8)  # pressed harder
    black, colour = image.split_ink(picture)
    assert colour is not None
    assert (black[150:, 540:] > 200).all()
    assert (colour[150:, 540:] < 200).sum() > 1000
    assert (black[40:110, 20:500] < 128).sum() > 1000


def test_greys_of_scattered_dots_become_greys_again(page):
    grey = (90 + page.picture.astype(np.float32) * 140 / 255).astype(np.uint8)
    dots = np.asarray(Image.fromarray(grey).convert("1").convert("L"))
    again = image._undithered(dots)
    assert _alike(again, grey) > 1.5 * _alike(dots, grey)


def _alike(one: Picture, other: Picture) -> float:
    return float(np.corrcoef(one.ravel(), other.ravel())[0, 1])


def test_a_page_of_two_levels_without_dots_stays_as_it_is(page):
    plain = np.where(page.picture > 128, 255, 0).astype(np.uint8)
    speckled = plain.copy()
    speckled[np.random.default_rng(1).random(plain.shape) < 0.01] = 0
    assert image._undithered(plain) is plain
    assert image._undithered(speckled) is speckled
