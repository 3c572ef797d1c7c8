"""What lies on letters besides their text, as SVG and HTML: emblems, seals, stamps, holes."""

from __future__ import annotations

import math
import random

from benchmarks.wildset.pens import BLACK, BLUE, Hand
from benchmarks.wildset.words import MONTHS, SHORT_MONTHS, Facts

GARUDA = (
    '<svg width="{mm}mm" height="{mm}mm" viewBox="0 0 100 100"><g fill="#111" stroke="#111" stroke-width="1">'
    '<path d="M50 6l5 9 5-3-3 8q8 6 5 15l9 2q15-8 20-26 6 14-1 26l7-1q-4 12-13 17l4 2q-9 8-22 4l-2 13 6 20-8-5-3 8'
    '-4-9h-10l-4 9-3-8-8 5 6-20-2-13q-13 4-22-4l4-2q-9-5-13-17l7 1q-7-12-1-26 5 18 20 26l9-2q-3-9 5-15l-3-8 5 3z"/>'
    '<g stroke="#fff" fill="none"><path d="M30 44q-9-2-17-15M33 50q-10 2-19-6M70 44q9-2 17-15M67 50q10 2 19-6"/>'
    '<path d="M43 46h14M42 52h16M44 58h12M50 30v10M46 27h3M52 27h3"/></g></g></svg>'
)
INKS = {"blue": "#2a3fae", "violet": "#6a3a9c", "red": "#c4242c", "black": "#26262a", "green": "#1c7a4a"}


def garuda(mm: float = 28) -> str:
    """The letterhead's bird."""
    return GARUDA.replace("{mm}", f"{mm:g}")


def logo(rng: random.Random, mm: float = 22) -> str:
    """A round or shield-like emblem in colour."""
    ink = rng.choice(("#14506e", "#8a2f2b", "#2c6b35", "#4b3f8f"))
    petals = "".join(
        f'<ellipse cx="50" cy="30" rx="7" ry="18" fill="none" stroke="{ink}" stroke-width="3" '
        f'transform="rotate({n * 45} 50 50)"/>'
        for n in range(8)
    )
    return (
        f'<svg width="{mm}mm" height="{mm}mm" viewBox="0 0 100 100"><circle cx="50" cy="50" r="46" fill="none" '
        f'stroke="{ink}" stroke-width="4"/>{petals}<circle cx="50" cy="50" r="9" fill="{ink}"/></svg>'
    )


def seal(rng: random.Random, text: str, mm: float = 38) -> str:
    """A round office seal with its name along the rim."""
    ink = INKS[rng.choice(("red", "violet", "blue"))]
    return (
        f'<svg width="{mm}mm" height="{mm}mm" viewBox="0 0 120 120"><defs><path id="rim" '
        f'd="M60 60m-44 0a44 44 0 1 1 88 0a44 44 0 1 1-88 0"/></defs><g fill="none" stroke="{ink}">'
        f'<circle cx="60" cy="60" r="56" stroke-width="3"/><circle cx="60" cy="60" r="36" stroke-width="1.5"/>'
        f'<path d="M60 34l6 18h19l-15 11 6 18-16-11-16 11 6-18-15-11h19z" stroke-width="3"/></g>'
        f'<text font-size="12" fill="{ink}"><textPath href="#rim">{text}</textPath></text></svg>'
    )


_WORN = (  # the uneven ink of a rubber stamp
    '<svg width="0" height="0"><filter id="worn"><feTurbulence baseFrequency=".12" numOctaves="2" seed="{seed}"/>'
    '<feColorMatrix values="0 0 0 0 0  0 0 0 0 0  0 0 0 0 0  0 0 0 -5 3.4"/>'
    '<feComposite in="SourceGraphic" operator="in"/></filter></svg>'
)


def receipt(rng: random.Random, facts: Facts, agency: str, hand: Hand) -> str:
    """A receipt stamp (ตรารับ), its blanks filled by pen, type or a date stamp; somewhat turned, its ink uneven."""
    if facts.receipt is None:
        return ""
    number, day, time = facts.receipt
    ink = INKS[rng.choice(("blue", "violet", "red", "black"))]
    pen = rng.choice((BLUE, BLUE, BLACK)) if rng.random() < 0.6 else ""
    short = rng.random() < (0.8 if pen else 0.4)
    month = SHORT_MONTHS[day.month - 1] if short else MONTHS[day.month - 1]
    year = str(day.year + 543)[2:] if short and rng.random() < 0.5 else str(day.year + 543)

    def filled(text: str) -> str:
        if not pen:
            return facts.show(text)
        parts = [facts.show(part) for part in text.split(" ")]
        return " ".join(
            hand.figures(rng, part, pen, 3.6) if part[0].isdigit() else hand.words(rng, part, pen, 14)
            for part in parts
        )

    dots = '<i class="dots"></i>'
    label = rng.choice(("เลขรับ", "เลขรับ", "เลขที่รับ", "รับที่", "เลขทะเบียนรับ"))
    rows = (
        f"<b>{agency}</b>",
        f"<span>{label}{dots}{filled(number)}{dots}</span>",
        f"<span>วันที่{dots}{filled(f'{day.day} {month} {year}')}{dots}</span>",
        f"<span>เวลา{dots}{filled(f'{time:%H.%M}')}{dots}น.</span>",
    )
    turn, style = rng.uniform(-6, 6), rng.choice(("double", "solid", "solid", "none"))
    place = rng.choice(
        (f"top:{rng.uniform(9, 22):.0f}mm;right:{rng.uniform(8, 18):.0f}mm",) * 3
        + (f"top:{rng.uniform(4, 10):.0f}mm;left:{rng.uniform(70, 100):.0f}mm",)  # over the emblem
        + (f"top:{rng.uniform(60, 90):.0f}mm;right:{rng.uniform(4, 14):.0f}mm",)  # over the text
        + (f"bottom:{rng.uniform(28, 60):.0f}mm;left:{rng.uniform(12, 26):.0f}mm",)
    )
    worn = "" if rng.random() < 0.6 else _WORN.replace("{seed}", str(rng.randrange(999)))
    return (
        f'{worn}<div class="stamp box" style="color:{ink};border:{rng.choice((1.5, 3))}px {style} {ink};'
        f"transform:rotate({turn:.1f}deg);opacity:{rng.uniform(0.72, 1):.2f};{'filter:url(#worn);' if worn else ''}"
        f'border-radius:{rng.choice((0, 0, 3))}mm;{place};font-size:{rng.uniform(11, 14):.1f}pt">'
        + "".join(f"<div>{row}</div>" for row in rows)
        + "</div>"
    )


def mark(rng: random.Random, text: str) -> str:
    """A mark such as ด่วนที่สุด: red, large, at the head."""
    frame = rng.choice(("", "border:2.5px solid #d01c1c;padding:0 3mm;"))
    left = rng.choice((24, 30, 90))
    return (
        f'<div class="stamp" style="color:#d01c1c;font-size:{rng.uniform(24, 34):.0f}pt;font-weight:700;{frame}'
        f'top:{rng.uniform(12, 24):.0f}mm;left:{left}mm;transform:rotate({rng.uniform(-3, 3):.1f}deg)">{text}</div>'
    )


def holes(rng: random.Random) -> str:
    """Two punch holes at the left edge, and now and then a staple."""
    dots = "".join(
        f'<div class="stamp" style="left:9mm;top:{top}mm;width:5.5mm;height:5.5mm;border-radius:50%;'
        f'background:radial-gradient(#222 40%,#777 80%)"></div>'
        for top in (108.5, 188.5)
    )
    staple = (
        '<div class="stamp" style="left:9mm;top:8mm;width:11mm;height:1mm;background:#555;'
        f'box-shadow:0 1mm 1.5mm #aaa;transform:rotate({rng.uniform(20, 60):.0f}deg)"></div>'
    )
    return dots + (staple if rng.random() < 0.5 else "")


def watermark(text: str) -> str:
    """A pale word across the page."""
    return (
        f'<div class="stamp" style="left:32mm;top:125mm;font-size:80pt;color:#dfe4ea;z-index:-1;'
        f'transform:rotate(-{math.degrees(math.atan(0.7)):.0f}deg)">{text}</div>'
    )


def qr(rng: random.Random) -> str:
    """Something that looks like a QR code, without a meaning."""
    cells = "".join(
        f'<rect x="{x}" y="{y}" width="1" height="1"/>'
        for x in range(25)
        for y in range(25)
        if rng.random() < 0.48 and not ((x < 8 or x > 16) and y < 8) and not (x < 8 and y > 16)
    )
    eyes = "".join(
        f'<path d="M{x} {y}h7v7h-7zm1 1v5h5v-5zm1 1h3v3h-3z" fill-rule="evenodd"/>'
        for x, y in ((0, 0), (18, 0), (0, 18))
    )
    return f'<svg width="20mm" height="20mm" viewBox="0 0 25 25">{cells}{eyes}</svg>'
