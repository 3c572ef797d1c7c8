"""Pictures and PDFs of letters drawn in the tests themselves, so that what stands where is known."""

from __future__ import annotations

import io
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import numpy as np
import pytest
from fontTools.ttLib import TTFont
from fpdf import FPDF
from numpy.typing import NDArray
from PIL import Image, ImageDraw, ImageFont, features

from pipeline.errors import MissingToolError
from samples.fonts import find_font

Box = tuple[float, float, float, float]
A4 = (8.27, 11.69)  # inches
TEXTS = (
    "ที่ ลป ๐๐๑๗.๒/ว๑๗๙๗",
    "เรื่อง ขอเชิญประชุมคณะกรรมการพัฒนาท้องถิ่น",
    "เรียน นายอำเภอทุกอำเภอในจังหวัดลำปาง",
    "ด้วยจังหวัดจะจัดประชุมประจำเดือนสิงหาคม ๒๕๖๖ ณ ห้องประชุม",
    "จึงเรียนมาเพื่อโปรดทราบและแจ้งผู้เกี่ยวข้องเข้าร่วมประชุม",
    "ตั้งแต่เวลา ๐๙.๓๐ น. เป็นต้นไป ณ ศาลากลางจังหวัด",
    "ขอแสดงความนับถือ",
)


@dataclass(frozen=True)
class Drawing:
    """A drawn page and where the ink of each of its lines stands, in pixels."""

    image: Image.Image
    texts: tuple[str, ...]
    boxes: tuple[Box, ...]

    @property
    def picture(self) -> NDArray[np.uint8]:
        """As OpenCV has it: grey, or blue-green-red."""
        array = np.asarray(self.image)
        return array if array.ndim == 2 else np.ascontiguousarray(array[:, :, ::-1])


def font_file(name: str = "Laksaman") -> Path:
    try:
        return find_font(name)
    except MissingToolError as error:
        pytest.skip(str(error))


@cache
def font(points: float, dpi: int) -> ImageFont.FreeTypeFont:
    if not features.check("raqm"):
        pytest.skip("Pillow has no Raqm here: Thai cannot be drawn")
    size = round(points * dpi / 72)
    return ImageFont.truetype(str(font_file()), size, layout_engine=ImageFont.Layout.RAQM)


def draw(
    texts: Sequence[str] = TEXTS, *, dpi: int = 200, size: tuple[float, float] = A4, points: float = 12
) -> Drawing:
    """Lines of text, one under the other, on white paper."""
    image = Image.new("L", (round(size[0] * dpi), round(size[1] * dpi)), 255)
    pen, face, boxes = ImageDraw.Draw(image), font(points, dpi), []
    for row, text in enumerate(texts):
        at = (round(0.9 * dpi), round((1.2 + row * 0.4) * dpi))
        pen.text(at, text, font=face, fill=0)
        boxes.append(tuple(float(v) for v in pen.textbbox(at, text, font=face)))
    return Drawing(image, tuple(texts), tuple(boxes))  # type: ignore[arg-type]


def cropped(text: str, *, points: float, dpi: int) -> Image.Image:
    """One text alone on white, cut to its ink."""
    image = Image.new("L", (2 * dpi, dpi), 255)
    pen, face = ImageDraw.Draw(image), font(points, dpi)
    pen.text((9, dpi // 3), text, font=face, fill=0)
    return image.crop(tuple(round(v) for v in pen.textbbox((9, dpi // 3), text, font=face)))  # type: ignore[arg-type]


def mapped(box: Box, matrix: NDArray[np.float64]) -> Box:
    """The box around a box's corners after a transform."""
    x0, y0, x1, y1 = box
    points = matrix @ np.array([[x0, x1, x1, x0], [y0, y0, y1, y1], [1.0, 1, 1, 1]])
    xs, ys = points[0] / points[2], points[1] / points[2]
    return float(xs.min()), float(ys.min()), float(xs.max()), float(ys.max())


def overlap(one: Box, other: Box) -> float:
    """What two boxes share, as a part of both together."""
    across = min(one[2], other[2]) - max(one[0], other[0])
    down = min(one[3], other[3]) - max(one[1], other[1])
    if across <= 0 or down <= 0:
        return 0.0
    areas = [(b[2] - b[0]) * (b[3] - b[1]) for b in (one, other)]
    return across * down / (sum(areas) - across * down)


# -- PDF ---------------------------------------------------------------------------------------------------


def altered_font(folder: Path, shown: Mapping[str, str]) -> Path:
    """A font that shows another character's glyph for a code: the layer says the code, the page shows the glyph."""
    face = TTFont(font_file("Garuda"))
    for table in face["cmap"].tables:
        if table.isUnicode():
            glyphs = {code: table.cmap[ord(seen)] for code, seen in shown.items() if ord(seen) in table.cmap}
            table.cmap.update({ord(code): glyph for code, glyph in glyphs.items()})
    path = folder / "altered.ttf"
    face.save(path)
    return path


def text_pdf(path: Path, texts: Sequence[str], face: Path, *, white: bool = False, mode: int = 0) -> Path:
    """A PDF whose texts are drawn code by code, without shaping."""
    pdf = FPDF(unit="pt", format="A4")
    pdf.add_page()
    add_texts(pdf, texts, face, white=white, mode=mode)
    pdf.output(str(path))
    return path


def add_texts(pdf: FPDF, texts: Sequence[str], face: Path, *, white: bool = False, mode: int = 0) -> None:
    pdf.add_font("face", "", face)
    pdf.set_font("face", size=13)
    pdf.set_text_color(*((255, 255, 255) if white else (0, 0, 0)))
    with pdf.local_context(text_mode=mode):
        for row, text in enumerate(texts):
            pdf.text(65, 90 + row * 29, text)


def jpeg(image: Image.Image) -> io.BytesIO:
    stream = io.BytesIO()
    image.save(stream, "JPEG", quality=88)
    stream.seek(0)
    return stream


def raw_pdf(objects: Sequence[bytes], trailer: bytes = b"/Root 1 0 R") -> bytes:
    """A PDF from its objects, numbered from 1."""
    out, places = bytearray(b"%PDF-1.7\n"), []
    for number, body in enumerate(objects, start=1):
        places.append(len(out))
        out += b"%d 0 obj\n%s\nendobj\n" % (number, body)
    start = len(out)
    out += b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
    for place in places:
        out += b"%010d 00000 n \n" % place
    out += b"trailer\n<< /Size %d %s >>\nstartxref\n%d\n%%%%EOF\n" % (len(objects) + 1, trailer, start)
    return bytes(out)


def stream(data: bytes, entries: bytes = b"") -> bytes:
    return b"<< /Length %d %s >>\nstream\n%s\nendstream" % (len(data), entries, data)


def scan_pdf(
    image: Image.Image, *, box: Box = (0, 0, 595, 842), more: bytes = b"", form: bool = False
) -> bytes:
    """A one-page PDF that shows a grey picture over the whole page, perhaps inside a form, perhaps turned."""
    grey = image.convert("L")
    wide, high = box[2] - box[0], box[3] - box[1]
    place = b"q %g 0 0 %g %g %g cm /Im Do Q" % (wide, high, box[0], box[1])
    picture = stream(
        grey.tobytes(),
        b"/Type /XObject /Subtype /Image /Width %d /Height %d /ColorSpace /DeviceGray /BitsPerComponent 8"
        % grey.size,
    )
    inside = stream(
        place,
        b"/Type /XObject /Subtype /Form /BBox [%g %g %g %g] /Resources << /XObject << /Im 5 0 R >> >>" % box,
    )
    content = stream(b"/Fm Do" if form else place)
    page = (
        b"<< /Type /Page /Parent 2 0 R /MediaBox [%g %g %g %g] /Contents 4 0 R "
        b"/Resources << /XObject << /Im 5 0 R /Fm 6 0 R >> >> %s >>" % (*box, more)
    )
    return raw_pdf(
        [
            b"<< /Type /Catalog /Pages 2 0 R >>",
            b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
            page,
            content,
            picture,
            inside,
        ]
    )
