"""Score sheets from files, held against the letters that tell entrants their averages."""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence
from decimal import Decimal
from pathlib import Path

from parsers.entrants import same_agency
from parsers.scores import ScoreFault, ScoreSheet, average_of, check_scores, ranking, read_scores
from parsers.tables import read_tables
from pipeline import stages
from pipeline.audit.folder import decoded
from pipeline.errors import BadInputError
from pipeline.say import Lang
from pipeline.settings import Settings
from schemas.contest import Cell, Table

_SAME = 0.75


def read_sheets(paths: Sequence[Path], settings: Settings) -> tuple[ScoreSheet, ...]:
    """The score sheets of files, one entrant each, known by the file's name. BadInputError where a file has none."""
    found = []
    for path in paths:
        sheets = [sheet for table in _tables(path, settings) if (sheet := read_scores(table)) is not None]
        if not sheets:
            raise BadInputError(
                "scores.none",
                f"ไม่พบตารางคะแนน (ข้อ × กรรมการ) ใน {path.name}",
                f"{path.name} has no table of criteria by judges.",
            )
        for number, sheet in enumerate(sheets, 1):
            name = path.stem if len(sheets) == 1 else f"{path.stem} ({number})"
            found.append(sheet._replace(entrant=name))
    return tuple(found)


def _tables(path: Path, settings: Settings) -> tuple[Table, ...]:
    if path.suffix.lower() == ".csv":
        rows = [
            row
            for row in csv.reader(io.StringIO(decoded(path.read_bytes())))
            if any(cell.strip() for cell in row)
        ]
        made = [tuple(Cell(text=cell, page=1, box=None) for cell in row) for row in rows]
        return (Table(pages=(1,), header=made[0], rows=tuple(made[1:])),) if made else ()
    document = stages.open_document(path, settings)
    return read_tables({page.number: page for page in document.pages})


def announced(paths: Sequence[Path], settings: Settings) -> dict[str, Decimal]:
    """The averages that result letters tell, by whom they are sent to."""
    found: dict[str, Decimal] = {}
    for path in paths:
        for letter in stages.understand(stages.open_document(path, settings)).letters:
            if letter.score is not None and letter.score.value is not None:
                to = letter.addressee.value if letter.addressee and letter.addressee.value else path.stem
                found[to] = Decimal(str(letter.score.value))
    return found


def judged(
    sheets: Sequence[ScoreSheet], told: dict[str, Decimal]
) -> list[tuple[ScoreSheet, tuple[ScoreFault, ...]]]:
    """Each sheet with what does not add up; a letter is its own where the names agree, or where both are alone."""
    made = []
    for sheet in sheets:
        name = sheet.entrant or ""
        fits = sorted(((same_agency(_bare(to), name), to) for to in told), reverse=True)
        own = fits[0][1] if fits and (fits[0][0] >= _SAME or len(told) == len(sheets) == 1) else None
        made.append((sheet, check_scores(sheet, told.get(own) if own is not None else None)))
    return made


def _bare(addressee: str) -> str:
    """An agency without the post before it: นายกเทศมนตรีเทศบาลตำบล… is written to the town."""
    return addressee.removeprefix("นายกเทศมนตรี").removeprefix("นายก").strip()


def report(found: Sequence[tuple[ScoreSheet, tuple[ScoreFault, ...]]], lang: Lang) -> str:
    """The ranking, and what does not add up, in words."""
    averages = {
        sheet.entrant or "": average for sheet, _ in found if (average := average_of(sheet)) is not None
    }
    lines = [f"{one.place:>3}. {one.average}  {one.entrant}" for one in ranking(averages)]
    for sheet, faults in found:
        for fault in faults:
            lines.append(f"✗ {sheet.entrant}: {fault.message if lang == 'th' else fault.message_en}")
        if average_of(sheet) is None:
            word = "ยังจัดอันดับไม่ได้ คะแนนไม่ครบ" if lang == "th" else "not ranked: scores are missing"
            lines.append(f"? {sheet.entrant}: {word}")
    return "\n".join(lines)
