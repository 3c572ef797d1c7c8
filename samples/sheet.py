"""A PDF page that sets Thai as office software does: one text run a line, marks moved by small kerns.

fpdf2's own cells start a new run at every mark that the font moves, and readers of the text layer then see
spaces and marks in the wrong order. There is no public way in, so this uses two of its inner methods.
"""

from __future__ import annotations

import re
from typing import Any

from fpdf import FPDF

_SARA_AM = re.compile("([่-๋]?)ำ")  # drawn as ํ + า, or its second glyph would have no character


class Sheet(FPDF):
    """An fpdf2 document with a baseline-positioned, shaped text operator."""

    def shaped(self, x: float, y: float, text: str) -> None:
        """Draw shaped text with the current font and colour, its baseline starting at (x, y)."""
        font: Any = self.current_font
        glyphs = font.shape_text(_SARA_AM.sub(r"ํ\1า", text), self.font_size_pt, self.text_shaping)
        widths = {code: glyph.glyph_width for glyph, code in font.subset.items() if glyph is not None}
        parts = []
        for glyph in glyphs:
            offset, advance = glyph["x_offset"] * font.scale, glyph["x_advance"] * font.scale
            code, rise = glyph["mapped_char"], glyph["y_offset"] * font.scale * self.font_size_pt / 1000
            part = _kern(-offset) + f"<{code:04X}>" + _kern(offset + widths[code] - advance)
            parts.append(f"] TJ {rise:.2f} Ts [{part}] TJ 0 Ts [" if rise else part)
        colour = self.text_color.serialize().lower() if self.text_color else "0 g"
        chosen = self._set_font_for_page(font, self.font_size_pt, wrap_in_text_object=False)
        self._out(f"q {colour} BT {chosen} {x:.2f} {self.h - y:.2f} Td [{''.join(parts)}] TJ ET Q")


def _kern(thousandths: float) -> str:
    """A TJ number; positive ones move to the left."""
    return f" {thousandths:.0f} " if round(thousandths) else ""
