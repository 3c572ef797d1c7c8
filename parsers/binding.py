"""Which annex belongs to which letter of a file, which enclosure it is, and which enclosures are not there."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

from parsers.annexes import Match, Piece, copies_letter, find_pieces, likeness, match, title_of
from parsers.dates import find_dates
from parsers.letters import ReadPart
from parsers.numbers import find_letter_numbers
from parsers.references import same_letter
from parsers.rows import Row
from parsers.text import squash
from schemas.contest import Annex
from schemas.letter import Enclosure, Letter

_EARLIER = (
    86.0  # of 100: how near an annex must come to an enclosure of a letter that is not the one before it
)
_LEAST = 24  # letters that make a paper; less is a scrap of the letter itself
_UNMATCHED, _UNLISTED = 0.7, 0.6
_SPLIT = 0.7  # below this it is not known where the letter ends, and so neither what is missing
_BACK, _AHEAD = 4, 12  # letters before and behind one among which the rest of its bundle lies
_APPENDED = re.compile(
    r"แนบท้าย"
)  # orders and announcements list no enclosures: their appendix says what it is
_THAI = re.compile(r"[\u0e01-\u0e2eA-Za-z]")


class Bound(NamedTuple):
    """The letters with their enclosures resolved, the annexes, and each annex's rows."""

    letters: tuple[Letter, ...]
    annexes: tuple[Annex, ...]
    rows: tuple[tuple[Row, ...], ...]


class _Sent(NamedTuple):
    piece: Piece
    letter: int
    enclosure: int | None
    confidence: float


def bind(parts: Sequence[ReadPart]) -> Bound:
    """Match what letters list (สิ่งที่ส่งมาด้วย) with the letters and papers of the same file."""
    letters = [part.letter for part in parts]
    copies = {
        (at, place): other
        for at, letter in enumerate(letters)
        for place, enclosure in enumerate(letter.enclosures)
        if (other := _copied(enclosure, at, letters)) is not None
    }
    sent: list[_Sent] = []
    for at, part in enumerate(parts):
        sent.extend(_sent_with(at, part, letters, set(copies)))
    annexes = tuple(_annex(one) for one in sent)
    resolved = tuple(_resolved(at, letter, sent, copies) for at, letter in enumerate(letters))
    return Bound(resolved, annexes, tuple(one.piece.rows for one in sent))


def _sent_with(
    at: int, part: ReadPart, letters: Sequence[Letter], copied: set[tuple[int, int]]
) -> list[_Sent]:
    """The papers that lie behind one letter: its own enclosures, or those of a letter before it."""
    own = _open(at, letters[at], copied)
    earlier = [(i, p, t) for i in range(max(0, at - _BACK), at) for p, t in _open(i, letters[i], copied)]
    titles = [title for _, title in own] + [title for _, _, title in earlier]
    pieces = [piece for piece in find_pieces(part.annex, titles) if _is_paper(piece)]
    places = _numbered(letters[at]) if _labelled(pieces) else [place for place, _ in own]
    names = _all_titles(letters[at]) if _labelled(pieces) else [title for _, title in own]
    found: list[_Sent] = []
    for piece, hit in zip(pieces, match(pieces, names), strict=True):
        enclosure = places[hit.enclosure] if hit is not None else None
        sure = _sureness(piece, hit, listed=bool(names))
        best = max(((likeness(piece.heading, t), i, p) for i, p, t in earlier), default=(0.0, 0, 0))
        weak = hit is None or hit.confidence < 0.8
        if (
            weak
            and best[0] >= _EARLIER
            and not any(o.letter == best[1] and o.enclosure == best[2] for o in found)
        ):
            found.append(_Sent(piece, best[1], best[2], min(piece.confidence, 0.9)))
        else:
            found.append(_Sent(piece, at, enclosure, sure))
    return found


def _sureness(piece: Piece, hit: Match | None, *, listed: bool) -> float:
    """How surely a paper is an annex of the letter before it."""
    if hit is not None:
        return min(piece.confidence, hit.confidence)
    if listed:
        return _UNMATCHED
    return 0.92 if _APPENDED.search(piece.heading) is not None else _UNLISTED


def _labelled(pieces: Sequence[Piece]) -> bool:
    return any(piece.label is not None and piece.label.number is not None for piece in pieces)


def _numbered(letter: Letter) -> list[int]:
    return list(range(len(letter.enclosures)))


def _all_titles(letter: Letter) -> list[str]:
    return [_title(enclosure) for enclosure in letter.enclosures]


def _title(enclosure: Enclosure) -> str:
    return enclosure.title.value or enclosure.title.raw


def _open(at: int, letter: Letter, copied: set[tuple[int, int]]) -> list[tuple[int, str]]:
    """A letter's enclosures that are no copy of another letter in the file."""
    return [(place, _title(one)) for place, one in enumerate(letter.enclosures) if (at, place) not in copied]


def _is_paper(piece: Piece) -> bool:
    """Whether there is enough of it; a caption, a blank back or a scrap is no paper of its own."""
    return piece.label is not None or sum(len(_THAI.findall(row.text)) for row in piece.rows) >= _LEAST


def _annex(one: _Sent) -> Annex:
    pages = tuple(sorted({row.page for row in one.piece.rows}))
    return Annex(
        title=title_of(one.piece),
        pages=pages,
        letter=one.letter,
        enclosure=one.enclosure,
        confidence=round(one.confidence, 4),
    )


def _copied(enclosure: Enclosure, at: int, letters: Sequence[Letter]) -> int | None:
    """The other letter of the file that an enclosure announces a copy of."""
    if not copies_letter(enclosure):
        return None
    title = _title(enclosure)
    near = range(max(0, at - _BACK), min(len(letters), at + _AHEAD))
    scores = [(_copies(title, letters[i]), -i) for i in near if i != at]
    score, minus = max(scores, default=(0.0, 0))
    return -minus if score >= 0.5 else None


def _copies(title: str, other: Letter) -> float:
    """How surely a title names this letter: by its number and day, its subject, or its agency."""
    number = next(iter(find_letter_numbers(title)), None)
    date = next((found.value for found in find_dates(title) if found.value is not None), None)
    written = other.date.value if other.date is not None else None
    same = 0.0
    if number is not None and other.number is not None:
        readings = (other.number.value, *other.number.candidates)
        likely = [one for one in readings if one is not None]
        own = likely[0] if likely else None
        same = same_letter(number.value, date, own, written, likely[1:])
        if date is not None and written is not None and date.year == written.year:
            same = max(same, 0.8 * same_letter(number.value, None, own, None))  # one of the days is wrong
    dated = date is not None and date == written
    agency = squash(other.agency.value or "") if other.agency is not None else ""
    named = len(agency) >= 6 and agency in squash(title)
    subject = (other.subject.value or "") if other.subject is not None else ""
    about = likeness(title, subject) / 100 if len(subject) >= 10 else 0.0
    unnumbered = other.number is None or (other.number.value is None and not other.number.candidates)
    if number is not None and same < 0.5 and not (dated and (named or unnumbered)):
        return 0.0
    by_name = 0.9 if dated and named else 0.6 if (named and number is None) or (dated and unnumbered) else 0.0
    return max(same, by_name, about if about >= 0.86 else 0.0)


def _resolved(at: int, letter: Letter, sent: Sequence[_Sent], copies: dict[tuple[int, int], int]) -> Letter:
    """A letter whose enclosures say what they are in this file, or that they are not in it."""
    homes = {
        one.enclosure: place
        for place, one in enumerate(sent)
        if one.letter == at and one.enclosure is not None
    }
    loose = any(one.letter == at and one.enclosure is None for one in sent)
    absent = None if loose or letter.split < _SPLIT else False
    enclosures = []
    for place, enclosure in enumerate(letter.enclosures):
        copy, annex = copies.get((at, place)), homes.get(place)
        present = True if copy is not None or annex is not None else absent
        enclosures.append(enclosure.model_copy(update={"annex": annex, "letter": copy, "present": present}))
    return letter.model_copy(update={"enclosures": tuple(enclosures)})
