"""The register as CSV, in the order of ทะเบียนหนังสือรับ (form 13), ready for a spreadsheet."""

from __future__ import annotations

import csv
import io
import sys
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple, TextIO

from pipeline.errors import BadInputError
from pipeline.paths import bare, labels
from pipeline.say import Lang, Words

if TYPE_CHECKING:
    from pipeline.store.records import RegisterRow

BOM = "\ufeff"
"""Excel takes a CSV file for UTF-8 only when it starts with this."""

_FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")


class Column(NamedTuple):
    """One column: its headings, and what it says of a row."""

    heading: Words
    cell: Callable[[RegisterRow, Lang], object]


COLUMNS = (
    Column(Words("เลขทะเบียนรับ", "receipt_number"), lambda row, lang: row.receipt_number),
    Column(Words("ที่", "number"), lambda row, lang: row.number),
    Column(Words("ลงวันที่", "date"), lambda row, lang: row.date),
    Column(Words("จาก", "from"), lambda row, lang: row.agency),
    Column(Words("ถึง", "to"), lambda row, lang: row.addressee),
    Column(Words("เรื่อง", "subject"), lambda row, lang: row.subject),
    Column(Words("การปฏิบัติ", "action"), lambda row, lang: None),  # for the clerk to fill in
    Column(Words("หมายเหตุ", "remarks"), lambda row, lang: _remarks(row, lang)),
    Column(Words("วันที่รับ", "receipt_date"), lambda row, lang: row.receipt_date),
    Column(
        Words("เวลารับ", "receipt_time"), lambda row, lang: row.receipt_time and f"{row.receipt_time:%H:%M}"
    ),
    Column(Words("ชั้นความเร็ว", "urgency"), lambda row, lang: row.urgency),
    Column(Words("กำหนดภายใน", "deadline"), lambda row, lang: row.deadline),
    Column(Words("ผู้ลงนาม", "signatory"), lambda row, lang: row.signatory),
    Column(Words("ตำแหน่ง", "position"), lambda row, lang: row.position),
    Column(Words("คะแนน", "score"), lambda row, lang: row.score),
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
"""The eight columns of form 13 first, then what else the register knows. Dates are ISO, so that they sort."""


def write_csv(rows: Iterable[RegisterRow], out: TextIO, headings: Lang) -> int:
    """Write the register; return how many rows it has. `out` must not translate line ends (newline="")."""
    writer = csv.writer(out)
    writer.writerow([column.heading.say(headings) for column in COLUMNS])
    cells = [[harmless(column.cell(row, headings)) for column in COLUMNS] for row in rows]
    writer.writerows(cells)
    return len(cells)


def save_csv(rows: Iterable[RegisterRow], file: Path, headings: Lang) -> int:
    """Write a file whole or not at all; `-` is standard output, without the byte-order mark."""
    if str(file) == "-":
        out = io.TextIOWrapper(sys.stdout.buffer, encoding="utf-8", newline="", write_through=True)
        try:
            return write_csv(rows, out, headings)
        finally:
            out.detach()  # or standard output would be closed with it
    half = file.with_name(f".{file.name}.part")
    try:
        with half.open("w", encoding="utf-8", newline="") as out:
            out.write(BOM)
            count = write_csv(rows, out, headings)
        half.replace(file)
    except OSError as error:
        half.unlink(missing_ok=True)
        raise BadInputError(
            "export.unwritable",
            f"เขียน {file} ไม่ได้ ({error.strerror}) โปรดปิดไฟล์ในโปรแกรมอื่นหรือเลือกที่อื่น",
            f"{file} cannot be written ({error.strerror}). Close it elsewhere, or choose another place.",
        ) from error
    return count


def harmless(value: object) -> str:
    """A cell that no spreadsheet takes for a formula.

    >>> harmless("=1+1")
    "'=1+1"
    """
    text = "" if value is None else str(value)
    return f"'{text}" if text.startswith(_FORMULA_STARTS) else text


def _remarks(row: RegisterRow, lang: Lang) -> str | None:
    """Which of the row's own values a person should compare with the page."""
    shown = {"number", "date", "agency", "addressee", "subject", "urgency", "score"}
    parts = {"signatory.name", "signatory.position", "receipts.number", "receipts.date", "deadlines.date"}
    doubts = [path for path in row.doubtful if bare(path) in shown | parts]
    if not doubts:
        return None
    return f"{'ควรตรวจ' if lang == 'th' else 'check'}: {labels(doubts, lang)}"
