"""Questions to the search as each database wants them: FTS5's language, or PostgreSQL's tsquery."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from typing import Any, Literal, NamedTuple

from sqlalchemy import (
    BindParameter,
    ColumnClause,
    ColumnElement,
    Select,
    TextClause,
    bindparam,
    column,
    func,
    literal_column,
    or_,
    select,
    table,
    text,
)
from sqlalchemy.orm import Session

from pipeline.store.base import is_sqlite

Where = Literal["head", "any", "rest", "near"]
"""In subject, parties and numbers; there or in the body; the same without what the head alone answers; there
or among the words that damaged ones may stand for."""

_FTS_COLUMNS = {"head": "{head marks}", "any": "{head marks body}", "near": "{head marks body near}"}
WORDS = table("search_words", column("rowid"))
GRAMS = table("search_grams", column("rowid"))
VECTORS = table("search_vectors", column("letter_id"))


class Phrase(NamedTuple):
    """Words that stand side by side; the last one may go on, where `open`."""

    words: tuple[str, ...]
    open: bool = False


Wanted = Sequence[Sequence[Phrase]]
"""All of these, each in one of several forms."""


def fts(wanted: Wanted, where: Where) -> str:
    """An FTS5 expression."""
    if where == "rest":
        return f"({fts(wanted, 'any')}) NOT ({fts(wanted, 'head')})"
    forms = ["(" + " OR ".join(_fts_phrase(phrase) for phrase in each) + ")" for each in wanted]
    return f"{_FTS_COLUMNS[where]} : ({' AND '.join(forms)})"


def _fts_phrase(phrase: Phrase) -> str:
    # no sign of FTS5's language can stand in a word, so a quote need not be doubled
    return '"' + " ".join(phrase.words) + '"' + ("*" if phrase.open else "")


def tsquery(wanted: Wanted) -> str:
    """A tsquery as text."""
    forms = ["(" + " | ".join(_ts_phrase(phrase) for phrase in each) + ")" for each in wanted]
    return " & ".join(forms)


def _ts_phrase(phrase: Phrase) -> str:
    parts = [f"'{word}'" for word in phrase.words]
    parts[-1] += ":*" if phrase.open else ""
    return "(" + " <-> ".join(parts) + ")"


def ids(session: Session, wanted: Wanted, where: Where) -> Select[Any]:
    """The ids of the letters that answer, unordered."""
    if is_sqlite(session):
        return select(WORDS.c.rowid).where(_match(wanted, where))
    return select(VECTORS.c.letter_id).where(_vector_match(wanted, where))


def _match(wanted: Wanted, where: Where) -> TextClause:
    return text("search_words MATCH :match").bindparams(bindparam("match", fts(wanted, where), unique=True))


def _vector_match(wanted: Wanted, where: Where) -> ColumnElement[bool]:
    if where == "rest":
        return _vector_match(wanted, "any") & ~_vector_match(wanted, "head")
    if where != "near":
        return _matches("head" if where == "head" else "everything", tsquery(wanted))
    parts: ColumnElement[bool] | None = None
    for each in wanted:  # each may stand in the text itself or among what it may stand for
        one = _matches("everything", tsquery([each])) | _matches("near", tsquery([each]))
        parts = one if parts is None else parts & one
    assert parts is not None  # nobody asks for nothing
    return parts


def _matches(name: str, query: str) -> ColumnElement[bool]:
    value: BindParameter[str] = bindparam(None, query, unique=True)
    return literal_column(f"search_vectors.{name}").bool_op("@@")(value.op("::")(literal_column("tsquery")))


COMMON = 10_000
"""Letters from which words are common: a page of them is met soon by walking from the newest."""


def is_common(session: Session, wanted: Wanted, where: Where) -> bool:
    """Whether so many letters answer that one meets them soon anywhere; asked of PostgreSQL only."""
    if is_sqlite(session):
        return False
    with guided(session, common=False):
        few = ids(session, wanted, where).limit(COMMON + 1).subquery()
        return (session.scalar(select(func.count()).select_from(few)) or 0) > COMMON


@contextmanager
def guided(session: Session, *, common: bool) -> Iterator[None]:
    """Have PostgreSQL take the right way, which it cannot guess for words that it keeps no figures of.

    Rare words: by the word index, all at once. Common ones: from the newest letter on, until a page is full.
    """
    if is_sqlite(session):  # its search gives hits in the order of letters anyway
        yield
        return
    _allow(session, index=common, words=not common)
    try:
        yield
    finally:
        _allow(session, index=True, words=True)


def _allow(session: Session, *, index: bool, words: bool) -> None:
    for name, on in (("indexscan", index), ("seqscan", index and words), ("bitmapscan", words)):
        session.execute(text(f"SET LOCAL enable_{name} = {'on' if on else 'off'}"))


def sharing(session: Session, parts: Sequence[str], gram: Callable[[str], int]) -> Select[Any]:
    """Letters whose head holds every three letters in a row of one of these parts, the newest first."""
    if is_sqlite(session):
        forms = [
            "(" + " AND ".join(f'"{part[at : at + 3]}"' for at in range(len(part) - 2)) + ")"
            for part in parts
        ]
        match = text("search_grams MATCH :grams").bindparams(bindparam("grams", " OR ".join(forms)))
        return select(GRAMS.c.rowid).where(match).order_by(GRAMS.c.rowid.desc())
    held: ColumnClause[Any] = literal_column("search_vectors.grams")
    conditions = [
        held.bool_op("@>")(_numbers([gram(part[at : at + 3]) for at in range(len(part) - 2)]))
        for part in parts
    ]
    return select(VECTORS.c.letter_id).where(or_(*conditions)).order_by(VECTORS.c.letter_id.desc())


def _numbers(values: Sequence[int]) -> ColumnElement[Any]:
    return bindparam(None, "{" + ",".join(map(str, values)) + "}", unique=True).op("::")(
        literal_column("integer[]")
    )
