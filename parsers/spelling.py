"""How much a text looks like Thai rightly read: an engine is as sure of a wrong letter as of a right one."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cache
from typing import TypeVar

from pythainlp.corpus import thai_family_names, thai_female_names, thai_male_names
from rapidfuzz.distance import Hamming, Levenshtein
from rapidfuzz.fuzz import partial_ratio_alignment

from parsers.lookalikes import has_scraps, is_doubtful, likelier, rejoined
from parsers.mending import likeliest
from parsers.skeletons import Skeletons, misreading, skeleton
from parsers.vocabulary import is_word, vocabulary
from parsers.wordlist import cut_words
from schemas.ink import TYPED
from schemas.reading import Reading

T = TypeVar("T")

_THAI = re.compile(r"[\u0e01-\u0e4e]+")
# A mark with nothing to stand on, or marks that never meet, as misread ink gives them.
_IMPOSSIBLE = re.compile(
    r"(?:^|[\s\d(])[\u0e31\u0e33-\u0e3a\u0e47-\u0e4e]|[\u0e34-\u0e37][\u0e31\u0e33-\u0e37]|\u0e4c[\u0e48-\u0e4c]"
)
# A Thai digit that ends a word, as ณ misread as ๙ does; behind some words digits stand without a space.
_GLUED = re.compile(r"(?P<before>[\u0e01-\u0e4e]{4,})[๐-๙](?![๐-๙/.,])")
_FIGURE = re.compile("[๐-๙]")
_COUNTED = re.compile(
    r"(?:ที่|ข้อ|เขต|หมู่|ชั้น|ปี|รุ่น|เลข|ว|ฉบับ|ครั้ง|ไตรมาส|เล่ม|ซอย|จำนวน|ระยะ|ระดับ|กลุ่ม|แบบ|หมวด|ตอน|บท|เวลา|วัน|พ\.ศ\.)$"
)
_CHINESE = re.compile(r"^แ(?:ช่?|ซ)(?=[ก-ฮเ-ไ])")  # แซ่, that opens a Chinese family name, misread
_LEADING = re.compile("ผู้|การ|แนะ|ชี้|ชัก|โดย|ให้|จะ|และ|ได้|เพื่อ|หรือ|ที่|ต้อง|มา|ไป|ขอ|ผล|ซึ่ง|ควร")
"""Words behind which somebody leads."""
_LED = re.compile("ส่ง|เสนอ|เข้า|ร่อง|ทาง|ไป|มา|พา|กลับ|ใช้|ออก|ขึ้น|ฝาก|ราย|ข้อมูล|เรื่อง|ผล|ชุมชน|คณะ|เอกสาร|สินค้า")
"""Words that say what is led, or where."""
# Letters that differ in a hook, which faces without loops and poor copies lose.
_TWINS = str.maketrans("ชซพฟผฝถภดต", "ซชฟพฝผภถตด")
_NO_WORD = 20.0  # what a word costs that is none
_LATIN = re.compile("[A-Za-z]{4,}")
# Letters of a text, and likeness in hundredths, from which it is the same one told again.
_LONG, _NEAR = 20, 90.0
_TOLD_ELSE = 0.85
_FEW = 3  # names offered for one that is misread
_LONGEST = 600  # characters looked at; fields are shorter


def known_share(text: str) -> float:
    """The share of a text's Thai letters that lies in words of the dictionary; 1.0 without Thai letters."""
    all_letters = known = 0
    for run in _THAI.findall(text[:_LONGEST]):
        for word in cut_words(run):
            all_letters += len(word)
            known += len(word) if len(word) > 1 and is_word(word) else 0
    return known / all_letters if all_letters else 1.0


def weigh_spelling(reading: Reading[str], *, poor: bool = False) -> Reading[str]:
    """The reading with less confidence where its words are not in the dictionary or cannot be Thai at all.

    Short rare words do not count as words either: they may be what is left of others. On a `poor` page less makes a
    word suspicious.
    """
    if not reading.value:
        return reading
    if reading.reader != "text-layer":
        reading = mended(reading, poor=poor)
    value = reading.value or ""
    share = known_share(value)
    factor = 1.0 if share > 0.995 else 0.9 if share > 0.9 else 0.85
    if _IMPOSSIBLE.search(value):
        factor = min(factor, 0.8)
    scraps = reading.reader not in TYPED and has_scraps(value)
    if scraps or _has_glued(value) or _has_bare_water(value):
        factor = min(factor, 0.9)
    if factor == 1.0:
        return reading
    return reading.model_copy(update={"confidence": round(reading.confidence * factor, 4)})


def _has_glued(text: str) -> bool:
    """Whether a single digit ends a word that is not counted: งบประมา๙."""
    if _FIGURE.search(text) is None:
        return False
    return any(_COUNTED.search(found["before"]) is None for found in _GLUED.finditer(text))


def _has_bare_water(text: str) -> bool:
    """Whether นำ (to lead) stands where น้ำ (water) does, its tone lost: behind another word, nothing to be led behind.

    >>> _has_bare_water("วางท่อระบายนำ"), _has_bare_water("แนะนำการนำส่งเงิน"), _has_bare_water("มหาวิทยาลัยล่มนำโขง")
    (True, False, True)
    """
    return any(
        word == "นำ" and not _LED.fullmatch(after) and not _LEADING.fullmatch(before)
        for run in _THAI.findall(text[:_LONGEST])
        for before, word, after in _in_threes(cut_words(run))
    )


def _in_threes(words: Sequence[str]) -> Iterator[tuple[str, str, str]]:
    """Each word but the first of a run, with its neighbours; empty at the end."""
    yield from zip(words, words[1:], [*words[2:], ""], strict=False)


def weigh_latin(reading: Reading[str], text: str) -> Reading[str]:
    """A reading less sure where a Latin word of it is not told again in the letter's text: no list knows it."""
    if not reading.value or reading.reader == "text-layer":
        return reading
    told = text.lower()
    if all(word.lower() in told for word in _LATIN.findall(reading.value)):
        return reading
    return reading.model_copy(update={"confidence": round(reading.confidence * 0.93, 4)})


def weigh_told_again(reading: Reading[str], text: str) -> Reading[str]:
    """A reading less sure where the letter's text tells it again in other letters: one of the two is misread.

    Only a few changed letters are meant; a text that says it in other words says nothing of the reading.
    """
    if not reading.value or reading.reader == "text-layer":
        return reading
    here, there = ("".join(one.split()) for one in (reading.value, text))
    if len(here) < _LONG or here in there:
        return reading
    near = partial_ratio_alignment(here, there, score_cutoff=_NEAR)
    if near is None or near.src_end - near.src_start < len(here):
        return reading
    again = there[near.dest_start : near.dest_end]
    if len(again) != len(here) or Levenshtein.distance(here, again) != Hamming.distance(here, again):
        return reading
    if known_share(again) < known_share(here):
        return reading  # the text is what was misread
    letters = iter(again)
    other = "".join(char if char.isspace() else next(letters) for char in reading.value)
    candidates = (*reading.candidates, *((other,) if other not in reading.candidates else ()))
    confidence = round(min(_TOLD_ELSE, reading.confidence * 0.9), 4)
    return reading.model_copy(update={"confidence": confidence, "candidates": candidates})


def mended(reading: Reading[str], *, poor: bool = False) -> Reading[str]:
    """A reading of words with look-alike letters and lost marks mended; never sure, what was read is a candidate.

    A real word in the wrong place that nothing better was found for makes it doubtful, too.
    """
    value = reading.value
    if not value:
        return reading
    better = likeliest(value, reading.confidence) or rejoined(value)
    rival = value if better is not None else likelier(value, poor=poor)
    if rival is None:
        return reading
    confidence = round(min(0.85, reading.confidence * 0.9), 4)
    candidates = (rival, *(one for one in reading.candidates if one not in (rival, better)))
    return reading.model_copy(
        update={"value": better or value, "confidence": confidence, "candidates": candidates}
    )


def weigh_name(reading: Reading[str], title: str, *, poor: bool = False) -> Reading[str]:
    """A person's name weighed by the lists of names: its first name, and the words or the list behind it.

    On a `poor` page only the list counts: many a word is another one with one letter changed.

    A name that is in no list while another, one misreading away, is: that one is a candidate, and neither is sure.
    """
    if not reading.value:
        return reading
    name = reading.value.removeprefix(title).strip()
    first, _, family = name.partition(" ")
    listed = family in thai_family_names()
    near = [
        reading.value[: len(reading.value) - len(name)] + other
        for other in (
            *(f"{one} {family}" for one in near_names(first, families=False)),
            *(f"{first} {one}" for one in near_names(family, families=True)),
            *(f"{first} {one}" for one in (() if listed else twins(family))),
        )
    ]
    worded = not poor and known_share(family) > 0.995 and likelier(family) is None and not _has_short(family)
    sound = first in _first_names() and (listed or worded) and not near
    factor = 1.0 if sound else 0.9
    return reading.model_copy(
        update={
            "confidence": round(reading.confidence * factor, 4),
            "candidates": tuple(dict.fromkeys((*reading.candidates, *near))),
        }
    )


def _has_short(family: str) -> bool:
    """Whether one of a name's words is so short that a lost mark made it of another: ฟาประทาน."""
    return any(len(word) == 2 and is_doubtful(word) for word in cut_words(family))


def twins(family: str) -> tuple[str, ...]:
    """The family name with one letter changed for its twin, where that joins its pieces to longer or commoner words.

    >>> twins("โซติช่วงเดช"), twins("แชลิ้ม"), twins("ซูเกียรติสกุล"), twins("พงษ์ไพร")
    (('โชติช่วงเดช',), ('แซ่ลิ้ม',), ('ชูเกียรติสกุล',), ())
    """
    if _CHINESE.match(family):
        return ("แซ่" + _CHINESE.sub("", family),)
    pieces, cost = len(cut_words(family)), _cost(family)
    others = [
        family[:at] + letter.translate(_TWINS) + family[at + 1 :]
        for at, letter in enumerate(family)
        if ord(letter) in _TWINS
    ]
    others += [family.replace(*pair) for pair in (("่า", "ำ"), ("ำ", "่า")) if pair[0] in family]
    others = [one for one in others if known_share(one) > 0.995]
    joined = [one for one in others if len(cut_words(one)) < pieces]
    commoner = [one for one in others if len(cut_words(one)) == pieces and _cost(one) < cost]
    return tuple(joined or ([] if family.startswith("แซ่") else commoner))[:_FEW]


def _cost(text: str) -> float:
    """What it costs to meet the words of a text: the negative natural logarithm of their shares."""
    known = vocabulary()
    return sum(known[word].cost if word in known else _NO_WORD for word in cut_words(text))


def near_names(name: str, *, families: bool) -> tuple[str, ...]:
    """The listed names that one misreading makes into a name which is in no list; none where it is listed itself."""
    known = thai_family_names() if families else _first_names()
    if name in known or len(name) < 3:
        return ()
    others = _name_skeletons(families).of(skeleton(name))
    return tuple(other for other in others if misreading(other, name) is not None)[:_FEW]


@cache
def _name_skeletons(families: bool) -> Skeletons:
    return Skeletons(sorted(thai_family_names() if families else _first_names()))


@cache
def _first_names() -> frozenset[str]:
    return frozenset(thai_female_names() | thai_male_names())
