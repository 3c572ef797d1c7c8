"""Records to columns: what of a letter goes into the typed columns, and what a person must look at."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TypeVar

from pipeline.paths import KEY, bare, is_uncounted, readings
from pipeline.store.models import DeadlineRow, FindingRow, LetterRow, MentionRow, ReceiptRow
from schemas.finding import Finding, Severity
from schemas.letter import Deadline, Letter, Receipt
from schemas.reading import Reading
from schemas.result import Result

KEY_FIELDS = ("number", "date", "subject")
"""What a register entry stands on; below the "sure" threshold a person must look at them."""

T = TypeVar("T")


def doubtful(letter: Letter, sure: float) -> tuple[str, ...]:
    """The fields not to be shown as sure: read with little confidence, or not understood at all."""
    return tuple(
        path
        for path, reading in readings(letter)
        if reading.confidence < sure or (reading.value is None and not is_uncounted(letter, path))
    )


def letter_needs_person(result: Result, position: int, sure: float) -> bool:
    """Whether a person must look at a letter: a key field is not sure, or a finding suspects our reading.

    Notes ask nobody: they are about values that nobody types into the register.
    """
    letter = result.letters[position]
    return any(
        (path in KEY_FIELDS and reading.confidence < sure)
        or (bare(path) in KEY and reading.value is None and not is_uncounted(letter, path))
        for path, reading in readings(letter)
    ) or any(_asks(finding) and finding.letter in (None, position) for finding in result.findings)


def _asks(finding: Finding) -> bool:
    return finding.fault == "reading" and finding.severity is not Severity.NOTE


def fill_letter(row: LetterRow, result: Result, position: int, sure: float) -> None:
    """Write one letter into its row; the row keeps its id."""
    letter = result.letters[position]
    number = _value(letter.number)
    row.position = position
    row.page = letter.pages[0] if letter.pages else None
    row.kind, row.urgency = letter.kind.value, _value(letter.urgency)
    row.code, row.owner = (number.code, number.owner) if number else (None, None)
    row.circular, row.running = (number.circular, number.running) if number else (None, None)
    row.number_year, row.number_text = (number.year, number.text) if number else (None, None)
    row.letter_date, row.agency = _value(letter.date), _value(letter.agency)
    row.subject, row.addressee = _value(letter.subject), _value(letter.addressee)
    signatory = letter.signatory
    row.signatory = _value(signatory.name) if signatory else None
    row.signatory_position = _value(signatory.position) if signatory else None
    row.score = _value(letter.score)
    row.doubtful = list(doubtful(letter, sure))
    row.needs_person = row.confirmed_at is None and letter_needs_person(result, position, sure)
    row.pages = list(letter.pages)
    row.receipts = [_receipt_row(place, receipt) for place, receipt in enumerate(letter.receipts)]
    row.deadlines = _deadline_rows(row.deadlines, letter.deadlines)
    row.mentions = mention_rows(letter)
    settle(row, result, position)


def settle(row: LetterRow, result: Result, position: int) -> None:
    """Write what follows from findings and from deadlines that are done."""
    about = [finding.severity for finding in result.findings if finding.letter in (None, position)]
    row.errors, row.warnings = about.count(Severity.ERROR), about.count(Severity.WARNING)
    row.due = min(
        (each.date for each in row.deadlines if each.date is not None and each.done_at is None), default=None
    )


def finding_row(position: int, finding: Finding) -> FindingRow:
    """One finding as a row."""
    return FindingRow(
        position=position,
        letter=finding.letter,
        rule=finding.id,
        severity=finding.severity.value,
        fault=finding.fault,
        message=finding.message,
        message_en=finding.message_en,
        page=finding.page,
    )


def mention_rows(letter: Letter) -> list[MentionRow]:
    """The letters that a letter names by their numbers."""
    named = ((_value(each.number), _value(each.date)) for each in (*letter.references, *letter.citations))
    return [MentionRow(number=number.text, date=day) for number, day in named if number is not None]


def _receipt_row(position: int, receipt: Receipt) -> ReceiptRow:
    return ReceiptRow(
        position=position,
        agency=_value(receipt.agency),
        number=_value(receipt.number),
        date=_value(receipt.date),
        time=_value(receipt.time),
    )


def _deadline_rows(known: list[DeadlineRow], deadlines: Sequence[Deadline]) -> list[DeadlineRow]:
    """Deadlines as rows; one that was there before keeps its number, and whether it is done."""
    left, rows = list(known), []
    for position, deadline in enumerate(deadlines):
        day, phrase = deadline.date.value, deadline.phrase.value or deadline.phrase.raw
        row = next((each for each in left if each.date == day and each.phrase == phrase), None)
        row = row or next((each for each in left if each.date == day), None)
        if row is None:
            row = DeadlineRow(date=day)
        else:
            left.remove(row)
        row.position, row.phrase = position, phrase
        row.time, row.kind = _value(deadline.time), deadline.kind.value
        rows.append(row)
    return rows


def _value(reading: Reading[T] | None) -> T | None:
    return None if reading is None else reading.value
