"""Contests (การประกวด): what an audit found of each submission, kept so that it can be asked again."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import Engine, func, select

from pipeline.store import log
from pipeline.store.base import Connected, unknown
from pipeline.store.ledger_rows import now
from pipeline.store.models_people import AnswerRow, ContestRow, SubmissionRow
from schemas.ink import Box, Confidence, PageNumber, Record


class Answer(Record):
    """How a submission meets one requirement, with its proof on the page."""

    requirement: str
    verdict: str  # the audit's own words: met, missing, doubtful …
    sha256: str | None = None
    page: PageNumber | None = None
    box: Box | None = None
    confidence: Confidence | None = None
    note: str = ""


class Entry(Record):
    """What one entrant sent in."""

    entrant: str
    folder: str = ""
    verdict: str
    answers: tuple[Answer, ...] = ()


class Contest(Record):
    """A contest that was audited."""

    id: int
    title: str
    rules: dict[str, Any]
    audited_at: dt.datetime
    entrants: int


class Contests(Connected):
    """The contests of a store."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    def keep(self, title: str, rules: Mapping[str, Any], entries: Sequence[Entry], *, who: str) -> int:
        """Keep an audit; an earlier one of the same title is replaced. The contest's number."""
        with self._writing() as session:
            row = session.scalars(select(ContestRow).where(ContestRow.title == title)).first()
            if row is None:
                row = ContestRow(title=title)
                session.add(row)
            row.rules, row.audited_at = dict(rules), now()
            row.entrants = [_row(place, entry) for place, entry in enumerate(entries)]
            session.flush()
            log.append(session, "audit", who, f"contest {row.id}", {"entrants": len(entries)})
            return row.id

    def all(self) -> list[Contest]:
        """All contests, the newest first."""
        ids = select(ContestRow.id, func.count(SubmissionRow.id)).outerjoin(SubmissionRow)
        with self._reading() as session:
            counts: dict[int, int] = dict(map(_pair, session.execute(ids.group_by(ContestRow.id))))
            rows = session.scalars(select(ContestRow).order_by(ContestRow.id.desc()))
            return [
                Contest(
                    id=row.id,
                    title=row.title,
                    rules=row.rules,
                    audited_at=row.audited_at,
                    entrants=counts[row.id],
                )
                for row in rows
            ]

    def entries(self, contest_id: int) -> list[Entry]:
        """What was found of each submission of a contest, in the audit's order."""
        with self._reading() as session:
            row = session.get(ContestRow, contest_id)
            if row is None:
                raise unknown(contest_id)
            return [
                Entry(
                    entrant=each.entrant,
                    folder=each.folder,
                    verdict=each.verdict,
                    answers=tuple(_answer(answer) for answer in each.answers),
                )
                for each in row.entrants
            ]


def _pair(row: Any) -> tuple[int, int]:
    return row[0], row[1]


def _row(place: int, entry: Entry) -> SubmissionRow:
    answers = [
        AnswerRow(position=position, **{**answer.model_dump(), "box": _box(answer.box)})
        for position, answer in enumerate(entry.answers)
    ]
    return SubmissionRow(
        position=place, entrant=entry.entrant, folder=entry.folder, verdict=entry.verdict, answers=answers
    )


def _box(box: Box | None) -> list[float] | None:
    return None if box is None else list(box)


def _answer(row: AnswerRow) -> Answer:
    return Answer.model_validate({name: getattr(row, name) for name in Answer.model_fields})
