"""How well a model reads lines of fonts and writers that no training line was made with."""

from __future__ import annotations

import argparse
import json
import random
import tempfile
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from PIL import Image
from rapidfuzz.distance import Levenshtein

from training import numbers, overlays, penned, render, texts, tools
from training.damage import Damage
from training.fonts import FontSet, find_fonts
from training.hand import writers_kept_out
from training.penned import Desk
from training.render import Line

_SEED = 990_001  # far from all seeds of training
_DIGITS = frozenset(numbers.THAI_DIGITS + "0123456789")


@dataclass(frozen=True)
class Score:
    """Shares, in per cent; None where no line had such a sign."""

    lines: int
    characters_wrong: float
    digits_wrong: float | None
    commas_right: float | None
    whole: float  # lines right to the letter, spaces aside

    def row(self) -> str:
        """For a table."""
        shares = (self.characters_wrong, self.digits_wrong, self.commas_right, self.whole)
        return " ".join(f"{'–' if share is None else f'{share:.2f}':>8}" for share in shares)


def held_out_desk(fonts: Sequence[Path], digits: Sequence[Path]) -> Desk:
    """Fonts and writers kept out of training."""
    out = find_fonts(fonts)
    faces = FontSet(out.held_out, (), (), (), out.pen, out.held_out)
    return Desk(faces, writers_kept_out(digits))


def _sums(rng: random.Random, desk: Desk, kind: Damage) -> Line:
    text, how = texts.tidy(texts.sums(rng)), render.random_type(rng, desk.faces.pick(rng))
    image, _ = render.compose([render.set_type(text, how)], [], how.x_height)
    return Line(render.finish(rng, image, how.x_height, kind), text)


def _printed(rng: random.Random, desk: Desk, kind: Damage) -> Line:
    return render.printed(rng, desk.faces, kind)


def _stamped(rng: random.Random, desk: Desk, kind: Damage) -> Line:
    return penned.stamped(rng, desk.faces, kind)


def _signed(rng: random.Random, desk: Desk, kind: Damage) -> Line:
    return render.signed(rng, desk.faces, kind)


def _streaked(rng: random.Random, desk: Desk, kind: Damage) -> Line:
    text, how = texts.tidy(texts.line(rng)), render.random_type(rng, desk.faces.pick(rng))
    image, base = render.compose([render.set_type(text, how)], [], how.x_height)
    return Line(
        render.finish(rng, overlays.streaked(rng, image, base, how.x_height), how.x_height, kind), text
    )


_SETS: dict[str, tuple[Callable[[random.Random, Desk, Damage], Line], Damage]] = {
    "print, scan": (_printed, "scan"),
    "print, photo": (_printed, "photo"),
    "print, fax": (_printed, "fax"),
    "sums, scan": (_sums, "scan"),
    "sums, fax": (_sums, "fax"),
    "stamps, scan": (_stamped, "scan"),
    "pen, scan": (penned.penned, "scan"),
    "signed, scan": (_signed, "scan"),
    "signed, fax": (_signed, "fax"),
    "streaks, scan": (_streaked, "scan"),
}


def held_out_lines(desk: Desk, count: int) -> dict[str, list[Line]]:
    """The same lines every time, by set."""
    lines: dict[str, list[Line]] = {}
    for name, (draw, kind) in _SETS.items():
        rng = random.Random(f"{_SEED}/{name}")
        lines[name] = [draw(rng, desk, kind) for _ in range(count)]
    return lines


def read(model: Path, lines: Sequence[Line]) -> list[str]:
    """What a model reads on each line."""
    with tempfile.TemporaryDirectory(prefix="saraban-") as folder:
        images = [Image.fromarray(line.image) for line in lines]
        file = Path(folder) / "lines.tif"
        images[0].save(file, save_all=True, append_images=images[1:], compression=None, dpi=(300, 300))
        place = ("--tessdata-dir", str(model.parent), "-l", model.stem, "--psm", "13")
        tools.run(
            "tesseract",
            str(file),
            str(file.with_suffix("")),
            *place,
            "-c",
            "page_separator=\f",
            "-c",
            "tessedit_do_invert=0",
        )
        pages = file.with_suffix(".txt").read_text(encoding="utf-8").split("\f")
    return [" ".join(page.split()) for page in pages[: len(lines)]]


def score(lines: Sequence[Line], said: Sequence[str]) -> Score:
    """Compare what was read with what stands there."""
    wrong = total = digits = digits_wrong = commas = commas_right = whole = 0
    for line, text in zip(lines, said, strict=True):
        total += len(line.text)
        wrong += Levenshtein.distance(line.text, text)
        whole += line.text.replace(" ", "") == text.replace(" ", "")
        lost = _lost(line.text, text)
        digits += sum(sign in _DIGITS for sign in line.text)
        digits_wrong += sum(line.text[i] in _DIGITS for i in lost)
        commas += line.text.count(",")
        commas_right += line.text.count(",") - sum(line.text[i] == "," for i in lost)
    return Score(
        len(lines),
        100 * wrong / max(1, total),
        100 * digits_wrong / digits if digits else None,
        100 * commas_right / commas if commas else None,
        100 * whole / max(1, len(lines)),
    )


def _lost(true: str, said: str) -> set[int]:
    """Places of the true text that were not read as they stand."""
    lost: set[int] = set()
    for step in Levenshtein.opcodes(true, said):
        if step.tag in ("replace", "delete"):
            lost.update(range(step.src_start, step.src_end))
    return lost


Scores = dict[str, dict[str, Score]]  # by set, then by model


def compare(models: Sequence[Path], lines: dict[str, list[Line]]) -> Scores:
    """Scores by set and model."""
    return {
        name: {str(model): score(chosen, read(model, chosen)) for model in models}
        for name, chosen in lines.items()
    }


def table(scores: Scores) -> str:
    """The figures to look at."""
    rows = [f"{'':14} {'':24} chars %  digits %   commas    whole"]
    for name, by_model in scores.items():
        rows += [f"{name:14} {Path(model).stem[-24:]:24} {found.row()}" for model, found in by_model.items()]
    return "\n".join(rows)


def no_worse(scores: Scores, old: str, new: str) -> bool:
    """The new model makes no more mistakes than the old one in any set, but for what chance may do."""
    return all(
        found[new].characters_wrong <= found[old].characters_wrong + 0.3
        and found[new].whole >= found[old].whole - 2.5
        for found in scores.values()
    )


def main(arguments: Sequence[str] | None = None) -> None:
    """Score models side by side on lines kept out of training."""
    parser = argparse.ArgumentParser(prog="python -m training.score", description=main.__doc__)
    parser.add_argument("models", nargs="+", type=Path, help="traineddata files")
    parser.add_argument(
        "--digits",
        type=Path,
        action="append",
        default=[],
        help="a set of handwritten digits, for pen by real writers",
    )
    parser.add_argument("--fonts", type=Path, action="append", default=[])
    parser.add_argument("--count", type=int, default=150, help="lines in a set")
    parser.add_argument("--json", type=Path, help="write the figures here too")
    options = parser.parse_args(arguments)
    made = compare(
        options.models, held_out_lines(held_out_desk(options.fonts, options.digits), options.count)
    )
    print(table(made))
    if options.json:
        options.json.write_text(as_json(made), encoding="utf-8")


def as_json(made: Scores) -> str:
    """The figures for a model card."""
    return json.dumps(
        {name: {model: vars(found) for model, found in by_model.items()} for name, by_model in made.items()},
        indent=1, ensure_ascii=False,
    )  # fmt: skip


if __name__ == "__main__":
    main()
