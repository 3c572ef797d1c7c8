"""Questions to the search as each database wants them: FTS5's language, or PostgreSQL's tsquery."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Sequence
from typing import Any, Literal, NamedTuple

from sqlalchemy import (
    ARRAY,
    BindParameter,
    ColumnElement,
    Select,
    TextClause,
    any_,
    bindparam,
    column,
    func,
    select,
    table,
    text,
    true,
)
from sqlalchemy.orm import Session

from pipeline.store.base import is_sqlite
from pipeline.store.rareness import rareness
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
    asked = _vector_match(wanted, where, stretch.tsquery, _looked_up(session, wanted))
    return select(VECTORS.c.letter_id).where(_within(asked, stretch))


def _match(wanted: Wanted, where: Where) -> TextClause:
    return text("search_words MATCH :match").bindparams(bindparam("match", fts(wanted, where), unique=True))


class _Words(NamedTuple):
    """A condition in PostgreSQL's own words: put together by SQLAlchemy it would take longer than its answer."""

    sql: str
    values: dict[str, Any]


def _within(asked: _Words, stretch: Stretch) -> TextClause:
    """A condition, and that a letter lies in a stretch; by no index but that of the words, hence the + 0."""
    sql, values = asked
    for name, sign, end in (("first", ">=", stretch.first), ("last", "<=", stretch.last)):
        if end is not None:
            sql, values = f"{sql} AND search_vectors.letter_id + 0 {sign} :{name}", {**values, name: end}
    return text(sql).bindparams(*(bindparam(name, value, unique=True) for name, value in values.items()))


def _plain(wanted: Wanted) -> list[str]:
    """The words that must all stand in a letter, whatever else must."""
    sure = (forms[0] for forms in wanted if len(forms) == 1)
    return [word for phrase in sure for word in (phrase.words[:-1] if phrase.open else phrase.words)]


def _looked_up(session: Session, wanted: Wanted) -> str:
    """Words to look up instead of all that is wanted, as a tsquery; empty where that is better looked up itself."""
    known = _plain(wanted)
    rare = rareness(session).rare(known)
    return " & ".join(f"'{word}'" for word in rare) if len(rare) < len(set(known)) else ""


def few(session: Session, wanted: Wanted, stretch: Stretch, newest: int, most: int) -> Select[Any] | None:
    """The letters that answer, those whose head does first (tier 0), the newest first: where these are few.

    None: they may be many, or it is not known. Only PostgreSQL is asked so, as its words tell how rare they are.
    """
    if newest * rareness(session).together(_plain(wanted)) > most:
        return None
    asked = _vector_match(wanted, "any", "", _looked_up(session, wanted))
    tier = text("CASE WHEN search_vectors.head @@ CAST(:tier AS tsquery) THEN 0 ELSE 1 END AS tier")
    found = select(VECTORS.c.letter_id, tier.bindparams(tier=tsquery(wanted))).where(_within(asked, stretch))
    return found.order_by(text("tier, letter_id + 0 DESC")).limit(most + 1)


def _vector_match(wanted: Wanted, where: Where, within: str, looked_up: str = "") -> _Words:
    if where == "near":  # each may stand in the text itself or among what it may stand for
        forms = {f"near_{place}": within + tsquery([each]) for place, each in enumerate(wanted)}
        both = (f"({_matches('everything', name)} OR {_matches('near', name)})" for name in forms)
        return _Words(" AND ".join(both), forms)
    column, whole = "head" if where == "head" else "everything", tsquery(wanted)
    sql, values = _matches(column, "asked"), {"asked": within + (looked_up or whole), "whole": whole}
    if looked_up:  # what no index is asked: IS TRUE
        sql += f" AND ({_matches(column, 'whole')}) IS TRUE"
    if where == "rest":
        sql += f" AND NOT {_matches('head', 'whole')}"
    return _Words(sql, {name: value for name, value in values.items() if f":{name} " in sql})


def _matches(column: str, name: str) -> str:
    return f"search_vectors.{column} @@ CAST(:{name} AS tsquery)"


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


def among(sqlite: bool, key: Any) -> ColumnElement[bool]:
    """That a key is one of the values that come as `ids`: the same words of SQL however many, so planned once."""
    if sqlite:
        return key.in_(select(func.json_each(bindparam("ids")).table_valued("value").c.value))  # type: ignore[no-any-return]
    return key == any_(bindparam("ids", type_=ARRAY(key.type)))  # type: ignore[no-any-return]


def given(session: Session, values: Sequence[Any]) -> Any:
    """Values as `among` takes them."""
    return json.dumps(list(values)) if is_sqlite(session) else list(values)


def one_of(session: Session, key: Any, values: Sequence[Any]) -> ColumnElement[bool]:
    """That a key is one of some values."""
    if is_sqlite(session):
        return key.in_(select(func.json_each(json.dumps(list(values))).table_valued("value").c.value))  # type: ignore[no-any-return]
    given_: BindParameter[Any] = bindparam(None, list(values), type_=ARRAY(key.type), unique=True)
    return key == any_(given_)  # type: ignore[no-any-return]


def holds(session: Session, key: Any, wanted: Wanted) -> ColumnElement[bool]:
    """That a letter's head answers; each letter is asked by itself."""
    if is_sqlite(session):
        found = select(WORDS.c.rowid).where(_match(wanted, "head"), WORDS.c.rowid == key)
        return found.scalar_subquery().is_not(None)
    answers = _within(_vector_match(wanted, "head", ""), Stretch(None, None))
    return select(true()).where(VECTORS.c.letter_id == key, answers).scalar_subquery().is_not(None)


def by_words(session: Session) -> int:
    """Have PostgreSQL look words up: of words that it keeps no figures of it may think that they stand everywhere.

    Nor are short questions compiled, or shared out among processes, because they look long: that takes longer than the
    answer. What comes back is the number of PostgreSQL's newest letter; SQLite does not need it, and gives 0.
    """
    if is_sqlite(session):
        return 0
    return session.scalar(_BY_WORDS) or 0


_BY_WORDS = text(
    "SELECT (SELECT max(letter_id) FROM search_vectors), set_config('enable_seqscan', 'off', true), "
    "set_config('jit', 'off', true), set_config('max_parallel_workers_per_gather', '0', true)"
)


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
    sql = " OR ".join(
        f"search_vectors.grams @> CAST(:part_{place} AS integer[])" for place in range(len(parts))
    )
    values = {
        f"part_{place}": _array(gram(part[at : at + 3]) for at in range(len(part) - 2))
        for place, part in enumerate(parts)
    }
    if stretch.names:
        sql, values["names"] = (
            f"({sql}) AND search_vectors.grams && CAST(:names AS integer[])",
            _array(stretch.numbers),
        )
    return select(VECTORS.c.letter_id).where(_within(_Words(f"({sql})", values), stretch))


def _array(numbers: Iterable[int]) -> str:
    return "{" + ",".join(map(str, numbers)) + "}"
