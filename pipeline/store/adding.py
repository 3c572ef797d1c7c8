"""A document's first record: all its rows in a few plain inserts, past the mapper, which takes longer than they do."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TypeVar

from sqlalchemy import Table, insert, text
from sqlalchemy.orm import Session

from pipeline.store import index, log
from pipeline.store.base import in_one_go, is_sqlite
from pipeline.store.flatten import fill_letter, finding_row
from pipeline.store.models import Base, DeadlineRow, DocumentRow, LetterRow, MentionRow, ReceiptRow
from schemas.result import Result

_NEXT = text(  # numbers for letters, and the end of the log, in one question
    "SELECT ARRAY(SELECT nextval('letters_id_seq') FROM generate_series(1, :count)), seq, hash "
    "FROM (VALUES (1)) AS always LEFT JOIN (SELECT seq, hash FROM audit_log ORDER BY seq DESC LIMIT 1) AS last ON true"
)
_Part = TypeVar("_Part", ReceiptRow, DeadlineRow, MentionRow)
_LAST_GIVEN = text("SELECT seq FROM sqlite_sequence WHERE name = 'letters'")


def new_letters(row: DocumentRow, result: Result, sure: float) -> list[LetterRow]:
    """The rows of letters that were never in the register; they have no number yet."""
    letters = []
    for position in range(len(result.letters)):
        letter = LetterRow(sha256=row.sha256, received_at=row.received_at, receipts=[], deadlines=[])
        fill_letter(letter, result, position, sure)
        letters.append(letter)
    return letters


def add(
    session: Session, row: DocumentRow, result: Result, letters: Sequence[LetterRow], note: log.Note
) -> None:
    """Write a document, its letters with all that belongs to them, their search, and the log's row."""
    numbers, last = _next(session, len(letters))
    for letter, number in zip(letters, numbers, strict=True):
        letter.id = number
    receipts = [each for letter in letters for each in _of(letter, letter.receipts)]
    deadlines = [each for letter in letters for each in _of(letter, letter.deadlines)]
    mentions = [each for letter in letters for each in _of(letter, letter.mentions)]
    findings = [finding_row(place, finding) for place, finding in enumerate(result.findings)]
    for finding in findings:
        finding.sha256 = row.sha256
    new = row in session.new
    if new:
        session.expunge(row)
    session.flush()
    with in_one_go(session):
        for rows in ([row] if new else [], letters, receipts, deadlines, mentions, findings):
            _insert(session, rows)
        log.write(session, last, note)
        for letter in letters:  # last: words are cut while PostgreSQL is at work
            index.index_letter(session, letter.id, result, letter.position, new=True)


def _of(letter: LetterRow, rows: Sequence[_Part]) -> Sequence[_Part]:
    for row in rows:
        row.letter_id = letter.id
    return rows


def _next(session: Session, count: int) -> tuple[list[int], tuple[int, str]]:
    """The register's next numbers, and the end of the log; no other transaction writes meanwhile."""
    if is_sqlite(session):
        last = session.execute(_LAST_GIVEN).scalar() or 0
        return list(range(last + 1, last + 1 + count)), log.last(session)
    numbers, seq, ended = session.execute(_NEXT, {"count": count}).one()
    return numbers, (0, log.START) if seq is None else (seq, ended)


def _insert(session: Session, rows: Sequence[Base]) -> None:
    """Rows of one table, with what was set of each; the rest gets the table's defaults."""
    if not rows:
        return
    table = rows[0].__table__
    assert isinstance(table, Table)
    values = [{name: value for name, value in vars(row).items() if name in table.c} for row in rows]
    session.connection().execute(insert(table).inline(), values if len(values) > 1 else values[0])
