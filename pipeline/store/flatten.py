"""Records to columns: what of a letter goes into the typed columns, and what a person must look at."""

from __future__ import annotations

from typing import TypeVar

from pipeline.paths import KEY, bare, is_uncounted, readings
from pipeline.store.models import DeadlineRow, FindingRow, LetterRow, ReceiptRow
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


def needs_person(result: Result, sure: float) -> bool:
    """Whether a person must look at a document, or at any of its letters."""
    return (
        result.status == "partial"
        or not result.letters
        or any(letter_needs_person(result, position, sure) for position in range(len(result.letters)))
    )


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
    row.needs_person = letter_needs_person(result, position, sure)
    row.receipts = [_receipt_row(place, receipt) for place, receipt in enumerate(letter.receipts)]
    row.deadlines = [_deadline_row(place, deadline) for place, deadline in enumerate(letter.deadlines)]


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


def _receipt_row(position: int, receipt: Receipt) -> ReceiptRow:
    return ReceiptRow(
        position=position,
        agency=_value(receipt.agency),
        number=_value(receipt.number),
        date=_value(receipt.date),
        time=_value(receipt.time),
    )


def _deadline_row(position: int, deadline: Deadline) -> DeadlineRow:
    return DeadlineRow(
        position=position,
        date=deadline.date.value,
        time=_value(deadline.time),
        kind=deadline.kind.value,
        phrase=deadline.phrase.value or deadline.phrase.raw,
    )


def _value(reading: Reading[T] | None) -> T | None:
    return None if reading is None else reading.value
