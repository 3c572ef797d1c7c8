"""What an office has learned of its own readings: how right values were that people confirmed.

A house may find its sure values wrong more often than 1 in 200: its paper may be worse than what the reader's
confidence was made on. Then values count as sure only from a higher confidence on. It is never lowered: whether
to be content with less is the office's own decision (the setting `sure`).
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import pairwise

from pipeline.settings import Settings
from pipeline.store import Tally, open_store
from schemas.ink import Record

ENOUGH = 400
"""Confirmed values from which something can be said; with fewer the setting stands."""
ALLOWED = 1 / 200
"""The share of sure values that may be wrong."""
_STEPS = (920, 940, 950, 960, 970, 980, 990)
BANDS = (0, 500, 700, 800, 850, 900, 950, 980, 1001)


class Band(Record):
    """Confirmed values of one reader between two confidences, in thousandths; the upper one is not in it."""

    reader: str
    low: int
    high: int
    count: int
    right: int


class Experience(Record):
    """How right the house's readings were."""

    bands: tuple[Band, ...]
    sure_count: int  # confirmed values that were shown as sure, by the setting
    sure_wrong: int
    setting: float
    sure: float  # from where on values count as sure


def experience(tallies: Sequence[Tally], setting: float) -> Experience:
    """Tallies as people read them, and what follows from them."""
    count, wrong = _from(tallies, setting)
    return Experience(
        bands=tuple(_bands(tallies)),
        sure_count=count,
        sure_wrong=wrong,
        setting=setting,
        sure=learned(tallies, setting),
    )


def learned(tallies: Sequence[Tally], setting: float) -> float:
    """The confidence from which values were right here, as far as enough were confirmed; `setting` at least."""
    sure = setting
    for least in (setting, *(step / 1000 for step in _STEPS if step / 1000 > setting)):
        count, wrong = _from(tallies, least)
        if count < ENOUGH:
            break
        sure = least
        if wrong <= ALLOWED * count:
            break
    return sure


def _from(tallies: Iterable[Tally], least: float) -> tuple[int, int]:
    """How many values were confirmed with at least this confidence, and how many of them were wrong."""
    found = [each for each in tallies if each.thousandths >= round(least * 1000)]
    return sum(each.count for each in found), sum(each.count - each.right for each in found)


def _bands(tallies: Sequence[Tally]) -> Iterable[Band]:
    for reader in dict.fromkeys(each.reader for each in tallies):
        for low, high in pairwise(BANDS):
            found = [each for each in tallies if each.reader == reader and low <= each.thousandths < high]
            if found:
                count, right = sum(each.count for each in found), sum(each.right for each in found)
                yield Band(reader=reader, low=low, high=high, count=count, right=right)


def seasoned(settings: Settings) -> Settings:
    """The settings with what the house has learned about `sure`."""
    sure = learned(open_store(settings).proofs(), settings.sure)
    return settings if sure == settings.sure else settings.model_copy(update={"sure": sure})
