"""The network's model card: what it was made from, how it scores, where it is weak."""

from __future__ import annotations

import argparse
import datetime as dt

from pipeline import ocr, reader
from training.net.score import PEN, pen_lines
from training.score import Score, held_out_desk, held_out_lines, score

_COUNT = 100
_TEXT = """# lines.onnx

A small convolutional recogniser of single lines (CTC, {weights}, ONNX opset 17): Thai, all ten Thai digits, ASCII and
the usual punctuation. It is the second reader beside Tesseract, and reads pen digits. Written on {day} by
`training/net/`; `lines.json` holds its alphabet and the calibration of its confidence.

## Made from

- Weights: random at first; nobody else's network.
- Fonts: the TLWG families (GPL with font exception, or the fonts' own free licence){fonts}.
  Umpush and Loma are kept out, for scoring.
- Text: frequent words, names and provinces of PyThaiNLP's corpora (CC0), and generated numbers, dates, sums
  and addresses. No text of any sample or real letter.
- Thai digits by pen: {hand}
- Arabic digits by pen: {arabic}
- ว, น and signs by pen: strokes of our own and pen-like fonts, those of training in the table below, too.
- Licence: that of this repository.

## Scores

Lines of fonts and writers that no training line was made with; {count} of each kind, office-scan damage unless it says
otherwise; both readers on the same images. "Guided": told what can stand there (a day is 1–31, a number is digits).
Half of the writers kept out calibrate the confidence, so the pen rows are somewhat too good.

| lines | reader | characters wrong, % | digits wrong, % | whole lines right, % |
|---|---|---|---|---|
{rows}

## Limits

It reads single lines, cut out with all their marks (see pipeline/lines.py), not whole pages. It was trained on a CPU
for an hour or two and has not reached what it could. Weak: body text (Tesseract with tha_saraban makes fewer mistakes
there), print under about 15 pixels of x-height, joined-up pen, ๔/๕, ๖/๒ and ๗/๓ of hasty hands, 1 that
slants like a slash. A second, small head tells pen from print, place by place; very even pen passes for print.
"""
_REAL = "thai-handwriting-number (kittinan, MIT), 85 % of its writers, each digit bent anew; pen-like fonts."
_DRAWN = "pen-like fonts only."
_REAL_ARABIC = (
    "OpenCV's sample sheet (Apache-2.0), 85 % of it, each digit bent anew; strokes; pen-like fonts."
)
_DRAWN_ARABIC = (
    "strokes of our own and pen-like fonts, those of training in the table below, too: its rows are too good."
)


def card(options: argparse.Namespace) -> str:
    """The card's text, scored now."""
    desk = held_out_desk(options.fonts, options.digits)
    rows: list[str] = []
    for name, lines in pen_lines(desk, _COUNT).items():
        strips = [line.image for line in lines]
        grammar = PEN[name][1]
        rows.append(_row(name, "network", score(lines, [reader.read(strip).text.text for strip in strips])))
        if grammar is not None:
            said = [reader.read(strip, grammar).text.text for strip in strips]
            rows.append(_row(name, "network, guided", score(lines, said)))
        rows.append(_row(name, "tha_saraban", score(lines, [t.text for t in ocr.tesseract(strips, 900)])))
    for name, lines in held_out_lines(desk, _COUNT).items():
        strips = [line.image for line in lines]
        rows.append(_row(name, "network", score(lines, [t.text for t in reader.read_strips(strips)])))
        rows.append(_row(name, "tha_saraban", score(lines, [t.text for t in ocr.tesseract(strips, 900)])))
    return _TEXT.format(
        weights="0.46 million weights",
        day=dt.date.today().isoformat(),
        fonts=" and further fonts under the SIL Open Font License" if options.fonts else "",
        hand=_REAL if options.digits else _DRAWN,
        arabic=_REAL_ARABIC if desk.writers is not None and desk.writers.arabic else _DRAWN_ARABIC,
        count=_COUNT,
        rows="\n".join(rows),
    )


def _row(name: str, who: str, found: Score) -> str:
    digits = "–" if found.digits_wrong is None else f"{found.digits_wrong:.1f}"
    return f"| {name} | {who} | {found.characters_wrong:.1f} | {digits} | {found.whole:.0f} |"
