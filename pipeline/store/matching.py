"""Questions to the search as each database wants them: FTS5's language, or PostgreSQL's tsquery."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from typing import Any, Literal, NamedTuple

from sqlalchemy import (
    ARRAY,
    BindParameter,
    ColumnClause,
    ColumnElement,
    Select,
    TextClause,
    any_,
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
from pipeline.store.stretches import Stretch, growing

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


def ids(session: Session, wanted: Wanted, where: Where, stretch: Stretch | None = None) -> Select[Any]:
    """The ids of the letters that answer, unordered; within a stretch, where one is given."""
    stretch = stretch or Stretch(None, None)
    if is_sqlite(session):
        return select(WORDS.c.rowid).where(_match(wanted, where), *stretch.holds(WORDS.c.rowid))
    query = select(VECTORS.c.letter_id).where(_vector_match(wanted, where, stretch.tsquery))
    return query.where(*stretch.holds(VECTORS.c.letter_id + 0))  # + 0: by no index but that of the words


def _match(wanted: Wanted, where: Where) -> TextClause:
    return text("search_words MATCH :match").bindparams(bindparam("match", fts(wanted, where), unique=True))


def _vector_match(wanted: Wanted, where: Where, within: str) -> ColumnElement[bool]:
    if where == "rest":
        return _vector_match(wanted, "any", within) & ~_matches("head", tsquery(wanted))
    if where != "near":
        return _matches("head" if where == "head" else "everything", within + tsquery(wanted))
    parts: ColumnElement[bool] | None = None
    for each in wanted:  # each may stand in the text itself or among what it may stand for
        asked = within + tsquery([each])
        one = _matches("everything", asked) | _matches("near", asked)
        parts = one if parts is None else parts & one
    assert parts is not None  # nobody asks for nothing
    return parts


def _matches(name: str, query: str) -> ColumnElement[bool]:
    value: BindParameter[str] = bindparam(None, query, unique=True)
    return literal_column(f"search_vectors.{name}").bool_op("@@")(value.op("::")(literal_column("tsquery")))


def some_ids(session: Session, wanted: Wanted, most: int, newest: int) -> list[int]:
    """Up to so many letters whose head answers; from the `newest` back, stretch by stretch, on PostgreSQL."""
    if is_sqlite(session):
        return list(session.scalars(ids(session, wanted, "head").limit(most)))
    found: list[int] = []
    for stretch in growing(0, newest):
        found += session.scalars(ids(session, wanted, "head", stretch).limit(most - len(found)))
        if len(found) == most:
            break
    return found


def one_of(session: Session, key: Any, values: Sequence[Any]) -> ColumnElement[bool]:
    """That a key is one of some; the same words of SQL however many they are, so that they are planned once."""
    if is_sqlite(session):
        return key.in_(select(func.json_each(json.dumps(list(values))).table_valued("value").c.value))  # type: ignore[no-any-return]
    given: BindParameter[Any] = bindparam(None, list(values), type_=ARRAY(key.type), unique=True)
    return key == any_(given)  # type: ignore[no-any-return]


def holds(session: Session, key: Any, wanted: Wanted) -> ColumnElement[bool]:
    """That a letter's head answers; each letter is asked by itself."""
    if is_sqlite(session):
        found = select(WORDS.c.rowid).where(_match(wanted, "head"), WORDS.c.rowid == key)
        return found.scalar_subquery().is_not(None)
    asked = select(_vector_match(wanted, "head", "")).where(VECTORS.c.letter_id == key)
    return asked.scalar_subquery().is_(True)


def by_words(session: Session) -> int:
    """Have PostgreSQL look words up: of words that it keeps no figures of it may think that they stand everywhere.

    Nor are short questions compiled, or shared out among processes, because they look long: that takes longer than the
    answer. What comes back is the number of PostgreSQL's newest letter; SQLite does not need it, and gives 0.
    """
    if is_sqlite(session):
        return 0
    settings = {"enable_seqscan": "off", "jit": "off", "max_parallel_workers_per_gather": "0"}
    said = (func.set_config(name, value, literal_column("true")) for name, value in settings.items())
    newest = select(func.max(VECTORS.c.letter_id)).scalar_subquery()
    return session.execute(select(newest, *said)).one()[0] or 0


def sharing(
    session: Session, parts: Sequence[str], gram: Callable[[str], int], stretch: Stretch
) -> Select[Any]:
    """Letters whose head holds every three letters in a row of one of these parts."""
    if is_sqlite(session):
        forms = [
            "(" + " AND ".join(f'"{part[at : at + 3]}"' for at in range(len(part) - 2)) + ")"
            for part in parts
        ]
        match = text("search_grams MATCH :grams").bindparams(bindparam("grams", " OR ".join(forms)))
        return select(GRAMS.c.rowid).where(match, *stretch.holds(GRAMS.c.rowid))
    conditions = [_holds("@>", [gram(part[at : at + 3]) for at in range(len(part) - 2)]) for part in parts]
    within = [_holds("&&", stretch.numbers)] if stretch.names else []
    query = select(VECTORS.c.letter_id).where(or_(*conditions), *within)
    return query.where(*stretch.holds(VECTORS.c.letter_id + 0))


def _holds(how: str, numbers: Sequence[int]) -> ColumnElement[bool]:
    held: ColumnClause[Any] = literal_column("search_vectors.grams")
    value: BindParameter[str] = bindparam(None, "{" + ",".join(map(str, numbers)) + "}", unique=True)
    return held.bool_op(how)(value.op("::")(literal_column("integer[]")))
