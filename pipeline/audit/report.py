"""The report of an audit in a folder: a page to read and print, a spreadsheet, JSON, a summary, and letters."""

from __future__ import annotations

import re
from pathlib import Path
from urllib.parse import quote

from jinja2 import Environment, FileSystemLoader
from openpyxl import Workbook
from openpyxl.cell import Cell
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

from pipeline.audit.conditions import Conditions, shown
from pipeline.audit.words import ANSWERS, SIGNS, letter, name_of, summary, title_of
from pipeline.export.columns import harmless
from pipeline.say import day_th
from schemas.audit import Answer, Audit, Verdict

FILLS: dict[Answer, str] = {
    "met": "D8F0D8",
    "not_met": "F6C9C5",
    "unclear": "FCE9B5",
    "not_applicable": "EEEEEE",
}
_LONGEST = 32_000  # characters; Excel takes a few more in a cell
_NOT_IN_XML = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")


def write(audit: Audit, conditions: Conditions, out: Path) -> dict[str, Path]:
    """Write the whole report; the paths by what they are."""
    out.mkdir(parents=True, exist_ok=True)
    paths = {
        "html": out / "report.html", "xlsx": out / "report.xlsx", "json": out / "report.json",
        "summary": out / "summary.txt", "letters": out / "letters",
    }  # fmt: skip
    paths["json"].write_text(audit.model_dump_json(indent=1), encoding="utf-8")
    paths["summary"].write_text(f"{summary(audit, 'th')}\n\n{summary(audit, 'en')}\n", encoding="utf-8")
    paths["html"].write_text(_html(audit, conditions), encoding="utf-8")
    _workbook(audit).save(paths["xlsx"])
    _letters(audit, conditions, paths["letters"])
    return paths


def _letters(audit: Audit, conditions: Conditions, folder: Path) -> None:
    folder.mkdir(exist_ok=True)
    for number, entry in enumerate(audit.entries, 1):
        name = re.sub(r"[^\w\u0e00-\u0e7f.]+", "-", entry.id).strip("-.")[:60] or "entry"
        (folder / f"{number:03}-{name}.txt").write_text(
            letter(entry, audit, conditions), encoding="utf-8-sig"
        )


# -- the page ----------------------------------------------------------------------------------------------


def _html(audit: Audit, conditions: Conditions) -> str:
    """The page; everything from a file's name or ink is escaped."""
    environment = Environment(loader=FileSystemLoader(Path(__file__).parent), autoescape=True)
    page = environment.get_template("report.html.j2")
    return page.render(
        audit=audit, rules=[row for row in shown(conditions, "th") if row[1] != "—"],
        summary=summary(audit, "th").splitlines(), answers=ANSWERS, signs=SIGNS, name_of=name_of,
        title=lambda id_: title_of(audit, id_, "th"), day=day_th, link=quote,
    )  # fmt: skip


# -- the spreadsheet ---------------------------------------------------------------------------------------


def _workbook(audit: Audit) -> Workbook:
    book = Workbook()
    matrix = book.active
    assert isinstance(matrix, Worksheet)
    matrix.title = "ผลการตรวจ"
    _matrix(matrix, audit)
    _details(book.create_sheet("รายละเอียด"), audit)
    _counts(book.create_sheet("สรุป"), audit)
    return book


def _put(sheet: Worksheet, row: int, column: int, value: object) -> Cell:
    cell = sheet.cell(row=row, column=column)
    assert isinstance(cell, Cell)
    cell.value = harmless(_NOT_IN_XML.sub("", str(value))[:_LONGEST])
    cell.data_type = "s"
    cell.alignment = Alignment(vertical="top", wrap_text=True)
    return cell


def _heads(sheet: Worksheet, names: list[str], widths: list[int]) -> None:
    for column, (name, width) in enumerate(zip(names, widths, strict=True), 1):
        _put(sheet, 1, column, name).font = Font(bold=True)
        sheet.column_dimensions[get_column_letter(column)].width = width
    sheet.freeze_panes = "C2"


def _matrix(sheet: Worksheet, audit: Audit) -> None:
    """Submissions down, requirements across; each answer leads to its crop."""
    ids = [id_ for id_, *_ in audit.requirements]
    names = ["รหัส", "หน่วยงาน", "ผลงาน", "ส่งเมื่อ", "ผลรวม", *(th for _, th, _ in audit.requirements)]
    _heads(sheet, names, [22, 30, 36, 18, 14, *(14 for _ in ids)])
    for row, entry in enumerate(audit.entries, 2):
        told = f"{day_th(entry.arrived.date())} {entry.arrived:%H:%M}" if entry.arrived else "—"
        for column, value in enumerate((entry.id, entry.agency or "—", entry.work or "—", told), 1):
            _put(sheet, row, column, value)
        _colour(_put(sheet, row, 5, ANSWERS[entry.outcome].th), entry.outcome)
        for column, id_ in enumerate(ids, 6):
            one = next((v for v in entry.verdicts if v.requirement == id_), None)
            if one is not None:
                _answer(sheet, row, column, one)


def _colour(cell: Cell, answer: Answer) -> None:
    cell.fill = PatternFill("solid", fgColor=FILLS[answer])


def _answer(sheet: Worksheet, row: int, column: int, one: Verdict) -> None:
    cell = _put(sheet, row, column, f"{SIGNS[one.answer]} {ANSWERS[one.answer].th}")
    _colour(cell, one.answer)
    if one.crop:
        cell.hyperlink = quote(one.crop)
        cell.font = Font(underline="single", color="1F4E8C")


def _details(sheet: Worksheet, audit: Audit) -> None:
    """One row an answer that is not plainly met, with its words."""
    _heads(
        sheet,
        ["รหัส", "หน่วยงาน", "ข้อกำหนด", "ผล", "เหตุ", "สิ่งที่ต้องทำ", "ไฟล์", "หน้า", "ภาพ"],
        [22, 30, 24, 14, 60, 44, 28, 7, 30],
    )
    row = 2
    for entry in audit.entries:
        for one in entry.verdicts:
            if one.answer not in ("not_met", "unclear"):
                continue
            values = (entry.id, entry.agency or "—", title_of(audit, one.requirement, "th"), ANSWERS[one.answer].th,
                      one.message, one.mend, one.file or "", one.page or "", one.crop or "")  # fmt: skip
            for column, value in enumerate(values, 1):
                _put(sheet, row, column, value)
            _colour(sheet.cell(row=row, column=4), one.answer)
            if one.crop:
                sheet.cell(row=row, column=9).hyperlink = quote(one.crop)
            row += 1


def _counts(sheet: Worksheet, audit: Audit) -> None:
    kinds: tuple[Answer, ...] = ("met", "not_met", "unclear", "not_applicable")
    _heads(sheet, ["ข้อกำหนด", *(ANSWERS[kind].th for kind in kinds)], [34, 12, 12, 14, 14])
    for row, (id_, th, _) in enumerate(audit.requirements, 2):
        _put(sheet, row, 1, th)
        for column, kind in enumerate(kinds, 2):
            cell = sheet.cell(row=row, column=column)
            cell.value = sum(entry.answer(id_) == kind for entry in audit.entries)
