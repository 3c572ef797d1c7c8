"""What people put on letters by pen: figures, signatures, routing notes, ticks, lines under words."""

from __future__ import annotations

import base64
import random
from collections.abc import Sequence
from dataclasses import dataclass

import cv2
import numpy as np

from benchmarks.wildset.matters import PEOPLE
from benchmarks.wildset.words import SHORT_MONTHS, thai
from training.hand import Writers
from training.numbers import THAI_DIGITS

BLUE, BLACK, RED = "#1d2f93", "#18181c", "#b3202a"


@dataclass(frozen=True)
class Hand:
    """A page's writers: fonts that look like pens, and digits of people whom nothing was trained with."""

    fonts: Sequence[str]
    writers: Writers | None = None

    def words(self, rng: random.Random, text: str, ink: str, points: float = 17) -> str:
        """A few words in a font that looks like a pen."""
        return (
            f'<span class="pen" style="font-family:{rng.choice(self.fonts)};font-size:{points:g}pt;color:{ink}">'
            f"{text}</span>"
        )

    def figures(self, rng: random.Random, text: str, ink: str, mm: float = 4.5) -> str:
        """Figures by one real writer; what is no Thai digit, or without a set of them, in a font."""
        if self.writers is None or not any(sign in THAI_DIGITS for sign in text):
            return self.words(rng, text, ink, mm * 4.2)
        writer = self.writers.pick(rng, text)
        thick = rng.choice((0, 0, 1, 2))
        made = []
        for sign in text:
            if sign not in THAI_DIGITS:
                made.append(self.words(rng, sign, ink, mm * 4.2))
                continue
            low = sign == THAI_DIGITS[0]
            high = mm * (rng.uniform(0.5, 0.8) if low else rng.uniform(0.85, 1.15))
            source = _as_ink(self.writers.digit(rng, writer, sign), ink, thick)
            made.append(
                f'<img src="{source}" style="height:{high:.1f}mm;margin:0 {rng.uniform(-0.1, 0.7):.1f}mm '
                f"{rng.uniform(-0.5, 0.3):.1f}mm 0;vertical-align:baseline;"
                f'transform:rotate({rng.gauss(0, 4):.0f}deg)">'
            )
        return f'<span class="pen" style="white-space:nowrap;line-height:1">{"".join(made)}</span>'


def _as_ink(image: np.ndarray, ink: str, thick: int) -> str:
    """A digit's picture, cut to its ink and coloured, as a URI."""
    dark = (255 - image).astype(np.uint8)
    if thick:
        dark = cv2.dilate(dark, np.ones((thick + 1, thick + 1), np.uint8)).astype(np.uint8)
    ys, xs = np.nonzero(dark > 60)
    dark = dark[ys.min() : ys.max() + 1, xs.min() : xs.max() + 1]
    big = cv2.resize(dark, None, fx=3, fy=3, interpolation=cv2.INTER_CUBIC)
    red, green, blue = (int(ink[i : i + 2], 16) for i in (1, 3, 5))
    coloured = np.dstack([np.full_like(big, value) for value in (blue, green, red)] + [big])
    return "data:image/png;base64," + base64.b64encode(cv2.imencode(".png", coloured)[1].tobytes()).decode()


def signature(rng: random.Random) -> str:
    """Strokes as by a pen over or beside the name, without a name that could be read."""
    ink = rng.choice((BLUE, BLUE, BLACK))
    draw = rng.choice((_waves, _loops, _slashes))
    left, top, wide = rng.uniform(0, 34), rng.uniform(-1, 9), rng.uniform(30, 58)
    return (
        f'<svg class="sign" style="left:{left:.0f}mm;top:{top:.0f}mm;transform:rotate({rng.gauss(-4, 7):.0f}deg)" '
        f'width="{wide:.0f}mm" viewBox="0 0 160 70"><path d="{draw(rng)}" fill="none" stroke="{ink}" '
        f'stroke-width="{rng.uniform(1.3, 3.4):.1f}" stroke-linecap="round" stroke-linejoin="round"/></svg>'
    )


def _waves(rng: random.Random) -> str:
    x, y = 4.0, 34.0
    path = [f"M{x:.0f} {y:.0f}"]
    for n in range(rng.randrange(6, 10)):
        up, dx = rng.uniform(8, 24) * (1 if n % 2 else -1), rng.uniform(8, 20)
        path.append(
            f"C{x + dx * 0.3:.0f} {y + up:.0f} {x + dx * 1.2:.0f} {y + up * 0.8:.0f} {x + dx:.0f} "
            f"{34 + rng.uniform(-5, 5):.0f}"
        )
        x += dx
    return " ".join([*path, f"q12 {rng.uniform(-16, 10):.0f} 34 -6"])


def _loops(rng: random.Random) -> str:
    """Large rings that run on into one another, and a tail under the name."""
    x = rng.uniform(8, 24)
    path = [f"M{x:.0f} 44"]
    for _ in range(rng.randrange(3, 6)):
        high, wide = rng.uniform(22, 46), rng.uniform(12, 26)
        path.append(
            f"c{wide:.0f} {-high:.0f} {wide * 1.3:.0f} {-high:.0f} {wide * 0.5:.0f} {-rng.uniform(0, 6):.0f}"
        )
        path.append(
            f"c{-wide * 0.8:.0f} {high * 0.5:.0f} {wide * 0.2:.0f} {high * 0.5:.0f} {wide * 0.7:.0f} 4"
        )
    return " ".join([*path, f"q30 {rng.uniform(-8, 14):.0f} 40 6 t-{rng.uniform(60, 110):.0f} 8"])


def _slashes(rng: random.Random) -> str:
    """A few fast strokes: a tall one, a scribble across it, a line under both."""
    tall = f"M{rng.uniform(20, 60):.0f} 66 q{rng.uniform(6, 22):.0f} -60 {rng.uniform(10, 30):.0f} -62 q6 30 -16 52"
    zigzag = "".join(f" l{rng.uniform(5, 12):.0f} {(-1) ** n * rng.uniform(9, 20):.0f}" for n in range(6))
    line = f"M{rng.uniform(4, 30):.0f} {rng.uniform(52, 66):.0f} q50 {rng.uniform(-12, 6):.0f} 110 -4"
    return f"{tall}{zigzag} {line}"


def initials(rng: random.Random, ink: str, mm: float = 18) -> str:
    """A small scribble under a note."""
    return (
        f'<svg width="{mm:g}mm" viewBox="0 0 160 70"><path d="{rng.choice((_waves, _loops))(rng)}" fill="none" '
        f'stroke="{ink}" stroke-width="3.4" stroke-linecap="round"/></svg>'
    )


_NOTES = (
    ("ทราบ",),
    ("มอบ กลุ่มแผนดำเนินการ",),
    ("เวียนให้ทราบทั่วกัน",),
    ("เรียน ผอ.", "- เพื่อโปรดทราบ", "- เห็นควรแจ้งผู้เกี่ยวข้อง"),
    ("เรียน หัวหน้ากลุ่ม", "เพื่อพิจารณา"),
    ("- อนุมัติ", "- งานพัสดุดำเนินการ"),
    ("ด่วน ขอคุยด้วย",),
)


def note(rng: random.Random, hand: Hand) -> str:
    """An officer's word on the letter in the margin or under the text, initialled and with the day."""
    ink = rng.choice((BLUE, BLUE, BLUE, BLACK, RED))
    rows = [hand.words(rng, row, ink, rng.uniform(15, 20)) for row in rng.choice(_NOTES)]
    if rng.random() < 0.6:
        day = thai(f"{rng.randrange(1, 29)} ") + rng.choice(SHORT_MONTHS) + thai(f" {rng.randrange(66, 70)}")
        rows.append(f"{initials(rng, ink)}<br>{hand.words(rng, day, ink, 15)}")
    at = rng.choice((f"left:{rng.uniform(6, 30):.0f}mm", f"right:{rng.uniform(6, 24):.0f}mm"))
    return (
        f'<div class="stamp" style="bottom:{rng.uniform(14, 62):.0f}mm;{at};line-height:1.1;'
        f'transform:rotate({rng.uniform(-12, 4):.0f}deg)">{"<br>".join(rows)}</div>'
    )


def tick(rng: random.Random) -> str:
    """A tick or a stroke beside a line, by a reader's pen."""
    ink = rng.choice((BLUE, RED, BLACK))
    path = rng.choice(("M4 18 l8 12 q8 -22 24 -30", "M4 26 q20 -14 40 -4", "M6 4 q-8 22 0 44"))
    return (
        f'<svg class="stamp" style="left:{rng.uniform(12, 60):.0f}mm;top:{rng.uniform(70, 200):.0f}mm" width="9mm" '
        f'viewBox="0 0 48 52"><path d="{path}" fill="none" stroke="{ink}" stroke-width="3"/></svg>'
    )


def true_copy(rng: random.Random) -> str:
    """The rubber stamp that makes a copy a true one (สำเนาถูกต้อง), signed by a clerk, in a corner."""
    title, first, last = rng.choice(PEOPLE)
    ink = rng.choice((BLUE, "#4d3a94", BLACK))
    post = rng.choice(("นักจัดการงานทั่วไปชำนาญการ", "เจ้าพนักงานธุรการชำนาญงาน", "นักวิชาการพัสดุปฏิบัติการ"))
    return (
        f'<div class="stamp" style="color:{ink};left:{rng.uniform(10, 24):.0f}mm;bottom:{rng.uniform(36, 62):.0f}mm;'
        f'text-align:center;font-size:12pt;transform:rotate({rng.uniform(-5, 5):.1f}deg)">สำเนาถูกต้อง<br>'
        f"{initials(rng, ink)}<br>({title}{first} {last})<br>{post}</div>"
    )
