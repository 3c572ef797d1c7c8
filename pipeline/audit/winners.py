"""Former winners: from a CSV, or from the press articles and announcements that tell of them."""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence
from pathlib import Path

from parsers.awards import read_awards
from pipeline.audit.folder import column_of, decoded
from pipeline.errors import BadInputError
from pipeline.settings import Settings
from schemas.contest import Award
from schemas.reading import Reading

_COLUMNS = {
    "agency": ("agency", "หน่วยงาน", "ชื่อหน่วยงาน", "อปท", "อปท."),
    "work": ("work", "project", "title", "ผลงาน", "ชื่อผลงาน", "โครงการ"),
    "year": ("year", "ปี", "พ.ศ.", "year_be"),
    "province": ("province", "จังหวัด"),
}


def read_winners(sources: Sequence[Path], settings: Settings) -> tuple[Award, ...]:
    """All awards that the sources tell of. BadInputError where a source tells of none."""
    found: list[Award] = []
    for source in sources:
        awards = _from_csv(source) if source.suffix.lower() == ".csv" else _from_article(source, settings)
        if not awards:
            raise BadInputError(
                "audit.no_winners",
                f"ไม่พบรายชื่อผู้ได้รับรางวัลใน {source.name}",
                f"{source.name} tells of no winners.",
            )
        found += awards
    return tuple(found)


def _from_article(source: Path, settings: Settings) -> list[Award]:
    from pipeline.stages import open_document

    document = open_document(source, settings)
    awards, _ = read_awards([line for page in document.pages for line in page.lines])
    return list(awards)


def _from_csv(source: Path) -> list[Award]:
    try:
        rows = list(csv.DictReader(io.StringIO(decoded(source.read_bytes()))))
    except OSError as error:
        raise BadInputError(
            "audit.bad_winners",
            f"อ่านไฟล์ {source.name} ไม่ได้",
            f"{source.name} cannot be read ({error.strerror}).",
        ) from error
    heads = list(rows[0]) if rows else []
    columns = {name: column_of(heads, words) for name, words in _COLUMNS.items()}
    if columns["agency"] is None:
        raise BadInputError(
            "audit.bad_winners",
            f"{source.name} ต้องมีช่อง agency (หน่วยงาน)",
            f"{source.name} needs a column agency.",
        )
    return [made for row in rows if (made := _award(row, columns)) is not None]


def _award(row: dict[str, str], columns: dict[str, str | None]) -> Award | None:
    def told(name: str) -> Reading[str] | None:
        text = (row.get(columns[name] or "") or "").strip()
        return _reading(text) if text else None

    agency, year = told("agency"), told("year")
    if agency is None:
        return None
    number = int(year.raw) if year is not None and year.raw.isdigit() else None
    if number is not None and number < 2400:
        number += 543
    return Award(
        year=None if number is None else _year(number), agency=agency, province=told("province"), project=told("work"),
    )  # fmt: skip


def _year(number: int) -> Reading[int]:
    return Reading[int](value=number, raw=str(number), page=1, box=None, confidence=1.0, reader="person")


def _reading(text: str) -> Reading[str]:
    return Reading[str](value=text, raw=text, page=1, box=None, confidence=1.0, reader="person")
