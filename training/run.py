"""From fonts and text to a model of our own: `make model`, or `python -m training.run --help`.

Lines are drawn in one process while lstmtraining learns in another. Stop it when you like: what it has made
stays in the work folder, and the same command goes on from there.
"""

from __future__ import annotations

import argparse
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path

from pipeline.errors import MissingToolError
from training import blend, card, charset, floats, rounds, score, tools
from training.ending import run_to_the_end
from training.rounds import Workplace

ROOT = Path(__file__).parent
CHECKPOINT = ROOT / "checkpoint" / "tha_saraban_float.traineddata"
MODEL = ROOT.parent / "pipeline" / "tessdata" / "tha_saraban.traineddata"
_PACKAGED = ("script/Thai", "Thai")  # the same model: other systems, Debian
_TESSDATA = (
    "/usr/share/tesseract-ocr/*/tessdata",
    "/usr/share/tessdata",
    "/usr/local/share/tessdata",
    "/opt/homebrew/share/tessdata",
)
_BATCHES = 400


def main(arguments: Sequence[str] | None = None) -> int:
    """Train a model and score it beside the one there is."""
    options = _options(arguments)
    return run_to_the_end(lambda: _train(options), options.work)


def _options(arguments: Sequence[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m training.run", description=main.__doc__)
    parser.add_argument(
        "--minutes", type=float, default=60, help="time for training; drawing the first lines included (60)"
    )
    parser.add_argument(
        "--digits",
        type=Path,
        action="append",
        default=[],
        help="handwritten digits: digits.npz of thai-handwriting-number, digits.png of OpenCV; may be given again",
    )
    parser.add_argument(
        "--fonts",
        type=Path,
        action="append",
        default=[],
        help="a folder of more free fonts (.ttf); may be given again",
    )
    parser.add_argument(
        "--work",
        type=Path,
        default=ROOT / "work",
        help="where lines and checkpoints are kept (training/work)",
    )
    parser.add_argument("--out", type=Path, default=MODEL, help="the integer model to write")
    parser.add_argument("--floats", type=Path, default=CHECKPOINT, help="the float checkpoint to write")
    parser.add_argument(
        "--share",
        type=float,
        default=0.5,
        help="how much of the weights is the new network's, the rest that of the one it began from (0.5)",
    )
    parser.add_argument(
        "--from-stock",
        action="store_true",
        help="begin from the packaged script/Thai, not from our checkpoint",
    )
    parser.add_argument(
        "--only-export", action="store_true", help="no training: write the last checkpoint as a model"
    )
    parser.add_argument(
        "--force", action="store_true", help="write the new model even where it scores worse than the old one"
    )
    return parser.parse_args(arguments)


def _train(options: argparse.Namespace) -> None:
    place = Workplace(options.work.resolve())
    place.lines.mkdir(parents=True, exist_ok=True)
    if not options.digits:
        print(
            "No --digits: handwriting is drawn with pen-like fonts and strokes of our own, a weaker school."
        )
    _prepare(place, options.from_stock)
    if not options.only_export:
        painter = _start_drawing(place, options)
        try:
            rounds.train(place, options.minutes)
        finally:
            painter.terminate()
            painter.wait(60)
    _finish(place, options)


def _prepare(place: Workplace, from_stock: bool) -> None:
    """Lay out the network to begin from and the character set, unless an earlier run did."""
    if place.base.exists() and place.charset.exists():
        return
    if CHECKPOINT.exists() and not from_stock:
        shutil.copy(CHECKPOINT, place.charset)  # it carries its characters
        tools.extract(CHECKPOINT, "lstm", place.base)
        return
    packaged = _packaged_model()
    shutil.copy(packaged, place.old)
    charset.build(place.folder).replace(place.charset)
    with tempfile.TemporaryDirectory(prefix="saraban-") as folder:
        whole = Path(folder) / "x.lstm"
        tools.extract(packaged, "lstm", whole)
        place.base.write_bytes(floats.network_to_floats(whole.read_bytes()))


def _packaged_model() -> Path:
    for pattern in _TESSDATA:
        for folder in sorted(Path("/").glob(pattern[1:])):
            for name in _PACKAGED:
                file = folder / f"{name}.traineddata"
                if file.exists():
                    return file
    raise MissingToolError("Tesseract's model script/Thai", tools.INSTALL)


def _start_drawing(place: Workplace, options: argparse.Namespace) -> subprocess.Popen[bytes]:
    seed = 1 + len(place.checkpoints())  # a run taken up again draws new lines
    command = [
        sys.executable,
        "-m",
        "training.batches",
        str(place.lines),
        "--seed",
        str(seed),
        "--count",
        str(_BATCHES),
    ]
    for file in options.digits:
        command += ["--digits", str(file)]
    for folder in options.fonts:
        command += ["--fonts", str(folder)]
    with (place.folder / "drawing.log").open("ab") as log:
        return subprocess.Popen(command, stdout=log, stderr=log, cwd=ROOT.parent)


def _finish(place: Workplace, options: argparse.Namespace) -> None:
    """Export, score beside the model there is, and take the new one where it is no worse."""
    new, whole = place.folder / "new.traineddata", place.folder / "new_float.traineddata"
    rounds.export(place, place.last_checkpoint(), new, whole)
    if not place.old.exists():  # it began from a network of ours
        blend.blend_model(place.base, whole, new, options.share)
    models = [*([options.out] if options.out.exists() else []), new]
    lines = score.held_out_lines(score.held_out_desk(options.fonts, options.digits), 150)
    scores = score.compare(models, lines)
    print(score.table(scores))
    if len(models) == 2 and not options.force and not score.no_worse(scores, str(options.out), str(new)):
        print(f"The new model is worse somewhere: {options.out} stays, {new} is kept; --force takes it.")
        return
    options.floats.parent.mkdir(parents=True, exist_ok=True)
    options.floats.write_bytes(whole.read_bytes())
    options.out.write_bytes(new.read_bytes())
    (options.floats.parent / "MODEL.md").write_text(card.card(scores, options), encoding="utf-8")
    print(f"Written: {options.out}, {options.floats} and its MODEL.md.")


if __name__ == "__main__":
    sys.exit(main())
