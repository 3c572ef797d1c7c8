"""Fonts to draw lines with: the TLWG families of Linux distributions, and folders given by path."""

from __future__ import annotations

import random
import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from PIL import ImageFont

from pipeline.errors import MissingToolError

FOLDERS = (
    Path("/usr/share/fonts"),
    Path("/usr/local/share/fonts"),
    Path.home() / ".local" / "share" / "fonts",
)
HELD_OUT = ("Umpush", "Loma")  # never trained on, for scoring
PEN_LIKE = ("mali", "itim", "sriracha", "charm", "charmonman", "kodchasan", "Purisa")
INSTALL = "apt-get install fonts-thai-tlwg-ttf fonts-tlwg-laksaman-ttf"
_OFFICIAL = ("Laksaman", "sarabun")  # the look of TH Sarabun, in which most letters are set
_SERIF = (
    "Norasi",
    "Kinnari",
    "trirong",
    "taviraj",
    "noto-serif-thai",
    "maitree",
    "pridi",
    "TlwgTypo",
    "TlwgTypist",
)
_LOOPED = (
    "Garuda", "Sawasdee", "Waree", "noto-sans-thai-looped", "ibm-plex-sans-thai-looped", "niramit", "krub",
    "bai-jamjuree", "athiti", "k2d", "koho", "fahkwang", "thasadith",
)  # fmt: skip
_SHARES = (
    0.6,
    0.18,
    0.14,
    0.08,
)  # letters without loops, as in advertisements, confuse ข/บ, ช/ซ, ด/ต: few of them
_LEFT_OUT = re.compile(r"TlwgMono|TlwgTypewriter|Oblique|chonburi|pattaya")


@dataclass(frozen=True)
class FontSet:
    """Font files by what they are used for."""

    official: tuple[Path, ...]
    serif: tuple[Path, ...]
    looped: tuple[Path, ...]
    other: tuple[Path, ...]
    pen: tuple[Path, ...]
    held_out: tuple[Path, ...]

    def pick(self, rng: random.Random) -> Path:
        """A font for printed text: official ones most often."""
        groups = (self.official, self.serif, self.looped, self.other)
        group = rng.choices(groups, _SHARES)[0] or self.official
        file = rng.choice(group)
        while (is_italic(file) and rng.random() < 0.75) or (is_bold(file) and rng.random() < 0.55):
            file = rng.choice(group)
        return file

    def pick_bold(self, rng: random.Random) -> Path:
        """A bold font, for headings and marks."""
        bold = [file for file in (*self.official * 3, *self.serif, *self.other) if is_bold(file)]
        return rng.choice(bold or list(self.official))


def find_fonts(folders: Sequence[Path] = ()) -> FontSet:
    """Sort all usable fonts; MissingToolError when even the official ones are not there."""
    files = sorted(
        {
            file.name: file
            for folder in (*FOLDERS, *folders)
            if folder.is_dir()
            for file in folder.rglob("*.ttf")
        }.values()
    )
    own = {file for folder in folders for file in folder.rglob("*.ttf")}
    thai = [
        file for file in files if (file in own or "tlwg" in file.parts) and not _LEFT_OUT.search(file.stem)
    ]
    official = _of(thai, _OFFICIAL)
    if not official:
        raise MissingToolError("The font Laksaman (TLWG Thai fonts)", INSTALL)
    held_out, pen, serif = _of(thai, HELD_OUT), _of(thai, PEN_LIKE), _of(thai, _SERIF)
    looped = _of(thai, _LOOPED)
    named = {*official, *held_out, *pen, *serif, *looped}
    return FontSet(official, serif, looped, tuple(file for file in thai if file not in named), pen, held_out)


def _of(files: Sequence[Path], names: Sequence[str]) -> tuple[Path, ...]:
    return tuple(file for file in files if file.stem.startswith(tuple(names)))


def is_bold(file: Path) -> bool:
    """By the file's name: Laksaman-Bold, sarabun-700."""
    return "Bold" in file.stem or file.stem.rstrip("i").endswith(("-600", "-700"))


def is_italic(file: Path) -> bool:
    """By the file's name: Laksaman-Italic, sarabun-400i."""
    return "Italic" in file.stem or file.stem.endswith("0i")


@lru_cache(maxsize=400)
def load(file: Path, size: int) -> ImageFont.FreeTypeFont:
    """A font that places Thai marks right."""
    return ImageFont.truetype(str(file), size, layout_engine=ImageFont.Layout.RAQM)


@lru_cache(maxsize=400)
def size_for(file: Path, x_height: int) -> int:
    """The size in pixels at which a font's plain letters stand `x_height` high."""
    box = load(file, 200).getbbox("กอบ", anchor="ls")
    return max(8, round(200 * x_height / -box[1]))
