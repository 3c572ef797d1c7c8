"""Records as the pages show them: values with their certainty in colour and in words."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from typing import Any, Literal, NamedTuple

from pipeline.choose import parse_iso
from pipeline.paths import KEY, bare, is_uncounted, label, readings
from pipeline.say import Lang
from pipeline.show import KINDS, written
from schemas.finding import Finding
from schemas.ink import Box
from schemas.letter import Letter, LetterNumber
from schemas.reading import Reading
from schemas.result import Result

Certainty = Literal["person", "sure", "check", "doubt", "unread", "absent"]
"""By a person; sure; to be checked; hardly more than a guess; ink that was not understood; no ink."""

_FAINT = 0.6  # as in pipeline.show
_MUST = KEY | {"agency"}
"""What a clerk types into the register: a doubt here is stepped through with the keys."""
_LONG = frozenset(("body", "subject", "address", "references.text", "enclosures.title", "deadlines.phrase"))
_OFFERED = ("number", "date", "agency", "subject", "addressee", "urgency")
"""Fields that can be added by hand where no ink was found."""
_HIDDEN = frozenset(("salutation", "deadlines.kind"))
CHOICES: dict[str, tuple[str, ...]] = {
    "urgency": ("ด่วน", "ด่วนมาก", "ด่วนที่สุด", "ด่วนภายใน"),
    "kind": tuple(KINDS),
}


class Option(NamedTuple):
    """A value to choose: as sent, and as shown."""

    value: str
    text: str


class Crop(NamedTuple):
    """The ink of a value, cut out of its page."""

    view: str  # an SVG viewBox, in points
    rem: float  # how wide it is shown


class FieldView(NamedTuple):
    """One value of a letter as its page shows it."""

    path: str
    label: str
    text: str  # the value as people write it; empty where there is none
    typed: str  # the value as it stands in the input
    raw: str  # the ink as read, where it differs from the value
    certainty: Certainty
    percent: int
    page: int | None
    box: Box | None
    crop: Crop | None
    candidates: tuple[Option, ...]
    choices: tuple[Option, ...]  # of a field that knows only these
    must: bool  # to be checked before the letter is done
    long: bool


def typed(value: Any) -> str:
    """A value as it is typed: what reading it back gives again."""
    if value is None:
        return ""
    if isinstance(value, LetterNumber):
        return value.text
    if isinstance(value, dt.date):
        return f"{value.day}/{value.month}/{value.year + 543}"
    if isinstance(value, dt.time):
        return f"{value:%H:%M}"
    return str(value)


def kept_value(path: str, text: str | None, lang: Lang) -> str:
    """A value as the history of corrections keeps it, as people write it; a dash for what is not on the paper.

    >>> kept_value("date", "2023-06-02", "th"), kept_value("kind", "memo", "en"), kept_value("subject", None, "th")
    ('2 มิ.ย. 2566', 'memo', '–')
    """
    if text is None:
        return "–"
    name = bare(path)
    if name == "kind" and text not in KINDS:
        return text
    return written(name, parse_iso(text) or text, lang)


def certainty(ink: Reading[Any], sure: float) -> Certainty:
    """How sure a reading is."""
    if ink.reader == "person":
        return "person"
    if ink.value is None:
        return "unread"
    if ink.confidence >= sure:
        return "sure"
    return "check" if ink.confidence >= _FAINT else "doubt"


def fields(letter: Letter, sure: float, lang: Lang) -> list[FieldView]:
    """Every value of a letter, those that must be checked marked; then what may be added by hand."""
    made = [
        _field(letter, path, ink, sure, lang) for path, ink in readings(letter) if bare(path) not in _HIDDEN
    ]
    present = {field.path for field in made}
    made += [_absent(path, lang) for path in _OFFERED if path not in present]
    return made


def _field(letter: Letter, path: str, ink: Reading[Any], sure: float, lang: Lang) -> FieldView:
    name = bare(path)
    known = certainty(ink, sure)
    if known == "unread" and is_uncounted(letter, path):
        known = "check"  # it was understood: only the day that it counts from is not known
    text = "" if ink.value is None else written(bare(path), ink.value, lang)
    raw = ink.raw.strip()
    box = ink.box
    if box is not None and ink.reader == "text-layer":  # fonts do not say how high Thai marks stand
        box = Box(box.x0, box.y0 - 0.5 * box.height, box.x1, box.y1)
    return FieldView(
        path=path,
        label=label(path, lang),
        text=text,
        typed=typed(ink.value),
        raw="" if raw == text or name in ("kind", "body") else raw,
        certainty=known,
        percent=round(ink.confidence * 100),
        page=ink.page,
        box=box,
        crop=None if box is None else _crop(box),
        candidates=tuple(
            Option(typed(value), written(bare(path), value, lang))
            for value in ink.candidates[:5]
            if value != ink.value
        ),
        choices=_choices(name, lang),
        must=name in _MUST and known in ("check", "doubt", "unread") and not is_uncounted(letter, path),
        long=name in _LONG,
    )


def _absent(path: str, lang: Lang) -> FieldView:
    return FieldView(
        path=path,
        label=label(path, lang),
        text="",
        typed="",
        raw="",
        certainty="absent",
        percent=0,
        page=None,
        box=None,
        crop=None,
        candidates=(),
        choices=_choices(path, lang),
        must=False,
        long=False,
    )


def _choices(name: str, lang: Lang) -> tuple[Option, ...]:
    return tuple(Option(value, written(name, value, lang)) for value in CHOICES.get(name, ()))


def _crop(box: Box) -> Crop:
    """The place around a box, with some paper on every side; about three times as large as on the page."""
    wide, high = max(box.width, 8.0) + 16, min(max(box.height, 8.0) + 8, 120.0)
    return Crop(f"{box.x0 - 8:.1f} {box.y0 - 4:.1f} {wide:.1f} {high:.1f}", round(wide / 6, 1))


class PageView(NamedTuple):
    """One page of a document: its size in points."""

    number: int
    width: float
    height: float


def page_views(result: Result, only: tuple[int, ...] = ()) -> list[PageView]:
    """The pages that have a picture; of one letter, its own. A transcript has none."""
    return [
        PageView(number, width, height)
        for number, (width, height) in enumerate(result.page_sizes, 1)
        if width > 0 and height > 0 and (not only or number in only)
    ]


def findings_of(result: Result, position: int | None) -> Iterator[Finding]:
    """The findings of one letter and of its file, the gravest first; of a document without letters, all."""
    order = {"error": 0, "warning": 1, "note": 2}
    found = [each for each in result.findings if position is None or each.letter in (None, position)]
    yield from sorted(found, key=lambda each: order[each.severity.value])
