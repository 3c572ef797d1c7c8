"""The register's columns, in the order of ทะเบียนหนังสือรับ (form 13), for every kind of table."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import TYPE_CHECKING, NamedTuple

from pipeline.paths import bare, labels
from pipeline.say import Lang, Words

if TYPE_CHECKING:
    from pipeline.store.records import RegisterRow

Value = str | int | float | bool | dt.date | dt.time | None
FORM_13 = 8
"""How many of the columns, from the first, the form itself has; the rest is what else the register knows."""

_FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")


class Column(NamedTuple):
    """One column: its headings, what it says of a row, and the paths whose doubt makes it doubtful."""

    heading: Words
    cell: Callable[[RegisterRow, Lang], Value]
    paths: tuple[str, ...] = ()

    def doubtful(self, row: RegisterRow) -> bool:
        """Whether its value must not be shown as sure in this row."""
        return any(bare(path) in self.paths for path in row.doubtful)


COLUMNS = (
    Column(
        Words("เลขทะเบียนรับ", "receipt_number"), lambda row, lang: row.receipt_number, ("receipts.number",)
    ),
    Column(Words("ที่", "number"), lambda row, lang: row.number, ("number",)),
    Column(Words("ลงวันที่", "date"), lambda row, lang: row.date, ("date",)),
    Column(Words("จาก", "from"), lambda row, lang: row.agency, ("agency",)),
    Column(Words("ถึง", "to"), lambda row, lang: row.addressee, ("addressee",)),
    Column(Words("เรื่อง", "subject"), lambda row, lang: row.subject, ("subject",)),
    Column(Words("การปฏิบัติ", "action"), lambda row, lang: None),  # for the clerk to fill in
    Column(Words("หมายเหตุ", "remarks"), lambda row, lang: _remarks(row, lang)),
    Column(Words("วันที่รับ", "receipt_date"), lambda row, lang: row.receipt_date, ("receipts.date",)),
    Column(Words("เวลารับ", "receipt_time"), lambda row, lang: row.receipt_time, ("receipts.time",)),
    Column(Words("ชั้นความเร็ว", "urgency"), lambda row, lang: row.urgency, ("urgency",)),
    Column(Words("กำหนดภายใน", "deadline"), lambda row, lang: row.deadline, ("deadlines.date",)),
    Column(Words("ผู้ลงนาม", "signatory"), lambda row, lang: row.signatory, ("signatory.name",)),
    Column(Words("ตำแหน่ง", "position"), lambda row, lang: row.position, ("signatory.position",)),
    Column(Words("คะแนน", "score"), lambda row, lang: row.score, ("score",)),
    Column(Words("ชนิด", "kind"), lambda row, lang: row.kind),
    Column(Words("ต้องให้คนดู", "needs_person"), lambda row, lang: int(row.needs_person)),
    Column(Words("ผิด", "errors"), lambda row, lang: row.errors),
    Column(Words("เตือน", "warnings"), lambda row, lang: row.warnings),
    Column(Words("ไฟล์", "file"), lambda row, lang: row.file),
    Column(Words("ฉบับที่ในไฟล์", "letter"), lambda row, lang: None if row.letter is None else row.letter + 1),
    Column(Words("หน้า", "page"), lambda row, lang: row.page),
    Column(Words("เลขอ้างอิง", "id"), lambda row, lang: row.id),
    Column(Words("sha256", "sha256"), lambda row, lang: row.sha256),
)
"""The eight columns of form 13 first, then what else the register knows."""


def as_text(value: Value) -> str:
    """A value as a text file holds it: ISO days, hours and minutes, an empty cell for nothing.

    >>> as_text(dt.time(9, 5))
    '09:05'
    """
    if isinstance(value, dt.time):
        return f"{value:%H:%M}"
    return "" if value is None else str(value)


def harmless(text: str) -> str:
    """A cell that no spreadsheet takes for a formula.

    >>> harmless("=1+1")
    "'=1+1"
    """
    return f"'{text}" if text.startswith(_FORMULA_STARTS) else text


def _remarks(row: RegisterRow, lang: Lang) -> str | None:
    """Which of the row's own values a person should compare with the page."""
    shown = {"number", "date", "agency", "addressee", "subject", "urgency", "score"}
    parts = {"signatory.name", "signatory.position", "receipts.number", "receipts.date", "deadlines.date"}
    doubts = [path for path in row.doubtful if bare(path) in shown | parts]
    if not doubts:
        return None
    return f"{'ควรตรวจ' if lang == 'th' else 'check'}: {labels(doubts, lang)}"
