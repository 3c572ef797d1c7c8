"""Two readers on the lines of words that matter: a letter's subject and the letters that it answers.

One reader's dictionary cannot tell อัคคีภัย from อัดดีภัย, as both are made of words. On 50 worn pages whose subjects both
read alike 34 of 37 were right, and of those that they read differently 16 of 36: so a difference makes the line
doubtful, unless the first reader has a long or very common word there, which bears itself out.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from rapidfuzz.distance import Levenshtein, Opcode, Opcodes

from parsers.vocabulary import is_word, times_met
from parsers.wordlist import cut_words
from pipeline.ocr import Glyph, StripText

DOUBT = 0.8  # the most that stays of the confidence in a line whose words are read differently
_LONG, _COMMON = 4, 100  # signs, and times met in the corpus: such a word is seldom read for another one
_SHORT, _USUAL = 3, 5000  # a shorter one has to be far commoner
_COMPOUND = 8  # signs of a word that may be as rare as it will
_SUBJECT = re.compile(r"^\W{0,3}เร[\u0e34-\u0e37]?[\u0e48\u0e49]?อง\s")
_REFERENCE = re.compile(r"^\W{0,3}อ[\u0e48\u0e49]?างถ[\u0e34-\u0e37]?ง\s")
_LABEL = re.compile(r"^\W{0,3}(?:เร|กราบ|ถ[\u0e34-\u0e37]?ง|อ[\u0e48\u0e49]?าง|สิ?[่้]?ง)")
_LETTER = re.compile(r"[\u0e01-\u0e4eA-Za-z]")
_WORDS = re.compile(r"[\u0e01-\u0e4e]{6}")


def lines_of_words(texts: Sequence[StripText]) -> set[int]:
    """Which lines say a subject, the row that it goes on in, or an earlier letter. Lines stand in reading order."""
    chosen: set[int] = set()
    for place, text in enumerate(texts):
        said = text.text
        is_subject = _SUBJECT.match(said) is not None
        if is_subject or _REFERENCE.match(said):
            chosen.add(place)
        after = texts[place + 1].text if place + 1 < len(texts) else ""
        if is_subject and _WORDS.search(after) and _LABEL.match(after) is None:
            chosen.add(place + 1)
    return chosen


def weighed(first: StripText, second: StripText) -> StripText:
    """The first text; doubtful as a whole where the second reader has other words that may stand there.

    Where only the second reader has a word that bears itself out, that word is taken, and the first one kept beside.
    """
    one, other = _letters(first), _letters(second)
    if one == other or all(_bears_itself_out(word) for word in _unlike(one, other)):
        return first
    better = _with_words(first, _better(one, other))
    words = tuple(
        tuple(replace(glyph, confidence=min(DOUBT, glyph.confidence)) for glyph in word)
        for word in better.words
    )
    return replace(better, words=words)


def _better(one: str, other: str) -> list[tuple[int, int, str]]:
    """Words of the second text that bear themselves out where the first has none that does: place in it, and word."""
    back = Levenshtein.opcodes(other, one)
    found: list[tuple[int, int, str]] = []
    odd = [(a, b) for a, b, word in _placed(one) if _LETTER.search(word) and not _bears_itself_out(word)]
    for start, end, word in _placed(other):
        place = _across(back, start), _across(back, end)
        there = one[place[0] : place[1]]
        if there == word or not _bears_itself_out(word) or not all(map(_LETTER.fullmatch, there)):
            continue  # figures are never mended
        if any(low < place[1] and place[0] < high for low, high in odd):
            found.append((*place, word))
    return found


def _placed(text: str) -> Iterator[tuple[int, int, str]]:
    start = 0
    for word in cut_words(text):
        yield start, start + len(word), word
        start += len(word)


def _across(steps: Opcodes, place: int) -> int:
    """The place in the second text that belongs to a place in the first."""
    for step in steps:
        if step.src_start <= place < step.src_end:
            return min(step.dest_start + place - step.src_start, step.dest_end)
    return steps.dest_len


def _with_words(text: StripText, changes: Sequence[tuple[int, int, str]]) -> StripText:
    """The text with other words at some places of its letters; each within one of its words."""
    words, others = list(text.words), list(text.others) or [()] * len(text.words)
    start = 0
    for place, word in enumerate(text.words):
        end = start + len(word)
        mine = [(a - start, b - start, said) for a, b, said in changes if start <= a < b <= end]
        made = list(word)
        for a, b, said in sorted(mine, reverse=True):
            made[a:b] = _spread(said, word[a:b])
        if mine:
            words[place] = tuple(made)
            others[place] = ("".join(glyph.text for glyph in word), *others[place])
        start = end
    return replace(text, words=tuple(words), others=tuple(others))


def _spread(said: str, glyphs: Sequence[Glyph]) -> list[Glyph]:
    """Signs evenly over the place of others."""
    x0, y0 = min(g.box[0] for g in glyphs), min(g.box[1] for g in glyphs)
    x1, y1 = max(g.box[2] for g in glyphs), max(g.box[3] for g in glyphs)
    wide = (x1 - x0) / len(said)
    return [Glyph(sign, (x0 + i * wide, y0, x0 + (i + 1) * wide, y1), DOUBT) for i, sign in enumerate(said)]


def _letters(text: StripText) -> str:
    """One sign a glyph, without spaces; figures and stops part words."""
    return "".join(glyph.text[:1] for word in text.words for glyph in word)


def _unlike(one: str, other: str) -> Iterator[str]:
    """The first reader's words at, or right beside, the places where the second has something else."""
    steps = [step for step in Levenshtein.opcodes(one, other) if step.tag != "equal"]
    for start, end, word in _placed(one):  # figures are compared elsewhere
        if _LETTER.search(word) and any(_touches(step, start, end) for step in steps):
            yield word
    if any(step.src_start == len(one) for step in steps):
        yield ""


def _touches(step: Opcode, start: int, end: int) -> bool:
    """Whether a difference lies within a word, or adds signs at one of its ends."""
    if step.src_start == step.src_end:
        return start <= step.src_start <= end
    return step.src_start < end and step.src_end > start


def _bears_itself_out(word: str) -> bool:
    met = times_met(word)
    if len(word) >= _COMPOUND and is_word(word):
        return True
    return (len(word) >= _LONG and met >= _COMMON) or (len(word) >= _SHORT and met >= _USUAL)
