"""What scanners, fax machines and phones do to a page. Every step also tells where points of the page went.

A homography maps points of the page as drawn (from its top left) to pixels of the finished image.
"""

from __future__ import annotations

from typing import Any

import cv2
import numpy as np
import numpy.typing as npt
import pypdfium2

from samples.content import Damage

Image = npt.NDArray[np.uint8]
Matrix = npt.NDArray[np.float64]
SCAN_DPI, FAX_DPI = 300, 200
PHOTO_SIZE = (2448, 3264)


def rendered(printed: bytes, ink: bytes, page: int, rng: np.random.Generator) -> Image:
    """Print and ink on white paper at 300 dpi; ink is patchy, as from a tired stamp pad."""
    black, colour = (_render(pdf, page) for pdf in (printed, ink))
    height, width = black.shape[:2]
    blotches = rng.uniform(0.55, 1.0, (height // 16, width // 16)).astype(np.float32)
    mask = cv2.resize(blotches, (width, height), interpolation=cv2.INTER_CUBIC)
    mask = np.clip(mask * 1.15, 0.35, 1.0)
    x, y, w, h = cv2.boundingRect(
        cv2.threshold(cv2.cvtColor(colour, cv2.COLOR_BGR2GRAY), 250, 255, cv2.THRESH_BINARY_INV)[1]
    )
    if w:
        area = (slice(y, y + h), slice(x, x + w))
        faded = 255 - (255 - colour[area]).astype(np.float32) * mask[area][..., None]
        black[area] = cv2.multiply(black[area], faded.astype(np.uint8), scale=1 / 255)
    return black


def _render(pdf: bytes, page: int) -> Image:
    document = pypdfium2.PdfDocument(pdf)
    try:
        image: Image = document[page].render(scale=SCAN_DPI / 72).to_numpy()[..., :3].copy()
        return image
    finally:
        document.close()


def scanned(
    image: Image, damage: Damage, rng: np.random.Generator, marker: tuple[float, ...] = ()
) -> tuple[Image, Matrix]:
    """An office scan: skewed, tinted, noisy, perhaps with holes, black edges and a highlighter's stroke."""
    if damage.highlight and marker:
        _highlight(image, marker)
    if damage.holes:
        _holes(image, rng)
    height, width = image.shape[:2]
    white = int(rng.integers(240, 251))
    paper = [white + int(v) for v in rng.integers(-3, 4, 3)]
    image = cv2.multiply(image, np.full_like(image, paper), scale=1 / 255)
    turn = np.vstack([cv2.getRotationMatrix2D((width / 2, height / 2), damage.skew, 1.0), [0, 0, 1]])
    turn[:2, 2] += rng.uniform(-14, 14, 2)
    rim: Any = (38, 36, 35) if damage.edges else tuple(paper)
    image = cv2.warpPerspective(image, turn, (width, height), flags=cv2.INTER_LINEAR, borderValue=rim)
    if damage.edges:
        image[:, : int(rng.integers(6, 26))] = rim
        image[-int(rng.integers(4, 18)) :] = rim
    image = cv2.GaussianBlur(image, (0, 0), float(rng.uniform(0.5, 0.85)))
    image = _noisy(image, float(rng.uniform(3, 7)), rng)
    return _turned(image, turn @ np.diag([SCAN_DPI / 72, SCAN_DPI / 72, 1.0]), damage.turned)


def faxed(image: Image, damage: Damage, rng: np.random.Generator) -> tuple[Image, Matrix]:
    """A fax copy: grey, 200 dpi, thickened, two-valued and speckled; coloured stamps become black."""
    image, to_pixels = scanned(image, damage, rng)
    scale = FAX_DPI / SCAN_DPI
    grey = cv2.resize(
        cv2.cvtColor(image, cv2.COLOR_BGR2GRAY), None, fx=scale, fy=scale, interpolation=cv2.INTER_AREA
    )
    grey = _noisy(grey, 9.0, rng)
    dark = cv2.erode(grey, np.ones((1, 2), np.uint8)) if rng.random() < 0.5 else grey
    bilevel = cv2.threshold(dark, float(rng.integers(150, 178)), 255, cv2.THRESH_BINARY)[1]
    spots = rng.random(bilevel.shape) < 0.0004
    bilevel[cv2.dilate(spots.astype(np.uint8), np.ones((2, 2), np.uint8)) > 0] = 0
    bilevel[rng.random(bilevel.shape) < 0.0006] = 255
    return bilevel, np.diag([scale, scale, 1.0]) @ to_pixels


def photographed(image: Image, damage: Damage, rng: np.random.Generator) -> tuple[Image, Matrix]:
    """A phone's photo: on a table, in perspective, unevenly lit, a little out of focus."""
    height, width = image.shape[:2]
    wide, tall = PHOTO_SIZE
    half = np.array([width / height, 1.0]) * tall * rng.uniform(0.42, 0.45)
    corners = np.array([[-1, -1], [1, -1], [1, 1], [-1, 1]]) * half + [wide / 2, tall / 2]
    corners += rng.uniform(-0.035, 0.035, (4, 2)) * half
    source = np.array([[0, 0], [width, 0], [width, height], [0, height]], np.float32)
    warp = cv2.getPerspectiveTransform(source, corners.astype(np.float32))
    table = rng.integers(60, 130, 3).astype(np.float64)
    photo = cv2.warpPerspective(
        image, warp, PHOTO_SIZE, flags=cv2.INTER_AREA, borderValue=tuple(table.tolist())
    )
    photo = cv2.multiply(photo, _light(rng), scale=1 / 255)
    photo = cv2.GaussianBlur(photo, (0, 0), float(rng.uniform(0.7, 1.2)))
    photo = _noisy(photo, float(rng.uniform(3, 6)), rng)
    return photo, warp @ np.diag([SCAN_DPI / 72, SCAN_DPI / 72, 1.0])


def _light(rng: np.random.Generator) -> Image:
    """Light that falls off to one side, warm, with the soft shadow of a hand or phone."""
    wide, tall = PHOTO_SIZE
    small = np.ones((64, 48), np.float32)
    rows, columns = np.mgrid[0:1:64j, 0:1:48j]
    slope, tilt = rng.uniform(-0.25, 0.25, 2)
    small *= 0.86 + slope * (rows - 0.5) + tilt * (columns - 0.5)
    shade_x, shade_y = rng.uniform(0.1, 0.9, 2)
    small *= 1 - 0.28 * np.exp(-(((columns - shade_x) / 0.3) ** 2 + ((rows - shade_y) / 0.25) ** 2))
    light = cv2.resize(small, (wide, tall), interpolation=cv2.INTER_CUBIC)
    warm = np.array([0.93, 0.98, 1.0], np.float32) if rng.random() < 0.6 else np.ones(3, np.float32)
    lit: Image = np.clip(light[..., None] * warm * 255, 0, 255).astype(np.uint8)
    return lit


def _noisy(image: Image, sigma: float, rng: np.random.Generator) -> Image:
    """Add noise, from a tile large enough that nobody sees it repeat."""
    tile = rng.normal(0, sigma, (509, 487, *image.shape[2:])).astype(np.int8)
    repeats = (image.shape[0] // 509 + 1, image.shape[1] // 487 + 1, *([1] * (image.ndim - 2)))
    noise = np.tile(tile, repeats)[: image.shape[0], : image.shape[1]]
    added: Image = cv2.add(image, noise, dtype=cv2.CV_8U)
    return added


def _highlight(image: Image, box: tuple[float, ...]) -> None:
    scale = SCAN_DPI / 72
    x0, y0, x1, y1 = (int(v * scale) for v in box)
    area = image[y0:y1, x0:x1]
    area[:] = cv2.multiply(
        area, np.full_like(area, (90, 245, 250)), scale=1 / 255
    )  # yellow, in blue-green-red


def _holes(image: Image, rng: np.random.Generator) -> None:
    """Two punch holes at the left edge, showing the dark lid."""
    height = image.shape[0]
    x = int(rng.integers(95, 130))
    for offset in (-472, 472):  # 80 mm apart
        cv2.circle(
            image, (x, height // 2 + offset + int(rng.integers(-8, 8))), 33, (70, 68, 66), -1, cv2.LINE_AA
        )


def _turned(image: Image, to_pixels: Matrix, degrees: int) -> tuple[Image, Matrix]:
    """Turn the finished scan clockwise, as when the sheet was fed the wrong way round."""
    height, width = image.shape[:2]
    codes = {90: cv2.ROTATE_90_CLOCKWISE, 180: cv2.ROTATE_180, 270: cv2.ROTATE_90_COUNTERCLOCKWISE}
    if degrees not in codes:
        return image, to_pixels
    turns = {
        90: [[0, -1, height], [1, 0, 0], [0, 0, 1]],
        180: [[-1, 0, width], [0, -1, height], [0, 0, 1]],
        270: [[0, 1, 0], [-1, 0, width], [0, 0, 1]],
    }
    return cv2.rotate(image, codes[degrees]), np.array(turns[degrees], np.float64) @ to_pixels
