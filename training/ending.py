"""How a training run ends: its exit code, and what it says of the way there."""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path

from pipeline.errors import PipelineError


def run_to_the_end(work: Callable[[], None], folder: Path) -> int:
    """Do the work; trouble of ours is said in a line, and Ctrl-C tells that `folder` holds what to go on from."""
    try:
        work()
    except PipelineError as error:
        print(f"training: {error}", file=sys.stderr)
        return error.exit_code
    except KeyboardInterrupt:
        print(f"Stopped. The same command goes on from {folder}.", file=sys.stderr)
        return 130
    return 0
