"""Text in lines of a terminal's width, broken between words: Thai writes no spaces between them."""

from __future__ import annotations

import re
from collections.abc import Iterator

from rich.cells import cell_len

_THAI = re.compile(r"[\u0e01-\u0e4f]{2,}")
_PIECE = re.compile(r"\s+|[^\s\u0e01-\u0e4f]+|[\u0e01-\u0e4f]+")


def wrap(text: str, width: int) -> list[str]:
    """Lines of at most `width` columns; a word is broken only where it alone is wider than that.

    >>> wrap("one two three", 8)
    ['one two', 'three']
    """
    width = max(1, width)
    lines: list[str] = []
    for paragraph in text.split("\n"):
        lines += _wrapped(paragraph, width)
    return lines


def _wrapped(text: str, width: int) -> list[str]:
    if cell_len(text) <= width:
        return [text]
    lines, line = [], ""
    for piece in _pieces(text):
        if cell_len(line + piece.rstrip()) <= width:
            line += piece
            continue
        if line.strip():
            lines.append(line.rstrip())
        line = piece.lstrip()
        while cell_len(line) > width:
            head = _head(line, width)
            lines.append(head)
            line = line[len(head) :]
    return [*lines, line.rstrip()] if line.strip() else lines


def _head(word: str, width: int) -> str:
    """The beginning of a word that is wider than a line; in Thai, what belongs to one sound stays together."""
    if not _THAI.fullmatch(word):
        return cut(word, width)
    from pythainlp.tokenize import subword_tokenize

    head = ""
    for part in subword_tokenize(word, engine="tcc_p"):
        if cell_len(head + part) > width:
            break
        head += part
    return head or cut(word, width)


def cut(text: str, width: int) -> str:
    """As much of a text as fits, and at least one letter; marks stay with their letters."""
    end = 0
    for end in range(1, len(text) + 1):
        if cell_len(text[:end]) > width:
            return text[: max(1, end - 1)]
    return text[:end]


def one_line(text: str, width: int) -> str:
    """A text on one line, cut between words where it is too long."""
    text = " ".join(text.split())
    if cell_len(text) <= width:
        return text
    room = max(1, width - 2)
    first = wrap(text, room)[0]
    if cell_len(first) < room // 2:  # a long word comes next: better the beginning of it than so little
        first = cut(text, room)
    return first + " …"


def _pieces(text: str) -> Iterator[str]:
    """What may not be broken: words, with the spaces between them on their own."""
    joined = ""
    for piece in _PIECE.findall(text):
        words = _thai_words(piece) if _THAI.fullmatch(piece) else [piece]
        for word in words:
            # Brackets and stops hold on to the word beside them: "(มหาชน)" is not torn from its brackets.
            if joined and not joined[-1].isspace() and not word.isspace() and _clings(joined[-1], word):
                joined += word
                continue
            if joined:
                yield joined
            joined = word
    if joined:
        yield joined


def _clings(before: str, word: str) -> bool:
    return before in "([“‘\"'" or word[0] in ")]”’.,;:!?ๆฯ\"'"


def _thai_words(text: str) -> list[str]:
    from pythainlp.tokenize import word_tokenize  # reads its dictionary: not before a text needs breaking

    return list(word_tokenize(text, engine="newmm"))
