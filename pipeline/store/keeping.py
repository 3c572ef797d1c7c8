"""How a document's record and its rows come together: what the machine read, what people made of it."""

from __future__ import annotations

import json
import zlib
from collections.abc import Mapping, Sequence

from sqlalchemy import delete, select, update
from sqlalchemy.orm import Session

from pipeline.store import adding, index, ledger_rows, log, names
from pipeline.store.effective import Corrected, Correction, apply
from pipeline.store.flatten import fill_letter, finding_row
from pipeline.store.ledger_rows import now
from pipeline.store.models import DocumentRow, LetterRow
from pipeline.store.models_people import ChangeRow, GroupingRow, OriginalRow, PastRecordRow, ProofRow
from schemas.letter import Letter
from schemas.result import Result

_KEY = ("number", "date", "subject")


def machine_result(row: DocumentRow) -> Result | None:
    """What the machine read, and what the rules found last."""
    return None if row.record is None else Result.model_validate(row.record)


def _corrections_of(session: Session, letter_ids: Sequence[int]) -> dict[int, list[Correction]]:
    """The corrections of some letters that count, the oldest first; letters that nobody touched are left out."""
    query = select(ChangeRow).where(ChangeRow.letter_id.in_(letter_ids)).order_by(ChangeRow.id)
    rows = session.scalars(query).all() if letter_ids else ()
    undone = {row.undoes for row in rows}
    found: dict[int, list[Correction]] = {row.letter_id: [] for row in rows}
    for row in rows:
        if row.action == "correct" and row.id not in undone:
            found[row.letter_id].append(Correction(row.path or "", row.reading, row.was))
    return found


def corrected(session: Session, row: LetterRow, machine: Result) -> Corrected:
    """One letter with its corrections."""
    return apply(machine.letters[row.position], _corrections_of(session, [row.id]).get(row.id, []))


def with_letter(session: Session, row: LetterRow, machine: Result) -> tuple[Corrected, Result]:
    """One letter with its corrections, and the record of its document with those of all its letters."""
    letters = [each for each in row.document.letters if each.id is not None]
    known = _corrections_of(session, [each.id for each in letters])
    mine = apply(machine.letters[row.position], known.get(row.id, []))
    if not known or len(machine.letters) != len(row.document.letters):
        return mine, machine
    whole = list(machine.letters)
    for each in letters:
        if each.id in known:
            whole[each.position] = (
                mine if each is row else apply(machine.letters[each.position], known[each.id])
            ).letter
    return mine, machine.model_copy(update={"letters": tuple(whole)})


def effective(session: Session, row: DocumentRow, machine: Result | None = None) -> Result | None:
    """A document's record with all corrections; the machine's own where nobody corrected anything."""
    machine = machine or machine_result(row)
    if machine is None or not row.letters or len(machine.letters) != len(row.letters):
        return machine
    return with_letter(session, row.letters[0], machine)[1]


def keep(session: Session, row: DocumentRow, result: Result, sure: float) -> None:
    """Put a new record in place of the one before, which is kept aside; corrections stay."""
    before, known = row.record, row.state != "quarantined"
    row.record = data = result.model_dump(mode="json")
    row.name, row.page_count = result.file, result.page_count
    row.error_code = row.error = row.error_en = None
    row.letterless = not result.letters
    if (before is None or not known) and not row.letters:
        letters = adding.new_letters(row, result, sure)
        row.state = state_of(letters, result)
        adding.add(session, row, result, letters, _note("read", row, letters))
        return
    changed = before is not None and known and _without_findings(before) != _without_findings(data)
    if changed and before is not None:
        _set_aside(session, row, before)
        if len(result.letters) < len(row.letters):
            _set_aside_corrected(session, row, before)
    _replace(session, row, result, sure, changed)
    note = _note("read.again" if changed else "read", row, row.letters)
    log.write(session, log.last(session), note)


def _set_aside(session: Session, row: DocumentRow, record: Mapping[str, object]) -> None:
    past = zlib.compress(json.dumps(record, ensure_ascii=False).encode())
    session.add(PastRecordRow(sha256=row.sha256, until=now(), record=past))


def _set_aside_corrected(session: Session, row: DocumentRow, before: Mapping[str, object]) -> None:
    """Keep what people made of letters, too, where one of them is merged into another: its corrections go with it."""
    machine = Result.model_validate(before)
    whole = effective(session, row, machine)
    if whole is not None and whole is not machine:
        _set_aside(session, row, whole.model_dump(mode="json"))


def past(session: Session, sha256: str) -> list[Result]:
    """What a document's record was before it was read or put together anew, the newest first."""
    query = (
        select(PastRecordRow.record).where(PastRecordRow.sha256 == sha256).order_by(PastRecordRow.id.desc())
    )
    return [Result.model_validate_json(zlib.decompress(record)) for record in session.scalars(query)]


def _note(action: str, row: DocumentRow, letters: Sequence[LetterRow]) -> log.Note:
    return log.Note(action, log.MACHINE, row.sha256, {"state": row.state, "letters": len(letters)})


def _replace(session: Session, row: DocumentRow, result: Result, sure: float, changed: bool) -> None:
    """Fit the letters that are there to a new record, each to the one that it is."""
    matched = _matched(list(row.letters), result.letters)
    gone = [each for each in row.letters if each not in matched]
    for each in gone:
        row.letters.remove(each)
    if gone:  # it makes room before others take its place
        session.flush()
    row.letters = matched
    before = {each.id: _keys(each) for each in row.letters if each.id is not None}
    refresh(session, row, result, sure)
    for each in row.letters if changed else ():
        if each.id in before:
            each.version += 1
            each.changed_by, each.changed_at = None, now()
    stale = [
        each for each in row.letters if each.confirmed_at and before.get(each.id, _keys(each)) != _keys(each)
    ]
    for each in stale:  # what was confirmed is no longer what is there
        each.confirmed_by = each.confirmed_at = None
        session.execute(delete(ProofRow).where(ProofRow.letter_id == each.id))
    if stale:
        refresh(session, row, result, sure)


def erase(session: Session, row: DocumentRow) -> bool:
    """Leave of a protected document only its hash, its times and its class; whether it could be found before."""
    ids = [each.id for each in row.letters]
    for each in row.letters:
        if each.confirmed_at is not None:
            names.forget(session, each)
    session.flush()
    found = index.forget(session, ids)
    for table in (PastRecordRow, GroupingRow, OriginalRow):
        session.execute(delete(table).where(table.sha256 == row.sha256))
    row.letterless = False
    ledger_rows.erase(session, row)
    return found


def _without_findings(record: dict[str, object]) -> dict[str, object]:
    return {name: value for name, value in record.items() if name != "findings"}


def _keys(row: LetterRow) -> tuple[object, ...]:
    return row.number_text, row.letter_date, row.subject


def _matched(rows: list[LetterRow], letters: Sequence[Letter]) -> list[LetterRow]:
    """The row of each letter: the one that stood on most of its pages, else the one in its place, else new."""
    left = list(rows)
    chosen: list[LetterRow | None] = [None] * len(letters)
    pairs = sorted(
        (
            (-len(set(row.pages) & set(letter.pages)), abs(row.position - place), place, row.position)
            for place, letter in enumerate(letters)
            for row in rows
            if not row.pages or set(row.pages) & set(letter.pages)
        )
    )
    by_position = {row.position: row for row in rows}
    for _, _, place, position in pairs:
        row = by_position[position]
        if chosen[place] is None and row in left:
            chosen[place] = row
            left.remove(row)
    return [row or LetterRow(receipts=[], deadlines=[], mentions=[]) for row in chosen]


def refresh(
    session: Session, row: DocumentRow, machine: Result, sure: float, *, words: bool = True
) -> Result:
    """Write the typed columns, the findings, the state and (`words`) the search of a document anew."""
    with session.no_autoflush:  # a new row must not be written before it is filled
        _renumber(session, row)
        result = effective(session, row, machine) or machine
        for position, each in enumerate(row.letters):
            each.received_at = row.received_at
            fill_letter(each, result, position, sure)
    row.findings = [finding_row(place, finding) for place, finding in enumerate(result.findings)]
    row.state = state_of(row.letters, result)
    new = [each for each in row.letters if each.id is None]
    session.flush()
    for each in row.letters if words else ():
        index.index_letter(session, each.id, result, each.position, new=each in new)
    return result


def _renumber(session: Session, row: DocumentRow) -> None:
    """Give rows that stay their new places without two standing in one for a moment."""
    moved = [each for place, each in enumerate(row.letters) if each.id is not None and each.position != place]
    for each in moved:
        session.execute(update(LetterRow).where(LetterRow.id == each.id).values(position=-1 - each.position))
    for place, each in enumerate(row.letters):
        each.position = place


def state_of(letters: Sequence[LetterRow], result: Result) -> str:
    """Whether a person must look at a document: one of its letters is not sure, or nobody has confirmed all
    letters of a document that was read with problems."""
    confirmed = bool(letters) and all(each.confirmed_at is not None for each in letters)
    asks = (
        not letters
        or any(each.needs_person for each in letters)
        or (result.status == "partial" and not confirmed)
    )
    return "needs_person" if asks else "kept"
