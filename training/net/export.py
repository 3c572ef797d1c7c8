"""From a checkpoint to what the pipeline reads with: an ONNX file, and a JSON file beside it."""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from pathlib import Path

import onnx
import torch
from torch import Tensor, nn

from pipeline.reader import HEIGHT, MODELS
from training.net.calibrate import write_facts
from training.net.model import Net
from training.net.train import State

_OPSET = 17


class _Reader(nn.Module):  # type: ignore[misc]
    """The network with probabilities for scores: of signs, and of pen against print."""

    def __init__(self, net: Net) -> None:
        super().__init__()
        self.net = net

    def forward(self, strips: Tensor) -> tuple[Tensor, Tensor]:
        """(n, 1, 48, width) to (n, width / 2, classes), each column sums to 1, and (n, width / 4)."""
        seen = self.net.features(strips)
        return torch.softmax(self.net.signs(seen), 2), torch.sigmoid(self.net.by_hand(seen))


def load(checkpoint: Path) -> Net:
    """The network of a checkpoint, its weights averaged over the last of the training, ready to read."""
    state = State.new(0.001)
    state.load(checkpoint)
    state.mean.eval()
    return state.mean


def export(net: Net, file: Path) -> None:
    """Write the network as ONNX; any number of strips of any width that 4 divides."""
    file.parent.mkdir(parents=True, exist_ok=True)
    torch.onnx.export(
        _Reader(net).eval(),
        (torch.zeros(2, 1, HEIGHT, 64),),
        str(file),
        input_names=["strips"],
        output_names=["columns", "hand"],
        dynamic_axes={
            "strips": {0: "n", 3: "width"},
            "columns": {0: "n", 1: "column"},
            "hand": {0: "n", 1: "place"},
        },
        opset_version=_OPSET,
        dynamo=False,
    )
    onnx.checker.check_model(onnx.load(str(file)))


def save_weights(net: Net, file: Path) -> None:
    """The weights alone, to go on from (`--begin`)."""
    file.parent.mkdir(parents=True, exist_ok=True)
    torch.save({"mean": net.state_dict()}, file)


def main(arguments: Sequence[str] | None = None) -> None:
    """Write a checkpoint as ONNX, its alphabet beside it."""
    parser = argparse.ArgumentParser(prog="python -m training.net.export", description=main.__doc__)
    parser.add_argument("checkpoint", type=Path)
    parser.add_argument("--out", type=Path, default=MODELS / "lines.onnx")
    options = parser.parse_args(arguments)
    net = load(options.checkpoint)
    export(net, options.out)
    facts = options.out.with_suffix(".json")
    if not facts.exists():
        write_facts(facts, 1.0, ((0.0, 0.0), (1.0, 1.0)))
    print(f"{options.out}: {options.out.stat().st_size:,} bytes")


if __name__ == "__main__":
    main()
