"""Rounds of lstmtraining: it is started anew with longer lists, as lines come, and with lower rates."""

from __future__ import annotations

import re
import shutil
import subprocess
import time
from dataclasses import dataclass
from pathlib import Path

from pipeline.errors import ToolError
from training import charset, tools

RATES = ((0.0, 0.0007), (0.5, 0.0003), (0.8, 0.0001))  # from which share of the time on, which learning rate
_MEMORY_MB = "4000"
_FEWEST = 8  # batches to begin with
_REPORT = re.compile(r"At iteration \d+/(\d+)/\d+.*?BCER train=([\d.]+)%")


@dataclass(frozen=True)
class Workplace:
    """Where a training run keeps its files, so that it can be taken up again."""

    folder: Path

    @property
    def lines(self) -> Path:
        """Batches of lines."""
        return self.folder / "lines"

    @property
    def base(self) -> Path:
        """The network to begin from, floats."""
        return self.folder / "base.lstm"

    @property
    def old(self) -> Path:
        """The model that the base network was taken from; only there when its characters are not ours."""
        return self.folder / "old.traineddata"

    @property
    def charset(self) -> Path:
        """The empty model that carries the characters."""
        return self.folder / "charset.traineddata"

    @property
    def log(self) -> Path:
        """What lstmtraining says."""
        return self.folder / "training.log"

    def checkpoints(self) -> list[Path]:
        """The last checkpoint of each round, oldest first."""
        return sorted(self.folder.glob("round_*_checkpoint"))

    def last_checkpoint(self) -> Path:
        """The newest; ToolError when nothing was trained yet."""
        found = self.checkpoints()
        if not found:
            raise ToolError(f"There is no checkpoint in {self.folder} yet: train first.")
        return found[-1]

    def batches(self) -> list[Path]:
        """Packed lines that are complete: the newest one may still be written."""
        return sorted(self.lines.glob("*.lstmf"), key=lambda file: file.stat().st_mtime)[:-1]


def train(place: Workplace, minutes: float) -> None:
    """Train for some minutes, in rounds, from the last checkpoint or from the base network."""
    start = time.monotonic()
    _wait_for_lines(place, minutes)
    while (done := (time.monotonic() - start) / (60 * minutes)) < 1:
        rate = [rate for share, rate in RATES if done >= share][-1]
        left = 60 * minutes * (1 - done)
        _round(place, rate, min(left, max(120.0, 60 * minutes / 6)))


def _wait_for_lines(place: Workplace, minutes: float) -> None:
    end = time.monotonic() + 60 * minutes
    while len(place.batches()) < _FEWEST:
        if time.monotonic() > end:
            raise ToolError(
                f"No {_FEWEST} batches of lines were drawn in {minutes:g} minutes. Give --minutes more, "
                f"or read drawing.log in {place.folder}."
            )
        time.sleep(2)


def _round(place: Workplace, rate: float, seconds: float) -> None:
    """One run of lstmtraining; it keeps a checkpoint every hundred lines, so it may be stopped."""
    files = place.folder / "lines.list"
    files.write_text("".join(f"{file}\n" for file in place.batches()), encoding="utf-8")
    last = place.checkpoints()[-1:]
    name = place.folder / f"round_{len(place.checkpoints()):03}"
    arguments = ["--continue_from", str(last[0] if last else place.base), "--traineddata", str(place.charset)]
    if not last and place.old.exists():
        arguments += ["--old_traineddata", str(place.old)]
    arguments += ["--model_output", str(name), "--reset_learning_rate", "--learning_rate", str(rate)]
    arguments += [
        "--train_listfile",
        str(files),
        "--max_image_MB",
        _MEMORY_MB,
        "--max_iterations",
        "10000000",
    ]
    process = tools.start("lstmtraining", *arguments, log=place.log)
    try:
        process.wait(seconds)
    except subprocess.TimeoutExpired:
        process.terminate()
        process.wait(60)
    finally:
        if process.poll() is None:
            process.kill()
    if not name.with_name(name.name + "_checkpoint").exists():
        raise ToolError(f"lstmtraining stopped without a checkpoint; its last words are in {place.log}.")
    for extra in place.folder.glob(f"{name.name}_*.checkpoint"):
        extra.unlink()
    print(f"  rate {rate:g}: {state(place)}")


def state(place: Workplace) -> str:
    """How far the training is, by its own word."""
    said = (
        _REPORT.findall(place.log.read_text(encoding="utf-8", errors="replace")) if place.log.exists() else []
    )
    return f"line {said[-1][0]}, character error in training {said[-1][1]} %" if said else "no report yet"


def export(place: Workplace, checkpoint: Path, model: Path, floats: Path) -> None:
    """Write a checkpoint as a model to read with (integers) and as one to go on from (floats)."""
    for target, extra in ((model, ["--convert_to_int"]), (floats, [])):
        target.parent.mkdir(parents=True, exist_ok=True)
        made = place.folder / "export.traineddata"
        arguments = [
            "--continue_from",
            str(checkpoint),
            "--traineddata",
            str(place.charset),
            "--model_output",
            str(made),
        ]
        tools.run("lstmtraining", "--stop_training", *extra, *arguments)
        charset.rename_scripts(made)
        shutil.move(made, target)
