"""Two networks' weights averaged: what a run has learned, without losing what was known before.

A run on new kinds of lines makes a network forget a little of the old ones. Between the network that it began from and
the one it ended with lie networks that know most of both (Wortsman et al., "Robust fine-tuning of zero-shot models",
2022): names under signatures were read a fifth better halfway, and plain print as well as before.
"""

from __future__ import annotations

import shutil
import tempfile
from pathlib import Path

import numpy as np

from pipeline.errors import ToolError
from training import floats, tools


def blended(old: bytes, new: bytes, share: float) -> bytes:
    """An `.lstm` component of floats between two of one shape.

    `share`: how much of its weights is the new one's; the rest is the old one's.

    ToolError where they are not of one shape.
    """
    places = floats.weights_of(old)
    if len(old) != len(new) or places != floats.weights_of(new):
        raise ToolError("The networks are not of one shape: nothing lies between them.")
    made = bytearray(new)
    for start, count in places:
        one, other = (np.frombuffer(data, "<f8", count, start) for data in (old, new))
        made[start : start + 8 * count] = ((1 - share) * one + share * other).astype("<f8").tobytes()
    return bytes(made)


def blend_model(base: Path, whole: Path, model: Path, share: float) -> None:
    """Average a new model with the network that its training began from.

    `base`: that network (`.lstm`, floats); `whole`: the new model as floats, which is written anew; `model`: where the
    integer model goes.
    """
    with tempfile.TemporaryDirectory(prefix="saraban-") as folder:
        part = Path(folder) / "x.lstm"
        tools.extract(whole, "lstm", part)
        part.write_bytes(blended(base.read_bytes(), part.read_bytes(), share))
        tools.run("combine_tessdata", "-o", str(whole), str(part))
    shutil.copy(whole, model)
    tools.run("combine_tessdata", "-c", str(model))  # to integers
