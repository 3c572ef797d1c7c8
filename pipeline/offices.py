"""The office's own names: agencies in one CSV file (agencies_file), and whom its people confirmed."""

from __future__ import annotations

import csv
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from parsers.agencies import Agency, own_agencies
from pipeline.errors import SettingsError
from pipeline.settings import Settings

if TYPE_CHECKING:
    from pipeline.store import Store


def agencies_of(settings: Settings, store: Store | None = None) -> tuple[Agency, ...]:
    """What the office added, and with a store the senders that its people confirmed.

    SettingsError when the file cannot be read or has no column `name`.
    """
    listed = () if settings.agencies_file is None else _read(settings.agencies_file)
    if store is None:
        return listed
    names = {agency.name for agency in listed}
    confirmed = ({"name": one.name, "code": one.code or ""} for one in store.office_names("agency"))
    return (*listed, *(agency for agency in own_agencies(confirmed) if agency.name not in names))


class Known(NamedTuple):
    """The names that an office knows, those that its people confirmed the most often first."""

    own: tuple[Agency, ...]
    signers: tuple[str, ...]
    addressees: tuple[str, ...]


def known_to(settings: Settings, store: Store) -> Known:
    """What the office added, and what its people confirmed, as `understand` takes it."""
    signers, addressees = (
        tuple(one.name for one in store.office_names(kind)) for kind in ("signatory", "addressee")
    )
    return Known(agencies_of(settings, store), signers, addressees)


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
