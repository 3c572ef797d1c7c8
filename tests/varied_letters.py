"""Letters as offices of many kinds write them, on file in `tests/varied`, set as pages or as transcripts.

A file holds letters: `== name`, what a careful clerk notes (`field value`, one a line), `---`, then the page's rows.
A row is the place where it begins, a blank, and its text; `||` parts two texts on one height:

    L  the left margin        T  a little in from it     P  a paragraph's indent    V  under the value above
    M  the page's middle      R  the right-hand block    Q  the column of quantities
    C  centred on the page    S  centred where people sign                          X  a stamp's coloured ink, right
    1 to 9  the columns of a table, 50 points apart

An empty row is a gap; a row of `~` begins another page. People, places and offices are invented.
In `tests/varied/results` are results, awards and tables; a fact with `*` needs to know where its words stand.
"""

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Literal, NamedTuple

from schemas.ink import Line, Page
from tests.layout import line, page, width, words_of

FOLDER = Path(__file__).parent / "varied"
Setting = Literal["joined", "apart", "labels", "noisy", "rows", "flat"]
"""Texts on one height as one line with a gap, or apart; labels apart from their values; uneven, between scraps of
ink; and without boxes, each text a row, or each height a row."""
SETTINGS: tuple[Setting, ...] = ("joined", "apart", "labels", "noisy", "rows", "flat")

_PLACES = {"L": 85.0, "T": 127.0, "P": 156.0, "M": 297.0, "R": 345.0, "Q": 462.0, "X": 430.0}
_PLACES |= {str(step): 85.0 + 50 * (step - 1) for step in range(1, 10)}
_CENTRES = {"C": 297.0, "S": 350.0}
_LABELS = ("เรื่อง", "เรียน", "อ้างถึง", "สิ่งที่ส่งมาด้วย", "กราบเรียน", "นมัสการ", "ส่วนราชการ", "ถึง")
_STEP, _GAP, _TOP = 20.0, 14.0, 60.0  # points


@dataclass(frozen=True)
class Varied:
    """One letter: its name, what is true of it, its rows."""

    name: str
    truth: tuple[tuple[str, str], ...]
    rows: tuple[str, ...]

    def pages(self, setting: Setting) -> tuple[Page, ...]:
        """The letter as a reader hands it over."""
        sheets = list(_sheets(self.rows))
        if setting in ("rows", "flat"):
            return tuple(
                words_of(_texts(sheet, flat=setting == "flat"), at) for at, sheet in enumerate(sheets, 1)
            )
        chance = random.Random(self.name)
        made = [list(_lines(sheet, at, setting)) for at, sheet in enumerate(sheets, 1)]
        if setting == "noisy":
            made = [_worn(lines, chance) for lines in made]
        return tuple(
            page((), at).model_copy(update={"lines": tuple(lines)}) for at, lines in enumerate(made, 1)
        )


class _Text(NamedTuple):
    x: float
    text: str
    colour: bool


def letters(folder: Path = FOLDER) -> tuple[Varied, ...]:
    """Every letter on file in a folder."""
    return tuple(one for file in sorted(folder.glob("*.txt")) for one in _read(file))


def _read(file: Path) -> Iterator[Varied]:
    for part in file.read_text(encoding="utf-8").split("\n== "):
        head, _, rows = part.removeprefix("== ").partition("\n---\n")
        name, *facts = head.splitlines()
        pairs = [fact.partition(" ") for fact in facts]
        yield Varied(name, tuple((field, value) for field, _, value in pairs), tuple(rows.splitlines()))


def _sheets(rows: Sequence[str]) -> Iterator[list[str]]:
    sheet: list[str] = []
    for row in rows:
        if row == "~":
            yield sheet
            sheet = []
        else:
            sheet.append(row)
    yield sheet


def _texts(sheet: Sequence[str], *, flat: bool) -> list[str]:
    rows: list[str] = []
    for row in sheet:
        parts = [part.strip() for part in row.split("||") if part.strip()]
        black = [part[2:] for part in parts if part[0] != "X"]
        rows += [" ".join(black)] if flat and black else black
        rows += [part[2:] for part in parts if part[0] == "X"]
    return rows


def _lines(sheet: Sequence[str], number: int, setting: Setting) -> Iterator[Line]:
    y, value = _TOP, _PLACES["T"]
    for row in sheet:
        if not row.strip():
            y += _GAP
            continue
        texts = []
        for part in row.split("||"):
            place, text = part.strip()[0], part.strip()[2:]
            x = value if place == "V" else _PLACES.get(place)
            texts.append(_Text(_CENTRES[place] - width(text) / 2 if x is None else x, text, place == "X"))
            label, gap, rest = text.partition("  ")
            if gap and place == "L":
                value = _PLACES["L"] + width(label) + width(" ") * (2 + len(rest) - len(rest.lstrip()))
        yield from _height(texts, y, number, setting)
        y += _STEP


def _height(texts: Sequence[_Text], y: float, number: int, setting: Setting) -> Iterator[Line]:
    made = [
        line(one.x, y, one.text, page=number, ink="colour" if one.colour else "black", size=16)
        for one in texts
    ]
    black = [each for each in made if each.ink == "black"]
    if setting == "labels":
        yield from (part for each in made for part in _label_apart(each))
        return
    if setting != "joined" or len(black) < 2:
        yield from made
        return
    words = tuple(word for each in black for word in each.words)
    boxes = [each.box for each in black if each.box is not None]
    joined = black[0].model_copy(
        update={
            "text": " ".join(each.text for each in black),
            "words": words,
            "box": boxes[0]._replace(x1=boxes[-1].x1),
        }
    )
    yield joined
    yield from (each for each in made if each.ink != "black")


def _label_apart(one: Line) -> Iterator[Line]:
    """A label that stands at the left margin as a line of its own."""
    if one.box is None or one.box.x0 != _PLACES["L"] or one.words[0].text not in _LABELS:
        yield one
        return
    for words in (one.words[:1], one.words[1:]):
        if words:
            box = words[0].box
            assert box is not None
            assert words[-1].box is not None
            text = " ".join(word.text for word in words)
            yield one.model_copy(
                update={"text": text, "words": words, "box": box._replace(x1=words[-1].box.x1)}
            )


def _worn(lines: Sequence[Line], chance: random.Random) -> list[Line]:
    """Lines that do not stand quite even, between what emblem, signature and dirt leave."""
    worn = []
    for one in lines:
        up = chance.uniform(-2.5, 2.5)
        words = tuple(
            word.model_copy(update={"box": word.box._replace(y0=word.box.y0 + up, y1=word.box.y1 + up)})
            for word in one.words
            if word.box is not None
        )
        assert one.box is not None
        box = one.box._replace(y0=one.box.y0 + up, y1=one.box.y1 + up)
        worn.append(one.model_copy(update={"words": words, "box": box}))
    number = lines[0].page
    emblem, scrawl = chance.choice(("๕", "11", "ขต", "ตรา")), chance.choice(("๒๑๑๖", "สม", "Jo-", "๓ไว"))
    signed = next((at for at, one in enumerate(worn) if one.text.startswith("(")), None)
    if signed is not None:
        height = worn[signed].box
        assert height is not None
        mark = line(330, height.y0 - 14, scrawl, page=number, confidence=0.4, ink="colour")
        worn.insert(signed, mark)
    return [line(285, 34, emblem, page=number, confidence=0.4), *worn]
