"""What the API takes and gives, beside the records themselves."""

from __future__ import annotations

import datetime as dt
from typing import Annotated, Generic, TypeVar

from pydantic import BaseModel, Field

from pipeline.store import RegisterRow
from schemas.finding import Finding
from schemas.letter import Letter
from schemas.result import Status

T = TypeVar("T")
Cursor = Annotated[str | None, Field(description="the `next` of the page before", max_length=500)]


class Listing(BaseModel, Generic[T]):
    """One page of a list. Without `next` it is the last."""

    items: list[T]
    next: str | None = Field(None, description="give it as `after` for the page that follows")
    total: int | None = Field(None, description="how many there are, where that is counted")
    exact: bool = Field(True, description="false: there are at least `total`")


class DocumentOut(BaseModel):
    """One file of the register."""

    sha256: str
    file: str
    status: Status
    page_count: int
    letters: int
    findings: int


class LetterOut(BaseModel):
    """One letter, people's corrections applied."""

    id: int
    version: int = Field(description="also the ETag; give it as If-Match with a correction")
    sha256: str
    row: RegisterRow
    letter: Letter
    findings: list[Finding]
    corrected: list[str] = Field(description="paths that a person corrected")
    confirmed_by: str | None
    confirmed_at: dt.datetime | None


class FindingOut(BaseModel):
    """One finding and the file it is about."""

    sha256: str
    file: str
    finding: Finding


class DeadlineOut(BaseModel):
    """One deadline."""

    id: int
    letter_id: int
    date: dt.date | None
    time: dt.time | None
    phrase: str
    sure: bool
    done_at: dt.datetime | None
    number: str | None
    agency: str | None
    subject: str | None


class HitOut(BaseModel):
    """One letter that a search found."""

    row: RegisterRow
    field: str
    snippet: str
    marks: list[tuple[int, int]] = Field(description="where the words stand in the snippet")
    near: bool = Field(description="true: only something that looks alike")


class Correction(BaseModel, extra="forbid"):
    """One value as a person reads it."""

    path: str = Field(max_length=100, examples=["date", "signatory.name", "receipts.0.number"])
    value: str | None = Field(max_length=20_000, description="as typed; null: the letter does not carry it")


class Taken(BaseModel):
    """A file that was taken in and waits to be read."""

    job: str
    name: str
    state: str
