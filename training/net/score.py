"""How well the convolutional reader does beside Tesseract, on fonts and writers that no training line was made with."""

from __future__ import annotations

import argparse
import random
from collections.abc import Callable, Sequence
from pathlib import Path

from pipeline import ocr, reader
from pipeline.beam import DAY, RUNNING, TIME, Grammar
from training import numbers, penned, render, texts
from training.damage import Damage
from training.penned import Desk
from training.render import Line, Piece
from training.score import held_out_desk, held_out_lines, score

_SEED = 880_001


def _alone(rng: random.Random, text: str, desk: Desk, kind: Damage) -> Line:
    """A text by pen, on a strip of its own."""
    x_height = rng.randint(22, 34)
    piece = render.by_pen(rng, text, x_height, desk.writers, desk.faces.pen)
    image, _ = render.compose([piece], [], max(8, int(piece.rise * rng.uniform(0.6, 1.0))))
    return Line(render.finish(rng, image, x_height, kind), text)


def _beside(rng: random.Random, parts: Sequence[penned.Part], desk: Desk, kind: Damage) -> Line:
    """Print and pen on one line."""
    how = render.random_type(rng, desk.faces.pick(rng))
    pieces: list[Piece] = [
        render.by_pen(rng, text.strip(), how.x_height, desk.writers, desk.faces.pen)
        if by_pen
        else render.set_type(text.strip(), how)
        for by_pen, text in parts
    ]
    gaps = [how.x_height * rng.uniform(0.1, 0.6) for _ in parts[1:]]
    image, _ = render.compose(pieces, gaps, how.x_height)
    return Line(render.finish(rng, image, how.x_height, kind), texts.tidy("".join(text for _, text in parts)))


def running(rng: random.Random) -> str:
    """A running number, in Thai digits, with ว now and then."""
    return rng.choice(("", "", "ว")) + numbers.to_thai(str(rng.randint(10, 9999)))


def day(rng: random.Random) -> str:
    """A day in Thai digits."""
    return numbers.to_thai(str(rng.randint(1, 31)))


def arabic(rng: random.Random) -> str:
    """A receipt number in Arabic digits."""
    return str(rng.randint(10, 9999))


def _whole_number(rng: random.Random, desk: Desk, kind: Damage) -> Line:
    return _beside(rng, [(False, "ที่ " + numbers.agency_code(rng)), (True, running(rng))], desk, kind)


def _whole_date(rng: random.Random, desk: Desk, kind: Damage) -> Line:
    year = numbers.to_thai(str(rng.randint(2550, 2575)))
    return _beside(rng, [(True, day(rng)), (False, f" {rng.choice(numbers.MONTHS)} {year}")], desk, kind)


_Draw = Callable[[random.Random, Desk, Damage], Line]
PEN: dict[str, tuple[_Draw, Grammar | None]] = {
    "running, alone": (lambda rng, desk, kind: _alone(rng, running(rng), desk, kind), RUNNING),
    "day, alone": (lambda rng, desk, kind: _alone(rng, day(rng), desk, kind), DAY),
    "1234, alone": (lambda rng, desk, kind: _alone(rng, arabic(rng), desk, kind), RUNNING),
    "time, alone": (
        lambda rng, desk, kind: _alone(
            rng, numbers.in_digits(rng, f"{rng.randint(7, 17):02}.{rng.randint(0, 59):02}", 0.5), desk, kind
        ),
        TIME,
    ),
    "number line": (_whole_number, None),
    "date line": (_whole_date, None),
}


def pen_lines(desk: Desk, count: int, kind: Damage = "scan", seed: int = _SEED) -> dict[str, list[Line]]:
    """Pen lines by writers kept out, the same ones every time."""
    made: dict[str, list[Line]] = {}
    for name, (draw, _) in PEN.items():
        rng = random.Random(f"{seed}/{name}/{kind}")
        made[name] = [draw(rng, desk, kind) for _ in range(count)]
    return made


def _row(name: str, who: str, lines: Sequence[Line], said: Sequence[str]) -> str:
    return f"{name:16} {who:12} {score(lines, said).row()}"


def main(arguments: Sequence[str] | None = None) -> None:
    """Print a table of both readers."""
    parser = argparse.ArgumentParser(prog="python -m training.net.score", description=main.__doc__)
    parser.add_argument("--model", type=Path, default=reader.MODEL)
    parser.add_argument("--digits", type=Path, action="append", default=[])
    parser.add_argument("--fonts", type=Path, action="append", default=[])
    parser.add_argument("--count", type=int, default=100)
    parser.add_argument("--kind", choices=("clean", "scan", "fax", "photo"), default="scan")
    parser.add_argument(
        "--print", action="store_true", dest="with_print", help="printed lines of every kind too"
    )
    parser.add_argument("--alone", action="store_true", help="without Tesseract")
    options = parser.parse_args(arguments)
    reader.MODEL = options.model
    desk = held_out_desk(options.fonts, options.digits)
    print(f"{'':29} chars %  digits %   commas    whole")
    for name, lines in pen_lines(desk, options.count, options.kind).items():
        strips, grammar = [line.image for line in lines], PEN[name][1]
        print(_row(name, "net", lines, [reader.read(strip).text.text for strip in strips]))
        if grammar is not None:
            print(
                _row(name, "net, guided", lines, [reader.read(strip, grammar).text.text for strip in strips])
            )
        if not options.alone:
            print(_row(name, "tha_saraban", lines, [text.text for text in ocr.read_strips(strips, 600)]))
    if options.with_print:
        for name, lines in held_out_lines(desk, options.count).items():
            strips = [line.image for line in lines]
            print(_row(name, "net", lines, [text.text for text in reader.read_strips(strips)]))
            if not options.alone:
                print(_row(name, "tha_saraban", lines, [text.text for text in ocr.read_strips(strips, 600)]))


if __name__ == "__main__":
    main()
