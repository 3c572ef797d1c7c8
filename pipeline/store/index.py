"""What of a letter can be found, written where each database searches: FTS5 in SQLite, tsvector in PostgreSQL."""

from __future__ import annotations

import re
import zlib
from collections.abc import Iterable, Iterator, Sequence
from typing import Any, NamedTuple

from sqlalchemy import delete, select, text
from sqlalchemy.orm import Session

from parsers.segment import lookalikes, seamed, squashed, words
from pipeline.store.base import is_sqlite
from pipeline.store.models import LetterRow
from pipeline.store.models_people import SearchRow
from pipeline.store.stretches import names_of
from schemas.letter import Letter
from schemas.reading import Reading
from schemas.result import Result

FROM, TO, URGENT = "zf", "zt", "zu"
"""Before a word in the column `marks`: it stands in the sender's, or in the addressee's name; it is the urgency."""

_MOST_POSITIONS = 16_000  # words whose place PostgreSQL remembers
_WORD = re.compile("(?:[^\\W_]|[\u0e31-\u0e4e])+")  # Thai vowels above and below are marks, not letters
_LONGEST_WORD = 200  # letters; longer runs are no words


class Texts(NamedTuple):
    """The words of a letter as they are searched: `head` and `body` seamed, the rest words with spaces."""

    head: str
    body: str
    marks: str
    near: str
    gist: str


def search_texts(letter: Letter, annexes: Iterable[str] = ()) -> Texts:
    """Cut a letter into words."""
    number = letter.number
    known = [
        _said(letter.subject),
        None if number is None else (number.value.text if number.value else number.raw),
        _said(letter.agency),
        _said(letter.addressee),
        *((_said(letter.signatory.name), _said(letter.signatory.position)) if letter.signatory else ()),
        *(part for receipt in letter.receipts for part in (_said(receipt.number), _said(receipt.agency))),
        *(_said(each.title) for each in letter.enclosures),
        *annexes,
        _said(letter.owner_office),
    ]
    heads = [part for part in known if part]
    body = "\n".join(filter(None, (_said(letter.body), *(_said(each.text) for each in letter.references))))
    body = "\n".join((body, *_unsaid(letter, body)))
    code = number.value.code if number is not None and number.value is not None else None
    sender = words(" ".join(filter(None, (code, _said(letter.agency)))))
    receiver = words(_said(letter.addressee) or "")
    urgency = letter.urgency.value if letter.urgency is not None else None
    return Texts(
        head=seamed("\n".join(heads)),
        body=seamed(body),
        marks=" ".join(
            [
                *(FROM + word for word in sender),
                *(TO + word for word in receiver),
                *([URGENT + urgency] if urgency else []),
            ]
        ),
        near=" ".join(dict.fromkeys(lookalikes("\n".join((*heads, body))))),
        gist="\n".join(squashed(part) for part in heads),
    )


def _unsaid(letter: Letter, body: str) -> Iterator[str]:
    """The numbers of letters that a letter names, where its text has them otherwise: misread, and corrected since."""
    named = [each.number.value for each in (*letter.references, *letter.citations) if each.number is not None]
    spoken = f" {' '.join(words(body))} " if named else ""
    for number in dict.fromkeys(each.text for each in named if each is not None):
        if f" {' '.join(words(number))} " not in spoken:
            yield number


def _said(reading: Reading[Any] | None) -> str | None:
    if reading is None:
        return None
    return str(reading.value) if reading.value is not None else reading.raw or None


def index_letter(
    session: Session, letter_id: int, result: Result, position: int, *, new: bool = False
) -> None:
    """Make a letter findable by what it says now; nothing is written where that has not changed.

    `new`: it was never in the search.
    """
    annexes = [_said(annex.title) or "" for annex in result.annexes if annex.letter in (None, position)]
    texts = search_texts(result.letters[position], annexes)
    row = None if new else session.get(SearchRow, letter_id)
    if row is not None and tuple(getattr(row, name) for name in Texts._fields) == texts:
        return
    on_sqlite = is_sqlite(session)  # where triggers write the rest
    ours = vectors(letter_id, texts) if not on_sqlite else {"letter_id": letter_id}
    if row is None:
        session.execute(_ADD if on_sqlite else _ADD_BOTH, {**texts._asdict(), **ours})
        return
    for name, value in texts._asdict().items():
        setattr(row, name, value)
    session.flush()
    if not on_sqlite:
        session.execute(_CHANGE_VECTORS, ours)


_ADD = text(
    "INSERT INTO searches (letter_id, head, body, marks, near, gist) "
    "VALUES (:letter_id, :head, :body, :marks, :near, :gist)"
)
_TYPED = "CAST(:head_words AS tsvector), CAST(:all_words AS tsvector), CAST(:near_words AS tsvector), :grams"
_ADD_BOTH = text(  # one question to the server instead of two
    f"WITH kept AS ({_ADD.text}) "
    f"INSERT INTO search_vectors (letter_id, head, everything, near, grams) VALUES (:letter_id, {_TYPED})"
)
_CHANGE_VECTORS = text(
    f"UPDATE search_vectors SET (head, everything, near, grams) = ({_TYPED}) WHERE letter_id = :letter_id"
)


def vectors(letter_id: int, texts: Texts) -> dict[str, Any]:
    """A row of `search_vectors`, by which PostgreSQL searches."""
    head, body, marks = words_of(texts.head), words_of(texts.body), texts.marks.split()
    names = names_of(letter_id)
    where = "".join(f" '{name.word}'" for name in names)
    return {
        "letter_id": letter_id,
        "head_words": _vector([*head, *marks]) + where,
        "all_words": _vector([*head, *marks, *body]) + where,
        "near_words": _vector(texts.near.split()) + where,
        "grams": [*(name.number for name in names), *grams(texts.gist)],
    }


def words_of(seamed_text: str) -> list[str]:
    """The words of a seamed text in lower case."""
    return _WORD.findall(seamed_text.lower())


def _vector(tokens: Sequence[str]) -> str:
    """A tsvector as text: each word with its places."""
    places: dict[str, list[str]] = {}
    for place, token in enumerate(tokens, 1):
        if len(token) <= _LONGEST_WORD:
            places.setdefault(token, []).append(str(min(place, _MOST_POSITIONS)))
    return " ".join(f"'{token}':{','.join(where[:200])}" for token, where in places.items())


def grams(gist: str) -> list[int]:
    """Every three letters in a row, as numbers, each once."""
    return sorted({gram(line[at : at + 3]) for line in gist.split("\n") for at in range(len(line) - 2)})


def gram(three: str) -> int:
    """Three letters as one number of 31 bits."""
    return zlib.crc32(three.encode()) & 0x7FFFFFFF


def missing(session: Session, limit: int) -> list[LetterRow]:
    """Letters that are not in the search, as after the change from an older version."""
    query = (
        select(LetterRow)
        .outerjoin(SearchRow, SearchRow.letter_id == LetterRow.id)
        .where(SearchRow.letter_id.is_(None))
        .order_by(LetterRow.id)
        .limit(limit)
    )
    return list(session.scalars(query))


def forget(session: Session, letter_ids: Sequence[int]) -> bool:
    """Take letters out of the search and leave no word of them behind; whether there was any."""
    gone = session.scalars(select(SearchRow.letter_id).where(SearchRow.letter_id.in_(letter_ids))).all()
    if not gone:
        return False
    session.execute(delete(SearchRow).where(SearchRow.letter_id.in_(gone)))
    if is_sqlite(session):  # what was deleted stays in FTS5's files until its parts are merged
        for table in ("search_words", "search_grams"):
            session.execute(text(f"INSERT INTO {table}({table}) VALUES ('optimize')"))
    return True
