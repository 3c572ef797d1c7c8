"""Web fonts as font files: npm's @fontsource packages split each face into subsets, joined again here.

Needs fontTools with brotli (`pip install fonttools[woff]`), which nothing else here needs.
"""

from __future__ import annotations

import argparse
import tempfile
from collections.abc import Sequence
from pathlib import Path

_SUBSETS = ("thai", "latin")
_WEIGHTS = (400, 700)


def merge(package: Path, weight: int, style: str, target: Path) -> bool:
    """Join the subsets of one face into a .ttf; False when a subset is not there."""
    from fontTools.merge import Merger
    from fontTools.ttLib import TTFont

    parts = [package / "files" / f"{package.name}-{subset}-{weight}-{style}.woff2" for subset in _SUBSETS]
    if not all(part.exists() for part in parts):
        return False
    with tempfile.TemporaryDirectory(prefix="saraban-") as folder:
        plain = [f"{folder}/{subset}.ttf" for subset in _SUBSETS]
        for part, file in zip(parts, plain, strict=True):
            font = TTFont(part)
            font.flavor = None
            font.save(file)
        Merger().merge(plain).save(target)
    return True


def main(arguments: Sequence[str] | None = None) -> None:
    """Join all faces of the @fontsource packages in a node_modules folder."""
    parser = argparse.ArgumentParser(prog="python -m training.webfonts", description=main.__doc__)
    parser.add_argument("modules", type=Path, help="node_modules, after: npm install @fontsource/sarabun …")
    parser.add_argument("out", type=Path, help="a folder for --fonts")
    options = parser.parse_args(arguments)
    options.out.mkdir(parents=True, exist_ok=True)
    made = 0
    for package in sorted((options.modules / "@fontsource").iterdir()):
        for weight in _WEIGHTS:
            for style, mark in (("normal", ""), ("italic", "i")):
                made += merge(package, weight, style, options.out / f"{package.name}-{weight}{mark}.ttf")
    print(f"{made} fonts in {options.out}")


if __name__ == "__main__":
    main()
