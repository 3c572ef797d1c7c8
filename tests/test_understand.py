"""From pages to the record: whatever stands on them, the record holds together; codes and links reach it."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import cv2
import numpy as np
import zxingcpp
from hypothesis import given
from hypothesis import strategies as st

from pipeline import stages
from pipeline.settings import Settings
from pipeline.understand import understand
from schemas.result import Document, Result
from tests.bundles import Maker, Shape, as_transcript, read
from tests.layout import line, page

_WORDS = (
    "ที่ ลป ๐๐๑๗.๒/ว ๑๗๙๗",
    "เรื่อง ขอเชิญ",
    "เรียน นายอำเภอ",
    "ขอแสดงความนับถือ",
    "(นายสมชาย ใจดี)",
    "สิ่งที่ส่งมาด้วย ๒",
    "- ๒ -",
    "หน้า ๓/๔",
    "/ในการนี้ จังหวัด...",
    "ในการนี้ จังหวัดขอเชิญ",
    "๒ มิถุนายน ๒๕๖๖",
    "บันทึกข้อความ",
    "คำสั่งจังหวัด ที่ ๑/๒๕๖๖",
    "Dear Sir,",
    "Yours sincerely,",
    "โทร. ๐ ๕๔๒๖ ๕๐๗๐",
    "แบบตอบรับ",
    "สิ่งที่ส่งมาด้วย ๑. แบบตอบรับ จำนวน ๑ ชุด",
    "https://a.go.th/x",
    "ทราบ",
    "รายงานการประชุม ครั้งที่ ๑/๒๕๖๖",
    "ผู้มาประชุม",
    "",
    "ในวันที่ ๑๓ มิถุนายน ๒๕๖๖ เวลา ๑๓.๓๐ – ๑๕.๐๐ น. ประชุม",
    "☑ กองคลัง",
    "รางวัลชนะเลิศ เกณฑ์ คะแนน ๑๐",
)
_PLACED = st.tuples(st.floats(20, 560), st.floats(10, 820), st.sampled_from(_WORDS))


def holds_together(result: Result) -> None:
    """Every index leads somewhere, and the record survives its JSON."""
    for letter in result.letters:
        assert 0 <= letter.split <= 1
        assert set(letter.order) <= set(letter.pages)
        for enclosure in letter.enclosures:
            assert enclosure.annex is None or enclosure.annex < len(result.annexes)
            assert enclosure.letter is None or enclosure.letter < len(result.letters)
            assert (enclosure.annex is None and enclosure.letter is None) or enclosure.present
    for annex in result.annexes:
        assert annex.letter is not None
        owner = result.letters[annex.letter]
        assert annex.enclosure is None or annex.enclosure < len(owner.enclosures)
    for one in result.contradictions:
        for place in one.where:
            kind, _, at = place.partition(".")
            assert int(at) < len(getattr(result, kind))
    assert Result.model_validate_json(result.model_dump_json()) == result


@given(st.lists(st.lists(_PLACED, max_size=14), min_size=1, max_size=5), st.booleans())
def test_any_pages_make_a_record_that_holds_together(
    sheets: list[list[tuple[float, float, str]]], bare: bool
) -> None:
    pages = [
        page([line(x, y, text, page=at) for x, y, text in sheet if text], at)
        for at, sheet in enumerate(sheets, 1)
    ]
    result = read(as_transcript(pages, paged=True) if bare else pages)
    holds_together(result)
    told = {number for letter in result.letters for number in letter.pages}
    told |= {number for annex in result.annexes for number in annex.pages}
    assert told <= {each.number for each in pages}


def test_bundles_hold_together() -> None:
    for seed in range(8):
        holds_together(read(Maker(Shape(seed, annexes=2, missing=1)).make()[0]))


def test_a_protected_document_tells_nothing_but_its_class() -> None:
    result = understand(Document(file="x.pdf", sha256="0" * 64, secrecy="ลับ"))
    assert (result.status, result.secrecy, result.letters, result.links) == ("protected", "ลับ", (), ())


def test_a_code_on_a_picture_reaches_the_record(tmp_path: Path) -> None:
    made = zxingcpp.create_barcode("https://forms.example/abc", zxingcpp.BarcodeFormat.QRCode)
    drawn = np.array(made.to_image(scale=6), dtype=np.uint8)
    sheet = np.full((1754, 1240), 255, np.uint8)
    sheet[900 : 900 + drawn.shape[0], 200 : 200 + drawn.shape[1]] = drawn
    path = tmp_path / "code.png"
    cv2.imwrite(str(path), sheet)
    result = stages.process(path, Settings(home=tmp_path), dt.date(2026, 1, 1))
    assert [(link.source, link.text.value) for link in result.links if link.source == "qr"] == [
        ("qr", "https://forms.example/abc")
    ]
    box = result.links[0].text.box
    assert box is not None
    width, height = result.page_sizes[0]
    assert 0.1 < box.x0 / width < 0.3
    assert 0.4 < box.y0 / height < 0.6
