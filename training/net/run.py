"""From fonts, text and handwriting to our own network: `make reader`, or `python -m training.net.run --help`.

Lines are drawn in one process while the network learns in another. Stop it when you like: what it has made stays in
the work folder, and the same command goes on from there.
"""

from __future__ import annotations

import argparse
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

from pipeline import reader
from pipeline.errors import MissingToolError, PipelineError
from training.ending import run_to_the_end
from training.net import card

ROOT = Path(__file__).parent.parent
CHECKPOINT = ROOT / "checkpoint" / "net.pt"
_SHARDS = {"short": 160, "full": 60}  # of 500 lines each


def main(arguments: Sequence[str] | None = None) -> int:
    """Train our network further, export and calibrate it, and score it beside Tesseract."""
    options = _options(arguments)

    def work() -> None:
        _check()
        _train(options)

    return run_to_the_end(work, options.work)


def _options(arguments: Sequence[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m training.net.run", description=main.__doc__)
    parser.add_argument("--minutes", type=float, default=60, help="time for training (60)")
    parser.add_argument(
        "--digits",
        type=Path,
        action="append",
        default=[],
        help="handwritten digits; may be given again; see training/README.md",
    )
    parser.add_argument("--fonts", type=Path, action="append", default=[], help="a folder of more free fonts")
    parser.add_argument("--floats", type=Path, default=CHECKPOINT, help="the weights to write, to go on from")
    parser.add_argument("--work", type=Path, default=ROOT / "work" / "net")
    parser.add_argument("--out", type=Path, default=reader.MODEL, help="the ONNX file to write")
    parser.add_argument(
        "--rate", type=float, default=0.002, help="highest learning rate; 0.003 from the start"
    )
    parser.add_argument("--from-nothing", action="store_true", help="begin with random weights")
    parser.add_argument("--only-export", action="store_true", help="no training: write the last checkpoint")
    return parser.parse_args(arguments)


def _check() -> None:
    try:
        import onnx  # noqa: F401
        import torch  # noqa: F401
    except ImportError as error:
        raise MissingToolError("PyTorch with onnx", "pip install -r requirements/train.lock") from error


def _train(options: argparse.Namespace) -> None:
    from training.net import calibrate, export, hands, train

    if not options.only_export:
        painters = [_start_drawing(options, kind) for kind in _SHARDS]
        try:
            _wait_for_lines(options.work, painters)
            train.main(_how(options))
        finally:
            for painter in painters:
                painter.terminate()
                painter.wait(60)
    net = export.load(options.work / "net.pt")
    hands.learn(net, hands.desk_of(options.digits, options.fonts), max(4.0, options.minutes / 8))
    export.export(net, options.out)
    export.save_weights(net, options.floats)
    calibrate.write_facts(options.out.with_suffix(".json"), 1.0, ((0.0, 0.0), (1.0, 1.0)))
    calibrate.main(["--model", str(options.out), *_sources(options)])
    options.out.with_name("MODEL.md").write_text(card.card(options), encoding="utf-8")


def _how(options: argparse.Namespace) -> list[str]:
    """The trainer's arguments: lines with pen count twice."""
    shards = [str(options.work / kind) for kind in ("short", "short", "full")]
    begin = [] if options.from_nothing or not CHECKPOINT.exists() else ["--begin", str(CHECKPOINT)]
    folders = [part for folder in shards for part in ("--shards", folder)]
    return [
        str(options.work),
        *folders,
        "--minutes",
        str(options.minutes),
        "--rate",
        str(options.rate),
        *begin,
    ]


def _sources(options: argparse.Namespace) -> list[str]:
    digits = (part for file in options.digits for part in ("--digits", str(file)))
    return [*digits, *(part for folder in options.fonts for part in ("--fonts", str(folder)))]


def _start_drawing(options: argparse.Namespace, kind: str) -> subprocess.Popen[bytes]:
    folder = options.work / kind
    folder.mkdir(parents=True, exist_ok=True)
    seed = 1 + len(list(folder.glob("*.npz"))) // _SHARDS[kind]  # a run taken up again draws new lines
    command = [sys.executable, "-m", "training.net.data", str(folder), "--seed", str(seed)]
    command += ["--count", str(_SHARDS[kind]), *(["--full"] if kind == "full" else []), *_sources(options)]
    with (options.work / f"drawing-{kind}.log").open("ab") as log:
        return subprocess.Popen(command, stdout=log, stderr=log, cwd=ROOT.parent)


def _wait_for_lines(work: Path, painters: Sequence[subprocess.Popen[bytes]]) -> None:
    """Until there is a shard of each kind."""
    for kind, painter in zip(_SHARDS, painters, strict=True):
        while not any(".part" not in file.name for file in (work / kind).glob("*.npz")):
            try:
                if painter.wait(2):
                    raise PipelineError(f"Drawing lines failed; see {work}/drawing-{kind}.log.")
            except subprocess.TimeoutExpired:
                continue


if __name__ == "__main__":
    sys.exit(main())
