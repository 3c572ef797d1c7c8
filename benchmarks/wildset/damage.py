"""What happens to paper: copies, faxes, scans and photographs, worn by Augraphy and by bends and crops of our own.

Nothing here is shared with `training/damage.py` or `samples/degrade.py`.
"""

from __future__ import annotations

import importlib
import random
from collections.abc import Callable
from pathlib import Path
from typing import Any

import cv2
import numpy as np
from numpy.typing import NDArray
from PIL import Image

from pipeline.errors import MissingToolError

Picture = NDArray[np.uint8]  # BGR, or grey
Wear = Callable[[Picture, random.Random], Picture]


def _augraphy() -> Any:
    try:
        return importlib.import_module("augraphy")
    except ImportError as error:
        raise MissingToolError("augraphy", "pip install augraphy") from error


def _u8(picture: Any) -> Picture:
    return np.asarray(np.clip(picture, 0, 255), dtype=np.uint8)


def _grey(picture: Picture) -> Picture:
    return picture if picture.ndim == 2 else _u8(cv2.cvtColor(picture, cv2.COLOR_BGR2GRAY))


def _bgr(picture: Picture) -> Picture:
    return _u8(cv2.cvtColor(picture, cv2.COLOR_GRAY2BGR)) if picture.ndim == 2 else picture


def _at(picture: Picture, dpi: float, drawn: float = 300.0) -> Picture:
    factor = dpi / drawn
    return _u8(cv2.resize(picture, None, fx=factor, fy=factor, interpolation=cv2.INTER_AREA))


def _turn(picture: Picture, degrees: float, ground: int = 246) -> Picture:
    height, width = picture.shape[:2]
    matrix = cv2.getRotationMatrix2D((width / 2, height / 2), degrees, 1.0)
    return _u8(
        cv2.warpAffine(picture, matrix, (width, height), flags=cv2.INTER_CUBIC, borderValue=(ground,) * 3)
    )


def _grain(picture: Picture, rng: random.Random, sigma: float) -> Picture:
    noise = np.random.default_rng(rng.randrange(2**31)).normal(0, sigma, picture.shape[:2])
    return _u8(picture + (noise if picture.ndim == 2 else noise[..., None]))


def _scan(picture: Picture, rng: random.Random, dpi: float) -> Picture:
    """What a flatbed makes of a page: a little skew, blur, grain, paper that is not white."""
    picture = _turn(_at(picture, dpi), rng.uniform(-1, 1))
    picture = _u8(cv2.GaussianBlur(picture, (0, 0), rng.uniform(0.4, 0.8)))
    low, high = rng.uniform(20, 50), rng.uniform(232, 250)
    return _grain(_u8(low + picture.astype(np.float32) * (high - low) / 255), rng, 3)


def office(picture: Picture, rng: random.Random) -> Picture:
    """A colour scan at 200 dpi."""
    return _scan(picture, rng, 200)


def small(picture: Picture, rng: random.Random) -> Picture:
    """A grey scan at 150 dpi, strongly compressed afterwards."""
    return _grey(_scan(picture, rng, 150))


def bilevel(picture: Picture, rng: random.Random) -> Picture:
    """Two levels at 200 dpi, as multi-function machines scan to PDF."""
    grey = cv2.GaussianBlur(_grey(_scan(picture, rng, 200)), (0, 0), 0.5)
    return _u8(np.where(grey > rng.choice((125, 150, 170)), 255, 0))


def copier(picture: Picture, rng: random.Random) -> Picture:
    """A bad photocopy with dirty rollers."""
    aug = _augraphy()
    page = _bgr(_grey(_at(picture, 200)))
    page = aug.BadPhotoCopy(noise_sparsity=(0.3, 0.5), noise_concentration=(0.05, 0.2), noise_side=rng.choice(
        ("left", "right", "top", "top_left", "bottom_right")), p=1)(page)  # fmt: skip
    page = aug.DirtyRollers(line_width_range=(8, 12), p=1)(_u8(page))
    return _grey(_turn(_u8(page), rng.uniform(-2, 2)))


def recopied(picture: Picture, rng: random.Random) -> Picture:
    """A copy of a copy of a copy: every time a little turned, blurred and driven to black and white."""
    page = _grey(_at(picture, 200))
    for _ in range(3):
        page = _u8(cv2.GaussianBlur(_turn(page, rng.uniform(-0.5, 0.5)), (0, 0), rng.uniform(0.55, 0.8)))
        level, steep = rng.uniform(135, 175), rng.uniform(14, 30)
        page = _u8(255 / (1 + np.exp(-(page.astype(np.float32) - level) / steep)))
        specks = np.random.default_rng(rng.randrange(2**31)).random(page.shape) < 0.0003
        page[cv2.dilate(specks.astype(np.uint8), np.ones((2, 2), np.uint8)) > 0] = 60
    return _grain(page, rng, 4)


def faint(picture: Picture, rng: random.Random) -> Picture:
    """Toner that runs out: pale grey print, a grey scan at 200 dpi."""
    page = _grey(_at(picture, 200)).astype(np.float32)
    patches = cv2.GaussianBlur(
        np.random.default_rng(rng.randrange(2**31)).normal(0, 1, page.shape), (0, 0), 25
    )
    strength = np.clip(rng.uniform(0.4, 0.6) + 5 * patches, 0.3, 0.8)
    return _scan(_u8(cv2.resize(255 - (255 - page) * strength, None, fx=1.5, fy=1.5)), rng, 200)


def scanned_by_app(picture: Picture, rng: random.Random) -> Picture:
    """A photograph that a telephone's scanning app cut out and drove to black and white by a local level."""
    page = _grey(_at(picture, 190))
    height, width = page.shape
    moved = np.array([[rng.uniform(-6, 6), rng.uniform(-6, 6)] for _ in range(4)], np.float32)
    corners = np.array([[0, 0], [width, 0], [width, height], [0, height]], np.float32)
    matrix = cv2.getPerspectiveTransform(corners, corners + moved)
    page = _u8(cv2.warpPerspective(page, matrix, (width, height), borderValue=(250,)))
    across, down = np.meshgrid(np.linspace(0, 1, width), np.linspace(0, 1, height))
    light = 1 - rng.uniform(0.3, 0.6) * np.clip(
        across * rng.uniform(-1, 1) + down * rng.uniform(-1, 1), -1, 1
    )
    page = _grain(_u8(cv2.GaussianBlur(page, (0, 0), rng.uniform(0.6, 1.0)) * light * 0.75), rng, 5)
    block, offset = rng.choice((25, 41, 61)), rng.uniform(9, 16)
    hard = _u8(cv2.adaptiveThreshold(page, 255, cv2.ADAPTIVE_THRESH_MEAN_C, cv2.THRESH_BINARY, block, offset))
    return _u8(cv2.GaussianBlur(hard, (0, 0), 0.5))


def brightened(picture: Picture, rng: random.Random) -> Picture:
    """A photograph that such an app made colourful: the light evened out, contrast and colour raised."""
    page = _photographed(picture, rng, 2300)
    light = cv2.GaussianBlur(cv2.dilate(page, np.ones((25, 25), np.uint8)), (0, 0), 40).astype(np.float32)
    even = page.astype(np.float32) / np.maximum(light, 40) * 255
    grey = even.mean(axis=2, keepdims=True)
    return _u8((grey + (even - grey) * 1.5 - 128) * rng.uniform(1.3, 1.7) + 150)


def drum(picture: Picture, rng: random.Random) -> Picture:
    """A worn printer: dirty drum, lines of little ink."""
    aug = _augraphy()
    page = _bgr(_grey(_at(picture, 200)))
    page = aug.LowInkRandomLines(count_range=(5, 12), noise_probability=0.1, p=1)(page)
    page = aug.DirtyDrum(
        line_width_range=(1, 3), line_concentration=0.04, direction=1, noise_intensity=0.3, p=1
    )(_u8(page))
    return _grain(_grey(_u8(page)), rng, 4)


def bleed(picture: Picture, rng: random.Random) -> Picture:
    """Ink that has run, and the back of the sheet shining through."""
    aug = _augraphy()
    page = _bgr(_at(picture, 200))
    page = _u8(aug.InkBleed(intensity_range=(0.2, 0.5), kernel_size=(3, 3), severity=(0.2, 0.4), p=1)(page))
    back = cv2.GaussianBlur(_grey(page)[:, ::-1], (0, 0), 3)
    shine = rng.uniform(0.15, 0.28) * (255.0 - back)
    return _scan(_u8(cv2.resize(_u8(page - shine[..., None]), None, fx=1.5, fy=1.5)), rng, 200)


def dark(picture: Picture, rng: random.Random) -> Picture:
    """Uneven light and a cast shadow, strongly compressed."""
    aug = _augraphy()
    page = _bgr(_at(picture, 200))
    page = aug.LightingGradient(max_brightness=255, min_brightness=rng.randrange(60, 110), p=1)(page)
    page = aug.ShadowCast(shadow_opacity_range=(0.3, 0.6), p=1)(_u8(page))
    return _u8(page)[..., :3]


def folded(picture: Picture, rng: random.Random) -> Picture:
    """Folded twice, unfolded, scanned."""
    aug = _augraphy()
    page = _bgr(_at(picture, 200))
    page = aug.Folding(
        fold_count=2, fold_noise=0.02, gradient_width=(0.1, 0.2), gradient_height=(0.003, 0.006), p=1
    )(page)
    return _grain(_u8(page)[..., :3], rng, 3)


def paper(picture: Picture, rng: random.Random) -> Picture:
    """Coloured, rough paper."""
    aug = _augraphy()
    page = _bgr(_at(picture, 200))
    page = aug.ColorPaper(hue_range=(0, 255), saturation_range=(20, 70), p=1)(page)
    page = aug.NoiseTexturize(sigma_range=(3, 6), turbulence_range=(2, 5), p=1)(_u8(page)[..., :3])
    return _turn(_u8(page)[..., :3], rng.uniform(-1.5, 1.5))


def fax(picture: Picture, rng: random.Random) -> Picture:
    """A fax as Augraphy makes it, dithered where it is grey."""
    aug = _augraphy()
    page = aug.Faxify(
        scale_range=(1.0, 1.1), monochrome=1, monochrome_method="threshold_otsu", halftone=0, p=1
    )(_bgr(_at(picture, 204)))
    page = _grey(_u8(page)[..., :3] if np.asarray(page).ndim == 3 else _u8(page))
    seeds = np.random.default_rng(rng.randrange(2**31))
    specks = seeds.random(page.shape) < 0.0012
    return _u8(np.where(cv2.dilate(specks.astype(np.uint8), np.ones((2, 2), np.uint8)) > 0, 255 - page, page))


def dithered(picture: Picture, rng: random.Random) -> Picture:
    """Two levels by error diffusion, as fax machines do in photograph mode."""
    grey = _grey(_scan(picture, rng, 200))
    return _u8(np.asarray(Image.fromarray(grey).convert("1").convert("L")))


def skewed(picture: Picture, rng: random.Random) -> Picture:
    """Laid on the glass carelessly: 2 to 4 degrees, black round about, a corner missing."""
    page = _at(picture, 240)
    page = _turn(page, rng.choice((-1, 1)) * rng.uniform(2, 4), ground=25)
    return _grain(_u8(cv2.GaussianBlur(page, (0, 0), 0.6)), rng, 3)


def reversed_(picture: Picture, rng: random.Random) -> Picture:
    """Upside down or on its side."""
    page = _scan(picture, rng, 200)
    return _u8(np.rot90(page, rng.choice((1, 2, 2, 3))).copy())


def cropped(picture: Picture, rng: random.Random) -> Picture:
    """The margins cut off up to the text."""
    page = _scan(picture, rng, 200)
    dark_at = np.argwhere(_grey(page) < 110)
    (y0, x0), (y1, x1) = np.percentile(dark_at, 0.1, axis=0), np.percentile(dark_at, 99.9, axis=0)
    return page[max(0, int(y0) - 12) : int(y1) + 12, max(0, int(x0) - 8) : int(x1) + 10].copy()


def two_up(picture: Picture, rng: random.Random) -> Picture:
    """The left half of an A3 sheet; the right half is empty but for a fold."""
    page = _scan(picture, rng, 200)
    right = _grain(np.full_like(page, 240), rng, 3)
    right[:, :14] = _u8(right[:, :14] * np.linspace(0.7, 1, 14)[None, :, None])
    return np.concatenate([page, right], axis=1)


def _photographed(picture: Picture, rng: random.Random, long_side: int) -> Picture:
    """On a desk, from above and aside, by a hand-held camera; the sheet is a little bent."""
    page = _at(picture, 230)
    height, width = page.shape[:2]
    ys, xs = np.indices((height, width), dtype=np.float32)
    bend = rng.uniform(4, 14) * np.sin(xs / width * np.pi * rng.uniform(0.6, 1.4) + rng.uniform(0, 1))
    page = _u8(
        cv2.remap(page, xs, ys + bend.astype(np.float32), cv2.INTER_CUBIC, borderValue=(250, 250, 250))
    )
    wide, high = int(width * 1.18), int(height * 1.12)
    desk = np.full((high, wide, 3), rng.choice(((60, 85, 120), (90, 90, 95), (40, 45, 50))), np.float32)
    desk += cv2.GaussianBlur(np.random.default_rng(rng.randrange(2**31)).normal(0, 40, desk.shape), (0, 0), 6)
    corners = np.array([[0, 0], [width, 0], [width, height], [0, height]], np.float32)
    shift = np.array([[rng.uniform(-0.035, 0.035) * wide, rng.uniform(-0.03, 0.03) * high] for _ in corners])
    onto = corners + np.array([(wide - width) / 2, (high - height) / 2]) + shift
    matrix = cv2.getPerspectiveTransform(corners, onto.astype(np.float32))
    seen = cv2.warpPerspective(page, matrix, (wide, high), flags=cv2.INTER_CUBIC).astype(np.float32)
    there = cv2.warpPerspective(np.ones((height, width), np.float32), matrix, (wide, high))[..., None]
    scene = desk * (1 - there) + seen * there
    across, down = np.meshgrid(np.linspace(0, 1, wide), np.linspace(0, 1, high))
    light = 1 - rng.uniform(0.15, 0.45) * np.abs(across * rng.random() + down * rng.random() - rng.random())
    edge = rng.uniform(0.3, 0.9)
    light *= np.where(cv2.GaussianBlur((across + 0.4 * down > edge).astype(np.float32), (0, 0), 25) > 0.5,
                      rng.uniform(0.6, 0.85), 1.0)  # fmt: skip
    scene = scene * cv2.GaussianBlur(light, (0, 0), 18)[..., None] * np.array([0.94, 0.99, 1.0])
    scene = cv2.GaussianBlur(scene, (0, 0), rng.uniform(0.6, 1.1))
    factor = long_side / high
    return _grain(_u8(cv2.resize(scene, None, fx=factor, fy=factor, interpolation=cv2.INTER_AREA)), rng, 4)


def photo(picture: Picture, rng: random.Random) -> Picture:
    """A photograph of 8 million pixels."""
    return _photographed(picture, rng, 3200)


def messenger(picture: Picture, rng: random.Random) -> Picture:
    """The same as a messenger sends it: smaller, strongly compressed."""
    return _photographed(picture, rng, 2000)


# name: what it does to a page drawn at 300 dpi; quality of JPEG, 0 for a two-level TIFF, 100 for PNG; its dpi, 0: none
WEARS: dict[str, tuple[Wear, int, int]] = {
    "office": (office, 60, 200),
    "small": (small, 40, 150),
    "bilevel": (bilevel, 0, 200),
    "copier": (copier, 55, 200),
    "recopied": (recopied, 45, 200),
    "faint": (faint, 45, 200),
    "app": (scanned_by_app, 50, 0),
    "brightened": (brightened, 50, 0),
    "drum": (drum, 55, 200),
    "bleed": (bleed, 55, 200),
    "dark": (dark, 35, 200),
    "folded": (folded, 55, 200),
    "paper": (paper, 50, 200),
    "fax": (fax, 0, 204),
    "dithered": (dithered, 0, 200),
    "skewed": (skewed, 55, 240),
    "turned": (reversed_, 60, 200),
    "cropped": (cropped, 60, 200),
    "two-up": (two_up, 60, 200),
    "photo": (photo, 75, 0),
    "messenger": (messenger, 40, 0),
}


def wear(picture: Picture, how: str, seed: str, path: Path) -> Path:
    """Damage a page drawn at 300 dpi and write it; the file's name with its ending."""
    work, quality, dpi = WEARS[how]
    rng = random.Random(seed)
    random.seed(seed)  # Augraphy draws from the module's own generators
    np.random.seed(rng.randrange(2**31))
    made = work(picture, rng)
    rgb = made if made.ndim == 2 else made[:, :, ::-1]
    image = Image.fromarray(np.ascontiguousarray(rgb))
    noted: dict[str, Any] = {"dpi": (dpi, dpi)} if dpi else {}
    if quality == 0:
        path = path.with_suffix(".tif")
        image.convert("1").save(path, compression="group4", **noted)
    else:
        path = path.with_suffix(".jpg")
        image.save(path, quality=quality, **noted)
    return path
