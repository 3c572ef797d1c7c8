"""Killing the process at any moment loses nothing and doubles nothing."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from tests.house import check_all_is_in_its_place, fill, settings_for

ROOT = Path(__file__).parent.parent
pytestmark = pytest.mark.skipif(not hasattr(os, "fork"), reason="needs fork and SIGKILL")


def test_killed_at_any_touch_of_disk_or_database_the_next_run_mends_it(tmp_path: Path) -> None:
    """Every eighth touch; `python -m tests.kill_runner WORK 1 0` tries all of them in ten minutes."""
    done = subprocess.run(
        [sys.executable, "-m", "tests.kill_runner", str(tmp_path / "work"), "8", "0"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        timeout=240,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    assert int(done.stdout.split()[0]) >= 40, "the run was killed at too few places to mean anything"


INGEST = """
import datetime as dt, os, signal, sys
from pathlib import Path
from flows.ingest import run_ingest
from pipeline.errors import ToolError
from tests.house import settings_for
from tests.kill_runner import kill_at
work = Path(sys.argv[1])
if sys.argv[2] != "0":
    kill_at(int(sys.argv[2]), work)
summary = run_ingest(work / "inbox", settings_for(work / "home"), dt.date(2026, 6, 1))
print(summary.model_dump_json())
"""


@pytest.mark.slow
def test_killed_within_a_prefect_flow_the_next_run_mends_it(tmp_path: Path) -> None:
    inbox, settings = tmp_path / "inbox", settings_for(tmp_path / "home")
    fill(inbox)

    def run(touch: int) -> int:
        environment = {**os.environ, "SARABAN_HOME": str(settings.home)}
        command = [sys.executable, "-c", INGEST, str(tmp_path), str(touch)]
        done = subprocess.run(
            command, cwd=ROOT, env=environment, capture_output=True, timeout=240, check=False
        )
        assert done.returncode in (0, -signal.SIGKILL), done.stderr.decode()
        return done.returncode

    assert run(95) == -signal.SIGKILL  # the files are in, the first letters are being read
    assert run(70) == -signal.SIGKILL
    assert run(0) == 0
    check_all_is_in_its_place(inbox, settings)
    assert _servers_of(settings.home) == [], "a Prefect server outlived the process that started it"


def _servers_of(home: Path) -> list[str]:
    """Processes that still work for this house, after a moment's grace."""
    deadline = time.monotonic() + 15
    while True:
        found = []
        for process in Path("/proc").glob("[0-9]*"):
            try:
                command = (process / "cmdline").read_bytes()
                if b"flows._server" in command and str(home).encode() in (process / "environ").read_bytes():
                    found.append(process.name)
            except OSError:
                continue
        if not found or time.monotonic() > deadline:
            return found
        time.sleep(0.2)
