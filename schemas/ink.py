"""Ink on pages: boxes, characters, words, lines and pages, as some reader gave them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Annotated, Any, Literal, NamedTuple, Self

from pydantic import BaseModel, ConfigDict, Field, GetCoreSchemaHandler
from pydantic_core import CoreSchema, core_schema

Confidence = Annotated[float, Field(ge=0, le=1)]
PageNumber = Annotated[int, Field(ge=1)]
Reader = Literal["text-layer", "print", "hand", "person", "transcript"]
"""Who read: the file's own text layer, our OCR on print or on pen, a person, or somebody else's OCR."""
TYPED: frozenset[Reader] = frozenset(("text-layer", "transcript"))
"""Readers whose letters nobody has read from ink."""
Ink = Literal["black", "colour"]


class Record(BaseModel):
    """Base of all records: immutable, and closed to unknown fields."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    @classmethod
    def of_known(cls, values: dict[str, Any], given: set[str]) -> Self:
        """A record of values, one for each field, that are known to be of its shape: they are not looked at.

        Only for what was made of other records by code that cannot make it wrong; `given` are the fields told.
        """
        made = cls.__new__(cls)
        object.__setattr__(made, "__dict__", values)
        object.__setattr__(made, "__pydantic_fields_set__", given)
        object.__setattr__(made, "__pydantic_extra__", None)
        object.__setattr__(made, "__pydantic_private__", None)
        return made

    def model_copy(self, *, update: Mapping[str, Any] | None = None, deep: bool = False) -> Self:
        """Pydantic's own way, without what records do not have: they hold their fields and nothing else."""
        if deep:
            return super().model_copy(update=update, deep=True)
        if not update:
            return self.of_known(dict(self.__dict__), self.__pydantic_fields_set__)
        return self.of_known({**self.__dict__, **update}, self.__pydantic_fields_set__ | update.keys())


new = tuple.__new__
"""Makes a named tuple of its parts in half the time that its own name takes: for what is made by the hundred."""


class Box(NamedTuple):
    """A rectangle in PDF points (1/72 inch) from the top-left corner of the page as scanned."""

    x0: float
    y0: float
    x1: float
    y1: float

    @property
    def width(self) -> float:
        """Width in points."""
        return self.x1 - self.x0

    @property
    def height(self) -> float:
        """Height in points."""
        return self.y1 - self.y0


class _AsItIs:
    """Marks a field whose box comes from ink that was looked at before: it is taken as it is.

    What is no box yet, such as four numbers from JSON, is made into one.
    """

    @classmethod
    def __get_pydantic_core_schema__(cls, source: type, handler: GetCoreSchemaHandler) -> CoreSchema:
        made = handler(source)
        taken = core_schema.is_instance_schema(Box)
        return core_schema.json_or_python_schema(
            made, core_schema.union_schema([taken, made], mode="left_to_right")
        )


KnownBox = Annotated[Box, _AsItIs]


def union(boxes: Iterable[Box | None]) -> Box | None:
    """The smallest box around all given ones; None when there is none."""
    known = [box for box in boxes if box is not None]
    if not known:
        return None
    if len(known) == 1:
        return known[0]
    lefts, tops, rights, bottoms = zip(*known, strict=True)
    return new(Box, (min(lefts), min(tops), max(rights), max(bottoms)))


class Char(Record):
    """One character as read, with its own box and confidence."""

    text: str
    box: Box
    confidence: Confidence


class Word(Record):
    """Ink between two spaces. `chars` is empty when the reader gives none."""

    text: str
    box: Box | None = None
    confidence: Confidence = 1.0
    chars: tuple[Char, ...] = ()
    alternatives: tuple[str, ...] = ()  # what else the ink may say, where two readers differ


class Line(Record):
    """One line of text: its words joined by single spaces are `text`."""

    text: str
    page: PageNumber
    box: Box | None = None  # None only in a transcript, which has no page geometry
    words: tuple[Word, ...] = ()
    confidence: Confidence = 1.0
    reader: Reader = "print"
    ink: Ink = "black"  # colour: stamp or pen ink, separated from the black print


class Mark(Record):
    """A mark that is not text: a box to tick, a signature (ลายมือชื่อ) or a seal (ตราประทับ)."""

    kind: Literal["box", "signature", "seal"]
    page: PageNumber
    box: Box
    state: Literal["ticked", "crossed", "filled", "empty", "doubtful"] | None = None  # of a box to tick
    confidence: Confidence


class Page(Record):
    """One page: its size in points as scanned, and its lines in reading order."""

    number: PageNumber
    width: float
    height: float
    lines: tuple[Line, ...] = ()
    marks: tuple[Mark, ...] = ()
    reader: Reader = "print"
    skew: float = 0.0  # degrees turned (anticlockwise positive) to make the lines level
    turned: Literal[0, 90, 180, 270] = 0  # degrees the scan was turned clockwise to stand upright
    halved: bool = (
        False  # the upright sheet bears two pages beside each other, the right one perhaps empty (A3)
    )
