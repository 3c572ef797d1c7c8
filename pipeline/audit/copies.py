"""Two scans of one paper: the same ink in the same places of its fields."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import combinations

import numpy as np

from schemas.audit import Entry

# Part of the ink of both that lies in the same cells; two papers filled in alike share 0.6 at most.
_SAME = 0.8
_LEAST_INK = 60  # cells


def twins(entries: Sequence[Entry]) -> frozenset[tuple[str, str]]:
    """Pairs of submissions whose forms are scans of one paper, in both orders."""
    looks = {
        entry.id: np.unpackbits(np.array(entry.sheet.look, np.uint8))
        for entry in entries
        if entry.sheet is not None and entry.sheet.look
    }
    found = set()
    for one, other in combinations(looks, 2):
        a, b = looks[one], looks[other]
        enough = a.shape == b.shape and min(int(a.sum()), int(b.sum())) >= _LEAST_INK
        if enough and float((a & b).sum()) >= _SAME * float((a | b).sum()):
            found |= {(one, other), (other, one)}
    return frozenset(found)
