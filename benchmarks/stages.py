"""Where the time of a page goes: processor seconds by stage, each without the stages that it calls."""

from __future__ import annotations

import datetime as dt
import functools
import importlib
import resource
from collections import defaultdict
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

STAGES: tuple[tuple[str, str, str], ...] = (
    ("render the page", "pipeline.pdf", "page"),
    ("open the picture", "pipeline.pictures", "page"),
    ("paper, turn and skew", "pipeline.image", "prepare"),
    ("even light, one warp, ink layers", "pipeline.image", "_layers"),
    ("pieces of ink", "pipeline.upright", "well_sized"),
    ("lines and strips", "pipeline.upright", "find"),
    ("recognition", "pipeline.ocr", "read_strips"),
    ("second opinion", "pipeline.second", "weighed"),
    ("second look at pen", "pipeline.pen", "second_look"),
    ("boxes to the page as scanned", "pipeline.sheet", "line"),
    ("fields", "pipeline.stages", "understand"),
    ("rules", "pipeline.stages", "judge"),
)
"""What a stage is called, and the function that does it."""
BARE = "recognition"


class Clock:
    """Processor seconds by stage, our child processes included."""

    def __init__(self) -> None:
        self.seconds: dict[str, float] = defaultdict(float)
        self._inner: list[float] = []

    def timed(self, stage: str, work: Callable[..., Any]) -> Callable[..., Any]:
        """The function, with its time noted; what stages inside it take is theirs."""

        @functools.wraps(work)
        def noted(*given: Any, **more: Any) -> Any:
            before = cpu_seconds()
            self._inner.append(0.0)
            try:
                return work(*given, **more)
            finally:
                taken = cpu_seconds() - before
                self.seconds[stage] += taken - self._inner.pop()
                if self._inner:
                    self._inner[-1] += taken

        return noted


def cpu_seconds() -> float:
    """Processor seconds that this process and its children have taken."""
    used = [resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    return sum(u.ru_utime + u.ru_stime for u in used)


def measure(files: Sequence[Path]) -> dict[str, float]:
    """Processor seconds a page by stage, over these files read one after the other in this process."""
    from pipeline import stages
    from pipeline.settings import Settings

    settings, today, clock = Settings(), dt.date(2026, 1, 1), Clock()
    stages.process(files[0], settings, today)  # dictionaries are loaded once a process
    for stage, module, function in STAGES:
        home = importlib.import_module(module)
        if hasattr(home, function):
            setattr(home, function, clock.timed(stage, getattr(home, function)))
    before = cpu_seconds()
    pages = sum(stages.process(file, settings, today).page_count or 1 for file in files)
    whole = cpu_seconds() - before
    clock.seconds["all else"] = whole - sum(clock.seconds.values())
    return {stage: seconds / pages for stage, seconds in clock.seconds.items()} | {"whole": whole / pages}
