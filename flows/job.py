"""What the tasks of a run share."""

from __future__ import annotations

import threading
from collections.abc import Callable
from dataclasses import dataclass, field

from pipeline.ledger import Ledger, Outcome


@dataclass(frozen=True)
class Job:
    """What the tasks of a run share; it goes by reference, and Prefect writes none of it down."""

    ledger: Ledger
    again: bool
    stop: threading.Event
    tell: Callable[[Outcome], None] = field(default=lambda _outcome: None)
