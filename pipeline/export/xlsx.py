"""The register as an Excel workbook: a sheet to print in the layout of form 13, and one with all columns."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE
from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

from pipeline.export.columns import COLUMNS, FORM_13, Column, Value
from pipeline.export.files import whole
from pipeline.say import Lang, Words, say_day

if TYPE_CHECKING:
    from pipeline.store.records import RegisterRow

_FORM = Words("ทะเบียนหนังสือรับ", "Receiving register")
_ALL = Words("ข้อมูลทั้งหมด", "All columns")
_DATES = {"th": "[$-107041E]d mmm yyyy", "en": "yyyy-mm-dd"}  # the first is the Buddhist calendar, in Thai
_WIDTHS = {"subject": 48, "from": 32, "to": 32, "remarks": 26, "number": 20, "signatory": 26, "position": 30}
_WIDTH = 14  # characters
_LONGEST = 32_767  # characters that Excel takes in a cell
_DOUBT = PatternFill("solid", fgColor="FFF2CC")
_HEAD = PatternFill("solid", fgColor="DDE7F0")
_LINE = Border(*[Side(style="thin", color="999999")] * 4)
_WRAPPED = Alignment(vertical="top", wrap_text=True)


def save_xlsx(rows: Iterable[RegisterRow], file: Path, headings: Lang) -> int:
    """Write the workbook whole or not at all; return how many rows it has.

    Dates are real dates, shown in the Buddhist calendar under Thai headings. A doubtful value is shaded and
    named in the remarks. A text that begins like a formula stays a text.
    """
    kept = list(rows)
    book = Workbook(write_only=True)
    _form_13(book.create_sheet(_FORM.say(headings)), kept, headings)
    _everything(book.create_sheet(_ALL.say(headings)), kept, headings)
    with whole(file) as half:
        book.save(half)
    return len(kept)


def _form_13(sheet: Worksheet, rows: Sequence[RegisterRow], lang: Lang) -> None:
    """Form 13 on lying A4 paper, its headings again on every page."""
    _widths(sheet, COLUMNS[:FORM_13])
    sheet.page_setup.orientation, sheet.page_setup.paperSize = "landscape", "9"
    sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight = 1, 0
    sheet.sheet_properties.pageSetUpPr.fitToPage = True
    sheet.oddFooter.center.text = "&P/&N"
    sheet.print_title_rows = "3:3"
    sheet.freeze_panes = "A4"
    sheet.append([_styled(sheet, _FORM.say(lang), Font(bold=True, size=16))])
    sheet.append([_styled(sheet, _span(rows, lang), Font(size=12))])
    _table(sheet, COLUMNS[:FORM_13], rows, lang)


def _everything(sheet: Worksheet, rows: Sequence[RegisterRow], lang: Lang) -> None:
    """All columns, with filters."""
    _widths(sheet, COLUMNS)
    sheet.freeze_panes = "B2"
    sheet.auto_filter.ref = f"A1:{get_column_letter(len(COLUMNS))}{len(rows) + 1}"
    _table(sheet, COLUMNS, rows, lang)


def _widths(sheet: Worksheet, columns: Sequence[Column]) -> None:
    for place, column in enumerate(columns, start=1):
        sheet.column_dimensions[get_column_letter(place)].width = _WIDTHS.get(column.heading.en, _WIDTH)


def _table(sheet: Worksheet, columns: Sequence[Column], rows: Sequence[RegisterRow], lang: Lang) -> None:
    head = []
    for column in columns:
        cell = _styled(sheet, column.heading.say(lang), Font(bold=True))
        cell.fill, cell.border, cell.alignment = _HEAD, _LINE, _WRAPPED
        head.append(cell)
    sheet.append(head)
    for row in rows:
        sheet.append([_cell(sheet, column, row, lang) for column in columns])


def _cell(sheet: Worksheet, column: Column, row: RegisterRow, lang: Lang) -> WriteOnlyCell:
    cell = _styled(sheet, column.cell(row, lang), None)
    cell.border, cell.alignment = _LINE, _WRAPPED
    if isinstance(cell.value, dt.date):
        cell.number_format = _DATES[lang]
    elif isinstance(cell.value, dt.time):
        cell.number_format = "hh:mm"
    if column.doubtful(row):
        cell.fill = _DOUBT
    return cell


def _styled(sheet: Worksheet, value: Value, font: Font | None) -> WriteOnlyCell:
    if not isinstance(value, str):
        cell: Any = WriteOnlyCell(sheet, value)
    else:
        cell = WriteOnlyCell(sheet, ILLEGAL_CHARACTERS_RE.sub("", value)[:_LONGEST])
        cell.data_type = "s"  # never a formula, whatever it begins with
        cell.quotePrefix = True  # nor when somebody edits the cell
    if font is not None:
        cell.font = font
    return cell


def _span(rows: Sequence[RegisterRow], lang: Lang) -> str:
    """The line under the title: over which days the letters came."""
    days = [row.receipt_date or row.received_at.date() for row in rows]
    if not days:
        return "ไม่มีหนังสือ" if lang == "th" else "No letters"
    first, last = say_day(min(days), lang), say_day(max(days), lang)
    return f"{'รับวันที่' if lang == 'th' else 'Received'} {first}" + ("" if first == last else f" – {last}")
