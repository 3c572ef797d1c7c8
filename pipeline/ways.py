"""The ways of reading a place where officials write by pen, and which of them to believe.

A line with its pen ink is read at once, and the pen ink alone: by the second reader, who is told what can stand there,
or by the first where there is no second. What the printed part says is known from the line without pen; only what
stands behind a number's slash or before a month is taken from these ways.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Literal

from parsers.text import to_arabic
from pipeline import beam, ocr, reader, second
from pipeline.beam import Grammar
from pipeline.lines import Strip
from pipeline.ocr import Glyph, StripText
from pipeline.second import MONTH

_HEAD = re.compile(r"^.{0,3}ท.{0,2} ?[ก-ฮ]{2,5}[. ]*[\d.() ]*/?")  # ที่ ศธ 04005/
_NUMBER = re.compile(r"[ก-ฮ]{2,5}\.? ?\d[\d.() ]*/ ?ว?[. ]*\d{1,6}\b")
_DAYLESS = re.compile(rf"^\D{{0,3}}{MONTH}")
_DAY = re.compile(rf"(?<!\d)(\d{{1,2}}) ?{MONTH}")
_BLANK = re.compile(r"^.{0,2}(?:เลข|รับ|ท.{0,2}รับ|วันท|เวลา|ลงว)")
_SHORT = 30  # signs of a line that is a date; longer ones are running text
_DIGIT = re.compile(r"\d")

Kind = Literal["number", "day", "blank"]


@dataclass(frozen=True)
class Look:
    """A strip taken once more, with the pen ink beside it, and what it says."""

    index: int
    whole: bool  # the strip stands for the line at `index`; else it is pen ink to stand after that line
    strip: Strip
    text: StripText
    agreed: bool  # every way of reading it says the same


@dataclass(frozen=True)
class Zone:
    """A line with the pen ink beside it as one strip, that pen ink alone, and what the line said without it."""

    index: int
    kind: Kind
    strip: Strip
    pen: Strip | None
    printed: StripText


@dataclass(frozen=True)
class _Way:
    """One way to read a zone, and how much it weighs."""

    text: StripText
    weight: float

    @property
    def key(self) -> str:
        """What must be the same where ways agree."""
        return second.digits(self.text.text)


_BLANKS: tuple[tuple[re.Pattern[str], Grammar], ...] = (
    (re.compile("วันท|ลงว"), beam.DATE),
    (re.compile("เวล"), beam.TIME),
    (re.compile("รับ|เลข"), beam.RECEIPT),
)


def grammar_of(kind: Kind, label: str) -> Grammar | None:
    """What can stand there by pen; `label`: what is printed before a blank."""
    if kind == "number":
        return beam.RUNNING
    if kind == "day":
        return beam.DAY
    return next((grammar for pattern, grammar in _BLANKS if pattern.search(label)), None)


def is_dayless(text: str) -> bool:
    """Whether a short line is a month and a year without a day."""
    return _DAYLESS.match(text) is not None and len(text) < _SHORT


def lacking(text: str) -> Kind | None:
    """What a line's text lacks that pen may have filled in."""
    if (_HEAD.match(text) or second.HEAD_ALONE.match(text)) and len(text) < 45:
        return "number"
    if is_dayless(text):
        return "day"
    if _BLANK.match(text) and len(text) < 40:
        return "blank"
    return None


@dataclass(frozen=True)
class Ways:
    """All readings of a zone, and of its pen ink alone what was read first."""

    all: list[_Way]
    own: StripText | None


def ways_of(zones: Sequence[Zone], timeout_s: float) -> list[Ways]:
    """Read zones in every way. Tesseract is not asked beside the second reader: on pen it adds its start alone."""
    if second.is_asked():
        return [_read_again(zone) for zone in zones]
    strips = [zone.strip.image for zone in zones] + [zone.pen.image for zone in zones if zone.pen is not None]
    read = ocr.read_strips(strips, timeout_s)
    alone = iter(read[len(zones) :])
    found = []
    for zone, whole in zip(zones, read, strict=False):
        own = next(alone) if zone.pen is not None else None
        found.append(by_first(zone, whole, own))
    return found


def by_first(zone: Zone, whole: StripText, own: StripText | None) -> Ways:
    """What the first reader says of a zone with its pen ink (`whole`), and of that pen ink alone."""
    return Ways([_way(zone, whole, 1.0), *_alone(zone, own, 0.7)], own)


def _read_again(zone: Zone) -> Ways:
    """What the second reader says; it knows better what pen alone may say."""
    whole = _way(zone, reader.read(zone.strip.image).text, 0.9)
    if zone.pen is None:
        return Ways([whole], None)
    own = reader.read(zone.pen.image, grammar_of(zone.kind, zone.printed.text))
    return Ways([whole, *_alone(zone, own.text, 0.6 + 0.8 * own.share)], own.text)


def weigh(zone: Zone, ways: Ways) -> Look | None:
    """The reading of a zone that most ways of reading it support; agreed where all of them say the same."""
    before = to_arabic(zone.printed.text)
    good = [way for way in ways.all if _better(zone.kind, before, to_arabic(way.text.text))]
    if not good:
        return _pen_alone(zone, ways.own) if zone.kind == "blank" else None
    support: dict[str, float] = {}
    for way in good:
        support[way.key] = support.get(way.key, 0.0) + way.weight
    for key in support:  # what reads as ๑๒๓ to some and as ว๒๓ to others counts for ว๒๓
        support[key] += sum(
            weight for plain, weight in dict(support).items() if second.is_circular(plain, key)
        )
    ranked = sorted(good, key=lambda way: (-support[way.key], -way.weight))
    best = ranked[0]
    rivals = [way.text for way in ranked if way.key != best.key]
    agreed = not rivals and len(good) == len(ways.all) > 1
    text = second.compared(best.text, rivals[0]) if rivals else best.text
    return Look(zone.index, True, zone.strip, text, agreed)


def _way(zone: Zone, text: StripText, weight: float) -> _Way:
    """A reading of the whole zone, its printed part as it was read without the pen ink."""
    glyphs = [glyph for word in text.words for glyph in word]
    plain = "".join(to_arabic(glyph.text)[:1] for glyph in glyphs)
    if zone.kind == "number" and "/" in plain and zone.printed.words:
        slash = plain.rindex("/")
        return _Way(_numbered(zone, glyphs[slash:]), weight)
    month = re.search(MONTH, plain) if zone.kind == "day" else None
    if month is not None:
        day = tuple(glyph for glyph in glyphs[: month.start()] if glyph.text.isdigit())
        return _Way(StripText((*([day] if day else []), *zone.printed.words)), weight)
    return _Way(text, weight)


def _numbered(zone: Zone, tail: list[Glyph]) -> StripText:
    """The printed start of a number up to its slash, and behind it what was read from that slash on."""
    *words, last = zone.printed.words
    slash = "".join(glyph.text[:1] for glyph in last).rfind("/")
    head, rest = (last[: slash + 1], tail[1:]) if slash >= 0 else (last, tail)
    return StripText((*words, (*head, *rest)))


def _alone(zone: Zone, own: StripText | None, weight: float) -> list[_Way]:
    """The printed line as it was read, with its pen ink as it reads alone."""
    if zone.pen is None or own is None or not _DIGIT.search(own.text):
        return []
    pen, printed = moved(own, zone.pen.left - zone.strip.left).words, zone.printed.words
    glyphs = tuple(glyph for word in pen for glyph in word)
    if zone.kind == "day":
        return [_Way(StripText((tuple(g for g in glyphs if g.text.isdigit()), *printed)), weight)]
    if zone.kind == "number" and printed:
        return [_Way(StripText((*printed[:-1], (*_slashed(printed[-1], glyphs), *glyphs))), weight)]
    if _DIGIT.search(zone.printed.text):
        return []  # nobody knows which digits of the label's row are pen
    return [_Way(StripText((*printed, *pen)), weight)]


def _slashed(head: tuple[Glyph, ...], pen: tuple[Glyph, ...]) -> tuple[Glyph, ...]:
    """The printed start of a number with its slash. Where none was read, a ๗ at its end was a ๓ before a slash."""
    if pen[0].text == "/" or any(glyph.text == "/" for glyph in head) or not head[-1].text[0].isdigit():
        return head
    last = head[-1]
    x0, y0, x1, y1 = last.box
    middle, doubt = (x0 + x1) / 2, min(second.DOUBT, last.confidence)
    digit = {"๗": "๓", "7": "3"}.get(last.text, last.text)
    return (*head[:-1], Glyph(digit, (x0, y0, middle, y1), doubt), Glyph("/", (middle, y0, x1, y1), doubt))


def moved(text: StripText, across: int) -> StripText:
    """A text read on one strip, its boxes on another that begins so many pixels further left."""
    return StripText(tuple(tuple(_glyph_moved(glyph, across) for glyph in word) for word in text.words))


def _glyph_moved(glyph: Glyph, across: int) -> Glyph:
    x0, y0, x1, y1 = glyph.box
    return replace(glyph, box=(x0 + across, y0, x1 + across, y1))


def _pen_alone(zone: Zone, own: StripText | None) -> Look | None:
    """Pen ink in a stamp's blank that reads by itself only."""
    if zone.pen is None or own is None or not _DIGIT.search(own.text):
        return None
    return Look(zone.index, False, zone.pen, own, agreed=False)


def _better(kind: Kind, before: str, after: str) -> bool:
    if kind == "number":
        return bool(_NUMBER.search(after)) and len(after) < len(before) + 16
    if kind == "day":
        return bool(_DAY.search(after))
    same_label = before[:4] == after[:4] or bool(_BLANK.match(after))
    return same_label and sum(c.isdigit() for c in after) > sum(c.isdigit() for c in before)
