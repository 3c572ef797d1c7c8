"""Pages drawn by Chromium: PDF files, and where each line of text stands on them."""

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from benchmarks.wildset import letters, papers
from benchmarks.wildset.letters import Drawn, Style
from benchmarks.wildset.pens import Hand
from benchmarks.wildset.words import facts
from pipeline.errors import MissingToolError
from samples.truth import TrueLine
from schemas.ink import Box
from training.hand import writers_kept_out

CHROMIUM = ("/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome")
_INSTALLED = ("Laksaman", "Garuda", "Loma", "Norasi", "Kinnari", "Umpush", "Waree", "Sawasdee")
_LIKE_OFFICES = ("sarabun", "noto-sans-thai-looped", "niramit", "bai-jamjuree", "k2d", "krub", "trirong")
_LIKE_SARABUN = ("Laksaman", "wild-sarabun", "wild-niramit")
_PENS = ("itim", "charm", "mali", "sriracha")

LAYOUTS = (
    letters.external, letters.memo, letters.letterhead, letters.stamped, letters.external, papers.order,
    letters.two_columns, papers.announcement, letters.memo, papers.certificate,
)  # fmt: skip

_LINES = """() => {
 const made = [];
 const walker = document.createTreeWalker(document.querySelector('.page'), NodeFilter.SHOW_TEXT);
 for (let node; node = walker.nextNode();) {
  if (node.parentElement.closest('.stamp,.pen,svg,style')) continue;
  if (getComputedStyle(node.parentElement).visibility == 'hidden') continue;
  const range = document.createRange();
  for (let i = 0; i < node.length; i++) {
   range.setStart(node, i); range.setEnd(node, i + 1);
   const box = range.getClientRects()[0];
   if (!box) continue;
   const last = made[made.length - 1], c = node.data[i];
   const same = last && Math.abs(last[2] - box.bottom) < 5 && box.left - last[3] < 26 && box.left >= last[1] - 2;
   if (same) { last[0] += c; last[3] = Math.max(last[3], box.right); }
   else if (c.trim()) made.push([c, box.left, box.bottom, box.right, box.top]);
  }
 }
 return made.map(l => [l[0], l[1], l[4], l[3], l[2]]);
}"""


@contextmanager
def browser() -> Iterator[Any]:
    """A headless Chromium; MissingToolError says what to install."""
    try:
        from playwright.sync_api import sync_playwright
    except ImportError as error:
        raise MissingToolError("playwright", "pip install playwright") from error
    program = next((path for path in CHROMIUM if Path(path).exists()), None)
    if program is None:
        raise MissingToolError("chromium", "apt-get install chromium")
    with sync_playwright() as tools:
        running = tools.chromium.launch(executable_path=program)
        yield running
        running.close()


def families(folder: Path | None) -> tuple[str, list[str], list[str]]:
    """CSS that names a folder's web fonts, the fonts for print, and those that look like pens."""
    files = {path.stem: path for path in sorted(folder.glob("*.ttf"))} if folder else {}
    rules: list[str] = []
    pens: list[str] = []
    print_fonts = list(_INSTALLED)
    for name in (*_LIKE_OFFICES, *_PENS):
        if f"{name}-400" not in files:
            continue
        (pens if name in _PENS else print_fonts).append(f"wild-{name}")
        for weight in (400, 700):
            if f"{name}-{weight}" in files:
                uri = files[f"{name}-{weight}"].resolve().as_uri()
                rules.append(f"@font-face{{font-family:wild-{name};src:url({uri});font-weight:{weight}}}")
    return "".join(rules), print_fonts, pens or ["Purisa"]


def style(rng: random.Random, fonts: Sequence[str], hand: Hand) -> Style:
    """How one page is set; half of all in type as offices use it."""
    usual = [font for font in _LIKE_SARABUN if font in fonts]
    font = rng.choice(usual if usual and rng.random() < 0.5 else fonts)
    narrow = font in ("Laksaman", "wild-sarabun", "Umpush", "wild-niramit")
    size = rng.choice((15, 16, 14)) if narrow else rng.choice((10.5, 11, 12, 13))
    if font == "wild-sarabun":  # drawn larger than TH Sarabun
        size -= 3
    return Style(
        font=font, hand=hand, size=size, leading=rng.choice((1.25, 1.35, 1.5)) + (0.15 if not narrow else 0),
        justify=rng.random() < 0.5, colour=rng.choice(("#14506e", "#7a2a2a", "#1e6a3c", "#333")),
    )  # fmt: skip


def draw(
    count: int, seed: int, folder: Path, fonts: Path | None, digits: Sequence[Path] = ()
) -> Iterator[tuple[str, Drawn, list[TrueLine]]]:
    """Draw pages into a folder as NAME.pdf; names, what they say, and their lines of print."""
    css, names, pens = families(fonts)
    hand = Hand(pens, writers_kept_out(digits))
    folder.mkdir(parents=True, exist_ok=True)
    with browser() as running:
        tab = running.new_page(viewport={"width": 794, "height": 1123})
        for place in range(count):
            rng = random.Random(f"{seed}-{place}")
            drawn = LAYOUTS[place % len(LAYOUTS)](facts(rng), rng, style(rng, names, hand))
            name = f"wild-{seed}-{place:03d}"
            source = folder / f"{name}.html"
            source.write_text(f"<style>{css}</style>{drawn.html}", encoding="utf-8")
            tab.goto(source.resolve().as_uri())
            tab.evaluate("document.fonts.ready")
            tab.emulate_media(media="print")
            found = tab.evaluate(_LINES)
            tab.pdf(path=str(folder / f"{name}.pdf"), prefer_css_page_size=True, print_background=True)
            source.unlink()
            lines = [
                TrueLine(text=text.strip(), box=Box(*(round(v * 0.75, 1) for v in box)), ink="print")
                for text, *box in found
            ]
            yield name, drawn, lines
