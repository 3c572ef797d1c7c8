"""What people do to letters: look at one, correct, take back, confirm, split and join.

A correction is one more reading, beside what the machine read; nothing is overwritten. Whoever changes a
letter says which version they saw: had somebody else changed it meanwhile, nothing is written and they are
told so.
"""

from __future__ import annotations

import datetime as dt
import secrets
from collections.abc import Sequence
from typing import Any

from sqlalchemy import Select, case, literal, select, tuple_, union_all
from sqlalchemy.orm import Session, joinedload, selectinload, undefer

from pipeline.errors import BadInputError, ConflictError
from pipeline.store import keeping, log, names, proofs
from pipeline.store.base import Connected, unknown
from pipeline.store.effective import original_path, person_reading, reading_json
from pipeline.store.ledger_rows import now
from pipeline.store.models import DocumentRow, LetterRow
from pipeline.store.models_people import ChangeRow, GroupingRow
from pipeline.store.records import IN_REGISTER, RegisterRow, State
from pipeline.store.register import rows_of
from pipeline.store.typed import type_at, value_of
from schemas.finding import Finding
from schemas.ink import Record
from schemas.letter import Letter
from schemas.result import Result

_WHOLE = joinedload(LetterRow.document).undefer(DocumentRow.record)


class StoredLetter(Record):
    """One letter as a person looks at it."""

    row: RegisterRow
    version: int
    letter: Letter  # with all corrections
    machine: Letter  # as it was read
    result: Result  # the whole document, with all corrections
    position: int
    findings: tuple[Finding, ...]  # about this letter, or about its file
    corrected: tuple[str, ...]  # paths of the values that a person gave
    confirmed_by: str | None
    confirmed_at: dt.datetime | None
    previous: int | None  # the letters before and after it, in order of arrival, that need a person
    next: int | None
    siblings: tuple[int, ...]  # all letters of its file


class Change(Record):
    """One thing that somebody did to a letter."""

    seq: int
    at: dt.datetime
    who: str
    action: str  # correct, undo, confirm
    path: str | None
    value: str | None  # as it is shown; None: not on the paper
    was: str | None
    undone: bool


class DeskPart(Connected):
    """The store as the review page uses it."""

    def letter(self, letter_id: int) -> StoredLetter | None:
        """One letter with all that a person needs to judge it; None when it is not in the register."""
        with self._reading() as session:
            row = session.get(LetterRow, letter_id, options=[_WHOLE])
            if row is None or row.document.state not in IN_REGISTER:
                return None
            machine = keeping.machine_result(row.document)
            if machine is None:
                return None
            found, result = keeping.with_letter(session, row, machine)
            before, after = _neighbours(session, row)
            return StoredLetter(
                row=rows_of(session, [letter_id])[letter_id],
                version=row.version,
                letter=found.letter,
                machine=machine.letters[row.position],
                result=result,
                position=row.position,
                findings=tuple(each for each in result.findings if each.letter in (None, row.position)),
                corrected=found.paths,
                confirmed_by=row.confirmed_by,
                confirmed_at=row.confirmed_at,
                previous=before,
                next=after,
                siblings=tuple(each.id for each in row.document.letters),
            )

    def result(self, sha256: str) -> Result | None:
        """A document's record with all corrections: what the rules should judge."""
        with self._reading() as session:
            row = session.get(DocumentRow, sha256)
            if row is None or row.state not in IN_REGISTER:
                return None
            return keeping.effective(session, row)

    def results(self, after: str | None = None, limit: int = 100) -> list[Result]:
        """Records in the register by hash, in batches: `after` is the last hash of the batch before."""
        # As a case, so that no database takes the index of states, and sorts a million documents for one page.
        shown = case((DocumentRow.state.in_(IN_REGISTER), 1)) == 1
        query = (
            select(DocumentRow)
            .options(undefer(DocumentRow.record), selectinload(DocumentRow.letters))
            .where(shown, DocumentRow.sha256 > (after or ""))
            .order_by(DocumentRow.sha256)
            .limit(limit)
        )
        with self._reading() as session:
            found = [keeping.effective(session, row) for row in session.scalars(query)]
            return [each for each in found if each is not None]

    def correct(self, letter_id: int, path: str, value: object, *, who: str, version: int) -> int:
        """Put a person's value in a field, by its dotted path; the letter's new version.

        `value` is what was typed, or a value of the field's type, or None where the paper bears no such thing.
        """
        type_at(path)
        given = None if value is None else value_of(path, value)
        if path == "kind" and given is None:
            raise BadInputError("value.invalid", "หนังสือต้องมีชนิด", "Every letter is of some kind.")
        with self._writing() as session:
            row, machine = _opened(session, letter_id, version)
            found = keeping.corrected(session, row, machine)
            kept = original_path(path, machine.letters[row.position], found)
            was = reading_json(found.letter, path)
            page = row.page or 1
            reading = None if given is None else person_reading(given, page, was)
            _note(session, row, who, ChangeRow(action="correct", path=kept, reading=reading, was=was))
            return self._changed(session, row, machine, who)

    def undo(self, letter_id: int, *, who: str, version: int) -> int:
        """Take back the newest correction of a letter; its new version."""
        with self._writing() as session:
            row, machine = _opened(session, letter_id, version)
            changes = _changes(session, row.id)
            undone = {each.undoes for each in changes}
            last = next(
                (each for each in reversed(changes) if each.action == "correct" and each.id not in undone),
                None,
            )
            if last is None:
                raise BadInputError(
                    "undo.nothing", "ไม่มีการแก้ไขให้ย้อนกลับ", "There is no correction to take back."
                )
            change = ChangeRow(
                action="undo", path=last.path, reading=last.was, was=last.reading, undoes=last.id
            )
            _note(session, row, who, change)
            return self._changed(session, row, machine, who)

    def confirm(self, letter_id: int, *, who: str, version: int) -> int:
        """A person has looked at a letter and finds its values right; its new version."""
        with self._writing() as session:
            row, machine = _opened(session, letter_id, version)
            if row.confirmed_at is not None:
                names.forget(session, row)
            names.learn(session, row)
            row.confirmed_by, row.confirmed_at = who, now()
            _note(session, row, who, ChangeRow(action="confirm"))
            return self._changed(session, row, machine, who)

    def _changed(self, session: Session, row: LetterRow, machine: Result, who: str) -> int:
        row.version += 1
        row.changed_by, row.changed_at = who, now()
        if row.confirmed_at is not None:
            proofs.note(session, row, machine)
        keeping.refresh(session, row.document, machine, self._sure)
        return row.version

    def history(self, letter_id: int) -> tuple[Change, ...]:
        """What people did to a letter, the oldest first."""
        with self._reading() as session:
            changes = _changes(session, letter_id)
            undone = {each.undoes for each in changes}
            return tuple(_change(each, each.id in undone) for each in changes)

    def replace_findings(self, sha256: str, findings: Sequence[Finding]) -> State | None:
        """Put new findings in place of the old; all else stays. None when the document is not in the register."""
        with self._writing() as session:
            row = session.get(DocumentRow, sha256)
            machine = None if row is None or row.state not in IN_REGISTER else keeping.machine_result(row)
            if row is None or machine is None:
                return None
            judged = machine.model_copy(update={"findings": tuple(findings)})
            if judged.findings != machine.findings:
                data = [each.model_dump(mode="json") for each in findings]
                row.record = {**(row.record or {}), "findings": data}
            keeping.refresh(session, row, judged, self._sure, words=False)
            return "needs_person" if row.state == "needs_person" else "kept"

    def regroup(self, sha256: str, groups: Sequence[Sequence[int]], *, who: str) -> None:
        """Note which pages a person put together as letters; the document must then be understood again."""
        with self._writing() as session:
            row = session.get(DocumentRow, sha256)
            if row is None or row.state not in IN_REGISTER:
                raise unknown(sha256[:12])
            pages = [page for group in groups for page in group]
            if not all(groups) or len(set(pages)) != len(pages) or not set(pages) <= set(_all_pages(row)):
                raise BadInputError(
                    "group.invalid",
                    f"แบ่งหน้าไม่ถูก: แต่ละฉบับต้องมีหน้า และแต่ละหน้า (1 ถึง {row.page_count}) อยู่ได้ฉบับเดียว",
                    f"Each letter needs a page, and each page (1 to {row.page_count}) belongs to one letter only.",
                )
            kept = [sorted(group) for group in groups]
            session.add(GroupingRow(sha256=sha256, groups=kept, who=who, at=now()))
            log.append(session, "regroup", who, sha256, {"groups": kept})

    def past(self, sha256: str) -> list[Result]:
        """What a document's record was before it was read or put together anew, the newest first.

        Where letters were merged, with the corrections that people had made to them.
        """
        with self._reading() as session:
            return keeping.past(session, sha256)

    def groups(self, sha256: str) -> tuple[tuple[int, ...], ...] | None:
        """The pages of each letter, where a person decided that; the reader must respect it."""
        query = (
            select(GroupingRow).where(GroupingRow.sha256 == sha256).order_by(GroupingRow.id.desc()).limit(1)
        )
        with self._reading() as session:
            row = session.scalars(query).first()
            return None if row is None else tuple(tuple(group) for group in row.groups)

    def is_shown(self, letter_id: int) -> bool:
        """Whether there is a letter of this number in the register, and none that may not be shown."""
        query = select(DocumentRow.state).join(LetterRow, LetterRow.sha256 == DocumentRow.sha256)
        with self._reading() as session:
            return session.scalar(query.where(LetterRow.id == letter_id)) in IN_REGISTER


def _all_pages(row: DocumentRow) -> range:
    return range(1, row.page_count + 1)


def _opened(session: Session, letter_id: int, version: int) -> tuple[LetterRow, Result]:
    """A letter that is about to be changed; ConflictError when it is no longer the one that was shown."""
    row = session.get(LetterRow, letter_id)
    machine = None if row is None else keeping.machine_result(row.document)
    if row is None or machine is None or row.document.state not in IN_REGISTER:
        raise unknown(letter_id)
    if row.version != version:
        raise ConflictError(row.changed_by, row.changed_at)
    return row, machine


def _note(session: Session, row: LetterRow, who: str, change: ChangeRow) -> None:
    """Keep a change and vouch for it in the log, which bears none of the letter's words."""
    change.letter_id, change.who, change.at = row.id, who, now()
    change.salt = secrets.token_hex(16)
    session.add(change)
    session.flush()
    detail: dict[str, object] = {"change": change.id, "proof": log.proof(change)}
    if change.path is not None:
        detail["path"] = change.path
    log.append(session, change.action, who, f"letter {row.id}", detail)


def _changes(session: Session, letter_id: int) -> Sequence[ChangeRow]:
    return session.scalars(
        select(ChangeRow).where(ChangeRow.letter_id == letter_id).order_by(ChangeRow.id)
    ).all()


def _change(row: ChangeRow, undone: bool) -> Change:
    return Change(
        seq=row.id,
        at=row.at,
        who=row.who,
        action=row.action,
        path=row.path,
        value=_shown(row.reading),
        was=_shown(row.was),
        undone=undone,
    )


def _shown(reading: dict[str, Any] | None) -> str | None:
    if reading is None or reading["value"] is None:
        return None
    value = reading["value"]
    return str(value["text"]) if isinstance(value, dict) else str(value)


def _neighbours(session: Session, row: LetterRow) -> tuple[int | None, int | None]:
    """The letter before, and the next one, that need a person, in order of arrival."""
    place = (LetterRow.received_at, LetterRow.id)
    here = tuple_(
        *(literal(value, column.type) for column, value in zip(place, (row.received_at, row.id), strict=True))
    )

    def nearest(side: int) -> Select[Any]:
        beyond = tuple_(*place) < here if side == 0 else tuple_(*place) > here
        query = select(LetterRow.id.label("id"), literal(side).label("side")).where(
            LetterRow.needs_person.is_(True), beyond
        )
        query = query.order_by(*(column.desc() if side == 0 else column for column in place)).limit(1)
        return select(*query.subquery().c)

    found = {side: id_ for id_, side in session.execute(union_all(nearest(0), nearest(1)))}
    return found.get(0), found.get(1)
