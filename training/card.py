"""The model card: what a model was made from, how it scores, where it is weak."""

from __future__ import annotations

import argparse
import datetime as dt

from training.score import Scores, table

_TEXT = """# tha_saraban

A Tesseract model (4.1 or newer, LSTM, integer) for Thai official letters: Thai, all ten Thai digits, ASCII
and the usual punctuation, 195 classes. Thai characters carry the script name Latin, so that words and spaces
come out as on the page. Written by `python -m training.run` on {day}.

## Made from

- Network and first weights: `script/Thai` of the Tesseract project as packaged by Debian (Apache-2.0), its
  integer weights turned back into floats, its output layer given our characters.
- A run that goes on from a model of ours writes the mean of that one and of what it made of it (`blend.py`).
- Fonts: the TLWG families (GPL with font exception, or the fonts' own free licence){fonts}.
  Umpush and Loma are kept out, for scoring.
- Text: frequent words, names and provinces of PyThaiNLP's corpora (CC0), and generated numbers, dates, sums
  and addresses. No text of any sample or real letter.
- Handwriting: {hand}

## Scores

Lines of fonts and writers that no training line was made with, drawn and damaged by `training/`; per cent.

```
{table}
```

## Limits

It reads single lines, cut out with all their marks (see pipeline/lines.py), not whole pages. Weak: print
under about 20 pixels of x-height, very bold small italics, light pencil, ๔/๕, ๖/๒ and ๗/๓ by pen. Latin words
are read less well than by a Latin model.
"""
_REAL = "thai-handwriting-number (kittinan, MIT), 85 % of its writers; pen-like fonts; strokes of our own."
_DRAWN = "pen-like fonts and strokes of our own only."


def card(scores: Scores, options: argparse.Namespace) -> str:
    """The card's text."""
    fonts = " and further fonts under the SIL Open Font License" if options.fonts else ""
    hand = _REAL if options.digits else _DRAWN
    return _TEXT.format(day=dt.date.today().isoformat(), fonts=fonts, hand=hand, table=table(scores))
