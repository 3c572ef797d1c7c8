"""Real words in the wrong place: ซื่อ for ชื่อ, ข่าง for ช่าง. An engine is as sure of them as of the right ones.

Where one look-alike letter makes a far commoner word out of a rare one, or one word out of two that do not
belong together, the text is not to be trusted; what it may have said is a candidate, never the value.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache, lru_cache

from parsers.skeletons import misreading, skeleton
from parsers.vocabulary import is_word, skeletons, times_met, vocabulary
from parsers.wordlist import cut_words

_THAI = re.compile(r"[\u0e01-\u0e4e]+")
_DOUBLED = re.compile("[\u0e48-\u0e4c]{2}|[\u0e34-\u0e37]{2}")
_MUCH, _MUCH_POOR = 40, 5  # times commoner; on a poor page, where letters change more often
_COMMON = 60  # times that a word is met in the corpus before it is called common
_RARE = 1800  # times; words met less often seldom stand beside each other by chance
_SYLLABLES = frozenset(("กระ", "ประ", "ระ", "มะ", "สะ", "ตะ", "กะ"))
_PLACED = re.compile("ตำบล|อำเภอ|จังหวัด|บ้าน|โรงเรียน|วัด|ถนน|นาย|นาง")  # names of places and people follow
_LONGEST = 600  # characters looked at; fields are shorter
_LONGEST_PIECE = 14  # letters of words that stand together
_WHOLE = 5  # letters from which, on a poor page, a word is likelier than its pieces, however rare
_SCRAP, _SELDOM = 3, 200  # letters, and times met, up to which a word may be what is left of another


def likelier(text: str, *, poor: bool = False) -> str | None:
    """The text with look-alike letters mended where its words are suspicious; None when nothing is.

    On a `poor` page less makes a word suspicious.

    >>> likelier("ขอรายซื่อผู้เข้าอบรม")
    'ขอรายชื่อผู้เข้าอบรม'
    """
    mended = _THAI.sub(lambda run: _mend(run[0], poor), text[:_LONGEST]) + text[_LONGEST:]
    return mended if mended != text else None


def rejoined(text: str) -> str | None:
    """The text where pieces that do not belong together are one word with a look-alike letter in it; None without any.

    Unlike a lone word that a commoner one is like, such pieces are hardly ever what stands there, but in names.

    >>> rejoined("ชักซ้อมแนวทาง"), rejoined("ทำนบและฝายทดน้ำ"), rejoined("ที่ว่าการตำบลแม่ผาแดง")
    ('ซักซ้อมแนวทาง', None, None)
    """
    if likelier(text) is None:
        return None
    mended = _THAI.sub(lambda run: run[0] if _PLACED.search(run[0]) else _mend(run[0], False, 2), text)
    return mended if mended != text else None


def is_doubtful(word: str) -> bool:
    """Whether one word is another, commoner one with one letter or mark changed, as on a poor page.

    >>> is_doubtful("ฟา"), is_doubtful("คำ")
    (True, False)
    """
    return _better((word,), True) is not None


def has_scraps(text: str) -> bool:
    """Whether a short word of the text is so seldom met that it is likely what is left of another.

    >>> has_scraps("ผู้อำนวยทาร")
    True
    """
    words = (word for run in _THAI.findall(text[:_LONGEST]) for word in cut_words(run))
    return any(1 < len(word) <= _SCRAP and times_met(word) < _SELDOM for word in words)


@lru_cache(maxsize=4096)
def _mend(run: str, poor: bool, fewest: int = 1) -> str:
    """A run of letters with its suspicious words mended, one by one or so many together that are one word."""
    words = cut_words(run)
    if len(words) == 1 and len(run) < 3:
        return run  # an abbreviation, most likely
    at = 0
    while at < len(words):
        for count in range(3, fewest - 1, -1):
            piece = tuple(words[at : at + count])
            if len(piece) < count or sum(map(len, piece)) > _LONGEST_PIECE:
                continue
            better = _better(piece, poor)
            if better is not None:
                words[at : at + count] = [better]
                break
        at += 1
    return "".join(words)


@lru_cache(maxsize=16384)  # the same words stand on every page
def _better(words: tuple[str, ...], poor: bool) -> str | None:
    """A far likelier word for one or more that stand together."""
    read = "".join(words)
    if not 2 <= len(read) <= _LONGEST_PIECE:
        return None
    met = times_met(read)
    much = _MUCH_POOR if poor else _MUCH
    if (len(words) > 1 and met) or much * met > _most():
        return None
    least = _COMMON if len(words) == 1 else 0 if poor and len(read) >= _WHOLE else _COMMON // 4
    least = max(least, much * met)
    best: tuple[int, str] | None = None
    for word in skeletons().of(skeleton(read)):
        freq = times_met(word)
        if freq < least or (best is not None and freq <= best[0]):
            continue
        kind = misreading(word, read)
        if kind not in ("lost", "swapped") or (len(read) < 3 and kind == "swapped"):
            continue
        if is_word(word) and not _DOUBLED.search(word):
            best = (freq, word)
    if best is None or (len(words) > 1 and not poor and not _ill_joined(words, best[0])):
        return None
    return best[1]


@cache
def _most() -> int:
    """How often the commonest word is met."""
    return max(known.met for known in vocabulary().values())


def _ill_joined(words: Sequence[str], freq: int) -> bool:
    """Whether words stand together by mistake: common ones do everywhere, syllables and rare ones do not."""
    rarest = min(map(times_met, words))
    return rarest < _RARE or words[0] in _SYLLABLES or freq > 1.2 * rarest
