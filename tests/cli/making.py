"""What the tests of the command share: records to show, and a register to show them from."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from pathlib import Path
from typing import Any

from click.testing import Result

from pipeline.cli import cli
from pipeline.rules import judge
from pipeline.settings import Settings
from pipeline.store import open_store
from schemas.result import Result as Record
from tests.make_records import deadline, letter, number, reading, receipt, result

ROOT = Path(__file__).parents[2]

COMMANDS = sorted(cli.commands)

TODAY = dt.date(2023, 6, 10)

Run = Callable[..., Result]


def judged(*letters: Any, sha256: str = "5ba0" * 16, **more: Any) -> Record:
    record = result(*letters, sha256=sha256, **more)
    return record.model_copy(update={"findings": judge(record, Settings(), TODAY)})


LATE = letter(
    weekday=5,
    number=reading(number("สพร 2566/ว907"), raw="สพร ๒๕๖๖/ว๙๐๗"),
    subject=reading("ขอเชิญร่วมประกวด", 0.7),
    receipts=(receipt(date=dt.date(2023, 6, 8)),),
    deadlines=(deadline(dt.date(2023, 6, 7), "ภายในวันที่ ๗ มิถุนายน ๒๕๖๖"),),
)


def keep(*records: Record) -> None:
    store = open_store(Settings())
    for place, record in enumerate(records):
        store.save(record, None, dt.datetime(2023, 6, 8, 9, place, tzinfo=dt.UTC))
