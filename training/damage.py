"""What scanners, fax machines, copiers and phones do to one line, and what the line finder leaves of it."""

from __future__ import annotations

import random
from typing import Any, Literal

import cv2
import numpy as np

from pipeline.image import Gray
from pipeline.ink import A, binarise

Damage = Literal["clean", "scan", "fax", "photo"]


def as_gray(image: Any) -> Gray:
    """What OpenCV gives back, typed."""
    return np.asarray(image, dtype=np.uint8)


def damaged(image: Gray, kind: Damage, rng: random.Random) -> Gray:
    """The line after a device of this kind, at about 300 dpi again."""
    noise = np.random.default_rng(rng.getrandbits(32))
    if kind == "clean":
        return _blurred(image, rng.uniform(0.0, 0.6))
    if kind == "fax":
        return _faxed(image, rng, noise)
    if kind == "photo":
        return _photographed(image, rng, noise)
    return _scanned(image, rng, noise)


def _scanned(image: Gray, rng: random.Random, noise: np.random.Generator) -> Gray:
    if rng.random() < 0.25:
        image = _resized(image, rng.uniform(0.5, 0.9))  # 150–270 dpi, brought back
    image = _thickened(image, rng, 0.12)
    image = _blurred(image, rng.uniform(0.3, 1.7))
    image = _noisy(_faded(image, rng), rng.uniform(1, 16), noise)
    if rng.random() < 0.12:
        ink = float(np.percentile(image, 3))
        image = _two_levels(image, int(ink + rng.uniform(0.45, 0.75) * (255 - ink)))
    return _jpeg(image, rng.randint(25, 85)) if rng.random() < 0.5 else image


def _faxed(image: Gray, rng: random.Random, noise: np.random.Generator) -> Gray:
    """Two levels at 200 dpi (sometimes half that down the page), ragged, with specks and gaps."""
    height, width = image.shape
    across = rng.uniform(0.6, 0.78)
    down = across * (rng.uniform(0.55, 0.7) if rng.random() < 0.12 else 1.0)
    small = cv2.resize(
        image, (max(8, int(width * across)), max(8, int(height * down))), interpolation=cv2.INTER_AREA
    )
    small = _thickened(small.astype(np.uint8), rng, 0.25)
    small = _noisy(_blurred(small, rng.uniform(0.3, 1.0)), rng.uniform(4, 38), noise)
    ink = float(np.percentile(small, 3))
    small = _two_levels(small, int(ink + rng.uniform(0.4, 0.78) * (255 - ink)))
    specks = noise.random(small.shape)
    share = rng.choice((0.0, 0.0004, 0.001, 0.003, 0.006))
    small[specks < share] = 0
    small[specks > 1 - 1.5 * share] = 255
    if rng.random() < 0.15:
        small = cv2.medianBlur(small, 3).astype(np.uint8)
    how = rng.choice((cv2.INTER_CUBIC, cv2.INTER_CUBIC, cv2.INTER_LINEAR, cv2.INTER_NEAREST))
    return as_gray(cv2.resize(small, (width, height), interpolation=how))


def _photographed(image: Gray, rng: random.Random, noise: np.random.Generator) -> Gray:
    """Soft, uneven light, coarse JPEG, a slight wave."""
    height, width = image.shape
    wave = rng.uniform(0, 0.02) * height
    columns, rows = np.meshgrid(np.arange(width, dtype=np.float32), np.arange(height, dtype=np.float32))
    rows = rows + np.float32(wave) * np.sin(columns / (width / rng.uniform(2, 7)) + rng.uniform(0, 6)).astype(
        np.float32
    )
    image = cv2.remap(image, columns, rows, cv2.INTER_LINEAR, borderValue=(255,)).astype(np.uint8)
    image = _resized(image, rng.uniform(0.45, 0.95))
    image = _blurred(image, rng.uniform(0.4, 1.6))
    light = np.linspace(rng.uniform(0.75, 1.0), rng.uniform(0.8, 1.0), width, dtype=np.float32)
    image = np.clip(image * light, 0, 255).astype(np.uint8)
    image = _noisy(_faded(image, rng), rng.uniform(2, 12), noise)
    image = np.clip(image / max(0.5, float(np.percentile(image, 90)) / 255), 0, 255).astype(np.uint8)
    return _jpeg(image, rng.randint(22, 75))


def keep_own_ink(image: Gray, x_height: float, clean: bool) -> Gray:
    """Only what our line finder keeps: ink of some size and what lies right around it, on pure white."""
    _, labels, stats, _ = cv2.connectedComponentsWithStats(binarise(image), connectivity=8)
    keep = stats[:, A] >= (max(5, int(0.012 * x_height**2)) if clean else 4)
    keep[0] = False
    near = cv2.dilate(keep[labels].astype(np.uint8), np.ones((5, 5), np.uint8))
    return np.where(near > 0, image, 255).astype(np.uint8)


def tilted(image: Gray, degrees: float) -> Gray:
    """Turned a little around its middle."""
    height, width = image.shape
    matrix = cv2.getRotationMatrix2D((width / 2, height / 2), degrees, 1)
    return as_gray(cv2.warpAffine(image, matrix, (width, height), flags=cv2.INTER_CUBIC, borderValue=(255,)))


def _blurred(image: Gray, sigma: float) -> Gray:
    return as_gray(cv2.GaussianBlur(image, (0, 0), sigma)) if sigma > 0.2 else image


def _resized(image: Gray, factor: float) -> Gray:
    height, width = image.shape
    small = cv2.resize(image, None, fx=factor, fy=factor, interpolation=cv2.INTER_AREA)
    return as_gray(cv2.resize(small, (width, height), interpolation=cv2.INTER_CUBIC))


def _thickened(image: Gray, rng: random.Random, share: float) -> Gray:
    """Strokes thicker or thinner, now and then."""
    chance = rng.random()
    if chance < share:
        return as_gray(cv2.erode(image, np.ones((2, 2), np.uint8)))
    if chance < 1.5 * share:
        return as_gray(cv2.dilate(image, np.ones(rng.choice(((2, 1), (1, 2), (2, 2))), np.uint8)))
    return image


def _faded(image: Gray, rng: random.Random) -> Gray:
    weak = rng.uniform(0.55, 1.0) if rng.random() < 0.4 else 1.0
    return (255 - (255 - image.astype(np.float32)) * weak).astype(np.uint8)


def _noisy(image: Gray, sigma: float, noise: np.random.Generator) -> Gray:
    return np.clip(image + noise.normal(0, sigma, image.shape), 0, 255).astype(np.uint8)


def _two_levels(image: Gray, level: int) -> Gray:
    return as_gray(cv2.threshold(image, level, 255, cv2.THRESH_BINARY)[1])


def _jpeg(image: Gray, quality: int) -> Gray:
    done, coded = cv2.imencode(".jpg", image, [cv2.IMWRITE_JPEG_QUALITY, quality])
    return as_gray(cv2.imdecode(coded, cv2.IMREAD_GRAYSCALE)) if done else image
