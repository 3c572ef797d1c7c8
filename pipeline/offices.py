"""The office's own agencies: names and codes that no table of ours has, in one CSV file (agencies_file)."""

from __future__ import annotations

import csv
from functools import lru_cache
from pathlib import Path

from parsers.agencies import Agency, own_agencies
from pipeline.errors import SettingsError
from pipeline.settings import Settings


def agencies_of(settings: Settings) -> tuple[Agency, ...]:
    """What the office added; SettingsError when the file cannot be read or has no column `name`."""
    return () if settings.agencies_file is None else _read(settings.agencies_file)


@lru_cache(maxsize=8)
def _read(path: Path) -> tuple[Agency, ...]:
    try:
        with path.open(encoding="utf-8-sig", newline="") as file:
            table = csv.DictReader(file)
            if "name" not in (table.fieldnames or ()):
                raise SettingsError(
                    f"The file of agencies {path} needs a column `name` (and may have code, kind, district, province).",
                    f"แฟ้มหน่วยงาน {path} ต้องมีช่อง name (มี code, kind, district, province ด้วยก็ได้)",
                )
            return own_agencies({key: cell or "" for key, cell in row.items() if key} for row in table)
    except (OSError, UnicodeDecodeError, csv.Error) as error:
        why = getattr(error, "strerror", None) or str(error)
        raise SettingsError(
            f"The file of agencies {path} cannot be read: {why} (agencies_file in the settings).",
            f"อ่านแฟ้มหน่วยงาน {path} ไม่ได้: {why} (ค่าตั้ง agencies_file)",
        ) from error
