"""Two readers on the lines of words that matter: a letter's subject and the letters that it answers.

One reader's dictionary cannot tell อัคคีภัย from อัดดีภัย, as both are made of words. On 50 worn pages whose subjects both
read alike 34 of 37 were right, and of those that they read differently 16 of 36: so a difference makes the line
doubtful, unless the first reader has a long or very common word there, which bears itself out.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from rapidfuzz.distance import Levenshtein

from parsers.vocabulary import is_word, times_met
from parsers.wordlist import cut_words
from pipeline.ocr import StripText

DOUBT = 0.8  # the most that stays of the confidence in a line whose words are read differently
_LONG, _COMMON = 4, 100  # signs, and times met in the corpus: such a word is seldom read for another one
_SHORT, _USUAL = 3, 5000  # a shorter one has to be far commoner
_COMPOUND = 8  # signs of a word that may be as rare as it will
_SUBJECT = re.compile(r"^\W{0,3}เร[\u0e34-\u0e37]?[\u0e48\u0e49]?อง\s")
_REFERENCE = re.compile(r"^\W{0,3}อ[\u0e48\u0e49]?างถ[\u0e34-\u0e37]?ง\s")
_LABEL = re.compile(r"^\W{0,3}(?:เร|กราบ|ถ[\u0e34-\u0e37]?ง|อ[\u0e48\u0e49]?าง|สิ?[่้]?ง)")
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


def doubted(first: StripText, second: StripText) -> StripText:
    """The first text; doubtful as a whole where the second reader has other words that may stand there."""
    one, other = _letters(first), _letters(second)
    if one == other or all(_bears_itself_out(word) for word in _unlike(one, other)):
        return first
    words = tuple(
        tuple(replace(glyph, confidence=min(DOUBT, glyph.confidence)) for glyph in word)
        for word in first.words
    )
    return replace(first, words=words)


def _letters(text: StripText) -> str:
    return "".join(re.findall(r"[\u0e01-\u0e4eA-Za-z]", text.text))


def _unlike(one: str, other: str) -> Iterator[str]:
    """The first reader's words at the places where the second has something else; empty for letters beside them all."""
    steps = [step for step in Levenshtein.opcodes(one, other) if step.tag != "equal"]
    start = 0
    for word in cut_words(one):
        end = start + len(word)
        if any(step.src_start < end and max(step.src_end, step.src_start + 1) > start for step in steps):
            yield word
        start = end
    if any(step.src_start >= start for step in steps):
        yield ""


def _bears_itself_out(word: str) -> bool:
    met = times_met(word)
    if len(word) >= _COMPOUND and is_word(word):
        return True
    return (len(word) >= _LONG and met >= _COMMON) or (len(word) >= _SHORT and met >= _USUAL)
