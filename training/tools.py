"""Tesseract's programs, called one way; their failures become our errors."""

from __future__ import annotations

import os
import shutil
import subprocess
import tempfile
from pathlib import Path

from pipeline.errors import MissingToolError, ToolError

INSTALL = "apt-get install tesseract-ocr tesseract-ocr-script-thai"


def _environment() -> dict[str, str]:
    return {**os.environ, "OMP_THREAD_LIMIT": "1"}  # more threads make everything slower


def _check(tool: str) -> None:
    if shutil.which(tool) is None:
        raise MissingToolError(tool, INSTALL)


def run(tool: str, *arguments: str, timeout_s: float = 900) -> str:
    """Run one of Tesseract's programs; what it printed."""
    _check(tool)
    try:
        done = subprocess.run(
            [tool, *arguments],
            capture_output=True,
            text=True,
            errors="replace",
            timeout=timeout_s,
            env=_environment(),
            check=False,
        )
    except subprocess.TimeoutExpired as error:
        raise ToolError(f"{tool} took longer than {timeout_s:g} s and was stopped.") from error
    if done.returncode != 0:
        raise ToolError(f"{tool} failed: {(done.stderr or done.stdout).strip()[-400:]}")
    return done.stdout + done.stderr


def start(tool: str, *arguments: str, log: Path) -> subprocess.Popen[bytes]:
    """Start a long-running program, its output to a log."""
    _check(tool)
    with log.open("ab") as out:
        return subprocess.Popen([tool, *arguments], stdout=out, stderr=out, env=_environment())


def extract(model: Path, component: str, target: Path) -> None:
    """Take one component, such as `lstm`, out of a traineddata file."""
    with tempfile.TemporaryDirectory(prefix="saraban-") as folder:
        run("combine_tessdata", "-u", str(model), f"{folder}/x.")
        part = Path(folder) / f"x.{component}"
        if not part.exists():
            raise ToolError(f"{model} has no component {component}.")
        shutil.copy(part, target)
