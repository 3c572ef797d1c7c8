"""A second look at places where officials write by pen: the running number, the day, the blanks of receipt stamps.

In more than half of real letters `ที่ ศธ ๐๔๐๐๕/` is printed and the running number is written; the same goes for the
day before a printed month. Pen digits are two to three times as high as print, often blue, and hang above and
below the line, so the line finder leaves them out. Here all ink that hangs together with such a place is taken,
whatever its colour, and read once more as one strip with its printed neighbour.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

import numpy as np

from parsers.text import to_arabic
from pipeline import lines
from pipeline.bands import Band
from pipeline.image import Gray, Sheet
from pipeline.ink import A, Flags, Floats, H, Ink, Ints, W, X, Y, leader_dots
from pipeline.lines import Strip
from pipeline.ocr import StripText
from pipeline.ways import Kind, Look, Zone, lacking, moved, ways_of, weigh

_REACH = {"number": 22.0, "day": 9.0, "blank": 22.0}  # x-heights that pen may run on for
_LABEL = re.compile("^(?:วันที่|ที่|เรื่อง|เรียน|ลงวันที่)$")
_FIGURES = re.compile(r"^ว?[. ]{0,2}[\d./ ]{2,9}$")
_INKED = 200  # grey levels; paper is lighter
_READ = 0.8  # confidence from which a label is believed to be one
_AROUND = 32.0, 8.0  # x-heights across and down: further than any pen's reach, so that no piece of it is cut

_Wanted = Sequence[tuple[int, Kind]]
_Zone = tuple[int, Kind, tuple[Strip, Strip | None]]


def second_look(
    sheet: Sheet, strips: Sequence[Strip], texts: Sequence[StripText], timeout_s: float
) -> list[Look]:
    """Lines that read better together with the pen ink beside them."""
    wanted = [
        (i, kind) for i, text in enumerate(texts) if (kind := lacking(to_arabic(text.text))) is not None
    ]
    if not wanted:
        return []
    known = print_or_pen(texts)
    zones = _each_ink_once(_zones(sheet, strips, wanted, known))
    made = [
        Zone(i, kind, strip, pen, moved(texts[i], strips[i].left - strip.left))
        for i, kind, (strip, pen) in zones
    ]
    looks = (weigh(zone, ways) for zone, ways in zip(made, ways_of(made, timeout_s), strict=True))
    return [look for look in looks if look is not None]


def _zones(sheet: Sheet, strips: Sequence[Strip], wanted: _Wanted, known: Mapping[int, bool]) -> list[_Zone]:
    """The places of pen ink. Beside print it is looked for without red ink first: an agency's seal is red,
    stands over the day, and joins all that its rim crosses; the blanks of a red stamp need its labels."""
    red = _red(sheet, strips) if sheet.hues else {}
    cool = [(i, kind) for i, kind in wanted if kind != "blank" and i not in red] if sheet.hues else []
    found = _zones_in(sheet.black, sheet.hues[1], strips, cool, {**known, **red}) if cool else []
    seen = {i for i, _, _ in found}
    rest = [(i, kind) for i, kind in wanted if i not in seen]
    found += _zones_in(sheet.black, sheet.colour, strips, rest, known) if rest else []
    return sorted(found, key=lambda zone: zone[0])


def _red(sheet: Sheet, strips: Sequence[Strip]) -> dict[int, bool]:
    """The lines with red ink in them, as those that can be no print beside pen: False for each."""
    return {
        i: False
        for i, strip in enumerate(strips)
        if 5 * _inked(sheet.hues[0][strip.box[1] : strip.box[3], strip.box[0] : strip.box[2]])
        > _inked(strip.image)
    }


def _inked(part: Gray) -> int:
    return int(np.count_nonzero(part < _INKED))


def _zones_in(
    black: Gray, colour: Gray | None, strips: Sequence[Strip], wanted: _Wanted, known: Mapping[int, bool]
) -> list[_Zone]:
    """The places of pen ink in the black layer and another one together."""
    place = _place_of([strips[i] for i, _ in wanted], black.shape)
    near = [strip.moved(-place[0], -place[1]) for strip in strips]
    ink = Ink.of(_all_ink(black, colour, place))
    rows = [i for i, kind in wanted if kind == "blank"]
    return [
        (i, kind, (zone[0].moved(*place[:2]), zone[1] and zone[1].moved(*place[:2])))
        for i, kind in wanted
        if (zone := _zone(ink, near, i, kind, rows, known)) is not None
    ]


def print_or_pen(texts: Sequence[StripText]) -> dict[int, bool]:
    """Of some lines, whether their ink is print: labels are, however short and large; bare figures may be pen."""
    found = {}
    for i, text in enumerate(texts):
        if _LABEL.search(text.text) and text.confidence > _READ:
            found[i] = True
        elif _FIGURES.search(to_arabic(text.text)):
            found[i] = False
    return found


def _each_ink_once(zones: Sequence[_Zone]) -> list[_Zone]:
    """Zones without blanks (`วันที่ ….`) whose pen ink is the day before a printed month on the same row."""
    days = [strip.box for _, kind, (strip, _) in zones if kind == "day"]

    def taken(pen: Strip | None) -> bool:
        if pen is None:
            return False
        x, y = (pen.box[0] + pen.box[2]) / 2, (pen.box[1] + pen.box[3]) / 2
        return any(x0 <= x <= x1 and y0 <= y <= y1 for x0, y0, x1, y1 in days)

    return [zone for zone in zones if zone[1] != "blank" or not taken(zone[2][1])]


def _place_of(strips: Sequence[Strip], shape: tuple[int, ...]) -> tuple[int, int, int, int]:
    """The part of a page where all pen that belongs to these strips can stand: x0, y0, x1, y1."""
    grown = [
        (x0 - across, y0 - down, x1 + across, y1 + down)
        for (x0, y0, x1, y1), across, down in (
            (s.box, int(_AROUND[0] * s.x_height), int(_AROUND[1] * s.x_height)) for s in strips
        )
    ]
    lefts, tops, rights, feet = zip(*grown, strict=True)
    return max(0, min(lefts)), max(0, min(tops)), min(shape[1], max(rights)), min(shape[0], max(feet))


def _all_ink(black: Gray, colour: Gray | None, place: tuple[int, int, int, int]) -> Gray:
    """The ink of both layers in one part of a page."""
    part = slice(place[1], place[3]), slice(place[0], place[2])
    return black[part] if colour is None else np.minimum(black[part], colour[part])


def _zone(
    ink: Ink, strips: Sequence[Strip], index: int, kind: Kind, rows: Sequence[int], known: Mapping[int, bool]
) -> tuple[Strip, Strip | None] | None:
    """The line's own ink with the pen ink that hangs together with its end (or, for a day, its beginning); that alone.

    `rows`: the lines that are blanks of stamps too; ink in a blank belongs to the row on whose line it stands.
    `known`: of which other strips it is known whether they are print.
    """
    strip = strips[index]
    size, stats = strip.x_height, ink.stats
    x0, _, x1, _ = strip.box
    base = _base(strip, stats[:, X] + stats[:, W] / 2)
    middle = stats[:, Y] + stats[:, H] / 2
    usable = (stats[:, A] > 0.02 * size**2) & (stats[:, H] < 4.5 * size) & (stats[:, W] < 8 * size)
    if kind == "blank":  # figures near a blank are those of its neighbours as well
        known = {i: is_print for i, is_print in known.items() if is_print}
    usable &= ~_foreign(stats, strips, index, known) & ~leader_dots(stats, size, stats[:, A] > 0)
    above = 2.8 if kind == "blank" else 2.1  # the small type of stamps, and stamps stand askew
    level = (middle > base - above * size) & (middle < base + 0.9 * size)
    inside = (stats[:, X] + stats[:, W] > x0 - 2) & (stats[:, X] < x1 + 2)
    own = np.flatnonzero(usable & inside & level).tolist()
    if kind == "blank":
        level &= _nearest_row(stats, [s for i, s in enumerate(strips) if i == index or i in rows], strip)
    beside = np.flatnonzero(usable & level & ~inside & (stats[:, H] > 0.3 * size)).astype(np.int32)
    joined = _chain(stats, beside, (x0, x1), size, kind)
    if not own or (not joined and kind != "blank"):
        return None
    return _cut(ink, own + joined, strip), _cut(ink, joined, strip) if joined else None


def _nearest_row(stats: Ints, rows: Sequence[Strip], own: Strip) -> Flags:
    """Ink whose foot is nearer to this row's baseline than to any other row's of the same stamp."""
    foot, x = stats[:, Y] + stats[:, H], stats[:, X] + stats[:, W] / 2
    mates = [row for row in rows if row is own or abs(row.box[0] - own.box[0]) < 6 * own.x_height]
    distances = np.stack([np.abs(foot - _base(row, x)) for row in mates])
    return np.asarray(distances.argmin(axis=0) == next(i for i, row in enumerate(mates) if row is own))


def _cut(ink: Ink, ids: list[int], strip: Strip) -> Strip:
    x0, x1 = int(ink.stats[ids, X].min()), int((ink.stats[ids, X] + ink.stats[ids, W]).max())
    return lines.cut(ink, Band(ids, x0, x1, strip.x_height, _line_of(strip)))


def _chain(stats: Ints, beside: Ints, ends: tuple[int, int], size: float, kind: Kind) -> list[int]:
    """Pieces beside a line, from its end outwards, as long as they stand close together."""
    joined: list[int] = []
    if kind == "day":
        edge = ends[0]
        for i in beside[np.argsort(-(stats[beside, X] + stats[beside, W]))]:
            if stats[i, X] + stats[i, W] > ends[0] + size or edge - stats[i, X] - stats[i, W] > 3.5 * size:
                continue
            if ends[0] - stats[i, X] > _REACH[kind] * size:
                break
            joined.append(int(i))
            edge = min(edge, int(stats[i, X]))
        return joined
    edge = ends[1]
    for i in beside[np.argsort(stats[beside, X])]:
        gap = 5.0 * size if kind == "blank" and not joined else max(2.6 * size, 1.2 * float(stats[i, H]))
        if stats[i, X] < ends[1] - size or stats[i, X] - edge > gap:
            continue
        if stats[i, X] + stats[i, W] - ends[1] > _REACH[kind] * size:
            break
        joined.append(int(i))
        edge = max(edge, int(stats[i, X] + stats[i, W]))
    return joined


def _foreign(stats: Ints, strips: Sequence[Strip], index: int, known: Mapping[int, bool]) -> Flags:
    """Ink that is surely another line's: inside its box, on its band."""
    x, y = stats[:, X] + stats[:, W] / 2, stats[:, Y] + stats[:, H] / 2
    foreign = np.zeros(len(stats), dtype=bool)
    own = strips[index].box
    for other, strip in enumerate(strips):
        short = strip.box[2] - strip.box[0] < 6 * strip.x_height
        scrap = short or strip.x_height > 1.6 * strips[index].x_height
        if other == index or not known.get(other, not scrap):
            continue  # a short or a large scrap beside the line may be its pen ink
        base = _base(strip, x)
        inside = (
            (x > strip.box[0])
            & (x < strip.box[2])
            & (y > base - 1.3 * strip.x_height)
            & (y < base + 0.4 * strip.x_height)
        )
        foreign |= inside
    mine = (x > own[0]) & (x < own[2]) & (y > own[1]) & (y < own[3])
    return foreign & ~mine


def _line_of(strip: Strip) -> Floats:
    (left, right), (x0, _, x1, _) = strip.base, strip.box
    slope = (right - left) / max(1, x1 - x0)
    return np.array([slope, left - slope * x0])


def _base(strip: Strip, x: Floats) -> Floats:
    return np.asarray(np.polyval(_line_of(strip), x))
