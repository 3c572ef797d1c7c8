"""Batches of training lines: drawn, written as multi-page TIFF with boxes, packed by Tesseract as .lstmf."""

from __future__ import annotations

import argparse
import os
import random
from collections.abc import Sequence
from pathlib import Path

from PIL import Image

from training import penned, render, tools
from training.damage import Damage
from training.fonts import find_fonts
from training.hand import writers_to_train_on
from training.penned import Desk
from training.render import Line

LINES = 250  # in one batch
_WIDEST = 3600  # pixels; no page has longer lines
# print, fax-like print, pen, stamps, names under signatures
_MIX = (0.44, 0.17, 0.2, 0.06, 0.13)
_DEVICES = (0.15, 0.65, 0.12, 0.08)  # clean, scan, photo, fax


def draw_line(rng: random.Random, desk: Desk) -> Line:
    """A line of the training mix."""
    which = rng.choices(range(len(_MIX)), _MIX)[0]
    kind: Damage = rng.choices(("clean", "scan", "photo", "fax"), _DEVICES)[0]
    if which == 1:
        return render.printed(rng, desk.faces, "fax")
    if which == 2:
        return penned.penned(rng, desk, "fax" if rng.random() < 0.1 else kind)
    if which == 3:
        return penned.stamped(rng, desk.faces, kind)
    if which == 4:
        return render.signed(rng, desk.faces, kind)
    return render.printed(rng, desk.faces, kind)


def draw(rng: random.Random, desk: Desk, count: int) -> list[Line]:
    """Many lines; such as came out empty or too wide are drawn anew."""
    lines: list[Line] = []
    while len(lines) < count:
        line = draw_line(rng, desk)
        height, width = line.image.shape
        if 20 <= width <= _WIDEST and height >= 20 and line.text and line.image.min() < 150:
            lines.append(line)
    return lines


def write(lines: Sequence[Line], stem: Path) -> Path:
    """Write lines as TIFF and box file and pack them; the packed file."""
    images = [Image.fromarray(line.image) for line in lines]
    images[0].save(stem.with_suffix(".tif"), save_all=True, append_images=images[1:], compression="tiff_lzw")
    rows = []
    for page, (line, image) in enumerate(zip(lines, images, strict=True)):
        width, height = image.size
        rows.append(
            f"WordStr 0 0 {width} {height} {page} #{line.text}\n\t {width} 0 {width + 4} {height} {page}\n"
        )
    stem.with_suffix(".box").write_text("".join(rows), encoding="utf-8")
    tools.run("tesseract", str(stem.with_suffix(".tif")), str(stem), "--psm", "13", "lstm.train")
    stem.with_suffix(".tif").unlink()
    stem.with_suffix(".box").unlink()
    return stem.with_suffix(".lstmf")


def main(arguments: Sequence[str] | None = None) -> None:
    """Make batches of training lines into a folder, one after the other."""
    parser = argparse.ArgumentParser(prog="python -m training.batches", description=main.__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--count", type=int, default=400)
    parser.add_argument("--digits", type=Path, action="append", default=[])
    parser.add_argument("--fonts", type=Path, action="append", default=[])
    options = parser.parse_args(arguments)
    writers = writers_to_train_on(options.digits)
    desk = Desk(find_fonts(options.fonts), writers)
    options.folder.mkdir(parents=True, exist_ok=True)
    for number in range(options.count):
        stem = options.folder / f"b{options.seed:03}_{number:05}"
        if stem.with_suffix(".lstmf").exists():
            continue
        if os.getppid() == 1:  # nobody waits for them any more
            return
        write(draw(random.Random(options.seed * 100_003 + number), desk, LINES), stem)


if __name__ == "__main__":
    main()
