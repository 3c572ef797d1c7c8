"""Thai text as it should have been typed: marks in order, ำ in one piece, nothing invisible.

`normalise` gives the text alone; `fold` gives it with Arabic digits and a way back, so that a parser may
search clean text and still say where in the original its find stands.
"""

from __future__ import annotations

import codecs
import re
from collections.abc import Callable, Mapping, Sequence
from encodings import cp874
from functools import lru_cache
from typing import NamedTuple

_THAI = str.maketrans("0123456789", "๐๑๒๓๔๕๖๗๘๙")
_DIGITS = tuple(zip("๐๑๒๓๔๕๖๗๘๙", "0123456789", strict=True))

MARKS = "\u0e31\u0e34-\u0e3a\u0e47-\u0e4e"
"""The signs above and below a Thai consonant, for use inside a character class."""
LETTERS = "\u0e01-\u0e3a\u0e40-\u0e4e"
"""All that a Thai word is written with (no digits), for use inside a character class."""

_TONES = "\u0e48\u0e49\u0e4a\u0e4b\u0e4c"
# Fonts for Windows keep marks that are moved aside, raised or lowered at these private places, in this order.
_PRIVATE = {
    chr(0xF700 + place): char
    for place, char in enumerate(
        f"\u0e10\u0e34\u0e35\u0e36\u0e37{_TONES}{_TONES}\u0e0d\u0e31\u0e4d\u0e47{_TONES}\u0e38\u0e39\u0e3a"
    )
}
# The order of writing: below the line, above it, the tone, the silencer, and at last ำ.
_ORDER = (
    "\u0e3a",
    "\u0e38\u0e39",
    "\u0e31\u0e34\u0e35\u0e36\u0e37\u0e47\u0e4d",
    _TONES[:4],
    "\u0e4c\u0e4e",
    "\u0e33",
)
_RANK = {mark: rank for rank, marks in enumerate(_ORDER) for mark in marks}


def _in_order(found: re.Match[str]) -> str:
    """One run of marks, each once, in the order of writing; a ring beside ำ is ำ's own, doubled."""
    marks = dict.fromkeys(sorted(found[0], key=_RANK.__getitem__))
    if "\u0e33" in marks:
        marks.pop("\u0e4d", None)
    return "".join(marks)


_GLYPHS = "\uf700-\uf71a"
# Controls, soft hyphens, joiners, direction and variation marks.
_UNSEEN = (
    "\u0000-\u0008\u000e-\u001f\u007f-\u0084\u0086-\u009f\u00ad\u034f\u061c\u180e"
    "\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufe00-\ufe0f\ufeff"
)
_BREAKS = "\r\v\u0085\u2028\u2029"
_BLANKS = "\t\u00a0\u1680\u2000-\u200a\u202f\u205f\u3000"
_Step = tuple[re.Pattern[str], Callable[[re.Match[str]], str]]
# No step makes work for one before it, so that normalising twice is normalising once.
_STEPS: tuple[_Step, ...] = (
    (re.compile(f"[{_GLYPHS}]"), lambda found: _PRIVATE[found[0]]),
    (re.compile(f"[{_UNSEEN}]"), lambda found: ""),
    (re.compile(f"\r\n|[{_BREAKS}]"), lambda found: "\n"),
    (re.compile(f"[{_BLANKS}]"), lambda found: " "),
    (re.compile("\u0e40\u0e40"), lambda found: "\u0e41"),
    (  # ring, tones, า: one ำ after its tones
        re.compile("\u0e4d([\u0e31\u0e34-\u0e3a\u0e47-\u0e4c\u0e4e]*)\u0e32"),
        lambda found: found[1] + "\u0e33",
    ),
    (re.compile(f"[{MARKS}\u0e33]{{2,}}"), _in_order),
    (re.compile(" {2,}"), lambda found: " "),
    (re.compile(r" \n ?|\n |\A | \Z"), lambda found: "\n" if "\n" in found[0] else ""),
)


# Two marks that do not stand in the order of writing, or are of one kind.
_UNORDERED = re.compile(  # what stands first is one set of letters, which is looked for quickly
    f"[{''.join(_ORDER)}](?=[{''.join(_ORDER)}])(?:"
    + "|".join(f"(?<=[{marks}])[{''.join(_ORDER[: rank + 1])}]" for rank, marks in enumerate(_ORDER))
    + ")"
)
_STRANGE = re.compile(f"[{_GLYPHS}{_UNSEEN}{_BREAKS}{_BLANKS}]")
_BREAK = re.compile(r" \n|\n ")


def is_odd(text: str) -> bool:
    """Whether normalising may change a text; most lines of a page hold nothing of the kind."""
    return (
        _STRANGE.search(text) is not None
        or _UNORDERED.search(text) is not None
        or "\u0e40\u0e40" in text
        or "\u0e4d" in text
        or "  " in text
        or text[:1] == " "
        or text[-1:] == " "
        or ("\n" in text and _BREAK.search(text) is not None)
    )


def normalise(text: str) -> str:
    """Text with its marks in order, ำ composed, font-private glyphs folded, and single plain spaces.

    Lines keep their breaks. Doing it twice changes nothing more.

    >>> normalise("เเบบนํ้าฝน")
    'แบบน้ำฝน'
    """
    if not is_odd(text):
        return text
    for pattern, change in _STEPS:
        text = pattern.sub(change, text)
    return text


def to_arabic(text: str) -> str:
    """Thai digits as Arabic ones, one character for one, so that spans stay valid."""
    for thai, arabic in _DIGITS:  # to look for one letter is far quicker than to translate all
        if thai in text:
            text = text.replace(thai, arabic)
    return text


def to_thai(text: str) -> str:
    """Arabic digits as Thai ones, one character for one."""
    return text.translate(_THAI)


def letter_table(
    table: Mapping[int, str | None], otherwise: Callable[[str], str] | None = None
) -> Callable[[str], str]:
    """A function that does what `str.translate` does with a table, in an eighth of the time.

    Text of Thai and English letters has a byte a letter in Windows's code for Thai, and bytes are translated as one.
    Text with letters that the code does not have goes the usual way, or through `otherwise`.
    """
    known = dict(table)
    usual = otherwise if otherwise is not None else lambda text: text.translate(known)
    signs = {char: byte for byte in range(256) for char in cp874.decoding_table[byte] if char != "\ufffe"}
    same = bytearray(range(256))
    lost = bytes(byte for char, byte in signs.items() if ord(char) in known and not known[ord(char)])
    for char, byte in signs.items():
        same[byte] = signs[known.get(ord(char)) or char]
    changes = bytes(same)
    encode, decode = codecs.charmap_encode, codecs.charmap_decode

    def translate(text: str) -> str:
        try:
            coded = encode(text, "strict", cp874.encoding_table)[0]
        except UnicodeEncodeError:
            return usual(text)
        return decode(coded.translate(changes, lost), "strict", cp874.decoding_table)[0]

    return translate


def coded(text: str) -> bytes:
    """A text by one code a letter, that of Windows's code for Thai (? where it has none), and three zeros behind."""
    return codecs.charmap_encode(text, "replace", cp874.encoding_table)[0] + b"\0\0\0"


_NO_LETTER = re.compile(f"[^\\w{MARKS}]|_")


def _without_others(text: str) -> str:
    """A normalised text without what is no letter, mark or digit."""
    return _NO_LETTER.sub("", to_arabic(text).lower())


# The same letter by letter, for text of the letters that are met.
_squashed = letter_table(
    {ord(char): _without_others(char) or None for char in cp874.decoding_table if char != "\ufffe"},
    _without_others,
)


@lru_cache(maxsize=4096)  # names of places and offices are asked for again and again
def squash(text: str) -> str:
    """Text reduced to its letters, marks and Arabic digits in lower case: for comparison only.

    >>> squash("ที่ ลป ๐๐๑๗.๒/ว ๑๗๙๗")
    'ที่ลป00172ว1797'
    """
    return _squashed(normalise(text))


class Folded(NamedTuple):
    """Normalised text with Arabic digits, and where each of its characters stood in the original."""

    text: str
    places: Sequence[int]  # one more than there are characters: the last is the original's end
    original: str

    def span(self, start: int, end: int) -> tuple[int, int]:
        """The part of the original that a part of the folded text came from, without spaces behind it."""
        first, last = self.places[start], self.places[end]
        while last > first and self.original[last - 1].isspace():
            last -= 1
        return first, last


@lru_cache(maxsize=1024)  # the same rows are asked for days, hours, numbers and periods
def fold(text: str) -> Folded:
    """Normalise, turn digits into Arabic ones, and remember the way back."""
    folded: str = text
    places: Sequence[int] = range(len(text) + 1)
    for pattern, change in _STEPS if is_odd(text) else ():
        folded, places = _change(pattern, change, folded, places)
    return Folded(to_arabic(folded), places, text)


def _change(
    pattern: re.Pattern[str],
    change: Callable[[re.Match[str]], str],
    text: str,
    places: Sequence[int],
) -> tuple[str, Sequence[int]]:
    """`pattern.sub`, which also carries the places along."""
    pieces: list[str] = []
    kept: list[int] = []
    done = 0
    for found in pattern.finditer(text):
        new = change(found)
        pieces += text[done : found.start()], new
        kept += places[done : found.start()]
        last = max(found.end() - 1, found.start())
        kept += (places[min(found.start() + step, last)] for step in range(len(new)))
        done = found.end()
    if done == 0 and not pieces:
        return text, places
    pieces.append(text[done:])
    kept += places[done:]
    return "".join(pieces), kept


_LETTER_O = re.compile("[Oo](?:(?<=[0-9].)(?![A-Za-z])|(?<![A-Za-z].)(?=[0-9]))")


def mend_zeros(folded: Folded) -> Folded:
    """Folded text in which a letter O among digits has become the zero that it was: 3O มีนาคม."""
    if "O" not in folded.text and "o" not in folded.text:
        return folded
    return folded._replace(text=_LETTER_O.sub("0", folded.text))
