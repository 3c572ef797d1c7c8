"""Telling pen from print: a small head on the trained network, learned in minutes while the network stays as it is.

python -m training.net.hands CHECKPOINT --digits FILE --minutes 5
"""

from __future__ import annotations

import argparse
import dataclasses
import random
import time
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor, nn

from pipeline.image import Gray
from pipeline.reader import normalised
from training import penned, render
from training.damage import Damage
from training.fonts import find_fonts
from training.hand import writers_to_train_on
from training.net import data
from training.net.model import Net
from training.penned import Desk, Part

_STEP = 4  # pixels of a normal strip from one feature to the next
_NOBODY = -1.0  # a column that is neither: paper
_KINDS: tuple[Damage, ...] = ("clean", "scan", "scan", "photo", "fax", "fax")
_ROUND = 240  # lines drawn for one round of learning


@dataclasses.dataclass(frozen=True)
class Told:
    """A normal strip, and for each of its features 1 for pen, 0 for print, -1 for neither."""

    image: Gray
    pen: NDArray[np.float32]


def told(rng: random.Random, desk: Desk, kind: Damage) -> Told:
    """A line of numbers, dates or receipts: partly by pen, all in print, or all by pen."""
    if rng.random() < 0.15:
        image = normalised(penned.stamped(rng, desk.faces, kind).image)
        return Told(image, _columns(image, [(False, 0.0, 1.0)]))
    parts: list[Part] = penned.text_parts(rng)
    if rng.random() < 0.4:
        parts = [(False, text) for _, text in parts]
    made = penned.composed(rng, desk, parts)
    image = normalised(render.finish(rng, made.image, made.x_height, kind))
    return Told(image, _columns(image, made.spans))


def _columns(image: Gray, spans: Sequence[tuple[bool, float, float]]) -> NDArray[np.float32]:
    width = image.shape[1]
    count = -(-width // 4)
    pen = np.full(count, _NOBODY, np.float32)
    dark = np.pad((image < 160).any(axis=0), (0, count * _STEP - width)).reshape(count, _STEP).any(axis=1)
    middle = (np.arange(count) + 0.5) * _STEP / width
    for by_pen, start, end in spans:
        pen[dark & (middle >= start) & (middle <= end)] = float(by_pen)
    return pen


def desk_of(digits: Sequence[Path], fonts: Sequence[Path]) -> Desk:
    """What lines to learn from are made with."""
    return real_pen(Desk(find_fonts(fonts), data.varied(writers_to_train_on(digits))))


def real_pen(desk: Desk) -> Desk:
    """The desk without pen-like fonts: they are print, whatever they imitate."""
    return dataclasses.replace(desk, faces=dataclasses.replace(desk.faces, pen=()))


def learn(net: Net, desk: Desk, minutes: float, seed: int = 1) -> None:
    """Teach the head, until the time is spent; the rest of the network stays as it is."""
    rng, until, rounds = random.Random(seed), time.monotonic() + 60 * minutes, 0
    optimiser = torch.optim.AdamW(net.hand.parameters(), lr=0.003)
    net.eval()
    kept: list[Told] = []
    while time.monotonic() < until:
        kept += [told(rng, desk, rng.choice(_KINDS)) for _ in range(_ROUND)]
        losses = [
            _step(net, optimiser, rng.sample(kept, 24), rng) for _ in range(len(kept[-4000:]) // 24 + 10)
        ]
        rounds += 1
        if rounds % 4 == 0:
            print(f"hand: {len(kept)} lines, loss {sum(losses) / len(losses):.4f}", flush=True)


def _step(net: Net, optimiser: torch.optim.Optimizer, batch: Sequence[Told], rng: random.Random) -> float:
    strips = torch.from_numpy(data.as_array([one.image for one in batch]))
    with torch.no_grad():
        seen = net.features(strips)
    scores = net.by_hand(seen)
    wanted = torch.full(scores.shape, _NOBODY)
    for row, one in enumerate(batch):
        wanted[row, : len(one.pen)] = torch.from_numpy(one.pen)
    loss = _loss(scores, wanted)
    optimiser.zero_grad(set_to_none=True)
    loss.backward()
    optimiser.step()
    return float(loss.detach())


def _loss(scores: Tensor, wanted: Tensor) -> Tensor:
    counts = wanted >= 0
    out: Tensor = nn.functional.binary_cross_entropy_with_logits(scores[counts], wanted[counts])
    return out


def main(arguments: Sequence[str] | None = None) -> None:
    """Teach a checkpoint's network to tell pen from print."""
    from training.net import export

    parser = argparse.ArgumentParser(prog="python -m training.net.hands", description=main.__doc__)
    parser.add_argument("checkpoint", type=Path)
    parser.add_argument("--digits", type=Path, action="append", default=[])
    parser.add_argument("--fonts", type=Path, action="append", default=[])
    parser.add_argument("--minutes", type=float, default=6)
    parser.add_argument(
        "--out", type=Path, help="where the weights go (the checkpoint's own name with -hand)"
    )
    options = parser.parse_args(arguments)
    torch.set_num_threads(1)
    net = export.load(options.checkpoint)
    learn(net, desk_of(options.digits, options.fonts), options.minutes)
    export.save_weights(
        net, options.out or options.checkpoint.with_name(f"{options.checkpoint.stem}-hand.pt")
    )


if __name__ == "__main__":
    main()
