"""Two readers on the lines that matter: where they disagree on a digit, the digit is doubtful.

An engine is about as sure of a wrong pen digit as of a right one, and pen that the line finder took for print keeps
print's confidence. Two readers of different make seldom make the same mistake, so their disagreement is what tells.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from itertools import groupby

from rapidfuzz.distance import Levenshtein, Opcode, Opcodes

from parsers.text import to_arabic, to_thai
from pipeline import ocr, reader, worded
from pipeline.image import Gray
from pipeline.ocr import Glyph, StripText
from pipeline.reader import Hand

DOUBT = 0.6  # the most that stays of the confidence in a sign that the second reader reads as another
_SURE = 0.9
_BY_PEN = 0.35  # share of a figure's ink from which it is taken for pen
_SURELY_PEN = 0.7  # share from which no more is asked
_PEN_SHARE = 0.85  # what stays of the confidence in it: a place in a stamp that type fills is doubted, too
_SETTLED = 0.5  # share of its best guess from which the second reader is believed about pen
_MARKS = "[\u0e31\u0e34-\u0e3a\u0e47-\u0e4e]*"
_ALIKE = ("กถภ", "ดตค", "พฟผ", "สล", "มน", "ธร", "ฎฏภ", "ศษ")  # letters that worn type makes alike
_BEGINNINGS = (
    "มกรา",
    "กมภา",
    "มนา",
    "เมษา",
    "พฤษภา",
    "มถนา",
    "กรกฎา",
    "สงหา",
    "กนยา",
    "ตลา",
    "พฤศจกา",
    "ธนวา",
)


def _as_worn(month: str) -> str:
    """A pattern of a month's letters as worn type shows them: any marks, letters like them."""
    return "".join(
        f"[{''.join(group for group in _ALIKE if sign in group) or sign}]{_MARKS}" for sign in month
    )


MONTH = f"(?:{'|'.join(map(_as_worn, _BEGINNINGS))})"
"""The beginning of a printed month, as a pattern, whatever marks it lost: a seal or a fold spoils them first."""
HEAD_ALONE = re.compile(r"^[ก-ฮ]{2,5}[. ]{0,2}\d[\d.() ]{2,}/")
"""The start of a number whose ที่ stands in a strip of its own: ศธ 04005/."""
_MAY_BE_NUMBER = re.compile(
    r"^(?:.{0,2}ท.{0,2} ?)?(?!กทม)[ก-ฮ]{2,5}[. ]{0,2}\d[\d.,:;()/ ]*(?:[ก-ฮ]{0,1}[. ]*[\d ]+)?$"
)
"""A number whose slash or more was misread: large pen beside small print spoils both for a reader of print."""
_IS_NUMBER = re.compile(r"^(?:.{0,2}ท.{0,2} ?)?[ก-ฮ]{2,5}[. ]{0,2}\d[\d.() ]{1,}/ ?ว?[. ]?\d{1,6}$")
_KEY = (
    re.compile(r"^.{0,3}ท.{0,2} ?[ก-ฮ]{2,5}[. ]*[\d.() ]*\d.*/"),  # ที่ ศธ 04005/ว260
    HEAD_ALONE,
    _MAY_BE_NUMBER,
    re.compile(r"^[^\d]{0,8}\d{1,2} ?" + MONTH + r".{0,6} ?(?:พ\.ศ\. ?)?\d{2,4}"),  # 20 กรกฎาคม 2558
    re.compile(r"^[^\d]{0,8}\d{1,2} ?[\u0e01-\u0e4e]{3,12} ?(?:พ\.ศ\. ?)?2[45]\d\d\W{0,2}$"),  # any month
    re.compile(r"^.{0,2}(?:เลข|รับ|ท.{0,2}รับ|วันท|เวลา|ลงว).{0,14}\d"),  # เลขรับ 1234
    re.compile(r"^\D{0,3}\d[\d /.:-]{0,14}(?: ?น\.?)?$"),  # digits alone
)
_TELLS_A_DAY = re.compile(r"\d ?" + MONTH)
_THAI = frozenset("๐๑๒๓๔๕๖๗๘๙")
_CODE = 4  # fewest digits of an agency's code before the slash
_LONGEST = 45  # signs; longer lines are running text


def is_key(text: str) -> bool:
    """Whether a line seems to hold a letter's number, a date or a receipt."""
    folded = to_arabic(text)
    return len(folded) <= _LONGEST and any(pattern.search(folded) for pattern in _KEY)


def weighed(strips: Sequence[Gray], texts: Sequence[StripText]) -> list[StripText]:
    """The texts, doubtful where the second reader reads other digits or words on a line that matters."""
    if not is_asked():
        return list(texts)
    of_words = worded.lines_of_words(texts)
    return [
        _unread(strip)
        if not text.words
        else _weighed(strip, text)
        if is_key(text.text)
        else _worded(strip, text)
        if place in of_words
        else _figured(strip, text)
        if _TELLS_A_DAY.search(to_arabic(text.text))
        else text
        for place, (strip, text) in enumerate(zip(strips, texts, strict=True))
    ]


def _worded(strip: Gray, text: StripText) -> StripText:
    """A subject or an earlier letter, doubtful where the second reader has other words, digits or slashes."""
    other = reader.glance(strip).text
    return worded.weighed(compared(text, other), other)


def _figured(strip: Gray, text: StripText) -> StripText:
    """Running text that tells a day, doubtful in the digits that the second reader reads otherwise."""
    return compared(text, reader.glance(strip).text)


def _unread(strip: Gray) -> StripText:
    """What the second reader says of a strip that the first one says nothing of, such as a short mark; doubtful.

    Only a clear reading counts: most such strips are crumbs of emblems and frames.
    """
    said = reader.read_strips([strip])[0]
    glyphs = [glyph for word in said.words for glyph in word]
    if len(glyphs) < 2 or min(glyph.confidence for glyph in glyphs) < _SURE:
        return StripText(())
    return StripText(tuple(tuple(_doubted(glyph, True) for glyph in word) for word in said.words))


def _weighed(strip: Gray, text: StripText) -> StripText:
    first = reader.glance(strip)
    if digits(first.text.text) == digits(text.text):  # then more looks almost never say otherwise
        return pen_doubted(text, first.hand)
    other = reader.read(strip, first=first)
    if _is_number(other.text) and not _is_number(text):
        return StripText(tuple(tuple(_doubted(glyph, True) for glyph in word) for word in other.text.words))
    found = compared(text, other.text)
    return pen_doubted(preferring(text, found, other.share, other.hand), other.hand)


def _is_number(text: StripText) -> bool:
    """Whether a line is a letter's number, with all its parts."""
    return _IS_NUMBER.search(to_arabic(text.text)) is not None


def pen_doubted(text: StripText, hand: Hand | None) -> StripText:
    """The text with less confidence in figures whose ink is pen: a person confirms those.

    Told by figure, not by digit: ๐ by pen and ๐ in print are one ring.
    """
    if hand is None:
        return text
    words = []
    for word in text.words:
        glyphs: list[Glyph] = []
        for is_digit, run in groupby(word, key=lambda glyph: glyph.text.isdigit()):
            figure = list(run)
            pen = is_digit and hand.between(figure[0].box[0], figure[-1].box[2]) > _BY_PEN
            glyphs += [replace(g, confidence=g.confidence * _PEN_SHARE) if pen else g for g in figure]
        words.append(tuple(glyphs))
    return replace(text, words=tuple(words))


def preferring(before: StripText, text: StripText, share: float, hand: Hand | None = None) -> StripText:
    """The text with the second reader's words where pen may have written and the first reader was not sure,
    or where pen surely has: it reads pen better.

    `before`: the text as it was read first, whose words are kept beside; `share`: how sure the second reader is.
    """
    if not text.others:
        return text
    words, others = list(text.words), list(text.others)
    for place, (word, alternatives) in enumerate(zip(text.words, text.others, strict=True)):
        plain = "".join(glyph.text for glyph in word)
        if alternatives and is_circular(to_arabic(plain), to_arabic(alternatives[0])):
            words[place] = _spread(alternatives[0], word)
            others[place] = (plain,)
            continue
        least = min((glyph.confidence for glyph in before.words[place]), default=0.0)
        unsure = least < _SURE or (hand is not None and _last_figure(word, hand) > _SURELY_PEN)
        if (
            unsure
            and share >= _SETTLED
            and alternatives
            and _may_be_pen(to_arabic(plain), to_arabic(alternatives[0]))
        ):
            words[place] = _spread(alternatives[0], word)
            others[place] = (plain,)
    return StripText(tuple(words), tuple(others))


def _last_figure(word: Sequence[Glyph], hand: Hand) -> float:
    """The share of pen in a word's last figure; 0 without one."""
    figures = [list(run) for is_digit, run in groupby(word, key=lambda g: g.text.isdigit()) if is_digit]
    return hand.between(figures[-1][0].box[0], figures[-1][-1].box[2]) if figures else 0.0


def is_circular(plain: str, other: str) -> bool:
    """Whether one reader has the ว of a circular (ว๑๒๓) where the other has a digit, all else being the same.

    A hasty ว is a stroke with a hook, much like ๑ or 1; who reads it as ว has seen the hook.
    """
    head, circular, tail = other.rpartition("ว")
    if not circular or not (head == "" or head.endswith("/")) or not tail.isdigit():
        return False
    start, rest = plain[: len(head)], plain[len(head) :]
    return start == head and len(rest) == len(tail) + 1 and rest[0].isdigit() and rest[1:] == tail


def _may_be_pen(plain: str, other: str) -> bool:
    """Whether two readings of a word differ only where officials write: behind a number's slash, or all of the word."""
    head, slash, _ = plain.rpartition("/")
    if len(re.sub(r"\D", "", head)) >= _CODE:
        return other.startswith(head + slash) and bool(re.search(r"\d$", other))
    return bool(re.fullmatch(r"ว?\d+(?:[./:-]\d+){0,2}", other))


def _spread(said: str, word: tuple[Glyph, ...]) -> tuple[Glyph, ...]:
    """Signs evenly over the place of a word, all doubtful."""
    x0, y0 = min(g.box[0] for g in word), min(g.box[1] for g in word)
    x1, y1 = max(g.box[2] for g in word), max(g.box[3] for g in word)
    wide = (x1 - x0) / len(said)
    confidence = min(DOUBT, *(glyph.confidence for glyph in word))
    return tuple(
        Glyph(sign, (x0 + i * wide, y0, x0 + (i + 1) * wide, y1), confidence) for i, sign in enumerate(said)
    )


def is_asked() -> bool:
    """Whether the second reader is to be asked, and to be had."""
    return ocr.choice() == "both" and reader.available()


def digits(text: str) -> str:
    """What must agree in a number or a date: its digits, slashes and ว."""
    return re.sub(r"[^\dว/]", "", to_arabic(text))


def compared(first: StripText, second: StripText) -> StripText:
    """The first text; its digits are doubtful where the second has others, which are noted as alternatives."""
    one, other = _signs(first), _signs(second)
    steps = Levenshtein.opcodes(one, other)
    doubtful: set[int] = set()
    for step in steps:
        if step.tag == "equal" or not _matters(one, other, step):
            continue
        added = (
            step.src_start == step.src_end
        )  # a sign that only the second reads: its neighbours are doubtful
        start, end = (step.src_start - 1, step.src_end + 1) if added else (step.src_start, step.src_end)
        doubtful.update(place for place in range(start, end) if 0 <= place < len(one))
    if not doubtful:
        return first
    words: list[tuple[Glyph, ...]] = []
    others: list[tuple[str, ...]] = []
    start = 0
    for word in first.words:
        end = start + len(word)
        hit = doubtful.intersection(range(start, end))
        words.append(tuple(_doubted(glyph, start + i in hit) for i, glyph in enumerate(word)))
        said = other[_across(steps, start) : _across(steps, end)] if hit else ""
        plain = "".join(glyph.text for glyph in word)
        others.append((_like(plain, said),) if said and said != one[start:end] else ())
        start = end
    return replace(first, words=tuple(words), others=tuple(others))


def _signs(text: StripText) -> str:
    """One sign a glyph, digits Arabic, no spaces."""
    return "".join(to_arabic(glyph.text)[:1] for word in text.words for glyph in word)


def _matters(one: str, other: str, step: Opcode) -> bool:
    """Whether readers differ in a digit, a slash, or the ว of a circular right after it."""
    changed = one[step.src_start : step.src_end] + other[step.dest_start : step.dest_end]
    if any(sign.isdigit() or sign == "/" for sign in changed):
        return True
    after_slash = one[: step.src_start].endswith("/") or other[: step.dest_start].endswith("/")
    return "ว" in changed and after_slash


def _across(steps: Opcodes, place: int) -> int:
    """The place in the second text that belongs to a place in the first."""
    for step in steps:
        if step.src_start <= place < step.src_end:
            return min(step.dest_start + place - step.src_start, step.dest_end)
    return steps.dest_len


def _doubted(glyph: Glyph, doubtful: bool) -> Glyph:
    return replace(glyph, confidence=min(DOUBT, glyph.confidence)) if doubtful else glyph


def _like(plain: str, said: str) -> str:
    """Digits in the kind that stands in the plain text."""
    return to_thai(said) if any(sign in _THAI for sign in plain) else said
