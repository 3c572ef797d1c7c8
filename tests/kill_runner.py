"""Kill a run at every n-th touch of the disk or the database, and see that the next run mends it.

`python -m tests.kill_runner WORK STEP OFFSET`: forks a process a trial, so that imports are paid for once.
"""

from __future__ import annotations

import datetime as dt
import os
import random
import shutil
import signal
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

from alembic import command  # noqa: F401  here once, not in each of the forked runs
from sqlalchemy import Engine, event

from pipeline.inbox import Settling
from pipeline.ledger import Ledger
from pipeline.settings import Settings
from tests.house import check_all_is_in_its_place, fill, settings_for

TODAY = dt.date(2026, 6, 1)
_TOUCHES = {"os.rename", "os.remove", "os.link", "os.mkdir", "os.chmod", "shutil.copyfile"}


def kill_at(touch: int, work: Path) -> list[int]:
    """Kill this process at the n-th touch of anything in `work`; the returned list counts the touches."""
    count = [0]
    place = str(work)

    def step() -> None:
        count[0] += 1
        if count[0] == touch:
            os.kill(os.getpid(), signal.SIGKILL)

    def heard(name: str, args: tuple[Any, ...]) -> None:
        writes = name == "open" and isinstance(args[1], str) and any(mode in args[1] for mode in "wxa+")
        if (name in _TOUCHES or writes) and any(place in str(arg) for arg in args[:2]):
            step()

    sys.addaudithook(heard)
    event.listen(Engine, "before_cursor_execute", lambda *_: step())
    event.listen(Engine, "commit", lambda _: step())
    return count


def run(inbox: Path, settings: Settings) -> None:
    """What `saraban ingest` does, without Prefect around it."""
    ledger = Ledger(settings)
    with ledger.lock():
        for sha256 in ledger.admit(inbox, Settling(0), again=True).documents:
            ledger.work(sha256, TODAY, again=True)


def forked(body: Callable[[], None]) -> int:
    """Run in a child process; how it ended: 0, or minus the signal."""
    child = os.fork()
    if child == 0:
        code = 1
        try:
            body()
            code = 0
        except BaseException:
            import traceback

            traceback.print_exc()
        finally:
            os._exit(code)
    return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])


def trial(work: Path, touches: list[int]) -> bool:
    """Kill run after run at the given touches, then let one go through; whether any was killed."""
    shutil.rmtree(work, ignore_errors=True)
    inbox, settings = work / "inbox", settings_for(work / "home")
    fill(inbox)
    killed = False
    for touch in touches:

        def dying(touch: int = touch) -> None:
            kill_at(touch, work)
            run(inbox, settings)

        ended = forked(dying)
        if ended not in (0, -signal.SIGKILL):
            raise SystemExit(f"killed at {touches}: the run ended with {ended}")
        killed = killed or ended != 0

    def clean() -> None:
        run(inbox, settings)
        check_all_is_in_its_place(inbox, settings)
        run(inbox, settings)  # once more changes nothing
        check_all_is_in_its_place(inbox, settings)

    if forked(clean) != 0:
        raise SystemExit(f"killed at {touches}: the next run did not mend it")
    return killed


def main(work: Path, step: int, offset: int) -> None:
    """Trials up to the first run that ends by itself; every fourth is killed again while mending."""
    chance = random.Random(20260601)
    touch, trials = 1 + offset, 0
    while trial(work, [touch] if trials % 4 else [touch, chance.randint(1, 60)]):
        touch, trials = touch + step, trials + 1
    print(f"{trials} trials, {touch} touches")


if __name__ == "__main__":
    main(Path(sys.argv[1]), int(sys.argv[2]), int(sys.argv[3]))
