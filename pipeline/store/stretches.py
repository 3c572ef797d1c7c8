"""Stretches of the register, from the newest letter back: where common words are met soon.

PostgreSQL's word index gives all letters that hold a word, in no order. So each letter also holds, as words and
numbers of the index, which stretch of 4,096 letters it stands in, and which of 32,768 and of 262,144. A question is
asked of the newest stretch first, and of the next only where that gave too little: what stands in many letters
is found in the first stretch, and what stands in few is found quickly everywhere.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from sqlalchemy import ColumnElement

LEVELS = (12, 15, 18)
"""Powers of two: how many letters a stretch of each level holds."""


class Name(NamedTuple):
    """The stretch of one level in which some letters stand, counted from 0."""

    level: int
    place: int

    @property
    def word(self) -> str:
        """As a word of the index; no word of a letter holds such a sign."""
        return f"#{self.level}:{self.place}"

    @property
    def number(self) -> int:
        """As a number beside those of three letters in a row, none of which is negative."""
        return -(self.place * 64 + self.level)


def names_of(letter_id: int) -> tuple[Name, ...]:
    """The stretches that a letter stands in."""
    return tuple(Name(level, letter_id >> level) for level in LEVELS)


class Stretch(NamedTuple):
    """Letters from one to another, and the names that cover them; no names: all may have to be looked at."""

    first: int | None
    last: int | None
    names: tuple[Name, ...] = ()

    def holds(self, key: ColumnElement[int]) -> list[ColumnElement[bool]]:
        """That a letter's number lies in it."""
        found = [] if self.first is None else [key >= self.first]
        return found if self.last is None else [*found, key <= self.last]

    @property
    def tsquery(self) -> str:
        """The same as the beginning of a tsquery, to be followed by the words."""
        return "(" + " | ".join(f"'{name.word}'" for name in self.names) + ") & " if self.names else ""

    @property
    def numbers(self) -> list[int]:
        """The same for the index of three letters in a row."""
        return [name.number for name in self.names]


def growing(first: int, last: int) -> Iterator[Stretch]:
    """All letters from `last` back to `first`, each stretch longer than the one before.

    >>> [(each.first, each.last, len(each.names)) for each in growing(0, 100_000)]
    [(94208, 100000, 2), (32768, 94207, 8), (0, 32767, 1)]
    """
    for level in LEVELS:
        begin = max(first, ((last >> level) - 1) << level)
        yield Stretch(begin, last, tuple(_cover(begin, last)))
        last = begin - 1
        if last < first:
            return
    yield Stretch(first, last)


def _cover(first: int, last: int) -> Iterator[Name]:
    """Few names that cover these letters, and perhaps some more at both ends."""
    small = LEVELS[0]
    at, end = first >> small << small, last | ((1 << small) - 1)
    while at <= end:
        level = max(
            (each for each in LEVELS if at % (1 << each) == 0 and at + (1 << each) - 1 <= end), default=small
        )
        yield Name(level, at >> level)
        at += 1 << level
