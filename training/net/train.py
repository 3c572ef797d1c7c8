"""Train the convolutional reader on shards, within a time budget; stop it when you like, the same command goes on.

python -m training.net.train WORK --shards FOLDER --minutes 60
"""

from __future__ import annotations

import argparse
import math
import random
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import torch
from torch import Tensor, nn

from training.net import data
from training.net.data import ALPHABET, Sample
from training.net.model import Net, threads, weights

_COLUMNS = 8000  # of pixels in one batch
_SAVE_S = 90.0
_ROUND = 6_000  # lines
_TELL = 200  # steps
_MEMORY = 0.998  # of the running mean of the weights, which is what reads


@dataclass
class State:
    """All that is needed to go on."""

    net: Net
    mean: Net  # its weights are the running mean of those of `net`
    optimiser: torch.optim.Optimizer
    spent_s: float = 0.0
    steps: int = 0

    @classmethod
    def new(cls, rate: float) -> State:
        """At the beginning."""
        net, mean = Net(len(ALPHABET) + 1), Net(len(ALPHABET) + 1)
        mean.load_state_dict(net.state_dict())
        net = net.to(memory_format=torch.channels_last)  # faster on a CPU
        return cls(net, mean, torch.optim.AdamW(net.parameters(), lr=rate, weight_decay=0.01))

    def save(self, file: Path) -> None:
        """Write to a file, whole or not at all."""
        part = file.with_suffix(".part")
        torch.save(
            {
                "net": self.net.state_dict(),
                "mean": self.mean.state_dict(),
                "optimiser": self.optimiser.state_dict(),
                "spent_s": self.spent_s,
                "steps": self.steps,
            },
            part,
        )
        part.rename(file)

    def load(self, file: Path) -> None:
        """Go on from a file."""
        kept = torch.load(file, weights_only=True)
        for part, weights_of in ((self.net, kept.get("net", kept["mean"])), (self.mean, kept["mean"])):
            part.load_state_dict(weights_of, strict=False)  # older ones do not tell pen from print
        known = kept["optimiser"]["param_groups"][0]["params"] if "optimiser" in kept else []
        if len(known) == len(list(self.net.parameters())):
            self.optimiser.load_state_dict(kept["optimiser"])
        self.spent_s, self.steps = kept.get("spent_s", 0.0), kept.get("steps", 0)


def rate_at(part: float, highest: float) -> float:
    """The learning rate after this part of the time: a short warming up, then down along a cosine."""
    if part < 0.02:
        return highest * (0.1 + 0.9 * part / 0.02)
    return highest * (0.02 + 0.98 * 0.5 * (1 + math.cos(math.pi * min(1.0, part))))


def step(state: State, batch: Sequence[Sample], rng: random.Random) -> float:
    """Learn from one batch; its loss."""
    images = torch.from_numpy(data.as_array([data.worn(sample.image, rng) for sample in batch]))
    codes = [data.encode(sample.text) for sample in batch]
    scores = state.net(images.contiguous(memory_format=torch.channels_last))
    columns = torch.full((len(batch),), scores.shape[1], dtype=torch.long)
    lengths = torch.tensor([len(code) for code in codes])
    targets = torch.tensor([sign for code in codes for sign in code])
    log = scores.log_softmax(2).permute(1, 0, 2)
    loss: Tensor = nn.functional.ctc_loss(log, targets, columns, lengths, zero_infinity=True)
    state.optimiser.zero_grad(set_to_none=True)
    loss.backward()
    nn.utils.clip_grad_norm_(state.net.parameters(), 4.0)
    state.optimiser.step()
    state.steps += 1
    _remember(state)
    return float(loss.detach())


def _remember(state: State) -> None:
    memory = min(_MEMORY, (1 + state.steps) / (10 + state.steps))
    with torch.no_grad():
        for mean, now in zip(state.mean.state_dict().values(), state.net.state_dict().values(), strict=True):
            if mean.dtype.is_floating_point:
                mean.lerp_(now, 1 - memory)
            else:
                mean.copy_(now)


def endless(folders: Sequence[Path], seed: int) -> Iterator[list[Sample]]:
    """Batches without end, as many lines from each folder; one named twice counts twice.

    Shards that are drawn meanwhile come in at the next round.
    """
    rng, known = random.Random(seed), dict[Path, list[Sample]]()
    while True:
        chosen: list[Sample] = []
        for folder in folders:
            files = sorted(file for file in folder.glob("*.npz") if ".part" not in file.name)
            for file in files:
                if file not in known:
                    known[file] = data.load(file)
            samples = [sample for file in files for sample in known[file]]
            chosen += rng.sample(samples, min(len(samples), _ROUND // len(folders)))
        if not chosen:
            raise SystemExit("There are no shards: make some with python -m training.net.data.")
        yield from data.batches(chosen, _COLUMNS, rng)


def learn(state: State, checkpoint: Path, options: argparse.Namespace) -> None:
    """Until the time is spent."""
    rng = random.Random(state.steps + 1)
    before = saved = time.monotonic()
    losses: list[float] = []
    for batch in endless(options.shards, state.steps + 1):
        for group in state.optimiser.param_groups:
            group["lr"] = rate_at(state.spent_s / (60 * options.minutes), options.rate)
        losses.append(step(state, batch, rng))
        now = time.monotonic()
        state.spent_s, before = state.spent_s + now - before, now
        if state.steps % _TELL == 0:
            mean = sum(losses[-_TELL:]) / len(losses[-_TELL:])
            print(f"{state.spent_s / 60:6.1f} min  step {state.steps:6}  loss {mean:.4f}", flush=True)
        done = state.spent_s >= 60 * options.minutes
        if done or now - saved > _SAVE_S:
            state.save(checkpoint)
            saved = now
        if done:
            return


def main(arguments: Sequence[str] | None = None) -> None:
    """Train the convolutional reader on shards of lines."""
    parser = argparse.ArgumentParser(prog="python -m training.net.train", description=main.__doc__)
    parser.add_argument("work", type=Path, help="folder of the checkpoint")
    parser.add_argument("--shards", type=Path, action="append", required=True)
    parser.add_argument("--minutes", type=float, default=60)
    parser.add_argument("--rate", type=float, default=0.003, help="highest learning rate")
    parser.add_argument("--begin", type=Path, help="weights to begin with, when there is no checkpoint yet")
    parser.add_argument("--threads", type=int, default=1)
    options = parser.parse_args(arguments)
    threads(options.threads)
    torch.manual_seed(2569)
    state, checkpoint = State.new(options.rate), options.work / "net.pt"
    options.work.mkdir(parents=True, exist_ok=True)
    if checkpoint.exists():
        state.load(checkpoint)
    elif options.begin is not None:
        state.load(options.begin)
        state.spent_s = 0.0
    print(f"{weights(state.net)} weights; {state.spent_s / 60:.1f} minutes spent", flush=True)
    learn(state, checkpoint, options)


if __name__ == "__main__":
    main()
