"""Draws `scan-and-record.png`: a sample scan with the ink of its values framed, and the record beside it.

  python docs/pictures/make.py        (from the root of the repository, after `make samples`)

Nothing is drawn by hand: the boxes, values and findings are those that Saraban reads when the script runs.
"""

from __future__ import annotations

import datetime as dt
import sys
from pathlib import Path
from typing import Any, NamedTuple

from PIL import Image, ImageColor, ImageDraw, ImageFont

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT))

from pipeline import pdf, stages  # noqa: E402
from pipeline.paths import bare, label, readings  # noqa: E402
from pipeline.say import Lang  # noqa: E402
from pipeline.settings import Settings  # noqa: E402
from pipeline.show import SEVERITIES, certainty, written  # noqa: E402
from samples.fonts import find_font  # noqa: E402
from schemas.finding import Severity  # noqa: E402
from schemas.reading import Reading  # noqa: E402
from schemas.result import Result  # noqa: E402

SCAN = ROOT / "samples" / "inbox" / "scan_0001.pdf"
PICTURE = Path(__file__).with_name("scan-and-record.png")
TODAY = dt.date(2024, 6, 20)  # a few days after the letter came in
LANG: Lang = "th"
SURE = 0.9

PAGE_WIDTH, TABLE_WIDTH, MARGIN, ROW = 820, 920, 28, 33
MOST_BYTES = 400_000
PAPER, TEXT, FAINT, RULE = "#ffffff", "#1c1c1c", "#777777", "#dddddd"
GREEN, AMBER, RED = "#1b7f3b", "#c77700", "#c0222c"
PENS = ("#2a3fa0", "#5a4fb0")  # inks of stamps and pens in the samples
LEFT_OUT = ("kind", "body", "salutation", "weekday", "closing", "deadlines.kind", "deadlines.phrase")


class Row(NamedTuple):
    """One value: its place in the table, its reading and its colour."""

    number: int
    path: str
    ink: Reading[Any]
    colour: str


def main() -> None:
    """Read the scan, draw the picture, and save it small enough for a web page."""
    # the house values that come with Saraban, whatever this machine's user has set
    result = stages.process(SCAN, Settings(sure=SURE, notice_days=3, name_pattern=None, lang=LANG), TODAY)
    shown = [
        (path, ink)
        for path, ink in readings(result.letters[0])
        if bare(path) not in LEFT_OUT and ink.page == 1 and ink.box is not None
    ]
    rows = [Row(place, path, ink, colour(ink)) for place, (path, ink) in enumerate(shown, start=1)]
    page = framed_page(rows)
    table = record_table(rows, result)
    whole = Image.new("RGB", (page.width + table.width, max(page.height, table.height)), PAPER)
    whole.paste(page, (0, 0))
    whole.paste(table, (page.width, 0))
    save_small(whole)


def colour(ink: Reading[Any]) -> str:
    """Green: sure. Amber: a person should check it. Red: doubtful, or not understood."""
    if ink.value is None or ink.confidence < 0.6:
        return RED
    return GREEN if ink.confidence >= SURE else AMBER


def framed_page(rows: list[Row]) -> Image.Image:
    """The page with a numbered frame around the ink of each value."""
    page = next(pdf.pages(SCAN))
    picture = Image.fromarray(page.picture[:, :, ::-1])
    height = round(PAGE_WIDTH * picture.height / picture.width)
    picture = picture.resize((PAGE_WIDTH, height), Image.Resampling.LANCZOS).point(whiten)
    scale = PAGE_WIDTH / page.width
    draw = ImageDraw.Draw(picture)
    font = face("Laksaman-Bold", 17)
    for row in rows:
        if row.ink.box is None:
            continue
        x0, y0, x1, y1 = (n * scale for n in row.ink.box)
        draw.rectangle((x0 - 3, y0 - 3, x1 + 3, y1 + 3), outline=row.colour, width=2)
        tag = (x1 + 5, y0 - 6) if x0 < 30 else (x0 - 24, y0 - 6)
        draw.rounded_rectangle((tag[0], tag[1], tag[0] + 21, tag[1] + 19), 5, fill=row.colour)
        draw.text((tag[0] + 10.5, tag[1] + 9.5), str(row.number), font=font, fill=PAPER, anchor="mm")
    draw.line((PAGE_WIDTH - 1, 0, PAGE_WIDTH - 1, height), fill=RULE)
    lowest = max(row.ink.box.y1 for row in rows if row.ink.box is not None) * scale
    return picture.crop((0, 0, PAGE_WIDTH, min(height, round(lowest) + 40)))


def whiten(level: int) -> int:
    """The paper's grain made white: it says nothing, and would be most of the picture's size."""
    return 255 if level > 225 else level


def record_table(rows: list[Row], result: Result) -> Image.Image:
    """The record: number, name, value and certainty of each field, then the findings."""
    height = 90 + ROW * (len(rows) + len(result.findings) + 2)
    picture = Image.new("RGB", (TABLE_WIDTH, height), PAPER)
    draw = ImageDraw.Draw(picture)
    plain, bold, small = face("Laksaman", 25), face("Laksaman-Bold", 25), face("Laksaman", 21)
    draw.text((MARGIN, 16), result.file, font=bold, fill=TEXT)
    y = 60
    for row in rows:
        draw.rounded_rectangle((MARGIN, y + 6, MARGIN + 27, y + 27), 5, fill=row.colour)
        draw.text((MARGIN + 13, y + 17), str(row.number), font=small, fill=PAPER, anchor="mm")
        draw.text((MARGIN + 42, y), label(row.path, LANG), font=plain, fill=FAINT)
        value = "—" if row.ink.value is None else written(bare(row.path), row.ink.value, LANG)
        draw.text((MARGIN + 330, y), cut(value, plain, 400), font=plain, fill=TEXT)
        draw.text((MARGIN + 750, y), certainty(row.ink, SURE, LANG).plain, font=plain, fill=row.colour)
        draw.line((MARGIN, y + ROW, TABLE_WIDTH - MARGIN, y + ROW), fill=RULE)
        y += ROW
    y += 18
    draw.text((MARGIN, y), "สิ่งที่พบ", font=bold, fill=TEXT)
    for finding in result.findings:
        y += ROW
        name = SEVERITIES[finding.severity][0].say(LANG)
        tint = FAINT if finding.severity is Severity.NOTE else AMBER
        draw.text((MARGIN, y), f"{name}  {finding.id}", font=small, fill=tint)
        draw.text((MARGIN + 190, y), cut(finding.message, small, TABLE_WIDTH - 246), font=small, fill=TEXT)
    return picture


def face(name: str, size: int) -> ImageFont.FreeTypeFont:
    """A Thai font, set with its marks in their right places."""
    return ImageFont.truetype(str(find_font(name)), size, layout_engine=ImageFont.Layout.RAQM)


def cut(text: str, font: ImageFont.FreeTypeFont, width: int) -> str:
    """As much of a text as fits."""
    text = " ".join(text.split())
    if font.getlength(text) <= width:
        return text
    while text and font.getlength(text + " …") > width:
        text = text[:-1]
    return text.rstrip() + " …"


def save_small(picture: Image.Image) -> None:
    """Save with few colours: greys, and tints of the colours that are used."""
    shades = [(n * 255 // 31,) * 3 for n in range(32)]
    for name in (GREEN, AMBER, RED, *PENS):
        pure = ImageColor.getrgb(name)
        shades += [tuple(255 - (255 - part) * n // 6 for part in pure[:3]) for n in range(1, 7)]
    palette = Image.new("P", (1, 1))
    palette.putpalette([part for shade in shades for part in shade])
    picture.quantize(palette=palette, dither=Image.Dither.NONE).save(PICTURE, optimize=True)
    size = PICTURE.stat().st_size
    print(f"{PICTURE.name}: {picture.width} x {picture.height}, {size / 1000:.0f} kB")
    if size > MOST_BYTES:
        raise SystemExit(f"The picture is larger than {MOST_BYTES / 1000:.0f} kB.")


if __name__ == "__main__":
    main()
