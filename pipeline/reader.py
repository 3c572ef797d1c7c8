"""Our own small recogniser under ONNX Runtime: a second reader beside Tesseract, quick, and at home with pen digits.

The only file that imports onnxruntime. One line strip in; its text out, with a box and a confidence for each sign, and
the other texts that the ink may stand for where the caller says what can stand there.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

import cv2
import numpy as np
from numpy.typing import NDArray
from rapidfuzz.distance import Levenshtein

from pipeline import beam
from pipeline.beam import Columns, Grammar, Guess, Sign
from pipeline.errors import ToolError
from pipeline.image import Gray
from pipeline.ocr import Glyph, StripText

if TYPE_CHECKING:
    from onnxruntime import InferenceSession

HEIGHT = 48  # rows of every strip
MODELS = Path(__file__).parent / "models"
MODEL = MODELS / "lines.onnx"
_STEP = 2.0  # pixels of a strip of 48 rows from column to column
_PLACE = 4  # pixels of such a strip for one place of pen or print
_DARK = 160  # grey level of ink
_LOOKS = 3
_FIGURE = 1.7  # times as likely is a guess for every figure more; found on strips by writers kept out
_ROOM = 0.12  # kept over and under the ink, as a part of its height
_LEAST = 0.3  # of a strip's height that always stays: a dash alone is to look like one
_WIDEST = 3200  # pixels at 48 rows; a longer strip is pressed together


@dataclass(frozen=True)
class Facts:
    """What stands beside the weights: the signs of classes 1, 2, …, and how sure is how right."""

    alphabet: str
    temperature: float
    calibration: tuple[tuple[float, float], ...]  # raw confidence, share that was right; both rise

    def calibrated(self, confidence: float) -> float:
        """The share of signs that were right among those read with this raw confidence."""
        xs, ys = zip(*self.calibration, strict=True)
        return float(np.interp(confidence, xs, ys))


@dataclass(frozen=True)
class Hand:
    """How surely the ink of a strip is pen, not print, place by place from left to right."""

    shares: NDArray[np.float32]  # 0 print to 1 pen
    inked: NDArray[np.bool_]  # the places with ink; paper is neither
    width: float  # pixels of the strip for one place

    def between(self, x0: float, x1: float) -> float:
        """The mean share of the ink from one column of the strip to another; 0 where there is none."""
        first = min(max(0, int(x0 / self.width)), len(self.shares) - 1)
        part = slice(first, max(first + 1, round(x1 / self.width)))
        inked = self.inked[part]
        return float(self.shares[part][inked].mean()) if inked.any() else 0.0


@dataclass(frozen=True)
class StripGuesses:
    """What one strip says, and what else it may say; shares of all that was looked at."""

    text: StripText
    guesses: tuple[Guess, ...] = ()
    hand: Hand | None = None

    @property
    def share(self) -> float:
        """How likely the best guess is beside the others; 0 when there is none."""
        return self.guesses[0].share if self.guesses else 0.0


@dataclass(frozen=True)
class Glance:
    """What one strip says at first sight, and the columns that say so."""

    text: StripText
    columns: Columns
    hand: Hand | None


def trimmed(strip: Gray) -> Gray:
    """A strip without most of the paper over and under its ink: pen digits alone would be small in all their room."""
    dark = (strip < (int(strip.min()) + 255) // 2).sum(axis=1)
    rows = np.flatnonzero(dark >= 2)
    if len(rows) == 0:
        return strip
    tall = int(rows[-1] - rows[0]) + 1
    room = max(3, round(tall * _ROOM), round((_LEAST * len(strip) - tall) / 2))
    return strip[max(0, int(rows[0]) - room) : int(rows[-1]) + 1 + room]


def normalised(strip: Gray) -> Gray:
    """A strip trimmed and made 48 rows high, its proportions kept."""
    strip = trimmed(strip)
    height, width = strip.shape
    wide = min(_WIDEST, max(8, round(width * HEIGHT / height)))
    how = cv2.INTER_AREA if height > HEIGHT else cv2.INTER_LINEAR
    return np.asarray(cv2.resize(strip, (wide, HEIGHT), interpolation=how), dtype=np.uint8)


def available() -> bool:
    """Whether the model is here and ONNX Runtime can be used."""
    try:
        _session()
    except ToolError:
        return False
    return True


@lru_cache(maxsize=1)
def facts() -> Facts:
    """The facts beside the model."""
    try:
        kept = json.loads(MODEL.with_suffix(".json").read_text(encoding="utf-8"))
        table = tuple((float(x), float(y)) for x, y in kept["calibration"])
        return Facts(str(kept["alphabet"]), float(kept["temperature"]), table)
    except (OSError, ValueError, KeyError) as error:
        raise ToolError(f"The second reader's model {MODEL} cannot be used: {error}") from error


@lru_cache(maxsize=1)
def _session() -> InferenceSession:
    """The model, ready: one thread, and no memory kept back between strips."""
    try:
        import onnxruntime

        how = onnxruntime.SessionOptions()
        how.intra_op_num_threads = how.inter_op_num_threads = 1
        how.enable_cpu_mem_arena = how.enable_mem_pattern = False
        how.log_severity_level = 3
        return onnxruntime.InferenceSession(str(MODEL), how, providers=["CPUExecutionProvider"])
    except Exception as error:  # ONNX Runtime has no common base for its errors
        raise ToolError(f"The second reader's model {MODEL} cannot be used: {error}") from error


def columns(small: Gray) -> Columns:
    """Probabilities by column of a normalised strip, softened as the calibration asks."""
    return _seen(small)[0]


def _seen(small: Gray) -> tuple[Columns, NDArray[np.float32] | None]:
    """The same, and by place how surely it is pen, where the model tells."""
    width = -(-small.shape[1] // 4) * 4
    array = np.zeros((1, 1, HEIGHT, width), np.float32)
    array[0, 0, :, : small.shape[1]] = (255.0 - small) / 255
    answer: Any = _session().run(None, {"strips": array})
    found = np.asarray(answer[0][0], dtype=np.float32)
    if facts().temperature != 1.0:
        soft = np.power(np.maximum(found, 1e-9), 1 / facts().temperature)
        found = soft / soft.sum(axis=1, keepdims=True)
    hand = np.asarray(answer[1][0], dtype=np.float32) if len(answer) > 1 else None
    return np.asarray(found, dtype=np.float32), hand


def read_strips(strips: Sequence[Gray]) -> list[StripText]:
    """Read strips one after the other, as `ocr.read_strips` does."""
    return [glance(strip).text for strip in strips]


def glance(strip: Gray) -> Glance:
    """Read one strip once, the likeliest sign in every place."""
    small = normalised(strip)
    found, shares = _seen(small)
    hand = (
        None
        if shares is None
        else Hand(shares, _inked(small, len(shares)), _PLACE * strip.shape[1] / small.shape[1])
    )
    return Glance(_text(found, strip.shape, small.shape[1]), found, hand)


def _inked(small: Gray, places: int) -> NDArray[np.bool_]:
    """Which places of a normalised strip have ink."""
    whole = np.full((small.shape[0], places * _PLACE), 255, np.uint8)
    whole[:, : small.shape[1]] = small[:, : whole.shape[1]]
    darkest = whole.min(axis=0).reshape(places, _PLACE).min(axis=1)
    return np.asarray(darkest < _DARK, dtype=np.bool_)


def read(strip: Gray, grammar: Grammar | None = None, first: Glance | None = None) -> StripGuesses:
    """Read one strip with more care, and with alternatives; under a grammar, only what may stand there.

    `first`: what a glance at it has said, where there was one.
    """
    first = first or glance(strip)
    plain, hand = first.text, first.hand
    shares: dict[str, float] = {}
    for looked_at in (first.columns, *(columns(look) for look in _other_looks(normalised(strip)))):
        for guess in beam.search(looked_at, facts().alphabet, grammar):
            shares[guess.text] = shares.get(guess.text, 0.0) + guess.share / _LOOKS
    if grammar is not None:
        shares = _with_length(shares)
    ranked = sorted(shares.items(), key=lambda item: -item[1])
    guesses = beam.by_share([Guess(text, share) for text, share in ranked])
    if not guesses or plain.text == guesses[0].text.strip():
        return StripGuesses(plain, guesses, hand)
    return StripGuesses(_moved(plain, guesses[0], strip.shape), guesses, hand)


def _with_length(shares: Mapping[str, float]) -> dict[str, float]:
    """The same shares with a leaning to more figures: the network rather passes one over than reads one too many."""
    leaning = {text: share * _FIGURE ** sum(map(str.isdigit, text)) for text, share in shares.items()}
    scale = sum(shares.values()) / (sum(leaning.values()) or 1.0)
    return {text: share * scale for text, share in leaning.items()}


def _other_looks(small: Gray) -> Iterator[Gray]:
    """The same strip broader, and smaller: three looks together are right more often than one."""
    height, width = small.shape
    yield np.asarray(cv2.resize(small, (round(width * 1.12) + 1, height)), dtype=np.uint8)
    less = cv2.resize(small, (max(8, round(width * 0.95)), height - 5), interpolation=cv2.INTER_AREA)
    smaller = np.full((height, less.shape[1]), 255, np.uint8)
    smaller[3 : height - 2] = less
    yield smaller


def _moved(plain: StripText, guess: Guess, shape: tuple[int, ...]) -> StripText:
    """A guess that is not the plain reading, with the boxes of the plain reading's signs.

    A sign that the plain reading has too keeps its confidence, any other is as sure as the whole guess.
    """
    height, width = float(shape[0]), float(shape[1])
    old = [glyph for word in plain.words for glyph in word]
    bare = guess.text.replace(" ", "")
    made: list[Glyph] = []
    for step in Levenshtein.opcodes("".join(glyph.text for glyph in old), bare):
        if step.tag == "equal":
            made += old[step.src_start : step.src_end]
            continue
        x0 = old[step.src_start - 1].box[2] if step.src_start else 0.0
        if step.src_end > step.src_start:
            x0 = old[step.src_start].box[0]
        after = old[step.src_end].box[0] if step.src_end < len(old) else width
        wide = max(1.0, after - x0) / max(1, step.dest_end - step.dest_start)
        for place in range(step.dest_start, step.dest_end):
            left = min(x0 + (place - step.dest_start) * wide, width - 1)
            box = (left, 0.0, min(left + wide, width), height)
            made.append(Glyph(bare[place], box, guess.share))
    rest = iter(made)
    words = (tuple(next(rest) for _ in word) for word in guess.text.split(" "))
    return StripText(tuple(word for word in words if word))


def _text(found: Columns, shape: tuple[int, ...], wide: int) -> StripText:
    """The plain reading, its boxes from the columns. `wide`: pixels of the strip as it was read."""
    height, width = float(shape[0]), float(shape[1])
    signs = beam.greedy(found)
    scale = _STEP * width / wide
    words: list[list[Glyph]] = [[]]
    for place, sign in enumerate(signs):
        letter = facts().alphabet[sign.code - 1]
        if letter == " ":
            words.append([])
            continue
        x0, x1 = _ends(signs, place)
        box = (min(width, x0 * scale), 0.0, min(width, x1 * scale), height)
        words[-1].append(Glyph(letter, box, facts().calibrated(sign.confidence)))
    return StripText(tuple(tuple(word) for word in words if word))


def _ends(signs: Sequence[Sign], place: int) -> tuple[float, float]:
    """Where a sign begins and ends, in columns: half way to its neighbours, or a usual width where they are far."""
    middle = (signs[place].first + signs[place].last + 1) / 2
    usual = 6.0  # columns; half of a broad letter at 48 rows
    left = (signs[place - 1].first + signs[place - 1].last + 1) / 2 if place else middle - 2 * usual
    right = (
        (signs[place + 1].first + signs[place + 1].last + 1) / 2
        if place + 1 < len(signs)
        else middle + 2 * usual
    )
    return max(0.0, middle - min(usual, (middle - left) / 2)), middle + min(usual, (right - middle) / 2)
