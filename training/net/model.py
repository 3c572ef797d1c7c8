"""The network: convolutions down to one row, then depthwise-separable ones along the line, CTC at the end.

About 0.46 million weights. Strips are 48 rows; the features stand 4 pixels apart, and each gives two columns of
class scores, so that stacked Thai signs (กี่ is three in the width of one letter) have a column each.
"""

from __future__ import annotations

import torch
from torch import Tensor, nn

WIDTH = 192  # channels along the line


def _seen(inside: int, outside: int, stride: tuple[int, int] = (1, 1)) -> nn.Sequential:
    """A 3 × 3 convolution. Ordinary ones: on a CPU they are faster to train than depthwise ones of half the weights."""
    return nn.Sequential(
        nn.Conv2d(inside, outside, 3, stride, 1, bias=False),
        nn.BatchNorm2d(outside),
        nn.ReLU(inplace=True),
    )


class _Kept(nn.Module):  # type: ignore[misc]
    """What a layer adds to its input."""

    def __init__(self, layer: nn.Module) -> None:
        super().__init__()
        self.layer = layer

    def forward(self, x: Tensor) -> Tensor:
        """The input and what the layer makes of it, together."""
        out: Tensor = x + self.layer(x)
        return out


def _along(channels: int) -> nn.Module:
    """A look at what stands to the left and right."""
    return _Kept(
        nn.Sequential(
            nn.Conv1d(channels, channels, 9, padding=4, groups=channels, bias=False),
            nn.Conv1d(channels, channels, 1, bias=False),
            nn.BatchNorm1d(channels),
            nn.ReLU(inplace=True),
        )
    )


class Net(nn.Module):  # type: ignore[misc]
    """(n, 1, 48, width) to (n, width / 2, classes): scores before the softmax, class 0 the blank."""

    def __init__(self, classes: int) -> None:
        super().__init__()
        self.classes = classes
        self.eye = nn.Sequential(
            _seen(1, 24, (2, 2)),
            _seen(24, 48, (2, 2)),
            _seen(48, 64, (2, 1)),
            _seen(64, 64),
            _seen(64, 96, (2, 1)),
            nn.Conv2d(96, WIDTH, (3, 1), bias=False),
            nn.BatchNorm2d(WIDTH),
            nn.ReLU(inplace=True),
        )
        self.line = nn.Sequential(*[_along(WIDTH) for _ in range(5)])
        self.drop = nn.Dropout(0.1)
        self.head = nn.Conv1d(WIDTH, 2 * classes, 1)
        self.hand = nn.Sequential(
            nn.Conv1d(WIDTH, 32, 5, padding=2), nn.ReLU(inplace=True), nn.Conv1d(32, 1, 1)
        )

    def features(self, x: Tensor) -> Tensor:
        """(n, 1, 48, width) to (n, WIDTH, width / 4): what is seen at each place of a line."""
        out: Tensor = self.line(self.eye(x).squeeze(2))
        return out

    def by_hand(self, features: Tensor) -> Tensor:
        """(n, WIDTH, columns) to (n, columns): scores for pen against print, before the sigmoid."""
        out: Tensor = self.hand(features).squeeze(1)
        return out

    def forward(self, x: Tensor) -> Tensor:
        """Scores by column."""
        return self.signs(self.features(x))

    def signs(self, features: Tensor) -> Tensor:
        """(n, WIDTH, columns) to (n, 2 × columns, classes): scores of signs."""
        scores = self.head(self.drop(features))  # n, 2 × classes, width / 4
        n, _, columns = scores.shape
        halves = scores.reshape(n, 2, self.classes, columns)
        out: Tensor = halves.permute(0, 3, 1, 2).reshape(n, 2 * columns, self.classes)
        return out


def weights(net: nn.Module) -> int:
    """How many numbers are learned."""
    return sum(part.numel() for part in net.parameters())


def threads(count: int) -> None:
    """Use so many cores; numbers too small to matter, which make a CPU slow, are taken as none."""
    torch.set_num_threads(count)
    torch.set_flush_denormal(True)
